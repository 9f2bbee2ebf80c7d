"""How the suite is shared out among workers (`pytest -n 2`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    import pytest
    from xdist.remote import Producer

#: The journeys share one server, the tests of the story one load of it: each kind stays on one worker.
TOGETHER = ("tests/browser/", "hatnhan/demo/tests/test_story.py")


class LoadedOnce(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """All tests that share something slow to load on one worker; every other test wherever there is room.

    pytest-xdist's own way, `--dist=loadgroup`, renames the tests of a group; pytest 9.2 does not see that.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((start for start in TOGETHER if nodeid.startswith(start)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadedOnce:
    return LoadedOnce(config, log)
