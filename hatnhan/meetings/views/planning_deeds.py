"""Meetings called, moved, cancelled, given a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Done, Ground
from hatnhan.core.vietnamese import moment
from hatnhan.meetings.actions import planning
from hatnhan.meetings.forms import planning as forms
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import home
from hatnhan.meetings.selectors.spans import in_its_span, span_of, still_counts
from hatnhan.meetings.views.frame import meeting_page
from hatnhan.meetings.views.planning_base import MeetingDeed, UnitDeed, moment_of
from hatnhan.organization.actions.checks import day_of

if TYPE_CHECKING:
    from datetime import datetime


def told(starts_at: datetime) -> str:
    """Return a moment in words, in Vietnamese time."""
    return moment(starts_at.astimezone(clock.HERE))


class CallMeeting(UnitDeed):
    """Call a meeting outside any series."""

    form_class = forms.CallForm
    verb = gettext_lazy("Triệu tập")

    def title(self) -> str:
        return _("Triệu tập cuộc họp: %(unit)s") % {"unit": self.unit}

    def sentence(self) -> str:
        return _("Cuộc họp ngoài nền nếp. Sau đó lập chương trình và mời họp.")

    def act(self, data: dict[str, Any]) -> Done:
        body, _colon, kind = data["who"].partition(":")
        meeting = planning.call_meeting(
            **self.signed,
            unit=self.unit,
            body=body,
            kind=kind,
            title=data["title"],
            starts_at=moment_of(data["day"], data["time"]),
            place=data["place"],
        )
        return Done(_("Đã triệu tập. Thêm nội dung rồi mời họp."), meeting_page(meeting))


class MoveMeeting(MeetingDeed):
    """Hold a meeting at another time or place."""

    form_class = forms.MoveForm
    verb = gettext_lazy("Đổi ngày họp")
    permission = Action.MOVE

    def title(self) -> str:
        return _("Đổi ngày, giờ, nơi họp")

    def sentence(self) -> str:
        words = _("%(title)s đang ghi %(when)s, %(place)s.")
        if self.meeting.state == self.meeting.State.INVITED:
            words += _(" Đã mời họp: báo lại mọi người sau khi đổi.")
        place = {"title": self.meeting.title, "place": self.meeting.place}
        told_now = words % {**place, "when": told(self.meeting.starts_at)}
        if not (counts_for := span_of(self.meeting)):
            return told_now
        if not in_its_span(self.meeting, day_of(self.meeting.starts_at)):
            return f"{told_now} {still_counts(counts_for)}"
        apart = _("Đổi sang tuần khác thì buổi này vẫn tính cho %(span)s.")
        if self.meeting.kind != "weekly_review":
            apart = _("Đổi sang tháng khác thì buổi này vẫn tính cho %(span)s.")
        return f"{told_now} {apart % {'span': counts_for}}"

    def initial(self) -> dict[str, Any]:
        local = self.meeting.starts_at.astimezone(clock.HERE)
        return {"day": local.date(), "time": local.time(), "place": self.meeting.place}

    def ground(self) -> Ground | None:
        if self.meeting.kind != "cell_monthly":
            return None
        rule = home.law(self.meeting.unit, day_of(self.meeting.starts_at))
        words = _("Chi bộ sinh hoạt thường ngày %(day)d; trường hợp đặc biệt thì trong tuần đầu của tháng.")
        return Ground(words % {"day": rule.value.usual_day}, rule)

    def act(self, data: dict[str, Any]) -> Done:
        starts_at = moment_of(data["day"], data["time"])
        planning.move_meeting(
            **self.signed,
            meeting=self.meeting,
            starts_at=starts_at,
            place=data["place"],
            reason=data["reason"],
        )
        message = _("Đã đổi: họp %(when)s, %(place)s.") % {"when": told(starts_at), "place": data["place"]}
        counts_for = span_of(self.meeting)
        if counts_for and not in_its_span(self.meeting, data["day"]):
            message = f"{message} {still_counts(counts_for)}"
        return self.done(message)


class CancelMeeting(MeetingDeed):
    """Give a meeting up."""

    form_class = forms.CancelForm
    verb = gettext_lazy("Ghi không họp")
    permission = Action.CANCEL
    final = True

    def title(self) -> str:
        return _("Không họp: %(title)s") % {"title": self.meeting.title}

    def sentence(self) -> str:
        return _("Chỉ đổi ngày thì dùng “Đổi ngày họp”. Không họp thì ghi lý do, ai cũng xem được.")

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        lines = [_("Cuộc họp %(when)s không diễn ra.") % {"when": told(self.meeting.starts_at)}]
        if self.meeting.state == self.meeting.State.INVITED:
            lines.append(_("Báo cho những người đã mời: phần mềm không tự gọi điện."))
        back = self.meeting.items.filter(series__isnull=False).count()
        if back:
            lines.append(_("%(count)d nội dung trở lại danh sách còn tồn.") % {"count": back})
        return lines

    def act(self, data: dict[str, Any]) -> Done:
        planning.cancel_meeting(**self.signed, meeting=self.meeting, **data)
        return self.done(_("Đã ghi không họp."))


class SetTheme(MeetingDeed):
    """Say what theme the meeting treats besides."""

    form_class = forms.ThemeForm
    verb = gettext_lazy("Ghi chuyên đề")
    permission = Action.AGENDA

    def title(self) -> str:
        return _("Chuyên đề của cuộc họp")

    def initial(self) -> dict[str, Any]:
        return {"theme": self.meeting.theme}

    def state(self) -> str:
        return self.meeting.theme

    def ground(self) -> Ground | None:
        if self.meeting.kind != "cell_monthly":
            return None
        rule = home.law(self.meeting.unit, day_of(self.meeting.starts_at))
        words = _("Mỗi quý ít nhất %(count)d chuyên đề; buổi kết hợp chuyên đề họp ít nhất %(minutes)d phút.")
        values = {"count": rule.value.themes_each_quarter, "minutes": rule.value.least_minutes_with_theme}
        return Ground(words % values, rule)

    def act(self, data: dict[str, Any]) -> Done:
        planning.set_theme(**self.signed, meeting=self.meeting, **data)
        return self.done(_("Đã ghi chuyên đề.") if data["theme"] else _("Đã bỏ chuyên đề."))
