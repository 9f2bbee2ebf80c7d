"""What is done to accounts, by name and in words."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Deed(StrEnum):
    """Names of the deeds, as they stand in the audit record."""

    OPEN = "accounts:account:open"
    LINK = "accounts:account:link"
    DEACTIVATE = "accounts:account:deactivate"
    ACTIVATE = "accounts:account:activate"
    PASSWORD_ISSUE = "accounts:password:issue"  # noqa: S105 - the name of a deed
    PASSWORD_CHANGE = "accounts:password:change"  # noqa: S105
    FACTOR_ADD = "accounts:second_factor:add"
    FACTOR_REMOVE = "accounts:second_factor:remove"
    FACTOR_RESET = "accounts:second_factor:reset"
    SESSIONS_END = "accounts:sessions:end"


WORDS: dict[str, StrPromise] = {
    Deed.OPEN: _("Mở tài khoản"),
    Deed.LINK: _("Gắn tài khoản với đảng viên"),
    Deed.DEACTIVATE: _("Ngừng tài khoản"),
    Deed.ACTIVATE: _("Cho tài khoản dùng lại"),
    Deed.PASSWORD_ISSUE: _("Cấp mật khẩu"),
    Deed.PASSWORD_CHANGE: _("Tự đổi mật khẩu"),
    Deed.FACTOR_ADD: _("Bật xác nhận hai lớp"),
    Deed.FACTOR_REMOVE: _("Tự tắt xác nhận hai lớp"),
    Deed.FACTOR_RESET: _("Bỏ xác nhận hai lớp bị mất"),
    Deed.SESSIONS_END: _("Đăng xuất mọi nơi"),
}
DETAILS: dict[str, StrPromise] = {
    "username": _("tên đăng nhập"),
    "administrator": _("quản trị kỹ thuật"),
    "linked": _("gắn với đảng viên"),
    "reason": _("lý do"),
    "kind": _("loại"),
}
