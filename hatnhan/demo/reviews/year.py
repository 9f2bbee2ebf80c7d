"""Deeds of one year's review, each as the room's own action: from the opening to the closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from hatnhan.assignments.models import Task
from hatnhan.core import clock
from hatnhan.core.errors import RuleBroken
from hatnhan.demo.places import BY_CODE, COMMUNE
from hatnhan.demo.reviews.aims import Aim, Graded, left_out_by_hand, plain
from hatnhan.demo.reviews.points import points_for
from hatnhan.demo.reviews.words import Sheet, Who, Writer, pool_of
from hatnhan.demo.wording import texts
from hatnhan.organization.models import Body
from hatnhan.organization.selectors.bodies import seats
from hatnhan.reviews.actions import (
    agreeing,
    cycles,
    filling,
    proposing,
    refreshing,
    remarks,
    sittings,
    standings,
    steps,
    voting,
)
from hatnhan.reviews.models import Entry, Place, Sitting, StepDay
from hatnhan.reviews.selectors import texts as forms
from hatnhan.reviews.selectors.assessed import assessments
from hatnhan.reviews.selectors.votes import votes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from hatnhan.demo.books import Books
    from hatnhan.demo.tale import Tale
    from hatnhan.reviews.models import Cycle
    from hatnhan.reviews.review_parts import ReviewData

_TASKS_SHOWN = 2
_LOWER = {"xs": "t", "t": "ht", "ht": "t", "kht": "ht"}
#: One in so many who live among villagers and work elsewhere has a comment from there; opinions at each meeting.
_RESIDENT, _OPINIONS = 4, 3


class Year:
    """Knows the rows that the story of one year's review became."""

    def __init__(self, tale: Tale, year: int) -> None:
        self.tale, self.year = tale, year
        self.words: dict[str, Any] = texts("reviews")
        self.rng = Random(f"reviews {tale.seed} {year}")  # noqa: S311 - a story, not a secret
        self.aims: dict[int, Aim] = {}
        self.note = ""
        self._writers: dict[str, Writer] = {}
        self._tasks: dict[int, list[Task]] | None = None
        self._cycle: Cycle | None = None
        self._refreshed: date | None = None

    @property
    def cycle(self) -> Cycle:
        """The cycle, once it is open."""
        assert self._cycle  # noqa: S101 - deeds follow the opening
        return self._cycle

    # --- opening -----------------------------------------------------------------------------------------------------
    def open(self, plan_no: str, books: Books) -> None:
        """Open the cycle."""
        unit = books.units[COMMUNE]
        self._cycle = cycles.open_cycle(**books.signed(), unit=unit, year=self.year, plan_no=plan_no)

    def think(self, aims: Callable[[Year], dict[int, Aim]], _books: Books) -> None:
        """Think out what the year comes to for each."""
        self.aims = aims(self)

    def leave_out(self, books: Books) -> None:
        """Leave out those whom their cells excuse, far away at work: by hand, before anything is handed in."""
        graded = self.graded()
        rows = self.entries(pk__in=[one.key for one in graded], subject="outside")
        words = self.words["excused"]
        for one in self.rng.sample(rows, left_out_by_hand(len(graded))):
            standings.set_standing(
                **books.signed(),
                entry=one,
                standing="left_out",
                because=words["because"],
                source=words["source"],
            )

    def put_right(self, books: Books) -> None:
        """Say of those who work for the commune and belong to a village cell that they are not outside the system."""
        for one in self.entries(
            of="member", subject="outside", member__occupation="Cán bộ xã", standing="graded"
        ):
            standings.set_subject(
                **books.signed(), entry=one, subject="non_leader", because=self.words["subject"]
            )

    def move(self, days: Mapping[tuple[str, str], date], books: Books) -> None:
        """Move last days of steps, by key and whose they are, as the plan of the year has them."""
        for one in StepDay.objects.filter(cycle=self.cycle):
            due = days.get((one.key, one.of))
            if due and due != one.due:
                one.cycle = self.cycle
                because = self.words["plan_moved"]
                steps.move_step(**books.signed(), step=one, due=due, because=because)

    def entries(self, **wanted: Any) -> list[Entry]:
        """Return entries as they stand now."""
        rows = (
            Entry.objects.filter(cycle=self.cycle, **wanted).select_related("member", "unit").order_by("pk")
        )
        return [self.at_home(one) for one in rows]

    def at_home(self, entry: Entry) -> Entry:
        """Return an entry tied to the cycle in hand, whose law was read."""
        entry.cycle = self.cycle
        return entry

    def graded(self) -> list[Graded]:
        """Return the members who are to be graded, as aims ask for them."""
        led = {one.unit_id for one in self.entries(of="collective")}
        return [
            Graded(
                one.pk,
                one.unit.code,
                one.group,
                one.subject == "leader",
                # Whether what a leader leads did more than was asked is known where its collective says so.
                one.group != "lead_cell" or one.unit_id in led,
            )
            for one in self.entries(of="member", standing="graded")
        ]

    def aim(self, entry: Entry) -> Aim:
        """Return what the year comes to for an entry; good for who came later."""
        return self.aims.setdefault(entry.pk, plain("t"))

    # --- handing in --------------------------------------------------------------------------------------------------
    def hand_in(self, rows: Iterable[Entry], books: Books, *, drafts: bool = False) -> None:
        """Take over the reviews of those who have none; ``drafts`` leaves them unfinished."""
        left = [one for one in rows if one.state == "due" and one.standing != "left_out"]
        filled = {one: self.review_of(one) for one in left}
        if drafts:
            filled = {one: _half(data) for one, data in filled.items()}
        filling.fill_reviews(**books.signed(), filled=filled, submitted_at=None if drafts else clock.now())

    def hand_in_cell(self, code: str, books: Books) -> None:
        """Take over the reviews of a cell, its committee's and its own among them; say who chairs."""
        self.hand_in(self.entries(unit__code=code), books)

    def review_of(self, entry: Entry) -> ReviewData:
        """Return the review that an entry hands in."""
        aim, writer = self.aim(entry), self.writer(entry.unit.code)
        sheet = Sheet(forms.fields_of(entry), forms.criteria_of(entry), forms.is_scored(entry))
        kind = BY_CODE[entry.unit.code].kind if entry.unit.is_cell else "committee"
        if entry.member is None:
            data = writer.group(kind, aim, sheet, prompted=aim.turn == "prompted")
        else:
            pool = pool_of(kind, entry.member.occupation, self.year - entry.member.born_year)
            leads = (
                ""
                if entry.subject != "leader"
                else "committee"
                if entry.group == "lead_committee"
                else "cell"
            )
            tasks = self.tasks().get(entry.member.pk, [])[:_TASKS_SHOWN] if sheet.scored else []
            graded = entry.standing == "graded"
            data = writer.member(Who(kind, pool, leads), aim, sheet, tasks, graded=graded)
        return replace(data, typed_note=self.note) if self.note else data

    def writer(self, code: str) -> Writer:
        """Return who writes for a cell."""
        return self._writers.setdefault(code, Writer(code, self.year, self.tale.seed))

    def tasks(self) -> dict[int, list[Task]]:
        """Return by member the tasks of the year that were done in time, so far."""
        if self._tasks is None:
            self._tasks = {}
            rows = Task.objects.filter(owner__isnull=False, due__year=self.year, done_on__isnull=False)
            for one in rows.order_by("due", "pk"):
                if (
                    one.owner_id
                    and one.done_on
                    and one.done_on <= one.due
                    and one.state != Task.State.WITHDRAWN
                ):
                    self._tasks.setdefault(one.owner_id, []).append(one)
        return self._tasks

    def comment(self, books: Books) -> None:
        """Write what is said where those live who work elsewhere: of some of them."""
        for place, one in enumerate(self.entries(of="member", unit__code__in=_ELSEWHERE, state__in=_BEFORE)):
            home = one.member.hamlet if one.member else ""
            if place % _RESIDENT == 0 and home and one.standing != "left_out":
                text = self.words["residence"][place // _RESIDENT % len(self.words["residence"])]
                remarks.write_remark(
                    **books.signed(), entry=one, kind="residence", source=f"Chi ủy Chi bộ {home.lower()}",
                    on=clock.today(), text=text,
                )  # fmt: skip

    # --- meetings ----------------------------------------------------------------------------------------------------
    def plan(self, code: str, on: date, books: Books) -> None:
        """Set the day of a cell's review meeting, and who chairs while its head is reviewed."""
        sitting = self.sitting(code, Body.MEMBERS)
        seated = seats(sitting.unit, Body.COMMITTEE, clock.today())
        chair = seated[1].member if len(seated) > 1 else None
        sittings.plan_sitting(**books.signed(), sitting=sitting, planned_on=on, chaired_by=chair)

    def sitting(self, code: str, body: str) -> Sitting:
        """Return a sitting as it stands now."""
        rows = Sitting.objects.select_related("unit", "cycle", "ballot")
        found = rows.get(cycle=self.cycle, unit__code=code, body=body)
        found.cycle = self.cycle
        return found

    def hold(self, code: str, body: str, books: Books, *, absent: bool = False) -> None:
        """Let a body review everyone on its list, agree, and vote. ``absent``: one of them is away."""
        self._bring_up_to_date(books)
        self.hand_in([one.entry for one in self._places(self.sitting(code, body))], books)
        sitting = self.sitting(code, body)
        places = self._places(sitting)
        entitled = self._entitled(sitting)
        away = self._away(places) if absent else {}
        sittings.hold_sitting(
            **books.signed(), sitting=sitting, held_on=clock.today(), entitled=entitled,
            present=entitled - len(away), absent=away,
        )  # fmt: skip
        self._speak(sitting, places, away, books)
        self.agree(code, body, books)

    def _away(self, places: Sequence[Place]) -> dict[int, str]:
        """Return one or two who are away, with why."""
        found = [one for one in places if one.proposes and one.entry.subject in {"outside", "non_leader"}]
        found = [one for one in found if one.entry.member and one.entry.member.official_on]
        return {one.pk: self.words["late_absent"] for one in found[-self.rng.choice((1, 2)) :]}

    def come_later(self, code: str, body: str, books: Books) -> None:
        """Review whoever was away."""
        sitting = self.sitting(code, body)
        for one in self._places(sitting):
            if one.absent_because and not one.reviewed_on:
                one.sitting = sitting
                sittings.review_absent(**books.signed(), place=one, on=clock.today())
        self.agree(code, body, books)

    def agree(self, code: str, body: str, books: Books) -> None:
        """Score lower who gave themselves too much; agree with all others; count the votes."""
        sitting = self.sitting(code, body)
        places = [one for one in voting.voted_on(self._places(sitting)) if not one.votes.exists()]
        for one in places:
            aim = self.aim(one.entry)
            if aim.own != aim.cell:
                one.sitting = sitting
                agreeing.score(**books.signed(), place=one, points=self.points(one.entry, aim.opens))
        agreeing.agree_all(**books.signed(), sitting=sitting)
        counted = {one.pk: self._votes(self.aim(one.entry).cell, sitting.present or 0) for one in places}
        voting.count_cards(**books.signed(), sitting=self.sitting(code, body), votes=counted)

    def propose(self, code: str, body: str, books: Books) -> None:
        """Propose what the votes came to, with reasons where the law asks for one."""
        sitting = self.sitting(code, body)
        places = voting.voted_on(self._places(sitting))
        number = f"{clock.today():%m}-BC/{'ĐU' if code == COMMUNE else 'CB'}"
        grades = {one.pk: (self.aim(one.entry).cell, self._usual_reason(one.entry)) for one in places}
        try:
            proposing.propose(**books.signed(), sitting=sitting, grades=grades, proposal_no=number)
        except RuleBroken as refused:
            if refused.code != "needs_reason":
                raise
            # What no aim foresaw, such as a discipline of the year: then each is looked at.
            grades = self._reasoned(sitting, places)
            proposing.propose(**books.signed(), sitting=sitting, grades=grades, proposal_no=number)

    def _usual_reason(self, entry: Entry) -> str:
        aim = self.aim(entry)
        strange = aim.turn in {"no_row", "override"} or (aim.final == "kht" and not forms.is_scored(entry))
        return self.reason(entry) if strange or entry.subject == "cell" else ""

    def _reasoned(self, sitting: Sitting, places: Sequence[Place]) -> dict[int, tuple[str, str]]:
        """Return the grades with a reason wherever one is asked for."""
        found, votes = assessments([one.entry for one in places]), votes_of(sitting)
        grades = {}
        for one in places:
            grade = self.aim(one.entry).cell
            needed = proposing.needs_reason(grade, found[one.entry_id].allowed, votes.get(one.pk))
            grades[one.pk] = (grade, self.reason(one.entry) if needed else "")
        return grades

    def reason(self, entry: Entry) -> str:
        """Return why an entry is given what its conditions do not open."""
        because, turn = self.words["because"], self.aim(entry).turn
        if self.aim(entry).final == "kht":
            return str(because["failed_2017"])
        if turn in because:
            return str(because[turn]).format(nho=2)
        if entry.of == "member":
            return str(because["unknown"])
        return str(because["not_over" if self.year == self.tale.today.year else "not_open"])

    def _bring_up_to_date(self, books: Books) -> None:
        """Bring the list up to date, once on a day of meetings."""
        if self._refreshed == clock.today():
            return
        self._refreshed = clock.today()
        if refreshing.changes_on(self.cycle, clock.today()):
            refreshing.refresh_list(**books.signed(), cycle=self.cycle)

    def _places(self, sitting: Sitting) -> list[Place]:
        rows = Place.objects.filter(sitting=sitting).exclude(entry__standing="left_out")
        found = list(rows.select_related("entry__member", "entry__unit").order_by("order", "pk"))
        for one in found:
            self.at_home(one.entry)
        return found

    def _entitled(self, sitting: Sitting) -> int:
        on = clock.today()
        if sitting.body != Body.MEMBERS:
            return len(seats(sitting.unit, sitting.body, on))
        rows = Entry.objects.filter(cycle=self.cycle, of="member", unit=sitting.unit).exclude(
            standing="left_out"
        )
        return rows.filter(member__official_on__lte=on).count()

    def _speak(
        self, sitting: Sitting, places: Sequence[Place], away: Mapping[int, str], books: Books
    ) -> None:
        """Write down a few opinions."""
        there = [
            one
            for one in places
            if one.pk not in away and one.entry.of == "member" and one.entry.state != "due"
        ]
        speaker = "Đồng chí tại hội nghị" if sitting.body == Body.MEMBERS else "Thành viên tập thể"
        for one in there[1 : 2 + 4 * _OPINIONS : 5]:
            text = self.words["opinions"][(one.pk + self.year) % len(self.words["opinions"])]
            remarks.write_remark(
                **books.signed(), entry=one.entry, kind="opinion", source=speaker, on=clock.today(), text=text,
                sitting=sitting,
            )  # fmt: skip

    def points(self, entry: Entry, grade: str) -> dict[str, Any]:
        """Return points or levels that come to a grade, by the criteria of an entry."""
        criteria, scored = forms.criteria_of(entry), forms.is_scored(entry)
        return points_for(criteria, grade, self.rng, scored=scored)

    def _votes(self, grade: str, present: int) -> dict[str, int]:
        others = min(self.rng.choice((0, 0, 1, 1, 2, 3)), present // 5)
        return {grade: present - others, _LOWER[grade]: others}


def _half(data: ReviewData) -> ReviewData:
    """Return a review of which half is written."""
    answers = dict(list(data.answers.items())[: len(data.answers) // 2])
    return replace(data, answers=answers, points={}, grade="", criticisms=[], faults=[], work=data.work[:2])


_ELSEWHERE = ("truong-thpt", "truong-thcs", "truong-tieu-hoc", "truong-mam-non", "tram-y-te")
_BEFORE = ("due", "submitted")
DAY = timedelta(days=1)
