"""At and after a meeting: which state allows what, who came, what was said, how it ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hatnhan.accounts.actors import MACHINE
from hatnhan.assignments import origins
from hatnhan.assignments.actions.opening import TaskData
from hatnhan.audit.models import Entry
from hatnhan.ballots import origins as ballot_origins
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.meetings.actions import attendance, closing, minutes
from hatnhan.meetings.actions.attendance import Mark
from hatnhan.meetings.actions.minutes import ItemRecord
from hatnhan.meetings.models import Addendum, AgendaItem, Invitee, ItemVote, Meeting, Series, Speech
from hatnhan.meetings.tests import held, live
from hatnhan.meetings.tests.live import CODE, DAY, NOW, STATES
from hatnhan.organization.models import Exemption


@pytest.fixture(autouse=True)
def _evening():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def on(place, people):
    return live.meeting(place, people)


def refused(code, deed, **given):
    with pytest.raises(RuleBroken) as error:
        deed(by=MACHINE, at=NOW, **given)
    assert error.value.code == code
    return error.value


def mark(on, marks, **given):
    attendance.mark_attendance(
        by=MACHINE,
        at=NOW,
        meeting=on.meeting,
        marks={one.pk: mark for one, mark in marks.items()},
        **given,
    )


def everybody(on, value="present"):
    mark(on, dict.fromkeys(on.body, Mark(value)))


# --- states -----------------------------------------------------------------------------------------------------------
_WRITES = {
    "open": "",
    "closed": "",
    "approved": "approved",
    "locked": "locked",
    "draft": "not_begun",
    "invited": "not_begun",
    "cancelled": "cancelled",
}


def every_write(on, person):
    """All writing into the record, as pairs of a deed and what it is given."""
    words = {"conclusion": "Nhất trí", "speeches": [], "state": "done"}
    task = TaskData("Đóng góp", DAY + timedelta(days=9), owner=person)
    return [
        (attendance.mark_attendance, {"meeting": on.meeting, "marks": {person.pk: Mark("unexcused")}}),
        (minutes.record_items, {"meeting": on.meeting, "records": [ItemRecord(on.second, "Xong")]}),
        (minutes.save_item, {"item": on.first, "version": 0, **words}),
        (minutes.save_remarks, {"meeting": on.meeting, "version": 0, "remarks": "Khen"}),
        (
            minutes.record_vote,
            {"item": on.first, "question": "Kè?", "in_favour": 1, "against": 0, "other": 0},
        ),
        (minutes.give_item_tasks, {"meeting": on.meeting, "tasks": [(on.first, task)]}),
    ]


@pytest.mark.parametrize("state", STATES)
def test_the_record_is_written_while_open_and_until_both_approved(place, people, state):
    on = live.meeting(place, people, state, "present")
    for deed, given in every_write(on, people.deputy):
        if _WRITES[state]:
            refused(_WRITES[state], deed, **given)
        else:
            deed(by=MACHINE, at=NOW, **given)
    assert Entry.objects.exists() == (_WRITES[state] == "")


_CLOSING = {
    "close": dict.fromkeys(STATES, "already_done")
    | {
        "open": "",
        "draft": "not_begun",
        "invited": "not_begun",
        "cancelled": "cancelled",
        "locked": "locked",
    },
    "approve": dict.fromkeys(STATES, "already_done")
    | {"closed": "", "open": "not_ended", "locked": "locked"},
    "lock": dict.fromkeys(STATES, "not_approved") | {"approved": "", "locked": "locked"},
    "addendum": dict.fromkeys(STATES, "not_locked") | {"locked": ""},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", _CLOSING)
def test_the_steps_after_a_meeting_come_in_their_order(place, people, verb, state):
    on = live.meeting(place, people, state, "present")
    deed, given = {
        "close": (closing.close_meeting, {"ended_at": NOW}),
        "approve": (closing.approve_minutes, {"role": "chair"}),
        "lock": (closing.lock_minutes, {}),
        "addendum": (closing.add_addendum, {"text": "Đọc là 12 triệu"}),
    }[verb]
    code = _CLOSING[verb][state]
    if code:
        refused(code, deed, meeting=on.meeting, **given)
    else:
        deed(by=MACHINE, at=NOW, meeting=on.meeting, **given)


# --- attendance -------------------------------------------------------------------------------------------------------
def test_marks_are_kept_with_reason_and_channel(on, people):
    mark(on, {people.deputy: Mark("excused", "  Nằm   viện "), people.member: Mark("present")})
    row = Invitee.objects.get(meeting=on.meeting, member=people.deputy)
    assert (row.mark, row.reason, row.channel) == ("excused", "Nằm viện", "list")
    mark(on, {people.deputy: Mark("present", "Nằm viện")}, channel="paper")
    row.refresh_from_db()
    assert (row.mark, row.reason, row.channel) == ("present", "", "paper")
    assert Entry.objects.filter(action="meetings:attendance:mark").count() == 2


def test_the_same_marks_again_are_no_deed(on, people):
    mark(on, {people.deputy: Mark("present")})
    mark(on, {people.deputy: Mark("present")}, channel="paper")
    assert Entry.objects.count() == 1
    assert Invitee.objects.get(meeting=on.meeting, member=people.deputy).channel == "list"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Mark("excused", "  "), "reason_missing"),
        (Mark("excused", "x" * 201), "too_long"),
        (Mark("late"), "unknown_mark"),
        (Mark("exempt"), "not_exempt"),
    ],
)
def test_a_mark_that_cannot_be_writes_none_of_them(on, people, given, code):
    marks = {people.member.pk: Mark("present"), people.deputy.pk: given}
    error = refused(code, attendance.mark_attendance, meeting=on.meeting, marks=marks)
    assert error.field == f"mark-{people.deputy.pk}"
    assert not Invitee.objects.exclude(mark="").exists()


def test_whom_a_decision_exempts_may_be_marked_so(on, people):
    Exemption.objects.create(member=people.deputy, start=date(2024, 1, 1), decision_no="3-QĐ/ĐU")
    mark(on, {people.deputy: Mark("exempt")})
    assert Invitee.objects.get(meeting=on.meeting, member=people.deputy).mark == "exempt"


def test_somebody_not_on_the_list_is_named_in_the_error(on, place):
    stranger = live.guest(place)
    marks = {stranger.pk: Mark("present"), on.body[0].pk: Mark("present")}
    error = refused("not_invited", attendance.mark_attendance, meeting=on.meeting, marks=marks)
    assert "Trần Văn Lạ" in error.message
    assert not Invitee.objects.exclude(mark="").exists()


def test_only_the_table_and_those_who_lead_mark(on, people):
    for who in (people.member, people.village_secretary, people.secretary):
        attendance.mark_attendance(by=who.user, at=NOW, meeting=on.meeting, marks={})
    for who in (people.school_secretary, people.inspector):
        with pytest.raises(Denied):
            attendance.mark_attendance(by=who.user, at=NOW, meeting=on.meeting, marks={})


def test_the_code_marks_the_one_who_is_signed_in_and_dies_at_closing(on, people, cast):
    attendance.check_in(by=people.deputy.user, at=NOW, code=CODE)
    attendance.check_in(by=people.deputy.user, at=NOW, code=CODE)
    row = Invitee.objects.get(meeting=on.meeting, member=people.deputy)
    assert (row.mark, row.channel) == ("present", "code")
    assert Entry.objects.filter(action="meetings:attendance:check_in").count() == 1
    for who, code, expected in (
        (people.inspector, CODE, "not_invited"),
        (people.member, "sai", "code_dead"),
        (people.member, "", "code_dead"),
    ):
        with pytest.raises(RuleBroken) as error:
            attendance.check_in(by=who.user, at=NOW, code=code)
        assert error.value.code == expected
    with pytest.raises(Denied):
        attendance.check_in(by=cast.users.outsider, at=NOW, code=CODE)
    closing.close_meeting(by=MACHINE, at=NOW, meeting=on.meeting, ended_at=NOW)
    with pytest.raises(RuleBroken) as error:
        attendance.check_in(by=people.member.user, at=NOW, code=CODE)
    assert error.value.code == "code_dead"


# --- minutes ----------------------------------------------------------------------------------------------------------
def save(on, version, conclusion="Nhất trí", speeches=(), state="waiting", item=None):
    return minutes.save_item(
        by=MACHINE,
        at=NOW,
        item=item or on.first,
        version=version,
        conclusion=conclusion,
        speeches=speeches,
        state=state,
    )


def test_saving_as_one_types_counts_versions_and_keeps_speeches_in_order(on, people):
    said = [(people.deputy, " Sạt 40 m.\r\nPhải kè. "), (people.member, "  "), (people.member, "Góp công.")]
    assert save(on, 0, speeches=said).version == 1
    assert list(Speech.objects.values_list("member_id", "text")) == [
        (people.deputy.pk, "Sạt 40 m.\nPhải kè."),
        (people.member.pk, "Góp công."),
    ]
    assert save(on, 1, "Kè 40 m", said).version == 2


def test_what_another_saved_meanwhile_is_never_written_over(on, people):
    save(on, 0, "Bản của thư ký", [(people.deputy, "Lời một")])
    error = refused(
        "changed_meanwhile",
        minutes.save_item,
        item=on.first,
        version=0,
        conclusion="Bản của chủ trì",
        speeches=[(people.deputy, "Lời hai")],
        state="done",
    )
    assert "chưa ghi đè" in error.message
    now = AgendaItem.objects.get(pk=on.first.pk)
    assert (now.conclusion, now.version, now.state) == ("Bản của thư ký", 1, "waiting")
    assert Speech.objects.get().text == "Lời một"


def test_the_same_words_twice_are_no_quarrel(on, people):
    said = [(people.deputy, "Lời một")]
    save(on, 0, "Kết luận", said)
    # The answer to the first was lost on the way; the same comes again, from the version before.
    assert save(on, 0, "Kết luận", said).version == 1
    assert Entry.objects.count() == 1


def test_general_remarks_have_versions_of_their_own(on):
    given = {"meeting": on.meeting, "version": 0}
    assert minutes.save_remarks(by=MACHINE, at=NOW, remarks="Khen", **given).remarks_version == 1
    assert minutes.save_remarks(by=MACHINE, at=NOW, remarks=" Khen ", **given).remarks_version == 1
    refused("changed_meanwhile", minutes.save_remarks, remarks="Chê", **given)


def test_a_speaker_must_have_been_invited_and_a_state_known(on, place, people):
    words = {"item": on.first, "version": 0, "conclusion": ""}
    stranger = [(live.guest(place), "Tôi nói")]
    error = refused("not_invited", minutes.save_item, speeches=stranger, state="done", **words)
    assert "Trần Văn Lạ" in error.message
    refused("unknown_state", minutes.save_item, speeches=[], state="vague", **words)
    refused("too_long", minutes.save_item, **(words | {"conclusion": "x" * 20001}), speeches=[], state="done")


def test_many_items_are_recorded_at_once_with_few_queries(on, people, django_assert_max_num_queries):
    more = [held.item(on.meeting, f"Nội dung {n}", n) for n in range(2, 12)]
    records = [ItemRecord(one, "Xong", [(people.deputy, "Đồng ý")]) for one in more]
    with django_assert_max_num_queries(12):
        minutes.record_items(by=MACHINE, at=NOW, meeting=on.meeting, records=records)
    assert Speech.objects.count() == 10
    assert set(
        AgendaItem.objects.filter(pk__in=[one.pk for one in more]).values_list("version", "state")
    ) == {(1, "done")}


def test_items_of_another_meeting_are_refused(on, place, people):
    other = live.meeting(place, people, starts_at=held.evening(DAY, 7))
    refused(
        "other_meeting", minutes.record_items, meeting=on.meeting, records=[ItemRecord(other.first, "Lạc")]
    )
    task = TaskData("Việc", DAY, owner=people.deputy)
    refused("other_meeting", minutes.give_item_tasks, meeting=on.meeting, tasks=[(other.first, task)])


@pytest.mark.parametrize(
    ("hands", "code"),
    [((4, 0, 0), ""), ((2, 1, 1), ""), ((4, 1, 0), "too_many_hands"), ((0, 0, 0), "no_hands")],
)
def test_no_more_hands_than_official_members_present(on, people, hands, code):
    everybody(on)
    yes, no, other = hands
    given = {"item": on.first, "question": "Kè mương", "in_favour": yes, "against": no, "other": other}
    if code:
        refused(code, minutes.record_vote, **given)
    else:
        vote = minutes.record_vote(by=MACHINE, at=NOW, **given)
        minutes.remove_vote(by=MACHINE, at=NOW, vote=vote)
    assert not ItemVote.objects.exists()


def test_those_on_probation_raise_no_hand(on, people):
    everybody(on)
    type(people.deputy).objects.filter(pk=people.deputy.pk).update(official_on=None)
    given = {"item": on.first, "question": "Kè mương", "in_favour": 4, "against": 0, "other": 0}
    refused("too_many_hands", minutes.record_vote, **given)


def test_a_task_leads_back_to_its_item(on, people):
    task = TaskData("Huy động 30 công", DAY + timedelta(days=9), owner=people.deputy)
    (made,) = minutes.give_item_tasks(by=MACHINE, at=NOW, meeting=on.meeting, tasks=[(on.first, task)])
    assert (made.given_on, made.unit_id) == (DAY, on.meeting.unit_id)
    origin = origins.of([made.pk])[made.pk]
    assert origin.url == f"/hop/noi-dung/{on.first.pk}/"
    assert "Kè mương" in origin.label
    link = on.first.tasks.get()
    assert (link.given_to, link.given_until) == (str(people.deputy), task.due)


def test_a_remedy_leads_back_to_its_review(place, people):
    review = held.meeting(place.commune, DAY, "closed", "weekly_review")
    task = held.task(place.commune, people.deputy, given=DAY)
    held.remedy(review, people.deputy, task)
    assert origins.of([task.pk])[task.pk].url == f"/hop/{review.pk}/nhan-xet/"


def test_a_secret_ballot_knows_its_item_and_who_is_present(on, people):
    mark(on, {people.deputy: Mark("present"), people.secretary: Mark("present")})
    ballot = minutes.put_to_ballot(
        by=MACHINE,
        at=NOW,
        item=on.first,
        title="Giới thiệu quần chúng ưu tú",
        purpose="resolution",
        kind="yes_no",
        tellers=(people.deputy, people.member),
    )
    assert (ballot.unit_id, ballot.body, ballot.on) == (on.meeting.unit_id, "members", DAY)
    origin = ballot_origins.of([ballot.pk])[ballot.pk]
    assert origin.present == {people.deputy.pk, people.secretary.pk}
    assert origin.url == f"/hop/noi-dung/{on.first.pk}/"


# --- the end ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ended_at", "code"),
    [
        (held.evening(DAY, 19, 30), "ends_before_start"),
        (held.evening(DAY, 18), "ends_before_start"),
        (held.evening(DAY, 20, 31), "future"),
    ],
)
def test_a_meeting_ends_after_it_began_and_not_in_the_future(on, ended_at, code):
    error = refused(code, closing.close_meeting, meeting=on.meeting, ended_at=ended_at)
    assert error.field == "ended_at"
    assert live.again(on.meeting).state == "open"


def test_what_is_left_goes_to_the_backlog_but_not_what_comes_back_by_itself(place, people):
    series = Series.objects.create(
        unit=place.village,
        body="members",
        kind="cell_monthly",
        name="Sinh hoạt chi bộ",
        frequency="monthly",
        monthday=3,
        at_time=NOW.time(),
        place="Nhà văn hóa",
        start=date(2024, 1, 1),
    )
    on = live.meeting(place, people, series=series)
    held.item(on.meeting, "Nêu mục đích", 2, part="opening")
    held.item(on.meeting, "Thảo luận việc bức xúc, nổi cộm", 3)
    minutes.record_items(by=MACHINE, at=NOW, meeting=on.meeting, records=[ItemRecord(on.first, "Xong")])
    closing.close_meeting(by=MACHINE, at=NOW, meeting=live.again(on.meeting), ended_at=NOW)
    left = AgendaItem.objects.get(series=series, meeting=None)
    assert (left.title, left.carried_from_id) == ("Thu quỹ", on.second.pk)
    on.second.refresh_from_db()
    assert on.second.state == "carried"
    now = live.again(on.meeting)
    assert (now.state, now.check_in_code, now.minutes_long) == ("closed", "", 60)
    assert Meeting.objects.filter(series=series, state="draft").exists()  # a year stands ahead again


def test_both_approve_then_it_is_locked_and_corrected_below(place, people):
    on = live.meeting(place, people, "closed", "present")
    approve = closing.approve_minutes
    with pytest.raises(Denied):  # the secretary of the commune leads, but the recorder has an account
        approve(by=people.secretary.user, at=NOW, meeting=on.meeting, role="recorder")
    with pytest.raises(Denied):
        approve(by=people.member.user, at=NOW, meeting=on.meeting, role="chair")
    approve(by=people.member.user, at=NOW, meeting=on.meeting, role="recorder")
    refused("already_done", approve, meeting=on.meeting, role="recorder")
    assert live.again(on.meeting).state == "closed"
    approve(by=people.village_secretary.user, at=NOW, meeting=on.meeting, role="chair")
    assert live.again(on.meeting).state == on.meeting.state == "approved"
    with pytest.raises(Denied):
        closing.lock_minutes(by=people.member.user, at=NOW, meeting=on.meeting)
    closing.lock_minutes(by=people.village_secretary.user, at=NOW, meeting=on.meeting)
    closing.add_addendum(by=people.village_secretary.user, at=NOW, meeting=on.meeting, text="Đọc là 12 triệu")
    assert (live.again(on.meeting).locked_at, Addendum.objects.get().text) == (NOW, "Đọc là 12 triệu")


def test_an_approval_falls_when_the_text_changes_and_can_be_taken_back(place, people):
    on = live.meeting(place, people, "closed", "present")
    closing.approve_minutes(by=MACHINE, at=NOW, meeting=on.meeting, role="recorder")
    save(on, 0, "Sửa sau khi thư ký duyệt")
    assert live.again(on.meeting).recorder_approved_at is None
    meeting = live.again(on.meeting)
    for role in ("recorder", "chair"):
        closing.approve_minutes(by=MACHINE, at=NOW, meeting=meeting, role=role)
    closing.withdraw_approval(by=people.member.user, at=NOW, meeting=meeting)
    now = live.again(on.meeting)
    assert (now.state, now.recorder_approved_at, now.chair_approved_at) == ("closed", None, None)
    refused("not_approved", closing.withdraw_approval, meeting=now)


def test_minutes_with_somebody_unmarked_are_not_approved(place, people):
    on = live.meeting(place, people, "closed")
    refused("roll_unfinished", closing.approve_minutes, meeting=on.meeting, role="chair")


def test_who_has_no_account_signs_on_paper_and_the_head_notes_it(place, people):
    on = live.meeting(place, people, "closed", "present")
    type(people.member).objects.filter(pk=people.member.pk).update(user=None)
    meeting = live.again(on.meeting)
    with pytest.raises(Denied):
        closing.approve_minutes(by=people.inspector.user, at=NOW, meeting=meeting, role="recorder")
    closing.approve_minutes(by=people.village_secretary.user, at=NOW, meeting=meeting, role="recorder")
    assert Entry.objects.get().details == {"role": "recorder", "on_paper": True}


def test_one_who_is_both_approves_in_each_role(place, people):
    on = live.meeting(place, people, "closed", "present", recorder=people.village_secretary)
    by = people.village_secretary.user
    closing.approve_minutes(by=by, at=NOW, meeting=on.meeting, role="chair")
    assert live.again(on.meeting).state == "closed"
    closing.approve_minutes(by=by, at=NOW, meeting=on.meeting, role="recorder")
    assert live.again(on.meeting).state == "approved"
