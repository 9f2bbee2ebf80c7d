"""Which rows of the record on checks a person may read, beside what leads of a unit read of all its deeds.

That a denunciation is looked into stands in the record for those alone who may know of that check. Whoever is looked
at, or is close kin of one, does not follow it in the record: what is theirs of it stands on their own page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from hatnhan.organization.hooks import audit_scope
from hatnhan.organization.powers import powers_of
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Check, Finding, Kind, Remedy
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from hatnhan.accounts.models import User

#: Deeds whose rows stand under a check, a finding or a remedy.
OF_CHECKS = frozenset(
    {
        Action.OPEN_CHECK, Action.EDIT_CHECK, Action.TEAM, Action.STAGE, Action.STEP, Action.FILE, Action.SELF_REPORT,
        Action.MINUTES, Action.REPORT, Action.HEAR, Action.CONCLUDE, Action.DELIVER, Action.DISSENT, Action.AGAIN,
        Action.ANSWER, Action.STOP, Action.READ_CHECK, Action.FINDING, Action.REMEDY, Action.VERIFY, Action.TAKE,
        Action.READ_FINDINGS,
    }
)  # fmt: skip


def check_record(user: User) -> Q | None:
    """Return which rows on checks a person may read; None for who reads no unit's record."""
    reads = audit_scope(user)
    if reads is None:
        return None
    hidden = _hidden_from(user)
    findings = Finding.objects.filter(of_check__in=hidden)
    remedies = Remedy.objects.filter(finding__of_check__in=hidden)
    return reads & ~(_rows(Check, hidden) | _rows(Finding, findings) | _rows(Remedy, remedies))


def _hidden_from(user: User) -> QuerySet[Check]:
    member_id = powers_of(user).member_id
    concerned = {member_id, *permissions.kin_of(member_id)} if member_id else set()
    known = permissions.checks_for(user).values("pk")
    unknown = Q(kind=Kind.DENUNCIATION) & ~Q(pk__in=known)
    return Check.objects.filter(unknown | Q(subjects__member_id__in=concerned))


def _rows(model: type[Model], things: QuerySet[Check] | QuerySet[Finding] | QuerySet[Remedy]) -> Q:
    ids = things.annotate(number_=Cast("pk", CharField())).values("number_")
    return Q(object_type=model._meta.label_lower, object_id__in=ids)
