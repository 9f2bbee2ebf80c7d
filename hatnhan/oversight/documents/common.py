"""What all papers of the room share: how a body heads and signs them, and how they name topics, teams and periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.core.vietnamese import day as written
from hatnhan.documents.types import Paper, Signature
from hatnhan.organization.selectors.letterhead import Letterhead, head_of, letterhead, post_to_sign

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.organization.models import Member, Unit
    from hatnhan.oversight.models import Check, Subject

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A body about to put something on paper on a day: its letterhead, and who signs."""

    on: date
    head: Letterhead
    signs: Member | None
    post: str

    def paper(self, *, title: str, kind: str = "", number: str = "", **parts: Any) -> Paper:
        """Return a paper of the body; ``kind`` goes into its number ("KH"), none where it is empty.

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
        """The signature of the body: "T/M ỦY BAN KIỂM TRA", the post, the name."""
        return Signature(self.head.on_behalf, self.post, self.signs.full_name if self.signs else "")

    def sent_to(self, *others: str) -> tuple[str, ...]:
        """Return to whom a paper goes: the committee above, others, who keeps it."""
        above = (_("%(superior)s (để báo cáo);") % {"superior": self.head.superior},)
        return (*(above if self.head.superior else ()), *others, self.head.kept)


def sheet(unit: Unit, body: str, on: date) -> Sheet:
    """Return how a body's papers are headed and signed on a day. Four queries."""
    signs = head_of(unit, body, on)
    post = post_to_sign(unit, body, signs.pk if signs else None, on)
    return Sheet(on, letterhead(unit, body, on), signs, post)


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
