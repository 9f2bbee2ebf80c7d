"""Reading decisions to discipline: which stand on a day, one as its file shows it, what is to be made good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from hatnhan.core.errors import Missing
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Decision, Restoration
from hatnhan.oversight.rules import complaints as rules
from hatnhan.oversight.selectors import complaint_places as places
from hatnhan.oversight.selectors.law import discipline_of, form_title
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics.oversight import Complaints, Discipline

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.oversight.models import Complaint
    from hatnhan.rulebook.topics.oversight import DisciplineForm
    from hatnhan.rulebook.types import Rule

_WITH = ("case__member", "case__organisation", "case__unit", "unit", "instead_of", "changed_into")


def standing(on: date) -> QuerySet[Decision]:
    """Return the decisions that had effect on a day, from their days: whether anybody wrote their end or not."""
    ended = Q(ends_on__lte=on)
    gone = Q(state__in=(Decision.State.CHANGED, Decision.State.ANNULLED), state_since__lte=on)
    return Decision.objects.filter(effective_on__lte=on).exclude(ended).exclude(gone)


def has_effect(decision: Decision, on: date) -> bool:
    """Tell of one decision what `standing` tells of all. No query."""
    gone = decision.state in (Decision.State.CHANGED, Decision.State.ANNULLED)
    if gone and decision.state_since is not None and decision.state_since <= on:
        return False
    return decision.effective_on <= on and (decision.ends_on is None or on < decision.ends_on)


def forms_open(decision: Decision) -> list[DisciplineForm]:
    """Return the forms to which a complaint may change a decision, by its own rule: the milder ones.

    A harder one is imposed on nobody without being heard on it and two secret votes: that takes a case of its own.
    """
    against = decision.case.standing
    forms = resolver.of_version(Discipline, decision.rule_version).value.forms
    now = next((one.severity for one in forms if one.key == decision.form), 0)
    return [
        one
        for one in forms
        if one.severity < now and getattr(one, against) == "yes" and one.committee == "decides"
    ]


def decisions_for(user: User) -> QuerySet[Decision]:
    """Return the decisions that a person may read: of cases in hand, of complaints to settle, the own ones."""
    powers = powers_of(user)
    if powers.member_id is None:
        return Decision.objects.none()
    own = Q(case__member_id=powers.member_id) | Q(case__organisation__in=permissions.headed_by(powers))
    # A column that may be empty is not "not in": a case against an organisation is about nobody's kin.
    kin = Q(case__member__isnull=False, case__member_id__in=permissions.kin_of(powers.member_id))
    reads = Q(case__in=permissions.cases_for(user).values("pk"))
    reads |= Q(complaints__in=permissions.complaints_for(user).values("pk"))
    rows = Decision.objects.filter(own | reads & ~kin)
    return rows.select_related(*_WITH).distinct()


def decision_for(user: User, pk: int) -> Decision:
    """Return a decision that a person may read. Raises Missing."""
    found = decisions_for(user).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def restoration_for(user: User, pk: int) -> Restoration:
    """Return what is to be made good, to whoever may write that it was done. Raises Missing."""
    rows = Restoration.objects.select_related(
        "decision__case__member", "decision__unit", "denunciation__unit", "denunciation__about_member"
    )
    found = rows.filter(pk=pk).first()
    if found is None or not permissions.may_restore(user, found):
        raise Missing
    return found


@dataclass(frozen=True, slots=True)
class File:
    """One decision as its page shows it."""

    decision: Decision
    form: str
    rule: Rule[Discipline]
    complaint_rule: Rule[Complaints]
    complain_to: str
    complaints: list[Complaint]
    restorations: list[Restoration]
    own: bool
    handles: bool
    has_effect: bool
    #: Whether a complaint that comes on the day would be in time.
    in_time: bool

    @property
    def running(self) -> bool:
        """Whether a complaint of it is being settled."""
        return any(one.state in places.OPEN for one in self.complaints)

    @property
    def complainable(self) -> bool:
        """Whether a complaint of it may be entered now; one that comes late is entered too."""
        standing_states = (Decision.State.IN_FORCE, Decision.State.ENDED)
        return self.decision.state in standing_states and not self.running

    @property
    def first_undone(self) -> int:
        """The id of what is to be made good next, 0 for nothing."""
        return next((one.pk for one in self.restorations if one.done_on is None), 0)

    def next_step(self, on: date) -> str:
        """Return what whoever has the case in hand writes next: announce, hand-over, end, or ""."""
        one = self.decision
        if not self.handles or one.state != Decision.State.IN_FORCE:
            return ""
        if one.announced_on is None:
            return "announce"
        if one.handed_on is None:
            return "hand-over"
        return "end" if one.ends_on is not None and one.ends_on <= on and not self.running else ""


def file_of(user: User, decision: Decision, on: date) -> File:
    """Return one decision with everything that stands on its page."""
    case = decision.case
    rule = (
        resolver.of_version(Complaints, decision.complaint_version)
        if decision.complaint_version
        else law_for(Complaints, on, decision.unit)
    )
    return File(
        decision=decision,
        form=form_title(case, decision.form),
        rule=discipline_of(case),
        complaint_rule=rule,
        complain_to=places.usual_words(decision, on),
        complaints=list(decision.complaints.select_related("unit", "handler")),
        restorations=list(decision.restorations.all()),
        own=permissions.is_case_subject(user, case),
        handles=permissions.handles(user, case),
        has_effect=has_effect(decision, on),
        in_time=not rules.is_late(on, decision.complain_by),
    )
