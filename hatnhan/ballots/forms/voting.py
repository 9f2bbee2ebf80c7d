"""The slip one votes with, and the sheet on which the tellers enter the paper count. Both are made of the question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.ballots.forms.drafting import passphrase
from hatnhan.ballots.models import Ballot
from hatnhan.ballots.rules import PaperCount
from hatnhan.core.deeds import CONFIRM
from hatnhan.core.forms import Checks, Form, Radios

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms.boundfield import BoundField

    from hatnhan.ballots.models import Option
    from hatnhan.ballots.rules import Choice
    from hatnhan.organization.models import Member

#: What a person chooses who chooses nothing, on purpose.
_BLANK = "0"


class VoteForm(Form):
    """The slip. What is on it stands nowhere but in the browser until it is sealed."""

    def __init__(self, *args: Any, ballot: Ballot, options: Sequence[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ballot = ballot
        self.places = {option.place: option.label for option in options}
        if ballot.kind == Ballot.Kind.GRADE:
            for place, label in self.places.items():
                self.fields[f"grade_{place}"] = _choose(label, [*ballot.grades, (_BLANK, _("Không xếp mức"))])
        elif ballot.kind == Ballot.Kind.UP_TO:
            self.fields["choice"] = self._several(ballot)
        else:
            blank = (_BLANK, _("Không chọn gì (phiếu trắng)"))
            self.fields["choice"] = _choose(ballot.title, [*self._labels(), blank], required=True)

    def _labels(self) -> list[tuple[str, str]]:
        return [(str(place), label) for place, label in self.places.items()]

    def _several(self, ballot: Ballot) -> forms.Field:
        hint = _("Chọn không quá %(up_to)s. Không chọn ai, không chọn gì là phiếu trắng.")
        return forms.MultipleChoiceField(
            label=ballot.title,
            help_text=hint % {"up_to": ballot.up_to},
            choices=self._labels(),
            required=False,
            widget=Checks({"class": "form-check-input"}),
        )

    def clean_choice(self) -> str | list[str]:
        """Refuse more than may be chosen, before the slip is read over."""
        chosen: str | list[str] = self.cleaned_data["choice"]
        if isinstance(chosen, list) and len(chosen) > self.ballot.up_to:
            message = _("Đồng chí chọn %(chosen)s; chỉ được chọn không quá %(up_to)s. Bỏ bớt.")
            raise forms.ValidationError(message % {"chosen": len(chosen), "up_to": self.ballot.up_to})
        return chosen

    def choice(self) -> Choice:
        """Return what was chosen, as the action takes it."""
        cleaned = self.cleaned_data
        if self.ballot.kind == Ballot.Kind.GRADE:
            given = {place: cleaned[f"grade_{place}"] for place in self.places}
            return {place: grade for place, grade in given.items() if grade not in {"", _BLANK}}
        chosen = cleaned["choice"]
        return [int(one) for one in (chosen if isinstance(chosen, list) else [chosen]) if one != _BLANK]

    def read_over(self) -> list[tuple[str, str]]:
        """Return the slip in words: what stands on it, person by person where people are graded."""
        choice = self.choice()
        if not choice:
            return [(_("Đồng chí chọn"), _("Phiếu trắng, không chọn gì"))]
        if isinstance(choice, dict):
            grades = dict(self.ballot.grades)
            none = _("không xếp mức")
            return [(label, grades.get(choice.get(place, ""), none)) for place, label in self.places.items()]
        return [(_("Đồng chí chọn"), self.places[place]) for place in choice]


def _choose(label: str, choices: Sequence[tuple[str, str]], *, required: bool = False) -> forms.ChoiceField:
    field = forms.ChoiceField(label=label, choices=choices, required=required, widget=Radios)
    field.widget.attrs["class"] = "form-check-input"
    missing = _("Chưa chọn. Muốn bỏ phiếu trắng thì chọn dòng cuối.")
    field.error_messages |= {"required": missing, "invalid_choice": _("Không có lựa chọn này trên phiếu.")}
    return field


class PaperForm(Form):
    """How many paper slips, and what stood on them. Where none were given out all stays 0."""

    def __init__(
        self, *args: Any, ballot: Ballot, options: Sequence[Option], tellers: Sequence[Member], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ballot = ballot
        slips = {
            "issued": _("Phiếu giấy phát ra"),
            "returned": _("Phiếu giấy thu về"),
            "invalid": _("Trong đó không hợp lệ"),
            "blank": _("Trong đó phiếu trắng"),
        }
        for name, label in slips.items():
            self.fields[name] = _number(label)
        self.keys: dict[str, int | tuple[int, str]] = {}
        grades = ballot.grades or [["", ""]]
        for option in options:
            for order, (key, words) in enumerate(grades, start=1):
                name = f"choice_{option.place}" if order == 1 else f"choice_{option.place}_{order}"
                self.keys[name] = (option.place, key) if key else option.place
                self.fields[name] = _number(f"{option.label}: {words}" if words else option.label)
        for name, teller in zip(_PASSPHRASES, tellers, strict=True):
            label = _("Mật khẩu kiểm phiếu của đ/c %(name)s") % {"name": teller.full_name}
            self.fields[name] = passphrase(label, required=False)
            self.fields[name].help_text = ""
            self.fields[name].sometimes = True  # type: ignore[attr-defined] # read by the drawing of fields
            self.fields[name].widget.attrs["class"] = "form-control"

    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """Leave the passphrases for the page on which the numbers were read over."""
        slips = [self[name] for name in ("issued", "returned", "invalid", "blank")]
        chosen = [self[name] for name in self.keys]
        return [(_("Phiếu giấy"), slips), (_("Lựa chọn trên phiếu giấy hợp lệ"), chosen)]

    def answers(self) -> list[tuple[str, str]]:
        """Return the numbers to be read over."""
        return [
            (str(bound.label), str(self.cleaned_data[bound.name]))
            for _title, fields in self.sections()
            for bound in fields
        ]

    def numbers(self) -> list[BoundField]:
        """Return the fields that the check page carries along unseen."""
        return [bound for _title, fields in self.sections() for bound in fields]

    def passphrases(self) -> list[BoundField]:
        """Return the two fields that only the check page asks for."""
        return [self[name] for name in _PASSPHRASES]

    def only_passphrases_wrong(self) -> bool:
        """Tell whether the numbers stand and just the passphrases must be typed again."""
        return bool(self.errors) and set(self.errors) <= set(_PASSPHRASES)

    def clean(self) -> dict[str, Any]:
        """Take what is empty for 0; ask for the passphrases once the numbers were read over."""
        cleaned: dict[str, Any] = super().clean() or {}
        if CONFIRM in self.data:
            for name in _PASSPHRASES:
                if not cleaned.get(name):
                    self.add_error(name, _("Chưa ghi."))
        return {name: 0 if value is None else value for name, value in cleaned.items()}

    def paper(self, cleaned: dict[str, Any]) -> PaperCount:
        """Return the numbers as the action takes them."""
        choices = {key: cleaned[name] for name, key in self.keys.items()}
        slips = {name: cleaned[name] for name in ("issued", "returned", "invalid", "blank")}
        return PaperCount(**slips, choices=choices)


_PASSPHRASES = ("first", "second")


def _number(label: str) -> forms.IntegerField:
    field = forms.IntegerField(label=label, required=False, initial=0, min_value=0, max_value=100_000)
    field.error_messages["invalid"] = gettext_lazy("Ghi một số nguyên.")
    field.widget = forms.TextInput(
        {"inputmode": "numeric", "autocomplete": "off", "class": "form-control hn-day"}
    )
    field.sometimes = True  # type: ignore[attr-defined] # read by the drawing of fields
    return field
