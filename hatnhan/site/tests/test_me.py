"""The person at the screen, the menu of phones, help."""

import re

import pytest
from django.test import Client

ROLES = ("secretary", "village_secretary", "member", "administrator", "editor", "outsider")


@pytest.mark.parametrize(
    "address", ["/toi/", "/them/", "/tro-giup/", "/lich/", "/cho-dung/", "/tim/", "/viec-den-han/"]
)
def test_every_role_may_open_the_pages_of_the_shell(cast, address):
    for role in ROLES:
        assert getattr(cast, role).get(address).status_code == 200, role
    assert cast.anonymous.get(address).status_code == 302


def test_who_am_i_and_what_do_i_hold(cast):
    page = cast.secretary.get("/toi/").content.decode()
    assert "Phùng Minh Thông" in page
    assert "Bí thư Đảng ủy" in page
    assert "từ 1/1/2010" in page


def test_signing_out_and_all_that_changes_something_is_a_form(cast):
    page = cast.secretary.get("/toi/").content.decode()
    assert '<form method="post" action="/vao/logout/">' in page or 'action="/vao/' in page
    assert cast.secretary.get("/toi/giao-dien/").status_code == 405


def test_the_screen_turns_dark_and_light_again(cast):
    assert 'data-bs-theme="light"' in cast.secretary.get("/toi/").content.decode()
    cast.secretary.post("/toi/giao-dien/", {"giao_dien": "dark"})
    assert 'data-bs-theme="dark"' in cast.secretary.get("/toi/").content.decode()
    cast.secretary.post("/toi/giao-dien/", {"giao_dien": '"><b>'})
    assert 'data-bs-theme="light"' in cast.secretary.get("/toi/").content.decode()


def test_pages_speak_vietnamese_whatever_the_browser_prefers(cast):
    page = cast.secretary.get("/toi/", headers={"accept-language": "en-US,en"}).content.decode()
    assert '<html lang="vi"' in page


def test_pages_speak_english_to_who_chose_it(cast):
    cast.secretary.post("/ngon-ngu/setlang/", {"language": "en", "next": "/toi/"})
    assert '<html lang="en"' in cast.secretary.get("/toi/").content.decode()


def test_the_menu_of_phones_holds_every_room_of_the_side(cast):
    answer = cast.secretary.get("/them/")
    page = answer.content.decode()
    for _title, lines in answer.context["menu"]:
        for line in lines:
            assert page.count(f'href="{line.url}"') >= 2


def test_a_page_that_is_not_there_tells_strangers_no_more_than_that(db):
    answer = Client().get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert "hn-side" not in answer.content.decode()


def test_a_fault_of_ours_is_told_without_asking_the_database(db, rf, django_assert_num_queries):
    from hatnhan.site.views.errors import broken  # noqa: PLC0415 - read only here

    with django_assert_num_queries(0):
        answer = broken(rf.get("/"))
    assert answer.status_code == 500
    assert "Phần mềm gặp lỗi" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("secretary", ["viec-keeper", "viec-member"]),
        ("inspector", ["viec-inspector", "viec-reader", "viec-member"]),
        ("village_secretary", ["viec-cell", "viec-member"]),
        ("member", ["viec-member"]),
        ("administrator", ["viec-administrator"]),
        ("outsider", []),
    ],
)
def test_help_tells_of_the_offices_held(cast, role, told):
    page = getattr(cast, role).get("/tro-giup/").content.decode()
    assert re.findall(r'<h2 id="(viec-\w+)"', page) == told
