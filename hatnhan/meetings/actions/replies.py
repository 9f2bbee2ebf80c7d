"""What the person whom a row of a review concerns answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.meetings import permissions
from hatnhan.meetings.models import ReviewRow
from hatnhan.meetings.models.review import APPROVED
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import reviews
from hatnhan.organization.actions.checks import deed, require_text
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor

_LONGEST = 5_000


@deed
def reply_to_row(*, by: Actor, at: datetime, row: ReviewRow, text: str) -> ReviewRow:
    """Let the person whom a row concerns answer it, once the minutes are approved and until the next review opens.

    For one without an account, who answers on paper, whoever leads the unit types it in. The record keeps each answer.
    Raises Denied, and RuleBroken with codes ``text_missing``, ``too_long``, ``not_approved``, ``nothing_said``,
    ``reply_closed``.
    """
    now = reviews.row_now(row.pk)
    own = _require_replier(by, now)
    message = _("Chưa ghi ý kiến trả lời.")
    text = text_of(require_text(text, code="text_missing", field="text", message=message))
    require_length(text, "text")
    if now.meeting.state not in APPROVED or not now.written:
        code = "nothing_said" if now.meeting.state in APPROVED else "not_approved"
        raise RuleBroken(code, _("Dòng nhận xét này chưa có gì để trả lời."))
    if later := reviews.review_that_ends_replies(now.meeting, at):
        message = _("Đã sang %(meeting)s, không ghi thêm trả lời cho dòng này. Nêu ý kiến tại cuộc họp tới.")
        raise RuleBroken("reply_closed", message % {"meeting": later})
    ReviewRow.objects.filter(pk=now.pk).update(reply=text, replied_at=at)
    now.reply, now.replied_at = text, at
    record(
        by=by,
        action=Action.REPLY,
        at=at,
        target=now,
        unit_id=now.meeting.unit_id,
        subject_id=now.subject_id,
        details={"text": text, "on_paper": not own},
    )
    return now


def may_reply(by: Actor, row: ReviewRow) -> bool:
    """Tell whether a person answers in a row: whom it concerns, or for one without an account who leads the unit."""
    if row.subject is None:
        return False
    if isinstance(by, Machine) or powers_of(by).member_id == row.subject_id:
        return True
    return row.subject.user_id is None and permissions.leads(by, row.meeting.unit_id)


def _require_replier(by: Actor, row: ReviewRow) -> bool:
    """Raise Denied unless the person may answer; tell whether it is the person's own answer."""
    if not may_reply(by, row):
        raise Denied(_("Người được nhận xét tự trả lời dòng của mình."))
    return isinstance(by, Machine) or powers_of(by).member_id == row.subject_id


def text_of(text: str) -> str:
    """Return a text as it is kept: NFC, one kind of line end, no space around it."""
    return nfc(text).replace("\r\n", "\n").strip()


def require_length(text: str, field: str) -> None:
    """Raise RuleBroken ``too_long`` for a text of more signs than a box of the sheet holds."""
    if len(text) > _LONGEST:
        message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        raise RuleBroken("too_long", message % {"long": len(text), "most": _LONGEST}, field=field)
