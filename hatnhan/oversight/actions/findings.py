"""What the team found, of one subject at a time: written, corrected and taken out until the check is concluded.

The record says who wrote, changed or took out which finding, never its words: leaders who may be looked at read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record_many
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import (
    changed_meanwhile,
    day_of,
    deed,
    require_not_before,
    require_text,
)
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.actions.silence import require_silent_check
from hatnhan.oversight.models import Check, Finding
from hatnhan.oversight.permissions import Action
from hatnhan.rulebook.topics.oversight import OversightTopics

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member
    from hatnhan.oversight.models import Subject

_KINDS = Finding.Kind


@dataclass(frozen=True, slots=True)
class FindingData:
    """A finding as typed. ``due`` (inclusive) and ``verifier`` are of the remedy, where it is a shortcoming."""

    kind: str
    topic: str
    text: str
    due: date | None = None
    verifier: Member | None = None


@deed
def write_findings(
    *, by: Actor, at: datetime, subject: Subject, data: Sequence[FindingData]
) -> list[Finding]:
    """Write what was found of a subject, until the check is concluded.

    Raises Denied, and RuleBroken with codes ``check_over``, ``kind``, ``topic``, ``text_missing``,
    ``not_a_shortcoming`` (a day or a verifier where nothing is to be remedied), ``due_before_found``,
    ``verifier_is_subject``, ``names_denouncer``.
    """
    check = subject.of_check
    permissions.require_work(by, check)
    _hold(check)
    topics = _topics(check, day_of(at))
    made = [
        Finding(of_check=check, subject=subject, found_on=day_of(at), **_checked(check, subject, one, topics))
        for one in data
    ]
    Finding.objects.bulk_create(made)
    _record(by, at, check, [(one, {"topic": one.topic}) for one in made])
    return made


@deed
def edit_finding(*, by: Actor, at: datetime, finding: Finding, data: FindingData) -> None:
    """Correct a finding until the check is concluded; the day on which it was found stays.

    Raises Denied, and RuleBroken with the codes of `write_findings` and ``changed_meanwhile``.
    """
    check = finding.of_check
    permissions.require_work(by, check)
    _hold(check)
    values = _checked(check, finding.subject, data, _topics(check, finding.found_on) | {finding.topic})
    changed = [name for name, value in values.items() if getattr(finding, name) != value]
    if _seen(finding).update(**values) != 1:
        raise changed_meanwhile()
    for name, value in values.items():
        setattr(finding, name, value)
    _record(by, at, check, [(finding, {"changed": ", ".join(changed)})])


@deed
def remove_finding(*, by: Actor, at: datetime, finding: Finding) -> None:
    """Take a finding out until the check is concluded; the record keeps what it said.

    Raises Denied, and RuleBroken with codes ``check_over``, ``changed_meanwhile``.
    """
    permissions.require_work(by, finding.of_check)
    _hold(finding.of_check)
    _record(by, at, finding.of_check, [(finding, {"removed": True})])
    if _seen(finding).delete()[0] != 1:
        raise changed_meanwhile()


def _hold(check: Check) -> None:
    """Lock the check until the deed is written: a conclusion at the same moment has either all findings or waits."""
    rows = Check.objects.select_for_update().filter(pk=check.pk, concluded_on=None).running()
    if not rows.values_list("pk", flat=True).first():
        message = _(
            "Cuộc này đã kết luận hoặc đã dừng, không ghi thêm, sửa hay bỏ nội dung phát hiện được nữa."
        )
        raise RuleBroken("check_over", message)


def _seen(finding: Finding) -> QuerySet[Finding]:
    """Return the row of a finding only while it says what the caller read."""
    return Finding.objects.filter(
        pk=finding.pk,
        kind=finding.kind,
        topic=finding.topic,
        text=finding.text,
        remedy_due=finding.remedy_due,
        verifier=finding.verifier_id,
    )


def _topics(check: Check, on: date) -> set[str]:
    return {one.key for one in law_for(OversightTopics, on, check.unit).value.topics}


def _checked(check: Check, subject: Subject, one: FindingData, topics: set[str]) -> dict[str, Any]:
    if one.kind not in _KINDS.values:
        raise RuleBroken("kind", _("Chọn ưu điểm, khuyết điểm hoặc dấu hiệu vi phạm."), field="kind")
    if one.topic not in topics:
        raise RuleBroken("topic", _("Không có lĩnh vực này nữa. Chọn lại trong danh sách."), field="topic")
    message = _("Chưa ghi nội dung. Ghi việc gì, khi nào, thể hiện ở đâu.")
    text = require_text(nfc(one.text), code="text_missing", field="text", message=message)
    require_silent_check(check, text=text)
    if one.kind != _KINDS.SHORTCOMING and (one.due or one.verifier):
        message = _("Chỉ khuyết điểm mới có hạn và người xác nhận khắc phục. Bỏ hai mục ấy.")
        raise RuleBroken("not_a_shortcoming", message, field="due")
    if one.due is not None:
        require_not_before(
            one.due, check.opened_on, code="due_before_found", field="due", what=_("Cuộc này mở")
        )
    if one.verifier is not None and one.verifier.pk == subject.member_id:
        message = _("Đồng chí %(name)s là người khắc phục. Chọn người khác xác nhận.")
        raise RuleBroken("verifier_is_subject", message % {"name": one.verifier}, field="verifier")
    return {
        "kind": one.kind,
        "topic": one.topic,
        "text": text,
        "remedy_due": one.due,
        "verifier": one.verifier,
    }


def _record(by: Actor, at: datetime, check: Check, about: Sequence[tuple[Finding, dict[str, Any]]]) -> None:
    """Record what was done, not what was found: whoever is looked at may read the record before the conclusion."""
    record_many(
        by=by,
        action=Action.FINDING,
        at=at,
        about=[(one.pk, str(check), details) for one, details in about],
        subjects={},
        target_type=Finding._meta.label_lower,
        unit_id=check.unit_id,
    )
