"""What is asked in a cell's month: resolution, pressing matters, self-criticism, points."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Form, Line, Radios
from hatnhan.meetings.score_rules import shown
from hatnhan.meetings.selectors.monthly import MENDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise

    from hatnhan.assignments.matters import Matter
    from hatnhan.rulebook.topics.meetings import Criterion

_NUMBER = re.compile(r"-?\d{1,4}(?:[.,]\d{1,4})?", re.ASCII)
_LONG = 20_000
#: No criterion bears a name with a hyphen, so the two cannot meet.
REMEDIES = "remedies-text"


class Prose(forms.CharField):
    """Several lines of text; what is left out is left out."""

    def __init__(
        self, label: StrOrPromise, *, rows: int = 6, required: bool = False, help_text: StrOrPromise = ""
    ) -> None:
        area = forms.Textarea({"rows": rows})
        super().__init__(label=label, required=required, help_text=help_text, widget=area, max_length=_LONG)


class PointsField(forms.Field):
    """Points typed as 4 or 4,5; whether they fit the criterion, the action says."""

    def __init__(self, *, label: StrOrPromise, required: bool = True, help_text: StrOrPromise = "") -> None:
        box = forms.TextInput(
            {"inputmode": "decimal", "autocomplete": "off", "class": "form-control hn-points"}
        )
        super().__init__(label=label, required=required, help_text=help_text, widget=box)

    def to_python(self, value: object) -> Decimal | None:
        text = str(value or "").strip()
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise ValidationError(_("Ghi một số, như 4 hoặc 4,5."), code="points")
        return Decimal(text.replace(",", "."))

    def prepare_value(self, value: object) -> object:
        return shown(value) if isinstance(value, Decimal | int) else value


class EmptyForm(Form):
    """Asks nothing."""


class MattersForm(Form):
    """Which pressing matters to take up."""

    matters = forms.MultipleChoiceField(
        label=_("Việc cần bàn"),
        error_messages={"required": _("Chưa chọn việc nào. Đánh dấu việc cần bàn.")},
    )

    def __init__(self, *args: Any, matters: Sequence[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matters"].choices = [(one.key, one.title) for one in matters]  # type: ignore[attr-defined]


class ResolutionForm(Form):
    """The text of the month's resolution."""

    results = Prose(_("I. Kết quả tháng trước"), help_text=_("Đánh giá chung; bảng việc ở trên tự kèm theo."))
    directions = Prose(_("II. Phương hướng, nhiệm vụ tháng này"), rows=8)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AdoptForm(Form):
    """Under which number the resolution was adopted."""

    number = Line(
        _("Số nghị quyết"), 40, help_text=_("Số chạy liền trong nhiệm kỳ, như 04-NQ/CB."), short=True
    )


class CriticismForm(Form):
    """A member's own words."""

    text = Prose(_("Tự phê bình"), rows=7, required=True)
    remedy = Prose(_("Cách sửa"), rows=4)
    mended = forms.ChoiceField(label=_("Mức khắc phục"), choices=MENDED, widget=Radios)
    previous_mended = forms.ChoiceField(
        label=_("Điều tự phê bình lần trước, đến nay"), choices=MENDED, widget=Radios, required=False
    )
    note = Line(
        _("Căn cứ ghi hộ"), 200, help_text=_("Như: theo bản viết tay nộp ngày 3/2/2018."), required=False
    )
    sometimes = ("note", "previous_mended")

    def __init__(self, *args: Any, own: bool, previous: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["note"]
        if not previous:
            del self.fields["previous_mended"]


class ScoreForm(Form):
    """Points for each criterion, and how the weak ones will be mended. Fields bear the criteria's keys."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in criteria:
            self.fields[one.key] = PointsField(label=one.title)
        self.fields[REMEDIES] = Prose(
            _("Cách khắc phục mục yếu"), rows=4, help_text=_("Nên ghi khi xếp dưới mức Tốt.")
        )
        for field in self.fields.values():
            field.error_messages["required"] = _("Chưa chấm mục này.")
            field.widget.attrs.setdefault("class", "form-control")
            field.sometimes = True  # type: ignore[attr-defined] # nothing here is called optional


class DecideForm(Form):
    """What the committee decides."""

    total = PointsField(
        label=_("Điểm cấp ủy quyết định"), help_text=_("Từ 0 đến 100. Mức xếp loại theo điểm này.")
    )
    note = Line(_("Lý do"), 300, help_text=_("Ghi khi điểm khác chi bộ tự chấm."), required=False)
    sometimes = ("note",)
