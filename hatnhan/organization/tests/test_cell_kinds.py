"""Kinds of cell are data: an office adds one by its own paper, and all that goes by kinds knows it."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from hatnhan import rulebook
from hatnhan.accounts.actors import MACHINE
from hatnhan.core import clock, deed_words
from hatnhan.core.errors import RuleBroken
from hatnhan.core.periods import Period
from hatnhan.figures import registry
from hatnhan.organization import filters
from hatnhan.organization.actions import units
from hatnhan.organization.cell_kinds import kind_words, kinds
from hatnhan.organization.selectors import units as tree
from hatnhan.rulebook import actions, remembered
from hatnhan.rulebook.models import Overlay
from hatnhan.rulebook.topics import CellKinds

NATIONAL = ["village", "school", "health", "agency", "enterprise", "armed"]
START = date(2025, 1, 1)


@pytest.fixture
def market(cast):
    """Add a kind of cell by the editor of local rules, as the commune's secretary does; return its key."""
    sent = {"start": "1/1/2025", "instrument": "12-QĐ/ĐU", "instrument_date": "20/12/2024"}
    rows = [*rulebook.history(CellKinds)[-1].value.kinds]
    sent |= {"value_kinds-rows": str(len(rows) + 3), f"value_kinds-{len(rows)}-title": "Chợ đầu mối"}
    for number, row in enumerate(rows):
        sent |= {f"value_kinds-{number}-key": row.key, f"value_kinds-{number}-title": row.title}
    response = cast.secretary.post(reverse("rulebook:overlay-set", args=[CellKinds.topic]), sent)
    assert response.status_code == 302, response.content.decode()
    return "cho_dau_moi"


def change(place, key, on=date(2026, 1, 1)):
    signed = {"by": MACHINE, "at": clock.now(), "decision_no": "45-QĐ/ĐU"}
    units.change_cell_kind(unit=place.village, cell_kind=key, on=on, **signed)


@pytest.mark.django_db
def test_the_national_kinds_stand_in_their_order_with_their_words():
    assert list(kinds()) == NATIONAL
    assert (kind_words("armed"), kind_words("cho")) == ("Lực lượng vũ trang", "cho")
    assert list(kinds(date(1990, 1, 1))) == NATIONAL


@pytest.mark.django_db
def test_the_words_are_in_the_catalogue():
    with translation.override("en"):
        assert kind_words("village") != "Thôn"


def test_a_kind_that_an_office_adds_is_known_from_its_day_and_takes_its_key_from_its_words(market):
    assert kinds()[market] == kinds(START)[market] == "Chợ đầu mối"
    assert list(kinds(date(2024, 12, 31))) == NATIONAL


def test_a_cell_can_be_given_it_and_lists_tree_and_figures_know_it(market, place, cast):
    at = {"don_vi": "tam-hong", "ngay": "2026-06-01"}
    page = cast.secretary.get(reverse("organization:unit-kind", args=["thon-chua"]))
    assert "Chợ đầu mối" in page.content.decode()
    with pytest.raises(RuleBroken):
        change(place, "cho")
    change(place, market)
    assert place.village.kind_words == "Chợ đầu mối"
    groups = tree.by_kind(tree.lines_below(place.commune.pk, date(2026, 6, 1)))
    assert [(group.key, group.label) for group in groups] == [
        ("school", "Trường học"),
        (market, "Chợ đầu mối"),
    ]
    assert "Chợ đầu mối" in cast.secretary.get(reverse("organization:tree"), at).content.decode()
    members = cast.secretary.get(reverse("organization:members"), at | {"loai": market})
    assert "Loại chi bộ: Chợ đầu mối" in members.content.decode()
    assert filters.read(QueryDict(f"loai={market}")).loai == market
    figure = registry.figure(f"organization.cells.{market}", place.commune, Period.parse("2026-05"))
    assert (figure.measure.value, figure.measure.label) == (1, "Chợ đầu mối")
    assert figure.measure.rows.query["loai"] == market
    assert deed_words.value("cell_kind", market) == "Chợ đầu mối"


def test_a_kind_stays_known_when_the_office_ends_its_list(market, place, cast):
    change(place, market)
    end = {"by": cast.users.secretary, "at": clock.now(), "end": date(2026, 3, 1)}
    actions.end_overlay(overlay=Overlay.objects.get(), **end)
    assert kind_words(market) == "Chợ đầu mối"
    assert market not in kinds(date(2026, 3, 1))


@pytest.mark.django_db
def test_kinds_are_read_once_until_something_is_written(place, people):
    remembered.forget()
    with CaptureQueriesContext(connection) as caught:
        for _time in range(3):
            kind_words("village")
            kinds(START)
    assert len(caught) == 1
    value = {"kinds": [{"key": "khu_pho", "title": "Khu phố"}]}
    Overlay.objects.create(
        topic=CellKinds.topic,
        unit_id=place.commune.pk,
        value=value,
        start=START,
        instrument="12-QĐ/ĐU",
        instrument_date=START,
        set_by=people.secretary.user,
    )
    assert list(kinds()) == [*NATIONAL, "khu_pho"]


def test_total_is_no_kind():
    with pytest.raises(ValueError, match="tổng số"):
        CellKinds(kinds=[{"key": "total", "title": "Tổng"}])
