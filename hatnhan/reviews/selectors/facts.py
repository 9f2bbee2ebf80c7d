"""What is known of each entry, for the engine: where from, and what was typed because no room knows it.

A fact is told once: points of the latest stage that scored everything, work and faults as the meeting agreed them, else
as one says oneself. What somebody typed with its source stands before what the rooms count.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.vietnamese import day as written
from hatnhan.reviews.models import Entry, FaultLine, Score, TypedFact, WorkLine
from hatnhan.reviews.rules import scoring
from hatnhan.reviews.rules.facts import FactValue
from hatnhan.reviews.selectors.derived import Around
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from hatnhan.oversight.models import Decision
    from hatnhan.reviews.rules.scoring import Totals
    from hatnhan.reviews.selectors.derived import Grades
    from hatnhan.reviews.selectors.law import Law

#: A typed decision that a trigger is lifted: this word, then the trigger's key (`engine.assess`, ``lifted``).
LIFTED = "lifted:"
#: What may be typed: no room knows it, or knows it only where it was kept here.
TYPABLE = (
    "official_grade", "disciplined", "degenerated", "forbidden", "months_sick", "unit_tasks_done",
    "unit_tasks_exceeded", "targets_missed", "low_confidence", "corruption", "wrongdoing", "member_disciplined",
    "unit_disciplined", "tasks_done", "tasks_on_time", "tasks_exceeded", "tasks_late", "tasks_not_done",
    "programme_done",
)  # fmt: skip
#: The stages of scoring, the one that counts most first.
STAGES = (Score.Stage.FINAL, Score.Stage.SITTING, Score.Stage.SELF)
_OUTCOMES = WorkLine.Outcome
_DONE = (_OUTCOMES.EXCEEDED, _OUTCOMES.ON_TIME, _OUTCOMES.LATE)
_IN_TIME = (_OUTCOMES.EXCEEDED, _OUTCOMES.ON_TIME)


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with where it is from, in words."""

    fact: FactValue
    where: str = ""
    typed: bool = False


@dataclass(slots=True)
class Held:
    """What is kept of one entry itself."""

    #: Points or levels by stage, each by the key of its criterion.
    scores: list[tuple[str, str, Decimal]] = field(default_factory=list)
    work: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    typed: dict[str, TypedFact] = field(default_factory=dict)


def facts_of(entries: Sequence[Entry]) -> dict[int, dict[str, FactValue]]:
    """Return what is known of entries of one cycle, by id. A fixed number of queries."""
    return {pk: {key: one.fact for key, one in facts.items()} for pk, facts in told_of(entries).items()}


def told_of(entries: Sequence[Entry]) -> dict[int, dict[str, Told]]:
    """Return the same with where each is from. A fixed number of queries."""
    return told_with(entries, held_of(entries))


def told_with(entries: Sequence[Entry], held: Mapping[int, Held]) -> dict[int, dict[str, Told]]:
    """Return the same from what is held of the entries, read before."""
    if not entries:
        return {}
    cycle = entries[0].cycle
    law, around = law_of(cycle), Around(cycle, entries)
    return {one.pk: _told(one, held[one.pk], around, law) for one in entries}


def held_of(entries: Sequence[Entry]) -> dict[int, Held]:
    """Return what is kept of some entries, by id. Four queries."""
    found = {one.pk: Held() for one in entries}
    for pk, stage, key, points in Score.objects.filter(entry__in=found).values_list(
        "entry_id", "stage", "criterion", "points"
    ):
        found[pk].scores.append((stage, key, points))
    for pk, said, agreed in WorkLine.objects.filter(entry__in=found).values_list(
        "entry_id", "said", "agreed"
    ):
        found[pk].work[agreed or said] += 1
    for pk, said, agreed in FaultLine.objects.filter(entry__in=found).values_list(
        "entry_id", "said", "agreed"
    ):
        found[pk].faults[agreed or said] += 1
    for one in TypedFact.objects.filter(entry__in=found, withdrawn_at=None):
        found[one.entry_id].typed[one.fact] = one
    return found


def lifted_in(held: Held) -> frozenset[str]:
    """Return the keys of the triggers that the authority lifted for an entry."""
    return frozenset(key.removeprefix(LIFTED) for key in held.typed if key.startswith(LIFTED))


def stage_that_counts(entry: Entry, held: Held, law: Law) -> tuple[str, Totals | None]:
    """Return the latest stage in which every criterion was scored, with what it comes to; "" and None for none."""
    criteria = law.rubric.value.of(entry.subject)
    try:
        by_stage = scoring.by_stage(criteria, held.scores, scored=law.regime.value.scored == "yes")
    except scoring.ScoreRefused:
        return "", None
    for stage in STAGES:
        totals = by_stage.get(stage)
        if totals is not None and not totals.missing:
            return stage, totals
    return "", None


def share(part: int, of: int) -> Decimal:
    """Return a percentage, 0–100, to two places; of nothing, 0. Never rounded onto a bound that was not reached."""
    if not of:
        return Decimal(0)
    exact = Decimal(part) * 100 / of
    near = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return near if near != near.to_integral_value() or exact == near else exact


# --- one entry -------------------------------------------------------------------------------------------------------
def _told(entry: Entry, held: Held, around: Around, law: Law) -> dict[str, Told]:
    found = {**_points(entry, held, law), **_work(held), "faults_fixed": _faults(entry, held)}
    found |= _conclusions()
    for make in _BY_KIND[entry.of]:
        found |= make(entry, around)
    if entry.subject == Entry.Subject.LEADER:
        found |= _of_leader(entry, around)
    return found | _typed(held)


def _points(entry: Entry, held: Held, law: Law) -> dict[str, Told]:
    stage, totals = stage_that_counts(entry, held, law)
    if totals is None:
        where = _("chưa chấm đủ các tiêu chí")
        return {
            key: Told(FactValue(None), where)
            for key in ("score", "lowest_result", "lowest_other", "lowest_core")
        }
    where = {
        Score.Stage.FINAL: _("điểm, mức thẩm định"),
        Score.Stage.SITTING: _("điểm, mức hội nghị chấm"),
        Score.Stage.SELF: _("điểm, mức tự chấm, hội nghị chưa chấm"),
    }[Score.Stage(stage)]
    values: dict[str, Decimal | int | None] = {
        "score": totals.total,
        "lowest_result": totals.lowest_result,
        "lowest_other": totals.lowest_other,
        "lowest_core": totals.lowest_core,
    }
    return {key: Told(FactValue(None if one is None else Decimal(one)), where) for key, one in values.items()}


def _work(held: Held) -> dict[str, Told]:
    counts, given = held.work, held.work.total()
    where = (
        _("việc ghi trong bản kiểm điểm, theo mức hội nghị thống nhất") if given else _("chưa ghi việc nào")
    )
    parts = {
        "tasks_done": sum(counts[one] for one in _DONE),
        "tasks_on_time": sum(counts[one] for one in _IN_TIME),
        "tasks_exceeded": counts[_OUTCOMES.EXCEEDED],
        "tasks_late": counts[_OUTCOMES.LATE],
        "tasks_not_done": counts[_OUTCOMES.NOT_DONE],
    }
    return {key: Told(_of(part, given), where) for key, part in parts.items()}


def _faults(entry: Entry, held: Held) -> Told:
    noted = held.faults.total()
    if noted:
        where = _("khuyết điểm ghi trong bản kiểm điểm, theo mức hội nghị thống nhất")
        return Told(_of(held.faults[FaultLine.Fixed.FIXED], noted), where)
    if entry.state == Entry.State.DUE:
        return Told(FactValue(None), _("chưa nộp bản kiểm điểm"))
    return Told(FactValue(None, applies=False), _("không có khuyết điểm nào được chỉ ra từ trước"))


def _conclusions() -> dict[str, Told]:
    """Return what is so unless somebody wrote otherwise."""
    nothing = _("không có kết luận nào được ghi")
    found = {
        key: Told(FactValue(Decimal(0)), nothing)
        for key in ("degenerated", "forbidden", "corruption", "wrongdoing")
    }
    found["months_sick"] = Told(FactValue(Decimal(0)), _("không ghi nghỉ ốm"))
    found["targets_missed"] = Told(FactValue(None, applies=False), _("không ghi chỉ tiêu phải xét"))
    found["low_confidence"] = Told(FactValue(None, applies=False), _("không ghi lần lấy phiếu tín nhiệm nào"))
    found["official_grade"] = Told(
        FactValue(None, applies=False), _("không ghi mức xếp loại cán bộ, công chức, viên chức")
    )
    return found


def _of_member(entry: Entry, around: Around) -> dict[str, Told]:
    assert entry.member_id is not None  # noqa: S101 - a constraint
    return {"disciplined": _decided(around.penalties.of_members.get(entry.member_id, []))}


def _of_collective(entry: Entry, around: Around) -> dict[str, Told]:
    return {
        "member_disciplined": _decided(around.members_disciplined(entry)),
        "unit_disciplined": _decided(around.units_disciplined(entry)),
    }


def _of_organisation(entry: Entry, around: Around) -> dict[str, Told]:
    done, planned = around.programme(entry)
    where = _("chương trình kiểm tra, giám sát của năm, tính đến %(day)s") % {"day": written(around.on)}
    programme = Told(_of(done, planned), where if planned else _("chưa ban hành chương trình của năm"))
    members, cells = around.members_of(entry.unit_id), around.cells_of(entry.unit_id)
    return {
        "members_good": _graded(members, members.good, _("đảng viên")),
        "members_failed": _graded(members, members.failed, _("đảng viên")),
        "cells_good": _graded(cells, cells.good, _("chi bộ")),
        "cells_failed": _graded(cells, cells.failed, _("chi bộ")),
        "programme_done": programme,
    }


def _of_leader(entry: Entry, around: Around) -> dict[str, Told]:
    return {**_unit_work(entry, around), "units_failed": _units_failed(entry, around)}


def _unit_work(entry: Entry, around: Around) -> dict[str, Told]:
    counts = around.unit_work(entry)
    given = counts.total()
    if given:
        where = _("việc trong báo cáo kiểm điểm của tập thể, chi bộ nơi phụ trách")
        return {
            "unit_tasks_done": Told(_of(sum(counts[one] for one in _DONE), given), where),
            "unit_tasks_exceeded": Told(_of(counts[_OUTCOMES.EXCEEDED], given), where),
        }
    done, given = around.unit_tasks(entry)
    if not given:
        nothing = Told(FactValue(None, applies=False), _("không có việc nào giao cho tập thể nơi phụ trách"))
        return {"unit_tasks_done": nothing, "unit_tasks_exceeded": nothing}
    where = _("việc giao cho tập thể nơi phụ trách, hạn trong năm")
    unknown = _("nơi phụ trách chưa có báo cáo kiểm điểm ghi việc vượt mức")
    return {
        "unit_tasks_done": Told(_of(done, given), where),
        "unit_tasks_exceeded": Told(FactValue(None), unknown),
    }


def _units_failed(entry: Entry, around: Around) -> Told:
    units = around.units_decided(around.led_by(entry))
    if not units.known:
        return Told(FactValue(None, applies=False), _("chưa nơi phụ trách nào có quyết định xếp loại"))
    words = _("%(known)d/%(due)d nơi phụ trách đã có quyết định xếp loại")
    # Of all of them: the first that is decided must not make the lowest grade by itself.
    return Told(_of(units.failed, units.due), words % {"known": units.known, "due": units.due})


def _decided(decisions: Sequence[Decision]) -> Told:
    if not decisions:
        return Told(FactValue(Decimal(0)), _("không có quyết định kỷ luật nào trong năm"))
    papers = "; ".join(_paper(one) for one in decisions)
    return Told(FactValue(Decimal(1)), _("quyết định kỷ luật trong năm: %(papers)s") % {"papers": papers})


def _paper(one: Decision) -> str:
    """Return a decision by number and day; for a breach of an earlier year also its day, so that it can be weighed."""
    told = f"{one.number} ({written(one.signed_on)})"
    days = [act.done_on for act in one.case.acts.all()]
    if not days or max(days).year == one.signed_on.year:
        return told
    return _("%(paper)s, vi phạm ngày %(day)s") % {"paper": told, "day": written(max(days))}


def _graded(grades: Grades, part: int, what: str) -> Told:
    if not grades.known:
        return Told(FactValue(None), _("chưa %(what)s nào có mức xếp loại") % {"what": what})
    words = _("%(known)d/%(due)d %(what)s đã có mức đề nghị, thẩm định hoặc quyết định")
    where = words % {"known": grades.known, "due": grades.due, "what": what}
    return Told(_of(part, grades.known), where)


def _typed(held: Held) -> dict[str, Told]:
    facts: Iterable[TypedFact] = (one for key, one in held.typed.items() if not key.startswith(LIFTED))
    return {one.fact: Told(FactValue(one.value), one.source, typed=True) for one in facts}


def _of(part: int, of: int) -> FactValue:
    return FactValue(share(part, of), part, of) if of else FactValue(None)


_BY_KIND: Mapping[str, tuple[Callable[[Entry, Around], dict[str, Told]], ...]] = {
    Entry.Of.MEMBER: (_of_member,),
    Entry.Of.COLLECTIVE: (_of_collective,),
    Entry.Of.ORGANISATION: (_of_collective, _of_organisation),
}
