"""The pages during and after a meeting: what they take with and without the script, and who sees what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hatnhan.core import clock
from hatnhan.meetings.models import Addendum, AgendaItem, Invitee, ItemTask, ItemVote, Meeting, Speech
from hatnhan.meetings.tests import held, live
from hatnhan.meetings.tests.live import CODE, DAY, NOW
from hatnhan.meetings.tests.planned import cell_series
from hatnhan.organization.tests import make

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def _evening():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def on(place, people):
    return live.meeting(place, people)


def at(name, *args):
    return reverse(f"meetings:{name}", args=args)


def body_of(answer):
    return answer.content.decode()


def marks_of(on):
    return dict(Invitee.objects.filter(meeting=on.meeting).exclude(mark="").values_list("member_id", "mark"))


# --- the roll ---------------------------------------------------------------------------------------------------------
def test_a_tap_is_saved_and_answers_with_the_count(cast, on, people):
    url, key = at("roll", on.meeting.pk), people.deputy.pk
    told = cast.member.post(url, {f"mark-{key}": "present", f"reason-{key}": ""}, **JSON).json()
    assert (told["saved"], told["head"]) == ("Đã lưu 20:30", "1/4 có mặt")
    refused = cast.member.post(url, {f"mark-{key}": "excused", f"reason-{key}": ""}, **JSON)
    assert (refused.status_code, refused.json()["field"]) == (422, f"mark-{key}")
    seen = cast.member.get(url, **JSON).json()
    assert seen["marks"][str(key)] == ["present", ""]


def test_the_whole_form_writes_what_was_changed_in_it_and_the_rest(cast, on, people):
    url = at("roll", on.meeting.pk)
    Invitee.objects.filter(member=people.secretary).update(mark="present", channel="code")
    typed = {
        f"was-{people.deputy.pk}": ":",
        f"mark-{people.deputy.pk}": "excused",
        f"reason-{people.deputy.pk}": "Nằm viện",
        # Checked in by phone after this page was opened: not touched here, so not undone.
        f"was-{people.secretary.pk}": "unexcused:",
        f"mark-{people.secretary.pk}": "unexcused",
        f"reason-{people.secretary.pk}": "",
        "rest": "1",
    }
    assert cast.village_secretary.post(url, typed).status_code == 302
    found = marks_of(on)
    assert found[people.deputy.pk] == "excused"
    assert list(found.values()).count("present") == 4  # the guest too


def test_a_whole_form_with_an_error_keeps_what_was_typed(cast, on, people):
    typed = {
        f"mark-{people.deputy.pk}": "excused",
        f"reason-{people.deputy.pk}": " ",
        f"mark-{people.member.pk}": "present",
    }
    answer = cast.member.post(at("roll", on.meeting.pk), typed)
    page = body_of(answer)
    assert answer.status_code == 422
    assert "<title>Lỗi:" in page
    assert f'id="loi-{people.deputy.pk}"' in page
    assert page.count("checked") == 2
    assert not marks_of(on)


def test_somebody_not_on_the_list_is_refused_in_words(cast, on, place):
    stranger = live.guest(place)
    marks = {f"mark-{stranger.pk}": "present"}
    answer = cast.secretary.post(at("roll", on.meeting.pk), marks)
    assert answer.status_code == 422
    assert "Trần Văn Lạ không có trong danh sách dự họp" in body_of(answer)
    answer = cast.member.post(at("roll", on.meeting.pk), marks)
    assert answer.status_code == 422
    assert "Lạ" not in body_of(answer), "who may not know the person learns no name by trying out ids"
    assert "Người này không có trong danh sách dự họp" in body_of(answer)


def test_the_signed_sheet_is_typed_in_after_closing_until_the_lock(cast, place, people):
    on = live.meeting(place, people, "closed")
    url, key = at("roll", on.meeting.pk), people.deputy.pk
    page = body_of(cast.member.get(url))
    assert 'name="channel" value="paper"' in page
    cast.member.post(url, {"channel": "paper", f"mark-{key}": "present"})
    assert Invitee.objects.get(meeting=on.meeting, member=key).channel == "paper"
    type(on.meeting).objects.update(state="locked", locked_at=NOW)
    assert "đã khóa" in body_of(cast.member.get(url))
    assert cast.member.post(url, {f"mark-{key}": "unexcused"}, **JSON).status_code == 422


def test_the_roll_reminds_of_those_who_missed_before(cast, on, place, people):
    for weeks in (4, 8):
        earlier = held.meeting(place.village, DAY - timedelta(weeks=weeks), "locked")
        held.invite(earlier, {people.deputy: "unexcused", people.secretary: "present"})
    assert "Vắng 2 buổi liền không lý do" in body_of(cast.member.get(at("roll", on.meeting.pk)))


def test_a_member_sees_the_count_and_the_own_mark_only(cast, on, people):
    Invitee.objects.filter(member=people.deputy).update(mark="excused", reason="Nằm viện")
    page = body_of(cast.school_secretary.get(at("roll", on.meeting.pk)))
    assert "Nằm viện" not in page
    assert "<form" not in page.split("<main")[1]
    assert cast.school_secretary.post(at("roll", on.meeting.pk), {}).status_code == 403


@pytest.mark.parametrize(
    ("name", "most"),
    [("roll", 12), ("items", 12), ("minutes", 18), ("check-in-code", 12), ("remarks", 12), ("close", 12)],
)
def test_pages_cost_the_same_for_thirty_and_sixty(cast, on, place, people, name, most):
    earlier = held.meeting(place.village, DAY - timedelta(weeks=4), "locked")
    held.invite(earlier, {people.deputy: "unexcused"})

    def crowd(count):
        for one in make.members(place.village, count):
            held.invite(on.meeting, {one: "present"})
            held.item(on.meeting, "Việc", 5, speeches=[(one, "Đồng ý")], votes=[("Kè?", 1, 0, 0)])

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert cast.village_secretary.get(at(name, on.meeting.pk)).status_code == 200
        return len(found)

    crowd(30)
    few = queries()
    crowd(30)
    assert queries() == few
    assert few <= most


# --- the code ---------------------------------------------------------------------------------------------------------
def test_the_code_is_a_picture_of_its_own_address_for_those_who_mark(cast, on):
    page = body_of(cast.member.get(at("check-in-code", on.meeting.pk)))
    assert f'src="{at("check-in-image", on.meeting.pk)}"' in page
    assert CODE in page
    drawn = cast.member.get(at("check-in-image", on.meeting.pk))
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"<svg" in drawn.content
    assert b"style" not in drawn.content
    assert cast.school_secretary.get(at("check-in-image", on.meeting.pk)).status_code == 403


def test_checking_in_takes_a_press_and_ends_with_the_meeting(cast, on, people):
    url = at("check-in", CODE)
    assert "Tôi có mặt" in body_of(cast.deputy.get(url))
    assert not marks_of(on)  # a look is no word
    assert "Đã ghi đ/c Tạ Thị Hiền có mặt" in body_of(cast.deputy.post(url, follow=True))
    assert marks_of(on) == {people.deputy.pk: "present"}
    assert "không có trong danh sách" in body_of(cast.inspector.post(url))
    assert cast.outsider.post(url).status_code == 422
    type(on.meeting).objects.update(state="closed", ended_at=NOW, check_in_code="")
    assert cast.deputy.get(url).status_code == 404
    assert cast.deputy.post(url).status_code == 404
    assert cast.deputy.get(at("check-in-code", on.meeting.pk)).status_code == 404


# --- minutes ----------------------------------------------------------------------------------------------------------
def typed(people, version=0, conclusion="Kè 40 m", words="Sạt 40 m", **more):
    return {
        "version": version,
        "conclusion": conclusion,
        "state": "waiting",
        "speaker": [people.deputy.pk, ""],
        "said": [words, ""],
    } | more


def test_an_item_saves_as_one_types(cast, on, people):
    url = at("item", on.first.pk)
    told = cast.member.post(url, typed(people), **JSON).json()
    assert told == {"saved": "Đã lưu 20:30", "version": 1}
    assert Speech.objects.get().text == "Sạt 40 m"
    page = body_of(cast.member.get(url))
    assert "Sạt 40 m" in page
    assert 'name="version" value="1"' in page


def test_two_open_copies_are_both_shown(cast, on, people):
    url = at("item", on.first.pk)
    cast.member.post(url, typed(people, conclusion="Bản của thư ký"), **JSON)
    other = typed(people, conclusion="Bản của chủ trì", words="Nghe khác")
    told = cast.village_secretary.post(url, other, **JSON)
    assert told.status_code == 409
    assert told.json()["version"] == 1
    assert [text for _label, text in told.json()["texts"]] == ["Sạt 40 m", "Bản của thư ký"]
    answer = cast.village_secretary.post(url, other)
    page = body_of(answer)
    assert answer.status_code == 409
    for words in ("Bản của thư ký", "Bản của chủ trì", "Nghe khác", "Sạt 40 m", 'name="version" value="1"'):
        assert words in page
    assert AgendaItem.objects.get(pk=on.first.pk).conclusion == "Bản của thư ký"
    assert cast.village_secretary.post(url, other | {"version": 1}).status_code == 302
    assert AgendaItem.objects.get(pk=on.first.pk).conclusion == "Bản của chủ trì"


def test_words_without_a_speaker_stay_in_the_form(cast, on, people):
    answer = cast.member.post(at("item", on.first.pk), typed(people, speaker=["", ""]))
    assert answer.status_code == 422
    assert "Chọn người phát biểu" in body_of(answer)
    assert "Kè 40 m" in body_of(answer)


def test_the_next_step_finishes_an_item(cast, on, people):
    answer = cast.member.post(at("item", on.first.pk), typed(people, go="next"))
    assert answer.url == at("item", on.second.pk)
    assert AgendaItem.objects.get(pk=on.first.pk).state == "done"
    answer = cast.member.post(at("item", on.second.pk), typed(people, go="next"))
    assert answer.url == at("items", on.meeting.pk)


def test_general_remarks_save_and_show_both_texts(cast, on):
    url = at("remarks", on.meeting.pk)
    assert cast.member.post(url, {"version": 0, "remarks": "Đảng phí đủ"}, **JSON).json()["version"] == 1
    assert cast.member.post(url, {"version": 0, "remarks": "Khác"}, **JSON).status_code == 409
    answer = cast.member.post(url, {"version": 0, "remarks": "Khác"})
    assert answer.status_code == 409
    assert "Đảng phí đủ" in body_of(answer)
    assert cast.school_secretary.get(url).status_code == 403


def test_a_task_is_one_step_from_its_item(cast, on, people):
    url = at("item-task", on.first.pk)
    given = {"title": "Huy động 30 công", "due": "12/6/2024", "owner": f"m{people.deputy.pk}", "detail": ""}
    assert cast.member.get(url).status_code == 200
    assert cast.member.post(url, given).url == at("item", on.first.pk)
    assert cast.member.post(url, given | {"owner": "bcommittee"}).status_code == 302
    links = ItemTask.objects.select_related("task").order_by("pk")
    assert [one.task.owner_id for one in links] == [people.deputy.pk, None]
    assert cast.member.post(url, given | {"due": "2/6/2024"}).status_code == 422
    assert "Huy động 30 công" in body_of(cast.member.get(at("item", on.first.pk)))


def test_hands_are_noted_and_taken_back(cast, on):
    Invitee.objects.filter(capacity="body").update(mark="present")
    url = at("item-vote", on.first.pk)
    answer = cast.member.post(url, {"question": "Kè?", "in_favour": "5", "against": "", "other": ""})
    assert answer.status_code == 422
    assert "Đếm lại" in body_of(answer)
    cast.member.post(url, {"question": "Kè?", "in_favour": "3", "against": "1", "other": ""})
    vote = ItemVote.objects.get()
    assert (vote.in_favour, vote.against, vote.other) == (3, 1, 0)
    assert "Tán thành 3" in body_of(cast.member.get(at("item", on.first.pk)))
    assert cast.member.post(at("vote-remove", vote.pk), {}).status_code == 302
    assert not ItemVote.objects.exists()


def test_a_secret_ballot_is_drafted_by_who_leads(cast, on, people):
    url = at("item-ballot", on.first.pk)
    assert cast.member.get(url).status_code == 403
    given = {
        "title": "Giới thiệu quần chúng ưu tú",
        "purpose": "resolution",
        "first_teller": people.deputy.pk,
        "second_teller": people.member.pk,
    }
    answer = cast.village_secretary.post(url, given)
    assert answer.status_code == 302, body_of(answer)
    assert on.first.ballots.get().ballot.title == "Giới thiệu quần chúng ưu tú"


# --- the end ----------------------------------------------------------------------------------------------------------
def test_closing_says_first_what_will_happen(cast, on):
    url = at("close", on.meeting.pk)
    page = body_of(cast.member.get(url))
    assert "4 đồng chí chưa ghi điểm danh" in page
    early = cast.member.post(url, {"ended_at": "19 giờ"})
    assert early.status_code == 422
    assert "19 giờ 30. Ghi giờ kết thúc sau giờ ấy" in body_of(early)
    check = body_of(cast.member.post(url, {"ended_at": "20 giờ 15"}))
    assert "Cuộc họp dài 45 phút" in check
    assert "<dd>20 giờ 15</dd>" in check
    assert "Kè mương xóm Giữa" in check
    assert live.again(on.meeting).state == "open"
    assert cast.member.post(url, {"ended_at": "20 giờ 15", "confirm": "1"}).status_code == 302
    assert live.again(on.meeting).minutes_long == 45


@pytest.mark.parametrize(("kind", "ticked"), [("cell_monthly", 2), ("weekly_review", 1)])
def test_one_chooses_what_goes_on_next_time(cast, on, place, kind, ticked):
    series = cell_series(place.village, NOW)
    series.meetings.all().delete()
    Meeting.objects.filter(pk=on.meeting.pk).update(series=series, kind=kind)
    AgendaItem.objects.filter(pk=on.second.pk).update(state="carried")
    url = at("close", on.meeting.pk)
    assert body_of(cast.member.get(url)).count(" checked") == ticked
    typed = {"ended_at": "20 giờ 15", "carry": [on.first.pk]}
    check = body_of(cast.member.post(url, typed))
    assert "Chuyển kỳ sau 1 nội dung: Kè mương xóm Giữa." in check
    assert "Không chuyển 1 nội dung chưa bàn: Thu quỹ." in check
    cast.member.post(url, typed | {"confirm": "1"})
    assert [one.title for one in series.backlog.filter(meeting=None)] == ["Kè mương xóm Giữa"]
    on.second.refresh_from_db()
    assert on.second.state == "waiting"


def test_from_approval_to_addendum_by_pages(cast, place, people):
    on = live.meeting(place, people, "closed", "present")
    minutes = at("minutes", on.meeting.pk)
    assert cast.member.get(at("approve", on.meeting.pk, "chu-tri")).status_code == 403
    assert cast.member.get(at("approve", on.meeting.pk, "ai-do")).status_code == 404
    cast.member.post(at("approve", on.meeting.pk, "thu-ky"), {})
    assert "Khóa biên bản" not in body_of(cast.village_secretary.get(minutes))
    cast.village_secretary.post(at("approve", on.meeting.pk, "chu-tri"), {})
    page = body_of(cast.village_secretary.get(minutes))
    assert "Đã duyệt, chờ khóa" in page
    lock = at("lock", on.meeting.pk)
    assert "không rút lại được" in body_of(cast.village_secretary.post(lock, {}))
    cast.village_secretary.post(lock, {"confirm": "1"})
    addendum = at("addendum", on.meeting.pk)
    cast.village_secretary.post(addendum, {"text": "Đọc là 12 triệu", "confirm": "1"})
    assert Addendum.objects.get().by_name
    page = body_of(cast.village_secretary.get(minutes))
    assert "Đã khóa" in page
    assert "Đọc là 12 triệu" in page
    assert cast.member.post(at("withdraw", on.meeting.pk), {}).status_code == 422


@pytest.mark.parametrize(
    ("state", "reads"), [("open", False), ("closed", False), ("approved", True), ("locked", True)]
)
def test_members_of_the_body_read_the_minutes_once_they_are_approved(cast, place, people, state, reads):
    on = live.meeting(place, people, state, "present")
    held.item(on.meeting, "Việc kín", 2, speeches=[(people.member, "Lời trong biên bản")])
    other = make.member(place.village, "Kim Văn Lợi")
    reader = cast.outsider
    type(other).objects.filter(pk=other.pk).update(user=cast.users.outsider)
    page = body_of(reader.get(at("minutes", on.meeting.pk)))
    assert ("Lời trong biên bản" in page) is reads
    assert "Lời trong biên bản" in body_of(cast.member.get(at("minutes", on.meeting.pk)))
    guest = body_of(cast.school_secretary.get(at("minutes", on.meeting.pk)))
    assert "Lời trong biên bản" not in guest


@pytest.mark.parametrize("name", ["roll", "items", "minutes", "close", "lock", "check-in-code", "remarks"])
def test_who_may_not_know_of_a_meeting_finds_nothing(cast, on, name):
    assert cast.outsider.get(at(name, on.meeting.pk)).status_code == 404
    assert cast.anonymous.get(at(name, on.meeting.pk)).status_code == 302


def test_no_page_draws_anything_inline(cast, on):
    for url in (
        at("roll", on.meeting.pk),
        at("item", on.first.pk),
        at("minutes", on.meeting.pk),
        at("check-in-code", on.meeting.pk),
    ):
        page = body_of(cast.village_secretary.get(url))
        assert "style=" not in page
        assert "<script>" not in page
        assert "hn-dock" in page
        assert "hn-tabbar" not in page
