"""Opening a check, mending what was written at its opening, giving it more time, stopping it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.periods import add_months
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.actions.checks import (
    cite,
    day_of,
    deed,
    moved_on,
    require_decision,
    require_past,
    require_standing,
    require_text,
)
from hatnhan.organization.models import Body, Member, Unit
from hatnhan.organization.powers import powers_of
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import guards
from hatnhan.oversight.actions.conflicts import require_no_conflict, require_subjects, require_team_of
from hatnhan.oversight.actions.dossiers import make_dossier
from hatnhan.oversight.actions.silence import require_silent_about, require_silent_check
from hatnhan.oversight.models import AD_HOC, Check, Kind, Programme, ProgrammeItem, Step, Subject, TeamMember
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.rules import steps as rules
from hatnhan.oversight.selectors.steps import PROCEDURES, law_of
from hatnhan.rulebook import resolver

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.rulebook.topics.oversight import Procedure
    from hatnhan.rulebook.types import Rule

_PLANNED = frozenset(PROCEDURES) - set(AD_HOC)


@dataclass(frozen=True, slots=True)
class CheckData:
    """What a decision to check says. ``examined_to`` is the first day no longer looked at, ``ends_by`` inclusive.

    Of a planned check whatever is left empty comes from its item of the programme.
    """

    kind: str
    title: str
    topic: str
    content: str
    examined_from: date | None
    examined_to: date | None
    decision_no: str
    units: Sequence[Unit] = ()
    members: Sequence[Member] = ()
    team: Sequence[tuple[Member, str]] = ()
    ground: str = ""
    item: ProgrammeItem | None = None
    after: Check | None = None
    ends_by: date | None = None


def from_item(item: ProgrammeItem, decision_no: str = "", **more: Any) -> CheckData:
    """Return what an item of the programme plans, as the data of its check."""
    empty = CheckData(item.kind, "", "", "", None, None, decision_no, item=item, **more)
    return _filled(empty, item)


def _filled(data: CheckData, item: ProgrammeItem) -> CheckData:
    team = [(row.member, "head" if row.is_head else "member") for row in item.team.select_related("member")]
    subjects = list(item.subjects.select_related("unit", "member"))
    named = data.units or data.members
    kind = Kind(item.kind).label
    return replace(
        data,
        title=data.title or f"{kind}: {item.content}"[:300],
        topic=data.topic or item.topic,
        content=data.content or item.content,
        examined_from=data.examined_from or item.examined_from,
        examined_to=data.examined_to or item.examined_to,
        units=data.units if named else [one.unit for one in subjects if one.unit],
        members=data.members if named else [one.member for one in subjects if one.member],
        team=data.team or team,
    )


@deed
def open_check(
    *, by: Actor, at: datetime, unit: Unit, body: str, data: CheckData, opened_on: date | None = None
) -> Check:
    """Open a check of a body of a unit by a decision of ``opened_on`` (the day of ``at``), with its file and steps.

    Raises Denied, and RuleBroken with codes ``future``, ``dissolved``, ``decision_missing``, ``kind``,
    ``item_missing``, ``item_other``, ``item_taken``, ``ground_missing``, ``title_missing``, ``topic``,
    ``content_missing``, ``order``, ``look_back``, ``ends_by``, ``too_long``, ``no_subject``, ``twice``, ``not_below``,
    ``no_head``, ``too_many``, ``not_member``, ``is_subject``, ``kin``, ``own_cell``, ``no_rule``, ``names_denouncer``.
    """
    _require_opens(by, unit, data)
    on = opened_on or day_of(at)
    require_past(on, field="opened_on")
    require_standing(unit, on, field="unit")
    data = _checked(unit, body, data)
    _require_silent(unit, data, on)
    law: Rule[Procedure] = resolver.at(PROCEDURES[data.kind], on=on, unit=unit)
    ends_by = data.ends_by or on + timedelta(days=law.value.most_days)
    examined = _require_days(data, on, ends_by, law)
    _require_people(unit, data, on, law)
    made = Check.objects.create(
        unit=unit,
        body=body,
        kind=data.kind,
        title=data.title,
        item=data.item,
        ground=data.ground,
        after=data.after,
        topic=data.topic,
        content=data.content,
        examined_from=examined[0],
        examined_to=examined[1],
        decision_no=data.decision_no,
        opened_on=on,
        ends_by=ends_by,
        dossier=make_dossier(law, on, ends_by),
    )
    Subject.objects.bulk_create(
        [
            *(Subject(of_check=made, unit=one) for one in data.units),
            *(Subject(of_check=made, member=one) for one in data.members),
        ]
    )
    TeamMember.objects.bulk_create(
        TeamMember(of_check=made, member=one, role=role) for one, role in data.team
    )
    details = {
        "kind": data.kind,
        "decision_no": data.decision_no,
        "on": on,
        "ends_by": ends_by,
        "rule": law.version,
        "subjects": _subjects(data),
        "team": "; ".join(str(one) for one, _role in data.team),
    }
    _record(by, at, Action.OPEN_CHECK, made, details)
    return made


def _subjects(data: CheckData) -> str:
    """Return in words whom a check looks at; of a denunciation only its chair may know, so the record does not say."""
    if data.kind == Kind.DENUNCIATION:
        return ""
    return "; ".join(str(one) for one in (*data.units, *data.members))


def _require_opens(by: Actor, unit: Unit, data: CheckData) -> None:
    permissions.require_run(by, unit.pk)
    if isinstance(by, Machine):
        return
    if data.kind == Kind.DENUNCIATION and unit.pk not in permissions.chaired_by(by):
        raise Denied(_("Việc này do Chủ nhiệm, Phó Chủ nhiệm Ủy ban Kiểm tra làm."))
    powers = powers_of(by)
    own = {one.pk for one in data.members} & {powers.member_id, *permissions.kin_of(powers.member_id or 0)}
    if own or any(one.pk in permissions.headed_by(powers) for one in data.units):
        message = _("Đồng chí là đối tượng, hoặc là người thân của đối tượng. Đồng chí khác mở cuộc này.")
        raise Denied(message)


def _checked(unit: Unit, body: str, data: CheckData) -> CheckData:
    """Return what was typed, tidy, with what the item of the programme says."""
    if data.kind not in PROCEDURES:
        message = _("Loại này không mở thành cuộc. Giám sát thường xuyên thì phân công người theo dõi.")
        raise RuleBroken("kind", message, field="kind")
    if data.kind in _PLANNED:
        data = _filled(data, _require_item(unit, body, data))
    else:
        message = _("Chưa ghi căn cứ. Ghi dấu hiệu vi phạm, đơn hoặc chỉ đạo làm căn cứ mở.")
        ground = require_text(data.ground, code="ground_missing", field="ground", message=message)
        data = replace(data, ground=ground, item=None)
    _require_bodies(unit, body)
    return replace(
        data,
        title=require_text(data.title, code="title_missing", field="title"),
        content=require_text(data.content, code="content_missing", field="content"),
        topic=require_text(data.topic, code="topic", field="topic"),
        decision_no=require_decision(data.decision_no),
    )


def _require_silent(unit: Unit, data: CheckData, on: date) -> None:
    """Raise RuleBroken ``names_denouncer`` where the opening of a check says who wrote the letter it looks into."""
    if data.kind == Kind.DENUNCIATION:
        texts = {
            "title": data.title,
            "content": data.content,
            "ground": data.ground,
            "decision_no": data.decision_no,
        }
        units, members = [one.pk for one in data.units], [one.pk for one in data.members]
        require_silent_about(unit, on, units, members, texts)


def _require_bodies(unit: Unit, body: str) -> None:
    if unit.is_cell != (body == Body.MEMBERS):
        message = _("Ở chi bộ thì chi bộ kiểm tra; ở cấp trên thì cấp ủy hoặc Ủy ban Kiểm tra.")
        raise RuleBroken("body", message, field="body")


def _require_item(unit: Unit, body: str, data: CheckData) -> ProgrammeItem:
    if data.item is None:
        message = _(
            "Cuộc này phải có trong chương trình năm. Chọn cuộc trong chương trình, hoặc điều chỉnh trước."
        )
        raise RuleBroken("item_missing", message, field="item")
    item = (
        ProgrammeItem.objects.select_for_update(of=("self",)).select_related("programme").get(pk=data.item.pk)
    )
    programme = item.programme
    same = (programme.unit_id, programme.body, item.kind) == (unit.pk, body, data.kind)
    if not same or item.removed_by_id is not None or programme.state != Programme.State.APPROVED:
        message = _("Cuộc này không có trong chương trình đã ban hành. Xem lại chương trình năm.")
        raise RuleBroken("item_other", message, field="item")
    if Check.objects.not_stopped().filter(item=item).exists():
        message = _("Cuộc này trong chương trình đã được mở. Mở danh sách các cuộc để xem.")
        raise RuleBroken("item_taken", message, field="item")
    return item


def _require_days(data: CheckData, on: date, ends_by: date, law: Rule[Procedure]) -> tuple[date, date]:
    """Return the days looked at, once all days stand in order and within what the procedure allows."""
    if data.examined_from is None or data.examined_to is None or data.examined_to <= data.examined_from:
        message = _("Mốc cuối phải sau mốc đầu. Xem lại hai ngày.")
        raise RuleBroken("order", message, field="examined_to")
    months = law.value.look_back_months
    if months and data.examined_from < (first := add_months(on, -months)):
        message = _("Mốc kiểm tra không quá %(months)d tháng. Ghi từ ngày %(day)s trở đi.")
        raise RuleBroken(
            "look_back",
            message % {"months": months, "day": written(first)},
            field="examined_from",
            citation=cite(law),
        )
    if ends_by < on:
        message = _("Ngày kết luận trước ngày quyết định. Xem lại hai ngày.")
        raise RuleBroken("ends_by", message, field="ends_by")
    last = on + timedelta(days=law.value.most_days)
    if ends_by > last:
        message = _("Cuộc này làm không quá %(days)d ngày. Ghi ngày kết luận không sau %(day)s.")
        raise RuleBroken(
            "too_long",
            message % {"days": law.value.most_days, "day": written(last)},
            field="ends_by",
            citation=cite(law),
        )
    return data.examined_from, data.examined_to


def _require_people(unit: Unit, data: CheckData, on: date, law: Rule[Procedure]) -> None:
    require_subjects(unit, data.units, data.members, on)
    require_team([role for _one, role in data.team], law)
    team = [one for one, _role in data.team]
    if len({one.pk for one in team}) != len(team):
        raise RuleBroken("twice", _("Có tên ghi hai lần. Mỗi tên chỉ ghi một lần."), field="team")
    require_team_of(unit, team, on)
    subjects = {"units": [one.pk for one in data.units], "members": [one.pk for one in data.members]}
    require_no_conflict(unit, team, subjects, on)


def require_team(roles: Sequence[str], law: Rule[Procedure]) -> None:
    """Raise RuleBroken ``no_head`` unless a team has one head, ``too_many`` for more than the procedure allows."""
    if list(roles).count(TeamMember.Role.HEAD) != 1:
        message = _("Đoàn có một trưởng đoàn. Chọn đúng một đồng chí.")
        raise RuleBroken("no_head", message, field="head")
    if len(roles) > law.value.most_team:
        message = _("Đoàn không quá %(most)d người. Bớt người.")
        raise RuleBroken(
            "too_many", message % {"most": law.value.most_team}, field="team", citation=cite(law)
        )


@deed
def edit_check(
    *,
    by: Actor,
    at: datetime,
    check: Check,
    title: str,
    topic: str,
    content: str,
    examined_from: date,
    examined_to: date,
    decision_no: str,
    ground: str = "",
) -> None:
    """Mend what was written when a check was opened, until it is reported on.

    Raises Denied, and RuleBroken with codes ``closed``, ``concluded``, ``reported``, ``changed_meanwhile``,
    ``title_missing``, ``content_missing``, ``decision_missing``, ``ground_missing``, ``order``, ``look_back``,
    ``names_denouncer``.
    """
    permissions.require_work(by, check)
    now = guards.lock_open(check)
    if now.reported_on is not None:
        raise RuleBroken("reported", _("Đoàn đã báo cáo kết quả, không sửa phần mở cuộc nữa."))
    changes = {
        "title": require_text(title, code="title_missing", field="title"),
        "topic": require_text(topic, code="topic", field="topic"),
        "content": require_text(content, code="content_missing", field="content"),
        "examined_from": examined_from,
        "examined_to": examined_to,
        "decision_no": require_decision(decision_no),
        "ground": ground.strip(),
    }
    if now.item_id is None:
        require_text(ground, code="ground_missing", field="ground")
    require_silent_check(now, title=title, content=content, ground=ground, decision_no=decision_no)
    seen = CheckData(now.kind, title, topic, content, examined_from, examined_to, decision_no)
    _require_days(seen, now.opened_on, now.opened_on, law_of(now.dossier))
    changed = {name: [getattr(now, name), new] for name, new in changes.items() if getattr(now, name) != new}
    guards.write(check, **changes)
    if changed:
        _record(by, at, Action.EDIT_CHECK, check, changed)


@deed
def extend_check(*, by: Actor, at: datetime, check: Check, ends_by: date, reason: str) -> None:
    """Give a check more time, once. Open steps not yet late move with it.

    Raises Denied, and RuleBroken with codes ``closed``, ``concluded``, ``extended_before``, ``not_later``,
    ``too_long``, ``reason_missing``, ``names_denouncer``, ``changed_meanwhile``.
    """
    permissions.require_work(by, check)
    permissions.require_approve(by, check.unit_id, check.body)
    now = guards.lock_open(check)
    if now.extended_because:
        raise RuleBroken("extended_before", _("Cuộc này đã gia hạn một lần. Kết luận trong hạn đã gia hạn."))
    because = require_text(reason, code="reason_missing", field="reason")
    require_silent_check(now, reason=because)
    law = law_of(now.dossier)
    last = now.ends_by + timedelta(days=law.value.extension_days)
    if ends_by <= now.ends_by:
        message = _("Ngày mới phải sau %(day)s.")
        raise RuleBroken("not_later", message % {"day": written(now.ends_by)}, field="ends_by")
    if ends_by > last:
        message = _("Gia hạn không quá %(days)d ngày. Ghi ngày không sau %(day)s.")
        words = message % {"days": law.value.extension_days, "day": written(last)}
        raise RuleBroken("too_long", words, field="ends_by", citation=cite(law))
    later = ends_by - now.ends_by
    for step in Step.objects.filter(dossier=now.dossier, done_on=None, skipped_because=""):
        moved = rules.moved_due(step.due, later, day_of(at))
        Step.objects.filter(pk=step.pk, done_on=None).update(due=moved)
    details = {"ends_by": [now.ends_by, ends_by], "reason": because}
    guards.write(check, ends_by=ends_by, extended_because=because)
    _record(by, at, Action.EDIT_CHECK, check, details)


@deed
def stop_check(*, by: Actor, at: datetime, check: Check, reason: str) -> None:
    """Stop a check before its conclusion. Nothing is written in it any more.

    Raises Denied, and RuleBroken with codes ``closed``, ``concluded``, ``reason_missing``, ``names_denouncer``,
    ``already_done``.
    """
    permissions.require_work(by, check)
    permissions.require_approve(by, check.unit_id, check.body)
    now = guards.lock_open(check)
    because = require_text(reason, code="reason_missing", field="reason")
    require_silent_check(now, reason=because)
    on = day_of(at)
    rows = Check.objects.filter(pk=now.pk, state__in=guards.RUNNING, concluded_on=None)
    if (
        rows.update(
            state=Check.State.STOPPED, stopped_because=because, stopped_on=on, version=now.version + 1
        )
        != 1
    ):
        raise moved_on()
    check.refresh_from_db()
    _record(by, at, Action.STOP, check, {"stopped": because, "on": on})


def _record(by: Actor, at: datetime, action: str, check: Check, details: dict[str, Any]) -> None:
    record(by=by, action=action, at=at, target=check, unit_id=check.unit_id, details=details)
