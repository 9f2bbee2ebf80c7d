"""A form for the value of any topic, made of the topic's own fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from hatnhan.core.forms import DayField, Form, Line, Radios
from hatnhan.rulebook import wording
from hatnhan.rulebook.rows import RowsField, extra, kind_of_rows
from hatnhan.rulebook.types import TOLD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo

    from hatnhan.rulebook.types import Value

PREFIX = "value_"
#: Of a line of text whose topic sets no limit.
_LONGEST = 500


class OverlayForm(Form):
    """A local value, from when, on what paper. ``cleaned_data["value"]`` is the topic's value."""

    start = DayField(label=_("Áp dụng từ ngày"))
    instrument = forms.CharField(
        label=_("Văn bản của cấp ủy"), help_text=_("Số và ký hiệu, như 12-QĐ/ĐU."), max_length=120
    )
    instrument_date = DayField(label=_("Ngày ký văn bản"))

    def __init__(self, *args: Any, topic: type[Value], **kwargs: Any) -> None:
        self.topic = topic
        super().__init__(*args, **kwargs)

    @classmethod
    def of(cls, topic: type[Value]) -> type[OverlayForm]:
        """Return the form class with one field more for each field of the topic's value, these first."""
        fields = {PREFIX + name: _field(info) for name, info in topic.model_fields.items()}
        made: type[OverlayForm] = type("TopicForm", (cls,), dict(fields))
        made.base_fields = {**fields, **cls.base_fields}
        return made

    def clean(self) -> dict[str, Any]:
        """Make the topic's value of what was typed."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            typed = {name: cleaned[PREFIX + name] for name in self.topic.model_fields}
            cleaned["value"] = self.topic.model_validate(typed)
        except ValidationError as error:
            for fault in error.errors():
                words = fault["msg"] if fault["type"] == TOLD else ""
                self._blame_field(str(fault["loc"][0]) if fault["loc"] else "", words)
        return cleaned

    def _blame_field(self, name: str, words: str) -> None:
        field = PREFIX + name
        message = words or _now("Xem lại mục này: giá trị không đúng kiểu, hoặc ngoài khoảng cho phép.")
        self.add_error(field if field in self.fields else None, message)


class Several(forms.CharField):
    """Several values in one box, with commas between."""

    def to_python(self, value: object) -> list[str]:  # type: ignore[override]
        return [part.strip() for part in str(value or "").split(",") if part.strip()]

    def prepare_value(self, value: object) -> object:
        return ", ".join(str(one) for one in value) if isinstance(value, tuple | list) else value


def _field(info: FieldInfo) -> forms.Field:
    if info.annotation is bool:
        return forms.BooleanField(label=info.title, required=False)
    if get_origin(info.annotation) is Literal:
        labels: dict[str, str] = extra(info).get("labels", {})
        few = [(one, labels.get(one, told)) for one, told in wording.choices(get_args(info.annotation))]
        return forms.ChoiceField(label=info.title, choices=few, widget=Radios)
    if kind := kind_of_rows(info):
        return RowsField(kind, label=info.title or "", required=not extra(info).get("may_be_empty"))
    if info.annotation is str:
        return _line(info)
    if info.annotation is not int:
        return Several(label=info.title, help_text=_("Các giá trị cách nhau bằng dấu phẩy."))
    low, high = _limits(info)
    field = forms.IntegerField(label=info.title, min_value=low, max_value=high)
    field.error_messages["invalid"] = _("Ghi một số nguyên.")
    return field


def _line(info: FieldInfo) -> Line:
    lengths = [limit for limit in info.metadata if isinstance(limit, MinLen | MaxLen)]
    longest = next((limit.max_length for limit in lengths if isinstance(limit, MaxLen)), _LONGEST)
    required = any(isinstance(limit, MinLen) and limit.min_length for limit in lengths)
    return Line(info.title or "", longest, required=required)


def _limits(info: FieldInfo) -> tuple[int | None, int | None]:
    low: int | None = None
    high: int | None = None
    for limit in info.metadata:
        match limit:
            case Gt(gt=int(bound)):
                low = bound + 1
            case Ge(ge=int(bound)):
                low = bound
            case Lt(lt=int(bound)):
                high = bound - 1
            case Le(le=int(bound)):
                high = bound
    return low, high


def initial(value: Value) -> Mapping[str, Any]:
    """Return a value as what stands in the fields before anything is typed."""
    return {PREFIX + name: given for name, given in value}


class EndForm(Form):
    """From when the value from above holds again."""

    end = DayField(label=_("Thôi áp dụng từ ngày"))
