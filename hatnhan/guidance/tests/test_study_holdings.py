"""The member's own copy holds what study holds of the member, and nothing of others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hatnhan.core import clock
from hatnhan.guidance.actions import readings, sessions
from hatnhan.guidance.models import Attempt
from hatnhan.guidance.selectors import study_holdings
from hatnhan.guidance.tests.studied import NOW, document, given
from hatnhan.organization import held

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(NOW):
        yield


def test_the_own_copy_has_places_readings_and_tries(place, people):
    doc = document(place.commune)
    given(doc, place.village)
    head = people.village_secretary.user
    reasons = {people.member.pk: "Ốm dài ngày", people.deputy.pk: "Đi xa"}
    sessions.excuse_members(by=head, at=NOW, document=doc, unit=place.village, reasons=reasons)
    readings.enter_readings(
        by=head,
        at=NOW,
        document=doc,
        cell=place.village,
        member_ids=[people.member.pk, people.deputy.pk],
        read_on=date(2026, 10, 18),
    )
    for days, right in enumerate((2, 4)):
        Attempt.objects.create(
            document=doc,
            member=people.member,
            at=NOW + timedelta(days=days),
            asked=5,
            right=right,
            passed=right > 3,
            rule="x",
        )
    rows = {str(one.title): list(one.rows(people.member)) for one in study_holdings.HOLDINGS}
    assert [(row["ghi nhận"], row["lý do vắng"]) for row in rows["Đợt học tập"]] == [
        ("Vắng có lý do", "Ốm dài ngày")
    ]
    (read,) = rows["Xác nhận đã đọc"]
    assert (read["ngày đọc"], read["bản đã đọc"], read["người ghi hộ"]) == ("18/10/2026", 1, str(head))
    tries = [(row["số câu đúng"], row["kết quả"]) for row in rows["Bài trắc nghiệm"]]
    assert tries == [("2/5", "Chưa đạt"), ("4/5", "Đạt")]
    assert set(study_holdings.HOLDINGS) <= set(held.holdings())
