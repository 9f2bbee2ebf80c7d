"""Small real files of invented documents, drawn by the product's own engine: a PDF, a Word file, and a scan."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typst

from hatnhan.core import clock
from hatnhan.demo.places import TWO_TIERS
from hatnhan.documents import docx, pdf
from hatnhan.documents.types import Paper, Signature

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


_SCAN = "#set page(width: 210mm, height: 297mm, margin: 0mm)\n"


@dataclass(frozen=True, slots=True)
class Draft:
    """What an invented document says, and who says it. ``title`` is its kind in words."""

    issuer: str
    number: str
    day: date
    title: str
    subject: str
    paragraphs: Sequence[str]


def drawn(kind: str, draft: Draft) -> BytesIO:
    """Return the file of a document: "pdf", "docx", or "scan": a PDF of pictures, without a letter of text in it."""
    issuer, day = draft.issuer, draft.day
    of_commune = issuer.startswith("Đảng ủy xã")
    above = "Tỉnh ủy Phú Thọ" if day >= TWO_TIERS else "Huyện ủy Yên Lạc"
    paper = Paper(
        superior=above if of_commune else "Đảng bộ tỉnh",
        issuer=issuer,
        place="Tam Hồng" if of_commune else issuer.removeprefix("Tỉnh ủy "),
        day=day,
        number=f"Số {draft.number}",
        title=draft.title,
        abstract=draft.subject,
        paragraphs=tuple(draft.paragraphs),
        closing=("Văn bản này do người viết bản dùng thử soạn ra, không có thật.",),
        signatures=(Signature("T/M Ban Thường vụ", "Bí thư"),),
        recipients=("Các chi bộ trực thuộc", "Lưu Văn phòng"),
        drawn_at=clock.at(day),
    )
    if kind == "docx":
        return BytesIO(docx.render(paper))
    return BytesIO(pdf.render(paper) if kind == "pdf" else _scanned(paper))


def _scanned(paper: Paper) -> bytes:
    """Return the pages as pictures on pages: what a machine that scans would make of the paper."""
    with TemporaryDirectory() as name:
        folder, source = Path(name), _SCAN
        for place, picture in enumerate(pdf.pictures(paper)):
            (folder / f"{place}.png").write_bytes(picture)
            source += f'#image("{place}.png", width: 210mm)\n'
        (folder / "scan.typ").write_text(source, "utf-8")
        made: bytes = typst.compile(
            folder / "scan.typ", root=folder, format="pdf", timestamp=int(clock.at(paper.day).timestamp())
        )
    return made
