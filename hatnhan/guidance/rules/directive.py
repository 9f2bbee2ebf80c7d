"""What a registration must hold, and where one stands in its year. Knows no database."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hatnhan.rulebook.topics.guidance import Directive


class Fault(StrEnum):
    """What is wrong with a registration."""

    UNKNOWN = "unknown_field"
    EMPTY = "empty"
    ANSWER = "answer_missing"
    NO_DEED = "deed_missing"
    DUE = "due_missing"
    OUTSIDE = "due_outside"


@dataclass(frozen=True, slots=True)
class Days:
    """The three last days (inclusive) of a year under a directive."""

    register: date
    midyear: date
    assess: date


def days_of(value: Directive, year: int) -> Days:
    """Return by when one registers, notes the progress and assesses oneself; 29 February falls back to the 28th."""
    return Days(
        _day(year, value.register_month, value.register_day),
        _day(year, value.midyear_month, value.midyear_day),
        _day(year, value.assess_month, value.assess_day),
    )


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def drafted(
    value: Directive, year: int, answers: Mapping[str, str], deeds: Sequence[tuple[str, date | None]]
) -> tuple[Fault, str] | None:
    """Return the first fault that even a draft may not have, with the field or the deed it is in; None for none."""
    known = {one.key for one in value.fields}
    if strange := next((key for key in answers if key not in known), None):
        return Fault.UNKNOWN, strange
    for text, due in deeds:
        if due is None:
            return Fault.DUE, text
        if due.year != year:
            return Fault.OUTSIDE, text
    return None


def registered(
    value: Directive, answers: Mapping[str, str], deeds: Iterable[object]
) -> tuple[Fault, str] | None:
    """Return what a draft still lacks to be registered, with the title of the field; None for nothing."""
    for one in value.fields:
        if one.required and not answers.get(one.key):
            return Fault.ANSWER, one.title
    return None if any(True for _one in deeds) else (Fault.NO_DEED, "")


def next_step(state: str | None, *, progress: bool, on: date, days: Days) -> str:
    """Return what a registration waits for on a day: "write", "register", "progress", "assess", or "" for nothing yet.

    ``state`` is None where nothing was written. Progress is asked for from a month before its day until one assesses,
    the assessment likewise; what is late is still asked for.
    """
    if state is None:
        return "write"
    if state == "draft":
        return "register"
    if state == "assessed":
        return ""
    if _comes(on, days.assess):
        return "assess"
    return "progress" if not progress and _comes(on, days.midyear) else ""


def _comes(on: date, last: date) -> bool:
    """Tell whether a day lies within a month before another, or after it."""
    month, year = (last.month - 1, last.year) if last.month > 1 else (12, last.year - 1)
    return on >= _day(year, month, last.day)
