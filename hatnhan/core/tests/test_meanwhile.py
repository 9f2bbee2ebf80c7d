"""What one typed and what another kept meanwhile, put together."""

from datetime import date

from django import forms
from django.http import QueryDict

from hatnhan.core import meanwhile
from hatnhan.core.forms import Checks, DayField, Form, Line
from hatnhan.core.meanwhile import Kept


class Sample(Form):
    name = Line("Tên", 80)
    note = forms.CharField(widget=forms.Textarea, required=False)
    day = DayField(label="Ngày", required=False)
    who = forms.MultipleChoiceField(choices=[("1", "Một"), ("2", "Hai")], widget=Checks, required=False)
    kind = forms.ChoiceField(choices=[("a", "Loại a"), ("b", "Loại b")], required=False)
    done = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


OPENED = {
    "name": "Cũ", "note": "Một\nhai", "day": date(2018, 11, 5), "who": [1], "kind": "a", "done": True, "version": 1
}  # fmt: skip
TYPED = "name=Cũ&note=Một%0D%0Ahai&day=5/11/2018&who=1&kind=a&done=on&version=1"


def met(now, typed=TYPED, opened=OPENED, form=Sample):
    signs = meanwhile.signs(Sample(initial=opened))
    return meanwhile.meet(Sample(QueryDict(typed)), form(initial=now), signs)


def test_a_field_left_alone_takes_what_stands_now():
    now = {
        "name": "Mới", "note": "Ba", "day": date(2018, 12, 1), "who": [1, 2], "kind": "b", "done": False, "version": 2
    }  # fmt: skip
    found = met(now)
    assert found.data.urlencode(safe="/") == QueryDict(
        "name=Mới&note=Ba&day=1/12/2018&who=1&who=2&kind=b&version=2"
    ).urlencode(safe="/")
    assert found.kept["kind"] == Kept("Loại b", taken=True)
    assert found.kept["who"].words == "Một; Hai"
    assert found.kept["done"].words == "không đánh dấu"
    assert "version" not in found.kept


def test_what_was_typed_stays_with_what_stands_now_beside_it():
    found = met(
        OPENED | {"name": "Của người khác", "note": ""}, TYPED.replace("Cũ", "Của tôi").replace("hai", "x")
    )
    assert found.data["name"] == "Của tôi"
    assert found.kept == {
        "name": Kept("Của người khác", taken=False),
        "note": Kept("chưa ghi gì", taken=False),
    }


def test_what_nobody_else_changed_is_not_shown():
    assert met(OPENED, TYPED.replace("Cũ", "Của tôi")).kept == {}


def test_without_the_signs_of_the_page_nothing_typed_is_replaced():
    found = meanwhile.meet(Sample(QueryDict(TYPED)), Sample(initial=OPENED | {"name": "Mới"}), "")
    assert found.data["name"] == "Cũ"
    assert found.kept == {"name": Kept("Mới", taken=False)}


def test_what_was_typed_where_there_is_no_field_any_more_is_given_back():
    class Fewer(Form):
        name = Line("Tên", 80)

    found = met(OPENED, TYPED.replace("hai", "ba"), form=Fewer)
    assert found.homeless == [("Note", "Một\nba")]
