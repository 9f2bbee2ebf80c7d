"""The story of a task: given, reported, verified; who may do what; and what is refused on the way."""

from __future__ import annotations

from datetime import date

import pytest

from hatnhan.accounts.actors import MACHINE
from hatnhan.assignments.actions import tasks
from hatnhan.assignments.actions.opening import TaskData, open_tasks
from hatnhan.assignments.actions.settling import Settlement, settle_tasks
from hatnhan.assignments.models import Task
from hatnhan.assignments.tests import given
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.models import Member, Position
from hatnhan.organization.tests import make

pytestmark = pytest.mark.django_db
DAY = given.DAY


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(DAY):
        yield


def refusal(action, **fields):
    with pytest.raises(RuleBroken) as refused:
        action(at=clock.now(), **fields)
    return refused.value.code, refused.value.field


def report(people, task, **fields):
    fields = {"outcome": "Xong", "evidence": "", "done_on": DAY} | fields
    tasks.report_done(by=people.member.user, at=clock.now(), task=task, **fields)


def test_a_task_from_giving_to_verifying(people, place):
    data = TaskData("Sửa đường", given.DUE, owner=people.member, helpers=(people.village_secretary,))
    task = tasks.give_task(by=people.secretary.user, at=clock.now(), unit=place.commune, data=data)
    head = people.deputy.user
    tasks.report_progress(by=people.village_secretary.user, at=clock.now(), task=task, note="Đã đổ 50 m.")
    report(people, task, evidence="Ảnh")
    tasks.return_task(by=head, at=clock.now(), task=task, reason="Chưa có biên bản nghiệm thu")
    assert (task.state, task.done_on) == ("open", None)
    report(people, task, outcome="Đã nghiệm thu")
    tasks.verify_task(by=head, at=clock.now(), task=task)
    task = Task.objects.get()
    assert (task.state, task.verified_by, task.closed_on) == ("verified", people.deputy, DAY)
    kinds = [event.kind for event in task.events.all()]
    assert kinds == ["given", "progress", "done", "returned", "done", "verified"]
    assert Entry.objects.filter(object_type="assignments.task", subject_id=people.member.pk).count() == 6


def test_a_meeting_opens_and_settles_many_with_few_queries(people, place, django_assert_max_num_queries):
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
    assert Task.objects.get(pk=opened[0].pk).outcome == "Đã khắc phục"
    assert Entry.objects.filter(action="assignments:task:give").count() == 5
    assert Entry.objects.get(action="assignments:task:postpone").details["due"] == [
        "2017-11-20",
        "2017-11-25",
    ]


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"title": "  "}, ("title_missing", "title")),
        ({"title": "x" * 301}, ("too_long", "title")),
        ({"owner": None}, ("owner_missing", "owner")),
        ({"owner_unit": "village", "owner_body": "committee"}, ("owner_two", "owner")),
        ({"owner": None, "owner_unit": "village", "owner_body": "standing"}, ("body", "owner")),
        ({"due": date(2017, 11, 19)}, ("due_before_given", "due")),
        ({"owner": "stranger"}, ("owner_elsewhere", "owner")),
        ({"helpers": "stranger"}, ("owner_elsewhere", "helpers")),
        ({"owner": None, "owner_unit": "elsewhere", "owner_body": "committee"}, ("owner_elsewhere", "owner")),
    ],
)
def test_what_a_task_cannot_be(people, place, fields, refused):
    place.elsewhere = make.unit("thon-khac", "cell", place.province)
    people.stranger = make.member(place.elsewhere)
    fields = dict(fields)
    if "owner_unit" in fields:
        fields["owner_unit"] = getattr(place, fields["owner_unit"])
    if fields.get("owner") == "stranger":
        fields["owner"] = people.stranger
    if "helpers" in fields:
        fields["helpers"] = (people.stranger,)
    data = TaskData(**{"title": "Việc", "due": given.DUE, "owner": people.member} | fields)
    by, unit = people.secretary.user, place.commune
    assert refusal(tasks.give_task, by=by, unit=unit, data=data) == refused
    assert not Task.objects.exists()


def test_a_group_must_be_the_units_own_and_on_its_list_that_day(people, place):
    group = given.group(people, place)
    by = people.secretary.user
    data = [TaskData("Việc", given.DUE, owner=people.member, group=group)]
    assert refusal(open_tasks, by=by, unit=place.village, data=data) == ("group", "group")
    early = {"unit": place.commune, "data": data, "given_on": date(2015, 1, 1)}
    assert refusal(open_tasks, by=by, **early) == ("group", "group")
    assert open_tasks(by=by, at=clock.now(), unit=place.commune, data=data)[0].group == group


@pytest.mark.parametrize(
    ("action", "fields", "refused"),
    [
        (tasks.report_progress, {"note": " "}, ("note_missing", "note")),
        (tasks.postpone_task, {"due": date(2017, 12, 5), "reason": ""}, ("reason_missing", "reason")),
        (tasks.postpone_task, {"due": given.DUE, "reason": "Mưa"}, ("due_not_later", "due")),
        (tasks.withdraw_task, {"reason": ""}, ("reason_missing", "reason")),
        (tasks.withdraw_task, {"reason": "x" * 301}, ("too_long", "reason")),
        (tasks.verify_task, {}, ("already_done", "")),  # nobody reported it
        (tasks.return_task, {"reason": "Thiếu"}, ("already_done", "")),
        (tasks.hand_over_task, {"reason": ""}, ("reason_missing", "reason")),
        (tasks.hand_over_task, {"reason": "Ốm"}, ("owner_missing", "owner")),
    ],
)
def test_what_heads_cannot_write(people, place, action, fields, refused):
    task = given.task(people, place.commune)
    assert refusal(action, by=people.secretary.user, task=task, **fields) == refused


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"outcome": ""}, ("outcome_missing", "outcome")),
        ({"done_on": date(2017, 11, 21)}, ("future", "done_on")),
        ({"done_on": date(2017, 11, 19)}, ("done_before_given", "done_on")),
    ],
)
def test_what_owners_cannot_report(people, place, fields, refused):
    fields = {"outcome": "Xong", "evidence": "", "done_on": DAY} | fields
    task = given.task(people, place.commune)
    assert refusal(tasks.report_done, by=people.member.user, task=task, **fields) == refused


def test_a_task_is_handed_over_with_its_story(people, place):
    task = given.task(people, place.commune, helpers=(people.deputy,))
    fields = {"by": people.secretary.user, "task": task, "reason": "Ốm"}
    assert refusal(tasks.hand_over_task, owner=people.member, **fields) == ("owner_same", "owner")
    tasks.hand_over_task(at=clock.now(), owner=people.deputy, **fields)
    assert not task.helpers.exists()
    assert task.events.last().note == "Từ đ/c Nguyễn Thị Hòa sang đ/c Tạ Thị Hiền. Ốm"
    tasks.hand_over_task(at=clock.now(), owner_unit=place.village, owner_body="committee", **fields)
    assert Task.objects.get().owner_name == "Chi ủy, Chi bộ thôn Chùa"


# --- two at once: a step holds only of the state that was read
def test_of_two_steps_at_once_the_second_is_refused(people, place):
    task = given.task(people, place.commune)
    again = Task.objects.get(pk=task.pk)
    report(people, task)
    fields = {"outcome": "Lần hai", "evidence": "", "done_on": DAY}
    assert refusal(tasks.report_done, by=people.member.user, task=again, **fields)[0] == "already_done"
    stale = Task.objects.get(pk=task.pk)
    tasks.verify_task(by=people.secretary.user, at=clock.now(), task=task)
    assert (
        refusal(tasks.withdraw_task, by=people.secretary.user, task=stale, reason="Thôi")[0] == "already_done"
    )


def test_a_last_day_moved_meanwhile_is_not_moved_over(people, place):
    task = given.task(people, place.commune)
    again = Task.objects.get(pk=task.pk)
    by = people.secretary.user
    tasks.postpone_task(by=by, at=clock.now(), task=task, due=date(2017, 12, 20), reason="Mưa")
    fields = {"task": again, "due": date(2017, 12, 10), "reason": "Nắng"}
    assert refusal(tasks.postpone_task, by=by, **fields)[0] == "already_done"
    assert Task.objects.get().due == date(2017, 12, 20)


# --- who may
GIVER = {"return", "verify", "postpone", "hand_over", "withdraw"}
DEEDS = {
    "progress": (tasks.report_progress, {"note": "Đang làm"}),
    "done": (tasks.report_done, {"outcome": "Xong", "evidence": "", "done_on": DAY}),
    "postpone": (tasks.postpone_task, {"due": date(2017, 12, 20), "reason": "Mưa"}),
    "hand_over": (tasks.hand_over_task, {"reason": "Ốm", "owner": "village_secretary"}),
    "withdraw": (tasks.withdraw_task, {"reason": "Thôi"}),
    "return": (tasks.return_task, {"reason": "Thiếu"}),
    "verify": (tasks.verify_task, {}),
}


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("secretary", {"progress"} | GIVER),
        ("deputy", {"progress"} | GIVER),
        ("standing", set()),
        ("inspector", {"progress"}),  # helps
        ("village_secretary", {"progress"} | GIVER),
        ("school_secretary", set()),
        ("member", {"progress", "done"}),  # owns
    ],
)
def test_who_may_do_what(people, place, role, may):
    found = set()
    for name, (action, fields) in DEEDS.items():
        task = given.task(people, place.village, owner=people.member, helpers=(people.inspector,))
        if name in {"return", "verify"}:
            report(people, task)
        typed = {key: getattr(people, value) if key == "owner" else value for key, value in fields.items()}
        try:
            action(by=getattr(people, role).user, at=clock.now(), task=task, **typed)
        except Denied:
            continue
        found.add(name)
    assert found == may


def test_nobody_verifies_the_own_task_while_there_is_another_head(people, place):
    task = given.task(people, place.commune, owner=people.deputy)
    fields = {"outcome": "Xong", "evidence": "", "done_on": DAY}
    tasks.report_done(by=people.deputy.user, at=clock.now(), task=task, **fields)
    with pytest.raises(Denied, match="của chính đồng chí"):
        tasks.verify_task(by=people.deputy.user, at=clock.now(), task=task)
    tasks.verify_task(by=people.secretary.user, at=clock.now(), task=task)


def test_the_only_head_does_and_the_story_says_so(people, place):
    Position.objects.filter(member=people.deputy).update(end=date(2017, 11, 1))
    task = given.task(people, place.commune, owner=people.secretary)
    fields = {"outcome": "Xong", "evidence": "", "done_on": DAY}
    tasks.report_done(by=people.secretary.user, at=clock.now(), task=task, **fields)
    tasks.verify_task(by=people.secretary.user, at=clock.now(), task=task, note="Tốt")
    assert "Người làm tự công nhận" in task.events.last().note
    assert "Người làm tự công nhận" in Entry.objects.get(action="assignments:task:verify").details["note"]


def test_a_bodys_task_is_reported_by_who_sits_in_it_and_verified_by_who_gave_it(people, place):
    body = {"owner_unit": place.village, "owner_body": "committee"}
    task = given.task(people, place.commune, **body)
    fields = {"outcome": "Xong", "evidence": "", "done_on": DAY, "task": task}
    with pytest.raises(Denied):
        tasks.report_done(by=people.member.user, at=clock.now(), **fields)
    tasks.report_done(by=people.village_secretary.user, at=clock.now(), **fields)
    with pytest.raises(Denied):
        tasks.verify_task(by=people.village_secretary.user, at=clock.now(), task=task)
    tasks.verify_task(by=people.secretary.user, at=clock.now(), task=task)


def test_for_an_owner_without_an_account_the_head_reports_and_the_story_says_so(people, place):
    plain = make.member(place.village)
    task = given.task(people, place.village, owner=plain)
    fields = {"outcome": "Xong", "evidence": "", "done_on": DAY, "task": task}
    for other in (people.member, people.standing, people.school_secretary):
        with pytest.raises(Denied):
            tasks.report_done(by=other.user, at=clock.now(), **fields)
    head = people.village_secretary
    tasks.report_done(by=head.user, at=clock.now(), **fields)
    event = task.events.last()
    assert event.note == f"Báo hộ đ/c {plain}, chưa có tài khoản. Xong"
    assert event.by_name == str(head.user)
    entry = Entry.objects.get(action="assignments:task:done")
    assert entry.actor == head.user
    assert entry.details["note"] == f"Báo hộ đ/c {plain}, chưa có tài khoản."
    tasks.verify_task(by=head.user, at=clock.now(), task=task)
    assert Task.objects.get().verified_by == head


def test_for_a_body_whose_heads_have_no_account_who_gave_the_task_reports(people, place):
    task = given.task(people, place.commune, owner_unit=place.village, owner_body="committee")
    fields = {"outcome": "Xong", "evidence": "", "done_on": DAY, "task": task}
    with pytest.raises(Denied):  # its secretary has one
        tasks.report_done(by=people.secretary.user, at=clock.now(), **fields)
    Member.objects.filter(pk=people.village_secretary.pk).update(user=None)
    tasks.report_done(by=people.secretary.user, at=clock.now(), **fields)
    assert task.events.last().note.startswith("Báo hộ Chi ủy, Chi bộ thôn Chùa")
    tasks.verify_task(by=people.secretary.user, at=clock.now(), task=task)


def test_a_command_on_the_machine_may_do_all(people, place):
    task = given.task(people, place.commune, by=MACHINE)
    tasks.report_done(by=MACHINE, at=clock.now(), task=task, outcome="Xong", evidence="", done_on=DAY)
    tasks.verify_task(by=MACHINE, at=clock.now(), task=task)
    assert Task.objects.get().verified_by is None


def test_a_room_settles_only_what_its_unit_gave(people, place):
    task = given.task(people, place.commune)
    with pytest.raises(RuleBroken) as refused:
        settle_tasks(
            by=people.village_secretary.user,
            at=clock.now(),
            unit=place.village,
            settlements=[Settlement(task, "verified")],
        )
    assert refused.value.code == "other_unit"
