"""Moves of Party activity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import DayField, Form, Line, Radios
from hatnhan.organization.forms.fields import UnitField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.organization.models import Unit

INSIDE, OUTSIDE = "inside", "outside"


class ProposeForm(Form):
    """Introduce a member to another cell here, or to an organisation outside."""

    sometimes = ("to_unit", "outside")

    where = forms.ChoiceField(
        label=_("Nơi đến"),
        widget=Radios,
        choices=((INSIDE, _("Chi bộ khác trong Đảng bộ")), (OUTSIDE, _("Tổ chức đảng ngoài Đảng bộ"))),
    )
    to_unit = UnitField(
        label=_("Chi bộ nơi đến"), required=False, help_text=_("Chọn khi chuyển trong Đảng bộ.")
    )
    outside = Line(
        _("Tổ chức đảng nơi đến"),
        200,
        required=False,
        help_text=_("Ghi khi chuyển ra ngoài, như Đảng bộ phường Vĩnh Yên, tỉnh Phú Thọ."),
    )
    proposed_on = DayField(label=_("Ngày giới thiệu"))
    letter_no = Line(_("Số giấy giới thiệu"), 60, short=True)
    reason = Line(
        _("Lý do"), 200, required=False, help_text=_("Như chuyển công tác, nghỉ hưu, chuyển nơi ở.")
    )

    def __init__(self, *args: Any, cells: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_unit"].queryset = cells  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the place that was meant, and pass over the other."""
        data = super().clean() or self.cleaned_data
        if data.get("where") == INSIDE:
            data["outside"] = ""
            if not data.get("to_unit") and "to_unit" not in self.errors:
                self.add_error("to_unit", _("Chưa chọn chi bộ nơi đến."))
        elif data.get("where") == OUTSIDE:
            data["to_unit"] = None
            if not data.get("outside") and "outside" not in self.errors:
                self.add_error("outside", _("Chưa ghi tổ chức đảng nơi đến."))
        return data


class AcceptForm(Form):
    """Take the member in."""

    effective_on = DayField(label=_("Sinh hoạt tại nơi nhận từ ngày"))


class RefuseForm(Form):
    """Say why not."""

    answer = Line(_("Lý do không nhận"), 200, help_text=_("Nơi giới thiệu đọc được lý do này."))


class WithdrawForm(Form):
    """Nothing is asked: pressing the button is enough."""
