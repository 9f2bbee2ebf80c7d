"""Reading discipline cases: the list, one case whole, the subject's own share, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.audit.models import Entry
from hatnhan.ballots.models import Ballot
from hatnhan.core.errors import Missing
from hatnhan.core.filters import AddressFilters, Chip
from hatnhan.organization.models import Unit
from hatnhan.organization.powers import powers_of
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Case, CaseHandler, Decision, Hearing
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.selectors import matter_days
from hatnhan.oversight.selectors.case_facts import FORM, WHETHER
from hatnhan.oversight.selectors.check_days import first_open_steps
from hatnhan.oversight.selectors.steps import reads

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import QueryDict

    from hatnhan.accounts.models import User
    from hatnhan.oversight.models.discipline import CaseQuerySet
    from hatnhan.oversight.selectors.case_facts import Standing
    from hatnhan.oversight.selectors.steps import Line

PER_PAGE = 25
#: So many readings stand on a page.
SHOWN = 30
ENDED = (Case.State.DECIDED, Case.State.DROPPED)
STATES = {
    "dang-xet": gettext_lazy("Đang xem xét"),
    "da-quyet-dinh": gettext_lazy("Đã quyết định kỷ luật"),
    "khong-ky-luat": gettext_lazy("Không kỷ luật"),
}


@dataclass(frozen=True, slots=True)
class Filters(AddressFilters):
    """State (a key of STATES) and year of the opening; "" for any."""

    trang_thai: str = ""
    nam: str = ""


def read(query: QueryDict) -> Filters:
    """Return the filter that an address asks for; what it does not know is left out."""
    state, year = query.get("trang_thai", ""), query.get("nam", "")
    return Filters(
        state if state in STATES else "", year if year.isdecimal() and len(year) == len("2017") else ""
    )


def chips(filters: Filters) -> list[Chip]:
    """Return the conditions of a filter in words."""
    found = []
    if filters.trang_thai:
        found.append(Chip(str(STATES[filters.trang_thai]), ("trang_thai",)))
    if filters.nam:
        found.append(Chip(_("Năm %(year)s") % {"year": filters.nam}, ("nam",)))
    return found


# --- the list --------------------------------------------------------------------------------------------------------
def subject_condition(user: User) -> Q:
    """Return the condition that a case is about a person, or about a unit that the person heads."""
    powers = powers_of(user)
    theirs = Q(member_id=powers.member_id) if powers.member_id else Q(pk__in=())
    return theirs | Q(organisation__in=permissions.headed_by(powers))


def known(user: User) -> CaseQuerySet:
    """Return the cases that a person may know of; none about close kin."""
    member_id = powers_of(user).member_id
    kin = permissions.kin_of(member_id) if member_id else frozenset()
    rows: CaseQuerySet = Case.objects.filter(pk__in=permissions.cases_for(user).values("pk"))
    return rows.exclude(member_id__in=kin) if kin else rows


def cases(user: User, unit: Unit, on: date, filters: Filters) -> CaseQuerySet:
    """Return the cases opened by a day in a unit or below it, and those about the person, the latest first.

    Each has ``state_on`` that day (`matter_days`) and ``next_due``, the last day of the first step open then. The rows
    name nobody: whom a case is about stands on its own page, where the reading is recorded.
    """
    near = Q(unit__in=Unit.objects.under(unit.pk, on).values("pk"))
    rows = known(user).filter(near | subject_condition(user), opened_on__lte=on)
    if filters.nam:
        rows = rows.filter(opened_on__year=int(filters.nam))
    if filters.trang_thai == "dang-xet":
        rows = rows.exclude(matter_days.closed(on))
    elif filters.trang_thai:
        wanted = Case.State.DECIDED if filters.trang_thai == "da-quyet-dinh" else Case.State.DROPPED
        rows = rows.filter(matter_days.closed(on), state=wanted)
    first_due = Subquery(first_open_steps(on).values("due")[:1])
    found: CaseQuerySet = (
        matter_days.cases_with_state(rows.annotate(next_due=first_due), on)
        .select_related("unit", "deciding_unit")
        .order_by("-opened_on", "-pk")
    )
    return found


def own_ids(user: User, rows: Iterable[Case]) -> frozenset[int]:
    """Return which of some cases are about a person, or about a unit that the person heads. One query."""
    found = Case.objects.filter(subject_condition(user), pk__in=[one.pk for one in rows])
    return frozenset(found.values_list("pk", flat=True))


def years(user: User) -> list[int]:
    """Return the years in which a person knows of cases, the latest first. One query."""
    return [day.year for day in known(user).dates("opened_on", "year", order="DESC")]


def postponed(on: date) -> Q:
    """Return the condition that a case is not to be considered on a day (`case_facts.is_postponed`)."""
    return Q(postponed_since__lte=on) & (Q(postponed_until=None) | Q(postponed_until__gt=on))


# --- one case --------------------------------------------------------------------------------------------------------
def _with_parts(rows: CaseQuerySet) -> CaseQuerySet:
    found: CaseQuerySet = rows.select_related(
        "unit", "deciding_unit", "member", "organisation", "dossier", "of_check"
    ).prefetch_related(
        "acts",
        Prefetch("handlers", CaseHandler.objects.select_related("member")),
        Prefetch("hearings", Hearing.objects.select_related("heard_by", "unit")),
        Prefetch("decisions", Decision.objects.order_by("signed_on", "pk")),
    )
    return found


def case_for(user: User, pk: int) -> Case:
    """Return a case with all that is read on its page. Raises Missing unless the person may read it whole.

    Its subject may not, nor the subject's kin: the subject's own share is `subject_view`.
    """
    found = _with_parts(Case.objects.filter(pk=pk)).first()
    if found is None or not reads(user, found):
        raise Missing
    return found


def case_to_write(user: User, pk: int) -> Case:
    """Return a running case to whoever has it in hand. Raises Missing."""
    found = case_for(user, pk)
    if found.state in ENDED or not permissions.handles(user, found):
        raise Missing
    return found


def subject_view(user: User, pk: int) -> Case:
    """Return a case to the member it is about, or to the head of the organisation. Raises Missing for all others.

    What the subject's page shows of it is the subject's by right; the file is not among it.
    """
    found = _with_parts(Case.objects.filter(subject_condition(user), pk=pk)).first()
    if found is None or powers_of(user).member_id is None:
        raise Missing
    return found


def decision_of(case: Case) -> Decision | None:
    """Return the decision that stands, or the last there was."""
    rows = list(case.decisions.all())
    standing = [one for one in rows if one.state in {Decision.State.IN_FORCE, Decision.State.ENDED}]
    return (standing or rows)[-1] if rows else None


def readings_of(case: Case) -> list[Entry]:
    """Return who opened a case, the latest first. One query."""
    rows = Entry.objects.filter(
        action=Action.READ_CASE, object_type=case._meta.label_lower, object_id=str(case.pk)
    )
    return list(rows.order_by("-at", "-pk")[:SHOWN])


# --- what comes next -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Next:
    """What comes next: a verb of the trade and its page; with no page, what is waited for."""

    label: str
    url: str = ""


def next_of(
    user: User, case: Case, standing: Standing, line: Line | None, facts: frozenset[str]
) -> Next | None:
    """Return the one thing that comes next for who has a case in hand; ``line``: the first open step of its file."""
    if standing.facts.postponed:
        return Next(_("Tạm chưa xem xét"))
    if line is None or (line.planned.needs and line.planned.needs not in facts):
        return of_state(user, case, standing)
    for paper in line.lacking:
        label = _("Nộp: %(paper)s") % {"paper": paper.title}
        return Next(label, reverse("oversight:paper", args=[paper.pk]))
    return Next(_("Ghi bước xong"), reverse("oversight:step-finish", args=[line.step.pk]))


def _page(name: str, case: Case) -> str:
    return reverse(f"oversight:{name}", args=[case.pk])


def of_state(user: User, case: Case, standing: Standing) -> Next | None:
    """Return what moves a case on from its state, however far its file is."""
    if case.state in {Case.State.HEARD, Case.State.AGREED}:
        return _of_round(user, case, standing, WHETHER if case.state == Case.State.HEARD else FORM)
    if case.state == Case.State.FORMED:
        return _of_form(case, standing)
    decision = decision_of(case)
    if case.state == Case.State.DECIDED and decision is not None:
        return Next(_("Công bố, trao quyết định"), reverse("oversight:decision", args=[decision.pk]))
    first = {
        Case.State.OPENED: Next(_("Ghi bản tự kiểm điểm"), _page("self-review", case)),
        Case.State.REVIEWED: Next(_("Ghi buổi nghe trình bày"), _page("case-hear", case)),
    }
    return first.get(Case.State(case.state))


def _of_round(user: User, case: Case, standing: Standing, number: int) -> Next:
    found = standing.round(number)
    if found is None:
        words = _("Lập phiếu vòng 1") if number == WHETHER else _("Lập phiếu vòng 2")
        return Next(words, _page("case-round", case))
    if found.ballot.state == Ballot.State.CLOSED:
        return Next(_("Ghi kết quả bỏ phiếu"), _page("case-result", case))
    if Ballot.objects.visible_to(user).filter(pk=found.ballot_id).exists():
        return Next(_("Đến cuộc bỏ phiếu"), reverse("ballots:ballot", args=[found.ballot_id]))
    return Next(_("Chờ bỏ phiếu, kiểm phiếu"))


def _of_form(case: Case, standing: Standing) -> Next:
    if not standing.facts.decides:
        return Next(_("Đề nghị cấp trên"), _page("case-propose", case))
    if standing.facts.lapsed:
        return Next(_("Kết thúc: hết thời hiệu"), _page("case-drop", case))
    return Next(_("Ra quyết định kỷ luật"), _page("case-decide", case))
