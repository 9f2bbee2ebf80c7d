"""The pages of a year under the Directive: the unit's year, a cell's list, whom one may write for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.errors import Missing
from hatnhan.guidance import permissions
from hatnhan.guidance.models import Registration, RegistrationDeed
from hatnhan.guidance.rules import directive as rules
from hatnhan.guidance.selectors.directive import (
    STANDING,
    Counts,
    began_under,
    cells_now,
    directive_of,
    has_come,
    last_day,
    owing,
    registered_counts,
    registration_of,
    theme_of,
)
from hatnhan.organization.models import Member, Unit, UnitVersion
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.units import lines_below, unit_for

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.guidance.models import YearTheme
    from hatnhan.guidance.rules.directive import Days
    from hatnhan.organization.selectors.units import UnitLine
    from hatnhan.rulebook.topics.guidance import Directive
    from hatnhan.rulebook.types import Rule

OUTCOMES = RegistrationDeed.Outcome.choices
#: What the list of a cell may be narrowed to, by the word in the address.
LEFT = {
    "dang-ky": gettext_lazy("Chưa đăng ký"),
    "nhan-xet": gettext_lazy("Chưa nhận xét"),
    "giua-nam": gettext_lazy("Chưa có kết quả giữa năm"),
    "danh-gia": gettext_lazy("Chưa tự đánh giá"),
}
#: Which step of a registration each of them waits for.
_STEPS = {"dang-ky": "register", "nhan-xet": "comment", "giua-nam": "midyear", "danh-gia": "assess"}


@dataclass(frozen=True, slots=True)
class CellLine:
    """A cell in the list of a committee: how far its members are, and its own registration."""

    unit: UnitLine
    counts: Counts
    own: Registration | None


@dataclass(frozen=True, slots=True)
class Year:
    """A unit's year under the Directive."""

    year: int
    rule: Rule[Directive]
    days: Days
    theme: YearTheme | None
    cells: list[CellLine]
    total: Counts
    #: The unit's own registration, where the person may read it.
    own: Registration | None
    #: What the year began under, where that was another: registrations handed in before keep to it.
    before: Rule[Directive] | None


def year_of(user: User, unit: Unit, year: int, on: date) -> Year:
    """Return a unit's year as of a day; the cells only for those who lead it. Raises RuleBroken ``no_rule``."""
    rule = directive_of(unit, year, on)
    day = last_day(year, on)
    below = lines_below(unit.pk, day) if powers_of(user).may_read_roster(unit.pk) else []
    cells = [line for line in below if line.is_cell]
    counts = registered_counts([line.pk for line in cells], year, on)
    wanted = {unit.pk, *(line.pk for line in cells)}
    rows = Registration.objects.visible_to(user).filter(member=None, year=year, unit__in=wanted)
    owns = {row.unit_id: row for row in rows}
    lines = [CellLine(line, counts.get(line.pk, Counts()), owns.get(line.pk)) for line in cells]
    total = sum((line.counts for line in lines), Counts())
    theme = theme_of(unit, year, day)
    return Year(
        year,
        rule,
        rules.days_of(rule.value, year),
        theme,
        lines,
        total,
        owns.get(unit.pk),
        began_under(rule, year),
    )


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own registration of a year, and what it waits for."""

    registration: Registration | None
    step: str
    late: bool


def mine(user: User, year: int, on: date, days: Days) -> Mine | None:
    """Return one's own registration of a year, None for who is no member. One query."""
    member_id = powers_of(user).member_id
    if member_id is None:
        return None
    found: Registration | None = Registration.objects.filter(year=year, member_id=member_id).first()
    state = found.state if found else None
    step = rules.next_step(state, progress=bool(found and found.progress_at), on=on, days=days)
    last = {
        "write": days.register,
        "register": days.register,
        "progress": days.midyear,
        "assess": days.assess,
    }
    return Mine(found, step, late=bool(step) and on > last[step])


# --- a cell's list ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member of a cell, with the registration once it is handed in; a draft is not yet anybody's to know of."""

    pk: int
    name: str
    registration: Registration | None
    #: The steps that the registration had come to by the day looked at (`directive.has_come`).
    came: frozenset[str] = frozenset()
    #: Writes here by themselves: nobody types in for them.
    writes: bool = False

    def lacks(self, what: str) -> bool:
        """Tell whether something of `LEFT` was missing on the day: of who registered, what comes after."""
        if self.registration is None:
            return what == "dang-ky"
        return what in _STEPS and _STEPS[what] not in self.came


def cell_for(user: User, code: str) -> Unit:
    """Return a cell that the person leads or keeps from above. Raises Missing."""
    unit = unit_for(user, code)
    if not unit.is_cell or not permissions.leads(user, unit.pk):
        raise Missing
    return unit


def member_lines(cell: Unit, year: int, on: date) -> list[MemberLine]:
    """Return the members of a cell who owed a registration on a day, in alphabetical order. Two queries."""
    people = list(owing(cell.pk, last_day(year, on)).order_by("sort_key", "pk"))
    rows = Registration.objects.filter(year=year, member__in=[one.pk for one in people])
    by_member = {row.member_id: row for row in rows}
    return [_line(one, by_member.get(one.pk), on) for one in people]


def _line(member: Member, row: Registration | None, on: date) -> MemberLine:
    came = frozenset(step for step in _STEPS.values() if row is not None and has_come(row, step, on))
    shown = row if "register" in came else None
    return MemberLine(member.pk, member.full_name, shown, came, row is not None and not row.typed_by)


def members_by_id(keys: Collection[int]) -> dict[int, Member]:
    """Return members by id. One query."""
    return Member.objects.in_bulk(list(keys))


def registrations_of(user: User, cell: Unit, year: int, on: date) -> list[Registration]:
    """Return what members of a cell handed in, that the person may read, in alphabetical order, with its text."""
    keys = [line.pk for line in member_lines(cell, year, on) if line.registration]
    rows = Registration.objects.visible_to(user).filter(year=year, member__in=keys)
    found = rows.select_related("member", "unit").prefetch_related("answers", "deeds")
    return sorted(found, key=lambda row: keys.index(row.member_id) if row.member_id else -1)


def lines_of(
    rows: Iterable[Registration], text: str, *, outcomes: bool
) -> list[tuple[int, str, str, Mapping[int, tuple[str, str]]]]:
    """Return registrations as the form of several asks for them; reads deeds. ``text``: the attribute that it fills."""
    return [
        (
            row.pk,
            str(row.member or row.unit),
            getattr(row, text),
            {one.pk: (one.text, one.outcome) for one in row.deeds.all()} if outcomes else {},
        )
        for row in rows
    ]


# --- what one may write -----------------------------------------------------------------------------------------------
def own_for(user: User, year: int) -> tuple[Member, Unit, Registration | None]:
    """Return the person as a member, the own cell, and the registration of a year. Raises Missing."""
    powers = powers_of(user)
    member = Member.objects.filter(pk=powers.member_id).first() if powers.member_id else None
    cell_id = cells_now([member.pk], powers.on).get(member.pk) if member else None
    if member is None or cell_id is None:
        raise Missing(_("Tài khoản này chưa gắn với đảng viên đang sinh hoạt."))
    return member, Unit.objects.get(pk=cell_id), registration_of(year, member)


def unit_led(user: User, code: str) -> Unit:
    """Return a unit that the person leads. Raises Missing."""
    unit = unit_for(user, code)
    if not permissions.leads(user, unit.pk):
        raise Missing
    return unit


@dataclass(frozen=True, slots=True)
class May:
    """What a person may do with a registration today."""

    write: bool = False
    tell: bool = False
    comment: bool = False
    #: The code of the cell from whose page one types it in anew, "" for who may not.
    retype: str = ""


def may(user: User, row: Registration) -> May:
    """Return what a person may do with a registration today. Three queries at most."""
    own = permissions.is_own(user, row.member_id)
    answered = row.commented_at or row.progress_at or row.assessed_at
    if row.member_id is None:
        cell = row.unit_id
        leads, judges = permissions.leads(user, cell), _keeps_above(user, cell)
    else:
        cell = cells_now([row.member_id], powers_of(user).on).get(row.member_id, row.unit_id)
        leads = permissions.leads(user, cell)
        judges = leads and not own
    writes = (own and not row.typed_by) or (row.member_id is None and leads)
    standing = row.state in STANDING
    again = row.member_id is not None and row.typed_by and leads and not answered
    retype = Unit.objects.values_list("code", flat=True).get(pk=cell) if again else ""
    return May(bool(writes and not answered), standing and (own or leads), standing and judges, retype)


def _keeps_above(user: User, unit_id: int) -> bool:
    above = (
        UnitVersion.objects.on(powers_of(user).on)
        .filter(unit=unit_id)
        .values_list("parent", flat=True)
        .first()
    )
    return above is not None and permissions.keeps(user, above)
