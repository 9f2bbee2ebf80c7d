"""What is typed about a cycle and its list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import DayField, Form, Line, Radios
from hatnhan.organization.forms.fields import BLANK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise

    Options = Sequence[tuple[str, StrOrPromise]]

_LINE, _SOURCE, _NUMBER, _TITLE = 300, 200, 60, 120


class NothingForm(Form):
    """Nothing to type."""


class ReasonForm(Form):
    """A reason."""

    because = Line(_("Lý do"), _LINE)


class OpenForm(Form):
    """The opening of a cycle."""

    year = forms.IntegerField(
        label=_("Kiểm điểm năm"),
        min_value=2000,
        max_value=2100,
        error_messages={
            "invalid": _("Ghi năm bốn chữ số, như 2026."),
            "min_value": _("Ghi năm bốn chữ số, như 2026."),
            "max_value": _("Ghi năm bốn chữ số, như 2026."),
        },
        widget=forms.TextInput({"inputmode": "numeric", "class": "form-control hn-day"}),
    )
    plan_no = Line(_("Số kế hoạch"), _NUMBER, required=False, short=True, help_text=_("Như 12-KH/ĐU."))
    opened_on = DayField(label=_("Ngày mở"))


class StepForm(Form):
    """Another last day."""

    due = DayField(label=_("Làm xong trước hết ngày"))
    because = Line(_("Lý do"), _LINE)


class StandingForm(Form):
    """Whether one is reviewed and graded."""

    standing = forms.ChoiceField(label=_("Diện"), widget=Radios)
    because = Line(_("Lý do"), _LINE, help_text=_("Như: Bị đình chỉ sinh hoạt đảng từ 1/9/2026."))
    source = Line(
        _("Căn cứ"),
        _SOURCE,
        required=False,
        help_text=_("Văn bản và điều khoản, khi không xếp loại hoặc không kiểm điểm."),
    )
    sometimes = ("source",)

    def __init__(self, *args: Any, standings: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standing"].choices = standings  # type: ignore[attr-defined]


class SubjectForm(Form):
    """As what one is reviewed."""

    subject = forms.ChoiceField(label=_("Đối tượng"), widget=Radios)
    because = Line(_("Lý do"), _LINE)

    def __init__(self, *args: Any, subjects: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = subjects  # type: ignore[attr-defined]


class GroupForm(Form):
    """In which group the cap is counted."""

    group = forms.ChoiceField(label=_("Nhóm vị trí"), widget=Radios)
    because = Line(_("Lý do"), _LINE)

    def __init__(self, *args: Any, groups: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = groups  # type: ignore[attr-defined]


class CloseForm(Form):
    """The closing of a cycle."""

    closed_on = DayField(label=_("Ngày chốt"))


class PastForm(Form):
    """The grade of an organisation in a past year."""

    unit = forms.ChoiceField(label=_("Tổ chức đảng"))
    year = forms.IntegerField(
        label=_("Năm"),
        error_messages={"invalid": _("Ghi năm bốn chữ số, như 2016.")},
        widget=forms.TextInput({"inputmode": "numeric", "class": "form-control hn-day"}),
    )
    grade = forms.ChoiceField(label=_("Mức"), widget=Radios)
    title = Line(_("Danh hiệu, mức trên văn bản"), _TITLE, help_text=_("Như: Trong sạch, vững mạnh."))
    decision_no = Line(_("Số quyết định"), _NUMBER, short=True)
    decided_on = DayField(label=_("Ngày quyết định"), required=False)

    def __init__(self, *args: Any, units: Options, grades: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [*BLANK, *units]  # type: ignore[attr-defined]
        self.fields["grade"].choices = grades  # type: ignore[attr-defined]
