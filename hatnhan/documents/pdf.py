"""Giving an official paper its pages, as PDF, with Typst."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typst

from hatnhan.core import clock, vietnamese
from hatnhan.documents import text

if TYPE_CHECKING:
    from hatnhan.documents.types import Paper

_FOLDER = Path(__file__).resolve().parent / "papers"
#: Times New Roman is prescribed; the next ones have its measures, the last comes with Typst and is always there.
_FONTS = ("Times New Roman", "Liberation Serif", "Tinos", "Libertinus Serif")


def render(paper: Paper) -> bytes:
    """Return the paper as a PDF file. What people typed goes in as data, never as markup."""
    made = _compile(paper, "pdf")
    return made if isinstance(made, bytes) else b"".join(made)


def pictures(paper: Paper) -> list[bytes]:
    """Return the pages as PNG pictures, for looking at them."""
    made = _compile(paper, "png")
    return [made] if isinstance(made, bytes) else list(made)


def _compile(paper: Paper, form: Literal["pdf", "png"]) -> bytes | list[bytes]:
    tidy = text.tidy(paper)
    inputs = asdict(tidy) | {
        "dated": dated(tidy),
        "day": tidy.day.isoformat(),
        "fonts": _installed(),
        "drawn_at": None,
    }
    made: bytes | list[bytes] = typst.compile(
        _FOLDER / "paper.typ",
        root=_FOLDER,
        format=form,
        sys_inputs={"paper": json.dumps(inputs, ensure_ascii=False)},
        timestamp=int((tidy.drawn_at or clock.now()).timestamp()),
    )
    return made


def dated(paper: Paper) -> str:
    """Return place and day as papers have them: "Tam Hồng, ngày 03 tháng 02 năm 2026"."""
    return f"{paper.place}, {vietnamese.paper_day(paper.day)}"


@cache
def _installed() -> list[str]:
    """Return which of the fonts this machine has: naming others only makes Typst complain."""
    there = {name.lower() for name in typst.Fonts().families()}
    return [name for name in _FONTS if name.lower() in there]
