"""How a roll-out stands in the cells: counted by hand, as of the day asked for, the same as the rows behind it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.guidance.selectors import following
from hatnhan.guidance.tests import followed
from hatnhan.organization.tests import make

TODAY = date(2018, 9, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def plan(place, people):
    """The village held on time, did one of three tasks, read by two of four, reported; the school did nothing."""
    made = followed.roll_out(place.commune)
    village, school = followed.given(made, place.village), followed.given(made, place.school)
    followed.on_agenda(village, date(2018, 4, 3), "locked", "carried")
    followed.hold(village, date(2018, 4, 20))
    followed.on_agenda(school, date(2018, 10, 3))
    followed.task(village, done_on=date(2018, 6, 20))
    followed.task(village, title="Mở lớp")
    followed.task(
        village, title="Việc thôi", state="withdrawn", closed_on=date(2018, 5, 1), closed_reason="Trùng"
    )
    followed.task(school, due=date(2018, 12, 1))
    followed.read(made.document, people.member)
    followed.read(made.document, people.deputy, date(2018, 9, 1))
    followed.report(village)
    followed.report(village, 0, date(2018, 9, 10))
    return made


def lines(plan, on=TODAY):
    return {one.code: one for one in following.lines([plan], on)}


# --- worked out by hand ----------------------------------------------------------------------------------------------
def test_a_cell_stands_as_its_meetings_tasks_readings_and_reports_say(plan):
    village, school = lines(plan)["thon-chua"], lines(plan)["truong-thcs"]
    assert (village.on_agenda, village.held_on) == (True, date(2018, 4, 20))
    assert (village.studied, village.due) == (2, 4)
    assert (village.done, village.tasks, village.late) == (1, 2, 1)
    assert (village.reports, [one.months for one in village.owed]) == (2, [])
    assert (school.on_agenda, school.held_on, school.held_late) == (True, None, True)
    assert (school.done, school.tasks, school.late) == (0, 1, 0)
    assert [one.months for one in school.owed] == [6]
    assert village.has_work
    sums = following.totals(lines(plan).values())
    assert (sums.cells, sums.held, sums.tasks, sums.done, sums.late, sums.reports, sums.owed) == (
        2,
        1,
        3,
        1,
        1,
        2,
        1,
    )


def test_it_stands_as_it_did_on_the_day_asked_for(plan):
    early = lines(plan, date(2018, 4, 10))["thon-chua"]
    assert (early.held_on, early.held_late, early.studied, early.done, early.late) == (None, False, 1, 0, 0)
    assert (early.tasks, early.reports) == (3, 0)
    july = lines(plan, date(2018, 7, 1))["thon-chua"]
    assert (july.done, july.late) == (1, 1)
    assert lines(plan, date(2018, 2, 28)) == {}


def test_an_item_carried_to_the_next_meeting_was_not_held(place):
    one = followed.given(followed.roll_out(place.commune), place.village)
    followed.on_agenda(one, date(2018, 4, 3), "locked", "carried")
    line = lines(one.roll_out)["thon-chua"]
    assert line.on_agenda
    assert line.held_on is None


def test_a_cell_that_left_is_not_followed_from_that_day_on(plan):
    plan.cells.filter(cell__code="truong-thcs").update(left_on=date(2018, 9, 1))
    assert set(lines(plan)) == {"thon-chua"}
    assert len(lines(plan, date(2018, 8, 31))) == 2


def test_a_cell_given_later_owes_only_the_reports_that_come_after(place):
    made = followed.roll_out(place.commune)
    followed.given(made, place.village, date(2018, 9, 5))
    line = lines(made, date(2019, 3, 2))["thon-chua"]
    assert [one.months for one in line.owed] == [12]
    assert line.held_by == date(2018, 9, 5)


# --- the page --------------------------------------------------------------------------------------------------------
def page(client, plan, path="", **query):
    return client.get(f"/trien-khai/ke-hoach/{plan.pk}/theo-doi/{path}", query)


def test_the_page_shows_the_cells_that_the_person_leads(cast, plan):
    assert len(page(cast.secretary, plan).context["rows"]) == 2
    assert [row.code for row in page(cast.village_secretary, plan).context["rows"]] == ["thon-chua"]
    for role, status in (("inspector", 200), ("member", 404), ("outsider", 404), ("administrator", 404)):
        for path in ("", "viec/", "bao-cao/", "tai/"):
            answer = page(getattr(cast, role), plan, path)
            assert answer.status_code == status, (role, path)
            b"".join(answer)


@pytest.mark.parametrize(
    ("part", "codes"),
    [
        ("con-viec", {"thon-chua", "truong-thcs"}),
        ("chua-chuong-trinh", set()),
        ("chua-sinh-hoat", {"truong-thcs"}),
        ("chua-hoc", {"thon-chua", "truong-thcs"}),
        ("viec-tre", {"thon-chua"}),
        ("no-bao-cao", {"truong-thcs"}),
        ("gì đó", {"thon-chua", "truong-thcs"}),
    ],
)
def test_a_part_keeps_the_cells_in_which_it_is_left(cast, plan, part, codes):
    assert {row.code for row in page(cast.secretary, plan, loc=part).context["rows"]} == codes


def test_the_rows_behind_a_number_are_as_many_as_it_says(cast, plan):
    for line in lines(plan).values():
        for part, count in (
            ("", line.tasks),
            ("xong", line.done),
            ("tre", line.late),
            ("chua", line.tasks - line.done),
        ):
            found = page(cast.secretary, plan, "viec/", chi_bo=line.code, loc=part)
            assert found.context["page"].paginator.count == count, (line.code, part)
        found = page(cast.secretary, plan, "bao-cao/", chi_bo=line.code)
        assert found.context["page"].paginator.count == line.reports
    assert page(cast.secretary, plan, "viec/").context["page"].paginator.count == 3
    assert "Mở lớp" in page(cast.secretary, plan, "viec/", loc="tre").content.decode()
    assert "Đã lập tổ số cộng đồng." in page(cast.secretary, plan, "bao-cao/").content.decode()


def test_the_day_in_the_address_counts(cast, plan):
    found = page(cast.secretary, plan, ngay="2018-04-10").context["following"].totals
    assert (found.held, found.done) == (0, 0)
    assert page(cast.secretary, plan, ngay="2018-02-20").status_code == 404


def test_the_table_can_be_taken_away_and_that_is_recorded(cast, plan):
    answer = page(cast.secretary, plan, "tai/", loc="viec-tre")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["Thôn Chùa"]
    entry = Entry.objects.get(action="guidance:papers:take")
    assert (entry.unit_id, entry.details) == (plan.unit_id, {"paper": "following", "form": "xlsx"})


def test_one_cell_has_no_count_of_cells_and_no_sum(cast, plan):
    whole = page(cast.secretary, plan).content.decode()
    one = page(cast.village_secretary, plan).content.decode()
    for words in ("<tfoot", "Tất cả chi bộ"):
        assert words in whole
        assert words not in one
    assert "1 chi bộ" not in one
    assert "Chi bộ đã sinh hoạt;" in one


# --- the first page --------------------------------------------------------------------------------------------------
def test_the_first_page_shows_each_roll_out_in_one_line(cast, plan):
    answer = cast.secretary.get("/trien-khai/")
    (row,) = answer.context["rows"]
    assert (row.totals.held, row.totals.cells, row.totals.late) == (1, 2, 1)
    words = answer.content.decode()
    assert "1 việc trễ" in words
    assert "Chưa gửi 1 báo cáo" in words
    cell = cast.village_secretary.get("/trien-khai/").context["rows"]
    assert [one.totals.cells for one in cell] == [1]
    assert "chi bộ còn việc" not in cast.village_secretary.get("/trien-khai/").content.decode()


def test_a_member_sees_what_waits_and_no_sums(cast, plan, people):
    answer = cast.member.get("/trien-khai/")
    assert not answer.context["leads"]
    assert answer.context["waiting"] == []
    followed.roll_out(plan.unit, followed.document(plan.unit, "35-CT/TW")).cells.create(
        cell=people.member.memberships.get().unit, given_on=date(2018, 9, 1)
    )
    answer = cast.member.get("/trien-khai/")
    assert [one.source for one in answer.context["waiting"]] == ["guidance.own_study"]
    assert cast.outsider.get("/trien-khai/").status_code == 404


def test_a_closed_roll_out_is_under_way_until_the_day_it_was_closed(cast, plan):
    plan.state, plan.closed_on = "closed", date(2018, 9, 10)
    plan.save()
    assert cast.secretary.get("/trien-khai/").context["rows"] == []
    assert len(cast.secretary.get("/trien-khai/?ngay=2018-09-09").context["rows"]) == 1


def test_drafts_are_for_those_who_lead_the_unit(cast, place):
    later = dict.fromkeys(("approve_by", "held_by", "study_by", "done_by"), date(2019, 3, 1))
    followed.roll_out(place.commune, approved=None, **later)
    soon = followed.roll_out(place.commune, followed.document(place.commune, "35-CT/TW"), approved=None)
    assert f"guidance.plan:{soon.pk}" in {
        one.key for one in cast.secretary.get("/trien-khai/").context["waiting"]
    }
    assert len(cast.secretary.get("/trien-khai/").context["drafts"]) == 1
    assert len(cast.member.get("/trien-khai/?don_vi=tam-hong").context["drafts"]) == 0


# --- few queries -----------------------------------------------------------------------------------------------------
def _grow(place, plan, count):
    for number in range(count):
        cell = make.unit(f"chi-bo-{number}-{count}", "cell", place.commune)
        make.members(cell, 2)
        one = followed.given(plan, cell)
        followed.hold(one, date(2018, 4, 3))
        followed.task(one)
        followed.report(one)
        other = followed.roll_out(place.commune, followed.document(place.commune, f"{number}-{count}-NQ/TW"))
        followed.given(other, cell)


def test_the_pages_take_as_many_queries_for_many_cells_as_for_few(cast, place, plan):
    addresses = [
        "/trien-khai/",
        *(f"/trien-khai/ke-hoach/{plan.pk}/theo-doi/{x}" for x in ("", "viec/", "bao-cao/")),
    ]

    def queries(address):
        with CaptureQueriesContext(connection) as caught:
            assert cast.secretary.get(address).status_code == 200
        return len(caught)

    _grow(place, plan, 3)
    few = [queries(address) for address in addresses]
    _grow(place, plan, 9)
    assert [queries(address) for address in addresses] == few
    assert max(few[1:]) <= 20
    assert few[0] <= 50
