"""What every deed of the room asks first: that the cycle still runs, that an entry stands where the deed begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import changed_meanwhile, moved_on
from hatnhan.reviews.models import Cycle, Entry

if TYPE_CHECKING:
    from collections.abc import Collection


def require_open(cycle: Cycle) -> None:
    """Raise RuleBroken ``closed`` for a cycle that is closed, as it stands now; held until the deed is written.

    The row is locked for sharing's sake: a closing waits for what is being written, and what comes after sees it.
    """
    state = Cycle.objects.select_for_update().filter(pk=cycle.pk).values_list("state", flat=True).first()
    if state is None:
        raise moved_on()
    if state != Cycle.State.OPEN:
        message = _("Đợt kiểm điểm năm %(year)d đã chốt, không ghi thêm. Chỉ còn xem lại và xếp loại lại.")
        raise RuleBroken("closed", message % {"year": cycle.year})


def require_state(entry: Entry, *states: str) -> None:
    """Raise RuleBroken ``state`` unless an entry stands, now, at one of some states; locked until the deed is written.

    Raises RuleBroken ``left_out`` for an entry that is not reviewed.
    """
    row = (
        Entry.objects.select_for_update(of=("self",)).filter(pk=entry.pk).values("state", "standing").first()
    )
    if row is None:
        raise moved_on()
    if row["standing"] == Entry.Standing.LEFT_OUT:
        message = _("%(who)s không thuộc diện kiểm điểm. Đổi diện trước, nếu ghi nhầm.")
        raise RuleBroken("left_out", message % {"who": name_of(entry)})
    if row["state"] not in states:
        message = _(
            "%(who)s đang ở bước “%(state)s”, không làm việc này được. Mở lại trang để xem bước tiếp."
        )
        label = Entry.State(row["state"]).label
        raise RuleBroken("state", message % {"who": name_of(entry), "state": label})


def name_of(entry: Entry) -> str:
    """Return who or what an entry is of, in words: a person, "Chi ủy, Chi bộ thôn Chùa", a unit."""
    from hatnhan.reviews.selectors.entries import name_of as words  # noqa: PLC0415 - asked for messages only

    return words(entry)


def write(entry: Entry, states: Collection[str] = (), **changes: Any) -> None:
    """Write changes to an entry as it was seen (its version), and only from some states if any are named.

    Raises RuleBroken ``changed_meanwhile`` when another wrote it since, ``already_done`` when it is gone.
    """
    rows = Entry.objects.filter(pk=entry.pk, version=entry.version)
    if states:
        rows = rows.filter(state__in=states)
    if rows.update(**changes, version=F("version") + 1) != 1:
        raise changed_meanwhile() if Entry.objects.filter(pk=entry.pk).exists() else moved_on()
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.version += 1
