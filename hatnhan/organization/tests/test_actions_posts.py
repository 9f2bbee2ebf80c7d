"""Posts, terms and badges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hatnhan import rulebook
from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.actions import badges, positions, terms
from hatnhan.organization.models import Position
from hatnhan.organization.tests import make
from hatnhan.rulebook import topics

TODAY = date(2026, 11, 23)
D = date(2025, 6, 1)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def signed(by=MACHINE):
    return {"by": by, "at": clock.now()}


def broken(code, field=None):
    return pytest.raises(RuleBroken, check=lambda error: error.code == code and field in {None, error.field})


def appoint(member, unit, post="secretary", start=D, by=MACHINE, **fields):
    return positions.appoint(
        **signed(by), member=member, unit=unit, post=post, start=start, decision_no="3-QĐ/ĐU", **fields
    )


def open_term(unit, start=date(2025, 5, 1), end=date(2030, 5, 1)):
    return terms.open_term(**signed(), unit=unit, name="Nhiệm kỳ 2025–2030", start=start, end=end)


def test_a_post_is_held_in_the_term_that_runs(place):
    term = open_term(place.village)
    position = appoint(make.member(place.village), place.village)
    assert position.term == term
    assert Entry.objects.first().details["post"] == "secretary"


def test_a_single_post_has_one_holder_on_a_day(place):
    first, second = make.members(place.village, 2)
    held = appoint(first, place.village)
    with broken("post_taken", "post") as caught:
        appoint(second, place.village)
    assert first.full_name in caught.value.message
    with broken("already_held", "post"):
        appoint(first, place.village, start=TODAY)
    positions.end_position(**signed(), position=held, end=TODAY, reason="Nghỉ hưu")
    appoint(second, place.village, start=TODAY)
    appoint(first, place.village, "deputy", start=TODAY)
    appoint(make.member(place.village), place.village, "deputy", start=TODAY)
    assert Position.objects.on(TODAY).filter(post="deputy").count() == 2


def test_the_holder_is_an_official_member_of_the_unit_on_that_day(place):
    probationer = make.member(place.village, official_on=date(2025, 6, 2))
    with broken("not_official", "member"):
        appoint(probationer, place.village)
    appoint(probationer, place.village, start=date(2025, 6, 2))
    with broken("not_in_unit", "member"):
        appoint(make.member(place.village), place.school)
    with broken("not_in_unit", "member"):
        appoint(make.member(place.village, start=TODAY), place.commune)
    assert appoint(make.member(place.school), place.commune).unit == place.commune


@pytest.mark.parametrize(
    ("post", "start", "code"),
    [
        ("standing_member", D, "post"),
        ("king", D, "post"),
        ("secretary", TODAY + timedelta(days=1), "future"),
        ("secretary", date(2009, 1, 1), "before_founding"),
    ],
)
def test_a_post_that_cannot_be_is_refused(place, post, start, code):
    with broken(code):
        appoint(make.member(place.village), place.village, post, start)


def test_the_term_named_is_the_units_and_runs_that_day(place):
    term = open_term(place.school)
    with broken("term", "term"):
        appoint(make.member(place.village), place.village, term=term)
    with broken("term", "term"):
        appoint(make.member(place.school), place.school, term=term, start=date(2025, 4, 30))


def test_only_the_committee_gives_posts(place, people):
    for person in (people.village_secretary, people.inspector):
        with pytest.raises(Denied):
            appoint(people.member, place.village, "deputy", by=person.user)
    appoint(people.member, place.village, "deputy", by=people.secretary.user)


def test_a_post_ends_once_after_it_began(place):
    held = appoint(make.member(place.village), place.village)
    for end, reason, code in ((D, "Nghỉ", "end_before_start"), (TODAY, " ", "reason_missing")):
        with broken(code):
            positions.end_position(**signed(), position=held, end=end, reason=reason)
    with broken("future", "end"):
        positions.end_position(**signed(), position=held, end=TODAY + timedelta(days=2), reason="Nghỉ")
    positions.end_position(**signed(), position=held, end=TODAY, reason="Nghỉ")
    with broken("already_done"):
        positions.end_position(**signed(), position=held, end=TODAY, reason="Nghỉ")


def test_terms_of_a_unit_do_not_overlap(place):
    open_term(place.village)
    with broken("term_overlaps", "start"):
        open_term(place.village, date(2024, 1, 1), date(2025, 5, 2))
    with broken("end_before_start", "end"):
        open_term(place.village, date(2024, 1, 1), date(2024, 1, 1))
    open_term(place.village, date(2024, 1, 1), date(2025, 5, 1))
    open_term(place.school)


# --- badges
def award(member, years, awarded_on):
    return badges.award_badge(
        **signed(), member=member, years=years, awarded_on=awarded_on, decision_no="8-QĐ/TU"
    )


def test_a_badge_is_awarded_once_the_years_are_full(place):
    member = make.member(place.village, admitted_on=date(1990, 5, 20))
    with broken("not_reached", "years") as caught:
        award(member, 30, date(2020, 5, 19))
    assert "5.4" in caught.value.citation
    award(member, 30, date(2020, 9, 2))
    with broken("already_awarded", "years"):
        award(member, 30, date(2020, 11, 7))
    assert Entry.objects.get().details["rule"] == "organization.badges@2011-01-19"


def test_the_levels_are_those_of_the_day(place):
    member = make.member(place.village, admitted_on=date(1985, 1, 1))
    with broken("no_such_badge", "years") as caught:
        award(member, 35, date(2026, 2, 3))
    assert caught.value.citation
    assert award(member, 35, date(2026, 9, 2)).years == 35
    with broken("future", "awarded_on"):
        award(member, 40, date(2027, 2, 3))


@pytest.mark.parametrize(
    ("day", "levels"),
    [
        (date(2018, 11, 7), [30, *range(40, 91, 5)]),
        (date(2026, 9, 2), list(range(30, 96, 5))),
    ],
)
def test_the_levels_are_thirty_forty_then_every_five_years_and_later_every_five(place, day, levels):
    rule = rulebook.at(topics.Badges, on=day, unit=place.village)
    assert list(rule.value.years) == levels
    assert list(rule.value.rounds) == ["03-02", "19-05", "02-09", "07-11"]
