"""Which of what was entered for others is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Checks, Form

if TYPE_CHECKING:
    from collections.abc import Sequence


class TakeBackForm(Form):
    """Rows to choose from, each with its words."""

    rows = forms.TypedMultipleChoiceField(label=_("Bỏ những dòng ghi nhầm"), coerce=int, widget=Checks)

    def __init__(self, *args: Any, rows: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].choices = rows  # type: ignore[attr-defined]
