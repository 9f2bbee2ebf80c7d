"""What is typed about findings and remedies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import DayField, Form, Radios
from hatnhan.organization.forms.fields import BLANK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django_stubs_ext import StrOrPromise

    from hatnhan.organization.models import Member

_LONGEST = 4_000


def sentences(
    label: StrOrPromise, *, help_text: StrOrPromise = "", rows: int = 4, longest: int = _LONGEST
) -> forms.CharField:
    """Ask for some sentences."""
    too_long = _("Dài %(show_value)d chữ; ghi gọn trong %(limit_value)d chữ.")
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea({"rows": rows}),
        validators=[MaxLengthValidator(longest, too_long)],
    )


class FindingForm(Form):
    """One finding of one subject."""

    kind = forms.ChoiceField(label=_("Loại"), widget=Radios)
    topic = forms.ChoiceField(label=_("Lĩnh vực"))
    text = sentences(
        _("Nội dung"),
        help_text=_("Việc gì, khi nào, thể hiện ở đâu. Chỉ nêu công việc, nhiệm vụ trong phạm vi kiểm tra."),
    )
    due = DayField(
        label=_("Khắc phục xong trước hết ngày"),
        required=False,
        help_text=_("Chỉ với khuyết điểm. Để trống thì theo hạn chấp hành ghi trong kết luận."),
    )
    verifier = forms.ChoiceField(
        label=_("Người xác nhận khắc phục"),
        required=False,
        help_text=_("Chỉ với khuyết điểm; không phải người khắc phục. Để trống thì đoàn xác nhận."),
    )
    sometimes = ("due", "verifier")

    def __init__(
        self,
        *args: Any,
        kinds: Mapping[str, StrOrPromise],
        topics: Mapping[str, str],
        verifiers: Sequence[Member],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds.items())  # type: ignore[attr-defined]
        self.fields["topic"].choices = [*BLANK, *topics.items()]  # type: ignore[attr-defined]
        people = [(str(one.pk), one.full_name) for one in verifiers]
        self.fields["verifier"].choices = [("", _("Đoàn kiểm tra")), *people]  # type: ignore[attr-defined]


class NothingForm(Form):
    """Nothing to type: the button says all."""


class ReportForm(Form):
    """What was done to put a shortcoming right."""

    result = sentences(
        _("Đã làm gì, kết quả ra sao"),
        help_text=_("Ghi việc đã làm, ngày làm, giấy tờ kèm theo nếu có."),
    )
    reported_on = DayField(label=_("Ngày báo cáo"))


class VerdictForm(Form):
    """Whether it was put right."""

    good = forms.ChoiceField(
        label=_("Kết quả"),
        widget=Radios,
        choices=[("yes", _("Đã khắc phục xong")), ("no", _("Chưa khắc phục xong, làm tiếp"))],
    )
    verdict = sentences(
        _("Thấy gì khi kiểm tra lại"),
        help_text=_("Đã xem giấy tờ, việc làm nào; còn thiếu gì nếu chưa xong."),
    )
    verified_on = DayField(label=_("Ngày xác nhận"))
