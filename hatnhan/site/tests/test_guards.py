"""What passes every page: what is turned away, and what browsers are told."""

import pytest
from django.conf import settings
from django.core.cache import cache

ELSEWHERE = [
    "http://testserver//la.example/x",
    "http://testserver///la.example",
    "http://testserver/\\la.example",
    "//la.example",
    "/\\la.example",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_choosing_a_place_leads_to_no_other_site(cast, address):
    for answer in (
        cast.secretary.post("/cho-dung/", {"don_vi": "tam-hong", "tiep": address}),
        cast.secretary.get("/cho-dung/", {"ngay": "", "tiep": address}),
    ):
        there = answer.headers["Location"]
        assert there.startswith("/")
        assert there[1:2] not in {"/", "\\"}


@pytest.mark.parametrize("address", ["/", "/dang-vien/", "/toi/", "/khong-co/", "/dang-vien/tai/"])
def test_no_page_of_a_signed_in_person_is_kept(cast, address):
    answer = cast.secretary.get(address)
    answer.close()
    kept = answer.headers["Cache-Control"]
    assert "no-store" in kept
    assert "private" in kept


def test_a_calendar_may_be_kept_for_a_while(cast):
    token = cast.users.secretary.calendar_token
    assert cast.secretary.get(f"/lich/{token}.ics").headers["Cache-Control"] == "private, max-age=900"


@pytest.mark.parametrize("length", [str(settings.LONGEST_REQUEST + 1), "9" * 30, "-1", "x", "²"])
def test_a_body_too_long_is_turned_away_unread(client, length):
    answer = client.generic(
        "POST", "/vao/", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=length
    )
    assert answer.status_code == 413
    assert "quá lớn" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/dang-vien/?chi_bo=%00",
        "/?don_vi=%00",
        "/tim/?q=%00a",
        "/lich/%00.ics",
        "/dang-vien/?roi=9999-12-31",
        "/so-lieu/?ky=31/12/9999",
    ],
)
def test_nonsense_in_an_address_breaks_no_page(cast, address):
    assert cast.secretary.get(address).status_code in {200, 404, 422}


def test_a_busy_day_throws_out_no_slip_and_no_limit(db):
    cache.add("deed:1:slip", "/done/", 3600)
    cache.set_many({f"zz{number}": number for number in range(400)}, 3600)
    assert cache.get("deed:1:slip") == "/done/"


def test_nonsense_typed_for_a_place_chooses_none(cast):
    assert cast.secretary.post("/cho-dung/", {"don_vi": "tam\0hong"}).status_code == 302
    assert "don_vi" not in cast.secretary.session
