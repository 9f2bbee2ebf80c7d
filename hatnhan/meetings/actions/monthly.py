"""A cell's month: the agenda by its template, pressing matters, the resolution, self-criticism (42-HD/BTCTW)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.accounts.models import User
from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.meetings import permissions
from hatnhan.meetings.actions import agenda
from hatnhan.meetings.actions.agenda import ItemData
from hatnhan.meetings.models import AgendaItem, Meeting, MonthlyResolution, SelfCriticism, Series
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import monthly
from hatnhan.organization.actions.checks import day_of, deed, require_text
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.rulebook.topics.meetings import CellMeeting, MonthlyAgenda

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.assignments.matters import Matter
    from hatnhan.organization.models import Member

_State = Meeting.State
_HELD = (_State.OPEN, _State.CLOSED, _State.APPROVED, _State.LOCKED)
_MAIN = AgendaItem.Part.MAIN


# --- the agenda -------------------------------------------------------------------------------------------------------
@deed
def lay_agenda(*, by: Actor, at: datetime, meeting: Meeting) -> list[AgendaItem]:
    """Put the items of the template in force on the meeting's day onto its agenda, each at the end of its part.

    A meeting with a theme gets an item for it, so long as the rule asks more minutes for one. Raises Denied, and
    RuleBroken with codes ``not_monthly``, ``agenda_laid`` (an item of the template stands there already),
    ``agenda_closed``.
    """
    permissions.require(by, Action.AGENDA, meeting)
    _require_monthly(meeting)
    on = day_of(meeting.starts_at)
    steps = law_for(MonthlyAgenda, on, meeting.unit).value.steps
    there = set(AgendaItem.objects.filter(meeting=meeting).values_list("part", "title"))
    if any((step.part, step.title) in there for step in steps):
        message = _("Chương trình đã có các nội dung của mẫu. Thêm, bớt từng nội dung ở trang cuộc họp.")
        raise RuleBroken("agenda_laid", message)
    items = [ItemData(step.title, step.part, step.minutes) for step in steps]
    if meeting.theme:
        law = law_for(CellMeeting, on, meeting.unit).value
        title = _("Sinh hoạt chuyên đề: %(theme)s") % {"theme": meeting.theme}
        items.append(ItemData(title, _MAIN, max(0, law.least_minutes_with_theme - law.least_minutes)))
    return agenda.set_agenda(by=by, at=at, meeting=meeting, items=items)


@deed
def take_matters(*, by: Actor, at: datetime, meeting: Meeting, matters: Sequence[Matter]) -> list[AgendaItem]:
    """Make pressing matters the first things talked about after the opening; those on the agenda are passed by.

    What an earlier meeting left comes out of the backlog. Raises Denied, and RuleBroken with codes ``not_monthly``,
    ``nothing_chosen``, ``agenda_closed``, ``already_done`` (taken from the backlog meanwhile).
    """
    permissions.require(by, Action.AGENDA, meeting)
    _require_monthly(meeting)
    if not matters:
        raise RuleBroken("nothing_chosen", _("Chưa chọn việc nào. Đánh dấu việc cần bàn."), field="matters")
    known = monthly.taken(meeting)
    new = [one for one in matters if one.key not in known]
    left = [int(one.key.removeprefix(monthly.BACKLOG)) for one in new if one.key.startswith(monthly.BACKLOG)]
    items = [
        ItemData(one.title, _MAIN, detail=one.detail, matter=one.key)
        for one in new
        if not one.key.startswith(monthly.BACKLOG)
    ]
    rows: list[AgendaItem] = []
    if left:
        kept = list(AgendaItem.objects.filter(pk__in=left, meeting=None))
        rows += agenda.take_from_backlog(by=by, at=at, meeting=meeting, items=kept)
    if items:
        rows += agenda.set_agenda(by=by, at=at, meeting=meeting, items=items)
    _put_first(meeting, {row.pk for row in rows})
    return rows


def _put_first(meeting: Meeting, new: set[int]) -> None:
    """Let new matters stand in the main part behind the matters that already lead it, before all else there."""
    rows = list(AgendaItem.objects.filter(meeting=meeting, part=_MAIN).order_by("place", "pk"))
    places = [row.place for row in rows]
    old = [row for row in rows if row.pk not in new]
    lead = next((at for at, row in enumerate(old) if not (row.matter or row.series_id)), len(old))
    ordered = old[:lead] + [row for row in rows if row.pk in new] + old[lead:]
    for row, place in zip(ordered, places, strict=True):
        row.place = place
    AgendaItem.objects.bulk_update(ordered, ["place"])


# --- the resolution ---------------------------------------------------------------------------------------------------
@deed
def save_resolution(
    *, by: Actor, at: datetime, meeting: Meeting, results: str, directions: str, version: int
) -> MonthlyResolution:
    """Save the text of the month's resolution; ``version`` is the one that the writer began from, 0 for none.

    Raises Denied, and RuleBroken with codes ``not_monthly``, ``cancelled``, ``adopted``, ``changed_meanwhile``
    (another saved meanwhile: nothing is written over).
    """
    permissions.require(by, Action.RESOLUTION, meeting)
    _require_monthly(meeting)
    _require_not_cancelled(meeting)
    row, _made = MonthlyResolution.objects.get_or_create(meeting=meeting)
    if row.adopted_at is not None:
        message = _("Nghị quyết đã thông qua, không sửa được nữa. Ghi đính chính vào biên bản.")
        raise RuleBroken("adopted", message)
    texts = {"results": results.strip(), "directions": directions.strip()}
    same = MonthlyResolution.objects.filter(pk=row.pk, version=version, adopted_at=None)
    if same.update(**texts, version=version + 1) != 1:
        message = _("Đồng chí khác vừa lưu dự thảo này. Xem hai bản dưới đây, sửa gộp rồi lưu lại.")
        raise RuleBroken("changed_meanwhile", message)
    row.results, row.directions, row.version = texts["results"], texts["directions"], version + 1
    _record(by, at, Action.RESOLUTION, meeting, {"version": row.version})
    return row


@deed
def adopt_resolution(*, by: Actor, at: datetime, meeting: Meeting, number: str) -> MonthlyResolution:
    """Record that the meeting adopted its resolution under a number; from then on its text stays.

    Raises Denied, and RuleBroken with codes ``not_held``, ``resolution_empty``, ``adopted``, ``number_missing``,
    ``number_taken`` (by another of the same term).
    """
    permissions.require(by, Action.RESOLUTION, meeting)
    require_held(meeting)
    message = _("Chưa ghi số nghị quyết. Ghi như 04-NQ/CB.")
    number = require_text(number, code="number_missing", field="number", message=message)
    row = MonthlyResolution.objects.filter(meeting=meeting).first()
    if row is None or not row.directions:
        message = _("Nghị quyết chưa có phương hướng, nhiệm vụ. Ghi và lưu rồi thông qua.")
        raise RuleBroken("resolution_empty", message)
    if number in monthly.numbers_taken(meeting):
        message = _("Số %(number)s đã dùng cho nghị quyết khác của nhiệm kỳ này. Ghi số tiếp theo.")
        raise RuleBroken("number_taken", message % {"number": number}, field="number")
    if MonthlyResolution.objects.filter(pk=row.pk, adopted_at=None).update(number=number, adopted_at=at) != 1:
        message = _("Nghị quyết tháng này đã thông qua. Mở lại trang để xem.")
        raise RuleBroken("adopted", message)
    row.number, row.adopted_at = number, at
    _record(by, at, Action.RESOLUTION, meeting, {"number": number})
    return row


# --- self-criticism ---------------------------------------------------------------------------------------------------
@deed
def write_self_criticism(
    *,
    by: Actor,
    at: datetime,
    meeting: Meeting,
    text: str,
    remedy: str = "",
    mended: str = SelfCriticism.Mended.NONE,
    member: Member | None = None,
    note: str = "",
) -> SelfCriticism:
    """Save a member's own words for a meeting, and how far what they name is put right.

    The member writes it, or the recorder, the chair or the cell's head types it in from the member's paper
    (``member``; then ``note`` says so). What the member wrote here nobody else writes over. Raises Denied, and
    RuleBroken with codes ``cancelled``, ``locked``, ``not_expected`` (no member of the body at this meeting),
    ``text_missing``, ``note_missing``, ``own_words``.
    """
    writer = powers_of(by).member_id if isinstance(by, User) else None
    who = member.pk if member else writer
    own = who is not None and who == writer
    if who is None or not (own or _may_type(by, meeting)):
        raise Denied(_("Mỗi đồng chí tự viết; thư ký, người chủ trì hoặc Bí thư chi bộ ghi hộ từ bản giấy."))
    _require_writable(meeting, who)
    message = _("Chưa ghi nội dung tự phê bình.")
    fields = {
        "text": require_text(text, code="text_missing", field="text", message=message),
        "remedy": remedy.strip(),
        "mended": mended,
        "typed_by": "" if own else str(by)[:120],
        "note": "" if own else _require_note(note),
        "saved_at": at,
    }
    before = monthly.own_criticism(meeting, who)
    if before is not None and not own and not before.typed_by:
        message = _(
            "Đồng chí này đã tự viết ở đây; người khác không ghi đè. Ý kiến khác thì ghi vào biên bản."
        )
        raise RuleBroken("own_words", message)
    row, _made = SelfCriticism.objects.update_or_create(meeting=meeting, member_id=who, defaults=fields)
    # The record keeps that it was written, never what: it is for far fewer eyes.
    details = {"on_paper": True} if not own else {}
    _record(by, at, Action.SELF_CRITICISM, meeting, details, subject=who)
    return row


@deed
def mend_self_criticism(*, by: Actor, at: datetime, criticism: SelfCriticism, mended: str) -> None:
    """Say how far what an earlier text names has been put right by now.

    By the member, or by whoever may type in for others at that meeting. Raises Denied.
    """
    own = isinstance(by, User) and powers_of(by).member_id == criticism.member_id
    if not (own or _may_type(by, criticism.meeting)):
        raise Denied(_("Mức khắc phục do chính đồng chí ấy, hoặc Bí thư chi bộ ghi."))
    if criticism.mended == mended:
        return
    SelfCriticism.objects.filter(pk=criticism.pk).update(mended=mended)
    criticism.mended = mended
    _record(by, at, Action.SELF_CRITICISM, criticism.meeting, {}, subject=criticism.member_id)


def _may_type(by: Actor, meeting: Meeting) -> bool:
    return not isinstance(by, User) or monthly.may_type(by, meeting)


def _require_note(note: str) -> str:
    message = _("Chưa ghi căn cứ. Ghi như: theo bản viết tay nộp ngày 3/2/2018.")
    return require_text(note, code="note_missing", field="note", message=message)


def _require_writable(meeting: Meeting, member_id: int) -> None:
    _require_monthly(meeting)
    # As it stands now, and held: minutes being locked this moment wait, or are seen as locked.
    meeting.state = Meeting.objects.select_for_update().values_list("state", flat=True).get(pk=meeting.pk)
    _require_not_cancelled(meeting)
    if meeting.state == _State.LOCKED:
        message = _("Biên bản cuộc họp đã khóa. Ghi tự phê bình ở cuộc họp sau.")
        raise RuleBroken("locked", message)
    if not meeting.invitees.filter(member_id=member_id, capacity="body").exists():
        message = _("Đồng chí này không có trong danh sách đảng viên dự cuộc họp. Mời họp trước, rồi ghi.")
        raise RuleBroken("not_expected", message)


# --- what all of them check -------------------------------------------------------------------------------------------
def _require_monthly(meeting: Meeting) -> None:
    if meeting.kind != Series.Kind.CELL_MONTHLY:
        message = _("Việc này chỉ có ở buổi sinh hoạt chi bộ hằng tháng.")
        raise RuleBroken("not_monthly", message)


def _require_not_cancelled(meeting: Meeting) -> None:
    if meeting.state == _State.CANCELLED:
        raise RuleBroken("cancelled", _("Cuộc họp này đã hủy."))


def require_held(meeting: Meeting) -> None:
    """Raise RuleBroken ``not_monthly`` or ``not_held`` unless it is a cell's monthly meeting that was opened."""
    _require_monthly(meeting)
    if meeting.state not in _HELD:
        raise RuleBroken("not_held", _("Cuộc họp chưa khai mạc. Khai mạc rồi mới ghi việc này."))


def _record(
    by: Actor,
    at: datetime,
    action: Action,
    meeting: Meeting,
    details: dict[str, Any],
    *,
    subject: int | None = None,
) -> None:
    record(
        by=by,
        action=action,
        at=at,
        target=meeting,
        unit_id=meeting.unit_id,
        subject_id=subject,
        details=details,
    )
