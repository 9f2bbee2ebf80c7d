"""The roster as a workbook that imports back unchanged."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import xlsxwriter
from django.db.models import Exists, F, OuterRef

from hatnhan.core import vietnamese
from hatnhan.organization.models import Exemption, Member
from hatnhan.organization.models.member import Degree, Schooling, Sex, Theory
from hatnhan.organization.roster.book import FIELDS
from hatnhan.organization.rules import printed_card

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from hatnhan.organization.models import Unit

#: Headings as the import finds them, with the width of the column.
COLUMNS = (
    ("STT", 6),
    ("Số thẻ", 14),
    ("Họ và tên", 26),
    ("Ngày sinh", 12),
    ("Giới tính", 9),
    ("Dân tộc", 10),
    ("Nơi ở", 20),
    ("Nghề nghiệp", 18),
    ("Học vấn", 20),
    ("Chuyên môn", 14),
    ("Lý luận", 12),
    ("Điện thoại", 14),
    ("Thư điện tử", 24),
    ("Ngày vào Đảng", 14),
    ("Chính thức", 12),
    ("Chi bộ", 28),
    ("Về chi bộ từ", 13),
    ("Miễn công tác", 10),
)
_FIRST_ROW = 4
_CHOICES = {"sex": Sex, "schooling": Schooling, "degree": Degree, "theory": Theory}


def export_roster(unit: Unit, on: date, out: str | Path | IO[bytes]) -> int:
    """Write the members of a unit and of all below it on a day, by given name, and return how many there are."""
    options = {"constant_memory": True, "default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}
    with xlsxwriter.Workbook(out, options | {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Danh sách")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
        title = book.add_format({"bold": True, "font_size": 14})
        for index, (_heading, width) in enumerate(COLUMNS):
            sheet.set_column(index, index, width)
        sheet.write_string(0, 0, unit.name)
        sheet.write_string(1, 0, f"DANH SÁCH ĐẢNG VIÊN đến ngày {vietnamese.day(on)}", title)
        for index, (heading, _width) in enumerate(COLUMNS):
            sheet.write_string(_FIRST_ROW - 1, index, heading, bold)
        sheet.freeze_panes(_FIRST_ROW, 3)
        count = 0
        for count, cells in enumerate(_rows(unit, on), start=1):
            sheet.write_number(_FIRST_ROW + count - 1, 0, count)
            for index, cell in enumerate(cells, start=1):
                if cell not in (None, ""):
                    sheet.write(_FIRST_ROW + count - 1, index, cell)
        return count


def _rows(unit: Unit, on: date) -> Iterator[tuple[object, ...]]:
    labels = {name: {value: str(label) for value, label in kind.choices} for name, kind in _CHOICES.items()}
    exempt = Exists(Exemption.objects.on(on).filter(member=OuterRef("pk")))
    members = Member.objects.of(unit.pk, on).annotate(
        cell=F("memberships__unit__name"), since=F("memberships__start"), exempt=exempt
    )
    named = members.order_by("sort_key", "pk").values_list(*FIELDS, "cell", "since", "exempt", named=True)
    for m in named.iterator(chunk_size=2000):
        yield (
            printed_card(m.card_number),
            m.full_name,
            m.born_on or m.born_year,
            labels["sex"][m.sex],
            m.ethnicity,
            m.hamlet,
            m.occupation,
            labels["schooling"].get(m.schooling),
            labels["degree"].get(m.degree),
            labels["theory"].get(m.theory),
            m.phone,
            m.email,
            m.admitted_on,
            m.official_on,
            m.cell,
            m.since,
            "x" if m.exempt else "",
        )
