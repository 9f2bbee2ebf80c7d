"""Typing a self-review for another from paper, whole or as it comes, and the member's word that it is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.actions.checks import deed, moved_on, require_text
from hatnhan.reviews import permissions
from hatnhan.reviews.actions.guards import require_open
from hatnhan.reviews.actions.review_guards import note, touch
from hatnhan.reviews.permissions import Action

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.reviews.models import Entry, SelfReview

_NAME, _NOTE = 120, 200


def typist(by: Actor, entry: Entry, typed_note: str) -> tuple[str, str]:
    """Return who types and the note on the paper; both empty when one writes one's own. Raises RuleBroken.

    A command on the machine that takes over what members wrote elsewhere gives no note, and is no typist.
    """
    if permissions.is_own(by, entry) or (isinstance(by, Machine) and not typed_note):
        return "", ""
    message = _("Ghi bản giấy ở đâu, ai nộp, như “Bản giấy nộp chi ủy ngày 20/11/2026, chi ủy giữ”.")
    kept = require_text(typed_note, code="note_missing", field="typed_note", message=message)
    if len(kept) > _NOTE:
        raise RuleBroken("too_long", _("Ghi gọn trong 200 chữ."), field="typed_note")
    return str(by)[:_NAME], kept


@deed
def confirm_review(*, by: Actor, at: datetime, review: SelfReview) -> None:
    """Say that what was typed is one's own. Raises Denied, RuleBroken ``not_typed``, ``already_done``.

    It may be said while the review is still a draft and later, until the cycle is closed.
    """
    require_open(review.entry.cycle)
    if not permissions.is_own(by, review.entry):
        raise Denied(_("Chỉ chính người ấy xác nhận bản được ghi hộ."))
    if not review.typed_by:
        raise RuleBroken("not_typed", _("Bản này đồng chí tự viết, không phải xác nhận."))
    if review.confirmed_at is not None:
        raise moved_on()
    touch(review, at, own=True, confirmed_at=at)
    note(by, at, Action.CONFIRM, review.entry, {"typed_by": review.typed_by})
