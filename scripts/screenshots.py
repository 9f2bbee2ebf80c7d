"""Photograph, for every account of the demonstration, what its menu leads to: wide, and on a phone.

Writes build/screenshots/ROLE/WIDTH-ADDRESS.png.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.browser import visitor
from tests.browser.server import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.server import Account

TARGET = Path(__file__).resolve().parent.parent / "build" / "screenshots"
SIZES = {"1280": visitor.WIDE, "390": visitor.PHONE}


def menu(page: Page) -> list[str]:
    """Return the addresses that the menu of a page leads to, each once."""
    links = page.locator("nav a[href^='/']").evaluate_all("all => all.map(link => link.getAttribute('href'))")
    return list(dict.fromkeys(links))


def photograph(browser: Browser, url: str, account: Account) -> None:
    """Take the pictures of one account."""
    for width, size in SIZES.items():
        with visitor.visitor(browser, url, **size) as context:
            page = context.new_page()
            visitor.sign_in(page, account)
            for address in menu(page):
                page.goto(address)
                name = address.strip("/").replace("/", "_") or "home"
                page.screenshot(path=TARGET / account.role / f"{width}-{name}.png", full_page=True)


def main() -> int:
    """Serve a fresh demonstration and photograph it."""
    shutil.rmtree(TARGET, ignore_errors=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), worker="screenshots") as site,
        sync_playwright() as playwright,
        visitor.launch(playwright) as browser,
    ):
        for account in site.accounts.values():
            photograph(browser, site.url, account)
    print(TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main())
