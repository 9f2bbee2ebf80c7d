"""Signing in: what is asked, how often one may fail, what holds a person back."""

import re
from html import unescape
from pathlib import Path

import allauth
import polib
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from hatnhan.accounts import passwords
from hatnhan.accounts.tests import make
from hatnhan.core import clock

SIGN_IN = "/vao/"
PASSWORD = make.PASSWORD


@pytest.fixture(autouse=True)
def no_failures_yet(db):
    cache.clear()


def sign_in(client, username="thong", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": username, "password": password, **more})


def test_sign_in_leads_where_one_was_going(client):
    make.account("thong")
    asked = client.get("/quy-dinh/")
    assert asked.headers["Location"] == "/vao/?next=/quy-dinh/"
    assert sign_in(client, next="/quy-dinh/").headers["Location"] == "/quy-dinh/"


def test_sign_in_leads_to_no_other_site(client):
    make.account("thong")
    assert sign_in(client, next="https://example.org/").headers["Location"] == "/"


def test_wrong_password_and_unknown_name_look_the_same(client):
    make.account("thong")
    pages = [sign_in(client, name, "sai-mat-khau-roi").content.decode() for name in ("thong", "khong-co")]
    words = [re.sub(r"(csrfmiddlewaretoken|value)=?[^>]*", "", page) for page in pages]
    assert words[0] == words[1]
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in pages[0]


def test_too_many_failures_are_answered_with_429_in_vietnamese(client):
    make.account("thong")
    answers = [sign_in(client, password="sai") for _time in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert "Chờ 5 phút" in answers[-1].content.decode()
    assert sign_in(client).status_code == 429, "the right password does not help before the time is over"
    assert sign_in(Client(), "khac", "x").status_code == 200, "others may still try"


def test_one_address_cannot_try_many_names(client):
    answers = [sign_in(client, f"ten{number}", "sai").status_code for number in range(9)]
    assert answers == [200] * 8 + [429]


def test_a_stopped_account_cannot_sign_in(client):
    make.account("thong", is_active=False)
    assert sign_in(client, password="sai").status_code == 200, "a wrong password is told nothing"
    assert sign_in(client).headers["Location"] == reverse("account_inactive")
    assert client.get("/").status_code == 302


def test_fragments_are_refused_so_that_htmx_leaves_the_page(client, db):
    answer = client.get("/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, SIGN_IN)


# --- The issued password ----------------------------------------------------------------------------------------------


def test_an_issued_password_must_be_changed_before_anything_else(client):
    user = make.account("thong", must_change_password=True)
    sign_in(client)
    assert client.get("/").headers["Location"] == "/vao/mat-khau/"
    new = "một câu ngắn dễ nhớ"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/vao/mat-khau/", typed).status_code == 302
    user.refresh_from_db()
    assert not user.must_change_password
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("sai", "mot cau dai hon", "mot cau dai hon", "Mật khẩu hiện nay chưa đúng"),
        (PASSWORD, "ngan", "ngan", "cần ít nhất 10 ký tự; đang có 4"),
        (PASSWORD, "mot cau dai hon", "mot cau khac han", "Hai lần nhập chưa giống nhau"),
        (PASSWORD, PASSWORD, PASSWORD, "phải khác mật khẩu hiện nay"),
    ],
)
def test_a_new_password_is_refused_with_the_reason(client, old, new, again, said):
    client.force_login(make.account("thong"), backend="django.contrib.auth.backends.ModelBackend")
    typed = {"oldpassword": old, "password1": new, "password2": again}
    assert said in unescape(client.post("/vao/mat-khau/", typed).content.decode())


def test_issued_passwords_are_long_and_unlike():
    issued = {passwords.issue() for _time in range(200)}
    assert len(issued) == 200
    assert all(re.fullmatch(r"([a-hj-km-np-z2-9]{4}-){3}[a-hj-km-np-z2-9]{4}", one) for one in issued)


# --- The second factor ------------------------------------------------------------------------------------------------


def code_of(secret):
    moment = int(clock.now().timestamp()) // 30
    return format_hotp_value(hotp_value(secret, moment))


def test_the_second_factor_is_asked_for_at_sign_in(client):
    user = make.account("thong")
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    assert sign_in(client).headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/").status_code == 302, "the password alone is not enough"
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Mã xác nhận không đúng" in wrong.content.decode()
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_setting_up_the_second_factor_gives_recovery_codes(client, django_capture_on_commit_callbacks):
    user = make.account("thong")
    sign_in(client)
    reverse_activate = reverse("mfa_activate_totp")
    first = client.get(reverse_activate)
    again = client.post(first.headers["Location"], {"password": PASSWORD})
    assert again.headers["Location"] == reverse_activate
    secret = client.get(reverse_activate).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse_activate, {"code": code_of(secret)})
    assert done.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(done.headers["Location"]).content.decode().count("<code>") == 10
    assert set(user.authenticator_set.values_list("type", flat=True)) == {"totp", "recovery_codes"}


FORCED = {"secretary", "deputy", "administrator"}


@pytest.mark.parametrize(
    "role",
    [
        "secretary",
        "deputy",
        "administrator",
        "standing",
        "inspector",
        "village_secretary",
        "member",
        "editor",
    ],
)
def test_outside_the_demo_secretaries_and_administrators_must_set_up_a_second_factor(cast, settings, role):
    settings.FORCE_SECOND_FACTOR = True
    client, user = getattr(cast, role), getattr(cast.users, role)
    first = client.get("/")
    if role not in FORCED:
        assert first.status_code == 200
        return
    assert first.headers["Location"] == reverse("mfa_index")
    assert "cần xác nhận hai lớp" in client.get(reverse("mfa_index")).content.decode()
    assert client.get(reverse("mfa_activate_totp")).status_code == 302, "asks for the password again"
    Authenticator.objects.create(user=user, type="recovery_codes", data={})
    assert client.get("/").status_code == 302, "recovery codes alone are no second factor"
    TOTP.activate(user, generate_totp_secret())
    assert client.get("/").status_code == 200


def test_in_the_demo_it_stays_optional(cast):
    assert cast.secretary.get("/").status_code == 200


# --- Sessions ---------------------------------------------------------------------------------------------------------


def test_signing_out_everywhere_ends_the_sessions_of_other_devices(client):
    make.account("thong")
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    assert elsewhere.get("/").status_code == 200
    assert client.post(reverse("accounts:end-sessions")).headers["Location"] == SIGN_IN
    assert client.get("/").status_code == 302
    assert elsewhere.get("/").status_code == 302


# --- What is closed, and the words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "email/", "dang-ky/", "login/code/"])
def test_what_allauth_offers_besides_does_not_exist(cast, path):
    assert cast.anonymous.get(f"/vao/{path}").status_code == 404
    assert cast.member.get(f"/vao/{path}").status_code == 404


def english():
    catalogue = Path(allauth.__file__).parent / "locale" / "de" / "LC_MESSAGES" / "django.po"
    return [
        entry.msgid
        for entry in polib.pofile(str(catalogue))
        if len(entry.msgid) > 5 and "%" not in entry.msgid
    ]


def test_no_sign_in_page_speaks_english(client, cast):
    user = make.account("thong")
    pages = [client.get(SIGN_IN), client.get(reverse("account_inactive")), sign_in(client, password="")]
    sign_in(client)
    pages += [
        client.get(reverse(name))
        for name in ("account_reauthenticate", "mfa_index", "account_change_password")
    ]
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    pages += [
        client.get(reverse(name)) for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn")
    ]
    pages.append(client.post(reverse("mfa_activate_totp"), {"code": "1"}))
    TOTP.activate(user, generate_totp_secret())
    key = Authenticator.objects.create(
        user=user, type="webauthn", data={"name": "Điện thoại", "credential": {}}
    )
    for name in (
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "account_logout",
    ):
        pages.append(client.get(reverse(name)))
    client.post(reverse("mfa_generate_recovery_codes"))
    pages += [client.get(reverse("mfa_view_recovery_codes")), client.get(reverse("mfa_index"))]
    pages += [
        client.get(reverse(name, args=[key.pk])) for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")
    ]
    stranger = Client()
    sign_in(stranger)
    key.delete()
    pages.append(stranger.get(reverse("mfa_authenticate")))
    assert [page.status_code for page in pages] == [200] * len(pages)
    phrases = english()
    for page in pages:
        text = unescape(re.sub(r"<script.*?</script>", "", page.content.decode(), flags=re.DOTALL))
        said = re.sub(r"<[^>]+>", " ", text)
        assert [phrase for phrase in phrases if phrase in said] == [], page.request["PATH_INFO"]
        assert "site/hatnhan.css" in text
