"""Terms of committees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization import permissions
from hatnhan.organization.actions.checks import deed, require_past, require_standing, require_text
from hatnhan.organization.models import Term
from hatnhan.organization.permissions import Action

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit


@deed
def open_term(*, by: Actor, at: datetime, unit: Unit, name: str, start: date, end: date) -> Term:
    """Record a term; ``end`` is the first day no longer in it.

    How long terms last changed twice and units were given longer ones, so the days are recorded, not computed. Raises
    Denied, and RuleBroken with codes ``name_missing``, ``future`` (of the start), ``dissolved``, ``before_founding``,
    ``end_before_start``, ``term_overlaps``.
    """
    permissions.require(by, Action.TERM_OPEN, unit)
    name = require_text(name, code="name_missing", field="name")
    require_past(start, field="start")
    require_standing(unit, start, field="start")
    if end <= start:
        message = _("Nhiệm kỳ bắt đầu ngày %(day)s. Ghi ngày cuối sau ngày ấy.")
        raise RuleBroken("end_before_start", message % {"day": written(start)}, field="end")
    other = Term.objects.within(start, end).filter(unit=unit).first()
    if other is not None:
        message = _("Trùng ngày với %(term)s (từ %(start)s). Ghi ngày không trùng.")
        raise RuleBroken(
            "term_overlaps", message % {"term": other, "start": written(other.start)}, field="start"
        )
    term: Term = Term.objects.create(unit=unit, name=name, start=start, end=end)
    details = {"name": name, "start": start, "end": end}
    record(by=by, action=Action.TERM_OPEN, at=at, target=term, unit_id=unit.pk, details=details)
    return term
