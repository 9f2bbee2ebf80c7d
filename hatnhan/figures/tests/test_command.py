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


def test_it_prints_what_people_read(place, families):
    done = run("--unit", "tam-hong", "--period", "2017")
    assert "2,67%" in done.stdout
    assert "587 người" in done.stdout


@pytest.mark.parametrize(
    ("unit", "period", "reason"),
    [("khong-co", "2017", "“khong-co”"), ("tam-hong", "hôm qua", "“hôm qua”")],
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
