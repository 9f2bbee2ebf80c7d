"""What the writing of registrations shares: who may, what a form must hold, how texts are kept and recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit.actions import record, record_many
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.guidance import permissions
from hatnhan.guidance.models import Registration, RegistrationAnswer, RegistrationDeed
from hatnhan.guidance.rules import directive as rules
from hatnhan.guidance.selectors.directive import cells_now, directive_of
from hatnhan.organization.actions.checks import cite, day_of
from hatnhan.organization.models import UnitVersion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.guidance.permissions import Action
    from hatnhan.organization.models import Member, Unit
    from hatnhan.rulebook.topics.guidance import Directive
    from hatnhan.rulebook.types import Rule

_LONGEST, _LONGEST_DEED = 5_000, 300
_TYPE = "guidance.registration"


@dataclass(frozen=True, slots=True)
class RegistrationData:
    """What is registered: texts by the keys of the form, and concrete deeds, each with its last day (inclusive)."""

    answers: Mapping[str, str]
    deeds: Sequence[tuple[str, date | None]] = ()


# --- checks -----------------------------------------------------------------------------------------------------------
def require_writer(by: Actor, unit: Unit, member: Member | None, on: date) -> None:
    """Raise Denied unless the member (for a unit: who leads it) writes; ``not_a_member`` for another cell."""
    if member is None:
        permissions.require_lead(by, unit.pk)
        return
    if not (isinstance(by, Machine) or permissions.is_own(by, member.pk)):
        raise Denied(_("Mỗi đồng chí tự viết bản đăng ký của mình. Bản giấy thì Bí thư, Phó Bí thư ghi hộ."))
    if cells_now([member.pk], on).get(member.pk) not in (unit.pk, None):
        raise _not_a_member(member)


def require_of_cell(cell: Unit, members: Iterable[Member], on: date) -> None:
    """Raise RuleBroken ``nobody`` or ``not_a_member`` unless all belong to a cell on a day."""
    members = list(members)
    if not members:
        raise _nobody()
    cells = cells_now([one.pk for one in members], on)
    if stranger := next((one for one in members if cells.get(one.pk) != cell.pk), None):
        raise _not_a_member(stranger)


def require_leaders(by: Actor, rows: Sequence[Registration], on: date, *, own: bool) -> None:
    """Raise Denied unless the person leads the cell of each member today (``own``: or it is the person's own).

    Of a unit's own: for looking back, who leads it; for the comment, who keeps the committee above it. Two queries.
    """
    if not rows:
        raise _nobody()
    if isinstance(by, Machine):
        return
    cells = cells_now([row.member_id for row in rows if row.member_id], on)
    above = dict(
        UnitVersion.objects.on(on).filter(unit__in={r.unit_id for r in rows}).values_list("unit", "parent")
    )
    for row in rows:
        if row.member_id is None:
            _require_for_unit(by, row, above.get(row.unit_id), own=own)
        elif permissions.is_own(by, row.member_id):
            if not own:
                raise Denied(
                    _("Không ai tự nhận xét bản đăng ký của mình. Đồng chí khác trong cấp ủy nhận xét.")
                )
        else:
            permissions.require_lead(by, cells.get(row.member_id, row.unit_id))


def _require_for_unit(by: Actor, row: Registration, parent_id: int | None, *, own: bool) -> None:
    if own:
        permissions.require_lead(by, row.unit_id)
    elif parent_id is None or not permissions.keeps(by, parent_id):
        raise Denied(_("Bản đăng ký của tổ chức do cấp ủy cấp trên trực tiếp nhận xét."))


def require_open(row: Registration) -> None:
    """Raise RuleBroken unless a registration may still be written: nothing was said to it, nothing came of it yet."""
    if row.typed_by and row.member_id:
        message = _("Bản này %(who)s đã ghi theo bản giấy. Cần sửa thì báo đồng chí ấy ghi lại.")
        raise RuleBroken("on_paper", message % {"who": row.typed_by})
    _require_not_answered(row)


def _require_not_answered(row: Registration) -> None:
    if row.commented_at or row.progress_at or row.assessed_at:
        message = _("Bản đăng ký đã có nhận xét hoặc kết quả, không sửa nữa. Ghi thêm ở phần kết quả.")
        raise RuleBroken("commented", message)


def require_typed(row: Registration, member: Member) -> None:
    """Raise RuleBroken unless a member's registration came from paper, and nobody has answered it yet."""
    row.member = member
    if not row.typed_by:
        raise own_words(row)
    _require_not_answered(row)


def law_of(unit: Unit, year: int, at: datetime) -> Rule[Directive]:
    """Return under which Directive one registers for a year at a moment. Raises RuleBroken ``year``, ``no_rule``."""
    if year > day_of(at).year + 1:
        raise RuleBroken("year", _("Năm này còn xa. Đăng ký cho năm nay hoặc năm sau."), field="year")
    return directive_of(unit, year, day_of(at))


def require_draft(
    law: Rule[Directive], year: int, data: RegistrationData, member: Member | None = None
) -> None:
    """Raise RuleBroken for what not even a draft may hold; the message names the member where there are many."""
    found = rules.drafted(law.value, year, data.answers, data.deeds)
    if found is None:
        return
    fault, where = found
    words = {
        rules.Fault.UNKNOWN: _("Mẫu đăng ký không có mục này. Mở lại trang để ghi theo mẫu hiện hành."),
        rules.Fault.DUE: _("Việc “%(where)s” chưa ghi hạn."),
        rules.Fault.OUTSIDE: _("Việc “%(where)s” có hạn ngoài năm %(year)s. Ghi một ngày trong năm."),
    }
    message = words[fault] % {"where": where, "year": year}
    raise RuleBroken(fault, _of(member, message), field=where if fault == rules.Fault.UNKNOWN else "deeds")


def require_whole(law: Rule[Directive], data: RegistrationData, member: Member | None = None) -> None:
    """Raise RuleBroken for what a registration still lacks."""
    found = rules.registered(law.value, data.answers, data.deeds)
    if found is None:
        return
    fault, where = found
    if fault == rules.Fault.NO_DEED:
        raise RuleBroken(
            fault, _of(member, _("Chưa ghi việc làm theo nào. Ghi ít nhất một việc, có hạn.")), field="deeds"
        )
    message = _of(member, _("Chưa ghi mục “%(field)s”.") % {"field": where})
    key = next(one.key for one in law.value.fields if one.title == where)
    raise RuleBroken(fault, message, citation=cite(law), field=key)


def _of(member: Member | None, message: str) -> str:
    return f"{member.full_name}: {message}" if member else message


def who(row: Registration) -> str:
    """Return whose it is, in words."""
    return _("Đ/c %(name)s") % {"name": row.member} if row.member else str(row.unit)


def is_own(by: Actor, row: Registration) -> bool:
    """Tell whether it is the person's own, or a unit's, which has no paper of its own."""
    return row.member_id is None or permissions.is_own(by, row.member_id)


def own_words(row: Registration) -> RuleBroken:
    """Return the error for typing over a member's own words."""
    message = _("%(who)s tự viết trên máy; không ghi hộ đè lên được.")
    return RuleBroken("own_words", message % {"who": who(row)})


def _nobody() -> RuleBroken:
    return RuleBroken("nobody", _("Chưa ghi cho ai. Ghi ít nhất một bản."))


def _not_a_member(member: Member) -> RuleBroken:
    message = _("Đ/c %(name)s không sinh hoạt chính thức ở chi bộ này. Mở lại trang.")
    return RuleBroken("not_a_member", message % {"name": member})


def changed_meanwhile() -> RuleBroken:
    """Return the error for a text that was saved elsewhere since it was opened."""
    message = _("Bản đăng ký vừa được lưu ở nơi khác. Mở lại trang để xem bản mới, rồi ghi tiếp.")
    return RuleBroken("changed_meanwhile", message)


# --- keeping ----------------------------------------------------------------------------------------------------------
def rows_now(rows: Iterable[Registration]) -> list[Registration]:
    """Return registrations as they stand, in the order given. Three queries."""
    wanted = [row.pk for row in rows]
    found = Registration.objects.filter(pk__in=wanted).select_related("unit", "member")
    by_id = {row.pk: row for row in found.prefetch_related("answers", "deeds")}
    return [by_id[pk] for pk in wanted]


def hold_rows(seen: Iterable[Registration]) -> list[Registration]:
    """Lock registrations and return them as they stand, in the order given. Four queries.

    Raises RuleBroken ``changed_meanwhile`` unless all stand as whoever writes to them saw them: by their version.
    """
    given = list(seen)
    # Always in one order, so that two who hold several wait for each other and not in a ring.
    locked = Registration.objects.select_for_update().filter(pk__in=[row.pk for row in given])
    list(locked.order_by("pk").values_list("pk"))
    rows = rows_now(given)
    if any(row.version != one.version for row, one in zip(rows, given, strict=True)):
        raise changed_meanwhile()
    return rows


def keep_rows(seen: Iterable[Registration], rows: Sequence[Registration], names: Sequence[str]) -> None:
    """Write fields of registrations that are held, each as one version more; ``seen`` learns of it. One query."""
    for row in rows:
        row.version += 1
    Registration.objects.bulk_update(rows, [*names, "version"], batch_size=100)
    for one, row in zip(seen, rows, strict=True):
        one.version = row.version


def standing(row: Registration) -> RegistrationData:
    """Return what stands in a registration. Reads what was fetched."""
    answers = {one.field: one.text for one in row.answers.all()}
    return RegistrationData(answers, [(one.text, one.due) for one in row.deeds.all()])


def tidied(data: RegistrationData) -> RegistrationData:
    """Return what was typed as it is kept, deeds without words left out. Raises RuleBroken ``too_long``."""
    answers = {key: kept_text(text, key) for key, text in data.answers.items()}
    deeds = [(" ".join(nfc(text).split()), due) for text, due in data.deeds]
    if long := next((text for text, _due in deeds if len(text) > _LONGEST_DEED), ""):
        raise _too_long(long, _LONGEST_DEED, "deeds")
    return RegistrationData(answers, [(text, due) for text, due in deeds if text])


def kept_text(text: str, field: str) -> str:
    """Return a text as it is kept: NFC, one kind of line end, no space around it. Raises RuleBroken ``too_long``."""
    tidy = nfc(text).replace("\r\n", "\n").strip()
    if len(tidy) > _LONGEST:
        raise _too_long(tidy, _LONGEST, field)
    return tidy


def _too_long(text: str, most: int, field: str) -> RuleBroken:
    message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
    return RuleBroken("too_long", message % {"long": len(text), "most": most}, field=field)


def replace_texts(pairs: Sequence[tuple[Registration, RegistrationData]]) -> None:
    """Write texts and deeds anew, in place of what stood there. Four queries."""
    rows = [row.pk for row, _data in pairs]
    RegistrationAnswer.objects.filter(registration__in=rows).delete()
    RegistrationDeed.objects.filter(registration__in=rows).delete()
    RegistrationAnswer.objects.bulk_create(
        RegistrationAnswer(registration=row, field=key, text=text)
        for row, data in pairs
        for key, text in data.answers.items()
        if text
    )
    RegistrationDeed.objects.bulk_create(
        RegistrationDeed(registration=row, place=place, text=text, due=due)
        for row, data in pairs
        for place, (text, due) in enumerate(data.deeds)
        if due
    )


def name_of(by: Actor) -> str:
    """Return who types in, as it is kept."""
    return str(by)[:120]


def record_one(
    by: Actor, at: datetime, action: Action, row: Registration, details: dict[str, object]
) -> None:
    """Record that it was written, not what: that the registration itself says."""
    record(
        by=by,
        action=action,
        at=at,
        target=row,
        unit_id=row.unit_id,
        subject_id=row.member_id,
        details=details,
    )


def record_each(
    by: Actor,
    at: datetime,
    action: Action,
    rows: Sequence[Registration],
    details: dict[str, object],
    unit_id: int | None = None,
) -> None:
    """Record it for each, so that each member finds it in the own record."""
    if not rows:
        return
    record_many(
        by=by,
        action=action,
        at=at,
        about=[(row.pk, str(row.year), details | {"year": row.year}) for row in rows],
        target_type=_TYPE,
        unit_id=unit_id or rows[0].unit_id,
        subjects={row.pk: row.member_id for row in rows},
    )
