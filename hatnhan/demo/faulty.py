"""A dozen rows of a careless office: six have the mistakes that rosters usually have, and here is how to mend them."""

from __future__ import annotations

from datetime import date

from hatnhan.core.periods import add_months

Value = str | int | date | None

#: What the demonstration's books say after importing the mended rows: so many members more.
NEW_MEMBERS = 11

#: Card, name, birth, sex, home, occupation, admission, cell. The last one is in the books already, with other work.
_RIGHT = """
00 009 001 | Phùng Thị Mẫn | 1971-05-14 | Nữ | Thôn Cầu Gạo | Làm ruộng | 1996-09-02 | Thôn Cầu Gạo
00 009 002 | Trần Đăng Khoa | 1966-02-27 | Nam | Thôn Đồng Sen | Chăn nuôi | 1986-03-31 | Thôn Đồng Sen
00 009 003 | Kim Văn Thuận | 1965 | Nam | Thôn Gò Găng | Hưu trí | 1988-02-03 | Thôn Gò Găng
00 009 004 | Đỗ Thị Hậu | 1979-12-01 | Nữ | Thôn Ao Sen | Buôn bán nhỏ | 2005-05-19 | Thôn Ao Sen
00 009 005 | Lưu Đình Khiêm | 1983-07-07 | Nam | Thôn Bến Đá | Thợ xây | 2010-09-02 | Thôn Bến Đá
00 009 006 | Bùi Thị Nhẫn | 1990-10-20 | Nữ | Thôn Cầu Gạo | Công nhân | 2016-05-19 | Thôn Cầu Gạo
00 009 007 | Hoàng Gia Bách | 1987-01-30 | Nam | Thôn Chùa | Lái xe | 2015-06-12 | Thôn Chùa
00 009 008 | Vũ Thị Cẩm | 1992-08-19 | Nữ | Thôn Đình | Giáo viên | 2018-11-07 | Trường Tiểu học
00 009 009 | Ngô Bá Lương | 1958 | Nam | Thôn Phú Cường | Làm ruộng | 1981-12-22 | Thôn Phú Cường
00 009 010 | Đào Thị Ngoan | 1975-04-04 | Nữ | Thôn Tân Tiến | Làm ruộng | 2001-02-03 | Thôn Tân Tiến
00 009 011 | Chu Văn Sáu | 1969-06-16 | Nam | Thôn Trại Mới | Thợ mộc | 1994-05-19 | Thôn Trại Mới
 | Nguyễn Thị Hòa | 1985-06-01 | Nữ | Thôn Đồng Sen | Buôn bán nhỏ | 2009-03-26 | Thôn Đồng Sen
"""
#: Where in a row of the workbook, without its number, these stand.
_CARD, _NAME, _BIRTH, _ADMITTED, _OFFICIAL, _CELL = 0, 1, 2, 11, 12, 13

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
    return [
        _laid_out(*(part.strip() for part in line.split("|"))) for line in _RIGHT.strip("\n").splitlines()
    ]


def faulty_rows() -> list[list[Value]]:
    """Return the twelve rows with their six mistakes."""
    rows = mended_rows()
    for number, column, wrong in _MISTAKES:
        rows[number][column] = wrong
    return rows


def _laid_out(*parts: str) -> list[Value]:
    card, name, birth, sex, home, work, admitted, cell = parts
    born: Value = date.fromisoformat(birth) if "-" in birth else int(birth)
    joined = date.fromisoformat(admitted)
    party: list[Value] = [joined, add_months(joined, 12), cell, None]
    return [card, name, born, sex, "Kinh", home, work, "12/12", None, "Sơ cấp", None, *party]
