"""What opening a cycle would bring, in sentences, before it is done."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.vietnamese import day as written
from hatnhan.reviews.actions import listing
from hatnhan.reviews.actions.cycles import list_day
from hatnhan.reviews.models import Cycle, Entry
from hatnhan.reviews.rules.steps import finish_before
from hatnhan.reviews.selectors.law import Law, law_of, versions_on
from hatnhan.reviews.selectors.roll import roll_of

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.organization.models import Unit
    from hatnhan.rulebook.types import Rule


def sentences(unit: Unit, year: int, opened_on: date) -> list[str]:
    """Return who would be graded, reviewed only, left out and why; by which rules. Raises RuleBroken ``no_rule``."""
    cycle = Cycle(unit=unit, year=year, opened_on=opened_on, rules=versions_on(unit, year))
    law = law_of(cycle)
    day = list_day(year, opened_on)
    drawn = listing.draw(cycle, roll_of(unit, day), law)
    standings = Counter(one.standing for one in drawn.members)
    values = {
        "day": written(day),
        "members": len(drawn.members),
        "graded": standings[Entry.Standing.GRADED],
        "not_graded": standings[Entry.Standing.NOT_GRADED],
        "left_out": standings[Entry.Standing.LEFT_OUT],
    }
    found = [
        _("Danh sách ngày %(day)s có %(members)d đảng viên: %(graded)d người kiểm điểm và xếp loại.") % values
    ]
    if values["not_graded"]:
        found.append(_("%(not_graded)d người kiểm điểm, không xếp loại.") % values)
    if values["left_out"]:
        found.append(_("%(left_out)d người không kiểm điểm.") % values)
    found += _others(drawn)
    units = {"collectives": len(drawn.collectives), "organisations": len(drawn.organisations)}
    found.append(
        _("%(collectives)d tập thể lãnh đạo và %(organisations)d tổ chức đảng được xếp loại.") % units
    )
    return found + _laws(law, year)


def _others(drawn: listing.Drawn) -> list[str]:
    """Return those not graded by name, each with the rule that says so, where they are few."""
    rows = [one for one in drawn.members if one.standing != Entry.Standing.GRADED]
    named = [f"{one.member}: {one.standing_because}." for one in rows[:_NAMED]]
    more = len(rows) - len(named)
    return [*named, _("Và %(more)d người khác, có trong danh sách.") % {"more": more}] if more else named


_NAMED = 12


def _laws(law: Law, year: int) -> list[str]:
    end = finish_before(law.regime.value, year)
    rules: tuple[Rule[object], ...] = (law.regime, law.conditions, law.caps, law.forms, law.steps)
    told = dict.fromkeys(f"{rule.title}: {rule.source}{_mark(rule)}" for rule in rules)
    return [_("Hoàn thành trước ngày %(day)s.") % {"day": written(end)}, *told]


def _mark(rule: Rule[object]) -> str:
    return "" if rule.confirmed else _(" (chưa xác nhận)")
