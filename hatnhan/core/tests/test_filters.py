"""A list's filter in the address, and its conditions drawn above the list."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.template.loader import render_to_string

from hatnhan.core.filters import AddressFilters, Chip, filter_context


@dataclass(frozen=True, slots=True)
class Filters(AddressFilters):
    q: str = ""
    loai: str = ""
    xep: str = "ten"


CHOSEN = Filters(q="a & b", loai="tuan", xep="ngay")
CHIPS = [Chip("Tìm", ("q",)), Chip("Hằng tuần", ("loai",))]
QUERY = QueryDict("don_vi=tam-hong&ngay=&loai=tuan&la=1")


def test_each_condition_leads_to_the_list_without_it_and_the_unit_stays():
    found = filter_context(QUERY, CHOSEN, CHIPS, Filters(xep="ngay"))
    assert found == {
        "stay": [("don_vi", "tam-hong")],
        "chips": [
            ("Tìm", "?don_vi=tam-hong&loai=tuan&xep=ngay"),
            ("Hằng tuần", "?don_vi=tam-hong&q=a+%26+b&xep=ngay"),
        ],
        "no_filter": "?don_vi=tam-hong&xep=ngay",
        "query": "don_vi=tam-hong&q=a+%26+b&loai=tuan&xep=ngay",
    }


def test_without_a_condition_nothing_is_drawn():
    assert not render_to_string("core/chips.html", filter_context(QUERY, Filters(), [])).strip()
    drawn = render_to_string("core/chips.html", filter_context(QUERY, CHOSEN, CHIPS))
    assert drawn.count('class="hn-chip"') == 2
    assert 'href="?don_vi=tam-hong">Bỏ hết<' in drawn
