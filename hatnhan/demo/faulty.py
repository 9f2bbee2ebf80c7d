"""A dozen rows of a careless office: six have the mistakes that rosters usually have, and here is how to mend them."""

from __future__ import annotations

from datetime import date

Value = str | int | date | None

#: What the demonstration's books say after importing the mended rows: so many members more.
NEW_MEMBERS = 11

_RIGHT: tuple[tuple[Value, ...], ...] = (
    ("00 009 001", "Phùng Thị Mẫn", date(1971, 5, 14), "Nữ", "Thôn Cầu Gạo", "Làm ruộng", date(1996, 9, 2), date(1997, 9, 2), "Thôn Cầu Gạo"),
    ("00 009 002", "Trần Đăng Khoa", date(1966, 2, 27), "Nam", "Thôn Đồng Sen", "Chăn nuôi", date(1986, 3, 31), date(1987, 3, 31), "Thôn Đồng Sen"),
    ("00 009 003", "Kim Văn Thuận", 1965, "Nam", "Thôn Gò Găng", "Hưu trí", date(1988, 2, 3), date(1989, 2, 3), "Thôn Gò Găng"),
    ("00 009 004", "Đỗ Thị Hậu", date(1979, 12, 1), "Nữ", "Thôn Ao Sen", "Buôn bán nhỏ", date(2005, 5, 19), date(2006, 5, 19), "Thôn Ao Sen"),
    ("00 009 005", "Lưu Đình Khiêm", date(1983, 7, 7), "Nam", "Thôn Bến Đá", "Thợ xây", date(2010, 9, 2), date(2011, 9, 2), "Thôn Bến Đá"),
    ("00 009 006", "Bùi Thị Nhẫn", date(1990, 10, 20), "Nữ", "Thôn Cầu Gạo", "Công nhân", date(2016, 5, 19), date(2017, 5, 19), "Thôn Cầu Gạo"),
    ("00 009 007", "Hoàng Gia Bách", date(1987, 1, 30), "Nam", "Thôn Chùa", "Lái xe", date(2015, 6, 12), date(2016, 6, 12), "Thôn Chùa"),
    ("00 009 008", "Vũ Thị Cẩm", date(1992, 8, 19), "Nữ", "Thôn Đình", "Giáo viên", date(2018, 11, 7), date(2019, 11, 7), "Trường Tiểu học"),
    ("00 009 009", "Ngô Bá Lương", 1958, "Nam", "Thôn Phú Cường", "Làm ruộng", date(1981, 12, 22), date(1982, 12, 22), "Thôn Phú Cường"),
    ("00 009 010", "Đào Thị Ngoan", date(1975, 4, 4), "Nữ", "Thôn Tân Tiến", "Làm ruộng", date(2001, 2, 3), date(2002, 2, 3), "Thôn Tân Tiến"),
    ("00 009 011", "Chu Văn Sáu", date(1969, 6, 16), "Nam", "Thôn Trại Mới", "Thợ mộc", date(1994, 5, 19), date(1995, 5, 19), "Thôn Trại Mới"),
)  # fmt: skip
#: Somebody who is in the books already, with another occupation.
_KNOWN = ("Nguyễn Thị Hòa", date(1985, 6, 1), "Nữ", "Thôn Đồng Sen", "Buôn bán nhỏ", date(2009, 3, 26), date(2010, 3, 26), "Thôn Đồng Sen")  # fmt: skip
_CARD, _NAME, _BIRTH, _ADMITTED, _OFFICIAL, _CELL = 0, 1, 2, 6, 7, 8

#: The mistakes: number of the row, column, what stands there.
_MISTAKES: tuple[tuple[int, int, Value], ...] = (
    (1, _ADMITTED, "31/2/1986"),
    (2, _BIRTH, 1865),
    (4, _CARD, "00 009 004"),
    (5, _CELL, "Thôn Cầu Gào"),
    (6, _OFFICIAL, date(2015, 5, 12)),
    (8, _NAME, None),
)


def mended_rows() -> list[list[Value]]:
    """Return the twelve rows without a mistake, in the order of the workbook's headings."""
    return [_laid_out(row) for row in (*_RIGHT, (None, *_KNOWN))]


def faulty_rows() -> list[list[Value]]:
    """Return the twelve rows with their six mistakes."""
    rows = [list(row) for row in (*_RIGHT, (None, *_KNOWN))]
    for number, column, wrong in _MISTAKES:
        rows[number][column] = wrong
    return [_laid_out(tuple(row)) for row in rows]


def _laid_out(row: tuple[Value, ...]) -> list[Value]:
    card, name, birth, sex, home, work, admitted, official, cell = row
    return [card, name, birth, sex, "Kinh", home, work, "12/12", None, "Sơ cấp", None, admitted, official, cell, None]
