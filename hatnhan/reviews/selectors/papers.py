"""Which papers of the room a person may have, and what they are drawn from. Absent and forbidden are Missing alike.

What is in a paper is open to nobody whom its page is closed to: the texts of a self-review go to its writer, the
committee of the cell and the deciding committee; who reads a tree has lists and results, no texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from hatnhan.core.errors import Missing
from hatnhan.meetings.selectors.papers import Offer
from hatnhan.organization.powers import powers_of
from hatnhan.reviews import permissions
from hatnhan.reviews.models import Entry, GradeDecision, Regrading, Remark, SelfReview, Sitting
from hatnhan.reviews.selectors.cycles import cycle_for
from hatnhan.reviews.selectors.filled import blank_of, filled_of
from hatnhan.reviews.words_papers import TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Unit
    from hatnhan.reviews.models import Cycle

FORM, BLANK, RESIDENCE = "reviews.form", "reviews.blank", "reviews.residence"
MINUTES, TALLY, PROPOSAL = "reviews.minutes", "reviews.tally", "reviews.proposal"
APPRAISAL, RESULTS, DECISION = "reviews.appraisal", "reviews.results", "reviews.decision"
NOTICE, REGRADING, DOSSIER = "reviews.notice", "reviews.regrading", "reviews.dossier"
#: Papers of an entry, of a sitting, of a cycle, by the word in their address.
OF_ENTRY = {
    "ban-kiem-diem": FORM,
    "mau-trong": BLANK,
    "noi-cu-tru": RESIDENCE,
    "thong-bao": NOTICE,
    "danh-muc": DOSSIER,
}
OF_SITTING = {"bien-ban": MINUTES, "kiem-phieu": TALLY, "de-nghi": PROPOSAL}
OF_CYCLE = {"tham-dinh": APPRAISAL, "ket-qua": RESULTS}


@dataclass(frozen=True, slots=True)
class ResultsOf:
    """A cycle of which a unit's share goes on a paper, as it stood on a day (inclusive)."""

    cycle: Cycle
    unit: Unit
    on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper that a person may have: what it is drawn from, and what the record of the taking says."""

    key: str
    thing: object
    about: Any
    unit_id: int
    name: str
    #: The members whose own matter it is: each can read who took it.
    concerned: tuple[int, ...] = ()
    #: Whether the taking is a reading of the self-review.
    reads: bool = False


# --- an entry --------------------------------------------------------------------------------------------------------
def entry_paper(user: User, pk: int, kind: str) -> Asked:
    """Return a paper of an entry. Raises Missing."""
    key = OF_ENTRY.get(kind, "")
    entry = Entry.objects.select_related("cycle__unit", "member", "unit").filter(pk=pk).first()
    if entry is None or key not in _keys_of(user, entry):
        raise Missing
    concerned = (entry.member_id,) if entry.member_id else ()
    own = permissions.is_own(user, entry)
    thing: object = entry
    if key == FORM:
        thing = filled_of([entry])[0]
    elif key == BLANK:
        thing = blank_of(entry)
    name = f"{kind}-{entry.cycle.year}-{pk}"
    return Asked(key, thing, entry, entry.unit_id, name, concerned, reads=key == FORM and not own)


def _keys_of(user: User, entry: Entry) -> frozenset[str]:
    """Return the kinds of paper of an entry that a person may have. Three queries at most."""
    reviewed = entry.standing != Entry.Standing.LEFT_OUT
    found = set()
    if permissions.reads_texts(user, entry):
        found.add(DOSSIER)
        if reviewed and may_print(user, entry):
            found.add(FORM)
        if entry.member_id:
            found.add(RESIDENCE)
    if reviewed and (permissions.is_own(user, entry) or permissions.may_type_for(user, entry)):
        found.add(BLANK)
    if has_notice(user, entry):
        found.add(NOTICE)
    return frozenset(found)


def may_print(user: User, entry: Entry) -> bool:
    """Tell whether who reads the texts of an entry finds one to print: the own draft; another's once handed in."""
    rows = SelfReview.objects.filter(entry=entry)
    if not permissions.is_own(user, entry):
        rows = rows.filter(Q(submitted_at__isnull=False) | ~Q(typed_by=""))
    return rows.exists()


def has_notice(user: User, entry: Entry) -> bool:
    """Tell whether a person may have the notice of a grade: who tells it, and who was told."""
    if not entry.grade:
        return False
    if permissions.is_own(user, entry) and entry.notified_on is not None:
        return True
    deciding = permissions.decides_in(powers_of(user))
    return (
        entry.cycle.unit_id in deciding
        or permissions.runs_cycle(user, entry.cycle.unit_id)
        or entry.unit_id in powers_of(user).cells_led
        or permissions.decides_above(user, entry.cycle)
    )


def regrading_paper(user: User, pk: int) -> Asked:
    """Return the decision that gave a grade anew: for whose it is, the committee of the cell, who decides."""
    found = Regrading.objects.filter(pk=pk).select_related(
        "entry__cycle__unit", "entry__member", "entry__unit"
    )
    one: Regrading | None = found.first()
    if one is None or not (
        permissions.reads_texts(user, one.entry) or permissions.decides_above(user, one.entry.cycle)
    ):
        raise Missing
    concerned = (one.entry.member_id,) if one.entry.member_id else ()
    return Asked(REGRADING, one, one, one.entry.unit_id, f"xep-loai-lai-{pk}", concerned)


# --- a sitting -------------------------------------------------------------------------------------------------------
def keeps_sitting(user: User, sitting: Sitting) -> bool:
    """Tell whether a person has the papers of a review meeting: its unit's committee, and the deciding committee."""
    powers = powers_of(user)
    units = permissions.seated_in(powers) | permissions.decides_in(powers)
    return bool({sitting.unit_id, sitting.cycle.unit_id} & units) or permissions.runs_sitting(user, sitting)


def sitting_paper(user: User, pk: int, kind: str) -> Asked:
    """Return a paper of a review meeting. Raises Missing."""
    key = OF_SITTING.get(kind, "")
    found = Sitting.objects.select_related("cycle__unit", "unit", "meeting__recorder", "chaired_by")
    sitting = found.filter(pk=pk).first()
    if sitting is None or key not in _keys_of_sitting(user, sitting):
        raise Missing
    places = sitting.places.filter(entry__member__isnull=False)
    concerned = tuple(places.values_list("entry__member_id", flat=True))
    return Asked(key, sitting, sitting, sitting.unit_id, f"{kind}-{sitting.cycle.year}-{pk}", concerned)


def _keys_of_sitting(user: User, sitting: Sitting) -> list[str]:
    if sitting.state == Sitting.State.PLANNED or not keeps_sitting(user, sitting):
        return []
    found = [MINUTES]
    if sitting.places.filter(votes__isnull=False).exists():
        found.append(TALLY)
    return [*found, PROPOSAL] if sitting.state == Sitting.State.PROPOSED else found


# --- a cycle ---------------------------------------------------------------------------------------------------------
def cycle_paper(user: User, unit: Unit, year: int, kind: str, on: date) -> Asked:
    """Return a paper of a whole cycle, or of one unit's share of it. Raises Missing."""
    key = OF_CYCLE.get(kind, "")
    cycle = cycle_for(user, unit, year)
    if key not in _keys_of_cycle(user, cycle, unit):
        raise Missing
    name = f"{kind}-{year}-{unit.code}"
    if key == APPRAISAL:
        rows = appraised(cycle, unit).filter(member__isnull=False)
        return Asked(key, cycle, cycle, cycle.unit_id, name, tuple(rows.values_list("member_id", flat=True)))
    return Asked(key, ResultsOf(cycle, unit, on), cycle, unit.pk, name)


def _keys_of_cycle(user: User, cycle: Cycle, unit: Unit) -> list[str]:
    powers = powers_of(user)
    decides = cycle.unit_id in permissions.decides_in(powers) or permissions.runs_cycle(user, cycle.unit_id)
    knows = decides or unit.pk in permissions.seated_in(powers) | powers.units_led
    if not knows:
        return []
    # Staff's findings are for who decides; what is for one cell only is not drawn up by itself.
    return [*([APPRAISAL] if decides and unit.pk == cycle.unit_id else []), RESULTS]


def appraised(cycle: Cycle, unit: Unit) -> QuerySet[Entry]:
    """Return the entries of a cycle that are to be graded, with whom they are of; of one unit where it is a cell."""
    rows = Entry.objects.filter(cycle=cycle).due_grade().select_related("member", "unit")
    found: QuerySet[Entry] = rows if unit.pk == cycle.unit_id else rows.filter(unit=unit)
    return found.order_by("unit__name", "-of", "member__sort_key", "pk")


# --- a decision ------------------------------------------------------------------------------------------------------
def decision_paper(user: User, pk: int) -> Asked:
    """Return a decision of a body here: for who decides or reads the whole tree. Raises Missing."""
    decision = GradeDecision.objects.select_related("cycle__unit", "unit").filter(pk=pk).first()
    if decision is None or not _has_decision(user, decision):
        raise Missing
    rows = decision.lines.filter(entry__member__isnull=False).values_list("entry__member_id", flat=True)
    name = f"quyet-dinh-xep-loai-{decision.cycle.year}-{pk}"
    return Asked(DECISION, decision, decision, decision.cycle.unit_id, name, tuple(rows))


def _has_decision(user: User, decision: GradeDecision) -> bool:
    # What a body outside the tree decided is on its own paper: only what it says is kept here.
    if decision.unit is None:
        return False
    cycle, powers = decision.cycle, powers_of(user)
    decides = {cycle.unit_id, decision.unit_id} & permissions.decides_in(powers)
    if decides or permissions.runs_cycle(user, cycle.unit_id):
        return True
    return decision.state == GradeDecision.State.SIGNED and cycle.unit_id in powers.units_led


# --- offers ----------------------------------------------------------------------------------------------------------
def _offer(key: str, url_name: str, *args: object, asked: str = "", label: str = "") -> Offer:
    address = reverse(url_name, args=args)
    start = f"{address}?{asked}&" if asked else f"{address}?"
    return Offer(label or str(TITLES[key]), f"{start}dang=pdf", f"{start}dang=docx")


def of_entry(user: User, entry: Entry) -> list[Offer]:
    """Return the papers of an entry that a person may have."""
    found = _keys_of(user, entry)
    if FORM in found:
        found -= {BLANK}
    rows = [
        _offer(key, "reviews:entry-paper", entry.pk, kind) for kind, key in OF_ENTRY.items() if key in found
    ]
    if permissions.reads_texts(user, entry):
        regraded = entry.regradings.all()
        rows += [_offer(REGRADING, "reviews:regrading-paper", one.pk) for one in regraded]
    return rows


def of_sitting(user: User, sitting: Sitting) -> list[Offer]:
    """Return the papers of a review meeting that a person may have."""
    found = _keys_of_sitting(user, sitting)
    return [
        _offer(key, "reviews:sitting-paper", sitting.pk, kind)
        for kind, key in OF_SITTING.items()
        if key in found
    ]


def of_cycle(user: User, cycle: Cycle, unit: Unit) -> list[Offer]:
    """Return the papers of a cycle that a person may have of a unit. No query."""
    return list(_of_cycle(user, cycle, unit, tuple(OF_CYCLE)))


def of_results(user: User, cycle: Cycle, unit: Unit) -> list[Offer]:
    """Return the summary tables of a cycle, for who may have them. No query."""
    return list(_of_cycle(user, cycle, unit, ("ket-qua",)))


def of_appraisal(user: User, cycle: Cycle) -> list[Offer]:
    """Return the summary of what staff found, for who decides. No query."""
    return list(_of_cycle(user, cycle, cycle.unit, ("tham-dinh",)))


def _of_cycle(user: User, cycle: Cycle, unit: Unit, kinds: tuple[str, ...]) -> Iterator[Offer]:
    found = _keys_of_cycle(user, cycle, unit)
    for kind in kinds:
        if OF_CYCLE[kind] in found:
            asked = f"don_vi={unit.code}"
            yield _offer(OF_CYCLE[kind], "reviews:cycle-paper", cycle.year, kind, asked=asked)


def of_decision(user: User, decision: GradeDecision) -> list[Offer]:
    """Return the paper of a decision, for who may have it. No query."""
    return [_offer(DECISION, "reviews:decision-paper", decision.pk)] if _has_decision(user, decision) else []


def residence_of(entry: Entry) -> Remark | None:
    """Return the newest comment of an entry's place of residence; None where none was written. One query."""
    rows = Remark.objects.filter(entry=entry, kind=Remark.Kind.RESIDENCE)
    return rows.order_by("-on", "-pk").first()
