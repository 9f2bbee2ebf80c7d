"""The pure rules of the weekly review: what a conclusion does, how remedies ended, who reads which rows."""

from datetime import date

import pytest

from hatnhan.meetings import review_rules as rules

FRIDAY = date(2018, 11, 2)
NEXT = date(2018, 11, 9)


@pytest.mark.parametrize(
    ("day", "friday"),
    [(date(2018, 11, 1), FRIDAY), (FRIDAY, NEXT), (date(2018, 11, 3), NEXT), (date(2018, 11, 8), NEXT)],
)
def test_the_friday_after_a_day(day, friday):
    assert rules.next_friday(day) == friday


@pytest.mark.parametrize(
    ("verdict", "state", "due", "does"),
    [
        ("done", "open", FRIDAY, "verified"),
        ("done", "done", FRIDAY, "verified"),
        ("dropped", "open", FRIDAY, "withdrawn"),
        ("dropped", "done", FRIDAY, "withdrawn"),
        ("doing", "open", FRIDAY, "progress"),
        ("doing", "done", FRIDAY, "returned"),
        ("not_done", "open", FRIDAY, "progress"),
        ("not_done", "done", FRIDAY, "returned"),
        ("next_week", "open", FRIDAY, "postponed"),
        ("next_week", "open", NEXT, "progress"),
        ("next_week", "done", FRIDAY, "returned"),
        ("done", "verified", FRIDAY, None),
        ("dropped", "withdrawn", FRIDAY, None),
        ("next_week", "verified", FRIDAY, None),
    ],
)
def test_what_a_conclusion_does_to_a_task(verdict, state, due, does):
    assert rules.settlement(verdict, state, due, NEXT) == does


def test_how_remedies_ended():
    given = [
        rules.Remedy(FRIDAY, FRIDAY),
        rules.Remedy(FRIDAY, NEXT),
        rules.Remedy(FRIDAY),
        rules.Remedy(NEXT),
        rules.Remedy(FRIDAY, dropped=True),
    ]
    assert rules.ends(given, NEXT) == rules.Ends(given=5, on_time=1, after=1, late=1, open=1, dropped=1)
    assert rules.ends([], NEXT) == rules.Ends()


@pytest.mark.parametrize(
    ("state", "writes", "body", "government", "reads"),
    [
        ("invited", True, True, False, "none"),
        ("cancelled", True, False, False, "none"),
        ("open", True, True, False, "all"),
        ("open", False, True, False, "others"),
        ("closed", False, False, True, "others"),
        ("open", False, False, False, "none"),
        ("approved", False, True, False, "all"),
        ("locked", False, False, True, "own"),
        ("approved", False, False, False, "own"),
        ("locked", True, False, False, "all"),
    ],
)
def test_who_reads_which_rows(state, writes, body, government, reads):
    assert rules.reading(state, writes=writes, of_body=body, of_government=government) == reads
