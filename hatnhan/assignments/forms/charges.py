"""What is asked about who is in charge of what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import DayField, Form, Line
from hatnhan.organization.forms.fields import BLANK, decision

if TYPE_CHECKING:
    from collections.abc import Sequence


class ChargeForm(Form):
    """Put a committee member in charge; the page says of what."""

    member = forms.ChoiceField(label=_("Người phụ trách"))
    start = DayField(label=_("Phụ trách từ ngày"))
    decision_no = decision(label=_("Số quyết định hoặc thông báo phân công"))

    def __init__(self, *args: Any, seats: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [*BLANK, *seats]  # type: ignore[attr-defined]


class EndChargeForm(Form):
    """End a charge."""

    end = DayField(label=_("Thôi phụ trách từ ngày"))
    reason = Line(_("Lý do"), 120, help_text=_("Như phân công lại theo 20-QĐ/ĐU, ghi nhầm."))


class GroupForm(Form):
    """Add a group of tasks."""

    name = Line(
        _("Tên nhóm nhiệm vụ"), 120, help_text=_("Như Nông nghiệp, nông thôn mới; Quốc phòng, an ninh.")
    )
    start = DayField(label=_("Có trong danh sách từ ngày"))


class RenameGroupForm(Form):
    """Correct a group's name and its place in the list."""

    name = Line(_("Tên nhóm nhiệm vụ"), 120)
    position = forms.IntegerField(
        label=_("Thứ tự trong danh sách"), min_value=1, max_value=999, help_text=_("Số nhỏ đứng trước.")
    )


class EndGroupForm(Form):
    """Take a group off the list."""

    end = DayField(label=_("Không còn trong danh sách từ ngày"))
