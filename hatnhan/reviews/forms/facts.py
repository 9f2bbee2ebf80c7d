"""What is typed of a fact that no room knows."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Form, Line, Radios
from hatnhan.reviews.models import Rating

_SOURCE, _NUMBER = 300, 60


class NumberField(forms.CharField):
    """A number with a comma or a point: "12,5"."""

    def __init__(self, label: str, unit: str) -> None:
        super().__init__(
            label=label,
            help_text=unit,
            widget=forms.TextInput({"inputmode": "decimal", "class": "form-control hn-day"}),
        )

    def clean(self, value: object) -> Decimal:
        """Return the number."""
        text = str(super().clean(value)).strip().replace(",", ".")
        try:
            number = Decimal(text)
        except InvalidOperation as error:
            raise forms.ValidationError(_now("Ghi một số, như 12 hoặc 12,5.")) from error
        if not number.is_finite() or abs(number) >= 1000 or number != round(number, 2):  # noqa: PLR2004 - 0–100 at most
            raise forms.ValidationError(_now("Ghi một số, nhiều nhất hai chữ số sau dấu phẩy."))
        return number


class FactForm(Form):
    """A value in the fact's own unit, and where it is from."""

    source = Line(
        _("Theo văn bản, nguồn nào"), _SOURCE, help_text=_("Số, ngày của văn bản; hoặc ai báo, ngày nào.")
    )

    def __init__(self, *args: Any, label: str, unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = _field(label, unit)
        self.order_fields(["value", "source"])

    def clean_value(self) -> Decimal:
        """Return the value as a number."""
        return Decimal(self.cleaned_data["value"])


def _field(label: str, unit: str) -> forms.Field:
    if unit == "có/không":
        return forms.ChoiceField(label=label, choices=[("0", _("Không")), ("1", _("Có"))], widget=Radios)
    if unit == "mức":
        return forms.ChoiceField(label=label, choices=[(str(k), v) for k, v in Rating.choices], widget=Radios)
    units = {"%": _("Phần trăm, từ 0 đến 100."), "tháng": _("Số tháng, từ 0 đến 12.")}
    return NumberField(label, str(units.get(unit, "")))


class LiftForm(Form):
    """The paper by which a trigger was lifted."""

    paper_no = Line(_("Số văn bản của cấp có thẩm quyền"), _NUMBER, short=True, help_text=_("Như 12-KL/ĐU."))
    reason = Line(_("Lý do"), 230, help_text=_("Như: tự phát hiện, đã khắc phục xong hậu quả."))


class TakeBackForm(Form):
    """Why what was written is taken back."""

    because = Line(_("Lý do rút"), _SOURCE)
