"""What is decided about a member: probation, exemption, temporary activity, the end of membership."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import DayField, Form, LastDayField, Line, Radios
from hatnhan.organization.forms.fields import UnitField, decision
from hatnhan.organization.models import Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.organization.models import Unit

OFFICIAL, EXTEND, STRIKE_OFF = "official", "extend", "strike_off"
_END = Membership.EndReason


class ProbationForm(Form):
    """How a probation ends, all in one page."""

    sometimes = ("official_on", "card_number", "months")

    outcome = forms.ChoiceField(
        label=_("Quyết định"),
        widget=Radios,
        choices=(
            (OFFICIAL, _("Công nhận đảng viên chính thức")),
            (EXTEND, _("Kéo dài thời gian dự bị")),
            (STRIKE_OFF, _("Xóa tên trong danh sách đảng viên dự bị")),
        ),
    )
    decided_on = DayField(label=_("Ngày quyết định"))
    decision_no = decision()
    official_on = DayField(
        label=_("Chính thức từ ngày"),
        required=False,
        help_text=_("Ghi khi công nhận chính thức. Xét muộn vẫn tính từ ngày hết hạn dự bị."),
    )
    card_number = Line(
        _("Số thẻ đảng viên"),
        20,
        required=False,
        short=True,
        help_text=_("Ghi khi công nhận chính thức; chưa có thẻ thì để trống."),
    )
    months = forms.IntegerField(
        label=_("Kéo dài thêm mấy tháng"),
        required=False,
        min_value=1,
        max_value=24,
        help_text=_("Ghi khi kéo dài thời gian dự bị."),
        widget=forms.TextInput({"inputmode": "numeric", "class": "form-control hn-day"}),
        error_messages={
            "invalid": _("Ghi số tháng bằng chữ số, như 6."),
            "min_value": _("Kéo dài ít nhất 1 tháng."),
            "max_value": _("Kéo dài nhiều nhất 24 tháng mỗi lần ghi."),
        },
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what each outcome needs, and pass over what belongs to another."""
        data = super().clean() or self.cleaned_data
        outcome = data.get("outcome", "")
        needed = {OFFICIAL: "official_on", EXTEND: "months"}.get(outcome)
        if outcome and outcome != OFFICIAL:
            data |= {"official_on": None, "card_number": ""}
        if outcome != EXTEND:
            data["months"] = None
        if needed and not data.get(needed) and needed not in self.errors:
            self.add_error(needed, _("Chưa ghi."))
        return data


class ExemptForm(Form):
    """Excuse a member from Party work and meetings."""

    start = DayField(label=_("Miễn từ ngày"))
    end = LastDayField(label=_("Đến hết ngày"), required=False, help_text=_("Không định hạn thì để trống."))
    decision_no = decision(help_text=_("Nghị quyết chi bộ hoặc quyết định, như 07-NQ/CB."))


class EndExemptionForm(Form):
    """Call a member back to meetings."""

    end = DayField(label=_("Trở lại sinh hoạt từ ngày"))


class TemporaryForm(Form):
    """Take part in another cell for a time."""

    cell = UnitField(label=_("Chi bộ nơi sinh hoạt tạm thời"))
    start = DayField(label=_("Từ ngày"))
    end = LastDayField(label=_("Đến hết ngày"), required=False, help_text=_("Chưa rõ ngày về thì để trống."))
    decision_no = Line(_("Số giấy giới thiệu"), 60, short=True)

    def __init__(self, *args: Any, cells: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cell"].queryset = cells  # type: ignore[attr-defined]


class EndTemporaryForm(Form):
    """Temporary activity is over."""

    end = DayField(label=_("Thôi sinh hoạt tạm thời từ ngày"))


class EndMembershipForm(Form):
    """The end of membership here."""

    sometimes = ("decision_no",)

    reason = forms.ChoiceField(
        label=_("Lý do"),
        widget=Radios,
        choices=[
            (one.value, one.label)
            for one in (_END.DIED, _END.LEFT, _END.WITHDREW, _END.STRUCK_OFF, _END.EXPELLED)
        ],
    )
    end = DayField(
        label=_("Thôi từ ngày"), help_text=_("Ngày đầu tiên không còn trong danh sách, như 5/11/2018.")
    )
    decision_no = decision(required=False, help_text=_("Từ trần thì để trống."))

    def clean(self) -> dict[str, Any]:
        """Ask for a decision wherever somebody decided."""
        data = super().clean() or self.cleaned_data
        decided = {_END.WITHDREW, _END.STRUCK_OFF, _END.EXPELLED}
        if data.get("reason") in decided and not data.get("decision_no"):
            self.add_error("decision_no", _("Việc này phải có quyết định. Ghi số quyết định."))
        return data
