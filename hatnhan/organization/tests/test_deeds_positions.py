"""Pages by which posts are given and end, terms begin and badges are awarded in rounds."""

from datetime import date

import pytest

from hatnhan.organization.models import Badge, Position, Post, Term
from hatnhan.organization.tests import make
from hatnhan.organization.tests.deed_pages import at, closed_to, done, entries, june, refused

pytestmark = pytest.mark.usefixtures("june")
__all__ = ["june"]

POST = {"post": "deputy", "start": "1/6/2024", "decision_no": "5-QĐ/ĐU"}


def test_a_post_is_given_from_the_page_of_a_person(cast, people, place):
    url = at("member-appoint", people.member.pk)
    units = cast.secretary.get(url).context["form"].fields["unit"].queryset
    assert set(units) == {place.village, place.commune}
    page = done(cast.secretary, url, **POST, unit=place.village.pk)
    assert Position.objects.get(member=people.member).post == Post.DEPUTY
    assert "Phó Bí thư chi bộ" in page.content.decode()


def test_the_post_belongs_to_the_term_of_its_first_day(cast, people, place):
    term = Term.objects.create(
        unit=place.village, name="2022–2025", start=date(2022, 1, 1), end=date(2025, 1, 1)
    )
    done(cast.secretary, at("member-appoint", people.member.pk), **POST, unit=place.village.pk)
    assert Position.objects.get(member=people.member).term == term


def test_a_post_is_given_from_the_page_of_a_unit_after_a_search(cast, people, place):
    url = at("unit-appoint", "tam-hong") + "?q=hoa"
    shown = cast.secretary.get(url).content.decode()
    assert "Nguyễn Thị Hòa, 1960" in shown
    assert "Đỗ Văn Hải, 1960" not in shown
    done(cast.secretary, url, **{**POST, "post": "committee_member"}, member=people.member.pk)
    assert Position.objects.get(member=people.member).unit == place.commune


def test_of_a_committee_nobody_is_listed_before_the_search(cast):
    page = cast.secretary.get(at("unit-appoint", "tam-hong")).content.decode()
    assert "Nguyễn Thị Hòa, 1960" not in page
    assert "Tìm đồng chí được giao chức vụ ở ô trên" in page


def test_a_search_that_finds_nobody_says_so(cast):
    page = cast.secretary.get(at("unit-appoint", "tam-hong") + "?q=zzz").content.decode()
    assert "Không có ai tên “zzz” trong Đảng bộ xã Tam Hồng" in page


def test_of_a_cell_all_are_listed_with_the_posts_of_a_cell(cast):
    page = cast.secretary.get(at("unit-appoint", "thon-chua")).content.decode()
    assert "Nguyễn Thị Hòa, 1960" in page
    assert "Bí thư chi bộ" in page
    assert "Chủ nhiệm Ủy ban Kiểm tra" not in page


def test_a_taken_post_is_refused_beside_the_post(cast, people, place):
    url = at("member-appoint", people.member.pk)
    page = refused(cast.secretary, url, **{**POST, "post": "secretary"}, unit=place.village.pk)
    assert 'href="#id_post"' in page
    assert 'value="5-QĐ/ĐU"' in page


def test_a_post_ends_and_does_not_end_twice(cast, people):
    held = Position.objects.get(member=people.village_secretary)
    url = at("position-end", held.pk)
    done(cast.secretary, url, end="1/6/2024", reason="Ghi nhầm")
    held.refresh_from_db()
    assert (held.end, held.end_reason) == (date(2024, 6, 1), "Ghi nhầm")
    assert cast.secretary.get(url).status_code == 404


def test_a_term_is_opened_and_its_last_day_counts(cast, place):
    typed = {"name": "Nhiệm kỳ 2022–2025", "start": "1/1/2022", "end": "31/12/2024"}
    done(cast.secretary, at("unit-term", "thon-chua"), **typed)
    assert Term.objects.get(unit=place.village).end == date(2025, 1, 1)


def test_terms_that_overlap_are_refused(cast, place):
    Term.objects.create(unit=place.village, name="2022–2025", start=date(2022, 1, 1), end=date(2025, 1, 1))
    typed = {"name": "Nhiệm kỳ mới", "start": "1/5/2024", "end": "31/12/2026"}
    assert "Trùng ngày với 2022–2025" in refused(cast.secretary, at("unit-term", "thon-chua"), **typed)


@pytest.mark.parametrize("role", ["standing", "village_secretary", "member", "administrator", "outsider"])
def test_others_give_and_end_no_posts(cast, people, role):
    client = getattr(cast, role)
    held = Position.objects.get(member=people.village_secretary)
    closed_to(client, at("member-appoint", people.member.pk))
    closed_to(client, at("unit-appoint", "thon-chua"))
    closed_to(client, at("unit-term", "thon-chua"))
    closed_to(client, at("position-end", held.pk))


# --- a round of badges: the cast was admitted on 19/5/1990 ---------------------------------------------------------
MAY = "?dot=2024-05-19"


def test_the_round_lists_who_has_earned_a_badge_and_does_not_have_it(cast, people, place):
    Badge.objects.create(member=people.secretary, years=30, awarded_on=date(2020, 5, 19))
    make.member(place.village, "Người Trẻ", admitted_on=date(2000, 1, 1), official_on=date(2001, 1, 1))
    page = cast.secretary.get(at("badges") + MAY).content.decode()
    assert "Nguyễn Thị Hòa: 30 năm" in page
    assert "Phùng Minh Thông: 30 năm" not in page
    assert "Người Trẻ" not in page


def test_the_round_says_who_was_ready_before_it(cast, people, place):
    make.member(place.village, admitted_on=date(1994, 5, 1), official_on=date(1995, 5, 1))
    page = cast.secretary.get(at("badges") + MAY).content.decode()
    before = len(vars(people))
    assert f"có {before + 1} đồng chí" in page
    assert f"Trong đó {before} đồng chí đã đủ từ đợt 3/2/2024 hoặc trước nữa mà chưa ghi." in page
    assert "data-print" in page
    nobody_new = cast.secretary.get(at("badges") + "?dot=2024-09-02").content.decode()
    assert "Tất cả đã đủ từ đợt 19/5/2024 hoặc trước nữa mà chưa ghi." in nobody_new


def test_several_are_awarded_by_one_decision(cast, people):
    both = [people.member, people.deputy]
    typed = {"awarded": [f"{one.pk}:30" for one in both], "awarded_on": "19/5/2024", "decision_no": "9-QĐ/TU"}
    with entries(2):
        answer = cast.secretary.post(at("badges") + MAY, typed)
    assert answer.status_code == 302
    assert Badge.objects.filter(decision_no="9-QĐ/TU", years=30, awarded_on=date(2024, 5, 19)).count() == 2
    assert "Đã ghi tặng Huy hiệu cho 2 đồng chí" in cast.secretary.get(answer.url).content.decode()


def test_one_refusal_leaves_all_unwritten(cast, people):
    typed = {"awarded": [f"{people.member.pk}:30"], "awarded_on": "19/5/2030", "decision_no": "9-QĐ/TU"}
    page = refused(cast.secretary, at("badges") + MAY, **typed)
    assert not Badge.objects.exists()
    assert f'value="{people.member.pk}:30"' in page
    assert "checked" in page


def test_nobody_ticked_is_said(cast):
    typed = {"awarded_on": "19/5/2024", "decision_no": "9-QĐ/TU"}
    assert "Chưa đánh dấu đồng chí nào." in refused(cast.secretary, at("badges") + MAY, **typed)


def test_before_the_day_the_list_is_for_making_ready(cast):
    page = cast.secretary.get(at("badges")).content.decode()
    assert "Huy hiệu Đảng, đợt 2/9/2024" in page
    assert "ghi tặng được từ ngày trao" in page
    assert 'name="decision_no"' not in page


def test_readers_see_the_round_and_award_nothing(cast, people):
    for client in (cast.standing, cast.inspector, cast.village_secretary):
        page = client.get(at("badges") + MAY).content.decode()
        assert "Nguyễn Thị Hòa: 30 năm" in page
        assert 'name="decision_no"' not in page
        with entries(0):
            assert client.post(at("badges") + MAY, {"awarded": [f"{people.member.pk}:30"]}).status_code == 403
    assert "Lê Đình Hợi" not in cast.village_secretary.get(at("badges") + MAY).content.decode()


@pytest.mark.parametrize("role", ["member", "administrator", "outsider"])
def test_the_round_is_closed_to_others(cast, role):
    closed_to(getattr(cast, role), at("badges"))
