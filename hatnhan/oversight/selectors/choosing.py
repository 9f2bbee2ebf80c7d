"""Whom and what the forms of the room choose from: units, members, inspectors, topics, on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.organization.models import Body, Level, Member, Membership, Position, Post, Unit, UnitAncestry
from hatnhan.organization.selectors.bodies import seats
from hatnhan.organization.selectors.law import law_at, law_for
from hatnhan.organization.selectors.units import reading_order, short_name
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics.oversight import OversightTopics

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    Options = list[tuple[str, str]]


def topics(unit: Unit, on: date) -> dict[str, str]:
    """Return the fields of work that are looked at in a unit on a day, the title by the key. One query."""
    return {one.key: one.title for one in law_for(OversightTopics, on, unit).value.topics}


def topic_words(unit: Unit, on: date) -> dict[str, str]:
    """Return the titles of all topics that were ever in the national list, those of the unit and the day foremost.

    For lists of what was written on other days: a topic taken out of the list since keeps its name.
    """
    known = {
        one.key: one.title for rule in resolver.history(OversightTopics) for one in rule.value.topics
    } | {one.key: one.title for one in law_at(OversightTopics, on).value.topics}
    return known | topics(unit, on)


def note_topics(unit: Unit, on: date) -> dict[str, str]:
    """Return the topics on which regular supervision may note, the title by the key. One query."""
    return {
        one.key: one.title for one in law_for(OversightTopics, on, unit).value.topics if one.notes == "yes"
    }


def units(unit: Unit, on: date) -> list[Unit]:
    """Return the units that stand below a unit on a day, committees first, in Vietnamese order; none below a cell."""
    rows = Unit.objects.under(unit.pk, on).existing(on).exclude(pk=unit.pk).distinct()
    return sorted(rows, key=lambda one: (one.level == Level.CELL, reading_order(one.name)))


def cells(unit: Unit, on: date) -> list[Unit]:
    """Return the cells that stand below a unit on a day, in Vietnamese order; of a cell the cell itself."""
    rows = Unit.objects.under(unit.pk, on).existing(on).filter(level=Level.CELL).distinct()
    return sorted(rows, key=lambda one: reading_order(one.name))


def members(unit: Unit, on: date) -> list[Member]:
    """Return the members of a unit and of all below it on a day, by name. One query."""
    tree = UnitAncestry.objects.on(on).filter(ancestor=unit).values("unit")
    there = Membership.objects.on(on).filter(unit__in=tree).values("member")
    return list(Member.objects.filter(pk__in=there).order_by("sort_key", "pk"))


def inspectors(unit: Unit, on: date) -> list[Member]:
    """Return who can be sent to look, on a day: the inspection committee, the committee, then the heads of cells.

    Of a cell: its heads, then its other members.
    """
    if unit.is_cell:
        found = [*seats(unit, Body.COMMITTEE, on), *seats(unit, Body.MEMBERS, on)]
        return _once(one.member for one in found)
    found = [*seats(unit, Body.INSPECTION, on), *seats(unit, Body.COMMITTEE, on)]
    tree = UnitAncestry.objects.on(on).filter(ancestor=unit).exclude(unit=unit).values("unit")
    heads = Position.objects.on(on).filter(unit__in=tree, post=Post.SECRETARY).select_related("member")
    ordered = sorted((one.member for one in heads), key=lambda one: one.sort_key)
    return _once([*(one.member for one in found), *ordered])


def nameable(unit: Unit, on: date) -> list[Member]:
    """Return whom a unit's programme may name as subjects, by name: of a cell all members.

    Of a committee those who hold a post there or in what stands below it: the others are their cells' to look at.
    """
    if unit.is_cell:
        return members(unit, on)
    tree = UnitAncestry.objects.on(on).filter(ancestor=unit).values("unit")
    held = Position.objects.on(on).filter(unit__in=tree).values("member")
    return list(Member.objects.filter(pk__in=held).order_by("sort_key", "pk"))


def cells_of(people: Iterable[Member], on: date) -> dict[int, str]:
    """Return the short name of each one's cell on a day, by the member's id. One query."""
    rows = Membership.objects.on(on).filter(member__in=[one.pk for one in people], kind="official")
    return {member: short_name(name) for member, name in rows.values_list("member_id", "unit__name")}


def unit_options(found: Iterable[Unit]) -> Options:
    """Return units as a form lists them."""
    return [(str(one.pk), one.name) for one in found]


def member_options(people: Iterable[Member], on: date, *, with_cell: bool = True) -> Options:
    """Return members as a form lists them: "Đỗ Văn Hải · Thôn Chùa"; ``with_cell`` off where all are of one cell."""
    known = list(people)
    where = cells_of(known, on) if with_cell else {}
    return [
        (str(one.pk), f"{one.full_name} · {where[one.pk]}" if one.pk in where else one.full_name)
        for one in known
    ]


def topic_options(unit: Unit, on: date, standing: str = "") -> Options:
    """Return topics as a form lists them; ``standing`` is one chosen before, kept though it left the list."""
    found = topics(unit, on)
    if standing and standing not in found:
        found = found | {standing: topic_words(unit, on).get(standing, standing)}
    return list(found.items())


def _once(people: Iterable[Member]) -> list[Member]:
    found: dict[int, Member] = {}
    for one in people:
        found.setdefault(one.pk, one)
    return list(found.values())
