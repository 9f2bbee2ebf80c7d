"""The organisation as it was on a day, and what of a page goes on paper."""

from __future__ import annotations

import json
import re

import pytest

DAY, ISO_DAY = "30/6/2014", "2014-06-30"
#: What belongs to the screen alone.
NOT_ON_PAPER = (
    ".hn-side, .hn-top, .hn-tabbar, .hn-skip, .hn-filter, .hn-pager .btn, .hn-actions, .hn-tabs, .org-tools"
)


@pytest.fixture
def page(page_wide, sign_in):
    sign_in(page_wide, "secretary")
    return page_wide


def totals(page):
    """Return how many cells and members the head of the tree tells."""
    return [int(number) for number in re.findall(r"\d+", page.locator(".hn-head p").inner_text())]


def test_looks_at_the_organisation_of_another_day_and_comes_back(page, site, axe):
    page.goto("/to-chuc/")
    now = totals(page)
    page.get_by_role("link", name="Xem số liệu tại ngày").click()
    page.get_by_label("Xem như ngày").fill(DAY)
    page.get_by_role("button", name="Xem ngày này").click()
    band = page.locator(".hn-past")
    band.get_by_text(f"Đang xem như ngày {DAY}.").wait_for()
    assert band.evaluate("band => getComputedStyle(band).backgroundColor") == "rgb(201, 151, 28)"
    assert axe(page) == []

    told = json.loads(site.command("figures", "--unit", "tam-hong", "--period", ISO_DAY, "--json"))
    value = {figure["key"]: figure["value"] for figure in told}
    then = [value["organization.cells.total"], value["organization.members.total"]]
    assert totals(page) == then
    rows = page.locator(".org-tree tbody tr td:last-child").all_inner_texts()
    assert [len(rows), sum(map(int, rows))] == then

    band.get_by_role("link", name="Về hôm nay").click()
    band.wait_for(state="detached")
    assert totals(page) == now
    assert now != then


#: A sheet of A4 between margins of a centimetre, in the pixels of a page: as narrow as a small screen.
A4 = {"width": 718, "height": 1040}


@pytest.mark.parametrize("address", ["/to-chuc/dong-sen/danh-sach/", "/dang-vien/", "/kiem-tra/cuoc/"])
def test_only_the_list_goes_on_paper(page, address):
    page.goto(address)
    page.emulate_media(media="print")
    on_screen_only = page.locator(NOT_ON_PAPER)
    assert on_screen_only.count() > 0
    assert [one.inner_text() for one in on_screen_only.all() if one.is_visible()] == []
    assert page.locator("main table").first.is_visible()
    assert page.get_by_role("heading", level=1).is_visible()


def test_a_table_stays_a_table_on_a_sheet_of_paper(page):
    page.set_viewport_size(A4)
    page.goto("/kiem-tra/cuoc/")
    head, row = page.locator("main thead").first, page.locator("main tbody tr").first
    shown = [one.evaluate("one => getComputedStyle(one).display") for one in (head, row)]
    assert shown == ["block", "block"]  # on so narrow a screen: cards
    page.emulate_media(media="print")
    shown = [one.evaluate("one => getComputedStyle(one).display") for one in (head, row)]
    assert shown == ["table-header-group", "table-row"]
