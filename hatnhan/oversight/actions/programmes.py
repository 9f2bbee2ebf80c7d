"""The yearly programme: drafted from last year's and from what was left out, given its aim, issued, dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import (
    changed_meanwhile,
    day_of,
    deed,
    moved_on,
    require_past,
    require_standing,
    require_text,
)
from hatnhan.organization.models import Body
from hatnhan.oversight import permissions
from hatnhan.oversight.actions.drafting import first_items
from hatnhan.oversight.actions.items import (
    ItemData,
    add_item,
    edit_item,
    grow,
    move_item,
    remove_item,
    require_no_conflict,
    set_items,
    write,
)
from hatnhan.oversight.models import Programme, ProgrammeItem
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.rules import programme as rules

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit

__all__ = [
    "ItemData",
    "add_item",
    "approve_programme",
    "bodies_with_programmes",
    "draft_programme",
    "drop_programme",
    "edit_item",
    "move_item",
    "remove_item",
    "set_aim",
    "set_items",
]
_LONGEST_AIM, _LONGEST_NO = 4_000, 60
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def bodies_with_programmes(unit: Unit) -> tuple[str, ...]:
    """Return the bodies of a unit that have a programme: all members of a cell; a committee and its inspection."""
    return (Body.MEMBERS,) if unit.is_cell else (Body.COMMITTEE, Body.INSPECTION)


@deed
def draft_programme(
    *, by: Actor, at: datetime, unit: Unit, body: str, year: int, from_last_year: bool = True
) -> Programme:
    """Draft the programme of a body for a year and return it, still to be issued.

    With ``from_last_year`` it takes over last year's works one year later, of subjects that still stand, and adds a
    work for each cell long not looked at, each topic asked for and each shortcoming not put right: `Gaps`.

    Raises Denied, and RuleBroken with codes ``body``, ``year``, ``dissolved``, ``before_founding``, ``twice``.
    """
    permissions.require_run(by, unit.pk)
    today = day_of(at)
    _require_body(unit, body)
    require_standing(unit, today, field="body")
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise RuleBroken("year", _("Ghi năm bốn chữ số, như 2018."), field="year")
    if Programme.objects.filter(unit=unit, body=body, year=year).exists():
        message = _("Năm %(year)d đã có chương trình. Mở chương trình ấy để sửa.")
        raise RuleBroken("twice", message % {"year": year}, field="year")
    made: Programme = Programme.objects.create(unit=unit, body=body, year=year, drafted_at=at)
    items = first_items(made, today) if from_last_year else []
    for place, one in enumerate(items, start=1):
        write(made, one, place=place)
    details = {"body": body, "year": year, "items_drafted": len(items)}
    record(by=by, action=Action.PROGRAMME, at=at, target=made, unit_id=unit.pk, details=details)
    return made


@deed
def set_aim(*, by: Actor, at: datetime, programme: Programme, aim: str) -> None:
    """Write the aim and demands of a drafted programme. Raises Denied, and RuleBroken ``approved``, ``too_long``."""
    permissions.require_run(by, programme.unit_id)
    before, text = programme.aim, nfc(aim).strip()
    if len(text) > _LONGEST_AIM:
        message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        raise RuleBroken("too_long", message % {"long": len(text), "most": _LONGEST_AIM}, field="aim")
    grow(programme)
    if programme.aim != before:
        raise changed_meanwhile()
    Programme.objects.filter(pk=programme.pk).update(aim=text)
    programme.aim = text
    details = {"aim_before": before[:500], "aim": text[:500]}
    record(
        by=by, action=Action.PROGRAMME, at=at, target=programme, unit_id=programme.unit_id, details=details
    )


@deed
def drop_programme(*, by: Actor, at: datetime, programme: Programme) -> None:
    """Drop a drafted programme with its works. Raises Denied, and RuleBroken ``approved``, ``already_done``."""
    permissions.require_run(by, programme.unit_id)
    grow(programme)
    details = {"dropped": True, "body": programme.body, "year": programme.year}
    record(
        by=by, action=Action.PROGRAMME, at=at, target=programme, unit_id=programme.unit_id, details=details
    )
    # Not the instance: it still names the programme on the page that a rehearsal goes back to.
    Programme.objects.filter(pk=programme.pk).delete()


@deed
def approve_programme(
    *, by: Actor, at: datetime, programme: Programme, decision_no: str, approved_on: date | None = None
) -> None:
    """Issue a drafted programme on a day (that of ``at``). From then on it is changed by amendments only.

    Raises Denied, and RuleBroken with codes ``decision_missing``, ``too_long``, ``future``, ``body``,
    ``changed_meanwhile`` (it is not as the caller read it), ``already_done``, ``after_year``, ``no_items``,
    ``no_subject``, ``no_team``, ``outside_year``, ``is_subject``.
    """
    permissions.require_approve(by, programme.unit_id, programme.body)
    message = _("Chưa ghi số chương trình. Ghi như trên văn bản, ví dụ 01-CTr/UBKT.")
    number = require_text(nfc(decision_no), code="decision_missing", field="decision_no", message=message)
    if len(number) > _LONGEST_NO:
        message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        values = {"long": len(number), "most": _LONGEST_NO}
        raise RuleBroken("too_long", message % values, field="decision_no")
    on = approved_on or day_of(at)
    require_past(on, field="approved_on")
    _require_body(programme.unit, programme.body)
    if on.year > programme.year:
        message = _("Chương trình năm %(year)d ban hành trong năm ấy hoặc trước đó. Ghi lại ngày ban hành.")
        raise RuleBroken("after_year", message % {"year": programme.year}, field="approved_on")
    fields = {"state": Programme.State.APPROVED, "decision_no": number, "approved_on": on}
    _issue(programme, fields | {"approved_by": str(by)[:120]})
    items = _require_whole(programme)
    details = {"decision_no": number, "on": on, "items": items}
    record(by=by, action=Action.APPROVE, at=at, target=programme, unit_id=programme.unit_id, details=details)


def _issue(programme: Programme, fields: dict[str, object]) -> None:
    drafts = Programme.objects.filter(pk=programme.pk, state=Programme.State.DRAFT)
    version = programme.version
    if drafts.filter(version=version).update(version=version + 1, **fields) != 1:
        raise changed_meanwhile() if drafts.exists() else moved_on()
    programme.refresh_from_db()


def _require_body(unit: Unit, body: str) -> None:
    if body not in bodies_with_programmes(unit):
        message = _(
            "Đảng ủy và Ủy ban Kiểm tra có chương trình riêng; chương trình của chi bộ do chi bộ thông qua."
        )
        raise RuleBroken("body", message, field="body")


def _require_whole(programme: Programme) -> int:
    """Raise RuleBroken unless every work has subjects, who does it, and days within the year; return how many."""
    rows = ProgrammeItem.objects.filter(programme=programme)
    items = list(rows.prefetch_related("subjects__member", "team__member"))
    if not items:
        raise RuleBroken("no_items", _("Chương trình chưa có cuộc nào. Thêm ít nhất một cuộc rồi ban hành."))
    for one in items:
        where = {"content": one.content[:80], "year": programme.year}
        if not one.subjects.all():
            message = _("Cuộc “%(content)s” chưa có đối tượng. Chọn đối tượng rồi ban hành.")
            raise RuleBroken("no_subject", message % where)
        team = [row.member for row in one.team.all()]
        if not team:
            message = _("Cuộc “%(content)s” chưa có người làm. Chọn trưởng đoàn hoặc người giám sát.")
            raise RuleBroken("no_team", message % where)
        if not rules.inside_year(one.starts_on, one.ends_on, programme.year):
            message = _("Cuộc “%(content)s” có ngày ngoài năm %(year)d. Ghi lại thời gian làm.")
            raise RuleBroken("outside_year", message % where)
        require_no_conflict([row.member for row in one.subjects.all() if row.member], team)
    return len(items)
