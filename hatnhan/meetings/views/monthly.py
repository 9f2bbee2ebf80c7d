"""The cell's month: its agenda by the template, pressing matters, its resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.meetings import permissions
from hatnhan.meetings.actions import monthly as actions
from hatnhan.meetings.forms.monthly import AdoptForm, EmptyForm, MattersForm, ResolutionForm
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import meetings, monthly, scores
from hatnhan.meetings.views.frame import SECTION, frame, meeting_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.forms import Form
    from hatnhan.core.http import Request
    from hatnhan.meetings.models import Meeting

KIND = "cell_monthly"


def month_frame(request: Request, pk: int, tab: str) -> dict[str, Any]:
    """Return the frame of a page that only a cell's monthly meeting has. Raises Missing for another."""
    context = frame(request, pk, tab)
    if context["meeting"].kind != KIND:
        raise Missing
    return context


def resolution(request: Request, pk: int) -> HttpResponse:
    """Show the month's resolution: what became of the last, what this one asks, how the meeting was."""
    context = month_frame(request, pk, "resolution")
    meeting = context["meeting"]
    tasks = list(monthly.tasks_of(meeting))
    context |= {
        "resolution": monthly.resolution_of(meeting),
        **_last(request, meeting),
        "tasks": monthly.progress_of(request.user, tasks, request.as_of),
        "sheet": scores.sheet_of(meeting),
        "themes": monthly.themes_of(meeting.unit, monthly.day_of(meeting.starts_at)),
        "writes": permissions.allowed(request.user, Action.RESOLUTION, meeting),
    }
    return render(request, "meetings/monthly/resolution.html", context)


def _last(request: Request, meeting: Meeting) -> dict[str, Any]:
    """Return the month before with its tasks as they stood when this meeting was held, or today if it is ahead."""
    last = monthly.last_month(meeting)
    on = min(monthly.day_of(meeting.starts_at), clock.today())
    return {"last": last, "last_tasks": monthly.progress_of(request.user, last.tasks, on) if last else []}


class MonthDeed(Deed):
    """Something done about a cell's monthly meeting. ``tab`` is where one came from and goes back to."""

    section = SECTION
    permission: ClassVar[Action]
    tab: ClassVar[str]
    meeting: Meeting

    def prepare(self, **address: Any) -> None:
        self.meeting = meetings.meeting_for(self.request.user, address["pk"])
        if self.meeting.kind != KIND:
            raise Missing
        self.require()

    def require(self) -> None:
        """Raise Denied unless the person may do this."""
        permissions.require(self.request.user, self.permission, self.meeting)

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("Sinh hoạt, hội nghị"), reverse(SECTION)),
            Crumb(self.meeting.title, reverse(f"meetings:{self.tab}", args=[self.meeting.pk])),
        ]

    def back(self, message: str) -> Done:
        """Return what was done, leading back to the tab."""
        return Done(message, self.crumbs()[-1].url)


class LayAgenda(MonthDeed):
    """Put the template's items onto the agenda."""

    form_class = EmptyForm
    template_name = "meetings/monthly/lay_agenda.html"
    verb = _lazy("Đưa vào chương trình")
    permission = Action.AGENDA
    tab = "meeting"

    def title(self) -> str:
        return _("Lập chương trình theo mẫu")

    def sentence(self) -> str:
        return _(
            "Các nội dung dưới đây vào cuối từng phần của chương trình. Sau đó sửa, bớt từng nội dung được."
        )

    def extra(self) -> dict[str, Any]:
        return {"steps": monthly.agenda_law(self.meeting).value.steps}

    def ground(self) -> Ground:
        return Ground(_("Chương trình theo mẫu áp dụng ngày họp."), monthly.agenda_law(self.meeting))

    def act(self, _data: dict[str, Any]) -> Done:
        rows = actions.lay_agenda(meeting=self.meeting, **self.signed)
        return self.back(_("Đã đưa %(count)d nội dung vào chương trình.") % {"count": len(rows)})


class TakeMatters(MonthDeed):
    """Choose what presses; it becomes the first things talked about."""

    form_class = MattersForm
    template_name = "meetings/monthly/matters.html"
    verb = _lazy("Đưa vào chương trình")
    permission = Action.AGENDA
    tab = "meeting"

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.matters = monthly.matters_for(self.meeting)

    def title(self) -> str:
        return _("Chọn việc nổi cộm để bàn")

    def sentence(self) -> str:
        return _("Việc được chọn đứng ngay sau phần mở đầu, trước các nội dung khác.")

    def form_options(self) -> dict[str, Any]:
        return {"matters": self.matters}

    def extra(self) -> dict[str, Any]:
        chosen = set(self.request.POST.getlist("matters"))
        return {"lines": [(one, one.key in chosen) for one in self.matters]}

    def act(self, data: dict[str, Any]) -> Done:
        chosen = [one for one in self.matters if one.key in data["matters"]]
        rows = actions.take_matters(meeting=self.meeting, matters=chosen, **self.signed)
        message = _("Đã đưa %(count)d việc vào đầu chương trình.") % {"count": len(rows)}
        return Done(message, meeting_page(self.meeting))


class WriteResolution(MonthDeed):
    """Write the resolution's text; two who write at once are shown both texts."""

    form_class = ResolutionForm
    template_name = "meetings/monthly/resolution_write.html"
    verb = _lazy("Lưu dự thảo")
    permission = Action.RESOLUTION
    tab = "resolution"

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.kept = monthly.resolution_of(self.meeting)
        if self.kept is not None and self.kept.adopted_at is not None:
            message = _("Nghị quyết đã thông qua, không sửa được nữa. Ghi đính chính vào biên bản.")
            raise RuleBroken("adopted", message)

    def title(self) -> str:
        return _("Viết nghị quyết tháng")

    def initial(self) -> dict[str, Any]:
        kept = self.kept
        if kept is None:
            return {"version": 0}
        return {"results": kept.results, "directions": kept.directions, "version": kept.version}

    def extra(self) -> dict[str, Any]:
        return {
            "meeting": self.meeting,
            **_last(self.request, self.meeting),
        }

    def _page(self, form: Form, template: str = "", **more: Any) -> HttpResponse:
        """Beside what was typed, show what another saved meanwhile: the next save then goes on from that."""
        if form.has_error("__all__", "changed_meanwhile"):
            more["theirs"] = monthly.resolution_of(self.meeting)
        return super()._page(form, template, **more)

    def act(self, data: dict[str, Any]) -> Done:
        actions.save_resolution(meeting=self.meeting, **data, **self.signed)
        return self.back(_("Đã lưu dự thảo nghị quyết. Thông qua khi chi bộ đã biểu quyết."))


class AdoptResolution(MonthDeed):
    """Record that the meeting adopted its resolution."""

    form_class = AdoptForm
    verb = _lazy("Ghi đã thông qua")
    permission = Action.RESOLUTION
    tab = "resolution"
    final = True

    def title(self) -> str:
        return _("Thông qua nghị quyết tháng")

    def sentence(self) -> str:
        return _("Ghi khi chi bộ đã biểu quyết tán thành. Sau đó nội dung nghị quyết giữ nguyên.")

    def initial(self) -> dict[str, Any]:
        return {"number": monthly.next_number(self.meeting)}

    def consequences(self, data: dict[str, Any]) -> list[str]:
        return [
            _("Nghị quyết mang số %(number)s.") % {"number": data["number"]},
            _("Nội dung không sửa được nữa; sai thì ghi đính chính vào biên bản."),
        ]

    def act(self, data: dict[str, Any]) -> Done:
        row = actions.adopt_resolution(meeting=self.meeting, number=data["number"], **self.signed)
        return self.back(_("Đã ghi nghị quyết %(number)s được thông qua.") % {"number": row.number})
