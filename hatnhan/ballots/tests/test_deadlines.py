"""A ballot that is open waits for those who have a vote and have not cast it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from hatnhan.ballots.actions.voting import cast_for
from hatnhan.ballots.tests import make
from hatnhan.core import clock
from hatnhan.deadlines import registry

FAR = make.ON + timedelta(days=90)


@pytest.fixture(autouse=True)
def evening():
    with clock.fixed(make.at()), make.cheap_keys():
        yield


def waits(person, on=make.ON):
    return [one for one in registry.due_for(person.pk, on=on, until=FAR) if one.source == "ballots.vote"]


def test_an_open_ballot_waits_for_ones_vote(place, people, cast, django_assert_num_queries):
    voters = [people.secretary, people.deputy, people.village_secretary, people.member]
    ballot = make.draft(place.village, (voters[0], voters[1]))
    assert waits(people.member) == []
    make.opened(ballot, voters)
    (one,) = waits(people.member)
    with django_assert_num_queries(1):
        list(registry.personal_sources()["ballots.vote"](people.member.pk, on=make.ON, until=FAR))
    assert (one.due, one.url, one.action) == (make.ON, reverse("ballots:vote", args=[ballot.pk]), "Bỏ phiếu")
    assert one.title == "Bỏ phiếu kín: Thông qua nghị quyết tháng 11"
    assert waits(people.member, make.ON - timedelta(days=1)) == []
    assert waits(people.member, make.ON + timedelta(days=1))[0].due == make.ON + timedelta(days=1)
    assert waits(people.standing) == []
    home = cast.member.get("/").content.decode()
    assert f'href="{one.url}"' in home
    cast_for(member_id=people.member.pk, ballot=ballot, choice=[1])
    assert waits(people.member) == []
