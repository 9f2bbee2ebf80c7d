"""The attendance list: empty to be signed, and filled as it was marked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Table
from hatnhan.meetings.actions.inviting import whom_to_invite
from hatnhan.meetings.documents.common import sheet, standing_of
from hatnhan.meetings.models import Invitee, Meeting

if TYPE_CHECKING:
    from hatnhan.documents.types import Paper

_NUMBER = Column("TT", 0.5, "center")
_NAME = Column("Họ và tên", 2.4)
_STANDING = Column("Chức vụ, thành phần", 2)
_TO_SIGN = (_NUMBER, _NAME, _STANDING, Column("Ký tên", 1.6), Column("Ghi chú", 1.2))
_MARKED = (_NUMBER, _NAME, _STANDING, Column("Điểm danh", 1.5), Column("Lý do vắng", 1.8))


@document_of("meetings.sign_in", title=gettext_lazy("Danh sách ký tên dự họp"))
def sign_in(meeting: Meeting) -> Paper:
    """Draw up the list to be signed at the door: those invited, or whom one would invite, with room to sign."""
    on = sheet(meeting)
    rows = tuple((str(at), *one, "", "") for at, one in enumerate(_expected(meeting), start=1))
    return on.paper(
        title=_("Danh sách"),
        abstract=_("ký tên dự %(meeting)s") % {"meeting": on.called},
        table=Table(_TO_SIGN, rows, roomy=True),
        closing=(_("Có mặt: ……… đồng chí; vắng có lý do: ………; vắng không lý do: ………"),),
        signatures=on.at_the_table,
    )


@document_of("meetings.attendance", title=gettext_lazy("Danh sách điểm danh"))
def attendance(meeting: Meeting) -> Paper:
    """Draw up the list as it was marked, with the count below."""
    on = sheet(meeting)
    invited = invited_to(meeting)
    rows = tuple(
        (str(at), one.member.full_name, standing_of(one), str(one.get_mark_display()), one.reason)
        for at, one in enumerate(invited, start=1)
    )
    return on.paper(
        title=_("Danh sách"),
        abstract=_("điểm danh %(meeting)s") % {"meeting": on.called},
        table=Table(_MARKED, rows),
        closing=(counted(invited),),
        signatures=on.at_the_table,
    )


def counted(invited: list[Invitee]) -> str:
    """Return in one sentence how many of the body came, were away and why, were exempt; guests beside."""
    body = [one for one in invited if one.capacity == Invitee.Capacity.BODY]
    marks = Counter(one.mark for one in body)
    words = _(
        "Triệu tập %(total)d đồng chí: có mặt %(present)d, vắng có lý do %(excused)d,"
        " vắng không lý do %(unexcused)d, được miễn %(exempt)d. Khách mời có mặt: %(guests)d."
    )
    present = Invitee.Mark.PRESENT
    guests = sum(one.mark == present for one in invited if one.capacity != Invitee.Capacity.BODY)
    return words % {
        "total": len(body),
        "present": marks[present],
        "excused": marks[Invitee.Mark.EXCUSED],
        "unexcused": marks[Invitee.Mark.UNEXCUSED],
        "exempt": marks[Invitee.Mark.EXEMPT],
        "guests": guests,
    }


def invited_to(meeting: Meeting) -> list[Invitee]:
    """Return those invited to a meeting, in the order of its list."""
    return list(Invitee.objects.filter(meeting=meeting).select_related("member", "meeting"))


def _expected(meeting: Meeting) -> list[tuple[str, str]]:
    invited = invited_to(meeting)
    if not invited:
        guests = whom_to_invite(meeting)
        invited = [
            Invitee(meeting=meeting, member=one.member, capacity=one.capacity, title=one.title)
            for one in guests
        ]
    return [(one.member.full_name, standing_of(one)) for one in invited]
