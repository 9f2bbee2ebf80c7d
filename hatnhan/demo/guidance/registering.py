"""Deeds: documents entered in the register on their days, replaced, and files handed in with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hatnhan.core import clock
from hatnhan.demo.books import Books, Deed
from hatnhan.demo.clerks import CLERKS, clerks_of
from hatnhan.demo.guidance.papers import Draft, drawn
from hatnhan.demo.wording import texts
from hatnhan.guidance.actions import files, register
from hatnhan.guidance.actions.register import DocumentData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.guidance.shelf import Shelf

_ENTER = 30
_TITLES = {"resolution": "Nghị quyết", "directive": "Chỉ thị", "programme": "Chương trình hành động"}


def register_deeds(shelf: Shelf) -> Iterator[Deed]:
    """Yield how each document came into the register."""
    for key in shelf.told:
        yield Deed(shelf.entered(key), _ENTER, partial(_enter, shelf, key))


def _enter(shelf: Shelf, key: str, books: Books) -> None:
    told, today, signed = shelf.told[key], clock.today(), books.signed()
    own = told["issuer"] == "commune"
    clerk = books.member(clerks_of(shelf.tale)[CLERKS.index("office")])
    # What is real is told by its number, day and subject alone; of what has a file the text is read from there.
    text = texts("guidance")["no_text"] if "dated" in told else ""
    shelf.documents[key] = register.register_document(
        **signed,
        unit=shelf.commune(books),
        data=DocumentData(
            kind=told["kind"],
            issuer=shelf.issuer(key),
            number=told["number"],
            issued_on=shelf.issued(key),
            subject=told["subject"],
            carries_out=shelf.documents.get(told.get("carries_out", "")),
            text=text,
        ),
        received_on=None if own else today,
        received_by=None if own else clerk,
    )
    if old := shelf.documents.get(told.get("replaces", "")):
        new = shelf.documents[key]
        register.replace_document(**signed, old=old, new=new, on=new.issued_on)
    if kind := told.get("file"):
        _hand_in(shelf, key, kind, books)


def _hand_in(shelf: Shelf, key: str, kind: str, books: Books) -> None:
    told, signed = shelf.told[key], books.signed()
    draft = Draft(
        issuer=shelf.issuer(key),
        number=told["number"],
        day=shelf.issued(key),
        title=_TITLES[told["kind"]],
        subject=told["subject"],
        paragraphs=told["paragraphs"],
    )
    name = f"{_TITLES[told['kind']]} {told['number'].replace('/', '-')}"
    name += " (bản chụp)" if kind == "scan" else ""
    kept = files.attach_file(
        **signed, document=shelf.documents[key], file=drawn(kind, draft), name=name, not_secret=True
    )
    files.read_file_text(**signed, file=kept)
