"""What a year's reviews said of a person: for that person, and for those who keep the committee's books."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Missing
from hatnhan.meetings.actions import reviews as actions
from hatnhan.meetings.forms.reviews import ReplyForm
from hatnhan.meetings.selectors import review_years as years
from hatnhan.meetings.selectors import reviews, sheet
from hatnhan.meetings.views.frame import SECTION
from hatnhan.meetings.views.reviews import Line
from hatnhan.organization.actions.readings import record_reading
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.meetings.models import ReviewRow

#: How the record of readings names this part of a person's file.
PART = "nhan-xet-tuan"
_YEAR_DIGITS = 4


@never_cache
@require_safe
def mine(request: Request) -> HttpResponse:
    """Lead to one's own year."""
    member_id = powers_of(request.user).member_id
    if member_id is None:
        raise Missing
    return redirect("meetings:review-person", member_id)


@never_cache
@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """Show what the approved reviews of a year say of a person; that another read it is recorded."""
    seen = years.seen(request.user, pk)
    asked = request.GET.get("nam", "")
    known = years.years_of(seen)
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == _YEAR_DIGITS else None
    year = year if year in known else (known[0] if known else clock.today().year)
    if not seen.own:
        unit_id = years.home_of(seen)
        record_reading(by=request.user, at=clock.now(), member=seen.member, unit_id=unit_id, part=PART)
    found = reviews.year_of_person(seen.member, year, clock.today(), seen.units)
    tasks = sheet.tasks_given(request.user, found.rows, clock.today())
    lines = [Line(row, task=tasks.get(row.pk), answers=_answers(request, seen, row)) for row in found.rows]
    context = {
        "section": SECTION,
        "member": seen.member,
        "own": seen.own,
        "year": found,
        "years": known,
        "lines": lines,
        "months": _by_month(lines),
    }
    return render(request, "meetings/reviews/person.html", context)


def _by_month(lines: list[Line]) -> list[tuple[date, list[Line], bool]]:
    """Return each month's first day and lines, the latest first, and whether to show them at once.

    That is the latest month, and any with a line that can still be answered.
    """
    months = [(month, list(group)) for month, group in groupby(lines, key=_month_of)]
    return [
        (month, group, place == 0 or any(line.answers for line in group))
        for place, (month, group) in enumerate(months)
    ]


def _month_of(line: Line) -> date:
    return line.row.meeting.starts_at.astimezone(clock.HERE).date().replace(day=1)


def _answers(request: Request, seen: years.Seen, row: ReviewRow) -> bool:
    """Tell whether an answer may be written now; only the latest rows are still open to it."""
    return row.pk in seen.open_rows and actions.may_reply(request.user, row)


class Reply(Deed):
    """Answer what a review said of one."""

    section = SECTION
    form_class = ReplyForm
    template_name = "meetings/reviews/reply.html"
    verb = gettext_lazy("Lưu trả lời")
    row: ReviewRow

    def prepare(self, **address: Any) -> None:
        self.row = sheet.row_for(self.request.user, address["pk"])
        if not actions.may_reply(self.request.user, self.row):
            raise Missing
        self.own = powers_of(self.request.user).member_id == self.row.subject_id

    def title(self) -> str:
        if self.own:
            return _("Trả lời nhận xét")
        return _("Ghi hộ trả lời của đ/c %(name)s") % {"name": self.row.subject}

    def sentence(self) -> str:
        words = _("Câu trả lời đứng ngay dưới dòng nhận xét tại %(meeting)s, ai đọc dòng ấy đều đọc được.")
        return words % {"meeting": self.row.meeting}

    def crumbs(self) -> list[Crumb]:
        assert self.row.subject_id is not None  # noqa: S101 - may_reply: it concerns somebody
        page = reverse("meetings:review-person", args=[self.row.subject_id])
        year = self.row.meeting.starts_at.astimezone(clock.HERE).year
        return [
            Crumb(_("Sinh hoạt, hội nghị"), reverse(SECTION)),
            Crumb(_("Nhận xét hằng tuần"), f"{page}?nam={year}"),
        ]

    def initial(self) -> dict[str, Any]:
        return {"text": self.row.reply}

    def state(self) -> str:
        return self.row.replied_at.isoformat() if self.row.replied_at else ""

    def extra(self) -> dict[str, Any]:
        return {"row": self.row}

    def act(self, data: dict[str, Any]) -> Done:
        actions.reply_to_row(row=self.row, text=data["text"], **self.signed)
        return Done(_("Đã lưu trả lời."), self.crumbs()[-1].url)
