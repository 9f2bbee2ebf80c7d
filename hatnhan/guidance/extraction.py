"""Text out of files: PDF by pypdf, Word by python-docx, within limits of size, pages, characters and time.

Nothing here trusts a file: whatever goes wrong inside a reader comes out as RuleBroken ``corrupt`` or ``encrypted``.
"""

from __future__ import annotations

import logging
import time
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import guess_encoding, nfc, to_unicode
from hatnhan.guidance.secrecy import stamped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docx.oxml.xmlchemy import BaseOxmlElement

#: So many pages are looked at for a stamp before a file is taken in.
FIRST_PAGES = 3
MOST_PAGES = 600
MOST_CHARACTERS = 1_000_000
MOST_SECONDS = 120.0
#: What a Word file may come to when it is unpacked, in bytes.
_MOST_UNPACKED = 60 * 1024 * 1024
#: After these a line of a page has ended, whatever follows.
_ENDS = ".:;!?-"
#: How the parts of a Word file are named in it, and what some of them stand for.
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{_WORDS}tab": "\t", f"{_WORDS}br": "\n", f"{_WORDS}cr": "\n"}

# What pypdf mutters about bent files is no news to those who keep the machine.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Extract:
    """What was read: the text (NFC, "" for a scan), the pages (None where the format has none), a stamp or not."""

    text: str
    pages: int | None
    secret: bool


def extract(file: IO[bytes], kind: str, *, first_pages: bool = False) -> Extract:
    """Return the text of a "pdf" or "docx" file, or only that of its first pages.

    Raises RuleBroken with codes ``corrupt`` and ``encrypted``. Beyond the limits the rest is left out.
    """
    file.seek(0)
    with _bent():
        read = _pdf(file, first_pages=first_pages) if kind == "pdf" else _docx(file)
    file.seek(0)
    return read


@contextmanager
def _bent() -> Iterator[None]:
    """Turn whatever a reader stumbles over into words."""
    try:
        yield
    except RuleBroken:
        raise
    except (Exception, RecursionError) as error:
        message = _("Tệp hỏng, không mở được. Mở thử trên máy, lưu lại rồi gửi.")
        raise RuleBroken("corrupt", message, field="file") from error


def _pdf(file: IO[bytes], *, first_pages: bool) -> Extract:
    from pypdf import PdfReader  # noqa: PLC0415 - loaded only where a file is read: it is large

    reader = PdfReader(file, strict=False)
    if reader.is_encrypted and not _opens(reader.decrypt):
        message = _("Tệp PDF có mật khẩu. Bỏ mật khẩu rồi gửi lại.")
        raise RuleBroken("encrypted", message, field="file")
    total = len(reader.pages)
    if not total:
        raise ValueError("no pages")
    until, texts, length = time.monotonic() + MOST_SECONDS, list[str](), 0
    for number in range(min(total, FIRST_PAGES if first_pages else MOST_PAGES)):
        words = _clean(_page(reader.pages[number]))
        texts.append(words)
        length += len(words)
        if length > MOST_CHARACTERS or time.monotonic() > until:
            break
    texts = _modern(texts)
    secret = any(stamped(text) for text in texts[:FIRST_PAGES])
    return Extract(_joined("\n\n".join(filter(None, texts)))[:MOST_CHARACTERS], total, secret)


def _joined(text: str) -> str:
    """Return a text with the lines of a page put together again where a sentence plainly goes on."""
    lines = list[str]()
    for line in text.split("\n"):
        goes_on = line[:1].islower() and lines and lines[-1] and lines[-1][-1] not in _ENDS
        if goes_on:
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return "\n".join(lines)


def _modern(texts: list[str]) -> list[str]:
    """Return pages that were set in the fonts of before Unicode (.VnTime, VNI) in Unicode."""
    encoding = guess_encoding(texts[:FIRST_PAGES])
    return texts if encoding == "unicode" else [to_unicode(text, encoding) for text in texts]


def _opens(decrypt: Callable[[str], object]) -> bool:
    """Tell whether an encrypted file opens without a password: many only forbid printing."""
    try:
        return bool(decrypt(""))
    except Exception:  # noqa: BLE001 - a cipher that the reader does not know is as good as a password
        return False


def _page(page: object) -> str:
    """Return the text of a page; one that cannot be read is passed over, the others still count."""
    try:
        return str(page.extract_text() or "")  # type: ignore[attr-defined]
    except (Exception, RecursionError):  # noqa: BLE001 - readers of PDF raise anything on bent pages
        return ""


def _docx(file: IO[bytes]) -> Extract:
    from docx import Document  # noqa: PLC0415 - loaded only where a file is read: it is large

    with zipfile.ZipFile(file) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED:
            raise ValueError("unpacks to too much")
    file.seek(0)
    word = Document(file)
    aside = [*_heads(word), *_boxes(word.element)]
    lines, length = list[str](), 0
    for line in chain(_lines(word), _boxes(word.element)):
        lines.append(_clean(line))
        length += len(line) + 1
        if length > MOST_CHARACTERS:
            break
    # A Word file has no pages of its own: its first lines stand for them, and what is laid beside them.
    opening = "\n".join([*aside, *lines[:60]])
    return Extract("\n".join(lines).strip()[:MOST_CHARACTERS], None, stamped(nfc(opening)))


def _lines(word: object) -> Iterator[str]:
    """Yield paragraphs and the cells of tables, in the order in which they are read."""
    for block in word.iter_inner_content():  # type: ignore[attr-defined]
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "\t".join(dict.fromkeys(cell.text for cell in row.cells))
        else:
            yield block.text


def _heads(word: object) -> list[str]:
    """Return the lines of all heads and feet of pages, those in tables and boxes too."""
    from docx.parts.hdrftr import FooterPart, HeaderPart  # noqa: PLC0415 - as above

    parts = word.part.package.iter_parts()  # type: ignore[attr-defined]
    margins = [one.element for one in parts if isinstance(one, HeaderPart | FooterPart)]
    return [line for margin in margins for line in _paragraphs(margin)]


def _boxes(element: BaseOxmlElement) -> list[str]:
    """Return the lines of text boxes, each once: stamps are often set in one, and Word keeps a box in two forms."""
    boxes = element.iter(f"{_WORDS}txbxContent")
    return list(dict.fromkeys(line for box in boxes for line in _paragraphs(box)))


def _paragraphs(element: BaseOxmlElement) -> list[str]:
    """Return the text of the paragraphs at any depth, without that of boxes which hang on them."""
    runs = ([run for run in one if run.tag == f"{_WORDS}r"] for one in element.iter(f"{_WORDS}p"))
    texts = ("".join(_SIGNS.get(sign.tag, sign.text or "") for run in of for sign in run) for of in runs)
    return [text for text in texts if text.strip()]


def _clean(text: str) -> str:
    """Return a text that every database takes: NFC, no zero bytes, no halves of signs."""
    kept = nfc(text.encode("utf-8", "ignore").decode()).replace("\x00", "")
    return "\n".join(line.rstrip() for line in kept.splitlines()).strip()
