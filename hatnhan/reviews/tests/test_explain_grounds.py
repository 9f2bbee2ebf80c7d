"""What by itself makes the lowest grade, and what a grade not laid out needs: with article, data and what is unsure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from hatnhan.core import clock
from hatnhan.documents.types import Table
from hatnhan.reviews.commands import _lines
from hatnhan.reviews.documents.explanation import explanation as paper_of
from hatnhan.reviews.models import Score, TypedFact, WorkLine
from hatnhan.reviews.selectors import explain, texts
from hatnhan.reviews.tests import make

pytestmark = pytest.mark.django_db
NOW = clock.at(date(2026, 12, 20), 10)
ARTICLE = "366-QĐ/TW (30/8/2025): từ khiển trách, vì công vụ"


@pytest.fixture(autouse=True)
def december():
    with clock.fixed(NOW):
        yield


def entry_of(place, people, year=2026, *, points="0.8", outcome="on_time"):
    cycle = make.cycle(place.commune, year)
    make.submitted(cycle)
    entry = make.entry(cycle, people.member)
    scored = texts.is_scored(entry)
    Score.objects.bulk_create(
        Score(
            entry=entry,
            criterion=one.key,
            stage="sitting",
            points=one.points * Decimal(points) if scored else 3,
        )
        for one in texts.criteria_of(entry)
    )
    if outcome:
        WorkLine.objects.create(entry=entry, place=1, title="Đường thôn", said=outcome)
    return entry


def typed(entry, fact, source="15-QĐ/ĐU"):
    TypedFact.objects.create(entry=entry, fact=fact, value=1, source=source, by_name="A", at=NOW)


def text(told):
    return " ".join(told.lines)


def test_what_makes_the_lowest_grade_is_told_with_its_article_everywhere(cast, place, people):
    entry = entry_of(place, people)
    typed(entry, "disciplined")
    told = explain.explain(entry)
    (row,) = told.triggers
    assert (row.state, row.cite, row.confirmed) == ("met", ARTICLE, True)
    page = cast.secretary.get(reverse("reviews:why", args=[entry.pk])).content.decode()
    assert "Căn cứ xếp mức thấp nhất" in page
    assert ARTICLE in page
    printed = [
        line for one in paper_of(entry).sections if isinstance(one.table, Table) for line in one.table.rows
    ]
    assert any(ARTICLE in line for line in printed)
    assert any(ARTICLE in one and "có căn cứ" in one for one in _lines(told))


def test_a_lifted_ground_says_so(place, people):
    entry = entry_of(place, people)
    typed(entry, "disciplined")
    typed(entry, "lifted:m_discipline", "20-QĐ/ĐU")
    assert [one.state for one in explain.explain(entry).triggers] == ["lifted"]


def test_a_ground_that_is_not_known_is_said_though_a_grade_is_open(place, people):
    entry = entry_of(place, people, 2020, outcome="")
    told = explain.explain(entry)
    assert told.best == "t"
    assert "Chưa biết có căn cứ xếp “Không hoàn thành nhiệm vụ” hay không: việc hoàn thành dưới 50%" in text(
        told
    )


def test_a_grade_not_laid_out_names_what_is_lacking_and_its_article(place, people):
    entry = entry_of(place, people, points="0.55")
    told = explain.explain(entry)
    best = next(one for one in told.rest if one.startswith("“Hoàn thành xuất sắc"))
    assert "tổng điểm từ 90" in best
    assert "hiện có: tổng điểm 55" in best
    assert best.endswith("(366-QĐ/TW (30/8/2025)).")
    assert len([one for one in _lines(told) if ": đạt " in one]) == 3


def test_an_unconfirmed_article_is_marked_so(place, people):
    entry = entry_of(place, people, 2017)
    assert any("chưa xác nhận" in one for one in explain.explain(entry).rest)
