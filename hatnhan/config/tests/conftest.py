from __future__ import annotations

import pytest

from hatnhan.config.tests.scratch import scratch_place


@pytest.fixture
def scratch(tmp_path):
    """Give a production place with nothing in it."""
    with scratch_place(tmp_path / "state") as place:
        yield place


@pytest.fixture
def demo_scratch(tmp_path):
    """Give a demonstration's place with nothing in it."""
    with scratch_place(tmp_path / "state", mode="demo") as place:
        yield place
