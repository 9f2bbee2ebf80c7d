"""Deeds: regular supervision given out and concluded, and the notes of this year with what was said to them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from hatnhan.core import clock
from hatnhan.demo.books import Deed
from hatnhan.demo.oversight.plan import ago
from hatnhan.demo.places import COMMUNE
from hatnhan.oversight.actions import notes, watches
from hatnhan.oversight.models import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.books import Books
    from hatnhan.demo.oversight.plan import Plan, Work
    from hatnhan.demo.oversight.room import Room

_GIVE, _NOTE, _ANSWER, _END = 46, 47, 48, 49
_COMMITTEE, _INSPECTION = "watch_committee", "watch_inspection"
#: Topics followed, by the work; the first is that of the programme.
_TOPICS = {"resolution": ("resolution", "meetings", "citizens"), "duties": ("duties", "example")}
#: The cell whose secretary signs in, and one other.
_CELL, _OTHER = "dong-sen", "cau-gao"
#: How long before today the notes were written that wait, the one that expired, and the others.
_ON_MEMBER, _ON_CELL, _EXPIRED, _FIRST, _LAST = 3, 6, 64, 205, 12
_MANY, _ANSWERED = 26, 0.6


def watch_deeds(room: Room, plan: Plan) -> Iterator[Deed]:
    """Yield who was given whom to follow, until when; and what was noted this year."""
    for work in plan.works:
        if work.kind != "regular" or work.opened is None:
            continue
        yield Deed(work.opened, _GIVE, partial(_give, room, work))
        if work.concluded:
            yield Deed(work.concluded, _END, partial(_end, room, work))
        if work.key in {_COMMITTEE, _INSPECTION}:
            yield from _note_deeds(room, work)
        if work.unit == _CELL and plan.year == room.tale.today.year:
            line = room.words["notes"]["member"]
            day = ago(room.tale, _ON_MEMBER)
            if work.opened < day <= (work.concluded or work.ends):
                told = _Line(work.key, _CELL, day, "remind", line["topic"], line["text"])
                yield Deed(day, _NOTE, partial(_note, room, told))


def _give(room: Room, work: Work, books: Books) -> None:
    assert work.opened  # noqa: S101 - asked before
    signed, unit = books.signed(), books.units[work.unit]
    observers = room.people(books, work.team)
    topics = _TOPICS[work.topic] if work.unit == COMMUNE else ("duties", "resolution")
    subjects = [(code, books.units[code], None) for code in work.units]
    subjects += [(work.unit, None, member) for member in room.people(books, work.people)]  # type: ignore[misc]
    for place, (code, of_unit, of_member) in enumerate(subjects):
        room.watches[work.key, code] = watches.assign_watch(
            **signed,
            unit=unit,
            body=work.body,
            observer=observers[place % len(observers)],
            topics=topics,
            start=work.opened,
            end=work.ends + timedelta(days=1),
            of_unit=of_unit,
            of_member=of_member,
            item=room.items[work.key],
        )


def _end(room: Room, work: Work, books: Books) -> None:
    text = room.words["watched"] if work.unit == COMMUNE else room.words["cells"]["watched"]
    for code in work.units or (work.unit,):
        watches.conclude_watch(
            **books.signed(), watch=room.watches[work.key, code], conclusion=text, concluded_on=clock.today()
        )


# --- notes -----------------------------------------------------------------------------------------------------------
class _Line(NamedTuple):
    """One note; ``reply`` "" where nobody answered it."""

    work: str
    code: str
    on: date
    kind: str
    topic: str
    text: str
    reply: str = ""


def _note_deeds(room: Room, work: Work) -> Iterator[Deed]:
    """Yield the notes of one body: most of what was done well, nearly all answered or confirmed."""
    assert work.opened  # noqa: S101 - asked before
    words = room.words["notes"]
    rng = Random(f"notes {room.tale.seed} {work.key}")  # noqa: S311 - a story, not a secret
    for place in range(_MANY // 2):
        day = ago(room.tale, rng.randint(_LAST + 20, _FIRST) if place else _LAST + 20)
        code, topic = work.units[place % len(work.units)], rng.choice(_TOPICS[work.topic])
        kind = "remind" if place in {3, 8} and topic in words["remind"] else "good"
        text = rng.choice(words[kind][topic])
        reply = words["answer_remind"] if kind == "remind" else ""
        if not reply and rng.random() < _ANSWERED:
            reply = rng.choice(words["answers"])
        line = _Line(work.key, code, day, kind, topic, text, reply)
        if work.opened < day <= work.ends:
            yield Deed(day, _NOTE, partial(_note, room, line))
            yield Deed(day + timedelta(days=3 + place), _ANSWER, partial(_settle, room, line))
    if work.key == _COMMITTEE:
        for key, days, code in (("expired", _EXPIRED, _OTHER), ("cell", _ON_CELL, _CELL)):
            day = ago(room.tale, days)
            line = _Line(work.key, code, day, "remind", words[key]["topic"], words[key]["text"])
            if work.opened < day <= work.ends:
                yield Deed(day, _NOTE, partial(_note, room, line))


def _note(room: Room, line: _Line, books: Books) -> None:
    watch = room.watches[line.work, line.code]
    notes.write_note(
        **books.signed(), watch=watch, topic=line.topic, kind=line.kind, on=line.on, text=line.text
    )


def _settle(room: Room, line: _Line, books: Books) -> None:
    """Answer a note, or let who gave out the supervision confirm it."""
    rows = Note.objects.filter(watch=room.watches[line.work, line.code], on=line.on, text=line.text)
    rows = rows.filter(answered_on=None, confirmed_on=None)
    note = rows.select_related("watch__unit").order_by("pk")[0]
    if line.reply:
        notes.answer_note(**books.signed(), note=note, text=line.reply)
    else:
        notes.confirm_note(**books.signed(), note=note)
