"""What all papers of the room share: heads by unit, names of grades, lines left free to be written in by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import decimal
from hatnhan.organization.models import Body, Level
from hatnhan.organization.sheets import Sheet, sheet
from hatnhan.reviews.models import Entry
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from hatnhan.organization.models import Unit
    from hatnhan.reviews.models import Cycle
    from hatnhan.rulebook.types import Rule

#: A line to be written on by hand.
DOTS = "." * 80


@dataclass(slots=True)
class Heads:
    """How papers are headed, remembered by body and day: a set of forms asks for each head once."""

    _known: dict[tuple[int, str, date], Sheet] = field(default_factory=dict)

    def of(self, unit: Unit, body: str, on: date) -> Sheet:
        """Return how a body's papers are headed on a day; as it last stood for a unit that is gone by then."""
        key = (unit.pk, body, on)
        if key not in self._known:
            self._known[key] = head_of(unit, body, on)
        return self._known[key]


def head_of(unit: Unit, body: str, on: date) -> Sheet:
    """Return how a body's papers are headed on a day; for a unit dissolved since, as on the last day it stood."""
    try:
        return sheet(unit, body, on)
    except Missing:
        # Asked for a day on which it does not stand: the first or the last on which it did.
        nearest = unit.founded_on if on < unit.founded_on else last_day(unit)
        return sheet(unit, body, nearest)


def last_day(unit: Unit) -> date:
    """Return the last day on which a unit that is dissolved still stood."""
    if unit.dissolved_on is None:
        raise Missing
    return unit.dissolved_on - timedelta(days=1)


def body_of(unit: Unit) -> str:
    """Return the body in whose name a unit's papers of the review are signed: all members of a cell, a committee."""
    return Body.MEMBERS if unit.level == Level.CELL else Body.COMMITTEE


def grade_words(entry: Entry, grade: str, *, free: bool = False) -> str:
    """Return what a grade is called on paper for an entry; for none, nothing, or a line to be written on."""
    found = law_of(entry.cycle).grade_name(grade, organisation=entry.of == Entry.Of.ORGANISATION)
    return found or (DOTS[:40] if free else "")


def unsure(rule: Rule[object]) -> str:
    """Return the mark of a value that was not read in an official text, for papers; "" for a confirmed one."""
    return "" if rule.confirmed else _("(chưa xác nhận)")


def as_paragraphs(text: str) -> tuple[str, ...]:
    """Return a text as the paragraphs it was typed in."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def on_day(on: date | None) -> str:
    """Return a day in words, a line to be written on where it is not known."""
    return written(on) if on else "…/…/……"


def plain(points: Decimal | None) -> str:
    """Return points as papers have them: "27,5"; nothing for none."""
    return "" if points is None else decimal(points, 2).rstrip("0").rstrip(",")


def joined(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the lines that say something."""
    return tuple(one for one in lines if one)


def year_words(cycle: Cycle) -> str:
    """Return "năm 2026"."""
    return _("năm %(year)d") % {"year": cycle.year}
