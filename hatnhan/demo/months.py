"""Deeds: the cells' monthly meetings, from invitation to locked minutes, score and what became of their tasks."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from hatnhan.assignments.actions.opening import TaskData
from hatnhan.assignments.actions.settling import Settlement, settle_tasks
from hatnhan.core import clock
from hatnhan.core.errors import RuleBroken
from hatnhan.demo import voting
from hatnhan.demo.books import Books, Deed
from hatnhan.demo.monthly import evenings
from hatnhan.demo.own_words import own_words
from hatnhan.demo.places import CELLS
from hatnhan.demo.posts import cell_terms
from hatnhan.demo.rhythm import PROMPT, all_cell_sittings, begins, rhythm_of, where_and_when
from hatnhan.demo.wording import texts
from hatnhan.meetings.actions import (
    agenda,
    attendance,
    closing,
    inviting,
    minutes,
    monthly,
    planning,
    scoring,
    series,
)
from hatnhan.meetings.actions.agenda import ItemData
from hatnhan.meetings.actions.attendance import Mark
from hatnhan.meetings.actions.minutes import ItemRecord
from hatnhan.meetings.models import AgendaItem, Invitee, Meeting, Series
from hatnhan.organization.models import Body

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hatnhan.assignments.models import Task
    from hatnhan.demo.minutes import Errand, Evening, Talk
    from hatnhan.demo.rhythm import Sitting
    from hatnhan.demo.tale import Tale

_SETTLE, _SET_UP, _CALL, _SIGN, _DECIDE, _MEET = 10, 11, 12, 13, 14, 20
_IN_CHARGE_CAME = 0.8
#: How the items begin that a roll-out put onto an agenda.
GUIDED = "guidance.roll_out:"
#: For so many days back invitations are told.
_LETTERS_KEPT = 240


def monthly_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield what was done about the cells' meetings in two years until yesterday."""
    writer, told = _Writer(tale), evenings(tale)
    writer.ballot_at = [evening for evening in told if evening.place.code == PROMPT][-2]
    yield Deed(begins(tale.today), _SET_UP, writer.set_up)
    for sitting in all_cell_sittings(tale.today, tale.seed):
        if sitting.cancelled:
            yield Deed(sitting.due - timedelta(days=1), _CALL, partial(writer.give_up, sitting))
    for evening in told:
        yield from _evening_deeds(tale, writer, evening)


def _evening_deeds(tale: Tale, writer: _Writer, evening: Evening) -> Iterator[Deed]:
    """Yield what was done about one meeting: called, held, its minutes signed, its tasks settled, its score decided."""
    call = max(begins(tale.today), min(evening.sitting.due, evening.on) - timedelta(days=3))
    yield Deed(call, _CALL, partial(writer.call, evening))
    yield Deed(evening.on, _MEET, partial(writer.meet, evening))
    if signed := evening.sitting.locked:
        yield Deed(signed, _MEET + 1 if signed == evening.on else _SIGN, partial(writer.sign, evening))
        decided = signed + timedelta(days=6)
        if decided < tale.today:
            yield Deed(decided, _DECIDE, partial(writer.decide, evening))
    ends: dict[date, list[Errand]] = defaultdict(list)
    for errand in evening.errands:
        if errand.settled:
            ends[errand.settled].append(errand)
    for day, errands in ends.items():
        yield Deed(day, _SETTLE, partial(writer.settle, evening.place.code, errands))


class _Writer:
    """Knows the rows that the story's meetings and tasks became."""

    def __init__(self, tale: Tale) -> None:
        self.tale = tale
        self.rng = Random(f"months written {tale.seed}")  # noqa: S311 - a story, not a secret
        self.series: dict[str, Series] = {}
        self.meetings: dict[tuple[str, date], Meeting] = {}
        self.items: dict[int, list[AgendaItem]] = {}
        self.tasks: dict[int, Task] = {}
        #: At this one a secret ballot was held.
        self.ballot_at: Evening | None = None
        self.numbers: Counter[tuple[str, date]] = Counter()

    # --- ahead -------------------------------------------------------------------------------------------------------
    def set_up(self, books: Books) -> None:
        """Let every cell meet once a month from now on."""
        for place in CELLS:
            where, hour = where_and_when(place)
            self.series[place.code] = series.open_series(
                **books.signed(),
                unit=books.units[place.code],
                body=Body.MEMBERS,
                kind=Series.Kind.CELL_MONTHLY,
                name="Sinh hoạt chi bộ",
                frequency=Series.Frequency.MONTHLY,
                monthday=rhythm_of(place).monthday,
                at_time=hour,
                place=f"{where} {place.name.removeprefix('Chi bộ thôn ')}"
                if place.kind == "village"
                else where,
                start=clock.today(),
            )

    def meeting(self, sitting: Sitting) -> Meeting:
        """Return the row of a meeting that the rule set up."""
        key = sitting.unit, sitting.due
        if key not in self.meetings:
            rows = Meeting.objects.select_related("unit", "series")
            self.meetings[key] = rows.get(series=self.series[sitting.unit], due_on=sitting.due)
        return self.meetings[key]

    def give_up(self, sitting: Sitting, books: Books) -> None:
        """Cancel a meeting."""
        planning.cancel_meeting(**books.signed(), meeting=self.meeting(sitting), reason=sitting.cancelled)

    def call(self, evening: Evening, books: Books) -> None:
        """Set the day, the theme and the agenda, and invite."""
        meeting, signed = self.meeting(evening.sitting), books.signed()
        if evening.sitting.moved:
            starts_at = datetime.combine(evening.on, evening.begins, clock.HERE)
            planning.move_meeting(
                **signed,
                meeting=meeting,
                starts_at=starts_at,
                place=meeting.place,
                reason=evening.sitting.moved,
            )
        if evening.theme:
            planning.set_theme(**signed, meeting=meeting, theme=evening.theme)
        rows = monthly.lay_agenda(**signed, meeting=meeting)
        again = [talk for talk in evening.talks if talk.again]
        if again:
            waiting = list(AgendaItem.objects.filter(series=meeting.series, meeting=None))
            rows += agenda.take_from_backlog(**signed, meeting=meeting, items=waiting)
        new = [
            ItemData(talk.title, owner=books.member(talk.opener)) for talk in evening.talks if not talk.again
        ]
        rows += agenda.set_agenda(**signed, meeting=meeting, items=new)
        self.items[id(evening)] = rows
        # The list of those invited is made whole at the opening; earlier letters of invitation are not told.
        if (self.tale.today - evening.on).days < _LETTERS_KEPT:
            inviting.invite(**signed, meeting=meeting)

    # --- the evening -------------------------------------------------------------------------------------------------
    def meet(self, evening: Evening, books: Books) -> None:
        """Open, mark, write down, give tasks, adopt, close; all written when it is over.

        Where a ballot is held the meeting is opened as it begins, and the vote is taken while people sit together.
        """
        meeting = self.meeting(evening.sitting)
        began = datetime.combine(evening.on, evening.begins, clock.HERE) + timedelta(minutes=evening.late)
        ended = began + timedelta(minutes=evening.lasts)
        votes = evening is self.ballot_at
        with clock.fixed(began if votes else ended):
            signed = books.signed()
            chair, recorder = books.member(evening.chair), books.member(evening.recorder)
            inviting.open_meeting(**signed, meeting=meeting, chair=chair, recorder=recorder, opened_at=began)
            marks = self._marks(evening, books, meeting)
            attendance.mark_attendance(**signed, meeting=meeting, marks=marks)
        if votes:
            title = next(talk.title for talk in evening.talks if not talk.carried)
            item = next(item for item in self.items[id(evening)] if item.title == title)
            voting.vote(books, meeting, item, ends=ended)
        with clock.fixed(ended):
            signed = books.signed()
            self._write(evening, books, meeting, marks)
            for person, text, remedy, mended in own_words(self.tale, evening):
                note = f"Theo bản viết tay nộp ngày {evening.on.day}/{evening.on.month}/{evening.on.year}"
                monthly.write_self_criticism(
                    **signed, meeting=meeting, member=books.member(person), text=text, remedy=remedy,
                    mended=mended, note=note,
                )  # fmt: skip
            closing.close_meeting(**signed, meeting=meeting, ended_at=ended)

    def _marks(self, evening: Evening, books: Books, meeting: Meeting) -> dict[int, Mark]:
        away = {books.members[key].pk: Mark(*mark) for key, mark in evening.away.items()}
        marks: dict[int, Mark] = {}
        for member_id, capacity, mark in meeting.invitees.values_list("member_id", "capacity", "mark"):
            if capacity != Invitee.Capacity.BODY:
                came = self.rng.random() < _IN_CHARGE_CAME
                marks[member_id] = Mark("present") if came else Mark("excused", "Dự chi bộ khác")
            elif mark != Invitee.Mark.EXEMPT:
                marks[member_id] = away.get(member_id, Mark("present"))
        return marks

    def _write(self, evening: Evening, books: Books, meeting: Meeting, marks: dict[int, Mark]) -> None:
        signed, items = books.signed(), self.items[id(evening)]
        talks = {talk.title: talk for talk in evening.talks}
        there = sum(mark.mark == "present" for mark in marks.values())
        said = {
            0: f"Có mặt {there}/{len(marks)} người được mời; thông qua chương trình tháng {evening.on.month}."
        }
        said |= evening.steps
        records, tasks = [], []
        for place, item in enumerate(items):
            if item.matter.startswith(GUIDED):
                continue
            talk = talks.get(item.title)
            if talk is None:
                text = said.get(
                    place, f"Chi bộ đã trao đổi chuyên đề, mỗi đồng chí ghi việc mình làm; {evening.theme}."
                )
                records.append(ItemRecord(item, text))
                continue
            records.append(_record(talk, item, books))
            tasks += [(item, self._task(errand, books)) for errand in talk.errands]
        records += self._guided(evening, meeting, records)
        minutes.record_items(**signed, meeting=meeting, records=records)
        if tasks:
            opened = minutes.give_item_tasks(**signed, meeting=meeting, tasks=tasks)
            errands = [errand for item in items if (t := talks.get(item.title)) for errand in t.errands]
            self.tasks |= {id(errand): task for errand, task in zip(errands, opened, strict=True)}
        texts_of = {"results": evening.results, "directions": evening.directions}
        monthly.save_resolution(**signed, meeting=meeting, version=0, **texts_of)
        monthly.adopt_resolution(**signed, meeting=meeting, number=self._number(evening))

    def _guided(self, evening: Evening, meeting: Meeting, told: list[ItemRecord]) -> Iterator[ItemRecord]:
        """Yield how the talk about what came from the committee ended: the items that a roll-out put there."""
        words = texts("guidance")["concluded"][evening.place.kind]
        rows = AgendaItem.objects.filter(meeting=meeting, matter__startswith=GUIDED)
        for place, item in enumerate(rows.exclude(pk__in=[record.item.pk for record in told])):
            yield ItemRecord(item, words[(meeting.pk + place) % len(words)])

    @staticmethod
    def _task(errand: Errand, books: Books) -> TaskData:
        return TaskData(errand.title, errand.due, owner=books.member(errand.who))

    def _number(self, evening: Evening) -> str:
        """Return the number of the resolution: they run on for as long as a term."""
        code = evening.place.code
        term = max(t.start for t in cell_terms(code, self.tale.today) if t.start <= evening.on)
        self.numbers[code, term] += 1
        return f"{self.numbers[code, term]:02}-NQ/CB"

    # --- afterwards --------------------------------------------------------------------------------------------------
    def sign(self, evening: Evening, books: Books) -> None:
        """Let both approve the minutes, lock them, and score the meeting."""
        meeting = self.meeting(evening.sitting)
        moment = clock.at(clock.today(), 22 if evening.sitting.locked == evening.on else 17)
        with clock.fixed(moment):
            signed = books.signed()
            closing.approve_minutes(**signed, meeting=meeting, role="recorder")
            closing.approve_minutes(**signed, meeting=meeting, role="chair")
            _score(books, evening, meeting)
            closing.lock_minutes(**signed, meeting=meeting)

    def decide(self, evening: Evening, books: Books) -> None:
        """Let the committee decide on the score: as the cell gave it, or a little less."""
        meeting = self.meeting(evening.sitting)
        own = meeting.score.self_total
        note = evening.decided_note if evening.lowered else ""
        scoring.decide_score(**books.signed(), meeting=meeting, total=own - evening.lowered, note=note)

    def settle(self, code: str, errands: list[Errand], books: Books) -> None:
        """Write that tasks are done or given up."""
        kinds = {"done": "verified", "withdrawn": "withdrawn"}
        settlements = [Settlement(self.tasks[id(e)], kinds[e.fate], e.note) for e in errands]  # type: ignore[arg-type]
        settle_tasks(**books.signed(), unit=books.units[code], settlements=settlements)


def _record(talk: Talk, item: AgendaItem, books: Books) -> ItemRecord:
    speeches = [(books.member(person), text) for person, text in talk.says]
    state = AgendaItem.State.CARRIED if talk.carried else AgendaItem.State.DONE
    return ItemRecord(item, talk.conclusion, speeches, state)


def _score(books: Books, evening: Evening, meeting: Meeting) -> None:
    """Give the points that nothing is worked out for; last month's resolution too where there was none to go by."""
    worked_out = {key: points for key, points in evening.given.items() if key != "resolution"}
    try:
        scoring.score_meeting(**books.signed(), meeting=meeting, given=worked_out, remedies=evening.weak)
    except RuleBroken:
        scoring.score_meeting(**books.signed(), meeting=meeting, given=evening.given, remedies=evening.weak)
