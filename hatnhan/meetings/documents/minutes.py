"""The minutes: the fields that 42-HD/BTCTW (28/10/2025) asks for, the recorder's signature left, the chair's right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.ballots.models import Ballot
from hatnhan.ballots.selectors.results import result_of
from hatnhan.ballots.wording import verdict
from hatnhan.core import clock
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Table
from hatnhan.meetings.documents.attendance import counted, invited_to
from hatnhan.meetings.documents.common import (
    comrade,
    hour,
    numbered,
    points,
    sheet,
    short_day,
    standing_of,
    task_table,
)
from hatnhan.meetings.models import (
    Addendum,
    AgendaItem,
    Invitee,
    ItemTask,
    Meeting,
    MonthlyResolution,
    RemedyVerdict,
    ReviewRow,
    ScoreSheet,
    SelfCriticism,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from hatnhan.documents.types import Paper
    from hatnhan.meetings.documents.common import Sheet

_REVIEW = (
    Column("Người, vị trí", 1.3),
    Column("Ưu điểm", 1.7),
    Column("Hạn chế", 1.7),
    Column("Cách khắc phục", 1.9),
    Column("Ai làm, hạn", 1.3),
)
_VERDICTS = (Column("Việc khắc phục đã giao", 3), Column("Kết luận", 1.2), Column("Ghi chú", 2))


@document_of("meetings.minutes", title=gettext_lazy("Biên bản"))
def minutes(meeting: Meeting) -> Paper:
    """Draw up the minutes. Of a locked meeting they are the same every time, but for addenda that were added since."""
    on = sheet(meeting)
    until = meeting.locked_at or clock.now()
    addenda = list(Addendum.objects.filter(meeting=meeting))
    head = Section(_("Thời gian, địa điểm, thành phần"), tuple(_circumstances(on)))
    return on.paper(
        title=_("Biên bản"),
        kind="BB",
        sections=numbered(
            [
                head,
                _verdicts(meeting),
                *_items(meeting, until),
                _review(meeting),
                _tasks(meeting),
                _resolution(meeting, until),
                _score(meeting, until),
            ]
        ),
        closing=(*_remarks(meeting), _ending(meeting), *_added(addenda)),
        signatures=on.at_the_table,
        recipients=(on.head.kept,),
        drawn_at=max((one.at for one in addenda), default=meeting.locked_at) if meeting.locked_at else None,
    )


def _circumstances(on: Sheet) -> Iterator[str]:
    meeting, invited = on.meeting, invited_to(on.meeting)
    began = meeting.opened_at or meeting.starts_at
    yield _("Bắt đầu lúc %(began)s, tại %(place)s.") % {"began": hour(began), "place": meeting.place}
    if meeting.ended_at:
        words = _("Kết thúc lúc %(ended)s; thời gian họp %(minutes)d phút.")
        yield words % {"ended": hour(meeting.ended_at), "minutes": meeting.minutes_long}
    table = _("Chủ trì: %(chair)s. Thư ký: %(recorder)s.")
    yield table % {"chair": comrade(on.chair), "recorder": comrade(meeting.recorder)}
    yield counted(invited)
    yield from _absent(invited)
    body = Invitee.Capacity.BODY
    guests = [one for one in invited if one.capacity != body and one.mark == Invitee.Mark.PRESENT]
    if guests:
        names = "; ".join(f"{comrade(one.member)}, {standing_of(one)}" for one in guests)
        yield _("Khách mời dự: %(names)s.") % {"names": names}


def _absent(invited: list[Invitee]) -> Iterator[str]:
    body = [one for one in invited if one.capacity == Invitee.Capacity.BODY]
    excused = [one for one in body if one.mark == Invitee.Mark.EXCUSED]
    if excused:
        names = "; ".join(f"{comrade(one.member)} ({one.reason})" for one in excused)
        yield _("Vắng có lý do: %(names)s.") % {"names": names}
    for mark, words in (
        (Invitee.Mark.UNEXCUSED, _("Vắng không lý do: %(names)s.")),
        (Invitee.Mark.EXEMPT, _("Được miễn sinh hoạt: %(names)s.")),
    ):
        names = "; ".join(comrade(one.member) for one in body if one.mark == mark)
        if names:
            yield words % {"names": names}


# --- what was talked about -------------------------------------------------------------------------------------------
def _items(meeting: Meeting, until: datetime) -> Iterator[Section]:
    rows = AgendaItem.objects.filter(meeting=meeting).select_related("owner")
    kept = rows.prefetch_related("speeches__member", "votes", "ballots__ballot")
    criticism = SelfCriticism.objects.filter(meeting=meeting, saved_at__lte=until).count()
    if kept:
        yield Section(_("Nội dung"))
    for number, item in enumerate(kept, start=1):
        lines = list(_item(item))
        if item.part == AgendaItem.Part.SELF_CRITICISM and criticism:
            words = _("%(count)d đồng chí có bản tự phê bình, lưu riêng.")
            lines.append(words % {"count": criticism})
        yield Section(f"{number}. {item.title}", tuple(lines), level=2)


def _item(item: AgendaItem) -> Iterator[str]:
    if item.owner:
        yield _("Người trình bày: %(name)s.") % {"name": comrade(item.owner)}
    for speech in item.speeches.all():
        yield f"- Đ/c {speech.member.full_name}: {speech.text}"
    for vote in item.votes.all():
        words = _(
            "Biểu quyết: %(question)s. Tán thành %(yes)d, không tán thành %(no)d, ý kiến khác %(other)d."
        )
        yield words % {
            "question": vote.question.rstrip("."),
            "yes": vote.in_favour,
            "no": vote.against,
            "other": vote.other,
        }
    for link in item.ballots.all():
        yield _secret(link.ballot)
    if item.conclusion:
        yield _("Kết luận: %(text)s") % {"text": item.conclusion}
    if item.state == AgendaItem.State.CARRIED:
        yield _("Chưa bàn xong, chuyển kỳ sau.")


def _secret(ballot: Ballot) -> str:
    """Return what a secret ballot came to; the tellers' minutes say the rest."""
    if ballot.state != Ballot.State.CLOSED:
        return _("Bỏ phiếu kín: %(title)s (chưa kiểm phiếu).") % {"title": ballot.title}
    told = " ".join(verdict(result_of(ballot)))
    words = _("Bỏ phiếu kín: %(title)s. %(verdict)s Biên bản kiểm phiếu kèm theo.")
    return words % {"title": ballot.title, "verdict": told}


# --- the weekly review, tasks, score ----------------------------------------------------------------------------------
def _verdicts(meeting: Meeting) -> Section | None:
    rows = RemedyVerdict.objects.filter(meeting=meeting).select_related("task").order_by("pk")
    lines = tuple((row.task.title, str(row.get_verdict_display()), row.note) for row in rows)
    return Section(_("Việc khắc phục của tuần trước"), (), Table(_VERDICTS, lines)) if lines else None


def _review(meeting: Meeting) -> Section | None:
    rows = ReviewRow.objects.filter(meeting=meeting).select_related("subject", "work_post", "remedy_owner")
    lines = tuple(_review_line(row) for row in rows if row.written)
    return Section(_("Nhận xét"), (), Table(_REVIEW, lines)) if lines else None


def _review_line(row: ReviewRow) -> tuple[str, ...]:
    who = row.subject.full_name if row.subject else ""
    title = row.title or (row.work_post.name if row.work_post else "")
    due = short_day(row.remedy_due) if row.remedy_due else ""
    owner = row.remedy_owner.full_name if row.remedy_owner else ""
    named = "\n".join(filter(None, (who, title)))
    return named, row.strengths, row.shortcomings, row.remedy, "\n".join(filter(None, (owner, due)))


def _tasks(meeting: Meeting) -> Section | None:
    rows = ItemTask.objects.filter(item__meeting=meeting).select_related("task__owner", "task__owner_unit")
    table = task_table(list(rows.order_by("item__place", "pk")))
    return Section(_("Phân công thực hiện"), (), table) if table else None


def _resolution(meeting: Meeting, until: datetime) -> Section | None:
    """Return which resolution the month gave, or that its draft was not adopted by the time the minutes were locked."""
    found = MonthlyResolution.objects.filter(meeting=meeting).first()
    if found is None:
        return None
    if found.adopted_at is None or found.adopted_at > until:
        return Section(_("Nghị quyết tháng"), (_("Dự thảo nghị quyết tháng: chưa thông qua."),))
    words = _("Chi bộ thông qua Nghị quyết số %(number)s (văn bản kèm theo).")
    return Section(_("Nghị quyết tháng"), (words % {"number": found.number},))


def _score(meeting: Meeting, until: datetime) -> Section | None:
    """Return what the cell gave itself, so far as it had by the time the minutes were locked."""
    found = ScoreSheet.objects.filter(Q(meeting=meeting), self_at__lte=until).first()
    if found is None:
        return None
    return Section(_("Tự chấm điểm chất lượng sinh hoạt"), (self_scored(found),))


def self_scored(found: ScoreSheet) -> str:
    """Return in one sentence what the cell gave itself, with its remedies."""
    words = _("Chi bộ tự chấm %(points)s/100 điểm, xếp loại %(band)s.")
    sentence = words % {"points": points(found.self_total), "band": found.get_self_band_display()}
    if not found.remedies:
        return sentence
    return _("%(sentence)s Biện pháp khắc phục: %(remedies)s") % {
        "sentence": sentence,
        "remedies": found.remedies,
    }


# --- the end ----------------------------------------------------------------------------------------------------------
def _remarks(meeting: Meeting) -> tuple[str, ...]:
    return (meeting.remarks,) if meeting.remarks else ()


def _ending(meeting: Meeting) -> str:
    if not meeting.ended_at:
        return _("Cuộc họp chưa kết thúc; biên bản này là bản đang ghi.")
    if meeting.state == Meeting.State.CLOSED:
        return _("Cuộc họp kết thúc lúc %(ended)s. Biên bản chưa duyệt.") % {"ended": hour(meeting.ended_at)}
    return _("Cuộc họp kết thúc lúc %(ended)s. Biên bản được thư ký và người chủ trì duyệt.") % {
        "ended": hour(meeting.ended_at)
    }


def _added(addenda: list[Addendum]) -> Iterator[str]:
    for one in addenda:
        words = _("Đính chính (%(name)s ghi lúc %(at)s): %(text)s")
        yield words % {"name": one.by_name, "at": hour(one.at), "text": one.text}
