"""Pages by which Party activity moves."""

from datetime import date

import pytest

from hatnhan.organization.models import Membership, Transfer
from hatnhan.organization.tests import make
from hatnhan.organization.tests.deed_pages import at, closed_to, done, entries, june, refused

pytestmark = pytest.mark.usefixtures("june")
__all__ = ["june"]


@pytest.fixture
def waiting(people, place):
    return Transfer.objects.create(
        member=people.member,
        from_unit=place.village,
        to_unit=place.school,
        proposed_on=date(2024, 5, 6),
        letter_no="12-GGT",
    )


@pytest.fixture
def leaving(place):
    member = make.member(place.village, "Tạ Văn Đi")
    return Transfer.objects.create(
        member=member,
        from_unit=place.village,
        outside="Đảng bộ phường Vĩnh Yên",
        proposed_on=date(2024, 2, 1),
        letter_no="13-GGT",
    )


def letter(**more):
    return {"proposed_on": "1/6/2024", "letter_no": "12-GGT", "reason": "Chuyển công tác"} | more


def test_the_head_of_a_cell_introduces_a_member_to_another_cell(cast, people, place):
    url = at("member-transfer", people.member.pk)
    form = cast.village_secretary.get(url).context["form"]
    assert list(form.fields["to_unit"].queryset) == [place.school]
    page = done(
        cast.village_secretary, url, **letter(where="inside", to_unit=place.school.pk, outside="thừa")
    )
    made = Transfer.objects.get()
    assert (made.to_unit, made.outside, made.state) == (place.school, "", "proposed")
    assert "Đã giới thiệu đ/c Nguyễn Thị Hòa về Chi bộ Trường THCS" in page.content.decode()


def test_a_member_is_introduced_to_the_outside(cast, people):
    typed = letter(where="outside", outside="Đảng bộ phường Vĩnh Yên")
    done(cast.secretary, at("member-transfer", people.member.pk), **typed)
    assert Transfer.objects.get().destination == "Đảng bộ phường Vĩnh Yên"


def test_the_place_that_was_meant_is_asked_for(cast, people):
    url = at("member-transfer", people.member.pk)
    assert "Chưa chọn chi bộ nơi đến." in refused(cast.secretary, url, **letter(where="inside"))
    page = refused(cast.secretary, url, **letter(where="outside"))
    assert "Chưa ghi tổ chức đảng nơi đến." in page
    assert 'value="Chuyển công tác"' in page


def test_a_second_proposal_is_refused_in_words(cast, people, place, waiting):
    typed = letter(where="inside", to_unit=place.school.pk)
    page = refused(cast.secretary, at("member-transfer", people.member.pk), **typed)
    assert "đã được giới thiệu đến Chi bộ Trường THCS" in page


def test_the_receiving_cell_accepts(cast, people, place, waiting):
    done(cast.school_secretary, at("transfer-accept", waiting.pk), effective_on="3/6/2024")
    now = Membership.objects.get(member=people.member, end=None)
    assert (now.unit, now.start) == (place.school, date(2024, 6, 3))


def test_the_receiving_cell_refuses_with_a_reason(cast, waiting):
    url = at("transfer-refuse", waiting.pk)
    assert "Lý do không nhận: Chưa ghi." in refused(cast.school_secretary, url, answer=" ")
    done(cast.school_secretary, url, answer="Chi bộ sắp giải thể")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.answer) == ("refused", "Chi bộ sắp giải thể")


def test_the_proposing_cell_takes_it_back_but_does_not_answer(cast, waiting):
    closed_to(cast.village_secretary, at("transfer-accept", waiting.pk))
    closed_to(cast.village_secretary, at("transfer-refuse", waiting.pk))
    done(cast.village_secretary, at("transfer-withdraw", waiting.pk))
    waiting.refresh_from_db()
    assert waiting.state == "withdrawn"


def test_the_receiving_cell_does_not_take_it_back(cast, waiting):
    closed_to(cast.school_secretary, at("transfer-withdraw", waiting.pk))


def test_what_was_answered_waits_no_more(cast, waiting):
    done(cast.school_secretary, at("transfer-accept", waiting.pk), effective_on="3/6/2024")
    for name in ("transfer-accept", "transfer-refuse", "transfer-withdraw"):
        assert cast.secretary.get(at(name, waiting.pk)).status_code == 404


def test_to_leave_for_the_outside_is_read_over_first(cast, leaving):
    url = at("transfer-accept", leaving.pk)
    with entries(0):
        page = cast.secretary.post(url, {"effective_on": "3/6/2024"}).content.decode()
    assert "không có đ/c Tạ Văn Đi" in page
    done(cast.secretary, url, effective_on="3/6/2024", confirm="1")
    assert Membership.objects.get(member=leaving.member).end_reason == "left"


def test_the_list_says_what_waits_how_long_and_what_one_may_do(cast, waiting, leaving):
    page = cast.school_secretary.get(at("transfers")).content.decode()
    assert "Nguyễn Thị Hòa" in page
    assert at("transfer-accept", waiting.pk) in page
    assert at("transfer-withdraw", waiting.pk) not in page
    assert "Tạ Văn Đi" not in page
    page = cast.secretary.get(at("transfers")).content.decode()
    assert page.index("Tạ Văn Đi") < page.index("Nguyễn Thị Hòa")
    assert "Trễ " in page
    assert "60 ngày làm việc" in page


def test_a_name_leads_to_the_file_only_for_those_who_may_read_it(cast, people, waiting):
    assert at("member", people.member.pk) not in cast.school_secretary.get(at("transfers")).content.decode()
    assert at("member", people.member.pk) in cast.secretary.get(at("transfers")).content.decode()


@pytest.mark.parametrize("role", ["standing", "member", "administrator", "outsider"])
@pytest.mark.parametrize("name", ["transfer-accept", "transfer-refuse", "transfer-withdraw"])
def test_others_answer_nothing(cast, waiting, role, name):
    closed_to(getattr(cast, role), at(name, waiting.pk))


@pytest.mark.parametrize("role", ["standing", "school_secretary", "member", "administrator", "outsider"])
def test_others_introduce_nobody(cast, people, role):
    closed_to(getattr(cast, role), at("member-transfer", people.member.pk))
