"""Two years told whole: 2017, typed in from paper under the law of then; and the last year, scored to 100."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from hatnhan.core.working_days import is_working_day
from hatnhan.demo.books import Deed
from hatnhan.demo.places import CELLS, COMMUNE
from hatnhan.demo.reviews import aims
from hatnhan.demo.reviews.aims import Aim, plain
from hatnhan.demo.reviews.deciding import Committee
from hatnhan.demo.reviews.prompting import answer, prompt
from hatnhan.demo.reviews.year import Year
from hatnhan.organization.models import Body
from hatnhan.oversight.models import Decision
from hatnhan.reviews.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.tale import Tale

_ORDER = 70
PAPER_YEAR = 2017
#: Cells "trong sạch, vững mạnh" of 2017.
_CLEAN = 11
#: At one meeting in so many somebody was away, reviewed two days later; whose committee was prompted from above.
_AWAY, _PROMPTED = 4, "phu-cuong"


def paper_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield the review of 2017: forms on paper, typed in by the cells; decided at the turn of the year."""
    told = Year(tale, PAPER_YEAR)
    told.note = told.words["paper_note"]
    above = Committee(told)
    moved = {
        ("open", "committee"): date(2017, 12, 5), ("self_review", "cell"): date(2017, 12, 15),
        ("residence", "cell"): date(2017, 12, 15), ("sitting", "cell"): date(2017, 12, 22),
        ("propose", "cell"): date(2017, 12, 23), ("sitting", "committee"): date(2017, 12, 27),
        ("appraise", "committee"): date(2017, 12, 28), ("decide", "committee"): date(2017, 12, 29),
        ("notify", "committee"): date(2018, 1, 3), ("report", "committee"): date(2018, 1, 20),
    }  # fmt: skip
    yield Deed(date(2017, 12, 5), _ORDER - 2, partial(told.open, "32-KH/ĐU"))
    yield Deed(date(2017, 12, 5), _ORDER - 1, told.leave_out)
    yield Deed(date(2017, 12, 5), _ORDER, partial(told.think, _aims_of_2017))
    yield Deed(date(2017, 12, 5), _ORDER + 1, partial(told.move, moved))
    for place, cell in enumerate(CELLS):
        day = _working(date(2017, 12, 8) + timedelta(days=place % 6))
        yield Deed(day, _ORDER + 2, partial(told.hand_in_cell, cell.code))
        day = _working(date(2017, 12, 18) + timedelta(days=place % 5))
        yield from _meeting(told, cell.code, Body.MEMBERS, day, absent=place % _AWAY == 1)
    yield Deed(date(2017, 12, 15), _ORDER + 2, partial(told.hand_in_cell, COMMUNE))
    yield Deed(date(2017, 12, 14), _ORDER + 3, told.comment)
    yield from _meeting(told, COMMUNE, Body.STANDING, date(2017, 12, 26))
    yield from _meeting(told, COMMUNE, Body.COMMITTEE, date(2017, 12, 27), after=_ORDER + 6)
    for day, order, do in (
        (date(2017, 12, 28), 0, above.appraise),
        (date(2017, 12, 29), 0, partial(above.decide_above, "collective")),
        (date(2017, 12, 29), 1, above.decide_collectives),
        (date(2017, 12, 29), 2, above.decide_members),
        (date(2017, 12, 29), 3, above.decide_cells),
        (date(2018, 1, 15), 0, partial(above.decide_above, "organisation")),
        (date(2018, 1, 16), 0, above.publish),
        (date(2018, 1, 22), 0, above.close),
    ):
        yield Deed(day, _ORDER + 8 + order, do)


def last_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield the review of the year before the story's own: whole, with caps, and all that may come after it."""
    year = tale.today.year - 1
    told = Year(tale, year)
    above = Committee(told)
    yield Deed(date(year, 11, 10), _ORDER - 2, partial(told.open, "41-KH/ĐU"))
    yield Deed(date(year, 11, 10), _ORDER - 1, told.put_right)
    yield Deed(date(year, 11, 10), _ORDER, partial(told.think, _aims_of_last))
    yield Deed(date(year, 11, 12), _ORDER, partial(prompt, told, _PROMPTED))
    for place, cell in enumerate(CELLS):
        day = _working(date(year, 11, 18) + timedelta(days=place % 9))
        sits = _working(date(year, 12, 9) + timedelta(days=place % 6))
        yield Deed(day, _ORDER + 2, partial(told.hand_in_cell, cell.code))
        yield Deed(_working(date(year, 12, 1)), _ORDER + 3, partial(told.plan, cell.code, sits))
        yield from _meeting(told, cell.code, Body.MEMBERS, sits, absent=place % _AWAY == 1)
    yield Deed(date(year, 11, 28), _ORDER + 2, partial(told.hand_in_cell, COMMUNE))
    yield Deed(date(year, 12, 1), _ORDER + 3, told.comment)
    yield Deed(date(year, 12, 3), _ORDER + 3, partial(answer, told, _PROMPTED))
    yield from _meeting(told, COMMUNE, Body.STANDING, date(year, 12, 19))
    yield from _meeting(told, COMMUNE, Body.COMMITTEE, date(year, 12, 20), after=_ORDER + 6)
    following = date(year + 1, 1, 1)
    for day, order, do in (
        (date(year, 12, 22), 0, above.appraise),
        (date(year, 12, 25), 0, partial(above.decide_above, "collective")),
        (date(year, 12, 26), 0, above.decide_collectives),
        (date(year, 12, 26), 1, above.decide_members),
        (date(year, 12, 27), 0, above.decide_cells),
        (date(year, 12, 29), 0, partial(above.decide_above, "organisation")),
        (date(year, 12, 30), 0, above.publish),
        (following + timedelta(days=6), 0, above.close),
        (following + timedelta(days=8), 0, above.ask_again),
        (following + timedelta(days=13), 0, above.regrade),
        (following + timedelta(days=18), 0, above.keep),
        (following + timedelta(days=20), 0, above.publish),
    ):
        yield Deed(day, _ORDER + 8 + order, do)


def _meeting(
    told: Year, code: str, body: str, on: date, *, absent: bool = False, after: int = _ORDER + 4
) -> Iterator[Deed]:
    yield Deed(on, after, partial(told.hold, code, body, absent=absent))
    proposed = on + timedelta(days=1)
    if absent:
        yield Deed(on + timedelta(days=2), _ORDER + 4, partial(told.come_later, code, body))
        proposed = on + timedelta(days=2)
    yield Deed(proposed if code != COMMUNE else on, after + 1, partial(told.propose, code, body))


def _working(on: date) -> date:
    while not is_working_day(on):
        on += timedelta(days=1)
    return on


# --- what the years come to ------------------------------------------------------------------------------------------
def _aims_of_2017(told: Year) -> dict[int, Aim]:
    rows = told.graded()
    found = aims.of_the_newspaper(rows, told.rng)
    found |= {one.pk: plain(aims.T) for one in told.entries(of="collective")}
    return found | _of_organisations(told, rows, found, _CLEAN)


def _aims_of_last(told: Year) -> dict[int, Aim]:
    rows = told.graded()
    failed = {one.key for one in rows if one.key in _disciplined(told)}
    found = aims.within_caps(rows, told.rng, failed)
    collectives = told.entries(of="collective")
    most = aims.most_of(len(collectives))
    for place, one in enumerate(
        sorted(collectives, key=lambda one: (not one.unit.is_cell, told.rng.random()))
    ):
        found[one.pk] = plain(aims.XS if place < most else aims.T)
        if one.unit.code == _PROMPTED:
            found[one.pk].turn = "prompted"
    cells = [one for one in told.entries(of="organisation") if one.unit.is_cell]
    return found | _of_organisations(told, rows, found, aims.most_of(len(cells) - 1))


def _of_organisations(
    told: Year, rows: list[aims.Graded], found: dict[int, Aim], most: int
) -> dict[int, Aim]:
    """Return what cells and the commune come to, by what their members do."""
    organisations = told.entries(of="organisation")
    shares = {}
    for one in organisations:
        grades = [found[row.key].final for row in rows if row.cell == one.unit.code]
        if one.unit.is_cell and grades:
            good = sum(grade in {aims.XS, aims.T} for grade in grades)
            shares[one.pk] = (good / len(grades), grades.count(aims.KHT))
    cells = aims.of_cells(shares, told.rng, most)
    return cells | {one.pk: plain(aims.XS) for one in organisations if one.pk not in shares}


def _disciplined(told: Year) -> set[int]:
    """Return the entries of members whom a decision of the year disciplined."""
    rows = Decision.objects.filter(signed_on__year=told.year).exclude(state=Decision.State.ANNULLED)
    members = set(rows.values_list("case__member_id", flat=True))
    return set(
        Entry.objects.filter(cycle=told.cycle, member__in=members - {None}).values_list("pk", flat=True)
    )
