"""The course of one entry, from self-review to notice, as a timeline; what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.organization.selectors.bodies import body_words
from hatnhan.reviews import permissions
from hatnhan.reviews.links import page
from hatnhan.reviews.models import Cycle, Entry, GradeDecision, Place
from hatnhan.reviews.selectors.entries import grade_words
from hatnhan.reviews.selectors.sittings import sittings_for
from hatnhan.reviews.selectors.waiting import Next

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.reviews.models import SelfReview


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: what it is, the day it was done (None: still to come), the grade given there in words, more words."""

    title: str
    on: date | None
    grade: str = ""
    detail: str = ""
    url: str = ""


def review_of(entry: Entry) -> SelfReview | None:
    """Return the self-review of an entry, if one was begun."""
    return getattr(entry, "self_review", None)


def course(user: User, entry: Entry) -> list[Stage]:
    """Return the stages of an entry in order; meetings lead where the person may open them. Five queries at most."""
    if entry.standing == Entry.Standing.LEFT_OUT:
        return []
    found = [_written(entry), *_meetings(user, entry)]
    if entry.standing == Entry.Standing.NOT_GRADED:
        return found
    return [
        *found,
        Stage(
            _("Hội nghị đề nghị mức"),
            entry.proposed_on,
            grade_words(entry, entry.proposed_grade),
            entry.proposed_reason,
        ),
        Stage(
            _("Thẩm định"),
            entry.appraised_on,
            grade_words(entry, entry.appraised_grade),
            entry.appraised_reason,
        ),
        _decided(entry),
        Stage(_("Thông báo"), entry.notified_on, detail=entry.notified_to),
    ]


def _written(entry: Entry) -> Stage:
    review = review_of(entry)
    moment = review.submitted_at if review is not None and entry.state != Entry.State.DUE else None
    words = ""
    if review is not None and review.typed_by:
        words = _("Đ/c %(name)s ghi hộ từ bản giấy") % {"name": review.typed_by}
        words += _(", đã xác nhận") if review.confirmed_at else _(", người viết chưa xác nhận")
    day = moment.astimezone(clock.HERE).date() if moment else None
    return Stage(_("Nộp bản kiểm điểm"), day, grade_words(entry, entry.self_grade), words)


def _meetings(user: User, entry: Entry) -> list[Stage]:
    rows = Place.objects.filter(entry=entry).select_related("sitting__unit").order_by("proposes", "pk")
    open_to = set(sittings_for(user).filter(places__entry=entry).values_list("pk", flat=True))
    found = []
    for one in rows:
        sitting = one.sitting
        url = page("sitting", sitting.pk) if sitting.pk in open_to else ""
        words = _("Kiểm điểm tại %(where)s") % {"where": body_words(sitting.unit, sitting.body)}
        opinion = "" if one.proposes else grade_words(entry, one.grade)
        absent = _("Vắng: %(why)s") % {"why": one.absent_because} if one.absent_because else ""
        found.append(Stage(words, one.reviewed_on, opinion, absent, url))
    return found


def _decided(entry: Entry) -> Stage:
    line = (
        entry.decision_lines.filter(decision__state=GradeDecision.State.SIGNED)
        .select_related("decision")
        .order_by("-decision__signed_on", "-pk")
        .first()
    )
    number = line.decision.number if line is not None else ""
    if entry.override_reason:
        number = _("%(number)s. Khác điều kiện vì: %(why)s (%(paper)s)") % {
            "number": number,
            "why": entry.override_reason,
            "paper": entry.override_no,
        }
    return Stage(_("Quyết định xếp loại"), entry.decided_on, grade_words(entry, entry.grade), number)


# --- what comes next -------------------------------------------------------------------------------------------------
def next_step(user: User, entry: Entry) -> Next | None:
    """Return the one step that a person does next for an entry; None where it is not theirs to do."""
    if entry.cycle.state == Cycle.State.CLOSED or entry.standing == Entry.Standing.LEFT_OUT:
        return None
    found = _of_writer(user, entry) or _of_meeting(user, entry) or _of_committee(user, entry)
    return found if found is not None and found.url else None


def _of_writer(user: User, entry: Entry) -> Next | None:
    review = review_of(entry)
    own = permissions.is_own(user, entry)
    if entry.state == Entry.State.DUE:
        if own:
            verb = _("Viết tiếp bản kiểm điểm") if review else _("Viết bản kiểm điểm")
            return Next("", verb, page("review-write", entry.pk))
        if permissions.may_type_for(user, entry):
            if review is not None and review.typed_by:
                return Next("", _("Ghi hộ tiếp"), page("review-write", entry.pk))
            return None if review else Next("", _("Ghi hộ từ bản giấy"), page("review-type", entry.pk))
    if own and review is not None and review.typed_by and review.confirmed_at is None:
        return Next("", _("Xác nhận bản kiểm điểm ghi hộ"), page("review-confirm", entry.pk))
    return None


def _of_meeting(user: User, entry: Entry) -> Next | None:
    if entry.state not in {Entry.State.SUBMITTED, Entry.State.REVIEWED}:
        return None
    rows = Place.objects.filter(entry=entry).select_related("sitting__cycle", "sitting__unit")
    for one in rows.order_by("proposes", "pk"):
        waits = one.reviewed_on is None or (one.proposes and entry.state == Entry.State.REVIEWED)
        if waits and permissions.runs_sitting(user, one.sitting):
            return Next("", _("Mở hội nghị kiểm điểm"), page("sitting", one.sitting.pk))
    return None


def _of_committee(user: User, entry: Entry) -> Next | None:
    if not permissions.runs_cycle(user, entry.cycle.unit_id):
        return None
    year, where = entry.cycle.year, {"don_vi": entry.cycle.unit.code}
    if entry.state == Entry.State.PROPOSED:
        return Next("", _("Thẩm định"), page("appraisal", year, **where))
    if entry.state == Entry.State.APPRAISED:
        return Next("", _("Đưa vào quyết định"), page("decisions", year, **where))
    if entry.state == Entry.State.DECIDED and entry.notified_on is None:
        return Next("", _("Thông báo kết quả"), page("decisions", year, **where))
    return None
