"""Levels of schooling, profession and political theory, from the many ways in which rosters write them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from hatnhan.core.vietnamese import fold
from hatnhan.organization.roster.cells import Fault, as_text, is_nothing
from hatnhan.organization.roster.words import say as _

if TYPE_CHECKING:
    from hatnhan.organization.roster.sheets import Cell

_GRADE = re.compile(r"(?:lop )?(\d{1,2}) (10|12)(?: (?:pho thong|pt|bo tuc|bt))?")
_SCHOOLING = (
    (
        "upper_secondary",
        re.compile(r"(thpt|ptth|trung hoc pho thong|cap (3|iii)|pho thong trung hoc|12|lop 12)\b.*"),
    ),
    ("lower_secondary", re.compile(r"(thcs|ptcs|trung hoc co so|cap (2|ii)|pho thong co so)\b.*")),
    ("primary", re.compile(r"(tieu hoc|cap (1|i)|th)\b.*")),
)
_DEGREE = (
    ("doctor", re.compile(r"(tien s[iy]|ts|pgs|gs)\b.*")),
    ("master", re.compile(r"(thac s[iy]|ths|cao hoc)\b.*")),
    ("bachelor", re.compile(r"(dai hoc|dh\w{0,3}|cu nhan|cn|k[yi] su|ks|bac s[iy]|bs|duoc s[iy])\b.*")),
    ("college", re.compile(r"(cao dang|cd\w{0,3})\b.*")),
    ("intermediate", re.compile(r"(trung cap|tc\w{0,2}|trung hoc chuyen nghiep|thcn|y s[iy])\b.*")),
    ("elementary", re.compile(r"(so cap|sc|so hoc)\b.*")),
)
_THEORY = (
    ("bachelor", re.compile(r"(cu nhan|cn)\b.*")),
    ("advanced", re.compile(r"(cao cap|cc)\b.*")),
    ("intermediate", re.compile(r"(trung cap|tc)\b.*")),
    ("elementary", re.compile(r"(so cap|sc)\b.*")),
)
# (grade that completes it, level) of the ten-year and the twelve-year school
_COMPLETED = {
    10: ((10, "upper_secondary"), (7, "lower_secondary"), (4, "primary")),
    12: ((12, "upper_secondary"), (9, "lower_secondary"), (5, "primary")),
}


def read_schooling(value: Cell) -> str:
    """Return the school level completed ("" of none): "7/10", "THCS", "Cấp 2".

    A spreadsheet turns a typed 7/10 into 7 October: such a date is read as the grade it was.
    """
    if isinstance(value, date):
        grade, years = _grade_of(value)
    elif found := _GRADE.fullmatch(fold(as_text(value))):
        grade, years = int(found[1]), int(found[2])
    else:
        return _choose(value, _SCHOOLING, _("Ghi “Tiểu học”, “THCS”, “THPT” hoặc lớp, ví dụ 7/10, 12/12"))
    if not 0 <= grade <= years:
        raise Fault("level", _("Không có lớp {grade}/{years}", grade=grade, years=years))
    return next((level for completed, level in _COMPLETED[years] if grade >= completed), "")


def read_degree(value: Cell) -> str:
    """Return the highest professional degree ("" of none): "Đại học Sư phạm", "ĐHSP", "Kỹ sư"."""
    return _choose(
        value, _DEGREE, _("Ghi “Sơ cấp”, “Trung cấp”, “Cao đẳng”, “Đại học”, “Thạc sĩ” hoặc “Tiến sĩ”")
    )


def read_theory(value: Cell) -> str:
    """Return the level of political theory ("" of none): "Trung cấp LLCT", "SC"."""
    return _choose(value, _THEORY, _("Ghi “Sơ cấp”, “Trung cấp”, “Cao cấp” hoặc “Cử nhân”"))


def _choose(value: Cell, levels: tuple[tuple[str, re.Pattern[str]], ...], remedy: str) -> str:
    if is_nothing(value):
        return ""
    text = fold(as_text(value))
    for level, pattern in levels:
        if pattern.fullmatch(text):
            return level
    if text.startswith(("chua ", "khong ")):
        return ""
    raise Fault("level", _("Không rõ trình độ nào"), remedy)


def _grade_of(value: date) -> tuple[int, int]:
    if value.month in _COMPLETED and value.day <= value.month:
        return value.day, value.month
    if value.day in _COMPLETED:
        return value.month, value.day
    raise Fault("level", _("Ô này là ngày, không phải lớp"), _("Ghi lớp dạng chữ, ví dụ '7/10"))
