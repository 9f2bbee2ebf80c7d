"""A ballot is opened: the roll is frozen, the rule kept, the urn and its key made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit import actions as audit
from hatnhan.ballots import permissions, sealing
from hatnhan.ballots.models import Ballot, RollEntry, Teller, Urn
from hatnhan.ballots.permissions import Action
from hatnhan.ballots.rules import Share
from hatnhan.ballots.selectors.eligibility import roll_of
from hatnhan.ballots.selectors.questions import keep, majority_for
from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import cite, day_of, deed, moved_on

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.ballots.sealing import Keys
    from hatnhan.ballots.selectors.eligibility import Line
    from hatnhan.rulebook.topics import Majority
    from hatnhan.rulebook.types import Rule

SHORTEST = 8


def open_ballot(
    *, by: Actor, at: datetime, ballot: Ballot, present: Collection[int], passphrases: tuple[str, str]
) -> None:
    """Open a ballot on the day of ``at``; ``present`` are ids of members, ``passphrases`` those of both tellers.

    Raises Denied; RuleBroken: passphrase_short, passphrases_same, present_unknown, nobody_entitled, quorum, no_rule,
    already_done.
    """
    permissions.require(by, Action.OPEN, ballot)
    _require_passphrases(passphrases)
    require_quorum(ballot=ballot, at=at, present=present)
    # Made before the transaction: locking a key is slow on purpose, and others wait for the database meanwhile.
    keys = sealing.new_keys(passphrases)
    _open(by=by, at=at, ballot=ballot, present=present, keys=keys)
    ballot.refresh_from_db()


def require_quorum(
    *, ballot: Ballot, at: datetime, present: Collection[int]
) -> tuple[list[Line], Rule[Majority]]:
    """Return the roll and the rule of a day. Raises RuleBroken: present_unknown, nobody_entitled, quorum, no_rule."""
    on = day_of(at)
    rule = majority_for(ballot.purpose, on, ballot.unit)
    lines = roll_of(ballot.unit, ballot.body, on, present=present, concerned_id=ballot.concerned_id)
    if set(present) - {line.member.pk for line in lines}:
        message = _("Có người được đánh dấu mà không thuộc tập thể này. Mở lại trang, rồi đánh dấu lại.")
        raise RuleBroken("present_unknown", message, field="present")
    entitled = [line for line in lines if line.entitled]
    if not entitled:
        message = _("Không ai có quyền biểu quyết trong danh sách. Xem lại tập thể bỏ phiếu.")
        raise RuleBroken("nobody_entitled", message, field="present")
    there = sum(line.present for line in entitled)
    quorum = Share(rule.value.quorum_numerator, rule.value.quorum_denominator)
    if not quorum.reached(there, len(entitled)):
        message = _(
            "Mới có %(there)s trên %(all)s người có quyền biểu quyết; phải có ít nhất %(needed)s người mới mở "
            "được. Đánh dấu thêm người có mặt, hoặc hoãn bỏ phiếu."
        )
        words = {"there": there, "all": len(entitled), "needed": quorum.needed(len(entitled))}
        raise RuleBroken("quorum", message % words, citation=cite(rule), field="present")
    return lines, rule


def _require_passphrases(passphrases: tuple[str, str]) -> None:
    for field, words in zip(("first", "second"), passphrases, strict=True):
        if len(words) < SHORTEST:
            message = _("Mật khẩu kiểm phiếu ngắn quá. Ghi ít nhất %(count)s chữ.") % {"count": SHORTEST}
            raise RuleBroken("passphrase_short", message, field=field)
    if passphrases[0] == passphrases[1]:
        message = _(
            "Hai người kiểm phiếu phải có hai mật khẩu khác nhau, mỗi người chỉ biết mật khẩu của mình."
        )
        raise RuleBroken("passphrases_same", message, field="second")


@deed
def _open(*, by: Actor, at: datetime, ballot: Ballot, present: Collection[int], keys: Keys) -> None:
    if not Ballot.objects.filter(pk=ballot.pk, state=Ballot.State.DRAFT).exists():
        raise moved_on()
    lines, rule = require_quorum(ballot=ballot, at=at, present=present)
    RollEntry.objects.bulk_create(
        RollEntry(
            ballot=ballot,
            member=line.member,
            entitled=line.entitled,
            reason=line.reason,
            present=line.present,
        )
        for line in lines
    )
    Urn.objects.create(ballot=ballot)
    for place, salt in enumerate(keys.salts, start=1):
        Teller.objects.filter(ballot=ballot, place=place).update(salt=salt)
    opened = Ballot.objects.filter(pk=ballot.pk, state=Ballot.State.DRAFT).update(
        state=Ballot.State.OPEN, on=day_of(at), opened_at=at, public_key=keys.public, locked_key=keys.locked,
        rule_version=rule.version, rule_value=keep(rule),
    )  # fmt: skip
    if opened != 1:
        raise moved_on()
    entitled = [line for line in lines if line.entitled]
    details = {
        "entitled": len(entitled),
        "present": sum(line.present for line in entitled),
        "rule_version": rule.version,
    }
    audit.record(by=by, at=at, action=Action.OPEN, target=ballot, unit_id=ballot.unit_id, details=details)
