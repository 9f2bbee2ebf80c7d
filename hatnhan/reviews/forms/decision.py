"""What is typed when grades are appraised, decided, told, asked about and given anew."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Checks, DayField, Form, Line, Radios
from hatnhan.organization.forms.fields import decision
from hatnhan.oversight.forms.findings import NothingForm, sentences
from hatnhan.reviews.models import Regrading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django_stubs_ext import StrOrPromise

    from hatnhan.reviews.selectors.appraisal import Row
    from hatnhan.reviews.selectors.decisions import Line as DecidedLine

    Options = Sequence[tuple[str, StrOrPromise]]

__all__ = ["NothingForm"]


class PercentField(forms.Field):
    """A number with a comma or a point, as people write it; cleaned to a Decimal."""

    def to_python(self, value: object) -> Decimal | None:
        text = str(value or "").strip().rstrip("%").replace(",", ".").strip()
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation as error:
            raise ValidationError(_("Ghi một số, như 12,5."), code="number") from error
        if not number.is_finite():
            raise ValidationError(_("Ghi một số, như 12,5."), code="number")
        return number


def _number(label: StrOrPromise, *, required: bool = True, help_text: StrOrPromise = "") -> PercentField:
    box = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "form-control hn-short"})
    return PercentField(label=label, required=required, help_text=help_text, widget=box)


# --- appraisal -------------------------------------------------------------------------------------------------------
class AppraiseForm(Form):
    """The grade that staff find for each entry of a unit, with a reason."""

    on = DayField(label=_("Ngày thẩm định"))

    def __init__(self, *args: Any, rows: Iterable[Row], options: dict[str, Options], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = tuple(one for one in rows if one.open)
        for row in self.rows:
            pk, name = row.entry.pk, {"name": row.name}
            self.fields[f"grade_{pk}"] = forms.ChoiceField(
                label=_("Thẩm định: %(name)s") % name,
                required=False,
                choices=[("", _("Chưa thẩm định")), *options[row.entry.of]],
            )
            self.fields[f"reason_{pk}"] = Line(_("Ý kiến: %(name)s") % name, 500, required=False)

    def found(self) -> dict[int, tuple[str, str]]:
        """Return grade and reason by id of the entry, those that have a grade."""
        data = self.cleaned_data
        return {
            row.entry.pk: (data[f"grade_{row.entry.pk}"], data[f"reason_{row.entry.pk}"] or "")
            for row in self.rows
            if data.get(f"grade_{row.entry.pk}")
        }


class RaiseForm(Form):
    """A higher percentage that the authority lets a group have."""

    percent = _number(_("Được đến (%)"))
    paper_no = decision(label=_("Số văn bản cho phép"), help_text=_("Như 15-QĐ/TU."))
    on = DayField(label=_("Ngày văn bản"))
    reason = Line(_("Vì sao được nâng"), 300)


# --- decisions -------------------------------------------------------------------------------------------------------
class DraftForm(Form):
    """What a decision is about and on whom."""

    title = Line(_("Về việc"), 200, help_text=_("Như: xếp loại chất lượng đảng viên năm 2026."))
    groups_chosen = forms.MultipleChoiceField(label=_("Gồm những ai"), widget=Checks)
    outside = Line(
        _("Cấp trên quyết định"),
        200,
        required=False,
        help_text=_("Chỉ ghi khi chép lại quyết định của cấp trên, như Ban Thường vụ Tỉnh ủy Phú Thọ."),
    )
    aliases = {"entries": "groups_chosen"}
    sometimes = ("outside",)

    def __init__(self, *args: Any, groups: Options, above: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups_chosen"].choices = list(groups)  # type: ignore[attr-defined]
        if not above:
            del self.fields["outside"]


class AddForm(Form):
    """Who else is put into a draft."""

    groups_chosen = forms.MultipleChoiceField(label=_("Đưa thêm những ai"), widget=Checks)
    aliases = {"entries": "groups_chosen"}

    def __init__(self, *args: Any, groups: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups_chosen"].choices = list(groups)  # type: ignore[attr-defined]


class LinesForm(Form):
    """Grades of a draft, each with a reason and a paper where the conditions do not open it."""

    def __init__(
        self, *args: Any, lines: Iterable[DecidedLine], options: dict[str, Options], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = tuple(lines)
        for one in self.lines:
            pk = one.entry.pk
            self.fields[f"grade_{pk}"] = forms.ChoiceField(
                label=_("Mức"),
                required=False,
                choices=[*options[one.entry.of], ("", _("Bỏ ra khỏi quyết định"))],
            )
            self.fields[f"reason_{pk}"] = Line(_("Lý do quyết định khác"), 500, required=False)
            self.fields[f"paper_{pk}"] = Line(_("Số văn bản cho phép"), 60, required=False)
            for name in ("grade", "reason", "paper"):
                # Read by the drawing of fields: what some rows need is not called optional.
                self.fields[f"{name}_{pk}"].sometimes = True  # type: ignore[attr-defined]


class SignForm(Form):
    """Number, day and signer of a decision."""

    number = decision()
    signed_on = DayField(label=_("Ngày ký"))
    signed_by = Line(_("Người ký"), 120)


class PublishForm(Form):
    """On which day it was made public."""

    on = DayField(label=_("Ngày công khai"))


# --- notice ----------------------------------------------------------------------------------------------------------
class NotifyForm(Form):
    """Who was told, on which day, and how."""

    who = forms.MultipleChoiceField(label=_("Đã thông báo cho"), widget=Checks)
    on = DayField(label=_("Ngày thông báo"))
    to = Line(
        _("Trao cho ai, thế nào"), 200, help_text=_("Như: trao tại cuộc họp chi bộ, từng người ký nhận.")
    )
    aliases = {"entries": "who"}

    def __init__(self, *args: Any, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = list(people)  # type: ignore[attr-defined]


class CorrectNoticeForm(Form):
    """The right day and receiver of a notice."""

    on = DayField(label=_("Ngày thông báo đúng"))
    to = Line(_("Trao cho ai, thế nào"), 200)
    because = Line(_("Vì sao sửa"), 300)


# --- again -----------------------------------------------------------------------------------------------------------
class AskForm(Form):
    """Why a grade should be looked at again."""

    text = sentences(
        _("Đề nghị và lý do"),
        help_text=_("Không đồng ý điểm nào, vì sao, đề nghị mức nào. Cấp quyết định xem xét và trả lời."),
        rows=8,
    )


class TypedAskForm(AskForm):
    """A request that came on paper."""

    asked_on = DayField(label=_("Ngày ghi trên đơn"))


class KeepForm(Form):
    """Why a grade stays."""

    answer = sentences(_("Trả lời"), help_text=_("Xem xét thấy gì, vì sao giữ nguyên."), rows=6)
    answer_no = decision(label=_("Số văn bản trả lời"), required=False)
    on = DayField(label=_("Ngày trả lời"))


class RegradeForm(Form):
    """Another grade, on which ground, by which decision."""

    ground = forms.ChoiceField(label=_("Căn cứ"), widget=Radios)
    new_grade = forms.ChoiceField(label=_("Mức mới"), widget=Radios)
    reason = sentences(_("Lý do"), rows=5)
    number = decision()
    signed_on = DayField(label=_("Ngày ký"))
    signed_by = Line(_("Người ký"), 120)
    override_reason = Line(
        _("Lý do quyết định khác"),
        500,
        required=False,
        help_text=_("Khi các điều kiện không mở mức này, hoặc nhóm vượt tỷ lệ vì số làm gốc giảm."),
    )
    override_no = decision(label=_("Số văn bản cho phép"), required=False)
    sometimes = ("override_reason", "override_no")

    def __init__(self, *args: Any, grades: Options, asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_grade"].choices = list(grades)  # type: ignore[attr-defined]
        grounds = [one for one in Regrading.Ground.choices if asked or one[0] != Regrading.Ground.ASKED]
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]
