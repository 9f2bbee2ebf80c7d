"""Items of an agenda, and their papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Checks, Form, Line
from hatnhan.meetings.models import AgendaItem
from hatnhan.organization.forms.fields import BLANK

if TYPE_CHECKING:
    from collections.abc import Sequence

_ACCEPTED = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"


class ItemForm(Form):
    """One matter of a meeting."""

    title = Line(_("Nội dung"), 300, help_text=_("Một câu nói rõ bàn việc gì."))
    part = forms.ChoiceField(label=_("Phần"), choices=AgendaItem.Part.choices)
    minutes = forms.IntegerField(
        label=_("Số phút dự kiến"),
        min_value=0,
        max_value=600,
        widget=forms.TextInput({"inputmode": "numeric", "class": "form-control hn-day"}),
        error_messages={
            "invalid": _("Ghi một số, như 15."),
            "min_value": _("Ghi số phút từ 0 đến 600."),
            "max_value": _("Ghi số phút từ 0 đến 600."),
        },
    )
    owner = forms.ChoiceField(label=_("Người trình bày"), required=False)
    detail = forms.CharField(
        label=_("Nói rõ"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Điều cần bàn, cần quyết định."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [*BLANK, *people]  # type: ignore[attr-defined]


class BacklogForm(Form):
    """Items of the backlog to take onto an agenda."""

    items = forms.MultipleChoiceField(label=_("Nội dung còn tồn"), widget=Checks)

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = items  # type: ignore[attr-defined]


class RemoveForm(Form):
    """Nothing to fill in: pressing the button is the answer."""


class PaperForm(Form):
    """A paper on an item; what is in the file is judged when it is taken in."""

    file = forms.FileField(
        label=_("Tệp"),
        help_text=_("PDF, Word (.docx), Excel (.xlsx) hoặc ảnh JPG, PNG; không quá 10 MB."),
        error_messages={
            "required": _("Chọn một tệp."),
            "empty": _("Tệp rỗng. Chọn tệp khác."),
            "max_length": _("Tên tệp dài quá. Đặt tên ngắn hơn rồi chọn lại."),
        },
        widget=forms.FileInput({"class": "form-control", "accept": _ACCEPTED}),
    )
    name = Line(_("Tên tài liệu"), 190, required=False, help_text=_("Bỏ trống thì lấy tên tệp."))
