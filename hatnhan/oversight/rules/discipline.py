"""How a discipline case moves on, and what two votes come to. Pure: no database, no framework.

Whoever is judged reviews themselves (or it is written why not), is heard by a representative of the body that decides
(or it is written why not), and the body votes twice in secret: whether, and by which form. Only then is it decided. No
step can be left out, none is taken while the case is not to be considered.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(StrEnum):
    """Where a case stands; the same words as the model's."""

    OPENED = "opened"
    REVIEWED = "reviewed"
    HEARD = "heard"
    AGREED = "agreed"
    FORMED = "formed"
    DECIDED = "decided"
    DROPPED = "dropped"


class Event(StrEnum):
    """What moves a case on."""

    REVIEW = "review"
    HEAR = "hear"
    ASK_WHETHER = "ask_whether"
    AGREE = "agree"
    NOT_AGREE = "not_agree"
    ASK_FORM = "ask_form"
    FIND = "find"
    FIND_NONE = "find_none"
    PROPOSE = "propose"
    DECIDE = "decide"
    DROP = "drop"


NEXT: Mapping[tuple[State, Event], State] = {
    (State.OPENED, Event.REVIEW): State.REVIEWED,
    (State.REVIEWED, Event.HEAR): State.HEARD,
    (State.HEARD, Event.ASK_WHETHER): State.HEARD,
    (State.HEARD, Event.AGREE): State.AGREED,
    (State.HEARD, Event.NOT_AGREE): State.DROPPED,
    (State.AGREED, Event.ASK_FORM): State.AGREED,
    (State.AGREED, Event.FIND): State.FORMED,
    (State.AGREED, Event.FIND_NONE): State.DROPPED,
    # The body above hears for itself and votes for itself.
    (State.FORMED, Event.PROPOSE): State.REVIEWED,
    (State.FORMED, Event.DECIDE): State.DECIDED,
    **{
        (state, Event.DROP): State.DROPPED
        for state in (State.OPENED, State.REVIEWED, State.HEARD, State.AGREED, State.FORMED)
    },
}
#: The two votes: whether to discipline, and by which form.
WHETHER, FORM = 1, 2
#: What may happen while the case is not to be considered: only what ends it.
_WHILE_POSTPONED = frozenset({Event.DROP})


class Refused(ValueError):
    """An event that cannot happen now; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on record of a case, as far as the body that decides now is concerned.

    ``reviewed``: there is a review of self, or why not. ``heard``: a representative of this body heard the subject, or
    it is written why not. ``asked``: which votes of this body are drafted or open. ``counted``: which are counted.
    ``agreed``: the first vote had its majority. ``votes``, ``needed``: those for the form found, and those it takes.
    ``decides``: this body may impose that form itself. ``lapsed``: the limitation was over when it voted.
    """

    state: State
    reviewed: bool = False
    heard: bool = False
    postponed: bool = False
    asked: frozenset[int] = frozenset()
    counted: frozenset[int] = frozenset()
    agreed: bool = False
    votes: int = 0
    needed: int = 0
    decides: bool = True
    above: bool = True
    lapsed: bool = False


def require(facts: Facts, event: Event) -> State:
    """Return the state that an event leads to.

    Raises Refused: ``not_now`` (not in this state), ``postponed``, ``not_reviewed``, ``not_heard``, ``asked_already``,
    ``not_counted``, ``no_majority``, ``not_theirs`` (the form is for the body above), ``nobody_above``, ``lapsed``.
    """
    found = NEXT.get((facts.state, event))
    if found is None:
        raise Refused("not_now")
    if facts.postponed and event not in _WHILE_POSTPONED:
        raise Refused("postponed")
    for code, broken in _grounds(facts, event):
        if broken:
            raise Refused(code)
    return found


def may(facts: Facts, event: Event) -> bool:
    """Tell whether an event can happen now."""
    try:
        require(facts, event)
    except Refused:
        return False
    return True


def _grounds(facts: Facts, event: Event) -> list[tuple[str, bool]]:
    """Return what an event needs, as pairs of code and whether that is lacking. One line a guarantee."""
    reviewed = ("not_reviewed", not facts.reviewed)
    heard = ("not_heard", not facts.heard)
    whether = ("not_counted", WHETHER not in facts.counted)
    form = ("not_counted", FORM not in facts.counted)
    majority = ("no_majority", not facts.votes >= facts.needed > 0)
    agreed = ("no_majority", not facts.agreed)
    needs: dict[Event, list[tuple[str, bool]]] = {
        Event.HEAR: [reviewed],
        Event.ASK_WHETHER: [reviewed, heard, ("asked_already", WHETHER in facts.asked | facts.counted)],
        Event.AGREE: [reviewed, heard, whether, agreed],
        Event.NOT_AGREE: [whether, ("majority", facts.agreed)],
        Event.ASK_FORM: [heard, whether, agreed, ("asked_already", FORM in facts.asked | facts.counted)],
        Event.FIND: [reviewed, heard, whether, agreed, form, majority],
        Event.FIND_NONE: [whether, form, ("majority", facts.votes >= facts.needed > 0)],
        Event.PROPOSE: [form, majority, ("nobody_above", not facts.above)],
        Event.DECIDE: [
            reviewed, heard, whether, agreed, form, majority, ("not_theirs", not facts.decides),
            ("lapsed", facts.lapsed),
        ],
    }  # fmt: skip
    return needs.get(event, [])


# --- who decides -----------------------------------------------------------------------------------------------------
DECIDES, PROPOSES, NONE = "decides", "proposes", "none"


class Powers(Protocol):
    """What bodies can do with one form, each of decides, proposes, none; ``own``: against who sits in the committee."""

    @property
    def cell(self) -> str: ...
    @property
    def committee(self) -> str: ...
    @property
    def own(self) -> str: ...


def power(form: Powers, *, cell: bool, own: bool = False) -> str:
    """Return what a cell, or else a body of a committee, can do with a form: decides, proposes, none.

    ``own``: the subject sits in the committee of the unit that decides, in whichever of its bodies. A grassroots
    committee removes members of lower committees and expels who is no member of its own; what it finds against its own
    it proposes to the committee above (Charter 36).
    """
    if cell:
        return form.cell
    return form.own if own and form.committee == DECIDES else form.committee


# --- the votes -------------------------------------------------------------------------------------------------------
class Share(Protocol):
    """A share of a whole, as `ballots.rules.Share` is one."""

    def reached(self, part: int, whole: int) -> bool:
        """Tell whether a part of a whole is that much."""
        ...

    def needed(self, whole: int) -> int:
        """Return the fewest that reach it."""
        ...


def majority(votes: int, entitled: int, share: Share) -> bool:
    """Tell whether votes reach a share of all who make up the body, whether they came or not."""
    return share.reached(votes, entitled)


@dataclass(frozen=True, slots=True)
class Found:
    """The form that a vote came to ("" for none), the votes that carried it, and those it takes.

    ``added`` says that votes for more severe forms were added to its own.
    """

    form: str
    votes: int
    needed: int
    added: bool = False


def form_of(votes_by_form: Mapping[str, int], entitled: int, shares: Mapping[str, Share]) -> Found:
    """Return the form that a vote came to; ``votes_by_form`` is in order of severity, the severest first.

    A form with its own share is it. Where none has, the votes of the severest are added to the next milder one, and so
    on downward, until one has its share (21-QĐ/TW, 11/4/2026, known at second hand): whoever wants the harder form
    wants at least the milder one. Votes for no discipline are not among them. With none found, ``votes`` and ``needed``
    are those of the mildest form with all added up.
    """
    for form, votes in votes_by_form.items():
        if shares[form].reached(votes, entitled):
            return Found(form, votes, shares[form].needed(entitled))
    total, needed = 0, 0
    for form, votes in votes_by_form.items():
        total += votes
        needed = shares[form].needed(entitled)
        if shares[form].reached(total, entitled):
            return Found(form, total, needed, added=True)
    return Found("", total, needed)
