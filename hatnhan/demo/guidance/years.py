"""Deeds: two years under the Directive: themes, registrations, comments, the middle and the end, what served it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property, partial
from random import Random
from typing import TYPE_CHECKING

from django.urls import reverse

from hatnhan.assignments.models import Task
from hatnhan.core import clock
from hatnhan.demo.books import Books, Deed
from hatnhan.demo.guidance.pledges import Pledge, Writer
from hatnhan.demo.places import CELLS, COMMUNE
from hatnhan.demo.wording import texts
from hatnhan.guidance.actions import registrations, services, themes
from hatnhan.guidance.actions.registrations import RegistrationData
from hatnhan.guidance.actions.services import ServiceData
from hatnhan.guidance.models import Registration
from hatnhan.guidance.selectors import directive
from hatnhan.meetings.models import AgendaItem, Meeting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.people import Person
    from hatnhan.demo.places import Place
    from hatnhan.demo.tale import Tale

_THEME, _REGISTER, _COMMENT, _PROGRESS, _ASSESS, _SERVE = 41, 42, 43, 44, 45, 46
#: These cells were late with their members' registrations, by so many days.
_LATE = {"thon-dinh": 17, "truong-thpt": 15}
#: So many of the members wrote what came of it in the middle of the year, and at its end.
_MIDYEAR, _AT_THE_END = 0.86, 0.97
_COMMENTED = 0.95
#: One in so many meetings with a theme, and one in so many tasks done, is marked as having served the Directive.
_MEETINGS, _TASKS = 2, 9


def year_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield what was done under the Directive last year and this."""
    for year in (tale.today.year - 1, tale.today.year):
        yield Deed(date(year, 1, 6), _THEME, partial(_set_theme, year))
        for place, unit in enumerate((None, *CELLS)):
            yield from _unit_deeds(_OwnYear(tale, unit, year), place)
        for place, cell in enumerate(CELLS):
            yield from _cell_deeds(_CellYear(tale, cell, year), place)
        for month in range(1, 13):
            day = date(year, month, 25)
            yield Deed(day, _SERVE, partial(_serve, day))


def _cell_deeds(told: _CellYear, place: int) -> Iterator[Deed]:
    year, late = told.year, _LATE.get(told.cell.code, 0)
    yield Deed(date(year, 1, 10 + place) + timedelta(days=late), _REGISTER, told.register)
    yield Deed(date(year, 2, 6 + place) + timedelta(days=late), _COMMENT, told.comment)
    yield Deed(date(year, 7, 1 + place % 13), _PROGRESS, told.look_back)
    yield Deed(date(year, 12, 1 + place % 9), _ASSESS, told.assess)


def _unit_deeds(told: _OwnYear, place: int) -> Iterator[Deed]:
    yield Deed(date(told.year, 1, 8 + place % 15), _REGISTER, told.register)
    yield Deed(date(told.year, 7, 2 + place % 12), _PROGRESS, told.look_back)
    yield Deed(date(told.year, 12, 2 + place % 8), _ASSESS, told.assess)


def _set_theme(year: int, books: Books) -> None:
    words = texts("guidance_year")
    themes.set_theme(
        **books.signed(),
        unit=books.units[COMMUNE],
        year=year,
        theme=words["themes"][year % len(words["themes"])],
        term_theme=words["term_theme"],
        decision_no=f"02-KH/ĐU ngày 6/1/{year}",
    )


# --- registrations ---------------------------------------------------------------------------------------------------
class _CellYear:
    """Writes the registrations of a cell's members in one year."""

    def __init__(self, tale: Tale, cell: Place, year: int) -> None:
        self.tale, self.cell, self.year = tale, cell, year
        self.rows: list[tuple[Registration, Pledge]] = []

    @cached_property
    def rng(self) -> Random:
        """The cell's chance in this year."""
        return Random(f"years {self.tale.seed} {self.cell.code} {self.year}")  # noqa: S311 - a story

    def register(self, books: Books) -> None:
        """Enter what the members handed in."""
        people = self._people(books)
        pledges = Writer(self.cell.kind, self.cell.code, self.year, self.tale.seed).write(people)
        entries = {
            books.member(person): RegistrationData(pledge.answers, pledge.deeds)
            for person in people
            for pledge in (pledges[id(person)],)
        }
        made = registrations.enter_registrations(
            **books.signed(), year=self.year, cell=books.units[self.cell.code], entries=entries
        )
        by_member = {row.member_id: row for row in made}
        self.rows = [(by_member[books.member(person).pk], pledges[id(person)]) for person in people]

    def comment(self, books: Books) -> None:
        """Say what the cell thinks of each but a few."""
        said = {row: pledge.comment for row, pledge in self._part(_COMMENTED)}
        registrations.comment(**books.signed(), registrations=said)

    def look_back(self, books: Books) -> None:
        """Note what most have done by the middle of the year."""
        told = [(row, pledge.progress, pledge.midyear) for row, pledge in self._part(_MIDYEAR)]
        registrations.note_progress(**books.signed(), entries=_entries(told))

    def assess(self, books: Books) -> None:
        """Note what nearly all say of their year."""
        told = [(row, pledge.assessment, pledge.end) for row, pledge in self._part(_AT_THE_END)]
        registrations.assess(**books.signed(), entries=_entries(told))

    def _part(self, share: float) -> list[tuple[Registration, Pledge]]:
        """Return the registrations of those who are members still, less a few."""
        ids = [row.member_id or 0 for row, _pledge in self.rows]
        there = directive.cells_now(ids, clock.today())
        return [pair for pair in self.rows if pair[0].member_id in there and self.rng.random() < share]

    def _people(self, books: Books) -> list[Person]:
        owing = directive.owing(books.units[self.cell.code].pk, clock.today())
        ids = set(owing.values_list("pk", flat=True))
        told = (p for p in self.tale.world.people if (row := books.members.get(id(p))) and row.pk in ids)
        return sorted(told, key=lambda person: books.member(person).sort_key)


class _OwnYear:
    """Writes what the committee (``cell`` None) or a cell registered for itself in one year."""

    def __init__(self, tale: Tale, cell: Place | None, year: int) -> None:
        self.year, self.code = year, cell.code if cell else COMMUNE
        kind = cell.kind if cell else "committee"
        self.pledge = Writer(kind, f"own {self.code}", year, tale.seed).unit(kind)
        self.row: Registration | None = None

    def register(self, books: Books) -> None:
        """Write it and hand it in."""
        data = RegistrationData(self.pledge.answers, self.pledge.deeds)
        unit = books.units[self.code]
        draft = registrations.save_registration(
            **books.signed(), year=self.year, unit=unit, member=None, data=data, version=0
        )
        self.row = registrations.register(**books.signed(), registration=draft)

    def look_back(self, books: Books) -> None:
        """Note what came of it by the middle of the year."""
        assert self.row  # noqa: S101 - it was written in January
        told = [(self.row, self.pledge.progress, self.pledge.midyear)]
        registrations.note_progress(**books.signed(), entries=_entries(told))

    def assess(self, books: Books) -> None:
        """Note what came of it at the end."""
        assert self.row  # noqa: S101 - it was written in January
        told = [(self.row, self.pledge.assessment, self.pledge.end)]
        registrations.assess(**books.signed(), entries=_entries(told))


def _entries(
    told: list[tuple[Registration, str, list[str]]],
) -> dict[Registration, tuple[str, dict[int, str]]]:
    """Return text and outcomes by deed, for each registration."""
    rows = Registration.objects.filter(pk__in=[row.pk for row, *_rest in told]).prefetch_related("deeds")
    deeds = {row.pk: list(row.deeds.all()) for row in rows}
    return {
        row: (text, {one.pk: how for one, how in zip(deeds[row.pk], outcomes, strict=True)})
        for row, text, outcomes in told
    }


# --- what served it --------------------------------------------------------------------------------------------------
def _serve(day: date, books: Books) -> None:
    """Mark some of the month's meetings with a theme, and some of the tasks done in it."""
    start, notes = day - timedelta(days=30), texts("guidance_year")["serves"]
    held = Meeting.objects.held().filter(kind="cell_monthly", due_on__gt=start, due_on__lte=day)
    meetings = held.exclude(theme="").select_related("unit").order_by("due_on", "pk")[::_MEETINGS]
    done = Task.objects.filter(
        owner_unit=None, state="verified", done_on__gt=start, done_on__lte=day, unit__level="cell"
    )
    tasks = done.select_related("unit").order_by("pk")[::_TASKS][:4]
    things = [
        ServiceData(
            one.unit, "meeting", one.pk, one.theme, reverse("meetings:meeting", args=[one.pk]),
            one.due_on or day, notes[place % len(notes)],
        )
        for place, one in enumerate(meetings)
    ] + [
        ServiceData(
            one.unit, "task", one.pk, one.title, reverse("assignments:task", args=[one.pk]), one.done_on or day,
            notes[place % (len(notes) - 1)],
        )
        for place, one in enumerate(tasks)
    ] + [item for one in meetings[:1] for item in _items(one, one.due_on or day, notes[0])]  # fmt: skip
    if things:
        services.mark_services(**books.signed(), things=things)


def _items(meeting: Meeting, on: date, note: str) -> list[ServiceData]:
    """Return the items of a meeting that are about following his example, to be marked."""
    found = AgendaItem.objects.filter(meeting=meeting, title__contains="làm theo Bác").order_by("pk")
    return [
        ServiceData(
            meeting.unit, "item", one.pk, one.title, reverse("meetings:item", args=[one.pk]), on, note
        )
        for one in found
    ]
