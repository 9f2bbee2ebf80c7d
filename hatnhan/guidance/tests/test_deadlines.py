"""What is due about roll-outs, study and the year under the Directive, as it stood on the day."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.core import clock
from hatnhan.deadlines import registry
from hatnhan.guidance.tests import followed
from hatnhan.organization.tests import make

TODAY = date(2018, 4, 20)
FAR = date(2019, 4, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def due(place, source, on=TODAY, until=FAR, units=None):
    ids = [unit.pk for unit in (units or (place.commune, place.village, place.school))]
    return [one for one in registry.due(ids, on=on, until=until) if one.source == f"guidance.{source}"]


def own(person, source, on=TODAY, until=FAR):
    return [
        one for one in registry.due_for(person.pk, on=on, until=until) if one.source == f"guidance.{source}"
    ]


# --- the committee's part --------------------------------------------------------------------------------------------
def test_a_plan_waits_for_approval_and_names_the_kinds_without_a_variant(place):
    made = followed.roll_out(place.commune, approved=date(2018, 5, 2))
    followed.variant(made)
    (one,) = due(place, "plan")
    assert (one.due, one.unit_id, one.url) == (
        date(2018, 3, 10),
        place.commune.pk,
        f"/trien-khai/ke-hoach/{made.pk}/",
    )
    assert one.detail == "Chưa có bản cho loại chi bộ: trường học."
    assert due(place, "plan", on=date(2018, 5, 2)) == []
    assert due(place, "plan", on=date(2018, 2, 9)) == []
    assert due(place, "plan", until=date(2018, 3, 9)) == []


def test_a_kind_of_cell_that_came_later_and_cells_that_lack_it_are_told(place):
    made = followed.roll_out(place.commune)
    followed.variant(made)
    followed.given(made, place.village)
    (one,) = due(place, "variant")
    assert one.detail == "Chưa có bản cho loại chi bộ: trường học."
    (lack,) = due(place, "lacking")
    assert (lack.due, lack.detail) == (date(2018, 4, 30), "1 chi bộ chưa được giao.")
    make.unit("chi-bo-moi", "cell", place.commune, start=date(2018, 6, 1))
    (lack,) = due(place, "lacking", on=date(2018, 6, 2))
    assert (lack.due, lack.detail) == (date(2018, 6, 1), "2 chi bộ chưa được giao.")
    followed.variant(made, "school")
    followed.given(made, place.school)
    assert due(place, "variant") == due(place, "lacking") == []


# --- the cells' part -------------------------------------------------------------------------------------------------
def test_a_cell_holds_studies_and_reports_until_it_has(place, people):
    made = followed.roll_out(place.commune)
    one = followed.given(made, place.village)
    (hold,) = due(place, "held")
    assert (hold.due, hold.unit_id, hold.action) == (
        date(2018, 4, 30),
        place.village.pk,
        "Đưa vào chương trình",
    )
    followed.on_agenda(one, date(2018, 4, 25))
    assert due(place, "held")[0].action == "Xem nội dung"
    (study,) = due(place, "study")
    assert (study.due, study.detail) == (date(2018, 5, 15), "4 đồng chí chưa học; 0/4 đã học.")
    assert study.title.startswith("Chi bộ học ")
    reports = due(place, "report")
    assert [(x.due, x.key) for x in reports] == [
        (date(2018, 9, 1), f"guidance.report:{one.pk}:6"),
        (date(2019, 3, 1), f"guidance.report:{one.pk}:12"),
    ]
    followed.hold(one, date(2018, 4, 28))
    followed.report(one)
    for person in (people.member, people.deputy, people.secretary, people.village_secretary):
        followed.read(made.document, person, date(2018, 4, 25))
    assert len(due(place, "held")) == len(due(place, "study")) == 1
    later = date(2018, 9, 10)
    assert due(place, "held", on=later) == due(place, "study", on=later) == []
    assert [x.due for x in due(place, "report", on=later)] == [date(2019, 3, 1)]


def test_a_committee_has_one_line_a_document_for_all_cells_behind_with_study(place, people):
    made = followed.roll_out(place.commune)
    for cell in (place.village, place.school):
        followed.given(made, cell)
    followed.read(made.document, people.member, date(2018, 4, 2))
    (both,) = due(place, "study")
    assert (both.unit_id, both.unit_name, both.due) == (place.commune.pk, "2 chi bộ", date(2018, 5, 15))
    assert both.detail == "6 đồng chí chưa học; 1/7 đã học."
    (own_line,) = due(place, "study", units=[place.village])
    assert (own_line.unit_id, own_line.detail) == (place.village.pk, "3 đồng chí chưa học; 1/4 đã học.")


def test_a_cell_given_late_has_as_long_as_the_rule_gives(place):
    followed.given(followed.roll_out(place.commune), place.village, date(2018, 6, 1))
    (hold,) = due(place, "held", on=date(2018, 6, 2))
    assert hold.due == date(2018, 7, 31)


def test_what_was_closed_is_due_no_more(place):
    made = followed.roll_out(place.commune, state="closed", closed_on=date(2018, 6, 1))
    followed.given(made, place.village)
    assert due(place, "held", on=date(2018, 5, 31))
    after = date(2018, 6, 1)
    assert not any(due(place, name, on=after) for name in ("held", "study", "report", "variant", "lacking"))


# --- one person's part -----------------------------------------------------------------------------------------------
def test_a_member_has_to_study_until_it_was_read(place, people):
    made = followed.roll_out(place.commune)
    followed.given(made, place.village)
    (one,) = own(people.member, "own_study")
    assert (one.due, one.url) == (date(2018, 5, 15), f"/trien-khai/van-ban/{made.document_id}/")
    assert one.title.startswith("Tôi học ")
    assert own(people.standing, "own_study") == []
    followed.read(made.document, people.member, TODAY)
    assert own(people.member, "own_study") == []
    assert len(own(people.member, "own_study", on=date(2018, 4, 19))) == 1


# --- the year under the Directive ------------------------------------------------------------------------------------
def test_the_year_is_asked_of_units_under_a_theme_only(place, people):
    assert due(place, "directive") == []
    assert own(people.member, "own_directive") == []
    followed.theme(place.commune)
    on = date(2018, 1, 10)
    found = {one.unit_id: one for one in due(place, "directive", on=on)}
    assert {one.due for one in found.values()} == {date(2018, 1, 31)}
    assert found[place.village.pk].detail == "Chi bộ chưa đăng ký. 4 đồng chí chưa đăng ký."
    assert found[place.commune.pk].detail == "Cấp ủy chưa đăng ký."
    assert found[place.village.pk].rule.value.number == "05-CT/TW"


def test_each_step_of_the_year_goes_once_it_is_done(place, people):
    followed.theme(place.commune)
    village = (place.village,)
    followed.registration(place.village)
    mine = followed.registration(place.village, people.member)
    for person in (people.deputy, people.secretary, people.village_secretary):
        followed.registration(place.village, person, day=date(2018, 2, 5))
    assert (
        due(place, "directive", on=date(2018, 1, 31), units=village)[0].detail == "3 đồng chí chưa đăng ký."
    )
    (half,) = due(place, "directive", units=village)
    assert (half.due, half.key) == (date(2018, 7, 15), f"guidance.directive:{place.village.pk}:2018:midyear")
    assert half.detail.endswith("4 đồng chí chưa ghi kết quả giữa năm.")
    (end,) = due(place, "directive", on=date(2018, 11, 20), units=village)
    assert end.due == date(2018, 12, 10)
    assert [one.due for one in own(people.member, "own_directive")] == [date(2018, 7, 15)]
    mine.progress, mine.progress_at = "Đã làm", followed.moment(date(2018, 4, 10))
    mine.save()
    assert own(people.member, "own_directive") == []
    assert len(own(people.member, "own_directive", on=date(2018, 4, 9))) == 1
    assert [one.due for one in own(people.member, "own_directive", on=date(2018, 12, 1))] == [
        date(2018, 12, 10)
    ]


def test_a_committee_that_had_a_theme_is_asked_for_the_next(place):
    followed.theme(place.commune, 2017)
    (one,) = due(place, "theme")
    assert (one.due, one.unit_id) == (date(2018, 1, 31), place.commune.pk)
    followed.theme(place.commune)
    assert due(place, "theme") == []


# --- few queries -----------------------------------------------------------------------------------------------------
def test_sources_take_as_many_queries_for_many_cells_as_for_few(place, people):
    followed.theme(place.commune)
    made = followed.roll_out(place.commune)
    cells = [place.village]
    followed.given(made, place.village)

    def queries():
        ids = [place.commune.pk, *(cell.pk for cell in cells)]
        counts = {}
        for key, source in registry.sources().items():
            if key.startswith("guidance."):
                with CaptureQueriesContext(connection) as caught:
                    list(source(ids, on=TODAY, until=FAR))
                counts[key] = len(caught)
        for key, source in registry.personal_sources().items():
            if key.startswith("guidance."):
                with CaptureQueriesContext(connection) as caught:
                    list(source(people.member.pk, on=TODAY, until=FAR))
                counts[key] = len(caught)
        return counts

    queries()  # what the rulebook says of kinds of cell is read once and kept
    few = queries()
    for number in range(5):
        cell = make.unit(f"chi-bo-{number}", "cell", place.commune)
        make.members(cell, 3)
        other = followed.roll_out(place.commune, followed.document(place.commune, f"{number}-NQ/TW"))
        followed.given(made, cell)
        followed.given(other, cell)
        followed.given(other, place.village)
        cells.append(cell)
    assert queries() == few
    assert max(few.values()) <= 8
