"""What the other rooms know of a year, laid beside a form; and the lines with which a self-review begins.

It is evidence, not a mark: nothing is added up into a score. What another room shows only to some is told in words here
only to a ``reader`` whom that room would show it; to others, how many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.assignments.models import Task
from hatnhan.core import clock
from hatnhan.core.vietnamese import day as written
from hatnhan.guidance.models import Registration, SessionPlace
from hatnhan.guidance.selectors import directive
from hatnhan.meetings.models import Invitee, ReviewRow
from hatnhan.meetings.selectors import counted, reviews
from hatnhan.oversight.models import Finding
from hatnhan.oversight.selectors import findings, remedy_days
from hatnhan.reviews import permissions
from hatnhan.reviews.models import Answer, Entry, FaultLine, WorkLine
from hatnhan.reviews.review_parts import FaultData, WorkData
from hatnhan.reviews.selectors.law import law_day, law_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.rulebook.topics.reviews import FormField

_WORK_LONG, _PRODUCT_LONG = 300, 500
_STUDIED: dict[str, str] = {SessionPlace.Mark.PRESENT: "done", SessionPlace.Mark.ABSENT: "late"}
_ABSENT = (Invitee.Mark.EXCUSED, Invitee.Mark.UNEXCUSED)


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One line: what, when, where to see it; ``state`` "done", "late", "open" or "" for what has none."""

    words: str
    day: date | None = None
    url: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one room knows of the year: in one sentence, then line by line."""

    title: str
    summary: str
    lines: tuple[EvidenceLine, ...] = ()


def evidence_of(entry: Entry, key: str, *, reader: User | None = None) -> Evidence:
    """Return what is laid beside a field, by a key of `EVIDENCE`; as of today, or the year's end once it is over.

    Three queries at most. Asks no permission of the entry: pages that show it ask theirs. Raises KeyError.
    """
    return _MADE[key](entry, reader)


def suggested_work(entry: Entry) -> list[WorkData]:
    """Return the year's tasks of a person or body as a self-review begins with them; ``said`` from their days.

    What is not done and not due yet says nothing. One query.
    """
    on = day_of(entry)
    return [
        WorkData(
            one.title[:_WORK_LONG], (one.outcome or one.evidence)[:_PRODUCT_LONG], _outcome(one, on), one
        )
        for one in tasks_of(entry)
    ]


def suggested_faults(entry: Entry) -> list[FaultData]:
    """Return the shortcomings noted before: what last year's review named, what checks of this year concluded.

    Four queries at most.
    """
    found = []
    last = last_entry(entry)
    if last is not None:
        noted = _("Bản kiểm điểm năm %(year)d") % {"year": last.cycle.year}
        named = Answer.objects.filter(review__entry=last, field__in=_fault_fields(last)).exclude(text="")
        found += [FaultData(noted, one.text) for one in named.order_by("pk")]
        found += [
            FaultData(one.noted[:200], one.text)
            for one in FaultLine.objects.filter(entry=last)
            if (one.agreed or one.said) != FaultLine.Fixed.FIXED
        ]
    on = day_of(entry)
    return found + [_concluded(one, on) for one in _findings(entry).filter(kind=Finding.Kind.SHORTCOMING)]


def day_of(entry: Entry) -> date:
    """Return the day on which the year is looked at: today, or its last day once it is over."""
    return min(law_day(entry.cycle.year), clock.today())


def tasks_of(entry: Entry) -> QuerySet[Task]:
    """Return the tasks of an entry with their last day in the year, but for those dropped."""
    rows = Task.objects.filter(due__year=entry.cycle.year).exclude(state=Task.State.WITHDRAWN)
    if entry.member_id is not None:
        rows = rows.filter(Q(owner_id=entry.member_id) | Q(helpers__member_id=entry.member_id)).distinct()
    else:
        rows = rows.filter(owner_unit_id=entry.unit_id)
        rows = rows.filter(owner_body=entry.body) if entry.body else rows
    return rows.order_by("due", "pk")


def last_entry(entry: Entry) -> Entry | None:
    """Return the entry of the same person, collective or organisation in the year before. One query."""
    rows = Entry.objects.filter(of=entry.of, cycle__year=entry.cycle.year - 1).select_related("cycle", "unit")
    if entry.member_id is not None:
        return rows.filter(member_id=entry.member_id).order_by("-pk").first()
    return rows.filter(unit_id=entry.unit_id, body=entry.body).order_by("-pk").first()


def _outcome(task: Task, on: date) -> str:
    if task.done_on is not None and task.done_on <= on:
        return WorkLine.Outcome.ON_TIME if task.done_on <= task.due else WorkLine.Outcome.LATE
    return WorkLine.Outcome.NOT_DONE if task.due < on else ""


# --- room by room ----------------------------------------------------------------------------------------------------
def _nothing(_entry: Entry, _reader: User | None) -> Evidence:
    return Evidence("", "")


def _tasks(entry: Entry, _reader: User | None) -> Evidence:
    on, title = day_of(entry), _("Việc được giao trong năm")
    lines = tuple(_task_line(one, on) for one in tasks_of(entry))
    if not lines:
        return Evidence(title, _("Sổ nhiệm vụ không có việc nào hạn trong năm."))
    states = [one.state for one in lines]
    words = _("%(given)d việc có hạn trong năm: %(done)d xong đúng hạn, %(late)d chậm hoặc quá hạn.")
    numbers = {"given": len(lines), "done": states.count("done"), "late": states.count("late")}
    return Evidence(title, words % numbers, lines)


def _task_line(task: Task, on: date) -> EvidenceLine:
    outcome = _outcome(task, on)
    state = {WorkLine.Outcome.ON_TIME: "done", "": "open"}.get(outcome, "late")
    return EvidenceLine(task.title, task.due, reverse("assignments:task", args=[task.pk]), state)


def _meetings(entry: Entry, _reader: User | None) -> Evidence:
    title = _("Dự sinh hoạt")
    if entry.member_id is None:
        return Evidence(title, _("Chỉ tính với từng đảng viên."))
    year = entry.cycle.year
    first, end = clock.at(date(year, 1, 1), 0), clock.at(date(year + 1, 1, 1), 0)
    rows = Invitee.objects.filter(
        member_id=entry.member_id, capacity=Invitee.Capacity.BODY, meeting__state__in=counted.HELD,
        meeting__starts_at__gte=first, meeting__starts_at__lt=end,
    )  # fmt: skip
    found = [one for one in rows.select_related("meeting").order_by("meeting__starts_at") if one.mark]
    owed = [one for one in found if one.mark != Invitee.Mark.EXEMPT]
    there = sum(one.mark == Invitee.Mark.PRESENT for one in owed)
    words = _(
        "Có mặt %(there)d/%(owed)d cuộc họp phải dự; vắng có lý do %(excused)d, không lý do %(unexcused)d."
    )
    numbers = {
        "there": there,
        "owed": len(owed),
        "excused": sum(one.mark == Invitee.Mark.EXCUSED for one in owed),
        "unexcused": sum(one.mark == Invitee.Mark.UNEXCUSED for one in owed),
    }
    lines = tuple(_absence(one) for one in owed if one.mark in _ABSENT)
    return Evidence(title, words % numbers if owed else _("Chưa có cuộc họp nào đã điểm danh."), lines)


def _absence(one: Invitee) -> EvidenceLine:
    words = f"{one.meeting.title}: {one.get_mark_display().lower()}"
    day = one.meeting.starts_at.astimezone(clock.HERE).date()
    state = "late" if one.mark == Invitee.Mark.UNEXCUSED else "open"
    return EvidenceLine(words, day, reverse("meetings:meeting", args=[one.meeting_id]), state)


def _study(entry: Entry, _reader: User | None) -> Evidence:
    title = _("Học tập nghị quyết, chỉ thị")
    if entry.member_id is None:
        return Evidence(title, _("Chỉ tính với từng đảng viên."))
    rows = SessionPlace.objects.filter(member_id=entry.member_id, session__state="held")
    rows = rows.filter(session__starts_at__year=entry.cycle.year).exclude(mark="")
    found = list(rows.select_related("session__document").order_by("session__starts_at", "pk"))
    done = sum(one.mark == SessionPlace.Mark.PRESENT for one in found)
    lines = tuple(
        EvidenceLine(
            f"{one.session.document}: {one.get_mark_display().lower()}",
            one.session.starts_at.astimezone(clock.HERE).date(),
            reverse("guidance:session", args=[one.session_id]),
            _STUDIED.get(one.mark, "open"),
        )
        for one in found
    )
    words = _("Đã học %(done)d/%(all)d đợt học trong năm.") % {"done": done, "all": len(found)}
    return Evidence(title, words if found else _("Chưa có đợt học nào trong năm."), lines)


def _directive(entry: Entry, reader: User | None) -> Evidence:
    title = _("Đăng ký học tập và làm theo Bác")
    year = entry.cycle.year
    member = entry.member
    found = directive.year_of_person(member, year) if member else _registered_by(entry)
    if found is None:
        return Evidence(title, _("Chưa đăng ký năm %(year)d.") % {"year": year})
    told = [_("Đã đăng ký.")]
    if found.progress_at:
        told.append(_("Đã ghi kết quả giữa năm."))
    told.append(_("Đã tự đánh giá cuối năm.") if found.assessed_at else _("Chưa tự đánh giá cuối năm."))
    url = reverse("guidance:registration", args=[found.pk])
    texts = (found.assessment, found.progress, found.comment) if _shown_to(reader, entry) else ()
    lines = tuple(EvidenceLine(text, url=url) for text in texts if text)
    return Evidence(title, " ".join(told), lines or (EvidenceLine(_("Xem bản đăng ký"), url=url),))


def _registered_by(entry: Entry) -> Registration | None:
    found = directive.registration_of(entry.cycle.year, None, entry.unit)
    return found if found is not None and found.state in directive.STANDING else None


def _remedies(entry: Entry, reader: User | None) -> Evidence:
    on, title = day_of(entry), _("Kết luận, khắc phục")
    rows = list(_findings(entry).exclude(kind=Finding.Kind.STRENGTH))
    if not rows:
        return Evidence(title, _("Không có kết luận kiểm tra, giám sát nào trong năm nêu khuyết điểm."))
    put_right = sum(_fixed(one, on) for one in rows)
    words = _("%(found)d khuyết điểm được kết luận trong năm, %(fixed)d đã xác nhận khắc phục xong.")
    summary = words % {"found": len(rows), "fixed": put_right}
    if reader is None:
        return Evidence(title, summary)
    shown = set(
        findings.findings_for(reader).filter(pk__in=[one.pk for one in rows]).values_list("pk", flat=True)
    )
    lines = tuple(
        EvidenceLine(one.text, one.of_check.concluded_on, state="done" if _fixed(one, on) else "open")
        for one in rows
        if one.pk in shown
    )
    return Evidence(title, summary, lines)


def _weekly(entry: Entry, reader: User | None) -> Evidence:
    title = _("Nhận xét hằng tuần")
    if entry.member is None:
        return Evidence(title, _("Chỉ có với từng người."))
    year = reviews.year_of_person(entry.member, entry.cycle.year, day_of(entry))
    if not year.rows:
        return Evidence(title, _("Không có nhận xét nào trong năm."))
    words = _("%(rows)d nhận xét; %(given)d việc khắc phục, %(done)d xong đúng hạn, %(late)d quá hạn.")
    numbers = {
        "rows": len(year.rows),
        "given": year.ends.given,
        "done": year.ends.on_time,
        "late": year.ends.late + year.ends.after,
    }
    return Evidence(
        title, words % numbers, tuple(_row_line(one) for one in _seen_rows(entry, reader, year.rows))
    )


def _seen_rows(entry: Entry, reader: User | None, rows: list[ReviewRow]) -> list[ReviewRow]:
    if reader is None:
        return []
    if permissions.is_own(reader, entry):
        return rows
    seen = ReviewRow.objects.visible_to(reader).filter(pk__in=[one.pk for one in rows])
    shown = set(seen.values_list("pk", flat=True))
    return [one for one in rows if one.pk in shown]


def _row_line(row: ReviewRow) -> EvidenceLine:
    said = "; ".join(one for one in (row.strengths, row.shortcomings, row.remedy) if one)
    return EvidenceLine(said, row.meeting.starts_at.astimezone(clock.HERE).date())


def _last_year(entry: Entry, reader: User | None) -> Evidence:
    year = entry.cycle.year - 1
    title = _("Bản kiểm điểm năm %(year)d") % {"year": year}
    last = last_entry(entry)
    if last is None or not hasattr(last, "self_review"):
        return Evidence(title, _("Không có bản kiểm điểm năm %(year)d trong phần mềm.") % {"year": year})
    url = reverse("reviews:review", args=[last.pk])
    law = law_of(last.cycle)
    grade = law.grade_name(last.grade, organisation=last.of == Entry.Of.ORGANISATION)
    summary = _("Xếp loại: %(grade)s.") % {"grade": grade} if grade else _("Chưa có quyết định xếp loại.")
    if not _shown_to(reader, last):
        return Evidence(title, summary)
    labels = {one.key: one.label for one in _fields(last)}
    rows = Answer.objects.filter(review__entry=last).exclude(text="").order_by("pk")
    lines = tuple(EvidenceLine(f"{labels.get(one.field, '')}: {one.text}", url=url) for one in rows)
    return Evidence(title, summary, lines)


# --- helpers ---------------------------------------------------------------------------------------------------------
def _shown_to(reader: User | None, entry: Entry) -> bool:
    return reader is not None and permissions.reads_texts(reader, entry)


def _findings(entry: Entry) -> QuerySet[Finding]:
    year = entry.cycle.year
    rows = findings.of_member(entry.member, year) if entry.member else findings.of_unit(entry.unit, year)
    return rows.order_by("of_check__concluded_on", "pk")


def _fixed(finding: Finding, on: date) -> bool:
    remedy = getattr(finding, "remedy", None)
    return remedy is not None and remedy_days.state_on(remedy, on) == "verified"


def _concluded(finding: Finding, on: date) -> FaultData:
    day = finding.of_check.concluded_on
    assert day is not None  # noqa: S101 - only what was concluded is asked
    noted = _("Kết luận kiểm tra, giám sát ngày %(day)s") % {"day": written(day)}
    fixed = _fixed(finding, on)
    how = finding.remedy.result if fixed else ""
    return FaultData(noted, finding.text, FaultLine.Fixed.FIXED if fixed else FaultLine.Fixed.DOING, how)


def _fields(entry: Entry) -> tuple[FormField, ...]:
    forms = law_of(entry.cycle).forms.value
    form = forms.of(entry.subject)
    return forms.fields_of(form) if form else ()


def _fault_fields(entry: Entry) -> list[str]:
    """Return the keys of the fields of a form in which shortcomings are named."""
    return [one.key for one in _fields(entry) if one.key in _FAULT_KEYS]


_FAULT_KEYS = frozenset({"limits"})
_MADE: Mapping[str, Callable[[Entry, User | None], Evidence]] = {
    "": _nothing,
    "tasks": _tasks,
    "meetings": _meetings,
    "study": _study,
    "directive": _directive,
    "remedies": _remedies,
    "weekly": _weekly,
    "last_year": _last_year,
}
