"""The numbers of the room: counted by hand, and the same as the rows that stand behind them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hatnhan.core import clock
from hatnhan.core.periods import Period
from hatnhan.core.vietnamese import day
from hatnhan.figures import registry
from hatnhan.figures.templatetags.figures import rows_address, taken_on
from hatnhan.figures.tests.opened import strays
from hatnhan.meetings.selectors import counted
from hatnhan.meetings.tests import held
from hatnhan.organization.tests import make

TODAY = date(2018, 11, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def taken(unit, period="2018"):
    return {
        one.measure.key.removeprefix("meetings."): one
        for one in registry.compute(unit, Period.parse(period), prefix="meetings")
    }


def said(figures, key):
    measure = figures[key].measure
    return measure.value, measure.numerator, measure.denominator


@pytest.fixture
def year(place, people):
    """The village held three of four months, the school one of two; two of three weekly meetings."""
    for month, state in ((8, "locked"), (9, "approved"), (10, "closed"), (11, "invited")):
        made = held.meeting(place.village, date(2018, month, 3), state, theme="Học tập" if month == 8 else "")
        if state != "invited":
            held.invite(
                made, {people.village_secretary: "present", people.member: "excused", people.deputy: "exempt"}
            )
            held.invite(made, {people.standing: "present"}, "in_charge")
            held.score(made, "90", "good", *(("69.5", "average") if month == 9 else ()))
    made = held.meeting(place.school, date(2018, 10, 3), "locked")
    held.invite(made, {people.school_secretary: "present", people.inspector: "present"})
    held.score(made, "71.5", "fair")
    held.meeting(place.school, date(2018, 11, 3))
    held.meeting(place.school, date(2018, 9, 3), "cancelled")
    held.meeting(place.school, date(2018, 12, 3))
    held.meeting(place.village, TODAY, "invited", due_on=None, title="Họp bất thường")
    reviews = [
        held.meeting(place.commune, date(2018, 11, 2) + timedelta(days=7 * n), state, "weekly_review")
        for n, state in enumerate(("locked", "closed", "draft"))
    ]
    titles = {"done": date(2018, 11, 8), "late": date(2018, 11, 12), "open": None, "withdrawn": None}
    for title, done_on in titles.items():
        state = {"open": "open", "withdrawn": "withdrawn"}.get(title, "verified")
        reason = "Không cần nữa" if title == "withdrawn" else ""
        one = held.task(
            place.commune, people.deputy, title, given=date(2018, 11, 2), due=date(2018, 11, 9),
            done_on=done_on, state=state, closed_reason=reason,
        )  # fmt: skip
        held.remedy(
            reviews[0],
            getattr(
                people, {"done": "deputy", "late": "standing", "open": "inspector"}.get(title, "secretary")
            ),
            one,
        )
    return reviews


# --- worked out by hand ----------------------------------------------------------------------------------------------
def test_held_of_due_counts_what_its_rule_made_due_until_yesterday(place, year):
    figures = taken(place.commune)
    assert said(figures, "monthly.held_share") == (Decimal("66.67"), 4, 6)
    assert said(figures, "monthly.held")[0] == 4
    assert said(figures, "weekly.held_share") == (Decimal("66.67"), 2, 3)
    assert figures["monthly.held_share"].measure.status == "provisional"
    assert said(taken(place.village), "monthly.held_share") == (Decimal("75.00"), 3, 4)
    assert said(taken(place.commune, "2018-10"), "monthly.held_share") == (Decimal("100.00"), 2, 2)
    assert taken(place.commune, "2018-10")["monthly.held_share"].measure.status == "final"


def test_a_figure_and_its_rows_name_the_same_last_day(place, year, cast):
    figure = taken(place.commune)["monthly.held"]
    rows = cast.secretary.get(rows_address(figure)).content.decode()
    told = f"ính đến hết ngày {day(taken_on(figure))}"
    assert taken_on(figure) == TODAY - timedelta(days=1)
    assert told in rows
    address = reverse("figures:figure", args=[figure.measure.key])
    assert told in cast.secretary.get(address, {"don_vi": "tam-hong", "ky": "2018"}).content.decode()
    over = taken(place.commune, "2018-10")["monthly.held"]
    assert taken_on(over) == date(2018, 10, 31)


def test_nothing_due_is_nothing_to_measure(place):
    figures = taken(place.commune, "2017")
    for key in (
        "monthly.held_share",
        "weekly.held_share",
        "attendance.share",
        "score.average",
        "remedies.on_time_share",
    ):
        assert figures[key].measure.value is None, key
    assert said(figures, "monthly.held")[0] == 0


def test_a_meeting_moved_to_the_next_month_counts_for_the_month_of_its_rule(place):
    made = held.meeting(place.village, date(2018, 9, 30), "closed", moved_reason="Bão")
    made.starts_at = made.opened_at = held.evening(date(2018, 10, 5))
    made.ended_at = held.evening(date(2018, 10, 5), 21)
    made.save()
    assert said(taken(place.commune, "2018-09"), "monthly.held_share") == (Decimal("100.00"), 1, 1)
    assert said(taken(place.commune, "2018-10"), "monthly.held_share") == (None, 0, 0)


def test_attendance_leaves_out_the_exempt_and_the_guests(place, year):
    assert said(taken(place.commune), "attendance.share") == (Decimal("62.50"), 5, 8)
    assert said(taken(place.school), "attendance.share") == (Decimal("100.00"), 2, 2)


def test_scores_are_those_decided_else_those_the_cells_gave_themselves(place, year):
    figures = taken(place.commune)
    assert said(figures, "score.average")[0] == Decimal("80.25")
    assert [said(figures, f"score.band.{band}") for band in ("good", "fair", "average", "poor")] == [
        (2, 2, 4), (1, 1, 4), (1, 1, 4), (0, 0, 4),
    ]  # fmt: skip


def test_a_cell_that_has_not_met_is_named(place, year):
    assert said(taken(place.commune, "2018-11"), "monthly.not_met")[0] == 2
    held.meeting(place.village, TODAY, "closed", due_on=None)
    assert said(taken(place.commune, "2018-11"), "monthly.not_met")[0] == 1
    assert said(taken(place.commune), "monthly.not_met")[0] == 0


def test_themes_are_asked_of_every_quarter_that_has_ended(place, year):
    figures = taken(place.commune, "2018-Q3")
    assert said(figures, "themes.held_share") == (Decimal("50.00"), 1, 2)
    assert said(taken(place.commune), "themes.held_share") == (
        Decimal("0.00"),
        0,
        2,
    )  # none in the first quarters
    young = make.unit("chi-bo-moi", "cell", place.commune, start=date(2018, 8, 1))
    assert said(taken(place.commune, "2018-Q3"), "themes.held_share")[2] == 2
    held.meeting(young, date(2018, 10, 5), "closed", theme="Học tập")
    assert said(taken(place.commune, "2018-Q4"), "themes.held_share") == (Decimal("33.33"), 1, 3)
    assert "quý IV/2018" in taken(place.commune, "2018-Q4")["themes.held_share"].measure.how


def test_remedies_on_time_leave_out_those_dropped_and_those_not_due_yet(place, year):
    assert said(taken(place.commune), "remedies.on_time_share") == (Decimal("33.33"), 1, 3)
    with clock.fixed(date(2018, 11, 9)):
        assert said(taken(place.commune), "remedies.on_time_share") == (None, 0, 0)


def test_a_cell_has_no_figures_of_committees(place, year):
    keys = set(taken(place.village))
    assert not keys & {"weekly.held_share", "monthly.not_met", "remedies.on_time_share"}
    assert "monthly.held_share" in keys


# --- value and rows --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("period", ["2018", "2018-Q3", "2018-10", "2018-11", "2018-11-02"])
def test_every_figure_opens_onto_just_the_rows_that_it_counts(cast, place, year, period):
    for unit in (place.commune, place.village):
        for figure in taken(unit, period).values():
            page = cast.secretary.get(rows_address(figure))
            assert page.status_code == 200, figure.measure.key
            rows = (
                page.context["rows"] if "rows" in page.context else page.context["page"].paginator.object_list
            )
            assert len(rows) == (figure.measure.rows_count or 0), (figure.measure.key, unit.code)
            assert not strays(page), figure.measure.key


def test_the_cells_behind_attendance_add_up_to_it(cast, place, year):
    figure = taken(place.commune)["attendance.share"].measure
    rows = cast.secretary.get(rows_address(taken(place.commune)["attendance.share"])).context["rows"]
    assert (sum(row.present for row in rows), sum(row.expected for row in rows)) == (
        figure.numerator,
        figure.denominator,
    )
    assert sum(row.held for row in rows) == 4


def test_shares_stand_on_the_board_and_say_why(cast, place, year):
    board = cast.secretary.get("/so-lieu/?ky=2018").content.decode()
    assert "66,67<small>%" in board
    assert "4/6" in board
    why = cast.secretary.get("/so-lieu/meetings.monthly.held_share/?ky=2018").content.decode()
    assert "66,67%" in why
    assert "<b>4</b> trên <b>6</b>" in why
    assert "42-HD/BTCTW" in why or "12-HD/BTCTW" in why
    average = cast.secretary.get("/so-lieu/meetings.score.average/?ky=2018").content.decode()
    assert "80,25 điểm" in average
    assert "Xem 4 dòng" in average


@pytest.mark.parametrize("address", ["so-lieu/", "so-lieu/chi-bo/", "so-lieu/khac-phuc/"])
def test_rows_are_for_those_who_read_the_figures(cast, place, year, address):
    for role, status in (("inspector", 200), ("village_secretary", 200), ("member", 404), ("outsider", 404)):
        assert getattr(cast, role).get(f"/hop/{address}").status_code == status, role
    assert cast.secretary.get(f"/hop/{address}?ky=hôm nay&loai=x&loc=y").context["period"].key == "2018"


# --- few queries -----------------------------------------------------------------------------------------------------
def _grow(place, people, count):
    for number in range(count):
        cell = make.unit(f"chi-bo-{number}-{count}", "cell", place.commune)
        made = held.meeting(cell, date(2018, 10, 3), "locked", theme="Học tập")
        held.invite(made, dict.fromkeys(make.members(cell, 3), "present"))
        held.score(made, "80", "fair")
        review = held.meeting(
            place.commune, date(2018, 1, 1) + timedelta(days=number + count), "locked", "weekly_review"
        )
        one = held.task(place.commune, people.deputy, due=date(2018, 11, 9))
        held.remedy(review, people.deputy, one)


def _queries(work):
    with CaptureQueriesContext(connection) as caught:
        work()
    return len(caught)


def test_figures_and_their_rows_take_as_many_queries_for_many_cells_as_for_few(cast, place, people):
    pages = [f"/hop/so-lieu/{part}?ky=2018" for part in ("", "chi-bo/", "khac-phuc/")]
    works = [
        lambda: list(taken(place.commune)),
        *(lambda page=page: cast.secretary.get(page) for page in pages),
    ]
    _grow(place, people, 3)
    few = [_queries(work) for work in works]
    _grow(place, people, 12)
    assert [_queries(work) for work in works] == few
    assert few[0] <= 16
    assert few[1] <= 14


def test_the_headlines_take_few_queries(place, year):
    with CaptureQueriesContext(connection) as caught:
        found = list(islice(registry.compute(place.commune, Period.parse("2018"), prefix="meetings"), 3))
    assert [one.measure.key for one in found] == list(registry.family_of("meetings.monthly.held").headlines)
    assert len(caught) <= 5


def test_a_period_before_its_second_day_counts_nothing_yet(place):
    with clock.fixed(date(2018, 1, 1)):
        at = counted.window(place.commune.pk, Period.parse("2018"))
        assert (at.first, at.end) == (date(2018, 1, 1), date(2018, 1, 1))
        assert taken(place.commune)["monthly.held_share"].measure.value is None
