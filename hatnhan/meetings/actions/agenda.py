"""The agenda of a meeting, and the backlog of a series that it is filled from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.meetings import permissions
from hatnhan.meetings.models import AgendaItem, ItemBallot, ItemTask, ItemVote, Meeting, Speech
from hatnhan.meetings.permissions import Action
from hatnhan.organization.actions.checks import deed, moved_on, require_text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.meetings.models import Series
    from hatnhan.organization.models import Member

_State = Meeting.State
_ItemState = AgendaItem.State
#: While a meeting is in one of these, its agenda may change.
OPEN_TO_CHANGE = (_State.DRAFT, _State.INVITED, _State.OPEN)
_LONGEST = 600
_PARTS = list(AgendaItem.Part.values)


@dataclass(frozen=True, slots=True)
class ItemData:
    """What is known of an item before it is talked about. ``part`` is one of `AgendaItem.Part`; ``minutes`` planned."""

    title: str
    part: str = AgendaItem.Part.MAIN
    minutes: int = 10
    owner: Member | None = None
    detail: str = ""
    matter: str = ""
    carried_from: AgendaItem | None = None


@deed
def set_agenda(*, by: Actor, at: datetime, meeting: Meeting, items: Sequence[ItemData]) -> list[AgendaItem]:
    """Put items onto an agenda, each at the end of its part; return them.

    Raises Denied, and RuleBroken with codes ``title_missing``, ``part``, ``minutes``, ``agenda_closed``.
    """
    permissions.require(by, Action.AGENDA, meeting)
    require_changeable(meeting)
    rows = [AgendaItem(meeting=meeting, **item_fields(one), **_origin(one)) for one in items]
    _lay(meeting, rows)
    _record(by, at, meeting, {"added": [row.title for row in rows]})
    return rows


@deed
def edit_item(*, by: Actor, at: datetime, item: AgendaItem, data: ItemData) -> None:
    """Change what is planned for an item. In another part it goes to the end of that part.

    Raises Denied, and RuleBroken with codes ``title_missing``, ``part``, ``minutes``, ``agenda_closed``.
    """
    _require(by, item)
    fields, before = item_fields(data), item.part
    AgendaItem.objects.filter(pk=item.pk).update(**fields)
    for name, value in fields.items():
        setattr(item, name, value)
    if item.meeting is not None and item.part != before:
        rest = [row for row in _rows(item.meeting) if row.pk != item.pk]
        _number(sorted_rows([*rest, item]))
    _record_item(by, at, item, {"changed": item.title})


@deed
def remove_item(*, by: Actor, at: datetime, item: AgendaItem) -> None:
    """Take an item off. One that came from the backlog goes back there; another is gone, with its papers.

    Raises Denied, and RuleBroken with codes ``agenda_closed``, ``item_has_record``.
    """
    _require(by, item)
    item.refresh_from_db(fields=["state", "conclusion"])
    if item.state != _ItemState.WAITING or item.conclusion or _has_record(item):
        message = _("Nội dung này đã có ghi chép ở cuộc họp, không bỏ được.")
        raise RuleBroken("item_has_record", message)
    _record_item(by, at, item, {"removed": item.title})
    if item.series_id is not None and item.meeting_id is not None:
        AgendaItem.objects.filter(pk=item.pk).update(meeting=None)
        item.meeting = None
    else:
        _delete(item)


@deed
def shift_item(*, by: Actor, at: datetime, item: AgendaItem, places: int) -> None:
    """Move an item up (fewer than 0) or down its part by so many places; at the edge it stays.

    Raises Denied, and RuleBroken with code ``agenda_closed``.
    """
    _require(by, item)
    if item.meeting is None:
        return
    rows = sorted_rows(_rows(item.meeting))
    moved = shifted(rows, item, places)
    if [row.pk for row in moved] == [row.pk for row in rows]:
        return
    _number(moved)
    _record_item(by, at, item, {"shifted": item.title})


def shifted(rows: list[AgendaItem], item: AgendaItem, places: int) -> list[AgendaItem]:
    """Return the rows with one of them moved within its part."""
    part = [row for row in rows if row.part == item.part]
    old = next(index for index, row in enumerate(part) if row.pk == item.pk)
    part.insert(max(0, min(len(part) - 1, old + places)), part.pop(old))
    return sorted_rows([row for row in rows if row.part != item.part] + part)


@deed
def add_to_backlog(*, by: Actor, at: datetime, series: Series, data: ItemData) -> AgendaItem:
    """Keep an item for a later meeting of a series.

    Raises Denied, and RuleBroken with codes ``title_missing``, ``part``, ``minutes``.
    """
    permissions.require_lead(by, series.unit_id)
    item: AgendaItem = AgendaItem.objects.create(series=series, **item_fields(data), **_origin(data))
    _record_item(by, at, item, {"kept": item.title})
    return item


@deed
def take_from_backlog(
    *, by: Actor, at: datetime, meeting: Meeting, items: Collection[AgendaItem]
) -> list[AgendaItem]:
    """Put items of the backlog of its series onto a meeting's agenda; return them.

    Raises Denied, and RuleBroken with codes ``agenda_closed``, ``already_done`` (one of them was taken meanwhile, or is
    of another series).
    """
    permissions.require(by, Action.AGENDA, meeting)
    require_changeable(meeting)
    keys = [item.pk for item in items]
    if meeting.series_id is None:
        raise moved_on()
    waiting = AgendaItem.objects.filter(pk__in=keys, meeting=None, series_id=meeting.series_id)
    taken = list(waiting.order_by("pk"))
    if len(taken) != len(set(keys)):
        raise moved_on()
    others = _rows(meeting)
    if waiting.update(meeting=meeting) != len(taken):
        raise moved_on()
    for item in taken:
        item.meeting = meeting
    _number(sorted_rows([*others, *taken]))
    _record(by, at, meeting, {"added": [item.title for item in taken]})
    return taken


@deed
def carry_over(*, by: Actor, at: datetime, item: AgendaItem) -> AgendaItem:
    """Keep an unfinished item for a later meeting; return the item of the backlog that goes on with it.

    Raises Denied, and RuleBroken with codes ``no_series``, ``agenda_closed`` (approved or locked minutes stay),
    ``already_done`` (talked to its end, or carried already).
    """
    meeting = item.meeting
    if meeting is None:
        raise moved_on()
    permissions.require(by, Action.AGENDA, meeting)
    if meeting.series_id is None:
        message = _(
            "Cuộc họp này không thuộc nền nếp nào, nên không có kỳ sau. Giao việc, hoặc ghi kết luận."
        )
        raise RuleBroken("no_series", message)
    _require_state(meeting, (*OPEN_TO_CHANGE, _State.CLOSED))
    carried = carry_rows(meeting, [item])
    if not carried:
        raise moved_on()
    _record(by, at, meeting, {"carried": [item.title]})
    return carried[0]


def carry_rows(meeting: Meeting, items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Carry unfinished items of a meeting over to its series' backlog, within the caller's deed and transaction.

    Those done, those carried already, and all of a meeting without a series are passed by. Returns the new ones.
    """
    if meeting.series_id is None or not items:
        return []
    done = set(AgendaItem.objects.filter(carried_from__in=items).values_list("carried_from_id", flat=True))
    left = [one for one in items if one.state != _ItemState.DONE and one.pk not in done]
    rows = [
        AgendaItem(
            series_id=meeting.series_id,
            carried_from=one,
            part=one.part,
            title=one.title,
            detail=one.detail,
            owner_id=one.owner_id,
            minutes_planned=one.minutes_planned,
            matter=one.matter,
        )
        for one in left
    ]
    made = AgendaItem.objects.bulk_create(rows)
    AgendaItem.objects.filter(pk__in=[one.pk for one in left]).update(state=_ItemState.CARRIED)
    for one in left:
        one.state = _ItemState.CARRIED
    return made


def leave_rows(items: Sequence[AgendaItem]) -> None:
    """Note that unfinished items do not go on after all, unless they were carried over before."""
    marked = AgendaItem.objects.filter(pk__in=[one.pk for one in items], state=_ItemState.CARRIED)
    marked.filter(carried_to=None).update(state=_ItemState.WAITING)


def require_changeable(meeting: Meeting) -> None:
    """Raise RuleBroken ``agenda_closed`` unless the agenda of a meeting may still change, as it stands now."""
    _require_state(meeting, OPEN_TO_CHANGE)


def _require_state(meeting: Meeting, states: Collection[str]) -> None:
    # Held until the deed is written: a meeting that ends this moment waits for it, or is seen as ended.
    state = Meeting.objects.select_for_update().values_list("state", flat=True).get(pk=meeting.pk)
    if state not in states:
        message = _("Cuộc họp đã xong hoặc không họp; chương trình không sửa được nữa.")
        raise RuleBroken("agenda_closed", message)


def _require(by: Actor, item: AgendaItem) -> None:
    if item.meeting is not None:
        permissions.require(by, Action.AGENDA, item.meeting)
        require_changeable(item.meeting)
    elif item.series is not None:
        permissions.require_lead(by, item.series.unit_id)


def item_fields(data: ItemData) -> dict[str, Any]:
    """Return what is written of an item. Raises RuleBroken ``title_missing``, ``part``, ``minutes``."""
    message = _("Chưa ghi nội dung. Ghi một câu nói rõ bàn việc gì.")
    if data.part not in _PARTS:
        raise RuleBroken("part", _("Chọn lại phần của chương trình."), field="part")
    if not 0 <= data.minutes <= _LONGEST:
        raise RuleBroken("minutes", _("Ghi số phút từ 0 đến 600."), field="minutes")
    return {
        "title": require_text(data.title, code="title_missing", field="title", message=message),
        "part": data.part,
        "minutes_planned": data.minutes,
        "owner": data.owner,
        "detail": data.detail.strip(),
    }


def _origin(data: ItemData) -> dict[str, Any]:
    return {"matter": data.matter, "carried_from": data.carried_from}


def _has_record(item: AgendaItem) -> bool:
    return any(model.objects.filter(item=item).exists() for model in (Speech, ItemVote, ItemTask, ItemBallot))


def _rows(meeting: Meeting) -> list[AgendaItem]:
    return list(AgendaItem.objects.filter(meeting=meeting).order_by("place", "pk"))


def _delete(item: AgendaItem) -> None:
    """Delete an item with its papers; the files go once that holds."""
    kept = [(paper.file.storage, str(paper.file.name)) for paper in item.papers.all()]
    item.delete()
    for storage, name in kept:
        transaction.on_commit(partial(storage.delete, name))


def sorted_rows(rows: list[AgendaItem]) -> list[AgendaItem]:
    """Return the rows by part, within a part in the order in which they stand."""
    return sorted(rows, key=lambda row: _PARTS.index(row.part))


def _lay(meeting: Meeting, new: list[AgendaItem]) -> None:
    rows = sorted_rows([*_rows(meeting), *new])
    _number(rows)
    AgendaItem.objects.bulk_create(new)


def _number(rows: list[AgendaItem]) -> None:
    number_rows([rows])


def number_rows(agendas: list[list[AgendaItem]]) -> None:
    """Give the rows of each agenda numbers in order, and write those that changed; new rows are only numbered."""
    changed = []
    for rows in agendas:
        for place, row in enumerate(rows):
            if row.place != place:
                row.place = place
                changed.append(row)
    AgendaItem.objects.bulk_update([row for row in changed if row.pk], ["place"])


def _record(by: Actor, at: datetime, meeting: Meeting, details: dict[str, Any]) -> None:
    record(by=by, action=Action.AGENDA, at=at, target=meeting, unit_id=meeting.unit_id, details=details)


def _record_item(by: Actor, at: datetime, item: AgendaItem, details: dict[str, Any]) -> None:
    if item.meeting is not None:
        _record(by, at, item.meeting, details)
    elif item.series is not None:
        series = item.series
        record(by=by, action=Action.AGENDA, at=at, target=series, unit_id=series.unit_id, details=details)
