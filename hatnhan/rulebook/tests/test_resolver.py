"""Which value holds on a day, for a unit: the last that started, the nearest local one before the national."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan import rulebook
from hatnhan.accounts.tests import make
from hatnhan.core.errors import RuleBroken
from hatnhan.rulebook import loader
from hatnhan.rulebook.models import Overlay
from hatnhan.rulebook.topics import Probation, Term

PROVINCE, COMMUNE, CELL, OTHER = 1, 2, 3, 4


@dataclass
class Place:
    line: list[int]

    def lineage(self, on):  # noqa: ARG002 - a real unit hangs elsewhere on another day
        return self.line


HERE, BESIDE = Place([CELL, COMMUNE, PROVINCE]), Place([OTHER, PROVINCE])


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(2011, 1, 19), 30), (date(2025, 5, 25), 30), (date(2025, 5, 26), 60), (date(2030, 1, 1), 60)],
)
def test_the_national_value_of_the_day_holds(day, months):
    assert rulebook.at(Term, on=day).value.cell_months == months


def test_before_the_first_value_there_is_none():
    with pytest.raises(RuleBroken) as caught:
        rulebook.at(Term, on=date(2011, 1, 18))
    assert caught.value.code == "no_rule"
    assert "Nhiệm kỳ" in caught.value.message


@pytest.fixture
def set_for(db):
    user = make.account("nguoi.dat")

    def set_for(unit_id, days, start, end=None):
        return Overlay.objects.create(
            topic="organization.probation",
            unit_id=unit_id,
            value={"months": 12, "review_working_days": days},
            start=start,
            end=end,
            instrument="01-QĐ/ĐU",
            instrument_date=start,
            set_by=user,
        )

    return set_for


@pytest.mark.parametrize(
    ("unit", "day", "days"),
    [
        (None, date(2024, 6, 1), 30),
        (HERE, date(2023, 12, 31), 30),  # the day before the first local value
        (HERE, date(2024, 1, 1), 40),  # the province's own, from its first day
        (BESIDE, date(2024, 6, 1), 40),
        (HERE, date(2025, 3, 1), 50),  # the commune's, nearer than the province's
        (BESIDE, date(2025, 3, 1), 40),  # which does not hold beside it
        (HERE, date(2025, 6, 30), 50),  # its last day
        (HERE, date(2025, 7, 1), 40),  # the first day no longer in force
        (HERE, date(2026, 1, 1), 60),  # and its second one
    ],
)
def test_the_nearest_local_value_holds_on_its_days(set_for, unit, day, days):
    set_for(PROVINCE, 40, date(2024, 1, 1))
    set_for(COMMUNE, 50, date(2025, 1, 1), date(2025, 7, 1))
    set_for(COMMUNE, 60, date(2026, 1, 1))
    rule = rulebook.at(Probation, on=day, unit=unit)
    assert rule.value.review_working_days == days
    assert rule.local == (days != 30)


def test_a_local_value_is_confirmed_by_its_own_paper_and_can_be_told_apart(set_for):
    overlay = set_for(COMMUNE, 50, date(2025, 1, 1))
    rule = rulebook.at(Probation, on=date(2025, 1, 1), unit=HERE)
    assert rule.confirmed
    assert str(rule.source) == "01-QĐ/ĐU (1/1/2025)"
    assert rule.version == f"organization.probation@2025-01-01/{COMMUNE}#{overlay.pk}"


DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(starts=st.lists(DAYS, min_size=1, max_size=8, unique=True).map(sorted), day=DAYS)
def test_the_value_of_a_day_is_the_last_that_started(starts, day):
    model = loader.load()["organization.term"][0]
    ends = [*starts[1:], None]
    rules = tuple(replace(model, start=start, end=end) for start, end in zip(starts, ends, strict=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "load", lambda: {"organization.term": rules})
        started = [start for start in starts if start <= day]
        if not started:
            with pytest.raises(RuleBroken):
                rulebook.at(Term, on=day)
            return
        found = rulebook.at(Term, on=day)
    assert found.start == max(started)
    assert found.end is None or day <= found.end - timedelta(days=1)
