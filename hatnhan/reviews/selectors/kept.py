"""What the engine said, as it is kept with a decision and read back: never worked out anew afterwards."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hatnhan.reviews.rules.engine import Assessment, Checked, GradeReading, Reading, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hatnhan.reviews.models import Entry
    from hatnhan.reviews.selectors.facts import Told
    from hatnhan.reviews.selectors.law import Law

_NOTHING: Mapping[str, Told] = {}
#: The shape of what is kept; a later shape reads earlier ones.
SHAPE = 1


def as_kept(
    entry: Entry, assessment: Assessment, law: Law, *, told: Mapping[str, Told] = _NOTHING
) -> dict[str, Any]:
    """Return what is kept of an assessment with the decision: every row with its value, and the rules. No query.

    ``told`` (`assessed.Assessed.told`) adds where each fact is from.
    """
    return {
        "shape": SHAPE,
        "group": entry.group,
        "subject": assessment.subject,
        "grades": [
            {"grade": one.grade, "state": str(one.state), "checks": _rows(one.checks)}
            for one in assessment.grades
        ],
        "triggers": _rows(assessment.triggers),
        "unknown_triggers": _rows(assessment.unknown_triggers),
        "ceilings": _rows(assessment.ceilings),
        "ceiling": assessment.ceiling,
        "best": assessment.best,
        "floor": assessment.floor,
        "allowed": list(assessment.allowed),
        "needs_decision": assessment.needs_decision,
        "missing": list(assessment.missing),
        "where": {key: one.where for key, one in told.items() if one.where},
        "rules": [
            {
                "topic": one.topic,
                "version": one.version,
                "source": str(one.source),
                "confirmed": one.confirmed,
            }
            for one in (law.regime, law.rubric, law.conditions, law.caps, law.forms, law.steps)
        ],
    }


def read(kept: Mapping[str, Any]) -> Assessment:
    """Return the assessment that was kept."""
    return Assessment(
        subject=kept["subject"],
        grades=tuple(
            GradeReading(one["grade"], _checks(one["checks"]), Reading(one["state"]))
            for one in kept["grades"]
        ),
        triggers=_checks(kept["triggers"]),
        unknown_triggers=_checks(kept["unknown_triggers"]),
        ceilings=_checks(kept["ceilings"]),
        ceiling=kept["ceiling"],
        best=kept["best"],
        floor=kept["floor"],
        allowed=tuple(kept["allowed"]),
        needs_decision=kept["needs_decision"],
        missing=tuple(kept["missing"]),
    )


def _rows(checks: Iterable[Checked]) -> list[dict[str, Any]]:
    return [{key: _plain(value) for key, value in asdict(one).items()} for one in checks]


def _plain(value: object) -> object:
    return str(value) if isinstance(value, (Decimal, State)) else value


def _checks(rows: Iterable[Mapping[str, Any]]) -> tuple[Checked, ...]:
    return tuple(
        Checked(
            **{
                **row,
                "bound": Decimal(row["bound"]),
                "value": None if row["value"] is None else Decimal(row["value"]),
                "state": State(row["state"]),
            }
        )
        for row in rows
    )
