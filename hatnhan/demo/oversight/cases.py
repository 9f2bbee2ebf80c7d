"""Deeds: discipline cases, each with every guarantee: one of this year whole, one waiting for its vote, two of old."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from random import SystemRandom
from typing import TYPE_CHECKING, Any

from hatnhan.ballots.actions.counting import PaperCount, close_ballot
from hatnhan.ballots.actions.opening import open_ballot
from hatnhan.ballots.actions.voting import cast_for
from hatnhan.ballots.models import RollEntry
from hatnhan.ballots.selectors.eligibility import roll_of
from hatnhan.core import clock
from hatnhan.demo.books import Deed
from hatnhan.demo.oversight.chain import CASE_AFTER, suspect
from hatnhan.demo.oversight.checks import place_of
from hatnhan.demo.oversight.plan import ago, chain_opened, working
from hatnhan.demo.oversight.room import kept
from hatnhan.demo.places import COMMUNE
from hatnhan.oversight.actions import (
    case_hearing,
    cases,
    complaints,
    deciding,
    handing_over,
    restoring,
    self_review,
    settling,
    steps,
    voting,
)
from hatnhan.oversight.actions.cases import CaseData
from hatnhan.oversight.models import Complaint, Restoration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.ballots.models import Ballot
    from hatnhan.demo.books import Books
    from hatnhan.demo.oversight.room import Room
    from hatnhan.demo.people import Person
    from hatnhan.organization.models import Member
    from hatnhan.oversight.models import Decision as Ruling

_ORDER = 60
_EVENING = time(19, 40)
#: Of the vote: those who were away, those against discipline, those for a warning, those for none; how many on screen.
_AWAY, _AGAINST, _HARDER, _NONE, _ON_SCREEN = 0.1, 2, 2, 1, 9
_NO, _REPRIMAND, _WARNING = 1, 2, 3


@dataclass(frozen=True, slots=True)
class _Story:
    """One case: whom it is about, and its days. ``voted`` None: it waits for its vote."""

    key: str
    cell: str
    person: Person
    acts: tuple[date, ...]
    opened: date
    reviewed: date
    heard: date
    voted: date | None = None
    signed: date | None = None
    handed: date | None = None
    archived: date | None = None
    complained: date | None = None
    accepted: date | None = None
    settled: date | None = None
    restored: date | None = None
    ended: date | None = None
    #: A committee's Standing Committee decides, and not the cell.
    above: bool = False


def case_deeds(room: Room) -> Iterator[Deed]:
    """Yield the cases day by day."""
    for story in stories(room):
        for day, do in (
            (story.opened, _open),
            (story.reviewed, _review),
            (story.heard, _hear),
            (story.voted, _vote),
            (story.signed, _decide),
            (story.handed, _hand_over),
            (story.archived, _archive),
            (story.complained, _complain),
            (story.accepted, _accept),
            (story.settled, _settle),
            (story.restored, _restore),
            (story.ended, _end),
        ):
            if day is not None:
                yield Deed(day, _ORDER, partial(do, room, story))


def stories(room: Room) -> list[_Story]:
    """Return the cases."""
    words = room.words["cases"]
    start = chain_opened(room.tale) + timedelta(days=CASE_AFTER)

    def after(days: int) -> date:
        return start + timedelta(days=days)

    def someone(cell: str, on: date, what: str) -> Person:
        return room.staff.ordinary(cell, on - timedelta(days=500), room.tale.today, what)[0]

    main = _Story(
        "main", room.words["chain"]["cells"][0], suspect(room), (after(-200), after(-80)), start, after(10), after(22),
        voted=after(30), signed=after(34), handed=after(36), archived=after(44), complained=after(55),
        accepted=after(60), settled=after(100),
    )  # fmt: skip
    asked = ago(room.tale, 38)
    waiting = _Story(
        "waiting", "tan-tien", someone("tan-tien", asked, "case"),
        (asked - timedelta(days=150), asked - timedelta(days=45)), asked, asked + timedelta(days=12),
        asked + timedelta(days=31), above=True,
    )  # fmt: skip
    old = _Story(
        "y2018", words["y2018"]["cell"], someone(words["y2018"]["cell"], date(2018, 5, 10), "case"),
        (date(2018, 3, 30),),
        date(2018, 5, 10), date(2018, 5, 21), date(2018, 6, 4), voted=date(2018, 6, 12), signed=date(2018, 6, 18),
        handed=date(2018, 6, 20), archived=date(2018, 7, 2), ended=date(2019, 6, 12),
    )  # fmt: skip
    wronged = _Story(
        "y2021", words["y2021"]["cell"], someone(words["y2021"]["cell"], date(2021, 6, 7), "wronged"),
        (date(2021, 5, 20),),
        date(2021, 6, 7), date(2021, 6, 16), date(2021, 6, 29), voted=date(2021, 7, 6), signed=date(2021, 7, 9),
        handed=date(2021, 7, 12), archived=date(2021, 7, 20), complained=date(2021, 7, 30), accepted=date(2021, 8, 4),
        settled=date(2021, 9, 20), restored=date(2021, 10, 5),
    )  # fmt: skip
    return [main, waiting, old, wronged]


# --- before the vote -------------------------------------------------------------------------------------------------
def _words(room: Room, story: _Story) -> dict[str, Any]:
    found: dict[str, Any] = room.words["cases"][story.key]
    return found


def _unit(story: _Story) -> str:
    return COMMUNE if story.above else story.cell


def _handlers(room: Room, story: _Story) -> list[Person]:
    """Return who has it in hand: of a cell those of its committee who do not lead it, else inspectors."""
    inspectors = room.staff.inspectors(story.opened, (story.cell,))
    own = [] if story.above else room.staff.leaders(story.cell, story.opened)[1:]
    return own or inspectors[1:]


def _open(room: Room, story: _Story, books: Books) -> None:
    words = _words(room, story)
    data = CaseData(
        words["matter"],
        tuple(zip(words["acts"], story.acts, strict=False)),
        room.people(books, _handlers(room, story)),
        member=books.member(story.person),
        check=room.checks["signs"] if story.key == "main" else None,
    )
    body = "standing" if story.above else "members"
    room.cases[story.key] = cases.open_case(
        **books.signed(), unit=books.units[_unit(story)], body=body, data=data
    )


def _review(room: Room, story: _Story, books: Books) -> None:
    proposed = "none" if story.restored else "reprimand"
    self_review.submit_self_review(
        **books.signed(), case=room.cases[story.key], text=_words(room, story)["review"], proposed=proposed
    )


def _hear(room: Room, story: _Story, books: Books) -> None:
    staff, today = room.staff, clock.today()
    sit = staff.committee(today, (story.cell,))[1:] if story.above else staff.leaders(story.cell, today)
    case_hearing.hear(
        **books.signed(),
        case=room.cases[story.key],
        heard_by=books.member(sit[0]),
        said=_words(room, story)["said"],
    )
    if story.voted is None:
        _file(room, story, books)


def _days(story: _Story) -> dict[str, date]:
    """Return on which day each step of a file was done, as far as the story goes."""
    last = story.signed or story.heard
    days: dict[str, date | None] = {
        "open": story.opened,
        "tell": working(story.opened + timedelta(days=2)),
        "self_review": story.reviewed,
        "report": min(story.reviewed + timedelta(days=4), last),
        "hearing": story.heard,
        "votes": story.voted,
        "decision": story.signed,
        "hand_over": story.handed,
        "archive": story.archived,
    }
    return {step: day for step, day in days.items() if day and day <= clock.today()}


def _file(room: Room, story: _Story, books: Books) -> None:
    case = room.cases[story.key]
    case.refresh_from_db()
    ruling = room.rulings.get(story.key)
    named = {"discipline": ruling.number} if ruling else {}
    papers = kept(case.dossier_id, _days(story), place_of(_unit(story), story.opened.year), named)
    steps.finish_steps(**books.signed(), matter=case, papers=papers)


# --- the vote --------------------------------------------------------------------------------------------------------
def _vote(room: Room, story: _Story, books: Books) -> None:
    """Let the cell vote twice in secret, at its meeting; who voted how follows from no seed."""
    evening = datetime.combine(clock.today(), _EVENING, clock.HERE)
    for number in (1, 2):
        with clock.fixed(evening + timedelta(minutes=25 * number)):
            _hold(room, story, number, books)
        with clock.fixed(evening + timedelta(minutes=25 * number + 15)):
            voting.take_result(**books.signed(), case=room.cases[story.key])


def _hold(room: Room, story: _Story, number: int, books: Books) -> None:
    case, today, signed = room.cases[story.key], clock.today(), books.signed()
    unit = books.units[_unit(story)]
    roll = roll_of(unit, "members", today, present=(), concerned_id=case.member_id)
    voters = [line.member for line in roll if line.entitled]
    voters = voters[: len(voters) - round(len(voters) * _AWAY)]
    tellers = _tellers(room, story, voters, books)
    made = voting.open_round(**signed, case=case, round=number, tellers=tellers)
    phrases = (secrets.token_urlsafe(16), secrets.token_urlsafe(16))
    there = [one.pk for one in voters]
    open_ballot(**signed, ballot=made.ballot, present=there, passphrases=phrases)
    on_paper = _cast(made.ballot, len(voters), number, on_screen=story.key == "main")
    with clock.fixed(clock.now() + timedelta(minutes=12)):
        close_ballot(**books.signed(), ballot=made.ballot, passphrases=phrases, paper=on_paper)


def _tellers(room: Room, story: _Story, voters: list[Member], books: Books) -> tuple[Member, Member]:
    """Return two who count: not of the committee, which has the case in hand."""
    leading = {books.member(one).pk for one in room.staff.leaders(story.cell, clock.today())}
    plain = [one for one in voters if one.pk not in leading]
    return plain[0], plain[1]


def _cast(ballot: Ballot, many: int, number: int, *, on_screen: bool) -> PaperCount:
    """Vote on screen for some, and return what is counted of the others' slips."""
    choices: dict[int | tuple[int, str], int]
    if number == 1:
        choices = {1: many - _AGAINST, 2: _AGAINST}
    else:
        choices = {_NO: _NONE, _REPRIMAND: many - _NONE - _HARDER, _WARNING: _HARDER}
    usual = 1 if number == 1 else _REPRIMAND
    rows = RollEntry.objects.filter(ballot=ballot, entitled=True, present=True)
    voters = list(rows.values_list("member_id", flat=True))
    SystemRandom().shuffle(voters)
    screen = voters[:_ON_SCREEN] if on_screen else []
    for member_id in screen:
        cast_for(member_id=member_id, ballot=ballot, choice=(usual,))
    choices[usual] -= len(screen)
    paper = many - len(screen)
    return PaperCount(issued=paper, returned=paper, choices=choices)


# --- the decision ----------------------------------------------------------------------------------------------------
def _decide(room: Room, story: _Story, books: Books) -> None:
    room.rulings[story.key] = deciding.decide(
        **books.signed(),
        case=room.cases[story.key],
        number=room.number(story.cell, "members", "QĐ"),
        signed_on=clock.today(),
        reason=_words(room, story)["reason"],
    )


def _hand_over(room: Room, story: _Story, books: Books) -> None:
    note = _words(room, story)["handed"]
    ruling = _ruling(room, story)
    handing_over.hand_over(**books.signed(), decision=ruling, handed_on=clock.today(), note=note)


def _ruling(room: Room, story: _Story) -> Ruling:
    """Return the decision as it stands."""
    ruling = room.rulings[story.key]
    ruling.refresh_from_db()
    return ruling


def _archive(room: Room, story: _Story, books: Books) -> None:
    _file(room, story, books)


def _end(room: Room, story: _Story, books: Books) -> None:
    handing_over.end_effect(**books.signed(), decision=_ruling(room, story), on=clock.today())


# --- the complaint ---------------------------------------------------------------------------------------------------
def _complain(room: Room, story: _Story, books: Books) -> None:
    content = _words(room, story)["complaint"]
    complaints.receive_complaint(**books.signed(), decision=_ruling(room, story), content=content)


def _complaint(room: Room, story: _Story) -> Complaint:
    rows = Complaint.objects.select_related("decision__case", "unit")
    return rows.get(decision=room.rulings[story.key])


def _accept(room: Room, story: _Story, books: Books) -> None:
    handler = books.member(room.staff.inspectors(clock.today(), (story.cell,))[-1])
    complaints.accept_complaint(**books.signed(), complaint=_complaint(room, story), handler=handler)


def _settle(room: Room, story: _Story, books: Books) -> None:
    settling.settle_complaint(
        **books.signed(),
        complaint=_complaint(room, story),
        result="annulled" if story.restored else "kept",
        reply_no=room.number(COMMUNE, "inspection", "QĐ" if story.restored else "TB"),
        reply=_words(room, story)["reply"],
        settled_on=clock.today(),
    )


def _restore(room: Room, story: _Story, books: Books) -> None:
    rows = Restoration.objects.filter(decision=room.rulings[story.key]).select_related("decision__case")
    for one in rows.order_by("pk"):
        restoring.restore(
            **books.signed(),
            restoration=one,
            done_on=clock.today(),
            where=_words(room, story)["restored"],
        )
