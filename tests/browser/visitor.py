"""A visitor: headless Chromium as Debian ships it, set to Việt Nam, attentive to what goes wrong."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Response

    from tests.browser.server import Account

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PATIENCE_MS = 15_000
HTTP_ERROR = 400
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


def launch(playwright: Playwright) -> Browser:
    """Start Debian's Chromium; Playwright's own download is never used."""
    chromium = shutil.which("chromium")
    assert chromium, "Còn thiếu chromium: make test tự cài, hoặc: sudo apt-get install chromium"
    return playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)


def visitor(browser: Browser, url: str, **options: Any) -> BrowserContext:
    """Open a context with its own cookies, in Vietnamese and Vietnamese time, with Playwright's options."""
    context = browser.new_context(
        base_url=url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce", **options
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


def listen(page: Page, troubles: list[str]) -> None:
    """Note every complaint of the console, every error, every request unanswered or answered by an error."""

    def answered(response: Response) -> None:
        if response.status >= HTTP_ERROR:
            troubles.append(f"{response.status} {response.request.method} {response.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            troubles.append(f"{message.text} ({message.location['url']})")

    page.on("console", said)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("response", answered)
    # A download, or a link followed before the page was whole, aborts the request it replaces: no fault.
    page.on(
        "requestfailed",
        lambda it: None if "ERR_ABORTED" in (it.failure or "") else troubles.append(f"{it.failure} {it.url}"),
    )


def sign_in(page: Page, account: Account) -> None:
    """Sign in through the form, as a person does."""
    page.goto("/")
    page.fill("input[name=login]", account.username)
    page.fill("input[name=password]", account.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector("input[name=password]", state="detached")
    page.locator("h1").first.wait_for()


def violations(page: Page, *, without: tuple[str, ...] = ()) -> list[str]:
    """List, a line each, where a page breaks WCAG 2.2 A or AA, or what axe holds to be good practice."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    options = {
        "runOnly": RULES,
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": False} for rule in without},
    }
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {node['html']} ({violation['help']})"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
