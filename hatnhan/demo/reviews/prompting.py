"""Deeds: a matter that the committee prompts a cell's committee to look at, and what that answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.core import clock
from hatnhan.reviews.actions import remarks
from hatnhan.reviews.models import Remark

if TYPE_CHECKING:
    from hatnhan.demo.books import Books
    from hatnhan.demo.reviews.year import Year


def prompt(told: Year, code: str, books: Books) -> None:
    """Prompt the committee of a cell in writing."""
    words = told.words["prompt"]
    for one in told.entries(of="collective", unit__code=code):
        remarks.write_remark(
            **books.signed(), entry=one, kind="prompt", source="Ban Thường vụ Đảng ủy xã", on=clock.today(),
            text=words["text"], number=words["number"],
        )  # fmt: skip


def answer(told: Year, code: str, books: Books) -> None:
    """Answer it."""
    rows = Remark.objects.filter(entry__cycle=told.cycle, entry__unit__code=code, kind="prompt")
    for one in rows.select_related("entry__unit"):
        told.at_home(one.entry)
        remarks.answer_remark(**books.signed(), remark=one, text=told.words["prompt"]["answer"])
