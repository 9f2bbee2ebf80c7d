"""Preparing one meeting: when, where, what about, who comes, with which papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hatnhan.core import clock
from hatnhan.meetings import permissions
from hatnhan.meetings.actions.agenda import OPEN_TO_CHANGE
from hatnhan.meetings.actions.papers import may_hand_in
from hatnhan.meetings.actions.planning import AHEAD
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import home, planning
from hatnhan.meetings.selectors.monthly import themes_of
from hatnhan.meetings.standing import standing_of
from hatnhan.meetings.steps import ballot_url, next_step
from hatnhan.meetings.views.frame import frame
from hatnhan.organization.actions.checks import day_of

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from hatnhan.accounts.models import User
    from hatnhan.core.http import Request
    from hatnhan.meetings.models import AgendaItem, Meeting, Paper
    from hatnhan.rulebook.topics.meetings import CellMeeting


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item as the page shows it: its papers, each with whether it came too late, and what may be done."""

    item: AgendaItem
    papers: list[tuple[Paper, bool]]
    ballots: list[tuple[str, str]]
    may_upload: bool
    first: bool
    last: bool


def meeting(request: Request, pk: int) -> HttpResponse:
    """Show what is prepared for a meeting, what is missing, and the next step."""
    context = frame(request, pk, "meeting")
    one: Meeting = context["meeting"]
    items = planning.agenda_of(one)
    law = home.law(one.unit, day_of(one.starts_at))
    papers_due = day_of(one.starts_at) - timedelta(days=law.value.papers_days_before)
    edits = one.state in OPEN_TO_CHANGE and permissions.allowed(request.user, Action.AGENDA, one)
    people = planning.capacities(one)
    total = sum(item.minutes_planned for item in items)
    # What came onto it from elsewhere, such as a roll-out, is not yet an agenda: the template still goes around it.
    own = sum(not item.matter for item in items)
    step = next_step(request.user, one, request.as_of, items=own, scored=hasattr(one, "score"))
    leads = permissions.leads(request.user, one.unit_id)
    context |= {
        "step": step,
        # A meeting of today is opened next, yet people may still be asked to it.
        "offers_invite": leads
        and one.state == one.State.DRAFT
        and one.starts_at >= clock.now()
        and not (step and step.name == "invite"),
        # Where it is what comes next, it is not offered twice.
        "offers_template": not own and not (step and step.name == "agenda-template"),
        "standing": standing_of(one, request.as_of, law.value.minutes_days_after),
        "parts": _parts(request.user, one, items, papers_due),
        "total_minutes": total,
        "law": law,
        "papers_due": papers_due,
        "least_minutes": _least(one, law.value),
        "people": people,
        "invited_total": sum(count for _label, count in people),
        "edits": edits,
        "changes": one.state in AHEAD and leads,
        "backlog_total": planning.backlog_of(one.series_id).count() if edits and one.series_id else 0,
        "missing": _missing(one, items, total, law.value) if one.state in AHEAD else [],
    }
    return render(request, "meetings/meeting.html", context)


def _parts(
    user: User, one: Meeting, items: list[AgendaItem], papers_due: date
) -> list[tuple[str, list[ItemLine]]]:
    open_to_change = one.state in OPEN_TO_CHANGE
    parts = []
    for part, group in groupby(items, key=lambda item: str(item.get_part_display())):
        rows = list(group)
        for item in rows:
            item.meeting = one
        lines = [
            ItemLine(
                item=item,
                papers=[(paper, day_of(paper.uploaded_at) > papers_due) for paper in item.papers.all()],
                ballots=[(str(kept.ballot), ballot_url(kept.ballot_id)) for kept in item.ballots.all()],
                may_upload=open_to_change and may_hand_in(user, item),
                first=item is rows[0],
                last=item is rows[-1],
            )
            for item in rows
        ]
        parts.append((part, lines))
    return parts


def _least(one: Meeting, law: CellMeeting) -> int:
    """Return how many minutes a cell's meeting has to last; 0 for other meetings."""
    if one.kind != "cell_monthly":
        return 0
    return law.least_minutes_with_theme if one.theme else law.least_minutes


def _missing(one: Meeting, items: list[AgendaItem], total: int, law: CellMeeting) -> list[str]:
    """Return in words what is still missing before the meeting."""
    found = []
    least = _least(one, law)
    if not items and one.kind != "weekly_review":
        found.append(_("Chưa có chương trình."))
    elif least > total:
        words = _("Chương trình mới %(total)d phút, cần ít nhất %(least)d phút.")
        found.append(words % {"total": total, "least": least})
    if one.state == one.State.DRAFT:
        found.append(_("Chưa mời họp."))
    else:
        found += [_("Chưa cử chủ trì.")] * (one.chair_id is None)
        found += [_("Chưa cử thư ký.")] * (one.recorder_id is None)
    if one.kind == "cell_monthly" and not one.theme and _closes_quarter(one):
        themes = themes_of(one.unit, day_of(one.starts_at))
        found += [_("Quý này chưa có chuyên đề.")] * (not themes.enough)
    bare = sum(item.owner_id is not None and not item.papers.all() for item in items)
    if bare:
        words = ngettext(
            "%(count)d nội dung có người trình bày chưa gửi tài liệu.",
            "%(count)d nội dung có người trình bày chưa gửi tài liệu.",
            bare,
        )
        found.append(words % {"count": bare})
    return found


def _closes_quarter(one: Meeting) -> bool:
    """Tell whether a meeting is in the last month of a quarter, after which a theme is missed."""
    return day_of(one.starts_at).month % 3 == 0
