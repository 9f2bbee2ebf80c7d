"""The register, one denunciation, its deeds; and that who wrote one stands on a single page and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.oversight.models import DenouncedPoint, Denunciation, Restoration, UnnamedLetters
from hatnhan.oversight.tests import checked
from hatnhan.oversight.tests.test_denunciation_actions import (
    POINTS,
    WRITER,
    check_of,
    concluded_check,
    received,
)

ROOT = "/kiem-tra/to-cao/"
SECRETS = ("Trịnh Quốc Vượng", "Xóm Bãi, xã Tam Hồng", "0912 345 678")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(checked.LATER):
        yield


def text_of(client, url=ROOT, status=200):
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code)
    return answer.content.decode()


def send(client, url, status=302, **typed):
    answer = client.post(url, {"phieu": client.get(url).context["slip"], **typed})
    assert answer.status_code == status, answer.content.decode()
    return answer


def one(name, *args):
    return reverse(f"oversight:{name}", args=args)


def at_commune(place, path=""):
    return f"{ROOT}{path}?don_vi={place.commune.code}"


# --- who opens what --------------------------------------------------------------------------------------------------
def test_the_register_shows_numbers_days_and_states_alone(place, people, cast):
    received(place, people)
    page = text_of(cast.inspector, at_commune(place))
    assert "Đơn số 1/2026" in page
    assert "Nhận đơn tố cáo" in page
    for hidden in (*SECRETS, POINTS[0], "Đỗ Văn Hải"):
        assert hidden not in page
    for client in (cast.secretary, cast.member, cast.village_secretary, cast.administrator):
        text_of(client, at_commune(place), status=404)


def test_the_chair_who_does_not_handle_it_sees_that_it_is_there(place, people, cast):
    made = received(place, people, handlers=[people.standing])
    made.handlers.filter(member=people.inspector).delete()
    page = text_of(cast.inspector, one("denunciation", made.pk))
    assert "Giao người giải quyết" in page
    for hidden in (*SECRETS, POINTS[0], "Đỗ Văn Hải", "Xem người viết đơn"):
        assert hidden not in page
    text_of(cast.inspector, one("denouncer", made.pk), status=404)
    assert POINTS[0] in text_of(cast.standing, one("denunciation", made.pk))
    for client in (cast.secretary, cast.village_secretary, cast.member, cast.administrator):
        text_of(client, one("denunciation", made.pk), status=404)
        text_of(client, one("denouncer", made.pk), status=404)
    assert not Entry.objects.filter(action="oversight:denunciation:read_denouncer").exists()
    assert Entry.objects.filter(action="oversight:denunciation:read").count() == 2


def test_each_opening_of_the_writers_page_is_recorded(place, people, cast):
    made = received(place, people)
    for _time in range(2):
        answer = cast.inspector.get(one("denouncer", made.pk))
        assert WRITER.name in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
    assert Entry.objects.filter(action="oversight:denunciation:read_denouncer").count() == 2
    assert cast.inspector.post(one("denouncer", made.pk)).status_code == 405


def test_the_register_takes_the_same_queries_for_few_and_many(place, people, cast):
    received(place, people)
    text_of(cast.inspector, at_commune(place))
    with CaptureQueriesContext(connection) as few:
        text_of(cast.inspector, at_commune(place))
    for _number in range(5):
        received(place, people)
    with CaptureQueriesContext(connection) as many:
        text_of(cast.inspector, at_commune(place))
    assert len(many) == len(few) <= 14, len(few)


def test_letters_without_a_name_are_counted(place, people, cast):
    typed = {"month": "2026-03-01", "kind": "abusive", "count": "2"}
    send(cast.inspector, at_commune(place, "khong-xem-xet/"), **typed)
    assert UnnamedLetters.objects.get().count == 2
    assert "Lăng mạ" in text_of(cast.inspector, at_commune(place))
    text_of(cast.member, at_commune(place, "khong-xem-xet/"), status=403)


@pytest.mark.parametrize(
    ("name", "typed", "state"),
    [
        ("dismiss", {"reason": "Nội dung không rõ", "on": "20/4/2026"}, "dismissed"),
        ("withdraw", {"reason": "Người viết xin rút", "on": "20/4/2026"}, "withdrawn"),
        ("pass-on", {"to": "Ủy ban Kiểm tra tỉnh", "on": "20/4/2026"}, "passed_on"),
    ],
)
def test_it_is_left_after_a_second_look(place, people, cast, name, typed, state):
    made = received(place, people)
    url = one(f"denunciation-{name}", made.pk)
    page = send(cast.inspector, url, status=200, **typed).content.decode()
    assert "Kiểm tra lại trước khi ghi" in page
    send(cast.inspector, url, confirm="1", **typed)
    made.refresh_from_db()
    assert made.state == state
    text_of(cast.secretary, url, status=404)


def test_it_is_combined_and_given_to_others(place, people, cast):
    made, into = received(place, people), received(place, people)
    url = one("denunciation-combine", made.pk)
    send(cast.inspector, url, into=str(into.pk), on="20/4/2026", confirm="1")
    assert "Gồm cả" in text_of(cast.inspector, one("denunciation", into.pk))
    url = one("denunciation-handlers", into.pk)
    send(cast.inspector, url, handlers=[str(people.standing.pk), str(people.inspector.pk)])
    assert into.handlers.count() == 2


# --- from beginning to end, and nowhere a name -----------------------------------------------------------------------
def _whole(place, people, cast):
    """Take a denunciation by its pages from receipt to the good name restored."""
    typed = {
        "about": f"m{people.village_secretary.pk}", "received_on": "2/2/2026", "points": "\n".join(POINTS),
        "name": WRITER.name, "address": WRITER.address, "phone": WRITER.phone,
    }  # fmt: skip
    refused = send(cast.inspector, at_commune(place, "nhan-don/"), status=422, **typed | {"address": ""})
    assert "Chưa ghi" in refused.content.decode()
    send(cast.inspector, at_commune(place, "nhan-don/"), **typed)
    made = Denunciation.objects.get()
    text_of(cast.inspector, one("denouncer", made.pk))
    first = text_of(cast.inspector, one("denunciation-accept", made.pk))
    assert "Mở cuộc kiểm tra" in first
    assert 'name="check"' not in first
    check = check_of(place, people)
    send(cast.inspector, one("denunciation-accept", made.pk), check=str(check.pk), accepted_on="3/3/2026")
    send(cast.inspector, one("denunciation-told", made.pk), on="4/3/2026")
    for point in made.points.all():
        typed = {"result": "false", "finding": "Sổ thu khớp với biên lai."}
        send(cast.inspector, one("point-result", point.pk), **typed)
    made.refresh_from_db()
    concluded_check(made)
    send(cast.inspector, one("denunciation-conclude", made.pk), concluded_on="1/4/2026", confirm="1")
    restoration = Restoration.objects.get()
    typed = {"done_on": "10/4/2026", "where": "Họp chi bộ thôn Chùa"}
    send(cast.inspector, one("restoration-done", restoration.pk), **typed)
    return made


def _columns():
    """Yield every value of every column of every table, as bytes."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            for row in cursor.fetchall():
                for value in row:
                    held = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    yield table, held


def _pages(place, people, made):
    check = made.of_check_id
    yield from (at_commune(place), at_commune(place, "nhan-don/"), at_commune(place, "khong-xem-xet/"))
    deeds = ("handlers", "accept", "dismiss", "told", "withdraw", "combine", "pass-on", "conclude")
    names = ("denunciation", *(f"denunciation-{deed}" for deed in deeds))
    yield from (one(name, made.pk) for name in names)
    yield from (one("point-result", pk) for pk in DenouncedPoint.objects.values_list("pk", flat=True))
    yield from (one("home"), one("checks"), one("check", check), one("complaints"), "/", "/toi/")
    yield f"/nhat-ky/?don_vi={place.commune.code}"
    for person in (people.village_secretary, people.inspector):
        yield reverse("organization:member", args=[person.pk])


def _tells_nobody(held, where):
    for secret in SECRETS:
        assert secret.encode() not in held, where
        assert secret.encode("unicode_escape") not in held, where


def test_who_wrote_it_stands_on_one_page_and_nowhere_else(place, people, cast):
    made = _whole(place, people, cast)
    # In no column, in clear, of any table, the record among them.
    for table, held in _columns():
        _tells_nobody(held, table)
    assert Entry.objects.filter(object_type="oversight.denunciation").count() >= 8
    # On no page that a handler, the one whom it is about, or anybody else opens.
    for client in (cast.inspector, cast.village_secretary, cast.secretary, cast.administrator):
        for url in _pages(place, people, made):
            _tells_nobody(client.get(url, follow=True).content, url)
    # The search finds nothing: the name typed stands in its own box alone.
    found = cast.inspector.get(reverse("site:search"), {"q": "Trịnh Quốc Vượng"}).content.decode()
    assert "Xóm Bãi" not in found
    assert "Đơn số" not in found
    assert WRITER.name in text_of(cast.inspector, one("denouncer", made.pk))


def test_who_wrote_it_is_in_nobodys_own_data(place, people, cast):
    """Who is denounced does not even read there that somebody did."""
    made = _whole(place, people, cast)
    assert Restoration.objects.get(denunciation=made).done_on == date(2026, 4, 10)
    pairs = ((people.village_secretary, cast.village_secretary), (people.inspector, cast.inspector))
    for person, client in pairs:
        answer = client.get(reverse("organization:member-data", args=[person.pk]))
        data = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200
        _tells_nobody(data, person)
        assert "Đơn số".encode() not in data
