"""Opening a cycle: the law kept, the days, the list, the meetings."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from hatnhan.audit.models import Entry as AuditEntry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.models import Body, Exemption, Post
from hatnhan.organization.tests import make
from hatnhan.reviews.actions.cycles import open_cycle
from hatnhan.reviews.models import Cycle, Entry, Sitting
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.tests import make as reviews

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november():
    with clock.fixed(AT):
        yield


def placed(sitting):
    rows = sitting.places.select_related("entry__member", "entry__unit")
    return [str(one.entry.member or one.entry.body or one.entry.subject) for one in rows]


def test_the_list_of_a_commune(place, people):
    Exemption.objects.create(member=people.member, start=date(2026, 3, 1), decision_no="1-NQ/CB")
    young = make.member(
        place.school, "Vũ Thị Lan", admitted_on=date(2026, 8, 1), official_on=None, start=date(2026, 8, 1)
    )
    cycle = open_cycle(by=people.secretary.user, at=AT, unit=place.commune, year=2026, plan_no="12-KH/ĐU")
    assert cycle.rules["reviews.regime"] == "reviews.regime@2025-08-30"
    assert reviews.entry(cycle, people.member).standing == Entry.Standing.LEFT_OUT
    assert "1/3/2026" in reviews.entry(cycle, people.member).standing_because
    assert reviews.entry(cycle, young).standing == Entry.Standing.LEFT_OUT
    assert reviews.entry(cycle, people.secretary).subject == Entry.Subject.LEADER
    assert reviews.entry(cycle, people.secretary).group == "lead_committee"
    assert reviews.entry(cycle, people.village_secretary).group == "lead_cell"
    assert reviews.entry(cycle, place.commune).subject == Entry.Subject.ORGANISATION
    assert reviews.entry(cycle, place.commune, Body.STANDING).group == "collective"
    assert cycle.steps.filter(key="self_review", of="cell").get().due.year == 2026
    record = AuditEntry.objects.get(action=Action.OPEN)
    assert (record.details["graded"], record.details["left_out"]) == (6, 2)


def test_kinds_of_members(place, people):
    plain = make.member(place.school, "Vũ Thị Lan")
    farmer = make.member(place.village, "Vũ Văn Nông")
    cycle = reviews.cycle(place.commune)
    assert reviews.entry(cycle, plain).subject == Entry.Subject.NON_LEADER
    assert reviews.entry(cycle, farmer).subject == Entry.Subject.OUTSIDE


def test_the_order_of_a_cell(place, people):
    deputy = make.member(place.village, "An Văn Phó")
    make.post(deputy, place.village, Post.DEPUTY)
    third = make.member(place.village, "An Văn Ba")
    make.post(third, place.village, Post.COMMITTEE_MEMBER)
    cycle = reviews.cycle(place.commune)
    sitting = reviews.sitting(cycle, place.village)
    assert placed(sitting) == [
        "committee",
        "Đỗ Văn Hải",
        "An Văn Phó",
        "An Văn Ba",
        "Tạ Thị Hiền",
        "Nguyễn Thị Hòa",
        "Phùng Minh Thông",
        "cell",
    ]
    proposes = dict(sitting.places.values_list("entry__member__full_name", "proposes"))
    assert not proposes["Phùng Minh Thông"], (
        "a leader of the commune is graded where the commune's leaders are"
    )
    assert proposes["Đỗ Văn Hải"]


def test_the_sittings_of_the_commune(place, people):
    other = make.member(place.school, "Bùi Văn Ủy")
    make.post(other, place.commune, Post.COMMITTEE_MEMBER)
    cycle = reviews.cycle(place.commune)
    standing = reviews.sitting(cycle, place.commune, Body.STANDING)
    committee = reviews.sitting(cycle, place.commune, Body.COMMITTEE)
    assert placed(standing) == ["standing", "Phùng Minh Thông", "Tạ Thị Hiền", "Kim Văn Chiến"]
    assert placed(committee) == ["committee", "Bùi Văn Ủy", "Lê Đình Hợi", "organisation"]
    assert Sitting.objects.filter(cycle=cycle).count() == 4


def test_fewer_than_three_leaders_join_the_committee(place):
    head = make.member(place.village, "Phùng Minh Thông")
    make.post(head, place.commune, Post.SECRETARY)
    cycle = reviews.cycle(place.commune)
    assert not Sitting.objects.filter(cycle=cycle, body=Body.STANDING).exists()
    assert placed(reviews.sitting(cycle, place.commune, Body.COMMITTEE)) == [
        "committee",
        "Phùng Minh Thông",
        "organisation",
    ]


def test_who_joined_after_the_years_end_is_not_in_its_list(place, people):
    late = make.member(place.village, "Vũ Văn Muộn", start=date(2018, 1, 5))
    with clock.fixed(datetime(2018, 1, 20, tzinfo=UTC)):
        cycle = reviews.cycle(place.commune, 2017, at=clock.now())
    assert not Entry.objects.filter(cycle=cycle, member=late).exists()
    assert cycle.rules["reviews.regime"] == "reviews.regime@2014-09-25"


@pytest.mark.parametrize(
    ("year", "on", "code"),
    [(2027, None, "too_early"), (2026, date(2026, 12, 1), "future"), (2012, None, "no_rule")],
)
def test_what_stands_against_it(place, people, year, on, code):
    with pytest.raises(RuleBroken) as error:
        open_cycle(by=people.secretary.user, at=AT, unit=place.commune, year=year, opened_on=on)
    assert error.value.code == code
    assert not Cycle.objects.exists()


def test_once_a_year_and_only_in_a_commune(place, people):
    reviews.cycle(place.commune)
    for unit, code in ((place.commune, "twice"), (place.village, "unit")):
        with pytest.raises(RuleBroken) as error:
            reviews.cycle(unit)
        assert error.value.code == code


@pytest.mark.parametrize("role", ["standing", "inspector", "village_secretary", "member"])
def test_who_may_not_open(place, people, role):
    with pytest.raises(Denied):
        open_cycle(by=getattr(people, role).user, at=AT, unit=place.commune, year=2026)


def test_as_many_queries_for_a_large_commune(place, people, django_assert_max_num_queries):
    for number in range(6):
        cell = make.unit(f"thon-{number}", "cell", place.commune, f"Chi bộ thôn {number}")
        make.members(cell, 12)
    with django_assert_max_num_queries(36):
        reviews.cycle(place.commune)
    assert Entry.objects.members().count() == 79
