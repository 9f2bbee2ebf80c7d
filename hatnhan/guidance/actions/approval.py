"""A roll-out is approved and given to all cells at once; when it has run its course it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.guidance import permissions
from hatnhan.guidance.actions.giving import hand_over
from hatnhan.guidance.models import CorePoint, RollOut, VariantPoint
from hatnhan.guidance.permissions import Action
from hatnhan.guidance.selectors.rollouts import cells_below, kinds_missing
from hatnhan.organization.actions.checks import changed_meanwhile, day_of, deed, moved_on, require_text
from hatnhan.organization.cell_kinds import kind_words
from hatnhan.organization.selectors.law import law_for
from hatnhan.rulebook.topics.guidance import RollOutSteps

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor

_LONGEST_NO, _LONGEST_NOTE = 60, 300


@deed
def approve_roll_out(*, by: Actor, at: datetime, roll_out: RollOut, decision_no: str) -> None:
    """Approve a plan and give every cell below its variant, its tasks and a place on its next agenda.

    Raises Denied, and RuleBroken with codes ``decision_missing``, ``too_long``, ``already_done``,
    ``changed_meanwhile``, ``core_missing``, ``no_cells``, ``kinds_missing`` (a kind of cell that stands below today has
    no variant), ``due_passed``.
    """
    permissions.require_keep(by, roll_out.unit_id)
    number = _short(_number(decision_no), _LONGEST_NO, field="decision_no")
    today = day_of(at)
    rule = law_for(RollOutSteps, today, roll_out.unit)
    fields = {
        "state": RollOut.State.APPROVED,
        "decision_no": number,
        "approved_at": at,
        "approved_by": str(by)[:120],
        "rule": rule.version,
    }
    drafts = RollOut.objects.filter(pk=roll_out.pk, state=RollOut.State.DRAFT)
    if drafts.filter(version=roll_out.version).update(**fields) != 1:
        raise changed_meanwhile() if drafts.exists() else moved_on()
    roll_out.refresh_from_db()
    _require_whole(roll_out, today)
    cells = cells_below(roll_out.unit_id, today)
    rows, given = hand_over(by=by, at=at, roll_out=roll_out, cells=cells, on=today)
    details = {
        "decision_no": number,
        "cells": [row.cell.code for row in rows],
        "tasks": given.tasks,
        "agenda": given.placed,
    }
    record(by=by, action=Action.APPROVE, at=at, target=roll_out, unit_id=roll_out.unit_id, details=details)


@deed
def close_roll_out(*, by: Actor, at: datetime, roll_out: RollOut, note: str) -> None:
    """End a roll-out on the day of ``at``; ``note`` says why. Its tasks go their own way.

    Raises Denied, and RuleBroken with codes ``note_missing``, ``too_long``, ``already_done``.
    """
    permissions.require_keep(by, roll_out.unit_id)
    message = _("Chưa ghi vì sao kết thúc. Ghi một câu, như “Đã thực hiện xong, đã tổng kết”.")
    text = require_text(note, code="note_missing", field="note", message=message)
    text, today = _short(text, _LONGEST_NOTE, field="note"), day_of(at)
    fields = {"state": RollOut.State.CLOSED, "closed_on": today, "close_note": text}
    if RollOut.objects.running().filter(pk=roll_out.pk).update(**fields) != 1:
        raise moved_on()
    roll_out.refresh_from_db()
    details = {"on": today, "note": text}
    record(by=by, action=Action.CLOSE, at=at, target=roll_out, unit_id=roll_out.unit_id, details=details)


def _number(decision_no: str) -> str:
    message = _("Chưa ghi số kế hoạch. Ghi như trên văn bản, ví dụ 12-KH/ĐU.")
    return require_text(decision_no, code="decision_missing", field="decision_no", message=message)


def _short(text: str, most: int, *, field: str) -> str:
    if len(text) > most:
        message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        raise RuleBroken("too_long", message % {"long": len(text), "most": most}, field=field)
    return text


def _require_whole(roll_out: RollOut, today: date) -> None:
    """Raise RuleBroken unless there is a core, a variant for each kind of cell that stands below, and days ahead."""
    core = list(CorePoint.objects.filter(roll_out=roll_out))
    if not core:
        message = _("Chưa có nội dung cốt lõi. Soạn nội dung mà mọi chi bộ phải làm rồi duyệt.")
        raise RuleBroken("core_missing", message)
    if not cells_below(roll_out.unit_id, today):
        message = _("%(unit)s không có chi bộ nào để giao.")
        raise RuleBroken("no_cells", message % {"unit": roll_out.unit})
    if missing := kinds_missing(roll_out, today):
        names = ", ".join(kind_words(kind) for kind in missing)
        message = _("Chưa có bản cụ thể hóa cho loại chi bộ: %(kinds)s. Soạn đủ rồi duyệt.")
        raise RuleBroken("kinds_missing", message % {"kinds": names})
    said = VariantPoint.objects.filter(variant__roll_out=roll_out, due__lt=today).select_related("core")
    late = [(one.text, one.due) for one in core if one.task and one.due is not None and one.due < today]
    late += [(one.words, one.due) for one in said if one.is_task and one.due is not None]
    if late:
        message = _("Hạn %(day)s của việc “%(task)s” đã qua. Sửa hạn rồi duyệt.")
        text, due = late[0]
        raise RuleBroken("due_passed", message % {"day": written(due), "task": text[:80]})
