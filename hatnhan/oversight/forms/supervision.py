"""What is typed about regular supervision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Checks, DayField, Form, LastDayField, Radios
from hatnhan.organization.forms.fields import BLANK
from hatnhan.oversight.forms.findings import NothingForm, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django_stubs_ext import StrOrPromise

    from hatnhan.oversight.selectors.supervision import Group

__all__ = ["AnswerForm", "ConcludeForm", "NoteForm", "NothingForm", "WatchForm"]

#: What a note is for, and what has no place in it: the rule of the whole software on personal data.
WHAT_BELONGS = _(
    "Chỉ ghi việc đã làm, nhiệm vụ được giao, kết quả. Không ghi đời tư, gia đình, sức khỏe, tín ngưỡng, tôn giáo, "
    "quan điểm riêng, chuyện nghe kể. Người được giám sát đọc được ngay và trả lời được."
)
_LONGEST_NOTE = 600


class WatchForm(Form):
    """Who follows whose work, on what, from when until when."""

    subject = forms.ChoiceField(label=_("Giám sát ai"), help_text=_("Một chi bộ, hoặc một đảng viên."))
    observer = forms.ChoiceField(label=_("Người giám sát"), help_text=_("Không phải đối tượng, người thân."))
    topics = forms.MultipleChoiceField(
        label=_("Về việc"),
        widget=Checks,
        help_text=_("Chỉ công việc, nhiệm vụ; không có đời tư, tín ngưỡng."),
        error_messages={"required": _("Chưa chọn lĩnh vực. Chọn ít nhất một.")},
    )
    start = DayField(label=_("Từ ngày"))
    end = LastDayField(label=_("Đến hết ngày"))
    item = forms.ChoiceField(
        label=_("Theo chương trình"),
        required=False,
        help_text=_("Cuộc giám sát thường xuyên trong chương trình."),
    )
    aliases = {"of_unit": "subject", "of_member": "subject", "body": "observer"}

    def __init__(
        self,
        *args: Any,
        subjects: Sequence[Group],
        observers: Sequence[tuple[str, str]],
        topics: Mapping[str, str],
        items: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [*BLANK, *subjects]  # type: ignore[attr-defined]
        self.fields["observer"].choices = [*BLANK, *observers]  # type: ignore[attr-defined]
        self.fields["topics"].choices = list(topics.items())  # type: ignore[attr-defined]
        if items:
            self.fields["item"].choices = [("", _("Ngoài chương trình")), *items]  # type: ignore[attr-defined]
        else:
            del self.fields["item"]


class ConcludeForm(Form):
    """How supervision ended."""

    conclusion = sentences(
        _("Nhận xét chung"), help_text=_("Nhận xét công việc đã theo dõi, không nhận xét con người, đời tư.")
    )
    concluded_on = DayField(label=_("Ngày kết thúc"))


class NoteForm(Form):
    """One note."""

    topic = forms.ChoiceField(label=_("Về việc"))
    kind = forms.ChoiceField(label=_("Loại"), widget=Radios)
    on = DayField(label=_("Ngày"))
    text = sentences(_("Việc gì, kết quả ra sao"), help_text=WHAT_BELONGS, rows=4, longest=_LONGEST_NOTE)

    def __init__(
        self, *args: Any, topics: Mapping[str, str], kinds: Sequence[tuple[str, StrOrPromise]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [*BLANK, *topics.items()]  # type: ignore[attr-defined]
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]


class AnswerForm(Form):
    """The answer of the observed."""

    text = sentences(
        _("Trả lời"), help_text=_("Ghi ý kiến, việc đã làm. Trả lời một lần."), longest=_LONGEST_NOTE
    )
