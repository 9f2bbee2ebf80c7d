"""What one cell says: each reader returns the value, or raises Fault with why not and how to mend it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from hatnhan.core.vietnamese import (
    DayError,
    PartialDay,
    day,
    fold,
    number,
    parse_day_or_year,
    tidy_name,
)
from hatnhan.organization.roster.words import say as _

if TYPE_CHECKING:
    from hatnhan.organization.roster.sheets import Cell

YOUNGEST, OLDEST = 18, 110
FOUNDING = date(1930, 2, 3)
LONGEST_NAME = 80
LONGEST_EMAIL = 254
CARD_DIGITS = 8
_YEARS = range(1000, 2201)
_SERIALS = range(2201, 80_000)
_CENTURY = 100

_NAME = re.compile(r"[^\W\d_]+(?:[ '’.\-]+[^\W\d_]+)*\.?(?: ?\([^()]*\))?")
_EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+")
_PHONE = re.compile(r"0\d{9,10}")
_SPLIT = re.compile(r"[,;/]|\s-\s|\bhoặc\b")
_NOTHING = frozenset(["", "khong", "ko", "chua", "chua co", "khong co", "k"])


class Fault(ValueError):
    """Why a cell cannot be taken, and how to mend it, in Vietnamese; ``code`` is stable English."""

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.code, self.message = code, message
        self.remedy = remedy or _("Xem lại hồ sơ, sửa trong tệp")


def shown(value: Cell) -> str:
    """Return a value as the person sees it in the file."""
    if value is None:
        return _("(trống)")
    if isinstance(value, date):
        return day(value)
    return str(value)


def as_text(value: Cell) -> str:
    """Return a value as text ("" of an empty one); text arrives here in Unicode with single spaces."""
    if type(value) is str:
        return value
    return "" if value is None else shown(value)


def read_text(value: Cell, longest: int) -> str:
    """Return a free text of bounded length; a lone dash is nothing."""
    text = as_text(value)
    if len(text) > longest:
        raise Fault("too_long", _("Dài quá {longest} ký tự", longest=longest), _("Viết gọn lại trong tệp"))
    return text if len(text) > 1 or text.isalnum() else ""


def read_name(value: Cell) -> str:
    """Return a full name with proper capitals."""
    text = as_text(value)
    if not text:
        raise Fault("missing_name", _("Thiếu họ tên"), _("Điền, hoặc xóa dòng"))
    name = tidy_name(text)
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise Fault("odd_name", _("Họ tên có chữ số hoặc ký hiệu lạ"), _("Sửa họ tên trong tệp"))
    return name


def read_card_number(value: Cell) -> str:
    """Return the card number as digits, "00000318"; zeros that a spreadsheet dropped are put back."""
    text = as_text(value)
    digits = re.sub(r"[\s.\-]", "", text)
    if type(value) is int:
        digits = digits.zfill(CARD_DIGITS)
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit() and len(digits) == CARD_DIGITS):
        raise Fault("card_number", _("Số thẻ phải có 8 chữ số"), _("Xem lại thẻ, sửa trong tệp"))
    return digits


def read_sex(value: Cell) -> str | None:
    """Return "M", "F", or None of an empty cell."""
    word = fold(as_text(value))
    if not word:
        return None
    if word in {"nam", "m", "male", "trai"}:
        return "M"
    if word in {"nu", "f", "female", "gai"}:
        return "F"
    raise Fault("sex", _("Không rõ nam hay nữ"), _("Ghi “Nam” hoặc “Nữ”"))


def read_birth(value: Cell, on: date) -> PartialDay | None:
    """Return the birth date or year; refuse what would make a member on ``on`` younger than 18 or older than 110."""
    born = _partial(value)
    if born is None:
        return None
    age = on.year - born.year
    if age < 0 or (born.day is not None and born.day > on):
        raise Fault("future", _("Ngày sinh sau ngày {day}", day=day(on)))
    if age > OLDEST:
        raise Fault("implausible", _("Người này sẽ {age} tuổi", age=age), _century_later(born.year, on))
    if age < YOUNGEST:
        raise Fault("implausible", _("Người này mới {age} tuổi", age=age))
    return born


def read_day(value: Cell, on: date) -> date | None:
    """Return a whole day between the Party's founding and ``on``; a year alone is refused, nothing is made up."""
    partial = _partial(value)
    if partial is None:
        return None
    if partial.day is None:
        message = _("Chỉ có năm {year}, thiếu ngày và tháng", year=partial.year)
        raise Fault("year_only", message, _("Xem quyết định trong hồ sơ, ghi đủ ngày, tháng, năm"))
    if partial.day > on:
        raise Fault("future", _("Ngày này sau ngày {day}", day=day(on)))
    if partial.day < FOUNDING:
        raise Fault("implausible", _("Trước ngày thành lập Đảng"), _century_later(partial.year, on))
    return partial.day


def read_phone(value: Cell) -> str:
    """Return a Vietnamese telephone number as digits from 0 on; a zero that a spreadsheet dropped is put back."""
    text = as_text(value)
    if not text:
        return ""
    if _SPLIT.search(text):
        raise Fault("phone", _("Có hơn một số điện thoại"), _("Giữ một số"))
    digits = re.sub(r"[\s.()\-]", "", text).removeprefix("+84").removeprefix("0084")
    if type(value) is int or not digits.startswith("0"):
        digits = "0" + digits.removeprefix("0")
    if not (digits.isascii() and _PHONE.fullmatch(digits)):
        raise Fault("phone", _("Số điện thoại phải có 10 hoặc 11 chữ số"), _("Sửa hoặc xóa ô này"))
    return digits


def read_email(value: Cell) -> str:
    """Return an e-mail address in small letters."""
    text = as_text(value).lower()
    if text in {"", "-"}:
        return ""
    if not text.isascii() or len(text) > LONGEST_EMAIL or not _EMAIL.fullmatch(text):
        raise Fault("email", _("Không phải địa chỉ thư điện tử"), _("Sửa hoặc xóa ô này"))
    return text


def read_exempt(value: Cell) -> bool:
    """Tell whether the member is exempt from work and meetings: a cross, "Miễn…", "Có" or a date say yes."""
    if value is None or isinstance(value, bool):
        return bool(value)
    word = fold(as_text(value))
    if word in _NOTHING | {"0", "false"}:
        return False
    if isinstance(value, date) or word in {"x", "co", "1", "true"} or word.startswith(("mien", "duoc mien")):
        return True
    raise Fault(
        "exempt", _("Không rõ có được miễn hay không"), _("Ghi “x” nếu được miễn, để trống nếu không")
    )


def is_nothing(value: Cell) -> bool:
    """Tell whether a cell of a choice says that there is none."""
    return fold(as_text(value)) in _NOTHING


def _partial(value: Cell) -> PartialDay | None:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return PartialDay(value.year, value)
    text = as_text(value)
    if not text or not any(sign.isalnum() for sign in text):
        return None
    if type(value) is int and value not in _YEARS:
        raise _bare_number(value)
    try:
        return parse_day_or_year(text)
    except DayError as error:
        raise Fault(error.code, error.message_vi, _remedies().get(error.code, "")) from None


def _bare_number(value: int) -> Fault:
    """Say which day a bare count of days would be (the cell lost its date format), without taking it for one."""
    if value in _SERIALS:
        meant = date.fromordinal(date(1899, 12, 30).toordinal() + value)
        message = _("Ô chỉ có số {number}, có thể là ngày {day}", number=number(value), day=day(meant))
        return Fault("serial", message, _("Định dạng lại ô thành ngày, hoặc ghi ngày theo dạng 5/11/2018"))
    return Fault("unreadable", _("“{text}” không phải là ngày", text=value), _remedies()["unreadable"])


def _century_later(year: int, on: date) -> str:
    later = year + _CENTURY
    if YOUNGEST <= on.year - later <= OLDEST:
        return _("Có phải {year}? Sửa trong tệp", year=later)
    return ""


def _remedies() -> dict[str, str]:
    return {
        "year_digits": _("Ghi năm đủ bốn chữ số, ví dụ 1986"),
        "incomplete": _("Ghi đủ ngày, tháng, năm; nếu không rõ ngày sinh thì chỉ ghi năm"),
        "unreadable": _("Ghi ngày theo dạng 5/11/2018"),
    }
