"""A document, a plan for it, and roll-outs in every state, for the tests of this room."""

from __future__ import annotations

from datetime import date, time

from hatnhan.core import clock
from hatnhan.guidance.actions import approval, planning, variants
from hatnhan.guidance.actions.planning import PlanData
from hatnhan.guidance.actions.variants import PointData
from hatnhan.guidance.models import Document
from hatnhan.meetings.models import Meeting, Series

DAY = date(2026, 3, 2)
NOW = clock.at(DAY, 9)
DUE = date(2026, 6, 30)
CORE = (
    PointData("Phổ biến chương trình hành động tới từng đảng viên"),
    PointData("Mỗi đảng viên đăng ký một việc làm cụ thể", task=True, due=DUE),
)


def document(unit, number="12-NQ/TW", **fields):
    fields = {"issuer": "Ban Chấp hành Trung ương", "subject": "về chuyển đổi số ở cơ sở"} | fields
    fields = {"issued_on": date(2026, 2, 2), "kind": "nghi_quyet", "registered_at": NOW} | fields
    return Document.objects.create(unit=unit, number=number, **fields)


def plan_data(**fields):
    days = {
        "approve_by": date(2026, 3, 20),
        "held_by": date(2026, 4, 30),
        "study_by": date(2026, 5, 31),
        "done_by": date(2026, 12, 31),
    }
    return PlanData(**{"asks": "Đưa chương trình vào sinh hoạt của mọi chi bộ."} | days | fields)


def planned(place, people, number="12-NQ/TW", core=CORE, **fields):
    signed = {"by": people.secretary.user, "at": NOW}
    made = planning.plan_roll_out(
        **signed, unit=place.commune, document=document(place.commune, number), data=plan_data(**fields)
    )
    if core:
        variants.set_core(**signed, roll_out=made, points=core)
    return made


def write(roll_out, by, kind, said=None, own=(), *, at=NOW, intro=""):
    return variants.write_variant(
        by=by, at=at, roll_out=roll_out, cell_kind=kind, intro=intro, said=said or {}, own=own
    )


def whole(place, people, number="12-NQ/TW"):
    """Return a plan with a variant for each of the two kinds; the village says one point its way and has one more."""
    made = planned(place, people, number)
    first = made.core.first()
    own = [PointData("Lắp mã QR ở nhà văn hóa thôn", task=True, due=DUE)]
    write(made, people.secretary.user, "village", {first.pk: ("Phổ biến tới từng hộ trong thôn", None)}, own)
    write(made, people.secretary.user, "school")
    return made


def approved(place, people, number="12-NQ/TW"):
    made = whole(place, people, number)
    approval.approve_roll_out(by=people.secretary.user, at=NOW, roll_out=made, decision_no="15-KH/ĐU")
    return made


def monthly(cell, day=date(2026, 4, 3), state="draft"):
    """Give a cell the series of its monthly meetings with one meeting ahead."""
    series, _new = Series.objects.get_or_create(
        unit=cell, body="members", kind="cell_monthly", name="Sinh hoạt chi bộ", frequency="monthly", monthday=3,
        at_time=time(19, 30), place="Nhà văn hóa", start=date(2026, 1, 1),
    )  # fmt: skip
    return Meeting.objects.create(
        series=series, unit=cell, body="members", kind="cell_monthly", title="Sinh hoạt", due_on=day,
        starts_at=clock.at(day, 19), place="Nhà văn hóa", state=state,
    )  # fmt: skip
