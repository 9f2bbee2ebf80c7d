"""Sealing: one length for all, one key for two people, nothing to be read by fewer."""

import pytest

from hatnhan.ballots import rules, sealing
from hatnhan.ballots.migrations import __name__ as migrations
from hatnhan.ballots.rules import Question
from hatnhan.ballots.tests import make

QUESTION = Question(30, grades=("xs", "t", "k"))
FULL = rules.marks_of(QUESTION, dict.fromkeys(range(1, 31), "k"))
EMPTY = rules.marks_of(QUESTION, {})


@pytest.fixture(scope="module")
def keys():
    with make.cheap_keys():
        return sealing.new_keys(make.WORDS)


def test_all_votes_are_of_one_length_and_two_equal_ones_differ(keys):
    sealed = [sealing.seal(keys.public, QUESTION, marks) for marks in (FULL, EMPTY, EMPTY)]
    assert {len(one) for one in sealed} == {sealing.SEALED_SIZE}
    assert len(set(sealed)) == 3


def test_the_database_guards_the_same_length():
    guards = __import__(f"{migrations}.0002_kept_by_the_database", fromlist=["SEALED_SIZE"])
    assert guards.SEALED_SIZE == sealing.SEALED_SIZE == sealing.PLAIN_SIZE + 48


def test_both_passphrases_open_what_neither_opens_alone(keys):
    contents = b""
    for marks in (FULL, EMPTY, FULL):
        contents = sealing.put_in(contents, sealing.seal(keys.public, QUESTION, marks))
    private = sealing.unlock(keys.locked, keys.salts, make.WORDS)
    assert sorted(sealing.open_all(private, QUESTION, contents)) == [EMPTY, FULL, FULL]
    first, second = make.WORDS
    for words in ((first, "sai"), ("sai", second), (second, first), ("", "")):
        with pytest.raises(sealing.WrongPassphrase):
            sealing.unlock(keys.locked, keys.salts, words)


def test_a_passphrase_is_the_same_from_whichever_keyboard(keys):
    apart = tuple(words.replace("ậ", "a\u0323\u0302") for words in make.WORDS)
    assert apart != make.WORDS
    assert sealing.unlock(keys.locked, keys.salts, apart)


def test_the_urn_lies_sorted_whatever_came_first(keys):
    votes = [sealing.seal(keys.public, QUESTION, EMPTY) for _number in range(8)]
    one = other = b""
    for vote in votes:
        one = sealing.put_in(one, vote)
    for vote in reversed(votes):
        other = sealing.put_in(other, vote)
    assert one == other == b"".join(sorted(votes))


def test_what_was_sealed_for_another_ballot_is_no_vote_of_this_one(keys):
    with make.cheap_keys():
        others = sealing.new_keys(make.WORDS)
    stranger = sealing.seal(others.public, QUESTION, FULL)
    private = sealing.unlock(keys.locked, keys.salts, make.WORDS)
    with pytest.raises(rules.Unfit):
        sealing.open_all(private, QUESTION, stranger)
