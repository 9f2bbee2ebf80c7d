"""The official papers of the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import vietnamese
from hatnhan.documents.registry import document
from hatnhan.documents.types import Column, Paper, Signature, Table
from hatnhan.organization.selectors import sheet
from hatnhan.organization.selectors.units import short_name

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.documents.types import Scope

_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Họ và tên", 2.6),
    Column("Ngày sinh", 1.25, "center"),
    Column("Giới tính", 0.7, "center"),
    Column("Vào Đảng", 1.25, "center"),
    Column("Chính thức", 1.25, "center"),
    Column("Số thẻ", 1.25, "center"),
    Column("Chức vụ", 1.6),
    Column("Ghi chú", 1.3),
)


#: Words that begin a cell's name and are no name themselves.
_COMMON_WORDS = ("Thôn", "Trường", "Trạm", "Cơ quan", "Công an", "Quân sự", "Hợp tác xã", "Doanh nghiệp")


@document("organization.cell_list", title=gettext_lazy("Danh sách đảng viên chi bộ"))
def cell_list(scope: Scope, on: date) -> Paper:
    """Draw up the list of a cell's members on a day, for the secretary to sign."""
    cell = sheet.of(scope.pk, on)
    sentence = _(
        "Tổng số: %(total)s đảng viên, trong đó %(official)s chính thức, %(probationary)s dự bị."
    ) % {
        "total": vietnamese.number(len(cell.rows)),
        "official": vietnamese.number(cell.official),
        "probationary": vietnamese.number(len(cell.rows) - cell.official),
    }
    return Paper(
        superior=cell.superior,
        issuer=cell.name,
        place=cell.place,
        day=on,
        title=_("Danh sách"),
        abstract=_("đảng viên %(cell)s") % {"cell": f"chi bộ {_small(short_name(cell.name))}"},
        table=Table(_COLUMNS, tuple((str(number), *row) for number, row in enumerate(cell.rows, start=1))),
        closing=(sentence,),
        signatures=(Signature("T/M CHI BỘ", "BÍ THƯ", cell.secretary),),
        recipients=(_("Đảng ủy (để báo cáo);"), _("Lưu Chi bộ.")),
        landscape=True,
    )


def _small(text: str) -> str:
    """Return a cell's short name as it stands inside a line: "Thôn Chùa" as "thôn Chùa"."""
    return text[:1].lower() + text[1:] if text.startswith(_COMMON_WORDS) else text
