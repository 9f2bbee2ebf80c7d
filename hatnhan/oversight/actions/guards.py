"""What every deed on a check asks first: that it still runs, as whoever writes saw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import changed_meanwhile, moved_on
from hatnhan.oversight.models import Check

if TYPE_CHECKING:
    from datetime import date

RUNNING = (Check.State.PREPARE, Check.State.CONDUCT, Check.State.CONCLUDE)


def lock(check: Check) -> Check:
    """Return a check as it stands now, locked until the deed is written. Raises RuleBroken ``already_done``."""
    found: Check | None = (
        Check.objects.select_for_update(of=("self",))
        .select_related("unit", "dossier")
        .filter(pk=check.pk)
        .first()
    )
    if found is None:
        raise moved_on()
    return found


def lock_running(check: Check) -> Check:
    """Return a running check, locked. Raises RuleBroken ``closed`` for one stopped or laid away."""
    now = lock(check)
    if now.state not in RUNNING:
        raise RuleBroken("closed", _("Cuộc này đã kết thúc hoặc đã dừng, không ghi thêm."))
    return now


def lock_open(check: Check) -> Check:
    """Return a running check that is not concluded, locked. Raises RuleBroken ``closed``, ``concluded``."""
    now = lock_running(check)
    if now.concluded_on is not None:
        raise RuleBroken("concluded", _("Cuộc này đã có kết luận, không sửa nữa."))
    return now


def write(check: Check, **changes: Any) -> None:
    """Write changes to a check as it was seen. Raises RuleBroken ``changed_meanwhile`` when another wrote it since."""
    rows = Check.objects.filter(pk=check.pk, version=check.version, state__in=RUNNING)
    if rows.update(**changes, version=F("version") + 1) != 1:
        raise changed_meanwhile()
    for name, value in changes.items():
        setattr(check, name, value)
    check.version += 1


def require_between(on: date, first: date, today: date, *, field: str) -> None:
    """Raise RuleBroken ``before_opening`` or ``future`` for a day outside a check's days."""
    if on < first:
        message = _("Ngày này trước ngày quyết định kiểm tra. Ghi ngày ấy hoặc sau đó.")
        raise RuleBroken("before_opening", message, field=field)
    if on > today:
        raise RuleBroken("future", _("Ngày này chưa đến. Ghi ngày không sau hôm nay."), field=field)
