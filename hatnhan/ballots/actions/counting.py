"""The tellers open the key, the votes are counted together with those on paper, and only totals stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit import actions as audit
from hatnhan.ballots import permissions, rules, sealing
from hatnhan.ballots.actions.erasing import erase_deleted, sweep_later
from hatnhan.ballots.models import Ballot, Option, Purpose, Result, ResultLine, RollEntry, Teller, Urn
from hatnhan.ballots.permissions import Action
from hatnhan.ballots.rules import PaperCount, Standing
from hatnhan.ballots.selectors.questions import kept_rule, question_of
from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import deed, moved_on

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.ballots.rules import Question, Tally

__all__ = ["PaperCount", "close_ballot", "review_paper"]


def close_ballot(
    *, by: Actor, at: datetime, ballot: Ballot, passphrases: tuple[str, str], paper: PaperCount
) -> Result:
    """Count and close a ballot; return its result. The key, the salts and the urn are erased.

    Raises Denied; RuleBroken: passphrase_wrong, already_done, and for the paper count negative, more_than_could,
    more_than_issued, more_than_returned, more_than_valid, too_few_choices, too_many_choices, no_such_option.
    """
    permissions.require(by, Action.CLOSE, ballot)
    review_paper(ballot=ballot, paper=paper)
    # Opened before the transaction: it is slow on purpose, and others wait for the database meanwhile.
    private = _unlock(ballot, passphrases)
    return _close(by=by, at=at, ballot=ballot, private=private, paper=paper)


def review_paper(*, ballot: Ballot, paper: PaperCount) -> Tally:
    """Return the paper count as a tally, as it stands against those who have not voted on screen. Raises RuleBroken."""
    voted = RollEntry.objects.filter(ballot_id=ballot.pk, entitled=True)
    could = voted.filter(voted=False).count()
    try:
        return rules.count_paper(question_of(ballot), paper, could=could)
    except rules.Unfit as fault:
        raise RuleBroken(fault.code, _paper_message(fault.code, ballot, could), field=fault.at) from fault


def _paper_message(code: str, ballot: Ballot, could: int) -> str:
    messages = {
        "negative": _("Số phiếu không nhỏ hơn 0. Ghi lại."),
        "more_than_could": _(
            "Chỉ còn %(could)s người có quyền biểu quyết chưa bỏ phiếu trên máy; phiếu giấy phát ra không quá số ấy."
        ),
        "more_than_issued": _("Phiếu thu về nhiều hơn phiếu phát ra. Đếm lại."),
        "more_than_returned": _(
            "Phiếu không hợp lệ và phiếu trắng cộng lại nhiều hơn phiếu thu về. Đếm lại."
        ),
        "more_than_valid": _("Số phiếu ở đây nhiều hơn số phiếu giấy hợp lệ. Đếm lại."),
        "too_few_choices": _(
            "Cộng các lựa chọn ít hơn số phiếu giấy hợp lệ. Phiếu không chọn gì thì ghi vào phiếu trắng."
        ),
        "too_many_choices": _(
            "Cộng các lựa chọn nhiều hơn số phiếu giấy hợp lệ cho phép: mỗi phiếu chọn không quá %(up_to)s. Phiếu "
            "chọn quá số thì ghi vào phiếu không hợp lệ."
        ),
    }
    known = messages.get(code) or _("Không có phương án này trên phiếu. Mở lại trang, rồi ghi lại.")
    return known % {"could": could, "up_to": ballot.up_to}


def _unlock(ballot: Ballot, passphrases: tuple[str, str]) -> bytes:
    current = Ballot.objects.get(pk=ballot.pk)
    if current.state != Ballot.State.OPEN:
        raise moved_on()
    first, second = Teller.objects.filter(ballot_id=ballot.pk).order_by("place")
    salts = (bytes(first.salt), bytes(second.salt))
    try:
        return sealing.unlock(bytes(current.locked_key), salts, passphrases)
    except sealing.WrongPassphrase as error:
        message = _(
            "Một trong hai mật khẩu chưa đúng, hoặc ghi đổi chỗ cho nhau. Từng người kiểm phiếu ghi lại mật khẩu của "
            "mình. Các phiếu vẫn còn nguyên."
        )
        raise RuleBroken("passphrase_wrong", message, field="first") from error


@deed
def _close(*, by: Actor, at: datetime, ballot: Ballot, private: bytes, paper: PaperCount) -> Result:
    erase_deleted()
    # Whoever is voting this moment is waited for; whoever comes after finds no urn.
    urn = Urn.objects.select_for_update().filter(pk=ballot.pk).first()
    ballot.refresh_from_db()
    if urn is None or ballot.state != Ballot.State.OPEN:
        raise moved_on()
    question = question_of(ballot)
    votes = sealing.open_all(private, question, bytes(urn.contents))
    tally = rules.count(question, votes) + review_paper(ballot=ballot, paper=paper)
    result = _write(ballot, question, tally, paper, on_screen=len(votes))
    closed = Ballot.State.CLOSED
    standing = Ballot.objects.filter(pk=ballot.pk, state=Ballot.State.OPEN)
    if standing.update(state=closed, closed_at=at, locked_key=b"") != 1:
        raise moved_on()
    urn.delete()
    Teller.objects.filter(ballot_id=ballot.pk).update(salt=b"")
    details = {"on_screen": result.on_screen, "paper": result.paper_returned, "entitled": result.entitled}
    audit.record(by=by, at=at, action=Action.CLOSE, target=ballot, unit_id=ballot.unit_id, details=details)
    sweep_later()
    ballot.refresh_from_db()
    return result


def _write(ballot: Ballot, question: Question, tally: Tally, paper: PaperCount, *, on_screen: int) -> Result:
    """Keep the totals. Whoever voted took part, even who came after the opening."""
    roll = RollEntry.objects.filter(ballot_id=ballot.pk, entitled=True)
    came = roll.filter(present=True).count() + roll.filter(present=False, voted=True).count()
    present = max(came, on_screen + paper.issued)
    entitled = roll.count()
    rule = kept_rule(ballot)
    assert rule is not None  # noqa: S101 - an open ballot keeps its rule
    needed = rule.share.needed(present if rule.base == "present" else entitled)
    standings = _standings(ballot, question, tally, needed)
    result = Result.objects.create(
        ballot=ballot, entitled=entitled, present=present, on_screen=on_screen, paper_issued=paper.issued,
        paper_returned=paper.returned, valid=tally.valid, invalid=paper.invalid, blank=tally.blank,
        passed=_passed(ballot, standings),
    )  # fmt: skip
    options = Option.objects.filter(ballot_id=ballot.pk).order_by("place")
    grades = question.grades or ("",)
    ResultLine.objects.bulk_create(
        ResultLine(result=result, option=option, grade=grade, votes=votes, passed=standing.value)
        for option, row, outcomes in zip(options, tally.given, standings, strict=True)
        for grade, votes, standing in zip(grades, row, outcomes, strict=True)
    )
    return result


def _standings(ballot: Ballot, question: Question, tally: Tally, needed: int) -> list[list[Standing]]:
    """Return how each option, or each grade of each, came out."""
    if question.grades:
        return [rules.outcome(row, needed=needed, up_to=1) for row in tally.given]
    votes = [row[0] for row in tally.given]
    return [[one] for one in rules.outcome(votes, needed=needed, up_to=ballot.up_to)]


def _passed(ballot: Ballot, standings: list[list[Standing]]) -> bool | None:
    """Tell whether the question as a whole passed; None where each option stands for itself."""
    if ballot.kind == Ballot.Kind.YES_NO:
        return standings[0][0] is Standing.PASSED
    if ballot.kind == Ballot.Kind.ONE and ballot.purpose != Purpose.ELECTION:
        return any(row[0] is Standing.PASSED for row in standings)
    return None
