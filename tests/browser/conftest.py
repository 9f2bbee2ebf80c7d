"""Journeys: a person at headless Chromium, in front of a real server.

`page_wide` and `page_phone` are pages that fail their test when the browser complains of anything: an error
on the console, something the Content-Security-Policy refused, a request unanswered or answered by an error.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.server import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Playwright, Response

    from tests.browser.server import Site

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHROMIUM_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HTTP_ERROR = 400


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the journeys together: one worker, one server, one browser; without workers, after all else.

    Playwright keeps an event loop running in the thread of the tests, which Django's ORM refuses; so the
    browser must be gone before the next test that uses the database. It is: its fixtures end with the folder.
    """
    here = Path(__file__).parent
    journeys = [item for item in items if here in item.path.parents]
    for item in journeys:
        item.add_marker(pytest.mark.xdist_group("journeys"))
    items.sort(key=lambda item: here in item.path.parents)


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
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "Cần chromium: make test tự cài, hoặc: sudo apt-get install chromium"
    browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
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
        context = browser.new_context(
            base_url=site.url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        listen(page, troubles)
        return page

    yield open_page
    for context in contexts:
        context.close()


def listen(page: Page, troubles: list[str]) -> None:
    def answered(response: Response) -> None:
        if response.status >= HTTP_ERROR:
            troubles.append(f"{response.status} {response.request.method} {response.url}")

    page.on("console", lambda it: troubles.append(it.text) if it.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("response", answered)
    # A download, or a link followed before the page was whole, aborts the request it replaces: no fault.
    page.on(
        "requestfailed",
        lambda it: None if "ERR_ABORTED" in (it.failure or "") else troubles.append(f"{it.failure} {it.url}"),
    )


@pytest.fixture
def page_wide(new_page: Callable[..., Page]) -> Page:
    return new_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def page_phone(new_page: Callable[..., Page]) -> Page:
    return new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)


@pytest.fixture
def sign_in(site: Site) -> Callable[[Page, str], None]:
    """Give a function that signs a page in as the holder of a role ("secretary", "member"…)."""

    def sign_in(page: Page, role: str) -> None:
        account = site.accounts[role]
        page.goto("/")
        page.fill("input[name=login]", account.username)
        page.fill("input[name=password]", account.password)
        page.press("input[name=password]", "Enter")
        page.wait_for_selector("input[name=password]", state="detached")

    return sign_in


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Give a function that lists, a line each, where a page breaks WCAG 2.2 A or AA."""
    source = AXE.read_text()

    def violations(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})",
            WCAG,
        )
        return [
            f"{violation['id']}: {node['html']} ({violation['help']})"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return violations
