"""The forms of the sign-in pages: allauth's, with our words and our controls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

_CODE = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "autocapitalize": "off",
    "spellcheck": "false",
}

if TYPE_CHECKING:
    from collections.abc import Mapping


def dress(fields: Mapping[str, forms.Field]) -> None:
    """Give allauth's controls the classes of the style sheet; labels stand above them, not inside."""
    for field in fields.values():
        field.widget.attrs.pop("placeholder", None)
        ticked = isinstance(field.widget, forms.CheckboxInput)
        field.widget.attrs["class"] = "form-check-input" if ticked else "form-control"
        field.error_messages = {**field.error_messages, "required": _("Chưa nhập.")}


class SignInForm(LoginForm):  # type: ignore[misc]
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Tên đăng nhập")
        self.fields["login"].widget.attrs |= {"autocapitalize": "off", "spellcheck": "false"}
        self.fields["password"].label = _("Mật khẩu")
        self.fields["password"].help_text = ""
        dress(self.fields)


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The present password, then the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Mật khẩu hiện nay")
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = _("Mật khẩu mới")
        self.fields["password1"].help_text = " ".join(password_validators_help_texts()[-1:])
        self.fields["password2"].label = _("Mật khẩu mới, nhập lại")
        dress(self.fields)

    def clean(self) -> dict[str, Any]:
        """Compare the two, and the new with the present one."""
        cleaned: dict[str, Any] = forms.Form.clean(self) or {}
        old, new, again = (cleaned.get(name) for name in ("oldpassword", "password1", "password2"))
        if new and again and new != again:
            self.add_error("password2", _now("Hai lần nhập chưa giống nhau. Nhập lại mật khẩu mới."))
        if new and old == new:
            self.add_error("password1", _now("Mật khẩu mới phải khác mật khẩu hiện nay."))
        return cleaned


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something important."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Mật khẩu")
        self.fields["password"].help_text = ""
        dress(self.fields)


class _Code(forms.Form):
    """Words and keyboard for a code of six digits, or a recovery code of eight."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Mã xác nhận")
        self.fields["code"].widget.attrs |= _CODE
        dress(self.fields)


class CodeForm(_Code, AuthenticateForm):  # type: ignore[misc]
    """The code at sign-in."""


class CodeAgainForm(_Code, ReauthenticateByCodeForm):  # type: ignore[misc]
    """The code once more, before something important."""


class FirstCodeForm(_Code, ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which proves that the application was set up."""


class NewKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Tên gọi")
        self.fields["name"].help_text = _("Để phân biệt với khóa khác, ví dụ: điện thoại của tôi")
        self.fields["passwordless"].label = _("Đăng nhập được bằng khóa này, không cần mật khẩu")
        self.fields["passwordless"].help_text = _("Máy sẽ hỏi vân tay, khuôn mặt hoặc mã PIN của máy.")
        dress(self.fields)


class KeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Tên gọi")
        dress(self.fields)
