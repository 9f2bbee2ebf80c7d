"""What is due in cells and committees, as it stood on the day."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.core import clock
from hatnhan.deadlines import registry
from hatnhan.deadlines.types import Standing
from hatnhan.organization.models import Badge, Membership, Probation, Term, Transfer
from hatnhan.organization.tests import make
from hatnhan.rulebook.models import Overlay

TODAY = date(2026, 11, 23)
FAR = date(2027, 12, 31)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def due(place, source, on=TODAY, until=FAR, units=None):
    ids = [unit.pk for unit in (units or (place.commune, place.village, place.school))]
    return [
        one for one in registry.due(ids, on=on, until=until) if one.key.startswith(f"organization.{source}:")
    ]


def told(deadlines):
    return [(one.due, one.action) for one in deadlines]


# --- probation
def probation(place, start, end, **fields):
    member = make.member(place.village, admitted_on=start, official_on=None, start=start)
    return Probation.objects.create(member=member, start=start, due=end, **fields)


def test_until_probation_ends_its_end_is_due_and_then_the_review(place):
    one = probation(place, date(2025, 12, 1), date(2026, 12, 1))
    assert told(due(place, "probation")) == [(date(2026, 12, 1), "Mở hồ sơ")]
    (late,) = due(place, "probation", on=date(2026, 12, 2))
    assert late.due == date(2027, 1, 13)
    assert late.key == f"organization.probation:{one.pk}"
    assert late.url == f"/dang-vien/{one.member_id}/"
    assert late.unit_id == place.village.pk
    assert late.rule.topic == "organization.probation"
    assert due(place, "probation", on=date(2027, 3, 1))[0].standing(date(2027, 3, 1)) is Standing.LATE


def test_a_probation_decided_later_was_open_before(place):
    probation(place, date(2024, 12, 1), date(2025, 12, 1), outcome="official", decided_on=date(2026, 1, 5))
    assert due(place, "probation") == []
    assert len(due(place, "probation", on=date(2026, 1, 4))) == 1


def test_the_probation_of_one_who_left_is_due_nowhere(place):
    one = probation(place, date(2025, 12, 1), date(2026, 12, 1))
    Membership.objects.filter(member=one.member).update(end=date(2026, 6, 1), end_reason="left")
    assert due(place, "probation") == []
    assert due(place, "probation", until=date(2026, 11, 30), on=date(2026, 5, 1)) == []


# --- transfers
def test_the_receiving_side_answers_and_the_other_one_asks(place):
    member = make.member(place.village)
    one = Transfer.objects.create(
        member=member,
        from_unit=place.village,
        to_unit=place.school,
        proposed_on=date(2026, 11, 2),
        letter_no="1",
    )
    (remind,) = due(place, "transfer")
    assert remind.due == date(2026, 12, 15)  # 24/11 is off
    assert remind.key == f"organization.transfer:{one.pk}"
    assert remind.title == f"Chuyển sinh hoạt đ/c {member}: từ {place.village} đến {place.school}"
    assert "nhắc nơi nhận ngày 15/12/2026, trả lời chậm nhất 27/1/2027" in remind.detail  # 1/1 is off
    assert (remind.unit_id, remind.action) == (place.school.pk, "Xem và trả lời")
    asking = due(place, "transfer", units=[place.village])
    assert {(d.unit_id, d.action) for d in asking} == {(place.village.pk, "Nhắc nơi nhận")}
    assert [d.due for d in due(place, "transfer", on=date(2026, 12, 15))] == [remind.due]
    (last,) = due(place, "transfer", on=date(2026, 12, 16))
    assert (last.due, last.key) == (date(2027, 1, 27), remind.key)
    assert due(place, "transfer", until=date(2026, 12, 14)) == []
    Transfer.objects.update(state="accepted", decided_on=date(2026, 11, 20))
    assert due(place, "transfer") == []
    assert len(due(place, "transfer", on=date(2026, 11, 19))) == 1


def test_a_transfer_to_the_outside_is_asked_after_by_the_cell_it_left(place):
    member = make.member(place.village)
    Transfer.objects.create(
        member=member,
        from_unit=place.village,
        outside="Đảng bộ khác",
        proposed_on=date(2026, 6, 1),
        letter_no="1",
    )
    (late,) = due(place, "transfer")
    assert (late.unit_id, late.action) == (place.village.pk, "Nhắc nơi nhận")
    assert late.standing(TODAY) is Standing.LATE
    assert "Đảng bộ khác" in late.title


# --- badges
def veteran(cell, admitted_on):
    return make.member(cell, admitted_on=admitted_on, official_on=date(1999, 1, 1))


def test_a_badge_is_due_at_the_first_round_once_the_years_are_full(place):
    member = veteran(place.village, date(1997, 1, 20))
    (one,) = due(place, "badge", until=date(2027, 2, 3))
    assert (one.due, one.key) == (date(2027, 2, 3), f"organization.badge:{member.pk}:30")
    assert one.action == "Lập danh sách"
    assert "30 năm" in one.title
    assert due(place, "badge", until=date(2027, 2, 2)) == []


def test_who_reached_a_level_by_the_last_round_and_has_no_badge_is_late(place):
    member = veteran(place.village, date(1996, 10, 1))
    (one,) = due(place, "badge")
    assert one.due == date(2026, 11, 7)
    assert one.standing(TODAY) is Standing.LATE
    Badge.objects.create(member=member, years=30, awarded_on=date(2026, 11, 7))
    assert due(place, "badge") == []
    assert len(due(place, "badge", on=date(2026, 11, 6))) == 1


def test_levels_reached_long_ago_are_not_asked_for(place):
    veteran(place.village, date(1995, 1, 1))
    assert due(place, "badge", until=date(2027, 2, 3)) == []


def test_who_left_is_given_no_badge_here(place):
    member = veteran(place.village, date(1997, 1, 20))
    Membership.objects.filter(member=member).update(end=date(2026, 1, 1), end_reason="left")
    assert due(place, "badge") == []


def test_a_units_own_rounds_hold_for_it(place, people):
    veteran(place.village, date(1997, 1, 20))
    Overlay.objects.create(
        topic="organization.badges", unit_id=place.commune.pk, value={"years": [30], "rounds": ["15-06"]},
        start=date(2026, 6, 1), instrument="9-QĐ/ĐU", instrument_date=date(2026, 6, 1), set_by=people.secretary.user,
    )  # fmt: skip
    assert told(due(place, "badge")) == [(date(2027, 6, 15), "Lập danh sách")]


# --- terms
def test_a_term_is_announced_some_months_before_it_ends(place):
    term = Term.objects.create(
        unit=place.village, name="2022–2027", start=date(2022, 5, 1), end=date(2027, 5, 1)
    )
    (one,) = due(place, "term")
    assert (one.due, one.action) == (date(2027, 4, 30), "Chuẩn bị đại hội")
    assert one.url == "/to-chuc/thon-chua/"
    assert one.key == f"organization.term:{term.pk}"
    assert due(place, "term", on=date(2026, 10, 1)) == []
    assert due(place, "term", until=date(2027, 4, 29)) == []


def test_a_term_that_ended_without_a_new_one_is_late(place):
    Term.objects.create(unit=place.village, name="2020–2025", start=date(2020, 5, 1), end=date(2025, 5, 1))
    (one,) = due(place, "term")
    assert one.standing(TODAY) is Standing.LATE
    Term.objects.create(unit=place.village, name="2025–2030", start=date(2025, 6, 1), end=date(2030, 6, 1))
    assert due(place, "term") == []
    assert len(due(place, "term", on=date(2025, 5, 31))) == 1


def test_a_dissolved_unit_holds_no_congress(place):
    Term.objects.create(unit=place.village, name="2020–2025", start=date(2020, 5, 1), end=date(2025, 5, 1))
    place.village.dissolved_on = date(2025, 5, 1)
    place.village.save(update_fields=["dissolved_on"])
    assert due(place, "term") == []


def test_the_number_of_queries_does_not_grow(place):
    def fill(count):
        for _ in range(count):
            one = probation(place, date(2025, 12, 1), date(2026, 12, 1))
            Transfer.objects.create(
                member=one.member,
                from_unit=place.village,
                to_unit=place.school,
                proposed_on=TODAY,
                letter_no="1",
            )
            veteran(place.school, date(1997, 1, 20))
            cell = make.unit(f"chi-bo-{one.pk}", "cell", place.commune)
            Term.objects.create(unit=cell, name="2020–2025", start=date(2020, 5, 1), end=date(2025, 5, 1))
            cells.append(cell)

    def queries():
        with CaptureQueriesContext(connection) as caught:
            found = registry.due([unit.pk for unit in cells], on=TODAY, until=FAR)
        return len(caught), len(found)

    cells = [place.commune, place.village, place.school]
    fill(4)
    few, found = queries()
    fill(36)
    many, more = queries()
    assert found < more
    assert many == few
