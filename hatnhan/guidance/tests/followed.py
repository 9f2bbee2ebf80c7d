"""Straight rows of roll-outs for tests of follow-up, figures, deadlines and papers: no rules."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hatnhan.assignments.models import Task
from hatnhan.core import clock
from hatnhan.guidance.models import (
    CellReport,
    CellRollOut,
    CorePoint,
    Document,
    PointTask,
    Reading,
    Registration,
    RollOut,
    Variant,
    VariantPoint,
    YearTheme,
)
from hatnhan.meetings.models import AgendaItem
from hatnhan.meetings.tests import held
from hatnhan.organization.selectors.law import law_at
from hatnhan.rulebook.topics.guidance import RollOutSteps

APPROVED = date(2018, 3, 1)


def moment(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.HERE)


def document(unit, number="57-NQ/TW", issued_on=date(2018, 2, 1), **fields):
    given = {
        "kind": "resolution",
        "issuer": "Bộ Chính trị",
        "subject": "về chuyển đổi số",
        "registered_at": moment(issued_on + timedelta(days=5)),
    } | fields
    return Document.objects.create(unit=unit, number=number, issued_on=issued_on, **given)


def roll_out(unit, one=None, approved=APPROVED, **fields):
    """A roll-out: held by 30/4, studied by 15/5, done by the end of the year; a draft where not approved."""
    given = {
        "asks": "Mỗi chi bộ chọn việc phù hợp.",
        "approve_by": date(2018, 3, 10),
        "held_by": date(2018, 4, 30),
        "study_by": date(2018, 5, 15),
        "done_by": date(2018, 12, 31),
        "drafted_at": moment(date(2018, 2, 10)),
    }
    if approved:
        given |= {
            "state": "approved",
            "approved_at": moment(approved),
            "decision_no": "12-KH/ĐU",
            "rule": law_at(RollOutSteps, approved).version,
            "approved_by": "Phùng Minh Thông",
        }
    return RollOut.objects.create(unit=unit, document=one or document(unit), **(given | fields))


def variant(plan, kind="village", *, core=("Mỗi hộ một tài khoản",), own=(), intro=""):
    points = [
        CorePoint.objects.get_or_create(
            roll_out=plan, text=text, defaults={"place": at, "task": True, "due": date(2018, 6, 30)}
        )[0]
        for at, text in enumerate(core)
    ]
    made = Variant.objects.create(roll_out=plan, cell_kind=kind, intro=intro)
    for at, point in enumerate(points):
        VariantPoint.objects.create(variant=made, core=point, place=at)
    for at, text in enumerate(own, len(points)):
        VariantPoint.objects.create(variant=made, text=text, place=at)
    return made


def given(plan, cell, on=APPROVED, **fields):
    return CellRollOut.objects.create(roll_out=plan, cell=cell, given_on=on, **fields)


def task(one, due=date(2018, 6, 30), done_on=None, state="open", title="Lập tổ số cộng đồng", **fields):
    made = Task.objects.create(
        unit=one.roll_out.unit,
        owner_unit=one.cell,
        owner_body="members",
        title=title,
        given_on=one.given_on,
        due=due,
        state="verified" if done_on else state,
        done_on=done_on,
        **fields,
    )
    core, _new = CorePoint.objects.get_or_create(roll_out=one.roll_out, text=title)
    PointTask.objects.create(given=one, core=core, task=made)
    return made


def on_agenda(one, day, state="draft", item="waiting"):
    """Put it on the agenda of a meeting of the cell on a day."""
    made = held.meeting(one.cell, day, state)
    return AgendaItem.objects.create(
        meeting=made, title="Quán triệt văn bản", matter=f"guidance.roll_out:{one.roll_out_id}", state=item
    )


def hold(one, day):
    return on_agenda(one, day, "locked", "done")


def report(one, months=6, day=date(2018, 8, 30), **fields):
    words = {"results": "Đã lập tổ số cộng đồng.", "by_name": "Đỗ Văn Hải"} | fields
    return CellReport.objects.create(given=one, months=months, reported_on=day, **words)


def read(one, person, day=date(2018, 4, 1)):
    return Reading.objects.create(document=one, member=person, version=1, read_on=day)


def theme(unit, year=2018):
    return YearTheme.objects.create(
        unit=unit, year=year, theme="Gần dân", term_theme="Làm theo Bác", decision_no="01-KH/ĐU"
    )


def registration(cell, person=None, year=2018, day=date(2018, 1, 20), **fields):
    state = {"state": "registered", "registered_at": moment(day)} if day else {"state": "draft"}
    return Registration.objects.create(unit=cell, member=person, year=year, **(state | fields))
