"""Reading rules as people read them: values in words, who set what and on what paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from hatnhan.core import places
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.rulebook import resolver
from hatnhan.rulebook.models import Overlay
from hatnhan.rulebook.permissions import may_set
from hatnhan.rulebook.rows import extra, kind_of_rows, parts, words
from hatnhan.rulebook.topics import BY_NAME, TOPICS
from hatnhan.rulebook.wording import word

if TYPE_CHECKING:
    from datetime import date

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from hatnhan.accounts.models import User
    from hatnhan.rulebook.types import Place, Rule, Value


@dataclass(frozen=True, slots=True)
class Table:
    """A list of several things each, such as the items of an agenda: titles of the columns, and a row a thing.

    Each part of a row comes with the title of its column.
    """

    title: str
    heads: list[str]
    rows: list[list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Told:
    """A rule with its value as pairs of title and text, and tables for lists of several things each.

    ``place`` names the unit that set it, empty for national.
    """

    rule: Rule[Value]
    facts: list[tuple[str, str]]
    place: str = ""

    @property
    def tables(self) -> list[Table]:
        """The lists of several things that the value holds."""
        value = self.rule.value
        fields = type(value).model_fields
        kinds = {name: kind_of_rows(info) for name, info in fields.items()}
        return [
            _table(str(fields[name].title or name), kind, getattr(value, name))
            for name, kind in kinds.items()
            if kind is not None and getattr(value, name)
        ]


@dataclass(frozen=True, slots=True)
class Own:
    """A local value: the rule it makes, in words, and whether the person may end it."""

    overlay: Overlay
    told: Told
    may_end: bool


def topic(name: str) -> type[Value]:
    """Return the topic of a name. Raises Missing."""
    if name not in BY_NAME:
        raise Missing
    return BY_NAME[name]


def facts(value: Value) -> list[tuple[str, str]]:
    """Return a value as pairs of title and text."""
    fields = type(value).model_fields
    return [(str(info.title or name), _said(info, getattr(value, name))) for name, info in fields.items()]


def _table(title: str, kind: type[BaseModel], things: tuple[BaseModel, ...]) -> Table:
    shown = {name: info for name, info in parts(kind).items() if not extra(info).get("hidden")}
    heads = {name: str(info.title or name) for name, info in shown.items()}
    rows = [
        [(heads[name], words(info, getattr(one, name))) for name, info in shown.items()] for one in things
    ]
    return Table(title, list(heads.values()), rows)


def _said(info: FieldInfo, given: object) -> str:
    if isinstance(given, tuple) and kind_of_rows(info):
        return ngettext("%(count)d mục", "%(count)d mục", len(given)) % {"count": len(given)}
    return words(info, given) if extra(info).get("labels") else _text(given)


def _text(given: object) -> str:
    return ", ".join(word(one) for one in given) if isinstance(given, tuple) else word(given)


def in_force(on: date, unit: Place | None) -> list[Told]:
    """Return the rule in force on a day for each topic that had one, as a unit goes by it."""
    found = []
    for kind in TOPICS:
        told = told_in_force(kind, on, unit)
        if told:
            found.append(told)
    return found


def told_in_force(kind: type[Value], on: date, unit: Place | None) -> Told | None:
    """Return one topic's rule in force on a day, None when there was none yet."""
    try:
        rule = resolver.at(kind, on=on, unit=unit)
    except RuleBroken:
        return None
    return Told(rule, facts(rule.value))


def national(kind: type[Value]) -> list[Told]:
    """Return the national values of a topic, latest first."""
    return [Told(rule, facts(rule.value)) for rule in reversed(resolver.history(kind))]


def local(kind: type[Value], unit: Place | None, on: date, user: User) -> list[Own]:
    """Return what the unit and those above it set for themselves, past and coming included, latest first."""
    if unit is None:
        return []
    found = list(
        Overlay.objects.filter(topic=kind.topic, unit_id__in=unit.lineage(on)).order_by("-start", "pk")
    )
    names = places.names(overlay.unit_id for overlay in found)
    return [_own(kind, overlay, names, user) for overlay in found]


def _own(kind: type[Value], overlay: Overlay, names: dict[int, str], user: User) -> Own:
    rule = resolver.as_rule(kind, overlay)
    told = Told(rule, facts(rule.value), names.get(overlay.unit_id, ""))
    return Own(overlay, told, overlay.end is None and may_set(user, overlay.unit_id))


def overlay_to_end(user: User, pk: int) -> Overlay:
    """Return a local value that the person may end. Raises Missing for any other."""
    found = Overlay.objects.filter(pk=pk).first()
    if found is None or not may_set(user, found.unit_id):
        raise Missing
    return found
