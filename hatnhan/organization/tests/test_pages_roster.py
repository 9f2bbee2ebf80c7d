"""The list of members: who sees what, how it is filtered, searched, sorted and taken away."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.periods import Period
from hatnhan.figures import registry
from hatnhan.figures.templatetags.figures import rows_address
from hatnhan.organization.filters import Filters
from hatnhan.organization.models import Badge, Exemption, Membership, Transfer, Unit, UnitVersion
from hatnhan.organization.selectors import roster
from hatnhan.organization.tests import make

URL = "/dang-vien/"
NOBODY = {"admitted_on": date(2017, 3, 2), "official_on": None}


def names(response):
    return [row.member.full_name for row, _cells in response.context["lines"]]


def found(client, **query):
    response = client.get(URL, query)
    assert response.status_code == 200
    return names(response)


# --- search --------------------------------------------------------------------------------------------------------
@pytest.fixture
def namesakes(place, people):
    for name in (
        "Lê Văn Đực",
        "Trần Văn Dục",
        "Trần Thị Đức",
        "Hoàng Đức Anh",
        "Vũ Thị Hóa",
        "Vũ Thị Hoá",
        "Bùi Văn Hòa",
    ):
        make.member(place.village, name)


def test_a_word_without_marks_finds_the_given_names_under_any_marks(cast, namesakes):
    assert found(cast.secretary, q="duc") == ["Trần Văn Dục", "Trần Thị Đức", "Lê Văn Đực"]


def test_a_word_with_marks_puts_those_who_bear_it_first(cast, namesakes):
    assert found(cast.secretary, q="đức") == ["Trần Thị Đức", "Trần Văn Dục", "Lê Văn Đực"]
    assert found(cast.secretary, q="ĐỰC")[0] == "Lê Văn Đực"


def test_the_place_of_the_tone_mark_counts_for_nothing(cast, namesakes):
    for typed in ("hóa", "hoá"):
        assert sorted(found(cast.secretary, q=typed)[:2]) == ["Vũ Thị Hoá", "Vũ Thị Hóa"]
        assert sorted(found(cast.secretary, q=f"thị {typed}")[:2]) == ["Vũ Thị Hoá", "Vũ Thị Hóa"]


def test_a_word_that_is_no_given_name_is_looked_for_in_the_whole_name(cast, namesakes):
    response = cast.secretary.get(URL, {"q": "hoàng"})
    assert names(response) == ["Hoàng Đức Anh"]
    assert "Không ai tên là “hoàng”" in response.content.decode()


def test_the_whole_name_can_be_asked_for(cast, namesakes):
    response = cast.secretary.get(URL, {"q": "đức"})
    address = response.context["whole_name"]
    assert "Hoàng Đức Anh" in names(cast.secretary.get(URL + address))


def test_several_words_stand_one_after_another(cast, namesakes):
    assert found(cast.secretary, q="van duc") == ["Trần Văn Dục", "Lê Văn Đực"]
    assert found(cast.secretary, q="văn đực") == ["Lê Văn Đực", "Trần Văn Dục"]
    assert found(cast.secretary, q="lê đực") == []


def test_the_very_name_typed_whole_stands_first(cast, place, people):
    make.member(place.village, "Nguyễn Thị Hoa")
    assert found(cast.secretary, q="nguyễn thị hòa") == ["Nguyễn Thị Hòa", "Nguyễn Thị Hoa"]


def test_digits_are_a_card_number(cast, place, people):
    make.member(place.village, "Kim Văn Thẻ", card_number="77001234")
    assert found(cast.secretary, q="77 001 234") == ["Kim Văn Thẻ"]


@pytest.mark.parametrize("text", ["%", "'", "_", "”", "=", "a" * 500, "zzzz", "đ" * 90])
def test_no_text_breaks_the_search(cast, text):
    assert cast.secretary.get(URL, {"q": text}).status_code == 200


# --- filters -------------------------------------------------------------------------------------------------------
def test_names_stand_in_vietnamese_order(cast, namesakes):
    everyone = found(cast.secretary)
    assert everyone.index("Hoàng Đức Anh") < everyone.index("Trần Văn Dục") < everyone.index("Trần Thị Đức")


def test_each_filter_narrows_the_list(cast, place, people):
    young = make.member(
        place.school,
        "Mai Trẻ",
        born_year=2000,
        sex="F",
        schooling="upper_secondary",
        degree="bachelor",
        **NOBODY,
    )
    make.post(people.member, place.village, "committee_member")
    Exemption.objects.create(member=people.member, start=date(2016, 1, 1))
    for query, expected in (
        ({"trang_thai": "du_bi"}, ["Mai Trẻ"]),
        ({"trang_thai": "mien"}, ["Nguyễn Thị Hòa"]),
        ({"tuoi": "den-30"}, ["Mai Trẻ"]),
        ({"tuoi_dang": "duoi-10"}, ["Mai Trẻ"]),
        ({"hoc_van": "upper_secondary"}, ["Mai Trẻ"]),
        ({"chuyen_mon": "bachelor"}, ["Mai Trẻ"]),
        ({"chuc_vu": "committee_member"}, ["Nguyễn Thị Hòa"]),
        ({"loai": "school", "gioi": "F", "hoc_van": "unknown"}, ["Lê Thị Bích"]),
        ({"chi_bo": "thon-chua", "gioi": "F"}, ["Tạ Thị Hiền", "Nguyễn Thị Hòa"]),
    ):
        with clock.fixed(date(2018, 10, 29)):
            assert found(cast.secretary, **query) == expected, query
    assert young.official_on is None


def test_a_chip_takes_one_filter_away(cast):
    response = cast.secretary.get(
        URL, {"gioi": "F", "chi_bo": "thon-chua", "cot": ["so_the", "sinh"], "ngay": "2018-10-29"}
    )
    words, address = next(chip for chip in response.context["chips"] if "Giới tính" in chip[0])
    assert words == "Giới tính: Nữ"
    assert address == "?ngay=2018-10-29&chi_bo=thon-chua&cot=so_the&cot=sinh"


def test_senseless_values_are_passed_over(cast):
    query = {
        "tuoi": "x",
        "trang": "z",
        "xep": "?",
        "cot": "none",
        "vao_tu": "31/2/2017",
        "vao_den": "31/12/9999",
        "roi": "2017-13",
    }
    assert len(found(cast.secretary, **query)) == 7


def test_columns_are_chosen(cast):
    page = cast.secretary.get(URL, {"cot": ["so_the", "gioi"]}).content.decode()
    heads = page.partition("<thead>")[2].partition("</thead>")[0]
    assert "Số thẻ" in heads
    assert "Giới tính" in heads
    assert "Tuổi Đảng" not in heads


def test_standing_posts_and_the_coming_badge_are_shown(cast, place, people):
    Transfer.objects.create(
        member=people.member,
        from_unit=place.village,
        to_unit=place.school,
        proposed_on=date(2020, 1, 3),
        letter_no="1",
    )
    make.member(place.village, "Dương Đức Cảnh", admitted_on=date(1968, 11, 7), official_on=date(1969, 11, 7))
    with clock.fixed(date(2018, 10, 29)):
        page = cast.secretary.get(URL).content.decode()
    assert "Chờ nơi nhận" not in page
    assert "đủ 50 năm, đợt 7/11" in page
    assert "Bí thư Đảng ủy" in page
    Badge.objects.create(member_id=people.member.pk, years=30, awarded_on=date(2019, 1, 1))
    with clock.fixed(date(2020, 2, 1)):
        assert "Chờ nơi nhận" in cast.secretary.get(URL).content.decode()


def test_as_of_another_day_the_list_and_the_names_of_cells_are_what_they_were(cast, place, people):
    UnitVersion.objects.filter(unit=place.village).update(name="Chi bộ thôn Cũ", end=date(2016, 1, 1))
    UnitVersion.objects.create(
        unit=place.village,
        parent=place.commune,
        name="Chi bộ thôn Chùa",
        cell_kind="village",
        start=date(2016, 1, 1),
    )
    gone = make.member(None, "Cao Văn Rời")
    Membership.objects.create(
        member=gone,
        unit=place.village,
        start=date(2010, 1, 1),
        end=date(2015, 6, 1),
        start_reason="recorded",
        end_reason="left",
    )
    assert "Cao Văn Rời" not in found(cast.secretary)
    then = cast.secretary.get(URL, {"ngay": "2015-05-31"})
    assert "Cao Văn Rời" in names(then)
    assert "Thôn Cũ" in then.content.decode()
    assert found(cast.secretary, roi="2015") == ["Cao Văn Rời"]
    assert found(cast.secretary, roi_tu="2/6/2015", roi_den="2015") == []


def test_every_figure_of_the_members_opens_onto_as_many_rows(cast, place, people):
    make.member(place.school, "Mai Trẻ", start=date(2017, 3, 2), born_year=1995, **NOBODY)
    Membership.objects.filter(member__full_name="Mai Trẻ").update(start_reason="admitted")
    gone = make.member(None, "Cao Văn Rời")
    Membership.objects.create(
        member=gone,
        unit=place.village,
        start=date(2010, 1, 1),
        end=date(2017, 6, 1),
        start_reason="recorded",
        end_reason="died",
    )
    checked = 0
    for figure in registry.compute(place.commune, Period.parse("2017"), prefix="organization.members"):
        response = cast.secretary.get(rows_address(figure))
        assert response.context["listing"].count == figure.measure.value, figure.measure.key
        checked += 1
    assert checked > 20


# --- who sees what -------------------------------------------------------------------------------------------------
def test_a_cells_secretary_sees_the_own_cell_only(cast):
    assert set(found(cast.school_secretary)) == {"Kim Văn Chiến", "Lê Đình Hợi", "Lê Thị Bích"}
    assert set(found(cast.school_secretary, don_vi="tam-hong")) == {
        "Kim Văn Chiến",
        "Lê Đình Hợi",
        "Lê Thị Bích",
    }
    assert "Tạ Thị Hiền" not in found(cast.school_secretary, chi_bo="thon-chua")


def test_a_member_sees_names_and_posts_of_the_own_cell_and_no_more(cast, people):
    response = cast.member.get(
        URL, {"cot": ["dien_thoai", "sinh"], "don_vi": "tam-hong", "trang_thai": "du_bi"}
    )
    page = response.content.decode()
    assert set(names(response)) == {
        "Phùng Minh Thông", "Tạ Thị Hiền", "Đỗ Văn Hải", "Nguyễn Thị Hòa"
    }  # fmt: skip
    assert "Bí thư chi bộ" in page
    assert "1960" not in page
    assert f"/dang-vien/{people.member.pk}/" in page
    assert f"/dang-vien/{people.deputy.pk}/" not in page


@pytest.mark.parametrize("role", ["administrator", "editor", "outsider"])
@pytest.mark.parametrize("url", [URL, "/dang-vien/tai/", "/to-chuc/"])
def test_who_holds_nothing_finds_nothing(cast, role, url):
    assert getattr(cast, role).get(url).status_code == 404


def test_contact_columns_are_empty_for_those_who_left_the_own_cell(cast, place, people):
    gone = make.member(place.school, "Cao Thị Vắng", phone="0912345678")
    Membership.objects.filter(member=gone).update(end=date(2016, 1, 1), end_reason="left")
    query = {"ngay": "2015-01-01", "cot": "dien_thoai"}
    assert "0912345678" not in cast.school_secretary.get(URL, query).content.decode()
    assert "0912345678" in cast.secretary.get(URL, query).content.decode()


# --- taking the list away ------------------------------------------------------------------------------------------
def book_of(response):
    return openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))


def test_the_workbook_holds_just_the_list_that_is_shown(cast, place, people):
    make.member(place.village, "=HYPERLINK(1)", card_number="=1+1")
    sheet = book_of(
        cast.secretary.get("/dang-vien/tai/", {"chi_bo": "thon-chua", "cot": ["so_the", "vao_dang"]})
    ).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Họ và tên", "Chức vụ", "Số thẻ", "Vào Đảng")
    assert [row[0] for row in rows[1:]] == found(cast.secretary, chi_bo="thon-chua")
    assert rows[1][3].date() == date(1990, 5, 19)
    assert {cell.data_type for row in sheet.iter_rows(max_col=3) for cell in row if cell.value} == {"s"}


def test_taking_the_list_away_is_recorded(cast, place):
    book_of(cast.secretary.get("/dang-vien/tai/", {"gioi": "F"}))
    entry = Entry.objects.get(action="organization:roster:export")
    assert (entry.unit_id, entry.details["rows"]) == (place.commune.pk, 3)


def test_a_member_cannot_take_the_list_away(cast):
    assert cast.member.get("/dang-vien/tai/").status_code == 404
    assert not Entry.objects.filter(action="organization:roster:export").exists()


# --- size ----------------------------------------------------------------------------------------------------------
def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("role", ["secretary", "village_secretary", "member"])
@pytest.mark.parametrize("query", ["", "?q=thu", "?loai=village&chuc_vu=co&cot=dien_thoai&xep=chi_bo"])
def test_the_list_costs_the_same_at_any_size(cast, place, role, query):
    client = getattr(cast, role)
    make.members(place.village, 4)
    before = queries(client, URL + query)
    for number in range(40):
        person = make.member(place.village, f"Nguyễn Văn Thu{number}")
        make.post(person, place.village, "committee_member")
        Exemption.objects.create(member=person, start=date(2016, 1, 1))
    assert queries(client, URL + query) == before
    assert before <= 12


def test_pages_of_fifty(cast, place):
    make.members(place.village, 60)
    first, second = found(cast.secretary), found(cast.secretary, trang="2")
    assert (len(first), len(second)) == (50, 17)
    assert not set(first) & set(second) - {"Nguyễn Văn Thứ"}


def test_other_rooms_find_people_by_the_same_selector(cast):
    unit = Unit.objects.get(code="tam-hong")
    whole = roster.roster_for(cast.users.secretary, unit, clock.today())
    assert roster.find(whole, Filters(q="Hải")).count == 1


@pytest.mark.parametrize("role", ["secretary", "village_secretary", "standing", "inspector"])
def test_the_list_offers_just_what_each_may_do(cast, role):
    client = getattr(cast, role)
    page = client.get("/dang-vien/")
    offered = {deed.label for deed in page.context["deeds"]}
    keeps, receives = role == "secretary", role in {"secretary", "village_secretary"}
    shown = page.content.decode()
    assert ('<a class="btn btn-primary" href="/dang-vien/ket-nap/">' in shown) == keeps
    assert ('<a class="btn btn-plain" href="/dang-vien/them/">' in shown) == keeps
    assert ("Nhập danh sách" in offered) == keeps
    assert ("Tiếp nhận từ nơi khác" in offered) == receives
    assert (client.get("/dang-vien/tiep-nhan/").status_code == 200) == receives
    assert shown.count('">In danh sách chi bộ') + shown.count("In theo chi bộ") <= 1


def test_the_filter_is_folded_away_until_something_is_filtered(cast):
    def box(address):
        shown = cast.secretary.get(address).content.decode()
        return shown[shown.index('<details class="hn-filter-box"') :].partition(">")[0]

    assert box("/dang-vien/").endswith("data-open-wide")
    assert box("/dang-vien/?xep=chi_bo").endswith("data-open-wide")
    assert box("/dang-vien/?trang_thai=du_bi").endswith(" open")
