"""The one who was graded is told: on which day, and who took the notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import deed, require_past, require_text
from hatnhan.reviews.actions.appraising import locked, names, one_cycle, record_entries
from hatnhan.reviews.actions.guards import write
from hatnhan.reviews.models import Entry, LookAgain
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.notices import may_notify

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor


@deed
def notify(*, by: Actor, at: datetime, entries: Sequence[Entry], on: date, to: str) -> None:
    """Write that graded entries were told their grade on a day, and to whom it was given ("trao tại họp chi bộ").

    Done by who runs the cycle, or by the head of the cell for its own. Also after the cycle is closed.

    Raises Denied, and RuleBroken with codes ``other_cycle``, ``state``, ``already_notified``, ``to_missing``,
    ``future``, ``before_decision``, ``changed_meanwhile``.
    """
    if not entries:
        return
    cycle = one_cycle(entries)
    if not all(may_notify(by, cycle, one) for one in entries):
        raise Denied(_("Việc này do Bí thư, Phó Bí thư Đảng ủy hoặc người đứng đầu chi bộ làm."))
    to = require_text(nfc(to), code="to_missing", field="to")
    require_past(on, field="on")
    rows = locked(entries, (Entry.State.DECIDED,))
    if told := [row for row in rows if row.notified_on]:
        message = _("Đã thông báo rồi: %(who)s. Ghi nhầm thì sửa ở trang của người ấy.")
        raise RuleBroken("already_notified", message % {"who": names(told)}, field="entries")
    _require_after(rows, on)
    for row in rows:
        row.notified_on, row.notified_to = on, to[:200]
        row.version += 1
    Entry.objects.bulk_update(rows, ["notified_on", "notified_to", "version"], batch_size=300)
    record_entries(by, Action.NOTIFY, at, [(row, {"notified_on": on, "to": to}) for row in rows])


@deed
def correct_notice(*, by: Actor, at: datetime, entry: Entry, on: date, to: str, because: str) -> None:
    """Correct the day and receiver of a notice, while nobody has asked to look again; the record keeps both.

    Raises Denied, and RuleBroken with codes ``not_notified``, ``asked``, ``to_missing``, ``reason_missing``,
    ``future``, ``before_decision``, ``changed_meanwhile``.
    """
    cycle = entry.cycle
    if not may_notify(by, cycle, entry):
        raise Denied(_("Việc này do Bí thư, Phó Bí thư Đảng ủy hoặc người đứng đầu chi bộ làm."))
    if entry.notified_on is None:
        raise RuleBroken("not_notified", _("Chưa ghi thông báo. Ghi thông báo trước."))
    asked = LookAgain.objects.filter(entry=entry).exclude(state=LookAgain.State.WITHDRAWN)
    if asked.exists():
        raise RuleBroken("asked", _("Đã có đề nghị xem lại tính hạn từ ngày này, không sửa nữa."))
    to = require_text(nfc(to), code="to_missing", field="to")
    why = require_text(nfc(because), code="reason_missing", field="because")
    require_past(on, field="on")
    _require_after([entry], on)
    before = {"before": entry.notified_on, "before_to": entry.notified_to}
    write(entry, (Entry.State.DECIDED,), notified_on=on, notified_to=to[:200])
    details = {"corrected_to": on, "to": to, "because": why, **before}
    record_entries(by, Action.NOTIFY, at, [(entry, details)])


def _require_after(rows: Iterable[Entry], on: date) -> None:
    last = max(row.decided_on for row in rows if row.decided_on)
    if on < last:
        message = _("Quyết định ngày %(day)s. Ghi ngày thông báo từ ngày ấy trở đi.")
        raise RuleBroken("before_decision", message % {"day": written(last)}, field="on")
