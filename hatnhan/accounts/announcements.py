"""Telling the room that keeps the record what was done, from rooms that it stands above or beside.

The audit record listens: `done` is sent inside the transaction of the deed, and a listener that fails undoes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.dispatch import Signal

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from hatnhan.accounts.actors import Actor

#: Sent with ``by``, ``at``, ``action``, ``target``, ``unit_id`` and ``details``.
done = Signal()


def announce(
    *,
    by: Actor,
    at: datetime,
    action: str,
    target: Model,
    unit_id: int | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Have a deed recorded, in the caller's transaction. Raises ImproperlyConfigured when nobody keeps the record."""
    said = {"by": by, "at": at, "action": str(action), "target": target, "unit_id": unit_id}
    if not done.send(sender=type(target), details=details or {}, **said):
        raise ImproperlyConfigured("Nobody records what is done: hatnhan.audit must be installed.")
