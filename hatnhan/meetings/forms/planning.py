"""Series, meetings called, moved, cancelled, invited, opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Checks, DayField, Form, Line, Radios, TimeOfDayField
from hatnhan.meetings.models import Series
from hatnhan.organization.forms.fields import BLANK

if TYPE_CHECKING:
    from collections.abc import Sequence

_WEEKDAYS = (
    (0, _("Thứ Hai")),
    (1, _("Thứ Ba")),
    (2, _("Thứ Tư")),
    (3, _("Thứ Năm")),
    (4, _("Thứ Sáu")),
    (5, _("Thứ Bảy")),
    (6, _("Chủ nhật")),
)


class _RuleForm(Form):
    """What a rhythm consists of."""

    name = Line(
        _("Tên cuộc họp"),
        120,
        help_text=_("Tuần hoặc tháng tự thêm sau tên, như “Sinh hoạt chi bộ tháng 11/2018”."),
    )
    frequency = forms.ChoiceField(label=_("Nhịp"), choices=Series.Frequency.choices, widget=Radios)
    weekday = forms.TypedChoiceField(
        label=_("Thứ trong tuần"),
        choices=[*BLANK, *_WEEKDAYS],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Cho nhịp hằng tuần."),
    )
    monthday = forms.IntegerField(
        label=_("Ngày trong tháng"),
        required=False,
        help_text=_("Cho nhịp hằng tháng: từ 1 đến 28."),
        widget=forms.TextInput({"inputmode": "numeric", "class": "form-control hn-day"}),
        error_messages={"invalid": _("Ghi một số, như 3.")},
    )
    at_time = TimeOfDayField(label=_("Giờ họp"))
    place = Line(_("Nơi họp"), 160)
    on_holiday = forms.ChoiceField(
        label=_("Gặp ngày nghỉ lễ, Tết"),
        choices=Series.OnHoliday.choices,
        widget=Radios,
        help_text=_("Chi bộ vẫn họp trong tuần đầu tháng; họp tuần vẫn trong tuần ấy."),
    )
    sometimes = ("weekday", "monthday")


class OpenSeriesForm(_RuleForm):
    """Set up a rhythm."""

    who = forms.ChoiceField(label=_("Ai họp, họp gì"), widget=Radios)
    start = DayField(label=_("Bắt đầu từ ngày"))
    field_order = ("who",)
    aliases = {"body": "who", "kind": "who", "": "who"}

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = bodies  # type: ignore[attr-defined]


class ChangeSeriesForm(_RuleForm):
    """Go over to another rhythm."""

    start = DayField(label=_("Theo nền nếp mới từ ngày"))
    field_order = ("start",)


class EndSeriesForm(Form):
    """End a rhythm."""

    end = DayField(label=_("Thôi họp theo nền nếp này từ ngày"))


class _WhenForm(Form):
    """When and where."""

    day = DayField(label=_("Ngày họp"))
    time = TimeOfDayField(label=_("Giờ họp"))
    place = Line(_("Nơi họp"), 160)


class CallForm(_WhenForm):
    """Call a meeting once."""

    who = forms.ChoiceField(label=_("Ai họp, họp gì"), widget=Radios)
    title = Line(_("Tên cuộc họp"), 200, help_text=_("Như Hội nghị Ban Chấp hành bàn công tác nhân sự."))
    field_order = ("who", "title")
    aliases = {"body": "who", "kind": "who"}

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = bodies  # type: ignore[attr-defined]


class MoveForm(_WhenForm):
    """Hold a meeting at another time or place."""

    reason = Line(_("Lý do"), 200, help_text=_("Như mưa bão, trùng hội nghị cấp trên."))


class CancelForm(Form):
    """Give a meeting up."""

    reason = Line(_("Lý do không họp"), 200)


class ThemeForm(Form):
    """The theme of a meeting."""

    theme = Line(
        _("Chuyên đề"),
        200,
        required=False,
        help_text=_("Như Học tập và làm theo Bác về nêu gương. Bỏ trống: không có."),
    )


class _TableForm(Form):
    """Who chairs, who records: among those invited."""

    chair = forms.ChoiceField(label=_("Chủ trì"))
    recorder = forms.ChoiceField(label=_("Thư ký"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("chair", "recorder"):
            self.fields[name].choices = [*BLANK, *people]  # type: ignore[attr-defined]


class InviteForm(_TableForm):
    """Ask people to a meeting."""

    guests = forms.MultipleChoiceField(
        label=_("Mời thêm"),
        required=False,
        widget=Checks,
        help_text=_("Ngoài những người được mời sẵn ở trên."),
    )

    def __init__(
        self, *args: Any, people: Sequence[tuple[str, str]], guests: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, people=people, **kwargs)
        if guests:
            self.fields["guests"].choices = guests  # type: ignore[attr-defined]
        else:
            del self.fields["guests"]

    def answers(self) -> list[tuple[str, str]]:
        """Return chair and recorder: the check page shows the guests among all who are asked."""
        return super().answers()[:2]


class OpenForm(_TableForm):
    """Open a meeting. The day is asked for where the meeting's own has passed: it may have been held on another."""

    held_on = DayField(label=_("Họp ngày"), required=False)
    began = TimeOfDayField(label=_("Khai mạc lúc"))

    def __init__(self, *args: Any, asks_day: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_day:
            del self.fields["held_on"]
