"""Short ways to series and meetings for tests of this room, made by the actions."""

from __future__ import annotations

from datetime import date, datetime, time

from hatnhan.accounts.actors import MACHINE
from hatnhan.core import clock
from hatnhan.meetings.actions import planning
from hatnhan.meetings.actions.series import open_series

#: A Thursday morning.
NOW = clock.at(date(2018, 11, 1))


def cell_series(unit, at=NOW, **fields):
    given = {
        "body": "members",
        "kind": "cell_monthly",
        "name": "Sinh hoạt chi bộ",
        "frequency": "monthly",
        "monthday": 3,
        "at_time": time(19, 30),
        "place": "Nhà văn hóa thôn",
        "start": date(2018, 11, 1),
    } | fields
    return open_series(by=MACHINE, at=at, unit=unit, **given)


def weekly_series(unit, at=NOW, **fields):
    given = {
        "body": "standing",
        "kind": "weekly_review",
        "name": "Hội ý, nhận xét",
        "frequency": "weekly",
        "weekday": 4,
        "at_time": time(14),
        "place": "Phòng họp tầng 2",
        "start": date(2018, 11, 1),
    } | fields
    return open_series(by=MACHINE, at=at, unit=unit, **given)


def called(unit, starts_at=None, at=NOW, **fields):
    given = {
        "body": "members",
        "kind": "cell_monthly",
        "title": "Sinh hoạt chi bộ bất thường",
        "place": "Nhà văn hóa thôn",
    } | fields
    starts_at = starts_at or datetime(2018, 11, 3, 19, 30, tzinfo=clock.HERE)
    return planning.call_meeting(by=MACHINE, at=at, unit=unit, starts_at=starts_at, **given)
