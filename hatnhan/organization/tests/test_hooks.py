"""What this room tells the rooms below: words, names, scopes, who needs a second factor."""

import pytest
from rules.permissions import has_perm

from hatnhan.accounts.permissions import NEEDS_SECOND_FACTOR
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
