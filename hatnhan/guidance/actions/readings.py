"""That a document was read: acknowledged by the member, or entered on the cell's list for those without a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit.actions import record
from hatnhan.core.errors import Denied, Missing, RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.guidance import permissions
from hatnhan.guidance.models import Document, Reading
from hatnhan.guidance.permissions import Action
from hatnhan.organization.actions.checks import day_of, deed
from hatnhan.organization.models import Member
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit


@deed
def acknowledge(
    *, by: Actor, at: datetime, document: Document, version: int, read_on: date | None = None
) -> Reading:
    """Note that the person signed in has read the version shown; twice is as good as once. Return the reading.

    ``read_on`` is the day on which it was read on paper, None for the day of ``at``. Raises Denied for an account that
    is no member's, Missing for a document not theirs to see, and RuleBroken ``older_version`` when the text is another
    one by now, ``future`` and ``before_issue`` for the day.
    """
    member_id = own_member(by)
    current = _known(by, document).version
    if version != current:
        message = _("Văn bản đã có bản mới (bản %(version)d). Mở lại, đọc bản mới rồi xác nhận.")
        raise RuleBroken("older_version", message % {"version": current})
    if read_on is not None:
        require_day(document, read_on, day_of(at))
    reading, fresh = Reading.objects.get_or_create(
        document=document,
        member_id=member_id,
        version=version,
        defaults={"read_on": read_on or day_of(at)},
    )
    if fresh:
        record(
            by=by,
            action=Action.READ,
            at=at,
            target=document,
            unit_id=document.unit_id,
            subject_id=member_id,
            details={"version": version},
        )
    return reading


@deed
def enter_readings(
    *, by: Actor, at: datetime, document: Document, cell: Unit, member_ids: Collection[int], read_on: date
) -> int:
    """Note for members of a cell that they read the document as it stands; return how many came new.

    Those noted before stay as they are. Raises Denied, Missing, and RuleBroken with codes ``nobody``,
    ``not_a_member``, ``future``, ``before_issue``.
    """
    permissions.require_lead(by, cell.pk)
    document = Document.objects.get(pk=document.pk)
    if document.unit_id not in cell.lineage(day_of(at)):
        raise Missing(_("Không có văn bản này trong sổ của tổ chức."))
    require_day(document, read_on, day_of(at))
    names = named(cell, member_ids, day_of(at))
    known = Reading.objects.filter(document=document, version=document.version, member__in=names)
    fresh = names.keys() - set(known.values_list("member_id", flat=True))
    Reading.objects.bulk_create(
        Reading(
            document=document,
            member_id=key,
            version=document.version,
            read_on=read_on,
            entered_by=str(by)[:120],
        )
        for key in names
        if key in fresh
    )
    if fresh:
        details = {
            "version": document.version,
            "read_on": written(read_on),
            "members": ", ".join(name for key, name in names.items() if key in fresh),
        }
        record(by=by, action=Action.READ, at=at, target=document, unit_id=cell.pk, details=details)
    return len(fresh)


def own_member(by: Actor) -> int:
    """Return the id of the member who is signed in. Raises Denied."""
    member_id = None if isinstance(by, Machine) else powers_of(by).member_id
    if member_id is None:
        raise Denied(_("Tài khoản này chưa gắn với đảng viên nào."))
    return member_id


def require_day(document: Document, on: date, today: date) -> None:
    """Raise RuleBroken ``future`` or ``before_issue`` for a day on which nobody can have studied a document."""
    if on > today:
        raise RuleBroken("future", _("Ngày này chưa đến. Ghi ngày không sau hôm nay."), field="day")
    if on < document.issued_on:
        message = _("Văn bản ban hành ngày %(day)s. Ghi ngày ấy hoặc sau đó.")
        raise RuleBroken("before_issue", message % {"day": written(document.issued_on)}, field="day")


def named(cell: Unit, members: Collection[int], on: date) -> dict[int, str]:
    """Return names by id, in their order. Raises RuleBroken ``nobody``, ``not_a_member`` (not of the cell on a day)."""
    wanted = set(members)
    rows = Member.objects.of(cell.pk, on).filter(pk__in=wanted).order_by("sort_key", "pk")
    found = dict(rows.values_list("pk", "full_name"))
    if not wanted:
        raise RuleBroken("nobody", _("Chưa chọn ai. Đánh dấu người trong danh sách."), field="members")
    if wanted - found.keys():
        message = _("Có người không sinh hoạt ở chi bộ này. Mở lại trang.")
        raise RuleBroken("not_a_member", message, field="members")
    return found


def _known(by: Actor, document: Document) -> Document:
    """Return a document as it stands, for one who may see it. Raises Missing."""
    if isinstance(by, Machine):
        return document
    found: Document | None = Document.objects.visible_to(by).filter(pk=document.pk).first()
    if found is None:
        raise Missing
    return found
