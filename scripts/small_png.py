"""Make a picture of a screen smaller: 256 colours are enough for one, and a palette takes a third of the room."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Colour = tuple[int, ...]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
_HEADER = ">IIBBBBB"
_TRUE_COLOUR, _PALETTE, _DEPTH, _CHANNELS = 2, 3, 8, 3
_SUB, _UP, _AVERAGE = 1, 2, 3


def shrink(path: Path) -> None:
    """Write a picture anew with the colours used most; those left out become the nearest of these.

    Takes what Chromium makes: 8 bits, true colour, no transparency, not interlaced; raises ValueError for any other.
    """
    parts = list(_parts(path.read_bytes()))
    width, height, *kind = struct.unpack(_HEADER, parts[0][1])
    if kind != [_DEPTH, _TRUE_COLOUR, 0, 0, 0]:
        raise ValueError(path)
    data = zlib.decompress(b"".join(body for name, body in parts if name == b"IDAT"))
    rows = [list(zip(*[iter(row)] * _CHANNELS, strict=True)) for row in _rows(data, width * _CHANNELS)]
    palette, place = _palette(Counter(colour for row in rows for colour in row))
    lines = b"".join(b"\0" + bytes(place[colour] for colour in row) for row in rows)
    path.write_bytes(
        SIGNATURE
        + _part(b"IHDR", struct.pack(_HEADER, width, height, _DEPTH, _PALETTE, 0, 0, 0))
        + _part(b"PLTE", b"".join(map(bytes, palette)))
        + _part(b"IDAT", zlib.compress(lines, 9))
        + _part(b"IEND", b"")
    )


def _parts(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(picture):
        (size,) = struct.unpack_from(">I", picture, at)
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + size]
        at += size + 12


def _part(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _rows(data: bytes, length: int) -> Iterator[bytearray]:
    """Undo what PNG does to each row so that it packs well: every byte is told as the difference from a guess."""
    above = bytearray(length)
    for start in range(0, len(data), length + 1):
        row = bytearray(data[start + 1 : start + 1 + length])
        _restore(data[start], row, above)
        yield row
        above = row


def _restore(how: int, row: bytearray, above: bytearray) -> None:
    for at in range(len(row)) if how else ():
        left, corner = (row[at - _CHANNELS], above[at - _CHANNELS]) if at >= _CHANNELS else (0, 0)
        row[at] = (row[at] + _guess(how, left, above[at], corner)) % 256


def _guess(how: int, left: int, up: int, corner: int) -> int:
    if how == _SUB:
        return left
    if how == _UP:
        return up
    if how == _AVERAGE:
        return (left + up) // 2
    sure = left + up - corner
    return min((left, up, corner), key=lambda one: abs(sure - one))


def _palette(counted: Counter[Colour]) -> tuple[list[Colour], dict[Colour, int]]:
    """Return the colours kept, and for every colour the place of the one that stands for it."""
    kept = [colour for colour, _times in counted.most_common(COLOURS)]
    place = {colour: at for at, colour in enumerate(kept)}
    for colour in counted:
        if colour not in place:
            place[colour] = min(range(len(kept)), key=lambda at: _apart(kept[at], colour))
    return kept, place


def _apart(one: Colour, other: Colour) -> int:
    return sum((here - there) ** 2 for here, there in zip(one, other, strict=True))
