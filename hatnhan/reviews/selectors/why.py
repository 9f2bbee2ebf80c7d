"""What stands around the answer on its page: work line by line, what may be written, how to disagree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.reviews import permissions
from hatnhan.reviews.links import page
from hatnhan.reviews.models import Cycle, Entry, FaultLine, TypedFact, WorkLine
from hatnhan.reviews.permissions import facts as deeds
from hatnhan.reviews.selectors import again, facts
from hatnhan.reviews.selectors import explain_words as words
from hatnhan.reviews.selectors.asked import asked_of, liftable_of
from hatnhan.reviews.selectors.entries import known_entry
from hatnhan.reviews.selectors.evidence import last_entry
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from decimal import Decimal

    from hatnhan.accounts.models import User
    from hatnhan.reviews.rules.facts import FactValue
    from hatnhan.reviews.selectors.assessed import Assessed


@dataclass(frozen=True, slots=True)
class Lines:
    """Work and earlier faults line by line, as agreed: what stands behind "3/14"."""

    work: tuple[tuple[str, str], ...]
    faults: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that may be written down: what holds now, where from, and the pages to write it or take it back."""

    label: str
    value: str
    where: str
    lacking: bool
    write_url: str
    withdraw_url: str


@dataclass(frozen=True, slots=True)
class Liftable:
    """A trigger that the authority may lift, and the page to write so; or that was lifted, and to take that back."""

    label: str
    where: str
    lifted: bool
    url: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """How to disagree: in words, whether the days are confirmed, and the page; "" where it is not time yet."""

    words: str
    confirmed: bool
    url: str


def lines_of(entry: Entry) -> Lines:
    """Return work and earlier faults with their outcome, as agreed, else as said. Two queries."""
    outcomes, fixed = dict(WorkLine.Outcome.choices), dict(FaultLine.Fixed.choices)
    work = WorkLine.objects.filter(entry=entry).values_list("title", "agreed", "said")
    faults = FaultLine.objects.filter(entry=entry).values_list("text", "agreed", "said")
    return Lines(
        tuple((title, str(outcomes.get(agreed or said, ""))) for title, agreed, said in work),
        tuple((text, str(fixed.get(agreed or said, ""))) for text, agreed, said in faults),
    )


def _changeable(entry: Entry) -> bool:
    graded = entry.standing == Entry.Standing.GRADED
    return graded and entry.state != Entry.State.DECIDED and entry.cycle.state == Cycle.State.OPEN


def asked(user: User, entry: Entry, found: Assessed | None) -> tuple[Asked, ...]:
    """Return the facts that a person may write of an entry, those not known first. ``found``: what it is found to be.

    No query but for the person's powers.
    """
    if found is None or not (_changeable(entry) and deeds.may_write(user, entry)):
        return ()
    typed = {key: one.pk for key, one in found.held.typed.items()}
    rows = []
    for key in asked_of(entry):
        one = found.told.get(key)
        value = one.fact if one else None
        lacking = value is None or (value.value is None and value.applies)
        row = Asked(
            label=words.label(key),
            value=_value(key, value),
            where=one.where if one else "",
            lacking=lacking,
            write_url=page("fact-write", entry.pk, key),
            withdraw_url=page("fact-withdraw", typed[key]) if key in typed else "",
        )
        rows.append(row)
    return tuple(sorted(rows, key=lambda row: not row.lacking))


def _value(key: str, fact: FactValue | None) -> str:
    if fact is None or fact.value is None:
        return _("không có") if fact is not None and not fact.applies else _("chưa rõ")
    return words.number(key, fact.value)


def liftable(user: User, entry: Entry, found: Assessed | None) -> tuple[Liftable, ...]:
    """Return the triggers that apply and may be lifted, or were, for who may write so. No query but for powers."""
    if found is None or not (_changeable(entry) and deeds.may_lift(user, entry)):
        return ()
    rows = []
    for one in found.assessment.triggers:
        if not one.liftable:
            continue
        typed = found.held.typed.get(f"{facts.LIFTED}{one.key}")
        url = page("fact-withdraw", typed.pk) if typed else page("trigger-lift", entry.pk, one.key)
        where = typed.source if typed else found.told[one.fact].where
        rows.append(Liftable(words.trigger(one.fact, one.op, one.bound), where, typed is not None, url))
    return tuple(rows)


def year_before(user: User, entry: Entry) -> Entry | None:
    """Return the entry of the year before, where the person may know it."""
    last = last_entry(entry)
    return known_entry(user, last.pk) if last is not None else None


def appeal(user: User, entry: Entry) -> Appeal:
    """Return how the one who is graded disagrees, and by when."""
    decided = entry.state == Entry.State.DECIDED and again.may_ask(user, entry)
    url = page("ask-again", entry.pk) if decided else ""
    return Appeal(_by_when(entry), law_of(entry.cycle).regime.confirmed, url)


def appeal_words(entry: Entry) -> str:
    """Return the same as a sentence on paper."""
    unsure = "" if law_of(entry.cycle).regime.confirmed else _(" (chưa xác nhận)")
    return _("Người được xếp loại có quyền đề nghị xem lại sau khi có quyết định. %(when)s%(unsure)s.") % {
        "when": _by_when(entry).rstrip(".:"),
        "unsure": unsure,
    }


def _by_when(entry: Entry) -> str:
    regime = law_of(entry.cycle).regime
    last = again.last_day_to_ask(entry)
    if last is not None:
        return _("Thời hạn: đến hết ngày %(day)s.") % {"day": written(last)}
    if regime.value.ask_again_days:
        return _("Thời hạn: %(days)d ngày từ ngày nhận thông báo.") % {"days": regime.value.ask_again_days}
    return _("Thời hạn: chưa thấy quy định.")


def typed_for(user: User, pk: int) -> TypedFact:
    """Return what was written of an entry, to whoever may take it back. Raises Missing."""
    found = (
        TypedFact.objects.select_related("entry__cycle__unit", "entry__member", "entry__unit")
        .filter(pk=pk)
        .first()
    )
    if found is None or found.withdrawn_at is not None:
        raise Missing
    may = deeds.may_lift if found.fact.startswith(facts.LIFTED) else deeds.may_write
    if not (permissions.entries_for(user).filter(pk=found.entry_id).exists() and may(user, found.entry)):
        raise Missing
    return found


def held(entry: Entry, fact: str) -> tuple[Decimal | None, str]:
    """Return what was written of a fact and its source; None and "" for nothing."""
    found = TypedFact.objects.filter(entry=entry, fact=fact, withdrawn_at=None).first()
    return (found.value, found.source) if found else (None, "")


def may_lift_of(entry: Entry, key: str) -> bool:
    """Tell whether the law lets the authority lift a trigger of an entry."""
    return key in liftable_of(entry)
