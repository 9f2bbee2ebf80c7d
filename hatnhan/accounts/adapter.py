"""How allauth behaves here, and what it says: accounts are opened by the administrator, nobody signs up."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_stubs_ext import StrPromise

    from hatnhan.accounts.models import User

_WRONG_CODE = _(
    "Mã xác nhận không đúng hoặc đã hết hạn. Xem mã đang hiện trong ứng dụng tạo mã rồi nhập lại."
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Close self-service sign-up, answer 429 to whoever tries too often, speak Vietnamese."""

    error_messages: ClassVar[dict[str, StrPromise]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đã ngừng sử dụng. Hỏi người quản trị kỹ thuật."),
        "enter_current_password": _("Mật khẩu hiện nay chưa đúng. Nhập lại."),
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": _("Mật khẩu chưa đúng. Nhập lại."),
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "username_password_mismatch": _(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Xem lại phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại."
        ),
        "too_many_login_attempts": _("Đã nhập sai nhiều lần. Chờ 5 phút rồi đăng nhập lại."),
        "rate_limited": _("Đã thử nhiều lần liền nhau. Chờ 5 phút rồi làm lại."),
        "same_as_current": _("Mật khẩu mới phải khác mật khẩu hiện nay."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the signature is allauth's
        """Return False: accounts are opened by the administrator."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Answer 429, on a page of its own, to whoever failed too often."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            page = render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
            raise ImmediateHttpResponse(page) from error

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - as above
        """Return where to go after a change of password."""
        return reverse("mfa_index")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Name things in Vietnamese."""

    error_messages: ClassVar[dict[str, StrPromise]] = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": _(
            "Bật ứng dụng tạo mã hoặc khóa truy cập trước khi tạo mã dự phòng."
        ),
        "incorrect_code": _WRONG_CODE,
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - as above
        """Return a name for a new passkey that tells it from the others."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _now("Khóa số %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the place for which a passkey is made."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Hạt Nhân"}
