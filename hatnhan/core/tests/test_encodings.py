from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.core.tests.legacy_fonts import to_tcvn3, to_vni
from hatnhan.core.vietnamese import guess_encoding, to_unicode

SHEET = [
    "Danh sách đảng viên", "Họ và tên", "Ngày sinh", "Quê quán", "Nguyễn Văn Đức", "Lê Thị Hồng Ánh", "Ưng Thị Oanh",
    "Phùng Minh Thông", "Trần Quốc Dũng", "Thôn Cầu Gạo", "Đặng Thị Thuý", "Chi bộ Trường Tiểu học",
]  # fmt: skip
FRENCH = ["Élève très doué", "où êtes-vous né", "Québec", "Hélène et François", "déjà vu, garçon", "à l'été"]
GERMAN = ["Müller", "schöne Größe", "für Jürgen", "Öl über Ärger"]
vietnamese_letters = st.sampled_from(
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
# A vowel before a letter that VNI also uses as a mark does not occur; syllables are onset + one vowel letter + final.
syllables = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "b", "ch", "ngh", "tr"]),
    vietnamese_letters,
    st.sampled_from(["", "n", "ng"]),
)
small_texts = st.lists(syllables, min_size=1, max_size=6).map(" ".join)


def test_the_examples_of_the_trade():
    assert to_unicode("NguyÔn V¨n §øc", "tcvn3") == "Nguyễn Văn Đức"
    assert to_unicode("Nguyeãn Vaên Ñöùc", "vni") == "Nguyễn Văn Đức"
    assert to_unicode(normalize("NFD", "Nguyễn Văn Đức"), "unicode") == "Nguyễn Văn Đức"


@given(small_texts)
def test_tcvn3_round_trip_of_small_letters(text):
    assert to_unicode(to_tcvn3(text), "tcvn3") == text


@given(small_texts)
def test_vni_round_trip(text):
    for written in (text, text.upper(), text.title()):
        assert to_unicode(to_vni(written), "vni") == written


@pytest.mark.parametrize("text", SHEET)
def test_round_trip_of_a_sheet(text):
    assert to_unicode(to_tcvn3(text), "tcvn3") == text
    assert to_unicode(to_vni(text), "vni") == text
    assert to_unicode(to_vni(text.upper()), "vni") == text.upper()


@pytest.mark.parametrize(
    "text", ["ĐẢNG ỦY XÃ TAM HỒNG", "DANH SÁCH ĐẢNG VIÊN", "Chi bộ THÔN CHÙA", "NGUYỄN VĂN HÀ"]
)
def test_tcvn3_capitals_are_raised(text):
    assert to_unicode(to_tcvn3(text), "tcvn3") == text


@pytest.mark.parametrize("text", ["Vũ Lê Hà", "Đỗ Thị Ý", "Hà Nội", "Lê Hà", "Lê Ánh", "Ái Quốc"])
def test_tcvn3_proper_names_stay_proper(text):
    assert to_unicode(to_tcvn3(text), "tcvn3") == text


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (SHEET, "unicode"),
        ([normalize("NFD", text) for text in SHEET], "unicode"),
        ([to_tcvn3(text) for text in SHEET], "tcvn3"),
        ([to_tcvn3(text.upper()) for text in SHEET], "tcvn3"),
        ([to_vni(text) for text in SHEET], "vni"),
        ([to_vni(text.upper()) for text in SHEET], "vni"),
        (["NguyÔn V¨n §øc"], "tcvn3"),
        (["Nguyeãn Vaên Ñöùc"], "vni"),
        (
            ["Tô Hà", "Lê Bé", "Cù Là", "Đào Tú"],
            "unicode",
        ),  # wholly of letters that Latin-1 has too, but for Đ
        (["Tô Hà", "Lê Bé", "Cù Là", "Tú"], "unicode"),
        (FRENCH, "unicode"),
        (GERMAN, "unicode"),
        (["25 °C", "5 m²", "§ 12", "© 2018", "±3", "½"], "unicode"),
        (["Nguyen Van Duc"], "unicode"),
        ([], "unicode"),
        (["Nguyễn Văn Đức", "café", "Hélène"] * 3, "unicode"),
    ],
)
def test_guess(sheet, expected):
    assert guess_encoding(sheet) == expected


@given(st.lists(st.sampled_from(SHEET), min_size=1))
def test_vietnamese_in_unicode_is_never_mistaken(sheet):
    assert guess_encoding(sheet) == "unicode"


@given(st.lists(st.sampled_from(SHEET[4:9]), min_size=3, unique=True))
def test_names_alone_suffice(sheet):
    assert guess_encoding([to_tcvn3(text) for text in sheet]) == "tcvn3"
    assert guess_encoding([to_vni(text) for text in sheet]) == "vni"


def test_tcvn3_small_words_stay_small():
    assert to_unicode(to_tcvn3("sinh hoạt tại xóm ải"), "tcvn3") == "sinh hoạt tại xóm ải"


def test_a_unicode_cell_in_a_legacy_sheet_is_left_alone():
    assert to_unicode("Họ và tên", "tcvn3") == "Họ và tên"
    assert to_unicode("Họ và tên", "vni") == "Họ và tên"


@given(st.text(max_size=30))
def test_any_text_is_converted_without_error(text):
    for encoding in ("unicode", "tcvn3", "vni"):
        assert isinstance(to_unicode(text, encoding), str)
    assert guess_encoding([text]) in {"unicode", "tcvn3", "vni"}
