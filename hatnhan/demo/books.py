"""The hand that writes the story into the books: it knows which unit and which member is meant, and numbers papers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.accounts.actors import Machine
from hatnhan.core import clock
from hatnhan.demo.places import BY_CODE, TWO_TIERS
from hatnhan.organization.models import Member, Term, Unit
from hatnhan.organization.rules import MemberData

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from typing import TypedDict

    from hatnhan.demo.people import Person

    class Signed(TypedDict):
        """Who does a deed, and when: what every action is told."""

        by: Machine
        at: datetime


#: Who wrote the story down, as the record and the pages say it.
TELLER = Machine("Dữ liệu minh họa")


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done on a day. ``order`` sorts those of one day: units before members before posts."""

    day: date
    order: int
    do: Callable[[Books], object]


class Books:
    """Writes deeds through the organisation's own actions, with the clock held at the day of each."""

    def __init__(self) -> None:
        self.units: dict[str, Unit] = {}
        self.members: dict[int, Member] = {}
        self.terms: dict[tuple[str, date], Term] = {}
        self._numbers: Counter[tuple[str, int]] = Counter()

    def write(self, deeds: Iterable[Deed], progress: Callable[[], None] = lambda: None) -> None:
        """Do deeds in the order of their days."""
        for deed in sorted(deeds, key=lambda deed: (deed.day, deed.order)):
            with clock.fixed(deed.day):
                deed.do(self)
            progress()

    def signed(self) -> Signed:
        """Return the teller of the story and the present (held) moment."""
        return {"by": TELLER, "at": clock.now()}

    def decision(self, body: str = "ĐU") -> str:
        """Return the next number of a decision of this year: of commune (ĐU), district (HU) or province (TU)."""
        return self._number(f"QĐ/{'TU' if body == 'HU' and clock.today() >= TWO_TIERS else body}")

    def letter(self) -> str:
        """Return the next number of a letter that introduces a member."""
        return self._number("GTSHĐ")

    def _number(self, kind: str) -> str:
        key = (kind, clock.today().year)
        self._numbers[key] += 1
        return f"{self._numbers[key]:02}-{kind}"

    def member(self, person: Person) -> Member:
        """Return the row of a person."""
        return self.members[id(person)]

    def meet(self, people: Iterable[Person]) -> None:
        """Find the rows of people whom an import has brought in, by card, or by name and year of birth."""
        rows = {(m.full_name, m.born_year): m for m in Member.objects.all()}
        for person in people:
            self.members.setdefault(id(person), rows[person.full_name, person.born_year])


def data_of(person: Person, *, official: bool = True, card: bool = True) -> MemberData:
    """Return what the roster keeps of a person: the same as stands in the workbook."""
    return MemberData(
        full_name=person.full_name,
        born_year=person.born_year,
        born_on=person.born_on,
        sex=person.sex,
        admitted_on=person.admitted_on,
        official_on=person.official_on if official else None,
        card_number=(person.card_number if card else "") or None,
        ethnicity=person.ethnicity,
        hamlet=BY_CODE[person.home].hamlet,
        occupation=person.occupation,
        schooling=person.schooling,
        degree=person.degree,
        theory=person.theory,
        phone=person.phone,
    )
