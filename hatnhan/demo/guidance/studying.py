"""Deeds: study sessions and who came, readings noted from paper, who is excused, quizzes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from hatnhan.core import clock
from hatnhan.demo import cast
from hatnhan.demo.books import Books, Deed
from hatnhan.demo.places import CELLS, COMMUNE
from hatnhan.demo.rhythm import where_and_when
from hatnhan.demo.wording import texts
from hatnhan.guidance.actions import quiz, readings, sessions
from hatnhan.guidance.actions.sessions import SessionData
from hatnhan.guidance.models import Session
from hatnhan.guidance.selectors import study
from hatnhan.organization.models import Position

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from hatnhan.demo.guidance.shelf import Shelf
    from hatnhan.demo.people import Person
    from hatnhan.demo.places import Place
    from hatnhan.organization.models import Unit

_SET, _HELD, _READ, _EXCUSE, _ASK, _TRY = 35, 36, 37, 38, 39, 40
_HALL = "Hội trường Đảng ủy, truyền về các chi bộ"


@dataclass(frozen=True, slots=True)
class Course:
    """How a document was studied. Days are counted from its approval, or where it had none from its entering."""

    document: str
    #: Day of the committee's session, share of those who came; who is called: all, or those who hold a post.
    day: int
    share: float
    all_members: bool = True
    #: Days of the cells' own sessions, or none; share of those who came.
    cells: tuple[int, ...] = ()
    cells_share: float = 0.0
    #: Share of those still missing of whom a reading was noted, so many days later; cells that noted none.
    read_after: int = 0
    read_share: float = 0.0
    silent: tuple[str, ...] = ()
    #: Share of a cell's members who handed the quiz in on paper, by how many cells, after so many days.
    quiz_after: int = 0
    quiz_share: float = 0.0
    quiz_cells: int = 0
    alone: bool = False
    #: Held for the whole country, over the line; the committee keeps the list of its hall.
    central: bool = False
    excused: int = 0


COURSES = (
    Course("c_rac", 16, 0.93, read_after=32, read_share=0.7),
    Course("d42hd", 14, 0.92, read_after=30, read_share=0.75, quiz_after=40, quiz_share=0.6, quiz_cells=6),
    Course("d366qd", 12, 0.95, alone=True),
    Course(
        "c_so", 9, 0.95, all_members=False, cells=(22, 23, 25, 26, 29), cells_share=0.92, read_after=48,
        read_share=0.6, quiz_after=52, quiz_share=0.72, quiz_cells=18, excused=3,
    ),
    Course(
        "d207qd", 12, 0.83, read_after=45, read_share=0.62, silent=("go-gang", "trai-moi", "truong-thpt"), excused=2,
        central=True,
    ),
    Course("d07ct", 15, 1.0, read_after=4, read_share=0.12, silent=("dong-sen", "go-gang", "truong-tieu-hoc")),
)  # fmt: skip


def study_deeds(shelf: Shelf) -> Iterator[Deed]:
    """Yield how the documents were studied."""
    for course in COURSES:
        yield from _course_deeds(_Study(shelf, course))


def _course_deeds(told: _Study) -> Iterator[Deed]:
    course = told.course
    yield Deed(told.day(1), _SET, told.plan)
    yield Deed(told.day(course.day), _HELD, told.hold)
    if course.document in texts("guidance")["quizzes"]:
        yield Deed(told.day(3), _ASK, told.ask)
    for place, cell in enumerate(CELLS if course.cells else ()):
        day = told.day(course.cells[place % len(course.cells)])
        yield Deed(day, _HELD, partial(told.hold_in_cell, cell))
    if course.excused:
        yield Deed(told.day(course.read_after + 2), _EXCUSE, told.excuse)
    for place, cell in enumerate(CELLS):
        if course.read_after and cell.code not in course.silent:
            yield Deed(
                told.day(course.read_after) - timedelta(days=place % 4), _READ, partial(told.read, cell)
            )
        if place < course.quiz_cells:
            yield Deed(
                told.day(course.quiz_after) + timedelta(days=place % 5), _TRY, partial(told.try_quiz, cell)
            )


class _Study:
    """Writes how one document was studied."""

    def __init__(self, shelf: Shelf, course: Course) -> None:
        self.shelf, self.course = shelf, course
        key = course.document
        self.start = shelf.approved(key) if key in shelf.plans else shelf.entered(key)
        self.session: Session | None = None

    def day(self, after: int) -> date:
        """Return a day so many days after the document was given on."""
        return self.start + timedelta(days=after)

    def plan(self, books: Books) -> None:
        """Set the committee's session."""
        course, key = self.course, self.course.document
        number = self.shelf.told[key]["number"]
        starts_at = datetime.combine(self.day(course.day), time(8, 0), clock.HERE)
        data = SessionData(
            title=f"Hội nghị trực tuyến toàn quốc: {number}" if course.central else f"Học tập {number}",
            document=self.shelf.documents[key],
            level=Session.Level.CENTRAL if course.central else Session.Level.COMMUNE,
            mode=Session.Mode.SELF if course.alone else Session.Mode.ROOM,
            starts_at=starts_at,
            until=self.day(course.day + 30) if course.alone else None,
            place="" if course.alone else _HALL,
            presenter="Báo cáo viên Trung ương"
            if course.central
            else f"Đ/c {cast.SECRETARY}, Bí thư Đảng ủy",
        )
        called = None
        if not course.all_members:
            held = Position.objects.on(clock.today()).filter(unit__in=books.units.values())
            called = sorted(set(held.values_list("member_id", flat=True)))
        self.session = sessions.plan_session(
            **books.signed(), unit=books.units[COMMUNE], data=data, members=called
        )

    def hold(self, books: Books) -> None:
        """Note who came to the committee's session."""
        assert self.session  # noqa: S101 - it was set before
        self._mark(books, self.session, self.course.share, "commune")

    def hold_in_cell(self, cell: Place, books: Books) -> None:
        """Hold a cell's own session and note who came."""
        where, hour = where_and_when(cell)
        key = self.course.document
        data = SessionData(
            title=f"Chi bộ học {self.shelf.told[key]['number']}",
            document=self.shelf.documents[key],
            level=Session.Level.CELL,
            mode=Session.Mode.ROOM,
            starts_at=datetime.combine(clock.today(), hour, clock.HERE),
            place=where,
            presenter="Bí thư chi bộ",
        )
        with clock.fixed(datetime.combine(clock.today(), time(21, 30), clock.HERE)):
            session = sessions.plan_session(**books.signed(), unit=books.units[cell.code], data=data)
            self._mark(books, session, self.course.cells_share, cell.code)

    def read(self, cell: Place, books: Books) -> None:
        """Note from a cell's paper list who of those still missing has read it."""
        rng, document = self._chance("read", cell.code), self.shelf.documents[self.course.document]
        missing = study.not_studied(document, books.units[cell.code], clock.today())
        spared = books.member(_signing(self.shelf)).pk
        ids = [
            pk
            for pk in missing.values_list("pk", flat=True)
            if rng.random() < self.course.read_share and pk != spared
        ]
        if ids:
            readings.enter_readings(
                **books.signed(),
                document=document,
                cell=books.units[cell.code],
                member_ids=ids,
                read_on=clock.today() - timedelta(days=rng.randint(0, 2)),
            )

    def excuse(self, books: Books) -> None:
        """Excuse a few of those missing, each with a reason."""
        document, unit = self.shelf.documents[self.course.document], self._cell_of_excused(books)
        missing = study.not_studied(document, unit, clock.today()).values_list("pk", flat=True)
        reasons = dict(zip(missing[: self.course.excused], texts("guidance")["excused"], strict=False))
        if reasons:
            sessions.excuse_members(**books.signed(), document=document, unit=unit, reasons=reasons)

    def ask(self, books: Books) -> None:
        """Put the questions into the bank, their answers shuffled."""
        rng, key = self._chance("ask", ""), self.course.document
        for text, options, reason in texts("guidance")["quizzes"][key]:
            mixed = rng.sample(options, len(options))
            quiz.set_question(
                **books.signed(), document=self.shelf.documents[key], text=text, options=mixed,
                right=mixed.index(options[0]), reason=reason,
            )  # fmt: skip

    def try_quiz(self, cell: Place, books: Books) -> None:
        """Enter a cell's papers: most passed; of those who did not, most tried again."""
        rng, document = self._chance("quiz", cell.code), self.shelf.documents[self.course.document]
        there = study.studied(document, books.units[cell.code], clock.today()).order_by("pk")
        took = [pk for pk in there.values_list("pk", flat=True) if rng.random() < self.course.quiz_share]
        first = {pk: rng.choice((2, 3, 4, 4, 5, 5, 5)) for pk in took}
        again = {pk: rng.choice((4, 5)) for pk, right in first.items() if right < 3}  # noqa: PLR2004 - of five
        for right in filter(None, (first, again)):
            quiz.enter_attempts(
                **books.signed(), document=document, cell=books.units[cell.code], right=right, asked=5,
                taken_on=clock.today(),
            )  # fmt: skip

    def _mark(self, books: Books, session: Session, share: float, what: str) -> None:
        rng, spared = self._chance("marks", what), books.member(_signing(self.shelf)).pk
        absences = texts("guidance")["absences"]
        marks: dict[int, tuple[str, str]] = {}
        for pk in session.places.order_by("pk").values_list("member_id", flat=True):
            here = rng.random() < share
            if pk == spared:
                # The member who signs in has something left to study.
                here = self.course.document != "d207qd"
            marks[pk] = ("present", "") if here else _away(rng, absences)
        sessions.mark_attendance(**books.signed(), session=session, marks=marks)

    def _cell_of_excused(self, books: Books) -> Unit:
        return books.units["ben-da" if len(self.course.document) % 2 else "phu-cuong"]

    def _chance(self, what: str, which: str) -> Random:
        seed = f"study {self.shelf.tale.seed} {self.course.document} {what} {which}"
        return Random(seed)  # noqa: S311 - a story, not a secret


def _away(rng: Random, absences: Collection[str]) -> tuple[str, str]:
    return ("excused", rng.choice(list(absences))) if rng.random() < 0.7 else ("absent", "")  # noqa: PLR2004


def _signing(shelf: Shelf) -> Person:
    return next(p for p in shelf.tale.world.present if p.full_name == cast.MEMBER)
