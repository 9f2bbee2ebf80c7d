"""What is typed about denunciations. Who wrote one is typed once, on receipt, and sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Checks, DayField, Form, Line, Radios
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.forms.fields import BLANK
from hatnhan.oversight.forms.findings import NothingForm, sentences
from hatnhan.oversight.models import DenouncedPoint, UnnamedLetters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    Options = Sequence[tuple[str, Any]]

__all__ = ["NothingForm"]
#: A line that says nothing of who wrote it: these words go into the record.
_SILENT = _("Không ghi tên, địa chỉ, số điện thoại người viết đơn.")


class DenunciationForm(Form):
    """A denunciation as it came: whom it is about, point by point, and who wrote it."""

    about = forms.ChoiceField(label=_("Tố cáo ai"), help_text=_("Một tổ chức, hoặc một đảng viên."))
    received_on = DayField(label=_("Ngày nhận đơn"))
    points = sentences(
        _("Nội dung tố cáo"),
        help_text=_(
            "Mỗi dòng một nội dung; mỗi nội dung sẽ có một kết luận. "
            "Không ghi tên, địa chỉ, số điện thoại người viết đơn."
        ),
        rows=8,
        longest=8_000,
    )
    name = Line(_("Họ và tên người viết đơn"), 200)
    address = Line(_("Địa chỉ"), 200)
    phone = Line(_("Số điện thoại"), 40, required=False, short=True)
    handlers = forms.MultipleChoiceField(
        label=_("Giao cùng giải quyết"),
        required=False,
        widget=Checks,
        help_text=_("Đồng chí nhận đơn là một người giải quyết. Chỉ những người này xem được ai viết đơn."),
    )
    groups = (
        (_("Người viết đơn"), ("name", "address", "phone")),
        (_("Người giải quyết"), ("handlers",)),
    )
    aliases = {"about_member": "about", "about_unit": "about"}

    def __init__(self, *args: Any, subjects: Options, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [*BLANK, *subjects]  # type: ignore[attr-defined]
        self.fields["handlers"].choices = list(people)  # type: ignore[attr-defined]


class HandlersForm(Form):
    """Who handles it."""

    handlers = forms.MultipleChoiceField(
        label=_("Người giải quyết"),
        widget=Checks,
        error_messages={"required": _("Chưa có người giải quyết. Chọn ít nhất một.")},
    )

    def __init__(self, *args: Any, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handlers"].choices = list(people)  # type: ignore[attr-defined]


class AcceptForm(Form):
    """By which check it is settled."""

    check = forms.ChoiceField(label=_("Cuộc kiểm tra để giải quyết"))
    accepted_on = DayField(label=_("Ngày thụ lý"))

    def __init__(self, *args: Any, checks: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["check"].choices = [*BLANK, *checks]  # type: ignore[attr-defined]


class ReasonForm(Form):
    """Why it was left."""

    reason = Line(_("Lý do"), 300, help_text=_SILENT)
    on = DayField(label=_("Ngày"))


class PassOnForm(Form):
    """To whom it was sent."""

    to = Line(_("Chuyển đến"), 300, help_text=_SILENT)
    on = DayField(label=_("Ngày chuyển"))


class CombineForm(Form):
    """Into which other it goes."""

    into = forms.ChoiceField(label=_("Nhập vào đơn"))
    on = DayField(label=_("Ngày"))

    def __init__(self, *args: Any, others: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [*BLANK, *others]  # type: ignore[attr-defined]


class ToldForm(Form):
    """On which day who wrote it was told."""

    on = DayField(label=_("Ngày báo"))


class PointForm(Form):
    """What was found on one point."""

    result = forms.ChoiceField(label=_("Kết quả"), widget=Radios, choices=DenouncedPoint.Result.choices)
    finding = sentences(_("Qua thẩm tra thấy"), help_text=_SILENT)


class ConcludeForm(Form):
    """On which day it was concluded."""

    concluded_on = DayField(label=_("Ngày kết luận"))


class UnnamedForm(Form):
    """How many came in a month."""

    month = forms.ChoiceField(label=_("Tháng"))
    kind = forms.ChoiceField(label=_("Loại đơn"), widget=Radios, choices=UnnamedLetters.Kind.choices)
    count = forms.IntegerField(
        label=_("Số đơn"),
        min_value=0,
        help_text=_(
            "Chỉ đếm. Không ghi nội dung, không ghi đơn về ai. Ghi lại thì thay số đã ghi của tháng."
        ),
    )

    def __init__(self, *args: Any, months: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.isoformat(), written(one).partition("/")[2]) for one in months]
        self.fields["month"].choices = choices  # type: ignore[attr-defined]
