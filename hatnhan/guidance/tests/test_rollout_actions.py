"""Planning, core, variants, approval; what cells are given; what they add and report."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hatnhan.assignments import matters, origins
from hatnhan.assignments.models import Task
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.guidance.actions import approval, cells, giving, planning, variants
from hatnhan.guidance.actions.variants import PointData
from hatnhan.guidance.models import CellRollOut, PointTask, RollOut, Variant
from hatnhan.guidance.tests import rolled
from hatnhan.meetings.actions.agenda import ItemData, set_agenda
from hatnhan.meetings.models import AgendaItem
from hatnhan.organization.actions import units
from hatnhan.organization.tests import make

pytestmark = pytest.mark.django_db
LATER = clock.at(rolled.DAY + timedelta(days=30), 9)


@pytest.fixture(autouse=True)
def _on_the_day():
    with clock.fixed(rolled.NOW):
        yield


@pytest.fixture
def secretary(people):
    return people.secretary.user


@pytest.fixture
def head(people):
    return people.village_secretary.user


def given_to(roll_out, cell):
    return CellRollOut.objects.select_related("roll_out__unit", "cell").get(roll_out=roll_out, cell=cell)


def broken(code, action, **values):
    with pytest.raises(RuleBroken) as error:
        action(**{"at": rolled.NOW} | values)
    assert error.value.code == code
    if (made := values.get("roll_out") or getattr(values.get("point"), "roll_out", None)) is not None:
        made.refresh_from_db()  # what was refused had counted one more version
    return error.value


def test_a_plan_written_meanwhile_is_not_written_over_nor_approved(place, people, secretary):
    made = rolled.whole(place, people)
    stale = [RollOut.objects.get(pk=made.pk) for _each in range(3)]
    rolled.write(made, secretary, "school", intro="Với trường học:")
    known = {"by": secretary, "cell_kind": "school", "intro": "Khác", "said": {}, "own": []}
    broken("changed_meanwhile", variants.write_variant, roll_out=stale[0], **known)
    broken("changed_meanwhile", planning.edit_plan, by=secretary, roll_out=stale[1], data=rolled.plan_data())
    number = {"by": secretary, "decision_no": "15-KH/ĐU"}
    broken("changed_meanwhile", approval.approve_roll_out, roll_out=stale[2], **number)
    assert Variant.objects.get(cell_kind="school").intro == "Với trường học:"
    approval.approve_roll_out(at=rolled.NOW, roll_out=made, **number)


# --- the plan ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"held_by": date(2026, 3, 19)}, "days_order", "held_by"),
        ({"study_by": date(2026, 3, 19)}, "days_order", "study_by"),
        ({"done_by": date(2026, 4, 29), "study_by": date(2026, 4, 1)}, "days_order", "done_by"),
        ({"study_by": date(2027, 1, 1)}, "study_after_done", "study_by"),
        ({"approve_by": date(2026, 1, 1)}, "before_document", "approve_by"),
        ({"asks": "  "}, "asks_missing", "asks"),
    ],
)
def test_a_plan_whose_parts_do_not_fit_is_refused_beside_its_field(place, secretary, changed, code, field):
    error = broken(
        code,
        planning.plan_roll_out,
        by=secretary,
        unit=place.commune,
        document=rolled.document(place.commune),
        data=rolled.plan_data(**changed),
    )
    assert error.field == field
    assert not RollOut.objects.exists()


def test_all_days_of_a_plan_may_be_one_day(place, people):
    day = date(2026, 3, 20)
    made = rolled.planned(place, people, core=(), approve_by=day, held_by=day, study_by=day, done_by=day)
    assert made.state == "draft"


def test_a_second_roll_out_of_the_same_document_is_told_where_the_first_is(place, people, secretary):
    made = rolled.planned(place, people)
    plan = {"by": secretary, "unit": place.commune, "data": rolled.plan_data()}
    error = broken("twice", planning.plan_roll_out, document=made.document, **plan)
    assert "2/3/2026" in error.message
    assert "đang soạn" in error.message
    same_number = rolled.document(place.commune, issued_on=date(2026, 2, 3))
    planning.plan_roll_out(at=rolled.NOW, document=same_number, **plan)
    assert RollOut.objects.count() == 2


def test_a_committee_plans_for_documents_of_its_line_and_a_cell_for_none(place, people, secretary):
    elsewhere = make.unit("xa-khac", "commune", place.province)
    plan = {"by": secretary, "data": rolled.plan_data()}
    document = rolled.document(elsewhere)
    broken("another_unit", planning.plan_roll_out, unit=place.commune, document=document, **plan)
    own = rolled.document(place.province, "5-NQ/TU")
    broken("not_a_committee", planning.plan_roll_out, unit=place.village, document=own, **plan)
    planning.plan_roll_out(at=rolled.NOW, unit=place.commune, document=own, **plan)
    stranger = make.member(make.unit("chi-bo-la", "cell", elsewhere))
    other = rolled.document(place.province, "6-NQ/TU")
    values = {
        "by": secretary,
        "unit": place.commune,
        "document": other,
        "data": rolled.plan_data(lead=stranger),
    }
    assert broken("lead", planning.plan_roll_out, **values).field == "lead"


@pytest.mark.parametrize("role", ["village_secretary", "standing", "inspector", "member"])
def test_only_who_keeps_the_committee_plans_and_approves(place, people, role):
    made, user = rolled.whole(place, people), getattr(people, role).user
    signed = {"by": user, "at": rolled.NOW}
    with pytest.raises(Denied):
        planning.edit_plan(**signed, roll_out=made, data=rolled.plan_data())
    with pytest.raises(Denied):
        variants.add_core(**signed, roll_out=made, data=PointData("Thêm"))
    with pytest.raises(Denied):
        rolled.write(made, user, "village")
    with pytest.raises(Denied):
        approval.approve_roll_out(**signed, roll_out=made, decision_no="1-KH/ĐU")


def test_a_plan_is_changed_and_dropped_only_while_it_is_written(place, people, secretary):
    made = rolled.whole(place, people)
    data = rolled.plan_data(lead=people.deputy, done_by=rolled.DUE)
    planning.edit_plan(by=secretary, at=rolled.NOW, roll_out=made, data=data)
    early = rolled.plan_data(done_by=date(2026, 6, 1))
    error = broken("due_after_done", planning.edit_plan, by=secretary, roll_out=made, data=early)
    assert error.field == "done_by"
    approval.approve_roll_out(by=secretary, at=rolled.NOW, roll_out=made, decision_no="15-KH/ĐU")
    broken("approved", planning.edit_plan, by=secretary, roll_out=made, data=data)
    broken("approved", planning.drop_plan, by=secretary, roll_out=made)
    other = rolled.whole(place, people, "13-NQ/TW")
    planning.drop_plan(by=secretary, at=rolled.NOW, roll_out=other)
    assert not Variant.objects.filter(roll_out__document__number="13-NQ/TW").exists()


# --- the core and the variants ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("point", "code", "field"),
    [
        (PointData(" "), "text_missing", "text-2"),
        (PointData("Việc", task=True), "due_missing", "due-2"),
        (PointData("Việc", task=True, due=date(2027, 1, 1)), "due_after_done", "due-2"),
        (PointData("x" * 2001), "too_long", "text-2"),
    ],
)
def test_a_core_with_a_bad_point_changes_nothing(place, people, secretary, point, code, field):
    made = rolled.planned(place, people)
    points = [PointData("Một"), point]
    error = broken(code, variants.set_core, by=secretary, roll_out=made, points=points)
    assert error.field == field
    assert [one.text for one in made.core.all()] == [one.text for one in rolled.CORE]


def test_a_variant_cannot_be_without_core(place, people, secretary):
    made = rolled.planned(place, people, core=())
    broken("core_missing", variants.set_core, by=secretary, roll_out=made, points=[])
    values = {"by": secretary, "roll_out": made, "cell_kind": "village", "intro": "", "said": {}, "own": []}
    broken("core_missing", variants.write_variant, **values)
    point = variants.add_core(by=secretary, at=rolled.NOW, roll_out=made, data=PointData("Một"))
    rolled.write(made, secretary, "village")
    broken("core_missing", variants.remove_core, by=secretary, point=point)
    broken("variants_exist", variants.set_core, by=secretary, roll_out=made, points=rolled.CORE)
    broken("core_unknown", variants.write_variant, **values | {"said": {0: ("Lạ", None)}})
    broken("cell_kind", variants.write_variant, **values | {"cell_kind": "khong-co"})


def test_every_variant_holds_the_whole_core_whatever_happens_to_it(place, people, secretary):
    made = rolled.whole(place, people)
    signed = {"by": secretary, "at": rolled.NOW}
    third = variants.add_core(**signed, roll_out=made, data=PointData("Ba"))
    variants.shift_core(**signed, point=third, places=-5)
    variants.edit_core(**signed, point=third, data=PointData("Ba mới"))
    core = list(made.core.values_list("pk", flat=True))
    assert core[0] == third.pk
    for variant in made.variants.all():
        said = variant.points.filter(core__isnull=False)
        assert list(said.values_list("core_id", flat=True)) == core
    variants.remove_core(**signed, point=third)
    village = made.variants.get(cell_kind="village")
    assert [one.words for one in village.points.select_related("core")] == [
        "Phổ biến tới từng hộ trong thôn",
        rolled.CORE[1].text,
        "Lắp mã QR ở nhà văn hóa thôn",
    ]


def test_a_variant_written_again_takes_the_place_of_the_old_one(place, people, secretary):
    made = rolled.whole(place, people)
    first = made.core.first()
    again = rolled.write(
        made, secretary, "village", {first.pk: (first.text, date(2026, 5, 1))}, intro="Lời dẫn"
    )
    assert again.version == 2
    assert [one.text for one in again.points.all()] == ["", ""]
    assert again.points.first().due is None


# --- approval and giving ----------------------------------------------------------------------------------------------
def test_approval_needs_a_core_a_variant_for_each_kind_and_days_ahead(place, people, secretary):
    approve = {"by": secretary, "decision_no": "15-KH/ĐU"}
    empty = rolled.planned(place, people, "1-NQ/TW", core=())
    broken("core_missing", approval.approve_roll_out, roll_out=empty, **approve)
    half = rolled.planned(place, people, "2-NQ/TW")
    rolled.write(half, secretary, "village")
    error = broken("kinds_missing", approval.approve_roll_out, roll_out=half, **approve)
    assert "Trường học" in error.message
    assert "Thôn" not in error.message
    full = rolled.whole(place, people)
    broken("decision_missing", approval.approve_roll_out, roll_out=full, by=secretary, decision_no=" ")
    with clock.fixed(clock.at(date(2026, 7, 1), 9)):
        broken("due_passed", approval.approve_roll_out, roll_out=full, at=clock.now(), **approve)
    assert not CellRollOut.objects.exists()
    assert set(RollOut.objects.values_list("state", flat=True)) == {"draft"}
    approval.approve_roll_out(at=rolled.NOW, roll_out=full, **approve)
    broken("already_done", approval.approve_roll_out, roll_out=full, **approve)


def test_every_cell_is_given_its_variant_its_tasks_and_a_place_on_its_agenda(place, people):
    meeting = rolled.monthly(place.village)
    rolled.monthly(place.village, date(2026, 5, 3))
    rolled.monthly(place.school, date(2026, 2, 3), "invited")
    made = rolled.approved(place, people)
    village, school = given_to(made, place.village), given_to(made, place.school)
    assert (village.variant.cell_kind, school.variant.cell_kind) == ("village", "school")
    assert village.agenda_item.meeting == meeting
    assert village.agenda_item.matter == f"guidance.roll_out:{made.pk}"
    assert "Phổ biến tới từng hộ" in village.agenda_item.detail
    assert school.agenda_item.meeting is None
    assert school.agenda_item.series.unit == place.school
    tasks = Task.objects.filter(owner_unit=place.village).order_by("pk")
    assert [one.title for one in tasks] == [rolled.CORE[1].text, "Lắp mã QR ở nhà văn hóa thôn"]
    assert {(one.unit, one.owner_body, one.due) for one in tasks} == {(place.commune, "members", rolled.DUE)}
    assert Task.objects.filter(owner_unit=place.school).count() == 1
    assert "12-NQ/TW" in origins.of([tasks[0].pk])[tasks[0].pk].label
    entry = Entry.objects.filter(action="guidance:roll_out:approve").get()
    assert entry.details["tasks"] == 3


def test_giving_costs_the_same_for_few_cells_and_many(place, people, django_assert_max_num_queries):
    for number in range(16):
        rolled.monthly(make.unit(f"thon-{number}", "cell", place.commune))
    made = rolled.whole(place, people)
    with django_assert_max_num_queries(48):
        approval.approve_roll_out(
            by=people.secretary.user, at=rolled.NOW, roll_out=made, decision_no="15-KH/ĐU"
        )
    assert CellRollOut.objects.exclude(agenda_item=None).count() == 16
    assert Task.objects.count() == 17 * 2 + 1


def test_a_roll_out_presses_a_cell_until_it_stood_on_an_agenda(place, people, secretary, head):
    made = rolled.approved(place, people)
    pressing = [one for one in matters.pressing(place.village, rolled.DAY) if one.key.startswith("guidance")]
    assert [one.key for one in pressing] == [f"guidance.roll_out:{made.pk}"]
    meeting = rolled.monthly(place.village)
    data = ItemData(title=pressing[0].title, matter=pressing[0].key)
    set_agenda(by=head, at=rolled.NOW, meeting=meeting, items=[data])
    again = matters.pressing(place.village, rolled.DAY)
    assert not [one for one in again if one.key.startswith("guidance")]


def test_giving_again_gives_nothing_twice(place, people, secretary):
    rolled.monthly(place.village)
    made = rolled.approved(place, people)
    before = (Task.objects.count(), AgendaItem.objects.count(), Entry.objects.count())
    both = [place.village, place.school]
    rows = giving.give_cells(by=secretary, at=LATER, roll_out=made, cells=both, on=rolled.DAY)
    assert len(rows) == 2
    assert (Task.objects.count(), AgendaItem.objects.count(), Entry.objects.count()) == before


# --- cells that come and change ---------------------------------------------------------------------------------------
def found(place, by, code, kind, at):
    return units.create_unit(
        by=by, at=at, code=code, level="cell", name=f"Chi bộ {code}", cell_kind=kind, parent=place.commune,
        on=rolled.DAY, decision_no="1-QĐ/ĐU",
    )  # fmt: skip


def test_a_new_cell_is_given_what_runs_and_one_of_a_kind_without_variant_reads_the_core(
    place, people, secretary
):
    made, closed = rolled.approved(place, people), rolled.approved(place, people, "13-NQ/TW")
    rolled.whole(place, people, "14-NQ/TW")
    approval.close_roll_out(by=secretary, at=rolled.NOW, roll_out=closed, note="Đã xong")
    village = found(place, secretary, "thon-moi", "village", rolled.NOW)
    health = found(place, secretary, "tram-y-te", "health", rolled.NOW)
    assert list(CellRollOut.objects.filter(cell=village).values_list("roll_out", flat=True)) == [made.pk]
    assert Task.objects.filter(owner_unit=village).count() == 2
    assert given_to(made, health).variant is None
    assert PointTask.objects.get(given__cell=health).core is not None
    own = [PointData("Khám cho người cao tuổi", task=True, due=rolled.DUE)]
    rolled.write(made, secretary, "health", own=own)
    assert given_to(made, health).variant.cell_kind == "health"
    assert [one.title for one in Task.objects.filter(owner_unit=health).order_by("pk")] == [
        rolled.CORE[1].text,
        "Khám cho người cao tuổi",
    ]
    values = {"by": secretary, "roll_out": made, "cell_kind": "health", "intro": "", "said": {}, "own": []}
    broken("approved", variants.write_variant, **values)


def test_a_cell_that_comes_when_the_day_has_passed_has_until_the_plan_ends(place, people, secretary):
    rolled.approved(place, people)
    with clock.fixed(clock.at(date(2026, 8, 1), 9)):
        late = found(place, secretary, "thon-moi", "village", clock.now())
    assert set(Task.objects.filter(owner_unit=late).values_list("due", flat=True)) == {date(2026, 12, 31)}
    with clock.fixed(clock.at(date(2027, 2, 1), 9)):
        later = found(place, secretary, "thon-nua", "village", clock.now())
    assert set(Task.objects.filter(owner_unit=later).values_list("due", flat=True)) == {date(2027, 4, 2)}


def test_a_cell_of_another_kind_gets_what_it_lacks_and_keeps_what_it_has(place, people, secretary):
    made = rolled.approved(place, people)
    units.change_cell_kind(
        by=secretary,
        at=rolled.NOW,
        unit=place.school,
        cell_kind="village",
        on=rolled.DAY,
        decision_no="2-QĐ/ĐU",
    )
    given = given_to(made, place.school)
    assert given.variant.cell_kind == "village"
    assert [one.title for one in Task.objects.filter(owner_unit=place.school).order_by("pk")] == [
        rolled.CORE[1].text,
        "Lắp mã QR ở nhà văn hóa thôn",
    ]


def test_a_cell_that_moves_away_or_ends_leaves_and_one_that_comes_back_goes_on(place, people, secretary):
    made = rolled.approved(place, people)
    other = make.unit("xa-khac", "commune", place.province)
    make.post(people.secretary, other)
    move = {
        "by": type(secretary).objects.get(pk=secretary.pk),
        "at": rolled.NOW,
        "unit": place.school,
        "on": rolled.DAY,
        "decision_no": "3-QĐ/TU",
    }
    units.move_unit(**move, parent=other)
    assert given_to(made, place.school).left_on == rolled.DAY
    units.move_unit(**move, parent=place.commune)
    assert given_to(made, place.school).left_on is None
    gone = found(place, secretary, "thon-moi", "village", rolled.NOW)
    with clock.fixed(LATER):
        end = LATER.date()
        units.dissolve_unit(by=secretary, at=LATER, unit=gone, successor=None, on=end, decision_no="4-QĐ/ĐU")
    assert given_to(made, gone).left_on == end


# --- the cell's own ---------------------------------------------------------------------------------------------------
def test_a_cell_adds_points_and_takes_off_those_that_are_no_tasks(place, people, head):
    given = given_to(rolled.approved(place, people), place.village)
    points = [PointData("Tổ công nghệ thôn"), PointData("Dạy bà con", task=True, due=date(2026, 5, 1))]
    plain, task = cells.add_own_points(by=head, at=rolled.NOW, given=given, points=points)
    assert task.tasks.get().task.unit == place.village
    cells.remove_own_point(by=head, at=rolled.NOW, point=plain)
    broken("is_task", cells.remove_own_point, by=head, point=task)
    broken("points_missing", cells.add_own_points, by=head, given=given, points=[])
    past = [PointData("Việc", task=True, due=date(2026, 3, 1))]
    error = broken("due_before_given", cells.add_own_points, by=head, given=given, points=past)
    assert error.field == "due-1"
    with pytest.raises(Denied):
        cells.add_own_points(by=people.member.user, at=rolled.NOW, given=given, points=points)
    with pytest.raises(Denied):
        cells.add_own_points(by=people.school_secretary.user, at=rolled.NOW, given=given, points=points)


def test_a_cell_reports_once_a_term_and_as_often_as_it_likes_between(place, people, secretary, head):
    made = rolled.approved(place, people)
    given = given_to(made, place.village)
    report = {"by": head, "given": given, "results": "Đã phổ biến tới 120 hộ."}
    for months in (0, 0, 6):
        cells.report_results(at=rolled.NOW, months=months, **report)
    assert broken("reported", cells.report_results, months=6, **report).field == "months"
    broken("months", cells.report_results, months=7, **report)
    broken("results_missing", cells.report_results, months=12, **report | {"results": ""})
    future = rolled.DAY + timedelta(days=1)
    broken("future", cells.report_results, months=12, reported_on=future, **report)
    early = rolled.DAY - timedelta(days=1)
    broken("before_given", cells.report_results, months=12, reported_on=early, **report)
    with pytest.raises(Denied):
        cells.report_results(**report | {"by": people.member.user}, at=rolled.NOW, months=0)
    approval.close_roll_out(by=secretary, at=rolled.NOW, roll_out=made, note="Đã tổng kết")
    broken("closed", cells.report_results, months=12, **report)
    broken("closed", cells.add_own_points, by=head, given=given, points=[PointData("Thêm")])
    broken("already_done", approval.close_roll_out, by=secretary, roll_out=made, note="Đã tổng kết")
