"""What every deed on a self-review asks first, and how it is written without writing over another's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit import actions as audit
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import changed_meanwhile, moved_on
from hatnhan.reviews import permissions
from hatnhan.reviews.actions.guards import require_open, require_state
from hatnhan.reviews.models import Entry, SelfReview

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor

LONGEST = 20_000


def hold(by: Actor, review: SelfReview, *, state: str = Entry.State.DUE) -> SelfReview:
    """Lock a self-review that may be written now, and return it as it stands. Raises Denied, RuleBroken.

    What one wrote oneself nobody else writes over; what was typed from paper is mended by those who may type.
    """
    require_open(review.entry.cycle)
    require_state(review.entry, state)
    rows = SelfReview.objects.select_for_update(of=("self",))
    now = rows.select_related("entry__cycle", "entry__member", "entry__unit").filter(pk=review.pk).first()
    if now is None:
        raise moved_on()
    # The law was read once for this deed already.
    now.entry.cycle = review.entry.cycle
    require_pen(by, now)
    return now


def require_pen(by: Actor, review: SelfReview) -> None:
    """Raise Denied unless a person may write in a self-review that was begun."""
    if isinstance(by, Machine) or permissions.is_own(by, review.entry):
        return
    permissions.require_write(by, review.entry)
    if not review.typed_by:
        raise Denied(_("Bản này chính người ấy đang viết. Người khác không ghi đè lên."))


def touch(now: SelfReview, at: datetime, *, own: bool, **changes: Any) -> None:
    """Note that a self-review was changed; what another typed anew, the member has not confirmed."""
    if not own and now.confirmed_at is not None:
        changes["confirmed_at"] = None
    rows = SelfReview.objects.filter(pk=now.pk, version=now.version)
    if rows.update(**changes, saved_at=at, version=F("version") + 1) != 1:
        raise changed_meanwhile()
    for name, value in changes.items():
        setattr(now, name, value)
    now.saved_at, now.version = at, now.version + 1


def require_seen(review: SelfReview, now: SelfReview, stands: str, seen: str | None) -> None:
    """Raise RuleBroken ``changed_meanwhile`` unless a part stands as whoever changes it saw it.

    ``seen`` is the mark of the part on the page; without one the whole review must stand at the version given.
    """
    if seen is None and review.version != now.version:
        raise changed_meanwhile()
    if seen is not None and seen != stands:
        raise changed_meanwhile()


def tidy(text: str, field: str, longest: int = LONGEST) -> str:
    """Return a text as it is kept. Raises RuleBroken ``too_long``."""
    kept = nfc(text).replace("\r\n", "\n").strip()
    if len(kept) > longest:
        message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        raise RuleBroken("too_long", message % {"long": len(kept), "most": longest}, field=field)
    return kept


def note(by: Actor, at: datetime, action: str, entry: Entry, details: dict[str, Any]) -> None:
    """Write the record of a deed on an entry. Never a text of the review."""
    audit.record(
        by=by,
        at=at,
        action=action,
        target=entry,
        unit_id=entry.unit_id,
        subject_id=entry.member_id,
        details={"year": entry.cycle.year, **details},
    )
