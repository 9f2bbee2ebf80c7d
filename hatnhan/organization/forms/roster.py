"""Choosing a roster to import, and answering what it leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.organization.actions.imports import suffix
from hatnhan.organization.roster.plan import Same

if TYPE_CHECKING:
    from typing import Any

    from django.core.files.uploadedfile import UploadedFile

_KINDS = (".xlsx", ".xls", ".ods", ".csv")
_LIMIT_MB = 20


class ChooseFile(forms.Form):
    """The first step: a file, judged here by name and size only; its content is judged when it is read."""

    file = forms.FileField(
        label=gettext_lazy("Tệp danh sách"),
        help_text=gettext_lazy("Excel (.xlsx, .xls), LibreOffice (.ods) hoặc .csv, không quá 20 MB."),
        error_messages={
            "required": gettext_lazy("Chọn một tệp danh sách"),
            "empty": gettext_lazy("Tệp rỗng. Chọn tệp khác"),
        },
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ",".join(_KINDS)}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse other kinds of file and those beyond the limit."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if suffix(upload.name or "") not in _KINDS:
            raise forms.ValidationError(
                _("Không đọc được loại tệp này. Lưu danh sách thành .xlsx rồi chọn lại")
            )
        if (upload.size or 0) > _LIMIT_MB * 1024 * 1024:
            raise forms.ValidationError(
                _("Tệp lớn quá 20 MB. Xóa ảnh và các trang tính không dùng, lưu rồi chọn lại")
            )
        return upload


SAME_CHOICES = (
    (Same.KEEP.value, gettext_lazy("Cùng một người, giữ số thẻ trong sổ")),
    (Same.TAKE.value, gettext_lazy("Cùng một người, lấy số thẻ trong tệp")),
    (Same.DIFFERENT.value, gettext_lazy("Hai người khác nhau")),
)


class SamePerson(forms.Form):
    """Is the person of a row the member in the books? One form a row, told apart by the prefix."""

    row = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=gettext_lazy("Đồng chí chọn"),
        choices=SAME_CHOICES,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("Chọn một câu trả lời")},
    )


class UseCell(forms.Form):
    """Take a cell of the books for a name that the file misspells."""

    text = forms.CharField(max_length=120, widget=forms.HiddenInput)
    unit = forms.IntegerField(widget=forms.HiddenInput)
