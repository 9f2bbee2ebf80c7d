"""Setting local values, and ending them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.accounts.announcements import announce
from hatnhan.accounts.models import User
from hatnhan.core import vietnamese
from hatnhan.core.errors import RuleBroken
from hatnhan.rulebook import remembered
from hatnhan.rulebook.deeds import Deed
from hatnhan.rulebook.models import Overlay
from hatnhan.rulebook.permissions import require

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.rulebook.types import Value


@transaction.atomic
def set_overlay(
    *,
    by: Actor,
    at: datetime,
    unit_id: int,
    value: Value,
    start: date,
    instrument: str,
    instrument_date: date,
) -> Overlay:
    """Let a unit and all below it go by a value of its own from ``start`` (first day in force).

    An earlier local value of the same topic ends on that day; a later one already set takes over in its turn.
    Raises Denied; RuleBroken with code ``overlay_exists``, ``instrument_date``.
    """
    require(by, unit_id)
    assert isinstance(by, User)  # noqa: S101 - `require` lets no command through: no one would sign
    if instrument_date > start:
        message = _("Văn bản ký ngày %(day)s, sau ngày bắt đầu áp dụng. Xem lại hai ngày.")
        words = {"day": vietnamese.day(instrument_date)}
        raise RuleBroken("instrument_date", message % words, field="start")
    same = Overlay.objects.filter(topic=value.topic, unit_id=unit_id)
    if same.filter(start=start).exists():
        message = _("Đã có quy định riêng từ đúng ngày này. Chọn ngày khác.")
        raise RuleBroken("overlay_exists", message, field="start")
    same.filter(Q(end__isnull=True) | Q(end__gt=start), start__lt=start).update(end=start)
    later = same.filter(start__gt=start).order_by("start").values_list("start", flat=True).first()
    overlay = Overlay.objects.create(
        topic=value.topic,
        unit_id=unit_id,
        value=value.model_dump(mode="json"),
        start=start,
        end=later,
        instrument=instrument,
        instrument_date=instrument_date,
        set_by=by,
    )
    details = {"value": overlay.value, "start": start, "instrument": instrument}
    announce(by=by, at=at, action=Deed.SET, target=overlay, unit_id=unit_id, details=details)
    return overlay


@transaction.atomic
def end_overlay(*, by: Actor, at: datetime, overlay: Overlay, end: date) -> None:
    """End a local value: ``end`` is the first day on which the value from above holds again.

    Raises Denied; RuleBroken with code ``end`` (not after its start, or later than its end so far), ``state``.
    """
    require(by, overlay.unit_id)
    if end <= overlay.start or (overlay.end is not None and end >= overlay.end):
        message = _("Ngày thôi áp dụng phải sau ngày bắt đầu %(day)s và trước ngày thôi đã ghi.")
        raise RuleBroken("end", message % {"day": vietnamese.day(overlay.start)}, field="end")
    if Overlay.objects.filter(pk=overlay.pk, end=overlay.end).update(end=end) != 1:
        raise RuleBroken("state", _("Quy định riêng này vừa được sửa ở nơi khác. Mở lại trang để xem."))
    remembered.forget()
    announce(by=by, at=at, action=Deed.END, target=overlay, unit_id=overlay.unit_id, details={"end": end})
