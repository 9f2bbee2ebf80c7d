"""The tree, a unit and the paper list of a cell."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.audit.models import Entry
from hatnhan.organization.models import Exemption, Unit, UnitAncestry, UnitEvent, UnitVersion
from hatnhan.organization.tests import make


@pytest.fixture
def ended(place):
    """A cell that was merged into the village cell on the first day of 2018."""
    cell = make.unit("thon-cu", "cell", place.commune, "Chi bộ thôn Cũ")
    day = date(2018, 1, 1)
    Unit.objects.filter(pk=cell.pk).update(dissolved_on=day)
    UnitVersion.objects.filter(unit=cell).update(end=day)
    UnitAncestry.objects.filter(unit=cell).update(end=day)
    UnitEvent.objects.create(
        unit=cell, kind="merged", on=day, decision_no="44-QĐ/ĐU", successor=place.village
    )
    return cell


def lines(response):
    return {line.code: line for group in response.context["groups"] for line in group.lines}


# --- the tree ------------------------------------------------------------------------------------------------------
def test_the_tree_counts_members_and_names_secretaries(cast, place):
    make.member(place.village, "Mai Trẻ", admitted_on=date(2026, 3, 2), official_on=None)
    found = lines(cast.secretary.get("/to-chuc/"))
    village = found["thon-chua"]
    assert (village.total, village.official, village.probationary) == (5, 4, 1)
    assert village.secretary == "Đỗ Văn Hải"


def test_cells_stand_by_kind_in_vietnamese_order(cast, place):
    for code, name in (("d", "Chi bộ thôn Đình"), ("a", "Chi bộ thôn Ấp"), ("v", "Chi bộ thôn Vườn Chè")):
        make.unit(code, "cell", place.commune, name)
    groups = cast.secretary.get("/to-chuc/").context["groups"]
    assert [group.key for group in groups] == ["village", "school"]
    assert [line.short for line in groups[0].lines] == ["Thôn Ấp", "Thôn Chùa", "Thôn Đình", "Thôn Vườn Chè"]


def test_one_kind_can_be_shown_alone(cast):
    assert set(lines(cast.secretary.get("/to-chuc/?loai=school"))) == {"truong-thcs"}


def test_units_that_ended_stand_in_their_day_and_are_listed_on_request(cast, ended):
    assert "thon-cu" not in lines(cast.secretary.get("/to-chuc/"))
    assert "thon-cu" in lines(cast.secretary.get("/to-chuc/?ngay=2017-12-31"))
    page = cast.secretary.get("/to-chuc/?giai_the=1").content.decode()
    assert "Chi bộ thôn Cũ" in page
    assert "44-QĐ/ĐU" in page


def test_a_member_sees_the_own_cell_and_the_line_above_it(cast):
    response = cast.member.get("/to-chuc/")
    assert set(lines(response)) == {"thon-chua"}
    assert [line.code for line in response.context["committees"]] == ["tam-hong"]


def test_only_keepers_are_offered_a_new_cell(cast):
    assert "Lập chi bộ mới" in cast.secretary.get("/to-chuc/").content.decode()
    for client in (cast.standing, cast.village_secretary, cast.member):
        assert "Lập chi bộ mới" not in client.get("/to-chuc/").content.decode()


def test_the_tree_costs_the_same_at_any_size(cast, place):
    def count():
        with CaptureQueriesContext(connection) as captured:
            cast.secretary.get("/to-chuc/")
        return len(captured)

    before = count()
    for number in range(12):
        make.members(make.unit(f"c-{number}", "cell", place.commune), 2)
    assert count() == before <= 12


# --- a unit --------------------------------------------------------------------------------------------------------
def test_a_unit_shows_its_leaders_by_protocol_and_opens_its_numbers(cast, place, people):
    make.post(people.member, place.village, "committee_member")
    response = cast.secretary.get("/to-chuc/thon-chua/")
    assert [one.member.full_name for one in response.context["leaders"]] == ["Đỗ Văn Hải", "Nguyễn Thị Hòa"]
    assert [tile.measure.value for tile in response.context["tiles"]] == [4, 4, 0, 0]
    assert "trang_thai=chinh_thuc" in response.content.decode()


def test_the_history_of_a_unit_names_decisions_and_heirs(cast, ended):
    old = cast.secretary.get("/to-chuc/thon-cu/?muc=lich-su").content.decode()
    assert "44-QĐ/ĐU" in old
    assert "/to-chuc/thon-chua/" in old
    assert "31/12/2017" in old
    assert "Chi bộ thôn Cũ" in cast.secretary.get("/to-chuc/thon-chua/?muc=lich-su").content.decode()


def test_a_unit_outside_its_days_says_so(cast, ended):
    assert "chưa có, hoặc đã thôi hoạt động" in cast.secretary.get("/to-chuc/thon-cu/").content.decode()
    assert "chưa có, hoặc" not in cast.secretary.get("/to-chuc/thon-cu/?ngay=2017-12-31").content.decode()


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [
        ("member", "thon-chua", 200),
        ("member", "tam-hong", 200),
        ("member", "truong-thcs", 404),
        ("village_secretary", "truong-thcs", 404),
        ("standing", "truong-thcs", 200),
        ("outsider", "tam-hong", 404),
        ("administrator", "tam-hong", 404),
        ("secretary", "khong-co", 404),
    ],
)
def test_a_unit_opens_for_those_who_may_know_of_it(cast, role, code, status):
    client = getattr(cast, role)
    assert client.get(f"/to-chuc/{code}/").status_code == status
    assert client.get(f"/to-chuc/{code}/?muc=lich-su").status_code == status


def test_numbers_and_deeds_are_for_those_responsible(cast):
    assert "tiles" not in cast.member.get("/to-chuc/thon-chua/").context
    verbs = {deed.label for deed in cast.secretary.get("/to-chuc/thon-chua/").context["deeds"]}
    assert {"Đổi tên", "Tách chi bộ", "Giải thể", "Giao chức vụ"} <= verbs
    for client in (cast.standing, cast.village_secretary, cast.member):
        assert client.get("/to-chuc/thon-chua/").context["deeds"] == []


# --- the paper list ------------------------------------------------------------------------------------------------
def test_the_paper_list_has_the_shape_of_an_official_paper(cast, place, people):
    Exemption.objects.create(member=people.member, start=date(2016, 1, 1))
    page = cast.village_secretary.get("/to-chuc/thon-chua/danh-sach/?ngay=2018-02-03").content.decode()
    for words in (
        "Đảng bộ xã Tam Hồng",
        "Chi bộ thôn Chùa",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Tam Hồng, ngày 03 tháng 02 năm 2018",
        "đảng viên chi bộ thôn Chùa",
        "Tổng số: 4 đảng viên, trong đó 4 chính thức, 0 dự bị.",
        "Miễn công tác",
        "T/M CHI BỘ",
        "Lưu Chi bộ.",
    ):
        assert words in page, words


def test_the_paper_list_as_pdf_is_recorded_as_taken_away(cast, place):
    response = cast.secretary.get("/to-chuc/thon-chua/danh-sach/?dang=pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert Entry.objects.get(action="organization:roster:export").unit_id == place.village.pk


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [
        ("secretary", "tam-hong", 404),
        ("village_secretary", "thon-chua", 200),
        ("school_secretary", "thon-chua", 404),
        ("member", "thon-chua", 404),
        ("outsider", "thon-chua", 404),
    ],
)
def test_the_paper_list_is_for_those_who_lead_the_cell(cast, role, code, status):
    assert getattr(cast, role).get(f"/to-chuc/{code}/danh-sach/").status_code == status


def test_no_paper_list_of_a_cell_before_its_founding(cast):
    assert cast.secretary.get("/to-chuc/thon-chua/danh-sach/?ngay=2009-12-31").status_code == 404
