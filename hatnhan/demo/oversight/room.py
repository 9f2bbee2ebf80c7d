"""What the deeds of oversight share: the rows written so far, numbers of papers, and who stands behind a name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from hatnhan.core import clock
from hatnhan.demo.oversight.staff import Staff
from hatnhan.demo.places import BY_CODE
from hatnhan.demo.wording import texts
from hatnhan.oversight.models import StepPaper

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from hatnhan.demo.books import Books
    from hatnhan.demo.people import Person
    from hatnhan.demo.tale import Tale
    from hatnhan.organization.models import Member
    from hatnhan.oversight.models import Case, Check, Denunciation, Programme, ProgrammeItem, Remedy, Watch
    from hatnhan.oversight.models import Decision as Ruling


class Room:
    """Knows the rows that the story of oversight became."""

    def __init__(self, tale: Tale) -> None:
        self.tale, self.staff = tale, Staff(tale)
        self.words: dict[str, Any] = texts("oversight")
        self.programmes: dict[tuple[str, str, int], Programme] = {}
        self.items: dict[str, ProgrammeItem] = {}
        self.checks: dict[str, Check] = {}
        self.watches: dict[tuple[str, str], Watch] = {}
        self.remedies: dict[str, Remedy] = {}
        self.cases: dict[str, Case] = {}
        self.rulings: dict[str, Ruling] = {}
        self.letters: dict[str, Denunciation] = {}
        self._numbers: Counter[tuple[str, str, str, int]] = Counter()

    def number(self, unit: str, body: str, kind: str) -> str:
        """Return the next number of this year of one kind of paper of a body: "03-QĐ/UBKT"."""
        key = (unit, body, kind, clock.today().year)
        self._numbers[key] += 1
        return f"{self._numbers[key]:02}-{kind}/{self.words['numbers'][body]}"

    @staticmethod
    def people(books: Books, people: Iterable[Person]) -> tuple[Member, ...]:
        """Return the rows of some people."""
        return tuple(books.member(one) for one in people)

    def where(self, code: str) -> str:
        """Return where people of a cell meet."""
        place = BY_CODE[code]
        name: str = self.words["place"][place.kind]
        return f"{name} {place.name.removeprefix('Chi bộ thôn ')}" if place.kind == "village" else name


def kept(
    dossier_id: int, days: Mapping[str, date], where: str, named: Mapping[str, str]
) -> dict[str, tuple[str, date | None, str]]:
    """Return number, day and place of every paper of a file: numbered by its leaf where it has no number of its own.

    ``days`` are by the key of the step; papers of steps that are not in it are left out.
    """
    rows = StepPaper.objects.filter(step__dossier=dossier_id).values_list("key", "place", "step__key")
    return {
        key: (named.get(key, f"Bút lục {place:02}"), days[step], where)
        for key, place, step in rows
        if step in days
    }
