"""What a hand does again and again in the journeys."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from hatnhan.core import clock
from hatnhan.core.vietnamese import day
from tests.browser import visitor
from tests.browser.server import Account

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: The latest that a meeting may be called for and still be today: it can be prepared at any hour.
TONIGHT = "23 giờ 59"


def today() -> str:
    """Return today as people write it."""
    return day(clock.today())


def began() -> str:
    """Return when a meeting of today began that has gone on for an hour, or since midnight."""
    hour_ago = clock.now() - timedelta(hours=1)
    return _written(hour_ago if hour_ago.date() == clock.today() else clock.at(clock.today(), 0))


def soon() -> str:
    """Return a day in two weeks."""
    return day(clock.today() + timedelta(days=14))


def _written(moment: datetime) -> str:
    return f"{moment.hour} giờ {moment.minute:02d}"


def press(page: Page, verb: str) -> None:
    """Press the button of a form."""
    page.locator("main").get_by_role("button", name=verb, exact=True).click()


def read_over_and(page: Page, verb: str) -> None:
    """Press the button of a form that shows first what will follow, and press it there again."""
    press(page, verb)
    page.locator("button[name=confirm]").wait_for()
    press(page, verb)


def told(page: Page, words: str) -> None:
    """Wait until the page says that it is written."""
    page.get_by_role("status").get_by_text(words).wait_for()


def follow(page: Page, name: str) -> None:
    """Follow a link of the page's own, by its whole name."""
    page.get_by_role("link", name=name, exact=True).click()


def tap(page: Page, name: str) -> None:
    """Follow a link of the bar at the foot of a phone."""
    page.get_by_role("navigation", name="Lối tắt").get_by_role("link", name=name, exact=True).click()


def fits(page: Page) -> bool:
    """Tell whether nothing of the page lies beyond the right edge."""
    # By way of the element: between two pages there is none, and the browser waits for it.
    reach: int = page.locator("html").evaluate("element => element.scrollWidth")
    size = page.viewport_size
    return size is not None and reach <= size["width"]


def forgive_refusal(troubles: list[str], status: int = 422) -> None:
    """See that the browser complained of nothing but a form refused with this status, and forget it."""
    assert troubles
    assert all(str(status) in one for one in troubles), troubles
    troubles.clear()


def whole(page: Page) -> None:
    """See that a page is clean under axe and fits the screen."""
    wrong = visitor.violations(page)
    assert not wrong, f"{page.url}: {wrong}"
    assert fits(page), page.url


def glance(page: Page, name: str) -> None:
    """Look at a page that only this state has, by its link, and come back."""
    here = page.url
    page.get_by_role("link", name=name).first.click()
    page.wait_for_url(lambda url: url != here)
    whole(page)
    page.goto(here)


def part_of(page: Page, room: str, tab: str) -> None:
    """Go to a part of a room by its tabs, on a phone through “Thêm”."""
    if page.viewport_size == visitor.PHONE["viewport"]:
        tap(page, "Thêm")
        page.get_by_role("main").get_by_role("link", name=room).click()
    else:
        page.get_by_role("link", name=room, exact=True).first.click()
    parts = page.get_by_role("navigation", name=f"Các phần của {room}")
    parts.get_by_role("link", name=tab, exact=True).click()
    expect(parts.get_by_role("link", name=tab, exact=True)).to_be_in_viewport()
    whole(page)


def refused(page: Page, troubles: list[str], words: str) -> None:
    """See that a form was refused, and why."""
    page.locator(".hn-errors").get_by_text(words).first.wait_for()
    wrong = visitor.violations(page)
    assert not wrong, f"{page.url}: {wrong}"
    forgive_refusal(troubles)


def choose(page: Page, label: str, words: str) -> None:
    """Choose from a list the first that begins with some words."""
    box = page.get_by_label(label, exact=True)
    option = box.locator("option", has_text=re.compile(rf"^\s*{words}")).first
    box.select_option(option.get_attribute("value"))


def fact(page: Page, name: str) -> str:
    """Return what stands beside a name in the first list of facts that has it."""
    return page.locator("dt", has_text=name).first.locator("xpath=following-sibling::dd[1]").inner_text()


# --- accounts --------------------------------------------------------------------------------------------------------
def open_account(page: Page, name: str, card: str) -> Account:
    """Open, as the administrator, an account for whoever holds a card. Return it with its first password."""
    username = f"the.{''.join(card.split())}"
    page.goto("/tai-khoan/mo/")
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Số thẻ đảng viên").fill(card)
    page.get_by_role("button", name="Mở tài khoản").click()
    password = page.locator("code.hn-password").inner_text()
    return Account(role="", username=username, password=password, name=name)


def come_first(page: Page, account: Account) -> None:
    """Sign in for the first time: the password that was handed out is changed."""
    visitor.sign_in(page, account)
    page.wait_for_url("**/mat-khau/**")
    page.locator("input[type=password]").nth(0).fill(account.password)
    page.locator("input[type=password]").nth(1).fill("sen-moi-no-ben-ao-2026")
    page.locator("input[type=password]").nth(2).fill("sen-moi-no-ben-ao-2026")
    page.locator("main button.btn-primary").click()
    page.get_by_text("Đã đổi mật khẩu").wait_for()
    page.goto("/")
