"""Choosing the unit and the day."""

import pytest

from hatnhan.organization.tests import make
from hatnhan.site.tests.queries import queries


def chosen(client):
    context = client.get("/").context
    return context["place"].code, context["as_of"].isoformat()


def test_the_choice_stays_for_the_pages_that_follow(cast, due):
    cast.secretary.post("/cho-dung/", {"don_vi": "truong-thcs"})
    cast.secretary.post("/cho-dung/", {"ngay": "31/12/2017"})
    assert chosen(cast.secretary) == ("truong-thcs", "2017-12-31")


def test_a_unit_that_is_not_ones_own_is_passed_over(cast, due):
    for code in ("truong-thcs", "tam-hong", "khong-co"):
        cast.village_secretary.post("/cho-dung/", {"don_vi": code})
        assert chosen(cast.village_secretary)[0] == "thon-chua"


def test_today_is_not_kept_so_that_tomorrow_is_today_again(cast, due):
    cast.secretary.post("/cho-dung/", {"ngay": "31/12/2017"})
    cast.secretary.post("/cho-dung/", {"ngay": "29/10/2018"})
    assert "ngay" not in cast.secretary.session


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("31/2/2017", "Tháng 2 không có ngày 31."),
        ("hôm kia", "không phải là ngày."),
        ("30/10/2018", "Ngày này chưa đến."),
        ("2019", "Ngày này chưa đến."),
        ("1/1/1930", "Chưa có Đảng vào ngày này."),
        ("", "Gõ ngày, tháng, năm."),
    ],
)
def test_a_bad_day_stays_as_typed_with_the_reason(cast, due, typed, reason):
    page = cast.secretary.post("/cho-dung/", {"ngay": typed, "tiep": "/so-lieu/"}).content.decode()
    assert reason in page
    assert f'value="{typed}"' in page or not typed
    assert "<title>Lỗi: " in page
    assert 'name="tiep" value="/so-lieu/"' in page
    assert chosen(cast.secretary)[1] == "2018-10-29"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2017", "2017-12-31"),
        ("2018", "2018-10-29"),
        ("1.5.2016", "2016-05-01"),
        ("2015-06-30", "2015-06-30"),
    ],
)
def test_days_are_read_as_people_write_them(cast, due, typed, day):
    cast.secretary.post("/cho-dung/", {"ngay": typed})
    assert chosen(cast.secretary)[1] == day


@pytest.mark.parametrize(
    ("back", "where"),
    [
        ("/dang-vien/?q=duc&don_vi=thon-chua&ngay=2017-01-01", "/dang-vien/?q=duc"),
        ("/so-lieu/", "/so-lieu/"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("/\\example.org", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_one_goes_back_to_where_one_was_and_nowhere_else(cast, due, back, where):
    answer = cast.secretary.post("/cho-dung/", {"don_vi": "thon-chua", "tiep": back})
    assert (answer.status_code, answer["Location"]) == (302, where)


def test_back_to_today_is_one_link(cast, due):
    cast.secretary.post("/cho-dung/", {"ngay": "31/12/2017"})
    answer = cast.secretary.get("/cho-dung/?ngay=&tiep=/so-lieu/")
    assert answer["Location"] == "/so-lieu/"
    assert chosen(cast.secretary)[1] == "2018-10-29"


def test_the_tree_shows_whom_one_may_choose_and_marks_the_present_one(cast):
    page = cast.village_secretary.get("/cho-dung/").content.decode()
    assert 'value="thon-chua" aria-current="true"' in page
    assert 'value="tam-hong"' not in page
    assert "Đảng bộ xã Tam Hồng" in page  # for the place in the tree
    assert "Trường THCS" not in page


def test_units_are_found_without_marks(cast):
    page = cast.secretary.get("/cho-dung/?tim=thon+chua").content.decode()
    assert 'value="thon-chua"' in page
    assert 'value="truong-thcs"' not in page
    assert "Không có tổ chức nào tên" in cast.secretary.get("/cho-dung/?tim=xyz").content.decode()


def test_the_tree_is_the_one_of_the_day(cast, place):
    make.unit("chi-bo-moi", "cell", place.commune, start="2018-01-01")
    assert 'value="chi-bo-moi"' in cast.secretary.get("/cho-dung/").content.decode()
    assert 'value="chi-bo-moi"' not in cast.secretary.get("/cho-dung/?ngay=2017-12-31").content.decode()


def test_the_tree_asks_the_same_however_large(cast, place):
    before = queries(cast.secretary, "/cho-dung/")
    for number in range(10):
        make.unit(f"moi-{number}", "cell", place.commune)
    assert queries(cast.secretary, "/cho-dung/") == before
    assert before <= 12
