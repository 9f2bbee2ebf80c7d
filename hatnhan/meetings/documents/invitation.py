"""The invitation: when, where, who, what about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock, vietnamese
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Section
from hatnhan.meetings.documents.common import comrade, day_of, sheet
from hatnhan.meetings.models import AgendaItem, Invitee, Meeting
from hatnhan.meetings.models import Paper as AgendaPaper
from hatnhan.organization.models import Body
from hatnhan.organization.selectors.bodies import body_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.documents.types import Paper
    from hatnhan.meetings.documents.common import Sheet


@document_of("meetings.invitation", title=gettext_lazy("Giấy mời"))
def invitation(meeting: Meeting) -> Paper:
    """Draw up the invitation to a meeting, of the day on which it was called."""
    on = sheet(meeting)
    words = _("%(body)s kính mời các đồng chí dự %(meeting)s.")
    return on.paper(
        title=_("Giấy mời"),
        kind="GM",
        day=day_of(meeting.invited_at) if meeting.invited_at else min(clock.today(), on.on),
        abstract=_("dự %(meeting)s") % {"meeting": on.called},
        addressed=_("Kính mời: %(whom)s") % {"whom": _whom(meeting)},
        paragraphs=(words % {"body": on.head.issuer, "meeting": on.called}, *_facts(on)),
        sections=(Section(_("Nội dung"), tuple(_items(meeting))),),
        closing=(
            _(
                "Đề nghị các đồng chí dự đầy đủ, đúng giờ. Đồng chí nào vắng mặt báo cáo người chủ trì trước buổi họp."
            ),
        ),
        signatures=(on.on_behalf,),
        recipients=(_("Như thành phần mời;"), on.head.kept),
    )


def _whom(meeting: Meeting) -> str:
    if meeting.body == Body.MEMBERS:
        return _("các đồng chí đảng viên %(unit)s") % {"unit": meeting.unit.name}
    return _("các đồng chí %(body)s") % {"body": body_title(meeting.unit, meeting.body)}


def _facts(on: Sheet) -> Iterator[str]:
    here = on.meeting.starts_at.astimezone(clock.HERE)
    when = f"{vietnamese.clock_time(here)}, {vietnamese.weekday(here)}, {vietnamese.paper_day(here.date())}"
    yield _("Thời gian: %(when)s.") % {"when": when}
    yield _("Địa điểm: %(place)s.") % {"place": on.meeting.place}
    if on.chair:
        yield _("Chủ trì: %(name)s.") % {"name": comrade(on.chair)}
    if on.meeting.theme:
        yield _("Chuyên đề: %(theme)s.") % {"theme": on.meeting.theme}
    guests = Invitee.objects.filter(meeting=on.meeting).exclude(capacity=Invitee.Capacity.BODY)
    named = [
        f"{comrade(one.member)}{f', {one.title}' if one.title else ''}"
        for one in guests.select_related("member")
    ]
    if named:
        yield _("Mời dự: %(names)s.") % {"names": "; ".join(named)}


def _items(meeting: Meeting) -> Iterator[str]:
    rows = AgendaItem.objects.filter(meeting=meeting).select_related("owner")
    for number, item in enumerate(rows, start=1):
        shown = _(" (%(name)s trình bày)") % {"name": comrade(item.owner)} if item.owner else ""
        yield f"{number}. {item.title}{shown}"
    sent = AgendaPaper.objects.filter(item__meeting=meeting).order_by("item__place", "pk")
    names = list(sent.values_list("name", flat=True))
    if names:
        yield _("Tài liệu gửi trước: %(names)s.") % {"names": "; ".join(names)}
