"""The forms in which a paper is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.documents import docx, pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from hatnhan.documents.types import Paper


@dataclass(frozen=True, slots=True)
class Format:
    """A form: the ending of its files, its media type, whether a browser shows it, and what makes it."""

    ending: str
    mime: str
    disposition: str
    render: Callable[[Paper], bytes]


PDF = Format("pdf", "application/pdf", "inline", pdf.render)
DOCX = Format("docx", docx.MIME, "attachment", docx.render)


def of(name: str) -> Format:
    """Return the form that an address names; PDF where it names none."""
    return DOCX if name == DOCX.ending else PDF
