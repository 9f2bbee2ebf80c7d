"""`hatnhan roster import|export`: every kind of file, looking first, what programs read, how it fails."""

from __future__ import annotations

import json
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner

from hatnhan.accounts.actors import MACHINE
from hatnhan.core import clock
from hatnhan.organization.actions.exemptions import exempt
from hatnhan.organization.actions.memberships import start_temporary
from hatnhan.organization.commands import COMMANDS
from hatnhan.organization.models import Exemption, Member, Membership
from hatnhan.organization.roster.tests.books import save_csv, save_ods, save_xls, save_xlsx
from hatnhan.organization.tests import make

DAY = date(2026, 11, 23)
HEADING = ["STT", "Số thẻ", "Họ và tên", "Ngày sinh", "Giới tính", "Ngày vào Đảng", "Chính thức", "Chi bộ"]
TITLE = ["DANH SÁCH ĐẢNG VIÊN"]
AN = [1, "00000901", "Nguyễn Văn An", "5/11/1965", "Nam", "3/2/1990", "3/2/1991", "Thôn Chùa"]
BE = [2, "00000902", "Lê Thị Bé", "1970", "Nữ", "19.5.1995", "19.5.1996", "Trường THCS"]
SAVES = {"xlsx": save_xlsx, "xls": save_xls, "ods": save_ods, "csv": save_csv}


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(DAY):
        yield


def run(*arguments):
    return CliRunner().invoke(COMMANDS[0], [str(argument) for argument in arguments])


def told(*arguments, code=0):
    done = run("import", *arguments, "--unit", "tam-hong", "--json")
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


@pytest.mark.parametrize("kind", SAVES)
def test_every_kind_of_file_is_looked_at_then_written_then_unchanged(kind, place, tmp_path):
    file = SAVES[kind](tmp_path / f"ds.{kind}", [TITLE, HEADING, AN, BE])
    looked = told(file, "--dry-run")
    assert (looked["counts"]["new"], looked["written"]) == (2, False)
    assert not Member.objects.exists()
    assert told(file)["written"]
    names = {m.member.full_name: m.unit.code for m in Membership.objects.select_related("member", "unit")}
    assert names == {"Nguyễn Văn An": "thon-chua", "Lê Thị Bé": "truong-thcs"}
    assert Member.objects.get(card_number="00000902").born_on is None
    again = told(file)
    assert again["counts"] == {"new": 0, "changed": 0, "unchanged": 2, "problem": 0, "question": 0}


def test_programs_are_told_of_every_row(place, tmp_path):
    told(save_xlsx(tmp_path / "mot.xlsx", [HEADING, AN, BE]))
    moved = [*BE[:7], "Thôn Chùa"]
    wrong = [3, "00000903", "Trần Văn Cả", "31/2/1960", "Nam", "3/2/1990", "3/2/1991", "Thôn Chùa"]
    new = [4, "00000904", "Bùi Thị Dung", "1/1/1990", "Nữ", "3/2/2015", "3/2/2016", "Thôn Chùa"]
    with clock.fixed(date(2026, 11, 24)):
        said = told(save_xlsx(tmp_path / "hai.xlsx", [HEADING, AN, moved, wrong, new]), code=1)
    rows = {row["row"]: row for row in said["rows"]}
    assert {number: row["status"] for number, row in rows.items()} == {
        2: "unchanged",
        3: "changed",
        4: "problem",
        5: "new",
    }
    assert rows[3]["changes"][0] | {"field": "cell", "new": "Chi bộ thôn Chùa"} == rows[3]["changes"][0]
    (problem,) = rows[4]["problems"]
    assert (problem["cell"], problem["shown"]) == ("D4", "31/2/1960")
    assert problem["message"]
    assert problem["remedy"]
    assert said["written"] is False
    assert Member.objects.count() == 2, "one bad row and nothing is written"


def test_people_are_told_in_words(place, tmp_path):
    file = save_xlsx(tmp_path / "a.xlsx", [HEADING, AN])
    assert "Chỉ xem trước, chưa ghi gì." in run("import", file, "--unit", "tam-hong", "--dry-run").stdout
    assert "Đã ghi cả tệp." in run("import", file, "--unit", "tam-hong").stdout
    assert "Tệp giống hệt sổ" in run("import", file, "--unit", "tam-hong").stdout


def test_what_is_exported_comes_back_unchanged_whoever_it_is(place, people, tmp_path):
    elder = make.member(place.village, "Nguyễn Thị Già", born_year=1941, card_number=None)
    exempt(by=MACHINE, at=clock.now(), member=elder, start=DAY, decision_no="1-QĐ")
    make.member(
        place.village, "Trần Văn Mới", admitted_on=date(2026, 3, 1), official_on=None, start=date(2026, 3, 1)
    )
    guest = make.member(place.school, "Lê Văn Khách", born_on=date(1960, 2, 29))
    start_temporary(
        by=MACHINE, at=clock.now(), member=guest, cell=place.village, start=DAY, end=None, decision_no="2-QĐ"
    )
    gone = make.member(place.village, "Cao Văn Rời")
    Membership.objects.filter(member=gone).update(end=date(2020, 1, 1), end_reason="left")
    file = tmp_path / "xuat.xlsx"
    done = run("export", file, "--unit", "tam-hong")
    here = len(vars(people)) + 3
    assert (done.exit_code, done.stdout) == (0, f"Đã ghi {here} đảng viên vào {file}.\n")
    rows = list(openpyxl.load_workbook(file).active.iter_rows(min_row=5, values_only=True))
    assert [row[2] for row in rows].count("Lê Văn Khách") == 1, "once, in the official cell"
    assert {row[2]: row[3] for row in rows}["Nguyễn Thị Già"] == 1941
    said = told(file)
    assert said["counts"] == {"new": 0, "changed": 0, "unchanged": here, "problem": 0, "question": 0}
    assert Exemption.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["import", "{file}", "--unit", "khong-co"], 1, "Không có tổ chức mang mã “khong-co”"),
        (["export", "{folder}/a.xlsx", "--unit", "khong-co"], 1, "Không có tổ chức mang mã “khong-co”"),
        (["export", "{folder}/a.csv", "--unit", "tam-hong"], 2, ".xlsx"),
    ],
)
def test_what_cannot_be_is_said_and_leaves_nothing(arguments, code, words, place, tmp_path):
    file = save_xlsx(tmp_path / "ds.xlsx", [HEADING, AN])
    done = run(*(argument.format(file=file, folder=tmp_path) for argument in arguments))
    assert done.exit_code == code
    assert words in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["ds.xlsx"]
    assert not Member.objects.exists()
