"""The tale of guidance as data: its days hold together whenever it is told, and its words are not alike."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from hatnhan.demo.guidance.pledges import Writer
from hatnhan.demo.guidance.rolling import points
from hatnhan.demo.guidance.shelf import Shelf
from hatnhan.demo.guidance.studying import COURSES
from hatnhan.demo.lives import World
from hatnhan.demo.places import CELLS
from hatnhan.demo.tale import Tale, tell_all
from hatnhan.demo.wording import texts

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def tale():
    return tell_all(TODAY)


def told_on(tale, today):
    """Return the tale as if of another day: its people stay, which these tests do not look at."""
    return Tale(World(today, tale.world.people), tale.offices, tale.seed)


@pytest.mark.parametrize("today", [TODAY, date(2026, 8, 1), date(2026, 1, 2), date(2028, 2, 29)])
def test_no_document_is_entered_before_its_day_or_before_what_it_carries_out(tale, today):
    shelf = Shelf(told_on(tale, today))
    for key, told in shelf.told.items():
        assert shelf.issued(key) <= shelf.entered(key)
        for before in filter(None, (told.get("carries_out"), told.get("replaces"))):
            assert shelf.entered(before) <= shelf.entered(key)
            assert shelf.issued(before) <= shelf.issued(key)
    for key, plan in shelf.plans.items():
        assert shelf.entered(key) < shelf.ago(key, plan["planned"])
        if "approved" in plan:
            last = shelf.approved(key) + timedelta(days=plan["days"]["done"])
            assert all(shelf.approved(key) < point.due <= last for point in points(shelf, key))


def test_every_kind_of_cell_has_words():
    words, year = texts("guidance"), texts("guidance_year")
    for kind in {cell.kind for cell in CELLS}:
        assert words["concluded"][kind]
        assert year["deeds"][kind]
        assert year["follow"][kind]
        assert year["units"][kind]
        assert all(kind in plan["variants"] for plan in words["roll_outs"] if "approved" in plan)
    assert {course.document for course in COURSES} <= set(words["documents"])
    for key, questions in words["quizzes"].items():
        assert key in words["documents"]
        assert len(questions) >= 5


@pytest.mark.parametrize("code", ["dong-sen", "truong-thpt", "tram-y-te"])
def test_neighbours_do_not_register_the_same_words_and_the_same_seed_says_the_same(tale, code):
    kind = next(cell.kind for cell in CELLS if cell.code == code)
    people = [p for p in tale.world.present if p.last.cell == code]
    told = list(Writer(kind, code, 2026, tale.seed).write(people).values())
    assert told == list(Writer(kind, code, 2026, tale.seed).write(people).values())
    for one, other in pairwise(told):
        assert one.answers["learn"] != other.answers["learn"]
        assert one.deeds != other.deeds
        assert one.comment != other.comment
    assert len({(*pledge.answers.values(), *pledge.deeds) for pledge in told}) == len(told)
    for pledge in told:
        assert len(pledge.deeds) == len(pledge.midyear) == len(pledge.end) > 0
        assert "{" not in "".join((*pledge.answers.values(), pledge.progress, pledge.assessment))
