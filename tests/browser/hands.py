"""What a hand does again and again in the journeys of the meetings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hatnhan.core import clock
from hatnhan.core.vietnamese import day
from tests.browser import visitor

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
    assert visitor.violations(page) == []
    assert fits(page)


def glance(page: Page, name: str) -> None:
    """Look at a page that only this state has, by its link, and come back."""
    here = page.url
    page.get_by_role("link", name=name).first.click()
    page.wait_for_url(lambda url: url != here)
    whole(page)
    page.goto(here)
