"""Members: recorded, admitted, taken in from outside, corrected."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import BirthField, DayField, Form, Line, Radios
from hatnhan.core.vietnamese import PartialDay
from hatnhan.organization.forms.fields import BLANK, UnitField, decision
from hatnhan.organization.models.member import Degree, Schooling, Sex, Theory
from hatnhan.organization.rules import MemberData

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.core.forms import Groups
    from hatnhan.organization.models import Member, Unit

_ROSTER = frozenset(field.name for field in dataclasses.fields(MemberData))


class MemberForm(Form):
    """What the roster keeps of a person. Religion, family class, foreign ties and assets are not asked."""

    aliases: ClassVar[dict[str, str]] = {"born_on": "born", "born_year": "born"}
    groups: ClassVar[Groups] = (
        (_("Nhận dạng"), ("full_name", "born", "sex", "ethnicity")),
        (_("Đảng tịch"), ("admitted_on", "official_on", "card_number")),
        (_("Trình độ"), ("schooling", "degree", "theory")),
        (_("Nơi ở, nghề nghiệp, liên lạc"), ("hamlet", "occupation", "phone", "email")),
    )

    full_name = Line(_("Họ và tên"), 80, help_text=_("Đủ họ, tên đệm và tên, có dấu."))
    born = BirthField(label=_("Ngày sinh"))
    sex = forms.ChoiceField(label=_("Giới tính"), choices=Sex.choices, widget=Radios)
    ethnicity = Line(_("Dân tộc"), 40, required=False, help_text=_("Chỉ ghi khi đảng viên đồng ý."))
    admitted_on = DayField(label=_("Ngày vào Đảng"), help_text=_("Ngày kết nạp, như 3/2/1990."))
    official_on = DayField(
        label=_("Ngày chính thức"), required=False, help_text=_("Đang dự bị thì để trống.")
    )
    card_number = Line(_("Số thẻ đảng viên"), 20, required=False, short=True)
    schooling = forms.ChoiceField(label=_("Học vấn"), choices=[*BLANK, *Schooling.choices], required=False)
    degree = forms.ChoiceField(
        label=_("Trình độ chuyên môn"), choices=[*BLANK, *Degree.choices], required=False
    )
    theory = forms.ChoiceField(
        label=_("Lý luận chính trị"), choices=[*BLANK, *Theory.choices], required=False
    )
    hamlet = Line(_("Nơi ở"), 80, required=False, help_text=_("Thôn, xóm."))
    occupation = Line(_("Nghề nghiệp"), 80, required=False)
    phone = Line(_("Điện thoại"), 20, required=False, short=True)
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Địa chỉ thư chưa đủ: cần có @ và tên miền, như ten@vidu.vn.")},
    )

    @staticmethod
    def record(data: dict[str, Any]) -> MemberData:
        """Return the roster fields of what was cleaned."""
        known = {name: value for name, value in data.items() if name in _ROSTER}
        known["card_number"] = known.get("card_number") or None
        return MemberData(**known, born_year=data["born"].year, born_on=data["born"].day)


class _IntoCell(MemberForm):
    """A person who comes to a cell."""

    cell = UnitField(label=_("Chi bộ"))

    def __init__(self, *args: Any, cells: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cell"].queryset = cells  # type: ignore[attr-defined]


class RegisterForm(_IntoCell):
    """A member who is one already, and is missing from the roster."""

    start = DayField(label=_("Sinh hoạt tại chi bộ từ ngày"))
    decision_no = decision(required=False)

    field_order = ("cell", "start", "decision_no")


class AdmitForm(_IntoCell):
    """A person admitted on probation."""

    groups: ClassVar[Groups] = (
        MemberForm.groups[0],
        *MemberForm.groups[2:],
    )
    official_on = None  # type: ignore[assignment] # so does Django take a field away
    card_number = None  # type: ignore[assignment]
    admitted_on = DayField(label=_("Ngày kết nạp"), help_text=_("Ngày chi bộ tổ chức lễ kết nạp."))
    decision_no = decision(label=_("Số quyết định kết nạp"))

    field_order = ("cell", "admitted_on", "decision_no")


class ReceiveForm(_IntoCell):
    """A member who comes from a Party organisation outside."""

    outside = Line(
        _("Chuyển đến từ"), 200, help_text=_("Tổ chức đảng nơi đi, như Đảng bộ xã Yên Lạc, tỉnh Phú Thọ.")
    )
    letter_no = Line(_("Số giấy giới thiệu"), 60, short=True)
    effective_on = DayField(label=_("Sinh hoạt tại chi bộ từ ngày"))

    field_order = ("outside", "letter_no", "cell", "effective_on")


class EditForm(MemberForm):
    """The roster fields corrected. Who is on probation becomes official by a decision, not here."""

    def __init__(self, *args: Any, probationary: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if probationary:
            del self.fields["official_on"]


class ContactForm(Form):
    """What the head of a cell keeps up to date."""

    phone = Line(_("Điện thoại"), 20, required=False, short=True)
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Địa chỉ thư chưa đủ: cần có @ và tên miền, như ten@vidu.vn.")},
    )
    hamlet = Line(_("Nơi ở"), 80, required=False, help_text=_("Thôn, xóm."))
    occupation = Line(_("Nghề nghiệp"), 80, required=False)


def roster_fields(member: Member) -> dict[str, Any]:
    """Return what stands in the fields of the form for a member."""
    shown = {name: getattr(member, name) for name in _ROSTER - {"born_on", "born_year"}}
    return {**shown, "born": PartialDay(member.born_year, member.born_on)}
