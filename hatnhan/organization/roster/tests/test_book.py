"""Which cell a name in a file means."""

from __future__ import annotations

from datetime import date

import pytest

from hatnhan.organization.roster.book import open_book

TODAY = date(2018, 10, 29)


@pytest.mark.parametrize(
    "text", ["Chi bộ thôn Chùa", "Thôn Chùa", "thôn chùa", "Thon Chua", "Chùa", "CHI BỘ CHÙA"]
)
def test_a_cell_is_known_with_and_without_its_marks(place, text):
    assert open_book(place.commune, TODAY).cell_of(text) == place.village.pk


def test_other_marks_are_another_name_which_is_asked_about(place):
    book = open_book(place.commune, TODAY)
    assert book.cell_of("Thôn Chúa") is None
    assert book.like("Thôn Chúa") == (place.village.pk, "Chi bộ thôn Chùa")
