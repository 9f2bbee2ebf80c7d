"""Entries brought to be decided, and decisions on them, for the tests of decisions."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import transaction

from hatnhan.accounts.actors import MACHINE
from hatnhan.reviews.actions import deciding
from hatnhan.reviews.actions.drafting import LineData
from hatnhan.reviews.models import Entry
from hatnhan.reviews.tests import make

NOW = datetime(2026, 12, 28, 2, tzinfo=UTC)
BECAUSE = ("Cấp trên cho phép", "12-CV/BTCTU")


def cycle(unit, year=2026):
    """A cycle opened on 20 November in which everyone is proposed "t" on 12 December and appraised so on the 22nd."""
    made = make.cycle(unit, year)
    appraised(made)
    return made


def appraised(of, grade="t"):
    """Bring all that are to be graded to where a decision is due."""
    Entry.objects.filter(cycle=of).due_grade().update(
        state=Entry.State.APPRAISED,
        self_grade=grade,
        proposed_grade=grade,
        proposed_on=date(of.year, 12, 12),
        appraised_grade=grade,
        appraised_on=date(of.year, 12, 22),
    )


def members(of):
    """The members' entries that are to be graded, by id."""
    rows = Entry.objects.filter(cycle=of).members().due_grade()
    return list(rows.select_related("cycle__unit", "member", "unit").order_by("pk"))


def line(grade):
    """A grade with a reason and a paper, so that nothing but caps and order can stand in its way."""
    return LineData(grade, *BECAUSE)


def draft(of, grades, by=MACHINE, **fields):
    """Draft a decision; ``grades`` by entry."""
    lines = {entry: line(grade) for entry, grade in grades.items()}
    return deciding.draft_decision(
        by=by, at=NOW, cycle=of, title="Xếp loại đảng viên", entries=lines, **fields
    )


def decide(of, grades, number="01-QĐ/ĐU", by=MACHINE, **fields):
    """Sign a decision on entries, the collectives above their heads first, and return it."""
    with transaction.atomic():
        made = draft(of, grades, by=by, **fields)
        deciding.sign_decision(by=by, at=NOW, decision=made, number=number, signed_by="Phùng Minh Thông")
    return made


def collectives_decided(of, grade="t"):
    """Mark collectives as decided, so that their heads' turn has come."""
    rows = Entry.objects.filter(cycle=of, of=Entry.Of.COLLECTIVE).due_grade()
    rows.update(state=Entry.State.DECIDED, grade=grade, decided_on=date(of.year, 12, 24))
