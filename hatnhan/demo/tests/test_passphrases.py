"""Passwords that can be read out."""

from __future__ import annotations

import re

from hatnhan.demo import passphrases


def test_a_password_is_three_plain_syllables_and_a_number():
    issued = {passphrases.issue() for _ in range(100)}
    assert len(issued) == 100
    assert all(re.fullmatch(r"[a-z]{2,7}-[a-z]{2,7}-[a-z]{2,7}-\d\d", password) for password in issued)


def test_there_are_enough_syllables_and_none_twice():
    syllables = passphrases.SYLLABLES
    assert len(syllables) == len(set(syllables))
    assert len(syllables) ** 3 * 90 > 2**27
