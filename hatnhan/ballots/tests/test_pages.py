"""The pages of a ballot, from its draft to its result."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hatnhan.audit.models import Entry
from hatnhan.ballots import origins
from hatnhan.ballots.actions import tries
from hatnhan.ballots.actions.voting import cast_for
from hatnhan.ballots.models import Ballot, RollEntry, Urn
from hatnhan.ballots.selectors import holdings
from hatnhan.ballots.tests import make
from hatnhan.core import clock
from hatnhan.core.errors import RuleBroken

WORDS = {"first": make.WORDS[0], "second": make.WORDS[1]}


@pytest.fixture(autouse=True)
def evening():
    with clock.fixed(make.at()), make.cheap_keys():
        yield


@pytest.fixture
def voters(people):
    return [people.secretary, people.deputy, people.village_secretary, people.member]


@pytest.fixture
def ballot(place, voters):
    return make.draft(place.village, (voters[0], voters[1]))


def at(name, ballot=None):
    return reverse(f"ballots:{name}", args=[ballot.pk] if ballot else [])


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def queries(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def opening(voters):
    again = {f"{name}_again": words for name, words in WORDS.items()}
    return {"present": [one.pk for one in voters], **WORDS, **again}


# --- drafting --------------------------------------------------------------------------------------------------------
def drafting(voters, **fields):
    return {
        "title": "Bầu chi ủy nhiệm kỳ 2027–2030",
        "purpose": "election",
        "body": "members",
        "on": "3/11/2026",
        "first_teller": voters[0].pk,
        "second_teller": voters[1].pk,
    } | fields


def test_the_head_of_a_cell_drafts_an_election(cast, voters):
    url = at("draft") + "?cach=up_to"
    assert "Chọn không quá" in text(cast.village_secretary.get(url))
    data = drafting(voters, people=[voters[2].pk, voters[3].pk], options="", up_to="1")
    page = cast.village_secretary.post(url, data, follow=True)
    assert "Đã soạn" in text(page)
    assert [one.member for one in Ballot.objects.get().options.order_by("place")] == voters[2:]
    assert "unconfirmed" not in text(page)
    assert "Chưa xác nhận" in text(page)


def test_each_kind_asks_only_what_it_needs(cast):
    asked = {
        kind: set(cast.village_secretary.get(f"{at('draft')}?cach={kind}").context["form"].fields)
        for kind, _label in Ballot.Kind.choices
    }
    assert "options" not in asked["yes_no"]
    assert {"options", "people"} <= asked["one"]
    assert {"options", "people", "up_to"} <= asked["up_to"]
    assert {"people", "grades"} <= asked["grade"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("second_teller", {"second_teller": 0}),
        ("first_teller", {"people": [0]}),
        ("up_to", {"up_to": "9"}),
        ("options", {"people": [], "options": "A\nA"}),
        ("title", {"title": " "}),
    ],
)
def test_what_is_wrong_with_a_draft_is_said_beside_its_field(cast, voters, field, wrong):
    known = {0: voters[0].pk}
    wrong = {
        key: [known[one] for one in value] if isinstance(value, list) else known.get(value, value)
        for key, value in wrong.items()
    }
    data = drafting(voters, people=[voters[2].pk], options="", up_to="1") | wrong
    page = cast.village_secretary.post(at("draft") + "?cach=up_to", data)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}
    assert not Ballot.objects.exists()


def test_who_leads_nothing_drafts_nothing(cast):
    assert cast.member.get(at("draft")).status_code == 403
    assert cast.outsider.get(at("draft")).status_code == 404
    assert cast.inspector.get(at("draft")).status_code == 403


# --- opening ---------------------------------------------------------------------------------------------------------
def test_opening_freezes_the_roll(cast, ballot, voters):
    url = at("open", ballot)
    page = text(cast.village_secretary.get(url))
    assert "Mật khẩu kiểm phiếu của đ/c Phùng Minh Thông" in page
    assert "quá 1/2 tổng số người có quyền biểu quyết" in page
    page = cast.village_secretary.post(url, opening(voters), follow=True)
    assert "0/4 đã bỏ phiếu trên máy" in text(page)
    roll = text(cast.village_secretary.get(at("roll", ballot)))
    assert roll.count("Đảng viên chính thức của chi bộ") == 4
    assert roll.count("Chưa bỏ phiếu") == 4
    assert "Chưa bỏ phiếu" not in text(cast.member.get(at("roll", ballot)))


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("second_again", {"second_again": "mật khẩu thứ ba"}),
        ("first", {"first": "ngắn", "first_again": "ngắn"}),
        ("second", {"second": WORDS["first"], "second_again": WORDS["first"]}),
        ("present", {"present": []}),
        ("first", {"first": ""}),
    ],
)
def test_what_is_wrong_with_an_opening_is_said_and_no_passphrase_shown(cast, ballot, voters, field, wrong):
    page = cast.village_secretary.post(at("open", ballot), opening(voters) | wrong)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}
    assert WORDS["second"] not in text(page)
    assert not RollEntry.objects.exists()


def test_whom_the_meeting_marked_is_marked(cast, ballot, voters, monkeypatch):
    origin = origins.Origin("Họp chi bộ tháng 11", "/hop/1/", frozenset({voters[3].pk}))
    monkeypatch.setattr(origins, "_finders", [lambda ids: dict.fromkeys(ids, origin)])
    page = cast.village_secretary.get(at("open", ballot))
    assert page.context["form"].initial["present"] == [voters[3].pk]
    assert 'href="/hop/1/"' in text(cast.village_secretary.get(at("ballot", ballot)))


# --- voting ----------------------------------------------------------------------------------------------------------
def test_a_vote_is_read_over_then_cast_and_never_shown_again(cast, ballot, voters):
    make.opened(ballot, voters)
    url = at("vote", ballot)
    assert "Không chọn gì (phiếu trắng)" in text(cast.member.get(url))
    assert cast.member.post(url, {}).status_code == 422
    check = cast.member.post(url, {"choice": "2"})
    assert "<b>Không đồng ý</b>" in text(check)
    assert not RollEntry.objects.filter(voted=True).exists()
    assert "Đồng chí chọn: <b>" in text(cast.member.post(url, {"choice": "2"}))
    assert cast.member.post(url, {"choice": "2", "amend": "1"}).context["form"]["choice"].value() == "2"
    page = cast.member.post(url, {"choice": "2", "confirm": "1"}, follow=True)
    assert "Cảm ơn đồng chí" in text(page)
    assert "checked" not in text(page)
    assert cast.member.get(url).url == at("ballot", ballot), "there is no slip to look at any more"
    for sent_again in ({"choice": "2"}, {"choice": "2", "amend": "1"}):
        back = cast.member.post(url, sent_again)
        assert (back.status_code, back.url) == (302, at("ballot", ballot)), "back draws no choice again"
    again = cast.member.post(url, {"choice": "1", "confirm": "1"})
    assert again.status_code == 409
    assert "Đồng chí đã bỏ phiếu" in text(again)
    assert Urn.objects.get().votes == 1


def test_no_more_are_chosen_than_allowed_and_none_is_blank(cast, place, voters):
    options = [make.OptionData(member=one) for one in voters[2:]]
    ballot = make.draft(place.village, voters[:2], kind="up_to", options=options, up_to=1, purpose="election")
    make.opened(ballot, voters)
    page = cast.member.post(at("vote", ballot), {"choice": ["1", "2"]})
    assert page.status_code == 422
    assert "chỉ được chọn không quá 1" in text(page)
    assert "Phiếu trắng" in text(cast.member.post(at("vote", ballot), {}))


def test_people_are_graded_one_by_one(cast, place, voters):
    options = [make.OptionData(member=one) for one in voters[2:]]
    ballot = make.draft(
        place.village, voters[:2], kind="grade", options=options, grades=make.GRADES, purpose="grading"
    )
    make.opened(ballot, voters)
    url, given = at("vote", ballot), {"grade_1": "xs", "grade_2": ""}
    assert "Đỗ Văn Hải: <b>Hoàn thành xuất sắc</b>" in text(cast.member.post(url, given))
    cast.member.post(url, given | {"confirm": "1"})
    make.close(ballot)
    page = text(cast.member.get(at("ballot", ballot)))
    assert "0 trên 2 đồng chí có một mức đạt tỷ lệ" in page


def test_who_is_not_on_the_roll_is_told(cast, ballot, voters):
    make.opened(ballot, voters[:3])
    RollEntry.objects.exclude(member=voters[0])
    page = cast.school_secretary.post(at("vote", ballot), {"choice": "1", "confirm": "1"})
    assert page.status_code == 404
    page = cast.standing.post(at("vote", ballot), {"choice": "1", "confirm": "1"})
    assert page.status_code == 409
    assert "không có tên trong danh sách" in text(page)


# --- counting --------------------------------------------------------------------------------------------------------
def test_the_tellers_count_screen_and_paper_together(cast, ballot, voters):
    make.opened(ballot, voters)
    for one in voters[:2]:
        cast_for(member_id=one.pk, ballot=ballot, choice=[1])
    url = at("close", ballot)
    paper = {"issued": "2", "returned": "2", "invalid": "1", "blank": "", "choice_1": "1", "choice_2": ""}
    assert "Mật khẩu" not in text(cast.deputy.get(url)).partition("<main")[2].partition("<form")[2]
    wrong = cast.deputy.post(url, paper | {"issued": "3"})
    assert set(wrong.context["form"].errors) == {"issued"}
    check = cast.deputy.post(url, paper)
    assert "2 phiếu trên máy được xáo" in text(check)
    mending, counting = text(check).partition("<main")[2].split("<form")[1:3]
    assert ("amend" in mending, "Mật khẩu" in mending, "amend" in counting) == (True, False, False)
    assert 'name="issued" value="2"' in mending
    again = cast.deputy.post(url, paper | {"amend": "1"})
    assert again.context["form"]["issued"].value() == "2"
    refused = cast.deputy.post(url, paper | {"confirm": "1", "first": "sai rồi sai rồi", "second": "x" * 9})
    assert "Một trong hai mật khẩu chưa đúng" in text(refused)
    assert "Kiểm tra lại trước khi kiểm phiếu" in text(refused), "the numbers need not be read over again"
    missing = cast.deputy.post(url, paper | {"confirm": "1"})
    assert set(missing.context["form"].errors) == {"first", "second"}
    page = text(cast.deputy.post(url, paper | WORDS | {"confirm": "1"}, follow=True))
    assert "Được thông qua: 3 phiếu đồng ý trên 4 người." in page
    assert "Chưa xác nhận" in page
    assert "Điều lệ Đảng, Điều 9.5" in page
    assert WORDS["first"] not in page
    assert cast.deputy.post(url, paper | WORDS | {"confirm": "1"}).status_code == 422


def test_wrong_passphrases_are_tried_ten_times_and_then_no_more_for_a_while(cast, ballot, voters):
    make.opened(ballot, voters)
    url, wrong = at("close", ballot), {"confirm": "1", "first": "sai rồi sai rồi", "second": "x" * 9}
    for _time in range(2):
        tries.give_back(tries.take_try(ballot))
    for _time in range(tries.MOST - 1):
        tries.take_try(ballot)
    assert "Một trong hai mật khẩu chưa đúng" in text(cast.deputy.post(url, wrong))
    shut = cast.deputy.post(url, WORDS | {"confirm": "1"})
    assert "Đã ghi sai mật khẩu kiểm phiếu 10 lần trong 15 phút. Chờ 15 phút rồi ghi lại." in text(shut)
    assert "Kiểm tra lại trước khi kiểm phiếu" in text(shut)
    with pytest.raises(RuleBroken) as caught:
        tries.take_try(ballot)
    assert caught.value.code == "too_many_tries"
    other = make.opened(make.draft(ballot.unit, voters[:2]), voters)
    numbers = {"confirm": "1", "issued": "99", "first": "sai rồi sai rồi", "second": "x" * 9}
    for _time in range(tries.MOST + 1):
        assert set(cast.deputy.post(at("close", other), numbers).context["form"].errors) == {"issued"}
    cast.deputy.post(at("close", other), WORDS | {"confirm": "1"})
    other.refresh_from_db()
    assert other.state == "closed", "what fails for the numbers spends no try, nor do another ballot's"


def test_a_teller_without_a_post_counts_but_does_not_open(cast, place, people, voters):
    ballot = make.draft(place.village, (people.member, people.secretary))
    assert cast.member.get(at("open", ballot)).status_code == 403
    make.opened(ballot, voters)
    assert cast.member.get(at("close", ballot)).status_code == 200
    assert cast.member.get(at("cancel", ballot)).status_code == 403


def test_an_election_names_who_was_elected_and_who_is_tied(cast, place, voters):
    options = [make.OptionData(f"Phương án {letter}") for letter in "ABC"]
    ballot = make.draft(place.village, voters[:2], kind="up_to", options=options, up_to=2, purpose="election")
    make.opened(ballot, voters)
    paper = {"issued": 4, "returned": 4, "choices": {1: 4, 2: 3, 3: 1}}
    make.close(ballot, **paper)
    page = text(cast.member.get(at("ballot", ballot)))
    assert "Trúng cử: Phương án A (4 phiếu); Phương án B (3 phiếu)." in page
    other = make.draft(place.village, voters[:2], kind="up_to", options=options, up_to=2, purpose="election")
    make.opened(other, voters)
    make.close(other, issued=4, returned=4, choices={1: 3, 2: 3})
    third = make.draft(place.village, voters[:2], kind="up_to", options=options, up_to=1, purpose="election")
    make.opened(third, voters)
    make.close(third, issued=4, returned=4, choices={1: 2, 2: 2})
    assert "Không ai trúng cử" in text(cast.member.get(at("ballot", third)))


# --- cancelling ------------------------------------------------------------------------------------------------------
def test_a_ballot_is_cancelled_after_reading_over_and_nothing_is_counted(cast, ballot, voters):
    make.opened(ballot, voters)
    cast_for(member_id=voters[0].pk, ballot=ballot, choice=[1])
    url = at("cancel", ballot)
    assert "1 phiếu đã bỏ bị xóa" in text(cast.village_secretary.post(url, {"reason": "Thiếu người"}))
    cast.village_secretary.post(url, {"reason": "Thiếu người", "confirm": "1"})
    assert "Thiếu người" in text(cast.member.get(at("ballot", ballot)))
    assert not Urn.objects.exists()
    assert cast.member.post(at("vote", ballot), {"choice": "1", "confirm": "1"}).status_code == 409


# --- the member's own copy -------------------------------------------------------------------------------------------
def test_the_own_copy_tells_of_the_roll_and_not_of_the_vote(cast, people, ballot, voters):
    make.opened(ballot, voters)
    cast.member.post(at("vote", ballot), {"choice": "2", "confirm": "1"})
    rows = list(holdings.rolls(people.member))
    assert [(row["nội dung"], row["đã bỏ phiếu trên máy"]) for row in rows] == [(ballot.title, "có")]
    assert "Không đồng ý" not in str(rows)
    assert [row["phần việc"] for row in holdings.parts(voters[0])] == ["kiểm phiếu"]


# --- lists -----------------------------------------------------------------------------------------------------------
def test_the_list_shows_what_waits_and_takes_the_same_number_of_questions(cast, place, voters):
    def fill(count):
        for _number in range(count):
            make.opened(make.draft(place.village, voters[:2]), voters)
        make.close(make.opened(make.draft(place.village, voters[:2]), voters))

    fill(2)
    cast.village_secretary.get(at("home"))
    few = queries(cast.village_secretary, at("home"))
    fill(5)
    many = queries(cast.village_secretary, at("home"))
    assert few == many <= 12
    page = text(cast.member.get(at("home")))
    assert "Chờ đồng chí bỏ phiếu" in page
    assert "Không được thông qua" in page
    assert "Soạn cuộc bỏ phiếu" not in page
    assert "Chưa có cuộc bỏ phiếu nào" in text(cast.school_secretary.get(at("home")))


def test_a_vote_leaves_no_entry_and_the_others_do(cast, ballot, voters):
    make.opened(ballot, voters)
    cast.member.post(at("vote", ballot), {"choice": "1", "confirm": "1"})
    make.close(ballot)
    entries = Entry.objects.filter(object_type="ballots.ballot").order_by("id")
    assert [one.action for one in entries] == [
        "ballots:ballot:draft",
        "ballots:ballot:open",
        "ballots:ballot:close",
    ]
