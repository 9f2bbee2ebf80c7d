"""What the deeds of planning share: which unit or meeting they concern, who may do them, the way back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Missing
from hatnhan.meetings import permissions
from hatnhan.meetings.selectors import meetings, planning
from hatnhan.meetings.views.frame import SECTION, meeting_page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, time

    from hatnhan.meetings.actions.inviting import Guest
    from hatnhan.meetings.models import Meeting
    from hatnhan.meetings.permissions import Action
    from hatnhan.organization.models import Member, Unit


def home_crumb() -> Crumb:
    """Return the way back to the room's first page."""
    return Crumb(_("Sinh hoạt, hội nghị"), reverse(SECTION))


def moment_of(day: date, time: time) -> datetime:
    """Return the moment of a day and a time typed, in Vietnamese time."""
    return datetime.combine(day, time, clock.HERE)


def people(guests: Iterable[Guest]) -> list[tuple[str, str]]:
    """Return people as choices, each with the post that tells them apart."""
    return [(str(one.member.pk), named(one.member, one.title)) for one in guests]


def named(member: Member, title: str) -> str:
    """Return a person with a post: "Đỗ Văn Hải, Bí thư chi bộ"."""
    return f"{member.full_name}, {title}" if title else member.full_name


class UnitDeed(Deed):
    """Something done for the unit looked at, by whoever runs its meetings."""

    section = SECTION
    unit: Unit

    def prepare(self, **_address: Any) -> None:
        if self.request.unit is None:
            raise Missing
        self.unit = self.request.unit
        permissions.require_lead(self.request.user, self.unit.pk)

    def crumbs(self) -> list[Crumb]:
        return [home_crumb()]

    def form_options(self) -> dict[str, Any]:
        return {"bodies": planning.bodies(self.unit)}


class MeetingDeed(Deed):
    """Something done about one meeting."""

    section = SECTION
    permission: ClassVar[Action]
    meeting: Meeting

    def prepare(self, **address: Any) -> None:
        self.meeting = meetings.meeting_for(self.request.user, address["pk"])
        permissions.require(self.request.user, self.permission, self.meeting)

    def crumbs(self) -> list[Crumb]:
        return [home_crumb(), Crumb(self.meeting.title, meeting_page(self.meeting))]

    def done(self, message: str) -> Done:
        """Return what was done, leading back to the meeting's page."""
        return Done(message, meeting_page(self.meeting))
