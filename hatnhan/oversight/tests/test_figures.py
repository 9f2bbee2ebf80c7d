"""The numbers of the room: counted by hand, the same as the rows behind them, none from which anybody can be named."""

from __future__ import annotations

import re
from datetime import date, timedelta
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
from hatnhan.organization.tests import make
from hatnhan.oversight.actions import findings, remedies
from hatnhan.oversight.actions.findings import FindingData
from hatnhan.oversight.models import Amendment
from hatnhan.oversight.tests import checked, punished

TODAY = date(2026, 7, 1)
PAGES = ("chuong-trinh", "cuoc", "khac-phuc")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(clock.at(TODAY, 9)):
        yield


def taken(unit, period="2026"):
    return {
        one.measure.key.removeprefix("oversight."): one
        for one in registry.compute(unit, Period.parse(period), prefix="oversight")
    }


def said(figures, key):
    measure = figures[key].measure
    return measure.value, measure.numerator, measure.denominator


def with_remedy(place, people, *, reported=None):
    """A planned check concluded with one shortcoming due on 31 May, reported on a day and verified on the next."""
    check = checked.planned(place, people)
    data = [FindingData("shortcoming", "dues", "Nộp chậm", due=date(2026, 5, 31), verifier=people.inspector)]
    findings.write_findings(by=checked.MACHINE, at=checked.LATER, subject=check.subjects.get(), data=data)
    checked.delivered(check, people)
    remedy = check.findings.get().remedy
    if reported:
        at = clock.at(TODAY, 9)
        remedies.report_remedy(
            by=people.village_secretary.user, at=at, remedy=remedy, result="Đã nộp", reported_on=reported
        )
        told = {"verdict": "Đúng", "good": True, "verified_on": reported + timedelta(1)}
        remedies.verify_remedy(by=people.inspector.user, at=at, remedy=remedy, **told)
    return check


@pytest.fixture
def year(place, people):
    """Three works, one done on its terms, one late, one taken out; a remedy put right on its last day."""
    check = with_remedy(place, people, reported=date(2026, 5, 31))
    told = {"decided_on": date(2026, 4, 1), "decision_no": "9", "reason": "Bão", "by_name": "A"}
    change = Amendment.objects.create(programme=check.item.programme, number=1, **told)
    checked.item(place.commune, units=[place.school], members=[people.member], team=[people.inspector])
    checked.item(place.commune, units=[place.school], removed_by=change)
    return check


# --- worked out by hand ----------------------------------------------------------------------------------------------
def test_the_programme_counts_what_was_concluded_on_its_terms_amendments_beside(place, year):
    figures = taken(place.commune)
    assert said(figures, "programme.completion") == (Decimal(50), 1, 2)
    assert figures["programme.completion"].measure.how.endswith("rút 1 cuộc, thêm 0 cuộc, đổi 0 cuộc.")
    assert figures["programme.removed"].measure.value == 1
    assert said(taken(place.commune, "2026-05"), "programme.completion") == (None, 0, 0)


def test_checks_are_counted_by_kind_on_the_day_of_their_conclusion(place, people, year):
    checked.concluded(checked.opened(place, people), people)
    figures = taken(place.commune)
    assert figures["checks.by_kind.compliance"].measure.value == 1
    assert figures["checks.by_kind.signs"].measure.value == 1
    assert figures["checks.by_kind.signs"].measure.rows is None
    assert taken(place.commune, "2026-04")["checks.by_kind.compliance"].measure.value == 0


def test_a_remedy_is_on_time_when_reported_by_its_last_day_and_verified(place, people, year):
    assert said(taken(place.commune), "remedies.on_time_share") == (Decimal(100), 1, 1)


def test_a_remedy_reported_a_day_late_is_not_on_time(place, people):
    with_remedy(place, people, reported=date(2026, 6, 1))
    assert said(taken(place.commune), "remedies.on_time_share") == (Decimal(0), 0, 1)


def test_what_is_too_few_to_tell_stands_under_other(place, people, year):
    figures = taken(place.commune)
    assert figures["findings.by_topic.dues"].measure.value is None
    assert figures["findings.by_topic.other"].measure.value is None
    assert figures["findings.by_topic.land"].measure.value == 0


def test_discipline_is_counted_for_committees_and_names_nobody(place, people):
    for one in make.members(place.village, 6):
        made = punished.decision(punished.case(place, one, people.inspector))
        punished.complaint(made, place.commune)
    figures = taken(place.commune)
    assert figures["cases.count"].measure.value == 6
    assert figures["cases.by_form.warning"].measure.value == 6
    assert figures["complaints.count"].measure.value == 6
    assert all(one.measure.rows is None for key, one in figures.items() if key.startswith(("cases", "compl")))
    assert not [key for key in taken(place.village) if key.startswith(("cases", "complaints"))]


# --- the rows behind them --------------------------------------------------------------------------------------------
def test_every_figure_opens_the_rows_it_counted(cast, place, year):
    for one in taken(place.commune).values():
        if one.measure.rows is None:
            continue
        page = cast.secretary.get(rows_address(one))
        assert page.status_code == 200
        assert page.context["page"].paginator.count == one.measure.rows_count
        assert strays(page) == []


def test_rows_name_no_member(cast, year):
    for name in PAGES:
        text = cast.standing.get(f"/kiem-tra/so-lieu/{name}/?ky=2026").content.decode()
        assert "Nguyễn Thị Hòa" not in text
    late = cast.secretary.get("/kiem-tra/so-lieu/chuong-trinh/?ky=2026&loc=chua-dat").content.decode()
    assert "1 đảng viên" in late
    assert re.search(r"Trễ \d+ ngày", late)


@pytest.mark.parametrize("name", PAGES)
def test_rows_are_for_who_may_read_the_figures(cast, year, name):
    for client in (cast.member, cast.administrator, cast.outsider):
        assert client.get(f"/kiem-tra/so-lieu/{name}/").status_code == 404


# --- queries ---------------------------------------------------------------------------------------------------------
def queries_of(client, url):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", PAGES)
def test_more_rows_take_no_more_queries(cast, place, people, year, name):
    url = f"/kiem-tra/so-lieu/{name}/?ky=2026"
    queries_of(cast.secretary, url)
    first = queries_of(cast.secretary, url)
    with_remedy(place, people)
    checked.item(place.commune, units=[place.school], members=[people.member], team=[people.inspector])
    assert queries_of(cast.secretary, url) == first <= 12


def test_the_headline_takes_one_query(place, year):
    family = registry.family_of("oversight.programme.completion")
    with CaptureQueriesContext(connection) as caught:
        first = next(islice(iter(family.compute(place.commune, Period.parse("2026"))), 1))
    assert (first.key, len(caught)) == ("oversight.programme.completion", 1)
