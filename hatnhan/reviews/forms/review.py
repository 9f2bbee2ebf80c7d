"""The self-review's forms: what was typed into a part, read back; and the short forms of its deeds."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hatnhan.core.errors import RuleBroken
from hatnhan.core.forms import Form, Line
from hatnhan.reviews.review_parts import AnswerData, CriticismData, FaultData, WorkData

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

    from hatnhan.assignments.models import Task
    from hatnhan.rulebook.topics.reviews import Criterion, FormField

#: More rows than anybody writes; a page made by hand does not fill the store.
_MOST_ROWS = 200
_LONGEST_NUMBER = 8
#: So many digits no id has.
_BIGINT = 19


class TypeForm(Form):
    """Begin to type a self-review from paper."""

    typed_note = Line(
        _("Bản giấy nộp ngày nào, ai giữ"),
        200,
        help_text=_("Như: bản giấy nộp ngày 20/11/2026, chi ủy giữ. Dòng này hiện trên bản kiểm điểm."),
    )


class ReturnForm(Form):
    """Give a self-review back."""

    because = forms.CharField(
        label=_("Phải sửa, bổ sung điều gì"),
        widget=forms.Textarea({"rows": 3}),
        max_length=300,
        help_text=_("Người viết đọc được dòng này. Ghi rõ mục nào."),
        error_messages={"max_length": _("Dài %(show_value)d chữ; ghi gọn trong %(limit_value)d chữ.")},
    )


class EmptyForm(Form):
    """Nothing to type: the deed is pressed."""


def answers_in(data: QueryDict, fields: Iterable[FormField]) -> tuple[dict[str, AnswerData], dict[str, str]]:
    """Return what was typed into fields of the form, and the marks of what the page showed."""
    found, seen = {}, {}
    for one in fields:
        if f"text-{one.key}" not in data:
            continue
        rating = str(data.get(f"rating-{one.key}", ""))
        found[one.key] = AnswerData(
            str(data[f"text-{one.key}"]), int(rating) if rating in "1234" and rating else None
        )
        seen[one.key] = str(data.get(f"seen-{one.key}", ""))
    return found, seen


def work_in(data: QueryDict, tasks: Mapping[int, Task]) -> list[WorkData]:
    """Return the rows of tasks; ``tasks`` are those laid in, by id."""
    found = []
    for at in _rows(data, "title"):
        task = str(data.get(f"task-{at}", ""))
        known = task.isascii() and task.isdigit() and len(task) < _BIGINT
        title, product, said = (str(data.get(f"{name}-{at}", "")) for name in ("title", "product", "said"))
        found.append(WorkData(title, product, said, tasks.get(int(task)) if known else None))
    return found


def faults_in(data: QueryDict) -> list[FaultData]:
    """Return the rows of earlier shortcomings."""
    names = ("noted", "text", "said", "how")
    return [FaultData(*(str(data.get(f"{name}-{at}", "")) for name in names)) for at in _rows(data, "text")]


def criticisms_in(data: QueryDict) -> list[CriticismData]:
    """Return the rows of self-criticism."""
    names = ("text", "remedy", "mended")
    return [
        CriticismData(*(str(data.get(f"{name}-{at}", "")) for name in names)) for at in _rows(data, "text")
    ]


def points_in(data: QueryDict, criteria: Iterable[Criterion]) -> dict[str, Decimal]:
    """Return the points typed, "12,5" or "12.5", by criterion. Raises RuleBroken ``points`` for what is no number."""
    found = {}
    for one in criteria:
        typed = str(data.get(f"p-{one.key}", "")).strip()
        if typed:
            found[one.key] = _number(typed, one)
    return found


def _number(typed: str, criterion: Criterion) -> Decimal:
    try:
        value = Decimal(typed.replace(",", ".", 1))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or len(typed) > _LONGEST_NUMBER:
        message = gettext("“%(title)s”: ghi một số, như 5 hoặc 5,5.")
        raise RuleBroken("points", message % {"title": criterion.title}, field=criterion.key)
    return value


def _rows(data: QueryDict, name: str) -> list[int]:
    found = (re.fullmatch(rf"{name}-(\d{{1,3}})", key, re.ASCII) for key in data)
    return sorted(int(one[1]) for one in found if one)[:_MOST_ROWS]
