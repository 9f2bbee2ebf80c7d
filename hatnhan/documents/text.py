"""What people typed, made fit for paper: nothing that a file format refuses, a line each where lines were broken."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hatnhan.documents.types import Paper, Section, Signature, Table

#: Signs that XML 1.0 forbids (control signs, halves of surrogate pairs, U+FFFE and U+FFFF), and signs that turn the
#: direction of what follows.
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Return the text without signs that a file format refuses; every kind of line end becomes a plain one."""
    return _REFUSED.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))


def line(text: str) -> str:
    """Return the text on one line."""
    return " ".join(clean(text).split("\n")).strip()


def paragraphs(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the paragraphs, those with line ends in them cut there; empty lines fall out."""
    return tuple(part.strip() for text in texts for part in clean(text).split("\n") if part.strip())


def tidy(paper: Paper) -> Paper:
    """Return the paper with all of its texts made fit, so that every engine draws the same words."""
    return replace(
        paper,
        superior=line(paper.superior),
        issuer=line(paper.issuer),
        place=line(paper.place),
        title=line(paper.title),
        abstract=line(paper.abstract),
        number=line(paper.number),
        addressed=line(paper.addressed),
        paragraphs=paragraphs(paper.paragraphs),
        table=_table(paper.table),
        sections=tuple(_section(one) for one in paper.sections),
        closing=paragraphs(paper.closing),
        signatures=tuple(_signature(one) for one in paper.signatures),
        recipients=tuple(line(one) for one in paper.recipients),
    )


def _section(section: Section) -> Section:
    return replace(
        section,
        heading=line(section.heading),
        paragraphs=paragraphs(section.paragraphs),
        table=_table(section.table),
    )


def _signature(one: Signature) -> Signature:
    return replace(one, on_behalf=line(one.on_behalf), post=line(one.post), name=line(one.name))


def _table(table: Table | None) -> Table | None:
    if table is None:
        return None
    return replace(
        table,
        columns=tuple(replace(column, heading=line(column.heading)) for column in table.columns),
        rows=tuple(tuple(clean(text).strip() for text in row) for row in table.rows),
        totals=tuple(line(text) for text in table.totals),
    )
