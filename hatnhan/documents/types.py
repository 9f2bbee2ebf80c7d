"""What an official paper is, before any engine gives it pages.

The form is that of Party papers: 36-HD/VPTW (3/4/2018) earlier, 05-HD/VPTW now; see the room's README.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from datetime import date, datetime

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its share of the width, where its text stands."""

    heading: str
    share: float = 1
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many texts as there are columns.

    ``totals`` is a last row in bold, or empty. ``roomy`` rows are tall enough to be signed or written in by hand.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] = ()
    roomy: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper: its heading in bold ("I. KẾT QUẢ"), paragraphs, a table; each may be missing.

    ``level`` is 2 for a part within the one before.
    """

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None
    level: int = 1


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: "T/M CHI BỘ", the post without the organisation's name, the person's name."""

    on_behalf: str
    post: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """An official paper. ``superior`` and ``issuer`` head it on the left; ``place`` and ``day`` stand on the right.

    ``number`` is whole ("Số 05-DS/CB"), empty for a paper without one. ``addressed`` is the line of a letter that says
    to whom ("Kính mời: …"). The body is ``paragraphs``, then ``table``, then ``sections``, then ``closing``.

    One of ``signatures`` stands on the right, beside ``recipients``, which end with where it is kept. Two stand side
    by side: the recorder left, the chair right; recipients then stand below. ``landscape`` turns the page for wide
    tables. ``drawn_at`` is the moment that the file names as that of its making: a paper drawn again with the same
    moment is the same to the byte; None: now.
    """

    superior: str
    issuer: str
    place: str
    day: date
    title: str
    abstract: str = ""
    number: str = ""
    addressed: str = ""
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None
    sections: tuple[Section, ...] = ()
    closing: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = field(default=())
    landscape: bool = False
    drawn_at: datetime | None = None


class Draw(Protocol):
    """What a room hands up: a paper of one unit on a day."""

    def __call__(self, scope: Scope, on: date) -> Paper: ...


class DrawOf(Protocol):
    """What a room hands up: a paper about one thing of its own, such as a meeting."""

    def __call__(self, thing: Any, /) -> Paper: ...  # noqa: ANN401 - only the room knows what it is


class Scope(Protocol):
    """The unit a paper speaks of."""

    pk: int
    code: str

    def __str__(self) -> str: ...
