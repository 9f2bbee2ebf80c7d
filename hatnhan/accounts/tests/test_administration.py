"""The administrator keeps accounts, each deed with its reason; and sees nothing of the Party's content."""

import json

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from hatnhan.accounts import actions, selectors
from hatnhan.accounts.actors import MACHINE
from hatnhan.accounts.commands import create_admin
from hatnhan.accounts.models import User
from hatnhan.accounts.tests import make
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken

pytestmark = pytest.mark.django_db


def now():
    return {"by": MACHINE, "at": clock.now()}


def refused(code, call, **arguments):
    with pytest.raises(RuleBroken) as caught:
        call(**arguments)
    assert caught.value.code == code
    return caught.value


def test_an_account_is_opened_with_a_password_that_works_once():
    issued = actions.open_account(**now(), username=" Phung.Minh.Thong ", display_name="phùng minh thông")
    assert (issued.user.username, str(issued.user)) == ("phung.minh.thong", "Phùng Minh Thông")
    client = Client()
    assert client.login(username="phung.minh.thong", password=issued.password)
    assert client.get("/").headers["Location"] == reverse("account_change_password")


@pytest.mark.parametrize("name", ["", "ab", "có dấu", "-abc", "a b c", "abc!", "x" * 61])
def test_names_that_cannot_be_typed_everywhere_are_refused(name):
    refused("username", actions.open_account, **now(), username=name, display_name="An")


def test_names_are_unique_whatever_the_capitals():
    User.objects.create(username="Thong", display_name="Thông")
    error = refused("username_taken", actions.open_account, **now(), username="thong", display_name="An")
    assert error.field == "username"


@pytest.mark.parametrize("role", ["secretary", "member", "editor"])
def test_only_administrators_open_accounts(cast, role):
    by = getattr(cast.users, role)
    with pytest.raises(Denied):
        actions.open_account(by=by, at=clock.now(), username="khac", display_name="Khác")


def test_an_issued_password_ends_the_sessions_of_the_account(cast):
    assert cast.member.get("/").status_code == 200
    page = cast.administrator.post(reverse("accounts:issue-password", args=[cast.users.member.pk]))
    issued = page.context["issued"]
    assert issued.password in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert cast.member.get("/").status_code == 302
    cast.users.member.refresh_from_db()
    assert cast.users.member.check_password(issued.password)


def test_a_stopped_account_is_out_at_once_and_can_come_back(cast):
    stop = reverse("accounts:deactivate", args=[cast.users.member.pk])
    assert cast.administrator.post(stop).status_code == 422, "a reason is asked for"
    assert cast.administrator.post(stop, {"reason": "Chuyển công tác"}).status_code == 302
    assert cast.member.get("/").status_code == 302
    assert cast.administrator.post(stop, {"reason": "Lần nữa"}).status_code == 422
    back = reverse("accounts:activate", args=[cast.users.member.pk])
    assert cast.administrator.post(back, {"reason": "Đã về"}).status_code == 302
    assert selectors.account(cast.users.administrator, cast.users.member.pk).is_active


def test_the_last_administrator_cannot_be_stopped(cast):
    refused("last", actions.set_active, **now(), user=cast.users.administrator, active=False, reason="")
    make.account("quan.tri.2", is_administrator=True)
    actions.set_active(**now(), user=cast.users.administrator, active=False, reason="")


def test_nobody_stops_or_unlocks_the_own_account(cast):
    own = {"by": cast.users.administrator, "at": clock.now(), "user": cast.users.administrator}
    with pytest.raises(Denied):
        actions.set_active(**own, active=False, reason="")
    with pytest.raises(Denied):
        actions.remove_second_factor(**own, reason="mất máy")


def test_a_lost_second_factor_is_removed_with_a_reason(cast):
    user = cast.users.secretary
    address = reverse("accounts:remove-second-factor", args=[user.pk])
    assert cast.administrator.post(address, {"reason": "Mất máy"}).status_code == 422, "there is none"
    Authenticator.objects.create(user=user, type="totp", data={})
    Authenticator.objects.create(user=user, type="recovery_codes", data={})
    assert cast.administrator.post(address, {"reason": " "}).status_code == 422
    assert cast.administrator.post(address, {"reason": "Mất máy, đã gặp"}).status_code == 302
    assert not selectors.has_second_factor(user)
    assert cast.secretary.get("/").status_code == 302, "whoever found the telephone is out"


def test_an_account_is_joined_to_a_member_by_card_number_alone(cast, people, place):
    newcomer = make.account("nguoi.moi")
    address = reverse("accounts:link", args=[newcomer.pk])
    taken = cast.administrator.post(address, {"card_number": people.member.card_number})
    unknown = cast.administrator.post(address, {"card_number": "99999999"})
    assert taken.status_code == unknown.status_code == 422
    assert taken.context["form"].errors == unknown.context["form"].errors, "trying numbers tells nothing"
    people.member.user = None
    people.member.save(update_fields=["user"])
    card = people.member.card_number
    done = cast.administrator.post(
        address, {"card_number": f"{card[:2]} {card[2:5]} {card[5:]}"}, follow=True
    )
    assert "Đã gắn tài khoản" in done.content.decode()
    assert people.member.full_name not in done.content.decode(), (
        "the roster stays hidden from the administrator"
    )
    people.member.refresh_from_db()
    assert people.member.user == newcomer
    refused("linked", actions.link_account, **now(), user=newcomer, card_number="1")


def test_an_administrator_takes_nobodys_powers_by_a_card_number(cast, people):
    people.secretary.user = None
    people.secretary.save(update_fields=["user"])
    address = reverse("accounts:link", args=[cast.users.administrator.pk])
    assert cast.administrator.post(address, {"card_number": people.secretary.card_number}).status_code == 403
    people.secretary.refresh_from_db()
    assert people.secretary.user is None
    assert cast.administrator.get("/dang-vien/").status_code == 404


def test_opening_with_a_wrong_card_number_opens_nothing(cast):
    typed = {"display_name": "Người Mới", "username": "nguoi.moi", "card_number": "99999999"}
    page = cast.administrator.post(reverse("accounts:open"), typed)
    assert page.status_code == 422
    assert not User.objects.filter(username="nguoi.moi").exists()


def test_the_list_sorts_by_given_name_and_finds_without_marks(cast):
    for username, name in (
        ("a1", "Trần Văn Đức"),
        ("a2", "Trần Văn Dũng"),
        ("a3", "Lê Ánh"),
        ("a4", "Đỗ Bình"),
    ):
        make.account(username, name)
    found = [str(user) for user in selectors.accounts("tran van d")]
    assert found == ["Trần Văn Dũng", "Trần Văn Đức"]
    names = [str(user) for user in selectors.accounts()]
    assert names.index("Lê Ánh") < names.index("Đỗ Bình")
    page = cast.administrator.get(reverse("accounts:users"), {"q": "đức"})
    assert [str(user) for user in page.context["page"]] == ["Trần Văn Đức"]


def test_the_list_costs_the_same_at_any_length(cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(9) as few:
        cast.administrator.get(reverse("accounts:users"))
    for number in range(30):
        make.account(f"them{number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        cast.administrator.get(reverse("accounts:users"))


def test_the_command_opens_an_administrator_and_prints_the_password_once():
    run = CliRunner().invoke(create_admin, ["--username", "quan.tri", "--name", "Nguyễn Văn Quản", "--json"])
    said = json.loads(run.output)
    user = User.objects.get(username="quan.tri")
    assert user.is_administrator
    assert user.check_password(said["password"])
    again = CliRunner().invoke(create_admin, ["--username", "quan.tri", "--name", "Khác"])
    assert isinstance(again.exception, RuleBroken)
    asked = CliRunner().invoke(create_admin, input="quan.tri.hai\nTrần Thị Hai\n")
    assert "Mật khẩu:" in asked.output
