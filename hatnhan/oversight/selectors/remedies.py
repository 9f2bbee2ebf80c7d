"""Reading remedies: the list by what they wait for, one of them, what a person may do about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.assignments.origins import Origin
from hatnhan.core.errors import Missing
from hatnhan.organization.models import Unit
from hatnhan.organization.powers import powers_of
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Remedy
from hatnhan.oversight.selectors import choosing, findings, remedy_days

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User

_STATES = Remedy.State
PARTS = {
    "con": gettext_lazy("Chưa xong"),
    "cho": gettext_lazy("Chờ xác nhận"),
    "tre": gettext_lazy("Quá hạn"),
    "xong": gettext_lazy("Đã xác nhận"),
}
_WITH = ("task", "finding__verifier", "finding__of_check__unit", "finding__subject__unit")


@dataclass(frozen=True, slots=True)
class Row:
    """A remedy as a list shows it: its topic, how it stands on a day, the one step the person can take.

    The words of a finding on a person stand on the check's page alone, where reading them is recorded; here only for
    whoever it is about. ``own``: it is the person's to do.
    """

    remedy: Remedy
    topic: str
    own: bool
    late: bool
    state: str
    reports: bool
    verifies: bool

    @property
    def shows_text(self) -> bool:
        """Whether the words of the finding stand in the list."""
        return self.own or self.remedy.finding.subject.member_id is None


def remedies_for(user: User) -> QuerySet[Remedy]:
    """Return the remedies that a person may know of: the own, those the person is named to verify, others' by duty."""
    seen = findings.findings_for(user).values("pk")
    member_id = powers_of(user).member_id
    named = Q(finding__verifier_id=member_id) if member_id else Q(pk__in=())
    concerned = Q(finding__of_check__in=findings.concerning(user))
    rows = Remedy.objects.filter(Q(finding__in=seen) | named & ~concerned)
    return rows.select_related(*_WITH, "finding__subject__member", "remedied_by", "verified_by")


def remedy_for(user: User, pk: int) -> Remedy:
    """Return a remedy that a person may know of. Raises Missing."""
    found = remedies_for(user).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def listed(user: User, unit: Unit, on: date, part: str = "") -> QuerySet[Remedy]:
    """Return the remedies of a unit's checks, of those below it and of these as subjects, given by a day."""
    under = Unit.objects.under(unit.pk, on).values("pk")
    near = Q(finding__of_check__unit__in=under) | Q(finding__subject__unit__in=under)
    if member_id := powers_of(user).member_id:
        near |= Q(finding__subject__member_id=member_id) | Q(finding__verifier_id=member_id)
    rows = remedies_for(user).filter(near, finding__of_check__concluded_on__lte=on)
    condition = _IN_PART.get(part)
    rows = rows.filter(condition(on)) if condition else rows
    # What is still to be done first, the longest due; then what is verified, the latest first.
    settled = Case(When(remedy_days.verified_by(on), then=1), default=0)
    open_due = Case(When(~remedy_days.verified_by(on), then="due"))
    return rows.order_by(settled, open_due, "-due", "pk")


_IN_PART = {
    "con": lambda on: ~remedy_days.verified_by(on),
    "cho": remedy_days.waiting,
    "tre": lambda on: remedy_days.open_on(on) & Q(due__lt=on),
    "xong": remedy_days.verified_by,
}


def rows_of(user: User, remedies: Iterable[Remedy], unit: Unit, on: date) -> list[Row]:
    """Return remedies as a list shows them. A few queries, however many."""
    powers, works = powers_of(user), findings.worked_on(user)
    headed = permissions.headed_by(powers)
    words = choosing.topic_words(unit, on)
    concerned = set(findings.concerning(user))
    made = []
    for one in remedies:
        subject, check = one.finding.subject, one.finding.of_check
        own = subject.member_id == powers.member_id if subject.member_id else subject.unit_id in headed
        by_duty = check.pk not in concerned and (
            check in works or one.finding.verifier_id == powers.member_id
        )
        typed = one.state != _STATES.REPORTED or bool(one.typed_by)
        state = remedy_days.state_on(one, on)
        made.append(
            Row(
                remedy=one,
                topic=words.get(one.finding.topic, one.finding.topic),
                own=own,
                late=state in (_STATES.OPEN, _STATES.FAILED) and one.due < on,
                state=state,
                reports=one.state != _STATES.VERIFIED and (own or (typed and by_duty and check in works)),
                verifies=_can_be_judged(one, on) and by_duty and one.remedied_by_id != powers.member_id,
            )
        )
    return made


def _can_be_judged(remedy: Remedy, on: date) -> bool:
    return remedy.state == _STATES.REPORTED or (remedy.state == _STATES.OPEN and remedy.due < on)


def waiting_first(user: User, unit: Unit, on: date) -> dict[str, int]:
    """Return how many remedies stand in each part of the list."""
    return {part: listed(user, unit, on, part).count() for part in PARTS}


def of_tasks(task_ids: Collection[int]) -> dict[int, Origin]:
    """Return the conclusion that each task of a remedy comes from, for the pages of tasks. One query."""
    rows = Remedy.objects.filter(task__in=task_ids).select_related("finding__of_check")
    url = reverse("oversight:remedies")
    label = _("Kết luận %(number)s; báo cáo và xác nhận ở trang Khắc phục")
    return {
        one.task_id: Origin(label % {"number": one.finding.of_check.conclusion_no}, f"{url}#kp-{one.pk}")
        for one in rows
    }


def among_tasks(task_ids: Collection[int]) -> frozenset[int]:
    """Return which tasks are of remedies: these are reported and verified in this room alone. One query."""
    return frozenset(Remedy.objects.filter(task__in=task_ids).values_list("task_id", flat=True))
