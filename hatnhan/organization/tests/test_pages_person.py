"""A member's file: who may open it, what it tells, and that every reading is recorded."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.organization.models import Badge, Exemption, Membership, Probation, Term, Transfer
from hatnhan.organization.tests import make

TODAY = clock.at(date(2018, 10, 29))


def url(person, part=""):
    return f"/dang-vien/{person.pk}/" + (f"?muc={part}" if part else "")


def page(client, person, part=""):
    response = client.get(url(person, part))
    assert response.status_code == 200
    return response.content.decode()


def readings(person):
    return Entry.objects.filter(subject_id=person.pk, action="organization:member:read").order_by("id")


# --- who -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "whose", "status"),
    [
        ("secretary", "member", 200),
        ("standing", "member", 200),
        ("inspector", "member", 200),
        ("village_secretary", "member", 200),
        ("school_secretary", "member", 404),
        ("member", "member", 200),
        ("member", "deputy", 404),
        ("administrator", "member", 404),
        ("outsider", "member", 404),
    ],
)
def test_a_file_opens_for_its_owner_and_those_responsible(cast, people, role, whose, status):
    person = getattr(people, whose)
    assert getattr(cast, role).get(url(person)).status_code == status
    assert readings(person).count() == (1 if status == 200 else 0)


def test_a_file_follows_the_person_to_another_committee(cast, people, place):
    elsewhere = make.unit("thon-khac", "cell", make.unit("xa-khac", "commune", place.province))
    gone = make.member(place.village, "Vũ Văn Đi")
    assert cast.secretary.get(url(gone)).status_code == 200
    gone.memberships.update(end=date(2018, 1, 1), end_reason="left")
    assert cast.secretary.get(url(gone)).status_code == 200
    Membership.objects.create(member=gone, unit=elsewhere, start=date(2018, 1, 1), start_reason="arrived")
    assert cast.secretary.get(url(gone)).status_code == 404


def test_an_absent_file_looks_like_a_forbidden_one(cast, people):
    absent = cast.member.get("/dang-vien/999999/")
    forbidden = cast.member.get(url(people.deputy))
    assert (absent.status_code, forbidden.status_code) == (404, 404)
    assert absent.content.count(b"<h1>") == forbidden.content.count(b"<h1>")


# --- readings ------------------------------------------------------------------------------------------------------
def test_turning_the_pages_within_ten_minutes_is_one_reading(cast, people):
    with clock.fixed(TODAY):
        page(cast.secretary, people.member)
        page(cast.secretary, people.member, "ly-lich")
        page(cast.deputy, people.member)
    with clock.fixed(TODAY + timedelta(minutes=9, seconds=59)):
        page(cast.secretary, people.member)
    assert readings(people.member).count() == 2
    with clock.fixed(TODAY + timedelta(minutes=10)):
        page(cast.secretary, people.member, "ly-lich")
    last = readings(people.member).last()
    assert (last.actor_id, last.details, last.unit_id is not None) == (
        people.secretary.user.pk,
        {"part": "ly-lich"},
        True,
    )


def test_the_reader_is_told_and_the_member_sees_who_read(cast, people):
    with clock.fixed(TODAY):
        assert "Lần xem này của đồng chí đã ghi vào sổ. Đồng chí Hòa biết" in page(
            cast.secretary, people.member
        )
        own = page(cast.member, people.member, "ai-xem")
    assert "Ai đã xem (2)" in own
    assert "Phùng Minh Thông" in own
    assert "Bí thư Đảng ủy" in own
    assert "08:00 29/10/2018" in own
    assert "chính đồng chí" in own


# --- what it tells -------------------------------------------------------------------------------------------------
def test_the_story_is_told_year_by_year_latest_first(cast, place, people):
    person = make.member(
        None, "Lê Thị Bình", sex="F", admitted_on=date(1988, 1, 6), official_on=date(1989, 1, 6)
    )
    Membership.objects.create(
        member=person, unit=place.school, start=date(2010, 1, 1), end=date(2017, 5, 15),
        start_reason="recorded", end_reason="transferred",
    )  # fmt: skip
    Membership.objects.create(
        member=person,
        unit=place.village,
        start=date(2017, 5, 15),
        start_reason="transferred",
        decision_no="31-QĐ/ĐU",
    )
    term = Term.objects.create(
        unit=place.village, name="Nhiệm kỳ 2017–2020", start=date(2017, 6, 1), end=date(2020, 1, 1)
    )
    post = make.post(person, place.village, "committee_member", start=date(2017, 6, 1), end=date(2018, 3, 1))
    type(post).objects.filter(pk=post.pk).update(term=term, end_reason="Hết nhiệm kỳ")
    Badge.objects.create(member=person, years=30, awarded_on=date(2018, 2, 3), decision_no="118-QĐ/HU")
    Exemption.objects.create(member=person, start=date(2018, 9, 1))
    Transfer.objects.create(
        member=person,
        from_unit=place.village,
        outside="Đảng bộ phường Vĩnh Phúc",
        proposed_on=date(2018, 10, 1),
        letter_no="9",
    )
    with clock.fixed(TODAY):
        response = cast.secretary.get(url(person))
    told = [(moment.day.isoformat(), moment.title) for moment in response.context["moments"]]
    assert told == [
        ("2018-10-01", "Giới thiệu chuyển sinh hoạt đến Đảng bộ phường Vĩnh Phúc"),
        ("2018-09-01", "Được miễn công tác và sinh hoạt đảng"),
        ("2018-03-01", "Thôi chức Chi ủy viên, chi bộ thôn Chùa"),
        ("2018-02-03", "Nhận Huy hiệu 30 năm tuổi Đảng"),
        ("2017-06-01", "Giữ chức Chi ủy viên, chi bộ thôn Chùa"),
        ("2017-05-15", "Chuyển sinh hoạt về chi bộ thôn Chùa"),
        ("2010-01-01", "Có tên trong danh sách chi bộ Trường THCS"),
        ("1989-01-06", "Đảng viên chính thức"),
        ("1988-01-06", "Vào Đảng"),
    ]
    shown = response.content.decode()
    assert "Quyết định số 118-QĐ/HU" in shown
    assert "30 năm tuổi Đảng" in shown
    assert "Chờ nơi nhận" in shown


def test_one_topic_of_the_story_can_be_shown_alone(cast, people):
    response = cast.secretary.get(url(people.village_secretary, "dong-thoi-gian") + "&hien=chuc_vu")
    assert [moment.title for moment in response.context["moments"]] == [
        "Giữ chức Bí thư chi bộ, chi bộ thôn Chùa"
    ]


def test_a_probationer_is_shown_with_the_day_it_ends(cast, place, people):
    person = make.member(place.village, "Mai Trẻ", admitted_on=date(2018, 3, 2), official_on=None)
    Probation.objects.create(member=person, start=date(2018, 3, 2), due=date(2019, 3, 2))
    with clock.fixed(TODAY):
        assert "Dự bị, hết hạn 2/3/2019" in page(cast.secretary, person)


@pytest.mark.parametrize("part", ["", "ly-lich", "da-ghi", "ai-xem", "không-có"])
def test_every_part_opens_and_marks_its_tab(cast, people, part):
    shown = page(cast.village_secretary, people.member, part)
    assert shown.count('aria-current="page"') >= 1
    assert "tôn giáo, thành phần" in shown or part in {"da-ghi", "ai-xem"}


def test_what_was_recorded_is_told_in_words(cast, people):
    cast.member.get(url(people.member) + "du-lieu/")
    shown = page(cast.member, people.member, "da-ghi")
    assert "organization:member" not in shown
    assert "Nguyễn Thị Hòa" in shown


def test_deeds_are_offered_to_those_who_may_do_them(cast, people):
    def verbs(client):
        return {deed.label for deed in client.get(url(people.member)).context["deeds"]}

    assert {"Sửa hồ sơ", "Chuyển sinh hoạt", "Thôi sinh hoạt"} <= verbs(cast.secretary)
    assert "Xét công nhận chính thức" not in verbs(cast.secretary)
    assert verbs(cast.village_secretary) == {"Chuyển sinh hoạt", "Sửa nơi ở, điện thoại"}
    assert verbs(cast.standing) == set()
    assert verbs(cast.member) == set()


def test_an_open_probation_is_decided_from_the_top_of_the_file(cast, place):
    one = make.member(place.village, admitted_on=date(2017, 11, 1), official_on=None)
    Probation.objects.create(member=one, start=date(2017, 11, 1), due=date(2018, 11, 1))

    def primary(client):
        deeds = client.get(url(one)).context["deeds"]
        return [(deed.label, deed.url) for deed in deeds if deed.primary]

    deed_page = f"{url(one)}het-du-bi/"
    assert primary(cast.secretary) == [("Xét công nhận chính thức", deed_page)]
    assert cast.secretary.get(deed_page).status_code == 200
    assert f'<a class="btn btn-primary" href="{deed_page}"' in page(cast.secretary, one)
    assert primary(cast.village_secretary) == primary(cast.standing) == []
    Probation.objects.update(outcome="official", decided_on=date(2018, 10, 1))
    assert primary(cast.secretary) == []


def test_a_file_costs_the_same_however_long_its_story(cast, place, people):
    def count():
        with CaptureQueriesContext(connection) as captured:
            page(cast.secretary, people.member)
        return len(captured)

    page(cast.secretary, people.member)
    make.post(people.member, place.village, "committee_member", end=date(2012, 1, 1))
    Transfer.objects.create(
        member=people.member, from_unit=place.village, to_unit=place.school, state="refused",
        proposed_on=date(2012, 1, 1), decided_on=date(2012, 2, 1), letter_no="1",
    )  # fmt: skip
    before = count()
    for year in range(2013, 2018):
        day = date(year, 1, 1)
        make.post(people.member, place.village, "committee_member", start=day, end=date(year, 6, 1))
        Badge.objects.create(member=people.member, years=year, awarded_on=day)
        Transfer.objects.create(
            member=people.member, from_unit=place.village, to_unit=place.school, state="refused",
            proposed_on=day, decided_on=date(year, 2, 1), letter_no="1",
        )  # fmt: skip
        page(cast.deputy, people.member)
    assert count() == before


# --- the member's own copy -----------------------------------------------------------------------------------------
def test_members_take_a_copy_of_all_that_is_held_of_them(cast, people):
    page(cast.secretary, people.member)
    held = json.loads(cast.member.get(url(people.member) + "du-lieu/").content)
    assert held["Lý lịch đảng"]["họ và tên"] == "Nguyễn Thị Hòa"
    assert held["Sinh hoạt đảng"][0]["chi bộ"] == "Chi bộ thôn Chùa"
    assert held["Ai đã xem hồ sơ"][0]["người làm"] == "Phùng Minh Thông"
    assert "organization:" not in json.dumps(held)
    assert Entry.objects.filter(action="organization:member:export", subject_id=people.member.pk).count() == 1
    response = cast.member.get(url(people.member) + "du-lieu/?dang=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active
    assert ("Lý lịch đảng", "họ và tên", "Nguyễn Thị Hòa") in list(sheet.iter_rows(values_only=True))


@pytest.mark.parametrize("role", ["secretary", "village_secretary", "administrator"])
def test_nobody_takes_the_copy_for_another(cast, people, role):
    assert getattr(cast, role).get(url(people.member) + "du-lieu/").status_code == 404
