"""How the suite is shared out among workers (`pytest -n 2`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    import pytest
    from xdist.remote import Producer

JOURNEYS = "tests/browser/"


class JourneysTogether(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """All journeys on one worker, so that there is one server to load; every other test wherever there is room.

    pytest-xdist's own way, `--dist=loadgroup`, renames the tests of a group; pytest 9.2 does not see that.
    """

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> JourneysTogether:
    return JourneysTogether(config, log)
