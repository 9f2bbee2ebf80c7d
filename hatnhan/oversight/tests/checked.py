"""Checks in every state, for the tests of this room."""

from __future__ import annotations

from datetime import date

from hatnhan.accounts.actors import MACHINE
from hatnhan.core import clock
from hatnhan.organization.models import Body
from hatnhan.oversight.actions import concluding, hearing, opening, reporting, steps
from hatnhan.oversight.actions.opening import CheckData
from hatnhan.oversight.models import (
    ItemSubject,
    ItemTeamMember,
    Kind,
    Programme,
    ProgrammeItem,
    StepPaper,
)

DAY = date(2026, 3, 2)
NOW = clock.at(DAY, 9)
LATER = clock.at(date(2026, 4, 20), 9)


def item(unit, *, units=(), members=(), team=(), kind=Kind.COMPLIANCE, body=Body.INSPECTION, **fields):
    programme, _made = Programme.objects.get_or_create(
        unit=unit,
        body=body,
        year=2026,
        defaults={
            "drafted_at": NOW, "state": "approved", "decision_no": "01-CTr/UBKT", "approved_on": date(2026, 1, 5)
        },
    )  # fmt: skip
    told = {
        "topic": "dues", "content": "Việc thu, nộp, sử dụng đảng phí", "place": 1, "examined_from": date(2025, 1, 1),
        "examined_to": date(2026, 1, 1), "starts_on": date(2026, 3, 1), "ends_on": date(2026, 4, 30),
    } | fields  # fmt: skip
    made = ProgrammeItem.objects.create(programme=programme, kind=kind, **told)
    for one in units:
        ItemSubject.objects.create(item=made, unit=one)
    for one in members:
        ItemSubject.objects.create(item=made, member=one)
    for place, one in enumerate(team):
        ItemTeamMember.objects.create(item=made, member=one, is_head=place == 0)
    return made


def data(place, people, **fields):
    """A check of signs of violation on the village cell, by two of the school."""
    told = {
        "kind": Kind.SIGNS, "title": "Kiểm tra dấu hiệu vi phạm về đảng phí", "topic": "dues",
        "content": "Thu, nộp đảng phí", "examined_from": date(2025, 1, 1), "examined_to": date(2026, 1, 1),
        "decision_no": "05-QĐ/UBKT", "units": [place.village], "members": [],
        "team": [(people.inspector, "head"), (people.standing, "member")], "ground": "Phản ánh của đảng viên",
    } | fields  # fmt: skip
    return CheckData(**told)


def opened(place, people, *, by=None, at=NOW, **fields):
    who = by or people.inspector.user
    return opening.open_check(
        by=who, at=at, unit=place.commune, body=Body.INSPECTION, data=data(place, people, **fields)
    )


def planned(place, people, *, by=None, kind=Kind.COMPLIANCE, units=None, **fields):
    row = item(
        place.commune,
        units=[place.village] if units is None else units,
        team=[people.inspector, people.standing],
        kind=kind,
        **fields,
    )
    return opening.open_check(
        by=by or people.inspector.user,
        at=NOW,
        unit=place.commune,
        body=Body.INSPECTION,
        data=opening.from_item(row, "05-QĐ/UBKT"),
    )


def minutes(check, kind="launch", *, by=MACHINE, on=DAY):
    told = reporting.MinutesData(kind, on, "Nhà văn hóa thôn", "Đoàn kiểm tra, chi ủy", "Công bố quyết định")
    return reporting.write_minutes(by=by, at=LATER, check=check, data=told)


def report(check, *, by=MACHINE, on=date(2026, 3, 25)):
    check.refresh_from_db()
    reporting.write_report(by=by, at=LATER, check=check, text="Chi bộ thu nộp đủ.", reported_on=on)


def hear(check, hearer, *, by=MACHINE, on=date(2026, 3, 28)):
    for subject in check.subjects.all():
        hearing.hear_subject(
            by=by, at=LATER, subject=subject, on=on, heard_by=hearer, said="Nhất trí với báo cáo."
        )


def conclude(check, follower, *, by=MACHINE, on=date(2026, 3, 31), **fields):
    check.refresh_from_db()
    told = {"text": "Chi bộ chấp hành tốt.", "conclusion_no": "07-TB/UBKT", "comply_by": date(2026, 5, 31)}
    told |= {"concluded_on": on, "follower": follower} | fields
    concluding.conclude(by=by, at=LATER, check=check, **told)


def concluded(check, people, *, by=MACHINE, **fields):
    """Take a check to its conclusion."""
    minutes(check)
    for kind in ("working", "verification"):
        minutes(check, kind, on=date(2026, 3, 10))
    for subject in check.subjects.all():
        reporting.submit_self_report(by=MACHINE, at=LATER, subject=subject, text="Tự kiểm tra: thu đủ.")
    report(check)
    hear(check, people.inspector)
    conclude(check, people.inspector, by=by, **fields)
    return check


def delivered(check, people):
    """Take a check to the delivery of its conclusion."""
    concluded(check, people)
    for subject in check.subjects.all():
        concluding.deliver(
            by=MACHINE,
            at=LATER,
            subject=subject,
            delivered_on=date(2026, 4, 1),
            delivered_to="Đ/c Bí thư chi bộ",
        )
    return check


def kept(check):
    """Return every paper of a check as kept on paper, for `finish_steps`."""
    papers = StepPaper.objects.filter(step__dossier=check.dossier)
    return {one.key: ("", None, "Tủ 2, cặp 2026") for one in papers}


def done(check, people):
    """Take a check to the end, its file complete."""
    delivered(check, people)
    steps.finish_steps(by=MACHINE, at=LATER, matter=check, papers=kept(check), done_on=date(2026, 4, 5))
    check.refresh_from_db()
    return check
