"""What follows a decision on one entry: the notice, requests to look again, grades given anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.reviews.models import Entry, LookAgain, Regrading
from hatnhan.reviews.selectors import again, notices
from hatnhan.reviews.selectors.appraisal import grade_words
from hatnhan.reviews.selectors.writing_decisions import decides_on

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Anew:
    """A grade given anew, in words."""

    regrading: Regrading
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class After:
    """What stands on the page of an entry that is decided, and what the person may do."""

    requests: tuple[LookAgain, ...]
    anew: tuple[Anew, ...]
    last_day: date | None
    asks: bool
    tells: bool
    regrades: bool


def after_of(user: User, entry: Entry) -> After | None:
    """Return what follows the decision on an entry; None before, and for who may know no more than the grade."""
    if entry.state != Entry.State.DECIDED:
        return None
    asks, tells, decides = (
        again.may_ask(user, entry),
        notices.may_notify(user, entry.cycle, entry),
        decides_on(user, entry),
    )
    if not (asks or tells or decides):
        return None
    requests = tuple(LookAgain.objects.filter(entry=entry))
    waits = any(again.waits(one) for one in requests)
    return After(
        requests=requests,
        anew=tuple(_anew(entry, one) for one in Regrading.objects.filter(entry=entry)),
        last_day=again.last_day_to_ask(entry),
        asks=asks and not waits,
        tells=tells and entry.notified_on is not None and not requests,
        regrades=decides and not waits,
    )


def _anew(entry: Entry, one: Regrading) -> Anew:
    return Anew(one, grade_words(entry, one.old_grade), grade_words(entry, one.new_grade))
