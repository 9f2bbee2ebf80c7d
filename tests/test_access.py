"""Every address × every role: what is answered. `access.txt` is the table, one line an address.

A line is `[POST] name[@object] status…`, with one status for each of ROLES; without @object the address needs none,
or takes the one it has in OBJECTS. A new address without a line fails, and so does a line without an address.
200 page, 302 sent on (to sign in, or after a deed), 401 refused, 403 told which post is needed, 404 as if it did not
exist, 405 only by form, 409 and 422 what was sent breaks a rule or lacks something.
"""

from __future__ import annotations

import re
from datetime import date
from http.cookies import SimpleCookie
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hatnhan import conftest
from hatnhan.core import clock
from hatnhan.organization.models import (
    Exemption,
    Membership,
    Position,
    Post,
    Probation,
    RosterImport,
    Transfer,
)
from hatnhan.organization.tests import make
from hatnhan.rulebook.models import Overlay
from tests import access_guidance, access_oversight, access_reviews, access_rhythm

#: The same cast as in the rooms' own tests, which pytest offers only beneath `hatnhan`.
place, people, cast = conftest.place, conftest.people, conftest.cast

ROLES = [
    "anonymous",
    "outsider",
    "administrator",
    "editor",
    "member",
    "village_secretary",
    "school_secretary",
    "inspector",
    "standing",
    "secretary",
]
LINE = re.compile(r"(?P<post>POST )?(?P<name>[\w:-]+)(?:@(?P<object>[\w-]+))?(?P<statuses>(?: +\d{3})+)")
TABLE = [
    found
    for line in (Path(__file__).parent / "access.txt").read_text("utf-8").splitlines()
    if (found := LINE.fullmatch(line.split("#")[0].strip()))
]
#: The table in parts of which no one takes long, each named after its first line.
PARTS = {TABLE[start][0].split("  ")[0]: TABLE[start : start + 20] for start in range(0, len(TABLE), 20)}


def url_names(patterns=None, prefix=""):
    """Yield the full names of all addresses. An address without a name cannot be in the table, and fails."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from url_names(pattern.url_patterns, inner)
        else:
            assert isinstance(pattern, URLPattern)
            assert pattern.name, f"{pattern.pattern} has no name"
            yield prefix + pattern.name


def test_the_table_has_a_line_for_every_address_and_an_address_for_every_line():
    assert {line["name"] for line in TABLE} == set(url_names())


def test_every_line_of_the_table_is_understood():
    lines = (Path(__file__).parent / "access.txt").read_text("utf-8").splitlines()
    written = [line for line in lines if line.split("#")[0].strip()]
    assert len(written) == len(TABLE)
    assert {len(line["statuses"].split()) for line in TABLE} == {len(ROLES)}


@pytest.fixture
def world(cast, people, place):
    """One thing of each kind: in the village cell, in the school cell, in a commune beside ours."""
    beside = make.unit("xa-ben", "commune", place.province, "Đảng bộ xã Bên")
    cell = make.unit("thon-ben", "cell", beside, "Chi bộ thôn Bên")
    fellow = make.member(place.village, "Nguyễn Văn Bạn")
    probationer = make.member(place.village, "Trần Văn Mới", official_on=None, admitted_on=date(2026, 3, 1))
    colleague = make.member(place.school, "Trần Thị Đồng", sex="F")
    stranger = make.member(cell, "Trần Văn Lạ")
    stranger_kin = make.member(cell, "Vũ Văn Lạ")
    make.member(place.school, "Vũ Thị Khuất", sex="F")
    return SimpleNamespace(
        client=Client(raise_request_exception=False),
        cast=cast,
        people=people,
        objects=objects(
            cast,
            people,
            place,
            SimpleNamespace(
                cell=cell,
                beside=beside,
                fellow=fellow,
                colleague=colleague,
                stranger=stranger,
                stranger_kin=stranger_kin,
                probationer=probationer,
            ),
        ),
    )


def objects(cast, people, place, others):
    """Return, by the object's name in the table, what the address is made with."""
    day = date(2026, 6, 1)

    def member(person):
        return {"pk": person.pk}

    def unit(one):
        return {"code": one.code}

    def post(one):
        return {"pk": Position.objects.get(member=one).pk}

    def transfer(person, start, to):
        made = Transfer.objects.create(
            member=person,
            from_unit=start,
            to_unit=to,
            outside="" if to else "Xã khác",
            proposed_on=day,
            letter_no="1-GT",
            reason="Đổi nơi ở",
        )
        return {"pk": made.pk}

    def temporary(person, where):
        made = Membership.objects.create(
            member=person, unit=where, kind="temporary", start=day, start_reason="temporary"
        )
        return {"pk": person.pk, "membership": made.pk}

    def exemption(person):
        made = Exemption.objects.create(member=person, start=day, decision_no="1-QĐ")
        return {"pk": person.pk, "exemption": made.pk}

    def overlay(one):
        made = Overlay.objects.create(
            topic="organization.probation",
            unit_id=one.pk,
            value={"months": 12, "review_working_days": 40},
            start=day,
            instrument="1-QĐ/ĐU",
            instrument_date=day,
            set_by=cast.users.secretary,
        )
        return {"pk": made.pk}

    upload = RosterImport.objects.create(
        unit=place.commune,
        by=cast.users.secretary,
        filename="a.xlsx",
        state="failed",
        uploaded_at=clock.at(day),
    )
    Probation.objects.create(member=others.probationer, start=date(2026, 3, 1), due=date(2027, 3, 1))
    chair = make.post(others.stranger, others.cell, Post.SECRETARY)
    rhythm = access_rhythm.objects(cast, people, place, others)
    return {
        "self": member(people.member),
        "fellow": member(others.fellow),
        "colleague": member(others.colleague),
        "stranger": member(others.stranger),
        "probationer": member(others.probationer),
        "village": unit(place.village),
        "school": unit(place.school),
        "commune": unit(place.commune),
        "province": unit(place.province),
        "beside": unit(others.cell),
        "village-post": post(people.village_secretary),
        "school-post": post(people.school_secretary),
        "beside-post": {"pk": chair.pk},
        "village-out": transfer(others.fellow, place.village, place.school),
        "school-out": transfer(others.colleague, place.school, place.village),
        "beside-out": transfer(others.stranger, others.cell, None),
        "village-temporary": temporary(others.probationer, place.school),
        "village-exempt": exemption(others.fellow),
        "school-exempt": exemption(others.colleague),
        "upload": {"pk": upload.pk},
        "account": {"pk": cast.users.member.pk},
        "nobody": {"pk": 0},
        "overlay": overlay(place.commune),
        "overlay-above": overlay(place.province),
        "topic": {"name": "organization.probation"},
        "no-topic": {"name": "organization.nothing"},
        "figure": {"key": "organization.members.total"},
        "no-figure": {"key": "organization.nothing"},
        "token": {"token": cast.users.member.calendar_token},
        "no-token": {"token": "khong-co"},
        **rhythm,
        **access_guidance.objects(people, place, others, rhythm),
        **access_oversight.objects(place, people, others),
        **access_reviews.objects(cast, place, people, others),
    }


def answer(world, line, role):
    """Ask as a role, on cookies of its own, and undo whatever was done. Return the status and the text."""
    address = reverse(line["name"], kwargs=world.objects[line["object"]] if line["object"] else {})
    client = world.client
    client.cookies = SimpleCookie(getattr(world.cast, role).cookies.output(header=""))
    with transaction.atomic():
        response = client.post(address) if line["post"] else client.get(address, {"q": "a"})
        transaction.set_rollback(True)
    # Reading a file to its end closes it, and leaves the connection to the database to the test.
    if response.streaming:
        response.getvalue()
        return response.status_code, ""
    kind = response.headers.get("Content-Type", "")
    words = kind.startswith(("text/", "application/json", "image/svg"))
    return response.status_code, response.content.decode() if words else ""


EVERYONE = ("Thông", "Hiền", "Chiến", "Hợi", "Hải", "Bích", "Hòa", "Bạn", "Mới", "Đồng", "Lạ", "Khuất")
#: Whom a role must meet on no page at all, by given name; and the units that do not exist for it.
HIDDEN = {
    **dict.fromkeys(("outsider", "editor", "administrator"), EVERYONE),
    **dict.fromkeys(("member", "village_secretary"), ("Khuất", "Lạ")),
    **dict.fromkeys(("school_secretary", "inspector", "standing", "secretary"), ("Lạ",)),
}
FAMILIES = ("Phùng", "Tạ", "Kim", "Lê", "Đỗ", "Nguyễn", "Trần", "Vũ")
#: Accounts bear names, which the administrator keeps; a calendar address is its own key.
APART = ("accounts:", "site:calendar-feed")


def leaks(line, role, text):
    """Return the people and units on a page that the role may not know of."""
    if role not in HIDDEN or line["name"].startswith(APART):
        return []
    hidden = HIDDEN[role]
    people = rf"(?:{'|'.join(FAMILIES)}) \w+ (?:\w+ )?(?:{'|'.join(hidden)})\b"
    units = "|thôn Chùa|Trường THCS|xã Tam Hồng" if hidden is EVERYONE else ""
    return sorted(set(re.findall(f"{people}|thôn Bên|xã Bên{units}", text)))


@pytest.mark.parametrize("part", PARTS)
def test_every_role_is_answered_as_the_table_says_and_told_of_nobody_else(part, world):
    cache.clear()
    wrong = []
    for line in PARTS[part]:
        answers = {role: answer(world, line, role) for role in ROLES}
        found = [status for status, _text in answers.values()]
        if found != [int(status) for status in line["statuses"].split()]:
            wrong.append(f"{line[0]}\n  is {' '.join(map(str, found))}")
        told = {
            role: names for role, (_status, text) in answers.items() if (names := leaks(line, role, text))
        }
        wrong += [f"{line[0].split('  ')[0]} tells {role} of {names}" for role, names in told.items()]
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


def test_a_name_that_is_told_is_noticed(world):
    line = next(
        line for line in TABLE if line["name"] == "organization:cell-sheet" and line["object"] == "school"
    )
    _status, text = answer(world, line, "secretary")
    assert leaks(line, "member", text) == ["Vũ Thị Khuất"]
    assert "Trần Thị Đồng" in leaks(line, "administrator", text)
    assert "Trường THCS" in leaks(line, "administrator", text)
