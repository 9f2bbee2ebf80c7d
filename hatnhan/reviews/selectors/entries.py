"""Reading entries: the list of a cycle with its filters, one entry, what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from hatnhan.core.errors import Missing
from hatnhan.core.filters import AddressFilters, Chip
from hatnhan.core.vietnamese import fold
from hatnhan.organization.models import Unit
from hatnhan.organization.selectors.bodies import body_words
from hatnhan.organization.selectors.units import reading_order, short_name
from hatnhan.reviews import permissions
from hatnhan.reviews.models import Entry, Grade
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.progress import units_followed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet
    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

    from hatnhan.accounts.models import User
    from hatnhan.reviews.models import Cycle

PER_PAGE = 50
_LONGEST = 80


def name_of(entry: Entry) -> str:
    """Return who or what an entry is of: a person, "Chi ủy, Chi bộ thôn Chùa", a unit. Reads member and unit."""
    if entry.member is not None:
        return entry.member.full_name
    return body_words(entry.unit, entry.body) if entry.body else entry.unit.name


def is_organisation(entry: Entry) -> bool:
    """Tell whether an entry is graded in the words for organisations; collectives are in those for members."""
    return entry.of == Entry.Of.ORGANISATION


def grade_words(entry: Entry, grade: str) -> str:
    """Return what a grade of an entry is called on paper under the law of its cycle; "" for none."""
    return law_of(entry.cycle).grade_name(grade, organisation=is_organisation(entry))


def entry_for(user: User, pk: int) -> Entry:
    """Return an entry whose course a person may know, or whose published grade. Raises Missing."""
    found = known_entry(user, pk)
    if found is None:
        rows = Entry.objects.select_related("cycle__unit", "member", "unit").filter(pk=pk)
        found = rows.filter(pk__in=permissions.published_for(user).values("pk")).first()
    if found is None:
        raise Missing
    return found


def known_entry(user: User, pk: int) -> Entry | None:
    """Return an entry whose whole course a person may know, None for any other."""
    rows = permissions.entries_for(user).select_related("cycle__unit", "member", "unit")
    return rows.filter(pk=pk).first()


# --- the list --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Filters(AddressFilters):
    """Name, cell (its code), kind, standing, state, decided grade ("chua": none yet), group; "" for any."""

    q: str = ""
    chi_bo: str = ""
    loai: str = ""
    dien: str = ""
    trang_thai: str = ""
    muc: str = ""
    nhom: str = ""


NO_GRADE = "chua"
_CHOSEN = ("chi_bo", "loai", "dien", "trang_thai", "muc", "nhom")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters of a cycle's list choose from, key and words."""

    chi_bo: dict[str, str]
    loai: dict[str, StrOrPromise]
    dien: dict[str, StrOrPromise]
    trang_thai: dict[str, StrOrPromise]
    muc: dict[str, StrOrPromise]
    nhom: dict[str, str]


def choices(user: User, cycle: Cycle) -> Choices:
    """Return what the list of a cycle may be filtered by: of the cells those in which the person knows an entry."""
    found = _units(cycle)
    if units_followed(user, cycle) is not None:
        there = set(_known(user, cycle).values_list("unit_id", flat=True))
        found = [one for one in found if one.pk in there]
    law = law_of(cycle)
    names: dict[str, StrOrPromise] = {one.value: law.grade_name(one) for one in Grade}
    return Choices(
        chi_bo={one.code: short_name(one.name) for one in found},
        loai=dict(Entry.Of.choices),
        dien=dict(Entry.Standing.choices),
        trang_thai=dict(Entry.State.choices),
        muc=names | {NO_GRADE: _("Chưa có quyết định")},
        nhom={one.key: one.title for one in law.caps.value.groups},
    )


def read(query: QueryDict, known: Choices) -> Filters:
    """Return the filter that an address asks for; what it does not know is left out."""
    asked: dict[str, Any] = {}
    for name in _CHOSEN:
        value = query.get(name, "")
        asked[name] = value if value in getattr(known, name) else ""
    return Filters(q=query.get("q", "").strip()[:_LONGEST], **asked)


def chips(filters: Filters, known: Choices) -> list[Chip]:
    """Return the conditions of a filter in words."""
    found = [Chip(_("Tên có “%(text)s”") % {"text": filters.q}, ("q",))] if filters.q else []
    values = {name: getattr(filters, name) for name in _CHOSEN}
    found += [Chip(str(getattr(known, name)[value]), (name,)) for name, value in values.items() if value]
    return found


def entries(user: User, cycle: Cycle, filters: Filters | None = None) -> QuerySet[Entry]:
    """Return the entries of a cycle that a person may know of, by cell, in each people by name, then what is no person.

    Never by score or grade.
    """
    chosen = filters or Filters()
    rows = _known(user, cycle).filter(_condition(cycle, chosen))
    kinds = Case(
        When(of=Entry.Of.MEMBER, then=Value(0)),
        When(of=Entry.Of.COLLECTIVE, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = rows.annotate(place_of_unit=_by_unit(cycle), place_of_kind=kinds)
    rows = rows.select_related("member", "unit")
    return rows.order_by("place_of_unit", "place_of_kind", F("member__sort_key").asc(nulls_last=True), "pk")


def _known(user: User, cycle: Cycle) -> QuerySet[Entry]:
    return permissions.entries_for(user).filter(cycle=cycle)


def _condition(cycle: Cycle, chosen: Filters) -> Q:
    asked = {
        "unit__code": chosen.chi_bo,
        "of": chosen.loai,
        "standing": chosen.dien,
        "state": chosen.trang_thai,
        "grade": chosen.muc if chosen.muc != NO_GRADE else "",
        "group": chosen.nhom,
    }
    found = Q(**{name: value for name, value in asked.items() if value})
    if chosen.muc == NO_GRADE:
        found &= Q(grade="", standing=Entry.Standing.GRADED)
    if chosen.q:
        words = fold(chosen.q)
        units = [one.pk for one in _units(cycle) if words in fold(one.name)]
        found &= Q(member__search_key__contains=words) | Q(member=None, unit__in=units)
    return found


def _units(cycle: Cycle) -> list[Unit]:
    """Return the units of a cycle in Vietnamese order, the committee itself last; kept on the object."""
    known: list[Unit] | None = getattr(cycle, "_units", None)
    if known is None:
        rows = Unit.objects.filter(pk__in=Entry.objects.filter(cycle=cycle).values("unit"))
        known = sorted(rows, key=lambda one: (one.pk == cycle.unit_id, reading_order(one.name)))
        cycle._units = known  # type: ignore[attr-defined]  # noqa: SLF001 - a note on our own object
    return known


def _by_unit(cycle: Cycle) -> Case:
    places = [When(unit_id=one.pk, then=Value(number)) for number, one in enumerate(_units(cycle))]
    return Case(*places, default=Value(len(places)), output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as a list shows it. ``grade`` in words is the furthest known; ``by`` says whose word it is."""

    entry: Entry
    name: str
    where: str
    grade: str
    by: str


def rows(cycle: Cycle, found: Iterable[Entry]) -> list[Row]:
    """Return entries of one cycle as a list shows them."""
    law = law_of(cycle)
    lines = []
    for one in found:
        grade, by = furthest(one)
        where = short_name(one.unit.name) if one.member_id else ""
        words = law.grade_name(grade, organisation=is_organisation(one))
        lines.append(Row(one, name_of(one), where, words, by))
    return lines


def furthest(entry: Entry) -> tuple[str, str]:
    """Return the furthest grade of an entry, and in words who says so: "" for the decided one."""
    found: Mapping[str, str] = {
        "": entry.grade,
        _("thẩm định"): entry.appraised_grade,
        _("hội nghị đề nghị"): entry.proposed_grade,
        _("tự nhận"): entry.self_grade,
    }
    return next(((grade, by) for by, grade in found.items() if grade), ("", ""))
