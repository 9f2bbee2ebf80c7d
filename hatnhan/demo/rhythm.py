"""On which days the Standing Committee and the cells met in two years: by rule, moved, left out. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from hatnhan.core.periods import add_months
from hatnhan.core.working_days import is_holiday
from hatnhan.demo.places import CELLS, Place
from hatnhan.demo.wording import texts
from hatnhan.meetings.rules import Rhythm, days_between

if TYPE_CHECKING:
    from collections.abc import Iterator

FRIDAY = 4
WEEKLY = Rhythm(weekday=FRIDAY, on_holiday="before")
WEEKLY_AT, WEEKLY_PLACE = time(14, 0), "Phòng họp Đảng ủy"
_MONTHDAYS = {"ben-da": 5, "phu-cuong": 4, "truong-thpt": 4, "truong-mam-non": 5}
_PLACES = {
    "village": "Nhà văn hóa thôn",
    "school": "Phòng hội đồng nhà trường",
    "health": "Phòng giao ban của Trạm",
}
_HOURS = {"village": time(19, 30), "school": time(16, 0), "health": time(15, 30)}

#: Who did not meet as the rule says: once given up for a flood, once forgotten, once not yet this month.
FLOODED, FORGOT, NOT_YET = "lung-ha", "tan-tien", "vuon-che"
#: Whose minutes of last month are late, and whose are locked on the same evening.
MINUTES_LATE, PROMPT = "cau-gao", "dong-sen"
_FORGOTTEN_MONTHS_AGO = 14
_SEPTEMBER = 9


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting as its rule gave it and as it was; ``on`` None: not held. ``moved``, ``cancelled`` say why."""

    unit: str
    due: date
    on: date | None
    moved: str = ""
    cancelled: str = ""
    #: The day on which minutes were approved and locked; None: not yet.
    locked: date | None = None
    #: The last one told; the newest.
    last: bool = False

    @property
    def held(self) -> bool:
        """Whether it took place."""
        return self.on is not None


def begins(today: date) -> date:
    """Return the first day told of: two years ago."""
    return add_months(today, -24)


def rhythm_of(place: Place) -> Rhythm:
    """Return when a cell meets: most on the 3rd."""
    return Rhythm(monthday=_MONTHDAYS.get(place.code, 3), first_week=True)


def where_and_when(place: Place) -> tuple[str, time]:
    """Return where a cell meets, and at what hour."""
    return _PLACES[place.kind], _HOURS[place.kind]


def cell_sittings(place: Place, today: date, seed: int) -> list[Sitting]:
    """Return a cell's meetings due from two years ago until yesterday."""
    rng = Random(f"sittings {seed} {place.code} {begins(today)}")  # noqa: S311 - a story, not a secret
    days = days_between(rhythm_of(place), begins(today), today)
    flood = [day for day in days if day.month == _SEPTEMBER and (today - day).days > 40]  # noqa: PLR2004
    found = []
    for number, day in enumerate(days):
        newest = number == len(days) - 1
        if place.code == FLOODED and flood and day == flood[-1]:
            why = "Mưa lũ, đảng viên đi ứng cứu; nội dung chuyển sang tháng sau"
            found.append(Sitting(place.code, day, None, cancelled=why))
        elif (place.code == FORGOT and number == len(days) - _FORGOTTEN_MONTHS_AGO) or (
            place.code == NOT_YET and newest
        ):
            found.append(Sitting(place.code, day, None, last=newest))
        else:
            found.append(_held(rng, place, day, today, newest=newest))
    return found


def _held(rng: Random, place: Place, due: date, today: date, *, newest: bool) -> Sitting:
    moved, on = "", due
    if rng.random() < 0.07 and place.code != PROMPT:  # noqa: PLR2004 - a few are moved
        on = due + timedelta(days=rng.randint(1, 6))
        while is_holiday(on):
            on += timedelta(days=1)
        common = texts("common")
        moved = rng.choice(common["moved"] if place.kind == "village" else common["moved_school"])
    if on >= today:
        on, moved = due, ""
    late = rng.random() < 0.09  # noqa: PLR2004 - a few minutes are late
    locked: date | None = on + timedelta(days=rng.randint(3, 8) if late else rng.randint(1, 2))
    if place.code == PROMPT:
        locked = on
    if newest and place.code == MINUTES_LATE:
        locked = None
    return Sitting(place.code, due, on, moved, "", locked if locked and locked < today else None, newest)


def all_cell_sittings(today: date, seed: int) -> Iterator[Sitting]:
    """Yield the meetings of all cells."""
    for place in CELLS:
        yield from cell_sittings(place, today, seed)


def weekly_sittings(today: date) -> list[Sitting]:
    """Return the Standing Committee's reviews due from two years ago until yesterday; the last of them is still open.

    Where holidays put two into one week or on one day, the second is given up.
    """
    days = days_between(WEEKLY, begins(today), today)
    found: list[Sitting] = []
    for number, day in enumerate(days):
        newest = number == len(days) - 1
        before = found[-1].due if found else day - timedelta(days=7)
        if (_at_tet(day) and not newest) or (day - before).days < 3:  # noqa: PLR2004
            found.append(
                Sitting(
                    "", day, None, cancelled="Nghỉ Tết Nguyên đán" if _at_tet(day) else "Trùng tuần nghỉ lễ"
                )
            )
            continue
        locked = day + timedelta(days=3 if number % 17 else 5)
        found.append(
            Sitting("", day, day, locked=locked if locked < today and not newest else None, last=newest)
        )
    return found


def _at_tet(day: date) -> bool:
    """Tell whether a week lies in the long holidays of the lunar new year: three days of it off."""
    if day.month > 2:  # noqa: PLR2004 - it falls into January or February
        return False
    monday = day - timedelta(days=day.weekday())
    return sum(is_holiday(monday + timedelta(days=n)) for n in range(5)) >= 3  # noqa: PLR2004
