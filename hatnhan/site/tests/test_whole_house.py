"""The shell with the registries as the rooms fill them."""

from datetime import date

import pytest

from hatnhan.organization.models import Probation
from hatnhan.organization.tests import make
from hatnhan.site.tests.queries import queries


def probationer(cell, name):
    person = make.member(cell, name, admitted_on=date(2017, 11, 5), official_on=None)
    Probation.objects.create(member=person, start=date(2017, 11, 5), due=date(2018, 11, 5))
    return person


@pytest.mark.parametrize(
    "address", ["/", "/viec-den-han/", "/so-lieu/", "/so-lieu/organization.members.total/", "/tim/?q=moi"]
)
@pytest.mark.parametrize("role", ["secretary", "village_secretary"])
def test_pages_ask_the_same_however_many_people_and_cells(cast, place, role, address):
    client = getattr(cast, role)
    probationer(place.village, "Trần Thị Mới")
    before = queries(client, address)
    for number in range(4):
        cell = make.unit(f"moi-{number}", "cell", place.commune)
        make.members(cell, 3)
        probationer(cell, f"Lê Văn Mới ({number})")
        probationer(place.village, f"Kim Văn Mới ({number})")
    assert queries(client, address) == before
    assert before <= 102  # every room adds a fixed few


def test_a_probation_reaches_home_list_calendar_and_the_person(cast, place):
    person = probationer(place.village, "Trần Thị Mới")
    user = make.account("moi", person)
    page = cast.secretary.get("/").content.decode()
    assert "Trần Thị Mới" in page
    assert "Hết hạn dự bị" in page
    assert "Trần Thị Mới" in cast.village_secretary.get("/").content.decode()
    assert "Trần Thị Mới" not in cast.school_secretary.get("/").content.decode()
    feed = cast.anonymous.get(f"/lich/{cast.users.secretary.calendar_token}.ics").content.decode()
    assert "Hết hạn dự bị: 1 việc" in feed
    assert "Mới" not in feed
    cast.anonymous.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    own = cast.anonymous.get("/").content.decode()
    assert "Trần Thị Mới" in own
    assert "Xét công nhận chính thức" not in own


def test_the_rows_behind_a_figure_are_as_many_as_it_says(cast, place):
    probationer(place.village, "Trần Thị Mới")
    make.members(place.school, 4)
    for key in ("total", "official", "probationary", "sex.female"):
        page = cast.secretary.get(f"/so-lieu/organization.members.{key}/").content.decode()
        address = page.split('btn btn-primary" href="')[1].split('"')[0].replace("&amp;", "&")
        value = cast.secretary.get(f"/so-lieu/organization.members.{key}/?dang=json").json()["value"]
        assert f"Xem {value} dòng" in page
        assert cast.secretary.get(address).context["listing"].count == value, key
