"""Write the commune's roster as its office would: `python -m hatnhan.demo.workbook danh-sach.xlsx`.

With ``--faulty`` a dozen rows with the six mistakes that rosters usually have, with ``--mended`` the same put right.
"""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import xlsxwriter

from hatnhan.core import clock
from hatnhan.core.vietnamese import paper_day, sort_key
from hatnhan.demo.faulty import faulty_rows, mended_rows
from hatnhan.demo.lives import SEED
from hatnhan.demo.people import grade
from hatnhan.demo.places import BY_CODE, CELLS
from hatnhan.demo.tale import tell_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hatnhan.demo.people import Person

Value = str | int | date | None

HEADINGS = (
    ("STT", 5), ("Số thẻ", 12), ("Họ và tên", 26), ("Ngày sinh", 11), ("Giới tính", 7), ("Dân tộc", 9), ("Nơi ở", 18),
    ("Nghề nghiệp", 18), ("Học vấn", 8), ("Chuyên môn", 14), ("Lý luận", 10), ("Điện thoại", 13), ("Ngày vào Đảng", 12),
    ("Chính thức", 12), ("Chi bộ", 30), ("Về chi bộ từ", 12),
)  # fmt: skip
_SEXES = {"M": "Nam", "F": "Nữ"}
_DEGREES = {
    "": "", "elementary": "Sơ cấp", "intermediate": "Trung cấp", "college": "Cao đẳng", "bachelor": "Đại học",
    "master": "Thạc sĩ",
}  # fmt: skip
_THEORIES = {"": "", "elementary": "Sơ cấp", "intermediate": "Trung cấp", "advanced": "Cao cấp"}


def roster_rows(people: Sequence[Person]) -> list[list[Value]]:
    """Return the rows of people, cell by cell, by name within each."""
    order = {place.code: number for number, place in enumerate(CELLS)}
    ordered = sorted(people, key=lambda p: (order[p.last.cell], sort_key(p.full_name), p.born_year))
    return [_row(person) for person in ordered]


def _row(person: Person) -> list[Value]:
    card = person.card_number
    return [
        f"{card[:2]} {card[2:5]} {card[5:]}" if card else None,
        person.full_name,
        person.born_on or person.born_year,
        _SEXES[person.sex],
        person.ethnicity,
        BY_CODE[person.home].hamlet,
        person.occupation,
        grade(person),
        _DEGREES[person.degree],
        _THEORIES[person.theory],
        person.phone,
        person.admitted_on,
        person.official_on,
        BY_CODE[person.last.cell].name,
        person.last.start,
    ]


def write_workbook(path: Path, rows: Sequence[Sequence[Value]], day: date) -> None:
    """Write rows (without their number) under the head that such papers have, and with their foot."""
    book = xlsxwriter.Workbook(path, {"in_memory": True})
    book.set_properties({"title": "Danh sách đảng viên", "created": datetime(day.year, day.month, day.day)})  # noqa: DTZ001 - a property without zone
    sheet = book.add_worksheet("Danh sách")
    last = len(HEADINGS) - 1
    bold = book.add_format({"bold": True, "align": "center"})
    italic = book.add_format({"italic": True, "align": "center"})
    sheet.merge_range(0, 0, 0, 6, "ĐẢNG BỘ TỈNH PHÚ THỌ", italic)
    sheet.merge_range(0, 8, 0, last, "ĐẢNG CỘNG SẢN VIỆT NAM", bold)
    sheet.merge_range(1, 0, 1, 6, "ĐẢNG ỦY XÃ TAM HỒNG", bold)
    sheet.merge_range(3, 0, 3, last, "DANH SÁCH ĐẢNG VIÊN", bold)
    sheet.merge_range(4, 0, 4, last, f"Tính đến {paper_day(day)}", italic)
    _write_table(book, sheet, rows)
    foot = 7 + len(rows)
    sheet.merge_range(foot, 0, foot, last, f"Tổng cộng: {len(rows)} đảng viên", bold)
    sheet.merge_range(foot + 2, 11, foot + 2, last, f"Tam Hồng, {paper_day(day)}", italic)
    sheet.merge_range(foot + 3, 0, foot + 3, 4, "NGƯỜI LẬP BIỂU", bold)
    sheet.merge_range(foot + 3, 11, foot + 3, last, "T/M ĐẢNG ỦY", bold)
    sheet.merge_range(foot + 4, 11, foot + 4, last, "BÍ THƯ", bold)
    book.close()


def _write_table(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, rows: Sequence[Sequence[Value]]
) -> None:
    heading = book.add_format(
        {"bold": True, "border": 1, "align": "center", "text_wrap": True, "bg_color": "#EEEEEE"}
    )
    cell = book.add_format({"border": 1})
    day = book.add_format({"border": 1, "num_format": "dd/mm/yyyy", "align": "center"})
    for column, (title, width) in enumerate(HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(6, column, title, heading)
    sheet.freeze_panes(7, 3)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate([number, *row]):
            if isinstance(value, date):
                sheet.write_datetime(6 + number, column, value, day)
            elif value in {None, ""}:
                sheet.write_blank(6 + number, column, None, cell)
            elif isinstance(value, int):
                sheet.write_number(6 + number, column, value, cell)
            else:
                sheet.write_string(6 + number, column, value, cell)


@click.command()
@click.argument("path", metavar="TỆP.xlsx", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--faulty", "kind", flag_value="faulty", help="Mười hai dòng, sáu dòng có lỗi thường gặp.")
@click.option("--mended", "kind", flag_value="mended", help="Mười hai dòng ấy, đã sửa.")
@click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), help="Tính đến ngày (2026-11-23); không ghi thì là hôm nay."
)
@click.option("--seed", default=SEED, show_default=True, help="Số gốc để dựng tên người và sự việc.")
def main(path: Path, kind: str | None, day: datetime | None, seed: int) -> None:
    """Ghi danh sách đảng viên xã Tam Hồng (dữ liệu dựng, không phải người thật) ra một tệp Excel."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hatnhan.config.settings")
    os.environ.setdefault("HATNHAN_MODE", "demo")
    on = day.date() if day else clock.today()
    rows = {"faulty": faulty_rows, "mended": mended_rows}.get(kind or "")
    written = rows() if rows else roster_rows(tell_all(on, seed).world.present)
    try:
        write_workbook(path, written, on)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise click.ClickException(f"Không ghi được {path}: {error}") from error
    click.echo(f"{path}: {len(written)} dòng")


if __name__ == "__main__":
    main()
