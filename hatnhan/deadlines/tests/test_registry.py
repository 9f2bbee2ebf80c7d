"""Deadlines handed up by rooms."""

from datetime import date

import pytest

from hatnhan.deadlines import registry
from hatnhan.deadlines.types import Deadline, Standing

TODAY = date(2018, 10, 29)


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(registry, "_sources", {})
    monkeypatch.setattr(registry, "_personal", {})
    monkeypatch.setattr(registry, "_titles", {})


def deadline(key="thu.mot:1", due=TODAY):
    return Deadline(key, due, "Việc", "", 1, "Chi bộ thôn Chùa", "/", "Làm")


def gives(*found):
    def source(unit_ids, *, on, until):
        return list(found)

    return source


def test_all_sources_come_together_the_longest_overdue_first():
    registry.source("thu.mot")(gives(deadline("thu.mot:1", date(2018, 11, 1))))
    registry.source("thu.hai")(gives(deadline("thu.hai:1", TODAY), deadline("thu.hai:2", date(2018, 1, 1))))
    found = registry.due([1], on=TODAY, until=TODAY)
    assert [one.key for one in found] == ["thu.hai:2", "thu.hai:1", "thu.mot:1"]


def test_sources_are_told_the_units_the_day_and_how_far_to_look():
    told = []

    @registry.source("thu.mot")
    def source(unit_ids, *, on, until):
        told.append((unit_ids, on, until))
        return []

    registry.due([3, 4], on=TODAY, until=date(2019, 1, 1))
    assert told == [([3, 4], TODAY, date(2019, 1, 1))]


def test_a_key_has_one_source():
    registry.source("thu.mot")(gives())
    for register in (registry.source, registry.personal):
        with pytest.raises(ValueError, match=r"thu\.mot"):
            register("thu.mot")(gives())


def test_what_waits_for_a_person_is_marked_as_such_and_is_no_units_work():
    told = []

    @registry.personal("thu.rieng", title="Được mời họp")
    def source(member_id, *, on, until):
        told.append((member_id, on, until))
        return [deadline("thu.rieng:2", date(2018, 11, 1)), deadline("thu.rieng:1")]

    found = registry.due_for(7, on=TODAY, until=date(2019, 1, 1))
    assert [(one.key, one.personal, one.about_id) for one in found] == [
        ("thu.rieng:1", True, 7),
        ("thu.rieng:2", True, 7),
    ]
    assert told == [(7, TODAY, date(2019, 1, 1))]
    assert registry.due([1], on=TODAY, until=TODAY) == []
    assert registry.title("thu.rieng") == "Được mời họp"


def test_a_source_bears_a_name_that_names_nobody():
    registry.source("thu.mot", title="Hết hạn dự bị")(gives())
    assert registry.title(deadline().source) == "Hết hạn dự bị"
    assert registry.title("khong.co") == "khong.co"


@pytest.mark.parametrize(
    ("due", "standing", "left"),
    [
        (date(2018, 10, 26), Standing.LATE, -3),
        (date(2018, 10, 28), Standing.LATE, -1),
        (date(2018, 10, 29), Standing.TODAY, 0),
        (date(2018, 10, 30), Standing.SOON, 1),
        (date(2018, 11, 28), Standing.SOON, 30),
        (date(2018, 11, 29), Standing.AHEAD, 31),
    ],
)
def test_the_day_itself_is_not_late(due, standing, left):
    one = deadline(due=due)
    assert (one.standing(TODAY), one.days(TODAY)) == (standing, left)


def test_every_source_in_the_house_bears_a_name(monkeypatch):
    """The calendar says the name and nothing else: a bare key would be no help."""
    monkeypatch.undo()  # the registry as the rooms filled it
    every = registry.sources() | registry.personal_sources()
    assert [key for key in every if registry.title(key) == key] == []
