"""What people type into the shell's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core import clock, vietnamese
from hatnhan.site import days

if TYPE_CHECKING:
    from datetime import date


class DayForm(forms.Form):
    """The day from which to look."""

    ngay = forms.CharField(
        label=_("Xem như ngày"),
        help_text=_("Ví dụ 31/12/2017; chỉ gõ năm thì hiểu là ngày 31/12 năm ấy"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "form-control hn-day"}
        ),
        error_messages={"required": _("Gõ ngày, tháng, năm. Ví dụ 31/12/2017")},
    )

    def clean_ngay(self) -> date:
        try:
            return days.read(self.cleaned_data["ngay"], clock.today())
        except vietnamese.DayError as error:
            raise forms.ValidationError(f"{error.message_vi}.", code=error.code) from error

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
