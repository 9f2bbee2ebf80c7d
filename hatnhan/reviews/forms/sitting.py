"""What is typed about review meetings and remarks."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import DayField, Form, Line, Radios
from hatnhan.organization.forms.fields import BLANK
from hatnhan.reviews.models import ORDER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.forms.boundfield import BoundField
    from django_stubs_ext import StrOrPromise

    from hatnhan.core.errors import RuleBroken
    from hatnhan.reviews.models import FaultLine, Place, WorkLine
    from hatnhan.rulebook.topics.reviews import Criterion

    Options = Sequence[tuple[str, StrOrPromise]]

_LONG, _LINE, _NUMBER, _WHY = 20_000, 200, 60, 500
_MOST = 5_000


def _sometimes(field: forms.Field) -> forms.Field:
    """Mark a field that only some answers need: it is not called optional."""
    field.sometimes = True  # type: ignore[attr-defined] # read by the drawing of fields
    return field


class NothingForm(Form):
    """Nothing to type."""


class ReasonForm(Form):
    """A reason."""

    because = Line(_("Lý do"), _WHY)


class PointsField(forms.Field):
    """Points typed as 12,5 or 12.5; cleaned to a Decimal."""

    def __init__(self, *, label: StrOrPromise, most: Decimal) -> None:
        self.most = most
        hint = _t("Từ 0 đến %(most)s.") % {"most": plain(most)}
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "size": "6"})
        super().__init__(label=label, help_text=hint, widget=widget)
        self.widget.attrs["class"] = "form-control hn-short"

    def to_python(self, value: object) -> Decimal | None:
        """Return the points; None for nothing typed."""
        text = str(value or "").strip().replace(",", ".")
        if not text:
            return None
        try:
            points = Decimal(text).quantize(Decimal("0.01"))
        except InvalidOperation as error:
            raise ValidationError(_("Ghi một số, như 12,5."), code="number") from error
        if not points.is_finite() or not 0 <= points <= self.most:
            words = _("Ghi từ 0 đến %(most)s điểm.")
            raise ValidationError(words, code="over", params={"most": plain(self.most)})
        return points

    def prepare_value(self, value: object) -> object:
        return plain(value) if isinstance(value, Decimal) else value


def plain(points: Decimal) -> str:
    """Return points as people write them: 12,5."""
    text = f"{points:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",")


def _text(label: StrOrPromise, hint: StrOrPromise = "", rows: int = 5) -> forms.CharField:
    too_long = _("Dài %(show_value)d chữ; ghi gọn trong %(limit_value)d chữ.")
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea({"rows": rows}),
        validators=[MaxLengthValidator(_LONG, too_long)],
    )


def _count(label: StrOrPromise, *, least: int = 0, required: bool = True) -> forms.IntegerField:
    field = forms.IntegerField(label=label, min_value=least, max_value=_MOST, required=required)
    field.widget.attrs.update({"inputmode": "numeric", "class": "form-control hn-short"})
    field.error_messages |= {
        "invalid": _("Ghi một số, như 12."),
        "min_value": _("Ghi từ %(limit_value)s trở lên."),
    }
    for one in field.validators:
        one.message = _("Ghi từ %(least)s đến %(most)s.") % {"least": least, "most": _MOST}  # type: ignore[attr-defined]
    return field


def _choice(label: StrOrPromise, options: Options, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[*BLANK, *options], required=required)


# --- the meeting ------------------------------------------------------------------------------------------------------
class PlanForm(Form):
    """When, and who chairs while the head is reviewed."""

    planned_on = DayField(label=_("Họp ngày"))
    chaired_by = forms.ChoiceField(
        label=_("Chủ trì khi kiểm điểm người đứng đầu"),
        required=False,
        help_text=_("Người đứng đầu không chủ trì phần kiểm điểm mình."),
    )

    def __init__(self, *args: Any, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chaired_by"].choices = [*BLANK, *people]  # type: ignore[attr-defined]


class MeetingForm(Form):
    """Which meeting it is part of."""

    meeting = forms.ChoiceField(label=_("Cuộc họp"), required=False)

    def __init__(self, *args: Any, meetings: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [("", _("Không gắn cuộc họp nào")), *meetings]  # type: ignore[attr-defined]


class HoldForm(Form):
    """Who was there, and for each person why not."""

    held_on = DayField(label=_("Họp ngày"))
    entitled = _count(_("Đảng viên chính thức được triệu tập"), least=1)
    present = _count(_("Đảng viên chính thức có mặt"), least=1)
    sooner_because = Line(
        _("Họp sớm hơn hạn gửi bản kiểm điểm vì"),
        _WHY,
        required=False,
        help_text=_("Chỉ ghi khi họp sớm hơn."),
    )
    sometimes = ("sooner_because",)

    def __init__(self, *args: Any, places: Sequence[Place], names: Mapping[int, str], **kwargs: Any) -> None:
        self.people = [one for one in places if one.entry.member_id is not None]
        super().__init__(*args, **kwargs)
        for one in self.people:
            label = _t("%(name)s vắng vì") % {"name": names[one.pk]}
            self.fields[f"absent_{one.pk}"] = _sometimes(Line(label, _LINE, required=False))

    def top(self) -> list[BoundField]:
        """Return the fields above the list of people."""
        return [self[name] for name in ("held_on", "entitled", "present", "sooner_because")]

    def rows(self) -> list[tuple[Place, BoundField]]:
        """Return each person with the field of why they are absent."""
        return [(one, self[f"absent_{one.pk}"]) for one in self.people]

    def absent(self) -> dict[int, str]:
        """Return who is absent, by place, with why."""
        found = {one.pk: self.cleaned_data[f"absent_{one.pk}"] for one in self.people}
        return {key: why for key, why in found.items() if why}


class LaterForm(Form):
    """When one who was absent was reviewed."""

    on = DayField(label=_("Kiểm điểm ngày"))


# --- what was agreed --------------------------------------------------------------------------------------------------
class AgreeForm(Form):
    """Tasks, faults and points as the sitting agrees, each beside what is said."""

    def __init__(
        self,
        *args: Any,
        work: Sequence[WorkLine],
        faults: Sequence[FaultLine],
        criteria: Sequence[Criterion],
        scored: bool,
        levels: Options,
        **kwargs: Any,
    ) -> None:
        self.work, self.faults, self.criteria = work, faults, criteria
        lines = [("work", one) for one in work] + [("fault", one) for one in faults]
        super().__init__(*args, **kwargs)
        for kind, one in lines:
            options = type(one)._meta.get_field("agreed").choices
            title = one.title if kind == "work" else one.text  # type: ignore[union-attr]
            self.fields[f"{kind}_{one.pk}"] = _choice(
                _t("Hội nghị thống nhất: %(title)s") % {"title": title[:80]},
                options,  # type: ignore[arg-type]
                required=False,
            )
            self.fields[f"{kind}_because_{one.pk}"] = _sometimes(
                Line(_("Khác thì vì sao"), _WHY - 200, required=False)
            )
        for criterion in criteria:
            field = _sometimes(self._score(criterion, scored, levels))
            field.required = False
            self.fields[f"score_{criterion.key}"] = field

    def _score(self, criterion: Criterion, scored: bool, levels: Options) -> forms.Field:  # noqa: FBT001
        if scored:
            return PointsField(label=criterion.title, most=criterion.points)
        return _choice(criterion.title, levels)

    def work_rows(self) -> list[tuple[WorkLine, BoundField, BoundField]]:
        """Return each task with its fields."""
        return [(one, self[f"work_{one.pk}"], self[f"work_because_{one.pk}"]) for one in self.work]

    def fault_rows(self) -> list[tuple[FaultLine, BoundField, BoundField]]:
        """Return each fault with its fields."""
        return [(one, self[f"fault_{one.pk}"], self[f"fault_because_{one.pk}"]) for one in self.faults]

    def score_rows(self) -> list[BoundField]:
        """Return the criteria."""
        return [self[f"score_{one.key}"] for one in self.criteria]

    def agreed(self, kind: str) -> dict[int, tuple[str, str]]:
        """Return what was agreed, by line; nothing for lines left open. ``kind``: "work", "fault"."""
        lines = self.work if kind == "work" else self.faults
        data = self.cleaned_data
        found = {one.pk: (data[f"{kind}_{one.pk}"], data[f"{kind}_because_{one.pk}"]) for one in lines}
        return {key: value for key, value in found.items() if value[0]}

    def points(self) -> dict[str, Decimal]:
        """Return the points, by criterion; those left open are not there."""
        found = {one.key: self.cleaned_data[f"score_{one.key}"] for one in self.criteria}
        return {key: Decimal(value) for key, value in found.items() if value not in {None, ""}}


# --- votes and proposals ----------------------------------------------------------------------------------------------
class TellersForm(Form):
    """Who counts."""

    first_teller = forms.ChoiceField(label=_("Người kiểm phiếu thứ nhất"))
    second_teller = forms.ChoiceField(label=_("Người kiểm phiếu thứ hai"))

    def __init__(self, *args: Any, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_teller", "second_teller"):
            self.fields[name].choices = [*BLANK, *people]  # type: ignore[attr-defined]


class CountForm(Form):
    """How many gave each grade, place by place."""

    def __init__(
        self, *args: Any, places: Sequence[Place], grades: Mapping[int, Options], names: Mapping[int, str],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        self.places, self.grades = places, grades
        super().__init__(*args, **kwargs)
        for one in places:
            for grade, words in grades[one.pk]:
                # Nothing typed is none.
                field = _sometimes(_count(f"{names[one.pk]}: {words}", required=False))
                self.fields[f"votes_{one.pk}_{grade}"] = field

    def blame(self, error: RuleBroken) -> None:
        """Put what is wrong with a place beside its first grade."""
        if error.field.startswith("votes_"):
            error.field += f"_{ORDER[0]}"
        super().blame(error)

    def rows(self) -> list[tuple[Place, list[tuple[StrOrPromise, BoundField]]]]:
        """Return each place with its grades and their fields."""
        return [
            (one, [(words, self[f"votes_{one.pk}_{grade}"]) for grade, words in self.grades[one.pk]])
            for one in self.places
        ]

    def votes(self) -> dict[int, dict[str, int]]:
        """Return the votes by place and grade; places with none are not there."""
        found = {
            one.pk: {
                grade: self.cleaned_data[f"votes_{one.pk}_{grade}"] or 0
                for grade, _words in self.grades[one.pk]
            }
            for one in self.places
        }
        return {key: row for key, row in found.items() if any(row.values())}


class ProposeForm(Form):
    """A grade for each, and why where it needs it."""

    proposal_no = Line(_("Số báo cáo đề nghị"), _NUMBER, short=True)
    proposed_on = DayField(label=_("Ngày đề nghị"))

    def __init__(
        self, *args: Any, places: Sequence[Place], grades: Mapping[int, Options], names: Mapping[int, str],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        self.places = places
        super().__init__(*args, **kwargs)
        for one in places:
            field = forms.ChoiceField(label=names[one.pk], choices=grades[one.pk], widget=Radios)
            self.fields[f"grade_{one.pk}"] = field
            label = _t("Lý do đề nghị mức này với %(name)s") % {"name": names[one.pk]}
            self.fields[f"because_{one.pk}"] = _sometimes(Line(label, _WHY, required=False))

    def top(self) -> list[BoundField]:
        """Return the fields above the list."""
        return [self["proposal_no"], self["proposed_on"]]

    def rows(self) -> list[tuple[Place, BoundField, BoundField]]:
        """Return each place with its fields."""
        return [(one, self[f"grade_{one.pk}"], self[f"because_{one.pk}"]) for one in self.places]

    def grades(self) -> dict[int, tuple[str, str]]:
        """Return the grades chosen, by place, with their reasons."""
        data = self.cleaned_data
        return {one.pk: (data[f"grade_{one.pk}"], data[f"because_{one.pk}"]) for one in self.places}


# --- remarks ----------------------------------------------------------------------------------------------------------
#: What may be written of a person here, and what may not (the room's README).
ONLY_WORK = _(
    "Chỉ ghi việc làm, nhiệm vụ, tư cách đảng viên. Không ghi tín ngưỡng, việc riêng gia đình, ý kiến riêng."
)


class EditRemarkForm(Form):
    """A remark."""

    source = Line(
        _("Của"),
        _LINE,
        help_text=_("Như “Chi ủy chi bộ thôn Chùa”, “Ban Thường vụ Đảng ủy”, tên người góp ý."),
    )
    number = Line(_("Số văn bản"), _NUMBER, required=False, short=True)
    on = DayField(label=_("Ngày"))
    text = _text(_("Nội dung"), ONLY_WORK)


class RemarkForm(EditRemarkForm):
    """A remark of one of the kinds that a person may write."""

    kind = forms.ChoiceField(label=_("Loại"), widget=Radios)
    field_order = ("kind",)

    def __init__(self, *args: Any, kinds: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class AnswerForm(Form):
    """The entry's own answer."""

    text = _text(_("Giải trình, tiếp thu"))
