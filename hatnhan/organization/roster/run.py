"""Reading, laying beside the books and writing in one go, for the command line and set-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.core import clock
from hatnhan.organization.roster.compare import compare
from hatnhan.organization.roster.reading import read_roster
from hatnhan.organization.roster.write import write

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit
    from hatnhan.organization.roster.plan import Plan


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an import: the plan, and whether it was written."""

    plan: Plan
    written: bool


def import_file(  # noqa: PLR0913 - a file, a place, a person, a day
    path: Path, filename: str, *, unit: Unit, by: Actor, at: datetime, on: date | None = None, dry_run: bool = False
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
