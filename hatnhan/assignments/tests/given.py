"""What this room's tests share: tasks and charges as the actions make them, and a count of queries."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.assignments.actions import charges
from hatnhan.assignments.actions.opening import TaskData, open_tasks
from hatnhan.core import clock

DAY = date(2017, 11, 20)
DUE = date(2017, 12, 1)


def task(people, unit, title="Sửa đường xóm Chùa", *, owner=None, given_on=None, by=None, **fields):
    fields = {"due": DUE} | fields
    if not fields.get("owner_unit"):
        fields["owner"] = owner or people.member
    by = by or people.secretary.user
    return open_tasks(by=by, at=clock.now(), unit=unit, data=[TaskData(title, **fields)], given_on=given_on)[
        0
    ]


def charge(people, place, member=None, cell=None, start=date(2016, 1, 1)):
    return charges.charge_cell(
        by=people.secretary.user,
        at=clock.now(),
        member=member or people.standing,
        unit=place.commune,
        cell=cell or place.village,
        start=start,
        decision_no="15-QĐ/ĐU",
    )


def group(people, place, name="Nông nghiệp", start=date(2016, 1, 1)):
    by = people.secretary.user
    return charges.create_group(by=by, at=clock.now(), unit=place.commune, name=name, start=start)


def charge_group(people, place, of, member=None, start=date(2016, 1, 1)):
    return charges.charge_group(
        by=people.secretary.user,
        at=clock.now(),
        member=member or people.standing,
        unit=place.commune,
        group=of,
        start=start,
        decision_no="15-QĐ/ĐU",
    )


def queries(client, url):
    """Return how many questions a page asks the database, what is remembered after the first time left out."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200, url
    return len(asked)
