"""When a meeting may still be written to, and who was there, in numbers. Pure: told states and marks, knows no rows.

Until it is opened nothing is recorded of a meeting. While it is open, and after it ended until both have approved, the
record is written; what both approved is written again only once the approval is taken back; what is locked, never.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Standing = Literal["open", "not_begun", "cancelled", "approved", "locked"]

#: What stands in the way of writing down what happened, by the state of the meeting.
WRITING: dict[str, Standing] = {
    "draft": "not_begun",
    "invited": "not_begun",
    "open": "open",
    "closed": "open",
    "approved": "approved",
    "locked": "locked",
    "cancelled": "cancelled",
}
WRITABLE = tuple(state for state, standing in WRITING.items() if standing == "open")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of those who had to come did. ``expected`` leaves out the exempt, who may still come."""

    present: int = 0
    excused: int = 0
    unexcused: int = 0
    exempt: int = 0
    unmarked: int = 0

    @property
    def expected(self) -> int:
        """How many had to come, or came."""
        return self.present + self.excused + self.unexcused + self.unmarked

    @property
    def share(self) -> Fraction:
        """The share present, between 0 and 1; 0 where nobody had to come."""
        return Fraction(self.present, self.expected) if self.expected else Fraction(0)

    def missing(self, percent: int) -> int:
        """Return how many more have to come for a share of ``percent``."""
        needed = -(-self.expected * percent // 100)
        return max(0, needed - self.present)


def tally(marks: Iterable[str]) -> Tally:
    """Count marks as they stand in the list ("" for none yet)."""
    counted: dict[str, int] = {}
    for mark in marks:
        counted[mark or "unmarked"] = counted.get(mark or "unmarked", 0) + 1
    return Tally(**counted)
