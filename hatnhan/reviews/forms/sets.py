"""The form that asks for a set of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Form, Radios
from hatnhan.reviews.selectors.sets import KINDS
from hatnhan.reviews.words_papers import TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hatnhan.organization.models import Unit


class AskSet(Form):
    """Which papers, of which unit."""

    paper = forms.ChoiceField(label=_("Lấy gì"), widget=Radios, initial="ban-kiem-diem")
    unit = forms.ChoiceField(label=_("Của nơi nào"))

    def __init__(self, *args: Any, units: Sequence[Unit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = [(slug, TITLES[key]) for slug, key in KINDS.items()]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [(one.code, one.name) for one in units]  # type: ignore[attr-defined]
