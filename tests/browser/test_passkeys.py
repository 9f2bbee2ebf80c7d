"""A passkey is added, replaces the password, and serves as second factor, under the strict policy for scripts."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def url(site):
    """The site by a name: a passkey belongs to one, and browsers make none for a number such as 127.0.0.1."""
    return f"http://localhost:{urlsplit(site.url).port}"


@pytest.fixture
def page(new_page):
    """A telephone with a fingerprint reader."""
    page = new_page(viewport={"width": 390, "height": 844})
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return page


def type_password(page, account):
    page.fill("input[name=password]", account.password)
    page.press("input[name=password]", "Enter")


def sign_out(page, url):
    page.goto(f"{url}/vao/ra/")
    page.click("main button.btn-primary")
    page.wait_for_url(f"{url}/vao/")


def test_a_member_signs_in_with_a_passkey(page, url, site):
    account = site.accounts["member"]
    page.goto(f"{url}/vao/")
    page.fill("input[name=login]", account.username)
    type_password(page, account)
    page.wait_for_url(f"{url}/")

    page.goto(f"{url}/vao/khoa/them/")
    type_password(page, account)
    page.check("#id_passwordless")
    page.click("#passkey_button")
    page.wait_for_url("**/ma-du-phong/")
    sign_out(page, url)

    page.click("#passkey_button")
    page.wait_for_url(f"{url}/")
    sign_out(page, url)

    page.fill("input[name=login]", account.username)
    type_password(page, account)
    page.wait_for_url("**/vao/ma/")
    page.click("#passkey_button")
    page.wait_for_url(f"{url}/")

    page.goto(f"{url}/vao/khoa/")
    page.get_by_role("link", name="Bỏ Khóa số 1").click()
    type_password(page, account)
    page.get_by_role("button", name="Bỏ khóa").click()
    page.get_by_text("Đã bỏ khóa truy cập.").wait_for()
