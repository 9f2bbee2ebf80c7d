"""The pages of a cycle: who opens them, what they show, how many queries lists take."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from hatnhan.audit.models import Entry as AuditEntry
from hatnhan.core import clock
from hatnhan.organization.tests import make
from hatnhan.reviews.models import Cycle, Entry, PastGrade
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.tests import make as reviews

AT = datetime(2026, 12, 1, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def december():
    with clock.fixed(AT):
        yield


@pytest.fixture
def cycle(place, people):
    return reviews.cycle(place.commune)


def page(name, *args):
    return reverse(f"reviews:{name}", args=args)


# --- the first page --------------------------------------------------------------------------------------------------
def test_home_without_a_cycle_offers_to_open_one(cast):
    assert "Mở đợt năm 2026" in cast.secretary.get(page("home")).content.decode()
    body = cast.member.get(page("home")).content.decode()
    assert "Mở đợt năm" not in body
    assert "Chưa có đợt kiểm điểm nào" in body
    assert cast.anonymous.get(page("home")).status_code == 302


def test_who_runs_the_cycle_calls_for_what_is_late_before_meeting(cast, cycle):
    late = Entry.objects.filter(cycle=cycle).exclude(standing="left_out").count()
    home = cast.secretary.get(page("home")).content.decode()
    assert f"Còn {late} bản kiểm điểm năm 2026 chưa nộp" in home
    assert "Xem ai chưa nộp" in cast.secretary.get(page("cycle", 2026)).content.decode()
    assert f"{late} bản, tính đến" in cast.secretary.get(page("call-list", 2026)).content.decode()
    assert (
        "chưa nộp"
        not in cast.village_secretary.get(page("home")).content.decode().partition("Kiểm điểm năm")[0]
    )


def test_on_a_phone_what_is_late_stands_alone_until_all_are_asked_for(cast, cycle, place):
    Entry.objects.filter(cycle=cycle, unit=place.school).update(state=Entry.State.SUBMITTED)
    home = cast.secretary.get(page("home")).content.decode()
    assert "Xem cả" in home
    assert '<tr class="hn-desk">' in home
    assert '<tr class="hn-desk">' not in cast.secretary.get(f"{page('home')}?tat_ca=1").content.decode()


def test_closing_too_soon_leads_to_what_is_left(cast, cycle):
    body = cast.secretary.get(page("cycle-close", 2026)).content.decode()
    assert "Chưa chốt được: còn" in body
    assert "Xem tiến độ" in body
    assert 'name="closed_on"' not in body


def test_grades_of_past_years_are_named(cast):
    assert (
        "Trong sạch, vững mạnh; hoàn thành xuất sắc nhiệm vụ"
        in cast.secretary.get(page("past-new")).content.decode()
    )


def test_home_says_what_waits_and_how_far_cells_are(cast, cycle, place):
    PastGrade.objects.create(
        unit=place.commune, year=2025, grade="xs", title="Trong sạch, vững mạnh", decision_no="5-QĐ/TU"
    )
    PastGrade.objects.create(
        unit=place.commune, year=2024, grade="xs", title="Trong sạch, vững mạnh", decision_no="4-QĐ/TU"
    )
    body = cast.secretary.get(page("home")).content.decode()
    assert "Thôn Chùa" in body
    assert "Trễ nộp bản kiểm điểm" in body
    assert "2 năm liên tục" in body
    own = cast.member.get(page("home")).content.decode()
    assert "Bản kiểm điểm năm 2026" in own
    assert "Trễ nộp bản kiểm điểm" not in own, "a member does not see how far the cells are"
    cell = cast.village_secretary.get(page("home")).content.decode()
    assert "Thôn Chùa" in cell
    assert "Trường THCS" not in cell


def test_home_takes_no_more_queries_with_more_cells(cast, cycle, place, django_assert_max_num_queries):
    """Some thirty: each kind of thing that may wait is asked for, tabs, the menu."""
    cast.secretary.get(page("home"))
    with django_assert_max_num_queries(26) as first:
        cast.secretary.get(page("home"))
    before = len(first)
    _more(place, cycle)
    with django_assert_max_num_queries(before):
        cast.secretary.get(page("home"))


# --- the cycle -------------------------------------------------------------------------------------------------------
def test_the_cycle(cast, cycle):
    body = cast.secretary.get(page("cycle", 2026)).content.decode()
    for words in (
        "Việc tiếp theo",
        "Ai chưa nộp",
        "Đổi mốc",
        "Chốt đợt",
        "Cập nhật danh sách",
        "Chưa xác nhận",
    ):
        assert words in body
    other = cast.member.get(page("cycle", 2026)).content.decode()
    for words in ("Đổi mốc", "Chốt đợt", "Ai chưa nộp", "Tiến độ"):
        assert words not in other
    assert cast.secretary.get(page("cycle", 2025)).status_code == 404
    assert cast.outsider.get(page("cycle", 2026)).status_code == 404


def test_the_cycle_takes_no_more_queries_with_more_cells(cast, cycle, place, django_assert_max_num_queries):
    """Some thirty: what waits decides on the next step."""
    cast.secretary.get(page("cycle", 2026))
    with django_assert_max_num_queries(26) as first:
        cast.secretary.get(page("cycle", 2026))
    before = len(first)
    _more(place, cycle)
    with django_assert_max_num_queries(before):
        cast.secretary.get(page("cycle", 2026))


def test_opening_reads_over_who_is_in_it(cast, place):
    young = make.member(place.school, "Vũ Thị Lan", admitted_on=date(2026, 8, 1), official_on=None)
    address = page("cycle-open") + "?don_vi=tam-hong"
    assert cast.member.get(address).status_code == 403
    assert "Số kế hoạch" in cast.secretary.get(address).content.decode()
    told = {"year": "2026", "plan_no": "12-KH/ĐU", "opened_on": "1/12/2026"}
    body = cast.secretary.post(address, told).content.decode()
    assert "7 người kiểm điểm và xếp loại" in body
    assert f"{young}: Kết nạp 1/8/2026" in body
    assert "(chưa xác nhận)" in body
    assert not Cycle.objects.exists()
    assert cast.secretary.post(address, told | {"confirm": "1"}).status_code == 302
    assert Cycle.objects.get().plan_no == "12-KH/ĐU"
    assert cast.secretary.post(address, told | {"year": "2027"}).status_code == 422


def test_the_deeds_of_a_cycle(cast, cycle, place):
    step = cycle.steps.get(key="self_review", of="cell")
    told = {"due": "9/12/2026", "because": "Bão"}
    assert cast.member.get(page("step-move", step.pk)).status_code == 403
    assert cast.secretary.post(page("step-move", step.pk), told).status_code == 302
    assert "không có gì để cập nhật" in cast.secretary.get(page("cycle-list-refresh", 2026)).content.decode()
    make.member(place.village, "An Văn Mới", start=date(2026, 11, 25))
    assert "An Văn Mới" in cast.secretary.get(page("cycle-list-refresh", 2026)).content.decode()
    assert cast.secretary.post(page("cycle-list-refresh", 2026)).status_code == 302
    assert "Chưa chốt được" in cast.secretary.get(page("cycle-close", 2026)).content.decode()
    told = {"closed_on": "1/12/2026"}
    assert cast.secretary.post(page("cycle-close", 2026), told).status_code == 422
    Entry.objects.update(state="decided", grade="t", decided_on=date(2026, 11, 30))
    assert "Sau khi ghi" in cast.secretary.post(page("cycle-close", 2026), told).content.decode()
    assert cast.secretary.post(page("cycle-close", 2026), told | {"confirm": "1"}).status_code == 302
    body = cast.secretary.get(page("cycle", 2026)).content.decode()
    assert "Đã chốt" in body
    assert "Đổi mốc" not in body


def test_a_past_grade_is_typed_and_taken_out(cast, place):
    told = {
        "unit": str(place.commune.pk),
        "year": "2015",
        "grade": "xs",
        "title": "Trong sạch, vững mạnh",
        "decision_no": "5-QĐ/HU",
    }
    assert cast.member.get(page("past-new")).status_code == 403
    assert cast.secretary.post(page("past-new"), told).status_code == 302
    made = PastGrade.objects.get()
    assert cast.village_secretary.get(page("past-remove", made.pk)).status_code == 404
    assert cast.secretary.post(page("past-remove", made.pk), {"because": "Nhầm năm"}).status_code == 302


# --- lists -----------------------------------------------------------------------------------------------------------
def names(response):
    return [row.name for row in response.context["rows"]]


def test_the_list_and_its_filters(cast, cycle, place, people):
    whole = cast.secretary.get(page("entries", 2026))
    assert names(whole)[-3:] == [
        "Ban Thường vụ Đảng ủy, Đảng bộ xã Tam Hồng",
        "Ban Chấp hành Đảng bộ, Đảng bộ xã Tam Hồng",
        "Đảng bộ xã Tam Hồng",
    ]
    Entry.objects.filter(member=people.member).update(
        state="decided", grade="t", decided_on=date(2026, 11, 30), self_grade="xs"
    )
    for query, found in (
        ("q=hoa", ["Nguyễn Thị Hòa"]),
        ("q=chua", ["Chi bộ thôn Chùa"]),
        ("chi_bo=thon-chua&loai=organisation", ["Chi bộ thôn Chùa"]),
        ("muc=t", ["Nguyễn Thị Hòa"]),
        ("trang_thai=decided", ["Nguyễn Thị Hòa"]),
        ("nhom=lead_cell", ["Lê Thị Bích", "Đỗ Văn Hải"]),
        ("dien=left_out", []),
        ("muc=chua&chi_bo=truong-thcs&loai=organisation", ["Chi bộ Trường THCS"]),
        ("dien=none&muc=x&loai=organisation&chi_bo=truong-thcs", ["Chi bộ Trường THCS"]),
    ):
        assert sorted(names(cast.secretary.get(page("entries", 2026) + "?" + query))) == sorted(found), query
    assert "Hoàn thành tốt nhiệm vụ" in cast.secretary.get(page("entries", 2026)).content.decode()


def test_the_list_shows_what_one_may_know(cast, cycle):
    assert names(cast.member.get(page("entries", 2026))) == ["Nguyễn Thị Hòa"]
    cell = cast.village_secretary.get(page("entries", 2026))
    assert names(cell)[-1] == "Chi bộ thôn Chùa"
    assert "Kim Văn Chiến" not in cell.content.decode()


def test_the_list_takes_no_more_queries_with_more_rows(cast, cycle, place, django_assert_max_num_queries):
    cast.secretary.get(page("entries", 2026))
    with django_assert_max_num_queries(12) as first:
        cast.secretary.get(page("entries", 2026))
    before = len(first)
    _more(place, cycle)
    with django_assert_max_num_queries(before):
        cast.secretary.get(page("entries", 2026))


def test_who_has_not_handed_in(cast, cycle, place, people, django_assert_max_num_queries):
    people.member.phone = "0912345678"
    people.member.save()
    Entry.objects.filter(member=people.deputy).update(state="submitted")
    body = cast.secretary.get(page("call-list", 2026)).content.decode()
    assert "0912345678" in body
    assert "Tạ Thị Hiền" not in body
    cell = cast.village_secretary.get(page("call-list", 2026)).content.decode()
    assert "Nguyễn Thị Hòa" in cell
    assert "Lê Thị Bích" not in cell
    assert cast.member.get(page("call-list", 2026)).status_code == 404
    with django_assert_max_num_queries(12):
        cast.secretary.get(page("call-list", 2026))


# --- one entry -------------------------------------------------------------------------------------------------------
def test_an_entry_and_its_reading(cast, cycle, people):
    entry = reviews.entry(cycle, people.member)
    body = cast.secretary.get(page("entry", entry.pk)).content.decode()
    assert "Kiểm điểm tại Chi bộ thôn Chùa" in body
    assert AuditEntry.objects.filter(action=Action.READ_ENTRY, subject_id=people.member.pk).count() == 1
    own = cast.member.get(page("entry", entry.pk)).content.decode()
    assert "Đổi<" not in own
    assert AuditEntry.objects.filter(action=Action.READ_ENTRY).count() == 1
    assert cast.school_secretary.get(page("entry", entry.pk)).status_code == 404
    assert cast.outsider.get(page("entry", entry.pk)).status_code == 404


def test_a_published_grade_is_all_that_the_cell_sees(cast, cycle, people, place):
    other = make.member(place.village, "An Văn Khác")
    make.account("khac", other)
    Entry.objects.filter(member=people.member).update(
        state="decided", grade="t", decided_on=date(2026, 11, 30), self_grade="xs"
    )
    entry = reviews.entry(cycle, people.member)
    client = cast.member.__class__()
    client.force_login(other.user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page("entry", entry.pk)).status_code == 404
    made = cycle.decisions.create(
        title="x",
        outside="Y",
        state="signed",
        number="1",
        signed_on=date(2026, 11, 30),
        published_on=AT.date(),
    )
    made.lines.create(entry=entry, grade="t")
    body = client.get(page("entry", entry.pk)).content.decode()
    assert "Hoàn thành tốt nhiệm vụ" in body
    assert "Hoàn thành xuất sắc" not in body
    assert "Quá trình" not in body


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "standing",
            {"standing": "left_out", "because": "Bị đình chỉ", "source": "5-QĐ"},
        ),
        ("subject", {"subject": "non_leader", "because": "Công chức"}),
        ("group", {"group": "leader", "because": "Kiêm nhiệm"}),
    ],
)
def test_the_deeds_of_an_entry(cast, cycle, people, name, told):
    address = page(name, reviews.entry(cycle, people.member).pk)
    assert cast.village_secretary.get(address).status_code == 403
    assert cast.school_secretary.get(address).status_code == 404
    assert cast.secretary.get(address).status_code == 200
    assert cast.secretary.post(address, told).status_code == 302
    assert getattr(reviews.entry(cycle, people.member), name) == told[name]


def _more(place, cycle):
    for number in range(4):
        cell = make.unit(f"thon-{number}", "cell", place.commune, f"Chi bộ thôn {number}")
        rows = [
            Entry(cycle=cycle, of="member", subject="outside", member=one, unit=cell)
            for one in make.members(cell, 6)
        ]
        Entry.objects.bulk_create(rows)
