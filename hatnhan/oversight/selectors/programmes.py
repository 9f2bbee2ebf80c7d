"""Reading programmes: the list, and one as officials know it: checks, then supervision, month by month.

Whom a committee's programme names as members is for who runs its oversight; heads of cells see those of their own
cell, and everybody themselves; of the others only how many they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case as DbCase
from django.db.models import Exists, OuterRef, Q, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.models import Membership, Unit, UnitAncestry
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.bodies import body_words
from hatnhan.oversight import permissions
from hatnhan.oversight.models import (
    Amendment,
    AskedTopic,
    Check,
    ItemSubject,
    ItemTeamMember,
    Kind,
    Programme,
    ProgrammeItem,
    Watch,
)
from hatnhan.oversight.selectors import choosing
from hatnhan.oversight.selectors.completion import (
    Counts,
    completion_by_programme,
    completion_of,
    standing_on,
    with_state,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet
    from django_stubs_ext import StrPromise

    from hatnhan.accounts.models import User

#: So many days before the last one it is called near.
_NEAR = timedelta(days=14)
_ONE_DAY = timedelta(days=1)
#: The headings under which officials know a programme.
PARTS: tuple[tuple[str, StrPromise, tuple[str, ...]], ...] = (
    ("I", gettext_lazy("Kiểm tra"), (Kind.COMPLIANCE,)),
    ("II", gettext_lazy("Giám sát"), (Kind.REGULAR, Kind.THEMATIC)),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A programme in the list."""

    programme: Programme
    title: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class State:
    """How a work stands, in words: one of the room's marks and its icon."""

    mark: str
    icon: str
    words: str
    more: str = ""


@dataclass(slots=True)
class Row:
    """A work as a person may see it. ``hidden`` counts the members whom it names to others."""

    item: Any
    topic: str
    state: State | None
    subjects: list[str] = field(default_factory=list)
    hidden: int = 0
    head: str = ""
    team: list[str] = field(default_factory=list)
    #: The check that the person may open, and whether there is one at all.
    check_id: int | None = None
    opened: bool = False
    #: The supervision that the person may open, each with the unit followed ("" for a member).
    watches: list[tuple[int, str]] = field(default_factory=list)

    @property
    def month(self) -> str:
        """The months of work: "3" or "3–5"."""
        first, last = self.item.starts_on.month, self.item.ends_on.month
        return str(first) if first == last else f"{first}–{last}"

    @property
    def lacks(self) -> list[str]:
        """What it must have before the programme is issued, in words."""
        found = []
        if not self.subjects and not self.hidden:
            found.append(_("chưa có đối tượng"))
        if not self.head:
            found.append(
                _("chưa có người giám sát") if self.item.kind == Kind.REGULAR else _("chưa có trưởng đoàn")
            )
        return found


@dataclass(frozen=True, slots=True)
class Group:
    """The works of one kind, month by month."""

    kind: str
    label: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of the programme."""

    number: str
    title: StrPromise
    groups: list[Group]

    @property
    def total(self) -> int:
        """How many works stand under it."""
        return sum(len(one.rows) for one in self.groups)


@dataclass(frozen=True, slots=True)
class Change:
    """One amendment with what it put in, took out and changed: the works before, and after."""

    amendment: Amendment
    added: list[ProgrammeItem]
    removed: list[ProgrammeItem]
    changed: list[tuple[ProgrammeItem, ProgrammeItem]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A programme as a page shows it on a day."""

    parts: list[Part]
    changes: list[Change]
    counts: Counts

    @property
    def rows(self) -> list[Row]:
        """All works that stand, in the order of the page."""
        return [row for part in self.parts for group in part.groups for row in group.rows]


def title_of(programme: Programme) -> str:
    """Return what a programme is called; reads its unit."""
    words = _("Chương trình kiểm tra, giám sát năm %(year)d")
    return words % {"year": programme.year}


def owner_of(programme: Programme) -> str:
    """Return whose programme it is: "Ủy ban Kiểm tra Đảng ủy, Đảng bộ xã Tam Hồng"; reads its unit."""
    return body_words(programme.unit, programme.body)


def programmes_for(user: User, unit: Unit, on: date, year: int | None = None) -> QuerySet[Programme]:
    """Return the programmes of a unit, its line and what is below it that a person may know of, the latest first.

    Those issued, or being drafted, by a day.
    """
    line = UnitAncestry.objects.on(on).filter(unit=unit).values("ancestor")
    near = Q(unit__in=line) | Q(unit__in=Unit.objects.under(unit.pk, on).values("pk"))
    by_then = Q(approved_on__lte=on) | Q(
        state=Programme.State.DRAFT, drafted_at__lt=clock.at(on + _ONE_DAY, 0)
    )
    rows = permissions.programmes_for(user).filter(near, by_then).select_related("unit")
    if year is not None:
        rows = rows.filter(year=year)
    own = DbCase(When(unit=unit, then=0), default=1)
    return rows.order_by("-year", own, "unit__level", "unit__name", "body", "pk")


def years_of(user: User, unit: Unit, on: date) -> list[int]:
    """Return the years that the list has programmes of, the latest first. One query."""
    rows = programmes_for(user, unit, on).order_by("-year").values_list("year", flat=True)
    return list(rows.distinct())


def lines(programmes: Iterable[Programme], on: date) -> list[Line]:
    """Return programmes with how much of each was done by a day. One query."""
    known = list(programmes)
    counts = completion_by_programme([one.pk for one in known], on)
    nothing = Counts(0, 0, 0, 0, 0, 0)
    return [Line(one, owner_of(one), counts.get(one.pk, nothing)) for one in known]


def programme_for(user: User, pk: int) -> Programme:
    """Return a programme with its unit. Raises Missing unless the person may know of it."""
    found = permissions.programmes_for(user).filter(pk=pk).select_related("unit").first()
    if found is None:
        raise Missing
    return found


def item_for(user: User, pk: int) -> ProgrammeItem:
    """Return a work with its programme. Raises Missing unless the person may know of the programme."""
    rows = ProgrammeItem.objects.filter(programme__in=permissions.programmes_for(user).values("pk"))
    found: ProgrammeItem | None = rows.filter(pk=pk).select_related("programme__unit").first()
    if found is None:
        raise Missing
    return found


def asked_for(user: User, pk: int) -> AskedTopic:
    """Return what the superior asked, to who runs the oversight of the unit. Raises Missing."""
    found = AskedTopic.objects.filter(pk=pk).select_related("unit").first()
    if found is None or not permissions.runs(user, found.unit_id):
        raise Missing
    return found


def sheet_of(user: User, programme: Programme, on: date) -> Sheet:
    """Return a programme as a person may see it on a day. Eleven queries, however many works."""
    items = ProgrammeItem.objects.filter(programme=programme)
    standing = list(
        with_state(items, on)
        .filter(standing_on(on))
        .select_related("added_by")
        .order_by("starts_on", "place", "pk")
    )
    rows = _rows(user, programme, standing, on)
    parts = []
    for number, title, kinds in PARTS:
        groups = [
            Group(kind, str(Kind(kind).label), [row for row in rows if row.item.kind == kind])
            for kind in kinds
        ]
        parts.append(Part(number, title, [one for one in groups if one.rows]))
    return Sheet(parts, changes_of(programme, on), completion_of(programme, on))


def changes_of(programme: Programme, on: date) -> list[Change]:
    """Return the amendments decided by a day, each with its works. Two queries."""
    touched = Q(added_by__isnull=False) | Q(removed_by__isnull=False)
    items = list(
        ProgrammeItem.objects.filter(touched, programme=programme)
        .select_related("instead_of")
        .order_by("starts_on")
    )
    became = {one.instead_of_id: one for one in items if one.instead_of_id}
    found = []
    for amendment in Amendment.objects.filter(programme=programme, decided_on__lte=on):
        gone = [one for one in items if one.removed_by_id == amendment.pk]
        found.append(
            Change(
                amendment,
                [one for one in items if one.added_by_id == amendment.pk and not one.instead_of_id],
                [one for one in gone if one.pk not in became],
                [(one, became[one.pk]) for one in gone if one.pk in became],
            )
        )
    return found


def last_amendment(programme: Programme) -> Amendment | None:
    """Return the last amendment of a programme: one more change of the same paper joins it."""
    found: Amendment | None = Amendment.objects.filter(programme=programme).order_by("number").last()
    return found


def next_of(sheet: Sheet, on: date) -> Row | None:
    """Return the work to be opened next: the first by its last day that nobody has opened and that is due to begin."""
    waiting = [
        row for row in sheet.rows if not row.opened and row.item.starts_on <= on + _NEAR and not row.item.done
    ]
    return min(waiting, key=lambda row: row.item.ends_on, default=None)


def _rows(user: User, programme: Programme, items: list[ProgrammeItem], on: date) -> list[Row]:
    topics = choosing.topic_words(programme.unit, on)
    opened_by = Check.objects.filter(item__in=items, opened_on__lte=on)
    stood = opened_by.filter(Q(stopped_on=None) | Q(stopped_on__gt=on))
    known = Exists(permissions.checks_for(user).filter(pk=OuterRef("pk")))
    checks: dict[int | None, Any] = {one.item_id: one for one in stood.annotate(known=known)}
    watches: dict[int, list[tuple[int, str]]] = {}
    begun: set[int] = set()
    known = Exists(permissions.watches_for(user).filter(pk=OuterRef("pk")))
    rows_of = Watch.objects.filter(item__in=items).annotate(known=known)
    for pk, item, seen, whom in rows_of.values_list("pk", "item", "known", "of_unit__name"):
        begun.add(item)
        if seen:
            watches.setdefault(item, []).append((pk, whom or ""))
    issued = programme.state == Programme.State.APPROVED
    rows: dict[int, Row] = {}
    for one in items:
        check = checks.get(one.pk)
        opened = check is not None or one.pk in begun
        rows[one.pk] = Row(
            item=one,
            topic=topics.get(one.topic, one.topic),
            state=_state(one, check, opened=opened, on=on) if issued else None,
            check_id=check.pk if check is not None and check.known else None,
            opened=opened,
            watches=watches.get(one.pk, []),
        )
    _add_people(user, programme, rows, on)
    return list(rows.values())


def _add_people(user: User, programme: Programme, rows: dict[int, Row], on: date) -> None:
    named = _named(user, programme, rows, on)
    subjects = ItemSubject.objects.filter(item__in=rows).select_related("unit", "member")
    for one in subjects:
        row = rows[one.item_id]
        if one.unit is not None:
            row.subjects.append(one.unit.name)
        elif one.member is not None and (named is None or one.member_id in named):
            row.subjects.append(_("đ/c %(name)s") % {"name": one.member})
        else:
            row.hidden += 1
    team = ItemTeamMember.objects.filter(item__in=rows).select_related("member")
    for person in team:
        row = rows[person.item_id]
        if person.is_head:
            row.head = person.member.full_name
        else:
            row.team.append(person.member.full_name)


def _named(user: User, programme: Programme, rows: dict[int, Row], on: date) -> set[int] | None:
    """Return the ids of the members whom a person may see named; None for all."""
    if permissions.runs(user, programme.unit_id):
        return None
    powers = powers_of(user)
    theirs = Membership.objects.on(on).filter(unit__in=powers.cells_led)
    subjects = ItemSubject.objects.filter(item__in=rows, member__isnull=False)
    own = subjects.filter(Q(member=powers.member_id) | Q(member__in=theirs.values("member")))
    return set(own.values_list("member_id", flat=True))


def _state(item: ProgrammeItem, check: Check | None, *, opened: bool, on: date) -> State:
    if item.done:  # type: ignore[attr-defined] # of `with_state`
        return State("done", "check", _("Xong"))
    if check is not None and check.concluded_on is not None and check.concluded_on <= on:
        words = _("Kết luận trễ") if check.concluded_on > item.ends_on else _("Chưa đủ đối tượng")
        more = _("kết luận %(day)s") % {"day": written(check.concluded_on)}
        return State("late", "alert-triangle", words, more)
    left = (item.ends_on - on).days
    if left < 0:
        return State("late", "alert-triangle", _("Trễ %(days)d ngày") % {"days": -left})
    if not opened and item.starts_on > on:
        return State("wait", "circle-dashed", _("Chưa đến kỳ"))
    near = _("Hôm nay") if left == 0 else _("Còn %(days)d ngày") % {"days": left}
    if opened:
        return State("doing", "progress", _("Đang làm"), near)
    return State("soon", "clock", near)
