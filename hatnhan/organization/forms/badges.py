"""Badges of membership."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Checks, DayField, Form
from hatnhan.organization.forms.fields import BLANK, decision

if TYPE_CHECKING:
    from collections.abc import Iterable


class BadgeForm(Form):
    """A badge for one member."""

    years = forms.TypedChoiceField(label=_("Mức tuổi Đảng"), coerce=int)
    awarded_on = DayField(label=_("Đợt trao"))
    decision_no = decision()

    def __init__(self, *args: Any, levels: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(years, _("%(years)s năm") % {"years": years}) for years in levels]
        self.fields["years"].choices = [*BLANK, *choices]  # type: ignore[attr-defined]


class RoundForm(Form):
    """Badges for all who were ticked, by one decision. A tick reads "member:years"."""

    awarded = forms.MultipleChoiceField(
        label=_("Đảng viên được tặng Huy hiệu"),
        widget=Checks,
        error_messages={"required": _("Chưa đánh dấu đồng chí nào.")},
    )
    awarded_on = DayField(label=_("Ngày trao"))
    decision_no = decision()

    def __init__(self, *args: Any, due: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["awarded"].choices = list(due)  # type: ignore[attr-defined]

    def clean_awarded(self) -> list[tuple[int, int]]:
        """Return pairs of member id and years."""
        pairs = (value.split(":") for value in self.cleaned_data["awarded"])
        return [(int(member), int(years)) for member, years in pairs]
