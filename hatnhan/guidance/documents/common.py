"""What all papers of the room share: how a unit heads and signs them, and how papers speak of a document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.core import vietnamese
from hatnhan.documents.types import Paper, Section, Signature
from hatnhan.guidance.selectors import kinds
from hatnhan.organization.models import Body
from hatnhan.organization.selectors.letterhead import Letterhead, head_of, letterhead, post_to_sign

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.guidance.models import Document
    from hatnhan.organization.models import Member, Unit

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A unit about to put something on paper on a day: its letterhead, and who signs."""

    unit: Unit
    on: date
    head: Letterhead
    signs: Member | None
    post: str

    def paper(self, *, title: str, kind: str = "", number: str = "", **parts: Any) -> Paper:
        """Return a paper of the unit; ``kind`` goes into its number ("KH"), none where it is empty.

        ``parts`` are those of `Paper`.
        """
        known: dict[str, Any] = {
            "superior": self.head.superior,
            "issuer": self.head.issuer,
            "place": self.head.place,
            "day": self.on,
            "number": self.head.number(kind, number) if kind else "",
            "signatures": (self.on_behalf,),
        }
        return Paper(title=title, **(known | parts))

    @property
    def on_behalf(self) -> Signature:
        """The signature of the unit: "T/M ĐẢNG ỦY", the post, the name."""
        return Signature(self.head.on_behalf, self.post, self.signs.full_name if self.signs else "")

    def sent_to(self, *others: str) -> tuple[str, ...]:
        """Return to whom a paper goes: the committee above, others, who keeps it."""
        above = (f"{self.head.superior} (để báo cáo);",) if self.head.superior else ()
        return (*above, *others, self.head.kept)


def sheet(unit: Unit, on: date) -> Sheet:
    """Return how a unit's papers are headed and signed on a day. Four queries."""
    body = Body.MEMBERS if unit.is_cell else Body.COMMITTEE
    signs = head_of(unit, body, on)
    post = post_to_sign(unit, body, signs.pk if signs else None, on)
    return Sheet(unit, on, letterhead(unit, body, on), signs, post)


def called(document: Document) -> str:
    """Return a document as papers speak of it: "Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị"."""
    words = _("%(kind)s số %(number)s, ngày %(day)s của %(issuer)s")
    return words % {
        "kind": kinds.kind_words(document),
        "number": document.number,
        "day": vietnamese.day(document.issued_on),
        "issuer": document.issuer,
    }


def numbered(sections: Iterable[Section | None]) -> tuple[Section, ...]:
    """Return the parts that there are, those of the first level numbered I, II, III and in capitals."""
    numbers = iter(_ROMAN)
    return tuple(
        replace(one, heading=f"{next(numbers)}. {one.heading.upper()}") if one.level == 1 else one
        for one in sections
        if one is not None
    )


def short_day(day: date | None) -> str:
    """Return a day as tables of papers have it: 03/02/2026; nothing for none."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}" if day else ""
