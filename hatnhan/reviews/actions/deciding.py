"""A decision on grades is signed: within the law or with a reason and a paper, within the caps, in the right order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import changed_meanwhile, day_of, deed, require_past, require_text
from hatnhan.reviews.actions.appraising import names, record_entries, require_states
from hatnhan.reviews.actions.deciders import require_decision_of, require_one_level
from hatnhan.reviews.actions.drafting import (
    LineData,
    counts,
    draft_decision,
    drop_decision,
    set_lines,
)
from hatnhan.reviews.actions.following import open_follow_ups
from hatnhan.reviews.actions.guards import require_open
from hatnhan.reviews.actions.limits import require_caps
from hatnhan.reviews.models import DecisionLine, Entry, Grade, GradeDecision
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors import assessed
from hatnhan.reviews.selectors.deciders import ready_states
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.kept import as_kept
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.order import before_their_turn
from hatnhan.reviews.selectors.signers import signer_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.reviews.models import Cycle
    from hatnhan.reviews.selectors.assessed import Assessed

__all__ = [
    "LineData",
    "draft_decision",
    "drop_decision",
    "publish_decision",
    "set_lines",
    "sign_decision",
]

_COLUMNS = (
    "grade",
    "decided_on",
    "state",
    "override_reason",
    "override_no",
    "explained",
    "version",
)


@deed
def sign_decision(
    *,
    by: Actor,
    at: datetime,
    decision: GradeDecision,
    number: str,
    signed_on: date | None = None,
    signed_by: str = "",
) -> None:
    """Write that a decision was signed: from then on its grades hold. It is not undone; a grade is given anew.

    Seen over the whole cycle with these grades in place, no group may be over its cap. A grade that the conditions do
    not open needs a reason and the number of the paper that lets it be given. Whoever is given the lowest grade gets
    help: a task of the cell's committee. Fixed number of queries, however many lines.

    Raises Denied, and RuleBroken with codes ``closed``, ``signed``, ``nobody``, ``number_missing``,
    ``signer_missing``, ``future``, ``too_early``, ``state``, ``needs_reason``, ``over_cap``, ``members_first``,
    ``changed_meanwhile``, ``conflict`` (the number is taken).
    """
    cycle = decision.cycle
    require_decision_of(by, cycle, decision.unit)
    require_open(cycle)
    number = require_text(nfc(number), code="number_missing", field="number")
    day = signed_on or day_of(at)
    require_past(day, field="signed_on")
    signer = nfc(signed_by).strip() or signer_of(decision, day)
    signer = require_text(signer, code="signer_missing", field="signed_by")[:120]
    lines = _lines(decision)
    rows = [line.entry for line in lines]
    require_states(rows, ready_states(require_one_level(rows)))
    _require_days(rows, day)
    found = assessed.assessed(rows)
    _require_reasons(lines, found)
    require_caps(cycle, {line.entry_id: line.grade for line in lines})
    _require_order(cycle, rows, day)
    _sign(decision, number, day, signer)
    _write(lines, found, day)
    _record(by, at, decision, lines)
    failed = [row for row in rows if row.grade == Grade.FAILED and row.of == Entry.Of.MEMBER]
    open_follow_ups(by=by, at=at, cycle=cycle, entries=failed, on=day)


@deed
def publish_decision(*, by: Actor, at: datetime, decision: GradeDecision, on: date | None = None) -> None:
    """Write on which day a signed decision was made public: members then see the grades of their cell.

    Raises Denied, and RuleBroken with codes ``not_signed``, ``future``, ``before_signed``, ``already_done``.
    """
    require_decision_of(by, decision.cycle, decision.unit)
    day = on or day_of(at)
    require_past(day, field="on")
    if decision.signed_on is None:
        raise RuleBroken("not_signed", _("Quyết định này chưa ký. Ký rồi mới công khai."))
    if day < decision.signed_on:
        message = _("Quyết định ký ngày %(day)s. Ghi ngày ấy hoặc sau đó.")
        raise RuleBroken("before_signed", message % {"day": written(decision.signed_on)}, field="on")
    rows = GradeDecision.objects.filter(pk=decision.pk, published_on=None, version=decision.version)
    if rows.update(published_on=day, version=F("version") + 1) != 1:
        raise changed_meanwhile()
    decision.published_on = day
    decision.version += 1
    record(
        by=by,
        action=Action.PUBLISH,
        at=at,
        target=decision,
        unit_id=decision.cycle.unit_id,
        details={"number": decision.number, "published_on": day},
    )


def _lines(decision: GradeDecision) -> list[DecisionLine]:
    """Return the lines with their entries as they stand now, locked. Two queries."""
    lines = list(decision.lines.all())
    if not lines:
        raise RuleBroken("nobody", _("Quyết định này chưa có ai. Thêm người trước khi ký."))
    rows = Entry.objects.select_for_update(of=("self",)).select_related("member", "unit")
    by_pk = {row.pk: row for row in rows.filter(pk__in=[line.entry_id for line in lines])}
    for line in lines:
        line.entry = by_pk[line.entry_id]
        line.entry.cycle = decision.cycle
    return lines


def _require_days(rows: Sequence[Entry], day: date) -> None:
    last = max((one for row in rows for one in (row.proposed_on, row.appraised_on) if one), default=day)
    if day < last:
        message = _("Thẩm định xong ngày %(day)s. Ghi ngày ký từ ngày ấy trở đi.")
        raise RuleBroken("too_early", message % {"day": written(last)}, field="signed_on")


def _departs(line: DecisionLine, found: Mapping[int, Assessed]) -> bool:
    return line.grade not in found[line.entry_id].assessment.allowed


def _require_reasons(lines: Sequence[DecisionLine], found: Mapping[int, Assessed]) -> None:
    bare = [line for line in lines if _departs(line, found) and not (line.reason and line.paper_no)]
    if bare:
        message = _(
            "Các điều kiện không mở mức này: %(who)s. Ghi lý do và số văn bản cho phép, hoặc chọn mức khác."
        )
        raise RuleBroken("needs_reason", message % {"who": names(line.entry for line in bare)}, field="lines")


def _require_order(cycle: Cycle, rows: Sequence[Entry], day: date) -> None:
    waiting = before_their_turn(cycle, rows, day)
    if waiting:
        entry, first = waiting[0]
        message = _("Xếp loại %(first)s trước, rồi mới đến %(who)s.")
        raise RuleBroken("members_first", message % {"first": first, "who": name_of(entry)}, field="lines")


def _sign(decision: GradeDecision, number: str, day: date, signer: str) -> None:
    rows = GradeDecision.objects.filter(
        pk=decision.pk, state=GradeDecision.State.DRAFT, version=decision.version
    )
    values: dict[str, Any] = {
        "state": GradeDecision.State.SIGNED,
        "number": number,
        "signed_on": day,
        "signed_by": signer,
    }
    if rows.update(**values, version=F("version") + 1) != 1:
        raise changed_meanwhile()
    for name, value in values.items():
        setattr(decision, name, value)
    decision.version += 1


def _write(lines: Sequence[DecisionLine], found: Mapping[int, Assessed], day: date) -> None:
    for line in lines:
        row = line.entry
        departs = _departs(line, found)
        row.grade, row.decided_on, row.state = line.grade, day, Entry.State.DECIDED
        row.override_reason = line.reason if departs else ""
        row.override_no = line.paper_no if departs else ""
        one = found[row.pk]
        row.explained = as_kept(row, one.assessment, law_of(row.cycle), told=one.told)
        row.version += 1
    Entry.objects.bulk_update([line.entry for line in lines], _COLUMNS, batch_size=300)


def _record(by: Actor, at: datetime, decision: GradeDecision, lines: Sequence[DecisionLine]) -> None:
    details: dict[str, Any] = {
        "number": decision.number,
        "signed_on": decision.signed_on,
        "signed_by": decision.signed_by,
        "lines": len(lines),
        "grades": counts(line.grade for line in lines),
    }
    unit_id = decision.cycle.unit_id
    record(by=by, action=Action.DECIDE, at=at, target=decision, unit_id=unit_id, details=details)
    about = []
    for line in lines:
        told = {"grade": line.grade, "proposed": line.entry.proposed_grade, "number": decision.number}
        if line.entry.override_reason:
            told |= {"reason": line.entry.override_reason, "paper_no": line.entry.override_no}
        about.append((line.entry, told))
    record_entries(by, Action.DECIDE, at, about)
