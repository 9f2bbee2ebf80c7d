"""What the room hands up: deadlines, figures that equal the rows they open onto, and what presses a cell."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from hatnhan.assignments import filters, matters
from hatnhan.assignments.actions.charges import end_charge
from hatnhan.assignments.models import CellCharge, GroupCharge, Task
from hatnhan.assignments.selectors import charges, tasks
from hatnhan.assignments.tests import given
from hatnhan.core import clock
from hatnhan.core.periods import Period
from hatnhan.deadlines import registry as deadlines
from hatnhan.figures import registry
from hatnhan.organization.tests import make

pytestmark = pytest.mark.django_db
DAY = given.DAY
FAR = date(2018, 12, 31)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(DAY):
        yield


def due(place, source, on=DAY, units=None):
    ids = [unit.pk for unit in units or (place.commune, place.village, place.school)]
    return [one for one in deadlines.due(ids, on=on, until=FAR) if one.source == f"assignments.{source}"]


# --- deadlines
def test_open_tasks_are_due_in_the_unit_that_must_do_them(people, place):
    mine = given.task(people, place.commune, due=date(2017, 11, 25))
    body = {"owner_unit": place.village, "owner_body": "committee"}
    given.task(people, place.commune, "Việc chi ủy", **body)
    given.task(people, place.commune, "Việc xa", due=date(2019, 1, 1))
    found = due(place, "task")
    assert [(one.title, one.unit_id, one.about_id) for one in found] == [
        (mine.title, place.commune.pk, people.member.pk),
        ("Việc chi ủy", place.village.pk, None),
    ]
    assert found[0].key == f"assignments.task:{mine.pk}"
    Task.objects.filter(pk=mine.pk).update(state="done", done_on=DAY)
    assert len(due(place, "task")) == 1
    assert len(due(place, "task", on=DAY - timedelta(days=1))) == 0  # not given yet


def test_a_gap_is_due_on_the_day_on_which_it_began(people, place):
    made = given.charge(people, place)
    assert [(one.due, one.title) for one in due(place, "gap")] == [
        (date(2016, 1, 1), "Phân công người phụ trách Chi bộ Trường THCS")
    ]
    by = people.secretary.user
    end_charge(by=by, at=clock.now(), charge=made, end=date(2017, 11, 10), reason="Phân công lại")
    assert [one.due for one in due(place, "gap")] == [date(2016, 1, 1), date(2017, 11, 10)]
    assert [one.due for one in due(place, "gap", on=date(2017, 11, 9))] == [date(2016, 1, 1)]


def test_a_committee_that_shares_out_nothing_yet_is_told_of_groups_only(people, place):
    assert due(place, "gap") == []
    given.group(people, place, start=date(2017, 3, 1))
    assert [one.due for one in due(place, "gap")] == [date(2017, 3, 1)]


def test_a_cell_founded_later_counts_from_its_founding(people, place):
    given.charge(people, place)
    given.charge(people, place, people.deputy, place.school)
    make.unit("thon-moi", "cell", place.commune, "Chi bộ thôn Mới", start=date(2017, 5, 1))
    assert [one.due for one in due(place, "gap")] == [date(2017, 5, 1)]


def test_gaps_and_tasks_cost_the_same_however_many(people, place, django_assert_num_queries):
    given.charge(people, place)
    for number in range(6):
        make.unit(f"thon-{number}", "cell", place.commune)
        given.task(people, place.commune, f"Việc {number}")
        given.group(people, place, f"Nhóm {number}")
    with django_assert_num_queries(7):
        ids = [place.commune.pk, place.village.pk]
        list(deadlines.sources()["assignments.gap"](ids, on=DAY, until=FAR))
        list(deadlines.sources()["assignments.task"](ids, on=DAY, until=FAR))


def test_overdue_tasks_press_a_cell(people, place):
    late = given.task(people, place.village, due=date(2017, 11, 1), given_on=date(2017, 10, 1))
    given.task(people, place.village, "Còn hạn")
    found = matters.pressing(place.village, DAY)
    assert [one.key for one in found if one.key.startswith("assignments.")] == [f"assignments.task:{late.pk}"]
    assert "trễ 19 ngày" in next(one.detail for one in found if one.key.endswith(f":{late.pk}"))


# --- figures: each value equals the number of rows it opens onto
def measures(scope, period, prefix="assignments."):
    return {one.measure.key: one.measure for one in registry.compute(scope, period, prefix=prefix)}


def rows(people, place, measure):
    """Count the rows that a figure's link lists, as the page does."""
    query = QueryDict(mutable=True)
    query.update(measure.rows.query)
    on = date.fromisoformat(query["ngay"])
    scope = next(unit for unit in vars(place).values() if unit.code == query["don_vi"])
    if measure.rows.url_name == "assignments:unit":
        chosen = filters.read(query)
        whole = tasks.of_unit(people.secretary.user, scope, on, below=bool(chosen.duoi))
        return tasks.narrowed(whole, chosen, on).count()
    if query["muc"] == "nguoi":
        return sum(one.over for one in charges.people(scope, on, charges.load_rule(scope, on).value))
    lines = charges.cell_lines(scope, on) if query["muc"] == "chi-bo" else charges.group_lines(scope, on)
    return sum(line.empty for line in lines)


TASKS = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["commune", "village", "school"]),
        "owner_unit": st.sampled_from([None, "village", "school"]),
        "given": st.integers(0, 400),
        "length": st.integers(0, 60),
        "done": st.none() | st.integers(0, 90),
        "ended": st.none() | st.integers(0, 30),
        "withdrawn": st.booleans(),
    }
)


def lay(people, place, drawn):
    """Write a task of some history straight into the books, all of it before today."""
    given_on = DAY - timedelta(days=400 - drawn["given"])
    done_on = given_on + timedelta(days=drawn["done"]) if drawn["done"] is not None else None
    done_on = done_on if done_on and done_on <= DAY else None
    closed = (done_on or given_on) + timedelta(days=drawn["ended"]) if drawn["ended"] is not None else None
    closed = closed if closed and closed <= DAY and (done_on or drawn["withdrawn"]) else None
    state = (
        "withdrawn"
        if closed and drawn["withdrawn"]
        else "verified"
        if closed
        else "done"
        if done_on
        else "open"
    )
    body = (
        {"owner_unit": getattr(place, drawn["owner_unit"]), "owner_body": "committee"}
        if drawn["owner_unit"]
        else {}
    )
    Task.objects.create(
        unit=getattr(place, drawn["unit"]),
        title="Việc",
        given_on=given_on,
        due=given_on + timedelta(days=drawn["length"]),
        done_on=done_on,
        closed_on=closed,
        state=state,
        closed_reason="Thôi" if state == "withdrawn" else "",
        **(body or {"owner": people.member}),
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(st.lists(TASKS, min_size=1, max_size=12), st.sampled_from(["2017", "2017-11", "2017-Q1", "2016"]))
def test_every_figure_of_tasks_equals_its_rows(people, place, drawn, period):
    Task.objects.all().delete()
    for one in drawn:
        lay(people, place, one)
    for scope in (place.commune, place.village):
        found = measures(scope, Period.parse(period), "assignments.tasks")
        assert set(found) == {
            f"assignments.tasks.{key}" for key in ("given", "open", "late", "done", "done_on_time_share")
        }
        for measure in found.values():
            assert measure.rows_count == rows(people, place, measure), measure.key


def test_the_share_done_on_time_counts_only_what_was_due(people, place):
    early = date(2017, 10, 1)
    for due_on, done_on in ((date(2017, 11, 5), date(2017, 11, 5)), (date(2017, 11, 6), date(2017, 11, 9))):
        task = given.task(people, place.village, due=due_on, given_on=early)
        Task.objects.filter(pk=task.pk).update(state="done", done_on=done_on)
    given.task(people, place.village, due=date(2017, 11, 7), given_on=early)  # late
    given.task(people, place.village, due=DAY, given_on=early)  # its last day is not over
    found = measures(place.village, Period.parse("2017-11"), "assignments.tasks")
    share = found["assignments.tasks.done_on_time_share"]
    assert (share.value, share.numerator, share.denominator, share.status) == (33, 1, 3, "provisional")
    late = found["assignments.tasks.late"]
    assert late.value == 1


def test_coverage_equals_its_rows_and_is_of_committees(people, place):
    for number in range(4):
        cell = make.unit(f"thon-{number}", "cell", place.commune)
        given.charge(people, place, cell=cell)
    group = given.group(people, place)
    given.group(people, place, "Quốc phòng, an ninh")
    given.charge_group(people, place, group)
    found = measures(place.commune, Period.parse("2017-11"), "assignments.coverage")
    values = {key.rpartition(".")[2]: measure.value for key, measure in found.items()}
    assert values == {"cells_without": 2, "groups_without": 1, "people_over": 1}
    for measure in found.values():
        assert measure.value == rows(people, place, measure)
    assert measures(place.village, Period.parse("2017-11"), "assignments.coverage") == {}
    CellCharge.objects.all().delete()
    GroupCharge.objects.all().delete()
    assert measures(place.commune, Period.parse("2017-11"))["assignments.coverage.people_over"].value == 0
