"""Two presses at once, two people at once: on the engine that the suite runs on, with connections and commits."""

import json
import subprocess
import sys
from collections import Counter

import pytest

from hatnhan.organization.tests.races import HANDS
from hatnhan.organization.tests.racing import own_database


@pytest.fixture(scope="module")
def raced(tmp_path_factory, django_db_setup, django_db_blocker):
    """Run the races in a process and a database of their own; return what they told."""
    with django_db_blocker.unblock(), own_database(tmp_path_factory.mktemp("races"), "races") as environment:
        done = subprocess.run(
            [sys.executable, "-m", "hatnhan.organization.tests.races"],
            env=environment, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_every_row_of_the_record_finds_its_place_in_the_chain(raced):
    assert raced["record"] == [[None] * HANDS, 20 * HANDS]
    assert raced["chain"]["broken_at"] is None
    assert raced["chain"]["rows"] > 20 * HANDS


def test_a_transfer_is_accepted_once(raced):
    answers, cells = raced["transfer"]
    assert Counter(answers) == {"done": 1, "already_done": HANDS - 1}
    assert cells == 1


def test_a_post_of_one_holder_is_given_once(raced):
    answers, holders = raced["post"]
    assert answers.count("done") == holders == 1
    assert set(answers) <= {"done", "post_taken", "conflict"}


def test_a_form_handed_in_many_times_is_written_once(raced):
    answers, transfers, entries = raced["form"]
    assert (answers, transfers, entries) == ([302] * HANDS, 1, 1)


def test_an_import_is_approved_once_and_written_once_while_people_are_corrected(raced):
    presses, works, state, members = raced["import"]
    assert Counter(presses) == {"done": 1, "import_closed": HANDS - 1}
    assert works == [None] * len(works)
    assert (state, members) == ("done", 1)
