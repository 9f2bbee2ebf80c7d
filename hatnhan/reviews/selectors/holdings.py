"""What the yearly review holds of a member, for the member's own copy: all that is theirs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import decimal
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.held import Holding
from hatnhan.organization.powers import powers_of
from hatnhan.reviews.models import (
    Answer,
    Criticism,
    Entry,
    FaultLine,
    LookAgain,
    Regrading,
    Remark,
    Score,
    TypedFact,
    WorkLine,
)
from hatnhan.reviews.selectors.law import law_of
from hatnhan.rulebook.topics.reviews import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Member


def _day(on: date | None) -> str:
    return written(on) if on else ""


def _moment(at: datetime | None) -> str:
    return written(day_of(at)) if at else ""


def years(member: Member) -> Iterator[dict[str, object]]:
    """Yield the own entry of each year: its standing, each grade in the chain, its days, how it was typed and told."""
    rows = Entry.objects.filter(member=member).select_related("cycle", "unit", "self_review")
    for one in rows.order_by("cycle__year", "pk"):
        law = law_of(one.cycle)
        review = getattr(one, "self_review", None)
        yield {
            _now("năm"): one.cycle.year,
            _now("chi bộ"): one.unit.name,
            _now("diện"): str(one.get_standing_display()),
            _now("vì sao"): one.standing_because,
            _now("căn cứ"): one.standing_source,
            _now("đối tượng"): str(one.get_subject_display()),
            _now("nộp bản kiểm điểm"): _moment(review.submitted_at) if review else "",
            _now("người ghi hộ"): review.typed_by if review else "",
            _now("ghi chú khi ghi hộ"): review.typed_note if review else "",
            _now("xác nhận ngày"): _moment(review.confirmed_at) if review else "",
            _now("lý do trả lại"): review.returned_because if review else "",
            _now("kiểm điểm ngày"): _day(one.reviewed_on),
            _now("tự nhận"): law.grade_name(one.self_grade),
            _now("đề nghị"): law.grade_name(one.proposed_grade),
            _now("lý do đề nghị"): one.proposed_reason,
            _now("thẩm định"): law.grade_name(one.appraised_grade),
            _now("ý kiến thẩm định"): one.appraised_reason,
            _now("xếp loại"): law.grade_name(one.grade),
            _now("ngày quyết định"): _day(one.decided_on),
            _now("lý do quyết định khác"): one.override_reason,
            _now("số văn bản"): one.override_no,
            _now("ngày thông báo"): _day(one.notified_on),
            _now("người nhận thông báo"): one.notified_to,
        }


def texts(member: Member) -> Iterator[dict[str, object]]:
    """Yield what stands in the fields of the own self-reviews. One query, and the law's."""
    rows = Answer.objects.filter(review__entry__member=member).select_related("review__entry__cycle")
    for one in rows.order_by("review__entry__cycle__year", "pk"):
        entry = one.review.entry
        forms = law_of(entry.cycle).forms.value
        labels = {field.key: field.label for field in forms.fields if field.form == one.review.form}
        yield {
            _now("năm"): entry.cycle.year,
            _now("mẫu số"): one.review.form,
            _now("mục"): labels.get(one.field, one.field),
            _now("nội dung"): one.text,
            _now("tự nhận mức"): str(one.get_rating_display() or ""),
        }


def criticisms(member: Member) -> Iterator[dict[str, object]]:
    """Yield the own self-criticism. One query."""
    rows = Criticism.objects.filter(review__entry__member=member).select_related("review__entry__cycle")
    for one in rows.order_by("review__entry__cycle__year", "place"):
        yield {
            _now("năm"): one.review.entry.cycle.year,
            _now("tự phê bình"): one.text,
            _now("cách sửa"): one.remedy,
            _now("mức khắc phục"): str(one.get_mended_display()),
        }


def lines(member: Member) -> Iterator[dict[str, object]]:
    """Yield the tasks and earlier shortcomings in the own reviews, as said and as agreed. Two queries."""
    work = WorkLine.objects.filter(entry__member=member).select_related("entry__cycle")
    for one in work.order_by("entry__cycle__year", "place"):
        yield {
            _now("năm"): one.entry.cycle.year,
            _now("loại"): _now("việc trong năm"),
            _now("nội dung"): one.title,
            _now("kết quả, việc đã làm"): one.product,
            _now("tự đánh giá"): str(one.get_said_display()),
            _now("hội nghị thống nhất"): str(one.get_agreed_display()),
            _now("vì sao khác"): one.agreed_because,
        }
    faults = FaultLine.objects.filter(entry__member=member).select_related("entry__cycle")
    for fault in faults.order_by("entry__cycle__year", "place"):
        yield {
            _now("năm"): fault.entry.cycle.year,
            _now("loại"): _now("khuyết điểm đã chỉ ra"),
            _now("nội dung"): f"{fault.text} ({fault.noted})",
            _now("kết quả, việc đã làm"): fault.how,
            _now("tự đánh giá"): str(fault.get_said_display()),
            _now("hội nghị thống nhất"): str(fault.get_agreed_display()),
            _now("vì sao khác"): fault.agreed_because,
        }


def points(member: Member) -> Iterator[dict[str, object]]:
    """Yield the points and levels given to a member, by whom, and facts written down to grade by. Two queries."""
    rows = Score.objects.filter(entry__member=member).select_related("entry__cycle")
    for one in rows.order_by("entry__cycle__year", "criterion", "pk"):
        criteria = law_of(one.entry.cycle).rubric.value.of(one.entry.subject)
        title = next((found.title for found in criteria if found.key == one.criterion), one.criterion)
        yield _point(one.entry, title, str(one.get_stage_display()), decimal(one.points, 2))
    facts = TypedFact.objects.filter(entry__member=member).select_related("entry__cycle")
    for fact in facts.order_by("entry__cycle__year", "at", "pk"):
        who = f"{fact.by_name}, {_moment(fact.at)}; {fact.source}"
        if fact.withdrawn_at:
            who += "; " + _now("rút ngày %(day)s") % {"day": _moment(fact.withdrawn_at)}
        yield _point(fact.entry, FACTS.get(fact.fact, fact.fact), who, decimal(fact.value, 2))


def _point(entry: Entry, what: str, who: str, value: str) -> dict[str, object]:
    return {
        _now("năm"): entry.cycle.year,
        _now("tiêu chí, điều xét"): what,
        _now("ai ghi, theo nguồn nào"): who,
        _now("điểm, mức, giá trị"): value,
    }


def remarks(member: Member) -> Iterator[dict[str, object]]:
    """Yield what others said of a member in the reviews, with the own answers. One query."""
    rows = Remark.objects.filter(entry__member=member).select_related("entry__cycle")
    for one in rows.order_by("on", "pk"):
        yield {
            _now("năm"): one.entry.cycle.year,
            _now("loại"): str(one.get_kind_display()),
            _now("của"): one.source,
            _now("số văn bản"): one.number,
            _now("ngày"): written(one.on),
            _now("nội dung"): one.text,
            _now("giải trình"): one.answer,
            _now("người ghi"): one.by_name,
        }


def again(member: Member) -> Iterator[dict[str, object]]:
    """Yield the requests to look at a grade again with their answers, and the grades given anew. Two queries."""
    rows = LookAgain.objects.filter(entry__member=member).select_related("entry__cycle")
    for one in rows.order_by("asked_on", "pk"):
        yield {
            _now("năm"): one.entry.cycle.year,
            _now("việc"): _now("đề nghị xem lại"),
            _now("ngày"): written(one.asked_on),
            _now("nội dung"): one.text,
            _now("kết quả"): str(one.get_state_display()),
            _now("trả lời"): one.answer,
            _now("số văn bản"): one.answer_no,
            _now("người ghi hộ"): one.typed_by,
        }
    regraded = Regrading.objects.filter(entry__member=member).select_related("entry__cycle")
    for made in regraded.order_by("signed_on", "pk"):
        law = law_of(made.entry.cycle)
        yield {
            _now("năm"): made.entry.cycle.year,
            _now("việc"): _now("xếp loại lại"),
            _now("ngày"): written(made.signed_on),
            _now("nội dung"): f"{law.grade_name(made.old_grade)} → {law.grade_name(made.new_grade)}",
            _now("kết quả"): str(made.get_ground_display()),
            _now("trả lời"): made.reason,
            _now("số văn bản"): made.number,
            _now("người ghi hộ"): "",
        }


def own_page(user: User, member: Member) -> str:
    """Return where a person reads the own reviews, "" for anybody else and where there is none."""
    if powers_of(user).member_id != member.pk or not member.review_entries.exists():
        return ""
    return reverse("reviews:mine")


HOLDINGS = (
    Holding(_("Kiểm điểm, xếp loại hằng năm"), years, own_page),
    Holding(_("Bản kiểm điểm: nội dung"), texts),
    Holding(_("Bản kiểm điểm: tự phê bình"), criticisms),
    Holding(_("Bản kiểm điểm: việc và khuyết điểm"), lines),
    Holding(_("Điểm và điều xét khi xếp loại"), points),
    Holding(_("Nhận xét, gợi ý, ý kiến khi kiểm điểm"), remarks),
    Holding(_("Đề nghị xem lại, xếp loại lại"), again),
)
