"""Search over people, units and pages."""

import pytest

from hatnhan.organization.tests import make
from hatnhan.site.tests.queries import queries


@pytest.fixture
def names(place, people):
    for name in ("Trần Văn Dục", "Kim Đức Anh", "Tạ Văn Đức", "Lê Văn Đực"):
        make.member(place.village, name)
    make.member(place.school, "Phùng Thị Đức", sex="F")


def found(client, text):
    return [one.name for one in client.get("/tim/", {"q": text}).context["found"].people]


def test_one_word_without_marks_finds_given_names(cast, names):
    # Not Kim Đức Anh, whose given name is Anh.
    assert found(cast.secretary, "duc") == ["Trần Văn Dục", "Phùng Thị Đức", "Tạ Văn Đức", "Lê Văn Đực"]


def test_marks_typed_come_first(cast, names):
    assert {*found(cast.secretary, "đức")[:2]} == {"Phùng Thị Đức", "Tạ Văn Đức"}


def test_people_units_and_pages_stand_apart(cast, names):
    result = cast.secretary.get("/tim/", {"q": "thôn"}).context["found"]
    assert [one.code for one in result.units] == ["thon-chua"]
    pages = cast.secretary.get("/tim/", {"q": "so lieu"}).context["found"].pages
    assert [str(line.room.label) for line in pages] == ["Bảng số liệu"]


def test_the_count_leads_to_the_list(cast, names):
    page = cast.secretary.get("/tim/", {"q": "duc"}).content.decode()
    assert "Tất cả 4 đảng viên" in page
    assert "/dang-vien/?don_vi=tam-hong&amp;q=duc" in page


def test_a_cell_secretary_finds_the_own_cell_only(cast, names):
    assert "Phùng Thị Đức" not in found(cast.village_secretary, "duc")
    assert "Tạ Văn Đức" in found(cast.village_secretary, "duc")


def test_a_member_finds_names_of_the_own_cell_and_opens_none_but_the_own(cast, names, people):
    result = cast.member.get("/tim/", {"q": "duc"}).context["found"]
    assert {one.name for one in result.people} == {"Tạ Văn Đức", "Trần Văn Dục", "Lê Văn Đực"}
    assert not any(one.opens for one in result.people)
    assert [one.opens for one in cast.member.get("/tim/", {"q": "hòa"}).context["found"].people] == [True]


@pytest.mark.parametrize("role", ["outsider", "administrator", "editor"])
def test_who_belongs_nowhere_finds_nobody(cast, names, role):
    assert found(getattr(cast, role), "duc") == []


def test_nothing_typed_is_no_fault(cast):
    assert cast.secretary.get("/tim/").status_code == 200
    assert cast.secretary.get("/tim/", {"q": " "}).context["found"].nothing


def test_what_is_not_found_says_what_to_try(cast):
    assert "Thử gõ ít chữ hơn" in cast.secretary.get("/tim/", {"q": "zzz <b>"}).content.decode()
    assert "<b>”" not in cast.secretary.get("/tim/", {"q": "zzz <b>"}).content.decode()


def test_search_asks_the_same_however_many_there_are(cast, names, place):
    before = queries(cast.secretary, "/tim/?q=duc")
    for number in range(30):
        make.member(place.village, f"Nguyễn Văn Đức ({number})")
    assert queries(cast.secretary, "/tim/?q=duc") == before
    assert before <= 12
