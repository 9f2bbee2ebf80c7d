"""Which rule a roll-out keeps to, and by when a member has to have studied: each said once, for every page."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hatnhan.core import clock
from hatnhan.core.periods import Period
from hatnhan.guidance import deadlines
from hatnhan.guidance.actions import cells, giving
from hatnhan.guidance.models import CellPoint, CellReport, CorePoint, PointTask, Registration, RollOut
from hatnhan.guidance.selectors import counted, following, papers, pending, study_days, study_pages
from hatnhan.guidance.selectors.cells import report_months
from hatnhan.guidance.tests import followed, rolled, studied
from hatnhan.organization.tests import make
from hatnhan.rulebook.models import Overlay

APPROVED, LATER = date(2018, 3, 1), date(2018, 12, 1)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(LATER):
        yield


@pytest.fixture
def hurried(place, people):
    """Report after two months, by a decision of the committee that came after the approval."""
    steps = {"approve_days": 20, "held_days": 60, "study_days": 60, "done_days": 365}
    return Overlay.objects.create(
        topic="guidance.roll_out",
        unit_id=place.commune.pk,
        set_by=people.secretary.user,
        value=steps | {"first_report_months": 2, "second_report_months": 4},
        start=date(2018, 6, 1),
        instrument="12-QĐ/ĐU",
        instrument_date=date(2018, 6, 1),
    )


# --- the rule that was approved --------------------------------------------------------------------------------------
def test_a_roll_out_keeps_the_rule_of_its_approval_everywhere(place, people, hurried):
    one = followed.given(followed.roll_out(place.commune), place.village)
    plan = one.roll_out
    assert report_months(plan) == (6, 12)
    (line,) = following.lines([plan], LATER)
    assert [term.months for term in line.terms] == [6, 12]
    assert [
        row.months for row in counted.reports(counted.window(place.commune.pk, Period.parse("2018")))
    ] == [6]
    owed = pending.not_reported([place.village.pk], LATER, date(2020, 1, 1))
    assert [term.months for _given, term, _rule in owed] == [6, 12]
    offers = papers.of_following(people.secretary.user, plan, LATER)
    assert [offer.label for offer in offers] == ["Báo cáo kết quả triển khai 6 tháng"]


def test_approval_keeps_the_version_of_the_rule(place, people):
    with clock.fixed(rolled.DAY):
        made = rolled.approved(place, people)
    assert made.rule.startswith("guidance.roll_out@")


# --- by when a member has to have studied -----------------------------------------------------------------------------
def test_the_day_to_study_by_is_that_of_the_members_own_line(place, people):
    doc = followed.document(place.province)
    followed.given(followed.roll_out(place.commune, doc, study_by=date(2018, 11, 20)), place.village)
    other = make.unit("xa-ben", "commune", place.province)
    followed.given(followed.roll_out(other, doc, study_by=date(2018, 5, 15)), make.unit("xom", "cell", other))
    mine = study_pages.mine(people.member.user, date(2018, 11, 1))
    assert [(one.last_day, one.late) for one in mine.owed] == [(date(2018, 11, 20), False)]
    (deadline,) = deadlines.own_study(people.member.pk, on=date(2018, 11, 1), until=LATER)
    assert deadline.due == date(2018, 11, 20)


def test_of_two_roll_outs_in_a_cell_the_first_day_counts(place, people):
    doc = followed.document(place.province)
    followed.given(followed.roll_out(place.province, doc, study_by=date(2018, 5, 10)), place.village)
    followed.given(followed.roll_out(place.commune, doc, study_by=date(2018, 11, 20)), place.village)
    assert study_days.last_days([doc.pk], [place.village.pk], LATER) == {doc.pk: date(2018, 5, 10)}


def test_a_cell_that_came_late_has_as_long_as_the_rule_gives_for_its_members_too(place, people):
    made = followed.roll_out(place.commune)
    followed.given(made, place.village, date(2018, 9, 1))
    on = date(2018, 10, 1)
    (_given, _done, _of, due, _rule) = next(iter(pending.not_studied([place.village.pk], on)))
    assert due == date(2018, 10, 31)
    assert pending.owed_by(people.member.pk, on) == [(made.document, due)]


def test_a_session_of_another_line_sets_no_day(place, people):
    doc = followed.document(place.province)
    other = make.unit("xa-ben", "commune", place.province)
    for unit, hour in ((other, 8), (place.commune, 9)):
        day = date(2018, 4, 1) if unit == other else date(2018, 6, 1)
        unit.study_sessions.create(
            document=doc, level="commune", mode="room", title="Học", starts_at=followed.moment(day, hour)
        )
    assert study_days.last_days([doc.pk], [place.village.pk], LATER) == {doc.pk: date(2018, 6, 1)}


def test_a_roll_out_closed_before_its_day_is_not_counted_as_study(place, people):
    made = followed.roll_out(
        place.commune, state="closed", closed_on=date(2018, 5, 1), close_note="Văn bản hết hiệu lực"
    )
    followed.given(made, place.village)
    at = counted.window(place.commune.pk, Period.parse("2018"))
    assert counted.to_study(at, Period.parse("2018")) == []
    RollOut.objects.update(closed_on=date(2018, 5, 16))
    assert counted.to_study(at, Period.parse("2018")) == [made.document]


# --- what the tables refuse ------------------------------------------------------------------------------------------
def refused(work):
    with pytest.raises(IntegrityError), transaction.atomic():
        work()


@pytest.mark.parametrize(
    "fields",
    [
        {"held_by": date(2018, 3, 9)},
        {"study_by": date(2018, 3, 9)},
        {"done_by": date(2018, 5, 1)},
        {"decision_no": ""},
        {"rule": ""},
    ],
)
def test_an_approved_plan_that_does_not_hold_together_is_refused(place, fields):
    followed.roll_out(place.commune)
    refused(lambda: RollOut.objects.update(**fields))


def test_a_task_is_of_one_point_and_a_point_has_one_task_in_a_cell(place):
    one = followed.given(followed.roll_out(place.commune), place.village)
    first = followed.task(one)
    second = followed.task(one, title="Việc hai")
    core = CorePoint.objects.get(tasks__task=first)
    refused(lambda: PointTask.objects.filter(task=second).update(core=core))
    own = CellPoint.objects.create(given=one, text="Của chi bộ", added_on=LATER, by_name="Đỗ Văn Hải")
    refused(lambda: PointTask.objects.filter(task=second).update(own=own))
    PointTask.objects.filter(task=first).update(own=own, core=None)
    refused(lambda: PointTask.objects.filter(task=second).update(own=own, core=None))
    refused(lambda: PointTask.objects.filter(task=second).update(core=None))


def test_words_have_a_moment_and_a_moment_words(place, people):
    followed.registration(place.village, people.member)
    for fields in (
        {"comment": "Tốt"},
        {"commented_at": followed.moment(LATER)},
        {"progress": "Xong"},
        {"progress_at": followed.moment(LATER)},
    ):
        refused(lambda fields=fields: Registration.objects.update(**fields))


def test_a_session_does_not_end_before_it_begins(place):
    doc = studied.document(place.commune)
    refused(
        lambda: place.commune.study_sessions.create(
            document=doc,
            level="commune",
            mode="self",
            title="Tự học",
            starts_at=studied.NOW,
            until=date(2026, 10, 19),
        )
    )


# --- a roll-out that is closed gives nothing more --------------------------------------------------------------------
def test_a_roll_out_closed_meanwhile_is_given_to_no_cell(place, people):
    with clock.fixed(rolled.DAY):
        made = rolled.approved(place, people)
    stale = RollOut.objects.get(pk=made.pk)
    RollOut.objects.update(state="closed", closed_on=rolled.DAY, close_note="Xong")
    young = make.unit("chi-bo-moi", "cell", place.commune, start=rolled.DAY)
    with clock.fixed(rolled.DAY):
        signed = {"by": people.secretary.user, "at": clock.now()}
        assert giving.give_cells(**signed, roll_out=stale, cells=[young], on=rolled.DAY) == []
    assert not made.cells.filter(cell=young).exists()


def test_a_report_is_of_a_term_of_the_rule_kept(place, people, hurried):
    one = followed.given(followed.roll_out(place.commune), place.village)
    cells.report_results(
        by=people.village_secretary.user, at=clock.now(), given=one, months=6, results="Đã lập tổ."
    )
    assert CellReport.objects.get().months == 6
