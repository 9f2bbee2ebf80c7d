"""What is typed about programmes: the draft, its works, its number, amendments, what the superior asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Checks, DayField, Form, LastDayField, Line, Radios
from hatnhan.oversight.models import PLANNED, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise

    Options = Sequence[tuple[str, StrOrPromise]]

_TOO_LONG = _("Dài %(show_value)d chữ; ghi gọn trong %(limit_value)d chữ.")
_BEGIN, _END = _("Mốc thời gian xem xét"), _("Thời gian làm")


def _text(label: StrOrPromise, rows: int, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea({"rows": rows}),
        validators=[MaxLengthValidator(longest, _TOO_LONG)],
        **more,
    )


class DraftForm(Form):
    """Whose programme, of which year, and from what it starts."""

    body = forms.ChoiceField(label=_("Chương trình của"), widget=Radios)
    year = forms.TypedChoiceField(label=_("Năm"), coerce=int)
    from_last_year = forms.BooleanField(
        label=_("Dựa trên chương trình năm trước"),
        required=False,
        help_text=_(
            "Lấy các cuộc năm trước, dời sang năm nay; thêm chi bộ lâu chưa kiểm tra, yêu cầu của cấp trên, "
            "khuyết điểm chưa khắc phục. Sửa, bỏ được trước khi ban hành."
        ),
    )

    def __init__(self, *args: Any, bodies: Options, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]
        self.fields["year"].choices = [(str(one), str(one)) for one in years]  # type: ignore[attr-defined]
        if len(bodies) == 1:
            self.fields["body"].widget = forms.HiddenInput()


class AimForm(Form):
    """Why and to what end."""

    aim = _text(_("Mục đích, yêu cầu"), 8, 4_000, required=False)


class NothingForm(Form):
    """Nothing to type: the button says all."""


class ApproveForm(Form):
    """The number and the day under which it is issued."""

    decision_no = Line(
        _("Số chương trình"), 60, help_text=_("Như trên văn bản, ví dụ 01-CTr/UBKT."), short=True
    )
    approved_on = DayField(label=_("Ngày ban hành"))


class ItemForm(Form):
    """One work of a programme."""

    kind = forms.ChoiceField(
        label=_("Loại"), widget=Radios, choices=[(one.value, Kind(one).label) for one in PLANNED]
    )
    topic = forms.ChoiceField(label=_("Lĩnh vực"))
    content = _text(_("Nội dung"), 3, 2_000, help_text=_("Kiểm tra, giám sát việc gì."))
    units = forms.MultipleChoiceField(label=_("Tổ chức đảng"), widget=Checks, required=False)
    members = forms.MultipleChoiceField(label=_("Đảng viên"), widget=Checks, required=False)
    examined_from = DayField(label=_("Từ ngày"))
    examined_to = LastDayField(label=_("Đến hết ngày"))
    starts_on = DayField(label=_("Bắt đầu"))
    ends_on = DayField(label=_("Kết luận trước hết ngày"))
    head = forms.ChoiceField(
        label=_("Trưởng đoàn, tổ trưởng"),
        required=False,
        help_text=_("Giám sát thường xuyên: người giám sát chính."),
    )
    team = forms.MultipleChoiceField(label=_("Thành viên"), widget=Checks, required=False)
    team_note = Line(
        _("Ghi chú lực lượng"),
        300,
        required=False,
        help_text=_("Như: mời Văn phòng Đảng ủy, chi ủy phối hợp."),
    )
    groups = (
        (_("Đối tượng"), ("units", "members")),
        (_BEGIN, ("examined_from", "examined_to")),
        (_END, ("starts_on", "ends_on")),
        (_("Lực lượng"), ("head", "team", "team_note")),
    )
    sometimes = ("units", "members", "head")

    def __init__(
        self, *args: Any, topics: Options, units: Options, members: Options, people: Options, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        found: dict[str, Options] = {"topic": topics, "units": units, "members": members, "team": people}
        found["head"] = [("", _("Chưa phân công")), *people]
        for name, options in found.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]
        if not units:
            del self.fields["units"]


class _Amendment(Form):
    """By which decision, of which day, and why."""

    decision_no = Line(
        _("Số văn bản điều chỉnh"), 60, help_text=_("Như trên văn bản, ví dụ 05-QĐ/UBKT."), short=True
    )
    decided_on = DayField(label=_("Ngày"))
    reason = Line(_("Lý do"), 500, help_text=_("Đứng cạnh tỷ lệ hoàn thành, ai xem chương trình cũng thấy."))


class AmendItemForm(_Amendment, ItemForm):
    """A work put in, or changed, by an amendment."""

    field_order = ("decision_no", "decided_on", "reason")


class RemoveForm(_Amendment):
    """Works taken out by an amendment."""

    remove = forms.MultipleChoiceField(label=_("Bỏ khỏi chương trình"), widget=Checks)

    def __init__(self, *args: Any, items: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remove"].choices = items  # type: ignore[attr-defined]


class AskedForm(Form):
    """What the superior asks to be looked at."""

    year = forms.TypedChoiceField(label=_("Năm"), coerce=int)
    topic = forms.ChoiceField(label=_("Lĩnh vực"))
    words = Line(_("Cấp trên yêu cầu"), 300, help_text=_("Một câu, như trong văn bản."))
    source = Line(_("Văn bản"), 120, required=False, help_text=_("Như: Công văn 25-CV/UBKTTU (5/1/2018)."))

    def __init__(self, *args: Any, topics: Options, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = topics  # type: ignore[attr-defined]
        self.fields["year"].choices = [(str(one), str(one)) for one in years]  # type: ignore[attr-defined]
