"""Regular supervision is given out and concluded: who follows whose work, on which topics, from when until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import (
    deed,
    moved_on,
    require_not_before,
    require_past,
    require_text,
)
from hatnhan.organization.models import Member, Position, Unit
from hatnhan.organization.powers import KEEPERS
from hatnhan.organization.selectors.bodies import bodies_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.actions.notes import is_kin
from hatnhan.oversight.models import Kind, Note, Programme, ProgrammeItem, Watch
from hatnhan.oversight.permissions import Action
from hatnhan.rulebook.topics.oversight import OversightTopics

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor


@deed
def assign_watch(
    *,
    by: Actor,
    at: datetime,
    unit: Unit,
    body: str,
    observer: Member,
    topics: Sequence[str],
    start: date,
    end: date,
    of_unit: Unit | None = None,
    of_member: Member | None = None,
    item: ProgrammeItem | None = None,
) -> Watch:
    """Give out that one member follows the work of a unit or of a member, on topics of the rulebook's list.

    ``start`` is the first day, ``end`` the first day no longer. By who runs the oversight of ``unit``.

    Raises Denied, and RuleBroken with codes ``body``, ``subject_missing``, ``subject_two``, ``elsewhere`` (subject or
    observer outside the unit), ``topics_missing``, ``topic`` (not one that notes may speak of), ``end_before_start``,
    ``is_subject`` (oneself, or a unit that one heads), ``kin``, ``other_item``, ``other_subject`` (not of that item).
    """
    permissions.require_run(by, unit.pk)
    if body not in bodies_of(unit):
        raise RuleBroken("body", _("%(unit)s không có tập thể này. Chọn lại.") % {"unit": unit}, field="body")
    _require_days(start, end)
    _require_subject(unit, of_unit, of_member, start)
    _require_observer(unit, observer, of_unit, of_member, start)
    chosen = _require_topics(unit, topics, start)
    _require_item(unit, item, of_unit, of_member)
    made = Watch.objects.create(
        unit=unit,
        body=body,
        item=item,
        observer=observer,
        of_unit=of_unit,
        of_member=of_member,
        topics=chosen,
        start=start,
        end=end,
    )
    _record(by, Action.WATCH, at, made, {"start": start, "end": end, "topics": ", ".join(chosen)})
    return made


@deed
def drop_watch(*, by: Actor, at: datetime, watch: Watch) -> None:
    """Take back an assignment that was given by mistake, before anything was noted in it.

    Raises Denied, and RuleBroken with codes ``has_notes``, ``already_done``.
    """
    permissions.require_run(by, watch.unit_id)
    if Note.objects.filter(watch=watch).exists():
        message = _("Đã có ghi nhận trong phân công này. Kết thúc phân công, không bỏ được.")
        raise RuleBroken("has_notes", message)
    _record(by, Action.WATCH, at, watch, {"removed": True, "start": watch.start, "end": watch.end})
    if Watch.objects.filter(pk=watch.pk, concluded_on=None, notes=None).delete()[0] != 1:
        raise moved_on()


@deed
def conclude_watch(*, by: Actor, at: datetime, watch: Watch, conclusion: str, concluded_on: date) -> None:
    """Conclude regular supervision with a general remark on the work; no notes are written in it afterwards.

    By the observer, or who runs the oversight. Raises Denied, and RuleBroken with codes ``conclusion_missing``,
    ``future``, ``before_start``, ``before_note``, ``already_done``.
    """
    require_conclude(by, watch)
    message = _("Chưa ghi nhận xét chung. Ghi việc đã theo dõi và kết quả công việc.")
    conclusion = require_text(nfc(conclusion), code="conclusion_missing", field="conclusion", message=message)
    require_past(concluded_on, field="concluded_on")
    what = _("Giám sát bắt đầu")
    require_not_before(concluded_on, watch.start, code="before_start", field="concluded_on", what=what)
    # No note is written meanwhile: the writer of one waits for this row.
    Watch.objects.select_for_update().filter(pk=watch.pk).values_list("pk", flat=True).first()
    last = Note.objects.filter(watch=watch).aggregate(last=Max("on"))["last"]
    if last is not None:
        what = _("Ghi nhận cuối cùng")
        require_not_before(concluded_on, last, code="before_note", field="concluded_on", what=what)
    values = {"conclusion": conclusion, "concluded_on": concluded_on}
    if Watch.objects.filter(pk=watch.pk, concluded_on=None).update(**values) != 1:
        raise moved_on()
    watch.conclusion, watch.concluded_on = conclusion, concluded_on
    _record(by, Action.CONCLUDE_WATCH, at, watch, {"concluded_on": concluded_on})


def may_conclude(by: Actor, watch: Watch) -> bool:
    """Tell whether a person may conclude it: the observer or who runs it, never who is followed or declared kin."""
    if is_kin(by, watch):
        return False
    runs = permissions.runs(by, watch.unit_id) and not permissions.is_observed(by, watch)
    return permissions.observes(by, watch) or runs


def require_conclude(by: Actor, watch: Watch) -> None:
    """Raise Denied unless the person may conclude it."""
    if not may_conclude(by, watch):
        raise Denied(_("Người được giao giám sát, hoặc nơi giao, mới kết thúc được việc này."))


def _require_days(start: date, end: date) -> None:
    if end <= start:
        message = _("Ngày cuối đứng trước ngày đầu. Ghi ngày cuối bằng hoặc sau ngày đầu.")
        raise RuleBroken("end_before_start", message, field="end")


def _require_item(
    unit: Unit, item: ProgrammeItem | None, of_unit: Unit | None, of_member: Member | None
) -> None:
    """Raise RuleBroken unless a planned work stands in an issued programme of the unit and names who is followed."""
    if item is None:
        return
    # Held until the deed is written: an amendment at the same moment sees the assignment, or is seen.
    rows = ProgrammeItem.objects.select_for_update(of=("self",)).filter(
        pk=item.pk, kind=Kind.REGULAR, removed_by=None
    )
    stands = rows.filter(programme__unit=unit, programme__state=Programme.State.APPROVED)
    if stands.first() is None:
        message = _("Mục này không phải giám sát thường xuyên trong chương trình của %(unit)s.")
        raise RuleBroken("other_item", message % {"unit": unit}, field="item")
    if not item.subjects.filter(unit=of_unit, member=of_member).exists():
        message = _(
            "Cuộc này trong chương trình không ghi đối tượng ấy. Chọn đối tượng như chương trình, hoặc cuộc khác."
        )
        raise RuleBroken("other_subject", message, field="of_unit")


def _require_subject(unit: Unit, of_unit: Unit | None, of_member: Member | None, on: date) -> None:
    if of_unit is None and of_member is None:
        message = _("Chưa chọn đối tượng. Chọn một tổ chức, hoặc một đảng viên.")
        raise RuleBroken("subject_missing", message, field="of_unit")
    if of_unit is not None and of_member is not None:
        message = _("Chọn một tổ chức hoặc một đảng viên, không chọn cả hai.")
        raise RuleBroken("subject_two", message, field="of_member")
    if of_unit is not None and not Unit.objects.under(unit.pk, on).filter(pk=of_unit.pk).exists():
        _elsewhere(of_unit, unit, "of_unit")
    if of_member is not None and not Member.objects.of(unit.pk, on).filter(pk=of_member.pk).exists():
        _elsewhere(of_member, unit, "of_member")


def _require_observer(
    unit: Unit, observer: Member, of_unit: Unit | None, of_member: Member | None, on: date
) -> None:
    if not Member.objects.of(unit.pk, on).filter(pk=observer.pk).exists():
        _elsewhere(observer, unit, "observer")
    heads = of_unit is not None and _heads(observer, of_unit, on)
    if heads or observer == of_member:
        message = _("Đồng chí %(name)s là đối tượng giám sát. Chọn người khác làm việc này.")
        raise RuleBroken("is_subject", message % {"name": observer}, field="observer")
    if of_member is not None and observer.pk in permissions.kin_of(of_member.pk):
        message = _("Đồng chí %(name)s là người thân của đối tượng giám sát. Chọn người khác làm việc này.")
        raise RuleBroken("kin", message % {"name": observer}, field="observer")


def _heads(member: Member, unit: Unit, on: date) -> bool:
    return Position.objects.on(on).filter(member=member, unit=unit, post__in=KEEPERS).exists()


def _elsewhere(what: object, unit: Unit, field: str) -> None:
    message = _("%(what)s không thuộc %(unit)s. Chọn lại.")
    raise RuleBroken("elsewhere", message % {"what": what, "unit": unit}, field=field)


def _require_topics(unit: Unit, topics: Sequence[str], on: date) -> list[str]:
    chosen = list(dict.fromkeys(topics))
    if not chosen:
        message = _("Chưa chọn lĩnh vực. Chọn ít nhất một lĩnh vực công việc.")
        raise RuleBroken("topics_missing", message, field="topics")
    listed = {one.key for one in law_for(OversightTopics, on, unit).value.topics if one.notes == "yes"}
    if not listed.issuperset(chosen):
        message = _("Giám sát thường xuyên chỉ theo dõi công việc, nhiệm vụ trong danh sách. Chọn lại.")
        raise RuleBroken("topic", message, field="topics")
    return chosen


def _record(by: Actor, action: str, at: datetime, watch: Watch, details: dict[str, Any]) -> None:
    record(
        by=by,
        action=action,
        at=at,
        target=watch,
        unit_id=watch.unit_id,
        subject_id=watch.of_member_id,
        details=details,
    )
