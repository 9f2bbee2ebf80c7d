"""Pages of a cell's month: what they show, to whom, and that errors lose nothing."""

from datetime import date

import pytest
from django.urls import reverse

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import READ_FILE, Entry
from hatnhan.core import clock
from hatnhan.core.periods import Period
from hatnhan.meetings.actions import monthly as actions
from hatnhan.meetings.actions import scoring
from hatnhan.meetings.models import AgendaItem, ScoreSheet, SelfCriticism
from hatnhan.meetings.selectors import monthly, scores
from hatnhan.meetings.tests import held, planned
from hatnhan.meetings.tests.test_monthly_actions import FULL
from hatnhan.organization.tests import make

DAY = date(2018, 11, 3)
SIGNED = {"by": MACHINE, "at": clock.at(DAY, 21)}


@pytest.fixture
def meeting(place, people):
    before = held.meeting(place.village, date(2018, 10, 3), "locked")
    done = {"state": "verified", "done_on": date(2018, 10, 20), "closed_on": date(2018, 10, 21)}
    tasks = [
        held.task(place.village, people.member, "Vận động 12 hộ", date(2018, 10, 3)),
        held.task(place.village, people.member, "Dọn kênh", date(2018, 10, 3), **done),
    ]
    held.item(before, "Giao việc", tasks=tasks)
    made = held.meeting(place.village, DAY, "closed", recorder=people.member)
    held.invite(made, dict.fromkeys((people.member, people.village_secretary, people.secretary), "present"))
    return made


def page(client, name, *args, status=200, **query):
    response = client.get(reverse(f"meetings:{name}", args=args), query)
    assert response.status_code == status
    return response.content.decode()


def send(client, name, *args, status=302, **data):
    response = client.post(reverse(f"meetings:{name}", args=args), data)
    assert response.status_code == status, response.content.decode()[-3000:]
    return response


def test_the_month_runs_from_agenda_to_decision(cast, meeting, people):
    head, pk = cast.village_secretary, meeting.pk
    assert "1/2 việc xong" in page(head, "resolution", pk)
    send(head, "resolution-write", pk, results="Tốt", directions="Làm đường", version=0)
    assert (
        "Điều đồng chí đã ghi"
        in send(head, "resolution-adopt", pk, number="01-NQ/CB", status=200).content.decode()
    )
    send(head, "resolution-adopt", pk, number="01-NQ/CB", confirm="1")
    assert "Nghị quyết 01-NQ/CB" in page(cast.member, "resolution", pk)
    assert "Họp 105 phút; tối thiểu 90 phút." in page(head, "score", pk)
    send(head, "score-give", pk, **(FULL | {"content": "15,5"}))
    assert "95,5" in page(cast.member, "score", pk)
    [waiting] = ScoreSheet.objects.all()
    assert "95,5" in page(cast.secretary, "scores", nam="2018")
    answer = send(cast.deputy, "score-decide", waiting.pk, total="95,5", note="")
    assert answer.url == reverse("meetings:scores")
    assert "Cấp ủy quyết định" in page(head, "score", pk)


def test_the_end_of_the_month_says_what_is_left_of_its_resolution(cast, place, people):
    made = held.meeting(place.village, DAY, "open", recorder=people.member)
    held.invite(made, {people.member: "present"})
    with clock.fixed(clock.at(DAY, 21)):
        assert "Chưa có dự thảo nghị quyết tháng." in page(cast.village_secretary, "close", made.pk)
        row = held.resolution(made)
        assert "Nghị quyết tháng còn là dự thảo" in page(cast.village_secretary, "close", made.pk)
        check = send(cast.village_secretary, "close", made.pk, ended_at="20:50", status=200).content.decode()
        assert "Nghị quyết tháng còn là dự thảo, chưa thông qua." in check
        row.adopted_at = clock.now()
        row.save()
        assert "chưa thông qua" not in page(cast.village_secretary, "close", made.pk)


def test_the_agenda_is_laid_and_matters_taken_on_pages(cast, place, people):
    series = planned.cell_series(place.village)
    meeting = series.meetings.order_by("starts_at").first()
    item = AgendaItem.objects.create(series=series, title="Đường thôn")
    assert "Nêu mục đích" in page(cast.village_secretary, "agenda-template", meeting.pk)
    send(cast.village_secretary, "agenda-template", meeting.pk)
    assert "Đường thôn" in page(cast.village_secretary, "matters", meeting.pk)
    send(cast.village_secretary, "matters", meeting.pk, status=422)
    send(cast.village_secretary, "matters", meeting.pk, matters=[f"{monthly.BACKLOG}{item.pk}"])
    assert meeting.items.count() == 8


def test_two_who_write_at_once_see_both_texts(cast, meeting):
    actions.save_resolution(meeting=meeting, results="Bản của thư ký", directions="", version=0, **SIGNED)
    answer = send(
        cast.village_secretary, "resolution-write", meeting.pk,
        results="Bản của bí thư", directions="", version=0, status=422,
    )  # fmt: skip
    shown = answer.content.decode()
    assert "Bản của thư ký" in shown
    assert "Bản của bí thư" in shown
    assert 'name="version" value="1"' in shown


def test_a_score_above_its_most_is_said_beside_it_and_nothing_is_lost(cast, meeting):
    given = FULL | {"content": "25", "chairing": "7,5", "remedies-text": "Chuẩn bị sớm hơn"}
    shown = send(cast.village_secretary, "score-give", meeting.pk, status=422, **given).content.decode()
    assert "tối đa 20 điểm" in shown
    assert all(one in shown for one in ('value="25"', 'value="7,5"', "Chuẩn bị sớm hơn"))
    assert not ScoreSheet.objects.exists()
    assert "Ghi một số" in send(
        cast.village_secretary, "score-give", meeting.pk, status=422, **(FULL | {"content": "mười"})
    ).content.decode()  # fmt: skip


# --- self-criticism
@pytest.fixture
def text(meeting, people):
    return actions.write_self_criticism(
        meeting=meeting, by=people.member.user, at=SIGNED["at"], text="Còn nể nang", mended="partly"
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("member", 200),
        ("village_secretary", 200),
        ("secretary", 200),
        ("deputy", 200),
        ("standing", 404),
        ("inspector", 404),
        ("school_secretary", 404),
        ("administrator", 404),
        ("editor", 404),
        ("outsider", 404),
    ],
)
def test_who_opens_a_members_words_and_that_it_is_recorded(cast, meeting, people, text, role, status):
    client = getattr(cast, role)
    shown = page(client, "self-criticism-of", meeting.pk, people.member.pk, status=status)
    assert ("Còn nể nang" in shown) is (status == 200)
    readings = Entry.objects.filter(action=READ_FILE, subject_id=people.member.pk)
    assert readings.count() == (status == 200 and role != "member")


def test_the_overview_tells_the_cell_who_wrote_and_others_only_of_themselves(cast, meeting, people, text):
    shown = page(cast.village_secretary, "self-criticism", meeting.pk)
    assert "Nguyễn Thị Hòa" in shown
    assert "Đã ghi" in shown
    assert "Khắc phục một phần" not in shown
    meeting.recorder = None
    meeting.save()
    assert "Đỗ Văn Hải" not in page(cast.member, "self-criticism", meeting.pk).split("<main")[1]
    assert "Khắc phục một phần" not in page(cast.member, "resolution", meeting.pk)


def test_a_member_writes_beside_what_was_said_last_time(cast, meeting, people, text, place):
    following = held.meeting(place.village, date(2018, 12, 3), "open")
    held.invite(following, {people.member: "present"})
    shown = page(cast.member, "self-criticism-write", following.pk, people.member.pk)
    assert "Còn nể nang" in shown
    assert "Giấu khuyết điểm, phê bình nể nang" in shown
    send(
        cast.member, "self-criticism-write", following.pk, people.member.pk,
        text="Đã sửa", remedy="", mended="none", previous_mended="corrected",
    )  # fmt: skip
    text.refresh_from_db()
    assert (text.mended, SelfCriticism.objects.get(meeting=following).text) == ("corrected", "Đã sửa")


def test_a_recorder_types_in_from_paper_but_may_not_read_what_stands(cast, meeting, people, text):
    head = people.village_secretary
    assert "Căn cứ ghi hộ" in page(cast.member, "self-criticism-write", meeting.pk, head.pk)
    given = {"text": "Chậm", "remedy": "", "mended": "none"}
    send(cast.member, "self-criticism-write", meeting.pk, head.pk, status=422, **given)
    send(cast.member, "self-criticism-write", meeting.pk, head.pk, note="bản giấy", **given)
    page(cast.member, "self-criticism-of", meeting.pk, head.pk, status=404)
    page(cast.member, "self-criticism-write", meeting.pk, head.pk, status=403)


# --- lists
def test_a_meeting_moved_into_another_month_keeps_the_own_one(cast, place):
    now = held.meeting(place.village, DAY, "locked")
    moved = held.meeting(
        place.village, date(2018, 12, 3), "closed", starts_at=held.evening(date(2018, 11, 23))
    )
    for made in (now, moved):
        scoring.score_meeting(meeting=made, given=FULL, by=MACHINE, at=clock.at(date(2018, 11, 24), 8))
    (row,) = scores.year_of([place.village.pk], Period.parse("2018"))
    assert [one.meeting_id for one in row.cells[10:]] == [now.pk, moved.pk]
    assert "tháng 12/2018" in page(cast.secretary, "score-decide", moved.pk)


def test_the_year_is_for_those_who_lead_and_asks_few_questions(cast, place, django_assert_max_num_queries):
    def cells(how_many):
        for number in range(how_many):
            cell = make.unit(f"thon-{place.commune.units_made}-{number}", "cell", place.commune)
            for month in (10, 11):
                made = held.meeting(cell, date(2018, month, 3), "closed")
                scoring.score_meeting(meeting=made, given=FULL, **SIGNED)

    place.commune.units_made = 1
    cells(2)
    page(cast.secretary, "scores", nam="2018")
    with django_assert_max_num_queries(14):
        shown = page(cast.secretary, "scores", nam="2018")
    assert "4 phiếu chờ quyết định" in shown
    place.commune.units_made = 2
    cells(4)
    with django_assert_max_num_queries(14):
        assert "12 phiếu chờ quyết định" in page(cast.secretary, "scores", nam="2018")
    assert "chờ quyết định" not in page(cast.standing, "scores", nam="2018").split("<table")[0]
    page(cast.village_secretary, "scores", nam="x")
    page(cast.member, "scores", status=404)


@pytest.mark.parametrize("name", ["resolution", "score", "self-criticism"])
def test_other_meetings_have_none_of_this(cast, place, name):
    weekly = held.meeting(place.commune, DAY, kind="committee")
    page(cast.secretary, name, weekly.pk, status=404)


def test_pages_of_a_meeting_ask_as_few_questions_for_many(
    cast, meeting, people, place, django_assert_max_num_queries
):
    before = meeting.__class__.objects.get(starts_at__month=10)
    rows = [
        held.task(place.village, people.member, f"Việc {number}", date(2018, 10, 3)) for number in range(12)
    ]
    held.item(before, "Nữa", 1, tasks=rows)
    scoring.score_meeting(meeting=meeting, given=FULL, **SIGNED)
    for name, most in (("resolution", 20), ("score", 18), ("self-criticism", 14), ("score-give", 20)):
        page(cast.village_secretary, name, meeting.pk)
        with django_assert_max_num_queries(most):
            page(cast.village_secretary, name, meeting.pk)
