"""What a programme plans, while it is drafted: put in, changed, moved, taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import F, Max
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import changed_meanwhile, day_of, deed, moved_on, require_text
from hatnhan.organization.models import Member, Membership, Unit, UnitAncestry
from hatnhan.oversight import permissions
from hatnhan.oversight.models import (
    PLANNED,
    ItemSubject,
    ItemTeamMember,
    Programme,
    ProgrammeItem,
)
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.rules import programme as rules
from hatnhan.oversight.selectors import choosing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.oversight.models import Amendment

T = TypeVar("T")
_LONGEST, _LONGEST_NOTE = 2_000, 300
PLANNED_WORDS = {str(one.value): one.label for one in PLANNED}


@dataclass(frozen=True, slots=True)
class ItemData:
    """One planned work. ``examined_to`` is the first day no longer examined; ``starts_on``, ``ends_on`` are inclusive.

    The first of ``team`` is its head; of regular supervision the team are those who follow.
    """

    kind: str
    topic: str
    content: str
    examined_from: date
    examined_to: date
    starts_on: date
    ends_on: date
    units: tuple[Unit, ...] = ()
    members: tuple[Member, ...] = ()
    team: tuple[Member, ...] = ()
    team_note: str = ""
    came_from: str = ""


@deed
def add_item(*, by: Actor, at: datetime, programme: Programme, data: ItemData) -> ProgrammeItem:
    """Put one more work into a drafted programme and return it.

    Raises Denied, and RuleBroken with codes ``approved``, ``kind``, ``topic``, ``content_missing``, ``too_long``,
    ``examined_order``, ``works_order``, ``outside_year``, ``not_below``, ``subject_unit`` (a cell looks at members),
    ``not_member``, ``is_subject``.
    """
    permissions.require_run(by, programme.unit_id)
    grow(programme)
    data = checked(data, programme, day_of(at))
    made = write(programme, data)
    _record(by, at, programme, {"item": made.pk, "added": said(data)})
    return made


@deed
def edit_item(*, by: Actor, at: datetime, item: ProgrammeItem, data: ItemData) -> None:
    """Change a work of a drafted programme. Raises as `add_item`; ``changed_meanwhile``; ``already_done`` when gone."""
    programme = item.programme
    permissions.require_run(by, programme.unit_id)
    grow(programme)
    before = data_of(item)
    data = checked(data, programme, day_of(at), before)
    rows = ProgrammeItem.objects.filter(pk=item.pk)
    if rows.filter(version=item.version).update(**_fields(data), version=F("version") + 1) != 1:
        raise changed_meanwhile() if rows.exists() else moved_on()
    item.refresh_from_db()
    ItemSubject.objects.filter(item=item).delete()
    ItemTeamMember.objects.filter(item=item).delete()
    _write_people(item, data)
    _record(by, at, programme, {"item": item.pk, "before": said(before), "after": said(data)})


@deed
def remove_item(*, by: Actor, at: datetime, item: ProgrammeItem) -> None:
    """Take a work out of a drafted programme. Raises Denied, and RuleBroken ``approved``, ``already_done``."""
    programme = item.programme
    permissions.require_run(by, programme.unit_id)
    grow(programme)
    before = data_of(item)
    if not ProgrammeItem.objects.filter(pk=item.pk).delete()[0]:
        raise moved_on()
    _record(by, at, programme, {"item": item.pk, "removed": said(before)})


@deed
def move_item(*, by: Actor, at: datetime, item: ProgrammeItem, steps: int) -> None:
    """Move a work of a drafted programme up (-1) or down (1) among those of its kind; at an end it stays.

    Raises Denied, and RuleBroken ``approved``, ``already_done``.
    """
    programme = item.programme
    permissions.require_run(by, programme.unit_id)
    grow(programme)
    rows = list(ProgrammeItem.objects.filter(programme=programme, kind=item.kind))
    here = next((place for place, one in enumerate(rows) if one.pk == item.pk), None)
    if here is None:
        raise moved_on()
    there = min(max(here + steps, 0), len(rows) - 1)
    if there == here:
        return
    places = [one.place for one in rows]
    rows.insert(there, rows.pop(here))
    for one, place in zip(rows, places, strict=True):
        ProgrammeItem.objects.filter(pk=one.pk).update(place=place)
    _record(by, at, programme, {"item": item.pk, "moved": there - here})


@deed
def set_items(
    *, by: Actor, at: datetime, programme: Programme, items: Sequence[ItemData]
) -> list[ProgrammeItem]:
    """Write all works of a drafted programme at once, instead of those it has. Raises as `add_item`."""
    permissions.require_run(by, programme.unit_id)
    grow(programme)
    ready = [checked(one, programme, day_of(at)) for one in items]
    ProgrammeItem.objects.filter(programme=programme).delete()
    made = [write(programme, one, place=place) for place, one in enumerate(ready, start=1)]
    _record(by, at, programme, {"items_set": len(made)})
    return made


# --- shared with the programme and its amendments --------------------------------------------------------------------
def grow(programme: Programme, state: str = Programme.State.DRAFT) -> None:
    """Count one more version of a programme that stands in ``state``, and hold it until the deed is written.

    Raises RuleBroken ``approved`` when a draft was issued meanwhile, ``already_done`` when it is gone.
    """
    rows = Programme.objects.filter(pk=programme.pk, state=state)
    if rows.update(version=F("version") + 1) == 1:
        programme.refresh_from_db()
        return
    if state == Programme.State.DRAFT and Programme.objects.filter(pk=programme.pk).exists():
        message = _("Chương trình đã ban hành. Muốn đổi thì lập một lần điều chỉnh, ghi lý do.")
        raise RuleBroken("approved", message)
    raise moved_on()


def checked(data: ItemData, programme: Programme, on: date, before: ItemData | None = None) -> ItemData:
    """Return what was typed, tidied. What stood ``before`` may stand on. Raises as `add_item`."""
    if data.kind not in PLANNED:
        message = _("Chương trình ghi kiểm tra việc chấp hành, giám sát thường xuyên, giám sát chuyên đề.")
        raise RuleBroken("kind", message, field="kind")
    kept = {before.topic} if before else set()
    if data.topic not in kept | set(choosing.topics(programme.unit, on)):
        raise RuleBroken("topic", _("Không có lĩnh vực này. Chọn trong danh mục."), field="topic")
    message = _("Chưa ghi nội dung. Ghi kiểm tra, giám sát việc gì.")
    content = require_text(nfc(data.content), code="content_missing", field="content", message=message)
    _require_short(content, _LONGEST, "content")
    note = nfc(data.team_note).strip()
    _require_short(note, _LONGEST_NOTE, "team_note")
    _require_days(data, programme)
    data = replace(data, content=content, team_note=note, came_from=data.came_from[:_LONGEST_NOTE])
    data = replace(data, units=_once(data.units), members=_once(data.members), team=_once(data.team))
    _require_subjects(data, programme.unit, on, before)
    require_no_conflict(data.members, data.team)
    return data


def require_no_conflict(members: Sequence[Member], team: Sequence[Member]) -> None:
    """Raise RuleBroken ``is_subject``, naming who, when somebody would look at themselves."""
    both = rules.in_both([one.pk for one in members], [one.pk for one in team])
    if both:
        names = ", ".join(one.full_name for one in team if one.pk in both)
        message = _("Đ/c %(names)s là đối tượng nên không làm thành viên đoàn. Chọn người khác.")
        raise RuleBroken("is_subject", message % {"names": names}, field="team")


def write(
    programme: Programme,
    data: ItemData,
    *,
    place: int | None = None,
    added_by: Amendment | None = None,
    instead_of: ProgrammeItem | None = None,
) -> ProgrammeItem:
    """Write a work, checked before, at the end of the programme or at ``place``."""
    if place is None:
        last = ProgrammeItem.objects.filter(programme=programme).aggregate(last=Max("place"))["last"]
        place = (last or 0) + 1
    made: ProgrammeItem = ProgrammeItem.objects.create(
        programme=programme, place=place, added_by=added_by, instead_of=instead_of, **_fields(data)
    )
    _write_people(made, data)
    return made


def data_of(item: ProgrammeItem) -> ItemData:
    """Return a work as data, as it stands. Two queries."""
    subjects = list(item.subjects.select_related("unit", "member"))
    names = (
        "kind", "topic", "content", "examined_from", "examined_to", "starts_on", "ends_on", "team_note",
        "came_from",
    )  # fmt: skip
    return ItemData(
        **{name: getattr(item, name) for name in names},
        units=tuple(one.unit for one in subjects if one.unit is not None),
        members=tuple(one.member for one in subjects if one.member is not None),
        team=tuple(one.member for one in item.team.select_related("member")),
    )


def said(data: ItemData) -> str:
    """Return a work in one line of the record; of members only how many, for the record is read by others too."""
    subjects = [str(one) for one in data.units]
    if data.members:
        subjects.append(_("%(count)d đảng viên") % {"count": len(data.members)})
    days = f"{data.starts_on:%d/%m/%Y}-{data.ends_on:%d/%m/%Y}"
    team = ", ".join(str(one) for one in data.team)
    return f"{PLANNED_WORDS[data.kind]}; {data.content[:200]}; {', '.join(subjects)}; {days}; {team}"


def _fields(data: ItemData) -> dict[str, Any]:
    names = (
        "kind", "topic", "content", "examined_from", "examined_to", "starts_on", "ends_on", "team_note",
        "came_from",
    )  # fmt: skip
    return {name: getattr(data, name) for name in names}


def _write_people(item: ProgrammeItem, data: ItemData) -> None:
    subjects = [ItemSubject(item=item, unit=one) for one in data.units]
    subjects += [ItemSubject(item=item, member=one) for one in data.members]
    ItemSubject.objects.bulk_create(subjects)
    ItemTeamMember.objects.bulk_create(
        ItemTeamMember(item=item, member=one, is_head=place == 0) for place, one in enumerate(data.team)
    )


def _require_short(text: str, most: int, field: str) -> None:
    if len(text) > most:
        message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        raise RuleBroken("too_long", message % {"long": len(text), "most": most}, field=field)


def _require_days(data: ItemData, programme: Programme) -> None:
    if data.examined_to <= data.examined_from:
        message = _("Mốc kiểm tra kết thúc trước khi bắt đầu. Ghi lại hai ngày.")
        raise RuleBroken("examined_order", message, field="examined_to")
    if data.ends_on < data.starts_on:
        message = _("Ngày kết luận trước ngày bắt đầu. Ghi lại hai ngày.")
        raise RuleBroken("works_order", message, field="ends_on")
    if not rules.inside_year(data.starts_on, data.ends_on, programme.year):
        message = _("Chương trình của năm %(year)d. Ghi ngày làm việc trong năm ấy.")
        field = "starts_on" if data.starts_on.year != programme.year else "ends_on"
        raise RuleBroken("outside_year", message % {"year": programme.year}, field=field)


def _require_subjects(data: ItemData, unit: Unit, on: date, before: ItemData | None) -> None:
    """Raise RuleBroken unless subjects and team are of the unit on a day; those who stood there before may stay."""
    if unit.is_cell and data.units:
        message = _("Chi bộ kiểm tra, giám sát đảng viên của mình. Chọn đảng viên.")
        raise RuleBroken("subject_unit", message, field="units")
    stood = {one.pk for one in before.units} if before else set()
    tree = set(UnitAncestry.objects.on(on).filter(ancestor=unit).values_list("unit_id", flat=True))
    ended = [one for one in data.units if one.pk not in stood and (one.pk not in tree or one.pk == unit.pk)]
    if ended:
        message = _("%(name)s không trực thuộc %(unit)s. Chọn lại.")
        raise RuleBroken("not_below", message % {"name": ended[0], "unit": unit}, field="units")
    known = {one.pk for one in (*before.members, *before.team)} if before else set()
    there = Membership.objects.on(on).filter(unit__in=tree).values_list("member_id", flat=True)
    known |= set(there.filter(member__in=[one.pk for one in (*data.members, *data.team)]))
    for field, people in (("members", data.members), ("team", data.team)):
        away = next((one for one in people if one.pk not in known), None)
        if away is not None:
            message = _("Đ/c %(name)s không sinh hoạt ở %(unit)s. Chọn lại.")
            raise RuleBroken("not_member", message % {"name": away, "unit": unit}, field=field)


def _once(things: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(things))


def _record(by: Actor, at: datetime, programme: Programme, details: dict[str, Any]) -> None:
    unit_id = programme.unit_id
    record(by=by, action=Action.PROGRAMME, at=at, target=programme, unit_id=unit_id, details=details)
