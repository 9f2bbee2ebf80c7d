"""Changes of an issued programme: dated, numbered, with a reason; what they take out stays beside the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import (
    day_of,
    deed,
    moved_on,
    require_not_before,
    require_past,
    require_text,
)
from hatnhan.oversight import permissions
from hatnhan.oversight.actions.items import ItemData, checked, data_of, grow, said, write
from hatnhan.oversight.models import Amendment, Check, Programme, ProgrammeItem, Watch
from hatnhan.oversight.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor

_LONGEST_NO, _LONGEST_REASON = 60, 500
#: Beside so long a list of works the numbers say enough.
_MOST_SAID = 20


@deed
def amend_programme(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    decided_on: date,
    decision_no: str,
    reason: str,
    add: Sequence[ItemData] = (),
    remove: Sequence[ProgrammeItem] = (),
    change: Mapping[ProgrammeItem, ItemData] | None = None,
) -> Amendment:
    """Amend an issued programme by a decision of a day: works put in, taken out, changed into others.

    What was concluded stays as it is. What has passed its last day, by then or by the day of writing, stays too,
    late: a plan is not fulfilled by deleting what was not done, nor by a decision dated back. Changes of the same paper
    of the same day join the amendment that it already is, for the same reason.

    Raises Denied, and RuleBroken with codes ``decision_missing``, ``reason_missing``, ``too_long``, ``future``,
    ``before_approval``, ``before_last``, ``nothing``, ``reason_differs`` (from that of the same paper),
    ``already_done`` (not issued, or a work is gone), ``concluded``,
    ``passed``, ``opened`` (a work with an opened check or supervision is taken out), ``opened_kind``, ``no_subject``,
    ``no_team``, and those of `items.add_item`.
    """
    change = change or {}
    permissions.require_approve(by, programme.unit_id, programme.body)
    number, why = _words(decision_no, reason)
    if not (add or remove or change):
        raise RuleBroken("nothing", _("Chưa chọn cuộc nào để thêm, bỏ hoặc sửa."))
    grow(programme, Programme.State.APPROVED)
    _require_day(programme, decided_on)
    today = day_of(at)
    by_day = max(decided_on, today)
    gone = [_standing(programme, one, by_day) for one in remove]
    _require_not_opened(gone)
    changed = [(_standing(programme, one, by_day), data) for one, data in change.items()]
    fresh = [_whole(checked(one, programme, today)) for one in add]
    ready = [(old, _changed(old, checked(data, programme, today, data_of(old)))) for old, data in changed]
    made = _same_paper(programme, decided_on, number, why) or _number(by, programme, decided_on, number, why)
    details = {"decision_no": number, "on": decided_on, "reason": why}
    details |= {
        "added": _said(fresh),
        "removed": _said([data_of(one) for one in gone]),
        "before": _said([data_of(old) for old, _data in ready]),
        "after": _said([data for _old, data in ready]),
    }
    for one in gone:
        _take_out(one, made)
    for old, data in ready:
        _take_out(old, made)
        new = write(programme, _whole(data), place=old.place, added_by=made, instead_of=old)
        # What was begun for the old one goes on for the new.
        Check.objects.filter(item=old).update(item=new)
        Watch.objects.filter(item=old).update(item=new)
    for data in fresh:
        write(programme, data, added_by=made)
    record(by=by, action=Action.AMEND, at=at, target=programme, unit_id=programme.unit_id, details=details)
    return made


def _words(decision_no: str, reason: str) -> tuple[str, str]:
    message = _("Chưa ghi số văn bản điều chỉnh. Ghi như trên văn bản, ví dụ 05-QĐ/UBKT.")
    number = require_text(nfc(decision_no), code="decision_missing", field="decision_no", message=message)
    message = _("Chưa ghi lý do điều chỉnh. Ghi một câu vì sao phải đổi.")
    why = require_text(nfc(reason), code="reason_missing", field="reason", message=message)
    for text, most, field in ((number, _LONGEST_NO, "decision_no"), (why, _LONGEST_REASON, "reason")):
        if len(text) > most:
            message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
            raise RuleBroken("too_long", message % {"long": len(text), "most": most}, field=field)
    return number, why


def _require_day(programme: Programme, on: date) -> None:
    require_past(on, field="decided_on")
    if programme.approved_on is not None:
        what = _("Chương trình ban hành")
        require_not_before(on, programme.approved_on, code="before_approval", field="decided_on", what=what)
    last = Amendment.objects.filter(programme=programme).aggregate(last=Max("decided_on"))["last"]
    if last is not None:
        what = _("Lần điều chỉnh trước")
        require_not_before(on, last, code="before_last", field="decided_on", what=what)


def _standing(programme: Programme, item: ProgrammeItem, on: date) -> ProgrammeItem:
    """Return a work as it stands, to be amended on a day. Raises RuleBroken unless it may be."""
    rows = ProgrammeItem.objects.standing().filter(programme=programme, pk=item.pk)
    found: ProgrammeItem | None = rows.first()
    if found is None:
        raise moved_on()
    where = {"content": found.content[:80], "day": written(found.ends_on)}
    if _concluded(found):
        message = _("Cuộc “%(content)s” đã kết luận nên không điều chỉnh nữa.")
        raise RuleBroken("concluded", message % where)
    if found.ends_on < on:
        message = _(
            "Cuộc “%(content)s” đã quá hạn từ ngày %(day)s. Cuộc trễ thì làm trễ, không bỏ, không đổi."
        )
        raise RuleBroken("passed", message % where)
    return found


def _concluded(item: ProgrammeItem) -> bool:
    if Check.objects.filter(item=item, concluded_on__isnull=False).exists():
        return True
    watches = list(Watch.objects.filter(item=item).values_list("concluded_on", flat=True))
    return bool(watches) and None not in watches


def _require_not_opened(items: Sequence[ProgrammeItem]) -> None:
    checks = Check.objects.not_stopped().filter(item__in=items).values_list("item")
    opened = {pk for (pk,) in [*checks, *Watch.objects.filter(item__in=items).values_list("item")]}
    for one in items:
        if one.pk in opened:
            message = _("Cuộc “%(content)s” đã mở. Kết luận, hoặc dừng cuộc ấy và ghi lý do, rồi mới bỏ.")
            raise RuleBroken("opened", message % {"content": one.content[:80]})


def _changed(old: ProgrammeItem, data: ItemData) -> ItemData:
    begun = Check.objects.not_stopped().filter(item=old).exists() or Watch.objects.filter(item=old).exists()
    if begun and data.kind != old.kind:
        message = _("Cuộc này đã mở nên không đổi loại. Sửa những mục khác.")
        raise RuleBroken("opened_kind", message, field="kind")
    return data


def _whole(data: ItemData) -> ItemData:
    """Return a work of an issued programme. Raises RuleBroken unless it has subjects and who does it."""
    if not (data.units or data.members):
        raise RuleBroken("no_subject", _("Chưa chọn đối tượng."), field="units")
    if not data.team:
        raise RuleBroken("no_team", _("Chưa chọn trưởng đoàn hoặc người giám sát."), field="head")
    return data


def _same_paper(programme: Programme, on: date, decision_no: str, reason: str) -> Amendment | None:
    """Return the last amendment where it is by the same paper. Raises RuleBroken ``reason_differs``."""
    last: Amendment | None = Amendment.objects.filter(programme=programme).order_by("number").last()
    if last is None or (last.decided_on, last.decision_no) != (on, decision_no):
        return None
    if last.reason != reason:
        message = _(
            "Văn bản này đã ghi với lý do “%(reason)s”. Ghi đúng lý do ấy, hoặc số của văn bản điều chỉnh khác."
        )
        raise RuleBroken("reason_differs", message % {"reason": last.reason}, field="reason")
    return last


def _number(by: Actor, programme: Programme, on: date, decision_no: str, reason: str) -> Amendment:
    last = Amendment.objects.filter(programme=programme).aggregate(last=Max("number"))["last"] or 0
    made: Amendment = Amendment.objects.create(
        programme=programme,
        number=last + 1,
        decided_on=on,
        decision_no=decision_no,
        reason=reason,
        by_name=str(by)[:120],
    )
    return made


def _take_out(item: ProgrammeItem, amendment: Amendment) -> None:
    if ProgrammeItem.objects.standing().filter(pk=item.pk).update(removed_by=amendment) != 1:
        raise moved_on()


def _said(items: Sequence[ItemData]) -> list[str]:
    return [said(one) for one in items[:_MOST_SAID]]
