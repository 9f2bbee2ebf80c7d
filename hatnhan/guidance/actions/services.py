"""Marking that a meeting, an item of one, a task or an article served the Directive; the year's list is these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.guidance import permissions
from hatnhan.guidance.models import Service
from hatnhan.guidance.permissions import Action
from hatnhan.organization.actions.checks import deed, require_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class ServiceData:
    """One thing that served the Directive: its kind and number, as `core.beside` names it, words and address."""

    unit: Unit
    kind: str
    object_id: int
    title: str
    url: str
    on: date
    note: str = ""


@deed
def mark_service(
    *,
    by: Actor,
    at: datetime,
    unit: Unit,
    kind: str,
    object_id: int,
    title: str,
    url: str,
    on: date,
    note: str = "",
) -> Service:
    """Mark one thing, or say anew what it served; return the mark.

    Raises Denied, and RuleBroken with codes ``title_missing``, ``too_long``.
    """
    return mark_services(by=by, at=at, things=[ServiceData(unit, kind, object_id, title, url, on, note)])[0]


@deed
def mark_services(*, by: Actor, at: datetime, things: Sequence[ServiceData]) -> list[Service]:
    """Mark several things; one that bears the mark already gets the new words. Four queries, whatever their number.

    Raises Denied, and RuleBroken with codes ``title_missing``, ``too_long``.
    """
    for unit_id in {one.unit.pk for one in things}:
        permissions.require_lead(by, unit_id)
    rows = list({(one.kind, one.object_id): _row(one, by) for one in things}.values())
    Service.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["unit", "title", "url", "on", "note", "by_name"],
    )
    kept = {
        (row.kind, row.object_id): row
        for row in Service.objects.filter(object_id__in={one.object_id for one in rows})
    }
    made = [kept[one.kind, one.object_id] for one in rows]
    units = {one.unit.pk: one.unit for one in things}
    for unit in units.values():
        there = [row for row in made if row.unit_id == unit.pk]
        details = {"marked": "; ".join(row.title for row in there), "note": there[0].note}
        target = there[0] if len(there) == 1 else unit
        record(by=by, action=Action.SERVICE, at=at, target=target, unit_id=unit.pk, details=details)
    return made


@deed
def unmark_service(*, by: Actor, at: datetime, service: Service) -> None:
    """Take a mark away. Raises Denied, and RuleBroken ``already_done`` when it is gone."""
    permissions.require_lead(by, service.unit_id)
    details = {"unmarked": service.title}
    record(by=by, action=Action.SERVICE, at=at, target=service, unit_id=service.unit_id, details=details)
    if not Service.objects.filter(pk=service.pk).delete()[0]:
        raise RuleBroken("already_done", _("Dấu này vừa được bỏ. Mở lại trang để xem."))


def _row(one: ServiceData, by: Actor) -> Service:
    return Service(
        unit=one.unit,
        kind=one.kind,
        object_id=one.object_id,
        title=require_text(nfc(one.title), code="title_missing", field="title")[:_LONGEST],
        url=one.url,
        on=one.on,
        note=_note(one.note),
        by_name=str(by)[:120],
    )


def _note(text: str) -> str:
    tidy = " ".join(nfc(text).split())
    if len(tidy) > _LONGEST:
        message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        raise RuleBroken("too_long", message % {"long": len(tidy), "most": _LONGEST}, field="note")
    return tidy
