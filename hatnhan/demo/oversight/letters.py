"""Deeds: denunciations of this year, and letters without a name, of which only how many came is kept."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from hatnhan.core import clock
from hatnhan.core.periods import add_months
from hatnhan.demo.books import Deed
from hatnhan.demo.oversight.checks import file_steps, place_of
from hatnhan.demo.oversight.plan import ago
from hatnhan.demo.places import COMMUNE
from hatnhan.oversight.actions import (
    concluding,
    denunciation_states,
    denunciations,
    hearing,
    opening,
    reporting,
    restoring,
    unnamed,
)
from hatnhan.oversight.actions.opening import CheckData
from hatnhan.oversight.actions.reporting import MinutesData
from hatnhan.oversight.models import DenouncedPoint, Restoration, Subject
from hatnhan.oversight.sealing import DenouncerData

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hatnhan.demo.books import Books
    from hatnhan.demo.oversight.room import Room
    from hatnhan.demo.people import Person
    from hatnhan.organization.models import Member

_ORDER = 70
#: Days before the story's own: both letters of the same matter came, and one last week.
_CAME, _SECOND, _NEW = 130, 112, 6
#: Days after the first came.
_TAKEN, _TOLD, _COMBINED, _DONE, _GOOD_NAME = 6, 8, 20, 68, 80
#: The steps of its check, in days after the decision; of each the rulebook gives more.
_STEPS = {
    "screen": 0, "decision": 0, "outline": 2, "launch": 5, "self_report": 13, "verify": 36, "report": 42, "hearing": 48,
    "conclusion": 54, "delivery": 56, "archive": 62,
}  # fmt: skip
_MONTHS = 12
_WITHOUT_NAME, _ABUSIVE = (0, 0, 1, 1, 2), (0, 0, 0, 1)


def letter_deeds(room: Room) -> Iterator[Deed]:
    """Yield what came in and what became of it."""
    first = ago(room.tale, _CAME)
    for after, do in (
        (0, partial(_receive, "wrong", "wrong")),
        (_TAKEN, _take_up),
        (_TOLD, partial(_tell, "wrong")),
        (_CAME - _SECOND, partial(_receive, "second", "wrong")),
        (_COMBINED, _combine),
        (_COMBINED + 2, partial(_tell, "second")),
        (_TAKEN + _STEPS["launch"], _launch),
        (_TAKEN + _STEPS["self_report"], _explain),
        (_TAKEN + _STEPS["report"], _report),
        (_TAKEN + _STEPS["conclusion"], _conclude),
        (_TAKEN + _STEPS["archive"], _archive),
        (_DONE, _end),
        (_GOOD_NAME, _restore),
    ):
        yield Deed(first + timedelta(days=after), _ORDER, partial(do, room))
    yield Deed(ago(room.tale, _NEW), _ORDER, partial(_receive, "new", "new", room))
    yield from _counts(room)


def _counts(room: Room) -> Iterator[Deed]:
    """Yield how many letters without a name came in each of the last months, told when the month was over."""
    this = room.tale.today.replace(day=1)
    for back in range(_MONTHS, 0, -1):
        month = add_months(this, -back)
        rng = Random(f"unnamed {room.tale.seed} {month}")  # noqa: S311 - a story, not a secret
        told = {"unnamed": rng.choice(_WITHOUT_NAME), "abusive": rng.choice(_ABUSIVE)}
        yield Deed(add_months(month, 1), _ORDER, partial(_count, month, told))


def _count(month: date, told: dict[str, int], books: Books) -> None:
    for kind, count in told.items():
        unnamed.count_unnamed(
            **books.signed(), unit=books.units[COMMUNE], month=month, kind=kind, count=count
        )


# --- coming in -------------------------------------------------------------------------------------------------------
def _about(room: Room, key: str) -> Person:
    cell = room.words["denunciations"][key]["cell"]
    return room.staff.ordinary(cell, ago(room.tale, 500), room.tale.today, f"denounced {key}")[0]


def _handlers(room: Room, key: str, books: Books) -> tuple[Member, ...]:
    cell = room.words["denunciations"][key]["cell"]
    return room.people(books, room.staff.inspectors(clock.today(), (cell,))[:2])


def _receive(letter: str, about: str, room: Room, books: Books) -> None:
    words = room.words["denunciations"][about]
    again = letter == "second"
    points: Sequence[str] = words["second"] if again else words["points"]
    name, address = words["second_denouncer" if again else "denouncer"]
    room.letters[letter] = denunciations.receive_denunciation(
        **books.signed(),
        unit=books.units[COMMUNE],
        points=points,
        denouncer=DenouncerData(name, address),
        about_member=books.member(_about(room, about)),
        handlers=_handlers(room, about, books),
    )


def _take_up(room: Room, books: Books) -> None:
    """Open the check that a denunciation is settled by."""
    words, today, signed = room.words["denunciations"]["wrong"], clock.today(), books.signed()
    team = room.people(books, room.staff.team("inspection", today, (words["cell"],), 3))
    data = CheckData(
        kind="denunciation",
        title=words["title"],
        topic="duties",
        content=words["content"],
        examined_from=today - timedelta(days=500),
        examined_to=today,
        decision_no=room.number(COMMUNE, "inspection", "QĐ"),
        members=[books.member(_about(room, "wrong"))],
        team=list(zip(team, ("head", "secretary", "member"), strict=False)),
        ground=words["ground"],
    )
    check = opening.open_check(**signed, unit=books.units[COMMUNE], body="inspection", data=data)
    room.checks["letter"] = check
    denunciation_states.accept_denunciation(**signed, denunciation=room.letters["wrong"], check=check)


def _tell(letter: str, room: Room, books: Books) -> None:
    denunciation_states.told_denouncer(**books.signed(), denunciation=room.letters[letter], on=clock.today())


def _combine(room: Room, books: Books) -> None:
    denunciation_states.combine(
        **books.signed(), denunciation=room.letters["second"], into=room.letters["wrong"]
    )


# --- looked into -----------------------------------------------------------------------------------------------------
def _subject(room: Room) -> Subject:
    rows = Subject.objects.select_related("of_check__unit", "of_check__dossier", "member")
    return rows.get(of_check=room.checks["letter"])


def _minutes(room: Room, books: Books, kind: str, on: date) -> None:
    present, content = room.words["minutes"][kind]
    where = room.where(room.words["denunciations"]["wrong"]["cell"])
    data = MinutesData(kind, on, where, present, content)
    reporting.write_minutes(**books.signed(), check=room.checks["letter"], data=data)


def _launch(room: Room, books: Books) -> None:
    _minutes(room, books, "launch", clock.today())
    _archive(room, books)


def _explain(room: Room, books: Books) -> None:
    text = room.words["denunciations"]["wrong"]["self_report"]
    reporting.submit_self_report(**books.signed(), subject=_subject(room), text=text)
    _archive(room, books)


def _report(room: Room, books: Books) -> None:
    check, today = room.checks["letter"], clock.today()
    _minutes(room, books, "working", today - timedelta(days=16))
    _minutes(room, books, "verification", today - timedelta(days=7))
    text = room.words["denunciations"]["wrong"]["report"]
    check.refresh_from_db()
    reporting.write_report(**books.signed(), check=check, text=text, reported_on=today)
    _archive(room, books)


def _conclude(room: Room, books: Books) -> None:
    words, signed, check = room.words["denunciations"]["wrong"], books.signed(), room.checks["letter"]
    head = books.member(room.staff.inspectors(clock.today(), (words["cell"],))[0])
    heard = check.opened_on + timedelta(days=_STEPS["hearing"])
    hearing.hear_subject(**signed, subject=_subject(room), on=heard, heard_by=head, said=words["said"])
    check.refresh_from_db()
    concluding.conclude(
        **signed,
        check=check,
        text=words["conclusion"],
        conclusion_no=room.number(COMMUNE, "inspection", "TB"),
        concluded_on=clock.today(),
        comply_by=clock.today() + timedelta(days=30),
        follower=head,
    )
    points = DenouncedPoint.objects.filter(denunciation=room.letters["wrong"]).select_related(
        "denunciation__unit"
    )
    for point, (result, finding) in zip(points.order_by("place"), words["results"], strict=True):
        denunciation_states.write_result(**signed, point=point, result=result, finding=finding)
    _archive(room, books)


def _archive(room: Room, books: Books) -> None:
    """File what is there; on the last day deliver the conclusion and lay the file away."""
    check, today = room.checks["letter"], clock.today()
    if today == check.opened_on + timedelta(days=_STEPS["archive"]):
        subject = _subject(room)
        concluding.deliver(
            **books.signed(),
            subject=subject,
            delivered_on=check.opened_on + timedelta(days=_STEPS["delivery"]),
            delivered_to=str(subject.member),
        )
    file_steps(books, check, _STEPS, place_of(COMMUNE, check.opened_on.year))


def _end(room: Room, books: Books) -> None:
    letter = room.letters["wrong"]
    letter.refresh_from_db()
    denunciation_states.conclude_denunciation(**books.signed(), denunciation=letter)


def _restore(room: Room, books: Books) -> None:
    rows = Restoration.objects.filter(denunciation=room.letters["wrong"]).select_related("denunciation__unit")
    where = room.words["denunciations"]["wrong"]["restored"]
    for one in rows:
        restoring.restore(**books.signed(), restoration=one, done_on=clock.today(), where=where)
