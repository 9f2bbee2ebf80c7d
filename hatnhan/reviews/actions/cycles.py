"""Opening the year's review of a committee: the law is asked here once, days are set, the list is drawn up."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import day_of, deed, require_past
from hatnhan.organization.models import Level
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import listing
from hatnhan.reviews.models import Cycle, Entry, StepDay
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.rules.steps import due_days
from hatnhan.reviews.selectors.law import law_day, law_of, versions_on
from hatnhan.reviews.selectors.roll import roll_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit

_LONGEST_NO = 60


@deed
def open_cycle(
    *, by: Actor, at: datetime, unit: Unit, year: int, plan_no: str = "", opened_on: date | None = None
) -> Cycle:
    """Open the review of a year in a commune committee on a day (that of ``at``) and return it, its list drawn up.

    The law of the year's last day is asked once and its versions kept. The list is that of the year's last day, or of
    the day of opening while the year runs. Standings follow the regime; who is suspended is set by hand.
    A fixed number of queries, whatever the size of the committee.

    Raises Denied, and RuleBroken with codes ``unit`` (no commune committee), ``future``, ``too_early`` (before the
    year began), ``twice``, ``no_rule``, ``no_cells``, ``too_long``.
    """
    permissions.require_cycle(by, unit.pk)
    on = opened_on or day_of(at)
    number = _require_possible(unit, year, plan_no, on)
    cycle: Cycle = Cycle.objects.create(
        unit=unit,
        year=year,
        rules=versions_on(unit, year),
        plan_no=number,
        opened_on=on,
        opened_by=str(by)[:120],
    )
    _set_days(cycle)
    counts = _draw(cycle)
    details = {
        "year": year,
        "opened_on": on,
        "plan_no": number,
        **counts,
        "rules": ", ".join(cycle.rules.values()),
    }
    record(by=by, action=Action.OPEN, at=at, target=cycle, unit_id=unit.pk, details=details)
    return cycle


def list_day(year: int, opened_on: date) -> date:
    """Return the day whose list a cycle takes: the year's last, or the day of opening while the year runs."""
    return min(law_day(year), opened_on)


def _require_possible(unit: Unit, year: int, plan_no: str, on: date) -> str:
    if unit.level != Level.COMMUNE:
        message = _("Đợt kiểm điểm mở ở đảng ủy cơ sở. Chọn một đảng bộ xã.")
        raise RuleBroken("unit", message, field="unit")
    require_past(on, field="opened_on")
    if on.year < year:
        message = _("Năm %(year)d chưa đến. Mở đợt trong năm ấy hoặc sau đó.")
        raise RuleBroken("too_early", message % {"year": year}, field="opened_on")
    if Cycle.objects.filter(unit=unit, year=year).exists():
        message = _("Năm %(year)d đã mở đợt kiểm điểm. Mở đợt ấy để làm tiếp.")
        raise RuleBroken("twice", message % {"year": year}, field="year")
    number = nfc(plan_no).strip()
    if len(number) > _LONGEST_NO:
        message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        values = {"long": len(number), "most": _LONGEST_NO}
        raise RuleBroken("too_long", message % values, field="plan_no")
    return number


def _set_days(cycle: Cycle) -> None:
    rows = [
        StepDay(cycle=cycle, key=one.key, of=one.of, place=one.place, title=one.title, due=one.due)
        for one in due_days(law_of(cycle).steps.value.steps, cycle.year)
    ]
    StepDay.objects.bulk_create(rows)


def _draw(cycle: Cycle) -> dict[str, int]:
    roll = roll_of(cycle.unit, list_day(cycle.year, cycle.opened_on))
    if not roll.cells:
        raise RuleBroken("no_cells", _("Trong ngày lập danh sách, đảng bộ chưa có chi bộ nào."))
    drawn = listing.draw(cycle, roll, law_of(cycle))
    # The meetings point at the entries themselves: both are written below.
    sittings = listing.sittings_for(cycle, roll, drawn.all)
    listing.save(drawn.all, sittings)
    standings = Counter(one.standing for one in drawn.members)
    return {
        "graded": standings[Entry.Standing.GRADED],
        "not_graded": standings[Entry.Standing.NOT_GRADED],
        "left_out": standings[Entry.Standing.LEFT_OUT],
        "collectives": len(drawn.collectives),
        "organisations": len(drawn.organisations),
        "sittings": len(sittings),
    }
