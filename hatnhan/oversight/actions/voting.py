"""The two secret votes on a case: drafted as real ballots, and their counts read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.ballots.actions.drafting import OptionData, draft_ballot
from hatnhan.ballots.models import Ballot, Purpose
from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import day_of, deed
from hatnhan.organization.models import Body, Unit
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import case_guards as guards
from hatnhan.oversight.actions.cases import close_without
from hatnhan.oversight.models import Case, CaseBallot
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.rules.discipline import Event
from hatnhan.oversight.selectors.case_facts import standing_of
from hatnhan.oversight.selectors.law import NO_FORM, form_title, open_forms

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member
    from hatnhan.oversight.selectors.case_facts import Standing

WHETHER, FORM = CaseBallot.Round.WHETHER, CaseBallot.Round.FORM


@deed
def open_round(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    round: int,  # noqa: A002 - the word of the matter
    tellers: tuple[Member, Member],
    on: date | None = None,
) -> CaseBallot:
    """Draft one of the two votes of the body that decides; it is opened, held and counted as any ballot.

    ``round`` is of `CaseBallot.Round`: 1 yes or no; 2 one of the forms open to this body and subject, or none. Raises
    Denied, and RuleBroken with codes ``closed``, ``not_now``, ``postponed``, ``not_reviewed``, ``not_heard``,
    ``asked_already``, ``not_counted``, ``no_majority``, ``kin`` (a teller), and those of `draft_ballot`.
    """  # fmt: skip
    now = guards.lock_to_write(by, case)
    event = Event.ASK_WHETHER if round == WHETHER else Event.ASK_FORM
    _standing, state = guards.require(now, event, day_of(at))
    kin = permissions.kin_of(now.member_id) if now.member_id else frozenset()
    if any(one.pk in kin for one in tellers):
        raise RuleBroken("kin", _("Người thân của đối tượng không kiểm phiếu."), field="first_teller")
    guards.write(now, state=state)
    forms = {} if round == WHETHER else _slip(now)
    ballot = draft_ballot(
        by=by, at=at, unit=now.deciding_unit, body=now.deciding_body, title=_title(now, round),
        purpose=_purpose(now, round),
        kind=Ballot.Kind.YES_NO if round == WHETHER else Ballot.Kind.ONE, on=on or day_of(at), tellers=tellers,
        options=[OptionData(_label(now, key)) for key in forms.values()], concerned=now.member,
    )  # fmt: skip
    made: CaseBallot = CaseBallot.objects.create(
        case=now, unit=now.deciding_unit, body=now.deciding_body, round=round, ballot=ballot, forms=forms
    )
    guards.note(by, at, Action.VOTE, now, {"round": round, "tellers": [str(one) for one in tellers]})
    return made


def _slip(case: Case) -> dict[str, str]:
    """Return what the second vote offers, by place: none, then the forms, the mildest first."""
    keys = [NO_FORM, *(one.key for one in open_forms(case))]
    return {str(place): key for place, key in enumerate(keys, start=1)}


def _label(case: Case, key: str) -> str:
    return _("Không kỷ luật") if key == NO_FORM else form_title(case, key)


def _purpose(case: Case, round_: int) -> str:
    """Return by which majority the ballot's own page counts; what the vote comes to is counted form by form here."""
    if round_ == WHETHER or any(one.majority == "discipline" for one in open_forms(case)):
        return Purpose.DISCIPLINE
    return Purpose.EXPULSION


def _title(case: Case, round_: int) -> str:
    """Return what the ballot is called. A member stands on its page alone: titles go into lists, records, calendars."""
    matter = _("Xem xét kỷ luật")
    if case.organisation:
        matter = f"{matter} {case.organisation}"
    if round_ == WHETHER:
        return (_("%(matter)s. Vòng 1: có thi hành kỷ luật hay không") % {"matter": matter})[:300]
    return (_("%(matter)s. Vòng 2: hình thức (tính tỷ lệ theo từng hình thức)") % {"matter": matter})[:300]


@deed
def take_result(*, by: Actor, at: datetime, case: Case) -> Case:
    """Read the count of the vote that is closed, and let the case follow it; return the case as it stands then.

    Round 1: with its majority the second vote comes, without it the case ends. Round 2: the form found, with the votes
    that carried it and those it needed, or the case ends. Raises Denied, and RuleBroken with codes ``closed``,
    ``not_now``, ``postponed``, ``not_counted``, ``already_done``.
    """
    now = guards.lock_to_write(by, case)
    on = day_of(at)
    if now.state == Case.State.AGREED:
        _take_form(by, at, now, on)
    else:
        _take_whether(by, at, now, on)
    return guards.lock(now)


def _take_whether(by: Actor, at: datetime, case: Case, on: date) -> None:
    standing = _counted(case, WHETHER, Event.AGREE, Event.NOT_AGREE, on)
    vote = standing.whether
    assert vote is not None  # noqa: S101 - it is counted
    details: dict[str, Any] = {
        "round": 1, "votes": vote.votes, "needed": vote.needed, "of": vote.whole.total, "passed": vote.agreed,
    }  # fmt: skip
    if vote.agreed:
        guards.write(case, state=Case.State.AGREED)
    else:
        words = _("Bỏ phiếu vòng 1: %(votes)s phiếu đồng ý, cần %(needed)s")
        close_without(case, words % {"votes": vote.votes, "needed": vote.needed}, vote.ballot.on)
    guards.note(by, at, Action.COUNTED, case, details)


def _take_form(by: Actor, at: datetime, case: Case, on: date) -> None:
    standing = _counted(case, FORM, Event.FIND, Event.FIND_NONE, on)
    vote = standing.form
    assert vote is not None  # noqa: S101 - it is counted
    found = vote.found
    details: dict[str, Any] = {
        "round": 2, "form": found.form, "votes": found.votes, "needed": found.needed, "of": vote.whole.total,
        "added": found.added,
    }  # fmt: skip
    if found.form:
        changes = {"form": found.form, "votes_for": found.votes, "votes_needed": found.needed}
        guards.write(case, state=Case.State.FORMED, **changes)
    else:
        words = _("Bỏ phiếu vòng 2: không hình thức nào đủ phiếu, kể cả khi cộng dồn")
        close_without(case, words, vote.ballot.on)
    guards.note(by, at, Action.COUNTED, case, details)


def _counted(case: Case, round_: int, passed: Event, failed: Event, on: date) -> Standing:
    """Return the standing of a case whose vote is counted; either event must be possible. Raises RuleBroken."""
    standing = standing_of(case, on)
    carried = (
        standing.facts.agreed if round_ == WHETHER else standing.facts.votes >= standing.facts.needed > 0
    )
    guards.require(case, passed if carried else failed, on)
    return standing


@deed
def propose_upward(*, by: Actor, at: datetime, case: Case, body: str = Body.STANDING) -> None:
    """Send a case up to the committee directly above, which hears the subject for itself and votes for itself.

    For a form that is not this body's to impose, or a task given from above. Raises Denied, and RuleBroken with codes
    ``closed``, ``not_now``, ``postponed``, ``not_counted``, ``no_majority``, ``nobody_above``, ``body``,
    ``already_done``.
    """
    now = guards.lock_to_write(by, case)
    _standing, state = guards.require(now, Event.PROPOSE, day_of(at))
    if body not in {Body.STANDING, Body.COMMITTEE}:
        raise RuleBroken("body", _("Chọn Ban Thường vụ hoặc Ban Chấp hành."), field="body")
    above = Unit.objects.get(pk=now.deciding_unit.lineage(day_of(at))[1])
    guards.write(
        now, state=state, deciding_unit=above, deciding_body=body, form="", votes_for=0, votes_needed=0
    )
    details = {
        "from": str(now.deciding_unit), "to": str(above), "form": now.form, "votes": now.votes_for,
        "needed": now.votes_needed,
    }  # fmt: skip
    guards.note(by, at, Action.PROPOSE, now, details)
