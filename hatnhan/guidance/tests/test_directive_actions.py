"""Registrations of a year under the Directive: who writes, who reads, what is never written over."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.guidance.actions import registrations as actions
from hatnhan.guidance.actions import services as marks
from hatnhan.guidance.actions.openings import record_opened
from hatnhan.guidance.actions.registrations import RegistrationData
from hatnhan.guidance.actions.services import ServiceData
from hatnhan.guidance.actions.themes import set_theme
from hatnhan.guidance.models import Registration, Service
from hatnhan.guidance.rules import directive as rules
from hatnhan.guidance.selectors import directive as selector
from hatnhan.guidance.selectors import directive_holding as holding
from hatnhan.guidance.selectors import directive_pages as pages
from hatnhan.organization.models import Exemption, Membership, Post
from hatnhan.organization.tests import make

TODAY = date(2018, 1, 20)
AT = clock.at(TODAY)
DATA = RegistrationData(
    {"learn": "Nêu gương", "follow": "Làm tốt việc thôn", "mend": ""},
    [("Giúp một hộ thoát nghèo", date(2018, 11, 30)), ("Dọn đường", date(2018, 6, 30))],
)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(TODAY):
        yield


def write(people, who, data=DATA, version=0, year=2018, cell=None):
    member = getattr(people, who)
    cell = cell or Membership.objects.get(member=member, end=None).unit
    return actions.save_registration(
        by=member.user, at=AT, year=year, unit=cell, member=member, data=data, version=version
    )


def hand_in(people, who, data=DATA):
    row = write(people, who, data)
    return actions.register(by=getattr(people, who).user, at=AT, registration=row)


def refused(code, call, **said):
    with pytest.raises(RuleBroken) as caught:
        call(**said)
    assert caught.value.code == code
    return caught.value


# --- rules ------------------------------------------------------------------------------------------------------------
LAW = SimpleNamespace(
    register_month=1,
    register_day=31,
    midyear_month=2,
    midyear_day=31,
    assess_month=12,
    assess_day=10,
    fields=[
        SimpleNamespace(key="learn", title="Học", required=True),
        SimpleNamespace(key="mend", title="Sửa", required=False),
    ],
)
DUE = date(2018, 3, 1)


@pytest.mark.parametrize(
    ("answers", "deeds", "fault"),
    [
        ({"learn": "a"}, [("việc", DUE)], None),
        ({"khac": "a"}, [], "unknown_field"),
        ({"learn": "a"}, [("việc", None)], "due_missing"),
        ({"learn": "a"}, [("việc", date(2019, 1, 1))], "due_outside"),
        ({}, [], None),
    ],
)
def test_what_a_draft_may_not_hold(answers, deeds, fault):
    found = rules.drafted(LAW, 2018, answers, deeds)
    assert (found and found[0]) == fault


def test_what_a_draft_lacks():
    assert rules.registered(LAW, {}, [1]) == ("answer_missing", "Học")
    assert rules.registered(LAW, {"learn": "a"}, []) == ("deed_missing", "")
    assert rules.registered(LAW, {"learn": "a"}, [1]) is None


@given(st.integers(2016, 2099))
def test_the_days_of_a_year_are_days_of_it_in_order(year):
    days = rules.days_of(LAW, year)
    assert days.register < days.midyear < days.assess
    assert {days.register.year, days.midyear.year, days.assess.year} == {year}


@pytest.mark.parametrize(
    ("state", "progress", "on", "step"),
    [
        (None, False, date(2018, 12, 31), "write"),
        ("draft", False, date(2018, 1, 1), "register"),
        ("registered", False, date(2018, 1, 27), ""),
        ("registered", False, date(2018, 1, 28), "progress"),
        ("registered", True, date(2018, 5, 1), ""),
        ("registered", True, date(2018, 11, 10), "assess"),
        ("registered", False, date(2018, 11, 9), "progress"),
        ("assessed", True, date(2018, 12, 31), ""),
    ],
)
def test_what_a_registration_waits_for(state, progress, on, step):
    assert rules.next_step(state, progress=progress, on=on, days=rules.days_of(LAW, 2018)) == step


@pytest.mark.parametrize(
    ("year", "on", "number"),
    [
        (2016, date(2016, 1, 5), "05-CT/TW"),
        (2025, date(2026, 12, 1), "05-CT/TW"),
        (2026, date(2026, 7, 12), "05-CT/TW"),
        (2026, date(2026, 7, 13), "07-CT/TW"),
        (2027, date(2026, 12, 1), "07-CT/TW"),
    ],
)
def test_a_year_stands_under_the_directive_in_force_on_the_day(place, year, on, number):
    assert selector.directive_of(place.village, year, on).value.number == number


def test_a_registration_keeps_the_directive_of_its_day_and_says_what_joined(people, place):
    at = clock.at(date(2026, 1, 11))
    with clock.fixed(at):
        (row,) = enter(people, place, [people.member], at=at)
    assert selector.form_of(row).value.number == "05-CT/TW"
    assert selector.joined_later(row, date(2026, 7, 12)) is None
    at = clock.at(date(2026, 8, 1))
    with clock.fixed(at):
        enter(people, place, [people.member], at=at, versions={people.member.pk: 1})
    row.refresh_from_db()
    assert (row.registered_at, selector.form_of(row).value.number) == (
        clock.at(date(2026, 1, 11)),
        "05-CT/TW",
    )
    assert selector.joined_later(row, date(2026, 8, 1)).value.number == "07-CT/TW"


def test_years_before_the_first_directive_have_none(place):
    refused("no_rule", selector.directive_of, unit=place.village, year=2015, on=TODAY)
    refused("no_rule", selector.directive_of, unit=place.village, year=0, on=TODAY)


# --- writing ----------------------------------------------------------------------------------------------------------
def test_a_member_writes_betters_and_hands_in(people, place):
    row = write(people, "member", RegistrationData({"learn": "Nêu gương"}))
    assert (row.state, row.version, row.typed_by) == ("draft", 1, "")
    refused("answer_missing", actions.register, by=people.member.user, at=AT, registration=row)
    refused("changed_meanwhile", write, people=people, who="member", version=0)
    row = write(people, "member", version=1)
    actions.register(by=people.member.user, at=AT, registration=row)
    row = selector.year_of_person(people.member, 2018)
    assert [(one.text, one.due) for one in row.deeds.all()] == list(DATA.deeds)
    assert row.unit == place.village
    assert "guidance.directive@2016-05-15" in row.rule
    better = RegistrationData(DATA.answers | {"learn": "Đoàn kết"}, DATA.deeds)
    write(people, "member", better, version=2)
    assert selector.year_of_person(people.member, 2018).answers.get(field="learn").text == "Đoàn kết"
    refused("answer_missing", write, people=people, who="member", data=RegistrationData({}), version=3)
    assert (
        Entry.objects.filter(action="guidance:directive:register", subject_id=people.member.pk).count() == 4
    )


def test_nobody_writes_for_another_by_the_page_of_the_own(people, place):
    said = {"at": AT, "year": 2018, "unit": place.village, "data": DATA, "version": 0}
    with pytest.raises(Denied):
        actions.save_registration(by=people.village_secretary.user, member=people.member, **said)
    with pytest.raises(Denied):
        actions.save_registration(by=people.member.user, member=None, **said)
    refused("not_a_member", write, people=people, who="member", cell=place.school)
    refused("year", write, people=people, who="member", year=2020)


def test_a_cell_and_a_committee_register_for_themselves(people, place):
    for unit, head in ((place.village, people.village_secretary), (place.commune, people.secretary)):
        row = actions.save_registration(
            by=head.user, at=AT, year=2018, unit=unit, member=None, data=DATA, version=0
        )
        actions.register(by=head.user, at=AT, registration=row)
    cells, commune = Registration.objects.order_by("pk")
    assert cells in Registration.objects.visible_to(people.member.user)
    with pytest.raises(Denied):
        actions.comment(by=people.village_secretary.user, at=AT, registrations={cells: "Tốt"})
    with pytest.raises(Denied):
        actions.comment(by=people.secretary.user, at=AT, registrations={commune: "Tốt"})
    actions.comment(by=people.secretary.user, at=AT, registrations={cells: "Cần cụ thể hơn"})
    assert Registration.objects.get(pk=cells.pk).comment == "Cần cụ thể hơn"


# --- from paper -------------------------------------------------------------------------------------------------------
def enter(people, place, members, by="village_secretary", data=DATA, at=AT, versions=None):  # noqa: PLR0917
    year = clock.today().year
    deeds = [(text, due.replace(year=year)) for text, due in data.deeds]
    return actions.enter_registrations(
        by=getattr(people, by).user,
        at=at,
        year=year,
        cell=place.village,
        entries=dict.fromkeys(members, RegistrationData(data.answers, deeds)),
        versions=versions,
    )


def test_the_head_enters_a_whole_cell_from_paper(people, place, django_assert_max_num_queries):
    members = make.members(place.village, 30)
    with django_assert_max_num_queries(30):
        enter(people, place, members)
    row = Registration.objects.get(member=members[0])
    assert (row.state, row.typed_by) == ("registered", "Đỗ Văn Hải")
    better = RegistrationData(DATA.answers | {"learn": "Sửa lại"}, DATA.deeds)
    refused("changed_meanwhile", enter, people=people, place=place, members=members[:1], data=better)
    enter(people, place, members[:1], data=better, versions={members[0].pk: 1})
    row.refresh_from_db()
    assert (row.version, row.answers.get(field="learn").text, row.deeds.count()) == (2, "Sửa lại", 2)
    assert Entry.objects.filter(action="guidance:directive:register", subject_id=members[0].pk).count() == 2


def test_paper_does_not_write_over_what_a_member_writes(people, place):
    write(people, "member")
    error = refused("own_words", enter, people=people, place=place, members=[people.member])
    assert "Nguyễn Thị Hòa" in error.message
    refused("not_a_member", enter, people=people, place=place, members=[people.school_secretary])
    refused("nobody", enter, people=people, place=place, members=[])
    with pytest.raises(Denied):
        enter(people, place, [people.deputy], by="school_secretary")
    stranger = make.member(place.village, "Trần Văn Tư")
    error = refused(
        "deed_missing",
        enter,
        people=people,
        place=place,
        members=[stranger],
        data=RegistrationData(DATA.answers),
    )
    assert error.message.startswith("Trần Văn Tư:")


def test_what_was_typed_in_the_member_leaves_to_who_typed_it(people, place):
    enter(people, place, [people.member])
    refused("on_paper", write, people=people, who="member", version=0)


# --- comment and looking back -----------------------------------------------------------------------------------------
def test_nobody_comments_on_the_own(people, place):
    row = hand_in(people, "village_secretary")
    with pytest.raises(Denied):
        actions.comment(by=people.village_secretary.user, at=AT, registrations={row: "Rất tốt"})
    actions.comment(by=people.deputy.user, at=AT, registrations={row: "Cần sát việc thôn"})
    refused("commented", write, people=people, who="village_secretary", version=1)


def test_a_draft_is_not_commented_on(people):
    row = write(people, "member")
    refused(
        "not_registered", actions.comment, by=people.village_secretary.user, at=AT, registrations={row: "Tốt"}
    )
    with pytest.raises(Denied):
        actions.comment(by=people.school_secretary.user, at=AT, registrations={row: "Tốt"})


def test_progress_and_assessment(people, place):
    row = hand_in(people, "member")
    deed = row.deeds.first()
    own = {"by": people.member.user, "at": AT}
    actions.note_progress(**own, entries={row: ("Đã làm một việc", {deed.pk: "done"})})
    head = {"by": people.village_secretary.user, "at": AT}
    refused("own_words", actions.note_progress, **head, entries={row: ("Khác", {})})
    refused("text_missing", actions.assess, **own, entries={row: (" ", {})})
    refused("unknown_deed", actions.assess, **own, entries={row: ("Xong", {0: "done"})})
    refused("unknown_outcome", actions.assess, **own, entries={row: ("Xong", {deed.pk: "tot"})})
    actions.assess(**head, entries={row: ("Theo bản giấy", {deed.pk: "partly"})})
    row.refresh_from_db()
    assert (row.state, row.assessed_by, row.progress_by) == ("assessed", "Đỗ Văn Hải", "")
    assert row.deeds.first().outcome == "partly"
    refused("assessed", actions.note_progress, **own, entries={row: ("Thêm", {})})
    actions.assess(**own, entries={row: ("Tự viết lại", {})})
    row.refresh_from_db()
    assert (row.assessment, row.assessed_by) == ("Tự viết lại", "")


def test_what_was_written_meanwhile_is_not_written_over(people):
    """Two who opened the same registration: the second to save is told, whichever part each wrote."""
    row = hand_in(people, "member")
    stale = [Registration.objects.get(pk=row.pk) for _each in range(4)]
    own, head = people.member.user, people.village_secretary.user
    actions.comment(by=head, at=AT, registrations={row: "Sát việc"})
    refused("changed_meanwhile", actions.comment, by=head, at=AT, registrations={stale[0]: "Chung chung"})
    refused("changed_meanwhile", actions.note_progress, by=own, at=AT, entries={stale[1]: ("Xong", {})})
    actions.note_progress(by=own, at=AT, entries={row: ("Đã làm", {})})
    refused("changed_meanwhile", actions.assess, by=own, at=AT, entries={stale[2]: ("Xong", {})})
    refused("changed_meanwhile", actions.register, by=own, at=AT, registration=stale[3])
    row.refresh_from_db()
    assert (row.comment, row.progress, row.assessment) == ("Sát việc", "Đã làm", "")


def test_bettering_keeps_the_first_moment(people):
    row = hand_in(people, "member")
    own, later = people.member.user, AT + timedelta(days=9)
    for at in (AT, later):
        actions.note_progress(by=own, at=at, entries={row: ("Đã làm", {})})
        actions.comment(by=people.village_secretary.user, at=at, registrations={row: "Tốt"})
    row.refresh_from_db()
    assert (row.progress_at, row.commented_at) == (AT, AT)


def test_the_list_of_a_cell_agrees_with_its_count_on_a_past_day(people, place):
    first, second = hand_in(people, "member"), hand_in(people, "deputy")
    head, later = people.village_secretary.user, AT + timedelta(days=20)
    actions.comment(by=people.village_secretary.user, at=later, registrations={first: "Tốt"})
    actions.note_progress(by=people.member.user, at=later, entries={first: ("Đã làm", {})})
    actions.assess(by=head, at=later, entries={second: ("Theo giấy", {})})
    for on in (AT.date() - timedelta(days=1), AT.date(), later.date()):
        one = selector.registered_counts([place.village.pk], 2018, on)[place.village.pk]
        lines = pages.member_lines(place.village, 2018, on)
        lacking = {key: sum(line.lacks(key) for line in lines) for key in pages.LEFT}
        assert lacking == {
            "dang-ky": one.due - one.registered,
            "nhan-xet": one.registered - one.commented,
            "giua-nam": one.registered - one.progress,
            "danh-gia": one.registered - one.assessed,
        }, on


def test_a_year_is_not_looked_back_on_before_it_began(people):
    row = hand_in(people, "member")
    Registration.objects.update(year=2019)
    refused("too_early", actions.assess, by=people.member.user, at=AT, entries={row: ("Xong", {})})


# --- who reads --------------------------------------------------------------------------------------------------------
def reads(person, row):
    return Registration.objects.visible_to(person.user).filter(pk=row.pk).exists()


def test_few_read_a_registration_and_nobody_a_draft(people, place):
    row = write(people, "member")
    assert reads(people.member, row)
    assert not reads(people.village_secretary, row)
    actions.register(by=people.member.user, at=AT, registration=row)
    assert [reads(one, row) for one in (people.village_secretary, people.secretary, people.deputy)] == [
        True
    ] * 3
    others = (people.school_secretary, people.standing, people.inspector)
    assert not any(reads(one, row) for one in others)
    make.account("hang-xom", make.member(place.village, "Phùng Văn Xóm"))
    assert not Registration.objects.visible_to(make.User.objects.get(username="hang-xom")).exists()


def test_a_registration_follows_its_member(people, place):
    row = hand_in(people, "member")
    Membership.objects.filter(member=people.member).update(end=TODAY, end_reason="transferred")
    Membership.objects.create(
        member=people.member, unit=place.school, start=TODAY, start_reason="transferred"
    )
    assert reads(people.school_secretary, row)
    assert not reads(people.village_secretary, row)
    actions.comment(by=people.school_secretary.user, at=AT, registrations={row: "Tốt"})
    with pytest.raises(Denied):
        actions.comment(by=people.village_secretary.user, at=AT, registrations={row: "Khác"})


def test_readings_are_recorded_once_and_not_of_the_own(people, place):
    row, own = hand_in(people, "member"), hand_in(people, "village_secretary")
    said = {"by": people.village_secretary.user, "registrations": [row, own]}
    assert record_opened(at=AT, **said) == 1
    assert record_opened(at=AT + timedelta(minutes=5), **said) == 0
    assert record_opened(at=AT + timedelta(minutes=11), **said) == 1
    entry = Entry.objects.filter(action="organization:member:read").first()
    assert (entry.subject_id, entry.details) == (people.member.pk, {"part": "lam-theo-bac"})


def test_the_own_copy_has_it_all(people):
    row = hand_in(people, "member")
    actions.comment(by=people.village_secretary.user, at=AT, registrations={row: "Cần cụ thể"})
    (line,) = holding.rows(people.member)
    assert (line["năm"], line["nhận xét của chi bộ"], line["Nội dung học tập trong năm"]) == (
        2018,
        "Cần cụ thể",
        "Nêu gương",
    )
    assert holding.page(people.member.user, people.member) == f"/trien-khai/hoc-tap-bac/dang-ky/{row.pk}/"
    assert not holding.page(people.school_secretary.user, people.member)


# --- counts -----------------------------------------------------------------------------------------------------------
def test_counts_are_of_those_who_owe_one(people, place, django_assert_num_queries):
    first, exempt = hand_in(people, "member"), hand_in(people, "deputy")
    Exemption.objects.create(member=exempt.member, start=date(2017, 1, 1), decision_no="01")
    actions.comment(by=people.village_secretary.user, at=AT, registrations={first: "Tốt"})
    units = [place.village.pk, place.school.pk]
    with django_assert_num_queries(2):
        counts = selector.registered_counts(units, 2018, TODAY)
    assert counts[place.village.pk] == selector.Counts(3, 1, 1, 0, 0)
    assert counts[place.school.pk] == selector.Counts(3)
    assert (
        selector.registered_counts(units, 2018, TODAY - timedelta(days=1))[place.village.pk].registered == 0
    )
    assert selector.registered_counts(units, 2017, TODAY)[place.village.pk].registered == 0


# --- themes and services ----------------------------------------------------------------------------------------------
def test_a_theme_is_the_committees_and_the_cells_follow(people, place):
    said = {
        "at": AT,
        "year": 2018,
        "theme": "Xây dựng phong cách",
        "term_theme": "Toàn khóa",
        "decision_no": "1-KH",
    }
    set_theme(by=people.secretary.user, unit=place.commune, **said)
    assert selector.theme_of(place.village, 2018, TODAY).theme == "Xây dựng phong cách"
    refused("not_a_committee", set_theme, by=people.secretary.user, unit=place.village, **said)
    refused("no_rule", set_theme, by=people.secretary.user, unit=place.commune, **said | {"year": 2015})
    for person in (people.village_secretary, people.member):
        with pytest.raises(Denied):
            set_theme(by=person.user, unit=place.commune, **said)
    refused("changed_meanwhile", set_theme, by=people.secretary.user, unit=place.commune, **said)
    kept, stale = (selector.theme_of(place.commune, 2018, TODAY) for _each in range(2))
    changed = {"by": people.secretary.user, "unit": place.commune, **said, "theme": "Gần dân"}
    set_theme(**changed, kept=kept)
    refused("changed_meanwhile", set_theme, **changed | {"theme": "Nêu gương"}, kept=stale)
    entry = Entry.objects.filter(action="guidance:directive:theme").latest("pk")
    assert entry.details["changes"] == {"theme": ["Xây dựng phong cách", "Gần dân"]}


def test_marks_are_set_changed_and_taken_away(people, place, django_assert_max_num_queries):
    things = [
        ServiceData(place.village, "task", number, f"Việc {number}", "/x/", TODAY) for number in range(20)
    ]
    with django_assert_max_num_queries(12):
        rows = marks.mark_services(by=people.village_secretary.user, at=AT, things=[*things, things[0]])
    assert len(rows) == 20
    said = {
        "unit": place.village,
        "kind": "task",
        "object_id": 3,
        "title": "Việc 3",
        "url": "/x/",
        "on": TODAY,
    }
    row = marks.mark_service(by=people.village_secretary.user, at=AT, note="nêu gương", **said)
    assert (row.pk, row.note, Service.objects.count()) == (rows[3].pk, "nêu gương", 20)
    with pytest.raises(Denied):
        marks.unmark_service(by=people.member.user, at=AT, service=row)
    marks.unmark_service(by=MACHINE, at=AT, service=row)
    assert Service.objects.count() == 19
    assert Service.objects.visible_to(people.member.user).count() == 19
    assert not Service.objects.visible_to(people.school_secretary.user).exists()


def test_a_post_in_another_cell_lets_nobody_in(people, place):
    row = hand_in(people, "member")
    other = make.member(place.school, "Lê Văn Phó")
    make.account("pho", other)
    make.post(other, place.school, Post.DEPUTY)
    assert not reads(other, row)
