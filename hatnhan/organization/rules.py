"""Rules of the organisation as pure functions, told the day and the rule. Nothing here asks the clock or the tables.

Intervals are pairs ``(start, end)``: the first day in force and the first day no longer in force (None: open).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from hatnhan.core.periods import add_months, add_years, whole_years
from hatnhan.core.working_days import add_working_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Interval = tuple[date, date | None]


# --- Intervals -----------------------------------------------------------------------------------------------------
def intersection(one: Interval, other: Interval) -> Interval | None:
    """Return the days two intervals share, None when they share none."""
    start = max(one[0], other[0])
    ends = [end for end in (one[1], other[1]) if end is not None]
    end = min(ends) if ends else None
    return (start, end) if end is None or start < end else None


def day_after(day: date) -> date:
    """Return the end (exclusive) of what is in force until a day (inclusive)."""
    return day + timedelta(days=1)


def joined_up(intervals: Iterable[Interval]) -> list[Interval]:
    """Return intervals that do not overlap, in order, with those that touch made into one."""
    whole: list[Interval] = []
    for start, end in sorted(intervals, key=lambda interval: interval[0]):
        if whole and whole[-1][1] == start:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


# --- Years ------------------------------------------------------------------------------------------------------------
def age(*, born_on: date | None, born_year: int, on: date) -> int:
    """Return the completed years of life on a day; where only the year is known, the difference of years."""
    return whole_years(born_on, on) if born_on else on.year - born_year


def latest_start(on: date, years: int) -> date:
    """Return the last day on which something may have begun that has lasted at least so many whole years on a day.

    ``whole_years(start, on) >= years`` exactly when ``start <= latest_start(on, years)``: so tables can be asked.
    """
    return add_years(on, -years)


def anniversary(start: date, years: int) -> date:
    """Return the first day on which so many whole years are completed: 1 March for 29 February in a common year."""
    day = add_years(start, years)
    return day if whole_years(start, day) >= years else day.replace(month=3, day=1)


# --- Working-day limits --------------------------------------------------------------------------------------------
def probation_due(start: date, months: int) -> date:
    """Return the day on which probation ends and the member becomes official: the same day of the last month."""
    return add_months(start, months)


def review_by(due: date, working_days: int) -> date:
    """Return the last day (inclusive) for the cell to review a probation that ended on ``due``."""
    return add_working_days(due, working_days)


def transfer_days(proposed_on: date, *, remind: int, overdue: int) -> tuple[date, date]:
    """Return the day to remind the receiving side and the last day of the limit, counted in working days."""
    return add_working_days(proposed_on, remind), add_working_days(proposed_on, overdue)


# --- Badges --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class NextBadge:
    """The level to come, the day it is reached, and the first round of awards on or after that day."""

    years: int
    reached_on: date
    round_day: date


def rounds_between(rounds: Sequence[str], start: date, end: date) -> list[date]:
    """Return the days of awards (written "dd-mm") from ``start`` to ``end``, both inclusive, in order."""
    days = [_day_of(year, text) for year in range(start.year, end.year + 1) for text in rounds]
    return sorted(day for day in days if start <= day <= end)


def _day_of(year: int, text: str) -> date:
    first = date(year, int(text[3:]), 1)
    return min(first + timedelta(days=int(text[:2]) - 1), add_months(first, 1) - timedelta(days=1))


def round_on_or_after(rounds: Sequence[str], day: date) -> date:
    """Return the first day of awards on or after a day."""
    return rounds_between(rounds, day, add_years(day, 1))[0]


def round_before(rounds: Sequence[str], day: date) -> date:
    """Return the last day of awards before a day."""
    return [found for found in rounds_between(rounds, add_years(day, -1), day) if found < day][-1]


def badge_due(admitted_on: date, levels: Iterable[int], round_day: date) -> int | None:
    """Return the highest level reached by a round of awards, None below the first.

    Years of membership count from admission (Charter, article 5.4).
    """
    reached = [years for years in levels if whole_years(admitted_on, round_day) >= years]
    return max(reached, default=None)


def badges_reached(admitted_on: date, levels: Iterable[int], on: date) -> list[int]:
    """Return the levels whose years are full on a day, the lowest first."""
    return [years for years in sorted(levels) if anniversary(admitted_on, years) <= on]


def next_badge(
    admitted_on: date, levels: Iterable[int], rounds: Sequence[str], after: date
) -> NextBadge | None:
    """Return the first level reached after a day and its round of awards; None when all are reached."""
    for years in sorted(levels):
        reached_on = anniversary(admitted_on, years)
        if reached_on > after:
            return NextBadge(years, reached_on, round_on_or_after(rounds, reached_on))
    return None


# --- What the roster keeps of a person -----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class MemberData:
    """What the roster keeps of a person, as it was typed or imported.

    Fields are named as in the form and the table. `born_on` may be unknown; `official_on` is None on probation.
    """

    full_name: str
    born_year: int
    sex: str
    admitted_on: date
    born_on: date | None = None
    official_on: date | None = None
    card_number: str | None = None
    ethnicity: str = ""
    hamlet: str = ""
    occupation: str = ""
    schooling: str = ""
    degree: str = ""
    theory: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field. ``code`` is stable and English; ``values`` fill the sentence that says it."""

    code: str
    field: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)


#: Nobody born before is on a roster kept by this product: a typing mistake.
OLDEST_BIRTH_YEAR: Final = 1900


#: How many digits a card has.
_CARD_DIGITS: Final = 8


def tidy_card(card_number: str | None) -> str | None:
    """Return a card number without the dots and spaces people write in it; None when it is empty."""
    text = "".join(card_number.split()).replace(".", "") if card_number else ""
    return text or None


def printed_card(card_number: str | None) -> str:
    """Return a card number as it is printed on the card, "00 000 412"; one of another length as it is; "" for none."""
    number = card_number or ""
    return f"{number[:2]} {number[2:5]} {number[5:]}" if len(number) == _CARD_DIGITS else number


def member_faults(data: MemberData, *, today: date, youngest: int) -> list[Fault]:
    """Return what is wrong with a person's dates and numbers on their own, most basic first.

    ``youngest`` is the age from which a person may be admitted on the day of admission.
    """
    faults = [] if data.full_name.strip() else [Fault("name_missing", "full_name")]
    card = tidy_card(data.card_number)
    if card and not (card.isascii() and card.isdigit()):
        faults.append(Fault("card_not_digits", "card_number"))
    return faults + _birth_faults(data, today) + _party_faults(data, today, youngest)


def _birth_faults(data: MemberData, today: date) -> list[Fault]:
    if not OLDEST_BIRTH_YEAR <= data.born_year <= today.year:
        return [Fault("birth_year", "born_year", {"year": data.born_year})]
    if data.born_on and data.born_on.year != data.born_year:
        return [Fault("birth_day_not_in_year", "born_on", {"year": data.born_year})]
    if data.born_on and data.born_on > today:
        return [Fault("future", "born_on")]
    return []


def _party_faults(data: MemberData, today: date, youngest: int) -> list[Fault]:
    faults = []
    if data.admitted_on > today:
        faults.append(Fault("future", "admitted_on"))
    elif age(born_on=data.born_on, born_year=data.born_year, on=data.admitted_on) < youngest:
        faults.append(Fault("too_young", "admitted_on", {"years": youngest}))
    if data.official_on and data.official_on < data.admitted_on:
        faults.append(Fault("official_before_admission", "official_on"))
    elif data.official_on and data.official_on > today:
        faults.append(Fault("future", "official_on"))
    return faults
