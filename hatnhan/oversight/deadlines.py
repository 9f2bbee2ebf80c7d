"""What is due in oversight. Units' lists name nobody: no member looked at, nothing of discipline or denunciations.

What concerns a member as subject, team, observer or handler waits for that member in person. Each source takes the same
few queries whatever the size.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.vietnamese import day as written
from hatnhan.deadlines.registry import personal, source
from hatnhan.deadlines.types import Deadline
from hatnhan.organization.models import Body
from hatnhan.organization.selectors.law import laws_at
from hatnhan.oversight.models import Check, Complaint, Kind
from hatnhan.oversight.selectors import deciding_bodies, pending, unopened
from hatnhan.rulebook.topics.oversight import OversightTerms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hatnhan.organization.models import Unit
    from hatnhan.oversight.models import Case, Programme, ProgrammeItem, Step, Subject

_ONE_DAY = timedelta(days=1)
#: So many units a title names.
_FEW = 2


def _of(  # noqa: PLR0913 - what a deadline says, in one place
    key: str, unit: Unit, due: date, *, title: str, url: str, action: str, detail: str = ""
) -> Deadline:
    return Deadline(
        key=f"oversight.{key}",
        due=due,
        title=title,
        detail=detail,
        unit_id=unit.pk,
        unit_name=unit.name,
        url=url,
        action=action,
    )


def _called(check: Check) -> str:
    """Return a check without naming whom it looks at: its kind and the number of its decision."""
    return _("%(kind)s, Quyết định số %(number)s") % {
        "kind": check.get_kind_display(),
        "number": check.decision_no,
    }


def _about(check: Check) -> str:
    """Return at whom a check looks, for titles: units by name; of members and letters the decision alone."""
    units = [one.unit.name for one in check.subjects.all() if one.unit is not None]
    if not units or check.kind == Kind.DENUNCIATION:
        return _("Quyết định số %(number)s") % {"number": check.decision_no}
    if len(units) > _FEW:
        return _("%(count)d tổ chức đảng") % {"count": len(units)}
    return ", ".join(units)


def _opened(case: Case) -> str:
    return _("Vụ việc kỷ luật mở ngày %(day)s.") % {"day": written(case.opened_on)}


# --- programmes ------------------------------------------------------------------------------------------------------
@source("oversight.programme", title=gettext_lazy("Chương trình kiểm tra, giám sát"))
def programmes(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the programmes to issue: those being written, and those that bodies with one last year have not begun."""
    drafts = list(pending.drafts(unit_ids, on))
    years = [year for year in (on.year, on.year + 1) if date(year, 1, 1) <= until]
    missing = [(one, year) for year in years for one in pending.without_programme(unit_ids, year)]
    asked = [(one, one.year) for one in drafts] + missing
    if not asked:
        return
    rules = {
        year: laws_at(OversightTerms, date(year, 1, 1), {one.unit_id for one, _year in asked})
        for year in {year for _one, year in asked}
    }
    for one, year in asked:
        terms = rules[year](one.unit_id).value
        due = date(year, terms.approve_month, terms.approve_day)
        if due <= until:
            yield _of_programme(one, year, due)


def _of_programme(one: Programme, year: int, due: date) -> Deadline:
    drafted = one.year == year
    # The programme of all members of a cell is the cell's, in everybody's words.
    about = {"year": year, "body": one.unit.name if one.body == Body.MEMBERS else one.get_body_display()}
    address = reverse("oversight:programme", args=[one.pk]) if drafted else reverse("oversight:programmes")
    asked = {"don_vi": one.unit.code} | ({} if drafted else {"nam": str(year)})
    return _of(
        f"programme:{one.unit_id}:{one.body}:{year}",
        one.unit,
        due,
        title=_("Ban hành Chương trình kiểm tra, giám sát năm %(year)d") % about,
        detail=str(about["body"]) + (_(": đang soạn.") if drafted else _(": chưa soạn.")),
        url=f"{address}?{urlencode(asked)}",
        action=_("Xem và ban hành") if drafted else _("Soạn chương trình"),
    )


# --- checks, for who leads the unit ----------------------------------------------------------------------------------
@source("oversight.check", title=gettext_lazy("Cuộc kiểm tra, giám sát chờ kết luận"))
def checks(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the checks to conclude. A query, and two for its subjects."""
    for one in pending.to_conclude(unit_ids, on, until):
        yield _to_conclude(one, "check")


def _to_conclude(one: Check, key: str) -> Deadline:
    return _of(
        f"{key}:{one.pk}",
        one.unit,
        one.ends_by,
        title=_("Kết luận: %(about)s") % {"about": _about(one)},
        detail=f"{_called(one)}." + (" " + _("Hạn đã gia hạn.") if one.extended_because else ""),
        url=reverse("oversight:check", args=[one.pk]),
        action=_("Mở cuộc kiểm tra"),
    )


@source("oversight.step", title=gettext_lazy("Bước tiếp theo của cuộc kiểm tra, giám sát"))
def steps(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield of each check the step that comes next. A query, and two for its subjects."""
    for one in pending.check_steps(unit_ids, on, until):
        yield _step_of(one, one.dossier.of_check, "step")


def _step_of(one: Step, check: Check, key: str) -> Deadline:
    return _of(
        f"{key}:{one.pk}",
        check.unit,
        one.due or check.ends_by,
        title=f"{one.title}: {_about(check)}",
        detail=f"{_called(check)}.",
        url=reverse("oversight:check", args=[check.pk]),
        action=_("Làm bước này"),
    )


@source("oversight.item", title=gettext_lazy("Cuộc trong chương trình chưa mở"))
def to_open(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the planned works that are to begin by now and that nobody has opened. Three queries at most."""
    for one in unopened.to_open(unit_ids, on):
        if one.ends_on <= until:
            yield _to_open(one)


def _to_open(one: ProgrammeItem) -> Deadline:
    regular = one.kind == Kind.REGULAR
    units = [subject.unit.name for subject in one.subjects.all() if subject.unit is not None]
    words = [one.get_kind_display(), *(units if len(units) <= _FEW else [])]
    title = _("Phân công theo chương trình: %(work)s") if regular else _("Mở theo chương trình: %(work)s")
    return _of(
        f"item:{one.pk}",
        one.programme.unit,
        one.ends_on,
        title=title % {"work": ", ".join(words)},
        detail=_("%(content)s. Làm từ %(day)s.") % {"content": one.content, "day": written(one.starts_on)},
        url=reverse("oversight:programme", args=[one.programme_id]) + f"#cuoc-{one.pk}",
        action=_("Mở chương trình"),
    )


@source("oversight.self_report", title=gettext_lazy("Báo cáo tự kiểm tra"))
def unit_reports(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the reports that units owe on themselves. Three queries at most."""
    for one, due in pending.to_report(on, until, unit__in=unit_ids):
        if one.unit is not None:
            yield _report(one, one.unit, due, "self_report")


def _report(one: Subject, unit: Unit, due: date, key: str) -> Deadline:
    return _of(
        f"{key}:{one.pk}",
        unit,
        due,
        title=_("Nộp báo cáo tự kiểm tra"),
        detail=f"{_called(one.of_check)}.",
        # Leads its subject on to the own page; whoever else sees the deadline reads the check.
        url=reverse("oversight:check", args=[one.of_check_id]),
        action=_("Viết báo cáo"),
    )


@source("oversight.comply", title=gettext_lazy("Chấp hành kết luận kiểm tra, giám sát"))
def to_comply(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the conclusions that are still to be complied with. A query, and two for its subjects."""
    for one in pending.to_comply(on, until, unit__in=unit_ids).exclude(kind="denunciation"):
        yield _comply(one, "comply")


def _comply(one: Check, key: str) -> Deadline:
    return _of(
        f"{key}:{one.pk}",
        one.unit,
        one.comply_by or one.ends_by,
        title=_("Theo dõi chấp hành kết luận: %(about)s") % {"about": _about(one)},
        detail=f"{_called(one)}.",
        url=reverse("oversight:check", args=[one.pk]),
        action=_("Xem khắc phục"),
    )


@source("oversight.note", title=gettext_lazy("Ghi nhận giám sát chờ trả lời"))
def unit_notes(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the notes on units' work that their heads can still answer. One query."""
    for one in pending.notes(on, watch__of_unit__in=unit_ids):
        unit = one.watch.of_unit
        if unit is not None and one.expires_on - _ONE_DAY <= until:
            yield _note(one.pk, unit, one.expires_on - _ONE_DAY, "note")


def _note(pk: int, unit: Unit, due: date, key: str) -> Deadline:
    return _of(
        f"{key}:{pk}",
        unit,
        due,
        title=_("Trả lời ghi nhận giám sát"),
        detail=_("Sau ngày này, ghi nhận không được trả lời, không được xác nhận thì hết hiệu lực."),
        url=reverse("oversight:note-answer", args=[pk]),
        action=_("Trả lời"),
    )


# --- one person's part: the subject ----------------------------------------------------------------------------------
@personal("oversight.own_report", title=gettext_lazy("Báo cáo tự kiểm tra của tôi"))
def own_reports(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the reports that a member owes on self. Three queries at most."""
    for one, due in pending.to_report(on, until, member_id=member_id):
        yield _report(one, one.of_check.unit, due, "own_report")


@personal("oversight.own_note", title=gettext_lazy("Ghi nhận giám sát chờ tôi trả lời"))
def own_notes(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the notes on a member's own work that can still be answered. One query."""
    for one in pending.notes(on, watch__of_member_id=member_id):
        if one.expires_on - _ONE_DAY <= until:
            yield _note(one.pk, one.watch.unit, one.expires_on - _ONE_DAY, "own_note")


@personal("oversight.own_case", title=gettext_lazy("Kỷ luật: phần của tôi"))
def own_cases(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the review of self that a member owes, and the last day to complain. Three queries, and the law's."""
    found = list(pending.own_cases(member_id, on))
    dues = pending.due_of([one.dossier for one in found], "self_review") if found else {}
    for one in found:
        due = dues.get(one.dossier_id)
        if due is not None and due <= until:
            yield _of(
                f"own_case:{one.pk}:self_review",
                one.unit,
                due,
                title=_("Nộp bản tự kiểm điểm"),
                url=reverse("oversight:my-case", args=[one.pk]),
                action=_("Mở phần của tôi"),
            )
    for decision in pending.to_complain(member_id, on, until):
        yield _of(
            f"own_case:{decision.case_id}:complain",
            decision.unit,
            decision.complain_by or decision.signed_on,
            title=_("Ngày cuối để khiếu nại quyết định kỷ luật, nếu không đồng ý"),
            url=reverse("oversight:my-case", args=[decision.case_id]),
            action=_("Xem quyền của tôi"),
        )


# --- one person's part: team, observer -------------------------------------------------------------------------------
@personal("oversight.own_step", title=gettext_lazy("Bước tôi phải làm trong đoàn"))
def own_steps(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the open steps of the checks in whose team a member is. A query, and two for its subjects."""
    for one in pending.own_check_steps(member_id, on, until):
        yield _step_of(one, one.dossier.of_check, "own_step")


@personal("oversight.own_check", title=gettext_lazy("Cuộc tôi làm trưởng đoàn"))
def own_checks(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the checks to conclude whose team a member heads. A query, and two for its subjects."""
    for one in pending.headed(member_id, on, until):
        yield _to_conclude(one, "own_check")


@personal("oversight.own_verify", title=gettext_lazy("Khắc phục chờ tôi xác nhận"))
def to_verify(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the remedies that a member has to look at. A query, and two for its subjects."""
    for one in pending.to_verify(member_id, on):
        due = max(one.due, one.reported_on or one.due)
        if due <= until:
            check = one.finding.of_check
            yield _of(
                f"own_verify:{one.pk}",
                check.unit,
                due,
                title=_("Xác nhận khắc phục: %(about)s") % {"about": _about(check)},
                detail=f"{_called(check)}.",
                url=reverse("oversight:remedy-verify", args=[one.pk]),
                action=_("Xem và xác nhận"),
            )


@personal("oversight.own_comply", title=gettext_lazy("Kết luận tôi theo dõi chấp hành"))
def own_comply(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the conclusions whose compliance a member follows. A query, and two for its subjects."""
    for one in pending.to_comply(on, until, follower_id=member_id):
        yield _comply(one, "own_comply")


@personal("oversight.own_watch", title=gettext_lazy("Giám sát thường xuyên tôi phải kết thúc"))
def own_watches(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the supervision that a member has to bring to an end. One query."""
    for one in pending.watches(member_id, on, until + _ONE_DAY):
        watched = one.of_unit or one.of_member
        yield _of(
            f"own_watch:{one.pk}",
            one.unit,
            one.end - _ONE_DAY,
            title=_("Kết thúc giám sát thường xuyên: %(who)s") % {"who": watched},
            url=reverse("oversight:watch", args=[one.pk]),
            action=_("Ghi nhận xét chung"),
        )


# --- one person's part: discipline and denunciations, told to who handles them alone ---------------------------------
@personal("oversight.own_handled", title=gettext_lazy("Vụ việc tôi thụ lý"))
def handled(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield what is due in the cases that a member has in hand. Six queries at most, and the law's."""
    for step in pending.own_case_steps(member_id, on, until):
        case = step.dossier.case
        yield _of_case(f"step:{step.pk}", case, step.due or case.opened_on, step.title, _("Mở vụ việc"))
    for one in pending.to_write(member_id, on):
        if one.due <= until:
            title = _("Trao quyết định kỷ luật") if one.decision else _("Ra quyết định kỷ luật bằng văn bản")
            kind = "hand" if one.decision else "write"
            yield _of_case(f"{kind}:{one.case.pk}", one.case, one.due, title, _("Mở vụ việc"))
    for case in pending.postponed(member_id, on, until):
        title = _("Hết thời gian chưa xem xét kỷ luật")
        yield _of_case(f"postponed:{case.pk}", case, case.postponed_until or on, title, _("Xem lại vụ việc"))


@personal(
    "oversight.own_decide", title=gettext_lazy("Vụ việc chờ tập thể tôi đứng đầu bỏ phiếu, ra quyết định")
)
def to_decide(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the cases that wait for the vote or the decision of a body that a member heads. Seven queries at most."""
    for one in deciding_bodies.to_decide(member_id, on):
        if one.due <= until:
            voted = one.case.state == "formed"
            yield _of(
                f"own_decide:{one.case.pk}",
                one.case.unit,
                one.due,
                title=_("Ra quyết định kỷ luật bằng văn bản")
                if voted
                else _("Họp xem xét, bỏ phiếu kín về vụ việc kỷ luật"),
                detail=_opened(one.case),
                url=reverse("oversight:case", args=[one.case.pk]),
                action=_("Xem vụ việc"),
            )


def _of_case(key: str, case: Case, due: date, title: str, action: str) -> Deadline:
    url = reverse("oversight:case", args=[case.pk])
    return _of(
        f"own_handled:{key}", case.unit, due, title=title, detail=_opened(case), url=url, action=action
    )


@personal("oversight.own_complaint", title=gettext_lazy("Khiếu nại tôi giải quyết"))
def complaints(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the complaints that a member has to settle, or to take up. One query."""
    for one in pending.complaints(member_id, on):
        new = one.state == Complaint.State.RECEIVED
        due = max(one.received_on, on) if new or one.due is None else one.due
        if due <= until:
            yield _of(
                f"own_complaint:{one.pk}",
                one.unit,
                due,
                title=_("Thụ lý khiếu nại kỷ luật") if new else _("Giải quyết khiếu nại kỷ luật"),
                detail=_("Nhận ngày %(day)s.") % {"day": written(one.received_on)},
                url=reverse("oversight:complaint", args=[one.pk]),
                action=_("Mở khiếu nại"),
            )


@personal("oversight.own_restoration", title=gettext_lazy("Xin lỗi, phục hồi tôi phải làm"))
def restorations(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield what is to be put right in the matters that a member has in hand. One query."""
    for one in pending.restorations(member_id, on, until):
        of = one.decision or one.denunciation
        if of is not None:
            yield _of(
                f"own_restoration:{one.pk}",
                of.unit,
                one.due,
                title=str(one.get_kind_display()),
                url=reverse("oversight:restoration-done", args=[one.pk]),
                action=_("Ghi đã làm"),
            )


@personal("oversight.own_denunciation", title=gettext_lazy("Đơn tôi giải quyết"))
def denunciations(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the denunciations whose writer a handler has to tell what became of them. One query."""
    for one in pending.to_answer(member_id, on, until):
        yield _of(
            f"own_denunciation:{one.pk}",
            one.unit,
            one.answer_due,
            title=_("Báo kết quả xử lý: %(number)s") % {"number": one},
            url=reverse("oversight:denunciation", args=[one.pk]),
            action=_("Mở đơn"),
        )
