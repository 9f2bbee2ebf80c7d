"""The rows behind figures as a person may see them: all are there, named only where the person knows of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hatnhan.organization import bands
from hatnhan.reviews import permissions
from hatnhan.reviews.models import Cycle, Entry
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """A row: the entry, its name ("" where the person does not know of it), what its grade is called, "" for none."""

    entry: Entry
    name: str
    grade: str


def narrowed(rows: QuerySet[Entry, Any], asked: Mapping[str, str], on: date) -> QuerySet[Entry, Any]:
    """Keep the entries of a cell, sex, age on a day, or post that an address names, as the figures count them."""
    if cell := asked.get("chi_bo", ""):
        rows = rows.filter(unit__code=cell)
    if sex := asked.get("gioi", ""):
        rows = rows.filter(member__sex=sex)
    if post := asked.get("chuc_vu", ""):
        leads = {"subject": Entry.Subject.LEADER}
        rows = rows.filter(**leads) if post == "leader" else rows.exclude(**leads)
    band = next((one for one in bands.AGES if one.key == asked.get("tuoi", "")), None)
    return rows.filter(bands.age_condition(band, on, "member__")) if band else rows


def in_order(rows: QuerySet[Entry, Any]) -> QuerySet[Entry, Any]:
    """Return rows as lists draw them: by cell, persons by name. Never by grade."""
    related = rows.select_related("member", "unit", "cycle")
    found: QuerySet[Entry, Any] = related.order_by("unit__name", "unit_id", "-of", "member__sort_key", "pk")
    return found


def lines(user: User, rows: Iterable[Any]) -> list[Line]:
    """Return rows as a person may see them. Two queries, and those for the law of each cycle."""
    listed = list(rows)
    ids = [one.pk for one in listed]
    known = set(permissions.entries_for(user).filter(pk__in=ids).values_list("pk", flat=True))
    known |= set(permissions.published_for(user).filter(pk__in=ids).values_list("pk", flat=True))
    cycles: dict[int, Cycle] = {}
    found = []
    for one in listed:
        one.cycle = cycles.setdefault(one.cycle_id, one.cycle)
        organisation = one.of == Entry.Of.ORGANISATION
        grade = law_of(one.cycle).grade_name(one.grade_then, organisation=organisation)
        # An organisation's grade is on everybody's board; a person's name is not.
        found.append(Line(one, name_of(one) if organisation or one.pk in known else "", grade))
    return found
