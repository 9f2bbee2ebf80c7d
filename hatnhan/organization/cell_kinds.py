"""The kinds of cell: data of the rulebook (`organization.cell_kinds`), to which offices add their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from hatnhan.rulebook import remembered
from hatnhan.rulebook.topics import CellKinds

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.rulebook.types import Rule

#: Titles of the national list, for the catalogue of translations; which kinds there are, the rulebook says.
_TITLES = (
    _("Thôn"),
    _("Trường học"),
    _("Y tế"),
    _("Cơ quan"),
    _("Doanh nghiệp"),
    _("Lực lượng vũ trang"),
)


def kinds(on: date | None = None) -> dict[str, str]:
    """Return the kinds of cell, key to words, in order: the national list, then what any unit has added.

    With a day, those in force that day (before the first known list: that list); without, all that were ever known,
    since a cell keeps its kind when a unit's list no longer names it. Where lists differ in words the latest counts.
    Costs one query a request.
    """
    rules = remembered.every(CellKinds)
    chosen = [rule for rule in rules if on is None or _holds(rule, on)]
    return {one.key: gettext(one.title) for rule in chosen or rules[:1] for one in rule.value.kinds}


def kind_words(key: str) -> str:
    """Return what a kind of cell is called; the key itself where nothing names it."""
    return kinds().get(key, key)


def _holds(rule: Rule[CellKinds], on: date) -> bool:
    return rule.start <= on and (rule.end is None or on < rule.end)
