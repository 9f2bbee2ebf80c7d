"""The command that answers why a grade is what it is, as whoever has the server's shell gives it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from hatnhan.config import cli
from hatnhan.core import clock
from hatnhan.reviews.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november():
    with clock.fixed(clock.at(date(2026, 11, 23), 10, 5)):
        yield


@pytest.fixture
def cycle(place, people):
    return make.cycle(place.commune)


def test_the_command_tells_of_a_member_and_of_a_unit(cycle, people, place, capsys):
    entry = make.told_88(cycle, people.member)
    type(people.member).objects.filter(pk=entry.member_id).update(card_number="12.345678")
    assert cli.run(["reviews", "explain", "--member", "12.345678", "--year", "2026", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["grade"], told["open_by_rules"]) == ("t", "t")
    condition = told["grades"][0]["conditions"][0]
    assert (condition["value"], condition["threshold"], condition["confirmed"]) == ("88", "từ 90", True)
    assert condition["source"].startswith("366-QĐ/TW")
    assert cli.run(["reviews", "explain", "--unit", place.village.code, "--year", "2026"]) == 0
    assert "chưa có mức" in capsys.readouterr().out


@pytest.mark.parametrize(
    "asked", [["--member", "99"], ["--unit", "khong-co"], [], ["--member", "1", "--unit", "2"]]
)
def test_the_command_says_in_one_line_that_nothing_is_found(cycle, asked, capsys):
    assert cli.run(["reviews", "explain", *asked, "--year", "2026"]) != 0
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
