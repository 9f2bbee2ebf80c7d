"""What others say of an entry is written down, mended, taken away; and the entry answers it.

The record keeps that it was done and of whom, never the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit import actions as audit
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.actions.checks import (
    changed_meanwhile,
    day_of,
    deed,
    moved_on,
    require_past,
    require_text,
)
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import guards
from hatnhan.reviews.models import Remark
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.permissions.remarks import BEFORE_PROPOSAL, kinds_for, may_remark

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.reviews.models import Entry, Sitting

__all__ = ["answer_remark", "edit_remark", "kinds_for", "may_remark", "remove_remark", "write_remark"]

_SOURCE, _NUMBER = 200, 60


def _require(by: Actor, entry: Entry, kind: str) -> None:
    if not may_remark(by, entry, kind):
        if kind == Remark.Kind.PROMPT:
            raise Denied(_("Gợi ý kiểm điểm do cấp trên ghi, không tự ghi cho mình."))
        raise Denied(_("Việc này do người đứng đầu chi bộ, tập thể ghi."))
    guards.require_open(entry.cycle)


@deed
def write_remark(
    *,
    by: Actor,
    at: datetime,
    entry: Entry,
    kind: str,
    source: str,
    on: date,
    text: str,
    number: str = "",
    sitting: Sitting | None = None,
) -> Remark:
    """Write what others say of an entry and return it. An opinion may name the sitting where it was said.

    Only of work, duties and conduct as a member. Raises Denied; RuleBroken: closed, kind, source_missing,
    text_missing, future, other_sitting, state (already proposed), left_out.
    """
    if kind not in Remark.Kind.values:
        raise RuleBroken("kind", _("Chọn một loại trong danh sách."), field="kind")
    _require(by, entry, kind)
    guards.require_state(entry, *BEFORE_PROPOSAL)
    if sitting is not None and not sitting.places.filter(entry=entry).exists():
        raise RuleBroken(
            "other_sitting", _("Hội nghị ấy không kiểm điểm mục này. Chọn lại."), field="sitting"
        )
    values = _values(source, on, text, number)
    made: Remark = Remark.objects.create(
        entry=entry, kind=kind, sitting=sitting, by_name=str(by)[:120], **values
    )
    _note(by, at, made, {"remark": made.pk, "kind": kind, "on": on, "source": values["source"]})
    return made


def _values(source: str, on: date, text: str, number: str) -> dict[str, Any]:
    require_past(on, field="on")
    missing = _("Ghi của ai, tập thể nào.")
    return {
        "source": require_text(source, code="source_missing", field="source", message=missing)[:_SOURCE],
        "text": require_text(text, code="text_missing", field="text"),
        "number": number.strip()[:_NUMBER],
        "on": on,
    }


@deed
def edit_remark(
    *, by: Actor, at: datetime, remark: Remark, source: str, on: date, text: str, number: str = ""
) -> None:
    """Mend a remark while it was not answered and nothing was proposed.

    Raises Denied; RuleBroken: closed, answered, state, source_missing, text_missing, future, changed_meanwhile.
    """
    _require(by, remark.entry, remark.kind)
    guards.require_state(remark.entry, *BEFORE_PROPOSAL)
    _require_unanswered(remark)
    values = _values(source, on, text, number)
    changed = [name for name, value in values.items() if getattr(remark, name) != value]
    if not changed:
        return
    _write(remark, **values)
    _note(by, at, remark, {"remark": remark.pk, "kind": remark.kind, "changed": ", ".join(changed)})


@deed
def remove_remark(*, by: Actor, at: datetime, remark: Remark, because: str) -> None:
    """Take a remark away that was written by mistake, while it was not answered and nothing was proposed.

    Raises Denied; RuleBroken: closed, answered, state, because_missing, already_done.
    """
    _require(by, remark.entry, remark.kind)
    guards.require_state(remark.entry, *BEFORE_PROPOSAL)
    _require_unanswered(remark)
    why = require_text(because, code="because_missing", field="because")
    details = {"removed": remark.pk, "kind": remark.kind, "source": remark.source, "reason": why}
    deleted, _rows = Remark.objects.filter(pk=remark.pk, version=remark.version).delete()
    if not deleted:
        raise changed_meanwhile() if Remark.objects.filter(pk=remark.pk).exists() else moved_on()
    _note(by, at, remark, details)


@deed
def answer_remark(*, by: Actor, at: datetime, remark: Remark, text: str) -> None:
    """Write the entry's own answer to a remark; it may be mended until the sitting proposes.

    Raises Denied; RuleBroken: closed, state, text_missing, changed_meanwhile.
    """
    if not isinstance(by, Machine) and not permissions.is_own(by, remark.entry):
        raise Denied(_("Giải trình do chính người, tập thể được nhận xét viết."))
    guards.require_open(remark.entry.cycle)
    guards.require_state(remark.entry, *BEFORE_PROPOSAL)
    words = require_text(text, code="text_missing", field="text")
    details: dict[str, Any] = {"remark": remark.pk, "answered_on": day_of(at)}
    if remark.answered_at:
        details["again"] = True
    _write(remark, answer=words, answered_at=remark.answered_at or at)
    _note(by, at, remark, details, Action.ANSWER)


def _require_unanswered(remark: Remark) -> None:
    if remark.answered_at is not None:
        message = _("Mục này đã có giải trình, không sửa nữa. Cần thì ghi thêm một mục mới.")
        raise RuleBroken("answered", message)


def _write(remark: Remark, **changes: Any) -> None:
    rows = Remark.objects.filter(pk=remark.pk, version=remark.version)
    if rows.update(**changes, version=F("version") + 1) != 1:
        raise changed_meanwhile() if Remark.objects.filter(pk=remark.pk).exists() else moved_on()
    for name, value in changes.items():
        setattr(remark, name, value)
    remark.version += 1


def _note(
    by: Actor, at: datetime, remark: Remark, details: dict[str, Any], action: Action | None = None
) -> None:
    """Record a deed on a remark with its entry, so that whoever follows the entry finds it."""
    usual = Action.PROMPT if remark.kind == Remark.Kind.PROMPT else Action.REMARK
    entry = remark.entry
    audit.record(
        by=by, at=at, action=action or usual, target=entry, unit_id=entry.unit_id, subject_id=entry.member_id,
        details=details,
    )  # fmt: skip
