from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.core.vietnamese import PartialDay
from hatnhan.organization.roster import cells as c
from hatnhan.organization.roster import levels
from hatnhan.organization.roster.cells import Fault
from hatnhan.organization.roster.tests.books import ON


def fault_of(read, *args):
    with pytest.raises(Fault) as caught:
        read(*args)
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("value", "born"),
    [
        ("5/11/1965", PartialDay(1965, date(1965, 11, 5))),
        ("5.11.1965", PartialDay(1965, date(1965, 11, 5))),
        (date(1965, 11, 5), PartialDay(1965, date(1965, 11, 5))),
        (datetime(1965, 11, 5, 7), PartialDay(1965, date(1965, 11, 5))),  # noqa: DTZ001
        (1965, PartialDay(1965)),
        ("1965", PartialDay(1965)),
        (None, None),
        ("-", None),
    ],
)
def test_birth(value, born):
    assert c.read_birth(value, ON) == born


@pytest.mark.parametrize(
    ("value", "message", "remedy"),
    [
        ("31/2/1986", "Tháng 2 không có ngày 31", "Xem lại hồ sơ, sửa trong tệp"),
        (1865, "Người này sẽ 153 tuổi", "Có phải 1965? Sửa trong tệp"),
        ("5/11/1865", "Người này sẽ 153 tuổi", "Có phải 1965? Sửa trong tệp"),
        (1200, "Người này sẽ 818 tuổi", "Xem lại hồ sơ, sửa trong tệp"),
        (2010, "Người này mới 8 tuổi", "Xem lại hồ sơ, sửa trong tệp"),
        ("1/1/2019", "Ngày sinh sau ngày 29/10/2018", "Xem lại hồ sơ, sửa trong tệp"),
        ("1/1/65", "Năm phải có bốn chữ số", "Ghi năm đủ bốn chữ số, ví dụ 1986"),
        ("hỏi lại", "“hỏi lại” không phải là ngày", "Ghi ngày theo dạng 5/11/2018"),
        (
            24051,
            "Ô chỉ có số 24.051, có thể là ngày 5/11/1965",
            "Định dạng lại ô thành ngày, hoặc ghi ngày theo dạng 5/11/2018",
        ),
    ],
)
def test_birth_that_cannot_be(value, message, remedy):
    fault = fault_of(c.read_birth, value, ON)
    assert (fault.message, fault.remedy) == (message, remedy)


def test_party_days():
    assert c.read_day("3/2/1990", ON) == date(1990, 2, 3)
    assert fault_of(c.read_day, "1990", ON).code == "year_only"
    assert fault_of(c.read_day, "30/10/2018", ON).code == "future"
    assert c.read_day("29/10/2018", ON) == ON
    old = fault_of(c.read_day, "3/2/1890", ON)
    assert (old.code, old.remedy) == ("implausible", "Có phải 1990? Sửa trong tệp")


@pytest.mark.parametrize("value", ["00 000 318", "00000318", "00.000.318", 318, "00-000-318"])
def test_card_numbers(value):
    assert c.read_card_number(value) == "00000318"


@pytest.mark.parametrize("value", ["318", "0000031A", 123456789, "٠٠٠٠٠٣١٨", 3.5])
def test_wrong_card_numbers(value):
    assert fault_of(c.read_card_number, value).code == "card_number"


@pytest.mark.parametrize(
    ("value", "phone"),
    [("0912 345 678", "0912345678"), (912345678, "0912345678"), ("+84 912.345.678", "0912345678"), ("", "")],
)
def test_phones(value, phone):
    assert c.read_phone(value) == phone


@pytest.mark.parametrize("value", ["12345", "0912345678/0987654321", "091234567a"])
def test_wrong_phones(value):
    assert fault_of(c.read_phone, value).code == "phone"


def test_email():
    assert c.read_email("An.Nguyen@Xa.VN") == "an.nguyen@xa.vn"
    for wrong in ("an", "an@", "an@xa", "a b@xa.vn", "ạn@xa.vn", "a@b.vn; c@d.vn"):
        assert fault_of(c.read_email, wrong).code == "email"


def test_names():
    assert c.read_name("NGUYỄN VĂN ĐỨC") == "Nguyễn Văn Đức"
    assert c.read_name("H'Hen Niê") == "H'Hen Niê"
    assert c.read_name("Lê Thị Hoa (B)") == "Lê Thị Hoa (B)"
    assert fault_of(c.read_name, None).code == "missing_name"
    for wrong in ("Nguyễn Văn 2", "=1+1", "<script>", "a" * 81, "Lê; Hoa"):
        assert fault_of(c.read_name, wrong).code == "odd_name"


def test_sex_and_exemption():
    assert [c.read_sex(v) for v in ("Nam", "NỮ", "nu", None)] == ["M", "F", "F", None]
    assert fault_of(c.read_sex, "khác").code == "sex"
    assert [c.read_exempt(v) for v in ("x", "Miễn sinh hoạt", 1, True, date(2018, 1, 1))] == [True] * 5
    assert [c.read_exempt(v) for v in (None, "", "Không", 0, False)] == [False] * 5
    assert fault_of(c.read_exempt, "hỏi lại").code == "exempt"


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("10/10", "upper_secondary"), ("12/12", "upper_secondary"), ("7/10", "lower_secondary"),
        ("9/12", "lower_secondary"), ("8/12", "primary"), ("5/10", "primary"),
        ("3/10", ""), ("Lớp 7/10", "lower_secondary"),
        ("THPT", "upper_secondary"),
        ("Cấp III", "upper_secondary"), ("THCS", "lower_secondary"), ("Cấp 1", "primary"), ("Tiểu học", "primary"),
        (None, ""), ("Không", ""), (date(2018, 10, 7), "lower_secondary"), (date(2018, 7, 10), "lower_secondary"),
        (date(2018, 10, 10), "upper_secondary"), (date(2018, 12, 9), "lower_secondary"),
    ],
)  # fmt: skip
def test_schooling(value, level):
    assert levels.read_schooling(value) == level


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("Đại học", "bachelor"), ("ĐHSP", "bachelor"), ("Đại học Sư phạm Toán", "bachelor"), ("Kỹ sư", "bachelor"),
        ("Thạc sỹ", "master"), ("Tiến sĩ", "doctor"), ("CĐSP", "college"), ("Trung cấp Y", "intermediate"),
        ("Sơ cấp", "elementary"), ("Chưa qua đào tạo", ""), ("-", ""),
    ],
)  # fmt: skip
def test_degree(value, level):
    assert levels.read_degree(value) == level


def test_theory():
    values = ("Sơ cấp", "TC", "Cao cấp LLCT", "Cử nhân", "Chưa")
    assert [levels.read_theory(v) for v in values] == [
        "elementary",
        "intermediate",
        "advanced",
        "bachelor",
        "",
    ]


@pytest.mark.parametrize("value", ["13/12", "11/10", "lớp chồi", date(2018, 5, 5)])
def test_unknown_schooling(value):
    assert fault_of(levels.read_schooling, value).code == "level"


anything = st.one_of(
    st.none(), st.text(max_size=20), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes()
)


@given(anything)
def test_any_cell_is_read_or_told_why_not(value):
    readers = [
        c.read_name, c.read_card_number, c.read_sex, c.read_phone, c.read_email, c.read_exempt,
        levels.read_schooling, levels.read_degree, levels.read_theory,
        lambda v: c.read_birth(v, ON), lambda v: c.read_day(v, ON), lambda v: c.read_text(v, 10),
    ]  # fmt: skip
    for read in readers:
        try:
            read(value)
        except Fault as fault:
            assert fault.message  # noqa: PT017
            assert fault.remedy  # noqa: PT017


def test_shown():
    assert [c.shown(v) for v in (None, date(2018, 11, 5), 7, "x")] == ["(trống)", "5/11/2018", "7", "x"]
