"""Reading checks: the list, one check, what comes next in it, what was concluded, when each cell was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, Max, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.errors import Missing
from hatnhan.core.filters import AddressFilters, Chip
from hatnhan.organization.models import Unit
from hatnhan.organization.powers import powers_of
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Check, Kind, Minutes, ProgrammeItem, Subject, TeamMember
from hatnhan.oversight.selectors import check_days, choosing
from hatnhan.oversight.selectors.steps import PROCEDURES, Line, reads_check

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet
    from django.http import QueryDict

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Member
    from hatnhan.oversight.models.check import CheckQuerySet

PER_PAGE = 25
STATES = {
    "dang-lam": gettext_lazy("Đang làm"),
    "qua-han": gettext_lazy("Quá hạn kết luận"),
    "xong": gettext_lazy("Đã nộp lưu"),
    "da-dung": gettext_lazy("Đã dừng"),
}
KINDS = {key: Kind(key).label for key in PROCEDURES}
_IN_STATE = {
    "dang-lam": check_days.running,
    "qua-han": check_days.overdue,
    "xong": check_days.laid_away,
    "da-dung": check_days.stopped,
}


@dataclass(frozen=True, slots=True)
class Filters(AddressFilters):
    """Kind, state (a key of STATES) and year of the decision; "" for any."""

    loai: str = ""
    trang_thai: str = ""
    nam: str = ""


def read(query: QueryDict) -> Filters:
    """Return the filter that an address asks for; what it does not know is left out."""
    kind, state, year = (query.get(name, "") for name in ("loai", "trang_thai", "nam"))
    return Filters(
        kind if kind in PROCEDURES else "",
        state if state in STATES else "",
        year if year.isdecimal() and len(year) == len("2017") else "",
    )


def chips(filters: Filters) -> list[Chip]:
    """Return the conditions of a filter in words."""
    found = []
    if filters.loai:
        found.append(Chip(str(Kind(filters.loai).label), ("loai",)))
    if filters.trang_thai:
        found.append(Chip(str(STATES[filters.trang_thai]), ("trang_thai",)))
    if filters.nam:
        found.append(Chip(_("Năm %(year)s") % {"year": filters.nam}, ("nam",)))
    return found


def kin_ids(user: User) -> frozenset[int]:
    """Return the ids of a person's declared close kin."""
    member_id = powers_of(user).member_id
    return permissions.kin_of(member_id) if member_id else frozenset()


def subject_condition(user: User) -> Q:
    """Return the condition on subjects that they are a person, or a unit that the person heads."""
    powers = powers_of(user)
    theirs = Q(member_id=powers.member_id) if powers.member_id else Q(pk__in=())
    return theirs | Q(unit__in=permissions.headed_by(powers))


def known(user: User) -> CheckQuerySet:
    """Return the checks that a person may know of: of those on close kin only where the person is a subject too."""
    rows: CheckQuerySet = Check.objects.filter(pk__in=permissions.checks_for(user).values("pk"))
    if kin := kin_ids(user):
        own = Subject.objects.filter(subject_condition(user)).values("of_check")
        close = Subject.objects.filter(member_id__in=kin).values("of_check")
        rows = rows.filter(~Q(pk__in=close) | Q(pk__in=own))
    return rows


def checks(user: User, unit: Unit, on: date, filters: Filters) -> CheckQuerySet:
    """Return the checks opened by a day in a unit or below it, and those on the person, the latest first.

    Each has ``state_on`` that day, and ``next_title`` and ``next_due`` of the first step open then.
    """
    near = Q(unit__in=Unit.objects.under(unit.pk, on).values("pk"))
    own = Subject.objects.filter(subject_condition(user)).values("of_check")
    rows = known(user).filter(near | Q(pk__in=own), opened_on__lte=on)
    if filters.loai:
        rows = rows.filter(kind=filters.loai)
    if filters.nam:
        rows = rows.filter(opened_on__year=int(filters.nam))
    if filters.trang_thai:
        rows = rows.filter(_IN_STATE[filters.trang_thai](on))
    subjects = Prefetch("subjects", Subject.objects.select_related("unit", "member"))
    return (
        check_days.with_state(rows, on)
        .select_related("unit")
        .prefetch_related(subjects)
        .order_by("-opened_on", "-pk")
    )


def own_ids(user: User, rows: Iterable[Check]) -> frozenset[int]:
    """Return which of some checks look at a person, or at a unit that the person heads. One query."""
    found = Subject.objects.filter(subject_condition(user), of_check__in=[one.pk for one in rows])
    return frozenset(found.values_list("of_check_id", flat=True))


def years(user: User) -> list[int]:
    """Return the years in which a person knows of checks, the latest first. One query."""
    return [day.year for day in known(user).dates("opened_on", "year", order="DESC")]


# --- one check ------------------------------------------------------------------------------------------------------
def check_for(user: User, pk: int) -> Check:
    """Return a check with all that is read on its page. Raises Missing unless the person may read it whole.

    Whoever is its subject, or close kin of one, may not: their own share is `subjects.subject_view`.
    """
    rows = permissions.checks_for(user).select_related(
        "unit", "dossier", "item__programme", "after", "follower"
    )
    found: Check | None = (
        rows.filter(pk=pk)
        .prefetch_related(
            Prefetch("subjects", Subject.objects.select_related("unit", "member", "heard_by")),
            Prefetch("team", TeamMember.objects.select_related("member")),
            "minutes",
        )
        .first()
    )
    if found is None or not reads_check(user, found):
        raise Missing
    return found


def check_to_write(user: User, pk: int) -> Check:
    """Return a check to whoever may write in it. Raises Missing."""
    found = check_for(user, pk)
    if not permissions.works_on(user, found):
        raise Missing
    return found


def minutes_for(user: User, pk: int) -> Minutes:
    """Return minutes to whoever may read the check they are of. Raises Missing."""
    found = Minutes.objects.filter(pk=pk).first()
    if found is None:
        raise Missing
    found.of_check = check_for(user, found.of_check_id)
    return found


def check_of(user: User, pk: int) -> Check | None:
    """Return a check that another goes on from, where the person may write in it."""
    found = Check.objects.filter(pk=pk).select_related("unit").first()
    return found if found and permissions.works_on(user, found) else None


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next in a check: a verb of the trade and its page; with no page, what is waited for."""

    label: str
    url: str = ""


#: What is written first, by what the step needs: the words, the page, and whether it is of a subject.
_FIRST = {
    "self_report": (gettext_lazy("Ghi báo cáo tự kiểm tra"), "oversight:self-report"),
    "hearing": (gettext_lazy("Ghi buổi nghe đối tượng"), "oversight:hear"),
    "delivery": (gettext_lazy("Ghi việc giao kết luận"), "oversight:deliver"),
    "report": (gettext_lazy("Ghi báo cáo của đoàn"), "oversight:report"),
    "conclusion": (gettext_lazy("Kết luận"), "oversight:conclude"),
}
_DONE_BY = {
    "self_report": lambda one: bool(one.report),
    "hearing": lambda one: bool(one.said or one.not_heard_because),
    "delivery": lambda one: one.delivered_on is not None,
}


def next_of(user: User, check: Check, line: Line | None, facts: frozenset[str]) -> Next | None:
    """Return what comes next in a check for who writes in it; ``line`` is its first open step, None without one."""
    if line is None:
        return None
    needs = line.planned.needs
    if needs == "launch" and needs not in facts:
        return Next(_("Ghi biên bản công bố"), _minutes_page(check, Minutes.Kind.LAUNCH))
    if needs and needs not in facts:
        return _write_first(user, check, needs)
    for paper in line.lacking:
        if paper.drawn == "minutes":
            return Next(_("Ghi: %(paper)s") % {"paper": paper.title}, _minutes_page(check, paper.key))
        label = _("Nộp: %(paper)s") % {"paper": paper.title}
        return Next(label, reverse("oversight:paper", args=[paper.pk]))
    return Next(_("Ghi bước xong"), reverse("oversight:step-finish", args=[line.step.pk]))


def _minutes_page(check: Check, kind: str) -> str:
    return f"{reverse('oversight:minutes-new', args=[check.pk])}?loai={kind}"


def _write_first(user: User, check: Check, needs: str) -> Next | None:
    if needs not in _FIRST:
        return Next(_("Sửa đoàn"), reverse("oversight:team", args=[check.pk]))
    label, page = _FIRST[needs]
    if needs in _DONE_BY:
        waiting = next((one for one in check.subjects.all() if not _DONE_BY[needs](one)), None)
        if waiting is None:
            return None
        return Next(f"{label}: {waiting}", reverse(page, args=[waiting.pk]))
    if needs == "conclusion" and not permissions.approves(user, check.unit_id, check.body):
        return Next(_("Chờ người có thẩm quyền kết luận."))
    return Next(str(label), reverse(page, args=[check.pk]))


# --- for the rooms and parts above -----------------------------------------------------------------------------------
def concluded(unit_ids: Collection[int], start: date, end: date) -> CheckQuerySet:
    """Return the checks of some units that were concluded from ``start`` up to but not including ``end``."""
    rows: CheckQuerySet = Check.objects.filter(
        unit__in=unit_ids, concluded_on__gte=start, concluded_on__lt=end
    )
    return rows


def looked_at(cells: Collection[int], on: date) -> Mapping[int, date]:
    """Return the last day, by a day, on which a check of each cell was concluded; cells never looked at are absent."""
    rows = Subject.objects.filter(unit__in=cells, of_check__concluded_on__lte=on)
    return dict(rows.values_list("unit_id").annotate(last=Max("of_check__concluded_on")))


# --- opening --------------------------------------------------------------------------------------------------------
def item_for(user: User, pk: int) -> ProgrammeItem:
    """Return an item of an issued programme that may be opened as a check, to who runs oversight there.

    Raises Missing, as for regular supervision, which is assigned and not opened.
    """
    rows = _to_open().filter(pk=pk)
    found: ProgrammeItem | None = rows.select_related("programme__unit").first()
    if found is None or found.programme.unit_id not in permissions.run_by(user):
        raise Missing
    return found


def items_to_open(user: User, unit: Unit) -> list[ProgrammeItem]:
    """Return what a unit's issued programmes plan and nobody has opened yet, the first to end first."""
    if unit.pk not in permissions.run_by(user):
        return []
    rows = _to_open().filter(programme__unit=unit)
    return list(rows.select_related("programme").prefetch_related("subjects__unit").order_by("ends_on", "pk"))


def _to_open() -> QuerySet[ProgrammeItem]:
    """Return what issued programmes plan and nobody has opened, or opened and stopped."""
    opened = Check.objects.not_stopped().filter(item=OuterRef("pk"))
    rows = ProgrammeItem.objects.standing().filter(programme__state="approved", kind__in=PROCEDURES)
    found: QuerySet[ProgrammeItem] = rows.filter(~Exists(opened))
    return found


def to_choose_for(check: Check, on: date) -> list[Member]:
    """Return who can hear, follow or join in a check on a day: never a subject or the close kin of one."""
    concerned = {one.member_id for one in check.subjects.all() if one.member_id}
    for pk in tuple(concerned):
        concerned |= permissions.kin_of(pk)
    team = [one.member for one in check.team.all() if one.left_on is None]
    people = {one.pk: one for one in [*team, *choosing.inspectors(check.unit, on)]}
    return [one for key, one in people.items() if key not in concerned]
