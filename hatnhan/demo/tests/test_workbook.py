"""The workbooks that the demonstration makes."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner

from hatnhan.demo.workbook import main
from hatnhan.organization.roster.reading import read_roster

DAY = "2026-11-23"


@pytest.fixture
def make(tmp_path):
    def run(*options):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.xlsx"
        result = CliRunner().invoke(main, [str(path), "--day", DAY, *options])
        assert result.exit_code == 0, result.output
        return path

    return run


def cells(path):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]


def test_two_workbooks_of_a_day_are_the_same(make):
    assert cells(make()) == cells(make())


def test_the_workbook_looks_like_an_office_made_it(make):
    path = make()
    rows = cells(path)
    assert rows[3][0] == "DANH SÁCH ĐẢNG VIÊN"
    assert rows[6][:4] == ["STT", "Số thẻ", "Họ và tên", "Ngày sinh"]
    assert rows[7 + 587][0] == "Tổng cộng: 587 đảng viên"
    assert openpyxl.load_workbook(path).active.merged_cells.ranges


def test_the_import_understands_every_column_and_row(make):
    sheet = read_roster(make(), "a.xlsx", on=date(2026, 11, 23))
    rows = list(sheet.rows)
    assert len(rows) == 587
    assert not [problem for row in rows for problem in row.problems]
    assert not sheet.understanding.unused
    assert sheet.understanding.present >= {"joined_cell", "official", "schooling", "degree", "theory"}


def test_the_careless_one_has_the_usual_mistakes_and_the_mended_one_none(make):
    on = date(2026, 11, 23)
    faulty = [p.code for row in read_roster(make("--faulty"), "a.xlsx", on=on).rows for p in row.problems]
    # The sixth, a cell that does not exist, shows only beside the books.
    assert sorted(faulty) == ["day", "duplicate", "implausible", "missing_name", "order"]
    mended = list(read_roster(make("--mended"), "a.xlsx", on=on).rows)
    assert len(mended) == 12
    assert not [problem for row in mended for problem in row.problems]


def test_a_place_that_cannot_be_written_is_said_in_one_line(tmp_path):
    result = CliRunner().invoke(main, [str(tmp_path / "khong-co" / "a.xlsx"), "--faulty"])
    assert result.exit_code == 1
    assert "Không ghi được" in result.output
