"""Giving an official paper its pages, as PDF, with Typst."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from hatnhan.core import clock, vietnamese

if TYPE_CHECKING:
    from hatnhan.documents.types import Paper

_FOLDER = Path(__file__).resolve().parent / "papers"
#: Times New Roman is prescribed; the next ones have its measures, the last comes with Typst and is always there.
_FONTS = ("Times New Roman", "Liberation Serif", "Tinos", "Libertinus Serif")


def render(paper: Paper) -> bytes:
    """Return the paper as a PDF file. What people typed goes in as data, never as markup."""
    inputs = asdict(paper) | {"dated": dated(paper), "day": paper.day.isoformat(), "fonts": _installed()}
    made = typst.compile(
        _FOLDER / "paper.typ",
        root=_FOLDER,
        format="pdf",
        sys_inputs={"paper": json.dumps(inputs, ensure_ascii=False)},
        timestamp=int(clock.now().timestamp()),
    )
    return bytes(made)


def dated(paper: Paper) -> str:
    """Return place and day as papers have them: "Tam Hồng, ngày 03 tháng 02 năm 2026"."""
    return f"{paper.place}, {vietnamese.paper_day(paper.day)}"


@cache
def _installed() -> list[str]:
    """Return which of the fonts this machine has: naming others only makes Typst complain."""
    there = {name.lower() for name in typst.Fonts().families()}
    return [name for name in _FONTS if name.lower() in there]
