"""What the law of a cycle asks of an entry that somebody may have to write down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.reviews.rules.engine import concerns
from hatnhan.reviews.selectors.facts import TYPABLE
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from hatnhan.reviews.models import Entry


def asked_of(entry: Entry) -> tuple[str, ...]:
    """Return the facts that the law asks of an entry and that may be written, in the order of `TYPABLE`. No query."""
    law = law_of(entry.cycle).conditions.value
    rows = (*law.conditions, *law.triggers, *law.ceilings)
    asked = {one.fact for one in rows if concerns(one.subject, entry.subject)}
    return tuple(one for one in TYPABLE if one in asked)


def liftable_of(entry: Entry) -> frozenset[str]:
    """Return the keys of the triggers that the authority may lift for an entry. No query."""
    law = law_of(entry.cycle).conditions.value
    return frozenset(
        one.key for one in law.triggers if one.lifted == "yes" and concerns(one.subject, entry.subject)
    )
