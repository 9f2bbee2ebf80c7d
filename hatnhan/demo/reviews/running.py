"""This year's review, half-way on any day: opened some weeks ago, most handed in, two cells met, one proposed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from hatnhan.core import clock
from hatnhan.core.working_days import is_working_day
from hatnhan.demo import cast
from hatnhan.demo.books import Deed
from hatnhan.demo.places import CELLS, COMMUNE
from hatnhan.demo.reviews import aims
from hatnhan.demo.reviews.year import Year
from hatnhan.organization.models import Body
from hatnhan.reviews.actions import writing
from hatnhan.reviews.review_parts import AnswerData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.books import Books
    from hatnhan.demo.reviews.aims import Aim
    from hatnhan.demo.tale import Tale
    from hatnhan.reviews.models import Entry

_ORDER = 70
#: A review opens in November; for a story told earlier in the year so many days before it, so that it is half-way too.
_OPENS, _OPENED_AGO = (11, 3), timedelta(days=20)
_EARLY, _MEETS_FROM = timedelta(days=6), timedelta(days=13)
#: These have met, the first has proposed too; this one is next; in these everything is in; these are late.
_PROPOSED, _HELD, NEXT = "truong-mam-non", "thon-dinh", "dong-sen"
_ALL_IN = ("cau-gao", "go-gang", "truong-thpt", "tram-y-te", "phu-cuong", NEXT)
_LATE = ("vuon-che", "tan-tien")
#: Whose form was typed from paper and waits for their word.
_TYPED = cast.INSPECTION_CHAIR
_PART, _LATE_PART, _DRAFTS = 0.72, 0.22, 0.12
#: So many days before the story's own the forms were due.
_DUE_AGO = 3


def this_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield how far this year's review is. What lies ahead of the story is left out."""
    today = tale.today
    opens = _opens(today)
    told = Year(tale, today.year)
    yield Deed(opens, _ORDER - 2, partial(told.open, "38-KH/ĐU"))
    yield Deed(opens, _ORDER - 1, told.put_right)
    yield Deed(opens, _ORDER, partial(told.think, _aims))
    due = min(max(today - timedelta(days=_DUE_AGO), opens + timedelta(days=9)), date(today.year, 11, 30))
    moved = {("self_review", "cell"): due, ("residence", "cell"): due}
    yield Deed(opens + timedelta(days=1), _ORDER, partial(told.move, moved))
    early = opens + _EARLY
    for code in (_PROPOSED, _HELD):
        yield Deed(early, _ORDER + 2, partial(told.hand_in_cell, code))
    yield Deed(early + timedelta(days=2), _ORDER + 2, partial(_type, told))
    yield Deed(early + timedelta(days=3), _ORDER + 2, partial(_begin, told))
    for place, cell in enumerate(CELLS):
        if cell.code not in {_PROPOSED, _HELD}:
            day = early + timedelta(days=1 + place % 8)
            yield Deed(day, _ORDER + 3, partial(_hand_in, told, cell.code))
    yield Deed(early + timedelta(days=4), _ORDER + 3, partial(told.hand_in_cell, COMMUNE))
    yield Deed(early + timedelta(days=6), _ORDER + 4, told.comment)
    if today >= opens + _MEETS_FROM:
        last = _working(today, 1)
        first = _working(today, 2)
        yield Deed(first, _ORDER + 5, partial(told.hold, _PROPOSED, Body.MEMBERS))
        yield Deed(last, _ORDER + 5, partial(told.hold, _HELD, Body.MEMBERS))
        yield Deed(last, _ORDER + 6, partial(told.propose, _PROPOSED, Body.MEMBERS))
        yield Deed(last, _ORDER + 7, partial(told.plan, NEXT, _next_meeting(today)))


def _opens(today: date) -> date:
    first = date(today.year, 1, 2)
    return min(date(today.year, *_OPENS), max(today - _OPENED_AGO, first))


def _working(today: date, back: int) -> date:
    """Return the so-manieth working day before a day."""
    on = today
    while back:
        on -= timedelta(days=1)
        back -= is_working_day(on)
    return on


def _next_meeting(today: date) -> date:
    on = today + timedelta(days=2)
    while not is_working_day(on):
        on += timedelta(days=1)
    return on


def _aims(told: Year) -> dict[int, Aim]:
    found = aims.this_year(told.graded(), told.rng)
    return found | {
        one.pk: aims.plain(aims.XS if place % 5 == 0 else aims.T)
        for place, one in enumerate((*told.entries(of="collective"), *told.entries(of="organisation")))
    }


def _hand_in(told: Year, code: str, books: Books) -> None:
    """Take over what has come in so far of a cell; a few have begun to write."""
    rows = [one for one in told.entries(unit__code=code) if not hasattr(one, "self_review")]
    rows = [one for one in rows if not (one.member and one.member.full_name == cast.MEMBER)]
    if code in _ALL_IN:
        told.hand_in(rows, books)
        return
    share = _LATE_PART if code in _LATE else _PART
    there: list[Entry] = []
    left: list[Entry] = []
    for one in rows:
        # A cell's own comes last, when its members' are in.
        chance = told.rng.random() if one.member_id else 1.0
        (there if chance < share else left).append(one)
    told.hand_in(there, books)
    told.hand_in([one for one in left if one.member_id and told.rng.random() < _DRAFTS], books, drafts=True)


def _type(told: Year, books: Books) -> None:
    """Type in a form that was handed in on paper: its writer has not confirmed it."""
    told.note = f"{told.words['paper_note']}, nộp ngày {clock.today():%-d/%-m/%Y}"
    told.hand_in(told.entries(member__full_name=_TYPED), books)
    told.note = ""


def _begin(told: Year, books: Books) -> None:
    """Begin the review of the member who signs in: the first half of it."""
    entry = told.entries(member__full_name=cast.MEMBER)[0]
    review = writing.start_review(**books.signed(), entry=entry)
    whole = told.review_of(entry)
    answers = {key: AnswerData(text) for key, text in list(whole.answers.items())[:4]}
    writing.save_answers(**books.signed(), review=review, answers=answers)
