"""What staff type of one entry: a point or level for each criterion, and the grade that they find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import DecimalValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import DayField, Form, Line, Radios
from hatnhan.reviews.forms.decision import PercentField
from hatnhan.reviews.models import Rating

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.forms.boundfield import BoundField
    from django_stubs_ext import StrOrPromise

    from hatnhan.reviews.models import Entry
    from hatnhan.rulebook.topics.reviews import Criterion

_PARTS: Mapping[str, StrOrPromise] = {"common": _("Tiêu chí chung"), "result": _("Kết quả nhiệm vụ")}


class PointsForm(Form):
    """Final points (levels 1 to 4 where the regime does not score) of every criterion; grade, reason, day.

    Fields of points are named by ``point_`` and the key of the criterion; of the grade as in `AppraiseForm`.
    """

    def __init__(
        self,
        *args: Any,
        entry: Entry,
        criteria: Sequence[Criterion],
        scored: bool,
        grades: Sequence[tuple[str, StrOrPromise]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = tuple(criteria)
        for one in criteria:
            self.fields[f"point_{one.key}"] = _points(one) if scored else _level(one)
        self.fields[f"grade_{entry.pk}"] = forms.ChoiceField(
            label=_("Mức thẩm định"), choices=[("", _("Chọn một mức")), *grades]
        )
        self.fields[f"reason_{entry.pk}"] = Line(
            _("Ý kiến thẩm định"),
            500,
            required=False,
            help_text=_("Cần khi mức khác mức đề nghị, hoặc ngoài các mức đủ điều kiện."),
        )
        self.fields["on"] = DayField(label=_("Ngày thẩm định"))

    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """Return the criteria under the part they belong to, then what is found."""
        found = [
            (str(title), [self[f"point_{one.key}"] for one in self.criteria if one.part == part])
            for part, title in _PARTS.items()
        ]
        rest = [one for one in self if not one.name.startswith("point_")]
        return [(title, fields) for title, fields in [*found, (_now("Thẩm định"), rest)] if fields]


def _points(criterion: Criterion) -> PercentField:
    most = f"{criterion.points.normalize():f}".replace(".", ",")
    field = PercentField(
        label=criterion.title,
        help_text=_now("Nhiều nhất %(most)s điểm.") % {"most": most},
        widget=forms.TextInput(
            {"inputmode": "decimal", "autocomplete": "off", "class": "form-control hn-short"}
        ),
    )
    over = _now("Tiêu chí này nhiều nhất %(most)s điểm.") % {"most": most}
    field.validators += [
        MinValueValidator(0, _now("Ghi từ 0 trở lên.")),
        MaxValueValidator(criterion.points, over),
        DecimalValidator(5, 2),
    ]
    return field


def _level(criterion: Criterion) -> forms.ChoiceField:
    levels = [(str(value), label) for value, label in Rating.choices]
    return forms.ChoiceField(label=criterion.title, choices=levels, widget=Radios)
