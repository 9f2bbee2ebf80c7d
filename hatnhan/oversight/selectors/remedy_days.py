"""How remedies stood on a day, as the days written on them tell: as `check_days` of checks, `matter_days` of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from hatnhan.oversight.models import Remedy

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_STATES = Remedy.State


def verified_by(on: date) -> Q:
    """Return the condition that a remedy was verified by a day."""
    return Q(state=_STATES.VERIFIED, verified_on__lte=on)


def waiting(on: date) -> Q:
    """Return the condition that a remedy was reported by a day and nobody had judged it then."""
    judged = Q(state__in=(_STATES.VERIFIED, _STATES.FAILED), verified_on__lte=on)
    return Q(reported_on__lte=on) & ~judged


def open_on(on: date) -> Q:
    """Return the condition that a remedy was still to be done on a day: not reported, or found not done."""
    return ~verified_by(on) & ~waiting(on)


def failed_by(on: date) -> Q:
    """Return the condition that a remedy was found not done by a day, and not reported anew since."""
    return Q(state=_STATES.FAILED, verified_on__lte=on)


def state_on(remedy: Remedy, on: date) -> str:
    """Return how a remedy stood on a day, as the days written on it tell; what was returned counts as never done."""
    if remedy.verified_on is not None and remedy.verified_on <= on and remedy.state in ("verified", "failed"):
        return remedy.state
    if remedy.reported_on is not None and remedy.reported_on <= on:
        return _STATES.REPORTED
    return _STATES.OPEN


#: The condition, for a day, that a remedy stood in a state (`state_on`).
IN_STATE: dict[str, Callable[[date], Q]] = {
    _STATES.OPEN: lambda on: open_on(on) & ~failed_by(on),
    _STATES.REPORTED: waiting,
    _STATES.VERIFIED: verified_by,
    _STATES.FAILED: failed_by,
}
