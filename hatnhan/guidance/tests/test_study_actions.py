"""Sessions, readings, excuses and the quiz: what is written, what is refused, who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, Missing, RuleBroken
from hatnhan.guidance.actions import quiz, readings, sessions
from hatnhan.guidance.models import Attempt, Excuse, Question, Reading, Session, SessionPlace
from hatnhan.guidance.selectors import quiz as tried
from hatnhan.guidance.selectors import study, study_pages
from hatnhan.guidance.tests.studied import NOW, TODAY, data, document, given, names
from hatnhan.organization.models import Exemption
from hatnhan.organization.tests import make


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def doc(place):
    return document(place.commune)


def broken(code, action, **known):
    with pytest.raises(RuleBroken) as error:
        action(at=NOW, **known)
    assert error.value.code == code
    return error.value


def plan(people, place, doc, **fields):
    return sessions.plan_session(
        by=people.secretary.user, at=NOW, unit=place.commune, data=data(doc, **fields)
    )


def test_a_session_lists_all_below_but_the_exempt_in_few_statements(
    place, people, doc, django_assert_max_num_queries
):
    Exemption.objects.create(member=people.deputy, start=date(2026, 1, 1))
    make.members(place.school, 30)
    with django_assert_max_num_queries(20):
        session = plan(people, place, doc)
    assert session.places.count() == 36
    assert not session.places.filter(member=people.deputy).exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "title_missing"),
        ({"title": "x" * 201}, "too_long"),
        ({"level": "cell"}, "level"),
        ({"mode": "sky"}, "mode"),
        ({"mode": "self"}, "until_missing"),
        ({"mode": "self", "until": date(2026, 10, 19)}, "until_before"),
    ],
)
def test_a_session_that_does_not_hold_together_is_refused(place, people, doc, fields, code):
    known = {"by": people.secretary.user, "unit": place.commune, "data": data(doc, **fields)}
    broken(code, sessions.plan_session, **known)


def test_who_may_plan_and_of_which_documents(place, people, doc):
    with pytest.raises(Denied):
        sessions.plan_session(by=people.village_secretary.user, at=NOW, unit=place.commune, data=data(doc))
    elsewhere = document(make.unit("xa-khac", "commune", place.province))
    with pytest.raises(Missing):
        plan(people, place, elsewhere)
    strangers = {"unit": place.village, "members": {people.inspector.pk}, "data": data(doc, level="cell")}
    broken("not_a_member", sessions.plan_session, by=people.village_secretary.user, **strangers)


def test_marks_make_it_held_and_only_what_changes_is_recorded(place, people, doc):
    session = plan(people, place, doc)
    by, marks = people.secretary.user, {people.member.pk: ("present", "")}
    sessions.mark_attendance(by=by, at=NOW, session=session, marks=marks)
    sessions.mark_attendance(by=by, at=NOW, session=session, marks=marks)
    assert session.state == "held"
    assert Entry.objects.filter(action="guidance:study:attendance").count() == 1
    broken("session_held", sessions.cancel_session, by=by, session=session, reason="Mưa")
    other = data(document(place.commune, "13-NQ/ĐU"))
    broken("document_fixed", sessions.edit_session, by=by, session=session, data=other)


def test_the_head_of_a_cell_marks_the_own_members_in_the_committees_session(place, people, doc):
    session = plan(people, place, doc)
    by = people.village_secretary.user
    sessions.mark_attendance(by=by, at=NOW, session=session, marks={people.member.pk: ("present", "")})
    with pytest.raises(Denied):
        sessions.mark_attendance(by=by, at=NOW, session=session, marks={people.inspector.pk: ("present", "")})
    with pytest.raises(Denied):
        sessions.mark_attendance(
            by=people.member.user, at=NOW, session=session, marks={people.member.pk: ("present", "")}
        )


def test_a_mark_that_cannot_be_is_refused(place, people, doc):
    session = plan(people, place, doc)
    known, key = {"by": people.secretary.user, "session": session}, people.member.pk
    error = broken("reason_missing", sessions.mark_attendance, marks={key: ("excused", " ")}, **known)
    assert error.field == f"mark-{key}"
    broken("unknown_mark", sessions.mark_attendance, marks={key: ("late", "")}, **known)
    broken("not_invited", sessions.mark_attendance, marks={10**9: ("present", "")}, **known)
    later = plan(people, place, doc, starts_at=NOW + timedelta(days=2))
    broken("too_early", sessions.mark_attendance, marks={key: ("present", "")}, **known | {"session": later})
    sessions.cancel_session(by=people.secretary.user, at=NOW, session=later, reason="Hoãn")
    broken("session_cancelled", sessions.mark_attendance, marks={}, **known | {"session": later})


def test_more_people_come_onto_a_list_once(place, people, doc):
    session = sessions.plan_session(
        by=people.secretary.user, at=NOW, unit=place.commune, data=data(doc), members={people.member.pk}
    )
    both = {people.member.pk, people.deputy.pk}
    known = {"by": people.secretary.user, "session": session, "members": both}
    assert sessions.add_places(at=NOW, **known) == 1
    assert sessions.add_places(at=NOW, **known) == 0
    sessions.edit_session(
        by=people.secretary.user,
        at=NOW,
        session=session,
        data=data(doc, mode="self", until=TODAY, title="Tự học"),
    )
    session.refresh_from_db()
    assert (session.title, session.until) == ("Tự học", TODAY)


def test_an_excuse_has_a_reason_and_can_be_taken_back(place, people, doc):
    given(doc, place.village)
    known = {"by": people.village_secretary.user, "document": doc, "unit": place.village}
    sessions.excuse_members(at=NOW, **known, reasons={people.member.pk: "Điều trị dài ngày"})
    assert "Nguyễn Thị Hòa" not in names(study.due(doc, None, TODAY))
    assert sessions.take_back_excuses(at=NOW, **known, members=[people.member.pk]) == 1
    assert "Nguyễn Thị Hòa" in names(study.due(doc, None, TODAY))
    assert SessionPlace.objects.count() == 1
    assert not Excuse.objects.exists()  # given and taken back on one day
    broken("reason_missing", sessions.excuse_members, **known, reasons={people.member.pk: " "})
    broken("not_a_member", sessions.excuse_members, **known, reasons={people.inspector.pk: "Ốm"})
    with pytest.raises(Denied):
        sessions.excuse_members(at=NOW, **known | {"by": people.school_secretary.user}, reasons={})


def later(days):
    return NOW + timedelta(days=days)


def test_an_excuse_counts_from_its_day_to_the_day_it_is_taken_back(place, people, doc):
    given(doc, place.village)
    known = {"by": people.village_secretary.user, "document": doc, "unit": place.village}
    owing = {}
    sessions.excuse_members(at=NOW, **known, reasons={people.deputy.pk: "Ốm"})
    for day, told in ((5, "Nằm viện"), (7, "Nằm viện lâu"), (9, "")):
        with clock.fixed(later(day)):
            if told:
                sessions.excuse_members(at=later(day), **known, reasons={people.member.pk: told})
            else:
                sessions.take_back_excuses(at=later(day), **known, members=[people.member.pk])
    for day in range(4, 11):
        owing[day] = "Nguyễn Thị Hòa" in names(study.due(doc, None, TODAY + timedelta(days=day)))
    assert owing == {4: True, 5: False, 6: False, 7: False, 8: False, 9: True, 10: True}
    said = {
        day: [
            one.reason
            for one in study_pages.excused(known["by"], doc, place.village, TODAY + timedelta(days=day))
        ]
        for day in (4, 6, 8, 9)
    }
    assert said == {4: ["Ốm"], 6: ["Ốm", "Nằm viện"], 8: ["Ốm", "Nằm viện lâu"], 9: ["Ốm"]}


def test_an_excuse_ends_when_its_list_is_given_up_or_comes_into_a_room(place, people, doc):
    given(doc, place.village)
    by = people.secretary.user
    alone = {"mode": "self", "until": TODAY + timedelta(days=30)}
    for number, change in enumerate(("room", "cancel")):
        session = plan(people, place, doc, **alone)
        sessions.mark_attendance(
            by=by, at=NOW, session=session, marks={people.member.pk: ("excused", "Đi công tác")}
        )
        assert "Nguyễn Thị Hòa" not in names(study.due(doc, None, TODAY))
        with clock.fixed(later(2)):
            if change == "room":
                sessions.edit_session(by=by, at=later(2), session=session, data=data(doc))
            else:
                Session.objects.filter(pk=session.pk).update(state="planned")
                sessions.cancel_session(by=by, at=later(2), session=session, reason="Mưa")
        assert "Nguyễn Thị Hòa" in names(study.due(doc, None, TODAY + timedelta(days=2)))
        assert "Nguyễn Thị Hòa" not in names(study.due(doc, None, TODAY + timedelta(days=1)))
        assert Excuse.objects.filter(end=TODAY + timedelta(days=2)).count() == number + 1


def test_the_record_tells_an_excuse_from_taking_it_back_in_each_list(place, people, doc):
    given(doc, place.village)
    above = plan(people, place, doc, mode="self", until=TODAY + timedelta(days=30))
    key = people.member.pk
    sessions.mark_attendance(
        by=people.secretary.user, at=NOW, session=above, marks={key: ("excused", "Đi công tác")}
    )
    known = {"by": people.village_secretary.user, "document": doc, "unit": place.village, "at": NOW}
    own = sessions.excuse_members(**known, reasons={key: "Nằm viện"})
    sessions.take_back_excuses(**known, members=[key])
    rows = Entry.objects.filter(action="guidance:study:attendance").order_by("pk")
    number = {"document": "12-NQ/ĐU"}
    assert [(one.object_id, one.unit_id, one.details) for one in rows] == [
        (str(above.pk), place.commune.pk, number | {"excused": "Nguyễn Thị Hòa: Đi công tác"}),
        (str(own.pk), place.village.pk, number | {"excused": "Nguyễn Thị Hòa: Nằm viện"}),
        (
            str(above.pk),
            place.commune.pk,
            number | {"unmarked": "Nguyễn Thị Hòa (trước: Vắng có lý do: Đi công tác)"},
        ),
        (
            str(own.pk),
            place.village.pk,
            number | {"unmarked": "Nguyễn Thị Hòa (trước: Vắng có lý do: Nằm viện)"},
        ),
    ]


def test_a_session_edited_meanwhile_is_not_written_over(place, people, doc):
    by, session = people.secretary.user, plan(people, place, doc)
    stale = Session.objects.get(pk=session.pk)
    sessions.edit_session(by=by, at=NOW, session=session, data=data(doc, place="Hội trường"))
    known = {"by": by, "session": stale, "data": data(doc, title="Học lại")}
    broken("changed_meanwhile", sessions.edit_session, **known)
    session.refresh_from_db()
    assert (session.title, session.place) == ("Học nghị quyết", "Hội trường")
    entry = Entry.objects.filter(action="guidance:study:session").latest("pk")
    assert entry.details == {"changes": {"place": ["", "Hội trường"]}}


def test_reading_is_of_a_version_and_once(place, people, doc):
    by = people.member.user
    for _twice in range(2):
        readings.acknowledge(by=by, at=NOW, document=doc, version=1)
    doc.version = 2
    doc.save()
    broken("older_version", readings.acknowledge, by=by, document=doc, version=1)
    readings.acknowledge(by=by, at=NOW, document=doc, version=2)
    assert list(Reading.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    assert Entry.objects.filter(action="guidance:study:read").count() == 2


def test_those_without_a_phone_are_entered_by_the_head_of_the_cell(place, people, doc):
    known = {"document": doc, "cell": place.village, "read_on": date(2026, 9, 20)}
    both = {people.member.pk, people.deputy.pk}
    by = people.village_secretary.user
    assert readings.enter_readings(by=by, at=NOW, member_ids=both, **known) == 2
    assert readings.enter_readings(by=by, at=NOW, member_ids=both, **known) == 0
    assert Reading.objects.filter(entered_by=str(by)).count() == 2
    broken("nobody", readings.enter_readings, by=by, member_ids=[], **known)
    broken("not_a_member", readings.enter_readings, by=by, member_ids=[people.inspector.pk], **known)
    for day, code in ((date(2026, 10, 21), "future"), (date(2026, 8, 31), "before_issue")):
        broken(code, readings.enter_readings, by=by, member_ids=both, **known | {"read_on": day})
    with pytest.raises(Denied):
        readings.enter_readings(by=people.member.user, at=NOW, member_ids=both, **known)


def bank(people, doc, how_many=6):
    return [
        quiz.set_question(
            by=people.secretary.user,
            at=NOW,
            document=doc,
            text=f"Câu {number}?",
            options=["Sai", "Đúng"],
            right=1,
        )
        for number in range(how_many)
    ]


def answers(doc, member, *, wrong=0):
    this = tried.next_try(doc, member.pk, TODAY)
    chosen = {key: this.right[key] for key in this.asked}
    for key in this.asked[:wrong]:
        chosen[key] = next(iter(this.options[key] - {this.right[key]}))
    return chosen


def test_a_try_asks_as_many_as_the_rule_says_and_keeps_only_the_count(place, people, doc):
    bank(people, doc)
    attempt = quiz.take_quiz(
        by=people.member.user, at=NOW, document=doc, answers=answers(doc, people.member, wrong=2)
    )
    assert (attempt.asked, attempt.right, attempt.passed) == (5, 3, True)
    assert attempt.rule.startswith("guidance.quiz@")
    entry = Entry.objects.get(action="guidance:quiz:attempt")
    assert entry.details == {}


def test_answers_belong_to_the_questions_asked(place, people, doc):
    bank(people, doc)
    by, known = people.member.user, answers(doc, people.member)
    less = dict(list(known.items())[1:])
    assert broken("unanswered", quiz.take_quiz, by=by, document=doc, answers=less).field.startswith("q-")
    foreign = dict.fromkeys(known, 10**9)
    broken("other_questions", quiz.take_quiz, by=by, document=doc, answers=foreign)
    every = {one.pk: one.options.get(right=True).pk for one in Question.objects.all()}
    broken("other_questions", quiz.take_quiz, by=by, document=doc, answers=every)
    broken("no_questions", quiz.take_quiz, by=by, document=document(place.commune, "14-NQ/ĐU"), answers={})


def test_tries_end_where_the_rule_says(place, people, doc, monkeypatch):
    bank(people, doc)
    rule = tried.next_try(doc, people.member.pk, TODAY).rule
    once = replace(rule, value=rule.value.model_copy(update={"most_attempts": 1}))
    monkeypatch.setattr(tried, "law_for", lambda *_known: once)
    quiz.take_quiz(by=people.member.user, at=NOW, document=doc, answers=answers(doc, people.member))
    broken(
        "no_more_attempts",
        quiz.take_quiz,
        by=people.member.user,
        document=doc,
        answers=answers(doc, people.member),
    )


def test_tries_on_paper_end_where_the_rule_says_too(place, people, doc, monkeypatch):
    rule = tried.next_try(doc, people.member.pk, TODAY).rule
    once = replace(rule, value=rule.value.model_copy(update={"most_attempts": 1}))
    monkeypatch.setattr(quiz, "law_for", lambda *_known: once)
    known = {"document": doc, "cell": place.village, "asked": 5, "taken_on": date(2026, 10, 1)}
    key, by = people.member.pk, people.village_secretary.user
    quiz.enter_attempts(by=by, at=NOW, right={key: 2}, **known)
    error = broken("no_more_attempts", quiz.enter_attempts, by=by, right={key: 5}, **known)
    assert error.field == f"right-{key}"


def test_a_question_changed_meanwhile_is_not_written_over(people, doc):
    (question,) = bank(people, doc, 1)
    stale = Question.objects.get(pk=question.pk)
    known = {"by": people.secretary.user, "options": ["A", "B"], "right": 0}
    quiz.edit_question(at=NOW, question=question, text="Câu một?", **known)
    broken("changed_meanwhile", quiz.edit_question, question=stale, text="Câu hai?", **known)


def test_a_question_that_was_asked_is_replaced_another_is_changed(place, people, doc):
    first, *_rest = bank(people, doc, 2)
    known = {"by": people.secretary.user, "text": "Câu mới?", "options": ["A", "B", "C"], "right": 2}
    changed = quiz.edit_question(at=NOW, question=first, **known)
    assert (changed.pk, changed.options.get(right=True).text) == (first.pk, "C")
    quiz.take_quiz(by=people.member.user, at=NOW, document=doc, answers=answers(doc, people.member))
    replaced = quiz.edit_question(at=NOW, question=first, **known)
    first.refresh_from_db()
    assert replaced.pk != first.pk
    assert first.retired_on == TODAY
    broken("already_done", quiz.retire_question, by=people.secretary.user, question=first)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": " "}, "text_missing"),
        ({"options": ["A", ""]}, "options_few"),
        ({"options": list("ABCDEFG")}, "options_many"),
        ({"options": ["A", "a"]}, "option_twice"),
        ({"right": 2, "options": ["A", "B", ""]}, "right_missing"),
        ({"text": "x" * 501}, "too_long"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(people, doc, fields, code):
    known = {"by": people.secretary.user, "document": doc, "text": "Câu?", "options": ["A", "B"], "right": 0}
    broken(code, quiz.set_question, **known | fields)


def test_the_committee_keeps_the_bank_and_the_cell_enters_paper_tries(place, people, doc):
    with pytest.raises(Denied):
        quiz.set_question(
            by=people.village_secretary.user, at=NOW, document=doc, text="Câu?", options=["A", "B"], right=0
        )
    known = {"document": doc, "cell": place.village, "asked": 5, "taken_on": date(2026, 10, 1)}
    right = {people.member.pk: 4, people.deputy.pk: 0}
    with pytest.raises(Denied):
        quiz.enter_attempts(by=people.secretary.user, at=NOW, right=right, **known)
    by = people.village_secretary.user
    assert quiz.enter_attempts(by=by, at=NOW, right=right, **known) == 2
    assert Attempt.objects.get(member=people.member).passed
    assert Attempt.objects.first().at == datetime(2026, 10, 1, 12, tzinfo=clock.HERE)
    broken("right", quiz.enter_attempts, by=by, right={people.member.pk: 6}, **known)
    broken("asked", quiz.enter_attempts, by=by, right=right, **known | {"asked": 0})
