"""The frame of every page."""


def test_home_opens_for_every_role(cast):
    for role in ("secretary", "village_secretary", "member", "administrator", "editor", "outsider"):
        assert getattr(cast, role).get("/").status_code == 200, role


def test_home_asks_to_sign_in(cast):
    assert cast.anonymous.get("/").status_code == 302


def test_no_inline_script_is_allowed(cast):
    policy = cast.secretary.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
