from __future__ import annotations

import sqlite3
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.core.vietnamese import family_name, given_name, middle_name, nfc, sort_key, tidy_name

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
names = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyAĐáàảãạếềểễệ '-"), max_size=25)

# Each line in its order: a name stands before the next one.
IN_ORDER = [
    ["Nguyễn Văn An", "Lê Thị Ánh", "Trần Văn Ăn", "Đỗ Thị Ân"],
    ["Trần Văn Dục", "Bùi Duy", "Lê Văn Đạt", "Nguyễn Văn Đức"],
    # letters of the given name before its tones, tones in the order ngang, huyền, hỏi, ngã, sắc, nặng
    ["Lê La", "Lê Là", "Lê Lả", "Lê Lã", "Lê Lá", "Lê Lạ", "Lê Lan"],
    # the whole given name, tones included, decides before any letter of the middle name
    ["Trần Xuân Hoa", "Trần An Hòa", "Trần Bình Hóa"],
    ["Vũ Văn Hùng", "Bùi An Hưng"],
    # then the middle name, then the family name
    ["Vũ An Bình", "Bùi Văn Bình", "Đỗ Văn Bình", "Vũ Văn Bình"],
    ["Lê Hà", "Lê Bá Hà", "Lê Thị Hà"],
    ["Lê Thị Minh Anh", "Lê Thị Mỹ Anh"],
    # f j w z in their Latin places
    ["Y Ên", "Y Fan", "Y Gia", "Y Ia", "Y Jan", "Y Ka", "Y Vy", "Y Wan", "Y Xa", "Y Ya", "Y Za"],
    ["Nguyễn Thị Hoa", "Nguyễn Thị Hoa (A)", "Nguyễn Thị Hoa (B)", "Nguyễn Thị Hoan"],
]


@pytest.mark.parametrize("row", IN_ORDER, ids=lambda row: row[0])
def test_worked_cases_stand_in_order(row):
    keys = [sort_key(name) for name in row]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lê Thị Hoá", "Lê Thị Hóa"),
        ("Trần Thuý", "Trần Thúy"),
        ("NGUYỄN VĂN ĐỨC", "Nguyễn Văn Đức"),
        ("Nguyễn  Văn\tĐức", " Nguyễn Văn Đức "),
        (normalize("NFD", "Nguyễn Văn Đức"), "Nguyễn Văn Đức"),
    ],
)
def test_writing_style_does_not_count(one, other):
    assert sort_key(one) == sort_key(other)


def test_letters_stand_in_the_order_of_the_alphabet():
    keys = [sort_key(letter) for letter in LETTERS]
    assert keys == sorted(keys)
    assert len(set(keys)) == 33


@given(st.text(max_size=30))
def test_key_holds_only_digits_and_small_letters(name):
    assert set(sort_key(name)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


@given(st.lists(names, max_size=8))
def test_sqlite_gives_the_same_order_as_python(people):
    keys = [sort_key(name) for name in people]
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE TABLE t (k TEXT)")
        db.executemany("INSERT INTO t VALUES (?)", [(key,) for key in keys])
        assert [key for (key,) in db.execute("SELECT k FROM t ORDER BY k")] == sorted(keys)


words = st.text(st.sampled_from(LETTERS), min_size=1, max_size=6)


@given(words, words, words, words, words, words)
def test_given_name_decides_wholly(given_1, middle_1, family_1, given_2, middle_2, family_2):
    one, other = (f"{family_1} {middle_1} {given_1}", f"{family_2} {middle_2} {given_2}")

    def rank(*parts):
        return [[LETTERS.index(letter) for letter in part] for part in parts]

    expected = rank(given_1, middle_1, family_1) < rank(given_2, middle_2, family_2)
    assert (sort_key(one) < sort_key(other)) == expected


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("NGUYỄN  VĂN ĐỨC", "Nguyễn Văn Đức"),
        ("  nguyễn văn đức ", "Nguyễn Văn Đức"),
        ("Nguyễn văn Đức", "Nguyễn văn Đức"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        ("Lê\u200b Hà\ufeff", "Lê Hà"),
        (normalize("NFD", "Trần Thị Thuỷ"), "Trần Thị Thuỷ"),
        ("", ""),
    ],
)
def test_tidy_name(typed, tidy):
    assert tidy_name(typed) == tidy


@given(st.one_of(names, names.map(str.upper), st.text(st.characters(max_codepoint=0xFF), max_size=20)))
def test_tidying_twice_is_tidying_once(text):
    assert tidy_name(tidy_name(text)) == tidy_name(text)


def test_parts_of_a_name():
    full = "Nguyễn Thị Minh Khai"
    assert (family_name(full), middle_name(full), given_name(full)) == ("Nguyễn", "Thị Minh", "Khai")
    assert (family_name("Khai"), middle_name("Khai"), given_name("Khai")) == ("", "", "Khai")
    assert given_name("Lê Thị Hoa (Bình)") == "Hoa"
    assert given_name("") == ""
    assert nfc(normalize("NFD", "Đệ")) == "Đệ"
