"""Facts that no room knows are written down with their source; a trigger is lifted by a paper of the authority.

Nothing is written over: the older word is withdrawn and stays, with who wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit import actions as audit
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import deed, moved_on, require_text
from hatnhan.organization.powers import powers_of
from hatnhan.reviews.actions.guards import require_open, require_state
from hatnhan.reviews.models import Entry, TypedFact
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.permissions.facts import may_lift, may_write
from hatnhan.reviews.rules.facts import UNIT
from hatnhan.reviews.selectors.asked import asked_of, liftable_of
from hatnhan.reviews.selectors.facts import LIFTED

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor

_LONGEST = 300
#: The least and the most of each kind of value.
_BOUNDS = {"%": (0, 100), "điểm": (0, 100), "mức": (1, 4), "có/không": (0, 1), "tháng": (0, 12)}
_WHOLE = frozenset({"mức", "có/không"})
_BEFORE_DECISION = tuple(one for one in Entry.State if one != Entry.State.DECIDED)


@dataclass(frozen=True, slots=True)
class TypedWords:
    """A fact as it is written down."""

    key: str
    value: Decimal
    source: str


@deed
def write_fact(*, by: Actor, at: datetime, entry: Entry, fact: str, value: Decimal, source: str) -> TypedFact:
    """Write a fact (a key of `FACTS`) with where it is from, and return it; the one that held is withdrawn.

    ``value``: percent 0–100, months, levels 1–4, or 0/1 for no and yes. Until the grade is decided.
    Raises Denied; RuleBroken: closed, state, left_out, not_asked, value, source_missing.
    """
    if not may_write(by, entry):
        raise Denied(
            _("Việc này do Bí thư, Phó Bí thư Đảng ủy, hoặc người đứng đầu chi bộ ghi; không ghi cho mình.")
        )
    require_open(entry.cycle)
    require_state(entry, *_BEFORE_DECISION)
    if fact not in asked_of(entry):
        raise RuleBroken(
            "not_asked", _("Quy định của đợt này không xét điều ấy với diện này, hoặc phần mềm tự tính.")
        )
    _require_value(fact, value)
    source = _source(source)
    told: dict[str, object] = {"fact": fact, "value": str(value), "source": source}
    return _hold(signed=(by, at), entry=entry, fact=TypedWords(fact, value, source), told=told)


@deed
def lift_trigger(
    *, by: Actor, at: datetime, entry: Entry, trigger: str, paper_no: str, reason: str
) -> TypedFact:
    """Write that the authority, having weighed it, lifts what would make the lowest grade. Returns what was written.

    ``trigger`` is the key of a row of the law that may be lifted. Until the grade is decided.
    Raises Denied; RuleBroken: closed, state, left_out, not_liftable, paper_missing, reason_missing.
    """
    if not may_lift(by, entry):
        raise Denied(_("Việc này do Bí thư, Phó Bí thư của cấp xem xét ghi; không ghi cho mình."))
    require_open(entry.cycle)
    require_state(entry, *_BEFORE_DECISION)
    if trigger not in liftable_of(entry):
        raise RuleBroken("not_liftable", _("Quy định không cho xem xét lại căn cứ này."))
    number = require_text(nfc(paper_no), code="paper_missing", field="paper_no")
    why = require_text(nfc(reason), code="reason_missing", field="reason")
    source = _source(f"{number}: {why}")
    fact = TypedWords(f"{LIFTED}{trigger}", Decimal(1), source)
    told: dict[str, object] = {"lifted": trigger, "source": source}
    return _hold(signed=(by, at), entry=entry, fact=fact, told=told)


@deed
def withdraw_fact(*, by: Actor, at: datetime, typed: TypedFact, because: str) -> None:
    """Take back what was written: what the rooms count, or nothing, holds again. Until the grade is decided.

    Raises Denied; RuleBroken: closed, state, left_out, reason_missing, already_done.
    """
    entry, lifted = typed.entry, typed.fact.startswith(LIFTED)
    if not (may_lift(by, entry) if lifted else may_write(by, entry)):
        raise Denied(_("Việc này do người được ghi điều xét rút lại; không rút của mình."))
    require_open(entry.cycle)
    require_state(entry, *_BEFORE_DECISION)
    why = require_text(nfc(because), code="reason_missing", field="because")
    if TypedFact.objects.filter(pk=typed.pk, withdrawn_at=None).update(withdrawn_at=at) != 1:
        raise moved_on()
    typed.withdrawn_at = at
    key = "lift_withdrawn" if lifted else "withdrawn"
    _note(by, at, entry, {key: typed.fact.removeprefix(LIFTED), "reason": why})


def _hold(
    *, signed: tuple[Actor, datetime], entry: Entry, fact: TypedWords, told: dict[str, object]
) -> TypedFact:
    by, at = signed
    before = (
        TypedFact.objects.select_for_update().filter(entry=entry, fact=fact.key, withdrawn_at=None).first()
    )
    if before is not None:
        TypedFact.objects.filter(pk=before.pk).update(withdrawn_at=at)
        told |= {"value_before": str(before.value), "source_before": before.source}
    writer = None if isinstance(by, Machine) else powers_of(by).member_id
    made: TypedFact = TypedFact.objects.create(
        entry=entry,
        fact=fact.key,
        value=fact.value,
        source=fact.source,
        by_id=writer,
        by_name=str(by)[:120],
        at=at,
    )
    _note(by, at, entry, told)
    return made


def _require_value(fact: str, value: Decimal) -> None:
    unit = UNIT[fact]
    least, most = _BOUNDS[unit]
    whole = unit not in _WHOLE or value == value.to_integral_value()
    if not (least <= value <= most and whole):
        words = _("Ghi giá trị từ %(least)d đến %(most)d.") % {"least": least, "most": most}
        raise RuleBroken("value", words, field="value")


def _source(source: str) -> str:
    text = require_text(nfc(source), code="source_missing", field="source")
    if len(text) > _LONGEST:
        raise RuleBroken("too_long", _("Dài quá 300 chữ. Rút ngắn rồi ghi lại."), field="source")
    return text


def _note(by: Actor, at: datetime, entry: Entry, details: dict[str, object]) -> None:
    audit.record(
        by=by,
        at=at,
        action=Action.FACT,
        target=entry,
        unit_id=entry.unit_id,
        subject_id=entry.member_id,
        details=details,
    )
