"""Giving an official paper its pages, as PDF, with Typst; many papers as one file."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typst
from pypdf import PdfWriter

from hatnhan.core import clock, vietnamese
from hatnhan.documents import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hatnhan.documents.types import Paper

_FOLDER = Path(__file__).resolve().parent / "papers"
#: Times New Roman is prescribed; the next ones have its measures, the last comes with Typst and is always there.
_FONTS = ("Times New Roman", "Liberation Serif", "Tinos", "Libertinus Serif")


def render(paper: Paper) -> bytes:
    """Return the paper as a PDF file. What people typed goes in as data, never as markup."""
    made = _compile(paper, "pdf")
    return made if isinstance(made, bytes) else b"".join(made)


#: So many papers go through Typst at once. Measured with 587 forms of two pages: one by one takes twice the time of
#: ten at once; twenty or more are no faster, and all at once take 2 GB of memory in place of 450 MB.
_AT_ONCE = 10


def bind(
    papers: Iterable[tuple[str, Paper]], *, title: str, told: Callable[[int], None] = lambda _drawn: None
) -> bytes:
    """Return many papers as one PDF file, in order, each with its own page numbers and its bookmark beside it.

    ``title`` names the whole. ``told`` hears from time to time how many are drawn so far. The papers are taken as they
    are needed. Raises ValueError where there is none.
    """
    book, rest, drawn = PdfWriter(), iter(papers), 0
    while batch := list(islice(rest, _AT_ONCE)):
        book.append(BytesIO(_compile_many(batch, title)))
        drawn += len(batch)
        told(drawn)
    if not drawn:
        message = "no papers to bind"
        raise ValueError(message)
    book.add_metadata({"/Title": title})
    book.compress_identical_objects()
    made = BytesIO()
    book.write(made)
    return made.getvalue()


def pictures(paper: Paper) -> list[bytes]:
    """Return the pages as PNG pictures, for looking at them."""
    made = _compile(paper, "png")
    return [made] if isinstance(made, bytes) else list(made)


def _compile(paper: Paper, form: Literal["pdf", "png"]) -> bytes | list[bytes]:
    tidy = text.tidy(paper)
    made: bytes | list[bytes] = typst.compile(
        _FOLDER / "paper.typ",
        root=_FOLDER,
        format=form,
        font_paths=_fonts(),
        sys_inputs={"paper": _as_data(_inputs(tidy))},
        timestamp=int((tidy.drawn_at or clock.now()).timestamp()),
    )
    return made


def _compile_many(papers: list[tuple[str, Paper]], title: str) -> bytes:
    inputs = [_inputs(text.tidy(one)) | {"mark": text.line(mark)} for mark, one in papers]
    made: bytes = typst.compile(
        _FOLDER / "papers.typ",
        root=_FOLDER,
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"papers": _as_data(inputs), "title": title},
        timestamp=int(clock.now().timestamp()),
    )
    return made


def _inputs(tidy: Paper) -> dict[str, Any]:
    more = {"dated": dated(tidy), "day": tidy.day.isoformat(), "fonts": _installed(), "drawn_at": None}
    return asdict(tidy) | more


def _as_data(inputs: object) -> str:
    return json.dumps(inputs, ensure_ascii=False)


def dated(paper: Paper) -> str:
    """Return place and day as papers have them: "Tam Hồng, ngày 03 tháng 02 năm 2026"."""
    return f"{paper.place}, {vietnamese.paper_day(paper.day)}"


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts of this machine: looking for them anew takes longer than a paper does."""
    return typst.Fonts()


@cache
def _installed() -> list[str]:
    """Return which of the fonts this machine has: naming others only makes Typst complain."""
    there = {name.lower() for name in _fonts().families()}
    return [name for name in _FONTS if name.lower() in there]
