"""What is one's own in the yearly review: each year, what comes next, who read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from hatnhan.audit import selectors as recorded
from hatnhan.organization.powers import powers_of
from hatnhan.reviews.models import Cycle, Entry, SelfReview, StepDay
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors import texts
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.audit.models import Entry as Record


@dataclass(frozen=True, slots=True)
class Own:
    """One's own entry of a year. ``todo`` is the one next step: "start", "write", "confirm" or "" for none."""

    entry: Entry
    name: str
    review: SelfReview | None
    due: date | None
    todo: str
    lacking: int
    readers: tuple[Record, ...]
    grade: str
    self_grade: str
    proposed_grade: str


def own_entries(user: User) -> list[Own]:
    """Return one's own entries and those of the collectives and organisations one heads, newest year first.

    Five queries, and five more for each draft that is being written (to say what is missing in it).
    """
    powers = powers_of(user)
    if powers.member_id is None:
        return []
    headed = ~Q(of=Entry.Of.MEMBER) & Q(unit__in=powers.cells_led | powers.keeps)
    rows = Entry.objects.filter(Q(member=powers.member_id) | headed)
    rows = rows.select_related("cycle__unit", "member", "unit").order_by("-cycle__year", "-of", "pk")
    entries = _sharing_cycles(list(rows))
    ids = [one.pk for one in entries]
    reviews = {one.entry_id: one for one in SelfReview.objects.filter(entry__in=ids)}
    steps = StepDay.objects.filter(cycle__in={one.cycle_id for one in entries}, key="self_review")
    dues = dict(steps.order_by("-of", "-place").values_list("cycle", "due"))
    readers = _readers(ids)
    return [
        _own(one, reviews.get(one.pk), dues.get(one.cycle_id), readers.get(one.pk, [])) for one in entries
    ]


def _sharing_cycles(entries: list[Entry]) -> list[Entry]:
    """Let entries of one cycle hold one object of it, so that its law is read once. Members come before the rest."""
    cycles: dict[int, Cycle] = {}
    for one in entries:
        one.cycle = cycles.setdefault(one.cycle_id, one.cycle)
    return sorted(entries, key=lambda one: (-one.cycle.year, one.of != Entry.Of.MEMBER, one.pk))


def _readers(ids: list[int]) -> dict[int, list[Record]]:
    rows = recorded.of_objects(Entry._meta.label_lower, [str(one) for one in ids])
    found: dict[int, list[Record]] = {}
    for row in rows.filter(action=Action.READ_REVIEW).order_by("-pk"):
        found.setdefault(int(row.object_id), []).append(row)
    return found


def _own(entry: Entry, review: SelfReview | None, due: date | None, readers: list[Record]) -> Own:
    todo, lacking = "", 0
    if entry.cycle.state == Cycle.State.OPEN and entry.standing != Entry.Standing.LEFT_OUT:
        todo = _todo(entry, review)
    if review is not None:
        review.entry = entry
        lacking = len(texts.lacks(texts.text_of(review))) if todo == "write" else 0
    law, organisation = law_of(entry.cycle), entry.of == Entry.Of.ORGANISATION
    names = [
        law.grade_name(one, organisation=organisation)
        for one in (entry.grade, entry.self_grade, entry.proposed_grade)
    ]
    return Own(entry, name_of(entry), review, due, todo, lacking, tuple(readers), *names)


def _todo(entry: Entry, review: SelfReview | None) -> str:
    if entry.state == Entry.State.DUE:
        return "start" if review is None else "write"
    return "confirm" if review is not None and review.typed_by and review.confirmed_at is None else ""
