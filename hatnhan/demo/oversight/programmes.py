"""Deeds: programmes drafted, issued and amended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hatnhan.demo.books import Deed
from hatnhan.demo.places import COMMUNE
from hatnhan.oversight.actions.amendments import amend_programme
from hatnhan.oversight.actions.asked import note_asked
from hatnhan.oversight.actions.programmes import (
    ItemData,
    approve_programme,
    draft_programme,
    set_aim,
    set_items,
)
from hatnhan.oversight.models import ProgrammeItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.books import Books
    from hatnhan.demo.oversight.plan import Plan, Work
    from hatnhan.demo.oversight.room import Room

_ASK, _DRAFT, _APPROVE, _AMEND = 39, 40, 41, 42


def programme_deeds(room: Room, plan: Plan) -> Iterator[Deed]:
    """Yield how a programme came to be, and its amendment."""
    if plan.body == "inspection" and plan.year == room.tale.today.year:
        yield Deed(plan.drafted, _ASK, partial(_ask, room, plan))
    yield Deed(plan.drafted, _DRAFT, partial(_draft, room, plan))
    yield Deed(plan.approved, _APPROVE, partial(_approve, room, plan))
    if plan.amended_on:
        yield Deed(plan.amended_on, _AMEND, partial(_amend, room, plan))


def _ask(room: Room, plan: Plan, books: Books) -> None:
    told = room.words["asked"]
    note_asked(**books.signed(), unit=books.units[COMMUNE], year=plan.year, **told)


def _draft(room: Room, plan: Plan, books: Books) -> None:
    signed = books.signed()
    made = draft_programme(
        **signed, unit=books.units[plan.unit], body=plan.body, year=plan.year, from_last_year=False
    )
    aim = room.words["aim" if plan.unit == COMMUNE else "aim_cell"]
    set_aim(**signed, programme=made, aim=aim)
    works = [work for work in plan.works if not work.added]
    items = set_items(**signed, programme=made, items=[_data(room, work, books) for work in works])
    room.items |= {work.key: item for work, item in zip(works, items, strict=True)}
    room.programmes[plan.unit, plan.body, plan.year] = made


def _data(room: Room, work: Work, books: Books) -> ItemData:
    return ItemData(
        kind=work.kind,
        topic=work.topic,
        content=work.content,
        examined_from=work.examined[0],
        examined_to=work.examined[1],
        starts_on=work.starts,
        ends_on=work.ends,
        units=tuple(books.units[code] for code in work.units),
        members=room.people(books, work.people),
        team=room.people(books, work.team),
    )


def _approve(room: Room, plan: Plan, books: Books) -> None:
    number = room.number(plan.unit, plan.body, "CTr")
    programme = room.programmes[plan.unit, plan.body, plan.year]
    approve_programme(**books.signed(), programme=programme, decision_no=number)


def _amend(room: Room, plan: Plan, books: Books) -> None:
    assert plan.amended_on  # noqa: S101 - asked before
    programme = room.programmes[plan.unit, plan.body, plan.year]
    added = [work for work in plan.works if work.added]
    made = amend_programme(
        **books.signed(),
        programme=programme,
        decided_on=plan.amended_on,
        decision_no=room.number(plan.unit, plan.body, "QĐ"),
        reason=plan.reason,
        add=[_data(room, work, books) for work in added],
        remove=[room.items[work.key] for work in plan.works if work.removed],
    )
    fresh = ProgrammeItem.objects.filter(added_by=made).order_by("place", "pk")
    room.items |= {work.key: item for work, item in zip(added, fresh, strict=True)}
