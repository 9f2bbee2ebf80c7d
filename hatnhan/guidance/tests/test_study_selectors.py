"""Who has to study and who has: one definition, as it stood on a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from hatnhan.core import clock
from hatnhan.guidance.actions import readings, sessions
from hatnhan.guidance.models import Reading
from hatnhan.guidance.selectors import study
from hatnhan.guidance.tests.studied import NOW, TODAY, data, document, given, names
from hatnhan.organization.models import Exemption, Member, Membership
from hatnhan.organization.tests import make


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(NOW):
        yield


def test_due_from_members_of_the_cells_given_that_are_neither_exempt_nor_excused(place, people):
    doc = document(place.commune)
    given(doc, place.village)
    Exemption.objects.create(member=people.deputy, start=date(2026, 1, 1))
    sessions.excuse_members(
        by=people.village_secretary.user,
        at=NOW,
        document=doc,
        unit=place.village,
        reasons={people.member.pk: "Ốm dài ngày"},
    )
    assert names(study.not_studied(doc, None, TODAY)) == ["Đỗ Văn Hải", "Phùng Minh Thông"]
    assert not study.due(doc, place.school, TODAY)
    assert names(study.excused(doc, place.village, TODAY)) == ["Nguyễn Thị Hòa"]
    assert not study.due(doc, None, date(2026, 9, 9))
    assert len(study.due(doc, None, TODAY - timedelta(days=1))) == 3  # excused later


def test_who_studies_all_the_same_counts_though_excused(place, people):
    doc = document(place.commune)
    given(doc, place.village)
    by = people.village_secretary.user
    sessions.excuse_members(by=by, at=NOW, document=doc, unit=place.village, reasons={people.member.pk: "Ốm"})
    readings.acknowledge(by=people.member.user, at=NOW, document=doc, version=1)
    assert names(study.studied(doc, place.village, TODAY)) == ["Nguyễn Thị Hòa"]
    assert study.counts([doc], [place.commune], TODAY) == {(doc.pk, place.village.pk): (1, 4)}


def test_away_from_a_room_with_a_reason_still_has_to_study(place, people):
    doc = document(place.commune)
    given(doc, place.village)
    session = sessions.plan_session(by=people.secretary.user, at=NOW, unit=place.commune, data=data(doc))
    marks = {people.member.pk: ("excused", "Đi công tác"), people.deputy.pk: ("present", "")}
    sessions.mark_attendance(by=people.secretary.user, at=NOW, session=session, marks=marks)
    assert "Nguyễn Thị Hòa" in names(study.not_studied(doc, None, TODAY))
    assert names(study.studied(doc, None, TODAY)) == ["Tạ Thị Hiền"]


def test_a_document_that_was_not_rolled_out_is_asked_of_those_below_who_holds_a_session(place, people):
    doc = document(place.commune)
    assert not study.due(doc, None, TODAY)
    sessions.plan_session(
        by=people.school_secretary.user, at=NOW, unit=place.school, data=data(doc, level="cell")
    )
    assert len(study.due(doc, None, TODAY)) == 3
    assert study.counts([doc], [place.commune], TODAY) == {(doc.pk, place.school.pk): (0, 3)}
    assert list(study.owed_by(people.inspector, TODAY)) == [doc]
    assert not study.owed_by(people.member, TODAY)


def test_counts_rows_and_lists_agree_and_take_as_many_queries_for_many(
    place, people, django_assert_num_queries
):
    docs = [document(place.commune, f"{number}-NQ/ĐU") for number in range(1, 4)]
    given(docs[0], place.village, place.school)
    given(docs[1], place.school)
    sessions.plan_session(by=people.secretary.user, at=NOW, unit=place.commune, data=data(docs[2]))
    sessions.plan_session(
        by=people.school_secretary.user, at=NOW, unit=place.school, data=data(docs[2], level="cell")
    )
    readings.acknowledge(by=people.member.user, at=NOW, document=docs[0], version=1)
    readings.acknowledge(by=people.member.user, at=NOW, document=docs[2], version=1)
    with django_assert_num_queries(2):
        counted = study.counts(docs, [place.commune], TODAY)
    with django_assert_num_queries(2):
        rows = study.owing(docs, [place.commune, place.village], TODAY)
    assert len(counted) == 5
    for (doc_id, cell_id), (done, of) in counted.items():
        doc = next(one for one in docs if one.pk == doc_id)
        cell = place.village if cell_id == place.village.pk else place.school
        assert (study.studied(doc, cell, TODAY).count(), study.due(doc, cell, TODAY).count()) == (done, of)
        theirs = [one for one in rows if (one.document_id, one.cell_id) == (doc_id, cell_id)]
        assert (sum(one.studied for one in theirs), len(theirs)) == (done, of)
    for member in Member.objects.all():
        owed = {one.document_id for one in rows if one.member_id == member.pk and not one.studied}
        assert {one.pk for one in study.owed_by(member, TODAY)} == owed


def test_all_stands_as_on_the_day_asked_for(place, people):
    doc = document(place.commune)
    roll_out = given(doc, place.village)
    Reading.objects.create(document=doc, member=people.member, version=1, read_on=date(2026, 10, 1))
    newcomer = make.member(None, "Vũ Văn Mới")
    Membership.objects.create(
        member=newcomer, unit=place.village, start=date(2026, 10, 5), start_reason="admitted"
    )
    assert study.counts([doc], [place.village], date(2026, 9, 30)) == {(doc.pk, place.village.pk): (0, 4)}
    assert study.counts([doc], [place.village], date(2026, 10, 1)) == {(doc.pk, place.village.pk): (1, 4)}
    assert study.counts([doc], [place.village], date(2026, 10, 5)) == {(doc.pk, place.village.pk): (1, 5)}
    roll_out.cells.update(left_on=date(2026, 10, 10))
    assert study.counts([doc], [place.village], date(2026, 10, 10)) == {}
    assert len(study.due(doc, None, date(2026, 10, 9))) == 5


def test_nobody_owes_what_was_closed_replaced_or_done(place, people):
    doc = document(place.commune)
    roll_out = given(doc, place.village)
    owed = lambda: list(study.owed_by(people.member, TODAY))  # noqa: E731 - asked again after each change
    assert owed() == [doc]
    doc.effective_to = TODAY
    doc.save()
    assert owed() == []
    doc.effective_to = None
    doc.save()
    roll_out.state, roll_out.closed_on = "closed", TODAY
    roll_out.save()
    assert owed() == []
    assert study.due(doc, None, TODAY)


def test_a_late_session_does_not_count_for_an_earlier_day(place, people):
    doc = document(place.commune)
    given(doc, place.village)
    at = datetime(2026, 10, 20, 23, 30, tzinfo=clock.HERE)
    session = sessions.plan_session(
        by=people.village_secretary.user,
        at=NOW,
        unit=place.village,
        data=data(doc, level="cell", starts_at=at),
    )
    sessions.mark_attendance(
        by=people.village_secretary.user, at=at, session=session, marks={people.member.pk: ("present", "")}
    )
    assert not study.studied(doc, None, TODAY - timedelta(days=1))
    assert names(study.studied(doc, None, TODAY)) == ["Nguyễn Thị Hòa"]
