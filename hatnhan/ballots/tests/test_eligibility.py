"""Who is on the roll, who is off it, and why."""

from datetime import date

import pytest

from hatnhan.ballots.selectors.eligibility import roll_of
from hatnhan.ballots.tests.make import ON
from hatnhan.organization.models import Body, Exemption, Membership
from hatnhan.organization.tests import make as org

SINCE = date(2026, 1, 1)


def temporary(member, unit):
    Membership.objects.create(
        member=member, unit=unit, kind="temporary", start=SINCE, start_reason="temporary"
    )


@pytest.fixture
def crowd(place, people):
    made = {
        "probationary": org.member(place.village, "Kim Thị Mai", official_on=None),
        "confirmed_later": org.member(place.village, "Tạ Văn Sáu", official_on=date(2026, 12, 1)),
        "visiting": org.member(place.school, "Lê Văn Khách"),
        "away": org.member(place.village, "Đỗ Thị Xa"),
        "exempt": org.member(place.village, "Bùi Văn Già"),
        "gone": org.member(place.village, "Dương Văn Đi"),
    }
    temporary(made["visiting"], place.village)
    temporary(made["away"], place.school)
    Exemption.objects.create(member=made["exempt"], start=SINCE)
    Membership.objects.filter(member=made["gone"]).update(end=SINCE, end_reason="left")
    return made


def reasons(unit, present=(), body=Body.MEMBERS, concerned=None):
    lines = roll_of(
        unit, body, ON, present=[one.pk for one in present], concerned_id=concerned.pk if concerned else None
    )
    return {line.member.full_name: (line.reason.value, line.entitled) for line in lines}


def test_every_line_of_the_roll_has_its_reason(place, crowd):
    found = reasons(place.village)
    assert found["Kim Thị Mai"] == ("probationary", False)
    assert found["Tạ Văn Sáu"] == ("probationary", False)
    assert found["Lê Văn Khách"] == ("visiting", False)
    assert found["Đỗ Thị Xa"] == ("away", False)
    assert found["Bùi Văn Già"] == ("exempt", False)
    assert found["Nguyễn Thị Hòa"] == ("official", True)
    assert "Dương Văn Đi" not in found
    there = reasons(place.school, present=[crowd["visiting"]])
    assert there["Lê Văn Khách"] == ("official", True), "a vote where one officially belongs"


def test_who_is_excused_votes_when_there(place, crowd):
    found = reasons(
        place.village, present=[crowd["exempt"], crowd["away"], crowd["visiting"], crowd["probationary"]]
    )
    assert found["Bùi Văn Già"] == found["Đỗ Thị Xa"] == ("official", True)
    assert found["Lê Văn Khách"] == ("visiting", False)
    assert found["Kim Thị Mai"] == ("probationary", False)


def test_nobody_votes_on_oneself(place, people, crowd):
    assert reasons(place.village, concerned=people.member)["Nguyễn Thị Hòa"] == ("concerned", False)


def test_in_a_committee_the_seats_vote(place, people):
    found = reasons(place.commune, body=Body.STANDING)
    assert found == dict.fromkeys(("Phùng Minh Thông", "Tạ Thị Hiền", "Kim Văn Chiến"), ("seated", True))
