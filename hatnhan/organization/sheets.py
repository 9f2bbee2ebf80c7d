"""A body of a unit about to put something on paper: how it heads its papers, and who signs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.documents.types import Paper, Signature
from hatnhan.organization.selectors.letterhead import Letterhead, head_of, letterhead, post_to_sign

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.organization.models import Member, Unit


@dataclass(frozen=True, slots=True)
class Sheet:
    """A body on a day: its unit and letterhead, and who signs, holding which post."""

    unit: Unit
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
    return Sheet(unit, on, letterhead(unit, body, on), signs, post)
