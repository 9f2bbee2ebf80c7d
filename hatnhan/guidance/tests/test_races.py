"""Many who opened the same text and save it at the same moment; with connections and commits."""

import json
import subprocess
import sys

import pytest

from hatnhan.guidance.tests.races import HANDS
from hatnhan.organization.tests.racing import own_database


@pytest.fixture(scope="module")
def raced(tmp_path_factory, django_db_setup, django_db_blocker):
    """Run the races in a process and a database of their own; return what they told."""
    state = tmp_path_factory.mktemp("guidance")
    with django_db_blocker.unblock(), own_database(state, "guidance") as environment:
        done = subprocess.run(
            [sys.executable, "-m", "hatnhan.guidance.tests.races"],
            env=environment, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("what", ["document", "session", "comment", "variant"])
def test_of_many_who_read_the_same_the_first_writes_and_the_others_are_told(raced, what):
    assert raced[what] == {"done": 1, "changed_meanwhile": HANDS - 1}


def test_a_cell_that_many_give_a_roll_out_has_its_tasks_once(raced):
    ended, tasks, as_many = raced["given"]
    assert ended == {"done": HANDS}
    assert tasks == as_many > 0
