"""Forms as officials fill them in: days in one box, plain errors that say what to do, choices for a thumb."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.forms.models import ModelChoiceField
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hatnhan.core import vietnamese
from hatnhan.core.vietnamese import DayError, PartialDay

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.forms.boundfield import BoundField
    from django_stubs_ext import StrOrPromise

    from hatnhan.core.errors import RuleBroken
    from hatnhan.core.meanwhile import Kept

    Groups = tuple[tuple[StrOrPromise, tuple[str, ...]], ...]

#: A number pad on a phone may have no stroke to part day, month and year with.
_EIGHT_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_ONE_DAY = timedelta(days=1)
#: More choices than these fill a phone.
_FOLDS_FROM = 8


class DayInput(forms.TextInput):
    """One box for a day; shows 5/11/2018."""

    def __init__(self) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "class": "form-control hn-day"})


class DayField(forms.Field):
    """A day typed as 5/11/2018, 5.11.2018 or 05112018; the error says what is wrong with it."""

    widget = DayInput
    hint = _("Ngày/tháng/năm, như 5/11/2018.")

    def __init__(self, *, label: StrOrPromise, required: bool = True, help_text: StrOrPromise = "") -> None:
        super().__init__(label=label, required=required, help_text=help_text or self.hint)

    def to_python(self, value: object) -> date | PartialDay | None:
        """Return the day, or None for nothing typed."""
        text = str(value or "").strip()
        if not text:
            return None
        if found := _EIGHT_DIGITS.fullmatch(text):
            text = "/".join(found.groups())
        try:
            day = self.read(text)
        except DayError as error:
            advice = "" if error.code == "day" else gettext(" Ghi ngày/tháng/năm, như 5/11/2018.")
            raise ValidationError(f"{error.message_vi}.{advice}", code=error.code) from error
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            message = _("Năm %(year)s quá xa. Xem lại bốn chữ số của năm.")
            raise ValidationError(message, code="year", params={"year": day.year})
        return day

    def read(self, text: str) -> date | PartialDay:
        """Return what the text says; raises DayError."""
        return vietnamese.parse_day(text)

    def prepare_value(self, value: object) -> object:
        return self.show(value) if isinstance(value, date | PartialDay) else value

    def show(self, value: object) -> str:
        """Return the cleaned value as it would be typed."""
        return vietnamese.day(value) if isinstance(value, date) else str(value or "")


class LastDayField(DayField):
    """The last day of something, typed inclusive; cleaned to the first day no longer in force."""

    def to_python(self, value: object) -> date | PartialDay | None:
        last = super().to_python(value)
        return last + _ONE_DAY if isinstance(last, date) else last

    def show(self, value: object) -> str:
        return super().show(value - _ONE_DAY if isinstance(value, date) else value)


class BirthField(DayField):
    """A birthday, or the year alone where only that is known; cleaned to a PartialDay."""

    hint = _("Ngày/tháng/năm, như 5/11/1965. Không rõ ngày thì chỉ ghi năm.")

    def read(self, text: str) -> date | PartialDay:
        return vietnamese.parse_day_or_year(text)

    def show(self, value: object) -> str:
        if isinstance(value, PartialDay):
            return vietnamese.day(value.day) if value.day else str(value.year)
        return super().show(value)


class TimeOfDayField(forms.Field):
    """A time of the day in one box, typed as people write it; cleaned to a time."""

    widget = DayInput

    def __init__(self, *, label: StrOrPromise, required: bool = True, help_text: StrOrPromise = "") -> None:
        super().__init__(label=label, required=required, help_text=help_text or _("Như 19 giờ 30."))

    def to_python(self, value: object) -> time | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return vietnamese.parse_time(text)
        except vietnamese.TimeError as error:
            raise ValidationError(f"{error.message_vi}.", code="time") from error

    def prepare_value(self, value: object) -> object:
        return vietnamese.clock_time(value) if isinstance(value, time) else value


class Line(forms.CharField):
    """A line of text, kept in NFC with single spaces; too long is said in our words."""

    def __init__(
        self,
        label: StrOrPromise,
        longest: int,
        *,
        required: bool = True,
        help_text: StrOrPromise = "",
        short: bool = False,
    ) -> None:
        super().__init__(label=label, required=required, help_text=help_text)
        too_long = _("Dài %(show_value)d chữ; ghi gọn trong %(limit_value)d chữ.")
        self.validators.append(MaxLengthValidator(longest, too_long))
        self.widget.attrs["class"] = "form-control hn-short" if short else "form-control"

    def to_python(self, value: object) -> str | None:
        return " ".join(vietnamese.nfc(str(value or "")).split())


class Radios(forms.RadioSelect):
    """Choices one below the other, each as large as a thumb."""

    template_name = "core/widgets/choices.html"


class Checks(forms.CheckboxSelectMultiple):
    """Several of many; in two columns where there is room, folded on a phone while nothing is chosen of a long list."""

    template_name = "core/widgets/choices.html"

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        # Counted where they already are: asking for the choices again would fetch them again.
        count = sum(len(options) for _group, options, _index in context["widget"]["optgroups"])
        folds = gettext("Chọn trong danh sách (%(count)d)") % {"count": count}
        folds = folds if count > _FOLDS_FROM and not value else ""
        context["widget"] |= {"many": True, "folds": folds}
        return context


class _Dressed(dict[str, forms.Field]):
    """The fields of a form; each gets its look and its words as it comes in."""

    def __init__(self, fields: Mapping[str, forms.Field], sometimes: tuple[str, ...]) -> None:
        super().__init__()
        self._sometimes = sometimes
        for name, field in fields.items():
            self[name] = field

    def __setitem__(self, name: str, field: forms.Field) -> None:
        _dress(field)
        if not hasattr(field, "sometimes"):
            # Read by the drawing of fields.
            field.sometimes = name in self._sometimes  # type: ignore[attr-defined]
        super().__setitem__(name, field)


class Form(forms.Form):
    """A form drawn our way. ``groups`` names parts with a heading each; fields outside them come first."""

    use_required_attribute = False
    groups: ClassVar[Groups] = ()
    #: Names that actions give to fields which bear another name on the page.
    aliases: ClassVar[Mapping[str, str]] = {}
    #: Fields that some answers need and others do not: their hint says when, so they are not called optional.
    sometimes: ClassVar[tuple[str, ...]] = ()
    #: By field, what another kept there since the page was opened; drawn below the field.
    kept: Mapping[str, Kept]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        self.kept = {}
        super().__init__(*args, **kwargs)
        # Fields that a form makes as it is built, one for each row of its page, come out dressed like all others.
        self.fields = _Dressed(self.fields, self.sometimes)

    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """Return the headings and the fields under each, in order; the first heading is empty."""
        grouped = {name for _title, names in self.groups for name in names}
        parts: list[tuple[str, list[BoundField]]] = [
            ("", [bound for bound in self if bound.name not in grouped])
        ]
        parts += [
            (str(title), [self[name] for name in names if name in self.fields])
            for title, names in self.groups
        ]
        return [(title, fields) for title, fields in parts if fields]

    def answers(self) -> list[tuple[str, str]]:
        """Return what was understood, as pairs of label and words; to read over before it is written."""
        pairs = ((bound, self.cleaned_data.get(bound.name)) for bound in self)
        return [(str(bound.label), _words(bound.field, value)) for bound, value in pairs if value]

    def unjudged(self) -> Self:
        """Return the form with what was typed and nothing said against it, for whoever is not done typing."""
        self._errors = ErrorDict()
        return self

    def blame(self, error: RuleBroken) -> None:
        """Put a broken rule beside the field it speaks of, with its ground."""
        message = error.message
        if error.citation:
            message = gettext("%(message)s Căn cứ: %(citation)s.") % {
                "message": message,
                "citation": error.citation,
            }
        name = self.aliases.get(error.field, error.field)
        self.add_error(name if name in self.fields else None, ValidationError(message, code=error.code))


def _dress(field: forms.Field) -> None:
    """Give a control its look, and words for the two errors that any field may have."""
    chooses = isinstance(field, forms.ChoiceField | ModelChoiceField)
    words = {"invalid_choice": _("Không có lựa chọn này nữa. Chọn lại trong danh sách.")}
    if field.error_messages.get("required") is forms.Field.default_error_messages["required"]:
        words["required"] = _("Chưa chọn.") if chooses else _("Chưa ghi.")
    field.error_messages = {**field.error_messages, **words}
    if isinstance(field.widget, Radios | Checks | forms.CheckboxInput):
        field.widget.attrs.setdefault("class", "form-check-input")
    elif isinstance(field.widget, forms.Select):
        field.widget.attrs.setdefault("class", "form-select")
    else:
        field.widget.attrs.setdefault("class", "form-control")


def _words(field: forms.Field, value: object) -> str:
    if isinstance(field, DayField):
        return field.show(value)
    if isinstance(value, time):
        return vietnamese.clock_time(value)
    if isinstance(field, ModelChoiceField):
        several = value if isinstance(value, QuerySet) else (value,)
        return "; ".join(str(field.label_from_instance(one)) for one in several)
    if isinstance(field, forms.ChoiceField):
        return _label(field.choices, value)  # type: ignore[arg-type] # a function of choices was called by now
    return str(value)


def _label(choices: Iterable[tuple[object, object]], value: object) -> str:
    return next((str(label) for key, label in choices if str(key) == str(value)), str(value))
