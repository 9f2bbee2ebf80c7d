"""What is done to accounts, a room below this one, stands in the record."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from hatnhan.accounts import actions, announcements
from hatnhan.accounts.actors import MACHINE
from hatnhan.accounts.models import User
from hatnhan.accounts.tests import make
from hatnhan.audit.models import Entry
from hatnhan.core import clock

pytestmark = pytest.mark.django_db


def last():
    entry = Entry.objects.latest("id")
    return entry.action, entry.actor_name, entry.object_name, entry.details


def test_opening_and_issuing_are_recorded_without_the_password():
    issued = actions.open_account(by=MACHINE, at=clock.now(), username="thong", display_name="Thông")
    details = {"username": "thong", "administrator": False, "linked": False}
    assert last() == ("accounts:account:open", str(MACHINE), "Thông", details)
    again = actions.issue_password(by=MACHINE, at=clock.now(), user=issued.user)
    assert last() == ("accounts:password:issue", str(MACHINE), "Thông", {})
    assert not any(
        password in str(entry.__dict__)
        for entry in Entry.objects.all()
        for password in (issued.password, again.password)
    )


def test_reasons_are_recorded():
    keeper, user = make.account("quan.tri", "Quản trị", is_administrator=True), make.account("thong", "Thông")
    actions.set_active(by=keeper, at=clock.now(), user=user, active=False, reason="Nghỉ hưu")
    assert last() == ("accounts:account:deactivate", "Quản trị", "Thông", {"reason": "Nghỉ hưu"})
    Authenticator.objects.create(user=user, type="totp", data={})
    actions.remove_second_factor(by=keeper, at=clock.now(), user=user, reason=" Mất máy ")
    assert last() == ("accounts:second_factor:reset", "Quản trị", "Thông", {"reason": "Mất máy"})


def test_what_people_do_themselves_is_recorded(client):
    user = make.account("thong", "Thông")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    typed = {"oldpassword": make.PASSWORD, "password1": "mot cau de nho", "password2": "mot cau de nho"}
    client.post(reverse("account_change_password"), typed)
    assert last() == ("accounts:password:change", "Thông", "Thông", {})
    actions.note_second_factor(by=user, at=clock.now(), kind="totp", added=True)
    assert last() == ("accounts:second_factor:add", "Thông", "Thông", {"kind": "totp"})
    client.post(reverse("accounts:end-sessions"))
    assert last() == ("accounts:sessions:end", "Thông", "Thông", {})


def test_a_deed_that_cannot_be_recorded_is_not_done(monkeypatch):
    def fail(**_said):
        raise OSError("full")

    announcements.done.connect(fail)
    try:
        with pytest.raises(OSError, match="full"):
            actions.open_account(by=MACHINE, at=clock.now(), username="thong", display_name="Thông")
    finally:
        announcements.done.disconnect(fail)
    assert not User.objects.exists()
    assert not Entry.objects.exists()
