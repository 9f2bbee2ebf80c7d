"""The sheet, one's year, posts of work: who sees what, what the script and the buttons send, how many queries."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hatnhan.audit.actions import READ_FILE
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.meetings import review_rules
from hatnhan.meetings.actions import reviews
from hatnhan.meetings.actions.reviews import RowData
from hatnhan.meetings.models import RemedyVerdict, ReviewRow, WorkPost, WorkPostHolder
from hatnhan.meetings.selectors import reviews as read
from hatnhan.meetings.selectors import sheet
from hatnhan.meetings.tests import held
from hatnhan.meetings.tests.reviewed import AFTER, FRIDAY, SIGNED, post, review, row_of, set_state
from hatnhan.organization.tests import make

JSON = {"HTTP_ACCEPT": "application/json"}
SAID = "Hồ sơ trình ký còn thiếu bản trích lục"


@pytest.fixture(autouse=True)
def friday():
    with clock.fixed(clock.at(FRIDAY, 15)):
        yield


@pytest.fixture
def posts(place, people):
    return {
        "land": post(place.commune, holder=people.member),
        "chair": post(place.commune, "Chủ tịch UBND xã", people.inspector, leads_government=True),
    }


@pytest.fixture
def meeting(place, people, posts):
    made = review(place.commune)
    held.invite(made, {people.inspector: "present"}, capacity="government", title="Chủ tịch UBND xã")
    rows = [
        RowData(people.secretary, strengths="Điều hành đúng lịch"),
        RowData(
            people.standing,
            shortcomings="Chậm góp ý",
            remedy="Góp ý",
            remedy_owner=people.standing,
            remedy_due=AFTER,
        ),
        RowData(work_post=posts["land"], shortcomings=SAID),
    ]
    reviews.write_rows(meeting=made, rows=rows, **SIGNED)
    return made


def page(client, meeting, **query):
    return client.get(reverse("meetings:review", args=[meeting.pk]), query)


def save(client, row, **data):
    return client.post(reverse("meetings:review-row", args=[row.pk]), {"version": row.version} | data, **JSON)


# --- the sheet
def test_the_sheet_shows_forms_to_those_who_write_it(meeting, people, cast):
    shown = page(cast.secretary, meeting)
    text = shown.content.decode()
    assert "<b data-review-count>3/5</b>" in text
    assert text.count("data-review=") == 5
    assert text.count("Còn trống") == 2
    assert "không xếp hạng người" in text
    only = page(cast.secretary, meeting, hien="trong").content.decode()
    assert only.count("data-review=") == 2
    assert SAID not in only


@pytest.mark.parametrize(
    ("role", "state", "sees", "not_sees"),
    [
        ("standing", "open", ["Điều hành đúng lịch", SAID], ["Chậm góp ý", "data-review="]),
        ("standing", "approved", ["Điều hành đúng lịch", SAID, "Chậm góp ý"], ["data-review="]),
        ("inspector", "open", ["Điều hành đúng lịch", SAID], ["Chủ tịch UBND xã</p>"]),
        ("inspector", "locked", [], ["Điều hành đúng lịch", SAID]),
    ],
)
def test_those_who_sit_in_hear_the_others(meeting, cast, role, state, sees, not_sees):
    set_state(meeting, state)
    text = page(getattr(cast, role), meeting).content.decode()
    assert [words for words in sees if words not in text] == []
    assert [words for words in not_sees if words in text] == []


def test_nobody_else_reaches_the_sheet(meeting, cast, place):
    for role in ("member", "village_secretary", "school_secretary", "outsider", "administrator", "editor"):
        assert page(getattr(cast, role), meeting).status_code == 404
    assert page(cast.secretary, held.meeting(place.village, FRIDAY)).status_code == 404


def test_one_rule_says_who_reads_rows_on_the_sheet_and_alone(meeting, people):
    roles = (people.secretary, people.standing, people.inspector, people.member, people.school_secretary)
    for state, who in product(("open", "closed", "approved", "locked"), roles):
        set_state(meeting, state)
        user = type(who.user).objects.get(pk=who.user.pk)
        alone = ReviewRow.objects.visible_to(user).filter(meeting=meeting).values_list("pk", flat=True)
        together = [row.pk for row in sheet.rows(meeting, sheet.hearing(user, meeting))]
        assert sorted(alone) == sorted(together), (state, who)


def test_before_it_opens_there_are_remedies_only(place, people, cast):
    made = held.meeting(place.commune, AFTER, "invited", "weekly_review")
    text = page(cast.secretary, made).content.decode()
    assert "lập khi khai mạc" in text
    assert "Không có việc khắc phục nào còn lại" in text


def test_twice_the_rows_take_no_more_queries(meeting, place, people, cast):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert page(cast.secretary, meeting).status_code == 200
        return len(queries)

    def add(how_many):
        for number in range(how_many):
            person = make.member(place.village, f"Trần Văn Số{number}")
            made = WorkPost.objects.create(
                unit=place.commune, name=f"Vị trí {WorkPost.objects.count()}", start=FRIDAY
            )
            WorkPostHolder.objects.create(work_post=made, member=person, start=FRIDAY)
        reviews.lay_sheet(meeting=meeting, **SIGNED)
        assert ReviewRow.objects.filter(meeting=meeting).count() in (14, 28)

    add(9)
    page(cast.secretary, meeting)
    first = count()
    add(14)
    assert count() == first <= 22


# --- saving
def test_a_row_saves_by_itself(meeting, people, cast):
    row = row_of(meeting, people.deputy)
    told = save(cast.secretary, row, strengths="Đôn đốc đủ 18/18", remedy_due="9/11/2018").json()
    assert told == {"saved": "Đã lưu 15:00", "version": 1, "written": True, "count": "4/5"}
    answer = cast.secretary.post(
        reverse("meetings:review-row", args=[row.pk]), {"version": 1, "shortcomings": "Không"}
    )
    assert answer.url == f"/hop/{meeting.pk}/nhan-xet/#d{row.pk}"
    nothing = row_of(meeting, people.inspector)
    cast.secretary.post(reverse("meetings:review-row", args=[nothing.pk]), {"version": 0, "nothing": "1"})
    assert row_of(meeting, people.inspector).shortcomings == "Không"


def test_a_remedy_without_owner_or_day_is_the_persons_own_until_the_next_review(meeting, people, cast):
    row = row_of(meeting, people.deputy)
    (line,) = (one for one in page(cast.secretary, meeting).context["empty"] if one.row.pk == row.pk)
    assert [line.form[name].value() for name in ("remedy_owner", "remedy_due")] == ["", None]
    assert save(cast.secretary, row, remedy="Bổ sung").status_code == 200
    kept = row_of(meeting, people.deputy)
    assert (kept.remedy_owner, kept.remedy_due) == (people.deputy, read.next_review_day(meeting))


def test_a_remedy_that_names_no_one_or_no_day_says_so_beside_its_box(meeting, posts, people, cast):
    posts["land"].holders.all().delete()
    row = ReviewRow.objects.get(meeting=meeting, work_post=posts["land"])
    ReviewRow.objects.filter(pk=row.pk).update(subject=None)
    told = save(cast.secretary, row, version=row.version, remedy="Bổ sung", remedy_due="9/11/2018")
    assert (told.status_code, list(told.json()["errors"])) == (422, ["remedy_owner"])
    row = row_of(meeting, people.deputy)
    answer = cast.secretary.post(
        reverse("meetings:review-row", args=[row.pk]),
        {"version": 0, "remedy": "Bổ sung trích lục", "remedy_owner": people.deputy.pk, "remedy_due": "99/1"},
    )
    assert answer.status_code == 422
    assert "Bổ sung trích lục" in answer.content.decode()
    assert not row_of(meeting, people.deputy).written


def test_two_who_write_at_once_see_both_texts(meeting, people, cast):
    row = row_of(meeting, people.deputy)
    save(cast.deputy, row, strengths="Chữ của người kia")
    told = save(cast.secretary, row, strengths="Chữ của tôi")
    assert told.status_code == 409
    assert told.json()["texts"][0] == ["strengths", "Ưu điểm", "Chữ của người kia"]
    assert told.json()["values"] == {"strengths": "Chữ của người kia", "shortcomings": "", "remedy": ""}
    address = reverse("meetings:review-row", args=[row.pk])
    answer = cast.secretary.post(address, {"version": 0, "strengths": "Chữ của tôi"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Chữ của người kia" in text
    assert "Chữ của tôi" in text
    assert 'name="version" value="1"' in text
    assert cast.secretary.post(address, {"version": 1, "strengths": "Gộp lại"}).status_code == 302


def test_who_only_hears_does_not_write(meeting, people, cast):
    row = row_of(meeting, people.secretary)
    assert save(cast.standing, row, strengths="x").status_code == 403
    assert save(cast.member, row, strengths="x").status_code == 404
    own = row_of(meeting, people.standing)
    assert cast.standing.get(reverse("meetings:review-row", args=[own.pk])).status_code == 404
    assert cast.standing.get(reverse("meetings:review-row", args=[row.pk])).status_code == 200


# --- conclusions
@pytest.fixture
def following(meeting, place):
    set_state(meeting, "approved")
    reviews.give_remedies(meeting=meeting, **SIGNED)
    made = review(place.commune, AFTER)
    with clock.fixed(clock.at(AFTER, 15)):
        yield made


def test_remedies_come_first_with_todays_conclusion(following, cast):
    text = page(cast.secretary, following).content.decode()
    assert "Hôm nay" in text
    assert "0/1 xong" in text
    (remedy,) = read.remedies_before(following)
    address = reverse("meetings:review-judge", args=[following.pk])
    told = cast.secretary.post(address, {"task": remedy.task.pk, "verdict": "dropped"}, **JSON)
    assert (told.status_code, told.json()["field"]) == (422, "note")
    refused = cast.secretary.post(address, {"task": remedy.task.pk, "verdict": "dropped"})
    assert (refused.status_code, "vì sao" in refused.content.decode()) == (422, True)
    saved = cast.secretary.post(
        address, {"task": remedy.task.pk, "verdict": "not_done", "note": "Vướng"}, **JSON
    )
    assert saved.json() == {"saved": "Đã lưu 15:00"}
    assert RemedyVerdict.objects.get().note == "Vướng"
    assert cast.secretary.post(address, {"task": "0"}).status_code == 404
    assert cast.standing.post(address, {"task": remedy.task.pk, "verdict": "done"}).status_code == 403


# --- the year, replies
def test_the_end_of_a_review_tells_what_was_not_come_to(following, cast):
    text = cast.secretary.get(reverse("meetings:close", args=[following.pk])).content.decode()
    assert "1 việc khắc phục chưa kết luận" in text
    rows = ReviewRow.objects.filter(meeting=following)
    rows.update(strengths="Đủ")
    unsaid = "chưa có nhận xét" in text
    assert unsaid == rows.exists()
    (remedy,) = read.remedies_before(following)
    reviews.judge_remedies(meeting=following, verdicts=[(remedy.task, "done", "")], **SIGNED)
    assert "1/1 xong" in page(cast.secretary, following).content.decode()
    with clock.fixed(clock.at(AFTER + timedelta(days=1), 8)):
        later = page(cast.secretary, following).content.decode()
    assert "Hôm nay</" not in later
    assert "đến hạn ngày họp" in later


def test_the_person_reads_the_own_year_and_answers(meeting, people, cast):
    address = reverse("meetings:review-person", args=[people.member.pk])
    assert SAID not in cast.member.get(address).content.decode()
    assert cast.member.get(reverse("meetings:review-mine")).url == address
    row = row_of(meeting, people.member)
    reply = reverse("meetings:review-reply", args=[row.pk])
    assert cast.member.get(reply).status_code == 404
    set_state(meeting, "approved")
    text = cast.member.get(address).content.decode()
    assert SAID in text
    assert reply in text
    assert "Điều hành đúng lịch" not in text
    assert cast.member.get(reply).status_code == 200
    assert cast.standing.get(reply).status_code == 404
    cast.member.post(reply, {"text": "Đã bổ sung ngày 3/11"})
    assert "Đã bổ sung ngày 3/11" in cast.member.get(address).content.decode()
    assert not Entry.objects.filter(action=READ_FILE).exists()
    held.meeting(meeting.unit, AFTER, "open", "weekly_review")
    with clock.fixed(clock.at(AFTER, 20)):
        assert reply not in cast.member.get(address).content.decode()


def test_the_way_to_the_last_review_promises_an_answer_only_while_one_can_be_given(meeting, people, cast):
    set_state(meeting, "approved")
    assert "Xem, trả lời" in cast.member.get("/hop/").content.decode()
    held.meeting(meeting.unit, AFTER, "open", "weekly_review")
    with clock.fixed(clock.at(AFTER, 20)):
        over = cast.member.get("/hop/").content.decode()
    assert "Nhận xét về đồng chí" in over
    assert "Xem, trả lời" not in over


def test_a_years_months_are_folded_but_for_the_latest_and_what_can_be_answered(meeting, people, cast):
    set_state(meeting, "approved")
    long_ago = held.meeting(meeting.unit, AFTER - timedelta(days=63), "locked", "weekly_review")
    ReviewRow.objects.create(meeting=long_ago, subject=people.member, strengths="Đã làm tốt")
    held.meeting(meeting.unit, AFTER - timedelta(days=56), "locked", "weekly_review")
    months = cast.member.get(reverse("meetings:review-person", args=[people.member.pk])).context["months"]
    assert [shown for _month, _lines, shown in months] == [True, False]


def test_who_reads_anothers_year_is_recorded(meeting, people, cast):
    set_state(meeting, "approved")
    address = reverse("meetings:review-person", args=[people.member.pk])
    for role in ("standing", "inspector", "village_secretary", "school_secretary", "outsider"):
        assert getattr(cast, role).get(address).status_code == 404
    assert SAID in cast.deputy.get(address, {"nam": "2018"}).content.decode()
    entry = Entry.objects.get(action=READ_FILE)
    assert (entry.subject_id, entry.actor, entry.details["part"]) == (
        people.member.pk,
        cast.users.deputy,
        "nhan-xet-tuan",
    )
    assert cast.deputy.get(reverse("meetings:review-person", args=[999_999])).status_code == 404


def test_a_year_counts_how_remedies_ended(meeting, people, following):
    year = read.year_of_person(people.standing, 2018, AFTER + timedelta(days=1))
    assert [row.remedy for row in year.rows] == ["Góp ý"]
    assert year.ends == review_rules.Ends(given=1, late=1)
    assert not read.rows_of(people.standing, 2017).exists()


def test_a_years_page_takes_the_same_queries_for_more_rows(meeting, people, cast, place):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert (
                cast.member.get(reverse("meetings:review-person", args=[people.member.pk])).status_code == 200
            )
        return len(queries)

    set_state(meeting, "approved")
    for week in range(1, 6):
        made = review(place.commune, FRIDAY - timedelta(days=7 * week))
        ReviewRow.objects.filter(meeting=made).update(strengths="x")
        set_state(made, "approved")
    count()
    first = count()
    for week in range(6, 12):
        made = review(place.commune, FRIDAY - timedelta(days=7 * week))
        ReviewRow.objects.filter(meeting=made).update(strengths="x")
        set_state(made, "approved")
    assert count() == first <= 14


# --- posts of work
def test_posts_are_listed_and_kept(place, people, posts, cast):
    address = reverse("meetings:work-posts")
    text = cast.standing.get(address).content.decode()
    assert "Nguyễn Thị Hòa, từ 1/1/2018" in text
    assert reverse("meetings:work-post-new") not in text
    for role in ("village_secretary", "member", "outsider"):
        assert getattr(cast, role).get(address).status_code == 404
    cast.secretary.post(reverse("meetings:work-post-new"), {"name": "Công an xã", "start": "1/11/2018"})
    made = WorkPost.objects.get(name="Công an xã")
    assert made.position == 1
    holder = reverse("meetings:work-post-holder", args=[made.pk])
    assert "Kim Văn Chiến" in cast.secretary.get(holder, {"q": "chien"}).content.decode()
    wrong = cast.secretary.post(holder, {"start": "1/11/2018"})
    assert wrong.status_code == 422
    cast.secretary.post(holder, {"member": people.standing.pk, "start": "1/11/2018"})
    assert WorkPostHolder.objects.get(work_post=made).member == people.standing
    rename = {"name": "Trưởng Công an xã", "position": "4"}
    cast.secretary.post(reverse("meetings:work-post-rename", args=[made.pk]), rename)
    cast.secretary.post(reverse("meetings:work-post-end", args=[made.pk]), {"end": "2/11/2018"})
    made.refresh_from_db()
    assert (made.name, made.position, made.end) == ("Trưởng Công an xã", 4, FRIDAY)
    for name in ("holder", "rename", "end"):
        url = reverse(f"meetings:work-post-{name}", args=[posts["land"].pk])
        assert cast.standing.get(url).status_code == 404
    assert cast.standing.get(reverse("meetings:work-post-new")).status_code == 403


def test_posts_take_the_same_queries_for_more_of_them(place, posts, cast):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert cast.secretary.get(reverse("meetings:work-posts")).status_code == 200
        return len(queries)

    count()
    first = count()
    for number in range(10):
        WorkPost.objects.create(unit=place.commune, name=f"Vị trí {number}", start=FRIDAY)
    assert count() == first <= 12


def test_the_members_file_leads_to_the_year_and_the_own_copy_has_it(meeting, people, cast):
    file = reverse("organization:member", args=[people.member.pk])
    year = reverse("meetings:review-person", args=[people.member.pk])
    assert year not in cast.member.get(file).content.decode()
    set_state(meeting, "approved")
    assert year in cast.member.get(file).content.decode()
    assert year in cast.secretary.get(file).content.decode()
    assert year not in cast.standing.get(file).content.decode()
    copy = cast.member.get(reverse("organization:member-data", args=[people.member.pk])).json()
    assert [row["hạn chế"] for row in copy["Nhận xét hằng tuần"]] == [SAID]


def test_the_rooms_first_page_leads_a_person_to_a_new_row(meeting, cast):
    mine = reverse("meetings:review-mine")
    assert mine not in cast.member.get(reverse("meetings:home")).content.decode()
    set_state(meeting, "approved")
    assert mine in cast.member.get(reverse("meetings:home")).content.decode()
    assert mine in cast.secretary.get(reverse("meetings:home")).content.decode()
    with clock.fixed(clock.at(FRIDAY + timedelta(days=20))):
        assert mine not in cast.member.get(reverse("meetings:home")).content.decode()
