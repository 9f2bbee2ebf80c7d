"""The parts of a list as tabs."""

from __future__ import annotations

import re

from django.template.loader import render_to_string

PARTS = {"tre": "Trễ hạn", "chua": "Chưa xong"}


def drawn(rf, address, **context):
    return render_to_string(
        "core/parts.html", {"parts": PARTS, "part": "", **context}, request=rf.get(address)
    )


def test_each_part_keeps_the_address_and_one_is_open(rf):
    page = drawn(rf, "/viec/?chi_bo=a&loc=tre&trang=2", part="tre")
    assert re.findall(r'<a href="(.*?)" (.*?)>(.*?)<', page) == [
        ("?chi_bo=a", "", "Tất cả"),
        ("?chi_bo=a&amp;loc=tre", 'aria-current="page"', "Trễ hạn"),
        ("?chi_bo=a&amp;loc=chua", "", "Chưa xong"),
    ]
    assert 'aria-label="Chọn phần"' in page
    assert "hn-tabs-slide" not in page


def test_a_page_says_it_in_its_own_words_and_a_list_without_parts_has_no_tabs(rf):
    page = drawn(rf, "/", parts_label="Chọn chi bộ", parts_whole="Tất cả chi bộ", parts_slide=True)
    assert 'aria-label="Chọn chi bộ"' in page
    assert 'href="?" aria-current="page">Tất cả chi bộ<' in page
    assert "hn-tabs-slide" in page
    assert not drawn(rf, "/", parts={}).strip()
