"""The numbers of the roster: checked against counting one by one, and against the lists they open onto."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hatnhan.core import clock
from hatnhan.core.periods import Period, whole_years
from hatnhan.figures import registry
from hatnhan.organization import filters
from hatnhan.organization.models import Exemption, Membership, UnitAncestry, UnitVersion
from hatnhan.organization.selectors import roster
from hatnhan.organization.tests import make
from hatnhan.rulebook import remembered

TODAY = date(2026, 11, 23)
YEAR = Period.parse("2025")
#: Keys that the reports and the command rely on.
KEYS = {
    *(
        f"organization.members.{key}"
        for key in ("total", "official", "probationary", "exempt", "joined", "left")
    ),
    *(f"organization.members.sex.{key}" for key in ("male", "female")),
    *(f"organization.members.age.{key}" for key in ("up_to_30", "31_40", "41_50", "51_60", "over_60")),
    *(
        f"organization.members.party_years.{key}"
        for key in ("under_10", "10_19", "20_29", "30_39", "40_49", "50_up")
    ),
    *(
        f"organization.members.schooling.{key}"
        for key in ("primary", "lower_secondary", "upper_secondary", "unknown")
    ),
    *(
        f"organization.cells.{key}"
        for key in ("total", "village", "school", "health", "agency", "enterprise", "armed")
    ),
}


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def values(scope, period=YEAR):
    return {
        one.measure.key: one.measure.value for one in registry.compute(scope, period, prefix="organization.")
    }


def test_the_keys_are_those_that_were_promised(place):
    found = values(place.commune)
    by_cell = {"organization.members.by_cell.thon-chua", "organization.members.by_cell.truong-thcs"}
    assert set(found) == KEYS | by_cell


def test_cells_are_counted_by_the_kind_of_the_day(place):
    make.unit("tram-y-te", "cell", place.commune, "Chi bộ Trạm Y tế", "health", start=date(2026, 1, 1))
    UnitVersion.objects.filter(unit=place.school).update(end=date(2026, 2, 1))
    UnitVersion.objects.create(
        unit=place.school,
        parent=place.commune,
        name="Chi bộ Cơ quan",
        cell_kind="agency",
        start=date(2026, 2, 1),
    )
    before, after = values(place.commune), values(place.commune, Period.parse("2026-10"))
    kinds = ("total", "village", "school", "health", "agency")
    assert [before[f"organization.cells.{kind}"] for kind in kinds] == [2, 1, 1, 0, 0]
    assert [after[f"organization.cells.{kind}"] for kind in kinds] == [3, 1, 0, 1, 1]


def test_a_period_that_runs_is_measured_today_and_provisional(place):
    make.member(place.village, start=TODAY)
    make.member(place.village, start=TODAY + timedelta(days=1))
    running = registry.figure("organization.members.total", place.commune, Period.parse("2026"))
    over = registry.figure("organization.members.total", place.commune, Period.parse("2026-10"))
    assert (running.measure.value, running.measure.status) == (1, "provisional")
    assert (over.measure.value, over.measure.status) == (0, "final")
    assert running.measure.rows.query["ngay"] == "2026-11-23"


def test_moves_inside_are_neither_joining_nor_leaving(place):
    other = make.unit("xa-khac", "commune", place.province, "Đảng bộ xã khác")
    far = make.unit("thon-xa", "cell", other)
    inside, out, came = make.member(place.village), make.member(place.village), make.member(far)
    for member, to in ((inside, place.school), (out, far), (came, place.school)):
        Membership.objects.filter(member=member).update(end=date(2025, 5, 1), end_reason="transferred")
        Membership.objects.create(member=member, unit=to, start=date(2025, 5, 1), start_reason="transferred")
    gone = make.member(place.village)
    Membership.objects.filter(member=gone).update(end=date(2025, 12, 31), end_reason="died")
    make.member(place.village, start=date(2025, 2, 3))  # only recorded then
    admitted = make.member(place.village, start=date(2025, 2, 3))
    Membership.objects.filter(member=admitted).update(start_reason="admitted")

    def moved(scope):
        found = values(scope)
        return found["organization.members.joined"], found["organization.members.left"]

    assert moved(place.commune) == (2, 2)
    assert moved(place.village) == (1, 3)
    assert moved(place.school) == (2, 0)
    assert moved(place.province) == (1, 1)
    assert moved(other) == (1, 1)


# --- for all rosters
days = st.dates(date(2000, 1, 1), date(2026, 11, 23))
PERSON = st.fixed_dictionaries(
    {
        "born_on": st.none() | st.dates(date(1930, 1, 1), date(2005, 12, 31)),
        "born_year": st.integers(1930, 2005),
        "admitted_on": st.dates(date(1960, 1, 1), date(2025, 12, 31)),
        "probation": st.none() | st.integers(300, 500),
        "sex": st.sampled_from("MF"),
        "schooling": st.sampled_from(["", "primary", "lower_secondary", "upper_secondary"]),
        "cell": st.integers(0, 2),
        "start": days,
        "stays": st.none() | st.integers(1, 6000),
        "exempt": st.none() | days,
    }
)


def add(person, cells):
    born_on = person["born_on"]
    official = person["probation"] and person["admitted_on"] + timedelta(days=person["probation"])
    fields = {name: person[name] for name in ("admitted_on", "sex", "schooling")}
    fields |= {"born_on": born_on, "born_year": born_on.year if born_on else person["born_year"]}
    member = make.member(cells[person["cell"]], start=person["start"], official_on=official, **fields)
    if person["stays"]:
        end = person["start"] + timedelta(days=person["stays"])
        member.memberships.update(end=end, end_reason="left")
    if person["exempt"]:
        Exemption.objects.create(member=member, start=person["exempt"])
    return member


def counted(people, on):
    """Count one by one what the figures ask the tables for."""

    def age(one):
        return whole_years(one.born_on, on) if one.born_on else on.year - one.born_year

    def many(test):
        return sum(1 for one in people if test(one))

    ages = {
        "up_to_30": (0, 30),
        "31_40": (31, 40),
        "41_50": (41, 50),
        "51_60": (51, 60),
        "over_60": (61, 999),
    }
    years = {"under_10": (-99, 9), "10_19": (10, 19), "20_29": (20, 29), "30_39": (30, 39), "40_49": (40, 49)}
    years["50_up"] = (50, 999)
    found = {"total": len(people), "official": many(lambda m: m.is_official(on))}
    found["probationary"] = found["total"] - found["official"]
    found["exempt"] = many(lambda m: m.exemptions.on(on).exists())
    found |= {"sex.male": many(lambda m: m.sex == "M"), "sex.female": many(lambda m: m.sex == "F")}
    found |= {f"age.{k}": many(lambda m, a=a, b=b: a <= age(m) <= b) for k, (a, b) in ages.items()}
    found |= {
        f"party_years.{k}": many(lambda m, a=a, b=b: a <= m.years_in_party(on) <= b)
        for k, (a, b) in years.items()
    }
    for level in ("primary", "lower_secondary", "upper_secondary"):
        found[f"schooling.{level}"] = many(lambda m, level=level: m.schooling == level)
    found["schooling.unknown"] = many(lambda m: not m.schooling)
    return found


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PERSON, max_size=12), st.dates(date(2010, 2, 28), TODAY))
def test_every_figure_is_what_counting_one_by_one_gives(people, on):
    with transaction.atomic():
        check_figures(people, on)
        transaction.set_rollback(True)


def check_figures(people, on):
    province = make.unit("tinh", "province")
    commune = make.unit("xa", "commune", province)
    cells = [
        make.unit("mot", "cell", commune),
        make.unit("hai", "cell", commune),
        make.unit("ngoai", "cell", province),
    ]
    everybody = [add(person, cells) for person in people]
    there = [m for m in everybody if m.memberships.on(on).filter(unit__in=cells[:2]).exists()]
    found = values(commune, Period.parse(on.isoformat()))
    for key, value in counted(there, on).items():
        assert found[f"organization.members.{key}"] == value, key
    for cell in cells[:2]:
        own = [m for m in there if m.memberships.on(on).filter(unit=cell).exists()]
        assert found[f"organization.members.by_cell.{cell.code}"] == len(own)
    assert "organization.members.by_cell.ngoai" not in found
    ended = {m.pk for m in everybody if m.memberships.filter(end=on, unit__in=cells[:2]).exists()}
    assert found["organization.members.left"] == len(ended)
    assert not UnitAncestry.objects.filter(unit=commune, ancestor=cells[0]).exists()


def test_each_figure_equals_the_rows_it_opens_onto(place, people):
    make.member(
        place.school, born_year=1999, admitted_on=date(2025, 9, 2), official_on=None, schooling="primary"
    )
    excused = make.member(place.village, born_on=date(1960, 2, 29))
    Exemption.objects.create(member=excused, start=date(2020, 1, 1))
    came, gone = make.member(place.village, start=date(2025, 3, 1)), make.member(place.village)
    Membership.objects.filter(member=came).update(start_reason="arrived")
    Membership.objects.filter(member=gone).update(end=date(2025, 12, 31), end_reason="left")
    seen = 0
    for one in registry.compute(place.commune, YEAR, prefix="organization.members"):
        query = QueryDict(mutable=True)
        query.update(one.measure.rows.query)
        assert one.measure.rows.url_name == "organization:members"
        view = roster.roster_for(people.secretary.user, place.commune, date.fromisoformat(query["ngay"]))
        assert roster.find(view, filters.read(query)).count == one.measure.value, one.measure.key
        seen += one.measure.value > 0
    assert seen > 15


def test_the_number_of_queries_does_not_grow_with_the_roster(place):
    def queries():
        remembered.forget()  # as at the start of each request
        with CaptureQueriesContext(connection) as caught:
            values(place.commune)
        return len(caught)

    make.members(place.village, 4)
    few = queries()
    make.members(place.village, 40)
    for number in range(4):
        make.members(make.unit(f"them-{number}", "cell", place.commune), 2)
    assert queries() == few == 6
