"""What one can look for in the record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.core import deed_words as words
from hatnhan.core.forms import DayField, Form


class FilterForm(Form):
    """Person, deed, days. What stands in the address is Vietnamese, as people read it there."""

    nguoi = forms.CharField(label=_("Người làm"), required=False, max_length=120)
    viec = forms.ChoiceField(label=_("Việc"), required=False)
    tu = DayField(label=_("Từ ngày"), required=False)
    den = DayField(label=_("Đến hết ngày"), required=False)

    def __init__(self, *args: Any, prefix_of_deeds: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["viec"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", _now("Mọi việc")), *words.choices(prefix_of_deeds)]
        for name in ("tu", "den"):
            self.fields[name].help_text = ""
