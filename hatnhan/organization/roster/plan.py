"""What an import would do, row by row, before anything is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hatnhan.organization.roster.book import Known
    from hatnhan.organization.roster.records import CellProblem, RosterRecord, Understanding


class Status(StrEnum):
    """What will happen with a row."""

    PROBLEM = "problem"
    QUESTION = "question"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Same(StrEnum):
    """Answers to "is this the same person?"."""

    KEEP = "keep"  # the same person; the card number in the books stays
    TAKE = "take"  # the same person; the card number of the file is right
    DIFFERENT = "different"  # two people


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a member that the file gives another value than the books."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Question:
    """A row whose name and birth are those of a member in the books who has another card number."""

    known: Known
    known_cell: str


@dataclass(slots=True)
class PlannedRow:
    """A row and what will happen with it."""

    number: int
    status: Status
    record: RosterRecord
    cell_id: int | None = None
    known: Known | None = None
    changes: list[Change] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    question: Question | None = None
    #: The cell whose name is nearest to one that does not exist, to be offered.
    near: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person at the screen said: cells meant by wrong names, and who is the same person, by row number."""

    cells: dict[str, int] = field(default_factory=dict)
    same: dict[int, Same] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """The whole import, before it is done. ``digest`` names exactly this plan."""

    understanding: Understanding
    rows: list[PlannedRow]
    digest: str
    missing_from_file: int = 0

    def count(self, status: Status) -> int:
        """Return how many rows have a status."""
        return sum(row.status is status for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows have each status."""
        return {status.value: self.count(status) for status in Status}

    @property
    def can_be_written(self) -> bool:
        """Whether nothing stands in the way: no problem, no open question."""
        return not any(row.status in (Status.PROBLEM, Status.QUESTION) for row in self.rows)
