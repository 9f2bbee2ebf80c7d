"""Ballots for tests: small, open, with passphrases that cost nothing to check."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from unittest import mock

from nacl import pwhash

from hatnhan.accounts.actors import MACHINE
from hatnhan.ballots import sealing
from hatnhan.ballots.actions.counting import PaperCount, close_ballot
from hatnhan.ballots.actions.drafting import OptionData, draft_ballot
from hatnhan.ballots.actions.opening import open_ballot
from hatnhan.core import clock
from hatnhan.organization.models import Body

ON = date(2026, 11, 3)
__all__ = ["OptionData"]

WORDS = ("mật khẩu thứ nhất", "mật khẩu thứ hai")
GRADES = (("xs", "Hoàn thành xuất sắc"), ("t", "Hoàn thành tốt"), ("k", "Không hoàn thành"))


@contextmanager
def cheap_keys():
    """Lock keys with the least work there is: tests open and close many."""
    least = {"PASSES": pwhash.argon2id.OPSLIMIT_MIN, "MEMORY": pwhash.argon2id.MEMLIMIT_MIN}
    with mock.patch.multiple(sealing, **least):
        yield


def at(hour=19):
    return clock.at(ON, hour)


def draft(unit, tellers, by=MACHINE, **fields):
    told = {
        "body": Body.MEMBERS, "title": "Thông qua nghị quyết tháng 11", "purpose": "resolution", "kind": "yes_no",
        "on": ON,
    } | fields  # fmt: skip
    return draft_ballot(by=by, at=at(18), unit=unit, tellers=tellers, **told)


def opened(ballot, present, by=MACHINE):
    with cheap_keys():
        open_ballot(by=by, at=at(), ballot=ballot, present=[one.pk for one in present], passphrases=WORDS)
    return ballot


def close(ballot, by=MACHINE, passphrases=WORDS, **paper):
    return close_ballot(by=by, at=at(20), ballot=ballot, passphrases=passphrases, paper=PaperCount(**paper))
