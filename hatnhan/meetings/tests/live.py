"""An open meeting of a village cell with its people, for the tests of what happens at and after it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from hatnhan.meetings.models import Meeting
from hatnhan.meetings.tests import held
from hatnhan.organization.tests import make

DAY = date(2024, 6, 3)
NOW = held.evening(DAY, 20)
CODE = "ma-thu-nghiem"
STATES = ("draft", "invited", "open", "closed", "approved", "locked", "cancelled")


def meeting(place, people, state="open", marks="", **fields):
    """A monthly meeting with chair, recorder and two more of the body, and one guest."""
    given = {"chair": people.village_secretary, "recorder": people.member, "check_in_code": CODE} | fields
    if state == "cancelled":
        given |= {"check_in_code": ""}
    made = held.meeting(place.village, DAY, state, **given)
    body = [people.village_secretary, people.member, people.deputy, people.secretary]
    held.invite(made, dict.fromkeys(body, marks))
    held.invite(made, {people.school_secretary: ""}, capacity="guest", title="Hiệu trưởng")
    first = held.item(made, "Kè mương xóm Giữa", 0)
    second = held.item(made, "Thu quỹ", 1)
    return SimpleNamespace(meeting=made, body=body, first=first, second=second)


def again(made):
    """The meeting as it stands now."""
    return Meeting.objects.select_related("unit", "chair", "recorder", "series").get(pk=made.pk)


def guest(place):
    """One who is not on the list."""
    return make.member(place.school, "Trần Văn Lạ")
