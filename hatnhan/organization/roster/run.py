"""Reading, laying beside the books and writing in one go, for the command line and set-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.audit import actions as audit
from hatnhan.core import clock
from hatnhan.organization.permissions import Action, require
from hatnhan.organization.roster.compare import compare
from hatnhan.organization.roster.export import export_roster
from hatnhan.organization.roster.reading import read_roster
from hatnhan.organization.roster.write import write

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path
    from typing import IO

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit
    from hatnhan.organization.roster.plan import Plan


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an import: the plan, and whether it was written."""

    plan: Plan
    written: bool


def import_file(  # noqa: PLR0913 - a file, a place, a person, a day
    path: Path,
    filename: str,
    *,
    unit: Unit,
    by: Actor,
    at: datetime,
    on: date | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Import a roster into a unit, all of it or nothing.

    ``on`` is the day by which dates are judged (that of ``at`` when left out). Raises SheetError when the file cannot
    be read. A plan with problems or open questions is returned unwritten.
    """
    day = on or at.astimezone(clock.HERE).date()
    plan = compare(read_roster(path, filename, on=day), unit, day)
    if dry_run or not plan.can_be_written:
        return Outcome(plan, written=False)
    write(plan=plan, unit=unit, filename=filename, by=by, at=at)
    return Outcome(plan, written=True)


def export_file(path: Path, *, unit: Unit, by: Actor, at: datetime) -> int:
    """Export a unit's members on the day of ``at`` to a file; a failure leaves no half file. Returns how many."""
    half = path.with_suffix(path.suffix + ".part")
    try:
        with half.open("wb") as out:
            count = write_export(out, unit=unit, on=at.astimezone(clock.HERE).date(), by=by, at=at)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return count


def write_export(out: IO[bytes], *, unit: Unit, on: date, by: Actor, at: datetime) -> int:
    """Write a unit's members on a day as an xlsx that imports back unchanged; audited. Returns how many."""
    require(by, Action.ROSTER_EXPORT, unit)
    count = export_roster(unit, on, out)
    details = {"members": count, "on": on}
    audit.record(by=by, action=Action.ROSTER_EXPORT, at=at, target=unit, unit_id=unit.pk, details=details)
    return count
