"""Lists and what waits, looked at on a past day: as it stood then, and lists agree with their parts."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from hatnhan.core import clock
from hatnhan.oversight.actions import denunciation_states as states
from hatnhan.oversight.models import Complaint, Denunciation
from hatnhan.oversight.selectors import cases as case_lists
from hatnhan.oversight.selectors import complaints as complaint_lists
from hatnhan.oversight.selectors import denunciations as letter_lists
from hatnhan.oversight.selectors import matter_days, waiting
from hatnhan.oversight.tests import checked, punished
from hatnhan.oversight.tests.test_denunciation_actions import concluded_check, signed, taken_up

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(clock.at(TODAY, 9)):
        yield


def case_on(user, place, day, part=""):
    found = case_lists.cases(user, place.commune, day, case_lists.Filters(part))
    return [(one.state, one.closed_on) for one in matter_days.cases_as_stood(found, day)]


def test_a_case_stands_in_the_list_as_on_that_day(place, people):
    case = punished.case(place, people.member, people.inspector)
    punished.decision(case)
    user = people.inspector.user
    for day, state in (
        (date(2026, 1, 15), "opened"),
        (date(2026, 1, 25), "reviewed"),
        (date(2026, 2, 20), "heard"),
    ):
        assert case_on(user, place, day) == case_on(user, place, day, "dang-xet") == [(state, None)]
        assert case_on(user, place, day, "da-quyet-dinh") == []
    assert case_on(user, place, punished.SIGNED, "da-quyet-dinh") == [("decided", punished.SIGNED)]
    assert case_on(user, place, punished.SIGNED, "dang-xet") == []


def test_a_complaint_stands_in_the_part_of_that_day(place, people, client):
    made = punished.decision(punished.case(place, people.member, people.inspector))
    punished.complaint(
        made, place.commune, state="settled", accepted_on=date(2026, 3, 25), due=date(2026, 6, 20), result="kept",
        settled_on=date(2026, 5, 4), reply="Giữ nguyên.", reply_no="9-TB",
    )  # fmt: skip
    user = people.inspector.user
    parts = {date(2026, 3, 21): "cho", date(2026, 4, 1): "dang", date(2026, 5, 4): "xong"}
    for day, there in parts.items():
        for part in complaint_lists.PARTS:
            assert complaint_lists.listed(user, place.commune, day, part).exists() == (part == there)
    found = complaint_lists.listed(user, place.commune, date(2026, 4, 1))
    assert [one.state for one in matter_days.complaints_as_stood(found)] == [Complaint.State.ACCEPTED]
    client.force_login(user)
    page = client.get(reverse("oversight:complaints"), {"ngay": "2026-04-01"}).content.decode()
    assert "Đang giải quyết" in page
    assert str(people.member) not in page


def test_a_letter_keeps_the_day_it_was_taken_up(place, people):
    made = taken_up(place, people)
    concluded_check(made)
    for one in made.points.all():
        states.write_result(**signed(people.inspector), point=one, result="shortcoming", finding="Thu thiếu.")
    states.conclude_denunciation(**signed(people.inspector), denunciation=made, concluded_on=date(2026, 4, 1))
    made.refresh_from_db()
    assert (made.accepted_on, made.state_on) == (date(2026, 3, 3), date(2026, 4, 1))
    user = people.inspector.user
    parts = {made.received_on: "cho", date(2026, 3, 20): "dang", date(2026, 4, 1): "xong"}
    for day, there in parts.items():
        for part in letter_lists.PARTS:
            assert letter_lists.listed(user, place.commune, day, part).exists() == (part == there), day
    found = letter_lists.listed(user, place.commune, date(2026, 3, 20))
    stood = matter_days.letters_as_stood(found, date(2026, 3, 20))
    assert [(one.state, one.state_on) for one in stood] == [(Denunciation.State.ACCEPTED, date(2026, 3, 3))]


def test_the_first_page_shows_what_ran_on_that_day(place, people):
    check = checked.opened(place, people)
    checked.concluded(check, people)
    type(check.dossier).objects.filter(pk=check.dossier_id).update(closed_on=date(2026, 4, 20))
    type(check).objects.filter(pk=check.pk).update(state="done")
    user = people.inspector.user
    (then,) = waiting.running(user, place.commune, date(2026, 3, 10))
    assert then.state == "prepare"
    assert waiting.running(user, place.commune, TODAY) == []
