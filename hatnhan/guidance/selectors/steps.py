"""The rule that the steps of a roll-out keep to: kept at its approval, whatever holds on the day it is looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.rulebook.resolver import of_version
from hatnhan.rulebook.topics.guidance import RollOutSteps

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hatnhan.guidance.models import CellRollOut, RollOut
    from hatnhan.rulebook.types import Rule


def rule_of(roll_out: RollOut) -> Rule[RollOutSteps]:
    """Return the rule of a roll-out: the one kept at its approval; of a plan, the one in force when it was begun."""
    if roll_out.rule:
        return of_version(RollOutSteps, roll_out.rule)
    return law_for(RollOutSteps, day_of(roll_out.drafted_at), roll_out.unit)


def rules_of() -> Callable[[RollOut], Rule[RollOutSteps]]:
    """Return `rule_of` for many approved roll-outs: no query for a national rule, one for each local one among them."""
    known: dict[str, Rule[RollOutSteps]] = {}

    def rule(roll_out: RollOut) -> Rule[RollOutSteps]:
        version = roll_out.rule
        if version not in known:
            known[version] = rule_of(roll_out)
        return known[version]

    return rule


def due_in_cell(given: CellRollOut, step: str, rule: Rule[RollOutSteps]) -> date:
    """Return the last day (inclusive) of a step, "held" or "study", in a cell that was given a roll-out.

    A cell that came after the plan's day has as long from then on as the rule gives from a document's coming.
    """
    planned: date = getattr(given.roll_out, f"{step}_by")
    days: int = getattr(rule.value, f"{step}_days")
    return given.given_on + timedelta(days=days) if given.given_on > planned else planned
