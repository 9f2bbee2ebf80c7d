"""Self-criticism at a cell's meeting: each writes for themselves; few may read it, and the member sees who did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Done
from hatnhan.core.errors import Denied, Missing
from hatnhan.meetings.actions import monthly as actions
from hatnhan.meetings.forms.monthly import CriticismForm
from hatnhan.meetings.selectors import manifestations, monthly
from hatnhan.meetings.views.monthly import MonthDeed, month_frame
from hatnhan.organization.actions.readings import record_reading
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.meetings.models import Meeting
    from hatnhan.organization.models import Member

#: How the record of readings names this part of a person's file.
PART = "tu-phe-binh"
_SHUT = frozenset({"locked", "cancelled"})


def overview(request: Request, pk: int) -> HttpResponse:
    """Show one's own part, and to those who type in or read for the cell, who has written."""
    context = month_frame(request, pk, "self-criticism")
    meeting, own_id = context["meeting"], powers_of(request.user).member_id
    lines = monthly.criticism_lines(request.user, meeting)
    writable = meeting.state not in _SHUT
    context |= {
        "own": next((line for line in lines if line.member.pk == own_id), None),
        "others": [line for line in lines if line.member.pk != own_id and (line.written or writable)],
        "groups": manifestations.groups(),
        "writable": writable,
    }
    return render(request, "meetings/monthly/self_criticism.html", context)


def one(request: Request, pk: int, member_pk: int) -> HttpResponse:
    """Show what one member wrote, and what came before it; that another read it is recorded."""
    context = month_frame(request, pk, "self-criticism")
    meeting = context["meeting"]
    member = monthly.member_at(meeting, member_pk)
    found = monthly.criticism_for(request.user, meeting, member)
    if found is None:
        raise Missing
    own = powers_of(request.user).member_id == member.pk
    if not own:
        record_reading(by=request.user, at=clock.now(), member=member, unit_id=meeting.unit_id, part=PART)
    context |= {
        "criticism": found,
        "member": member,
        "own": own,
        "previous": monthly.previous_criticism(request.user, meeting, member),
        "writes": _may_write(request, meeting, member, typed=bool(found.typed_by)),
    }
    return render(request, "meetings/monthly/criticism.html", context)


def _may_write(request: Request, meeting: Meeting, member: Member, *, typed: bool) -> bool:
    if meeting.state in _SHUT:
        return False
    own = powers_of(request.user).member_id == member.pk
    return own or (typed and monthly.may_type(request.user, meeting))


class WriteCriticism(MonthDeed):
    """Write one's own, or type in what another wrote on paper."""

    form_class = CriticismForm
    template_name = "meetings/monthly/criticism_write.html"
    verb = _lazy("Lưu")
    tab = "self-criticism"
    member: Member

    def prepare(self, **address: Any) -> None:
        self.wanted = address["member_pk"]
        super().prepare(**address)

    def require(self) -> None:
        """Let the member write, and those who type in for others; what these may not read they do not write over."""
        user = self.request.user
        self.own = powers_of(user).member_id == self.wanted
        if not (self.own or monthly.may_type(user, self.meeting)):
            raise Missing
        self.member = monthly.member_at(self.meeting, self.wanted)
        self.kept = monthly.criticism_for(user, self.meeting, self.member)
        if not self.own and self.kept is None and monthly.own_criticism(self.meeting, self.wanted):
            raise Denied(_("Đồng chí này đã có bản tự phê bình. Chính đồng chí ấy hoặc chi ủy sửa."))
        self.previous = monthly.previous_criticism(user, self.meeting, self.member)

    def opened(self) -> None:
        if not self.own and (self.kept or self.previous):
            record_reading(**self.signed, member=self.member, unit_id=self.meeting.unit_id, part=PART)

    def title(self) -> str:
        if self.own:
            return _("Tự phê bình của tôi")
        return _("Ghi hộ tự phê bình: đ/c %(name)s") % {"name": self.member}

    def sentence(self) -> str:
        if self.own:
            return _("Chỉ đồng chí, chi ủy và cấp ủy trên trực tiếp đọc được. Ai mở xem đều được ghi lại.")
        return _("Ghi đúng bản giấy đồng chí ấy đã nộp. Tên người ghi hộ hiện bên dưới.")

    def form_options(self) -> dict[str, Any]:
        return {"own": self.own, "previous": self.previous is not None}

    def initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {"mended": "none"}
        if self.kept:
            names = ("text", "remedy", "mended", "note")
            found = {name: getattr(self.kept, name) for name in names}
        if self.previous:
            found["previous_mended"] = self.previous.mended
        return found

    def state(self) -> str:
        kept = self.kept
        return f"{kept.saved_at.isoformat()}" if kept else ""

    def extra(self) -> dict[str, Any]:
        return {"previous": self.previous, "groups": manifestations.groups()}

    def act(self, data: dict[str, Any]) -> Done:
        mended = data.pop("previous_mended", "")
        who = None if self.own else self.member
        actions.write_self_criticism(meeting=self.meeting, member=who, **data, **self.signed)
        if self.previous and mended:
            actions.mend_self_criticism(criticism=self.previous, mended=mended, **self.signed)
        page = reverse("meetings:self-criticism", args=[self.meeting.pk])
        return Done(_("Đã lưu bản tự phê bình."), page)
