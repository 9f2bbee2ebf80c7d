"""What a deadline is, and the words for how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.rulebook.types import Rule

#: From how many days before the day it is called near.
SOON_DAYS = 30


class Standing(StrEnum):
    """How a deadline stands on a day."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing that somebody has to do by a day (inclusive).

    ``key`` is stable over time, so that a calendar knows it again. ``url`` opens the place where it is done and
    ``action`` is the verb on that button. ``unit_id`` is the unit that must do it. ``about_id`` is the member whom it
    concerns, if it is one: that person sees it too, without the button. ``personal`` is what the person deals with:
    with the button.
    """

    key: str
    due: date
    title: str
    detail: str
    unit_id: int
    unit_name: str
    url: str
    action: str
    rule: Rule[object] | None = None
    about_id: int | None = None
    personal: bool = False

    @property
    def source(self) -> str:
        """The key of the source it comes from: what stands before the colon of its own key."""
        return self.key.partition(":")[0]

    def standing(self, on: date) -> Standing:
        """Tell how it stands on a day."""
        left = (self.due - on).days
        if left < 0:
            return Standing.LATE
        if left == 0:
            return Standing.TODAY
        return Standing.SOON if left <= SOON_DAYS else Standing.AHEAD

    def days(self, on: date) -> int:
        """Return the days left on a day; negative when late."""
        return (self.due - on).days
