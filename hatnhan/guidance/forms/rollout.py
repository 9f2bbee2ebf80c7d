"""What is typed about roll-outs: the plan, points in rows, the text for a kind of cell, reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import DayField, Form, Line
from hatnhan.guidance.actions.points import PointData

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms.boundfield import BoundField
    from django_stubs_ext import StrOrPromise

    from hatnhan.core.errors import RuleBroken
    from hatnhan.guidance.models import CorePoint

_LONGEST = 2_000


def _text(
    label: StrOrPromise,
    rows: int,
    *,
    required: bool = True,
    help_text: StrOrPromise = "",
    longest: int = _LONGEST,
) -> forms.CharField:
    too_long = _("Dài %(show_value)d chữ; ghi gọn trong %(limit_value)d chữ.")
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.Textarea({"rows": rows}),
        validators=[MaxLengthValidator(longest, too_long)],
    )


class PlanForm(Form):
    """The plan: what the document asks, who leads, by when each step."""

    asks = _text(
        _("Văn bản yêu cầu gì ở Đảng bộ"), 5, help_text=_("Tóm tắt vài câu, chi bộ nào cũng đọc được.")
    )
    lead = forms.ChoiceField(label=_("Người chủ trì"), required=False)
    approve_by = DayField(label=_("Duyệt kế hoạch trước hết ngày"))
    held_by = DayField(label=_("Chi bộ sinh hoạt xong trước hết ngày"))
    study_by = DayField(label=_("Học tập xong trước hết ngày"))
    done_by = DayField(label=_("Thực hiện xong trước hết ngày"))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [("", _("Chưa phân công")), *people]  # type: ignore[attr-defined]


class NothingForm(Form):
    """Nothing to type: the button says all."""


class PointForm(Form):
    """One point."""

    text = _text(_("Nội dung"), 3)
    task = forms.BooleanField(label=_("Giao thành việc cho mọi chi bộ"), required=False)
    due = DayField(label=_("Hạn của việc"), required=False)
    sometimes = ("due",)


class PointsForm(Form):
    """Points in rows; rows left empty are passed over. ``rows`` are those written already."""

    def __init__(self, *args: Any, rows: Sequence[PointData] = (), blank: int = 1, **kwargs: Any) -> None:
        standing: dict[str, Any] = {}
        for number, one in enumerate(rows, start=1):
            standing |= {f"text-{number}": one.text, f"task-{number}": one.task, f"due-{number}": one.due}
        kwargs["initial"] = (kwargs.get("initial") or {}) | standing
        self.row_count = len(rows) + blank
        self.used: list[int] = []
        # Seen by Django's own constructor, which copies the fields before ours dresses them.
        self.base_fields = {**type(self).base_fields, **self.built()}  # type: ignore[misc] # of this form alone
        super().__init__(*args, **kwargs)

    def built(self) -> dict[str, forms.Field]:
        """Return the fields of the rows."""
        fields: dict[str, forms.Field] = {}
        for number in range(1, self.row_count + 1):
            fields[f"text-{number}"] = _text(_("Nội dung"), 2, required=False)
            fields[f"task-{number}"] = forms.BooleanField(label=_("Giao thành việc"), required=False)
            fields[f"due-{number}"] = DayField(label=_("Hạn của việc"), required=False)
        return fields

    def _row_sections(self, heading: str) -> list[tuple[str, list[BoundField]]]:
        parts = ("text", "task", "due")
        return [
            (heading % {"number": number}, [self[f"{part}-{number}"] for part in parts])
            for number in range(1, self.row_count + 1)
        ]

    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """Return the rows, each under its number."""
        return self._row_sections(gettext("Nội dung %(number)d"))

    def clean(self) -> dict[str, Any]:
        """Return what was typed, the rows in which something stands as ``points``."""
        data, found = self.cleaned_data, []
        self.used = []
        for number in range(1, self.row_count + 1):
            text, task = data.get(f"text-{number}", ""), data.get(f"task-{number}", False)
            one = PointData(text, task, data.get(f"due-{number}"))
            if one.text.strip() or one.task or one.due:
                self.used.append(number)
                found.append(one)
        return data | {"points": found}

    def blame(self, error: RuleBroken) -> None:
        """Put a broken rule beside the row it speaks of: the action counts only rows in which something was typed."""
        name, _dash, place = error.field.rpartition("-")
        if name in {"text", "task", "due"} and place.isdecimal() and 0 < int(place) <= len(self.used):
            error.field = f"{name}-{self.used[int(place) - 1]}"
        super().blame(error)


class CoreForm(PointsForm):
    """The core, typed at once."""


class OwnPointsForm(PointsForm):
    """Points that a cell adds."""


class VariantForm(PointsForm):
    """The text for one kind of cell: each point of the core in its words, and rows for what only this kind has."""

    intro = _text(
        _("Lời dẫn"), 3, required=False, help_text=_("Đứng đầu bản gửi chi bộ loại này; có thể bỏ trống.")
    )

    def __init__(self, *args: Any, core: Sequence[CorePoint], **kwargs: Any) -> None:
        self.core = core
        super().__init__(*args, **kwargs)

    def built(self) -> dict[str, forms.Field]:
        """Return the fields of the core, then those of the rows."""
        fields: dict[str, forms.Field] = {}
        for point in self.core:
            hint = gettext("Để trống thì ghi đúng như cốt lõi: “%(text)s”") % {"text": point.text}
            fields[f"said-{point.pk}"] = _text(
                _("Nội dung cụ thể cho loại chi bộ này"), 3, required=False, help_text=hint
            )
            if point.task:
                hint = gettext("Để trống thì theo hạn của cốt lõi. Ghi ngày/tháng/năm.")
                due = DayField(label=_("Hạn ở loại chi bộ này"), required=False, help_text=hint)
                fields[f"said_due-{point.pk}"] = due
        return fields | super().built()

    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """Return the words that lead in, each point of the core, then the rows."""
        parts: list[tuple[str, list[BoundField]]] = [("", [self["intro"]])]
        for number, point in enumerate(self.core, start=1):
            names = [name for name in (f"said-{point.pk}", f"said_due-{point.pk}") if name in self.fields]
            heading = gettext("Cốt lõi %(number)d") % {"number": number}
            parts.append((heading, [self[name] for name in names]))
        return parts + self._row_sections(gettext("Nội dung riêng %(number)d"))

    def clean(self) -> dict[str, Any]:
        """Return what was typed, how each point of the core is said as ``said``."""
        data = super().clean()
        said = {one.pk: (data.get(f"said-{one.pk}", ""), data.get(f"said_due-{one.pk}")) for one in self.core}
        return data | {"said": said}


class ApproveForm(Form):
    """The number under which the plan is issued."""

    decision_no = Line(_("Số kế hoạch"), 60, help_text=_("Như trên văn bản, ví dụ 12-KH/ĐU."), short=True)


class CloseForm(Form):
    """Why it ends."""

    note = Line(_("Kết thúc vì"), 300, help_text=_("Như: Đã thực hiện xong, đã tổng kết."))


class ReportForm(Form):
    """What a cell reports."""

    months = forms.TypedChoiceField(label=_("Kỳ báo cáo"), coerce=int)
    results = _text(_("Kết quả"), 6, help_text=_("Việc đã làm, con số đạt được."), longest=5_000)
    shortcomings = _text(_("Hạn chế, vướng mắc"), 4, required=False, longest=5_000)
    reported_on = DayField(label=_("Ngày báo cáo"))

    def __init__(self, *args: Any, terms: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["months"].choices = terms  # type: ignore[attr-defined]
