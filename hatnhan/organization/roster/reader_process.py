"""The child process that opens a spreadsheet. Started by path, in isolation: it imports nothing of ours.

A hostile or broken workbook can exhaust memory or abort the interpreter; here only this process dies of it. It
answers on stdout in JSON lines: ``{"error": code}``, or ``{"sheets": [...]}``; then, for each sheet index read from
stdin, lines of rows ``[[cell, ...], ...]`` and ``{"end": number_of_rows}``. Dates are ``[ordinal]``, days with a time
``[ordinal, seconds]``, empty cells null; rows lose their empty end.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import zipfile
import zlib
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LIMITS: dict[str, int] = json.loads(sys.argv[3])
HEAD_ROWS = 200
CHUNK = 50
OUT_OF_MEMORY = 3  # exit status
LONGEST_TEXT = 2000
MANY_ENTRIES = 3000
SMALL_ENTRY = 4 << 20
STEEPEST = 200  # a real sheet shrinks about 10 to 60 times, a bomb about 1000 times
KINDS = {".xlsx", ".xls", ".ods", ".csv"}


class RefusedError(Exception):
    """Carries the code of the reason, and what its message names."""

    def __init__(self, code: str, **parts: object) -> None:
        super().__init__(code)
        self.code, self.parts = code, parts


def limit_resources() -> None:
    """Bound processor time and memory, and forbid writing files, before a byte of the upload is looked at."""
    try:
        import resource  # noqa: PLC0415 - not there on every system
    except ImportError:
        return
    for name, bound in (("CPU", LIMITS["cpu"]), ("AS", LIMITS["memory"]), ("FSIZE", 0), ("CORE", 0)):
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (bound, bound))


def check_kind(path: Path, extension: str) -> None:
    """Refuse a file whose content is not what its extension says, an encrypted one, and a bomb."""
    if path.stat().st_size == 0:
        raise RefusedError("empty")
    with path.open("rb") as file:
        start = file.read(8)
        kind = _kind_of_zip(path) if start.startswith(b"PK\x03\x04") else _kind_of_bytes(path, start)
    if kind == extension:
        return
    if kind in KINDS:
        raise RefusedError("mismatch_known", extension=extension, kind=kind)
    raise RefusedError("mismatch", extension=extension)


def _kind_of_bytes(path: Path, start: bytes) -> str:
    content = path.read_bytes()
    if start == bytes.fromhex("d0cf11e0a1b11ae1"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise RefusedError("password")
        return ".xls"
    if start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"{\\rtf", b"Rar!", b"7z")):
        return "other"
    if re.match(
        rb"\s*(<\?xml|<!doctype|<html|<table|mime-version)",
        content[:200].lstrip(b"\xef\xbb\xbf"),
        re.IGNORECASE,
    ):
        return "web page"
    if b"\0" in content and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "other"
    return ".csv"


def _kind_of_zip(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        check_bomb(path, archive.infolist())
        names = set(archive.namelist())
        if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype"):
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            if b"encryption-data" in manifest:
                raise RefusedError("password")
            return ".ods"
        if "xl/workbook.xml" in names:
            return ".xlsx"
        return "xlsb" if "xl/workbook.bin" in names else "other"


def check_bomb(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive by what it declares, then by what really comes out of it (declared sizes may lie)."""
    if len(entries) > MANY_ENTRIES or sum(entry.file_size for entry in entries) > LIMITS["inflated"]:
        raise RefusedError("bomb")
    total = 0
    with path.open("rb") as file:
        for entry in entries:
            size = _inflated_size(file, entry)
            total += size
            steep = size > SMALL_ENTRY and size > STEEPEST * max(entry.compress_size, 1)
            if steep or size > entry.file_size or total > LIMITS["inflated"]:
                raise RefusedError("bomb")


def _inflated_size(file: io.BufferedReader, entry: zipfile.ZipInfo) -> int:
    """Return how many bytes an entry holds, counting no further than one past what it declares."""
    if entry.compress_type == zipfile.ZIP_STORED:
        return entry.compress_size
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise RefusedError("corrupt")
    file.seek(entry.header_offset + 26)
    name_and_extra = file.read(4)
    file.seek(int.from_bytes(name_and_extra[:2], "little") + int.from_bytes(name_and_extra[2:], "little"), 1)
    inflater, left, size = zlib.decompressobj(-zlib.MAX_WBITS), entry.compress_size, 0
    while left > 0 and not inflater.eof and size <= entry.file_size:
        block = file.read(min(left, 1 << 16))
        if not block:
            raise RefusedError("corrupt")
        left -= len(block)
        while block and size <= entry.file_size:
            size += len(inflater.decompress(block, 1 << 20))
            block = inflater.unconsumed_tail
    return size


class Sheet:
    """One sheet: its name, whether it is hidden, its merged ranges, and its rows from the first row of the file."""

    def __init__(self, name: str, source: Any, *, hidden: bool = False) -> None:  # noqa: ANN401 - calamine's or a list
        self.name, self.hidden, self.source = name, hidden, source
        self.merged: list[tuple[int, int, int, int]] = []
        self.left = 0
        if not isinstance(source, list):
            self._measure()

    def _measure(self) -> None:
        end = self.source.end
        if end is None:
            self.source = []
            return
        if end[0] >= LIMITS["rows"] or end[1] >= LIMITS["columns"]:
            raise RefusedError("too_big")
        self.left = self.source.start[1]
        ranges = self.source.merged_cell_ranges or []
        self.merged = [(top, left, bottom, right) for (top, left), (bottom, right) in ranges]

    def rows(self) -> Iterator[list[Any]]:
        """Yield each row as JSON can hold it, from column A on, without its empty end."""
        before: list[Any] = [None] * self.left
        for cells in self.source if isinstance(self.source, list) else self.source.iter_rows():
            row = before + [plain(cell) for cell in cells]
            while row and row[-1] is None:
                row.pop()
            yield row


def plain(cell: Any) -> Any:  # noqa: ANN401 - cells are of many types
    """Return a cell as JSON can hold it."""
    kind = type(cell)
    if kind is str:
        return cell[:LONGEST_TEXT] if cell else None
    if kind is float:
        if cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004 - up to there a float holds every integer
            return int(cell)
        return cell if cell - cell == 0 else None
    if kind is date:
        return [cell.toordinal()]
    if kind is datetime:
        seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
        return [cell.toordinal(), seconds] if seconds else [cell.toordinal()]
    return cell if kind in (int, bool) else str(cell)


def open_workbook(path: Path) -> list[Sheet]:
    """Open xlsx, xls or ods; charts and macro sheets are left out."""
    import python_calamine as calamine  # noqa: PLC0415 - csv does without

    try:
        book = calamine.CalamineWorkbook.from_path(path)
        sheets = [
            Sheet(
                about.name,
                book.get_sheet_by_name(about.name),
                hidden=about.visible != calamine.SheetVisibleEnum.Visible,
            )
            for about in book.sheets_metadata[: LIMITS["sheets"]]
            if about.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError:
        raise RefusedError("password") from None
    except calamine.CalamineError as error:
        raise RefusedError("password" if "password" in str(error).lower() else "corrupt") from None
    if not any(sheet.source for sheet in sheets):
        raise RefusedError("empty")
    return sheets


def open_csv(path: Path) -> tuple[list[Sheet], str]:
    """Read comma-, semicolon- or tab-separated text; bytes that are no Unicode are handed on as Latin-1."""
    text, coding = decode(path.read_bytes())
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[list[str]] = list(islice(reader, LIMITS["rows"] + 1))
    if rows and rows[0] and rows[0][0].lower().startswith("sep="):
        rows[0] = []
    if not any(rows):
        raise RefusedError("empty")
    if len(rows) > LIMITS["rows"] or max(map(len, rows)) > LIMITS["columns"]:
        raise RefusedError("too_big")
    return [Sheet(path.name, rows)], coding


def decode(content: bytes) -> tuple[str, str]:
    """Return the text and how it was read; Latin-1 stands for any single-byte encoding, without loss."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("latin-1"), "latin-1"


def _separator(text: str) -> str:
    """Return the separator that cuts the first lines into the most columns."""
    if (declared := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)) is not None:
        return declared[1]
    start = text[:20000]
    return max(",;\t", key=lambda sign: sum(len(row) > 1 and len(row) for row in _cut(start, sign)))


def _cut(start: str, sign: str) -> list[list[str]]:
    return list(islice(csv.reader(io.StringIO(start, newline=""), delimiter=sign), 60))


def send(message: object) -> int:
    """Write one line of JSON and return its length."""
    line = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.write(line + "\n")
    return len(line)


def stream(rows: Iterable[list[Any]]) -> None:
    """Send all rows in small lots, so that neither side holds the whole sheet as text."""
    rows, count, sent = iter(rows), 0, 0
    while lot := list(islice(rows, CHUNK)):
        count += len(lot)
        sent += send(lot)
        if sent > LIMITS["output"]:
            raise RefusedError("too_big")
    send({"end": count})
    sys.stdout.flush()


def serve(path: Path, extension: str) -> None:
    """Open the file, describe its sheets, then send those that are asked for."""
    if path.stat().st_size > LIMITS["file"]:
        raise RefusedError("too_large")
    check_kind(path, extension)
    coding = ""
    if extension == ".csv":
        sheets, coding = open_csv(path)
    else:
        sheets = open_workbook(path)
    about = [
        {
            "name": s.name,
            "hidden": s.hidden,
            "merged": s.merged[:5000],
            "head": list(islice(s.rows(), HEAD_ROWS)),
        }
        for s in sheets
    ]
    send({"sheets": about, "coding": coding})
    sys.stdout.flush()
    for line in sys.stdin:
        stream(sheets[int(line)].rows())


def main() -> None:
    """Serve one file; whatever goes wrong is told in one line."""
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    try:
        limit_resources()
        serve(Path(sys.argv[1]), sys.argv[2])
    except RefusedError as refused:
        send({"error": refused.code, "parts": refused.parts})
    except (MemoryError, ImportError):  # a library that no longer fits into memory cannot be imported
        os._exit(OUT_OF_MEMORY)  # even one more message might not fit
    except FileNotFoundError:
        send({"error": "missing", "parts": {}})
    except BrokenPipeError:
        sys.exit(1)
    except Exception:  # noqa: BLE001 - a file made to break a parser can raise anything; the parent needs an answer
        send({"error": "corrupt", "parts": {}})


if __name__ == "__main__":
    main()
