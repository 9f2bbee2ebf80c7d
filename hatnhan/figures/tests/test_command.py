"""`hatnhan figures`."""

import json

import pytest
from click.testing import CliRunner

from hatnhan.figures.commands import COMMANDS


def run(*arguments):
    return CliRunner().invoke(COMMANDS[0], arguments)


def test_it_prints_what_programs_read(place, families):
    done = run("--unit", "tam-hong", "--period", "2017", "--json")
    assert done.exit_code == 0
    found = {one["key"]: one for one in json.loads(done.stdout)}
    assert len(found) == 15
    assert found["thu.so.dau"]["value"] == 587
    assert found["thu.so.khong"]["value"] is None


PROMISED = ["key", "label", "unit", "value", "numerator", "denominator", "scope", "period", "status"]
KEYS = {
    "organization.members.total",
    *(f"organization.cells.{it}" for it in ("total", "village", "school", "health")),
}


@pytest.mark.parametrize("period", ["2017", "2017-Q3", "2017-05", "2017-05-31"])
def test_programs_are_given_just_what_was_promised_of_every_figure_of_the_house(place, people, period):
    done = run("--unit", "tam-hong", "--period", period, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert {one["key"] for one in found} >= KEYS
    assert len({one["key"] for one in found}) == len(found)
    for one in found:
        assert list(one) == PROMISED
        assert (one["scope"], one["period"], one["status"]) == ("tam-hong", period, "final")
        assert one["value"] is None or isinstance(one["value"], int | float)
        if one["denominator"] is not None:
            assert 0 <= one["numerator"] <= one["denominator"]
        if one["unit"] == "%" and one["value"] is not None:
            assert 0 <= one["value"] <= 100
    values = {one["key"]: one["value"] for one in found}
    assert (values["organization.members.total"], values["organization.cells.total"]) == (
        len(vars(people)),
        2,
    )


def test_a_running_period_is_provisional(place):
    done = run("--unit", "tam-hong", "--period", "2018", "--json")
    assert {one["status"] for one in json.loads(done.stdout)} == {"provisional"}


def test_it_prints_what_people_read(place, families):
    done = run("--unit", "tam-hong", "--period", "2017")
    assert "2,67%" in done.stdout
    assert "587 người" in done.stdout


@pytest.mark.parametrize(
    ("unit", "period", "reason"),
    [
        ("khong-co", "2017", "“khong-co”"),
        ("tam-hong", "hôm qua", "“hôm qua”"),
        ("tam-hong", "2999", ""),
        ("tam-hong", "1890", "3/2/1930"),
    ],
)
def test_what_is_unknown_is_said_in_one_line_with_exit_2(place, families, unit, period, reason):
    done = run("--unit", unit, "--period", period, "--json")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert reason in done.stderr


def test_it_helps(db):
    done = run("--help")
    assert done.exit_code == 0
    assert "--unit" in done.stdout
