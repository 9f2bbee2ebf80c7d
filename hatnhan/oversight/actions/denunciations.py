"""Denunciations come in under a number; named handlers take them up, and conclude on each point.

Who wrote one is sealed on receipt. Nothing here writes it anywhere else: no record, no reason, no title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.core.working_days import add_working_days
from hatnhan.organization.actions.checks import changed_meanwhile, day_of, deed, require_past, require_text
from hatnhan.organization.models import Member, Unit
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.actions.conflicts import require_no_conflict
from hatnhan.oversight.actions.silence import require_unnamed
from hatnhan.oversight.models import DenouncedPoint, Denouncer, Denunciation, DenunciationHandler
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.sealing import DenouncerData, seal
from hatnhan.oversight.selectors.denunciations import OPEN, handlers_to_choose
from hatnhan.rulebook.topics.oversight import OversightTerms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor

_LONGEST = 200


# --- received --------------------------------------------------------------------------------------------------------
@deed
def receive_denunciation(
    *,
    by: Actor,
    at: datetime,
    unit: Unit,
    points: Sequence[str],
    denouncer: DenouncerData,
    about_member: Member | None = None,
    about_unit: Unit | None = None,
    received_on: date | None = None,
    handlers: Sequence[Member] = (),
) -> Denunciation:
    """Enter a denunciation that came in writing with name and address, under the next number of its year.

    By the chair or a deputy of the inspection committee, who becomes one of its handlers unless of the own cell.

    Raises Denied, and RuleBroken with codes ``about``, ``not_below``, ``future``, ``name_missing``,
    ``address_missing``, ``points_missing``, ``names_denouncer`` (a point says who wrote it), ``no_handler``,
    ``not_in_body``, ``is_subject``, ``kin``, ``own_cell``.
    """
    _require_chair(by, unit)
    on = received_on or day_of(at)
    require_past(on, field="received_on")
    _require_about(unit, about_member, about_unit, on)
    _require_apart(by, about_member, about_unit)
    data = _require_denouncer(denouncer)
    texts = _require_points(points, data)
    rule = law_for(OversightTerms, on, unit)
    Unit.objects.select_for_update().get(pk=unit.pk)
    made = Denunciation(
        unit=unit,
        year=on.year,
        number=_next_number(unit, on.year),
        received_on=on,
        about_member=about_member,
        about_unit=about_unit,
        state_on=on,
        answer_due=add_working_days(on, rule.value.answer_days),
        rule_version=rule.version,
    )
    _require_handlers(made, handlers, on)
    people = _with_receiver(by, made, handlers, on)
    if not people:
        raise RuleBroken("no_handler", _("Chưa có người giải quyết. Chọn ít nhất một."), field="handlers")
    made.save(force_insert=True)
    Denouncer.objects.create(denunciation=made, sealed=seal(data))
    DenouncedPoint.objects.bulk_create(
        DenouncedPoint(denunciation=made, place=place, text=text) for place, text in enumerate(texts, start=1)
    )
    DenunciationHandler.objects.bulk_create(
        DenunciationHandler(denunciation=made, member=one) for one in people
    )
    details = {"received_on": on, "points": len(texts), "handlers": [str(one) for one in people]}
    note(by, Action.DENUNCIATION, at, made, details)
    return made


def _require_chair(by: Actor, unit: Unit) -> None:
    if not isinstance(by, Machine) and unit.pk not in permissions.chaired_by(by):
        raise Denied(_("Việc này do Chủ nhiệm, Phó Chủ nhiệm Ủy ban Kiểm tra làm."))


def _require_about(unit: Unit, member: Member | None, about: Unit | None, on: date) -> None:
    if (member is None) == (about is None):
        message = _("Chọn một người hoặc một tổ chức bị tố cáo.")
        raise RuleBroken("about", message, field="about")
    if member is not None:
        there = Member.objects.of(unit.pk, on).filter(pk=member.pk).exists()
    else:
        there = (
            Unit.objects.under(unit.pk, on).exclude(pk=unit.pk).filter(pk=about.pk if about else 0).exists()
        )
    if not there:
        message = _("Đối tượng không thuộc thẩm quyền của %(unit)s. Chuyển đơn đến nơi có thẩm quyền.")
        raise RuleBroken("not_below", message % {"unit": unit}, field="about")


def _require_apart(by: Actor, member: Member | None, unit: Unit | None) -> None:
    """Raise Denied for one whom it is about, or who is close kin of that one."""
    if isinstance(by, Machine):
        return
    powers = powers_of(by)
    own = {powers.member_id, *permissions.kin_of(powers.member_id or 0)}
    if (member and member.pk in own) or (unit and unit.pk in permissions.headed_by(powers)):
        raise Denied(_("Đơn này do đồng chí khác trong Ủy ban Kiểm tra, hoặc cấp trên, nhận và giải quyết."))


def _require_denouncer(data: DenouncerData) -> DenouncerData:
    message = _("Chưa ghi họ tên. Đơn không có tên thì ghi vào số đơn không xem xét.")
    name = require_text(nfc(data.name), code="name_missing", field="name", message=message)
    message = _("Chưa ghi địa chỉ. Đơn phải có tên và địa chỉ.")
    address = require_text(nfc(data.address), code="address_missing", field="address", message=message)
    for field, text in (("name", name), ("address", address), ("phone", data.phone)):
        if len(text) > _LONGEST:
            raise RuleBroken("too_long", _("Dài quá. Ghi gọn trong 200 chữ."), field=field)
    return DenouncerData(name, address, nfc(data.phone).strip())


def _require_points(points: Sequence[str], data: DenouncerData) -> list[str]:
    texts = [text for text in (nfc(one).strip() for one in points) if text]
    if not texts:
        message = _("Chưa ghi nội dung tố cáo. Ghi từng nội dung.")
        raise RuleBroken("points_missing", message, field="points")
    for text in texts:
        require_unnamed(data, text, "points")
    return texts


def _next_number(unit: Unit, year: int) -> int:
    rows = Denunciation.objects.filter(unit=unit, year=year)
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


# --- handlers --------------------------------------------------------------------------------------------------------
@deed
def name_handlers(
    *,
    by: Actor,
    at: datetime,
    denunciation: Denunciation,
    handlers: Sequence[Member],
    seen: Collection[int] | None = None,
) -> None:
    """Name those who handle a denunciation, in the place of those named before; they alone see who wrote it.

    By a handler, or the chair or a deputy of the inspection committee, until nothing is left to do: whoever is named
    opens the seal. ``seen`` holds the ids of those who handled it as the caller read them.

    Raises Denied, and RuleBroken with codes ``closed``, ``changed_meanwhile``, ``no_handler``, ``not_in_body``,
    ``is_subject``, ``kin``, ``own_cell``.
    """
    if not permissions.handles_denunciation(by, denunciation):
        _require_chair(by, denunciation.unit)
    _require_apart(by, denunciation.about_member, denunciation.about_unit)
    _require_unfinished(Denunciation.objects.select_for_update().get(pk=denunciation.pk))
    before = {one.member_id: one.member for one in denunciation.handlers.select_related("member")}
    if seen is not None and before.keys() != set(seen):
        raise changed_meanwhile()
    wanted = {one.pk: one for one in handlers}
    if not wanted:
        raise RuleBroken("no_handler", _("Chưa có người giải quyết. Chọn ít nhất một."), field="handlers")
    added = [one for pk, one in wanted.items() if pk not in before]
    _require_handlers(denunciation, added, day_of(at))
    gone = [one for pk, one in before.items() if pk not in wanted]
    if not added and not gone:
        return
    denunciation.handlers.filter(member__in=gone).delete()
    DenunciationHandler.objects.bulk_create(
        DenunciationHandler(denunciation=denunciation, member=one) for one in added
    )
    details = {"added": [str(one) for one in added], "removed": [str(one) for one in gone]}
    note(by, Action.DENUNCIATION_HANDLERS, at, denunciation, {key: v for key, v in details.items() if v})


def _require_unfinished(now: Denunciation) -> None:
    """Raise RuleBroken ``closed`` for a letter that is done with, unless a good name is still to be restored."""
    if now.state not in OPEN and not now.restorations.filter(done_on=None).exists():
        message = _(
            "Đơn này đã xong. Không giao thêm người giải quyết: người được giao đọc được ai viết đơn."
        )
        raise RuleBroken("closed", message)


def _with_receiver(
    by: Actor, denunciation: Denunciation, handlers: Iterable[Member], on: date
) -> list[Member]:
    """Return who handles it: those named and who receives it, who only enters it when of the cell that it is about."""
    own = None if isinstance(by, Machine) else Member.objects.filter(pk=powers_of(by).member_id or 0).first()
    if own is not None:
        try:
            _require_handlers(denunciation, [own], on)
        except RuleBroken:
            own = None
    found = {one.pk: one for one in (own, *handlers) if one is not None}
    return list(found.values())


def _require_handlers(denunciation: Denunciation, handlers: Sequence[Member], on: date) -> None:
    unit, about = denunciation.unit, denunciation.about_unit_id
    there = {one.pk for one in handlers_to_choose(unit, on)}
    strange = [str(one) for one in handlers if one.pk not in there]
    if strange:
        message = _("Đ/c %(who)s không ở trong Ủy ban Kiểm tra hoặc cấp ủy. Chọn người khác.")
        raise RuleBroken("not_in_body", message % {"who": "; ".join(strange)}, field="handlers")
    member = denunciation.about_member_id
    subjects = {"units": [about] if about else [], "members": [member] if member else []}
    try:
        require_no_conflict(unit, handlers, subjects, on)
    except RuleBroken as error:
        error.field = "handlers"
        raise


def note(by: Actor, action: str, at: datetime, denunciation: Denunciation, details: dict[str, Any]) -> None:
    """Append what was done to the record: under the number alone, and not under the one whom it is about.

    Who is denounced would else read in the own file that a denunciation is there.
    """
    record(by=by, action=action, at=at, target=denunciation, unit_id=denunciation.unit_id, details=details)
