"""The room's actions and who may do them. Everything not granted here is denied.

- The secretary and deputies of the committee run the cycle: they open, appraise, decide, close.
- The committee of a cell runs its review meeting, types for those who write on paper, proposes.
- The text of a self-review: its writer, the committee of the cell, the deciding committee; each reading is recorded.
- Who reads a committee's tree sees how far each is and what was decided, not the texts. Members see their own, and
  the published grades of their cell. An administrator: nothing.
"""

from hatnhan.reviews.permissions.action import Action
from hatnhan.reviews.permissions.entries import (
    entries_for,
    is_own,
    leads_review,
    may_type_for,
    published_for,
    reads_texts,
    require_write,
    texts_for,
)
from hatnhan.reviews.permissions.units import (
    cycles_for,
    decides_above,
    decides_in,
    require_cycle,
    require_sitting,
    runs_cycle,
    runs_sitting,
    seated_in,
)

__all__ = [
    "Action",
    "cycles_for",
    "decides_above",
    "decides_in",
    "entries_for",
    "is_own",
    "leads_review",
    "may_type_for",
    "published_for",
    "reads_texts",
    "require_cycle",
    "require_sitting",
    "require_write",
    "runs_cycle",
    "runs_sitting",
    "seated_in",
    "texts_for",
]
