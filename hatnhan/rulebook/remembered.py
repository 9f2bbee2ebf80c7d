"""All that is known of a topic, the local values of every unit included, read from the tables once a request.

For what pages ask again and again and that seldom changes, such as what a kind of cell is called. What is remembered is
dropped at the start of every request and every task and whenever a local value is written, so it is never older than
the request that uses it.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, cast

from hatnhan.rulebook import loader
from hatnhan.rulebook.resolver import as_rule

if TYPE_CHECKING:
    from hatnhan.rulebook.types import Rule, V

_read: ContextVar[dict[str, tuple[Rule[Any], ...]] | None] = ContextVar("rules_read", default=None)


def every(topic: type[V]) -> tuple[Rule[V], ...]:
    """Return all rules of a topic, past and coming included: national ones oldest first, then the units' own."""
    known = _read.get()
    if known is None:
        known = {}
        _read.set(known)
    if topic.topic not in known:
        known[topic.topic] = (*loader.load()[topic.topic], *_local(topic))
    return cast("tuple[Rule[V], ...]", known[topic.topic])


def forget(**_signal: object) -> None:
    """Have the tables read again by the next who asks; a receiver of signals."""
    _read.set(None)


def _local(topic: type[V]) -> list[Rule[V]]:
    from hatnhan.rulebook.models import Overlay  # noqa: PLC0415 - imported by rooms before the apps are ready

    return [as_rule(topic, one) for one in Overlay.objects.filter(topic=topic.topic).order_by("start", "pk")]
