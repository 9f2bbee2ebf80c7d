"""What the administrator fills in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Form


class OpenForm(Form):
    """A new account."""

    display_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        help_text=_("Chữ thường không dấu, như phung.minh.thong."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false", "autocomplete": "off"}),
    )
    card_number = forms.CharField(
        label=_("Số thẻ đảng viên"),
        help_text=_(
            "Để gắn tài khoản với hồ sơ của người ấy. Quyền trong phần mềm theo chức vụ ghi ở hồ sơ."
        ),
        max_length=20,
        required=False,
    )
    is_administrator = forms.BooleanField(
        label=_("Là người quản trị kỹ thuật: quản lý tài khoản, không xem được nội dung"), required=False
    )


class LinkForm(Form):
    """The member an account belongs to."""

    card_number = forms.CharField(label=_("Số thẻ đảng viên"), max_length=20)


class ReasonForm(Form):
    """Why it is done."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=300, help_text=_("Ghi ngắn; lý do nằm trong nhật ký, không xóa được.")
    )
