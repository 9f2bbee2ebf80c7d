"""Reading entries: the list of a cycle with its filters, one entry, what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.core.errors import Missing
from hatnhan.organization.selectors.bodies import body_words
from hatnhan.reviews import permissions
from hatnhan.reviews.models import Entry

if TYPE_CHECKING:
    from hatnhan.accounts.models import User


def name_of(entry: Entry) -> str:
    """Return who or what an entry is of: a person, "Chi ủy, Chi bộ thôn Chùa", a unit. Reads member and unit."""
    if entry.member is not None:
        return entry.member.full_name
    return body_words(entry.unit, entry.body) if entry.body else entry.unit.name


def entry_for(user: User, pk: int) -> Entry:
    """Return an entry whose course a person may know, or whose published grade. Raises Missing."""
    rows = Entry.objects.select_related("cycle__unit", "member", "unit").filter(pk=pk)
    found = rows.filter(pk__in=permissions.entries_for(user).values("pk")).first()
    if found is None:
        found = rows.filter(pk__in=permissions.published_for(user).values("pk")).first()
    if found is None:
        raise Missing
    return found
