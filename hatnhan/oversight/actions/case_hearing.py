"""A representative of the body that decides hears the subject, before it votes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import day_of, deed
from hatnhan.oversight.actions import case_guards as guards
from hatnhan.oversight.models import Case, Hearing
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.rules.discipline import Event
from hatnhan.oversight.selectors.handlers import hearer_choices
from hatnhan.oversight.selectors.votes import rounds_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member


@deed
def hear(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    heard_by: Member,
    on: date | None = None,
    said: str = "",
    absent_because: str = "",
) -> Hearing:
    """Write what the subject said to a representative of the deciding body, or why the subject did not come.

    Refusal or detention does not stop the case (Charter 39). Can be mended until that body votes. Raises Denied, and
    RuleBroken with codes ``closed``, ``not_now``, ``postponed``, ``not_reviewed``, ``said_missing``, ``both``,
    ``heard_by``, ``too_early``, ``future``, ``changed_meanwhile``, ``already_done``.
    """
    now = guards.lock_to_write(by, case)
    words, why = said.strip(), absent_because.strip()
    if bool(words) == bool(why):
        message = _("Ghi điều đối tượng trình bày, hoặc ghi vì sao không đến; một trong hai.")
        raise RuleBroken("both" if words else "said_missing", message, field="said")
    day = on or day_of(at)
    guards.require_between(day, now.self_reviewed_on or now.opened_on, at, field="on")
    guards.require_considered(now, day, field="on")
    if heard_by.pk not in {one.pk for one in hearer_choices(now, day)}:
        message = _("Người nghe phải ở tập thể quyết định, không là đối tượng hay người thân. Chọn lại.")
        raise RuleBroken("heard_by", message, field="heard_by")
    fields: dict[str, Any] = {"on": day, "heard_by": heard_by, "said": words, "absent_because": why}
    return _again(by, at, now, fields, case) or _first(by, at, now, fields)


def _first(by: Actor, at: datetime, case: Case, fields: dict[str, Any]) -> Hearing:
    _standing, state = guards.require(case, Event.HEAR, day_of(at))
    guards.write(case, state=state)
    made: Hearing = Hearing.objects.create(
        case=case, unit=case.deciding_unit, body=case.deciding_body, **fields
    )
    guards.note(by, at, Action.HEARING, case, _details(fields))
    return made


def _again(by: Actor, at: datetime, case: Case, fields: dict[str, Any], seen: Case) -> Hearing | None:
    """Mend the hearing by this body as ``seen``; None where there is none. Raises RuleBroken as `hear`."""
    mine = case.hearings.filter(unit=case.deciding_unit_id, body=case.deciding_body).first()
    if mine is None:
        return None
    if case.state != Case.State.HEARD or rounds_of(case):
        raise guards.refused("not_now", case)
    guards.require_seen(case, seen)
    guards.write(case)
    before = _details({"on": mine.on, "absent_because": mine.absent_because, "heard_by": mine.heard_by})
    Hearing.objects.filter(pk=mine.pk).update(**fields)
    guards.note(by, at, Action.HEARING, case, _details(fields) | {"before": before})
    mine.refresh_from_db()
    return mine


def _details(fields: dict[str, Any]) -> dict[str, Any]:
    """Say when and by whom, and why not; what was said stays in the case."""
    found = {"heard_on": fields["on"], "heard_by": str(fields["heard_by"])}
    return found | ({"absent_because": fields["absent_because"]} if fields["absent_because"] else {})
