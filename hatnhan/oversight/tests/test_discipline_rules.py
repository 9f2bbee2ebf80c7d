"""The state machine of discipline, the majority, adding votes up downward. Pure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hatnhan.ballots.rules import Share
from hatnhan.oversight.models import Case
from hatnhan.oversight.rules.discipline import (
    DECIDES,
    NEXT,
    PROPOSES,
    Event,
    Facts,
    Found,
    Refused,
    State,
    form_of,
    majority,
    may,
    power,
    require,
)
from hatnhan.oversight.selectors.law import power as power_of_body
from hatnhan.rulebook.resolver import history
from hatnhan.rulebook.topics.oversight import Discipline

HALF, TWO_THIRDS = Share(1, 2, more_than=True), Share(2, 3)
SHARES = {"expulsion": TWO_THIRDS, "removal": HALF, "warning": HALF, "reprimand": HALF}


def test_states_are_those_of_the_model():
    assert {one.value for one in State} == set(Case.State.values)


# --- the machine -----------------------------------------------------------------------------------------------------
class Walk:
    """A case that random events are tried on; what happened is told by the events that were let through."""

    def __init__(self):
        self.facts = Facts(State.OPENED)
        self.level = 0
        self.log = []

    def attempt(self, event, votes, needed, decides):
        before = self._world(event, votes, needed, decides)
        try:
            state = require(before, event)
        except Refused:
            return
        self.log.append((self.level, event, before))
        self.facts = self._after(replace(before, state=state), event)
        if event is Event.PROPOSE:
            self.level += 1

    def _world(self, event, votes, needed, decides):
        """Let the tellers count before an event reads the count, as happens outside the machine."""
        facts = self.facts
        if event in {Event.AGREE, Event.NOT_AGREE} and 1 in facts.asked:
            facts = replace(facts, asked=frozenset(), counted=frozenset({1}), agreed=0 < needed <= votes)
        if event in {Event.FIND, Event.FIND_NONE} and 2 in facts.asked:
            facts = replace(
                facts,
                asked=frozenset(),
                counted=frozenset({1, 2}),
                votes=votes,
                needed=needed,
                decides=decides,
            )
        return facts

    def _after(self, facts, event):
        changes = {
            Event.REVIEW: {"reviewed": True},
            Event.HEAR: {"heard": True},
            Event.ASK_WHETHER: {"asked": frozenset({1})},
            Event.ASK_FORM: {"asked": frozenset({2})},
            Event.PROPOSE: {"heard": False, "counted": frozenset(), "agreed": False, "votes": 0, "needed": 0},
        }
        return replace(facts, **changes.get(event, {}))

    def happened(self, event):
        return [facts for level, one, facts in self.log if one is event and level == self.level]


EVENTS = st.tuples(
    st.sampled_from(Event),
    st.integers(0, 12),
    st.integers(0, 9),
    st.booleans(),
    st.sampled_from(["", "", "", "on", "off"]),
)
#: A path that does reach a decision, so that the property is never true for lack of decisions.
STRAIGHT = [
    (one, 9, 5, True, "")
    for one in (
        Event.REVIEW, Event.HEAR, Event.ASK_WHETHER, Event.AGREE, Event.ASK_FORM, Event.FIND, Event.DECIDE,
    )
]  # fmt: skip
UPWARD = [
    *((*one[:3], False, "") for one in STRAIGHT[:-1]),
    (Event.PROPOSE, 0, 0, True, ""),
    *STRAIGHT[1:],
]


@given(st.lists(EVENTS, max_size=60))
@example(STRAIGHT)
@example(UPWARD)
@example([*STRAIGHT[:-1], (Event.REVIEW, 0, 0, True, "on"), STRAIGHT[-1]])
def test_no_path_reaches_a_decision_without_every_guarantee(tried):
    walk = Walk()
    for event, votes, needed, decides, switch in tried:
        if switch:
            walk.facts = replace(walk.facts, postponed=switch == "on")
        walk.attempt(event, votes, needed, decides)
    if walk.facts.state is not State.DECIDED:
        return
    assert any(one is Event.REVIEW for _level, one, _facts in walk.log)
    # All that follows was done by the body that decided, whatever was done below it.
    assert walk.happened(Event.HEAR)
    assert walk.happened(Event.ASK_WHETHER)
    assert walk.happened(Event.AGREE)[0].agreed
    assert walk.happened(Event.ASK_FORM)
    (found,) = walk.happened(Event.FIND)
    assert found.votes >= found.needed > 0
    (decided,) = walk.happened(Event.DECIDE)
    assert decided.decides
    assert decided.heard
    assert decided.counted == {1, 2}
    assert not decided.lapsed
    assert all(not facts.postponed for _level, event, facts in walk.log if event is not Event.DROP)
    order = [one for level, one, _facts in walk.log if level == walk.level]
    assert order.index(Event.HEAR) < order.index(Event.ASK_WHETHER) < order.index(Event.ASK_FORM)


def test_the_straight_path_and_the_path_upward_do_decide():
    for path in (STRAIGHT, UPWARD):
        walk = Walk()
        for event, votes, needed, decides, _switch in path:
            walk.attempt(event, votes, needed, decides)
        assert walk.facts.state is State.DECIDED


COMPLETE = Facts(
    State.FORMED, reviewed=True, heard=True, counted=frozenset({1, 2}), agreed=True, votes=9, needed=8
)


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"state": State.AGREED}, "not_now"),
        ({"postponed": True}, "postponed"),
        ({"reviewed": False}, "not_reviewed"),
        ({"heard": False}, "not_heard"),
        ({"counted": frozenset({1})}, "not_counted"),
        ({"counted": frozenset({2})}, "not_counted"),
        ({"agreed": False}, "no_majority"),
        ({"votes": 7}, "no_majority"),
        ({"votes": 0, "needed": 0}, "no_majority"),
        ({"decides": False}, "not_theirs"),
        ({"lapsed": True}, "lapsed"),
    ],
)
def test_each_guarantee_alone_stops_a_decision(lacking, code):
    assert require(COMPLETE, Event.DECIDE) is State.DECIDED
    with pytest.raises(Refused) as refused:
        require(replace(COMPLETE, **lacking), Event.DECIDE)
    assert refused.value.code == code


@given(
    st.builds(
        Facts, st.sampled_from(State), *(st.booleans(),) * 3, st.sets(st.sampled_from([1, 2])).map(frozenset),
        st.sets(st.sampled_from([1, 2])).map(frozenset), st.booleans(), st.integers(0, 9), st.integers(0, 9),
        st.booleans(), st.booleans(), st.booleans(),
    )
)  # fmt: skip
@example(COMPLETE)
def test_whatever_is_on_record_only_the_complete_record_can_be_decided(facts):
    complete = (
        facts.state is State.FORMED and facts.reviewed and facts.heard and not facts.postponed
        and facts.counted == {1, 2} and facts.agreed and facts.votes >= facts.needed > 0 and facts.decides
        and not facts.lapsed
    )  # fmt: skip
    assert may(facts, Event.DECIDE) == complete


def test_nothing_leaves_the_ends():
    assert not [state for state, _event in NEXT if state in {State.DECIDED, State.DROPPED}]
    assert [event for (_state, event), to in NEXT.items() if to is State.DECIDED] == [Event.DECIDE]


# --- the votes -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("votes", "entitled", "share", "reached"),
    [
        (5, 10, HALF, False),  # half is not more than half
        (6, 10, HALF, True),
        (6, 11, HALF, True),
        (6, 9, TWO_THIRDS, True),
        (6, 10, TWO_THIRDS, False),
        (7, 10, TWO_THIRDS, True),
        (0, 0, HALF, False),
    ],
)
def test_majority_is_of_all_members(votes, entitled, share, reached):
    assert majority(votes, entitled, share) is reached


@pytest.mark.parametrize(
    ("votes", "entitled", "found"),
    [
        # A form with its own share is it; nothing is added.
        ((0, 0, 6, 2), 10, Found("warning", 6, 6)),
        ((7, 0, 2, 1), 10, Found("expulsion", 7, 7)),
        # Expulsion takes two thirds: six of ten go down to the next form, and carry it.
        ((6, 0, 2, 2), 10, Found("removal", 6, 6, added=True)),
        # 2 + 3 is half, not more; with the warning's own it is enough.
        ((2, 3, 1, 4), 10, Found("warning", 6, 6, added=True)),
        ((1, 1, 3, 1), 10, Found("reprimand", 6, 6, added=True)),
        # Those who stayed away count: eight of twenty carry nothing, however all are added.
        ((2, 2, 2, 2), 20, Found("", 8, 11)),
        ((0, 0, 0, 0), 10, Found("", 0, 6)),
        # Votes against any discipline are not among these, and are never added.
        ((0, 0, 0, 5), 10, Found("", 5, 6)),
    ],
)
def test_votes_are_added_downward(votes, entitled, found):
    assert form_of(dict(zip(SHARES, votes, strict=True)), entitled, SHARES) == found


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4), st.integers(0, 12), st.integers(0, 20))
def test_a_form_found_has_its_share_of_those_who_want_it_or_harder(votes, none, absent):
    entitled = sum(votes) + none + absent
    by_form = dict(zip(SHARES, votes, strict=True))
    found = form_of(by_form, entitled, SHARES)
    keys = list(SHARES)
    if not found.form:
        assert not HALF.reached(sum(votes), entitled)
        return
    harder = sum(by_form[key] for key in keys[: keys.index(found.form) + 1])
    assert found.votes <= harder
    assert found.votes >= found.needed
    assert SHARES[found.form].reached(found.votes, entitled)
    # No harder form had its share: one is never punished harder than the vote carries.
    for place, key in enumerate(keys[: keys.index(found.form)]):
        assert not SHARES[key].reached(sum(votes[: place + 1]) if found.added else by_form[key], entitled)


# --- who decides -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("form", "deciding", "own", "found"),
    [
        # A cell: its own members, whatever seats they hold; the harder forms go up.
        ("reprimand", "members", False, DECIDES),
        ("warning", "members", True, DECIDES),
        ("removal", "members", False, PROPOSES),
        ("expulsion", "members", True, PROPOSES),
        # A grassroots committee: a member of the committee of a cell, or one without a seat.
        ("removal", "standing", False, DECIDES),
        ("expulsion", "committee", False, DECIDES),
        # Its own committee member: it reprimands and warns, what is harder is for the committee above (Charter 36).
        ("reprimand", "standing", True, DECIDES),
        ("warning", "committee", True, DECIDES),
        ("removal", "standing", True, PROPOSES),
        ("removal", "committee", True, PROPOSES),
        ("expulsion", "standing", True, PROPOSES),
        ("expulsion", "committee", True, PROPOSES),
    ],
)
def test_a_committee_only_proposes_to_remove_or_expel_its_own_member(form, deciding, own, found):
    rules = history(Discipline)
    assert len(rules) >= 2
    for rule in rules:
        (one,) = [one for one in rule.value.forms if one.key == form]
        assert power(one, cell=deciding == "members", own=own) == found
        assert power_of_body(one, deciding, own=own) == found
