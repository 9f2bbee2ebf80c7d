"""A task is given, reported done by its owner on a phone, verified; who is in charge of what, the gaps first."""

from __future__ import annotations

import re

import pytest

from tests.browser import visitor
from tests.browser.hands import fits, follow, glance, press, soon, today, told, whole

TASK = "Vận động 12 hộ ký cam kết không đốt rơm rạ"
OUTCOME = "12 hộ đã ký, còn nộp bản cam kết về thôn."
GAP, GROUP = "Gò Găng", "Cải cách hành chính – chuyển đổi số"


@pytest.fixture
def page(page_wide, sign_in):
    """The village secretary's own screen: one gives a task at a desk."""
    sign_in(page_wide, "village_secretary")
    return page_wide


def give(page):
    """Give a task to a member."""
    page.get_by_role("navigation", name="Các phòng việc").get_by_role("link", name="Nhiệm vụ").click()
    follow(page, "Việc của chi bộ")
    follow(page, "Giao việc")
    page.get_by_label("Việc phải làm").fill(TASK)
    owner = page.get_by_label("Người làm")
    owner.select_option(label=owner.locator("option", has_text="Nguyễn Thị Hòa").inner_text())
    page.get_by_label("Hạn", exact=True).fill(soon())
    press(page, "Giao việc")
    told(page, "Đã giao")


def report(phone):
    """The owner finds it among her own, tells how far she is, then that it is done."""
    phone.goto("/nhiem-vu/")
    phone.get_by_role("heading", name="Nhiệm vụ của đồng chí").wait_for()
    assert fits(phone)
    follow(phone, TASK)
    follow(phone, "Báo tiến độ")
    phone.get_by_label("Đã làm đến đâu").fill("8 hộ đã ký")
    press(phone, "Báo tiến độ")
    told(phone, "Đã ghi tiến độ")
    follow(phone, "Báo đã làm xong")
    phone.get_by_label("Kết quả").fill(OUTCOME)
    phone.get_by_label("Ngày làm xong").fill(today())
    press(phone, "Báo đã làm xong")
    told(phone, "Đã báo làm xong")
    assert fits(phone)


def test_a_task_is_given_done_and_verified(page, new_page, sign_in):
    give(page)
    phone = new_page(**visitor.PHONE)
    sign_in(phone, "member")
    report(phone)
    page.goto("/nhiem-vu/")
    waiting = page.locator("section", has=page.get_by_role("heading", name="Chờ đồng chí kiểm tra"))
    waiting.get_by_role("link", name=TASK).click()
    page.get_by_text(OUTCOME).first.wait_for()
    whole(page)
    glance(page, "Chưa đạt, làm tiếp")
    follow(page, "Công nhận xong")
    whole(page)
    press(page, "Công nhận xong")
    told(page, "Đã công nhận việc này xong")
    phone.reload()
    phone.locator("ol.hn-time").get_by_text("Đỗ Văn Hải").first.wait_for()


def test_the_gaps_stand_first_and_close_when_somebody_is_put_in_charge(page_wide, sign_in):
    page = page_wide
    sign_in(page, "secretary")
    page.goto("/nhiem-vu/phu-trach/?muc=nhom")
    first = page.locator("table.as-charges tbody tr").first
    assert GROUP in first.inner_text()
    page.goto("/nhiem-vu/phu-trach/")
    first = page.locator("table.as-charges tbody tr").first
    assert GAP in first.locator("th").inner_text()
    assert re.search(r"Chưa có người.*từ \d+/\d+/\d{4}, \d+ ngày", first.inner_text(), re.DOTALL)
    follow(first, "Phân công Chi bộ thôn Gò Găng")
    page.get_by_label("Người phụ trách").select_option(index=3)
    page.get_by_label("Phụ trách từ ngày").fill(today())
    page.get_by_label("Số quyết định").fill("57-QĐ/ĐU")
    press(page, "Phân công")
    page.locator("table.as-charges tr", has_text=GAP).get_by_text("57-QĐ/ĐU").wait_for()
    assert page.locator("table.as-charges tbody").get_by_text("Chưa có người").count() == 0
    whole(page)
