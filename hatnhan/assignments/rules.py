"""Rules of the room as pure functions: told the days, they know no database."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    Span = tuple[date, date | None]


def tenure_end(spans: Iterable[Span], on: date) -> date | None:
    """Return the first day after a day that no span covers, spans that touch each other taken as one; None if never.

    Spans are half-open and may overlap: the posts that one person held in one committee.
    """
    reached = on
    for start, end in sorted(spans, key=lambda span: span[0]):
        if start > reached:
            break
        if end is None:
            return None
        reached = max(reached, end)
    return reached


def gap_start(spans: Iterable[Span], first: date, on: date) -> date | None:
    """Return since when nobody covers a thing that should be covered from ``first`` on; None while somebody does."""
    since = first
    for start, end in spans:
        if start > on:
            continue
        if end is None or end > on:
            return None
        since = max(since, end)
    return since


def on_time(due: date, done_on: date) -> bool:
    """Tell whether a task was done by its last day (inclusive)."""
    return done_on <= due


def share(part: int, whole: int) -> int | None:
    """Return a part of a whole in whole percent, half a percent upward; None of nothing."""
    return None if whole == 0 else (200 * part + whole) // (2 * whole)
