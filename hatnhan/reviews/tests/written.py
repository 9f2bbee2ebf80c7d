"""Self-reviews for the tests of this room: an entry under a law, and a whole review for it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from hatnhan.accounts.actors import MACHINE
from hatnhan.reviews.actions import handing_in
from hatnhan.reviews.models import Cycle, Entry
from hatnhan.reviews.review_parts import CriticismData, FaultData, ReviewData, WorkData
from hatnhan.reviews.selectors import texts
from hatnhan.reviews.selectors.law import versions_on

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def cycle(unit, year=2026):
    """A bare cycle under the law of its year."""
    return Cycle.objects.create(
        unit=unit, year=year, opened_on=date(year, 11, 1), opened_by="Bí thư", rules=versions_on(unit, year)
    )


def entry(of_cycle, member, unit, subject="non_leader", **fields):
    """A member's entry."""
    told = {"of": "member", "subject": subject, "unit": unit} | fields
    return Entry.objects.create(cycle=of_cycle, member=member, **told)


def whole(one, *, typed_note="", grade="t", **parts):
    """A whole review for an entry under its law: every field, every criterion at three quarters of its points."""
    fields = texts.fields_of(one)
    scored = texts.is_scored(one)
    told = {
        "answers": {field.key: f"{field.label}: đã làm." for field in fields if field.required == "yes"},
        "ratings": {field.key: 3 for field in fields if field.rated == "yes" and field.required == "yes"},
        "work": (WorkData("Tuyên truyền thu gom rác thải", "12 buổi", "on_time"),),
        "faults": (
            FaultData("Bản kiểm điểm năm 2025", "Dự sinh hoạt chưa đều", "fixed", "Đã dự đủ 11 buổi"),
        ),
        "criticisms": (CriticismData("Có lúc ngại va chạm.", "Góp ý thẳng trong họp.", "partly"),),
        "points": {
            c.key: (c.points * Decimal("0.75")).quantize(Decimal("0.01")) if scored else Decimal(3)
            for c in texts.criteria_of(one)
        },
    } | parts
    return ReviewData(grade=grade, typed_note=typed_note, **told)


def filled(one, *, by=MACHINE, submitted_at=None, **parts):
    """A whole review taken over at once."""
    data = whole(one, **parts)
    return handing_in.fill_review(by=by, at=NOW, entry=one, data=data, submitted_at=submitted_at)
