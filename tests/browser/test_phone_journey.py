"""On a phone: a cell's secretary sends a member to another cell, whose secretary takes her in; a member reads."""

from __future__ import annotations

import pytest

from tests.browser import visitor
from tests.browser.hands import come_first, fact, fits, open_account, tap

#: Of the village cell; no other journey touches her.
NAME = "Hoàng Thị Linh"
FROM, TO = "Chi bộ thôn Đồng Sen", "Chi bộ Trường THCS"


@pytest.fixture
def phone(opened):
    """Give a function that opens the telephone of someone who is signed in by role."""
    return lambda role: opened(role, visitor.PHONE)


def introduce(page):
    """The secretary of the village cell: home, own cell, a person, who read the file, and the move. Return her card."""
    assert page.get_by_role("heading", level=1).inner_text() == "Chào đồng chí Hải"
    assert FROM in page.locator("main").inner_text()
    assert fits(page)
    tap(page, "Đảng viên")
    page.get_by_role("heading", name="Đảng viên", level=1).wait_for()
    assert fits(page)
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("heading", name=f"Đồng chí {NAME}").wait_for()
    card = fact(page, "Số thẻ")
    page.get_by_role("link", name="Ai đã xem").click()
    page.locator("li", has_text="Đỗ Văn Hải (đồng chí)").first.wait_for()
    assert fits(page)

    page.get_by_role("link", name="Chuyển sinh hoạt", exact=True).click()
    page.get_by_label("Chi bộ khác trong Đảng bộ").check()
    page.get_by_label("Chi bộ nơi đến").select_option(label=TO)
    page.get_by_label("Số giấy giới thiệu").fill("31-GTSHĐ")
    assert fits(page)
    page.get_by_role("button", name="Giới thiệu chuyển").click()
    page.get_by_role("status").get_by_text(f"Đã giới thiệu đ/c {NAME} về {TO}").wait_for()
    page.get_by_text("Chờ nơi nhận").first.wait_for()
    return card


def take_in(page):
    """The secretary of the school cell is told of it among what is due, and takes her in."""
    page.goto("/viec-den-han/")
    page.locator("main").get_by_role("link").filter(has_text=f"sinh hoạt đ/c {NAME}").first.click()
    page.get_by_role("link", name=f"Tiếp nhận {NAME}").click()
    page.get_by_role("heading", name=f"Tiếp nhận: đ/c {NAME}").wait_for()
    assert fits(page)
    page.get_by_role("button", name="Tiếp nhận").click()
    page.get_by_role("status").get_by_text(f"Đã ghi: đ/c {NAME} sinh hoạt tại {TO}").wait_for()


def test_a_member_moves_to_another_cell_and_reads_it_in_her_own_file(phone, new_page, site):
    card = introduce(phone("village_secretary"))
    take_in(phone("school_secretary"))
    account = open_account(phone("administrator"), NAME, card)

    page = new_page(**visitor.PHONE)
    come_first(page, account)
    page.get_by_role("link", name="Mở hồ sơ").click()
    page.get_by_text("Đây là hồ sơ của đồng chí.").wait_for()
    assert TO in page.locator(".hn-head").inner_text()
    assert f"{FROM[0].lower()}{FROM[1:]}" in page.locator("ol.hn-time").inner_text()
    page.get_by_role("link", name="Ai đã xem").first.click()
    page.locator("li", has_text=site.accounts["village_secretary"].name).first.wait_for()
    assert fits(page)


def test_a_member_reads_the_own_file_and_no_other(phone, troubles):
    page = phone("member")
    page.get_by_role("link", name="Mở hồ sơ").click()
    page.get_by_role("heading", name="Đồng chí Nguyễn Thị Hòa").wait_for()
    own = page.url
    page.get_by_role("link", name="Ai đã xem").first.click()
    page.locator("li", has_text="chính đồng chí").first.wait_for()

    tap(page, "Đảng viên")
    page.get_by_role("heading", name="Đảng viên trong chi bộ").wait_for()
    names = page.locator("main tbody th")
    assert {"Đỗ Văn Hải", "Nguyễn Thị Hòa"} < set(names.all_inner_texts())
    assert names.get_by_role("link").all_inner_texts() == ["Nguyễn Thị Hòa"]
    assert fits(page)

    other = f"{own.rstrip('/').rpartition('/')[0]}/1/"
    assert page.goto(other).status == 404
    page.get_by_role("heading", name="Không có trang này").wait_for()
    assert {trouble.split(" (")[0] for trouble in troubles} == {
        f"404 GET {other}",
        "Failed to load resource: the server responded with a status of 404",
    }
    troubles.clear()


def test_a_member_chooses_the_language_and_a_dark_screen(phone, axe):
    page = phone("member")
    page.goto("/toi/")
    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en]").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Tiếng Việt").click()
    page.locator("html[lang=vi]").wait_for()

    page.get_by_role("button", name="Tối").click()
    page.locator("html[data-bs-theme=dark]").wait_for()
    assert axe(page) == []
    page.get_by_role("link", name="Những gì được ghi về tôi").click()
    page.locator("html[data-bs-theme=dark]").get_by_text("Đây là hồ sơ của đồng chí.").wait_for()
    assert axe(page) == []
