"""Setting local values and ending them: by whom, from when, on what paper."""

from datetime import date

import pytest

from hatnhan import rulebook
from hatnhan.accounts.actors import MACHINE
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.rulebook import actions
from hatnhan.rulebook.models import Overlay
from hatnhan.rulebook.topics import TOPICS, Probation

START, LATER = date(2025, 1, 1), date(2026, 1, 1)


@pytest.fixture
def setting(cast, place):
    """Set a number of days for the review of probation, as the commune's secretary unless told otherwise."""

    def setting(days=45, start=START, unit=place.commune, by=None, instrument_date=date(2024, 12, 20)):
        return actions.set_overlay(
            by=by or cast.users.secretary,
            at=clock.now(),
            unit_id=unit.pk,
            value=Probation(months=12, review_working_days=days),
            start=start,
            instrument="12-QĐ/ĐU",
            instrument_date=instrument_date,
        )

    return setting


def refused(code, call, *arguments, **named):
    with pytest.raises(RuleBroken) as caught:
        call(*arguments, **named)
    assert caught.value.code == code


def days_on(day, unit):
    return rulebook.at(Probation, on=day, unit=unit).value.review_working_days


def test_a_local_value_holds_for_the_unit_and_all_below(setting, place):
    setting(45)
    assert days_on(START, place.commune) == days_on(START, place.village) == 45
    assert days_on(date(2024, 12, 31), place.village) == 30
    assert days_on(START, place.province) == 30


def test_the_next_one_takes_over_from_its_first_day(setting, place):
    first = setting(45)
    setting(50, LATER)
    first.refresh_from_db()
    assert first.end == LATER
    assert (days_on(date(2025, 12, 31), place.village), days_on(LATER, place.village)) == (45, 50)


def test_one_set_before_another_lasts_until_that_one(setting, place):
    setting(50, LATER)
    assert setting(45).end == LATER
    refused("overlay_exists", setting, 60)


def test_the_paper_cannot_be_younger_than_the_value(setting):
    refused("instrument_date", setting, instrument_date=date(2025, 1, 2))


def test_ending_brings_back_the_value_from_above(setting, place, cast):
    overlay = setting(45)
    by = {"by": cast.users.secretary, "at": clock.now()}
    refused("end", actions.end_overlay, **by, overlay=overlay, end=START)
    stale = Overlay.objects.get()
    actions.end_overlay(**by, overlay=overlay, end=LATER)
    assert (days_on(date(2025, 12, 31), place.village), days_on(LATER, place.village)) == (45, 30)
    refused("state", actions.end_overlay, **by, overlay=stale, end=date(2025, 6, 1))


@pytest.mark.parametrize(
    "role", ["standing", "inspector", "village_secretary", "member", "administrator", "editor"]
)
def test_only_who_keeps_the_committee_may(setting, cast, place, role):
    with pytest.raises(Denied):
        setting(by=getattr(cast.users, role))
    overlay = setting()
    with pytest.raises(Denied):
        actions.end_overlay(by=getattr(cast.users, role), at=clock.now(), overlay=overlay, end=LATER)


def test_not_for_the_unit_above_and_not_by_a_command(setting, place):
    with pytest.raises(Denied):
        setting(unit=place.province)
    with pytest.raises(Denied):
        setting(by=MACHINE)


# --- Pages ------------------------------------------------------------------------------------------------------------


def test_everyone_signed_in_reads_the_rules(cast):
    page = cast.outsider.get("/quy-dinh/").content.decode()
    for topic in TOPICS:
        assert topic.title in page
    assert "Chưa xác nhận" in page
    assert cast.outsider.get("/quy-dinh/organization.term/", {"ngay": "2020-01-01"}).status_code == 200
    assert cast.outsider.get("/quy-dinh/organization.nothing/").status_code == 404


def test_the_page_speaks_of_the_day_looked_at(cast):
    def cell_months(day):
        told = cast.member.get("/quy-dinh/organization.term/", {"ngay": day}).context["now"]
        return told.rule.value.cell_months

    assert (cell_months("2025-05-25"), cell_months("2025-05-26")) == (30, 60)
    assert (
        "Ngày này chưa có quy định" in cast.member.get("/quy-dinh/", {"ngay": "2005-01-01"}).content.decode()
    )


TYPED = {
    "value_months": "12",
    "value_review_working_days": "45",
    "start": "1/1/2025",
    "instrument": "12-QĐ/ĐU",
    "instrument_date": "20/12/2024",
}
SET = "/quy-dinh/organization.probation/dat/"


def test_a_secretary_sets_and_ends_a_local_value_on_the_page(cast, place):
    form = cast.secretary.get(SET)
    assert form.context["form"]["value_review_working_days"].value() == 30, "starts from the value in force"
    page = cast.secretary.post(SET, TYPED, follow=True).content.decode()
    assert "Đã đặt quy định riêng" in page
    assert "Đảng bộ xã Tam Hồng" in page
    assert days_on(START, place.village) == 45
    seen = cast.village_secretary.get("/quy-dinh/organization.probation/").content.decode()
    assert "12-QĐ/ĐU (20/12/2024)" in seen
    assert "Thôi áp dụng quy định" not in seen, "a cell cannot end what the committee set"
    end = f"/quy-dinh/rieng/{Overlay.objects.get().pk}/thoi/"
    assert cast.village_secretary.get(end).status_code == 404
    assert cast.secretary.post(end, {"end": "1/1/2026"}).status_code == 302
    assert days_on(LATER, place.village) == 30


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("value_months", "0"),
        ("value_months", "rất lâu"),
        ("value_review_working_days", "121"),
        ("start", "31/2/2025"),
        ("instrument", ""),
        ("instrument_date", "2/1/2025"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(cast, field, typed):
    page = cast.secretary.post(SET, TYPED | {field: typed})
    assert page.status_code == 422
    assert set(page.context["form"].errors) <= {field, "start"}
    assert not Overlay.objects.exists()


def test_values_of_many_parts_are_typed_with_commas(cast, place):
    typed = {key: value for key, value in TYPED.items() if not key.startswith("value_")}
    address = "/quy-dinh/organization.badges/dat/"
    assert "30, 35, 40" in cast.secretary.get(address).content.decode()
    wrong = cast.secretary.post(address, typed | {"value_years": "30, bốn mươi", "value_rounds": "03-02"})
    assert set(wrong.context["form"].errors) == {"value_years"}
    for rounds in ("32-01", "03-02, tháng ba", "29-02"):
        wrong = cast.secretary.post(address, typed | {"value_years": "30", "value_rounds": rounds})
        assert set(wrong.context["form"].errors) == {"value_rounds"}, rounds
    done = cast.secretary.post(address, typed | {"value_years": "30, 40,50", "value_rounds": "03-02, 02-09"})
    assert done.status_code == 302
    assert Overlay.objects.get().value == {"years": [30, 40, 50], "rounds": ["03-02", "02-09"]}


def test_a_majority_is_set_by_choosing(cast, place):
    typed = {key: value for key, value in TYPED.items() if not key.startswith("value_")}
    address = "/quy-dinh/ballots.election/dat/"
    page = cast.secretary.get(address).content.decode()
    assert "tổng số người có quyền biểu quyết" in page
    parts = {"numerator": 2, "denominator": 3, "quorum_numerator": 1, "quorum_denominator": 2}
    majority = {f"value_{name}": str(part) for name, part in parts.items()}
    wrong = cast.secretary.post(address, typed | majority | {"value_base": "everybody"})
    assert set(wrong.context["form"].errors) == {"value_base"}
    assert cast.secretary.post(address, typed | majority | {"value_base": "present"}).status_code == 302
    assert Overlay.objects.get().value == parts | {"base": "present", "more_than": False}
    told = cast.member.get("/quy-dinh/ballots.election/", {"ngay": "2025-01-01"}).content.decode()
    assert "số người có mặt" in told
    assert "False" not in told


def test_values_that_do_not_go_together_are_refused(cast):
    typed = {key: value for key, value in TYPED.items() if not key.startswith("value_")}
    ages = typed | {"value_youngest": "61", "value_oldest": "60"}
    assert cast.secretary.post("/quy-dinh/organization.admission_age/dat/", ages).status_code == 422
    days = typed | {"value_remind_working_days": "61", "value_overdue_working_days": "60"}
    assert cast.secretary.post("/quy-dinh/organization.transfer/dat/", days).status_code == 422
    assert not Overlay.objects.exists()
