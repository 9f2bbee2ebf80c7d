"""The numbers of the room: counted by hand, and the same as the rows that stand behind them."""

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
from hatnhan.guidance.tests import followed
from hatnhan.organization.tests import make

TODAY = date(2018, 11, 20)
PAGES = ("hoc-tap", "sinh-hoat", "viec", "bao-cao", "hoc-tap-bac", "van-ban")


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def taken(unit, period="2018"):
    return {
        one.measure.key.removeprefix("guidance."): one
        for one in registry.compute(unit, Period.parse(period), prefix="guidance")
    }


def said(figures, key):
    measure = figures[key].measure
    return measure.value, measure.numerator, measure.denominator


@pytest.fixture
def year(place, people):
    """Two documents given to both cells; of the second, to be held in December, nothing is due yet."""
    made = followed.roll_out(place.commune)
    village, school = followed.given(made, place.village), followed.given(made, place.school)
    followed.hold(village, date(2018, 4, 30))
    followed.hold(school, date(2018, 5, 3))
    followed.task(village, done_on=date(2018, 6, 30))
    followed.task(village, title="Mở lớp", done_on=date(2018, 7, 1))
    followed.task(school)
    followed.task(
        school, title="Việc thôi", state="withdrawn", closed_on=date(2018, 5, 1), closed_reason="Trùng"
    )
    followed.task(school, title="Việc sau", due=date(2018, 12, 1))
    followed.report(village, day=date(2018, 9, 1))
    followed.report(school, day=date(2018, 9, 2))
    for person in (people.member, people.deputy, people.standing):
        followed.read(made.document, person)
    later = followed.roll_out(
        place.commune,
        followed.document(place.commune, "35-CT/TW", date(2018, 10, 1)),
        date(2018, 10, 5),
        held_by=date(2018, 12, 10),
        study_by=date(2018, 12, 20),
    )
    followed.given(later, place.village, date(2018, 10, 5))
    followed.read(later.document, people.member, date(2018, 11, 1))
    followed.registration(
        place.village, people.member, assessment="Đã làm", assessed_at=followed.moment(TODAY)
    )
    followed.registration(place.village, people.deputy)
    followed.registration(place.village, people.secretary, day=None)
    followed.registration(place.village)
    return made


# --- worked out by hand ----------------------------------------------------------------------------------------------
def test_studied_counts_the_documents_whose_day_lies_in_the_period(place, year):
    assert said(taken(place.commune), "studied_share") == (Decimal("36.36"), 4, 11)
    assert said(taken(place.village), "studied_share") == (Decimal("37.50"), 3, 8)
    assert said(taken(place.commune, "2018-05"), "studied_share") == (Decimal("42.86"), 3, 7)
    assert said(taken(place.commune, "2018-06"), "studied_share") == (None, 0, 0)
    assert taken(place.commune, "2018-05")["studied_share"].measure.status == "final"
    assert taken(place.commune)["studied_share"].measure.status == "provisional"


def test_held_on_time_is_held_by_the_day_of_the_plan(place, year):
    assert said(taken(place.commune), "held_share") == (Decimal("50.00"), 1, 2)
    assert said(taken(place.commune, "2018-04"), "held_share") == (Decimal("50.00"), 1, 2)
    with clock.fixed(date(2018, 4, 30)):
        assert said(taken(place.commune), "held_share") == (None, 0, 0)


def test_a_cell_given_after_the_day_or_gone_before_it_is_not_counted(place, year):
    young = make.unit("chi-bo-moi", "cell", place.commune, start=date(2018, 5, 1))
    followed.given(year, young, date(2018, 5, 1))
    year.cells.filter(cell=place.school).update(left_on=date(2018, 4, 20))
    assert said(taken(place.commune), "held_share") == (Decimal("100.00"), 1, 1)


def test_tasks_on_time_leave_out_those_dropped_and_those_not_due_yet(place, year):
    assert said(taken(place.commune), "tasks.on_time_share") == (Decimal("33.33"), 1, 3)


def test_reports_on_time_come_by_the_day_of_their_term(place, year):
    assert said(taken(place.commune), "reports.on_time_share") == (Decimal("50.00"), 1, 2)
    assert said(taken(place.commune, "2018-08"), "reports.on_time_share") == (None, 0, 0)


def test_registrations_are_of_those_who_owe_one(place, year):
    figures = taken(place.commune)
    assert said(figures, "directive.registered_share") == (Decimal("28.57"), 2, 7)
    assert said(figures, "directive.assessed_share") == (Decimal("14.29"), 1, 7)
    assert said(taken(place.commune, "2018-06"), "directive.assessed_share")[1] == 0
    assert said(figures, "documents.registered")[0] == 2
    assert said(taken(place.commune, "2018-02"), "documents.registered")[0] == 1


# --- value and rows --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("period", ["2018", "2018-Q2", "2018-09", "2018-11-20"])
def test_every_figure_opens_onto_just_the_rows_that_it_counts(cast, place, year, period):
    for unit in (place.commune, place.village):
        for figure in taken(unit, period).values():
            page = cast.secretary.get(rows_address(figure))
            assert page.status_code == 200, figure.measure.key
            count = page.context["page"].paginator.count
            assert count == (figure.measure.rows_count or 0), (figure.measure.key, unit.code)
            assert not strays(page), figure.measure.key


def test_a_row_of_study_opens_onto_what_it_counted(cast, place, people, year):
    """Who studied after the period is not in its rows, nor on the page behind them; both numbers have a door."""
    followed.read(year.document, people.secretary, date(2018, 7, 1))
    page = cast.secretary.get(rows_address(taken(place.commune, "2018-05")["studied_share"]))
    for row in page.context["page"]:
        at = {"don_vi": row.cell.code, "ngay": page.context["window"].on.isoformat()}
        behind = cast.secretary.get(f"/trien-khai/van-ban/{row.document.pk}/hoc-tap/", at).context
        assert (behind["studied"], behind["due"]) == (row.studied, row.due)
    assert page.content.decode().count("/hoc-tap/?") == 2 * len(page.context["page"])


def test_the_rows_by_document_and_cell_add_up_to_the_share(cast, place, year):
    for key, part, whole in (
        ("studied_share", "studied", "due"),
        ("directive.registered_share", "registered", "due"),
        ("directive.assessed_share", "assessed", "due"),
    ):
        figure = taken(place.commune)[key]
        rows = cast.secretary.get(rows_address(figure)).context["page"].paginator.object_list
        sums = tuple(sum(getattr(row, name) for row in rows) for name in (part, whole))
        assert sums == (figure.measure.numerator, figure.measure.denominator), key


@pytest.mark.parametrize("address", PAGES)
def test_rows_are_for_those_who_read_the_figures(cast, place, year, address):
    for role, status in (("inspector", 200), ("village_secretary", 200), ("member", 404), ("outsider", 404)):
        assert getattr(cast, role).get(f"/trien-khai/so-lieu/{address}/").status_code == status, role
    page = cast.secretary.get(f"/trien-khai/so-lieu/{address}/?ky=hôm nay&loc=x")
    assert page.context["period"].key == "2018"


def test_the_parts_of_a_share_make_up_the_whole(cast, place, year):
    for address in ("sinh-hoat", "viec", "bao-cao"):
        counts = [
            cast.secretary.get(f"/trien-khai/so-lieu/{address}/?ky=2018&loc={part}")
            .context["page"]
            .paginator.count
            for part in ("", "dung-han", "khong-dung-han")
        ]
        assert counts[0] == counts[1] + counts[2] > 1, address


# --- few queries -----------------------------------------------------------------------------------------------------
def _grow(place, plan, count):
    for number in range(count):
        cell = make.unit(f"chi-bo-{number}-{count}", "cell", place.commune)
        one = followed.given(plan, cell)
        followed.hold(one, date(2018, 4, 3))
        followed.task(one)
        followed.report(one)
        for person in make.members(cell, 2):
            followed.read(plan.document, person)
            followed.registration(cell, person)
        followed.document(place.commune, f"{number}-{count}-NQ/TW")


def _queries(work):
    with CaptureQueriesContext(connection) as caught:
        work()
    return len(caught)


def test_figures_and_their_rows_take_as_many_queries_for_many_cells_as_for_few(cast, place, year):
    pages = [f"/trien-khai/so-lieu/{part}/?ky=2018" for part in PAGES]
    works = [
        lambda: list(taken(place.commune)),
        *(lambda page=page: cast.secretary.get(page) for page in pages),
    ]
    _grow(place, year, 3)
    few = [_queries(work) for work in works]
    _grow(place, year, 12)
    assert [_queries(work) for work in works] == few
    assert few[0] <= 20
    assert max(few[1:]) <= 16


def test_the_headline_takes_few_queries(place, year):
    with CaptureQueriesContext(connection) as caught:
        found = list(islice(registry.compute(place.commune, Period.parse("2018"), prefix="guidance"), 1))
    assert [one.measure.key for one in found] == list(registry.family_of("guidance.studied_share").headlines)
    assert len(caught) <= 5
