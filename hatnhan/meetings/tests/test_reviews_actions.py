"""Rows written, replies, remedies and what is concluded on them: what is refused, what is kept, who may."""

from datetime import date, timedelta

import pytest

from hatnhan.accounts.actors import MACHINE
from hatnhan.assignments.models import Task
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.meetings.actions import reviews, work_posts
from hatnhan.meetings.actions.closing import close_meeting
from hatnhan.meetings.actions.reviews import RowData
from hatnhan.meetings.models import RemedyVerdict, ReviewRow, WorkPostHolder
from hatnhan.meetings.selectors import reviews as read
from hatnhan.meetings.tests import held
from hatnhan.meetings.tests.reviewed import AFTER, FRIDAY, SIGNED, post, review, row_of, set_state
from hatnhan.organization.tests import make


def refused(code, call, **named):
    with pytest.raises(RuleBroken) as caught:
        call(**(SIGNED | named))
    assert caught.value.code == code
    return caught.value


@pytest.fixture
def meeting(place, people):
    return review(place.commune)


def close(meeting, day=None):
    end = held.evening(day or meeting.starts_at.astimezone(clock.HERE).date(), 21)
    close_meeting(by=MACHINE, at=end, meeting=meeting, ended_at=end)


def with_remedy(meeting, person, **fields):
    given = {"remedy": "Bổ sung trích lục", "remedy_owner": person, "remedy_due": AFTER} | fields
    reviews.write_rows(
        meeting=meeting, rows=[RowData(person, shortcomings="Hồ sơ còn thiếu", **given)], **SIGNED
    )


# --- the sheet
def test_the_sheet_has_a_row_for_each_person_and_post_once(place, people):
    post(place.commune, "Địa chính – xây dựng", people.member)
    post(place.commune, "Chủ tịch UBND xã", people.deputy, leads_government=True)
    post(place.commune, "Phó Chủ tịch UBND xã", people.inspector, leads_government=True, position=5)
    meeting = review(place.commune)
    rows = list(ReviewRow.objects.filter(meeting=meeting).select_related("subject", "work_post"))
    assert [(row.name, row.title, row.of_post) for row in rows] == [
        ("Phùng Minh Thông", "Bí thư Đảng ủy", False),
        ("Tạ Thị Hiền", "Phó Bí thư Thường trực, Chủ tịch UBND xã", False),
        ("Kim Văn Chiến", "Ủy viên Ban Thường vụ", False),
        ("Lê Đình Hợi", "Phó Chủ tịch UBND xã", False),
        ("Địa chính – xây dựng", "Địa chính – xây dựng", True),
    ]
    assert [row.subject for row in rows][-1] == people.member
    late = post(place.commune, "Công an xã")
    assert [row.work_post for row in reviews.lay_sheet(meeting=meeting, **SIGNED)] == [late]
    assert reviews.lay_sheet(meeting=meeting, **SIGNED) == []
    refused("not_weekly", reviews.lay_sheet, meeting=held.meeting(place.village, FRIDAY))


def test_a_holder_who_left_the_party_organisation_has_no_row(place, people):
    made = post(place.commune, holder=people.member)
    people.member.memberships.update(end=date(2018, 6, 1), end_reason="deceased")
    assert row_of(review(place.commune), work_post=made).subject is None


# --- writing
def test_a_row_is_saved_with_its_version_and_a_stale_one_is_refused(meeting, people):
    row = row_of(meeting, people.deputy)
    saved = reviews.save_row(row=row, version=0, strengths=" Đôn đốc đủ 18/18 ", **SIGNED)
    assert (saved.version, saved.strengths, saved.saved_at) == (1, "Đôn đốc đủ 18/18", SIGNED["at"])
    refused("changed_meanwhile", reviews.save_row, row=row, version=0, strengths="Khác")
    same = reviews.save_row(row=row, version=0, strengths="Đôn đốc đủ 18/18", **SIGNED)
    assert (same.version, row_of(meeting, people.deputy).strengths) == (1, "Đôn đốc đủ 18/18")
    entries = Entry.objects.filter(action="meetings:review:write", object_type="meetings.reviewrow")
    assert [entry.subject_id for entry in entries] == [people.deputy.pk]


@pytest.mark.parametrize(
    ("code", "field", "change"),
    [
        ("owner_missing", "remedy_owner", {"remedy_owner": None}),
        ("due_missing", "remedy_due", {"remedy_due": None}),
        ("due_before_meeting", "remedy_due", {"remedy_due": FRIDAY - timedelta(days=1)}),
        ("too_long", "strengths", {"strengths": "a" * 5001}),
    ],
)
def test_a_remedy_without_owner_or_day_is_refused(meeting, people, code, field, change):
    given = {"remedy": "Bổ sung", "remedy_owner": people.deputy, "remedy_due": AFTER} | change
    row = row_of(meeting, people.deputy)
    error = refused(code, reviews.save_row, row=row, version=0, **given)
    assert error.field == field
    refused(code, reviews.write_rows, meeting=meeting, rows=[RowData(people.deputy, **given)])
    assert not row_of(meeting, people.deputy).written


def test_owner_and_day_without_a_remedy_are_left_out(meeting, people):
    row = row_of(meeting, people.deputy)
    saved = reviews.save_row(
        row=row, version=0, shortcomings="Không", remedy_owner=people.deputy, remedy_due=AFTER, **SIGNED
    )
    assert (saved.remedy_owner, saved.remedy_due) == (None, None)


def test_rows_are_written_by_those_who_hold_the_meeting(meeting, people, cast):
    row = row_of(meeting, people.deputy)
    for role in ("standing", "inspector", "village_secretary", "member", "outsider", "administrator"):
        with pytest.raises(Denied):
            reviews.save_row(by=getattr(cast.users, role), at=SIGNED["at"], row=row, version=0, strengths="x")
    set_state(meeting, "open", recorder=people.standing)
    fresh = row_of(meeting, people.deputy)
    people.standing.user.__dict__.pop("_powers", None)
    assert reviews.save_row(
        by=people.standing.user, at=SIGNED["at"], row=fresh, version=0, strengths="x"
    ).version
    refused("not_on_sheet", reviews.write_rows, meeting=meeting, rows=[RowData(people.member, strengths="x")])


@pytest.mark.parametrize(("state", "code"), [("approved", "approved"), ("locked", "locked")])
def test_nothing_is_written_once_approved(meeting, people, state, code):
    set_state(meeting, state)
    refused(code, reviews.save_row, row=row_of(meeting, people.deputy), version=0, strengths="x")
    refused(code, reviews.judge_remedies, meeting=meeting, verdicts=[])


# --- remedies become tasks
def test_a_remedy_becomes_a_task_when_the_review_ends(meeting, people, place):
    with_remedy(meeting, people.deputy)
    assert not Task.objects.exists()
    close(meeting)
    row = row_of(meeting, people.deputy)
    task = row.task
    assert (task.title, task.owner, task.due, task.given_on) == (
        "Bổ sung trích lục",
        people.deputy,
        AFTER,
        FRIDAY,
    )
    assert (task.unit, task.detail) == (place.commune, "")
    assert reviews.give_remedies(meeting=meeting, **SIGNED) == []
    refused("remedy_given", reviews.save_row, row=row, version=1, remedy="Khác", remedy_owner=people.deputy)
    kept = reviews.save_row(row=row, version=1, strengths="Mới", remedy=row.remedy, **SIGNED)
    assert (kept.strengths, kept.remedy_due, kept.task_id) == ("Mới", AFTER, task.pk)
    # One written into the minutes afterwards is given at once.
    late = row_of(meeting, people.standing)
    given = {"remedy": "x" * 290 + " dài quá chỗ ghi", "remedy_owner": people.standing, "remedy_due": AFTER}
    saved = reviews.save_row(row=late, version=0, **given, **SIGNED)
    assert saved.task.title == "x" * 290 + " dài quá…"
    assert saved.task.detail == given["remedy"]


# --- conclusions
@pytest.fixture
def following(meeting, people, place):
    """The review of the week after one that gave the deputy a remedy due that day."""
    with_remedy(meeting, people.deputy)
    close(meeting)
    return review(place.commune, AFTER)


def only(meeting):
    (found,) = read.remedies_before(meeting)
    return found


@pytest.mark.parametrize(
    ("said", "state", "due"),
    [
        ("done", "verified", AFTER),
        ("doing", "open", AFTER),
        ("not_done", "open", AFTER),
        ("next_week", "open", AFTER + timedelta(days=7)),
        ("dropped", "withdrawn", AFTER),
    ],
)
def test_a_conclusion_takes_effect_when_the_meeting_ends(following, people, said, state, due):
    signed = {"by": MACHINE, "at": held.evening(AFTER, 15)}
    task = only(following).task
    reviews.judge_remedies(meeting=following, verdicts=[(task, "doing", "")], **signed)
    reviews.judge_remedies(meeting=following, verdicts=[(task, said, "Dân đã thuận")], **signed)
    task.refresh_from_db()
    assert (task.state, only(following).verdict.verdict) == ("open", said)
    close(following)
    task.refresh_from_db()
    assert (task.state, task.due) == (state, due)
    assert only(following).verdict.note == "Dân đã thuận"
    with clock.fixed(AFTER + timedelta(days=7)):
        third = held.meeting(following.unit, AFTER + timedelta(days=7), "open", "weekly_review")
        left = [one.task for one in read.remedies_before(third)]
    assert left == ([task] if state == "open" else [])


def test_what_is_concluded_is_checked(following, meeting, people, place):
    task = only(following).task
    judge = reviews.judge_remedies
    assert (
        refused("reason_missing", judge, meeting=following, verdicts=[(task, "dropped", " ")]).field == "note"
    )
    refused("unknown_verdict", judge, meeting=following, verdicts=[(task, "good", "")])
    refused("too_long", judge, meeting=following, verdicts=[(task, "doing", "a" * 301)])
    other = held.task(place.commune, people.deputy)
    refused("not_a_remedy", judge, meeting=following, verdicts=[(other, "done", "")])
    Task.objects.filter(pk=task.pk).update(due=AFTER + timedelta(days=30))
    refused("due_not_later", judge, meeting=following, verdicts=[(task, "next_week", "")])
    reviews.judge_remedies(meeting=following, verdicts=[(task, "doing", "")], **SIGNED)
    reviews.judge_remedies(meeting=following, verdicts=[(task, "", "")], **SIGNED)
    assert not RemedyVerdict.objects.exists()
    Task.objects.filter(pk=task.pk).update(state="verified", done_on=FRIDAY, closed_on=AFTER)
    refused("already_done", judge, meeting=following, verdicts=[(task, "doing", "")])
    close(following)
    refused("not_a_remedy", judge, meeting=following, verdicts=[(other, "done", "")])
    reviews.judge_remedies(meeting=following, verdicts=[(task, "done", "")], **SIGNED)
    refused("verdict_settled", judge, meeting=following, verdicts=[(task, "done", "x")])


def test_one_reported_as_done_is_verified_or_goes_back(following, people):
    task = only(following).task
    Task.objects.filter(pk=task.pk).update(state="done", done_on=FRIDAY)
    reviews.judge_remedies(meeting=following, verdicts=[(task, "not_done", "")], **SIGNED)
    close(following)
    task.refresh_from_db()
    assert (task.state, task.due) == ("open", AFTER)
    last = task.events.last()
    assert (last.kind, last.note) == ("returned", "Chưa làm, theo kết luận tại Nhận xét tuần 45/2018.")


def test_minutes_typed_in_later_do_not_make_the_work_late(following):
    task = only(following).task
    reviews.judge_remedies(meeting=following, verdicts=[(task, "done", "")], **SIGNED)
    end = held.evening(AFTER, 21)
    close_meeting(by=MACHINE, at=end + timedelta(days=4), meeting=following, ended_at=end)
    task.refresh_from_db()
    assert (task.done_on, task.closed_on) == (AFTER, AFTER + timedelta(days=4))


# --- replies
def test_the_person_answers_once_approved_and_until_the_next_review(meeting, people, cast, place):
    with_remedy(meeting, people.deputy)
    row = row_of(meeting, people.deputy)
    mine = {"by": cast.users.deputy, "at": clock.at(AFTER, 8)}
    refused("not_approved", reviews.reply_to_row, row=row, text="Tôi nhận", **mine)
    close(meeting)
    set_state(
        meeting, "approved", recorder_approved_at=clock.at(FRIDAY, 22), chair_approved_at=clock.at(FRIDAY, 22)
    )
    reviews.reply_to_row(row=row, text="Tôi nhận", **mine)
    reviews.reply_to_row(row=row, text="Tôi nhận, xong trước thứ Ba", **mine)
    assert row_of(meeting, people.deputy).reply == "Tôi nhận, xong trước thứ Ba"
    said = Entry.objects.filter(action="meetings:review:reply").order_by("pk")
    assert [entry.details["text"] for entry in said] == ["Tôi nhận", "Tôi nhận, xong trước thứ Ba"]
    refused("text_missing", reviews.reply_to_row, row=row, text=" ", **mine)
    refused("nothing_said", reviews.reply_to_row, row=row_of(meeting, people.standing), text="x")
    for role in ("secretary", "standing", "member", "outsider"):
        with pytest.raises(Denied):
            reviews.reply_to_row(by=getattr(cast.users, role), at=mine["at"], row=row, text="x")
    held.meeting(place.commune, AFTER, "open", "weekly_review", opened_at=clock.at(AFTER, 14))
    refused("reply_closed", reviews.reply_to_row, row=row, text="x", by=MACHINE, at=clock.at(AFTER, 15))


def test_who_leads_types_in_the_answer_of_one_without_an_account(place, people, cast):
    absent = make.member(place.village, "Phùng Văn Tuấn")
    made = post(place.commune, holder=absent)
    meeting = review(place.commune)
    reviews.write_rows(meeting=meeting, rows=[RowData(work_post=made, shortcomings="Chậm")], **SIGNED)
    set_state(meeting, "approved")
    row = row_of(meeting, work_post=made)
    with pytest.raises(Denied):
        reviews.reply_to_row(by=cast.users.standing, at=SIGNED["at"], row=row, text="x")
    reviews.reply_to_row(by=cast.users.secretary, at=SIGNED["at"], row=row, text="Đã sửa")
    assert Entry.objects.get(action="meetings:review:reply").details["on_paper"] is True


# --- posts of work
def test_posts_pass_from_one_holder_to_the_next(place, people, cast):
    with clock.fixed(FRIDAY):
        made = post(place.commune, holder=people.member)
        signed = {"by": cast.users.secretary, "at": SIGNED["at"], "work_post": made}
        refused("same_holder", work_posts.set_holder, member=people.member, start=FRIDAY, **signed)
        refused(
            "before_post", work_posts.set_holder, member=people.deputy, start=date(2017, 12, 31), **signed
        )
        refused("future", work_posts.set_holder, member=people.deputy, start=AFTER, **signed)
        stranger = make.member(name="Người Xã Khác")
        refused("not_in_unit", work_posts.set_holder, member=stranger, start=FRIDAY, **signed)
        work_posts.set_holder(member=people.deputy, start=date(2018, 6, 1), **signed)
        refused("before_holder", work_posts.set_holder, member=None, start=date(2018, 5, 1), **signed)
        # Named from the same day: the one before was a mistake.
        work_posts.set_holder(member=people.standing, start=date(2018, 6, 1), **signed)
        work_posts.set_holder(member=None, start=date(2018, 9, 1), **signed)
        refused("same_holder", work_posts.set_holder, member=None, start=FRIDAY, **signed)
    rows = WorkPostHolder.objects.order_by("start").values_list("member", "start", "end")
    june, september = date(2018, 6, 1), date(2018, 9, 1)
    assert list(rows) == [
        (people.member.pk, date(2018, 1, 1), june),
        (people.standing.pk, june, september),
    ]


def test_posts_are_made_renamed_and_ended(place, people, cast):
    signed = {"by": cast.users.deputy, "at": SIGNED["at"]}
    new = {"unit": place.commune, "start": FRIDAY}
    with clock.fixed(FRIDAY):
        made = work_posts.create_work_post(name=" Công  an xã ", **new, **signed)
        assert made.name == "Công an xã"
        refused("name_taken", work_posts.create_work_post, name="công an xã", **new, **signed)
        refused("name_missing", work_posts.create_work_post, name=" ", **new, **signed)
        refused("too_long", work_posts.create_work_post, name="x" * 121, **new, **signed)
        refused("not_a_committee", work_posts.create_work_post, name="x", unit=place.village, start=FRIDAY)
        work_posts.rename_work_post(work_post=made, name="Trưởng Công an xã", position=3, **signed)
        assert (made.name, made.position, made.leads_government) == ("Trưởng Công an xã", 3, False)
        refused("end_before_start", work_posts.end_work_post, work_post=made, end=FRIDAY, **signed)
        refused("future", work_posts.end_work_post, work_post=made, end=AFTER, **signed)
    with clock.fixed(AFTER):
        work_posts.set_holder(work_post=made, member=people.member, start=FRIDAY, **signed)
        work_posts.end_work_post(work_post=made, end=AFTER, **signed)
        assert WorkPostHolder.objects.get().end == AFTER
        refused("already_done", work_posts.rename_work_post, work_post=made, name="y", **signed)
        refused("post_ended", work_posts.set_holder, work_post=made, member=None, start=AFTER, **signed)
    for role in ("standing", "inspector", "village_secretary", "member"):
        with pytest.raises(Denied):
            work_posts.create_work_post(by=getattr(cast.users, role), at=SIGNED["at"], name="x", **new)
