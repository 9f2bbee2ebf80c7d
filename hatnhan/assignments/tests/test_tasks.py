"""The story of a task: given, reported, verified; and what is refused on the way."""

from __future__ import annotations

from datetime import date

import pytest

from hatnhan.assignments.actions import tasks
from hatnhan.assignments.actions.opening import TaskData, open_tasks
from hatnhan.assignments.actions.settling import Settlement, settle_tasks
from hatnhan.assignments.models import Task
from hatnhan.audit.models import Entry
from hatnhan.core import clock

pytestmark = pytest.mark.django_db
DAY = date(2017, 11, 20)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(DAY):
        yield


def given(people, place, **fields):
    fields = {"title": "Sửa đường xóm Chùa", "due": date(2017, 12, 1), "owner": people.member} | fields
    if fields.get("owner_unit"):
        fields["owner"] = None
    by = people.secretary.user
    return tasks.give_task(by=by, at=clock.now(), unit=place.commune, data=TaskData(**fields))


def test_a_task_from_giving_to_verifying(people, place):
    task = given(people, place, helpers=(people.village_secretary,))
    owner, head = people.member.user, people.deputy.user
    tasks.report_progress(by=people.village_secretary.user, at=clock.now(), task=task, note="Đã đổ 50 m.")
    tasks.report_done(by=owner, at=clock.now(), task=task, outcome="Xong 120 m", evidence="Ảnh", done_on=DAY)
    tasks.return_task(by=head, at=clock.now(), task=task, reason="Chưa có biên bản nghiệm thu")
    tasks.report_done(by=owner, at=clock.now(), task=task, outcome="Đã nghiệm thu", evidence="", done_on=DAY)
    tasks.verify_task(by=head, at=clock.now(), task=task)
    task = Task.objects.get()
    assert (task.state, task.verified_by, task.closed_on) == ("verified", people.deputy, DAY)
    kinds = [event.kind for event in task.events.all()]
    assert kinds == ["given", "progress", "done", "returned", "done", "verified"]
    assert Entry.objects.filter(object_type="assignments.task", subject_id=people.member.pk).count() == 6


def test_a_meeting_settles_many_with_few_queries(people, place, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        opened = open_tasks(
            by=people.secretary.user,
            at=clock.now(),
            unit=place.commune,
            data=[
                TaskData(f"Việc {n}", DAY, owner=people.member, helpers=(people.deputy,)) for n in range(5)
            ],
        )
    settlements = [
        Settlement(opened[0], "verified", "Đã khắc phục"),
        Settlement(opened[1], "postponed", "Mưa", date(2017, 11, 25)),
        Settlement(opened[2], "withdrawn", "Không cần nữa"),
        Settlement(opened[3], "progress", "Được một nửa"),
        Settlement(opened[4], "returned", "Làm lại"),
    ]
    by, unit = people.secretary.user, place.commune
    settle_tasks(by=by, at=clock.now(), unit=unit, settlements=settlements, verified_by=people.secretary)
    states = list(Task.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["verified", "open", "withdrawn", "open", "open"]
    assert Entry.objects.filter(action="assignments:task:give").count() == 5
