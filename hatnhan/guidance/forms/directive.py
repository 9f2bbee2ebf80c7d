"""What is typed about a year under the Directive. The fields of a registration are those of the rulebook's form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hatnhan.core import vietnamese
from hatnhan.core.forms import DayField, Form, Line, Radios
from hatnhan.core.vietnamese import DayError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django_stubs_ext import StrOrPromise

    from hatnhan.rulebook.topics.guidance import Directive

    Deeds = list[tuple[str, date | None]]

_LONGEST = 5_000
_LONGEST_DEED = 300
#: So many rows for deeds, and so many left free below what stands there.
_ROWS, _FREE = 4, 2
#: "việc; 30/6" or "việc; 30/6/2018": the last semicolon parts the deed from its day.
_DAY_MONTH = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}", re.ASCII)
OUTCOMES = "outcomes"


class Prose(forms.CharField):
    """Several lines of text."""

    def __init__(
        self, label: StrOrPromise, *, rows: int = 4, required: bool = True, help_text: StrOrPromise = ""
    ) -> None:
        area = forms.Textarea({"rows": rows})
        super().__init__(label=label, required=required, help_text=help_text, widget=area)
        too_long = _("Dài %(show_value)d chữ; ghi gọn trong %(limit_value)d chữ.")
        self.validators.append(MaxLengthValidator(_LONGEST, too_long))


class DeedsField(Prose):
    """Deeds as they stand on paper, one a line: "Đọc sách báo mỗi tối; 30/11"; cleaned to words and days."""

    def __init__(self, *, year: int, required: bool = True) -> None:
        hint = _("Mỗi việc một dòng: việc; hạn. Như: Giúp một hộ thoát nghèo; 30/11.")
        super().__init__(_("Việc làm theo"), rows=3, required=required, help_text=hint)
        self.year = year

    def clean(self, value: str | None) -> list[tuple[str, date]]:
        """Return words and day of each line; the error names the line."""
        text = super().clean(value)
        return [self._deed(line) for line in text.splitlines() if line.strip()]

    def _deed(self, line: str) -> tuple[str, date]:
        words, _semicolon, day = line.rpartition(";")
        if not words.strip():
            message = _("Dòng “%(line)s” chưa ghi hạn. Ghi sau dấu chấm phẩy, như: %(line)s; 30/11.")
            raise ValidationError(message, code="due_missing", params={"line": line.strip()})
        day = day.strip()
        if _DAY_MONTH.fullmatch(day):
            day = f"{day}/{self.year}"
        try:
            return words.strip(), vietnamese.parse_day(day.replace(".", "/").replace("-", "/"))
        except DayError as error:
            raise ValidationError(f"{error.message_vi}: “{line.strip()}”.", code="day") from error


class RegistrationForm(Form):
    """A registration: the fields of the form, then rows for concrete deeds."""

    def __init__(self, *args: Any, value: Directive, standing: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [one.key for one in value.fields]
        for one in value.fields:
            self.fields[one.key] = Prose(one.title, required=False, help_text=one.hint)
            self.fields[one.key].widget.attrs["class"] = "form-control"
            self.fields[one.key].sometimes = one.required  # type: ignore[attr-defined] # read by the drawing of fields
        self.count = max(_ROWS, standing + _FREE)
        for row in range(self.count):
            words = {"number": row + 1}
            self.fields[f"deed{row}"] = Line(_("Việc %(number)d") % words, _LONGEST_DEED, required=False)
            self.fields[f"due{row}"] = DayField(label=_("Xong trước hết ngày"), required=False)
            self.fields[f"due{row}"].widget.attrs["aria-label"] = (
                gettext("Việc %(number)d: xong trước hết ngày") % words
            )
            for name in (f"deed{row}", f"due{row}"):
                self.fields[name].sometimes = True  # type: ignore[attr-defined]

    @property
    def prose(self) -> list[forms.BoundField]:
        """The fields of the form."""
        return [self[key] for key in self.keys]

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows for deeds: words and day."""
        return [(self[f"deed{row}"], self[f"due{row}"]) for row in range(self.count)]

    def clean(self) -> dict[str, Any]:
        """See that a day stands beside every deed."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for row in range(self.count):
            if data.get(f"deed{row}") and f"due{row}" in data and data[f"due{row}"] is None:
                self.add_error(
                    f"due{row}", ValidationError(_("Chưa ghi hạn của việc này."), code="due_missing")
                )
        return data


class PaperForm(Form):
    """Registrations of several members, copied from paper; a member of whom nothing is typed is passed over."""

    def __init__(
        self, *args: Any, value: Directive, year: int, members: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.value, self.members = value, members
        for pk, _name in members:
            for one in value.fields:
                self.fields[f"m{pk}-{one.key}"] = Prose(one.title, rows=2, required=False)
            self.fields[f"m{pk}-deeds"] = DeedsField(year=year, required=False)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "form-control")
            field.sometimes = True  # type: ignore[attr-defined] # nothing here is called optional

    @property
    def people(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The members with their fields."""
        names = [one.key for one in self.value.fields] + ["deeds"]
        return [(name, [self[f"m{pk}-{key}"] for key in names]) for pk, name in self.members]


class TextsForm(Form):
    """One text for each of several registrations, and the outcome of their deeds where these are asked for.

    ``lines``: key, whose it is, what stands there, the deeds with their outcomes. An empty text is passed over, unless
    there is one registration alone.
    """

    def __init__(
        self,
        *args: Any,
        label: StrOrPromise,
        lines: Sequence[tuple[int, str, str, Mapping[int, tuple[str, str]]]],
        outcomes: Sequence[tuple[str, StrOrPromise]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for pk, _who, text, deeds in lines:
            self.fields[f"r{pk}"] = Prose(label, rows=3, required=False)
            self.fields[f"r{pk}"].initial = text
            for deed, (words, outcome) in deeds.items():
                self.fields[f"r{pk}-d{deed}"] = forms.ChoiceField(
                    label=words, choices=outcomes, widget=Radios, required=False, initial=outcome
                )
                self.fields[f"r{pk}-d{deed}"].widget.attrs["class"] = "form-check-input"
            self.fields[f"r{pk}"].widget.attrs["class"] = "form-control"
        for field in self.fields.values():
            field.sometimes = True  # type: ignore[attr-defined]

    @property
    def people(self) -> list[tuple[int, str, forms.BoundField, list[forms.BoundField]]]:
        """Whose each is, the text, the deeds."""
        return [
            (pk, who, self[f"r{pk}"], [self[f"r{pk}-d{one}"] for one in deeds])
            for pk, who, _t, deeds in self.lines
        ]


class ThemeForm(Form):
    """The theme of a year, within that of the term."""

    theme = Line(_("Chuyên đề năm"), 500, help_text=_("Ghi như trong văn bản của cấp ủy."))
    term_theme = Line(_("Chuyên đề toàn khóa"), 500)
    decision_no = Line(_("Số văn bản"), 60, help_text=_("Như 12-KH/ĐU."), short=True)


class ServiceForm(Form):
    """What something served."""

    note = Line(
        _("Phục vụ nội dung gì"), 300, required=False, help_text=_("Như: chuyên đề nêu gương của đảng viên.")
    )


class NothingForm(Form):
    """Asks nothing."""
