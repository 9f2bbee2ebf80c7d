"""Whom a task may be given to, as a form offers them: bodies, those in posts, the members of a cell, those found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.dated import in_force
from hatnhan.organization.models import Body, Level, Member, Position, Post, Unit
from hatnhan.organization.selectors import deeds
from hatnhan.organization.selectors.bodies import bodies_of, body_title, seats

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    Choice = tuple[str, str]
    Group = tuple[str, list[Choice]]

_MEMBER, _BODY = "m", "b"
#: With more cells than this below it, a unit's form offers none of them: nobody scrolls through so many.
_MANY_CELLS = 60


def member_value(member: Member) -> str:
    """Return how a form names a person as owner."""
    return f"{_MEMBER}{member.pk}"


def body_value(unit: Unit, body: str) -> str:
    """Return how a form names a body as owner."""
    return f"{_BODY}{unit.pk}-{body}"


def owner_groups(unit: Unit, on: date, found: Iterable[Member] = ()) -> list[Group]:
    """Return who may be given a task in a unit, in groups; those found by name first."""
    groups = [
        (_("Tìm được"), _people(found)),
        (_("Tập thể"), [(body_value(unit, body), body_title(unit, body)) for body in bodies_of(unit)]),
        *(_in_cell(unit, on) if unit.is_cell else _in_committee(unit, on)),
    ]
    return [(title, choices) for title, choices in groups if choices]


def helpers(unit: Unit, on: date) -> list[Member]:
    """Return who may help: the members of a cell, those who sit in a committee."""
    return [seat.member for seat in seats(unit, Body.MEMBERS if unit.is_cell else Body.COMMITTEE, on)]


def found_by_name(unit: Unit, query: str) -> list[Member]:
    """Return members of a unit and of all below it by name; none when nothing was typed."""
    return deeds.named(unit, query) if query and not unit.is_cell else []


def owner_of(value: str, unit: Unit) -> tuple[Member | None, Unit | None, str]:
    """Return the person, or the unit and its body, that a form named; nothing for what makes no sense.

    Only those of the unit and what stands below it today are found: the action says so of all others.
    """
    kind, rest = value[:1], value[1:]
    pk, _dash, body = rest.partition("-")
    if not pk.isdecimal() or not pk.isascii():
        return None, None, ""
    if kind == _MEMBER:
        return deeds.members_of(unit).filter(pk=pk).first(), None, ""
    owner_unit = Unit.objects.filter(pk=pk).first() if kind == _BODY and body in Body.values else None
    return None, owner_unit, body if owner_unit else ""


def _people(members: Iterable[Member]) -> list[Choice]:
    return [(member_value(member), f"{member.full_name}, {member.born_year}") for member in members]


def _in_cell(unit: Unit, on: date) -> list[Group]:
    titled = [
        (member_value(seat.member), _named(seat.member, seat.title)) for seat in seats(unit, "members", on)
    ]
    return [(_("Đảng viên"), titled)]


def _in_committee(unit: Unit, on: date) -> list[Group]:
    committee = seats(unit, Body.COMMITTEE, on) + seats(unit, Body.INSPECTION, on)
    people = {member_value(seat.member): _named(seat.member, seat.title) for seat in reversed(committee)}
    below = in_force(on, "ancestries__")
    cells = Unit.objects.filter(below, ancestries__ancestor_id=unit.pk, level=Level.CELL)
    standing = list(
        cells.filter(in_force(on, "versions__")).order_by("versions__position", "versions__name")[
            : _MANY_CELLS + 1
        ]
    )
    if len(standing) > _MANY_CELLS:
        standing = []
    heads = (
        Position.objects.on(on)
        .filter(unit__in=standing, post=Post.SECRETARY)
        .select_related("member", "unit")
    )
    secretaries = {head.unit_id: head for head in heads}
    titles = [
        (member_value(head.member), _named(head.member, f"{head.title}, {cell.name}"))
        for cell in standing
        if (head := secretaries.get(cell.pk))
    ]
    bodies = [
        (body_value(cell, Body.COMMITTEE), f"{body_title(cell, Body.COMMITTEE)}, {cell.name}")
        for cell in standing
    ]
    return [
        (_("Trong cấp ủy"), list(reversed(people.items()))),
        (_("Chi ủy các chi bộ"), bodies),
        (_("Bí thư các chi bộ"), titles),
    ]


def _named(member: Member, title: str) -> str:
    return f"{member.full_name}, {title}" if title else f"{member.full_name}, {member.born_year}"
