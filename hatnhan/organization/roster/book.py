"""What the books hold at the start of an import: members of the commune by card and by name, cells by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, Q

from hatnhan.core.bulk import in_parts
from hatnhan.core.vietnamese import fold, marked
from hatnhan.organization.models import Exemption, Member, Membership, UnitAncestry, UnitVersion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.organization.models import Unit

#: Fields of a member that a roster may carry, in the order of `Known`.
FIELDS = (
    "card_number",
    "full_name",
    "born_year",
    "born_on",
    "sex",
    "ethnicity",
    "hamlet",
    "occupation",
    "schooling",
    "degree",
    "theory",
    "phone",
    "email",
    "admitted_on",
    "official_on",
)
#: Who left like this comes back by a decision, not by a line in a file.
_FOR_GOOD = frozenset(
    {
        Membership.EndReason.DIED,
        Membership.EndReason.EXPELLED,
        Membership.EndReason.STRUCK_OFF,
        Membership.EndReason.WITHDREW,
    }
)
_MOST_OFFERS = 200
_WORDS_BEFORE = ("chi bo ", "dang bo ", "thon ", "truong ", "tram ")


class Known(NamedTuple):
    """A member in the books: id, official cell (None for one who left), that membership's start, and the fields."""

    pk: int
    cell_id: int | None
    since: date | None
    values: tuple[object, ...]


@dataclass(slots=True)
class Book:
    """The books of one unit on one day."""

    by_card: dict[str, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=dict)
    exempt: set[int] = field(default_factory=set)
    cells: dict[str, int] = field(default_factory=dict)
    cell_names: dict[int, str] = field(default_factory=dict)
    foreign_cards: set[str] = field(default_factory=set)
    #: Of those who were here: who belongs elsewhere since, and who is no member any more, with why and from when.
    elsewhere: set[int] = field(default_factory=set)
    gone: dict[int, tuple[str, date]] = field(default_factory=dict)
    _near: dict[str, int | None] = field(default_factory=dict)

    def cell_of(self, text: str) -> int | None:
        """Return the cell that a name in a file means, None when there is none or more than one.

        Marks may be left out; marks that say another name ("Cầu Gào" for Cầu Gạo) name no cell, they are asked about.
        """
        pk = self.cells.get(fold(text))
        return pk if pk is not None and _marks_agree(text, self.cell_names[pk]) else None

    def like(self, text: str) -> tuple[int, str] | None:
        """Return the cell whose name is nearest to a text that names none, to be offered, never taken.

        Looking is slow with very many cells: each text is looked for once, and only the first of very many.
        """
        wanted = fold(text)
        if wanted not in self._near and len(self._near) < _MOST_OFFERS:
            found = get_close_matches(wanted, self.cells, n=1, cutoff=0.75)
            self._near[wanted] = self.cells[found[0]] if found else None
        pk = self._near.get(wanted)
        return (pk, self.cell_names[pk]) if pk is not None else None


def _marks_agree(text: str, name: str) -> bool:
    words = marked(name).split()
    return all(
        word.isascii() or word in words or fold(word) not in map(fold, words) for word in marked(text).split()
    )


def open_book(unit: Unit, on: date) -> Book:
    """Read the books of a unit as they stand on a day, in a handful of queries."""
    book = Book()
    below = UnitAncestry.objects.on(on).filter(ancestor=unit).values("unit_id")
    _read_cells(book, below, on)
    current: dict[int, tuple[int | None, date | None]] = {}
    memberships = Membership.objects.on(on).filter(unit_id__in=below, kind=Membership.Kind.OFFICIAL)
    for member_id, unit_id, start in memberships.values_list("member_id", "unit_id", "start").iterator(
        chunk_size=5000
    ):
        current[member_id] = (unit_id, start)
    ever = Membership.objects.filter(unit__ancestries__ancestor=unit).values("member_id")
    for pk, *values in (
        Member.objects.filter(pk__in=ever).values_list("pk", *FIELDS).iterator(chunk_size=5000)
    ):
        cell_id, since = current.get(pk, (None, None))
        known = Known(pk, cell_id, since, tuple(values))
        if known.values[0]:
            book.by_card[str(known.values[0])] = known
        book.by_name.setdefault(fold(str(known.values[1])), []).append(known)
    _read_departures(book, unit, ever, current)
    book.exempt = set(Exemption.objects.on(on).filter(member_id__in=ever).values_list("member_id", flat=True))
    return book


def _read_departures(book: Book, unit: Unit, ever: QuerySet[Membership, Any], here: Collection[int]) -> None:
    """Note of those who were in the unit once how their latest official membership stands, or ended."""
    theirs = Q(end=None) | Q(end=F("unit__dissolved_on"))
    below = set(UnitAncestry.objects.filter(theirs, ancestor=unit).values_list("unit_id", flat=True))
    latest = Membership.objects.filter(member_id__in=ever, kind=Membership.Kind.OFFICIAL).exclude(
        end=None, unit_id__in=below
    )
    last = {
        row[0]: row[1:]
        for row in latest.order_by("start").values_list("member_id", "unit_id", "end", "end_reason")
    }
    for member_id, (unit_id, end, reason) in last.items():
        if member_id in here:
            continue
        if end is not None and reason in _FOR_GOOD:
            book.gone[member_id] = (str(Membership.EndReason(reason).label), end)
        elif unit_id not in below:
            book.elsewhere.add(member_id)


def find_foreign(book: Book, cards: Iterable[str]) -> None:
    """Note which of the cards unknown here belong to members of other committees."""
    unknown = [card for card in cards if card and card not in book.by_card]
    for part in in_parts(unknown):
        book.foreign_cards.update(
            Member.objects.filter(card_number__in=part).values_list("card_number", flat=True)  # type: ignore[arg-type]
        )


def _read_cells(book: Book, below: QuerySet[UnitAncestry, Any], on: date) -> None:
    versions = UnitVersion.objects.on(on).filter(unit_id__in=below, unit__level="cell")
    taken: dict[str, set[int]] = {}
    for pk, code, name in versions.annotate(code=F("unit__code")).values_list("unit_id", "code", "name"):
        book.cell_names[pk] = name
        for way in _ways_to_say(name) | {fold(code.replace("-", " "))}:
            taken.setdefault(way, set()).add(pk)
    book.cells = {way: pks.pop() for way, pks in taken.items() if len(pks) == 1}


def _ways_to_say(name: str) -> set[str]:
    """Return a cell's name as files write it: "Chi bộ thôn Chùa", "Thôn Chùa", "Chùa"."""
    text = fold(name)
    ways = {text}
    for before in _WORDS_BEFORE:
        if text.startswith(before):
            text = text.removeprefix(before)
            ways |= {text, f"chi bo {text}"}
    return ways
