"""Caps: live while grades are chosen, never exceeded by what is committed; whatever is tried, in whatever order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hatnhan.accounts.actors import MACHINE
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.tests import make as places
from hatnhan.reviews.actions.caps import raise_cap
from hatnhan.reviews.actions.regrading import regrade
from hatnhan.reviews.models import Entry, Grade
from hatnhan.reviews.selectors import assessed
from hatnhan.reviews.selectors.caps import cap_uses, over
from hatnhan.reviews.tests import graded, make

pytestmark = pytest.mark.django_db
RAISE = {"paper_no": "15-QĐ/TU", "on": date(2026, 12, 20), "reason": "Dẫn đầu tỉnh"}


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(graded.NOW):
        yield


@pytest.fixture
def cycle(place, people):
    places.members(place.village, 9)
    made = graded.cycle(place.commune)
    Entry.objects.filter(cycle=made).members().update(group="outside")
    graded.collectives_decided(made)
    return made


def used(cycle, group, using="decided", **more):
    uses = cap_uses(cycle, using, **more)
    return next(one for one in uses if one.cap.of == "member" and one.group == group)


def test_uses_are_counted_over_the_whole_cycle_with_what_is_being_chosen(cycle):
    rows = graded.members(cycle)
    assert (used(cycle, "outside").used, used(cycle, "outside").limit) == (0, 0)
    proposed = used(cycle, "outside", "proposed")
    assert (proposed.base, proposed.limit) == (len(rows), len(rows) * 20 // 100)
    best = {row.pk: "xs" for row in rows[:4]}
    with CaptureQueriesContext(
        connection,
    ) as queries:
        live = cap_uses(cycle, "best known", replacing=best)
    assert len(queries) <= 2
    use = next(one for one in live if one.cap.of == "member" and one.group == "outside")
    assert (use.used, use.base, use.over) == (4, len(rows) - 4, True)
    [told] = over(cycle, live, "best known", replacing=best)
    names = [one.member.sort_key for one in told.entries]
    assert names == sorted(names)
    assert {one.pk for one in told.entries} == set(best)
    assert over(cycle, cap_uses(cycle, "decided"), "decided") == ()


def test_a_decision_over_the_cap_names_group_limit_and_people(cycle):
    rows = graded.members(cycle)
    limit = (len(rows) - 2) * 20 // 100
    grades = {row: "xs" if place <= limit else "t" for place, row in enumerate(rows)}
    with pytest.raises(RuleBroken) as told:
        graded.decide(cycle, grades)
    assert told.value.code == "over_cap"
    assert f"chỉ được {limit}" in told.value.message
    assert rows[0].member.full_name in told.value.message
    assert not Entry.objects.filter(cycle=cycle, state="decided").members().exists()
    graded.decide(cycle, {row: "xs" if place < limit else "t" for place, row in enumerate(rows)})
    assert used(cycle, "outside").used == limit


def test_a_cap_is_raised_by_a_paper_within_the_law(cycle, people):
    told = {"at": graded.NOW, "cycle": cycle, "cap": "member", "group": "outside", **RAISE}
    with pytest.raises(Denied):
        raise_cap(by=people.member.user, percent=Decimal(25), **told)
    for percent in (20, 26):
        with pytest.raises(RuleBroken, match="25"):
            raise_cap(by=people.secretary.user, percent=Decimal(percent), **told)
    raise_cap(by=people.secretary.user, percent=Decimal(25), **told)
    rows = graded.members(cycle)
    best = len(rows) // 5
    graded.decide(cycle, {row: "xs" if place < best else "t" for place, row in enumerate(rows)})
    assert used(cycle, "outside").percent == 25
    assert not used(cycle, "outside").over
    with pytest.raises(RuleBroken) as refused:
        raise_cap(by=people.secretary.user, percent=Decimal(21), **told)
    assert refused.value.code == "over_cap"


@pytest.fixture
def all_open(monkeypatch):
    """Let the conditions open every grade, so that nothing but caps stands in the way."""
    told = assessed.assessed

    def opened(entries):
        return {
            pk: replace(one, assessment=replace(one.assessment, allowed=Grade.values))
            for pk, one in told(entries).items()
        }

    monkeypatch.setattr(assessed, "assessed", opened)


STEP = st.lists(st.tuples(st.integers(0, 15), st.sampled_from(Grade.values)), min_size=1, max_size=16)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=4))
def test_no_committed_set_of_decisions_exceeds_its_cap(cycle, all_open, steps):
    with transaction.atomic():
        for number, chosen in enumerate(steps):
            _try(cycle, number, dict(chosen))
            assert not [one for one in cap_uses(cycle, "decided") if one.over]
        transaction.set_rollback(True)


def _try(cycle, number, chosen):
    """Decide on those not decided yet, then give the others another grade; refusals leave no trace."""
    rows = graded.members(cycle)
    wanted = {row: chosen[place] for place, row in enumerate(rows) if place in chosen}
    fresh = {row: grade for row, grade in wanted.items() if row.state == Entry.State.APPRAISED}
    refused = [_refused(graded.decide, cycle, fresh, number=f"{number}-QĐ/ĐU")]
    for row, grade in wanted.items():
        if row not in fresh:
            told = {"ground": "error", "reason": "Tính sai", "number": f"{number}-XLL", "signed_by": "Thông"}
            refused.append(_refused(regrade, by=MACHINE, at=graded.NOW, entry=row, new_grade=grade, **told))
    assert set(refused) <= {"", "over_cap", "nobody", "same_grade"}


def _refused(deed, *args, **kwargs):
    """Return the code with which a deed was refused, "" for one that was done."""
    try:
        with transaction.atomic():
            deed(*args, **kwargs)
    except RuleBroken as error:
        return error.code
    return ""


def test_an_excluded_person_is_never_graded(cycle):
    row = graded.members(cycle)[0]
    Entry.objects.filter(pk=row.pk).update(
        standing="left_out", standing_because="Miễn", proposed_grade="", appraised_grade=""
    )
    with pytest.raises(RuleBroken) as told:
        graded.draft(cycle, {make.entry(cycle, row.member): "t"})
    assert told.value.code == "state"
