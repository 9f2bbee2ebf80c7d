"""Rosters in spreadsheets: reading them safely and saying what was understood."""

from hatnhan.organization.roster.errors import SheetError
from hatnhan.organization.roster.marking import write_marked
from hatnhan.organization.roster.reading import open_roster, read_roster
from hatnhan.organization.roster.records import (
    CellProblem,
    IgnoredRow,
    RosterRecord,
    RosterRow,
    RosterSheet,
    Understanding,
)
from hatnhan.organization.roster.sheets import Limits

__all__ = [
    "CellProblem",
    "IgnoredRow",
    "Limits",
    "RosterRecord",
    "RosterRow",
    "RosterSheet",
    "SheetError",
    "Understanding",
    "open_roster",
    "read_roster",
    "write_marked",
]
