"""The pages of planning, as people walk through them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hatnhan.accounts.actors import MACHINE
from hatnhan.core import clock
from hatnhan.meetings.actions import agenda, inviting
from hatnhan.meetings.actions.agenda import ItemData
from hatnhan.meetings.models import AgendaItem, Invitee, Meeting, Series
from hatnhan.meetings.tests.planned import NOW, called, cell_series, weekly_series
from hatnhan.organization.models import Post
from hatnhan.organization.tests import make

BY = {"by": MACHINE, "at": NOW}


@pytest.fixture(autouse=True)
def now():
    with clock.fixed(NOW):
        yield


def text(answer):
    return " ".join(answer.content.decode().split())


def press(client, address, *, follow=True, **typed):
    return client.post(address, typed, follow=follow)


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("secretary", 200),
        ("deputy", 200),
        ("standing", 200),
        ("village_secretary", 200),
        ("school_secretary", 404),
        ("member", 200),
        ("outsider", 404),
        ("administrator", 404),
        ("anonymous", 302),
    ],
)
def test_who_sees_a_cells_meeting(place, cast, role, code):
    meeting = cell_series(place.village).meetings.earliest("due_on")
    assert getattr(cast, role).get(f"/hop/{meeting.pk}/").status_code == code


@pytest.mark.parametrize(
    "address",
    [
        "{m}/doi-ngay/",
        "{m}/khong-hop/",
        "{m}/moi/",
        "{m}/khai-mac/",
        "{m}/chuong-trinh/them/",
        "nen-nep/{s}/doi/",
    ],
)
@pytest.mark.parametrize("role", ["standing", "member"])
def test_who_only_reads_does_nothing(place, cast, address, role):
    series = cell_series(place.village)
    page = f"/hop/{address.format(m=series.meetings.earliest('due_on').pk, s=series.pk)}"
    assert getattr(cast, role).get(page).status_code in {403, 404}


def test_a_cell_secretary_sets_the_rhythm_and_prepares_the_next_meeting(place, cast):
    client = cast.village_secretary
    page = text(client.get("/hop/"))
    assert "Chưa có buổi sinh hoạt nào sắp tới" in page
    form = client.get("/hop/nen-nep/dat/")
    assert 'value="3"' in text(form)
    typed = {
        "who": "members:cell_monthly",
        "name": "Sinh hoạt chi bộ",
        "frequency": "monthly",
        "monthday": "3",
        "at_time": "19 giờ 30",
        "place": "Nhà văn hóa thôn",
        "on_holiday": "after",
        "start": "1/11/2018",
    }
    page = text(press(client, "/hop/nen-nep/dat/", **typed))
    assert "12 cuộc họp đã có sẵn" in page
    assert "Lập chương trình" in page
    assert "Còn 2 ngày" in page
    again = press(client, "/hop/nen-nep/dat/", **typed)
    assert again.status_code == 422
    assert "Đã có nền nếp" in text(again)


def test_a_meeting_is_moved_on_its_page_and_errors_stand_beside_their_fields(place, cast):
    meeting = cell_series(place.village).meetings.earliest("due_on")
    client, page = cast.village_secretary, f"/hop/{meeting.pk}/doi-ngay/"
    typed = {"day": "31/10/2018", "time": "19 giờ", "place": "Đình làng", "reason": "Mưa bão"}
    refused = press(client, page, **typed)
    assert refused.status_code == 422
    assert "Ngày họp: Thời điểm này đã qua" in text(refused)
    assert "Đình làng" in text(refused)
    moved = text(press(client, page, **typed | {"day": "5/11/2018"}))
    assert "thứ Hai, 5/11/2018, 19 giờ" in moved
    assert "ngày theo nền nếp 3/11/2018" in moved
    assert "vẫn tính cho tháng 11/2018" in text(client.get(page))
    assert "vẫn tính" not in moved
    assert "Buổi này vẫn tính cho tháng 11/2018." in text(press(client, page, **typed | {"day": "2/12/2018"}))
    assert "Buổi này vẫn tính cho tháng 11/2018." in text(client.get(page))


def test_cancelling_is_read_over_first(place, cast):
    meeting = cell_series(place.village).meetings.earliest("due_on")
    client, page = cast.village_secretary, f"/hop/{meeting.pk}/khong-hop/"
    check = text(press(client, page, reason="Dịch bệnh"))
    assert "Kiểm tra lại trước khi ghi" in check
    assert Meeting.objects.get(pk=meeting.pk).state == "draft"
    done = text(press(client, page, reason="Dịch bệnh", confirm="1"))
    assert "Lý do: Dịch bệnh" in done


def test_inviting_shows_who_is_asked_before_it_asks(place, cast, people):
    meeting = cell_series(place.village).meetings.earliest("due_on")
    client, page = cast.village_secretary, f"/hop/{meeting.pk}/moi/"
    first = text(client.get(page))
    assert "Kim Văn Chiến, Ủy viên Ban Thường vụ" in first
    typed = {
        "chair": people.village_secretary.pk,
        "recorder": people.member.pk,
        "guests": [people.standing.pk],
    }
    check = text(press(client, page, **typed))
    assert "Mời 5 người" in check
    assert "Kim Văn Chiến" in check
    assert "Mời thêm" not in check
    assert "tạm thời" not in check
    passing = make.member(None, "Lò Văn Tạm")
    passing.memberships.create(
        unit=place.village, kind="temporary", start=date(2018, 10, 1), start_reason="temporary"
    )
    assert " đảng viên, 1 sinh hoạt tạm thời)" in text(press(client, page, **typed))
    passing.memberships.all().delete()
    assert not Invitee.objects.exists()
    done = text(press(client, page, **typed, confirm="1"))
    assert "Đã mời." in done
    assert Invitee.objects.filter(meeting=meeting).count() == 5


def test_opening_on_the_day_leads_to_the_roll(place, cast, people):
    meeting = cell_series(place.village).meetings.earliest("due_on")
    typed = {"chair": people.village_secretary.pk, "recorder": people.member.pk, "began": "19 giờ 30"}
    page = f"/hop/{meeting.pk}/khai-mac/"
    early = press(cast.village_secretary, page, **typed)
    assert early.status_code == 422
    with clock.fixed(datetime(2018, 11, 3, 19, 35, tzinfo=clock.HERE)):
        opened = press(cast.village_secretary, page, follow=False, **typed)
    assert opened["Location"] == f"/hop/{meeting.pk}/diem-danh/"
    assert Meeting.objects.get(pk=meeting.pk).opened_at == datetime(2018, 11, 3, 19, 30, tzinfo=clock.HERE)


def test_an_agenda_is_written_moved_and_mended_without_scripts(place, cast, people):
    meeting = cell_series(place.village).meetings.earliest("due_on")
    client = cast.village_secretary
    for title in ("Báo cáo", "Kết nạp"):
        typed = {"title": title, "part": "main", "minutes": "40", "owner": people.member.pk, "detail": ""}
        page = text(press(client, f"/hop/{meeting.pk}/chuong-trinh/them/", **typed))
    assert "80 phút; ít nhất 90 phút" in page
    assert "2 nội dung có người trình bày chưa gửi tài liệu" in page
    first, second = AgendaItem.objects.filter(meeting=meeting)
    moved = press(client, f"/hop/muc/{second.pk}/chuyen/", follow=False, huong="len")
    assert moved["Location"] == f"/hop/{meeting.pk}/#muc-{second.pk}"
    assert list(AgendaItem.objects.filter(meeting=meeting)) == [second, first]
    typed = {"title": "Kết nạp đảng viên", "part": "main", "minutes": "chín", "owner": "", "detail": ""}
    refused = press(client, f"/hop/muc/{second.pk}/sua/", **typed)
    assert refused.status_code == 422
    press(client, f"/hop/muc/{second.pk}/sua/", **typed | {"minutes": "50"})
    page = text(press(client, f"/hop/muc/{first.pk}/bo/"))
    assert "Kết nạp đảng viên" in page
    assert list(AgendaItem.objects.filter(meeting=meeting)) == [second]


def test_a_paper_is_handed_in_and_shown_as_late(place, cast, people, settings, tmp_path):
    kept = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    meeting = cell_series(place.village).meetings.earliest("due_on")
    (item,) = agenda.set_agenda(**BY, meeting=meeting, items=[ItemData("Báo cáo", owner=people.member)])
    page = f"/hop/muc/{item.pk}/tai-lieu/"
    refused = press(cast.member, page, file=SimpleUploadedFile("bao-cao.pdf", b"MZ program"), name="")
    assert refused.status_code == 422
    assert "Không nhận loại tệp này" in text(refused)
    with clock.fixed(NOW + timedelta(days=2)):
        sent = press(cast.member, page, file=SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.7"), name="Báo cáo")
        assert "gửi muộn" in text(sent)
        paper = item.papers.get()
        gone = press(cast.member, f"/hop/tai-lieu/{paper.pk}/bo/")
    assert "Đã bỏ tài liệu" in text(gone)


def test_the_backlog_is_kept_and_taken_from(place, cast):
    series = cell_series(place.village)
    meeting = series.meetings.earliest("due_on")
    client = cast.village_secretary
    typed = {"title": "Đường làng", "part": "main", "minutes": "10", "owner": "", "detail": ""}
    page = text(press(client, f"/hop/nen-nep/{series.pk}/con-ton/ghi/", **typed))
    assert "Đường làng" in page
    item = AgendaItem.objects.get()
    assert "Lấy từ nội dung còn tồn (1)" in text(client.get(f"/hop/{meeting.pk}/"))
    page = text(press(client, f"/hop/{meeting.pk}/chuong-trinh/con-ton/", items=[item.pk]))
    assert "Đã đưa 1 nội dung" in page


def test_a_committee_sees_its_week_first_and_late_cells_on_top(place, cast):
    weekly_series(place.commune)
    cell_series(place.village, at=clock.at(date(2018, 9, 1)), start=date(2018, 9, 1))
    page = text(cast.secretary.get("/hop/"))
    assert page.index("Hội ý, nhận xét tuần 44/2018") < page.index("2 chi bộ, sinh hoạt hằng tháng")
    assert "1 chi bộ có việc quá hạn" in page
    assert "Chưa họp, trễ 29 ngày" in page
    assert page.index("Thôn Chùa") < page.index("Trường THCS")


def test_those_to_invite_besides_are_folded_until_one_is_ticked(place, cast, people):
    meeting = called(place.village)
    url = reverse("meetings:invite", args=[meeting.pk])
    page = text(cast.village_secretary.get(url))
    box = page.partition("<b>Mời thêm</b>")[0].rpartition("<details")[2]
    assert "open" not in box
    ((guest, _words), *_rest) = cast.village_secretary.get(url).context["form"].fields["guests"].choices
    refused = text(cast.village_secretary.post(url, {"chair": "", "recorder": "", "guests": guest}))
    assert "open" in refused.partition("<b>Mời thêm</b>")[0].rpartition("<details")[2]


def test_a_member_sees_where_one_is_invited_and_what_one_presents(place, cast, people):
    meeting = called(place.village)
    agenda.set_agenda(**BY, meeting=meeting, items=[ItemData("Báo cáo", owner=people.member)])
    assert "Chưa có cuộc họp nào sắp tới mời đồng chí" not in text(cast.member.get("/hop/"))
    inviting.invite(**BY, meeting=meeting)
    page = text(cast.member.get("/hop/"))
    assert "Sinh hoạt chi bộ bất thường" in page
    assert "Gửi tài liệu" in page


def test_changing_and_ending_a_rhythm_on_their_pages(place, cast):
    series = cell_series(place.village)
    client = cast.secretary
    assert "Trường THCS" in text(client.get("/hop/nen-nep/"))
    typed = {
        "name": "Sinh hoạt chi bộ",
        "frequency": "monthly",
        "monthday": "5",
        "at_time": "19:00",
        "place": "Nhà văn hóa",
        "on_holiday": "before",
        "start": "1/12/2018",
    }
    press(client, f"/hop/nen-nep/{series.pk}/doi/", **typed)
    new = Series.objects.get(end=None)
    assert new.monthday == 5
    check = text(press(client, f"/hop/nen-nep/{new.pk}/thoi/", end="1/1/2019"))
    assert "10 cuộc họp chưa ai chuẩn bị" in check
    press(client, f"/hop/nen-nep/{new.pk}/thoi/", end="1/1/2019", confirm="1")
    assert Meeting.objects.filter(series=new).count() == 1


def test_a_meeting_is_called_outside_any_rhythm(place, cast):
    typed = {
        "who": "committee:committee",
        "title": "Hội nghị Ban Chấp hành",
        "day": "6/11/2018",
        "time": "8 giờ",
        "place": "Hội trường",
    }
    page = text(press(cast.secretary, "/hop/trieu-tap/", **typed))
    assert "Hội nghị Ban Chấp hành" in page
    assert "Thêm nội dung" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 24),
        ("?loai=chi-bo", 24),
        ("?loai=tuan", 0),
        ("?trang_thai=qua-han", 2),
        ("?trang_thai=sap-hop&chi_bo=truong-thcs", 11),
        ("?thang=2018-12", 2),
        ("?tu=1/12/2018&den=31/12/2018&chi_bo=thon-chua", 1),
        ("?tu=hom-qua&loai=x&trang_thai=y", 24),
        ("?trang_thai=doi-ngay", 0),
    ],
)
def test_the_list_is_filtered_by_the_address(place, cast, query, found):
    for unit in (place.village, place.school):
        cell_series(unit, at=clock.at(date(2018, 10, 1)), start=date(2018, 10, 1))
    page = text(cast.secretary.get(f"/hop/danh-sach/{query}"))
    assert f"{found} cuộc họp" in page


def test_the_list_shows_only_what_one_may_see(place, cast):
    cell_series(place.village)
    cell_series(place.school)
    assert "12 cuộc họp" in text(cast.village_secretary.get("/hop/danh-sach/"))
    assert "12 cuộc họp" in text(cast.member.get("/hop/danh-sach/"))
    assert "0 cuộc họp" in text(cast.standing.get("/hop/danh-sach/?chi_bo=khong-co"))


def fill(place, number):
    """Cells with a rhythm, a year of meetings and agendas, and people in them."""
    for n in range(number):
        cell = make.unit(f"thon-{n}-{number}", "cell", place.commune)
        person = make.member(cell, f"Trần Văn {n}")
        make.post(person, cell, Post.SECRETARY)
        series = cell_series(cell, at=clock.at(date(2018, 6, 1)), start=date(2018, 6, 1))
        meeting = series.meetings.get(due_on=date(2018, 11, 3))
        agenda.set_agenda(**BY, meeting=meeting, items=[ItemData(f"Việc {n}", owner=person)])
        agenda.add_to_backlog(**BY, series=series, data=ItemData("Tồn"))


@pytest.mark.parametrize(
    ("address", "limit"), [("/hop/", 24), ("/hop/danh-sach/", 12), ("/hop/nen-nep/", 12)]
)
def test_twice_the_rows_take_the_same_queries(place, cast, django_assert_max_num_queries, address, limit):
    weekly_series(place.commune)
    fill(place, 2)
    with django_assert_max_num_queries(limit) as few:
        assert cast.secretary.get(address).status_code == 200
    fill(place, 4)
    with django_assert_max_num_queries(limit) as many:
        cast.secretary.get(address)
    assert len(many) == len(few)


@pytest.mark.parametrize("role", ["village_secretary", "member"])
def test_a_cells_pages_take_the_same_queries_whatever_stands_on_them(
    place, cast, people, django_assert_max_num_queries, role
):
    series = cell_series(place.village, at=clock.at(date(2018, 6, 1)), start=date(2018, 6, 1))
    meeting = series.meetings.get(due_on=date(2018, 11, 3))
    items = [ItemData(f"Việc {n}", owner=people.member) for n in range(3)]
    client = getattr(cast, role)
    counts = []
    for _round in range(2):
        agenda.set_agenda(**BY, meeting=meeting, items=items)
        with django_assert_max_num_queries(22) as home:
            client.get("/hop/")
        with django_assert_max_num_queries(22) as page:
            client.get(f"/hop/{meeting.pk}/")
        counts.append((len(home), len(page)))
    assert counts[0] == counts[1]
