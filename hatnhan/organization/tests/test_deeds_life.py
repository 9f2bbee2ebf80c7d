"""Pages of what is decided about a member."""

from datetime import date

import pytest

from hatnhan.audit.models import Entry
from hatnhan.organization.models import Badge, Exemption, Membership, Position, Probation
from hatnhan.organization.tests import make
from hatnhan.organization.tests.deed_pages import at, closed_to, done, entries, june, refused

pytestmark = pytest.mark.usefixtures("june")
__all__ = ["june"]


@pytest.fixture
def newcomer(place):
    member = make.member(
        place.village,
        "Trần Văn Mới",
        admitted_on=date(2023, 5, 20),
        official_on=None,
        start=date(2023, 5, 20),
    )
    Probation.objects.create(member=member, start=date(2023, 5, 20), due=date(2024, 5, 20))
    return member


def decision(**more):
    return {"decided_on": "1/6/2024", "decision_no": "30-QĐ/ĐU"} | more


def test_probation_ends_well(cast, newcomer):
    url = at("member-official", newcomer.pk)
    assert cast.secretary.get(url).context["form"]["official_on"].value() == "20/5/2024"
    done(cast.secretary, url, **decision(outcome="official", official_on="20/5/2024", card_number="99887766"))
    newcomer.refresh_from_db()
    assert (newcomer.official_on, newcomer.card_number) == (date(2024, 5, 20), "99887766")


def test_probation_is_lengthened(cast, newcomer):
    done(cast.secretary, at("member-official", newcomer.pk), **decision(outcome="extend", months="6"))
    assert newcomer.probations.get(outcome="").due == date(2024, 11, 20)


def test_each_outcome_asks_for_what_it_needs(cast, newcomer):
    url = at("member-official", newcomer.pk)
    assert "Kéo dài thêm mấy tháng: Chưa ghi." in refused(cast.secretary, url, **decision(outcome="extend"))
    assert "Chính thức từ ngày: Chưa ghi." in refused(cast.secretary, url, **decision(outcome="official"))
    page = refused(cast.secretary, url, **decision(outcome="extend", months="sáu"))
    assert "Ghi số tháng bằng chữ số" in page
    assert 'value="sáu"' in page


def test_too_early_is_said_with_its_ground(cast, newcomer):
    page = refused(
        cast.secretary,
        at("member-official", newcomer.pk),
        **decision(outcome="official", official_on="1/5/2024"),
    )
    assert "Hết hạn dự bị ngày 20/5/2024." in page
    assert "Căn cứ:" in page


def test_striking_off_is_read_over_first(cast, newcomer, place):
    url = at("member-official", newcomer.pk)
    typed = decision(outcome="strike_off", official_on="20/5/2024")
    with entries(0):
        page = cast.secretary.post(url, typed).content.decode()
    assert "Kiểm tra lại trước khi ghi" in page
    assert "Chi bộ thôn Chùa còn 4 đảng viên, không có đ/c Trần Văn Mới" in page
    assert 'name="outcome" value="strike_off"' in page
    assert "Chính thức từ ngày" not in page
    done(cast.secretary, url, **typed, confirm="1")
    assert newcomer.memberships.get().end_reason == "struck_off"


def test_from_the_check_page_one_may_go_back_to_amend(cast, newcomer):
    typed = decision(outcome="strike_off", amend="1")
    with entries(0):
        page = cast.secretary.post(at("member-official", newcomer.pk), typed).content.decode()
    assert "Kiểm tra lại trước khi ghi" not in page
    assert 'value="30-QĐ/ĐU"' in page


def test_there_is_nothing_to_decide_about_an_official_member(cast, people):
    assert cast.secretary.get(at("member-official", people.member.pk)).status_code == 404


def test_a_member_is_excused_and_called_back(cast, people):
    done(cast.secretary, at("member-exempt", people.member.pk), start="1/1/2024", decision_no="07-NQ/CB")
    exemption = Exemption.objects.get(member=people.member)
    assert exemption.end is None
    done(cast.secretary, at("exemption-end", people.member.pk, exemption.pk), end="1/6/2024")
    exemption.refresh_from_db()
    assert exemption.end == date(2024, 6, 1)
    assert cast.secretary.get(at("exemption-end", people.member.pk, exemption.pk)).status_code == 404


def test_the_last_day_is_typed_inclusive(cast, people):
    typed = {"start": "1/1/2024", "end": "30/6/2024", "decision_no": "07-NQ/CB"}
    done(cast.secretary, at("member-exempt", people.member.pk), **typed)
    assert Exemption.objects.get(member=people.member).end == date(2024, 7, 1)


def test_temporary_activity_begins_and_ends(cast, people, place):
    typed = {"cell": place.school.pk, "start": "1/3/2024", "decision_no": "5-GGT"}
    done(cast.secretary, at("member-temporary", people.member.pk), **typed)
    there = Membership.objects.get(member=people.member, kind="temporary")
    assert there.unit == place.school
    done(cast.secretary, at("temporary-end", people.member.pk, there.pk), end="1/6/2024")
    there.refresh_from_db()
    assert there.end == date(2024, 6, 1)


def test_the_end_of_membership_is_read_over_with_what_follows(cast, people):
    url = at("member-end", people.village_secretary.pk)
    typed = {"reason": "died", "end": "5/6/2024", "decision_no": ""}
    with entries(0):
        page = cast.secretary.post(url, typed).content.decode()
    assert "Thôi giữ chức vụ: Bí thư chi bộ (Chi bộ thôn Chùa)." in page
    assert "Chi bộ thôn Chùa còn 3 đảng viên" in page
    assert "Từ trần" in page
    done(cast.secretary, url, **typed, confirm="1")
    assert Membership.objects.get(member=people.village_secretary).end == date(2024, 6, 5)
    assert Position.objects.get(member=people.village_secretary).end == date(2024, 6, 5)


def test_a_rule_is_found_before_the_check_page(cast, people):
    typed = {"reason": "left", "end": "5/6/2030", "decision_no": ""}
    page = refused(cast.secretary, at("member-end", people.member.pk), **typed)
    assert 'value="5/6/2030"' in page


def test_an_expulsion_needs_its_decision(cast, people):
    typed = {"reason": "expelled", "end": "5/6/2024"}
    assert "Ghi số quyết định" in refused(cast.secretary, at("member-end", people.member.pk), **typed)


def test_a_badge_is_awarded_to_one(cast, people):
    typed = {"years": "30", "awarded_on": "19/5/2020", "decision_no": "9-QĐ/TU"}
    done(cast.secretary, at("member-badge", people.member.pk), **typed)
    assert Badge.objects.get(member=people.member).years == 30


def test_only_badges_reached_and_not_yet_given_are_offered(cast, people, newcomer):
    def offered(client, person):
        return at("member-badge", person.pk) in {
            deed.url for deed in client.get(at("member", person.pk)).context["deeds"]
        }

    address = at("member-badge", people.member.pk)
    page = cast.secretary.get(address).content.decode()
    assert [years for years in (30, 40, 50) if f'value="{years}"' in page] == [30]
    assert offered(cast.secretary, people.member)
    assert not offered(cast.village_secretary, people.member)
    Badge.objects.create(member=people.member, years=30, awarded_on=date(2020, 5, 19))
    assert not offered(cast.secretary, people.member)
    assert "chưa đến mức Huy hiệu nào" in cast.secretary.get(address).content.decode()
    assert not offered(cast.secretary, newcomer)
    assert "chưa đến mức Huy hiệu nào" in cast.secretary.get(at("member-badge", newcomer.pk)).content.decode()


@pytest.mark.parametrize("role", ["standing", "village_secretary", "member", "administrator", "outsider"])
@pytest.mark.parametrize(
    "name", ["member-official", "member-exempt", "member-temporary", "member-end", "member-badge"]
)
def test_others_decide_nothing_about_a_member(cast, newcomer, role, name):
    closed_to(getattr(cast, role), at(name, newcomer.pk))


def test_nobody_is_told_whether_a_member_exists(cast):
    before = Entry.objects.count()
    assert cast.secretary.get(at("member-end", 10**9)).status_code == 404
    assert Entry.objects.count() == before
