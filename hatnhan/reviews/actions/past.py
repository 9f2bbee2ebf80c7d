"""Recording how an organisation was graded in years before cycles were kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import deed, moved_on, require_past, require_text
from hatnhan.reviews.models import Cycle, Grade, PastGrade
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.permissions.units import require_keeper

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit

_FIRST_YEAR, _LONGEST_TITLE, _LONGEST_NO = 1930, 120, 60


@deed
def record_past(
    *,
    by: Actor,
    at: datetime,
    unit: Unit,
    year: int,
    grade: str,
    title: str,
    decision_no: str,
    decided_on: date | None = None,
) -> PastGrade:
    """Record the grade of a unit in a past year as its paper has it, and return it.

    Raises Denied, and RuleBroken with codes ``year``, ``grade``, ``title``, ``decision_missing``, ``too_long``,
    ``future``, ``day`` (decided before the year), ``twice``, ``cycle`` (the year was reviewed here).
    """
    require_keeper(by, unit.pk)
    if not _FIRST_YEAR <= year < at.year + 1:
        raise RuleBroken("year", _("Ghi năm bốn chữ số, như 2016, không sau năm nay."), field="year")
    if grade not in Grade.values:
        raise RuleBroken("grade", _("Chọn một mức xếp loại."), field="grade")
    name = _line(title, _LONGEST_TITLE, "title", "title")
    number = _line(decision_no, _LONGEST_NO, "decision_missing", "decision_no")
    if decided_on is not None:
        require_past(decided_on, field="decided_on")
        if decided_on.year < year:
            message = _("Quyết định xếp loại năm %(year)d ban hành trong năm ấy hoặc sau đó. Ghi lại ngày.")
            raise RuleBroken("day", message % {"year": year}, field="decided_on")
    _require_first(unit, year)
    made: PastGrade = PastGrade.objects.create(
        unit=unit, year=year, grade=grade, title=name, decision_no=number, decided_on=decided_on
    )
    details = {"year": year, "grade": grade, "title": name, "decision_no": number, "decided_on": decided_on}
    record(by=by, action=Action.PAST, at=at, target=made, unit_id=unit.pk, details=details)
    return made


@deed
def remove_past(*, by: Actor, at: datetime, past: PastGrade, because: str) -> None:
    """Take out a grade recorded by mistake. Raises Denied, and RuleBroken ``because``, ``already_done``."""
    require_keeper(by, past.unit_id)
    why = require_text(nfc(because), code="because", field="because")[:300]
    details = {"removed": True, "year": past.year, "grade": past.grade, "title": past.title, "because": why}
    record(by=by, action=Action.PAST, at=at, target=past, unit_id=past.unit_id, details=details)
    same = PastGrade.objects.filter(pk=past.pk, grade=past.grade, title=past.title)
    if same.delete()[0] != 1:
        raise moved_on()


def _require_first(unit: Unit, year: int) -> None:
    if PastGrade.objects.filter(unit=unit, year=year).exists():
        message = _("Năm %(year)d đã ghi rồi. Bỏ dòng ghi nhầm trước, rồi ghi lại.")
        raise RuleBroken("twice", message % {"year": year}, field="year")
    if Cycle.objects.filter(entries__unit=unit, year=year).exists():
        message = _("Năm %(year)d đã kiểm điểm trên phần mềm, kết quả lấy từ đợt ấy.")
        raise RuleBroken("cycle", message % {"year": year}, field="year")


def _line(text: str, longest: int, code: str, field: str) -> str:
    tidy = require_text(" ".join(nfc(text).split()), code=code, field=field)
    if len(tidy) > longest:
        message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        raise RuleBroken("too_long", message % {"long": len(tidy), "most": longest}, field=field)
    return tidy
