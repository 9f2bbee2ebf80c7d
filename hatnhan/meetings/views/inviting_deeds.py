"""People asked to a meeting, and its opening."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Done
from hatnhan.core.vietnamese import day as written
from hatnhan.meetings.actions import inviting
from hatnhan.meetings.forms import planning as forms
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import planning
from hatnhan.meetings.views.planning_base import MeetingDeed, moment_of, named, people
from hatnhan.meetings.views.planning_deeds import told
from hatnhan.organization.actions.checks import day_of

if TYPE_CHECKING:
    from hatnhan.meetings.actions.inviting import Guest
    from hatnhan.organization.models import Member


def by_capacity(guests: list[Guest]) -> list[tuple[str, list[Guest]]]:
    """Return people under the words for their capacity, in the order of the list."""
    return [(words, list(group)) for words, group in groupby(guests, key=lambda one: one.capacity_words)]


class _TableDeed(MeetingDeed):
    """A deed that seats chair and recorder among those invited."""

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.guests = inviting.whom_to_invite(self.meeting, planning.guests_invited(self.meeting))
        self.members: dict[str, Member] = {str(one.member.pk): one.member for one in self.guests}

    def form_options(self) -> dict[str, Any]:
        return {"people": people(self.guests)}

    def initial(self) -> dict[str, Any]:
        chair = self.meeting.chair or next((one.member for one in self.guests), None)
        recorder = self.meeting.recorder or planning.last_recorder(self.meeting)
        if recorder is None or str(recorder.pk) not in self.members or recorder == chair:
            recorder = None
        return {"chair": chair and str(chair.pk), "recorder": recorder and str(recorder.pk)}


class Invite(_TableDeed):
    """Ask people to a meeting; who they are is read over first."""

    form_class = forms.InviteForm
    template_name = "meetings/planning/invite.html"
    check_template_name = "meetings/planning/invite_check.html"
    verb = gettext_lazy("Mời họp")
    permission = Action.INVITE
    final = True

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.candidates = planning.guests_for(self.meeting, [one.member.pk for one in self.guests])

    def title(self) -> str:
        return _("Mời họp: %(title)s") % {"title": self.meeting.title}

    def sentence(self) -> str:
        return _("Họp %(when)s, %(place)s.") % {
            "when": told(self.meeting.starts_at),
            "place": self.meeting.place,
        }

    def form_options(self) -> dict[str, Any]:
        guests = [(str(one.member.pk), named(one.member, one.title)) for one in self.candidates]
        return super().form_options() | {"guests": guests}

    def extra(self) -> dict[str, Any]:
        extra = {str(one.member.pk): one for one in self.candidates}
        chosen = [extra[key] for key in self.request.POST.getlist("guests") if key in extra]
        return {
            "groups": by_capacity(self.guests),
            "apart": self._for_a_time(),
            "chosen": chosen,
            "total": len(self.guests) + len(chosen),
            "item_count": self.meeting.items.count(),
        }

    def _for_a_time(self) -> str:
        """Return how many of a cell's people are its own, how many there for a time; "" where nobody is."""
        of_body = [one.member.pk for one in self.guests if one.capacity == "body"]
        own, temporary = planning.counted_of_cell(self.meeting, of_body)
        words = _("%(own)d đảng viên, %(temporary)d sinh hoạt tạm thời")
        return words % {"own": own, "temporary": temporary} if temporary else ""

    def act(self, data: dict[str, Any]) -> Done:
        extra = {str(one.member.pk): one.member for one in self.candidates}
        inviting.invite(
            **self.signed,
            meeting=self.meeting,
            chair=self.members.get(data["chair"]),
            recorder=self.members.get(data["recorder"]),
            guests=[extra[key] for key in data.get("guests", ()) if key in extra],
        )
        return self.done(
            _("Đã mời. Giấy mời ở cuối trang này in hoặc gửi được; tài liệu gửi trước ngày họp.")
        )


class OpenMeeting(_TableDeed):
    """Open a meeting, on its day or entered later."""

    form_class = forms.OpenForm
    verb = gettext_lazy("Khai mạc")
    permission = Action.OPEN

    def title(self) -> str:
        return _("Khai mạc: %(title)s") % {"title": self.meeting.title}

    def form_options(self) -> dict[str, Any]:
        passed = day_of(self.meeting.starts_at) < clock.today()
        return super().form_options() | {"asks_day": passed}

    def sentence(self) -> str:
        day = day_of(self.meeting.starts_at)
        if day < clock.today():
            words = _(
                "Ghi lại cuộc họp ngày %(day)s. Họp ngày khác thì sửa ngày bên dưới; chưa họp thì quay lại, đổi ngày."
            )
        elif day > clock.today():
            words = _("Cuộc họp ghi ngày %(day)s. Họp sớm hơn thì quay lại và đổi ngày họp.")
        else:
            words = _("Danh sách dự họp chốt theo hôm nay, %(day)s; sau đó điểm danh.")
        return words % {"day": written(day)}

    def initial(self) -> dict[str, Any]:
        starts_at = self.meeting.starts_at.astimezone(clock.HERE)
        today = starts_at.date() == clock.today()
        began = clock.now() if today else starts_at
        typed = {"began": began.time().replace(second=0, microsecond=0), "held_on": starts_at.date()}
        return super().initial() | typed

    def act(self, data: dict[str, Any]) -> Done:
        began = moment_of(data.get("held_on") or day_of(self.meeting.starts_at), data["began"])
        inviting.open_meeting(
            **self.signed,
            meeting=self.meeting,
            chair=self.members[data["chair"]],
            recorder=self.members[data["recorder"]],
            opened_at=began,
        )
        return Done(_("Đã khai mạc. Điểm danh trước."), reverse("meetings:roll", args=[self.meeting.pk]))
