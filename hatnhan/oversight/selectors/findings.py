"""Reading findings. All but the team's own sheet speak of concluded checks only.

Whoever a check looks at, in person or as head, and their declared close kin, see only the subject's own share.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from hatnhan.core import vietnamese
from hatnhan.core.errors import Missing
from hatnhan.core.filters import AddressFilters, Chip
from hatnhan.organization.models import Body, Level, Unit
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.bodies import seats
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Check, Finding, Remedy, Subject, TeamMember
from hatnhan.oversight.selectors import choosing, remedy_days
from hatnhan.oversight.selectors.checks import kin_ids, subject_condition

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet
    from django.http import QueryDict

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Member

KINDS = dict(Finding.Kind.choices)
STATES = dict(Remedy.State.choices)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OnTime:
    """Of the remedies due in a period: how many, and how many were put right by their last day and verified since."""

    due: int
    on_time: int


def concluded(unit_ids: Collection[int], start: date, end: date) -> QuerySet[Finding]:
    """Return the findings of checks of some units that were concluded in a period (``end`` exclusive)."""
    return Finding.objects.filter(
        of_check__unit__in=unit_ids, of_check__concluded_on__gte=start, of_check__concluded_on__lt=end
    )


def unremedied(units: Unit | Collection[int], on: date) -> QuerySet[Finding]:
    """Return the shortcomings concluded by a day in checks of some units that nobody had verified as put right by then.

    ``units``: one unit, or ids. Check, subject and remedy come along.
    """
    ids = units if isinstance(units, (set, frozenset, list, tuple)) else [units.pk]  # type: ignore[union-attr]
    found = Finding.objects.filter(
        kind=Finding.Kind.SHORTCOMING, of_check__unit__in=ids, of_check__concluded_on__lte=on
    )
    verified = Q(remedy__state=Remedy.State.VERIFIED, remedy__verified_on__lte=on)
    return found.exclude(verified).select_related(
        "of_check__unit", "subject__unit", "subject__member", "remedy"
    )


def of_member(member: Member, year: int) -> QuerySet[Finding]:
    """Return what checks concluded of a member in a year, for the yearly review."""
    return _of_year(year).filter(subject__member=member)


def of_unit(unit: Unit, year: int) -> QuerySet[Finding]:
    """Return what checks concluded of a unit in a year, for the yearly review."""
    return _of_year(year).filter(subject__unit=unit)


def by_topic(unit_ids: Collection[int], start: date, end: date) -> dict[tuple[str, str], int]:
    """Return how many findings were concluded in a period (``end`` exclusive), by topic and kind. One query."""
    rows = concluded(unit_ids, start, end).order_by().values_list("topic", "kind").annotate(n=Count("pk"))
    return {(topic, kind): number for topic, kind, number in rows}


def due_in(unit_ids: Collection[int], start: date, end: date) -> QuerySet[Remedy]:
    """Return the remedies given by some units whose last day lies in a period (``end`` exclusive)."""
    return Remedy.objects.filter(finding__of_check__unit__in=unit_ids, due__gte=start, due__lt=end)


def put_right_on_time(on: date) -> Q:
    """Return the condition that a remedy was reported by its last day, and that report verified by a day."""
    return Q(state=Remedy.State.VERIFIED, verified_on__lte=on, reported_on__lte=F("due"))


def judged(unit_ids: Collection[int], start: date, end: date, on: date) -> QuerySet[Remedy]:
    """Return the remedies of `due_in` that count on a day: whose last day is over, or that are verified already."""
    over = Q(due__lt=on) | Q(state=Remedy.State.VERIFIED, verified_on__lte=on)
    return due_in(unit_ids, start, end).filter(over)


def remedies_on_time(unit_ids: Collection[int], start: date, end: date, on: date) -> OnTime:
    """Return how many remedies had their last day in a period and, of these, were put right in time. One query.

    Those whose last day is not over on ``on`` do not count yet, unless they are verified already.
    """
    found = judged(unit_ids, start, end, on)
    counts = found.aggregate(all_due=Count("pk"), on_time=Count("pk", filter=put_right_on_time(on)))
    return OnTime(counts["all_due"], counts["on_time"])


def _of_year(year: int) -> QuerySet[Finding]:
    rows = Finding.objects.filter(of_check__concluded_on__year=year)
    return rows.select_related("of_check", "subject", "remedy")


# --- who sees what ---------------------------------------------------------------------------------------------------
def concerning(user: User) -> QuerySet[Subject, int]:
    """Return the ids of the checks in which a person is a subject, in person, as head or as close kin."""
    theirs = subject_condition(user) | Q(member_id__in=kin_ids(user))
    return Subject.objects.filter(theirs).values_list("of_check_id", flat=True)


def findings_for(user: User) -> QuerySet[Finding]:
    """Return the findings of concluded checks that a person may know of: the own share, and others' by duty."""
    own = Subject.objects.filter(subject_condition(user)).values("pk")
    others = Q(of_check__in=permissions.checks_for(user).values("pk")) & ~Q(of_check__in=concerning(user))
    rows = Finding.objects.filter(Q(subject__in=own) | others, of_check__concluded_on__isnull=False)
    return rows.select_related(*_WITH)


def finding_for(user: User, pk: int) -> Finding:
    """Return a finding that a person may still write. Raises Missing."""
    rows = Finding.objects.select_related(*_WITH, "verifier")
    found = rows.filter(pk=pk, of_check__in=permissions.checks_for(user).values("pk")).first()
    if found is None or not permissions.works_on(user, found.of_check):
        raise Missing
    return found


def subject_for(user: User, pk: int) -> Subject:
    """Return a subject of whom a person may write findings. Raises Missing."""
    rows = Subject.objects.select_related("of_check__unit", "unit", "member")
    found = rows.filter(pk=pk, of_check__in=permissions.checks_for(user).values("pk")).first()
    if found is None or not permissions.works_on(user, found.of_check):
        raise Missing
    return found


_WITH = ("of_check__unit", "subject__unit", "subject__member", "remedy")


@dataclass(frozen=True, slots=True)
class WorkedOn:
    """In which checks a person works, for telling of many at once; as `permissions.works_on` of one."""

    member_id: int | None
    teams: frozenset[int]
    run: frozenset[int]
    chaired: frozenset[int]

    def __contains__(self, check: Check) -> bool:
        if check.pk in self.teams:
            return True
        return check.unit_id in (self.chaired if check.kind == "denunciation" else self.run)


def worked_on(user: User) -> WorkedOn:
    """Return in which checks a person works, of those that do not concern the person (`concerning`)."""
    member_id = powers_of(user).member_id
    if member_id is None:
        return WorkedOn(None, frozenset(), frozenset(), frozenset())
    teams = TeamMember.objects.filter(member_id=member_id, left_on=None).values_list("of_check_id", flat=True)
    return WorkedOn(member_id, frozenset(teams), permissions.run_by(user), permissions.chaired_by(user))


# --- on the page of a check ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Line:
    """A finding with its topic in words."""

    finding: Finding
    topic: str

    @property
    def remedy(self) -> Remedy | None:
        """What became of it, once concluded."""
        return getattr(self.finding, "remedy", None)


@dataclass(frozen=True, slots=True)
class OfSubject:
    """What was found of one subject."""

    subject: Subject
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a check found, subject by subject; ``writes``: the person may still add and correct."""

    subjects: list[OfSubject]
    writes: bool


def sheet(check: Check, *, works: bool) -> Sheet:
    """Return what a check found of all its subjects, for oversight/findings/of_check.html.

    Vouched: the page asked who may read the check, that the person is no subject of it, and whether the person
    ``works`` on it; it fetched the subjects. One query and the law.
    """
    writes = works and check.concluded_on is None and check.stopped_on is None
    return Sheet(_by_subject(check, check.subjects.all()), writes)


def own_sheet(subject: Subject) -> Sheet:
    """Return what was concluded of one subject, for the subject's own page; nothing before the conclusion."""
    check = subject.of_check
    subjects = [] if check.concluded_on is None else [subject]
    return Sheet(_by_subject(check, subjects), writes=False)


def _by_subject(check: Check, subjects: Collection[Subject] | QuerySet[Subject]) -> list[OfSubject]:
    rows = [OfSubject(one) for one in subjects]
    if not rows:
        return []
    by_id = {one.subject.pk: one for one in rows}
    words = choosing.topic_words(check.unit, check.concluded_on or check.opened_on)
    found = Finding.objects.filter(subject__in=by_id).select_related(
        "remedy", "remedy__verified_by", "verifier"
    )
    for one in found.order_by("pk"):
        by_id[one.subject_id].lines.append(Line(one, words.get(one.topic, one.topic)))
    return rows


def verifiers(check: Check, on: date) -> list[Member]:
    """Return who can be named to look whether a shortcoming was put right: the team, the inspection committee."""
    team = [one.member for one in check.team.filter(left_on=None).select_related("member")]
    body = Body.MEMBERS if check.unit.is_cell else Body.INSPECTION
    return list(dict.fromkeys([*team, *(seat.member for seat in seats(check.unit, body, on))]))


# --- the list --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Filters(AddressFilters):
    """The filter of the list. ``tu`` and ``den`` are inclusive days of conclusion; ``chi_bo`` the code of a subject."""

    linh_vuc: str = ""
    loai: str = ""
    chi_bo: str = ""
    khac_phuc: str = ""
    tu: date | None = None
    den: date | None = None


def read(query: QueryDict) -> Filters:
    """Return the filter that an address asks for: values it does not know are passed over."""
    kind, state = query.get("loai", ""), query.get("khac_phuc", "")
    return Filters(
        linh_vuc=query.get("linh_vuc", "").strip()[:20],
        loai=kind if kind in KINDS else "",
        chi_bo=query.get("chi_bo", "").strip()[:60],
        khac_phuc=state if state in STATES else "",
        tu=day_asked(query.get("tu", "")),
        den=day_asked(query.get("den", "")),
    )


def day_asked(text: str) -> date | None:
    """Return a day of an address, written 2018-05-11 or 11/5/2018; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return vietnamese.parse_day(text)
    except vietnamese.DayError:
        return None


def chips(filters: Filters, topics: Mapping[str, str], units: Mapping[str, str]) -> list[Chip]:
    """Return the conditions in words."""
    found: list[Chip] = []
    if filters.linh_vuc:
        found.append(Chip(topics.get(filters.linh_vuc, filters.linh_vuc), ("linh_vuc",)))
    if filters.loai:
        found.append(Chip(str(KINDS[filters.loai]), ("loai",)))
    if filters.chi_bo:
        found.append(Chip(units.get(filters.chi_bo, filters.chi_bo), ("chi_bo",)))
    if filters.khac_phuc:
        found.append(Chip(str(STATES[filters.khac_phuc]), ("khac_phuc",)))
    if filters.tu:
        found.append(Chip(_("Kết luận từ %(day)s") % {"day": vietnamese.day(filters.tu)}, ("tu",)))
    if filters.den:
        found.append(Chip(_("Kết luận đến %(day)s") % {"day": vietnamese.day(filters.den)}, ("den",)))
    return found


def listed(user: User, unit: Unit, on: date, filters: Filters) -> QuerySet[Finding]:
    """Return the findings that a person may know of, of a unit and those below it, concluded by a day, latest first."""
    under = Unit.objects.under(unit.pk, on).values("pk")
    near = Q(of_check__unit__in=under) | Q(subject__unit__in=under)
    if not permissions.run_by(user) and powers_of(user).member_id:
        near |= Q(subject__member_id=powers_of(user).member_id)
    exact = {
        "topic": filters.linh_vuc,
        "kind": filters.loai,
        "subject__unit__code": filters.chi_bo,
    }
    asked = {name: value for name, value in exact.items() if value}
    rows = findings_for(user).filter(near, of_check__concluded_on__lte=on, **asked)
    if filters.khac_phuc:
        stood = Remedy.objects.filter(remedy_days.IN_STATE[filters.khac_phuc](on))
        rows = rows.filter(remedy__in=stood.values("pk"))
    if filters.tu:
        rows = rows.filter(of_check__concluded_on__gte=filters.tu)
    if filters.den:
        rows = rows.filter(of_check__concluded_on__lt=filters.den + _ONE_DAY)
    return rows.order_by("-of_check__concluded_on", "of_check", "pk")


@dataclass(frozen=True, slots=True)
class Row:
    """A finding as the list shows it."""

    finding: Finding
    topic: str
    own: bool
    #: How its remedy stood on the day looked at, in words; "" for none.
    state: str

    @property
    def shows_text(self) -> bool:
        """Whether the words of the finding stand in the list."""
        return self.own or self.finding.subject.member_id is None

    @property
    def remedy(self) -> Remedy | None:
        """What became of it."""
        return getattr(self.finding, "remedy", None)


def rows_of(user: User, found: Iterable[Finding], topics: Mapping[str, str], on: date) -> list[Row]:
    """Return findings as the list of a day shows them. No query of their own."""
    powers = powers_of(user)
    headed = permissions.headed_by(powers)
    return [
        Row(
            one,
            topics.get(one.topic, one.topic),
            own=one.subject.member_id == powers.member_id
            if one.subject.member_id
            else one.subject.unit_id in headed,
            state=_state_words(one, on),
        )
        for one in found
    ]


def _state_words(finding: Finding, on: date) -> str:
    remedy: Remedy | None = getattr(finding, "remedy", None)
    return str(Remedy.State(remedy_days.state_on(remedy, on)).label) if remedy is not None else ""


def unit_choices(unit: Unit, on: date) -> dict[str, str]:
    """Return the cells below a unit by code, for the filter; none in a cell."""
    if unit.is_cell:
        return {}
    rows = Unit.objects.under(unit.pk, on).filter(level=Level.CELL).order_by("name")
    return dict(rows.values_list("code", "name"))
