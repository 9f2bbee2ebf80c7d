"""Pages that put members on the roster and correct them."""

from datetime import date

import pytest

from hatnhan.audit.actions import READ_FILE
from hatnhan.audit.models import Entry
from hatnhan.organization.models import Member, Membership, Probation
from hatnhan.organization.tests.deed_pages import at, closed_to, done, entries, june, refused

pytestmark = pytest.mark.usefixtures("june")
__all__ = ["june"]

PERSON = {"full_name": "Trần Văn  Bình", "born": "5/11/1985", "sex": "M", "admitted_on": "3/2/2015"}


def test_who_keeps_the_roster_records_a_member(cast, place):
    typed = PERSON | {
        "cell": place.village.pk,
        "start": "1.4.2016",
        "official_on": "03022016",
        "card_number": "12 345",
    }
    page = done(cast.deputy, at("member-register"), **typed)
    member = Member.objects.get(full_name="Trần Văn Bình")
    assert (member.born_on, member.official_on, member.card_number) == (
        date(1985, 11, 5),
        date(2016, 2, 3),
        "12345",
    )
    assert member.memberships.get().start == date(2016, 4, 1)
    assert "Đã ghi đ/c Trần Văn Bình vào danh sách" in page.content.decode()


def test_a_year_alone_is_a_birthday_where_no_more_is_known(cast, place):
    typed = PERSON | {
        "cell": place.village.pk,
        "start": "1/4/2016",
        "official_on": "3/2/2016",
        "born": "1985",
    }
    done(cast.secretary, at("member-register"), **typed)
    member = Member.objects.get(full_name="Trần Văn Bình")
    assert (member.born_year, member.born_on) == (1985, None)


def test_what_was_typed_stays_beside_what_is_wrong_with_it(cast, place):
    typed = PERSON | {
        "cell": place.village.pk,
        "start": "31/2/2016",
        "born": "hồi xưa",
        "hamlet": "Thôn Chùa",
    }
    page = refused(cast.secretary, at("member-register"), **typed)
    assert "Tháng 2 không có ngày 31." in page
    assert "“hồi xưa” không phải là ngày. Ghi ngày/tháng/năm, như 5/11/2018." in page
    for value in ("31/2/2016", "hồi xưa", "Thôn Chùa", "Trần Văn"):
        assert f'value="{value}' in page
    assert 'href="#id_start"' in page
    assert 'aria-describedby="id_start_helptext id_start_error"' in page
    assert 'aria-invalid="true"' in page


def test_a_rule_broken_stands_at_its_field_in_the_words_of_the_action(cast, place, people):
    typed = PERSON | {"cell": place.village.pk, "start": "1/4/2016", "card_number": people.member.card_number}
    answer = cast.secretary.post(at("member-register"), typed)
    assert "card_number" in answer.context["form"].errors


def test_a_year_of_birth_refused_by_a_rule_stands_at_the_birthday(cast, place):
    typed = PERSON | {"cell": place.village.pk, "start": "1/4/2016", "born": "2010"}
    answer = cast.secretary.post(at("member-register"), typed)
    assert set(answer.context["form"].errors) & {"born", "admitted_on"}


def test_the_cell_whose_page_one_came_from_is_chosen(cast, place):
    form = cast.secretary.get(at("member-register") + "?chi_bo=thon-chua").context["form"]
    assert form["cell"].value() == place.village.pk


def test_admission_opens_probation(cast, place):
    typed = PERSON | {"cell": place.school.pk, "admitted_on": "15/5/2024", "decision_no": "7-QĐ/ĐU"}
    done(cast.secretary, at("member-admit"), **typed)
    member = Member.objects.get(full_name="Trần Văn Bình")
    assert member.official_on is None
    assert Probation.objects.get(member=member).due == date(2025, 5, 15)


def test_a_file_is_corrected(cast, people):
    url = at("member-edit", people.member.pk)
    fields = {name: value or "" for name, value in cast.secretary.get(url).context["form"].initial.items()}
    fields |= {"born": "1961", "admitted_on": "19/5/1990", "official_on": "19/5/1991", "hamlet": "Thôn Mới"}
    done(cast.secretary, url, **fields)
    people.member.refresh_from_db()
    assert (people.member.hamlet, people.member.born_year) == ("Thôn Mới", 1961)


def test_to_open_the_form_is_to_read_the_file(cast, people):
    for name in ("member-edit", "member-contact"):
        with entries(1 if name == "member-edit" else 0):
            cast.secretary.get(at(name, people.member.pk))
    assert Entry.objects.latest("pk").action == READ_FILE


def test_the_head_of_a_cell_keeps_contact_details_and_no_more(cast, people):
    done(
        cast.village_secretary,
        at("member-contact", people.member.pk),
        phone="0912 345 678",
        hamlet="Thôn Chùa",
    )
    people.member.refresh_from_db()
    assert people.member.phone == "0912 345 678"
    closed_to(cast.village_secretary, at("member-edit", people.member.pk))
    closed_to(cast.school_secretary, at("member-contact", people.member.pk))


def test_an_address_without_a_domain_is_refused_with_advice(cast, people):
    page = refused(cast.secretary, at("member-contact", people.member.pk), email="hoa@")
    assert "cần có @ và tên miền" in page
    assert 'value="hoa@"' in page


@pytest.mark.parametrize("role", ["standing", "village_secretary", "member", "administrator", "outsider"])
@pytest.mark.parametrize("name", ["member-register", "member-admit"])
def test_others_put_nobody_on_the_roster(cast, role, name):
    closed_to(getattr(cast, role), at(name))


def test_a_member_who_comes_from_outside_is_taken_in(cast, place):
    typed = PERSON | {"cell": place.village.pk, "official_on": "3/2/2016", "effective_on": "1/6/2024"}
    typed |= {"outside": "Đảng bộ phường Vĩnh Yên", "letter_no": "12-GGT"}
    done(cast.secretary, at("member-receive"), **typed)
    came = Membership.objects.get(member__full_name="Trần Văn Bình")
    assert (came.start, came.start_reason) == (date(2024, 6, 1), "arrived")


def test_the_head_of_a_cell_takes_in_into_the_own_cell_only(cast, place):
    url = at("member-receive")
    choices = cast.village_secretary.get(url).context["form"].fields["cell"].queryset
    assert list(choices) == [place.village]
    typed = PERSON | {
        "cell": place.school.pk,
        "outside": "Đảng bộ khác",
        "letter_no": "1",
        "effective_on": "1/6/2024",
    }
    assert "Không có lựa chọn này nữa." in refused(cast.village_secretary, url, **typed)


@pytest.mark.parametrize("role", ["standing", "member", "administrator", "outsider"])
def test_others_take_nobody_in(cast, role):
    closed_to(getattr(cast, role), at("member-receive"))


def test_the_page_for_members_leads_to_the_one_for_new_ones(cast):
    page = cast.secretary.get(at("member-register")).content.decode()
    assert f'<a href="{at("member-admit")}">trang Kết nạp</a>.' in page
