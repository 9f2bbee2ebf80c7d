"""The kinds of documents, in words; they are data of the rulebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan import rulebook
from hatnhan.core import clock
from hatnhan.rulebook.topics.guidance import DocumentKinds

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.guidance.models import Document
    from hatnhan.organization.models import Unit


def kinds(unit: Unit, on: date) -> dict[str, str]:
    """Return the names of the kinds that a unit's register knows on a day, by key."""
    rule = rulebook.at(DocumentKinds, on=on, unit=unit)
    return {one.key: one.title for one in rule.value.kinds}


def kind_words(document: Document) -> str:
    """Return the name of a document's kind; the bare key of a kind that is no longer known."""
    return kinds(document.unit, clock.today()).get(document.kind, document.kind)
