"""Casting a vote. Nothing is recorded of it but that this person has voted, and a sealed vote among the others.

No entry in the audit record, no log, no message in the session, no slip in the cache: each would carry a moment and
a name. See README.md, "What the secrecy protects from".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.ballots import rules, sealing
from hatnhan.ballots.actions.erasing import erase_deleted
from hatnhan.ballots.models import Ballot, RollEntry, Urn
from hatnhan.ballots.selectors.questions import question_of
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.actions.checks import deed
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.ballots.rules import Choice


def cast_vote(*, by: Actor, at: datetime, ballot: Ballot, choice: Choice) -> None:
    """Put the vote of the person signed in into the urn; there is no other way to vote than by the own account.

    ``choice``: places of the options chosen (yes is 1, no is 2), or a grade's key by place; empty is a blank vote.
    Raises Denied; RuleBroken: not_open, not_on_roll, not_entitled, voted_already, no_such_option, no_such_grade,
    too_many_chosen.
    """
    del at  # every action is told the moment; this one has nowhere to write it
    member_id = None if isinstance(by, Machine) else powers_of(by).member_id
    if member_id is None:
        raise Denied(
            _("Chỉ người có tên trong danh sách bỏ phiếu mới bỏ phiếu, bằng tài khoản của chính mình.")
        )
    cast_for(member_id=member_id, ballot=ballot, choice=choice)


@deed
def cast_for(*, member_id: int, ballot: Ballot, choice: Choice) -> None:
    """Put a member's vote into the urn. For `cast_vote`, and for demonstrations and tests, which have no screen.

    Two writes, in one transaction: the roll says that the member voted, the urn holds one vote more; both or neither.
    """
    erase_deleted()
    current = Ballot.objects.get(pk=ballot.pk)
    if current.state != Ballot.State.OPEN:
        raise _not_open(current)
    sealed = _sealed(current, choice)
    waiting = RollEntry.objects.filter(ballot_id=current.pk, member_id=member_id, entitled=True, voted=False)
    # Whoever comes second, at whatever speed, finds nothing left to change.
    if waiting.update(voted=True) != 1:
        raise _why_not(current, member_id)
    urn = Urn.objects.select_for_update().filter(pk=current.pk).first()
    if urn is None:
        current.refresh_from_db()
        raise _not_open(current)
    contents = sealing.put_in(bytes(urn.contents), sealed)
    Urn.objects.filter(pk=current.pk).update(votes=F("votes") + 1, contents=contents)


def _sealed(ballot: Ballot, choice: Choice) -> bytes:
    question = question_of(ballot)
    try:
        marks = rules.marks_of(question, choice)
    except rules.Unfit as fault:
        messages = {
            "too_many_chosen": _("Chọn quá số cho phép. Chọn không quá %(up_to)s.") % {"up_to": ballot.up_to},
            "no_such_grade": _("Không có mức này trên phiếu. Chọn lại."),
        }
        message = messages.get(fault.code) or _("Không có phương án này trên phiếu. Chọn lại.")
        raise RuleBroken(fault.code, message, field="choice") from fault
    return sealing.seal(bytes(ballot.public_key), question, marks)


def _not_open(ballot: Ballot) -> RuleBroken:
    messages = {
        Ballot.State.DRAFT: _("Cuộc bỏ phiếu chưa mở. Chờ người chủ trì mở rồi bỏ phiếu."),
        Ballot.State.CANCELLED: _("Cuộc bỏ phiếu đã hủy. Không bỏ phiếu được nữa."),
    }
    closed = _("Cuộc bỏ phiếu đã kiểm phiếu xong. Không bỏ phiếu được nữa.")
    return RuleBroken("not_open", messages.get(Ballot.State(ballot.state), closed))


def _why_not(ballot: Ballot, member_id: int) -> RuleBroken:
    entry = RollEntry.objects.filter(ballot_id=ballot.pk, member_id=member_id).first()
    if entry is None:
        message = _("Đồng chí không có tên trong danh sách bỏ phiếu này. Hỏi người chủ trì.")
        return RuleBroken("not_on_roll", message)
    if not entry.entitled:
        message = _("Đồng chí không biểu quyết ở cuộc này: %(reason)s.")
        return RuleBroken("not_entitled", message % {"reason": entry.get_reason_display().lower()})
    return RuleBroken(
        "voted_already", _("Đồng chí đã bỏ phiếu. Mỗi người bỏ một phiếu, bỏ rồi không đổi được.")
    )
