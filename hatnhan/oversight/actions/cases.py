"""Opening a discipline case, its acts and handlers, postponing it, closing it without discipline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.ballots.models import Ballot
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.periods import add_months
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import fold
from hatnhan.organization.actions.checks import (
    cite,
    day_of,
    deed,
    require_past,
    require_standing,
    require_text,
)
from hatnhan.organization.models import Member, Membership, UnitAncestry
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.law import law_at
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import case_guards as guards
from hatnhan.oversight.actions.conflicts import require_no_conflict
from hatnhan.oversight.actions.dossiers import close_dossier, make_dossier
from hatnhan.oversight.casing import CaseData
from hatnhan.oversight.models import Act, Case, CaseBallot, CaseHandler
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.rules.discipline import Event
from hatnhan.oversight.selectors.case_facts import is_postponed
from hatnhan.oversight.selectors.handlers import may_handle
from hatnhan.oversight.selectors.law import deciding_bodies, discipline_of, limitation_law
from hatnhan.oversight.selectors.other_acts import other_acts
from hatnhan.rulebook.topics.oversight import Discipline, DisciplineProcedure, Limitation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit

PREGNANT, NURSING, IN_PATIENT = "pregnant", "nursing", "in_patient"
POSTPONED_FOR = (PREGNANT, NURSING, IN_PATIENT)

__all__ = [
    "POSTPONED_FOR",
    "CaseData",
    "close_without",
    "drop_case",
    "edit_acts",
    "name_handlers",
    "open_case",
    "postpone_case",
    "resume_case",
]


@deed
def open_case(
    *, by: Actor, at: datetime, unit: Unit, body: str, data: CaseData, opened_on: date | None = None
) -> Case:
    """Open a case before a body of a unit, with its file and steps; the law of that day is kept with it.

    A case whose limitation is over may be opened: it is examined, and the vote is recorded. Raises Denied, and
    RuleBroken with codes ``future``, ``dissolved``, ``matter_missing``, ``not_one``, ``not_below``, ``body``, ``head``,
    ``check_other``, ``no_act``, ``act_missing``, ``act_future``, ``act_twice``, ``no_handler``, ``not_handler``,
    ``is_subject``, ``kin``, ``own_cell``, ``no_rule``.
    """
    _require_opens(by, unit, data)
    on = opened_on or day_of(at)
    require_past(on, field="opened_on")
    require_standing(unit, on, field="unit")
    matter = require_text(data.matter, code="matter_missing", field="matter")
    _require_subject(unit, body, data, on)
    acts = _acts(data.acts, on)
    _require_once(acts, data.member, data.organisation)
    law = law_at(Discipline, on, unit)
    limits = law_at(Limitation, on, unit)
    if data.head and all(one.key != data.head for one in limits.value.without):
        raise RuleBroken("head", _("Không có nhóm vi phạm này. Chọn lại."), field="head")
    _require_handlers(unit, data.handlers, data.member, data.organisation, on)
    made = Case.objects.create(
        unit=unit, deciding_unit=unit, deciding_body=body, member=data.member, organisation=data.organisation,
        standing=_standing(data, on), of_check=data.check, matter=matter, head=data.head, opened_on=on,
        dossier=make_dossier(law_at(DisciplineProcedure, on, unit), on),
        rule_version=law.version, limitation_version=limits.version,
    )  # fmt: skip
    Act.objects.bulk_create(Act(case=made, text=text, done_on=day) for text, day in acts)
    CaseHandler.objects.bulk_create(CaseHandler(case=made, member=one) for one in data.handlers)
    details = {
        "opened_on": on,
        "body": body,
        "acts": [day for _text, day in acts],
        "handlers": [str(one) for one in data.handlers],
        "rule_version": law.version,
    }
    guards.note(by, at, Action.OPEN_CASE, made, details)
    return made


def _require_opens(by: Actor, unit: Unit, data: CaseData) -> None:
    permissions.require_run(by, unit.pk)
    if isinstance(by, Machine):
        return
    powers = powers_of(by)
    about = data.member.pk if data.member else 0
    theirs = data.organisation is not None and data.organisation.pk in permissions.headed_by(powers)
    if powers.member_id is None or about == powers.member_id or theirs:
        raise Denied(_("Đối tượng không mở vụ việc về mình."))
    if about in permissions.kin_of(powers.member_id):
        raise Denied(_("Người thân của đối tượng không tham gia vụ việc."))


def _require_subject(unit: Unit, body: str, data: CaseData, on: date) -> None:
    if (data.member is None) == (data.organisation is None):
        message = _("Chọn một đảng viên, hoặc một tổ chức.")
        raise RuleBroken("not_one", message, field="member")
    if data.member is not None:
        _require_member_below(unit, data.member, on)
    else:
        above = UnitAncestry.objects.on(on).filter(unit=data.organisation, ancestor=unit, depth=1)
        if not above.exists():
            message = _("Kỷ luật tổ chức do cấp ủy trên trực tiếp quyết định. Chọn tổ chức trực thuộc.")
            raise RuleBroken("not_below", message, field="organisation")
    if body not in deciding_bodies(unit, on):
        message = _("Tập thể này không có thẩm quyền kỷ luật. Chọn lại.")
        law = law_at(Discipline, on, unit)
        raise RuleBroken("body", message, citation=cite(law), field="body")
    if data.check is not None and not _looked_at(data):
        message = _("Cuộc kiểm tra này không xem xét đối tượng ấy. Chọn lại.")
        raise RuleBroken("check_other", message, field="check")


def _looked_at(data: CaseData) -> bool:
    assert data.check is not None  # noqa: S101 - asked before
    return data.check.subjects.filter(member=data.member, unit=data.organisation).exists()


def _require_member_below(unit: Unit, member: Member, on: date) -> None:
    """Raise RuleBroken ``not_below``. A cell disciplines its own; a committee also who was below it and moved since."""
    rows = Membership.objects.filter(member=member, kind=Membership.Kind.OFFICIAL, start__lte=on)
    if unit.is_cell:
        there = rows.on(on).filter(unit=unit).exists()
    else:
        there = rows.filter(unit__ancestries__ancestor=unit).exists()
    if not there:
        message = _("Đ/c %(who)s không thuộc %(unit)s ngày ấy. Chọn lại.") % {"who": member, "unit": unit}
        raise RuleBroken("not_below", message, field="member")


def _standing(data: CaseData, on: date) -> str:
    if data.member is None:
        return Case.Standing.ORGANISATION
    return Case.Standing.OFFICIAL if data.member.is_official(on) else Case.Standing.PROBATIONARY


def _acts(acts: Sequence[tuple[str, date]], on: date) -> list[tuple[str, date]]:
    if not acts:
        message = _(
            "Chưa ghi hành vi nào. Ghi ít nhất một hành vi và ngày xảy ra; thời hiệu tính từ ngày ấy."
        )
        raise RuleBroken("no_act", message, field="acts")
    found = [(require_text(text, code="act_missing", field="acts"), day) for text, day in acts]
    if any(day > on for _text, day in found):
        message = _("Có hành vi ghi sau ngày mở vụ việc. Ghi lại ngày.")
        raise RuleBroken("act_future", message, field="acts")
    return found


def _require_once(
    acts: Sequence[tuple[str, date]],
    member: Member | None,
    organisation: Unit | None,
    besides: Case | None = None,
) -> None:
    """Raise RuleBroken ``act_twice`` where an act, of the same day and in the same words, stands in another case."""
    there = other_acts(member, organisation, [day for _text, day in acts], besides)
    known = {(fold(one.text), one.done_on) for one in there}
    again = next((day for text, day in acts if (fold(text), day) in known), None)
    if again is not None:
        message = _(
            "Hành vi ngày %(day)s đã ở một vụ việc khác của đối tượng này. Một hành vi chỉ kỷ luật một lần; bỏ hành vi "
            "ấy."
        )
        raise RuleBroken("act_twice", message % {"day": written(again)}, field="acts")


def _require_handlers(
    unit: Unit, handlers: Sequence[Member], member: Member | None, organisation: Unit | None, on: date
) -> None:
    if not handlers:
        raise RuleBroken(
            "no_handler", _("Chưa có người thụ lý. Chọn ít nhất một đồng chí."), field="handlers"
        )
    allowed = may_handle(unit, on)
    strange = [str(one) for one in handlers if one.pk not in allowed]
    if strange:
        message = _("Đ/c %(who)s không ở Ủy ban Kiểm tra, cấp ủy nơi xem xét. Chọn người khác.")
        raise RuleBroken("not_handler", message % {"who": "; ".join(strange)}, field="handlers")
    subjects = {
        "members": [member.pk] if member else [],
        "units": [organisation.pk] if organisation else [],
    }
    try:
        require_no_conflict(unit, handlers, subjects, on)
    except RuleBroken as fault:
        raise RuleBroken(fault.code, fault.message, field="handlers") from fault


# --- while it runs ---------------------------------------------------------------------------------------------------
@deed
def edit_acts(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    acts: Sequence[tuple[str, date]],
    matter: str = "",
    head: str | None = None,
) -> None:
    """Change what a case is about, until the subject was heard on it: what they were not heard on cannot be judged.

    Raises Denied, and RuleBroken with codes ``closed``, ``heard_already``, ``no_act``, ``act_missing``, ``act_future``,
    ``act_twice``, ``head``, ``changed_meanwhile``, ``already_done``.
    """  # fmt: skip
    now = guards.lock_to_write(by, case)
    guards.require_seen(now, case)
    if now.hearings.exists():
        message = _("Đối tượng đã được nghe về các hành vi này. Hành vi mới thì mở vụ việc khác.")
        raise RuleBroken("heard_already", message)
    found = _acts(acts, day_of(at))
    _require_once(found, now.member, now.organisation, now)
    limits = limitation_law(now).value if head else None
    if limits and all(one.key != head for one in limits.without):
        raise RuleBroken("head", _("Không có nhóm vi phạm này. Chọn lại."), field="head")
    before = [{"text": one.text, "done_on": one.done_on} for one in now.acts.all()]
    changes: dict[str, Any] = {"head": now.head if head is None else head}
    changes["matter"] = matter.strip() or now.matter
    guards.write(now, **changes)
    now.acts.all().delete()
    Act.objects.bulk_create(Act(case=now, text=text, done_on=day) for text, day in found)
    after = [{"text": text, "done_on": day} for text, day in found]
    details = {"acts_before": before, "acts": after}
    details |= {name: value for name, value in changes.items() if value != getattr(now, name)}
    guards.note(by, at, Action.EDIT_CASE, now, details)


@deed
def name_handlers(*, by: Actor, at: datetime, case: Case, handlers: Sequence[Member]) -> None:
    """Say who has a case in hand from now on.

    Raises Denied, and RuleBroken with codes ``closed``, ``no_handler``, ``not_handler``, ``is_subject``, ``kin``,
    ``own_cell``, ``changed_meanwhile``, ``already_done``.
    """
    now = guards.lock_to_write(by, case)
    guards.require_seen(now, case)
    unit = now.unit if now.unit_id == now.deciding_unit_id else now.deciding_unit
    before = {one.member_id: str(one.member) for one in now.handlers.select_related("member")}
    added = [one for one in handlers if one.pk not in before]
    if added or not handlers:
        _require_handlers(unit, added, now.member, now.organisation, day_of(at))
    kept = {one.pk for one in handlers}
    guards.write(now)
    now.handlers.exclude(member_id__in=kept).delete()
    CaseHandler.objects.bulk_create(CaseHandler(case=now, member=one) for one in added)
    details = {
        "added": [str(one) for one in added],
        "removed": [name for pk, name in before.items() if pk not in kept],
    }
    guards.note(by, at, Action.EDIT_CASE, now, {key: value for key, value in details.items() if value})


@deed
def postpone_case(
    *, by: Actor, at: datetime, case: Case, reason: str, since: date, until: date | None = None
) -> None:
    """Set a case aside: pregnancy, nursing, grave illness in hospital (296-QĐ/TW, known at second hand).

    ``until`` is the first day it may be considered again; without it, until `resume_case`. Why is a matter of health:
    it stands with the case alone, not in the record of deeds. Raises Denied, and RuleBroken with codes ``closed``,
    ``reason``, ``future``, ``order``, ``nursing``, ``round_open`` (call the vote off first), ``heard_since`` (the
    subject was heard, or the body voted, after ``since``), ``changed_meanwhile``, ``already_done``.
    """
    now = guards.lock_to_write(by, case)
    guards.require_seen(now, case)
    if reason not in POSTPONED_FOR:
        raise RuleBroken("reason", _("Chọn một lý do trong danh sách."), field="reason")
    require_past(since, field="since")
    if until is not None and until <= since:
        message = _("Ngày cuối trước ngày đầu. Ghi lại.")
        raise RuleBroken("order", message, field="until")
    law = discipline_of(now)
    if reason == NURSING and (until is None or until > add_months(since, law.value.nursing_months)):
        message = _(
            "Nuôi con nhỏ thì chưa xem xét đến khi con đủ %(months)s tháng. Ghi ngày cuối trong hạn ấy."
        )
        message %= {"months": law.value.nursing_months}
        raise RuleBroken("nursing", message, citation=cite(law), field="until")
    _require_no_round(now, _("tạm dừng"))
    _require_nothing_done_since(now, since)
    before = {"since_before": now.postponed_since, "until_before": now.postponed_until}
    guards.write(now, postponed_because=reason, postponed_since=since, postponed_until=until)
    details = {"postponed_since": since, "postponed_until": until}
    guards.note(by, at, Action.POSTPONE, now, details | (before if now.postponed_since else {}))


@deed
def resume_case(*, by: Actor, at: datetime, case: Case, on: date | None = None) -> None:
    """Consider a case again from a day on (the day of ``at``); that it was set aside, and from when, stays.

    Raises Denied, and RuleBroken with codes ``closed``, ``not_postponed``, ``too_early``, ``future``, ``already_done``.
    """
    now = guards.lock_to_write(by, case)
    day = on or day_of(at)
    if now.postponed_since is None or not is_postponed(now, day_of(at)):
        raise RuleBroken("not_postponed", _("Vụ việc không tạm dừng, cứ làm tiếp."))
    guards.require_between(day, now.postponed_since, at, field="on")
    guards.write(now, postponed_until=day)
    guards.note(by, at, Action.POSTPONE, now, {"resumed_on": day, "until_before": now.postponed_until})


@deed
def drop_case(*, by: Actor, at: datetime, case: Case, reason: str, on: date | None = None) -> None:
    """Close a case without discipline.

    Raises Denied, and RuleBroken with codes ``closed``, ``reason_missing``, ``round_open`` (call the vote off first),
    ``too_early``, ``future``, ``already_done``.
    """
    now = guards.lock_to_write(by, case)
    why = require_text(reason, code="reason_missing", field="reason")
    day = on or day_of(at)
    guards.require_between(day, now.opened_on, at, field="on")
    _require_no_round(now, _("kết thúc"))
    guards.require(now, Event.DROP, day_of(at))
    close_without(now, why, day)
    guards.note(by, at, Action.DROP, now, {"reason": why, "closed_on": day})


def _require_no_round(case: Case, to_do: str) -> None:
    """Raise RuleBroken ``round_open`` while a vote on the case is drafted or open: it would go on all the same."""
    running = (Ballot.State.DRAFT, Ballot.State.OPEN)
    if CaseBallot.objects.filter(case=case, ballot__state__in=running).exists():
        message = _("Đang có cuộc bỏ phiếu của vụ việc này. Hủy cuộc ấy rồi %(do)s vụ việc.") % {"do": to_do}
        raise RuleBroken("round_open", message)


def _require_nothing_done_since(case: Case, since: date) -> None:
    """Raise RuleBroken ``heard_since``: what was heard or voted within the time set aside would still count."""
    days = [one.on for one in case.hearings.all()]
    closed = CaseBallot.objects.filter(case=case, ballot__state=Ballot.State.CLOSED)
    days += closed.values_list("ballot__on", flat=True)
    if days and since < max(days):
        message = _(
            "Sau ngày ấy đã nghe đối tượng hoặc đã bỏ phiếu. Ghi từ ngày %(day)s trở đi; phải nghe, bỏ phiếu lại thì "
            "kết thúc vụ việc này rồi mở vụ việc khác."
        )
        raise RuleBroken("heard_since", message % {"day": written(max(days))}, field="since")


def close_without(case: Case, why: str, on: date, **more: Any) -> None:
    """Write that a case ended without discipline; part of the deed that ends it."""
    guards.write(case, state=Case.State.DROPPED, dropped_because=why[:300], closed_on=on, **more)
    if case.dossier.closed_on is None:
        close_dossier(case.dossier, on)
