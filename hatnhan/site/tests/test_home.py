"""Nhịp công tác: what must be done, by when."""

import re

import pytest

from hatnhan.deadlines import registry
from hatnhan.organization.models import Post
from hatnhan.organization.tests import make
from hatnhan.site.tests.queries import queries


def text(answer):
    page = re.sub(r"<(script|svg)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_day_the_week_and_how_much_is_late_stand_first(cast, place, due):
    due.add(place.village, "Việc trễ", days=-3)
    page = text(cast.secretary.get("/"))
    assert "Thứ Hai, 29/10/2018 · tuần 44 · 2 chi bộ · 1 việc quá hạn" in page


def test_late_work_comes_before_what_can_be_done_now(cast, place, due):
    due.add(place.village, "Việc sắp đến", days=5)
    due.add(place.school, "Việc trễ", days=-3)
    page = text(cast.secretary.get("/"))
    assert page.index("Việc trễ") < page.index("Việc sắp đến")
    assert "Trễ 3 ngày" in page
    assert "Còn 5 ngày" in page


def test_every_line_has_one_button_that_leads_to_the_deed(cast, place, due):
    due.add(place.village, "Việc trễ", days=-3)
    page = cast.secretary.get("/").content.decode()
    assert page.count('class="btn btn-plain" href="/noi-lam/"') == 1


@pytest.mark.parametrize("role", ["inspector", "standing"])
def test_who_only_reads_is_told_what_is_near_and_offered_no_button(cast, place, due, role):
    due.add(place.village, "Việc trễ", days=-3)
    due.add(place.school, "Việc sắp đến", days=5)
    client = getattr(cast, role)
    for address in ("/", "/?don_vi=truong-thcs", "/viec-den-han/"):
        page = client.get(address).content.decode()
        assert '<a href="/noi-lam/">Việc sắp đến</a>' in page
        assert 'btn-plain" href="/noi-lam/"' not in page
        assert 'btn-primary" href="/noi-lam/"' not in page
    assert "Sắp đến hạn" in text(client.get("/"))
    assert "Đồng chí làm được ngay" not in text(client.get("/"))
    assert "Đồng chí làm được ngay" in text(cast.secretary.get("/"))


def test_a_standing_member_who_heads_a_cell_deals_with_that_cell_only(cast, people, place, due):
    make.post(people.standing, place.school, Post.DEPUTY)
    due.add(place.village, "Việc của thôn", days=3)
    due.add(place.school, "Việc của trường", days=5)
    page = cast.standing.get("/").content.decode()
    assert page.count('class="btn btn-plain" href="/noi-lam/"') == 1
    assert ": Việc của trường," in page


def test_units_with_late_work_head_the_table(cast, place, due):
    due.add(place.school, "Việc trễ", days=-3, source="thu.hai")
    table = cast.secretary.get("/").context["table"]
    assert [row.unit.code for row in table.rows] == ["truong-thcs", "thon-chua"]
    assert table.columns == ["Chuyển sinh hoạt"]
    assert table.late_rows == 1


def test_the_table_says_whose_work_it_shows(cast, place, due):
    due.add(place.school, "Việc trễ", days=-3)
    assert "Việc đến hạn của 2 chi bộ" in text(cast.secretary.get("/"))
    due.add(place.commune, "Việc của Đảng bộ", days=-3)
    assert "Việc đến hạn của 3 tổ chức đảng" in text(cast.secretary.get("/"))


def test_several_of_a_kind_in_a_unit_show_the_first_and_their_number(cast, place, due):
    for days in (9, -4, 2):
        due.add(place.village, f"Việc {days}", days=days)
    box = cast.secretary.get("/").context["table"].rows[0].boxes[0]
    assert (box.first.title, box.count) == ("Việc -4", 3)


def test_long_lists_are_cut_and_lead_to_the_whole(cast, place, due):
    for number in range(60):
        due.add(place.village, f"Việc số {number}", days=-1 - number)
    page = cast.secretary.get("/")
    assert "Xem cả 60 việc quá hạn" in text(page)
    assert page.content.decode().count("/noi-lam/") == 12  # a link and a button for each of six


def test_what_is_far_ahead_is_left_to_its_time(cast, place, due):
    due.add(place.village, "Việc năm sau", days=91)
    assert "Việc năm sau" not in text(cast.secretary.get("/viec-den-han/"))


def test_figures_stand_on_the_page_each_with_its_door(cast, due, counted):
    page = cast.secretary.get("/").content.decode()
    assert "Số đứng đầu" in page
    assert "587" in page
    assert "/so-lieu/thu.so.dau/?don_vi=tam-hong&amp;ky=2018-10-29" in page
    assert "Số đứng sau" not in page


def test_a_cell_secretary_gets_cards_of_the_own_cell_only(cast, place, due):
    due.add(place.village, "Việc của thôn", days=-4)
    due.add(place.school, "Việc của trường", days=-4)
    page = text(cast.village_secretary.get("/"))
    assert "Chào đồng chí Hải" in page
    assert "có 1 việc , trong đó 1 việc trễ ." in page
    assert "Việc của thôn" in page
    assert "Việc của trường" not in page


def test_a_member_sees_what_concerns_the_member_and_no_button(cast, people, place, due):
    due.add(place.village, "Tặng Huy hiệu 30 năm", days=9, about=people.member)
    due.add(place.village, "Việc của người khác", days=9, about=people.deputy)
    page = cast.member.get("/")
    assert "Tặng Huy hiệu 30 năm" in text(page)
    assert "Việc của người khác" not in text(page)
    assert "/noi-lam/" not in page.content.decode()


def test_what_waits_for_a_member_in_person_stands_on_the_own_home_with_its_button(cast, people, place, due):
    one = due.add(place.commune, "Mời đồng chí dự: Hội nghị", days=0, source="thu.rieng")
    asked = {people.member.pk, people.village_secretary.pk}

    @registry.personal("thu.rieng", title="Được mời họp")
    def find(member_id, *, on, until):
        return [one] if member_id in asked else []

    for client in (cast.member, cast.village_secretary):
        for address in ("/", "/viec-den-han/"):
            page = client.get(address)
            assert "Mời đồng chí dự: Hội nghị" in text(page)
            buttons = re.findall(r'class="btn [^"]*" href="/noi-lam/"', page.content.decode())
            assert len(buttons) == 1
    assert "Mời đồng chí dự" not in text(cast.secretary.get("/?don_vi=thon-chua"))


def test_what_waits_for_a_leader_in_person_is_no_work_of_a_unit(cast, people, place, due):
    one = due.add(place.commune, "Bỏ phiếu kín", days=0, source="thu.rieng")

    @registry.personal("thu.rieng", title="Được mời bỏ phiếu")
    def find(member_id, *, on, until):
        return [one] if member_id == people.secretary.pk else []

    page = cast.secretary.get("/")
    assert ": Bỏ phiếu kín, " in page.content.decode(), "a button"
    assert "Được mời bỏ phiếu" not in text(page), "no column of the table of units"
    assert "Bỏ phiếu kín" not in text(cast.secretary.get("/?don_vi=thon-chua"))


def test_a_leader_sees_the_unit_that_was_chosen(cast, place, due):
    due.add(place.village, "Việc của thôn", days=-4)
    due.add(place.school, "Việc của trường", days=-4)
    page = text(cast.secretary.get("/?don_vi=truong-thcs"))
    assert "Việc của trường" in page
    assert "Việc của thôn" not in page


def test_a_post_that_ended_opens_nothing(cast, people, place, due):
    due.add(place.village, "Việc của thôn", days=-4)
    people.village_secretary.positions.update(end="2018-10-29")
    assert "Việc của thôn" not in text(cast.village_secretary.get("/"))


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("outsider", "chưa gắn với đảng viên nào"),
        ("editor", "chưa gắn với đảng viên nào"),
        ("administrator", "không xem nội dung công tác đảng"),
    ],
)
def test_who_has_nothing_to_do_is_told_why_and_what_next(cast, due, role, words):
    assert words in text(getattr(cast, role).get("/"))


def test_calm_days_say_so(cast, due):
    page = text(cast.secretary.get("/"))
    assert "Không có việc quá hạn." in page
    assert "không có việc đến hạn" in page


def test_a_past_day_is_announced_with_what_it_cannot_show(cast, due):
    page = text(cast.secretary.get("/?ngay=31/12/2017"))
    assert "Đang xem như ngày 31/12/2017." in page
    assert "trên hồ sơ hiện nay" in page


@pytest.mark.parametrize("role", ["secretary", "village_secretary", "member"])
def test_home_asks_the_same_however_much_there_is(cast, place, due, counted, role):
    client = getattr(cast, role)
    due.add(place.village, "Việc đầu", days=-1)
    before = queries(client, "/")
    for number in range(3):
        cell = make.unit(f"moi-{number}", "cell", place.commune)
        make.members(cell, 5)
        due.add(cell, "Việc thêm", days=-1)
        due.add(place.village, "Việc thêm", days=-1)
    assert queries(client, "/") == before
    assert before <= 12
