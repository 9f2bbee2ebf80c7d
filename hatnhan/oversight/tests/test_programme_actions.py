"""Programmes drafted, issued, amended; how much of them was done; what they leave out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.periods import Period
from hatnhan.organization.models import Body
from hatnhan.organization.tests import make
from hatnhan.oversight.actions import amendments, asked, items, programmes
from hatnhan.oversight.models import Amendment, Check, Finding, Kind, Programme, ProgrammeItem, Watch
from hatnhan.oversight.selectors import programmes as programmes_reading
from hatnhan.oversight.selectors.completion import completion, items_behind
from hatnhan.oversight.selectors.gaps import gaps
from hatnhan.oversight.tests import planned

pytestmark = pytest.mark.django_db
NOW = planned.NOW
LATER = datetime(2018, 7, 2, 9, 0, tzinfo=clock.HERE)
YEAR, TODAY = Period.parse("2018"), LATER.date()


@pytest.fixture(autouse=True)
def _on_the_day():
    with clock.fixed(LATER):
        yield


def broken(code, action, **given):
    with pytest.raises(RuleBroken) as caught:
        action(**given)
    assert caught.value.code == code
    return caught.value


def item_of(programme, content):
    return ProgrammeItem.objects.standing().get(programme=programme, content=content)


def counted(place, on=TODAY, period=YEAR):
    found = completion([place.commune.pk], period, on)
    listed = items_behind([place.commune.pk], period, on)
    assert len(listed) == found.planned
    assert sum(one.done for one in listed) == found.done
    assert sum(one.late for one in listed) == found.late
    return found


# --- drafting ---------------------------------------------------------------------------------------------------------
def test_one_programme_a_body_and_year_by_who_runs_oversight(place, people):
    made = planned.draft(place, people)
    assert made.state == Programme.State.DRAFT
    given = {"at": NOW, "unit": place.commune, "year": 2018}
    broken("twice", programmes.draft_programme, by=people.secretary.user, body=Body.INSPECTION, **given)
    broken("body", programmes.draft_programme, by=people.secretary.user, body=Body.STANDING, **given)
    for role in ("standing", "village_secretary", "member"):
        with pytest.raises(Denied):
            programmes.draft_programme(by=getattr(people, role).user, body=Body.COMMITTEE, **given)
    cell = given | {"unit": place.village, "body": Body.MEMBERS}
    assert programmes.draft_programme(by=people.village_secretary.user, **cell).unit == place.village


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("kind", {"kind": Kind.SIGNS}),
        ("topic", {"topic": "belief"}),
        ("content_missing", {"content": "  "}),
        ("examined_order", {"examined_to": date(2016, 1, 1)}),
        ("works_order", {"ends_on": date(2018, 2, 1)}),
        ("outside_year", {"ends_on": date(2019, 1, 1)}),
    ],
)
def test_a_work_is_checked_as_it_is_typed(place, people, code, change):
    made = planned.draft(place, people)
    data = replace(planned.data(units=(place.village,)), **change)
    broken(code, items.add_item, by=people.inspector.user, at=NOW, programme=made, data=data)
    assert not made.items.exists()


def test_subjects_are_of_the_unit_and_nobody_looks_at_themselves(place, people):
    made = planned.draft(place, people)
    given = {"by": people.inspector.user, "at": NOW, "programme": made}
    stranger = make.member(make.unit("noi-khac", "cell", place.province), "Người nơi khác")
    broken("not_below", items.add_item, data=planned.data(units=(place.province,)), **given)
    broken("not_below", items.add_item, data=planned.data(units=(place.commune,)), **given)
    broken("not_member", items.add_item, data=planned.data(members=(stranger,)), **given)
    both = planned.data(members=(people.standing,), team=(people.inspector, people.standing))
    assert "Kim Văn Chiến" in broken("is_subject", items.add_item, data=both, **given).message
    cell = programmes.draft_programme(
        by=people.village_secretary.user, at=NOW, unit=place.village, body=Body.MEMBERS, year=2018
    )
    here = {"by": people.village_secretary.user, "at": NOW, "programme": cell}
    broken("subject_unit", items.add_item, data=planned.data(units=(place.village,)), **here)
    items.add_item(data=planned.data(members=(people.member,)), **here)


def test_works_are_changed_moved_and_taken_out_while_it_is_a_draft(place, people):
    made = planned.draft(place, people, items=planned.whole(place, people))
    by = {"by": people.secretary.user, "at": NOW}
    first, second = made.items.filter(kind=Kind.COMPLIANCE)
    items.move_item(item=second, steps=-1, **by)
    assert list(made.items.filter(kind=Kind.COMPLIANCE)) == [second, first]
    items.edit_item(item=first, data=planned.data(content="Nội dung khác", units=(place.school,)), **by)
    assert [one.unit for one in first.subjects.all()] == [place.school]
    assert not first.team.exists()
    items.remove_item(item=second, **by)
    broken("already_done", items.remove_item, item=second, **by)
    said = [
        set(one.details) for one in Entry.objects.filter(action="oversight:programme:write").order_by("pk")
    ]
    assert said[-3:] == [{"item", "moved"}, {"item", "before", "after"}, {"item", "removed"}]
    # The record names no member whom a programme looks at.
    assert not any(people.village_secretary.full_name in str(one.details) for one in Entry.objects.all())


def test_an_aim_is_not_written_over_unseen(place, people):
    made = planned.draft(place, people)
    stale = Programme.objects.get(pk=made.pk)
    by = {"by": people.secretary.user, "at": NOW}
    programmes.set_aim(programme=made, aim="Giữ kỷ luật", **by)
    broken("changed_meanwhile", programmes.set_aim, programme=stale, aim="Khác", **by)
    programmes.drop_programme(programme=made, **by)
    assert not Programme.objects.exists()
    broken("already_done", programmes.drop_programme, programme=made, **by)


# --- issuing ----------------------------------------------------------------------------------------------------------
def test_only_a_whole_programme_is_issued_and_then_it_stands(place, people):
    made = planned.draft(place, people)
    given = {"by": people.inspector.user, "at": NOW, "programme": made, "decision_no": "01-CTr/UBKT"}
    broken("no_items", programmes.approve_programme, **given)
    by = {"by": people.inspector.user, "at": NOW, "programme": made}
    programmes.set_items(items=[planned.data(team=(people.inspector,))], **by)
    broken("no_subject", programmes.approve_programme, **given)
    programmes.set_items(items=[planned.data(units=(place.village,))], **by)
    broken("no_team", programmes.approve_programme, **given)
    programmes.set_items(items=planned.whole(place, people), **by)
    broken("decision_missing", programmes.approve_programme, **given | {"decision_no": " "})
    broken("future", programmes.approve_programme, **given, approved_on=date(2018, 7, 3))
    with pytest.raises(Denied):
        programmes.approve_programme(**given | {"by": people.village_secretary.user})
    stale = Programme.objects.get(pk=made.pk)
    items.add_item(by=people.secretary.user, at=NOW, programme=made, data=whole_one(place, people))
    broken("changed_meanwhile", programmes.approve_programme, **given | {"programme": stale})
    programmes.approve_programme(**given)
    assert (made.state, made.approved_on) == (Programme.State.APPROVED, NOW.date())
    broken("already_done", programmes.approve_programme, **given)
    broken("approved", items.add_item, data=whole_one(place, people), **by)
    broken("approved", programmes.drop_programme, **by)


def whole_one(place, people, content="Cuộc thêm", month=9):
    return planned.data(content=content, month=month, units=(place.school,), team=(people.inspector,))


# --- what a new one starts from ---------------------------------------------------------------------------------------
def test_a_draft_takes_over_last_years_works_of_subjects_that_still_stand(place, people):
    gone = make.unit("tan-ra", "cell", place.commune)
    team = (people.inspector,)
    planned.approved(
        place,
        people,
        year=2017,
        items=[
            planned.data(year=2017, units=(place.village, gone), team=team),
            planned.data(year=2017, content="Của chi bộ đã giải thể", units=(gone,), team=team),
            planned.data(year=2017, month=2, content="Cả tháng hai", units=(place.school,), team=team),
        ],
        at=datetime(2017, 1, 16, 9, 0, tzinfo=clock.HERE),
    )
    gone.dissolved_on = date(2017, 12, 1)
    gone.save()
    made = planned.draft(place, people, from_last_year=True)
    rows = {one.content: one for one in made.items.all()}
    assert set(rows) == {"Thực hiện nghị quyết đại hội", "Cả tháng hai"}
    first = rows["Thực hiện nghị quyết đại hội"]
    assert [one.unit for one in first.subjects.all()] == [place.village]
    assert (first.starts_on, first.ends_on) == (date(2018, 3, 1), date(2018, 3, 28))
    assert first.examined_to == date(2018, 1, 1)
    assert "2017" in first.came_from
    assert first.team.get().is_head


def test_a_draft_brings_what_would_be_left_out_and_the_gaps_say_so(place, people):
    asked.note_asked(
        by=people.secretary.user,
        at=NOW,
        unit=place.commune,
        year=2018,
        topic="land",
        words="Giám sát quản lý đất đai",
        source="Công văn 25-CV/UBKTTU",
    )
    work = planned.data(year=2016, units=(place.school,), team=(people.inspector,))
    in_2016 = datetime(2016, 1, 15, 9, 0, tzinfo=clock.HERE)
    before = planned.approved(place, people, year=2016, items=[work], at=in_2016)
    done = planned.check(before.items.get(), concluded_on=date(2016, 9, 1), units=(place.school,))
    Finding.objects.create(
        of_check=done,
        subject=done.subjects.get(),
        kind=Finding.Kind.SHORTCOMING,
        topic="dues",
        text="Thu chậm hai quý",
        found_on=date(2016, 9, 1),
    )
    empty = planned.draft(place, people)
    left = gaps(place.commune, 2018, NOW.date())
    # The school cell was looked at within two years; the village cell never was.
    assert [(one.cell, one.last, one.covered) for one in left.cells] == [(place.village, None, False)]
    assert left.left == 3
    programmes.drop_programme(by=people.secretary.user, at=NOW, programme=empty)
    made = planned.draft(place, people, from_last_year=True)
    assert gaps(place.commune, 2018, NOW.date()).left == 0
    found = {one.topic: one for one in made.items.all()}
    assert set(found) == {"land", "dues", "resolution"}
    assert "Cấp trên yêu cầu" in found["land"].came_from
    assert [one.unit for one in found["dues"].subjects.all()] == [place.school]
    assert not any("Thu chậm" in one.content + one.came_from for one in found.values())
    # One day short of two years it is no gap, on the day it is.
    assert place.school in [one.cell for one in gaps(place.commune, 2018, date(2018, 9, 1)).cells]
    assert place.school not in [one.cell for one in gaps(place.commune, 2018, date(2018, 8, 31)).cells]


def test_what_was_asked_is_noted_once_and_taken_off(place, people):
    given = {"at": NOW, "unit": place.commune, "year": 2018, "topic": "land", "words": "Đất đai"}
    made = asked.note_asked(by=people.inspector.user, **given)
    broken("twice", asked.note_asked, by=people.inspector.user, **given)
    broken("topic", asked.note_asked, by=people.inspector.user, **given | {"topic": "x"})
    with pytest.raises(Denied):
        asked.remove_asked(by=people.member.user, at=NOW, asked=made)
    asked.remove_asked(by=people.inspector.user, at=NOW, asked=made)
    details = [
        set(one.details) for one in Entry.objects.filter(action="oversight:programme:asked").order_by("pk")
    ]
    assert details == [{"year", "topic", "asked", "source"}, {"year", "topic", "asked_removed"}]


# --- completion -------------------------------------------------------------------------------------------------------
def test_a_work_is_done_when_its_check_was_concluded_on_the_plans_terms(place, people):
    made = planned.approved(place, people)
    first = item_of(made, "Thực hiện nghị quyết đại hội")
    assert counted(place, NOW.date()) == type(counted(place))(4, 0, 0, 0, 0, 0)
    one = planned.check(first, concluded_on=first.ends_on, units=(place.village,))
    assert counted(place).done == 1
    # On the day before it was not done yet, and on its last day it is not late.
    assert counted(place, date(2018, 3, 27)).done == 0
    assert counted(place, date(2018, 3, 28)).late == 0
    for field, value in (("concluded_on", date(2018, 3, 29)), ("kind", Kind.THEMATIC)):
        old = getattr(one, field)
        Check.objects.filter(pk=one.pk).update(**{field: value})
        assert counted(place).done == 0
        Check.objects.filter(pk=one.pk).update(**{field: old})
    one.subjects.update(unit=place.school)
    assert counted(place).done == 0
    # By quarters: the plan's last days say where it is counted. In March the second one is planned in neither.
    assert counted(place, period=Period.parse("2018-Q1")).planned == 2
    assert counted(place, period=Period.parse("2018-Q2")).late == 2
    assert completion([place.school.pk], YEAR, LATER.date()).planned == 0


def test_regular_supervision_is_done_when_each_is_followed_and_all_is_concluded(place, people):
    made = planned.approved(place, people)
    item = item_of(made, "Nhiệm vụ người đứng đầu")
    of = planned.watch(item, people.inspector, of_member=people.village_secretary)
    assert counted(place).done == 0
    over = {"concluded_on": item.ends_on, "conclusion": "Làm tốt"}
    Watch.objects.filter(pk=of.pk).update(**over)
    assert counted(place).done == 1
    planned.watch(item, people.standing, of_unit=place.village)
    assert counted(place).done == 0
    Watch.objects.filter(item=item).update(**over)
    assert counted(place).done == 1
    Watch.objects.filter(pk=of.pk).delete()
    assert counted(place).done == 0


# --- amendments -------------------------------------------------------------------------------------------------------
def amend(programme, people, **given):
    return amendments.amend_programme(
        **(
            {
                "by": people.inspector.user,
                "at": clock.at(date(2018, 4, 10), 9),
                "programme": programme,
                "decided_on": date(2018, 4, 10),
                "decision_no": "05-QĐ/UBKT",
                "reason": "Cấp trên giao thêm việc",
            }
            | given
        )
    )


def test_amendments_put_in_take_out_and_change_and_stand_beside_the_figure(place, people):
    made = planned.approved(place, people)
    dues, thematic = item_of(made, "Thu, nộp đảng phí"), item_of(made, "Sinh hoạt chi bộ")
    later = replace(items.data_of(thematic), starts_on=date(2018, 8, 1), ends_on=date(2018, 9, 15))
    first = amend(made, people, remove=[dues], add=[whole_one(place, people)], change={thematic: later})
    assert first.number == 1
    found = counted(place)
    assert (found.planned, found.removed, found.added, found.changed) == (4, 1, 1, 1)
    assert found.amended
    # Past days tell what they told: on 9 April the old plan stood.
    old = counted(place, date(2018, 4, 9))
    assert (old.planned, old.amended) == (4, False)
    assert list(made.items.filter(removed_by=first)) == [dues, thematic]
    new = item_of(made, "Sinh hoạt chi bộ")
    assert (new.instead_of, new.added_by) == (thematic, first)
    entry = Entry.objects.get(action="oversight:programme:amend")
    assert {"reason", "added", "removed", "before", "after"} <= set(entry.details)
    broken("before_last", amend, programme=made, people=people, decided_on=date(2018, 4, 9), remove=[new])
    assert amend(made, people, remove=[new], decision_no="06-QĐ/UBKT").number == 2
    broken("already_done", amend, programme=made, people=people, remove=[new])


def test_changes_of_one_paper_are_one_amendment(place, people):
    made = planned.approved(place, people)
    dues, thematic = item_of(made, "Thu, nộp đảng phí"), item_of(made, "Sinh hoạt chi bộ")
    first = amend(made, people, remove=[dues])
    broken("reason_differs", amend, programme=made, people=people, remove=[thematic], reason="Khác")
    assert amend(made, people, remove=[thematic]) == first
    assert amend(made, people, decided_on=date(2018, 4, 11), add=[whole_one(place, people)]).number == 2
    (change, other) = programmes_reading.changes_of(made, LATER.date())
    assert (change.removed, len(other.added)) == ([dues, thematic], 1)
    assert Entry.objects.filter(action="oversight:programme:amend").count() == 3


def test_what_is_late_opened_or_concluded_cannot_be_amended_away(place, people):
    made = planned.approved(place, people)
    first, dues = item_of(made, "Thực hiện nghị quyết đại hội"), item_of(made, "Thu, nộp đảng phí")
    thematic = item_of(made, "Sinh hoạt chi bộ")
    given = {"programme": made, "people": people}
    broken("nothing", amend, **given)
    broken("reason_missing", amend, **given, reason=" ", remove=[dues])
    broken("future", amend, **given, decided_on=date(2018, 7, 3), remove=[thematic])
    broken("before_approval", amend, **given, decided_on=date(2018, 1, 14), remove=[dues])
    broken("passed", amend, **given, remove=[first])
    # A decision dated back takes away no more than one of the day on which it is written.
    broken("passed", amend, **given, at=LATER, remove=[dues])
    running = planned.check(dues, units=(place.school,))
    broken("opened", amend, **given, remove=[dues])
    broken("opened_kind", amend, **given, change={dues: replace(items.data_of(dues), kind=Kind.THEMATIC)})
    amend(**given, change={dues: replace(items.data_of(dues), ends_on=date(2018, 6, 15))})
    running.refresh_from_db()
    assert running.item == item_of(made, "Thu, nộp đảng phí")
    planned.check(thematic, concluded_on=date(2018, 4, 1), units=(place.village,))
    broken("concluded", amend, **given, change={thematic: items.data_of(thematic)})
    with pytest.raises(Denied):
        amend(**given, by=people.village_secretary.user, remove=[thematic])
    broken("no_team", amend, **given, add=[planned.data(month=9, units=(place.school,))])
    draft = planned.draft(place, people, year=2019)
    broken("already_done", amend, people=people, programme=draft, add=[whole_one(place, people)])
    assert Amendment.objects.count() == 1


def test_two_pages_opened_on_the_same_work_do_not_write_over_each_other(place, people):
    made = planned.draft(place, people, items=planned.whole(place, people))
    first, second = (made.items.get(content="Sinh hoạt chi bộ") for _page in "ab")
    told = {"by": people.inspector.user, "at": planned.NOW}
    fields = {"month": 6, "topic": "meetings", "units": (place.school,), "team": (people.inspector,)}
    programmes.edit_item(**told, item=first, data=planned.data(Kind.THEMATIC, "Nền nếp sinh hoạt", **fields))
    with pytest.raises(RuleBroken) as fault:
        programmes.edit_item(**told, item=second, data=planned.data(Kind.THEMATIC, "Việc khác", **fields))
    assert fault.value.code == "changed_meanwhile"
    first.refresh_from_db()
    assert first.content == "Nền nếp sinh hoạt"
