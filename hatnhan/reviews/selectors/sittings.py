"""Review meetings: who may open one, its list, how far it is and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.ballots.models import Ballot
from hatnhan.ballots.origins import Origin
from hatnhan.ballots.selectors.eligibility import roll_of
from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.meetings.models import Invitee, Meeting
from hatnhan.organization.models import Body
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.bodies import bodies_sat_in, body_title, seats
from hatnhan.reviews import permissions
from hatnhan.reviews.models import Cycle, Entry, FaultLine, Place, Score, Sitting, WorkLine
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Member
    from hatnhan.reviews.selectors.law import Law
    from hatnhan.reviews.selectors.votes import Votes

State = Sitting.State


def sittings_for(user: User) -> QuerySet[Sitting]:
    """Return the review meetings that a person may open: who sits in the body's committee, runs it, reads the tree."""
    powers = powers_of(user)
    if powers.member_id is None:
        return Sitting.objects.none()
    units = permissions.seated_in(powers) | powers.units_led | powers.units_stood_in_for
    known = Q(unit__in=units)
    for body, ids in bodies_sat_in(powers).items():
        # Members of a cell know of their own review from their own page; its list is its committee's.
        if body != Body.MEMBERS:
            known |= Q(unit__in=ids, body=body)
    return Sitting.objects.filter(known)


def sitting_for(user: User, pk: int) -> Sitting:
    """Return a review meeting that a person may open. Raises Missing."""
    rows = sittings_for(user).select_related("unit", "cycle__unit", "meeting", "ballot__result", "chaired_by")
    found: Sitting | None = rows.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def sitting_to_run(user: User, pk: int) -> Sitting:
    """Return a review meeting that a person runs. Raises Missing, Denied."""
    found = sitting_for(user, pk)
    permissions.require_sitting(user, found)
    return found


def place_for(user: User, pk: int) -> Place:
    """Return a place at a review meeting whose texts a person may read. Raises Missing."""
    rows = Place.objects.filter(sitting__in=sittings_for(user), entry__in=permissions.texts_for(user))
    found: Place | None = (
        rows.filter(pk=pk)
        .select_related("sitting__unit", "sitting__cycle__unit", "entry__member__user", "entry__unit")
        .first()
    )
    if found is None:
        raise Missing
    # One object: what the law of the cycle is asked once stays asked.
    found.entry.cycle = found.sitting.cycle
    return found


def place_to_run(user: User, pk: int) -> Place:
    """Return a place at a review meeting that a person runs. Raises Missing, Denied."""
    found = place_for(user, pk)
    permissions.require_sitting(user, found.sitting)
    return found


def sittings_of(user: User, cycle: Cycle) -> QuerySet[Sitting]:
    """Return the meetings of a cycle that a person may open, cells by name, then the committee's."""
    rows = sittings_for(user).filter(cycle=cycle).select_related("unit", "cycle")
    return rows.order_by("unit__level", "unit__name", "pk")


def places_of(sitting: Sitting) -> list[Place]:
    """Return the places of a sitting in the order of the meeting, with what was agreed on of each. One query."""
    work = WorkLine.objects.filter(entry=OuterRef("entry"), agreed="")
    faults = FaultLine.objects.filter(entry=OuterRef("entry"), agreed="")
    scores = Score.objects.filter(entry=OuterRef("entry"))
    own = Exists(scores.filter(stage=Score.Stage.SELF))
    given = Exists(scores.filter(stage=Score.Stage.SITTING))
    rows = Place.objects.filter(sitting=sitting).exclude(entry__standing=Entry.Standing.LEFT_OUT)
    rows = rows.select_related("entry__member", "entry__unit").annotate(
        to_agree=Exists(work) | Exists(faults) | (Q(own) & ~Q(given)),
        opinions=Count("entry__remarks", filter=Q(entry__remarks__kind="opinion"), distinct=True),
    )
    return list(rows.order_by("order", "pk"))


def writes_form(sitting: Sitting, entry: Entry) -> bool:
    """Tell whether the law of the cycle has a form of self-review for an entry."""
    return law_of(sitting.cycle).forms.value.of(entry.subject) is not None


def title_of(sitting: Sitting) -> str:
    """Return what a sitting is called: the cell, or the body of the committee."""
    if sitting.body == Body.MEMBERS:
        return str(sitting.unit.name)
    return f"{body_title(sitting.unit, sitting.body)} {sitting.unit.name}"


def chair_options(sitting: Sitting, on: date) -> list[Member]:
    """Return who may chair while the head is reviewed: everyone of the body but the head. Two queries."""
    seated = seats(sitting.unit, sitting.body, on)
    return [one.member for place, one in enumerate(seated) if place or not one.title]


def teller_options(sitting: Sitting, on: date) -> list[Member]:
    """Return who may count: official members of the body, by name."""
    people = [one.member for one in seats(sitting.unit, sitting.body, on)]
    return sorted((one for one in people if one.is_official(on)), key=lambda one: one.sort_key)


def meetings_of(sitting: Sitting) -> list[Meeting]:
    """Return the meetings that a sitting may be tied to: of its body, in the year or the next, not yet tied."""
    year = sitting.cycle.year
    rows = Meeting.objects.filter(
        unit=sitting.unit_id, body=sitting.body, starts_at__year__in=(year, year + 1)
    )
    free = Q(review_sitting=None) | Q(review_sitting=sitting)
    return list(rows.filter(free).exclude(state=Meeting.State.CANCELLED).order_by("-starts_at")[:20])


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next at a sitting: words, and the page that does it, "" where nothing is to be done here."""

    words: str
    verb: str = ""
    url: str = ""


def next_of(user: Actor, sitting: Sitting, places: list[Place]) -> Next:
    """Return the one next step of a sitting, in words of who looks at it."""
    found = _next(sitting, places)
    runs = isinstance(user, Machine) or permissions.runs_sitting(user, sitting)
    if sitting.cycle.state == Cycle.State.CLOSED:
        return Next(_("Đợt năm %(year)s đã chốt.") % {"year": sitting.cycle.year})
    return found if runs else Next(found.words)


def _next(sitting: Sitting, places: list[Place]) -> Next:
    if sitting.state == State.PLANNED:
        return _before(sitting, places)
    waiting = [
        one
        for one in places
        if one.proposes and one.reviewed_on and not one.grade and one.entry.standing == "graded"
    ]
    if not waiting:
        return Next(_("Đã đề nghị mức. Chờ thẩm định, quyết định."))
    if any(one.to_agree for one in waiting):  # type: ignore[attr-defined]
        words = _("Ghi ý kiến thống nhất từng mục. Mục nào đúng như tự đánh giá thì ghi một lần.")
        return Next(words, _("Thống nhất như tự đánh giá"), _page("sitting-agree-all", sitting))
    if not _voted(sitting):
        return _to_vote(sitting)
    return Next(_("Đã biểu quyết."), _("Đề nghị mức xếp loại"), _page("sitting-propose", sitting))


def _before(sitting: Sitting, places: list[Place]) -> Next:
    due = [one for one in places if one.entry.state == Entry.State.DUE and writes_form(sitting, one.entry)]
    if sitting.planned_on is None:
        return Next(_("Chưa đặt ngày họp."), _("Đặt ngày họp"), _page("sitting-plan", sitting))
    if due:
        words = _("Còn %(count)s bản kiểm điểm chưa nộp.") % {"count": len(due)}
        return Next(words, _("Ghi đã họp kiểm điểm"), _page("sitting-hold", sitting))
    return Next(_("Đã đủ bản kiểm điểm."), _("Ghi đã họp kiểm điểm"), _page("sitting-hold", sitting))


def _voted(sitting: Sitting) -> bool:
    return sitting.places.filter(votes__isnull=False, grade="").exists()


def _to_vote(sitting: Sitting) -> Next:
    ballot = sitting.ballot
    if ballot is None or ballot.state == Ballot.State.CANCELLED:
        return Next(_("Chưa biểu quyết mức xếp loại."), _("Biểu quyết"), _page("sitting-vote", sitting))
    if ballot.state == Ballot.State.CLOSED and sitting.state == State.PROPOSED:
        words = _("Có người kiểm điểm sau hội nghị, không có trên phiếu.")
        return Next(words, _("Ghi kết quả biểu quyết"), _page("sitting-count", sitting))
    if ballot.state == Ballot.State.CLOSED:
        words, verb = _("Đã kiểm phiếu."), _("Lấy kết quả phiếu")
        return Next(words, verb, _page("sitting-votes", sitting))
    return Next(_("Đang bỏ phiếu kín."), _("Mở cuộc bỏ phiếu"), reverse("ballots:ballot", args=[ballot.pk]))


def _page(name: str, sitting: Sitting) -> str:
    return reverse(f"reviews:{name}", args=[sitting.pk])


# --- what its page draws ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: who or what, how far, votes, the grade proposed."""

    place: Place
    name: str
    votes: Votes | None
    vote_words: str
    chosen: str
    grade: str


def row_of(place: Place, votes: Votes | None, law: Law) -> Row:
    """Return a place as the list draws it."""
    organisation = place.entry.of == Entry.Of.ORGANISATION
    named = ", ".join(
        f"{law.grade_name(grade, organisation=organisation)} {count}"
        for grade, count in (votes.in_order if votes else [])
    )
    grade = law.grade_name(place.grade, organisation=organisation) if place.grade else ""
    chosen = law.grade_name(votes.chosen, organisation=organisation) if votes else ""
    return Row(place, name_of(place.entry), votes, named, chosen, grade)


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the list is."""

    total: int
    submitted: int
    reviewed: int
    proposing: int
    proposed: int


def counts(places: list[Place]) -> Counts:
    """Return how many handed in, were reviewed here, are proposed."""
    return Counts(
        total=len(places),
        submitted=sum(one.entry.state != Entry.State.DUE for one in places),
        reviewed=sum(one.reviewed_on is not None for one in places),
        proposing=sum(one.proposes for one in places),
        proposed=sum(bool(one.grade) for one in places),
    )


def needs_chair(sitting: Sitting, places: list[Place]) -> str:
    """Return who heads the body, where they are reviewed here and nobody is named to chair meanwhile; "" otherwise."""
    if sitting.chaired_by_id is not None or sitting.state != State.PLANNED or sitting.planned_on is None:
        return ""
    seated = seats(sitting.unit, sitting.body, sitting.planned_on)
    head = seated[0] if seated and seated[0].title else None
    here = {one.entry.member_id for one in places}
    return head.member.full_name if head and head.member.pk in here else ""


def readable(user: User, places: list[Place]) -> frozenset[int]:
    """Return the ids of the entries among places whose texts a person may read. One query."""
    rows = permissions.texts_for(user).filter(pk__in=[one.entry_id for one in places])
    return frozenset(rows.values_list("pk", flat=True))


def is_bare(sitting: Sitting) -> bool:
    """Tell whether nothing is built upon a meeting held: agreed, voted, proposed, reviewed on elsewhere. One query."""
    here = Place.objects.filter(sitting=sitting.pk)
    opinions = here.filter(proposes=False).values("entry")
    ballot = Q(ballot=None) | Q(ballot__state=Ballot.State.CANCELLED)
    work, faults = (model.objects.exclude(agreed="") for model in (WorkLine, FaultLine))
    built = (
        here.exclude(grade=""),
        here.filter(votes__isnull=False),
        work.filter(entry__places__sitting=sitting.pk),
        faults.filter(entry__places__sitting=sitting.pk),
        Score.objects.filter(stage=Score.Stage.SITTING, entry__places__sitting=sitting.pk),
        Place.objects.filter(entry__in=opinions, proposes=True, reviewed_on__isnull=False),
    )
    rows = Sitting.objects.filter(ballot, pk=sitting.pk, state=State.HELD)
    return rows.filter(*(~Exists(one) for one in built)).exists()


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The places before and after one, in the order of the meeting."""

    before: Place | None
    after: Place | None


def neighbours(place: Place) -> Neighbours:
    """Return what comes before and after a place at its sitting. Two queries."""
    rows = Place.objects.filter(sitting=place.sitting_id).exclude(entry__standing=Entry.Standing.LEFT_OUT)
    rows = rows.select_related("entry__member", "entry__unit")
    before = rows.filter(order__lt=place.order).order_by("-order").first()
    return Neighbours(before, rows.filter(order__gt=place.order).order_by("order").first())


def roll_counts(sitting: Sitting) -> tuple[int, int]:
    """Return how many official members were called and came, as the tied meeting noted, or of today's list."""
    on = sitting.meeting.starts_at.date() if sitting.meeting else sitting.planned_on or clock.today()
    present = present_at(sitting)
    lines = [one for one in roll_of(sitting.unit, sitting.body, on, present=present) if one.entitled]
    return len(lines), sum(one.present for one in lines)


def present_at(sitting: Sitting) -> frozenset[int]:
    """Return the ids of the members whom the tied meeting noted as present. One query."""
    if sitting.meeting_id is None:
        return frozenset()
    there = Invitee.objects.filter(meeting=sitting.meeting_id, mark=Invitee.Mark.PRESENT)
    return frozenset(there.values_list("member_id", flat=True))


def absent_at(sitting: Sitting) -> dict[int, str]:
    """Return why members stayed away from the tied meeting, by id of the member. One query."""
    if sitting.meeting_id is None:
        return {}
    away = (Invitee.Mark.EXCUSED, Invitee.Mark.UNEXCUSED, Invitee.Mark.EXEMPT)
    rows = Invitee.objects.filter(meeting=sitting.meeting_id, mark__in=away)
    return {one.member_id: one.reason or str(one.get_mark_display()) for one in rows}


def meeting_words(meeting: Meeting) -> str:
    """Return a meeting as a choice names it."""
    return f"{written(meeting.starts_at.astimezone(clock.HERE).date())}: {meeting.title}"


def origins_of_ballots(ballot_ids: Collection[int]) -> dict[int, Origin]:
    """Return the review meeting that each ballot is of, with those noted as present there. Two queries."""
    rows = list(Sitting.objects.filter(ballot__in=ballot_ids).select_related("unit", "cycle"))
    there = Invitee.objects.filter(
        meeting__in=[one.meeting_id for one in rows if one.meeting_id], mark=Invitee.Mark.PRESENT
    )
    present: dict[int, set[int]] = {}
    for meeting, member in there.values_list("meeting_id", "member_id"):
        present.setdefault(meeting, set()).add(member)
    return {
        one.ballot_id: Origin(
            _("Hội nghị kiểm điểm năm %(year)s") % {"year": one.cycle.year},
            reverse("reviews:sitting", args=[one.pk]),
            frozenset(present.get(one.meeting_id or 0, ())),
        )
        for one in rows
        if one.ballot_id
    }
