"""The rulebook's own files: complete, typed, in order; a wrong one is named."""

from datetime import date

import pytest

from hatnhan.rulebook import loader
from hatnhan.rulebook.loader import RulebookError
from hatnhan.rulebook.topics import BY_NAME, TOPICS, Term

GOOD = """
topic: organization.term
values:
  - start: 2011-01-19
    value: {committee_months: 60, cell_months: 30, warn_days: 180}
    source: {instrument: Điều lệ Đảng, date: 2011-01-19}
    status: confirmed
  - start: 2025-05-26
    value: {committee_months: 60, cell_months: 60, warn_days: 180}
    source: {instrument: 294-QĐ/TW}
    status: unconfirmed
"""


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A folder of data that holds every topic, for one file of it to be spoiled."""
    for path in loader.DATA.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(loader, "DATA", tmp_path)
    loader.load.cache_clear()
    yield tmp_path
    loader.load.cache_clear()


def test_every_topic_has_values_and_every_file_a_topic():
    assert set(loader.load()) == set(BY_NAME) == {topic.topic for topic in TOPICS}


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_values_follow_each_other_without_gap_and_say_where_they_come_from(name):
    rules = loader.load()[name]
    assert rules
    assert [rule.end for rule in rules] == [*(rule.start for rule in rules[1:]), None]
    assert all(rule.end and rule.start < rule.end for rule in rules[:-1])
    assert all(rule.source.instrument and rule.version == f"{name}@{rule.start}" for rule in rules)
    assert all(rule.source.note for rule in rules if not rule.confirmed), "what is not certain says why"


@pytest.mark.parametrize("topic", TOPICS)
def test_every_field_has_a_vietnamese_title(topic):
    assert topic.title
    assert all(field.title for field in topic.model_fields.values())


def test_a_good_file_is_read(data):
    (data / "organization.term.yaml").write_text(GOOD, "utf-8")
    first, second = loader.load()["organization.term"]
    assert first.value == Term(committee_months=60, cell_months=30, warn_days=180)
    assert (first.start, first.end, second.end) == (date(2011, 1, 19), date(2025, 5, 26), None)
    assert (first.confirmed, second.confirmed) == (True, False)


@pytest.mark.parametrize(
    ("fault", "was", "becomes"),
    [
        ("a number that is none", "cell_months: 30", "cell_months: nhiều"),
        ("a number out of range", "cell_months: 30", "cell_months: 0"),
        ("a field too many", "warn_days: 180}", "warn_days: 180, more: 1}"),
        ("a field missing", "cell_months: 30, ", ""),
        ("a day that does not exist", "2011-01-19\n", "2011-02-30\n"),
        ("a status that is none", "status: confirmed", "status: sure"),
        ("no instrument", "instrument: 294-QĐ/TW", "note: x"),
        ("days that do not ascend", "start: 2025-05-26", "start: 2011-01-19"),
        ("another topic than the name says", "topic: organization.term", "topic: organization.badges"),
        ("an unknown topic", "topic: organization.term", "topic: organization.nothing"),
        ("not YAML", "values:", "values: ]"),
    ],
)
def test_a_wrong_file_is_named(data, fault, was, becomes):
    assert was in GOOD
    (data / "organization.term.yaml").write_text(GOOD.replace(was, becomes, 1), "utf-8")
    with pytest.raises(RulebookError, match=r"organization\.term\.yaml"):
        loader.load()


def test_a_topic_without_a_file_is_named(data):
    (data / "organization.badges.yaml").unlink()
    with pytest.raises(RulebookError, match=r"organization\.badges"):
        loader.load()
