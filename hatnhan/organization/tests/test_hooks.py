"""What this room tells the rooms below: words, names, scopes, who needs a second factor."""

import pytest
from rules.permissions import has_perm

from hatnhan.accounts.permissions import NEEDS_SECOND_FACTOR
from hatnhan.audit import presenting
from hatnhan.audit.models import Entry
from hatnhan.core import deed_words, places
from hatnhan.organization.permissions import Action
from hatnhan.rulebook.permissions import may_set


@pytest.mark.parametrize("action", Action)
def test_every_deed_has_words(action):
    assert deed_words.word(action) != str(action)


def test_units_are_named(place):
    assert places.names([place.village.pk, None, 0]) == {place.village.pk: "Chi bộ thôn Chùa"}


def test_who_keeps_a_committee_needs_a_second_factor_and_may_set_local_rules(cast, place):
    keepers = {"secretary", "deputy"}
    roles = vars(cast.users)
    assert {role for role, user in roles.items() if has_perm(NEEDS_SECOND_FACTOR, user)} == keepers
    assert {role for role, user in roles.items() if may_set(user, place.commune.pk)} == keepers
    assert not any(may_set(user, place.province.pk) for user in roles.values())


def test_the_record_of_a_badge_is_told_in_words():
    details = {"years": 35, "rule": "organization.badges@2026-05-19"}
    (row,) = presenting.rows([Entry(action=Action.BADGE_AWARD, details=details)])
    assert row.details == [
        ("mức Huy hiệu", "35 năm"),
        ("quy định dùng", "Huy hiệu Đảng và các đợt trao, bản từ 19/5/2026"),
    ]


def test_the_levels_of_a_local_rule_keep_their_own_words():
    (row,) = presenting.rows([Entry(action="rulebook:overlay:set", details={"value": {"years": [30, 40]}})])
    assert row.details == [("giá trị", "Các mức tuổi Đảng: 30 → 40")]


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("organization.probation@2025-01-01/3#7", "Thời gian dự bị, quy định riêng từ 1/1/2025"),
        ("organization.unknown@2025-01-01", "organization.unknown@2025-01-01"),
        ("khác", "khác"),
    ],
)
def test_versions_of_rules_are_named(version, words):
    assert deed_words.value("rule", version) == words
