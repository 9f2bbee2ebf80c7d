"""What a subject of discipline is entitled to, one by one: each with its day, or "chưa"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.vietnamese import day as written
from hatnhan.organization.selectors.bodies import body_words
from hatnhan.organization.selectors.law import law_at
from hatnhan.oversight.models import Case, Restoration
from hatnhan.oversight.selectors.case_facts import FORM, WHETHER
from hatnhan.oversight.selectors.cases import decision_of
from hatnhan.oversight.selectors.law import form_title
from hatnhan.oversight.words_terms import span
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics.oversight import Complaints

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.oversight.models import Complaint, Decision
    from hatnhan.oversight.selectors.case_facts import Standing
    from hatnhan.oversight.selectors.limitation import CaseLimitation
    from hatnhan.oversight.selectors.votes import Whole
    from hatnhan.rulebook.types import Rule

TELL = "tell"


@dataclass(frozen=True, slots=True)
class Guarantee:
    """One of them.

    ``kept`` is None where it does not apply (yet), False where it waits; ``page`` is where it is written, and ``verb``
    says so where that can be done now.
    """

    title: str
    kept: bool | None
    on: date | None = None
    words: str = ""
    page: str = ""
    verb: str = ""


def guarantees(case: Case, standing: Standing, limits: CaseLimitation | None = None) -> list[Guarantee]:
    """Return what the subject of a case is entitled to, in order of the days. Four queries at most.

    The limitation is told where ``limits`` are given.
    """
    return [
        *([_in_time(limits)] if limits else []),
        _told(case),
        _reviewed(case),
        _heard(case, standing),
        _aside(case),
        _whether(case, standing),
        _form(case, standing),
        _written(case),
        _complaint(case),
        _ended(case),
        _restored(case),
    ]


def _in_time(limits: CaseLimitation) -> Guarantee:
    title = _("Chỉ bị kỷ luật khi còn thời hiệu")
    over = [one.title.lower() for one in limits.rows if one.lapsed]
    if over:
        words = _("đã hết thời hiệu: %(forms)s") % {"forms": ", ".join(over)}
    elif limits.next_day:
        words = _("còn thời hiệu, sớm nhất hết ngày %(day)s") % {"day": written(limits.next_day)}
    else:
        words = _("vi phạm này không có thời hiệu")
    return Guarantee(title, True, None, words)  # noqa: FBT003


def _told(case: Case) -> Guarantee:
    step = case.dossier.steps.filter(key=TELL).first()
    done = step.done_on if step else None
    return Guarantee(_("Được báo để chuẩn bị"), done is not None, done)


def _reviewed(case: Case) -> Guarantee:
    words, verb = "", ""
    open_ = case.state in {Case.State.OPENED, Case.State.REVIEWED} and not case.hearings.all()
    if case.self_review_refused:
        words = _("Không có: %(reason)s") % {"reason": case.self_review_refused}
    elif case.self_proposed:
        form = _("không kỷ luật") if case.self_proposed == "none" else form_title(case, case.self_proposed)
        words = _("Tự nhận: %(form)s") % {"form": form.lower()}
    kept = case.self_reviewed_on is not None or bool(case.self_review_refused)
    if open_ and (not kept or case.self_review_typed_by or case.self_review_refused):
        verb = _("Sửa") if kept else _("Ghi hộ bản giấy")
    return Guarantee(_("Tự kiểm điểm"), kept, case.self_reviewed_on, words, "self-review", verb)


def _heard(case: Case, standing: Standing) -> Guarantee:
    rows = list(case.hearings.all())
    mine = next(
        (one for one in rows if (one.unit_id, one.body) == (case.deciding_unit_id, case.deciding_body)), None
    )
    body = body_words(case.deciding_unit, case.deciding_body)
    title = _("Được đại diện %(body)s nghe trình bày") % {"body": body}
    verb = _("Ghi buổi nghe") if case.state == Case.State.REVIEWED else ""
    if case.state == Case.State.HEARD and not standing.rounds:
        verb = _("Sửa")
    if mine is None:
        return Guarantee(title, False, None, "", "case-hear", verb)  # noqa: FBT003
    words = _("Đ/c %(name)s nghe") % {"name": mine.heard_by}
    if mine.absent_because:
        words = _("Không đến: %(reason)s") % {"reason": mine.absent_because}
    return Guarantee(title, True, mine.on, words, "case-hear", verb)  # noqa: FBT003


def _aside(case: Case) -> Guarantee:
    title = _("Không bị xem xét khi mang thai, nuôi con nhỏ, nằm viện vì bệnh nặng")
    if case.postponed_since is None:
        return Guarantee(title, None, None, _("không có trường hợp này"))
    if case.postponed_until is None:
        words = _("Tạm dừng từ %(since)s") % {"since": written(case.postponed_since)}
    else:
        days = {"since": written(case.postponed_since), "until": written(case.postponed_until)}
        words = _("Tạm dừng từ %(since)s, xem xét lại từ %(until)s") % days
    return Guarantee(title, True, case.postponed_since, words)  # noqa: FBT003


def _of(whole: Whole) -> str:
    """Say of whom a majority is counted."""
    words = _("tính trên %(total)s đảng viên chính thức") % {"total": whole.total}
    parts = []
    if whole.concerned:
        parts.append(_("cả đồng chí được xem xét"))
    if whole.excused:
        parts.append(_("%(n)s người được miễn hoặc tạm sinh hoạt nơi khác") % {"n": whole.excused})
    return f"{words}, {', '.join(parts)}" if parts else words


def _whether(case: Case, standing: Standing) -> Guarantee:
    title = _("Được tập thể bỏ phiếu kín vòng 1: có kỷ luật hay không")
    vote = standing.whether
    if vote is None:
        return Guarantee(title, False, None, _waits(standing, WHETHER))  # noqa: FBT003
    words = _("%(votes)s phiếu đồng ý, cần %(needed)s (%(of)s)")
    told = {"votes": vote.votes, "needed": vote.needed, "of": _of(vote.whole)}
    verb = _("Ghi kết quả") if case.state == Case.State.HEARD else ""
    return Guarantee(title, True, vote.ballot.on, words % told, "case-result", verb)  # noqa: FBT003


def _form(case: Case, standing: Standing) -> Guarantee:
    title = _("Được tập thể bỏ phiếu kín vòng 2: hình thức")
    vote = standing.form
    if vote is None:
        return Guarantee(title, False, None, _waits(standing, FORM))  # noqa: FBT003
    found = vote.found
    if found.form:
        words = _("%(form)s: %(votes)s phiếu, cần %(needed)s (%(of)s)")
        if found.added:
            words = _("%(form)s: %(votes)s phiếu khi cộng dồn hình thức nặng hơn, cần %(needed)s (%(of)s)")
    else:
        words = _("Không hình thức nào đủ phiếu, kể cả khi cộng dồn (%(of)s)")
    told = {
        "form": form_title(case, found.form), "votes": found.votes, "needed": found.needed, "of": _of(vote.whole),
    }  # fmt: skip
    verb = _("Ghi kết quả") if case.state == Case.State.AGREED else ""
    return Guarantee(title, True, vote.ballot.on, words % told, "case-result", verb)  # noqa: FBT003


def _waits(standing: Standing, number: int) -> str:
    return "" if standing.round(number) is None else _("đã lập phiếu, chờ kiểm phiếu")


def _written(case: Case) -> Guarantee:
    title = _("Được trao quyết định bằng văn bản")
    decision = decision_of(case)
    if case.state == Case.State.DROPPED:
        return Guarantee(title, None, None, _("không kỷ luật"))
    if decision is None:
        return Guarantee(title, False)  # noqa: FBT003
    words = _("Số %(number)s") % {"number": decision.number}
    if decision.handed_on:
        words += ", " + _("trao %(day)s") % {"day": written(decision.handed_on)}
    return Guarantee(title, True, decision.signed_on, words)  # noqa: FBT003


def _complaint(case: Case) -> Guarantee:
    title = _("Được khiếu nại")
    decision = decision_of(case)
    if decision is None:
        return Guarantee(title, None, None, _("khi có quyết định kỷ luật"))
    if decision.complain_by:
        words = _("đến hết ngày %(day)s") % {"day": written(decision.complain_by)}
        made = decision.complaints.order_by("received_on", "pk").last()
        if made is not None:
            told = {"day": written(made.received_on), "result": _became(made)}
            words += "; " + _("đã khiếu nại ngày %(day)s: %(result)s") % told
        return Guarantee(title, True, None, words)  # noqa: FBT003
    return Guarantee(title, False, None, complaint_words(complaint_law(case, decision)))  # noqa: FBT003


def _became(complaint: Complaint) -> str:
    """Say in the middle of a sentence what became of a complaint."""
    return str(complaint.get_result_display() or complaint.get_state_display()).lower()


def _ended(case: Case) -> Guarantee:
    title = _("Được hết hiệu lực kỷ luật khi đủ thời gian, không có vi phạm mới")
    decision = decision_of(case)
    if decision is None:
        return Guarantee(title, None, None, _("khi có quyết định kỷ luật"))
    if decision.state != decision.State.IN_FORCE:
        return Guarantee(title, True, decision.state_since, decision.get_state_display().lower())  # noqa: FBT003
    if decision.ends_on is None:
        return Guarantee(title, None, None, _("hình thức này không có ngày hết hiệu lực"))
    return Guarantee(title, None, None, _("từ ngày %(day)s") % {"day": written(decision.ends_on)})


def _restored(case: Case) -> Guarantee:
    title = _("Được xin lỗi, phục hồi khi kỷ luật sai")
    rows = list(Restoration.objects.filter(decision__case=case)) if decision_of(case) else []
    if not rows:
        return Guarantee(title, None, None, _("không có trường hợp này"))
    days = [one.done_on for one in rows if one.done_on is not None]
    words = "; ".join(str(one.get_kind_display()).lower() for one in rows)
    kept = len(days) == len(rows)
    return Guarantee(title, kept, max(days) if kept else None, words)


def complaint_law(case: Case, decision: Decision | None) -> Rule[Complaints]:
    """Return what holds of complaints: as kept with the decision, else as of the day it was signed."""
    if decision is not None and decision.complaint_version:
        return resolver.of_version(Complaints, decision.complaint_version)
    on = decision.signed_on if decision else case.opened_on
    return law_at(Complaints, on, decision.unit if decision else case.deciding_unit)


def complaint_words(law: Rule[Complaints]) -> str:
    """Say how long one has to complain, and to whom."""
    told = {"span": span(law.value.amount, law.value.unit)}
    return (
        _(
            "trong %(span)s kể từ ngày nhận quyết định, gửi Ủy ban Kiểm tra, Ban Thường vụ hoặc Ban Chấp "
            "hành từ cấp cơ sở trở lên"
        )
        % told
    )
