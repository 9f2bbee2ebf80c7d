"""How cases, complaints and letters stood on a day: told by the days written on them, not by today's state.

The lists and the deadlines both ask here, as those of checks ask `check_days`: one definition, that takes the day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case as Cases
from django.db.models import CharField, Exists, F, OuterRef, Q, Value, When

from hatnhan.ballots.models import Ballot
from hatnhan.core import clock
from hatnhan.oversight.models import Case, CaseBallot, Complaint, Denunciation, Hearing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.oversight.models.discipline import CaseQuerySet

_CASE, _COMPLAINT, _LETTER = Case.State, Complaint.State, Denunciation.State
#: In these a letter still waits for something.
_OPEN_LETTER = (_LETTER.RECEIVED, _LETTER.ACCEPTED)


# --- cases -----------------------------------------------------------------------------------------------------------
def closed(on: date) -> Q:
    """Return the condition that a case was decided, or ended without discipline, by a day."""
    return Q(closed_on__lte=on)


def cases_with_state(rows: CaseQuerySet, on: date) -> CaseQuerySet:
    """Return cases, each with ``state_on`` a day.

    Of a past day, while the case ran, it is told by the days of the review, the hearing and the two votes. On which day
    a case was sent up, or a review refused, is not kept: these count as if nothing of the kind had been.
    """
    if on >= clock.today():
        return rows.annotate(state_on=F("state"))
    votes = CaseBallot.objects.filter(
        case=OuterRef("pk"), ballot__state=Ballot.State.CLOSED, ballot__on__lte=on
    )
    heard = Hearing.objects.filter(case=OuterRef("pk"), on__lte=on)
    steps = (
        (Exists(votes.filter(round=CaseBallot.Round.FORM)), _CASE.FORMED),
        (Exists(votes.filter(round=CaseBallot.Round.WHETHER)), _CASE.AGREED),
        (Exists(heard), _CASE.HEARD),
        (Q(self_reviewed_on__lte=on), _CASE.REVIEWED),
    )
    found: CaseQuerySet = rows.annotate(
        state_on=Cases(
            When(closed(on), then=F("state")),
            *(When(condition, then=Value(str(state))) for condition, state in steps),
            default=Value(str(_CASE.OPENED)),
            output_field=CharField(),
        )
    )
    return found


# --- complaints ------------------------------------------------------------------------------------------------------
def settled(on: date) -> Q:
    """Return the condition that a complaint was settled, refused or taken back by a day."""
    return Q(settled_on__lte=on)


def accepted(on: date) -> Q:
    """Return the condition that a complaint was being settled on a day."""
    return Q(accepted_on__lte=on) & ~settled(on)


def received(on: date) -> Q:
    """Return the condition that a complaint had come by a day and waited to be admitted."""
    return Q(received_on__lte=on) & ~Q(accepted_on__lte=on) & ~settled(on)


def complaints_with_state(rows: QuerySet[Complaint], on: date) -> QuerySet[Complaint]:
    """Return complaints, each with ``state_on`` a day."""
    return rows.annotate(
        state_on=Cases(
            When(settled(on), then=F("state")),
            When(Q(accepted_on__lte=on), then=Value(str(_COMPLAINT.ACCEPTED))),
            default=Value(str(_COMPLAINT.RECEIVED)),
            output_field=CharField(),
        )
    )


# --- letters ---------------------------------------------------------------------------------------------------------
def letter_done(on: date) -> Q:
    """Return the condition that nothing was left to do with a letter on a day."""
    return ~Q(state__in=_OPEN_LETTER) & Q(state_on__lte=on)


def letter_taken(on: date) -> Q:
    """Return the condition that a letter was being looked into on a day."""
    return Q(accepted_on__lte=on) & ~letter_done(on)


def letter_waits(on: date) -> Q:
    """Return the condition that nothing was decided of a letter on a day."""
    return ~Q(accepted_on__lte=on) & ~letter_done(on)


def letters_with_state(rows: QuerySet[Denunciation], on: date) -> QuerySet[Denunciation]:
    """Return letters, each with ``state_on_day`` and ``since`` when it stood so."""
    done, taken = letter_done(on), Q(accepted_on__lte=on)
    return rows.annotate(
        state_on_day=Cases(
            When(done, then=F("state")),
            When(taken, then=Value(str(_LETTER.ACCEPTED))),
            default=Value(str(_LETTER.RECEIVED)),
            output_field=CharField(),
        ),
        since=Cases(
            When(done, then=F("state_on")), When(taken, then=F("accepted_on")), default=F("received_on")
        ),
    )


# --- to be shown -----------------------------------------------------------------------------------------------------
def cases_as_stood(rows: Iterable[Case], on: date) -> list[Case]:
    """Return the cases of `cases_with_state` as they stood on a day, to be shown; they are never saved."""
    found = list(rows)
    for one in found:
        one.state = one.state_on  # type: ignore[attr-defined] # of `cases_with_state`
        one.closed_on = _by(one.closed_on, on)
    return found


def complaints_as_stood(rows: Iterable[Complaint]) -> list[Complaint]:
    """Return the complaints of `complaints_with_state` as they stood on a day, to be shown; they are never saved."""
    found = list(rows)
    for one in found:
        one.state = one.state_on  # type: ignore[attr-defined] # of `complaints_with_state`
    return found


def letters_as_stood(rows: Iterable[Denunciation], on: date) -> list[Denunciation]:
    """Return the letters of `letters_with_state` as they stood on a day, to be shown; they are never saved."""
    found = list(rows)
    for one in found:
        one.state, one.state_on = one.state_on_day, one.since  # type: ignore[attr-defined] # of `letters_with_state`
        one.answered_on = _by(one.answered_on, on)
    return found


def _by(day: date | None, on: date) -> date | None:
    """Return a day unless it was still to come."""
    return day if day is not None and day <= on else None
