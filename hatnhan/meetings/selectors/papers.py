"""Which official papers a meeting has, and which of them a person may have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hatnhan.meetings import permissions
from hatnhan.meetings.models import Invitee, Meeting, Series
from hatnhan.meetings.permissions import Action
from hatnhan.organization.models import Body
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrPromise

    from hatnhan.accounts.models import User

    Allowed = Callable[[User, Meeting], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its word in the address, its name in the register of papers, on which tab it is offered."""

    slug: str
    key: str
    label: StrPromise
    tab: str
    allowed: Allowed
    only_monthly: bool = False
    only_weekly: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that a person may have of a meeting, with the addresses of both its forms."""

    label: str
    pdf: str
    docx: str


def _seen(_user: User, _meeting: Meeting) -> bool:
    return True


def _kept(user: User, meeting: Meeting) -> bool:
    """Tell whether a person leads or records the meeting, or reads all files of its unit."""
    powers = powers_of(user)
    return permissions.allowed(user, Action.MINUTES, meeting) or meeting.unit_id in powers.units_led


def _minuted(user: User, meeting: Meeting) -> bool:
    """Tell whether a person may have the minutes: who makes them at once, those of the body once both approved."""
    if permissions.allowed(user, Action.MINUTES, meeting):
        return meeting.state not in (Meeting.State.DRAFT, Meeting.State.INVITED, Meeting.State.CANCELLED)
    done = meeting.state in (Meeting.State.APPROVED, Meeting.State.LOCKED)
    return done and (_kept(user, meeting) or _sits(user, meeting))


def _resolved(user: User, meeting: Meeting) -> bool:
    """Tell whether a person may have the resolution: who writes it at once, those of the body once adopted."""
    resolution = getattr(meeting, "resolution", None)
    if permissions.allowed(user, Action.RESOLUTION, meeting):
        return resolution is not None
    adopted = resolution is not None and resolution.adopted_at is not None
    return adopted and (_kept(user, meeting) or _sits(user, meeting))


def _scored(user: User, meeting: Meeting) -> bool:
    return hasattr(meeting, "score") and _kept(user, meeting)


def _sits(user: User, meeting: Meeting) -> bool:
    """Tell whether a person sits in the body that met: invited as one of it, or a member of the cell today."""
    powers = powers_of(user)
    if meeting.body == Body.MEMBERS and meeting.unit_id in powers.own_cells:
        return True
    if powers.member_id is None:
        return False
    body = Invitee.Capacity.BODY
    return Invitee.objects.filter(meeting=meeting, member_id=powers.member_id, capacity=body).exists()


KINDS = (
    Kind("giay-moi", "meetings.invitation", _("Giấy mời"), "meeting", _seen),
    Kind("ky-ten", "meetings.sign_in", _("Danh sách ký tên dự họp"), "roll", _kept),
    Kind("diem-danh", "meetings.attendance", _("Danh sách điểm danh"), "roll", _kept),
    Kind("bien-ban", "meetings.minutes", _("Biên bản"), "minutes", _minuted),
    Kind(
        "nghi-quyet", "meetings.resolution", _("Nghị quyết tháng"), "resolution", _resolved, only_monthly=True
    ),
    Kind("cham-diem", "meetings.score_sheet", _("Phiếu chấm điểm"), "score", _scored, only_monthly=True),
    Kind(
        "phieu-nhan-xet",
        "meetings.review_sheet",
        _("Phiếu nhận xét để trống"),
        "review",
        _kept,
        only_weekly=True,
    ),
)


def allowed(user: User, meeting: Meeting, slug: str) -> Kind | None:
    """Return the kind of paper that an address names, None when there is none that the person may have."""
    kind = next((one for one in KINDS if one.slug == slug), None)
    return kind if kind and _fits(kind, meeting) and kind.allowed(user, meeting) else None


def offers(user: User, meeting: Meeting, tab: str) -> list[Offer]:
    """Return the papers that a person may have on a tab of a meeting's page; at most two queries."""
    kinds = [one for one in KINDS if one.tab == tab and _fits(one, meeting) and one.allowed(user, meeting)]
    return [_offer(one, meeting) for one in kinds]


def _fits(kind: Kind, meeting: Meeting) -> bool:
    if kind.only_monthly and meeting.kind != Series.Kind.CELL_MONTHLY:
        return False
    if kind.only_weekly and meeting.kind != Series.Kind.WEEKLY_REVIEW:
        return False
    return meeting.state != Meeting.State.CANCELLED


def _offer(kind: Kind, meeting: Meeting) -> Offer:
    address = reverse("meetings:paper", args=[meeting.pk, kind.slug])
    return Offer(str(kind.label), f"{address}?dang=pdf", f"{address}?dang=docx")
