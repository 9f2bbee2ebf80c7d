"""Reading complaints: the list by what they wait for, one with what may be chosen for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.core.errors import Missing
from hatnhan.organization.models import Unit
from hatnhan.organization.selectors.bodies import body_words, seats
from hatnhan.oversight import permissions
from hatnhan.oversight.models import CaseHandler, Complaint
from hatnhan.oversight.selectors import complaint_places as places
from hatnhan.oversight.selectors import matter_days
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics.oversight import Complaints

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Member
    from hatnhan.oversight.models import Decision

    Options = list[tuple[str, str]]

_WITH = ("decision__case__member", "decision__case__organisation", "decision__unit", "unit", "handler")
PARTS = {
    "cho": _("Chờ thụ lý"),
    "dang": _("Đang giải quyết"),
    "xong": _("Đã xong"),
}
_IN_PART = {"cho": matter_days.received, "dang": matter_days.accepted, "xong": matter_days.settled}


def listed(user: User, unit: Unit, on: date, part: str = "") -> QuerySet[Complaint]:
    """Return the complaints that came by a day in a unit and below it, as far as the person knows of them.

    Each has ``state_on`` that day (`matter_days`).
    """
    under = Unit.objects.under(unit.pk, on).values("pk")
    rows = permissions.complaints_for(user).filter(decision__case__unit__in=under, received_on__lte=on)
    if part in _IN_PART:
        rows = rows.filter(_IN_PART[part](on))
    rows = matter_days.complaints_with_state(rows, on)
    return rows.select_related(*_WITH).order_by("-received_on", "-pk").distinct()


def complaint_for(user: User, pk: int) -> Complaint:
    """Return a complaint that a person may know of. Raises Missing."""
    found = permissions.complaints_for(user).filter(pk=pk).select_related(*_WITH).first()
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True, slots=True)
class File:
    """One complaint as its page shows it."""

    complaint: Complaint
    place: str
    ground: str
    own: bool
    settles: bool
    late: bool

    @property
    def waits(self) -> bool:
        """Whether it waits to be admitted or refused."""
        return self.complaint.state == Complaint.State.RECEIVED

    @property
    def handled(self) -> bool:
        """Whether it is being settled."""
        return self.complaint.state == Complaint.State.ACCEPTED


def file_of(user: User, complaint: Complaint) -> File:
    """Return one complaint with what stands on its page."""
    grounds = dict(grounds_of(complaint))
    return File(
        complaint=complaint,
        place=body_words(complaint.unit, complaint.body),
        ground=grounds.get(complaint.refused_ground, complaint.refused_ground),
        own=permissions.is_case_subject(user, complaint.decision.case),
        settles=permissions.may_settle(user, complaint),
        late=places.is_late(complaint),
    )


def grounds_of(complaint: Complaint) -> Options:
    """Return the grounds on which a complaint may be refused, by its own rule."""
    rule = resolver.of_version(Complaints, complaint.rule_version)
    return [(one.key, one.title) for one in rule.value.refusals]


def place_options(decision: Decision, on: date) -> Options:
    """Return the bodies that may settle it, as a form lists them."""
    found = places.places_open(decision, on)
    return [(key, body_words(unit, body)) for key, (unit, body) in found.items()]


def handlers(decision: Decision, on: date) -> list[Member]:
    """Return who sits in a body that may settle it, without whoever had the case in hand, the subject and kin."""
    found: dict[int, Member] = {}
    for unit, body in places.places_open(decision, on).values():
        found |= {seat.member.pk: seat.member for seat in seats(unit, body, on)}
    barred = set(CaseHandler.objects.filter(case=decision.case).values_list("member_id", flat=True))
    if (subject := decision.case.member_id) is not None:
        barred |= {subject, *permissions.kin_of(subject)}
    return _by_name(one for pk, one in found.items() if pk not in barred)


def _by_name(people: Iterable[Member]) -> list[Member]:
    return sorted(people, key=lambda one: one.sort_key)
