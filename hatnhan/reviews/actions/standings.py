"""Changes by hand in the list of a cycle: whether one is reviewed and graded, under which rules, in which group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import deed, require_text
from hatnhan.reviews import permissions
from hatnhan.reviews.actions.guards import require_open, write
from hatnhan.reviews.actions.judging import group_of
from hatnhan.reviews.actions.places import level_of, seat
from hatnhan.reviews.models import Entry
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor

_LONGEST, _LONGEST_SOURCE = 300, 200
#: Kinds of members: what an entry of a person may be reviewed as.
MEMBER_SUBJECTS = (Entry.Subject.LEADER, Entry.Subject.NON_LEADER, Entry.Subject.OUTSIDE)
_BEFORE_PROPOSAL = (Entry.State.DUE, Entry.State.SUBMITTED, Entry.State.REVIEWED)


@deed
def set_standing(
    *, by: Actor, at: datetime, entry: Entry, standing: str, because: str = "", source: str = ""
) -> None:
    """Say whether an entry is graded, reviewed only or left out, why and on what ground, until a grade is proposed.

    A reason is needed in every case; it stays with the entry for those not graded, and in the record for all.
    Who is left out leaves the review meetings still to be held; who comes in again takes the last place there.

    Raises Denied, and RuleBroken with codes ``closed``, ``standing``, ``because``, ``source`` (not graded without a
    ground), ``too_long``, ``proposed``, ``same``, ``changed_meanwhile``.
    """
    permissions.require_cycle(by, entry.cycle.unit_id)
    require_open(entry.cycle)
    if standing not in Entry.Standing.values:
        raise RuleBroken("standing", _("Chọn một diện kiểm điểm."), field="standing")
    if standing == entry.standing and standing == Entry.Standing.GRADED:
        raise RuleBroken("same", _("Đang ở diện này rồi. Chọn diện khác."), field="standing")
    why = _text(because, _LONGEST, "because")
    ground = nfc(source).strip()
    if standing != Entry.Standing.GRADED:
        ground = _text(source, _LONGEST_SOURCE, "source")
    before = entry.standing
    graded = standing == Entry.Standing.GRADED
    _require_before_proposal(entry)
    write(
        entry,
        _BEFORE_PROPOSAL,
        standing=standing,
        standing_because="" if graded else why,
        standing_source="" if graded else ground[:_LONGEST_SOURCE],
    )
    seat(entry, entry.cycle.opened_on)
    details = {"standing_before": before, "standing": standing, "because": why, "source": ground}
    _record(by, at, entry, details)


@deed
def set_subject(*, by: Actor, at: datetime, entry: Entry, subject: str, because: str) -> None:
    """Say as what a member is reviewed: leader, without a post, outside the political system. The form follows.

    The group of posts follows too. Before the self-review is handed in only: afterwards its form stands.

    Raises Denied, and RuleBroken with codes ``closed``, ``subject``, ``because``, ``too_long``, ``same``, ``state``,
    ``started`` (a form of another kind is being written), ``changed_meanwhile``.
    """
    permissions.require_cycle(by, entry.cycle.unit_id)
    require_open(entry.cycle)
    if entry.member_id is None or subject not in MEMBER_SUBJECTS:
        raise RuleBroken("subject", _("Chọn một đối tượng kiểm điểm."), field="subject")
    if subject == entry.subject:
        raise RuleBroken("same", _("Đang là đối tượng này rồi. Chọn đối tượng khác."), field="subject")
    why = _text(because, _LONGEST, "because")
    if entry.state != Entry.State.DUE:
        message = _("Bản kiểm điểm đã nộp, mẫu không đổi được nữa. Trả lại bản kiểm điểm trước.")
        raise RuleBroken("state", message)
    _require_same_form(entry, subject)
    before, group = entry.subject, entry.group
    level = level_of(entry, entry.cycle.opened_on)
    write(entry, (Entry.State.DUE,), subject=subject, group=group_of(law_of(entry.cycle), subject, level))
    details = {"subject_before": before, "subject": subject, "group_before": group, "group": entry.group}
    _record(by, at, entry, details | {"because": why})


@deed
def set_group(*, by: Actor, at: datetime, entry: Entry, group: str, because: str) -> None:
    """Put an entry into another group of similar posts, within which the best grade's cap is counted.

    Raises Denied, and RuleBroken with codes ``closed``, ``group``, ``because``, ``too_long``, ``same``, ``decided``,
    ``changed_meanwhile``.
    """
    permissions.require_cycle(by, entry.cycle.unit_id)
    require_open(entry.cycle)
    if group not in {one.key for one in law_of(entry.cycle).caps.value.groups}:
        raise RuleBroken("group", _("Chọn một nhóm vị trí."), field="group")
    if group == entry.group:
        raise RuleBroken("same", _("Đang ở nhóm này rồi. Chọn nhóm khác."), field="group")
    why = _text(because, _LONGEST, "because")
    before = entry.group
    if entry.state == Entry.State.DECIDED:
        message = _("Đã quyết định xếp loại, nhóm không đổi được nữa.")
        raise RuleBroken("decided", message)
    write(entry, set(Entry.State.values) - {Entry.State.DECIDED}, group=group)
    _record(by, at, entry, {"group_before": before, "group": group, "because": why})


def _require_before_proposal(entry: Entry) -> None:
    if entry.state not in _BEFORE_PROPOSAL:
        message = _("Đã đề nghị mức xếp loại, diện không đổi được nữa. Hội nghị rút đề nghị trước.")
        raise RuleBroken("proposed", message)


def _require_same_form(entry: Entry, subject: str) -> None:
    """Raise RuleBroken ``started`` when the self-review was begun on a form that the new kind does not use."""
    forms = law_of(entry.cycle).forms.value
    form = forms.of(subject)
    written = getattr(entry, "self_review", None)
    if written is not None and (form is None or written.form != form.number):
        message = _("Bản kiểm điểm đang viết theo mẫu %(form)s, đối tượng này dùng mẫu %(other)s.")
        values = {"form": written.form, "other": form.number if form else "—"}
        raise RuleBroken("started", message % values, field="subject")


def _text(text: str, longest: int, field: str) -> str:
    tidy = require_text(nfc(text), code=field, field=field)
    if len(tidy) > longest:
        message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
        raise RuleBroken("too_long", message % {"long": len(tidy), "most": longest}, field=field)
    return tidy


def _record(by: Actor, at: datetime, entry: Entry, details: dict[str, Any]) -> None:
    record(
        by=by,
        action=Action.STANDING,
        at=at,
        target=entry,
        unit_id=entry.unit_id,
        subject_id=entry.member_id,
        details=details,
    )
