"""The discipline cases that wait for the vote or the decision of a body, for who heads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from hatnhan.organization.models import Body, Position
from hatnhan.organization.powers import KEEPERS
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Case
from hatnhan.oversight.selectors.pending import Written, due_of

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def to_decide(member_id: int, on: date) -> list[Written]:
    """Return the cases heard that the body a member heads is to vote on or decide, each with its last day.

    Not those that the member has in hand, which tell more; none of the member's own or of kin; none of a cell, where
    who has the case in hand brings it before the meeting. Up to five queries, and the law's.
    """
    rows = list(_heard(member_id, on))
    voted = [one.dossier for one in rows if one.state == Case.State.FORMED]
    waiting = [one.dossier for one in rows if one.state != Case.State.FORMED]
    dues = due_of(waiting, "votes") if waiting else {}
    dues |= due_of(voted, "decision") if voted else {}
    return [Written(one, None, dues.get(one.dossier_id, one.opened_on)) for one in rows]


def _heard(member_id: int, on: date) -> QuerySet[Case]:
    held = Position.objects.on(on).filter(member_id=member_id)
    keeps = held.filter(post__in=KEEPERS).values("unit")
    chairs = held.filter(post__in=permissions.CHAIRS).values("unit")
    heads = Q(deciding_unit__in=keeps) | Q(deciding_unit__in=chairs, deciding_body=Body.INSPECTION)
    aside = Q(postponed_since__lte=on) & (Q(postponed_until=None) | Q(postponed_until__gt=on))
    theirs = Q(member_id=member_id) | Q(member_id__in=permissions.kin_of(member_id))
    theirs |= Q(organisation__in=keeps) | Q(handlers__member_id=member_id)
    rows = Case.objects.filter(heads, state__in=permissions.AT_DECISION, opened_on__lte=on)
    rows = rows.exclude(deciding_body=Body.MEMBERS).exclude(aside)
    return rows.exclude(pk__in=Case.objects.filter(theirs).values("pk")).select_related("unit", "dossier")
