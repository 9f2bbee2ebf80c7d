"""What all papers of the room share: the unit that heads and signs them, and how papers speak of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core import vietnamese
from hatnhan.guidance.selectors import kinds
from hatnhan.organization import sheets
from hatnhan.organization.models import Body

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.guidance.models import Document
    from hatnhan.organization.models import Unit


def sheet(unit: Unit, on: date) -> sheets.Sheet:
    """Return how a unit's papers are headed and signed on a day: a cell's by all, a committee's by its committee."""
    return sheets.sheet(unit, Body.MEMBERS if unit.is_cell else Body.COMMITTEE, on)


def called(document: Document) -> str:
    """Return a document as papers speak of it: "Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị"."""
    words = _("%(kind)s số %(number)s, ngày %(day)s của %(issuer)s")
    return words % {
        "kind": kinds.kind_words(document),
        "number": document.number,
        "day": vietnamese.day(document.issued_on),
        "issuer": document.issuer,
    }
