"""Documents in the register: entered once, mended, received, replaced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.guidance.actions import register
from hatnhan.guidance.models import Document
from hatnhan.guidance.selectors.register import documents_for, in_words, kind_words, named
from hatnhan.guidance.tests.papers import BY, NOW, data, registered

TODAY = date(2018, 11, 5)


@pytest.fixture(autouse=True)
def now():
    with clock.fixed(NOW):
        yield


def refused(code, deed, **how):
    with pytest.raises(RuleBroken) as broken:
        deed(**BY, **how)
    assert broken.value.code == code
    return broken.value


def test_a_document_is_entered_with_its_receipt(place, people):
    document = register.register_document(
        by=people.secretary.user,
        at=NOW,
        unit=place.commune,
        data=data(number=" 05-CT/TW ", text="Học tập tư tưởng"),
        received_on=date(2016, 6, 1),
        received_by=people.deputy,
    )
    assert (document.number, document.version, kind_words(document)) == ("05-CT/TW", 1, "Chỉ thị")
    assert document.full_text.number_key == "05 ct tw"
    assert Entry.objects.get(action="guidance:document:register").object_id == str(document.pk)


def test_the_same_number_under_another_date_stays_two(place):
    first, second = registered(place.commune), registered(place.commune, issued_on=date(2017, 1, 9))
    assert Document.objects.count() == 2
    with pytest.raises(RuleBroken) as broken:
        named(place.commune, TODAY, "05-CT/TW", field="new")
    assert broken.value.code == "several"
    for one in (first, second):
        assert named(place.commune, TODAY, in_words(one), field="new") == one


@pytest.mark.parametrize("number", ["05-CT/TW", "05-ct/tw", "05 - CT/TW"])
def test_the_same_number_and_date_twice_is_an_error_that_names_the_first(place, number):
    registered(place.commune, subject="Về học tập")
    error = refused("twice", register.register_document, unit=place.commune, data=data(number))
    assert "Về học tập" in error.message
    assert error.field == "number"
    # Another register may have it.
    register.register_document(**BY, unit=place.village, data=data(number))


@pytest.mark.parametrize(
    ("code", "field", "more"),
    [
        ("kind", "kind", {}),
        ("number", "number", {"number": "  "}),
        ("subject", "subject", {"subject": ""}),
        ("future", "issued_on", {"issued_on": TODAY + timedelta(days=1)}),
        ("ends_before", "effective_to", {"effective_to": date(2016, 5, 15)}),
        ("secret", "text", {"text": "TỐI MẬT\nBáo cáo"}),
        ("too_long", "text", {"text": "a" * 1_000_001}),
    ],
)
def test_what_cannot_stand_in_the_register(place, code, field, more):
    what = data(**more)
    if code == "kind":
        what = register.DocumentData("poem", what.issuer, what.number, what.issued_on, what.subject)
    assert refused(code, register.register_document, unit=place.commune, data=what).field == field
    assert not Document.objects.exists()


def test_a_receipt_comes_after_the_issue_and_not_tomorrow(place, people):
    document = registered(place.commune)
    receive = register.receive_document
    before = {"received_on": date(2016, 5, 14), "received_by": None}
    assert refused("received_before", receive, document=document, **before).field == "received_on"
    refused("future", receive, document=document, received_on=TODAY + timedelta(days=1), received_by=None)
    receive(**BY, document=document, received_on=TODAY, received_by=people.deputy)
    document.refresh_from_db()
    assert (document.received_on, document.received_by) == (TODAY, people.deputy)


def test_a_new_text_makes_a_new_version_and_other_changes_do_not(place):
    document = registered(place.commune)
    register.edit_document(**BY, document=document, data=data(subject="Khác"))
    assert document.version == 1
    register.edit_document(**BY, document=document, data=data(text="Toàn văn"))
    register.edit_document(**BY, document=document, data=data(text="Toàn văn"))
    assert document.version == 2
    kept = Entry.objects.filter(action="guidance:document:edit").order_by("pk").first()
    assert kept.details["changes"]["subject"] == ["Đẩy mạnh học tập", "Khác"]


def test_a_document_does_not_carry_itself_out(place):
    above = registered(place.province, "01-NQ/TU")
    programme = registered(place.commune, "02-CTr/ĐU", carries_out=above)
    plan = registered(place.commune, "03-KH/ĐU", carries_out=programme)
    what = data("02-CTr/ĐU", carries_out=plan)
    refused("carries_itself", register.edit_document, document=programme, data=what)
    below = registered(place.village, "01-KH/CB")
    what = data("01-NQ/TU", carries_out=below)
    refused("another_unit", register.edit_document, document=above, data=what)


def test_a_replaced_document_ends_on_that_day(place):
    old, new = registered(place.commune), registered(place.commune, "07-CT/TW", date(2018, 1, 2))
    replace = register.replace_document
    refused("before_new", replace, old=old, new=new, on=date(2018, 1, 1))
    replace(**BY, old=old, new=new, on=date(2018, 1, 2))
    old.refresh_from_db()
    assert old.effective_to == date(2018, 1, 2)
    refused("twice", replace, old=old, new=new, on=TODAY)
    refused("itself", replace, old=old, new=old, on=TODAY)
    refused("turned_round", replace, old=new, new=old, on=TODAY)
    assert list(Document.objects.in_force(date(2018, 1, 1))) == [old]
    assert list(Document.objects.in_force(date(2018, 1, 2))) == [new]


def test_a_ring_of_replacements_is_refused_however_long(place):
    a, b, c = (registered(place.commune, f"0{n}-CT/TW") for n in range(3))
    register.replace_document(**BY, old=a, new=b, on=TODAY)
    register.replace_document(**BY, old=b, new=c, on=TODAY)
    refused("turned_round", register.replace_document, old=c, new=a, on=TODAY)


def test_only_keepers_write_and_only_the_line_reads(place, people):
    for person in (people.member, people.village_secretary, people.standing):
        with pytest.raises(Denied):
            register.register_document(by=person.user, at=NOW, unit=place.commune, data=data())
    document, cell = registered(place.commune), registered(place.village, "01-KH/CB")
    assert set(documents_for(people.member.user, on=TODAY)) == {document, cell}
    assert set(documents_for(people.school_secretary.user, on=TODAY)) == {document}


def test_what_was_mended_meanwhile_is_not_written_over(place):
    """A version that came by a file, and what another wrote, both stay."""
    document = registered(place.commune)
    stale, old = Document.objects.get(pk=document.pk), Document.objects.get(pk=document.pk)
    register.grow(Document.objects.get(pk=document.pk))
    refused("changed_meanwhile", register.edit_document, document=old, data=data(subject="Khác"))
    document.refresh_from_db()
    register.edit_document(**BY, document=document, data=data(subject="Về học tập"))
    refused("changed_meanwhile", register.edit_document, document=stale, data=data(subject="Khác"))
    document.refresh_from_db()
    assert (document.subject, document.version) == ("Về học tập", 2)
    days = {"received_on": date(2016, 6, 1), "received_by": None}
    register.receive_document(**BY, document=document, **days)
    refused("changed_meanwhile", register.receive_document, document=stale, **days)


def test_a_number_written_otherwise_is_found_by_one_query(place, django_assert_num_queries):
    wanted = registered(place.commune, "05-CT/TW")
    registered(place.commune, "06-CT/TW")
    line = place.commune.lineage(TODAY)
    assert line
    with django_assert_num_queries(3):
        assert named(place.commune, TODAY, "05 ct tw", field="new") == wanted
