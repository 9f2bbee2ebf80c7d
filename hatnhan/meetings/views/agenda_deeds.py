"""Items put onto an agenda, changed, moved up and down, taken off; the backlog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.meetings import permissions
from hatnhan.meetings.actions import agenda, inviting
from hatnhan.meetings.actions.agenda import ItemData
from hatnhan.meetings.forms import agenda as forms
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import planning
from hatnhan.meetings.views.frame import SECTION, meeting_page
from hatnhan.meetings.views.planning_base import MeetingDeed, home_crumb, named
from hatnhan.meetings.views.series import rhythms_crumb
from hatnhan.organization.selectors.bodies import seats

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.meetings.models import AgendaItem, Meeting, Series
    from hatnhan.organization.models import Member

_SHIFTS = {"len": -1, "xuong": 1}


def presenters(meeting: Meeting) -> dict[str, tuple[Member, str]]:
    """Return who may present an item, by id: those who sit in the body or are asked to the meeting, with their post."""
    found = inviting.whom_to_invite(meeting, planning.guests_invited(meeting))
    return {str(one.member.pk): (one.member, one.title) for one in found}


def _choices(known: dict[str, tuple[Member, str]]) -> list[tuple[str, str]]:
    return [(key, named(member, title)) for key, (member, title) in known.items()]


def _data(typed: dict[str, Any], known: dict[str, tuple[Member, str]]) -> ItemData:
    owner = known.get(typed["owner"])
    return ItemData(
        typed["title"], typed["part"], typed["minutes"], owner[0] if owner else None, typed["detail"]
    )


class AddItem(MeetingDeed):
    """Put one matter onto an agenda."""

    form_class = forms.ItemForm
    verb = gettext_lazy("Thêm vào chương trình")
    permission = Action.AGENDA

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.known = presenters(self.meeting)

    def title(self) -> str:
        return _("Thêm nội dung: %(title)s") % {"title": self.meeting.title}

    def form_options(self) -> dict[str, Any]:
        return {"people": _choices(self.known)}

    def initial(self) -> dict[str, Any]:
        return {"part": "main", "minutes": 10}

    def act(self, data: dict[str, Any]) -> Done:
        agenda.set_agenda(**self.signed, meeting=self.meeting, items=[_data(data, self.known)])
        return self.done(_("Đã thêm “%(title)s”.") % {"title": data["title"]})


class ItemDeed(Deed):
    """Something done about one item, of an agenda or of a backlog."""

    section = SECTION
    item: AgendaItem

    def prepare(self, **address: Any) -> None:
        self.item = planning.item_for(self.request.user, address["pk"])
        if self.item.meeting is not None:
            permissions.require(self.request.user, Action.AGENDA, self.item.meeting)
        elif self.item.series is not None:
            permissions.require_lead(self.request.user, self.item.series.unit_id)

    def crumbs(self) -> list[Crumb]:
        if self.item.meeting is not None:
            return [home_crumb(), Crumb(self.item.meeting.title, meeting_page(self.item.meeting))]
        series = self.item.series_id
        return [home_crumb(), Crumb(_("Nội dung còn tồn"), reverse("meetings:backlog", args=[series]))]

    def back(self, message: str) -> Done:
        """Return what was done, leading back to where the item stands."""
        return Done(message, self.crumbs()[-1].url)


class EditItem(ItemDeed):
    """Change what is planned for an item."""

    form_class = forms.ItemForm
    verb = gettext_lazy("Lưu")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.known = known_for(self.item)

    def title(self) -> str:
        return _("Sửa nội dung họp")

    def form_options(self) -> dict[str, Any]:
        return {"people": _choices(self.known)}

    def initial(self) -> dict[str, Any]:
        item = self.item
        return {
            "title": item.title,
            "part": item.part,
            "minutes": item.minutes_planned,
            "owner": str(item.owner_id or ""),
            "detail": item.detail,
        }

    def state(self) -> str:
        return str(self.initial())

    def act(self, data: dict[str, Any]) -> Done:
        agenda.edit_item(**self.signed, item=self.item, data=_data(data, self.known))
        return self.back(_("Đã sửa “%(title)s”.") % {"title": data["title"]})


def known_for(item: AgendaItem) -> dict[str, tuple[Member, str]]:
    """Return who may present an item, the one who presents it now included."""
    if item.meeting is not None:
        known = presenters(item.meeting)
    else:
        known = _seated(item.series) if item.series is not None else {}
    if item.owner is not None:
        known.setdefault(str(item.owner_id), (item.owner, ""))
    return known


def _seated(series: Series) -> dict[str, tuple[Member, str]]:
    found = seats(series.unit, series.body, clock.today())
    return {str(seat.member.pk): (seat.member, seat.title) for seat in found}


class RemoveItem(ItemDeed):
    """Take an item off."""

    form_class = forms.RemoveForm
    verb = gettext_lazy("Bỏ nội dung này")

    def title(self) -> str:
        return _("Bỏ nội dung: %(title)s") % {"title": self.item.title}

    def sentence(self) -> str:
        if self.item.meeting is not None and self.item.series_id is not None:
            return _("Nội dung này lấy từ danh sách còn tồn; bỏ khỏi chương trình thì trở lại danh sách ấy.")
        return _("Nội dung và tài liệu gửi kèm không còn nữa.")

    def act(self, _data: dict[str, Any]) -> Done:
        done = self.back(_("Đã bỏ “%(title)s”.") % {"title": self.item.title})
        agenda.remove_item(**self.signed, item=self.item)
        return done


@require_POST
def shift(request: Request, pk: int) -> HttpResponse:
    """Move an item one place up or down, and come back to it."""
    item = planning.item_for(request.user, pk)
    places = _SHIFTS.get(request.POST.get("huong", ""), 0)
    agenda.shift_item(by=request.user, at=clock.now(), item=item, places=places)
    page = meeting_page(item.meeting) if item.meeting else reverse(SECTION)
    return redirect(f"{page}#muc-{item.pk}")


# --- the backlog ------------------------------------------------------------------------------------------------------
def backlog(request: Request, pk: int) -> HttpResponse:
    """Show what waits in the backlog of a series."""
    series = planning.series_for(request.user, pk)
    context = {
        "section": SECTION,
        "series": series,
        "items": list(planning.backlog_of(series.pk)),
        "leads": permissions.leads(request.user, series.unit_id),
    }
    return render(request, "meetings/backlog.html", context)


class AddToBacklog(Deed):
    """Keep a matter for a later meeting."""

    section = SECTION
    form_class = forms.ItemForm
    verb = gettext_lazy("Ghi vào danh sách còn tồn")
    series: Series

    def prepare(self, **address: Any) -> None:
        self.series = planning.series_for(self.request.user, address["pk"])
        permissions.require_lead(self.request.user, self.series.unit_id)
        self.known = _seated(self.series)

    def title(self) -> str:
        return _("Ghi nội dung cho kỳ sau")

    def crumbs(self) -> list[Crumb]:
        page = reverse("meetings:backlog", args=[self.series.pk])
        return [home_crumb(), rhythms_crumb(), Crumb(_("Nội dung còn tồn"), page)]

    def form_options(self) -> dict[str, Any]:
        return {"people": _choices(self.known)}

    def initial(self) -> dict[str, Any]:
        return {"part": "main", "minutes": 10}

    def act(self, data: dict[str, Any]) -> Done:
        agenda.add_to_backlog(**self.signed, series=self.series, data=_data(data, self.known))
        return Done(_("Đã ghi. Lấy vào chương trình khi chuẩn bị cuộc họp."), self.crumbs()[-1].url)


class TakeFromBacklog(MeetingDeed):
    """Choose from the backlog what this meeting treats."""

    form_class = forms.BacklogForm
    verb = gettext_lazy("Đưa vào chương trình")
    permission = Action.AGENDA

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.waiting = {str(one.pk): one for one in planning.backlog_of(self.meeting.series_id)}

    def title(self) -> str:
        return _("Lấy từ nội dung còn tồn: %(title)s") % {"title": self.meeting.title}

    def sentence(self) -> str:
        if not self.waiting:
            return _("Không có nội dung nào còn tồn.")
        return _("Nội dung chưa xong ở các kỳ trước. Chọn điều bàn kỳ này.")

    def form_options(self) -> dict[str, Any]:
        return {"items": [(key, _waiting(one)) for key, one in self.waiting.items()]}

    def act(self, data: dict[str, Any]) -> Done:
        items = [self.waiting[key] for key in data["items"]]
        taken = agenda.take_from_backlog(**self.signed, meeting=self.meeting, items=items)
        return self.done(_("Đã đưa %(count)d nội dung vào chương trình.") % {"count": len(taken)})


def _waiting(item: AgendaItem) -> str:
    origin = item.carried_from and item.carried_from.meeting
    return f"{item.title} ({origin.title})" if origin else item.title
