"""The frame of every page."""

import re
from pathlib import Path

import hatnhan

STYLES = [one for one in Path(hatnhan.__file__).parent.rglob("static/*/*.css") if one.parent.name != "npm"]


def test_home_opens_for_every_role(cast):
    for role in ("secretary", "village_secretary", "member", "administrator", "editor", "outsider"):
        assert getattr(cast, role).get("/").status_code == 200, role


def test_home_asks_to_sign_in(cast):
    assert cast.anonymous.get("/").status_code == 302


def test_no_inline_script_is_allowed(cast):
    policy = cast.secretary.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_what_is_for_narrow_screens_is_not_for_paper():
    """A sheet of A4 is as narrow as a small screen: unless the rule says `screen`, its tables print as cards."""
    assert len(STYLES) > 10
    narrow = {one.name: re.findall(r"@media \(max-width[^{]*", one.read_text()) for one in STYLES}
    assert {name: rules for name, rules in narrow.items() if rules} == {}
