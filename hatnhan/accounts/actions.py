"""Every write to accounts. Each is one transaction and one line of the audit record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.accounts import links, passwords, selectors
from hatnhan.accounts.announcements import announce
from hatnhan.accounts.deeds import Deed
from hatnhan.accounts.models import User
from hatnhan.accounts.permissions import require_administrator
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.vietnamese import tidy_name

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor

USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,58})[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Issued:
    """An account and the password issued for it, which is kept nowhere: show it once."""

    user: User
    password: str


@transaction.atomic
def open_account(
    *,
    by: Actor,
    at: datetime,
    username: str,
    display_name: str,
    is_administrator: bool = False,
    card_number: str = "",
) -> Issued:
    """Open an account with an issued password that must be changed at first sign-in.

    ``card_number`` joins it to the member with that card. Raises Denied; RuleBroken with code ``username``,
    ``username_taken``, ``card_unknown``.
    """
    require_administrator(by)
    name = username.strip().lower()
    _check_username(name)
    user = User(username=name, display_name=tidy_name(display_name), is_administrator=is_administrator)
    user.must_change_password = True
    password = passwords.issue()
    user.set_password(password)
    user.save(force_insert=True)
    details = {"username": name, "administrator": is_administrator, "linked": bool(card_number)}
    announce(by=by, at=at, action=Deed.OPEN, target=user, details=details)
    if card_number:
        links.link(user, card_number, by, at)
    return Issued(user, password)


def _check_username(name: str) -> None:
    if not USERNAME.fullmatch(name):
        message = _(
            "Tên đăng nhập gồm 3–60 chữ thường không dấu, chữ số, dấu chấm, gạch; ví dụ: phung.minh.thong."
        )
        raise RuleBroken("username", message, field="username")
    if User.objects.filter(username__iexact=name).exists():
        message = _("Đã có tài khoản mang tên này. Chọn tên khác, ví dụ thêm năm sinh.")
        raise RuleBroken("username_taken", message, field="username")


@transaction.atomic
def link_account(*, by: Actor, at: datetime, user: User, card_number: str) -> None:
    """Join an account to the member with a card number. Raises Denied; RuleBroken (``card_unknown``, ``linked``)."""
    require_administrator(by)
    _not_oneself(by, user)  # or whoever knows a card number would take the powers of its bearer
    if links.is_linked(user):
        raise RuleBroken("linked", _("Tài khoản này đã gắn với một đảng viên."), field="card_number")
    links.link(user, card_number, by, at)
    announce(by=by, at=at, action=Deed.LINK, target=user)


@transaction.atomic
def issue_password(*, by: Actor, at: datetime, user: User) -> Issued:
    """Replace the password by an issued one, to be changed at next sign-in; all sessions of the account end."""
    require_administrator(by)
    password = passwords.issue()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    announce(by=by, at=at, action=Deed.PASSWORD_ISSUE, target=user)
    return Issued(user, password)


@transaction.atomic
def set_active(*, by: Actor, at: datetime, user: User, active: bool, reason: str = "") -> None:
    """Let an account sign in, or no longer; its history stays. Raises Denied; RuleBroken (``state``, ``last``)."""
    require_administrator(by)
    _not_oneself(by, user)
    others = selectors.active_administrators().exclude(pk=user.pk)
    if not active and user.is_administrator and not others.exists():
        message = _("Đây là người quản trị kỹ thuật duy nhất. Mở tài khoản cho người khác trước.")
        raise RuleBroken("last", message)
    if User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active) != 1:
        raise RuleBroken("state", _("Tài khoản đã ở trạng thái này. Tải lại trang để xem."))
    user.is_active = active
    action = Deed.ACTIVATE if active else Deed.DEACTIVATE
    announce(by=by, at=at, action=action, target=user, details={"reason": reason})


@transaction.atomic
def remove_second_factor(*, by: Actor, at: datetime, user: User, reason: str) -> None:
    """Take away a second factor that was lost, and end all sessions.

    Raises Denied; RuleBroken (``reason``, ``none``).
    """
    require_administrator(by)
    _not_oneself(by, user)
    if not reason.strip():
        message = _("Ghi lý do, ví dụ: mất điện thoại, đã gặp trực tiếp ngày 5/11.")
        raise RuleBroken("reason", message, field="reason")
    removed, _by_kind = Authenticator.objects.filter(user_id=user.pk).delete()
    if not removed:
        raise RuleBroken("none", _("Tài khoản này chưa bật xác nhận hai lớp."))
    _end_sessions(user)
    announce(by=by, at=at, action=Deed.FACTOR_RESET, target=user, details={"reason": reason.strip()})


@transaction.atomic
def end_sessions(*, by: User, at: datetime) -> None:
    """Sign a person out everywhere, here included."""
    _end_sessions(by)
    announce(by=by, at=at, action=Deed.SESSIONS_END, target=by)


@transaction.atomic
def note_password_changed(*, by: User, at: datetime) -> None:
    """Take note that a person changed the own password."""
    User.objects.filter(pk=by.pk).update(must_change_password=False)
    by.must_change_password = False
    announce(by=by, at=at, action=Deed.PASSWORD_CHANGE, target=by)


@transaction.atomic
def note_second_factor(*, by: User, at: datetime, kind: str, added: bool) -> None:
    """Take note that a person added or removed a second factor of a kind."""
    action = Deed.FACTOR_ADD if added else Deed.FACTOR_REMOVE
    announce(by=by, at=at, action=action, target=by, details={"kind": kind})


def _end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)


def _not_oneself(by: Actor, user: User) -> None:
    if isinstance(by, User) and by.pk == user.pk:
        raise Denied(
            _("Việc này không tự làm cho tài khoản của mình được. Nhờ người quản trị kỹ thuật khác.")
        )
