"""What holds of every page of a deed."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.core import deeds
from hatnhan.organization.models import Exemption, Membership, Position, Probation, Transfer, Unit
from hatnhan.organization.tests import make
from hatnhan.organization.tests.deed_pages import TODAY, at, entries, june

pytestmark = pytest.mark.usefixtures("june")
__all__ = ["june"]

NEW = {
    "on": "1/6/2024",
    "decision_no": "45-QĐ/ĐU",
    "level": "cell",
    "name": "Chi bộ Đồng Sen",
    "cell_kind": "village",
}
SLIP = "mot-to-phieu-12"


@pytest.fixture
def pages(place, people):
    """The address of every page of a deed, on rows that are there."""
    member = people.member
    newcomer = make.member(place.village, "Trần Văn Mới", official_on=None)
    Probation.objects.create(member=newcomer, start=make.LONG_AGO, due=TODAY)
    exemption = Exemption.objects.create(member=member, start=make.LONG_AGO)
    temporary = Membership.objects.create(
        member=member, unit=place.school, kind="temporary", start=make.LONG_AGO, start_reason="temporary"
    )
    waiting = Transfer.objects.create(
        member=people.deputy, from_unit=place.village, to_unit=place.school, proposed_on=TODAY, letter_no="1"
    )
    held = Position.objects.get(member=people.village_secretary)
    about_member = "edit contact transfer temporary exempt appoint badge end".split()
    about_unit = "rename kind move split merge dissolve term appoint".split()
    return [
        *(at(f"member-{name}") for name in ("register", "admit", "receive")),
        *(at(f"member-{name}", member.pk) for name in about_member),
        *(at(f"unit-{name}", "thon-chua") for name in about_unit),
        *(at(f"transfer-{name}", waiting.pk) for name in ("accept", "refuse", "withdraw")),
        at("member-official", newcomer.pk),
        at("exemption-end", member.pk, exemption.pk),
        at("temporary-end", member.pk, temporary.pk),
        at("position-end", held.pk),
        at("unit-create", "tam-hong"),
        at("unit-appoint", "tam-hong") + "?q=an",
        at("badges") + "?dot=2024-05-19",
        at("transfers"),
    ]


def queries(client, url):
    client.get(url)  # the first look at a file is recorded; the pages after it belong to the same reading
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return len(seen)


def test_no_page_asks_much_and_none_asks_more_of_a_larger_cell(cast, pages, place):
    before = {url: queries(cast.secretary, url) for url in pages}
    assert {url: count for url, count in before.items() if count > 12} == {}
    make.members(place.village, 40)
    assert {url: queries(cast.secretary, url) for url in pages} == before


def test_every_page_has_one_title_one_primary_button_and_a_way_back(cast, pages):
    for url in pages[:-1]:
        page = cast.secretary.get(url).content.decode()
        assert page.count("<h1") == 1, url
        assert page.count("btn-primary") == 1, url
        assert "Thôi, quay lại" in page, url
        assert "None" not in re.sub(r"<[^>]*>", "", page), url


def test_every_hint_is_tied_to_its_field_and_every_label_to_a_control(cast, pages):
    for url in pages:
        page = cast.secretary.get(url).content.decode()
        ids = set(re.findall(r'\sid="([^"]+)"', page))
        assert set(" ".join(re.findall(r'aria-describedby="([^"]+)"', page)).split()) <= ids, url
        assert set(re.findall(r'<label[^>]*\sfor="([^"]+)"', page)) <= ids, url


def test_the_links_of_the_summary_of_errors_lead_somewhere(cast, pages):
    for url in pages[:-1]:
        page = cast.secretary.post(url, {"kind": "?"}).content.decode()
        ids = set(re.findall(r'\sid="([^"]+)"', page))
        assert set(re.findall(r'<li><a href="#([^"]+)"', page)) <= ids, url


def test_a_second_press_does_nothing_and_leads_to_the_same_place(cast):
    url, typed = at("unit-create", "tam-hong"), NEW | {deeds.SLIP: SLIP}
    with entries(1):
        first, second = cast.secretary.post(url, typed), cast.secretary.post(url, typed)
    assert first.url == second.url
    assert Unit.objects.filter(name="Chi bộ Đồng Sen").count() == 1
    assert "Việc này đã ghi ở lần bấm trước." in cast.secretary.get(second.url).content.decode()


def test_the_slip_of_one_person_is_nothing_to_another(cast):
    url = at("unit-create", "tam-hong")
    cast.secretary.post(url, NEW | {deeds.SLIP: SLIP})
    answer = cast.deputy.post(url, NEW | {deeds.SLIP: SLIP, "name": "Chi bộ khác"})
    assert Unit.objects.filter(name="Chi bộ khác").exists()
    assert answer.status_code == 302


def test_two_presses_at_once_write_once(cast, monkeypatch):
    """The other press commits between our look at the slip and our own end."""
    monkeypatch.setattr(cache, "add", lambda *_args: False)
    with entries(0):
        answer = cast.secretary.post(at("unit-create", "tam-hong"), NEW | {deeds.SLIP: SLIP})
    assert not Unit.objects.filter(name="Chi bộ Đồng Sen").exists()
    assert answer.status_code == 302


def test_a_refused_form_may_be_mended_on_the_same_slip(cast):
    url, typed = at("unit-create", "tam-hong"), NEW | {deeds.SLIP: SLIP}
    answer = cast.secretary.post(url, typed | {"code": "thon-chua"})
    assert answer.status_code == 422
    assert f'name="phieu" value="{SLIP}"' in answer.content.decode()
    assert cast.secretary.post(url, typed).status_code == 302


def test_looking_over_does_not_use_up_the_slip(cast, place):
    url = at("unit-dissolve", "truong-thcs")
    typed = {"on": "1/6/2024", "decision_no": "1", "successor": place.village.pk, deeds.SLIP: SLIP}
    assert cast.secretary.post(url, typed).status_code == 200
    with entries(1):
        assert cast.secretary.post(url, typed | {deeds.CONFIRM: "1"}).status_code == 302


def test_to_confirm_what_is_wrong_is_no_way_round(cast):
    with entries(0):
        answer = cast.secretary.post(
            at("unit-dissolve", "truong-thcs"), {"on": "1/6/2024", deeds.CONFIRM: "1"}
        )
    assert answer.status_code == 422


def test_from_a_day_in_the_past_the_page_says_that_it_writes_today(cast, people):
    url = at("member-edit", people.member.pk)
    assert "Đồng chí đang xem như ngày" not in cast.secretary.get(url).content.decode()
    page = cast.secretary.get(url + "?ngay=2020-01-01").content.decode()
    assert "Đồng chí đang xem như ngày 1/1/2020." in page
    assert "hôm nay, 10/6/2024" in page


def test_whoever_is_not_signed_in_is_asked_to(cast, pages):
    for url in pages:
        assert cast.anonymous.get(url).status_code == 302
