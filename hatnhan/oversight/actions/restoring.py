"""A wrong is put right before the same people: an apology, a good name, rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import (
    deed,
    moved_on,
    require_not_before,
    require_past,
    require_text,
)
from hatnhan.oversight import permissions
from hatnhan.oversight.actions.handing_over import record_about
from hatnhan.oversight.models import Restoration
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor


@deed
def restore(*, by: Actor, at: datetime, restoration: Restoration, done_on: date, where: str) -> None:
    """Write on which day it was done, where and before whom.

    Raises Denied, and RuleBroken with codes ``where_missing``, ``future``, ``before``, ``already_done``.
    """
    if not permissions.may_restore(by, restoration):
        raise Denied(_("Việc này do nơi đã ra quyết định hoặc người giải quyết đơn làm."))
    message = _("Chưa ghi ở đâu, trước ai. Ghi cuộc họp hoặc nơi đã công khai.")
    where = require_text(nfc(where), code="where_missing", field="where", message=message)
    require_past(done_on, field="done_on")
    since = _since(restoration)
    if since is not None:
        what = _("Kết luận là sai")
        require_not_before(done_on, since, code="before", field="done_on", what=what)
    rows = Restoration.objects.filter(pk=restoration.pk, done_on=None)
    if rows.update(done_on=done_on, where=where) != 1:
        raise moved_on()
    restoration.done_on, restoration.where = done_on, where
    details = {"kind": restoration.kind, "done_on": done_on, "where": where}
    if restoration.decision is not None:
        record_about(by, Action.RESTORE, at, restoration.decision, details)
    elif (letter := restoration.denunciation) is not None:
        record(by=by, action=Action.RESTORE, at=at, target=letter, unit_id=letter.unit_id, details=details)


def _since(restoration: Restoration) -> date | None:
    """Return the day on which it was found that there was a wrong."""
    if restoration.decision is not None:
        return restoration.decision.state_since
    return restoration.denunciation.state_on if restoration.denunciation else None
