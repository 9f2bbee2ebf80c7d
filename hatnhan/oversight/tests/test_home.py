"""The room's first page: what waits first; whoever has no part sees nothing of anybody else's."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.core import clock
from hatnhan.organization.models import Post
from hatnhan.organization.tests import make
from hatnhan.oversight.models import Kind
from hatnhan.oversight.tests import checked, punished, watched

ROOT = "/kiem-tra/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(clock.at(checked.DAY, 10)):
        yield


def text_of(client, url=ROOT, status=200):
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def test_the_page_opens_for_everyone_in_the_organisation(cast):
    for client in (cast.inspector, cast.member):
        text = text_of(client)
        assert 'aria-current="page">Tổng quan' in text
        assert "Ba tháng tới không có việc nào" in text


def test_what_waits_comes_first_then_the_programme_then_what_runs(place, people, cast):
    check = checked.planned(place, people)
    text = text_of(cast.inspector)
    places = [text.index(words) for words in ("Việc chờ đồng chí", "Chương trình năm 2026", "Đang tiến hành")]
    assert places == sorted(places)
    assert "0/1" in text
    assert f'href="/kiem-tra/cuoc/{check.pk}/"' in text
    assert text.count("btn-primary") == 1


def test_each_page_of_work_waits_once(place, people, cast):
    checked.planned(place, people)
    page = cast.inspector.get(ROOT)
    urls = [one.url for one in page.context["waiting"]]
    assert len(urls) == len(set(urls))


def test_a_member_sees_what_concerns_the_member_and_nothing_of_others(place, people, cast):
    checked.planned(place, people)
    checked.opened(place, people, units=[], members=[people.member], title="Kiểm tra đảng viên")
    case = punished.case(place, people.member, people.inspector)
    watched.assigned(place, people)
    own = text_of(cast.member)
    assert "Kiểm tra đảng viên" in own
    assert f"/kiem-tra/ky-luat/{case.pk}/cua-toi/" in own
    assert "giám sát thường xuyên" in own
    assert "Đang tiến hành" not in own
    other = text_of(cast.school_secretary)
    assert "Liên quan đến đồng chí" not in other
    assert "Đang tiến hành" not in other
    assert "Nguyễn Thị Hòa" not in other


def test_the_head_of_a_unit_looked_at_finds_it_under_what_concerns_them(place, people, cast):
    checked.planned(place, people)
    text = text_of(cast.village_secretary)
    assert "đối tượng: Chi bộ thôn Chùa" in text
    assert "Viết báo cáo" in text


def test_a_check_of_a_denunciation_is_seen_by_its_team_and_the_chair_alone(place, people, cast):
    checked.opened(place, people, kind=Kind.DENUNCIATION, title="Giải quyết đơn số 3")
    assert "Giải quyết đơn số 3" in text_of(cast.inspector)
    for client in (cast.secretary, cast.deputy, cast.member, cast.school_secretary):
        assert "Giải quyết đơn số 3" not in text_of(client)


def test_discipline_and_denunciations_have_tabs_only_for_who_may_open_or_see_any(place, people, cast):
    cases, letters = 'href="/kiem-tra/ky-luat/', 'href="/kiem-tra/to-cao/'
    for client, runs, chairs in (
        (cast.inspector, True, True),
        (cast.school_secretary, True, False),
        (cast.standing, False, False),
        (cast.member, False, False),
    ):
        text = text_of(client)
        assert ((cases in text), (letters in text)) == (runs, chairs)
    make.post(people.standing, place.village, Post.COMMITTEE_MEMBER)
    punished.case(place, people.member, people.standing)
    assert cases in text_of(cast.standing)
    assert cases in text_of(cast.member)


def test_more_checks_take_no_more_queries(place, people, cast):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            text_of(cast.inspector)
        return len(caught)

    for number in range(2):
        checked.opened(place, people, decision_no=f"{number}-QĐ/UBKT")
    queries()
    first = queries()
    for number in range(2, 6):
        checked.opened(place, people, decision_no=f"{number}-QĐ/UBKT")
    assert queries() == first
