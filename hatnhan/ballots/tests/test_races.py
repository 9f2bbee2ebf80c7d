"""Fifty tries at once, all at once, during the closing, and with the power cut; with connections and commits."""

import json
import subprocess
import sys

import pytest

from hatnhan.ballots.tests.races import SAID, TRIES, VOTERS
from hatnhan.organization.tests.racing import own_database


@pytest.fixture(scope="module")
def raced(tmp_path_factory, django_db_setup, django_db_blocker):
    """Run the races in a process and a database of their own; return what they told."""
    with django_db_blocker.unblock(), own_database(tmp_path_factory.mktemp("urn"), "urn") as environment:
        done = subprocess.run(
            [sys.executable, "-m", "hatnhan.ballots.tests.races"],
            env=environment, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_of_fifty_votes_of_one_person_one_is_taken(raced):
    answers, state = raced["one"]
    assert answers == {"done": 1, "voted_already": TRIES - 1}
    assert state == [1, 1, 1]


def test_of_all_who_vote_at_once_every_vote_is_counted(raced):
    answers, state, lines = raced["all"]
    assert answers == {"done": VOTERS}
    assert state == [VOTERS] * 3
    assert lines == [VOTERS - VOTERS // 3, VOTERS // 3]


def test_a_vote_during_the_closing_is_counted_or_refused(raced):
    answers, on_screen = raced["closing"]
    assert (answers["closed"], answers["already_done"]) == (1, 1)
    assert answers.get("done", 0) == on_screen
    assert on_screen + answers.get("not_open", 0) == VOTERS


def test_a_killed_server_loses_no_vote_and_counts_none_twice(raced):
    told = raced["killed"]
    assert told["code"] == -9
    assert told["said"] >= SAID
    assert told["kept"], "every vote that was said to be in the urn is in the urn"
    turnout, votes, sealed = told["state"]
    assert told["said"] <= turnout <= told["said"] + 1
    assert turnout == votes == sealed
    assert told["count"] == [VOTERS, VOTERS]


def test_after_the_count_no_sealed_vote_and_no_key_is_left_on_the_disk(raced):
    before, after = raced["erased"]
    assert before == VOTERS + 1
    assert after == 0
