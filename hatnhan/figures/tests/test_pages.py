"""The board of figures, and one figure opened."""

import pytest

READERS = ("secretary", "deputy", "standing", "inspector")


def test_the_board_shows_each_figure_beside_the_period_before(cast, families):
    page = cast.secretary.get("/so-lieu/?ky=2017").content.decode()
    assert ">587<" in page
    assert "năm trước 586" in page
    assert "94/3.521" in page
    assert "2,67<small>%" in page
    assert "Theo nơi" in page


def test_the_board_begins_with_the_running_year_and_with_the_past_day(cast, families):
    assert cast.secretary.get("/so-lieu/").context["period"].key == "2018"
    page = cast.secretary.get("/so-lieu/")
    assert "tạm tính" in page.content.decode()
    assert cast.secretary.get("/so-lieu/?ngay=2015-06-30").context["period"].key == "2015-06-30"


@pytest.mark.parametrize(
    ("period", "earlier", "later"),
    [
        ("2017", "2016", "2018"),
        ("2018", "2017", None),
        ("2018-Q3", "2018-Q2", "2018-Q4"),
        ("1930", None, "1931"),
    ],
)
def test_the_periods_beside_are_one_press_away(cast, families, period, earlier, later):
    context = cast.secretary.get(f"/so-lieu/?ky={period}").context
    assert (context["earlier"].key if context["earlier"] else None) == earlier
    assert (context["later"].key if context["later"] else None) == later


@pytest.mark.parametrize("typed", ["13/2017", "2019", "abc<b>", "9999", "0001"])
def test_a_period_that_is_none_stays_as_typed_with_the_reason(cast, families, typed):
    answer = cast.secretary.get("/so-lieu/", {"ky": typed})
    assert answer.status_code == 200
    assert answer.context["period"].key == "2018"
    assert answer.context["period_text"] == typed
    assert "<title>Lỗi: " in answer.content.decode()
    assert "abc<b>" not in answer.content.decode()


def test_a_figure_opens_onto_rows_course_and_definition(cast, families):
    page = cast.secretary.get("/so-lieu/thu.so.dau/?ky=2017").content.decode()
    assert "587 người" in page
    assert "Đếm từng người." in page
    assert "Năm trước: 586, tăng 1." in page
    assert "Xem 587 dòng" in page
    assert "/dang-vien/?don_vi=tam-hong&amp;ngay=2017-12-31&amp;gioi=F" in page
    for year in range(2013, 2018):
        assert f"Năm {year}" in page
    assert "thu.so.dau" in page


def test_a_share_names_both_its_parts(cast, families):
    page = cast.secretary.get("/so-lieu/thu.so.ty_le/?ky=2017").content.decode()
    assert "<b>94</b> trên <b>3.521</b>" in page
    assert "2,67%" in page


def test_what_cannot_be_measured_says_so(cast, families):
    page = cast.secretary.get("/so-lieu/thu.so.khong/?ky=2017").content.decode()
    assert "Kỳ này không có gì để tính." in page


def test_a_figure_nobody_vouches_for_is_not_found(cast, families):
    assert cast.secretary.get("/so-lieu/khong.co/").status_code == 404


@pytest.mark.parametrize("address", ["/so-lieu/", "/so-lieu/thu.so.dau/", "/so-lieu/?dang=json"])
def test_figures_are_for_those_who_may_read_the_roster_of_the_unit(cast, families, address):
    for role in (*READERS, "village_secretary", "school_secretary"):
        assert getattr(cast, role).get(address).status_code == 200, role
    for role in ("member", "editor", "administrator", "outsider"):
        assert getattr(cast, role).get(address).status_code == 404, role
    assert cast.anonymous.get(address).status_code == 302


def test_a_cell_secretary_gets_the_figures_of_the_own_cell(cast, families):
    scopes = {
        figure["scope"]
        for figure in cast.village_secretary.get("/so-lieu/?dang=json&don_vi=truong-thcs").json()
    }
    assert scopes == {"thon-chua"}
    assert cast.village_secretary.get("/so-lieu/?don_vi=tam-hong").status_code == 404


def test_programs_get_the_same_figures(cast, families):
    whole = cast.secretary.get("/so-lieu/?ky=2017&dang=json").json()
    assert len(whole) == 15
    one = cast.secretary.get("/so-lieu/thu.so.dau/?ky=2017&dang=json").json()
    assert one in whole
    assert (one["value"], one["scope"], one["period"]) == (587, "tam-hong", "2017")
