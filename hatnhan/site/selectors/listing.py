"""The whole list of what is due, filtered by what stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.deadlines import registry
from hatnhan.deadlines.types import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrPromise

    from hatnhan.deadlines.types import Deadline
    from hatnhan.site.selectors.work import Work

#: The word in the address for each standing, and the word on the screen.
STANDINGS: dict[str, tuple[Standing, StrPromise]] = {
    "qua-han": (Standing.LATE, _("Quá hạn")),
    "hom-nay": (Standing.TODAY, _("Hôm nay")),
    "sap-den": (Standing.SOON, _("Trong 30 ngày")),
    "chua-den": (Standing.AHEAD, _("Chưa đến kỳ")),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of the list: its name in the address, its label, and what can be chosen."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def chosen(self) -> Choice | None:
        """What is chosen, if anything."""
        return next((choice for choice in self.choices if choice.chosen), None)


def filtered(work: Work, asked: Mapping[str, str]) -> tuple[list[Deadline], list[Filter]]:
    """Return the deadlines that pass the filters, and the filters as they stand; unknown values filter nothing."""
    filters = _filters(work, asked)
    unit, source, standing = (one.chosen.value if one.chosen else "" for one in filters)
    pk = next((node.pk for node in work.units if node.code == unit), None)
    how = STANDINGS[standing][0] if standing else None
    found = [
        one
        for one in work.items
        if (pk is None or one.unit_id == pk)
        and (not source or one.source == source)
        and (how is None or one.standing(work.on) is how)
    ]
    return found, filters


def _filters(work: Work, asked: Mapping[str, str]) -> list[Filter]:
    busy = {one.unit_id for one in work.items}
    units = [(node.code, node.name) for node in work.units if node.pk in busy]
    sources = sorted({(registry.title(one.source), one.source) for one in work.items})
    lines = {
        "chi_bo": (_("Tổ chức đảng"), units),
        "nguon": (_("Loại việc"), [(source, title) for title, source in sources]),
        "tinh_trang": (_("Tình trạng"), [(word, str(label)) for word, (_how, label) in STANDINGS.items()]),
    }
    return [
        Filter(name, str(label), [Choice(value, title, asked.get(name) == value) for value, title in choices])
        for name, (label, choices) in lines.items()
    ]
