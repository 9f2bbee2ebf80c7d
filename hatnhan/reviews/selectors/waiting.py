"""What waits for a person in the yearly review: the own text, the meeting one chairs, what one decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from hatnhan.deadlines.types import Deadline
from hatnhan.organization.models import Body
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.bodies import body_title
from hatnhan.reviews import permissions
from hatnhan.reviews.links import page
from hatnhan.reviews.models import Cycle, Entry, LookAgain, Remark, Sitting
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Unit
    from hatnhan.organization.powers import Powers


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing that waits, and the cycle it belongs to."""

    cycle_id: int
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Next:
    """A next step: what it is in words, the verb on the button, where it is done."""

    words: str
    verb: str
    url: str


def waiting(user: User, on: date) -> list[Waits]:
    """Return what waits for a person in the cycles open on a day, first due first. Seven queries, whatever waits.

    What a person may do for others is not there, only what is theirs: of the cells they lead, of the committee they
    keep.
    """
    powers = powers_of(user)
    if powers.member_id is None:
        return []
    rows = permissions.cycles_for(user).filter(opened_on__lte=on, state=Cycle.State.OPEN)
    cycles = {one.pk: one for one in rows.select_related("unit").prefetch_related("steps")}
    if not cycles:
        return []
    found = [
        *_own(powers, cycles),
        *_prompted(powers, cycles),
        *_sittings(powers, cycles),
        *_kept(powers, cycles, on),
    ]
    return sorted(found, key=lambda one: (one.deadline.due, one.deadline.key))


def _due(cycle: Cycle, key: str, of: str) -> date:
    """Return the last day of a step of a cycle; where its law has no such step, that of the year."""
    days = {(one.key, one.of): one.due for one in cycle.steps.all()}
    return days.get((key, of)) or days.get((key, "committee")) or law_day(cycle.year)


def _waits(cycle: Cycle, key: str, due: date, step: Next, detail: str = "") -> Waits:
    return Waits(
        cycle.pk,
        Deadline(
            key=f"reviews.waiting:{key}",
            due=due,
            title=step.words,
            detail=detail,
            unit_id=cycle.unit_id,
            unit_name=cycle.unit.name,
            url=step.url,
            action=step.verb,
            personal=True,
        ),
    )


def own_condition(powers: Powers) -> Q:
    """Return the condition that an entry is a person's own, or of what the person heads."""
    headed = powers.cells_led | powers.keeps
    return Q(member_id=powers.member_id) | (~Q(of=Entry.Of.MEMBER) & Q(unit__in=headed))


def _short(unit: Unit, body: str) -> str:
    """Return what is reviewed, or meets, as its head says it: there is one body of the kind that a person heads."""
    return unit.name if body in {"", Body.MEMBERS} else body_title(unit, body)


def _own(powers: Powers, cycles: dict[int, Cycle]) -> Iterable[Waits]:
    rows = Entry.objects.filter(own_condition(powers), cycle__in=cycles).select_related(
        "member", "unit", "self_review"
    )
    for one in rows.exclude(standing=Entry.Standing.LEFT_OUT):
        cycle = cycles[one.cycle_id]
        whose = "" if one.member_id else f"{_short(one.unit, one.body)}: "
        review = getattr(one, "self_review", None)
        due = _due(cycle, "self_review", "cell")
        if one.state == Entry.State.DUE:
            title = _("%(whose)sBản kiểm điểm năm %(year)d") % {"whose": whose, "year": cycle.year}
            url, verb = page("review-write", one.pk), _("Viết tiếp") if review else _("Viết")
            back = "" if review is None or review.submitted_at else review.returned_because
            detail = _("Trả lại: %(why)s") % {"why": back} if back else ""
            yield _waits(cycle, f"write:{one.pk}", due, Next(title, verb, url), detail)
        elif review is not None and review.typed_by and review.confirmed_at is None and one.member_id:
            title = _("Bản kiểm điểm năm %(year)d do %(who)s ghi hộ") % {
                "year": cycle.year,
                "who": review.typed_by,
            }
            step = Next(title, _("Xác nhận"), page("review-confirm", one.pk))
            yield _waits(cycle, f"confirm:{one.pk}", due, step)


def _prompted(powers: Powers, cycles: dict[int, Cycle]) -> Iterable[Waits]:
    rows = Remark.objects.filter(
        kind=Remark.Kind.PROMPT, answer="", entry__cycle__in=cycles, entry__member=powers.member_id
    ).select_related("entry")
    for one in rows.order_by("on", "pk"):
        cycle = cycles[one.entry.cycle_id]
        title = _("%(source)s gợi ý kiểm điểm") % {"source": one.source}
        due = _due(cycle, "sitting", "cell")
        step = Next(title, _("Giải trình"), page("remark-answer", one.pk))
        yield _waits(cycle, f"answer:{one.pk}", due, step)


def _sittings(powers: Powers, cycles: dict[int, Cycle]) -> Iterable[Waits]:
    rows = Sitting.objects.filter(unit__in=powers.cells_led | powers.keeps, cycle__in=cycles)
    for one in rows.exclude(state=Sitting.State.PROPOSED).select_related("unit"):
        cycle, of = cycles[one.cycle_id], "cell" if one.unit.is_cell else "committee"
        where = _short(one.unit, one.body)
        if one.state == Sitting.State.PLANNED:
            due = one.planned_on or _due(cycle, "sitting", of)
            words, verb = _("%(where)s: họp kiểm điểm năm %(year)d"), _("Mở hội nghị")
        else:
            due = _due(cycle, "propose" if of == "cell" else "appraise", of)
            words, verb = _("%(where)s: đề nghị mức xếp loại năm %(year)d"), _("Đề nghị")
        title = words % {"where": where, "year": cycle.year}
        yield _waits(cycle, f"sitting:{one.pk}", due, Next(title, verb, page("sitting", one.pk)))


def _kept(powers: Powers, cycles: dict[int, Cycle], on: date) -> Iterable[Waits]:
    kept = {key: one for key, one in cycles.items() if one.unit_id in powers.keeps}
    if not kept:
        return
    state = Entry.State
    sums = (
        Entry.objects.filter(cycle__in=kept)
        .exclude(standing=Entry.Standing.LEFT_OUT)
        .values("cycle_id")
        .annotate(
            behind=Count("pk", filter=Q(state=state.DUE)),
            proposed=Count("pk", filter=Q(state=state.PROPOSED)),
            appraised=Count("pk", filter=Q(state=state.APPRAISED)),
        )
    )
    for one in sums.order_by("cycle_id"):
        cycle = kept[one["cycle_id"]]
        yield from _to_call(cycle, one["behind"], on)
        yield from _to_decide(cycle, one["proposed"], one["appraised"])
    for again in LookAgain.objects.filter(state=LookAgain.State.ASKED, entry__cycle__in=kept).select_related(
        "entry__member", "entry__unit"
    ):
        cycle = kept[again.entry.cycle_id]
        title = _("%(who)s đề nghị xem lại xếp loại") % {"who": name_of(again.entry)}
        step = Next(title, _("Trả lời"), page("again", again.pk))
        yield _waits(cycle, f"again:{again.pk}", again.asked_on, step)


def _to_call(cycle: Cycle, behind: int, on: date) -> Iterable[Waits]:
    """Yield the self-reviews that are late, which the committee calls for before it can meet itself."""
    due = _due(cycle, "self_review", "cell")
    if behind and due < on:
        title = _("Còn %(count)d bản kiểm điểm năm %(year)d chưa nộp") % {"count": behind, "year": cycle.year}
        step = Next(title, _("Xem ai chưa nộp"), page("call-list", cycle.year, don_vi=cycle.unit.code))
        yield _waits(cycle, f"call:{cycle.pk}", due, step)


def _to_decide(cycle: Cycle, proposed: int, appraised: int) -> Iterable[Waits]:
    where = {"don_vi": cycle.unit.code}
    if proposed:
        title = _("Thẩm định %(count)d mức đã đề nghị, năm %(year)d") % {
            "count": proposed,
            "year": cycle.year,
        }
        due = _due(cycle, "appraise", "committee")
        url = page("appraisal", cycle.year, **where)
        yield _waits(cycle, f"appraise:{cycle.pk}", due, Next(title, _("Thẩm định"), url))
    if appraised:
        title = _("Quyết định %(count)d mức đã thẩm định, năm %(year)d")
        due = _due(cycle, "decide", "committee")
        url = page("decisions", cycle.year, **where)
        values = {"count": appraised, "year": cycle.year}
        yield _waits(cycle, f"decide:{cycle.pk}", due, Next(title % values, _("Quyết định"), url))


# --- the one next step of a cycle ------------------------------------------------------------------------------------
def what_next(user: User, cycle: Cycle, on: date) -> Next | None:
    """Return the one step that a person does next in a cycle; None for nothing.

    What is the person's own comes first, by its day; then, for who runs the cycle, calling those who are behind, and
    closing.
    """
    if cycle.state == Cycle.State.CLOSED:
        return None
    own = [one.deadline for one in waiting(user, on) if one.cycle_id == cycle.pk]
    if own:
        return Next(own[0].title, own[0].action, own[0].url)
    if not permissions.runs_cycle(user, cycle.unit_id):
        return None
    where = {"don_vi": cycle.unit.code}
    rows = Entry.objects.filter(cycle=cycle).exclude(standing=Entry.Standing.LEFT_OUT)
    behind = rows.filter(state=Entry.State.DUE).count()
    if behind:
        words = _("Còn %(count)d bản kiểm điểm chưa nộp.") % {"count": behind}
        return Next(words, _("Xem ai chưa nộp"), page("call-list", cycle.year, **where))
    if rows.due_grade().exclude(state=Entry.State.DECIDED).exists():
        words = _("Đã nộp đủ bản kiểm điểm; chờ các hội nghị đề nghị mức xếp loại.")
        return Next(words, _("Xem danh sách"), page("entries", cycle.year, **where))
    words = _("Đã quyết định xếp loại tất cả.")
    return Next(words, _("Chốt đợt"), page("cycle-close", cycle.year, **where))
