"""A list of people that one marks with the thumb, one tap a person: what its lines and its count say.

The page draws it with meetings/components/thumb_count.html and thumb_list.html, the view answers it with
`views.thumb_list.ThumbList`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from hatnhan.core.vietnamese import fold

if TYPE_CHECKING:
    from hatnhan.organization.models import Member

#: What was marked on the page, by the member's id: the mark and the reason.
Marks = Mapping[int, tuple[str, str]]
#: Marks that could not be written, by the member's id: the mark, the reason, and what is wrong with it, if anything.
Typed = Mapping[int, tuple[str, str, str]]


class Marked(Protocol):
    """One person on a list as it is stored."""

    @property
    def member(self) -> Member:
        """Who it is."""
        ...

    @property
    def member_id(self) -> int:
        """The key by which the page names the person."""
        ...

    @property
    def mark(self) -> str:
        """The mark; "" until somebody marks it."""
        ...

    @property
    def reason(self) -> str:
        """The reason that goes with the mark."""
        ...


class Choice(NamedTuple):
    """One of the marks a thumb can choose: its value, its class in the style sheet, its icon, its two lines."""

    value: str
    look: str
    icon: str
    word: str
    more: str


@dataclass(frozen=True, slots=True)
class Row:
    """One person on the page: what stands, or what somebody typed and why it could not be written.

    ``notes`` stand small under the name; ``why`` names the field of the reason; ``key`` is what a search by name finds.
    """

    one: Marked
    choices: tuple[Choice, ...]
    why: str
    notes: tuple[str, ...]
    key: str
    mark: str
    reason: str
    error: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The count in words: what stands big, what stands small, whether the target is reached."""

    head: str
    rest: str
    note: str
    reached: bool
    unmarked: int


def row(
    one: Marked, choices: tuple[Choice, ...], typed: Typed, *, why: str, notes: tuple[str, ...] = ()
) -> Row:
    """Return a person's line; ``why`` holds ``%(name)s``."""
    mark, reason, error = typed.get(one.member_id, (one.mark, one.reason, ""))
    return Row(
        one=one,
        choices=choices,
        why=why % {"name": one.member},
        notes=notes,
        key=fold(one.member.full_name),
        mark=mark,
        reason=reason,
        error=error,
    )
