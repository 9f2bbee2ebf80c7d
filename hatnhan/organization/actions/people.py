"""What the roster may say of a person: the rules' findings as sentences, and the row that keeps it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final, cast

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.accounts.actors import Machine
from hatnhan.core import clock
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import tidy_name
from hatnhan.organization.actions.checks import cite, require_cell, require_not_before, require_past
from hatnhan.organization.models import Member, Membership, Probation
from hatnhan.organization.rules import Fault, MemberData, member_faults, probation_due, tidy_card
from hatnhan.organization.selectors.law import law_at
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import Field
    from django_stubs_ext import StrPromise

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit

CONTACT_FIELDS: Final = ("phone", "email", "hamlet", "occupation")
_SAID: Final[Mapping[str, StrPromise]] = {
    "name_missing": gettext_lazy("Chưa ghi họ và tên. Ghi đủ họ, tên đệm và tên."),
    "card_not_digits": gettext_lazy("Số thẻ đảng viên chỉ gồm chữ số. Ghi như trên thẻ."),
    "birth_year": gettext_lazy("Năm sinh %(year)s không hợp lý. Xem lại bốn chữ số của năm."),
    "birth_day_not_in_year": gettext_lazy("Ngày sinh không thuộc năm sinh %(year)s. Sửa ngày hoặc năm."),
    "future": gettext_lazy("Ngày này chưa đến. Ghi ngày không sau hôm nay."),
    "too_young": gettext_lazy(
        "Ngày vào Đảng này đồng chí chưa đủ %(years)s tuổi. Xem lại ngày sinh và ngày vào Đảng."
    ),
    "official_before_admission": gettext_lazy("Ngày chính thức trước ngày vào Đảng. Sửa một trong hai ngày."),
}


def fault_message(fault: Fault) -> str:
    """Return what a rule found, as a sentence that says how to mend it."""
    return str(_SAID[fault.code]) % dict(fault.values)


def checked(data: MemberData, unit: Unit | None = None) -> MemberData:
    """Return what was typed in its tidy form.

    Raises RuleBroken with the code and the field of the first fault: those of `rules.member_faults`, ``choice`` for a
    value that is none of the choices, ``too_long``, ``email``.
    """
    data = _tidy(data)
    rule = law_at(topics.AdmissionAge, data.admitted_on, unit)
    for fault in member_faults(data, today=clock.today(), youngest=rule.value.youngest):
        citation = cite(rule) if fault.code == "too_young" else ""
        raise RuleBroken(fault.code, fault_message(fault), citation=citation, field=fault.field)
    for name, value in dataclasses.asdict(data).items():
        _check_field(name, value)
    return data


def checked_contact(contact: Mapping[str, str]) -> dict[str, str]:
    """Return contact details in their tidy form. Raises RuleBroken ``too_long`` or ``email``.

    They are looked at alone: who keeps a telephone number up to date cannot mend an old date beside it.
    """
    tidy = {name: contact[name].strip() for name in CONTACT_FIELDS}
    for name, value in tidy.items():
        _check_field(name, value)
    return tidy


def _tidy(data: MemberData) -> MemberData:
    values: dict[str, Any] = dataclasses.asdict(data)
    texts = {name: value.strip() for name, value in values.items() if isinstance(value, str)}
    tidy: dict[str, Any] = {
        "full_name": tidy_name(data.full_name),
        "card_number": tidy_card(data.card_number),
    }
    return dataclasses.replace(data, **texts | tidy)


def _check_field(name: str, value: object) -> None:
    field = cast("Field[Any, Any]", Member._meta.get_field(name))
    known = {str(key) for key, _label in field.choices or ()}
    if known and value not in known and not (field.blank and value == ""):
        message = _("Chưa chọn %(label)s. Chọn trong danh sách.")
        raise RuleBroken("choice", message % {"label": str(field.verbose_name)}, field=name)
    longest = getattr(field, "max_length", None)
    if longest and isinstance(value, str) and len(value) > longest:
        message = _("Dài quá %(longest)d chữ. Rút ngắn lại.")
        raise RuleBroken("too_long", message % {"longest": longest}, field=name)
    if name == "email" and value:
        _check_email(str(value))


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        message = _("Địa chỉ thư chưa đủ: cần có @ và tên miền, như ten@vidu.vn.")
        raise RuleBroken("email", message, field="email") from error


def require_free_card(by: Actor, card_number: str | None, member: Member | None = None) -> None:
    """Raise RuleBroken ``card_taken`` when another person bears the number; it names only whom one may read of."""
    holder = holder_of(card_number)
    if holder is None or (member is not None and holder.pk == member.pk):
        return
    if not may_name(by, holder):
        raise card_elsewhere(card_number)
    message = _(
        "Số thẻ %(card)s đã ghi cho đồng chí %(name)s. Xem lại số thẻ; người đã chuyển đi nay trở lại thì dùng "
        "việc Tiếp nhận từ nơi khác."
    )
    raise RuleBroken("card_taken", message % {"card": card_number, "name": holder}, field="card_number")


def may_name(by: Actor, holder: Member) -> bool:
    """Tell whether an error may name the bearer of a card: otherwise trying numbers would tell names."""
    return isinstance(by, Machine) or Member.objects.visible_to(by).filter(pk=holder.pk).exists()


def card_elsewhere(card_number: str | None) -> RuleBroken:
    """Return the error for a card borne by somebody of whom the person may not know."""
    message = _("Số thẻ %(card)s đã ghi cho một đảng viên khác. Xem lại số thẻ, hoặc hỏi cấp ủy cấp trên.")
    return RuleBroken("card_taken", message % {"card": card_number}, field="card_number")


def holder_of(card_number: str | None) -> Member | None:
    """Return who bears a card number."""
    found: Member | None = Member.objects.filter(card_number=card_number).first() if card_number else None
    return found


def new_member(data: MemberData) -> Member:
    """Save a new person."""
    member = Member(**dataclasses.asdict(data))
    member.derive_keys()
    member.save(force_insert=True)
    return member


def changed(member: Member, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Write new values into a person's row and return what was before and after, for the record."""
    changes = {
        name: [getattr(member, name), value]
        for name, value in values.items()
        if getattr(member, name) != value
    }
    for name, (_before, after) in changes.items():
        setattr(member, name, after)
    keys = []
    if "full_name" in changes:
        member.derive_keys()
        keys = ["sort_key", "given_key", "search_key"]
    if changes:
        member.save(update_fields=[*changes, *keys])
    return changes


def join(member: Member, cell: Unit, start: date, reason: str, decision_no: str, *, field: str) -> Membership:
    """Open the official membership of a person who has none. Raises RuleBroken."""
    require_past(start, field=field)
    require_not_before(
        start, member.admitted_on, code="before_admission", field=field, what=_("Đồng chí vào Đảng")
    )
    require_cell(cell, start, field="cell")
    others = Membership.objects.filter(member=member, kind=Membership.Kind.OFFICIAL).exclude(end__lte=start)
    if others.exists():
        message = _(
            "Đồng chí %(name)s còn sinh hoạt ở một chi bộ vào ngày này. Xem lại ngày, hoặc dùng việc Chuyển sinh hoạt."
        )
        raise RuleBroken("still_here", message % {"name": member}, field=field)
    return Membership.objects.create(
        member=member, unit=cell, start=start, start_reason=reason, decision_no=decision_no.strip()
    )


def open_probation(member: Member, unit: Unit) -> Probation:
    """Open the probation of a person who is not official yet, as long as the rule of the admission day says."""
    rule = law_at(topics.Probation, member.admitted_on, unit)
    due = probation_due(member.admitted_on, rule.value.months)
    return Probation.objects.create(member=member, start=member.admitted_on, due=due)
