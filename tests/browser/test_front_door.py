"""The front door: sign in, find one's feet, on a desk and on a phone."""

from __future__ import annotations

import pytest

ROLES = ["secretary", "village_secretary", "member", "administrator"]


def test_the_form_for_signing_in_is_for_everyone(page_wide, axe):
    page_wide.goto("/")
    assert axe(page_wide) == []


@pytest.mark.parametrize("role", ROLES)
def test_signs_in_at_a_desk(page_wide, sign_in, axe, role):
    sign_in(page_wide, role)
    assert page_wide.locator("h1").count() == 1
    assert axe(page_wide) == []


@pytest.mark.parametrize("role", ROLES)
def test_signs_in_on_a_phone_without_sideways_scrolling(page_phone, sign_in, axe, role):
    sign_in(page_phone, role)
    assert page_phone.evaluate("document.documentElement.scrollWidth") <= page_phone.viewport_size["width"]
    assert axe(page_phone) == []
