"""What was done on an entry, in order, with its day; and the next step with its last day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.models import Body
from hatnhan.organization.selectors.bodies import body_words
from hatnhan.reviews.models import (
    ORDER,
    DecisionLine,
    Entry,
    GradeDecision,
    Place,
    Remark,
    SelfReview,
    StepDay,
)
from hatnhan.reviews.selectors.deciders import level_of, proposer_of
from hatnhan.reviews.selectors.entries import grade_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its day, or, not done yet, the last day for it."""

    day: date | None
    title: str
    note: str = ""
    done: bool = True


def level_words(level: str) -> str:
    """Return a level that proposes or decides."""
    return {
        "cell": _("Chi bộ"),
        "committee": _("Đảng ủy"),
        "standing": _("Ban Thường vụ Đảng ủy"),
        "superior": _("Ban Thường vụ cấp trên"),
    }[level]


def standing_words(entry: Entry) -> str:
    """Return how far an entry is, in one line above its grade."""
    if entry.standing != Entry.Standing.GRADED:
        return str(Entry.Standing(entry.standing).label)
    decides, proposes = level_words(level_of(entry)), level_words(proposer_of(entry))
    if entry.state == Entry.State.DECIDED and entry.decided_on:
        words = _("%(who)s đã quyết định ngày %(day)s")
        return words % {"who": decides, "day": written(entry.decided_on)}
    state = Entry.State(entry.state)
    if state == Entry.State.APPRAISED:
        return _("Đã thẩm định, %(who)s chưa quyết định") % {"who": decides}
    if state == Entry.State.PROPOSED:
        return _("%(who)s đề nghị, %(decides)s chưa quyết định") % {"who": proposes, "decides": decides}
    return str(state.label)


def steps_of(entry: Entry) -> tuple[Step, ...]:
    """Return what was done, then what comes next. Six queries at most."""
    if entry.standing == Entry.Standing.LEFT_OUT:
        return ()
    done = tuple(_done(entry))
    coming = _next(entry)
    return (*done, coming) if coming else done


def _done(entry: Entry) -> Iterator[Step]:
    handed = SelfReview.objects.filter(entry=entry).values_list("submitted_at", flat=True).first()
    if handed is not None and entry.state != Entry.State.DUE:
        yield Step(handed.astimezone(clock.HERE).date(), _("Tự kiểm điểm"))
    residence = Remark.objects.filter(entry=entry, kind=Remark.Kind.RESIDENCE).order_by("-on").first()
    if residence is not None:
        yield Step(residence.on, _("Nơi cư trú nhận xét"))
    yield from _sittings(entry)
    if entry.proposed_on:
        words = _("%(who)s đề nghị") % {"who": level_words(proposer_of(entry))}
        yield Step(entry.proposed_on, words, grade_words(entry, entry.proposed_grade))
    if entry.appraised_on:
        yield Step(entry.appraised_on, _("Thẩm định"), grade_words(entry, entry.appraised_grade))
    yield from _decided(entry)
    if entry.notified_on:
        yield Step(entry.notified_on, _("Thông báo kết quả"), entry.notified_to)


def _sittings(entry: Entry) -> Iterator[Step]:
    rows = Place.objects.filter(entry=entry, reviewed_on__isnull=False).select_related("sitting__unit")
    for one in rows.prefetch_related("votes").order_by("reviewed_on", "pk"):
        where = body_words(one.sitting.unit, one.sitting.body)
        votes = {each.grade: each.votes for each in one.votes.all() if each.votes}
        told = ", ".join(f"{grade_words(entry, grade)} {votes[grade]}" for grade in ORDER if grade in votes)
        counted = (
            _("%(votes)s, trên %(all)d phiếu") % {"votes": told, "all": sum(votes.values())} if votes else ""
        )
        secret = one.sitting.ballot_id is not None and votes
        title = _("%(where)s kiểm điểm, bỏ phiếu kín") if secret else _("%(where)s kiểm điểm")
        short = _("Chi bộ") if one.sitting.body == Body.MEMBERS else where
        yield Step(one.reviewed_on, title % {"where": short}, counted)


def _decided(entry: Entry) -> Iterator[Step]:
    first = entry.regradings.order_by("signed_on", "pk").first()
    if entry.decided_on:
        line = DecisionLine.objects.filter(entry=entry, decision__state=GradeDecision.State.SIGNED)
        number = line.order_by("pk").values_list("decision__number", flat=True).first() or ""
        on, grade = (first.old_decided_on, first.old_grade) if first else (entry.decided_on, entry.grade)
        title = _("%(who)s quyết định") % {"who": level_words(level_of(entry))}
        yield Step(on, title, ", ".join(one for one in (grade_words(entry, grade), number) if one))
    for one in entry.regradings.order_by("signed_on", "pk") if first else ():
        note = f"{grade_words(entry, one.new_grade)}, {one.number}"
        yield Step(
            one.signed_on, _("Xếp loại lại: %(ground)s") % {"ground": one.get_ground_display().lower()}, note
        )


_NEXT: dict[str, tuple[str, ...]] = {
    Entry.State.DUE: ("self_review",),
    Entry.State.SUBMITTED: ("sitting",),
    Entry.State.REVIEWED: ("propose", "sitting"),
    Entry.State.PROPOSED: ("decide", "appraise"),
    Entry.State.APPRAISED: ("decide",),
}


def _next(entry: Entry) -> Step | None:
    """Return the step that comes next; of a day only where the cycle has one."""
    keys = _NEXT.get(entry.state)
    if keys is None or (entry.state == Entry.State.REVIEWED and entry.standing != Entry.Standing.GRADED):
        return None
    days = {
        one.key: one for one in StepDay.objects.filter(cycle=entry.cycle_id, key__in=keys).order_by("-place")
    }
    found = next((days[one] for one in keys if one in days), None)
    titles = {
        Entry.State.DUE: _("Nộp bản kiểm điểm"),
        Entry.State.SUBMITTED: _("Hội nghị kiểm điểm"),
        Entry.State.REVIEWED: _("%(who)s đề nghị mức") % {"who": level_words(proposer_of(entry))},
        Entry.State.PROPOSED: _("%(who)s quyết định") % {"who": level_words(level_of(entry))},
        Entry.State.APPRAISED: _("%(who)s quyết định") % {"who": level_words(level_of(entry))},
    }
    return Step(found.due if found else None, titles[Entry.State(entry.state)], done=False)
