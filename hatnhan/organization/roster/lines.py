"""Tells the rows of members from the other lines of a sheet: totals, signatures, repeated headings, group headings."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from hatnhan.core.vietnamese import fold
from hatnhan.organization.roster import headings as h
from hatnhan.organization.roster.headings import role_of
from hatnhan.organization.roster.words import say as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hatnhan.organization.roster.layout import Layout
    from hatnhan.organization.roster.sheets import Cell

_TOTAL = re.compile(
    r"(tong cong|tong so|cong|tong)( (chi bo|danh sach|toan dang bo|so dang vien|dang vien|co|la)\b.*)?"
    r"( \d[\d ]*)?( (dang vien|dong chi|d c|nguoi)\b.*)?"
)
_SIGNATURE = re.compile(
    r"(nguoi lap|nguoi ghi|nguoi ky|noi nhan|ky ten|ky ghi ro|t m|tm|k t|kt|dang uy|chi uy|(pho )?bi thu|thu truong|"
    r"xac nhan|(\w+ )*ngay( \d+)? thang( \d+)? nam)\b.*"
)
_GROUP = re.compile(
    r"(?:(?:[ivx]+|\d+|[a-d]) )?"
    r"((?:chi bo|thon|xom|to dan pho|khu dan cu|truong|tram|cong an|ban chi huy|doanh nghiep|hop tac xa) .+)"
)
_GROUP_START = re.compile(r"^\W*(?:(?:[IVXivx]+|\d+|[A-D])\s*[.):\-–/]?\s+)?(?=\w{2})")
_GROUP_COUNT = re.compile(r"\s*(?:\(.*\)|[:–-]\s*\d+.*)\s*$")
_NUMBERED = re.compile(r"\(?(\d{1,2}|[a-zA-Z])\)?")
_FEW_CELLS = 4
_SOME = 3
_LONGEST_GROUP = 200


class Lines:
    """Walks down a sheet and says of each row why it is no member, or None when it is one.

    ``group`` is the cell named over the rows at hand, "" when there is none.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        roles = {column.role: column.index for column in layout.columns}
        self._name = roles.get("full_name", roles.get(h.FAMILY_PART, 0))
        keys = ("card_number", "birth", h.BIRTH_MALE, h.BIRTH_FEMALE, "admitted", "official")
        self._keys = [roles[role] for role in keys if role in roles]
        self._headings = {fold(column.heading) for column in layout.columns}
        self._tail = False
        self._after_heading = True
        self._has_cell_column = "cell" in layout.present
        self.group = ""

    def why_not(self, cells: list[Cell]) -> str | None:
        """Return the reason to leave a row out ("" for a blank one), or None when it holds a member."""
        first, self._after_heading = self._after_heading, False
        name = cells[self._name] if self._name < len(cells) else None
        if isinstance(name, str) and name[:1] not in "HhTtCc" and not first and self._has_key(cells):
            self._tail = False
            return None  # the quick way for nearly all rows
        filled = [cell for cell in cells if cell is not None and cell != ""]
        if not filled:
            return ""
        if (first and _is_numbering(filled)) or self._is_heading(cells, name):
            self._after_heading = True
            return _("Dòng tiêu đề")
        return self._why_no_member(cells, filled, name)

    def _why_no_member(self, cells: list[Cell], filled: Sequence[Cell], name: Cell) -> str | None:
        texts = [cell for cell in filled if isinstance(cell, str)]
        folded = [fold(text) for text in texts]
        if _TOTAL.fullmatch(fold(name) if isinstance(name, str) else next(iter(folded), "")):
            self._tail = True
            return _("Dòng tổng cộng")
        if self._take_group(texts, filled):
            return _("Dòng tên nhóm") if self._has_cell_column else _("Tên chi bộ, dùng cho các dòng dưới")
        if self._has_key(cells):
            self._tail = False
            return None
        return self._beneath(folded, len(filled))

    def _beneath(self, folded: list[str], filled: int) -> str | None:
        """Return what a row is that has neither number nor date of a member, or None."""
        if any(_SIGNATURE.fullmatch(text) for text in folded) and filled <= _FEW_CELLS:
            self._tail = True
            return _("Dòng ký tên")
        if self._tail and filled <= _FEW_CELLS:
            return _("Dòng dưới bảng")
        return _("Chỉ có số thứ tự") if not folded and filled == 1 else None

    def _take_group(self, texts: list[str], filled: Sequence[Cell]) -> bool:
        """Take the name of a cell that stands alone in its row, perhaps beside its number."""
        names = {text for text in texts if len(text) <= _LONGEST_GROUP and _GROUP.fullmatch(fold(text))}
        others = [
            cell
            for cell in filled
            if isinstance(cell, str) and cell not in names and len(cell) > len("VIII.")
        ]
        if (
            len(names) != 1
            or others
            or len(filled) > _FEW_CELLS
            or any(isinstance(cell, date) for cell in filled)
        ):
            return False
        self._tail = False
        self.group = group_name(names.pop())
        return True

    def _has_key(self, cells: list[Cell]) -> bool:
        """Tell whether a number or date stands where a member has the card number, birth or Party days."""
        width = len(cells)
        return any(index < width and _has_digit(cells[index]) for index in self._keys)

    def _is_heading(self, cells: list[Cell], name: Cell) -> bool:
        """Tell a heading that comes again, as on every printed page, by the text in the column of the name."""
        if isinstance(name, str) and name[:1] in "HhTt" and role_of(name) in {"full_name", h.FAMILY_PART}:
            return True
        if name is not None:
            return False
        texts = [cell for cell in cells if isinstance(cell, str)]
        known = sum(fold(text) in self._headings or role_of(text) is not None for text in texts)
        return len(texts) >= 2 and known == len(texts) and not any(_has_digit(text) for text in texts)  # noqa: PLR2004


def group_name(text: str) -> str:
    """Return a cell's name without the number before it and the count behind it."""
    return _GROUP_COUNT.sub("", _GROUP_START.sub("", text, count=1)).strip()


def title_group(rows: list[list[Cell]]) -> str:
    """Return the cell named in the title rows above a heading ("CHI BỘ THÔN CHÙA"), "" when there is none."""
    for row in rows:
        for cell in row:
            if isinstance(cell, str) and re.fullmatch(r"chi bo( :)? .+", fold(cell)) and len(cell) <= 80:  # noqa: PLR2004
                return group_name(cell)
    return ""


def _is_numbering(filled: Sequence[Cell]) -> bool:
    """Tell the row "1 | 2 | 3" or "(A) | (1) | (2)" that numbers the columns."""
    return len(filled) >= _SOME and all(_NUMBERED.fullmatch(str(cell).strip()) for cell in filled)


def _has_digit(cell: Cell) -> bool:
    return any(map(str.isdigit, cell)) if isinstance(cell, str) else cell is not None
