"""The whole list of what is due."""

from io import BytesIO

import openpyxl
import pytest

from hatnhan.audit.models import Entry
from hatnhan.site.tests.queries import queries


@pytest.fixture
def work(due, place):
    due.add(place.village, "Việc trễ của thôn", days=-3)
    due.add(place.village, "Việc hôm nay của thôn", days=0, source="thu.hai")
    due.add(place.school, "Việc sắp đến của trường", days=20)
    due.add(place.school, "=1+1", days=60, source="thu.hai")
    return due


def titles(answer):
    return [one.title for one in answer.context["page"]]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("", ["Việc trễ của thôn", "Việc hôm nay của thôn", "Việc sắp đến của trường", "=1+1"]),
        ("?chi_bo=thon-chua", ["Việc trễ của thôn", "Việc hôm nay của thôn"]),
        ("?nguon=thu.hai", ["Việc hôm nay của thôn", "=1+1"]),
        ("?tinh_trang=qua-han", ["Việc trễ của thôn"]),
        ("?tinh_trang=hom-nay", ["Việc hôm nay của thôn"]),
        ("?tinh_trang=sap-den", ["Việc sắp đến của trường"]),
        ("?tinh_trang=chua-den&chi_bo=truong-thcs", ["=1+1"]),
        ("?tinh_trang=vo-nghia&chi_bo=khong-co", None),
        ("?don_vi=truong-thcs", ["Việc sắp đến của trường", "=1+1"]),
    ],
)
def test_filters_live_in_the_address(cast, work, address, found):
    expected = found or [one.title for one in work]
    assert titles(cast.secretary.get(f"/viec-den-han/{address}")) == expected


def test_each_chip_removes_one_filter(cast, work):
    page = cast.secretary.get("/viec-den-han/?chi_bo=thon-chua&tinh_trang=qua-han").content.decode()
    assert 'class="hn-chip" href="?tinh_trang=qua-han"' in page
    assert 'class="hn-chip" href="?chi_bo=thon-chua"' in page


def test_fifty_stand_on_a_page(cast, place, due):
    for number in range(51):
        due.add(place.village, f"Việc {number}", days=number)
    assert len(titles(cast.secretary.get("/viec-den-han/"))) == 50
    assert titles(cast.secretary.get("/viec-den-han/?trang=2")) == ["Việc 50"]
    assert titles(cast.secretary.get("/viec-den-han/?trang=xyz"))[0] == "Việc 0"


def test_a_filter_that_finds_nothing_says_so(cast, place, due):
    due.add(place.village, "Việc trễ", days=-3)
    assert (
        "Không có việc nào đúng" in cast.secretary.get("/viec-den-han/?tinh_trang=hom-nay").content.decode()
    )


def test_the_workbook_holds_just_what_is_shown_and_no_formula(cast, work):
    answer = cast.secretary.get("/viec-den-han/tai/?nguon=thu.hai")
    assert "viec-den-han-2018-10-29.xlsx" in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(BytesIO(answer.getvalue())).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["Việc hôm nay của thôn", "=1+1"]
    assert [row[4] for row in rows] == [0, 60]
    assert all(cell.data_type != "f" for row in sheet for cell in row)


def test_taking_the_list_away_is_recorded(cast, work):
    cast.secretary.get("/viec-den-han/tai/").getvalue()
    entry = Entry.objects.get(action="site:deadlines:export")
    assert (entry.actor, entry.details) == (cast.users.secretary, {"count": 4})


def test_a_member_gets_no_list_of_others(cast, work):
    assert "Ba tháng tới không có việc nào" in cast.member.get("/viec-den-han/").content.decode()
    cast.member.get("/viec-den-han/tai/").getvalue()
    assert Entry.objects.get().details == {"count": 0}


def test_the_list_asks_the_same_however_long(cast, place, due):
    due.add(place.village, "Việc đầu", days=-1)
    before = queries(cast.secretary, "/viec-den-han/")
    for _ in range(80):
        due.add(place.village, "Việc thêm", days=-1)
    assert queries(cast.secretary, "/viec-den-han/") == before
    assert before <= 12
