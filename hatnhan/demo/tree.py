"""How the tree came to be what it is: founded, split, renamed, moved under another province."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hatnhan.core import clock
from hatnhan.demo.books import Books, Deed
from hatnhan.demo.places import (
    BY_CODE,
    CELLS,
    COMMUNE,
    HEALTH_ALONE,
    OPENING,
    RENAMED,
    SPLIT,
    SPLIT_OFF,
    TWO_TIERS,
    UNSPLIT,
    Place,
)
from hatnhan.demo.posts import cell_terms, committee_terms
from hatnhan.organization.actions import reshaping, terms, units
from hatnhan.organization.models import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.posts import Term
    from hatnhan.demo.tale import Tale

FORMER_PROVINCE, PROVINCE, DISTRICT = "vinh-phuc", "phu-tho", "yen-lac"


def tree_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield what happened to the units, their terms included."""
    yield Deed(OPENING, 0, _found_all)
    yield Deed(HEALTH_ALONE, 0, _health_alone)
    yield Deed(SPLIT, 2, lambda books: _split(books, tale))
    yield Deed(RENAMED, 0, lambda books: _rename(books, "trai-moi"))
    if tale.today >= TWO_TIERS:
        yield Deed(TWO_TIERS, 0, _two_tiers)
    for term in [*committee_terms(tale.today), *(t for p in CELLS for t in cell_terms(p.code, tale.today))]:
        yield Deed(term.start, 3, lambda books, term=term: _open(books, term))  # type: ignore[misc]


def _found(books: Books, code: str, level: Level, name: str, parent: str, **more: Any) -> None:
    above = level in {Level.PROVINCE, Level.DISTRICT}
    books.units[code] = units.create_unit(
        **books.signed(),
        code=code,
        level=level,
        name=name,
        parent=books.units.get(parent),
        on=clock.today(),
        decision_no=books.decision("TU" if above else "HU"),
        **{"cell_kind": "", **more},
    )


def _found_all(books: Books) -> None:
    _found(books, FORMER_PROVINCE, Level.PROVINCE, "Đảng bộ tỉnh Vĩnh Phúc", "")
    _found(books, DISTRICT, Level.DISTRICT, "Đảng bộ huyện Yên Lạc", FORMER_PROVINCE)
    _found(books, COMMUNE, Level.COMMUNE, "Đảng bộ xã Tam Hồng", DISTRICT)
    for position, place in enumerate(CELLS, start=1):
        if place.code != SPLIT_OFF:
            name = place.first_name or place.name
            _found(books, place.code, Level.CELL, name, COMMUNE, **_kind_of(place, position))


def _kind_of(place: Place, position: int) -> dict[str, Any]:
    kind = "agency" if place.kind == "health" else place.kind
    return {"cell_kind": kind, "position": position}


def _health_alone(books: Books) -> None:
    """Leave the cell to the health station: the offices got their own cells elsewhere."""
    unit, number = books.units["tram-y-te"], books.decision("HU")
    units.change_cell_kind(
        **books.signed(), unit=unit, cell_kind="health", on=HEALTH_ALONE, decision_no=number
    )
    units.rename_unit(
        **books.signed(), unit=unit, name=BY_CODE["tram-y-te"].name, on=HEALTH_ALONE, decision_no=number
    )


def _rename(books: Books, code: str) -> None:
    units.rename_unit(
        **books.signed(),
        unit=books.units[code],
        name=BY_CODE[code].name,
        on=clock.today(),
        decision_no=books.decision("HU"),
    )


def _split(books: Books, tale: Tale) -> None:
    """Cut the hamlet of Lũng in two: those of the lower part found a cell, the other keeps its books."""
    going = [p for p in tale.world.people if any(s.cell == SPLIT_OFF and s.start == SPLIT for s in p.stays)]
    books.units[SPLIT_OFF] = reshaping.split_cell(
        **books.signed(),
        unit=books.units[UNSPLIT],
        code=SPLIT_OFF,
        name=BY_CODE[SPLIT_OFF].name,
        cell_kind="village",
        member_ids=[books.member(person).pk for person in going],
        on=SPLIT,
        decision_no=books.decision("HU"),
    )
    _rename(books, UNSPLIT)


def _two_tiers(books: Books) -> None:
    """On 1/7/2025 districts ended and Vĩnh Phúc became part of Phú Thọ."""
    _found(books, PROVINCE, Level.PROVINCE, "Đảng bộ tỉnh Phú Thọ", "")
    number = books.decision("TU")
    units.move_unit(
        **books.signed(),
        unit=books.units[COMMUNE],
        parent=books.units[PROVINCE],
        on=TWO_TIERS,
        decision_no=number,
    )
    for code in (DISTRICT, FORMER_PROVINCE):
        units.dissolve_unit(
            **books.signed(),
            unit=books.units[code],
            successor=books.units[PROVINCE],
            on=TWO_TIERS,
            decision_no=number,
        )


def _open(books: Books, term: Term) -> None:
    books.terms[term.unit, term.start] = terms.open_term(
        **books.signed(), unit=books.units[term.unit], name=term.name, start=term.start, end=term.end
    )
