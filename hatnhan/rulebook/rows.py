"""A field for values that are lists of several things each: a table with a row a thing, edited without scripts.

A row cleared of its words is dropped; words in one of the spare rows below add one; the number before it is its place.
A row that is given another's number takes that place, and the other moves on.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel
from pydantic import ValidationError as Refused

from hatnhan.core.vietnamese import fold, nfc
from hatnhan.rulebook.types import TOLD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django_stubs_ext import StrOrPromise
    from pydantic.fields import FieldInfo

    Texts = dict[str, str]

SPARE = 3
#: No list in the law is longer; a request that claims more is cut here.
_MOST_ROWS = 200
_PLACE = "place"
#: Choices of no more letters stand in a narrow column.
_NARROW = 16
#: A thing of more parts than these does not fit on one line of a table.
_FEW_COLUMNS = 5
#: Nor does one with more choices of long words than these.
_FEW_LONG_CHOICES = 2
_LAST = 10_000
#: Keys have 20 characters at most; two are left for a number.
_LONGEST_STEM = 17


def kind_of_rows(info: FieldInfo) -> type[BaseModel] | None:
    """Return what a field holds several of, None for one that holds no such list."""
    inner = get_args(info.annotation)
    kind = inner[0] if get_origin(info.annotation) is tuple and inner else None
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def extra(info: FieldInfo) -> dict[str, Any]:
    """Return what a field says of itself: ``labels`` of its choices, ``hint``, ``hidden``, ``made_from``.

    ``may_be_empty``: a list of several things may hold none. ``last``: stands after all other parts of a row.
    """
    said = info.json_schema_extra
    return dict(said) if isinstance(said, dict) else {}


def parts(kind: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the parts of a row in the order in which people read them."""
    return dict(sorted(kind.model_fields.items(), key=lambda part: bool(extra(part[1]).get("last"))))


def text(given: object) -> str:
    """Return what stands in the box of one part of a row."""
    if isinstance(given, tuple):
        return "; ".join(str(one) for one in given)
    if isinstance(given, Decimal):
        return f"{given.normalize():f}".replace(".", ",")
    return str(given)


def words(info: FieldInfo, given: object) -> str:
    """Return one part of a row as people read it."""
    labels: dict[str, str] = extra(info).get("labels", {})
    return labels.get(str(given), text(given))


class RowsWidget(forms.Widget):
    """A table of boxes; on a phone each row becomes a block."""

    template_name = "rulebook/widgets/rows.html"
    use_fieldset = True

    def __init__(self, kind: type[BaseModel]) -> None:
        super().__init__()
        self.kind = kind
        #: Numbers of the rows that were refused, from 0.
        self.bad: set[int] = set()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401
        context: dict[str, Any] = super().get_context(name, value, attrs)
        rows: list[Texts] = list(value or [])
        rows += [{} for _spare in range(SPARE)] if not any(_is_empty(row, self.kind) for row in rows) else []
        fields = parts(self.kind)
        context["widget"] |= {
            "heads": [
                (info.title, extra(info).get("hint", ""))
                for info in fields.values()
                if not extra(info).get("hidden")
            ],
            "rows": [self._row(name, number, row) for number, row in enumerate(rows)],
            "count": len(rows),
            "wide": _is_wide(self.kind),
        }
        return context

    def _row(self, name: str, number: int, row: Texts) -> dict[str, Any]:
        empty = _is_empty(row, self.kind)
        cells = [
            {
                "name": f"{name}-{number}-{key}",
                "title": info.title,
                "value": row.get(key, ""),
                "choices": _choices(info),
                "hidden": extra(info).get("hidden", False),
                "number": info.annotation in {int, Decimal},
                "narrow": _is_narrow(info),
            }
            for key, info in parts(self.kind).items()
        ]
        place = row.get(_PLACE, "" if empty else str(number + 1))
        bad = number in self.bad
        return {
            "number": number + 1,
            "name": f"{name}-{number}-{_PLACE}",
            "place": place,
            "cells": cells,
            "bad": bad,
        }

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        _files: object,
        name: str,
    ) -> list[Texts]:
        count = str(data.get(f"{name}-rows", "0"))
        many = min(int(count), _MOST_ROWS) if count.isascii() and count.isdecimal() else 0
        keys = (*self.kind.model_fields, _PLACE)
        return [
            {key: nfc(str(data.get(f"{name}-{number}-{key}", ""))).strip() for key in keys}
            for number in range(many)
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Any, name: str) -> bool:  # noqa: ANN401
        return f"{name}-rows" not in data

    def id_for_label(self, id_: str) -> str:
        return id_


class RowsField(forms.Field):
    """Several things of one kind; cleaned to a tuple of them."""

    widget: RowsWidget

    def __init__(self, kind: type[BaseModel], *, label: StrOrPromise, required: bool = True) -> None:
        self.kind = kind
        self.needs_rows = required
        super().__init__(
            label=label,
            required=False,
            widget=RowsWidget(kind),
            help_text=_(
                "Xóa trắng một dòng để bỏ, ghi vào dòng trống ở cuối để thêm; số đứng đầu là thứ tự."
            ),
        )
        self.sometimes = True

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's
        return [_texts(one) if isinstance(one, BaseModel) else one for one in value or ()]

    def clean(self, value: Any) -> tuple[BaseModel, ...]:  # noqa: ANN401 - Django's
        made: list[tuple[tuple[int, int], BaseModel]] = []
        faults: list[ValidationError] = []
        self.widget.bad = set()
        rows: list[Texts] = list(value or [])
        for number, row in enumerate(rows):
            if _is_empty(row, self.kind):
                continue
            try:
                made.append((_place(row, number), self._make(row, rows)))
            except Refused as error:
                self.widget.bad.add(number)
                faults += [ValidationError(self._fault(number, dict(fault))) for fault in error.errors()]
        if faults:
            raise ValidationError(faults)
        if not made and self.needs_rows:
            raise ValidationError(_("Chưa có dòng nào. Ghi ít nhất một dòng."))
        return tuple(one for _number, one in sorted(made, key=lambda pair: pair[0]))

    def _make(self, row: Texts, rows: Sequence[Texts]) -> BaseModel:
        given = {key: row.get(key, "") for key in self.kind.model_fields}
        for key, info in self.kind.model_fields.items():
            if extra(info).get("hidden") and not given[key]:
                taken = {one.get(key, "") for one in rows}
                given[key] = _free_name(taken, given.get(extra(info).get("made_from", ""), ""))
                row[key] = given[key]
        return self.kind.model_validate(
            {
                key: _as_typed(info, given[key])
                for key, info in self.kind.model_fields.items()
                if given[key] or info.is_required()
            }
        )

    def _fault(self, number: int, fault: dict[str, Any]) -> str:
        place = fault["loc"][0] if fault["loc"] else ""
        info = self.kind.model_fields.get(str(place))
        head = _now("Dòng %(row)d") % {"row": number + 1}
        if info is not None and info.title:
            head = f"{head}, {info.title}"
        return f"{head}: {_why(fault)}"


#: What pydantic names its faults, and what people are told to do; the numbers are its own.
_WHY: dict[str, StrOrPromise] = {
    "int_parsing": _("ghi một số nguyên."),
    "decimal_parsing": _("ghi một số, như 12 hoặc 12,5."),
    "decimal_max_places": _("ghi không quá %(decimal_places)d chữ số sau dấu phẩy."),
    "string_too_short": _("chưa ghi."),
    "missing": _("chưa ghi."),
    "string_too_long": _("dài quá; ghi gọn trong %(max_length)d chữ."),
    "literal_error": _("chọn một mục trong danh sách."),
    "greater_than": _("ghi số lớn hơn %(gt)d."),
    "greater_than_equal": _("ghi số từ %(ge)d."),
    "less_than_equal": _("ghi số không quá %(le)d."),
}


def _why(fault: Mapping[str, Any]) -> str:
    if fault["type"] == TOLD:
        return str(fault["msg"])
    message = str(_WHY.get(fault["type"], _("xem lại mục này.")))
    return str(message % fault.get("ctx", {}))


def _as_typed(info: FieldInfo, typed: str) -> str:
    """Return a number with the point that numbers are read with; people type a comma."""
    return typed.replace(",", ".") if info.annotation is Decimal else typed


def _texts(one: BaseModel) -> Texts:
    return {key: text(given) for key, given in one}


def _choices(info: FieldInfo) -> list[tuple[str, str]]:
    if get_origin(info.annotation) is not Literal:
        return []
    labels: dict[str, str] = extra(info).get("labels", {})
    values = [str(one) for one in get_args(info.annotation)]
    blank = [] if "" in values else [("", "–")]
    return blank + [(one, labels.get(one, one)) for one in values]


def _is_wide(kind: type[BaseModel]) -> bool:
    """Tell whether a thing has more parts, or longer ones, than fit on one line of a table."""
    shown = [info for info in kind.model_fields.values() if not extra(info).get("hidden")]
    long = [info for info in shown if _choices(info) and not _is_narrow(info)]
    return len(shown) > _FEW_COLUMNS or len(long) > _FEW_LONG_CHOICES


def _is_narrow(info: FieldInfo) -> bool:
    """Tell whether all choices of a part of a row are short words."""
    choices = _choices(info)
    return bool(choices) and all(len(label) <= _NARROW for _value, label in choices)


def _is_empty(row: Mapping[str, str], kind: type[BaseModel]) -> bool:
    """Tell whether nothing is typed in a row: what is chosen from a list, and what is hidden, does not count."""
    typed = (
        key for key, info in kind.model_fields.items() if not (_choices(info) or extra(info).get("hidden"))
    )
    return not any(row.get(key) for key in typed)


def _place(row: Mapping[str, str], index: int) -> tuple[int, int]:
    """Return where a row is to stand: of two with one number the lower one is meant; those without come last."""
    number = row.get(_PLACE, "")
    return (int(number), -index) if number.isascii() and number.isdecimal() else (_LAST, index)


def _free_name(taken: set[str], words: str = "") -> str:
    """Return a key that no row has: made of words ("Khu phố": "khu_pho") where a kind of row wants that."""
    stem = re.sub(r"[^a-z0-9]+", "_", fold(words)).strip("_")[:_LONGEST_STEM].strip("_")
    if stem and stem not in taken:
        return stem
    number = 2 if stem else 1
    while f"{stem or 'rieng'}_{number}" in taken:
        number += 1
    return f"{stem or 'rieng'}_{number}"
