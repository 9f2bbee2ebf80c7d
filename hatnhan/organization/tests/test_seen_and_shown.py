"""What one saw is what one changes; and a narrow view tells no more than it shows."""

import json
from datetime import date

import pytest

from hatnhan.core import clock
from hatnhan.organization.models import Member
from hatnhan.organization.tests import make

TODAY = date(2018, 10, 29)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(TODAY):
        yield


# --- two people at one form ------------------------------------------------------------------------------------------
def slip_of(client, address):
    return client.get(address).context["slip"]


def test_a_form_opened_before_somebody_elses_change_is_not_written_over_it(cast, people):
    address = f"/dang-vien/{people.member.pk}/lien-lac/"
    mine, theirs = slip_of(cast.secretary, address), slip_of(cast.deputy, address)
    data = {"phone": "0911111111", "hamlet": "", "occupation": "", "email": ""}
    assert cast.deputy.post(address, {**data, "phieu": theirs}).status_code == 302
    page = cast.secretary.post(address, {**data, "phone": "", "occupation": "giáo viên", "phieu": mine})
    assert page.status_code == 422
    assert "vừa được người khác sửa" in page.content.decode()
    assert "giáo viên" in page.content.decode()
    assert Member.objects.get(pk=people.member.pk).phone == "0911111111"
    # What stands now is shown; the phone, left alone here, takes it; the next press writes.
    form = page.context["form"]
    assert (form["phone"].value(), form["occupation"].value()) == ("0911111111", "giáo viên")
    assert "Đang ghi:" in page.content.decode()
    assert page.context["slip"] != mine
    again = {name: form[name].value() for name in data} | {"phieu": page.context["slip"]}
    assert cast.secretary.post(address, again).status_code == 302
    found = Member.objects.get(pk=people.member.pk)
    assert (found.phone, found.occupation) == ("0911111111", "giáo viên")


def test_the_second_press_of_the_own_form_says_that_it_is_done(cast, people):
    address = f"/dang-vien/{people.member.pk}/lien-lac/"
    data = {
        "phone": "0911111111",
        "hamlet": "",
        "occupation": "",
        "email": "",
        "phieu": slip_of(cast.secretary, address),
    }
    assert [cast.secretary.post(address, data).status_code for _press in range(2)] == [302, 302]


# --- the own cell, as an ordinary member sees it ---------------------------------------------------------------------
def names(client, query=""):
    return [row.member.full_name for row, _cells in client.get(f"/dang-vien/{query}").context["lines"]]


def test_a_member_finds_nobody_by_card_number(cast, place):
    other = make.member(place.village, "Bùi Văn Tám", card_number="71234567")
    assert other.full_name in names(cast.member)
    assert names(cast.member, "?q=712") == []
    assert names(cast.village_secretary, "?q=712") == [other.full_name]


def test_a_member_learns_no_ages_from_an_order(cast, place):
    make.member(place.village, "Bùi Văn Tám", born_year=1900, admitted_on=date(1930, 2, 3))
    plain = names(cast.member)
    for order in ("ngay_sinh", "tuoi_dang"):
        assert names(cast.member, f"?xep={order}") == plain


def test_trying_card_numbers_tells_the_head_of_a_cell_no_names(cast, place):
    hidden = make.member(place.school, "Bùi Văn Tám", card_number="71234567")
    typed = {
        "full_name": "Trần Văn Bình", "born": "1960", "sex": "M", "admitted_on": "3/2/1990", "official_on": "3/2/1991",
        "card_number": hidden.card_number, "cell": place.village.pk, "outside": "Đảng bộ xã Yên Lạc",
        "letter_no": "1-GT", "effective_on": "29/10/2018",
    }  # fmt: skip
    for client, named in ((cast.village_secretary, False), (cast.secretary, True)):
        page = client.post("/dang-vien/tiep-nhan/", typed)
        assert page.status_code == 422
        assert ("Bùi Văn Tám" in page.content.decode()) is named
        assert hidden.card_number in page.content.decode()


def test_the_own_copy_tells_times_of_vietnam(cast, people):
    cast.secretary.get(f"/dang-vien/{people.member.pk}/")
    held = json.loads(cast.member.get(f"/dang-vien/{people.member.pk}/du-lieu/").content)
    assert held["Ai đã xem hồ sơ"][0]["lúc"] == "2018-10-29T08:00:00+07:00"
