"""What the engine is told of a case: a value, what it was counted from, whether the question arises at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FactValue:
    """The value of a fact: percent 0–100, points, months, levels 1–4, or 0/1 for no and yes; None is not known.

    ``numerator`` of ``denominator`` is what a percentage was counted from. ``applies`` is False where the question does
    not arise: nobody noted a fault earlier, the person is no official, no vote of confidence was held.
    """

    value: Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    applies: bool = True


_PERCENT, _POINTS, _LEVEL, _YES_NO, _MONTHS = "%", "điểm", "mức", "có/không", "tháng"

#: What the value of each fact is counted in.
UNIT: Mapping[str, str] = {
    "score": _POINTS,
    "lowest_result": _LEVEL,
    "lowest_other": _LEVEL,
    "lowest_core": _LEVEL,
    "official_grade": _LEVEL,
    "tasks_done": _PERCENT,
    "tasks_on_time": _PERCENT,
    "tasks_exceeded": _PERCENT,
    "tasks_late": _PERCENT,
    "tasks_not_done": _PERCENT,
    "faults_fixed": _PERCENT,
    "disciplined": _YES_NO,
    "degenerated": _YES_NO,
    "forbidden": _YES_NO,
    "months_sick": _MONTHS,
    "unit_tasks_done": _PERCENT,
    "unit_tasks_exceeded": _PERCENT,
    "targets_missed": _YES_NO,
    "units_failed": _PERCENT,
    "low_confidence": _PERCENT,
    "corruption": _YES_NO,
    "wrongdoing": _YES_NO,
    "member_disciplined": _YES_NO,
    "unit_disciplined": _YES_NO,
    "members_good": _PERCENT,
    "members_failed": _PERCENT,
    "cells_good": _PERCENT,
    "cells_failed": _PERCENT,
    "programme_done": _PERCENT,
}

#: Facts of which more speaks for the one who is graded.
HIGHER_IS_BETTER = frozenset(
    {
        "score",
        "lowest_result",
        "lowest_other",
        "lowest_core",
        "official_grade",
        "tasks_done",
        "tasks_on_time",
        "tasks_exceeded",
        "faults_fixed",
        "unit_tasks_done",
        "unit_tasks_exceeded",
        "members_good",
        "cells_good",
        "programme_done",
    }
)
