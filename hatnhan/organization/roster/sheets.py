"""Opens a spreadsheet in a child process with limits on time and memory, and hands its rows over one by one."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatnhan.organization.roster.errors import SheetError, sheet_error

if TYPE_CHECKING:
    from collections.abc import Iterator

Cell = str | int | float | bool | date | datetime | None

MEGABYTE = 1 << 20
_OUT_OF_MEMORY = 3  # exit status of reader_process
EXTENSIONS = (".xlsx", ".xls", ".ods", ".csv")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may cost: bytes, seconds, and the size of the sheet."""

    file: int = 20 * MEGABYTE
    inflated: int = 200 * MEGABYTE
    memory: int = 768 * MEGABYTE
    output: int = 256 * MEGABYTE
    cpu: int = 25
    wall: int = 30
    rows: int = 200_000
    columns: int = 200
    sheets: int = 60


@dataclass(frozen=True, slots=True)
class SheetHead:
    """A sheet as it first shows: its name, merged ranges (top, left, bottom, right from 0) and first 200 rows."""

    index: int
    name: str
    hidden: bool
    merged: list[tuple[int, int, int, int]]
    rows: list[list[Cell]]


class Book:
    """An open file: the heads of its sheets, and all rows of any of them. Made by :func:`open_book`."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self._process = process
        self._limits = limits
        self._waited = 0.0
        self._buffer = bytearray()
        described = self._receive()
        self.coding: str = described["coding"]
        self.sheets = [
            SheetHead(
                index, s["name"], s["hidden"], [tuple(m) for m in s["merged"]], [_row(r) for r in s["head"]]
            )
            for index, s in enumerate(described["sheets"])
        ]

    def rows(self, index: int) -> Iterator[list[Cell]]:
        """Yield every row of a sheet from row 1 of the file, without its empty end; one sheet after another."""
        if self._process.stdin is None:
            raise ValueError(index)
        with suppress(BrokenPipeError):  # the child is gone: _receive tells why
            self._process.stdin.write(b"%d\n" % index)
            self._process.stdin.flush()
        while isinstance(lot := self._receive(), list):
            for row in lot:
                yield _row(row)

    def _receive(self) -> Any:  # noqa: ANN401 - JSON
        """Return the next message; raise SheetError when the child refuses the file or dies of it."""
        line = self._line()
        message = json.loads(line) if line else self._why_it_died()
        if isinstance(message, dict) and "error" in message:
            raise _refusal(message["error"], message["parts"], self._limits)
        return message

    def _line(self) -> bytes:
        """Return one line, or b"" at the end; only the time spent waiting for the child counts."""
        searched = 0
        while (at := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            block = self._block()
            if not block:
                return b""
            self._buffer += block
        line = bytes(self._buffer[:at])
        del self._buffer[: at + 1]
        return line

    def _block(self) -> bytes:
        if self._process.stdout is None:
            return b""
        began = time.monotonic()
        channel = self._process.stdout.fileno()
        ready, _, _ = select.select([channel], [], [], max(0.0, self._limits.wall - self._waited))
        self._waited += time.monotonic() - began
        if not ready:
            raise sheet_error("too_slow")
        return os.read(channel, 1 << 18)

    def _why_it_died(self) -> dict[str, Any]:
        code = self._process.wait()
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return {"error": "too_slow", "parts": {}}
        # A signal is an abort for want of memory; any other exit is a panic of the parser.
        too_big = code < 0 or code == _OUT_OF_MEMORY
        return {"error": "too_big" if too_big else "corrupt", "parts": {}}


@contextmanager
def open_book(path: str | Path, filename: str, limits: Limits = Limits()) -> Iterator[Book]:
    """Open a spreadsheet; its kind is told by the extension of ``filename`` and must agree with its content.

    The file is read in a child process, which ends with the context. Raises SheetError with what to do when the file
    is no spreadsheet, is damaged, has a password, or costs more than the limits.
    """
    extension = Path(filename).suffix.lower()
    if extension not in EXTENSIONS:
        raise sheet_error("extension")
    process = _start(path, extension, limits)
    try:
        yield Book(process, limits)
    finally:
        _end(process)


def _start(path: str | Path, extension: str, limits: Limits) -> subprocess.Popen[bytes]:
    bounds = json.dumps({name: getattr(limits, name) for name in Limits.__dataclass_fields__})
    script = Path(__file__).with_name("reader_process.py")
    # -I: neither the working directory nor the environment can put another module in the way.
    command = [sys.executable, "-I", str(script), str(Path(path).resolve()), extension, bounds]
    # The child is not told the site's secrets; and a parser that panics for want of memory must not stop to trace why.
    needed = {
        name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ
    }
    return subprocess.Popen(  # noqa: S603 - our own script, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**needed, "RUST_BACKTRACE": "0"},
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for channel in (process.stdin, process.stdout):
        if channel is not None:
            with suppress(BrokenPipeError):
                channel.close()
    process.wait()


def _refusal(code: str, parts: dict[str, object], limits: Limits) -> SheetError:
    if code == "too_large":
        parts = {"limit": limits.file // MEGABYTE}
    if code == "too_big":
        parts = {"rows": limits.rows, "columns": limits.columns}
    return sheet_error(code, **parts)


def _row(cells: list[Any]) -> list[Cell]:
    return [_day(cell) if type(cell) is list else cell for cell in cells]


def _day(parts: list[int]) -> date:
    """Return a date, or the datetime where the cell holds a time too."""
    if len(parts) == 1:
        return date.fromordinal(parts[0])
    return datetime.fromordinal(parts[0]) + timedelta(seconds=parts[1])
