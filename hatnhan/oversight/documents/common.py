"""What all papers of the room share: how a body heads and signs them, and how they name topics, teams and periods."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.vietnamese import day as written
from hatnhan.documents.types import Signature
from hatnhan.organization.sheets import Sheet, sheet

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.oversight.models import Check, Subject

_ONE_DAY = timedelta(days=1)


def sheet_of(check: Check, on: date | None = None) -> Sheet:
    """Return how the papers of a check are headed and signed: on the day of its decision unless another is said."""
    return sheet(check.unit, check.body, on or check.opened_on)


def examined(start: date, end: date) -> str:
    """Return the days looked at in words, both inclusive; ``end`` is the first day no longer looked at."""
    return _("từ ngày %(first)s đến hết ngày %(last)s") % {
        "first": written(start),
        "last": written(end - _ONE_DAY),
    }


def one_called(one: Subject) -> str:
    """Return a subject as papers speak of it: "đ/c Đỗ Văn Hải", "Chi bộ thôn Chùa"."""
    return f"đ/c {one.member.full_name}" if one.member else str(one.unit)


def signed_by(name: str, post: str = "", on_behalf: str = "") -> Signature:
    """Return a signature of one who signs for nobody but themselves, or for a team."""
    return Signature(on_behalf, post, name)


def as_paragraphs(text: str) -> tuple[str, ...]:
    """Return a text as the paragraphs it was typed in."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
