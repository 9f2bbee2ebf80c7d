"""Journeys: a person at headless Chromium, in front of a real server.

`page_wide` and `page_phone` are pages that fail their test when the browser complains of anything: an error on the
console, something the Content-Security-Policy refused, a request without answer or answered with an error.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import visitor
from tests.browser.server import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.server import Site


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the journeys together, after all else: one server, one browser. (Workers: see tests/conftest.py.)

    The walk through every page comes first among them, before anybody writes: it sees the demonstration as it is told.

    Playwright keeps an event loop running in the thread of the tests, which Django's ORM refuses; so the browser
    must be gone before the next test that uses the database. It is: its fixtures end with this folder.
    """
    here = Path(__file__).parent
    items.sort(key=lambda item: (here in item.path.parents, item.path.name != "test_every_page.py"))


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give the served demonstration: `url`, `accounts` by role, `command()` to run hatnhan on its data."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    with serving(tmp_path_factory.mktemp("site"), worker=worker) as site:
        yield site


@pytest.fixture(scope="package")
def site_url(site: Site) -> str:
    return site.url


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = visitor.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def troubles() -> Iterator[list[str]]:
    """Collect what the browser complains of; a test that provokes a complaint checks and clears the list."""
    heard: list[str] = []
    yield heard
    assert not heard, "Trình duyệt báo:\n" + "\n".join(heard)


@pytest.fixture
def new_page(browser: Browser, site: Site, troubles: list[str]) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a page of a new visitor (own cookies); it takes Playwright's options."""
    contexts = []

    def open_page(**options: Any) -> Page:
        contexts.append(visitor.visitor(browser, site.url, **options))
        page = contexts[-1].new_page()
        visitor.listen(page, troubles)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page_wide(new_page: Callable[..., Page]) -> Page:
    return new_page(**visitor.WIDE)


@pytest.fixture
def page_phone(new_page: Callable[..., Page]) -> Page:
    return new_page(**visitor.PHONE)


@pytest.fixture
def sign_in(site: Site) -> Callable[[Page, str], None]:
    """Give a function that signs a page in as the holder of a role ("secretary", "member"…)."""
    return lambda page, role: visitor.sign_in(page, site.accounts[role])


@pytest.fixture
def opened(new_page: Callable[..., Page], sign_in: Callable[[Page, str], None]) -> Callable[..., Page]:
    """Give a function that opens a screen (`visitor.WIDE`, `visitor.PHONE`) of someone who is signed in by role."""

    def open_screen(role: str, size: dict[str, Any]) -> Page:
        page = new_page(**size)
        sign_in(page, role)
        return page

    return open_screen


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Give a function that lists, a line each, what axe finds wrong with a page."""
    return visitor.violations
