"""What an official paper is, before any engine gives it pages.

The form is that of Party papers: 36-HD/VPTW (3/4/2018) earlier, 05-HD/VPTW now; see the room's README.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from datetime import date

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its share of the width, where its text stands."""

    heading: str
    share: float = 1
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many texts as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: "T/M CHI BỘ", the post without the organisation's name, the person's name."""

    on_behalf: str
    post: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """An official paper. ``superior`` and ``issuer`` head it on the left; ``place`` and ``day`` stand on the right.

    ``number`` is whole ("Số 05-DS/CB"), empty for a paper without one. ``recipients`` end with where it is kept.
    ``landscape`` turns the page for wide tables.
    """

    superior: str
    issuer: str
    place: str
    day: date
    title: str
    abstract: str = ""
    number: str = ""
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None
    closing: tuple[str, ...] = ()
    signature: Signature | None = None
    recipients: tuple[str, ...] = field(default=())
    landscape: bool = False


class Draw(Protocol):
    """What a room hands up: a paper of one unit on a day."""

    def __call__(self, scope: Scope, on: date) -> Paper: ...


class Scope(Protocol):
    """The unit a paper speaks of."""

    pk: int
    code: str

    def __str__(self) -> str: ...
