"""The room's pages: lists with their filters, the task's page, who is in charge; each costs few queries."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from hatnhan.assignments import origins
from hatnhan.assignments.actions import tasks as actions
from hatnhan.assignments.actions.charges import end_charge
from hatnhan.assignments.tests import given
from hatnhan.assignments.tests.given import queries
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.organization.tests import make

pytestmark = pytest.mark.django_db
#: Of the list of a committee, whose view says why.
MOST_QUERIES = 14


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(given.DAY):
        yield


def page(client, name, *args, **query):
    answer = client.get(reverse(f"assignments:{name}", args=args), query)
    assert answer.status_code == 200, (name, query)
    return answer.content.decode()


def test_a_list_without_any_task_says_so_once_and_offers_no_filter(cast, people, place):
    text = page(cast.member, "home")
    assert text.count("không có việc nào") == 1
    for words in ("Lọc danh sách", "0 việc", "Không có việc nào"):
        assert words not in text
    assert "Không có việc nào khớp." in page(cast.member, "home", tinh_trang="xong")
    gone = given.task(people, place.village)
    actions.withdraw_task(by=people.secretary.user, at=clock.now(), task=gone, reason="Không cần")
    text = page(cast.member, "home")  # what is over can still be looked for
    assert (text.count("không có việc nào"), "0 việc" in text, "Lọc danh sách" in text) == (1, False, True)


def some(people, place):
    """One task of each standing, of the village's member unless said."""
    late = given.task(people, place.village, "Việc trễ", due=date(2017, 11, 1), given_on=date(2017, 10, 1))
    given.task(people, place.village, "Việc còn hạn")
    done = given.task(people, place.village, "Việc chờ xem")
    actions.report_done(
        by=people.member.user, at=clock.now(), task=done, outcome="Xong", evidence="", done_on=given.DAY
    )
    given.task(people, place.village, "Việc tập thể", owner_unit=place.village, owner_body="committee")
    gone = given.task(people, place.village, "Việc đã thôi")
    actions.withdraw_task(by=people.secretary.user, at=clock.now(), task=gone, reason="Không cần")
    return late


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, {"Việc trễ", "Việc còn hạn", "Việc chờ xem", "Việc tập thể"}),
        ({"tinh_trang": "qua-han"}, {"Việc trễ"}),
        ({"tinh_trang": "dang-lam"}, {"Việc trễ", "Việc còn hạn", "Việc tập thể"}),
        ({"tinh_trang": "cho-kiem-tra"}, {"Việc chờ xem"}),
        ({"tinh_trang": "thoi"}, {"Việc đã thôi"}),
        ({"q": "tap the"}, {"Việc tập thể"}),
        ({"han_den": "15/11/2017"}, {"Việc trễ"}),
        ({"giao_tu": "2017-11-01", "tinh_trang": "dang-lam"}, {"Việc còn hạn", "Việc tập thể"}),
        ({"nguoi": "member"}, {"Việc trễ", "Việc còn hạn", "Việc chờ xem"}),
        ({"nguoi": "committee"}, {"Việc tập thể"}),
        ({"tinh_trang": "khong-co", "han_tu": "abc", "nguoi": "x", "nhom": "9999999999999999999"}, None),
        ({"ngay": "2017-10-05", "tinh_trang": "dang-lam"}, {"Việc trễ"}),
    ],
)
def test_the_list_of_a_unit_is_filtered_by_the_address(cast, people, place, query, titles):
    some(people, place)
    owners = {"member": str(people.member.pk), "committee": f"{place.village.pk}-committee"}
    query = query | ({"nguoi": owners[query["nguoi"]]} if query.get("nguoi") in owners else {})
    text = page(cast.village_secretary, "unit", **query)
    every = {"Việc trễ", "Việc còn hạn", "Việc chờ xem", "Việc tập thể", "Việc đã thôi"}
    shown = {title for title in every if f">{title}</a>" in text}
    assert shown == (every - {"Việc đã thôi"} if titles is None else titles)


def test_a_committee_sees_its_own_list_and_those_below_when_asked(cast, people, place):
    given.task(people, place.commune, "Việc của xã")
    given.task(people, place.village, "Việc của thôn")
    assert "Việc của thôn" not in page(cast.secretary, "unit")
    assert "Việc của thôn" in page(cast.secretary, "unit", duoi="1")


def test_ones_own_page_holds_what_one_owns_helps_with_and_has_in_a_body(cast, people, place):
    some(people, place)
    given.task(people, place.commune, "Việc phối hợp", owner=people.deputy, helpers=(people.member,))
    given.task(people, place.commune, "Việc cả chi bộ", owner_unit=place.village, owner_body="members")
    given.task(people, place.commune, "Việc người khác", owner=people.deputy)
    text = page(cast.member, "home")
    assert "Việc phối hợp" in text
    assert "Việc cả chi bộ" in text
    assert "Việc người khác" not in text
    assert "Việc tập thể" not in text
    assert "Việc tập thể" in page(cast.village_secretary, "home")


def test_a_head_finds_what_waits_to_be_verified_first(cast, people, place):
    some(people, place)
    text = page(cast.village_secretary, "home")
    assert "Chờ đồng chí kiểm tra" in text
    assert "Chờ đồng chí kiểm tra" not in page(cast.member, "home")


def test_a_list_is_taken_away_as_shown_and_that_is_recorded(cast, people, place):
    some(people, place)
    asked = reverse("assignments:unit-export"), {"tinh_trang": "qua-han"}
    assert sheet(cast.village_secretary.get(*asked)) == [("Việc trễ", "Trễ 19 ngày")]
    assert Entry.objects.get(action="assignments:task:export").details == {"count": 1}
    assert len(sheet(cast.member.get(reverse("assignments:home-export")))) == 3


def sheet(answer):
    """Return the tasks in a workbook, with how each stands."""
    rows = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values
    return [(row[0], row[6]) for row in list(rows)[1:]]


def test_a_task_tells_its_story_and_leads_to_where_it_comes_from(cast, people, place, monkeypatch):
    task = some(people, place)
    source = {task.pk: origins.Origin("Họp chi bộ tháng 10", "/sinh-hoat/1/")}
    monkeypatch.setattr(origins, "_finders", [lambda ids: {pk: source[pk] for pk in ids if pk in source}])
    text = page(cast.member, "task", task.pk)
    assert 'href="/sinh-hoat/1/"' in text
    assert "Báo đã làm xong" in text
    assert "Lùi hạn" not in text
    assert "Lùi hạn" in page(cast.village_secretary, "task", task.pk)
    assert "Báo đã làm xong" not in page(cast.village_secretary, "task", task.pk)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("member", 200),
        ("village_secretary", 200),
        ("standing", 200),
        ("school_secretary", 404),
        ("administrator", 404),
        ("outsider", 404),
    ],
)
def test_who_may_open_a_task(cast, people, place, role, status):
    task = given.task(people, place.village)
    assert getattr(cast, role).get(reverse("assignments:task", args=[task.pk])).status_code == status


@pytest.mark.parametrize("role", ["outsider", "administrator", "editor"])
@pytest.mark.parametrize(
    "name", ["home", "home-export", "unit", "unit-export", "charges", "task-give", "group-create"]
)
def test_who_belongs_nowhere_finds_nothing(cast, role, name):
    assert getattr(cast, role).get(reverse(f"assignments:{name}")).status_code == 404


def test_a_member_without_a_post_has_no_list_of_the_unit(cast):
    assert cast.member.get(reverse("assignments:unit")).status_code == 404
    assert cast.member.get(reverse("assignments:task-give")).status_code == 403


def test_the_lists_cost_the_same_however_long_they_are(cast, people, place):
    def fill(count):
        for number in range(count):
            due = given.DUE + timedelta(days=number)
            given.task(people, place.village, f"Việc {number}", due=due, helpers=(people.deputy,))
            body = {"owner_unit": place.village, "owner_body": "committee"}
            given.task(people, place.village, f"Việc chung {number}", **body)

    fill(4)
    addresses = [reverse("assignments:home"), reverse("assignments:unit")]
    asking = [(client, url) for client in (cast.village_secretary, cast.secretary) for url in addresses]
    asking.append((cast.secretary, f"{addresses[1]}?duoi=1"))
    before = [queries(client, url) for client, url in asking]
    fill(4)
    assert [queries(client, url) for client, url in asking] == before
    assert max(before) <= MOST_QUERIES


# --- who is in charge ------------------------------------------------------------------------------------------------
def test_cells_without_anyone_stand_first_with_the_day_since_when(cast, people, place):
    gone = given.charge(people, place)
    given.charge(people, place, cell=place.school)
    by = people.secretary.user
    end_charge(by=by, at=clock.now(), charge=gone, end=date(2017, 11, 10), reason="Phân công lại")
    text = page(cast.secretary, "charges")
    assert text.index("Chi bộ thôn Chùa</th>") < text.index("Chi bộ Trường THCS</th>")
    assert "từ 10/11/2017, 10 ngày" in text
    assert "1 trong 2 chi bộ chưa có người phụ trách" in text
    assert "Trường THCS</th>" not in page(cast.secretary, "charges", trong="1")
    assert "10 ngày" not in page(cast.secretary, "charges", ngay="2017-11-01")


def test_groups_people_and_history_have_their_parts(cast, people, place):
    group = given.group(people, place)
    given.group(people, place, "Quốc phòng, an ninh")
    given.charge_group(people, place, group)
    given.charge(people, place)
    text = page(cast.secretary, "charges", muc="nhom")
    assert text.index("Quốc phòng, an ninh</th>") < text.index("Nông nghiệp</th>")
    assert "Kim Văn Chiến" in page(cast.secretary, "charges", muc="nguoi")
    assert "15-QĐ/ĐU" in page(cast.secretary, "charges", muc="lich-su")


def test_a_member_sees_who_is_in_charge_of_the_own_cell_and_no_more(cast, people, place):
    given.charge(people, place)
    given.charge(people, place, people.deputy, place.school)
    text = page(cast.member, "charges", muc="lich-su")
    assert "Chi bộ thôn Chùa</th>" in text
    assert "Trường THCS</th>" not in text
    assert "Các lần phân công" not in text
    assert "phu-trach/chi-bo/" not in text
    assert cast.outsider.get(reverse("assignments:charges")).status_code == 404


def test_the_parts_cost_the_same_however_many_there_are(cast, people, place):
    def fill(first, last):
        for number in range(first, last):
            cell = make.unit(f"thon-{number}", "cell", place.commune, f"Chi bộ thôn {number}")
            given.charge(people, place, cell=cell)
            group = given.group(people, place, f"Nhóm {number}")
            given.charge_group(people, place, group)

    fill(0, 2)
    parts = [
        f"{reverse('assignments:charges')}?muc={part}" for part in ("chi-bo", "nhom", "nguoi", "lich-su")
    ]
    before = [queries(cast.secretary, url) for url in parts]
    fill(2, 4)
    assert [queries(cast.secretary, url) for url in parts] == before
    assert max(before) <= MOST_QUERIES
