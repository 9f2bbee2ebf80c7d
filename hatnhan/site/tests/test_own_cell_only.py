"""The head of a cell and a member, on every list, whatever unit, cell or day is asked for: their own cell alone."""

from __future__ import annotations

import zipfile
from datetime import date
from html import unescape
from io import BytesIO
from itertools import product

import pytest

from hatnhan.core import clock
from hatnhan.organization.models import Exemption, Probation, Term, Transfer
from hatnhan.organization.tests import make

TODAY = date(2026, 11, 23)
LISTS = [
    "/",
    "/tim/?q=quý",
    "/tim/?q=quy",
    "/tim/?q=nguyen+thi+quy+anh",
    "/viec-den-han/",
    "/viec-den-han/tai/",
    "/lich/",
    "/so-lieu/",
    "/so-lieu/?dang=json",
    "/so-lieu/organization.members.total/",
    "/to-chuc/",
    "/to-chuc/tam-hong/",
    "/to-chuc/truong-thcs/",
    "/to-chuc/truong-thcs/danh-sach/",
    "/to-chuc/truong-thcs/danh-sach/?dang=pdf",
    "/dang-vien/",
    "/dang-vien/?chi_bo=truong-thcs",
    "/dang-vien/?q=quy",
    "/dang-vien/?trang_thai=du_bi",
    "/dang-vien/tai/",
    "/dang-vien/tai/?chi_bo=truong-thcs",
    "/dang-vien/xuat/",
    "/chuyen-sinh-hoat/",
    "/huy-hieu/",
    "/cho-dung/",
    "/nhat-ky/",
]
PLACES = ["", "don_vi=tam-hong", "don_vi=truong-thcs", "don_vi=phu-tho", "don_vi=tam-hong&ngay=2020-01-01"]


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def hidden(place):
    """People of the school's cell who would stand in every list of the commune."""
    probationer = make.member(
        place.school, "Nguyễn Thị Quý Anh", admitted_on=date(2025, 12, 1), official_on=None
    )
    Probation.objects.create(member=probationer, start=date(2025, 12, 1), due=date(2026, 12, 1))
    veteran = make.member(
        place.school, "Nguyễn Thị Quý Bình", admitted_on=date(1996, 12, 1), official_on=date(1997, 12, 1)
    )
    Exemption.objects.create(member=veteran, start=date(2020, 1, 1))
    mover = make.member(place.school, "Nguyễn Thị Quý Chi", card_number="98765432", phone="0912345678")
    Transfer.objects.create(
        member=mover,
        from_unit=place.school,
        outside="Đảng bộ khác",
        proposed_on=date(2026, 7, 1),
        letter_no="1",
    )
    Term.objects.create(unit=place.school, name="2022–2027", start=date(2022, 3, 1), end=date(2027, 3, 1))


def text_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as book:
            content = b" ".join(book.read(name) for name in book.namelist() if name.endswith(".xml"))
    return unescape(content.decode("utf-8", "replace"))


def told(client, lists=LISTS):
    """Return the addresses on which somebody or something of the school's cell is told."""
    found = set()
    for address, where in product(lists, PLACES):
        url = f"{address}{'&' if '?' in address else '?'}{where}"
        answer = client.get(url)
        text = text_of(answer).replace("?q=nguyen+thi+quy+anh", "")
        if any(secret in text for secret in ("Thị Quý", "98765432", "0912345678", "2022–2027")):
            found.add(address)
    return found


@pytest.mark.parametrize("role", ["village_secretary", "member", "administrator", "editor", "outsider"])
def test_nobody_of_another_cell_is_told_on_any_list(cast, hidden, role):
    assert told(getattr(cast, role)) == set()


def test_nor_in_the_calendar(cast, hidden, place):
    user = cast.users.village_secretary
    assert "BEGIN:VEVENT" not in text_of(cast.anonymous.get(f"/lich/{user.calendar_token}.ics"))
    theirs = cast.users.school_secretary
    assert "BEGIN:VEVENT" in text_of(cast.anonymous.get(f"/lich/{theirs.calendar_token}.ics"))


def test_the_same_lists_do_tell_the_committee(cast, hidden):
    lists = {
        "/", "/tim/?q=quy", "/viec-den-han/", "/viec-den-han/tai/", "/to-chuc/truong-thcs/danh-sach/",
        "/dang-vien/", "/dang-vien/?q=quy", "/dang-vien/tai/", "/dang-vien/xuat/",
        "/chuyen-sinh-hoat/", "/huy-hieu/",
    }  # fmt: skip
    assert lists <= set(LISTS)
    assert told(cast.secretary, sorted(lists)) == lists


def test_figures_are_those_of_the_own_cell_or_none(cast, hidden):
    def asked(code):
        answer = cast.village_secretary.get(f"/so-lieu/organization.members.total/?dang=json&don_vi={code}")
        return (
            (answer.json()["scope"], answer.json()["value"])
            if answer.status_code == 200
            else answer.status_code
        )

    own = ("thon-chua", 4)
    assert [asked(code) for code in ("thon-chua", "truong-thcs", "tam-hong", "phu-tho")] == [
        own,
        own,
        404,
        404,
    ]
