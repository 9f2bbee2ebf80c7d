"""What the lists behind figures need besides the rows: words for topics, and which checks a reader may open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.oversight.models import Subject
from hatnhan.oversight.selectors import checks, choosing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Unit
    from hatnhan.oversight.models import Check
    from hatnhan.oversight.selectors.counted import Window


def topic_words(unit: Unit | None, at: Window) -> dict[str, str]:
    """Return what topics are called, the title by the key. One query."""
    return choosing.topic_words(unit, at.on) if unit is not None else {}


def readable(user: User, found: Iterable[Check]) -> frozenset[int]:
    """Return the ids of those of some checks that a person may read whole. Three queries at most."""
    ids = [one.pk for one in found]
    own = Subject.objects.filter(checks.subject_condition(user)).values("of_check")
    rows = checks.known(user).filter(pk__in=ids).exclude(pk__in=own)
    return frozenset(rows.values_list("pk", flat=True))
