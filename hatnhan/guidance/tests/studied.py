"""Documents, what cells were given of them, and small readers for the tests of study."""

from __future__ import annotations

from datetime import date, datetime

from hatnhan.core import clock
from hatnhan.guidance.actions import sessions
from hatnhan.guidance.models import CellRollOut, Document, RollOut
from hatnhan.organization.selectors.law import law_at
from hatnhan.rulebook.topics.guidance import RollOutSteps

TODAY = date(2026, 10, 20)
NOW = datetime(2026, 10, 20, 19, 30, tzinfo=clock.HERE)


def document(unit, number="12-NQ/ĐU", issued_on=date(2026, 9, 1)):
    return Document.objects.create(
        unit=unit,
        kind="resolution",
        issuer="Đảng ủy xã",
        number=number,
        issued_on=issued_on,
        subject="Về xây dựng nông thôn mới",
        registered_at=NOW,
    )


def given(doc, *cells, on=date(2026, 9, 10)):
    roll_out = RollOut.objects.create(
        unit=doc.unit,
        document=doc,
        asks="Học tập và thực hiện.",
        approve_by=on,
        held_by=date(2026, 11, 1),
        study_by=date(2026, 11, 1),
        done_by=date(2027, 9, 1),
        state="approved",
        decision_no="1-KH/ĐU",
        rule=law_at(RollOutSteps, on).version,
        drafted_at=NOW,
        approved_at=NOW,
    )
    CellRollOut.objects.bulk_create(CellRollOut(roll_out=roll_out, cell=cell, given_on=on) for cell in cells)
    return roll_out


def data(doc, **fields):
    starts = datetime(2026, 10, 20, 8, 0, tzinfo=clock.HERE)
    known = {"title": "Học nghị quyết", "level": "commune", "mode": "room", "starts_at": starts}
    return sessions.SessionData(document=doc, **(known | fields))


def names(rows):
    return [one.full_name for one in rows]
