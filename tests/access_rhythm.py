"""What the table of addresses needs of meetings, ballots and tasks: one of each in every place and state."""

from __future__ import annotations

from datetime import date, time, timedelta

from hatnhan import rulebook
from hatnhan.assignments.models import CellCharge, GroupCharge, Task, WorkGroup
from hatnhan.ballots.models import Ballot, Option, RollEntry, Teller, Urn
from hatnhan.ballots.selectors.questions import keep
from hatnhan.core import clock
from hatnhan.meetings.models import (
    AgendaItem,
    Invitee,
    ItemVote,
    Meeting,
    Paper,
    ReviewRow,
    ScoreSheet,
    SelfCriticism,
    Series,
    WorkPost,
    WorkPostHolder,
)
from hatnhan.rulebook import topics

DAY = date(2026, 6, 3)
#: State, title as it is read in the table, and how long before DAY it was held.
STATES = ("draft", "open", "closed", "locked")


def objects(cast, people, place, others):
    """Return, by the object's name in the table, what the address is made with."""
    found = {}
    for name, unit, heads, fellow in (
        ("village", place.village, (people.village_secretary, people.deputy), others.fellow),
        ("school", place.school, (people.school_secretary, people.standing), others.colleague),
        ("beside", others.cell, (others.stranger, others.stranger), others.stranger),
    ):
        found |= _monthly(name, unit, heads, fellow)
        found |= _tasks(name, unit, fellow)
        found |= _ballots(name, unit, heads, fellow)
    found |= _weekly(place.commune, people)
    found |= _tasks("commune", place.commune, people.member)
    return found | _charges(place, people)


def _pk(one):
    return {"pk": one.pk}


def _series(unit, body, kind, **rule):
    return Series.objects.create(
        unit=unit, body=body, kind=kind, name=f"Nền nếp {unit}", at_time=time(19, 30), place="Hội trường",
        start=DAY - timedelta(days=400), **rule,
    )  # fmt: skip


def _meeting(series, state, chair, recorder, back=0):
    start = clock.at(DAY - timedelta(days=back), 14)
    held = state in {"closed", "locked"}
    return Meeting.objects.create(
        series=series, unit=series.unit, body=series.body, kind=series.kind, title=f"{series.name} {state}",
        due_on=start.date(), starts_at=start, place="Hội trường", state=state, chair=chair, recorder=recorder,
        invited_at=None if state == "draft" else start, opened_at=None if state == "draft" else start,
        ended_at=start + timedelta(hours=2) if held else None, locked_at=start if state == "locked" else None,
        check_in_code=f"ma-{series.pk}" if state == "open" else "",
    )  # fmt: skip


def _monthly(name, unit, heads, fellow):
    series = _series(unit, "members", "cell_monthly", frequency="monthly", monthday=3)
    found = {f"{name}-series": _pk(series)}
    for back, state in enumerate(STATES):
        meeting = _meeting(series, state, heads[0], heads[1], back * 30)
        Invitee.objects.create(meeting=meeting, member=fellow, capacity="body")
        item = AgendaItem.objects.create(meeting=meeting, series=series, title=f"Việc của {unit}")
        found[f"{name}-{state}"] = _pk(meeting)
        found[f"{name}-{state}-item"] = _pk(item)
        if state == "open":
            found[f"{name}-code"] = {"code": meeting.check_in_code}
            vote = ItemVote.objects.create(item=item, question="Tán thành", in_favour=1, against=0, other=0)
            found[f"{name}-vote"] = _pk(vote)
            paper = Paper.objects.create(
                item=item, name="Tài liệu", file="meetings/khong-co.pdf", size=1, uploaded_at=meeting.starts_at,
                by_name="Thư ký",
            )  # fmt: skip
            found[f"{name}-paper"] = _pk(paper)
        if state == "locked":
            found[f"{name}-invitation"] = {**_pk(meeting), "slug": "giay-moi"}
            found[f"{name}-minutes"] = {**_pk(meeting), "slug": "bien-ban"}
            SelfCriticism.objects.create(
                meeting=meeting, member=fellow, text="Còn chậm", saved_at=meeting.starts_at
            )
            found[f"{name}-own-words"] = {**_pk(meeting), "member_pk": fellow.pk}
            ScoreSheet.objects.create(
                meeting=meeting, rule_version=rulebook.at(topics.MeetingScore, on=DAY).version, self_total=90,
                self_band="good", self_at=meeting.ended_at,
            )  # fmt: skip
            found[f"{name}-approve"] = {**_pk(meeting), "role": "chu-tri"}
    found[f"{name}-closed-approve"] = {**found[f"{name}-closed"], "role": "chu-tri"}
    return found


def _weekly(commune, people):
    series = _series(commune, "standing", "weekly_review", frequency="weekly", weekday=4)
    post = WorkPost.objects.create(unit=commune, name="Chủ tịch UBND", leads_government=True, start=DAY)
    WorkPostHolder.objects.create(work_post=post, member=people.deputy, start=DAY)
    found = {"weekly-series": _pk(series), "work-post": _pk(post), "standing-member": _pk(people.standing)}
    for back, state in enumerate(STATES):
        meeting = _meeting(series, state, people.secretary, people.deputy, back * 7)
        Invitee.objects.create(meeting=meeting, member=people.standing, capacity="body")
        row = ReviewRow.objects.create(meeting=meeting, subject=people.standing, strengths="Làm tốt")
        found[f"weekly-{state}"] = _pk(meeting)
        found[f"weekly-{state}-row"] = _pk(row)
        item = AgendaItem.objects.create(meeting=meeting, series=series, title="Việc của tuần")
        found[f"weekly-{state}-item"] = _pk(item)
    return found


def _tasks(name, unit, owner):
    task = Task.objects.create(
        unit=unit, title=f"Việc {unit}", owner=owner, given_on=DAY, due=DAY + timedelta(days=30)
    )
    done = Task.objects.create(
        unit=unit, title=f"Việc xong {unit}", owner=owner, given_on=DAY, due=DAY, state="done", done_on=DAY
    )
    return {f"{name}-task": _pk(task), f"{name}-done-task": _pk(done)}


def _ballots(name, unit, heads, fellow):
    found = {}
    for state in ("draft", "open"):
        ballot = Ballot.objects.create(
            unit=unit, title=f"Phiếu {unit}", purpose="resolution", kind="yes_no", on=DAY
        )
        Option.objects.create(ballot=ballot, place=1, label="Đồng ý")
        for number, member in enumerate(dict.fromkeys(heads), start=1):
            Teller.objects.create(ballot=ballot, member=member, place=number)
        if state == "open":
            RollEntry.objects.create(
                ballot=ballot, member=fellow, entitled=True, reason="official", present=True
            )
            Urn.objects.create(ballot=ballot)
            Ballot.objects.filter(pk=ballot.pk).update(state=state, opened_at=clock.at(DAY), **_law())
        found[f"{name}-ballot-{state}"] = _pk(ballot)
    return found


def _law():
    """Return what a ballot keeps of the law it was opened under, and the key that votes are sealed with."""
    rule = rulebook.at(topics.ResolutionMajority, on=DAY)
    return {"rule_version": rule.version, "rule_value": keep(rule), "public_key": b"x" * 32}


def _charges(place, people):
    group = WorkGroup.objects.create(unit=place.commune, name="Nông nghiệp", start=DAY)
    fields = {"unit": place.commune, "member": people.standing, "start": DAY, "decision_no": "1-QĐ/ĐU"}
    cell = CellCharge.objects.create(cell=place.village, **fields)
    share = GroupCharge.objects.create(group=group, **fields)
    return {
        "group": _pk(group),
        "charged-cell": {"code": place.village.code},
        "cell-charge": {"kind": "chi-bo", **_pk(cell)},
        "group-charge": {"kind": "nhom", **_pk(share)},
    }
