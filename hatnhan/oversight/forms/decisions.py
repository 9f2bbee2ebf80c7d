"""What is typed about a decision once it is made, about complaints, and about what is made good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import DayField, Form, Line, Radios
from hatnhan.organization.forms.fields import BLANK, decision
from hatnhan.oversight.forms.findings import NothingForm, sentences
from hatnhan.oversight.models import Complaint

if TYPE_CHECKING:
    from collections.abc import Sequence

    Options = Sequence[tuple[str, str]]

__all__ = ["NothingForm"]


class AnnounceForm(Form):
    """On which day a decision was announced."""

    announced_on = DayField(label=_("Ngày công bố"))


class HandOverForm(Form):
    """On which day a decision was handed over, and how."""

    handed_on = DayField(
        label=_("Ngày trao"), help_text=_("Thời hạn khiếu nại tính từ ngày đồng chí ấy nhận quyết định.")
    )
    note = Line(
        _("Trao cho ai, thế nào"),
        200,
        help_text=_("Như: trao tại cuộc họp chi bộ, có ký nhận. Không nhận thì ghi lập biên bản ra sao."),
    )


class EndForm(Form):
    """From which day a decision no longer has effect."""

    on = DayField(label=_("Hết hiệu lực từ ngày"))


class ComplainForm(Form):
    """What the subject complains of."""

    content = sentences(
        _("Nội dung khiếu nại"),
        help_text=_("Không đồng ý điểm nào, vì sao, đề nghị gì. Đồng chí đọc lại được ở trang quyết định."),
        rows=8,
    )


class TypedComplaintForm(ComplainForm):
    """A complaint that came on paper."""

    received_on = DayField(label=_("Ngày nhận đơn"))


class AcceptForm(Form):
    """Who settles a complaint."""

    place = forms.ChoiceField(
        label=_("Nơi giải quyết"),
        help_text=_("Cấp trên của nơi ra quyết định; không phải chính nơi ấy."),
    )
    handler = forms.ChoiceField(
        label=_("Người giải quyết"),
        required=False,
        help_text=_("Ở trong nơi giải quyết; không phải người đã thụ lý vụ việc, không phải người thân."),
    )
    accepted_on = DayField(label=_("Ngày thụ lý"))
    sometimes = ("handler",)

    def __init__(self, *args: Any, places: Options, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [*BLANK, *places]  # type: ignore[attr-defined]
        self.fields["handler"].choices = [*BLANK, *people]  # type: ignore[attr-defined]


class RefuseForm(Form):
    """Why a complaint is not admitted."""

    ground = forms.ChoiceField(label=_("Căn cứ"), widget=Radios)
    words = Line(_("Trả lời người khiếu nại"), 300)
    refused_on = DayField(label=_("Ngày trả lời"))

    def __init__(self, *args: Any, grounds: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = list(grounds)  # type: ignore[attr-defined]


class SettleForm(Form):
    """How a complaint was settled."""

    result = forms.ChoiceField(label=_("Kết quả"), widget=Radios, choices=Complaint.Result.choices)
    form = forms.ChoiceField(
        label=_("Hình thức mới"), required=False, help_text=_("Chỉ chọn khi thay đổi hình thức.")
    )
    reply_no = decision(label=_("Số văn bản trả lời"))
    reply = sentences(_("Trả lời"), help_text=_("Xem xét thấy gì, kết luận thế nào, căn cứ nào."), rows=8)
    settled_on = DayField(label=_("Ngày giải quyết"))
    sometimes = ("form",)
    aliases = {"decision_no": "reply_no"}

    def __init__(self, *args: Any, forms_open: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [("", _("Không thay đổi")), *forms_open]  # type: ignore[attr-defined]


class RestoreForm(Form):
    """Where and when a wrong was put right."""

    done_on = DayField(label=_("Ngày làm"))
    where = Line(_("Ở đâu, trước ai"), 300, help_text=_("Như: cuộc họp chi bộ thôn Chùa, trước toàn thể."))
