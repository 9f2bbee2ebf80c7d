"""Taking back that a review meeting was held, where that was written by mistake and nothing was built upon it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import deed, moved_on, require_text
from hatnhan.reviews.actions import seating
from hatnhan.reviews.models import Entry, Place, Sitting
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.sittings import is_bare

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor

_LONGEST = 300


@deed
def unhold_sitting(*, by: Actor, at: datetime, sitting: Sitting, because: str) -> None:
    """Take back that a meeting was held, so that it can be written anew with its right day and numbers.

    Only while it agreed on nothing, voted on nothing, and no other meeting has reviewed who was reviewed here. Who was
    reviewed waits for the meeting again. Raises Denied; RuleBroken: closed, not_held, because_missing, built_upon,
    already_done, changed_meanwhile.
    """
    now = seating.lock(by, sitting, Sitting.State.HELD)
    why = require_text(nfc(because), code="because_missing", field="because")[:_LONGEST]
    if not is_bare(now):
        message = _(
            "Hội nghị đã ghi ý kiến thống nhất, biểu quyết, hoặc hội nghị khác đã kiểm điểm tiếp. Không rút được nữa."
        )
        raise RuleBroken("built_upon", message)
    places = [one for one in seating.places_of(now) if one.reviewed_on is not None]
    before = Place.objects.filter(entry__in=[one.entry_id for one in places], reviewed_on__isnull=False)
    # A leader whom the own cell reviewed before stays reviewed there.
    elsewhere = set(before.exclude(sitting=now).values_list("entry_id", flat=True))
    _wait_again([one.entry_id for one in places if one.entry_id not in elsewhere])
    Place.objects.filter(sitting=now).update(reviewed_on=None, absent_because="")
    held_on = now.held_on
    seating.write(now, state=Sitting.State.PLANNED, held_on=None, entitled=None, present=None)
    details = {"held_taken_back": held_on, "reviewed": len(places), "reason": why}
    seating.note(by, at, Action.HELD, now, details)
    told = {one.entry_id: {"held_taken_back": held_on} for one in places}
    seating.note_entries(by, at, Action.HELD, [one.entry for one in places], told)


def _wait_again(entries: list[int]) -> None:
    """Let entries wait for the meeting again: handed in, or due where there is no form to hand in."""
    rows = Entry.objects.filter(pk__in=entries, state=Entry.State.REVIEWED)
    back = {"reviewed_on": None, "version": F("version") + 1}
    with_form = list(rows.filter(self_review__submitted_at__isnull=False).values_list("pk", flat=True))
    done = rows.exclude(pk__in=with_form).update(state=Entry.State.DUE, **back)
    done += rows.filter(pk__in=with_form).update(state=Entry.State.SUBMITTED, **back)
    if done != len(entries):
        raise moved_on()
