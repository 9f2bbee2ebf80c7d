from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.core.vietnamese import fold, marked, next_prefix

keys = st.text(st.sampled_from("0123456789abcdefghijklmnopqrstuvwxyz"), max_size=5)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Văn Đức", "nguyen van duc"),
        (normalize("NFD", "ĐẶNG  Thị-Ưởng"), "dang thi uong"),
        ("H'Hen Niê", "h hen nie"),
        ("00 000 318", "00 000 318"),
        ("  (…) ", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


def test_duc_finds_all_three_and_marks_tell_them_apart():
    assert {fold(name) for name in ("Đức", "Dục", "Đực")} == {"duc"}
    assert len({marked(name) for name in ("Đức", "Dục", "Đực")}) == 3


@given(st.text(max_size=40))
def test_fold_gives_plain_words(text):
    folded = fold(text)
    assert set(folded) <= set("0123456789abcdefghijklmnopqrstuvwxyz ")
    assert folded == " ".join(folded.split()) == fold(folded)


@pytest.mark.parametrize(
    ("old", "new"), [("Hóa", "Hoá"), ("Thúy", "Thuý"), ("KHỎE", "khoẻ"), ("hòan", "hoàn"), ("Quý", "quý")]
)
def test_tone_placement_is_one(old, new):
    assert marked(old) == marked(new)


@pytest.mark.parametrize(("one", "other"), [("hoa", "hoà"), ("múa", "mua"), ("của", "cua"), ("mía", "mia")])
def test_marked_keeps_what_differs(one, other):
    assert marked(one) != marked(other)


@pytest.mark.parametrize(
    ("prefix", "after"),
    [("duc", "dud"), ("az", "b"), ("zz", None), ("", None), ("9", "a"), ("a9", "aa"), ("duc ", "duc0")],
)
def test_next_prefix(prefix, after):
    assert next_prefix(prefix) == after


@given(keys, keys)
def test_the_range_holds_exactly_the_prefixed(prefix, key):
    after = next_prefix(prefix)
    assert (key >= prefix and (after is None or key < after)) == key.startswith(prefix)


def test_a_prefix_must_be_folded():
    with pytest.raises(ValueError, match="not a folded prefix"):
        next_prefix("đ")
