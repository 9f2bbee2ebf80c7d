"""A cell's secret ballot: drafted, opened by two tellers, voted on a phone and on paper, counted, printed."""

from __future__ import annotations

import re

import pytest

from tests.browser import visitor
from tests.browser.hands import fits, follow, forgive_refusal, glance, press, tap, today, told, whole

QUESTION = "Chi bộ tín nhiệm phương án góp ngày công làm kênh"
PHRASES = "lúa chín vàng đồng sau 2026", "trâu về chuồng lúc chiều tà"


@pytest.fixture
def page(page_wide, sign_in):
    sign_in(page_wide, "village_secretary")
    return page_wide


@pytest.fixture
def phone(page_phone, sign_in):
    sign_in(page_phone, "member")
    return page_phone


def draft(page):
    page.goto("/hop/")
    follow(page, "Bỏ phiếu kín")
    follow(page, "Soạn cuộc bỏ phiếu")
    page.get_by_label("Nội dung bỏ phiếu").fill(QUESTION)
    page.get_by_label("Để quyết định").select_option(index=1)
    page.get_by_role("radio", name="Chi bộ").check()
    page.get_by_label("Ngày bỏ phiếu").fill(today())
    page.get_by_label("Người kiểm phiếu thứ nhất").select_option(index=3)
    page.get_by_label("Người kiểm phiếu thứ hai").select_option(index=4)
    press(page, "Soạn cuộc bỏ phiếu")


def fill_passphrases(page, *phrases):
    """Fill in all boxes for passphrases, in the order of the page."""
    boxes = page.locator("main input[type=password]").all()
    for box, phrase in zip(boxes, phrases, strict=True):
        box.fill(phrase)


def open_it(page):
    """Open it with both passphrases; return how many may vote."""
    follow(page, "Mở bỏ phiếu")
    for box in page.get_by_role("checkbox").all():
        box.check()
    fill_passphrases(page, PHRASES[0], PHRASES[0], PHRASES[1], PHRASES[1])
    whole(page)
    press(page, "Mở bỏ phiếu")
    told(page, "Đã mở bỏ phiếu")
    heading = page.get_by_role("heading", name="đã bỏ phiếu trên máy").inner_text()
    return int(re.match(r"0/(\d+) ", heading)[1])


def fill_slip(page, choice):
    page.get_by_role("radio", name=choice, exact=True).check()
    press(page, "Xem lại phiếu")
    page.get_by_role("button", name="Bỏ phiếu", exact=True).wait_for()


def vote(page, choice):
    follow(page, "Bỏ phiếu")
    fill_slip(page, choice)
    press(page, "Bỏ phiếu")
    page.get_by_role("heading", name="Đồng chí đã bỏ phiếu").wait_for()


def vote_twice(page, troubles):
    """A member votes on a phone; a second slip, filled in before, is refused."""
    tap(page, "Sinh hoạt")
    page.get_by_role("heading", name="Chờ đồng chí bỏ phiếu").wait_for()
    follow(page, "Bỏ phiếu")
    page.get_by_role("heading", name="Phiếu kín", level=1).wait_for()
    second = page.context.new_page()
    visitor.listen(second, troubles)
    second.goto(page.url)
    fill_slip(second, "Đồng ý")
    whole(page)
    fill_slip(page, "Đồng ý")
    assert fits(page)
    press(page, "Bỏ phiếu")
    page.get_by_role("heading", name="Đồng chí đã bỏ phiếu").wait_for()
    press(second, "Bỏ phiếu")
    second.get_by_text("Mỗi người bỏ một phiếu, bỏ rồi không đổi được.").wait_for()
    forgive_refusal(troubles, 409)


def count(page, paper, troubles):
    """Enter the paper count: first one too many, then a wrong passphrase, then all right; nothing typed is lost."""
    glance(page, "Hủy")
    follow(page, "Kiểm phiếu")
    whole(page)
    fill_paper(page, paper + 1)
    press(page, "Kiểm phiếu")
    page.locator(".hn-errors").wait_for()
    assert page.get_by_label("Phiếu giấy thu về").input_value() == str(paper + 1)
    forgive_refusal(troubles)
    fill_paper(page, paper)
    press(page, "Kiểm phiếu")
    fill_passphrases(page, PHRASES[0], PHRASES[0])
    press(page, "Kiểm phiếu")
    page.locator(".hn-errors").wait_for()
    forgive_refusal(troubles)
    fill_passphrases(page, *PHRASES)
    press(page, "Kiểm phiếu")
    told(page, "Đã kiểm phiếu xong")


def fill_paper(page, slips):
    numbers = {
        "Phiếu giấy phát ra": slips,
        "Phiếu giấy thu về": slips,
        "Trong đó không hợp lệ": 1,
        "Trong đó phiếu trắng": 1,
        "Đồng ý": slips - 5,
        "Không đồng ý": 3,
    }
    for label, number in numbers.items():
        page.get_by_label(label, exact=True).fill(str(number))


def facts(page):
    """Return the numbers of the result by their names."""
    names, numbers = page.locator("#so-phieu + dl dt"), page.locator("#so-phieu + dl dd")
    return dict(zip(names.all_inner_texts(), map(int, numbers.all_inner_texts()), strict=True))


def test_a_ballot_on_screen_and_on_paper_adds_up(page, phone, troubles):
    draft(page)
    entitled = open_it(page)
    vote_twice(phone, troubles)
    page.reload()
    vote(page, "Không đồng ý")
    paper = entitled - 2
    count(page, paper, troubles)

    found = facts(page)
    assert found["Có quyền biểu quyết"] == found["Phiếu phát ra"] == found["Phiếu thu về"] == entitled
    assert (found["trong đó trên máy"], found["trong đó phiếu giấy"]) == (2, paper)
    assert found["Hợp lệ"] + found["Phiếu trắng"] + found["Không hợp lệ"] == entitled
    rows = page.get_by_role("table", name="Số phiếu theo lựa chọn").locator("tbody td.hn-r")
    assert rows.all_inner_texts() == [str(paper - 5 + 1), "4"]
    page.get_by_text("Được thông qua").first.wait_for()
    whole(page)

    minutes = page.get_by_role("link", name="Biên bản kiểm phiếu (PDF)").get_attribute("href")
    assert page.request.get(minutes).body().startswith(b"%PDF")
    phone.reload()
    phone.get_by_text("Được thông qua").first.wait_for()
    assert fits(phone)
