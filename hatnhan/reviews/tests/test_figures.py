"""The numbers of the room: counted by hand, the same as the rows behind them, as they stood on any day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.core import clock
from hatnhan.core.periods import Period
from hatnhan.figures import registry
from hatnhan.figures.templatetags.figures import rows_address
from hatnhan.figures.tests.opened import strays
from hatnhan.organization.tests import make as places
from hatnhan.reviews.models import Entry, PastGrade, Regrading
from hatnhan.reviews.selectors import counted
from hatnhan.reviews.tests import make

TODAY = date(2026, 12, 30)
DECIDED = date(2026, 12, 20)
ROOT = "/kiem-diem/so-lieu"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(clock.at(TODAY, 9)):
        yield


def grade(entry, key, on=DECIDED):
    Entry.objects.filter(pk=entry.pk).update(state="decided", grade=key, decided_on=on)


@pytest.fixture
def year(place, people):
    """Seven members due: one excellent, three good, one completed; two not yet. The village cell is excellent."""
    cycle = make.cycle(place.commune)
    for name, key in (
        ("secretary", "xs"),
        ("deputy", "t"),
        ("member", "t"),
        ("standing", "t"),
        ("inspector", "ht"),
    ):
        grade(make.entry(cycle, getattr(people, name)), key)
    grade(make.entry(cycle, place.village), "xs")
    return cycle


def taken(unit, period="2026"):
    return {
        one.measure.key.removeprefix("reviews."): one
        for one in registry.compute(unit, Period.parse(period), prefix="reviews")
    }


def said(figures, key):
    measure = figures[key].measure
    return measure.value, measure.numerator, measure.denominator


# --- worked out by hand ----------------------------------------------------------------------------------------------
def test_shares_are_of_those_due_of_those_graded_and_of_the_good(place, year):
    figures = taken(place.commune)
    assert said(figures, "members.graded_share") == (Decimal("71.43"), 5, 7)
    assert said(figures, "members.good_or_better_share") == (Decimal(80), 4, 5)
    assert said(figures, "members.excellent_share_of_good") == (Decimal(25), 1, 4)
    assert [figures[f"members.by_grade.{key}"].measure.value for key in ("xs", "t", "ht", "kht")] == [
        1,
        3,
        1,
        0,
    ]
    assert figures["organisations.by_grade.xs"].measure.value == 1


def test_who_is_not_graded_is_not_counted(place, people, year):
    rows = Entry.objects.filter(member=people.village_secretary)
    rows.update(standing="not_graded", standing_because="Mới kết nạp")
    assert said(taken(place.commune), "members.graded_share")[1:] == (5, 6)


def test_parts_are_by_cell_sex_age_and_post(place, people, year):
    figures = taken(place.commune)
    assert said(figures, "members.good_or_better.by_cell.thon-chua") == (Decimal(100), 3, 3)
    assert said(figures, "members.good_or_better.by_cell.truong-thcs") == (Decimal(50), 1, 2)
    assert said(figures, "members.good_or_better.sex.F") == (Decimal(100), 2, 2)
    for part in ("by_cell", "sex", "age", "post"):
        found = [one.measure.denominator for key, one in figures.items() if f"or_better.{part}." in key]
        assert sum(found) == 5


def test_a_cell_counts_its_own_without_parts(place, year):
    figures = taken(place.village)
    assert said(figures, "members.graded_share") == (Decimal(75), 3, 4)
    assert not [key for key in figures if "or_better." in key or key.startswith("caps")]


def test_caps_tell_how_many_of_how_many(place, year):
    figures = taken(place.commune)
    whole = figures["caps.use"].measure
    groups = [one.measure for key, one in figures.items() if key.startswith("caps.use.")]
    assert whole.numerator == sum(one.numerator for one in groups)
    assert whole.denominator == sum(one.denominator for one in groups)
    assert whole.rule is not None


def test_years_of_the_title_run_back_through_papers_from_before(place, year):
    for past in (2024, 2025):
        PastGrade.objects.create(unit=place.village, year=past, grade="xs", title="TSVM", decision_no="1")
    assert taken(place.village)["organisations.title_years"].measure.value == 3
    assert taken(place.school)["organisations.title_years"].measure.value == 0


# --- days ------------------------------------------------------------------------------------------------------------
def test_a_shorter_period_counts_what_was_signed_by_its_last_day(place, people, year):
    assert said(taken(place.commune, "2026-12-19"), "members.graded_share")[1:] == (0, 7)
    assert said(taken(place.commune, "2026-12-20"), "members.graded_share")[1:] == (5, 7)
    assert taken(place.commune, "2025")["members.graded_share"].measure.value is None


def test_what_is_signed_in_january_counts_for_the_year_reviewed(place, people, year):
    with clock.fixed(clock.at(date(2027, 1, 20), 9)):
        grade(make.entry(year, people.village_secretary), "t", date(2027, 1, 10))
        assert said(taken(place.commune), "members.graded_share")[1:] == (6, 7)
        assert said(taken(place.commune, "2026-12"), "members.graded_share")[1:] == (5, 7)
        assert taken(place.commune)["members.graded_share"].measure.status == "final"


def test_a_grade_given_anew_counts_from_its_new_day(place, people, year):
    entry = make.entry(year, people.inspector)
    Regrading.objects.create(
        entry=entry, ground="error", old_grade="ht", old_decided_on=DECIDED, new_grade="t",
        reason="Cộng nhầm", number="9", signed_on=date(2026, 12, 28), signed_by="Bí thư",
    )  # fmt: skip
    grade(entry, "t", date(2026, 12, 28))
    assert said(taken(place.commune, "2026-12-27"), "members.good_or_better_share")[1:] == (4, 5)
    assert said(taken(place.commune), "members.good_or_better_share")[1:] == (5, 5)


# --- the rows behind them --------------------------------------------------------------------------------------------
def test_every_figure_opens_the_rows_it_counted(cast, place, year):
    for one in taken(place.commune).values():
        if one.measure.rows is None:
            continue
        page = cast.secretary.get(rows_address(one))
        assert page.status_code == 200, rows_address(one)
        assert page.context["page"].paginator.count == one.measure.rows_count, one.measure.key
        assert strays(page) == []


def test_rows_name_only_whom_the_person_may_know(cast, place, year):
    known = cast.secretary.get(f"{ROOT}/dang-vien/?ky=2026").content.decode()
    assert "Nguyễn Thị Hòa" in known
    assert "Không hiện tên" not in known


@pytest.mark.parametrize("name", ["dang-vien", "to-chuc"])
def test_rows_are_for_who_may_read_the_figures(cast, year, name):
    for client in (cast.member, cast.administrator, cast.outsider):
        assert client.get(f"{ROOT}/{name}/?ky=2026").status_code == 404


@pytest.mark.parametrize("name", ["dang-vien", "to-chuc"])
def test_more_rows_take_no_more_queries(cast, place, year, name):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert cast.secretary.get(f"{ROOT}/{name}/?ky=2026").status_code == 200
        return len(caught)

    queries()
    first = queries()
    for number in range(4):
        cell = places.unit(f"thon-{number}", "cell", place.commune)
        Entry.objects.create(cycle=year, of="organisation", subject="cell", unit=cell)
        for one in places.members(cell, 2):
            Entry.objects.create(cycle=year, of="member", subject="outside", unit=cell, member=one)
    assert queries() == first <= 13  # the page's own frame takes most of them


def test_the_headlines_take_one_query(place, year):
    family = registry.family_of("reviews.members.graded_share")
    with CaptureQueriesContext(connection) as caught:
        first = list(islice(iter(family.compute(place.commune, Period.parse("2026"))), 2))
    assert ([one.key for one in first], len(caught)) == (list(family.headlines), 1)


def test_summary_tables_say_the_same_as_figures(place, year):
    tables = counted.results(year, place.commune, TODAY)
    whole = counted.summed(tables.by_cell)
    assert (whole.due, whole.graded, whole.good, whole.excellent) == (7, 5, 4, 1)
    assert sum(one.due for one in tables.by_kind) == Entry.objects.filter(cycle=year).due_grade().count()
