"""What is still to be done on a day in checks, supervision, discipline and denunciations, for deadlines.

All is told as it stood on the day asked for, as far as days were kept. What concerns a single member, and every matter
of discipline or of a denunciation, is asked for one person at a time: on no unit's list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from hatnhan.organization.models import Body, Level, Position, UnitAncestry
from hatnhan.organization.powers import KEEPERS
from hatnhan.oversight import permissions
from hatnhan.oversight.models import (
    Case,
    Check,
    Complaint,
    Decision,
    Denunciation,
    Dossier,
    Kind,
    Note,
    Programme,
    Remedy,
    Restoration,
    Step,
    Subject,
    TeamMember,
    Watch,
)
from hatnhan.oversight.selectors import matter_days
from hatnhan.oversight.selectors.steps import law_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet

#: What titles name of a check.
_LOOKED_AT = "subjects__unit"


# --- programmes ------------------------------------------------------------------------------------------------------
def drafts(unit_ids: Collection[int], on: date) -> QuerySet[Programme]:
    """Return the programmes of some units that were being written on a day."""
    rows = Programme.objects.filter(Q(approved_on=None) | Q(approved_on__gt=on), unit__in=unit_ids)
    return rows.select_related("unit").order_by("year", "pk")


def without_programme(unit_ids: Collection[int], year: int) -> QuerySet[Programme]:
    """Return last year's programmes of the bodies that have none for a year yet, in units that still stand."""
    there = Programme.objects.filter(unit=OuterRef("unit"), body=OuterRef("body"), year=year)
    rows = Programme.objects.filter(
        ~Exists(there), unit__in=unit_ids, year=year - 1, state=Programme.State.APPROVED
    )
    return rows.filter(unit__dissolved_on=None).select_related("unit")


# --- checks ----------------------------------------------------------------------------------------------------------
def _open_on(on: date, prefix: str = "") -> Q:
    """Return the condition that a check was opened by a day and neither concluded nor stopped by then."""
    concluded, stopped = f"{prefix}concluded_on", f"{prefix}stopped_on"
    return (
        Q(**{f"{prefix}opened_on__lte": on})
        & (Q(**{concluded: None}) | Q(**{f"{concluded}__gt": on}))
        & (Q(**{stopped: None}) | Q(**{f"{stopped}__gt": on}))
    )


def to_conclude(unit_ids: Collection[int], on: date, until: date) -> QuerySet[Check]:
    """Return the checks of some units that are to be concluded; none of a denunciation: these stand on no list."""
    rows = Check.objects.filter(_open_on(on), unit__in=unit_ids, ends_by__lte=until)
    return rows.exclude(kind=Kind.DENUNCIATION).select_related("unit").prefetch_related(_LOOKED_AT)


def headed(member_id: int, on: date, until: date) -> QuerySet[Check]:
    """Return the checks to be concluded whose team a member heads."""
    heads = TeamMember.objects.filter(member_id=member_id, role=TeamMember.Role.HEAD, left_on=None)
    rows = Check.objects.filter(_open_on(on), pk__in=heads.values("of_check"), ends_by__lte=until)
    return rows.select_related("unit").prefetch_related(_LOOKED_AT)


def to_comply(on: date, until: date, **where: Any) -> QuerySet[Check]:
    """Return the concluded checks whose subjects have still to comply: a remedy is not verified, or the day is ahead.

    ``where``: whose, such as ``follower_id`` or ``unit__in``.
    """
    undone = Remedy.objects.filter(finding__of_check=OuterRef("pk")).filter(
        ~Q(state=Remedy.State.VERIFIED) | Q(verified_on__gt=on)
    )
    rows = Check.objects.filter(concluded_on__lte=on, comply_by__lte=until, **where)
    return (
        rows.filter(Exists(undone) | Q(comply_by__gte=on)).select_related("unit").prefetch_related(_LOOKED_AT)
    )


# --- steps -----------------------------------------------------------------------------------------------------------
def _steps(on: date, until: date) -> QuerySet[Step]:
    """Return the open steps due by a day."""
    rows = Step.objects.filter(Q(done_on=None) | Q(done_on__gt=on), skipped_because="", due__lte=until)
    return rows.order_by("due", "place")


def check_steps(unit_ids: Collection[int], on: date, until: date) -> list[Step]:
    """Return of each running file of some units' checks the step that comes next; none of a denunciation."""
    rows = _steps(on, until).filter(_stands(on, "dossier__of_check__"), dossier__of_check__unit__in=unit_ids)
    return _next(rows.exclude(dossier__of_check__kind=Kind.DENUNCIATION))


def own_check_steps(member_id: int, on: date, until: date) -> QuerySet[Step]:
    """Return the open steps of the checks in whose team a member is."""
    teams = TeamMember.objects.filter(member_id=member_id, left_on=None).values("of_check")
    rows = _steps(on, until).filter(_stands(on, "dossier__of_check__"), dossier__of_check__in=teams)
    return rows.select_related("dossier__of_check__unit").prefetch_related(f"dossier__of_check__{_LOOKED_AT}")


def own_case_steps(member_id: int, on: date, until: date) -> QuerySet[Step]:
    """Return the open steps of the cases that a member has in hand; none while a case is postponed or was dropped."""
    rows = _steps(on, until).filter(
        dossier__case__in=_in_hand(member_id, on).values("pk"),
        dossier__case__opened_on__lte=on,
        dossier__closed_on=None,
    )
    rows = rows.exclude(dossier__case__state=Case.State.DROPPED).exclude(
        Q(dossier__case__postponed_since__lte=on)
        & (Q(dossier__case__postponed_until=None) | Q(dossier__case__postponed_until__gt=on))
    )
    return rows.select_related("dossier__case__unit")


def _stands(on: date, prefix: str) -> Q:
    """Return the condition that a check was opened by a day and not stopped by then; its file ends after it."""
    stopped = f"{prefix}stopped_on"
    return Q(**{f"{prefix}opened_on__lte": on}) & (Q(**{stopped: None}) | Q(**{f"{stopped}__gt": on}))


def _next(rows: QuerySet[Step]) -> list[Step]:
    found: dict[int, Step] = {}
    known = rows.select_related("dossier__of_check__unit").order_by("place")
    for one in known.prefetch_related(f"dossier__of_check__{_LOOKED_AT}"):
        found.setdefault(one.dossier_id, one)
    return list(found.values())


def due_of(dossiers: Iterable[Dossier], need: str) -> dict[int, date]:
    """Return the last day of the step that waits for something ("self_report"), by the file's id. One query, the law's.

    Which step that is says the procedure that each file was made by.
    """
    by_law: dict[tuple[str, str], str] = {}
    keys: dict[int, str] = {}
    for one in dossiers:
        law = (one.procedure, one.rule_version)
        if law not in by_law:
            steps = law_of(one).value.steps
            by_law[law] = next((step.key for step in steps if step.needs == need), "")
        keys[one.pk] = by_law[law]
    rows = Step.objects.filter(dossier__in=keys, key__in=set(by_law.values()), due__isnull=False)
    return {one.dossier_id: one.due for one in rows if one.key == keys[one.dossier_id] and one.due}


# --- subjects --------------------------------------------------------------------------------------------------------
def to_report(on: date, until: date, **where: Any) -> Iterator[tuple[Subject, date]]:
    """Yield the subjects that have not reported on themselves, each with the last day. ``where``: whose.

    One whose file has no such step is not asked to report.
    """
    waiting = Q(reported_at=None) | Q(reported_at__date__gt=on)
    rows = Subject.objects.filter(waiting, _open_on(on, "of_check__"), **where)
    found = list(rows.select_related("of_check__dossier", "of_check__unit", "unit").order_by("pk"))
    dues = due_of([one.of_check.dossier for one in found], "self_report") if found else {}
    for one in found:
        due = dues.get(one.of_check.dossier_id)
        if due is not None and due <= until:
            yield one, due


# --- remedies --------------------------------------------------------------------------------------------------------
def to_verify(member_id: int, on: date) -> QuerySet[Remedy]:
    """Return the reported remedies a member is to look at: who was named, else who follows, else the team's head."""
    check = "finding__of_check__"
    heads = TeamMember.objects.filter(member_id=member_id, role=TeamMember.Role.HEAD, left_on=None)
    unnamed = Q(finding__verifier=None)
    unfollowed = unnamed & Q(**{f"{check}follower": None})
    rows = Remedy.objects.filter(
        Q(finding__verifier_id=member_id)
        | unnamed & Q(**{f"{check}follower_id": member_id})
        | unfollowed & Q(**{f"{check}in": heads.values("of_check")}),
        Q(state=Remedy.State.REPORTED) | Q(verified_on__gt=on),
        reported_on__lte=on,
    )
    rows = rows.exclude(remedied_by_id=member_id)
    return rows.select_related("finding__of_check__unit").prefetch_related(f"finding__of_check__{_LOOKED_AT}")


# --- regular supervision ---------------------------------------------------------------------------------------------
def watches(member_id: int, on: date, until: date) -> QuerySet[Watch]:
    """Return the supervision that a member has to bring to an end; ``until`` is the last day looked at."""
    rows = Watch.objects.filter(Q(concluded_on=None) | Q(concluded_on__gt=on), observer_id=member_id)
    return rows.filter(start__lte=on, end__lte=until).select_related("unit", "of_unit", "of_member")


def notes(on: date, **where: Any) -> QuerySet[Note]:
    """Return the notes that are neither answered nor confirmed on a day and still hold. ``where``: on whom."""
    rows = Note.objects.filter(
        Q(answered_on=None) | Q(answered_on__gt=on),
        Q(confirmed_on=None) | Q(confirmed_on__gt=on),
        on__lte=on,
        expires_on__gt=on,
        **where,
    )
    return rows.select_related("watch__unit", "watch__of_unit")


# --- discipline ------------------------------------------------------------------------------------------------------
def _in_hand(member_id: int, on: date) -> QuerySet[Case]:
    """Return the cases that a member was named to have in hand and, by the posts held on a day, still has."""
    held = Position.objects.on(on).filter(member_id=member_id)
    cells = held.filter(unit__level=Level.CELL).values("unit")
    inspects = held.filter(post__in=permissions.INSPECTORS).values("unit")
    below = UnitAncestry.objects.on(on).filter(ancestor__in=inspects).values("unit")
    rows: QuerySet[Case] = Case.objects.filter(handlers__member_id=member_id)
    return rows.filter(Q(unit__in=cells) | Q(unit__in=below))


def postponed(member_id: int, on: date, until: date) -> QuerySet[Case]:
    """Return the cases that a member has in hand whose time of not being considered ends."""
    rows = Case.objects.running().filter(pk__in=_in_hand(member_id, on).values("pk"))
    rows = rows.filter(postponed_since__lte=on, postponed_until__lte=until)
    return rows.select_related("unit")


def _about(member_id: int, on: date, prefix: str = "") -> Q:
    """Return the condition that a case is about a member, or about an organisation that the member heads on a day."""
    headed = Position.objects.on(on).filter(member_id=member_id, post__in=KEEPERS).values("unit")
    return Q(**{f"{prefix}member_id": member_id}) | Q(**{f"{prefix}organisation__in": headed})


def own_cases(member_id: int, on: date) -> QuerySet[Case]:
    """Return the cases of a member, or of an organisation the member heads, whose review of self is not in yet."""
    waiting = Q(state=Case.State.OPENED) | Q(self_reviewed_on__gt=on)
    rows = Case.objects.filter(_about(member_id, on), waiting, opened_on__lte=on)
    return rows.filter(self_review_refused="").select_related("dossier", "unit")


def _in_force(on: date) -> Q:
    """Return the condition that a decision was neither changed, annulled nor ended by a day."""
    return Q(state=Decision.State.IN_FORCE) | Q(state_since__gt=on)


def to_complain(member_id: int, on: date, until: date) -> QuerySet[Decision]:
    """Return the decisions on a member, or an organisation the member heads, that can still be complained of."""
    days = {"handed_on__lte": on, "complain_by__gte": on, "complain_by__lte": until}
    rows = Decision.objects.filter(_about(member_id, on, "case__"), _in_force(on), **days)
    withdrawn = Q(state=Complaint.State.WITHDRAWN) & matter_days.settled(on)
    complained = Complaint.objects.filter(received_on__lte=on).exclude(withdrawn)
    rows = rows.exclude(pk__in=complained.values("decision"))
    return rows.select_related("unit", "case")


@dataclass(frozen=True, slots=True)
class Written:
    """A case whose form is found and whose decision is to be written, or a decision to be handed over."""

    case: Case
    decision: Decision | None
    due: date


def to_write(member_id: int, on: date) -> list[Written]:
    """Return the decisions to write and to hand over in the cases that a member has in hand, each with its last day."""
    cases = _in_hand(member_id, on).select_related("dossier", "unit")
    formed = list(cases.filter(state=Case.State.FORMED))
    handed = list(
        Decision.objects.filter(
            Q(handed_on=None) | Q(handed_on__gt=on),
            _in_force(on),
            case__in=cases.values("pk"),
            signed_on__lte=on,
        ).select_related("case__dossier", "case__unit")
    )
    dues = due_of([one.dossier for one in formed], "decision") if formed else {}
    over = due_of([one.case.dossier for one in handed], "handed_over") if handed else {}
    return [
        *(Written(one, None, dues.get(one.dossier_id, one.opened_on)) for one in formed),
        *(Written(one.case, one, over.get(one.case.dossier_id, one.signed_on)) for one in handed),
    ]


# --- complaints, restoration, denunciations --------------------------------------------------------------------------
def complaints(member_id: int, on: date) -> QuerySet[Complaint]:
    """Return the complaints that a member has to settle, or to take up as head of the body that settles them."""
    held = Position.objects.on(on).filter(member_id=member_id)
    keeps = held.filter(post__in=KEEPERS).values("unit")
    chairs = held.filter(post__in=permissions.CHAIRS).values("unit")
    issues = Q(unit__in=keeps) | Q(body=Body.INSPECTION, unit__in=chairs)
    new = issues & matter_days.received(on) & ~Q(decision__case__member_id=member_id)
    open_now = matter_days.accepted(on) & Q(handler_id=member_id, unit__in=held.values("unit"))
    return Complaint.objects.filter(new | open_now).select_related("unit")


def _letters(member_id: int, on: date) -> QuerySet[Denunciation]:
    """Return the denunciations that a member was named to handle and, by a post held there on a day, still does."""
    held = Position.objects.on(on).filter(member_id=member_id).values("unit")
    return Denunciation.objects.filter(handlers__member_id=member_id, unit__in=held)


def restorations(member_id: int, on: date, until: date) -> QuerySet[Restoration]:
    """Return what is to be put right in the matters that a member has in hand."""
    mine = Q(denunciation__in=_letters(member_id, on).values("pk"))
    mine |= Q(decision__case__in=_in_hand(member_id, on).values("pk")) | Q(
        decision__complaints__handler_id=member_id
    )
    rows = Restoration.objects.filter(mine, Q(done_on=None) | Q(done_on__gt=on), due__lte=until)
    return rows.select_related("decision__unit", "denunciation__unit").distinct()


def to_answer(member_id: int, on: date, until: date) -> QuerySet[Denunciation]:
    """Return the denunciations that a member handles whose writer has not been told what became of them."""
    rows = Denunciation.objects.filter(
        Q(answered_on=None) | Q(answered_on__gt=on),
        pk__in=_letters(member_id, on).values("pk"),
        received_on__lte=on,
        answer_due__lte=until,
    )
    rows = rows.exclude(
        matter_days.letter_done(on) & Q(state__in=(Denunciation.State.WITHDRAWN, Denunciation.State.COMBINED))
    )
    return rows.select_related("unit")
