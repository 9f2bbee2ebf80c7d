"""Days typed in one box, lines of text, and rules put beside their fields."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from hatnhan.core.errors import RuleBroken
from hatnhan.core.forms import BirthField, Checks, DayField, Form, LastDayField, Line
from hatnhan.core.vietnamese import PartialDay


@pytest.mark.parametrize("text", ["5/11/2018", "5.11.2018", "05-11-2018", "2018-11-05", " 05112018 "])
def test_a_day_is_read_as_offices_write_it(text):
    assert DayField(label="Ngày").clean(text) == date(2018, 11, 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31/2/2018", "Tháng 2 không có ngày 31."),
        ("29/2/2018", "Tháng 2 năm 2018 không có ngày 29."),
        ("1/13/2018", "Không có tháng 13. Ghi ngày/tháng/năm, như 5/11/2018."),
        ("1/1/18", "Năm phải có bốn chữ số. Ghi ngày/tháng/năm, như 5/11/2018."),
        ("2018", "Thiếu ngày hoặc tháng. Ghi ngày/tháng/năm, như 5/11/2018."),
        ("1/1/0218", "Năm 218 quá xa. Xem lại bốn chữ số của năm."),
    ],
)
def test_what_is_wrong_with_a_day_is_said(text, message):
    with pytest.raises(ValidationError) as caught:
        DayField(label="Ngày").clean(text)
    assert caught.value.messages == [message]


def test_a_year_alone_is_a_birthday_and_nothing_else():
    assert BirthField(label="Ngày sinh").clean("1965") == PartialDay(1965)
    assert BirthField(label="Ngày sinh").clean("5/11/1965") == PartialDay(1965, date(1965, 11, 5))


def test_the_last_day_becomes_the_first_one_after():
    field = LastDayField(label="Đến hết ngày", required=False)
    assert field.clean("31/12/2024") == date(2025, 1, 1)
    assert field.prepare_value(date(2025, 1, 1)) == "31/12/2024"
    assert field.clean("") is None


def test_a_line_is_kept_composed_with_single_spaces():
    assert Line("Tên", 80).clean("Nguye\u0302\u0303n   Hòa ") == "Nguyễn Hòa"


def test_a_line_too_long_says_by_how_much():
    with pytest.raises(ValidationError) as caught:
        Line("Tên", 5).clean("Nguyễn")
    assert caught.value.messages == ["Dài 6 chữ; ghi gọn trong 5 chữ."]


class Sample(Form):
    aliases = {"born_on": "born"}
    groups = (("Phần sau", ("note",)),)

    born = BirthField(label="Ngày sinh")
    note = Line("Ghi chú", 80, required=False)
    end = LastDayField(label="Đến hết ngày", required=False)


def test_a_broken_rule_stands_beside_its_field_with_its_ground():
    form = Sample({"born": "1965"})
    form.blame(RuleBroken("young", "Chưa đủ tuổi.", citation="Điều lệ Đảng", field="born_on"))
    form.blame(RuleBroken("elsewhere", "Chưa được.", field="nowhere"))
    assert form.errors["born"] == ["Chưa đủ tuổi. Căn cứ: Điều lệ Đảng."]
    assert form.non_field_errors() == ["Chưa được."]


def test_answers_are_read_back_as_they_were_meant():
    form = Sample({"born": "1965", "end": "31.12.2024"})
    assert form.is_valid()
    assert form.answers() == [("Ngày sinh", "1965"), ("Đến hết ngày", "31/12/2024")]


def test_fields_outside_the_groups_come_first():
    assert [(title, [one.name for one in fields]) for title, fields in Sample().sections()] == [
        ("", ["born", "end"]),
        ("Phần sau", ["note"]),
    ]


class Rows(Form):
    """One that makes its fields as it is built."""

    sometimes = ("row1",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for row in range(2):
            self.fields[f"row{row}"] = forms.CharField(label=f"Dòng {row + 1}")


def test_a_field_made_late_is_dressed_like_all_others():
    form = Rows({})
    assert form.errors["row0"] == ["Chưa ghi."]
    assert form.fields["row0"].widget.attrs["class"] == "form-control"
    assert [form.fields[name].sometimes for name in ("row0", "row1")] == [False, True]


@pytest.mark.parametrize(("count", "chosen", "folded"), [(8, [], False), (9, [], True), (9, ["3"], False)])
def test_a_long_list_of_ticks_is_folded_while_nothing_is_chosen(count, chosen, folded):
    drawn = Checks(choices=[(str(one), f"Người {one}") for one in range(count)]).render("people", chosen)
    assert ("<details" in drawn) is folded
    assert ("</details>" in drawn) is folded
    assert (f"Chọn trong danh sách ({count})" in drawn) is folded
