"""A decision on grades is drafted: whose it is, on whom, with which grade. Nothing is decided until it is signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import changed_meanwhile, day_of, deed, require_text
from hatnhan.reviews.actions.appraising import names, one_cycle
from hatnhan.reviews.actions.deciders import require_decision_of, require_one_level
from hatnhan.reviews.actions.guards import require_open
from hatnhan.reviews.models import ORDER, DecisionLine, Entry, GradeDecision
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.deciders import is_above, place_of, ready_states

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit
    from hatnhan.reviews.models import Cycle


@dataclass(frozen=True, slots=True)
class LineData:
    """The grade of an entry in a decision; ``reason`` and ``paper_no`` where the conditions do not open it."""

    grade: str
    reason: str = ""
    paper_no: str = ""


@deed
def draft_decision(
    *,
    by: Actor,
    at: datetime,
    cycle: Cycle,
    title: str,
    entries: Mapping[Entry, str | LineData],
    unit: Unit | None = None,
    body: str = "",
    outside: str = "",
) -> GradeDecision:
    """Draft a decision on entries, each with its grade, and return it.

    Whose it is follows from the law of the cycle (`selectors.deciders`) unless ``unit`` and ``body`` are named;
    ``outside`` names a body above that stands in no tree here, whose paper is recorded. All are decided at one level.

    Raises Denied, and RuleBroken with codes ``closed``, ``title_missing``, ``nobody``, ``other_cycle``,
    ``two_deciders``, ``wrong_decider``, ``outside_missing``, ``state``, ``grade``, ``in_draft``.
    """
    require_open(cycle)
    title = require_text(nfc(title), code="title_missing", field="title")
    lines = {entry: _line(value) for entry, value in entries.items()}
    if not lines:
        raise RuleBroken(
            "nobody", _("Chưa chọn ai. Chọn ít nhất một mức đưa vào quyết định."), field="entries"
        )
    level = _level(cycle, lines)
    place = _place(cycle, lines, level, (unit, body, outside.strip()), at)
    require_decision_of(by, cycle, place[0])
    _require_lines(cycle, lines, level)
    made: GradeDecision = GradeDecision.objects.create(
        cycle=cycle, unit=place[0], body=place[1], outside=place[2], title=title
    )
    DecisionLine.objects.bulk_create(_built(made, lines))
    details = {"title": title, "lines": len(lines), "grades": counts(one.grade for one in lines.values())}
    _note(by, at, made, details)
    return made


@deed
def set_lines(*, by: Actor, at: datetime, decision: GradeDecision, lines: Mapping[Entry, LineData]) -> None:
    """Write the lines of a draft anew: whoever is not among them is no longer in it.

    Raises Denied, and RuleBroken with codes ``closed``, ``signed``, ``nobody``, ``other_cycle``, ``two_deciders``,
    ``wrong_decider``, ``state``, ``grade``, ``in_draft``, ``changed_meanwhile``.
    """
    cycle = decision.cycle
    require_open(cycle)
    require_decision_of(by, cycle, decision.unit)
    if not lines:
        raise RuleBroken("nobody", _("Chưa chọn ai. Bỏ cả quyết định này thì bỏ bản soạn."), field="entries")
    level = _level(cycle, lines)
    _require_place(cycle, lines, level, decision.unit)
    _claim(decision)
    _require_lines(cycle, lines, level, but=decision)
    before = {one.entry_id: one.grade for one in decision.lines.all()}
    decision.lines.all().delete()
    DecisionLine.objects.bulk_create(_built(decision, lines))
    after = {entry.pk: one.grade for entry, one in lines.items()}
    changed = {str(pk): [before[pk], after[pk]] for pk in before.keys() & after if before[pk] != after[pk]}
    details: dict[str, Any] = {"lines": len(lines), "grades": counts(after.values())}
    details["added"] = sorted(after.keys() - before.keys())
    details["removed"] = sorted(before.keys() - after.keys())
    details["changed"] = changed
    _note(by, at, decision, details)


@deed
def drop_decision(*, by: Actor, at: datetime, decision: GradeDecision) -> None:
    """Drop a draft; what was appraised stays. Raises Denied, and RuleBroken ``signed``, ``changed_meanwhile``."""
    require_decision_of(by, decision.cycle, decision.unit)
    _claim(decision)
    _note(by, at, decision, {"dropped": decision.title, "lines": decision.lines.count()})
    decision.delete()


def counts(grades: Iterable[str]) -> dict[str, int]:
    """Return how many have each grade, those that occur, best first."""
    listed = list(grades)
    return {grade.value: listed.count(grade) for grade in ORDER if grade in listed}


def _line(value: str | LineData) -> LineData:
    return value if isinstance(value, LineData) else LineData(str(value))


def _claim(decision: GradeDecision) -> None:
    """Take a draft as it was seen. Raises RuleBroken ``signed`` or ``changed_meanwhile``."""
    rows = GradeDecision.objects.filter(pk=decision.pk, state=GradeDecision.State.DRAFT)
    if rows.filter(version=decision.version).update(version=F("version") + 1) != 1:
        if not rows.exists():
            raise RuleBroken("signed", _("Quyết định này đã ký hoặc đã bỏ. Mở lại trang để xem."))
        raise changed_meanwhile()
    decision.version += 1


def _built(decision: GradeDecision, lines: Mapping[Entry, LineData]) -> list[DecisionLine]:
    return [
        DecisionLine(
            decision=decision,
            entry=entry,
            grade=one.grade,
            reason=nfc(one.reason).strip(),
            paper_no=nfc(one.paper_no).strip(),
        )
        for entry, one in lines.items()
    ]


def _level(cycle: Cycle, lines: Collection[Entry]) -> str:
    found = one_cycle(lines)
    if found.pk != cycle.pk:
        raise RuleBroken("other_cycle", _("Danh sách gồm nhiều đợt kiểm điểm. Ghi từng đợt một."))
    level = require_one_level(lines)
    if level == "cell" and len({one.unit_id for one in lines}) > 1:
        message = _("Mỗi chi bộ quyết định mức của mình. Tách thành từng quyết định.")
        raise RuleBroken("two_deciders", message, field="entries")
    return level


def _place(
    cycle: Cycle,
    lines: Collection[Entry],
    level: str,
    said: tuple[Unit | None, str, str],
    at: datetime,
) -> tuple[Unit | None, str, str]:
    """Return unit, body and outside name of whose decision it is."""
    unit, body, outside = said
    if outside:
        if level != "superior":
            message = _(
                "Mức này do đảng ủy hoặc chi bộ quyết định, không do cấp trên. Bỏ ô cấp trên quyết định."
            )
            raise RuleBroken("wrong_decider", message, field="outside")
        return None, "", outside
    if unit is None:
        unit, usual = place_of(cycle, lines, level, day_of(at))
        body = body or usual
    if unit is None:
        message = _("Cấp trên quyết định mức này. Ghi tên cấp ấy, ví dụ Ban Thường vụ Tỉnh ủy.")
        raise RuleBroken("outside_missing", message, field="outside")
    _require_place(cycle, lines, level, unit)
    return unit, body or place_of(cycle, lines, level, day_of(at))[1], ""


def _require_place(cycle: Cycle, lines: Collection[Entry], level: str, unit: Unit | None) -> None:
    """Raise RuleBroken ``wrong_decider`` unless a unit is the one that decides at a level."""
    if level == "superior":
        fits = is_above(cycle, unit)
    elif level == "cell":
        fits = unit is not None and all(one.unit_id == unit.pk for one in lines)
    else:
        fits = unit is not None and unit.pk == cycle.unit_id
    if not fits:
        message = _(
            "Nơi này không quyết định mức của những trường hợp đã chọn. Xem thẩm quyền ở quy định của đợt."
        )
        raise RuleBroken("wrong_decider", message, field="entries")


def _require_lines(
    cycle: Cycle, lines: Mapping[Entry, LineData], level: str, but: GradeDecision | None = None
) -> None:
    if wrong := [entry for entry, one in lines.items() if one.grade not in ORDER]:
        message = _("Chưa chọn mức cho %(who)s.")
        raise RuleBroken("grade", message % {"who": names(wrong)}, field="entries")
    pks = [entry.pk for entry in lines]
    ready = Entry.objects.filter(pk__in=pks, cycle=cycle, state__in=ready_states(level)).due_grade()
    known = set(ready.values_list("pk", flat=True))
    if wrong := [entry for entry in lines if entry.pk not in known]:
        message = _("Chưa thẩm định hoặc đã quyết định: %(who)s. Bỏ ra khỏi danh sách, hoặc thẩm định trước.")
        raise RuleBroken("state", message % {"who": names(wrong)}, field="entries")
    drafts = DecisionLine.objects.filter(entry__in=pks, decision__state=GradeDecision.State.DRAFT)
    drafts = drafts.exclude(decision=but) if but else drafts
    other = set(drafts.values_list("entry_id", flat=True))
    if wrong := [entry for entry in lines if entry.pk in other]:
        message = _("Đã có trong bản soạn quyết định khác: %(who)s.")
        raise RuleBroken("in_draft", message % {"who": names(wrong)}, field="entries")


def _note(by: Actor, at: datetime, decision: GradeDecision, details: dict[str, Any]) -> None:
    unit_id = decision.cycle.unit_id
    record(by=by, action=Action.DRAFT, at=at, target=decision, unit_id=unit_id, details=details)
