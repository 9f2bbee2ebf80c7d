"""Drafting a ballot, opening it, cancelling it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.ballots.actions.drafting import OptionData
from hatnhan.ballots.actions.opening import SHORTEST
from hatnhan.ballots.models import Ballot, Purpose
from hatnhan.core.forms import Checks, DayField, Form, Line, Radios
from hatnhan.organization.forms.fields import BLANK, describe
from hatnhan.organization.selectors.bodies import body_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django_stubs_ext import StrOrPromise

    from hatnhan.ballots.selectors.eligibility import Line as RollLine
    from hatnhan.organization.models import Member, Unit

_GRADES = _(
    "Hoàn thành xuất sắc nhiệm vụ\nHoàn thành tốt nhiệm vụ\nHoàn thành nhiệm vụ\nKhông hoàn thành nhiệm vụ"
)
_LONGEST = 200


class Lines(forms.CharField):
    """Several texts, one a line."""

    widget = forms.Textarea

    def __init__(self, label: StrOrPromise, *, rows: int, help_text: StrOrPromise) -> None:
        super().__init__(label=label, required=False, help_text=help_text)
        self.widget.attrs["rows"] = rows

    def to_python(self, value: object) -> list[str]:  # type: ignore[override] # several texts for one
        lines = [" ".join(line.split()) for line in str(value or "").splitlines()]
        if any(len(line) > _LONGEST for line in lines):
            message = _now("Có dòng dài quá %(longest)s chữ. Ghi gọn lại.") % {"longest": _LONGEST}
            raise forms.ValidationError(message)
        return [line for line in lines if line]

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list) else value


class People(forms.TypedMultipleChoiceField):
    """Tick people out of a list handed over by the page; cleaned to their ids."""

    def __init__(self, label: StrOrPromise, *, help_text: StrOrPromise = "") -> None:
        super().__init__(label=label, required=False, coerce=int, widget=Checks, help_text=help_text)


class DraftForm(Form):
    """A question, as far as its kind asks for; who is asked; who counts."""

    title = Line(_("Nội dung bỏ phiếu"), 300, help_text=_("Như ghi trên phiếu."))
    purpose = forms.ChoiceField(
        label=_("Để quyết định"),
        choices=[*BLANK, *Purpose.choices],
        help_text=_("Tỷ lệ thông qua theo Quy định áp dụng cho việc này."),
    )
    body = forms.ChoiceField(label=_("Tập thể bỏ phiếu"), widget=Radios)
    on = DayField(label=_("Ngày bỏ phiếu"))
    options = Lines(
        _("Các phương án"), rows=4, help_text=_("Mỗi phương án một dòng, theo thứ tự trên phiếu.")
    )
    people = People(_("Chọn trong danh sách"), help_text=_("Tên xếp trên phiếu theo thứ tự danh sách này."))
    grades = Lines(_("Các mức"), rows=4, help_text=_("Mỗi mức một dòng, mức cao nhất trước."))
    up_to = forms.IntegerField(label=_("Chọn không quá"), min_value=1, max_value=500)
    concerned = forms.TypedChoiceField(
        label=_("Người được xem xét"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Đồng chí này không biểu quyết về mình. Không có thì để trống."),
    )
    first_teller = forms.TypedChoiceField(label=_("Người kiểm phiếu thứ nhất"), coerce=int)
    second_teller = forms.TypedChoiceField(label=_("Người kiểm phiếu thứ hai"), coerce=int)
    sometimes = ("options", "people")

    def __init__(
        self, *args: Any, unit: Unit, bodies: Sequence[str], kind: str, pool: Iterable[Member], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pool = {member.pk: member for member in pool}
        people = [(pk, describe(member)) for pk, member in self.pool.items()]
        self._offer("body", [(body, body_title(unit, body)) for body in bodies])
        self._offer("people", people)
        for name in ("concerned", "first_teller", "second_teller"):
            self._offer(name, [*BLANK, *people])
        if not self.is_bound:
            self.initial.setdefault("grades", str(_GRADES))
        for name in _NEEDLESS[kind]:
            del self.fields[name]

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined] # each named here is a choice

    def data_for(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        options = [OptionData(member=self.pool[pk]) for pk in cleaned.get("people", ())]
        options += [OptionData(label) for label in cleaned.get("options", ())]
        grades = [(str(place), label) for place, label in enumerate(cleaned.get("grades", ()), start=1)]
        return {
            "title": cleaned["title"],
            "purpose": cleaned["purpose"],
            "body": cleaned["body"],
            "on": cleaned["on"],
            "options": options,
            "grades": grades,
            "up_to": cleaned.get("up_to", 1),
            "concerned": self.pool.get(cleaned.get("concerned") or 0),
            "tellers": (self.pool[cleaned["first_teller"]], self.pool[cleaned["second_teller"]]),
        }


#: What each kind of question does not ask for.
_NEEDLESS: dict[str, tuple[str, ...]] = {
    Ballot.Kind.YES_NO: ("options", "people", "grades", "up_to"),
    Ballot.Kind.ONE: ("grades", "up_to"),
    Ballot.Kind.UP_TO: ("grades", "concerned"),
    Ballot.Kind.GRADE: ("options", "up_to", "concerned"),
}


def passphrase(label: StrOrPromise, *, again: bool = False, required: bool = True) -> forms.CharField:
    """Ask for a passphrase; what was typed is never shown again."""
    hint = _("Ghi lại lần nữa cho chắc.") if again else _("Ít nhất %(count)s chữ.") % {"count": SHORTEST}
    widget = forms.PasswordInput({"autocomplete": "off"})
    return forms.CharField(label=label, help_text=hint, strip=False, required=required, widget=widget)


class OpenForm(Form):
    """Who is there, and a passphrase of each teller, typed twice: a slip of the key would lock all votes away."""

    present = People(_("Người có mặt"))

    def __init__(
        self, *args: Any, lines: Sequence[RollLine], tellers: Sequence[Member], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [(line.member.pk, _described(line)) for line in lines]  # type: ignore[attr-defined]
        for name, teller in zip(("first", "second"), tellers, strict=True):
            whose = {"name": teller.full_name}
            self.fields[name] = passphrase(_now("Mật khẩu kiểm phiếu của đ/c %(name)s") % whose)
            self.fields[f"{name}_again"] = passphrase(
                _now("Ghi lại mật khẩu, đ/c %(name)s") % whose, again=True
            )
        for field in list(self.fields.values())[1:]:
            field.widget.attrs["class"] = "form-control"
            field.error_messages["required"] = _("Chưa ghi.")

    def clean(self) -> dict[str, Any]:
        """See that each passphrase was typed the same twice."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("first", "second"):
            typed, again = cleaned.get(name), cleaned.get(f"{name}_again")
            if typed and again and typed != again:
                self.add_error(f"{name}_again", _now("Hai lần ghi không giống nhau. Ghi lại cả hai ô."))
        return cleaned


def _described(line: RollLine) -> str:
    who = describe(line.member)
    if line.entitled:
        return f"{who} – {line.title}" if line.title else who
    return f"{who} – {line.reason.label}"


class CancelForm(Form):
    """Why it is cancelled."""

    reason = Line(_("Lý do hủy"), 300)
