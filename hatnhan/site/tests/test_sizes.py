"""Lists of 600 and of 6,000 members: the same number of queries on every page. `benchmarks/lists.py` goes to 60,000."""

from __future__ import annotations

import pytest

from hatnhan.organization.models import Member, Membership
from hatnhan.organization.tests import make
from hatnhan.organization.tests.crowd import PAGES, fill
from hatnhan.site.tests.queries import queries

FEW, MANY = 600, 6_000
MOST_QUERIES = 102


@pytest.fixture
def cells(place):
    return [place.village, place.school, *(make.unit(f"thon-{n}", "cell", place.commune) for n in range(16))]


def test_pages_ask_the_same_of_six_hundred_and_of_six_thousand(cast, cells, place):
    fill(cells, FEW)
    few = {page: queries(cast.secretary, page) for page in PAGES}
    fill(cells, MANY - FEW, FEW)
    assert {page: queries(cast.secretary, page) for page in PAGES} == few
    assert max(few.values()) <= MOST_QUERIES
    everyone = Member.objects.count()
    assert everyone > MANY
    assert cast.secretary.get("/dang-vien/").context["listing"].count == everyone


def test_a_large_cell_costs_its_head_the_same(cast, cells, place):
    pages = ["/", "/dang-vien/?q=duc", "/viec-den-han/", "/so-lieu/", "/to-chuc/thon-chua/", "/tim/?q=duc"]
    fill(cells, FEW)
    few = {page: queries(cast.village_secretary, page) for page in pages}
    fill([place.village], MANY - FEW, FEW)
    assert {page: queries(cast.village_secretary, page) for page in pages} == few
    own = Membership.objects.filter(unit=place.village).count()
    assert cast.village_secretary.get("/dang-vien/").context["listing"].count == own
