"""Closing the year's review: all who are to be graded are, nothing is half done. It cannot be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.actions.checks import day_of, deed, moved_on, require_past
from hatnhan.reviews import permissions
from hatnhan.reviews.actions.guards import require_open
from hatnhan.reviews.models import Cycle, Entry, GradeDecision
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.entries import name_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor

#: So many are named when something is left.
_NAMED = 5


@deed
def close_cycle(*, by: Actor, at: datetime, cycle: Cycle, closed_on: date | None = None) -> None:
    """Close a cycle on a day (that of ``at``): from then on only requests to look again, re-grading and notices.

    Raises Denied, and RuleBroken with codes ``closed``, ``future``, ``before_opening``, ``unfinished`` (who is still to
    be graded or reviewed, up to five by name; a decision still a draft), ``already_done``.
    """
    permissions.require_cycle(by, cycle.unit_id)
    require_open(cycle)
    on = closed_on or day_of(at)
    require_past(on, field="closed_on")
    if on < cycle.opened_on:
        message = _("Đợt mở ngày %(day)s. Ghi ngày ấy hoặc sau đó.")
        raise RuleBroken("before_opening", message % {"day": written(cycle.opened_on)}, field="closed_on")
    _require_finished(cycle, on)
    fields = {"state": Cycle.State.CLOSED, "closed_on": on, "closed_by": str(by)[:120]}
    if Cycle.objects.filter(pk=cycle.pk, state=Cycle.State.OPEN).update(**fields) != 1:
        raise moved_on()
    cycle.refresh_from_db()
    graded = Entry.objects.filter(cycle=cycle).due_grade().count()
    details = {
        "year": cycle.year,
        "closed_on": on,
        "graded": graded,
        "rules": ", ".join(cycle.rules.values()),
    }
    record(by=by, action=Action.CLOSE, at=at, target=cycle, unit_id=cycle.unit_id, details=details)


def unfinished(cycle: Cycle) -> list[Entry]:
    """Return the entries that stand against closing, by cell and name: graded ones undecided, others not reviewed."""
    rows = Entry.objects.filter(cycle=cycle).select_related("member", "unit")
    undecided = rows.due_grade().exclude(state=Entry.State.DECIDED)
    unheard = rows.filter(
        standing=Entry.Standing.NOT_GRADED, state__in=(Entry.State.DUE, Entry.State.SUBMITTED)
    )
    found = [*undecided, *unheard]
    return sorted(found, key=lambda one: (one.unit.name, one.member.sort_key if one.member else "", one.pk))


def _require_finished(cycle: Cycle, on: date) -> None:
    left = unfinished(cycle)
    if left:
        named = ", ".join(name_of(one) for one in left[:_NAMED])
        more = len(left) - _NAMED
        if more > 0:
            named = _("%(names)s và %(more)d nơi, người khác") % {"names": named, "more": more}
        message = _("Chưa xong: %(names)s. Quyết định xếp loại hết rồi chốt.")
        raise RuleBroken("unfinished", message % {"names": named})
    draft = GradeDecision.objects.filter(cycle=cycle, state=GradeDecision.State.DRAFT).first()
    if draft is not None:
        message = _("Quyết định “%(title)s” đang soạn. Ký hoặc bỏ bản soạn rồi chốt.")
        raise RuleBroken("unfinished", message % {"title": draft.title})
    late = Entry.objects.filter(cycle=cycle, decided_on__gt=on).order_by("-decided_on").first()
    if late is not None and late.decided_on is not None:
        message = _("Có quyết định xếp loại ngày %(day)s. Ghi ngày ấy hoặc sau đó.")
        raise RuleBroken("unfinished", message % {"day": written(late.decided_on)}, field="closed_on")
