"""Points of a roll-out as they are typed: checked the same way in the core, in variants and in cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import nfc
from hatnhan.guidance.models import RollOut
from hatnhan.organization.actions.checks import changed_meanwhile, moved_on

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class PointData:
    """One point. With ``task`` it becomes a task, due on ``due`` (the last day, inclusive)."""

    text: str
    task: bool = False
    due: date | None = None


def checked(data: PointData, roll_out: RollOut, *, place: str = "") -> PointData:
    """Return a point tidied: a task has a day, another none. ``place`` ends the names of fields in errors.

    Raises RuleBroken with codes ``text_missing``, ``too_long``, ``due_missing``, ``due_after_done``.
    """
    text = checked_text(data.text, field=f"text{place}")
    if not text:
        raise RuleBroken(
            "text_missing", _("Chưa ghi nội dung. Ghi một câu nói rõ phải làm gì."), field=f"text{place}"
        )
    if data.task and data.due is None:
        message = _("Nội dung này giao thành việc nên cần có hạn. Ghi ngày cuối phải xong.")
        raise RuleBroken("due_missing", message, field=f"due{place}")
    due = data.due if data.task else None
    require_due(due, roll_out, field=f"due{place}")
    return PointData(text, data.task, due)


def checked_all(data: Sequence[PointData], roll_out: RollOut) -> list[PointData]:
    """Return points tidied. Raises as `checked`, with the number of the row, from 1, at the end of the field's name."""
    return [checked(one, roll_out, place=f"-{row}") for row, one in enumerate(data, start=1)]


def checked_text(text: str, *, field: str) -> str:
    """Return a text in NFC without spaces around it. Raises RuleBroken ``too_long``."""
    tidy = nfc(text).strip()
    if len(tidy) > _LONGEST:
        message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ, hoặc tách thành nhiều nội dung.")
        raise RuleBroken("too_long", message % {"long": len(tidy), "most": _LONGEST}, field=field)
    return tidy


def require_due(due: date | None, roll_out: RollOut, *, field: str) -> None:
    """Raise RuleBroken ``due_after_done`` for a task that would end after the whole roll-out has."""
    if due is not None and due > roll_out.done_by:
        message = _("Kế hoạch ghi thực hiện xong trước hết ngày %(day)s. Ghi hạn không sau ngày ấy.")
        raise RuleBroken("due_after_done", message % {"day": written(roll_out.done_by)}, field=field)


def grow(roll_out: RollOut, states: Collection[str] = (RollOut.State.DRAFT,)) -> None:
    """Count one more version of a roll-out that may still change, and hold it until the deed is written.

    Raises RuleBroken ``approved`` when it stands in another state by now, ``changed_meanwhile`` when it is another
    version than ``roll_out`` holds, ``already_done`` when it is gone.
    """
    rows = RollOut.objects.filter(pk=roll_out.pk, state__in=states)
    if rows.filter(version=roll_out.version).update(version=F("version") + 1) == 1:
        roll_out.refresh_from_db(fields=["version", "state", "done_by"])
        return
    if not RollOut.objects.filter(pk=roll_out.pk).exists():
        raise moved_on()
    if rows.exists():
        raise changed_meanwhile()
    message = _("Kế hoạch này đã duyệt và giao cho chi bộ, không sửa nội dung được nữa.")
    raise RuleBroken("approved", message)
