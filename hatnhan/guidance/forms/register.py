"""Documents in the register, their files, what replaces them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import DayField, Form, LastDayField, Line
from hatnhan.documents.uploads import MEGABYTES
from hatnhan.organization.forms.fields import BLANK

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMED = _("Số, ký hiệu như trong sổ; trùng số thì ghi thêm ngày: 05-CT/TW ngày 15/5/2016.")


class DocumentForm(Form):
    """What stands in the register of a document."""

    kind = forms.ChoiceField(label=_("Loại văn bản"))
    issuer = Line(
        _("Cơ quan ban hành"), 160, help_text=_("Như Bộ Chính trị, Tỉnh ủy, Ban Chấp hành Đảng bộ xã.")
    )
    number = Line(_("Số, ký hiệu"), 40, help_text=_("Như trên văn bản: 05-CT/TW."), short=True)
    issued_on = DayField(label=_("Ngày ban hành"))
    subject = Line(_("Trích yếu"), 500, help_text=_("Văn bản về việc gì."))
    effective_from = DayField(
        label=_("Hiệu lực từ ngày"), required=False, help_text=_("Bỏ trống: từ ngày ban hành.")
    )
    effective_to = LastDayField(
        label=_("Hiệu lực đến hết ngày"),
        required=False,
        help_text=_("Bỏ trống: đến khi có văn bản thay thế."),
    )
    carries_out = Line(_("Thực hiện văn bản"), 80, required=False, help_text=_NAMED)
    text = forms.CharField(
        label=_("Toàn văn"),
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Bỏ trống nếu gửi tệp: phần mềm tự đọc chữ trong tệp. Không chép văn bản mật vào đây."),
    )
    groups = (
        (_("Hiệu lực và căn cứ"), ("effective_from", "effective_to", "carries_out")),
        (_("Tiếp nhận"), ("received_on", "received_by")),
        (_("Nội dung"), ("text",)),
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [*BLANK, *kinds]  # type: ignore[attr-defined]


class ReceiveForm(Form):
    """On what day a document came, and who took it."""

    received_on = DayField(label=_("Ngày nhận"))
    received_by = forms.ChoiceField(label=_("Người nhận"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_by"].choices = [*BLANK, *people]  # type: ignore[attr-defined]


class NewDocumentForm(DocumentForm):
    """A document new in the register: with the day on which it came, where that is known."""

    received_on = DayField(
        label=_("Ngày nhận"), required=False, help_text=_("Bỏ trống với văn bản do chính nơi này ban hành.")
    )
    received_by = forms.ChoiceField(label=_("Người nhận"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_by"].choices = [*BLANK, *people]  # type: ignore[attr-defined]


class ReplaceForm(Form):
    """Which document replaces this one, and from when."""

    new = Line(_("Văn bản thay thế"), 80, help_text=_NAMED)
    on = DayField(label=_("Từ ngày"))


class FileForm(Form):
    """A file of a document; what is in it is judged when it is taken in."""

    file = forms.FileField(
        label=_("Tệp"),
        help_text=_(
            "PDF hoặc Word (.docx), không quá %(most)d MB. Không gửi văn bản có độ Mật, Tối mật, Tuyệt mật."
        )
        % {"most": MEGABYTES},
        error_messages={
            "required": _("Chọn một tệp."),
            "empty": _("Tệp rỗng. Chọn tệp khác."),
            "max_length": _("Tên tệp dài quá. Đặt tên ngắn hơn rồi chọn lại."),
        },
        widget=forms.FileInput({"class": "form-control", "accept": ".pdf,.docx"}),
    )
    name = Line(_("Tên tệp trên trang"), 190, required=False, help_text=_("Bỏ trống thì lấy tên tệp."))
    not_secret = forms.BooleanField(
        label=_("Tôi đã xem: tệp này không thuộc bí mật nhà nước."),
        error_messages={"required": _("Xem lại tệp rồi đánh dấu vào ô này. Văn bản mật không đưa lên đây.")},
    )


class NothingToFill(Form):
    """Nothing to fill in: pressing the button is the answer."""
