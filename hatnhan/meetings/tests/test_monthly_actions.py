"""Agenda, matters, resolution, self-criticism and score: what is refused, what is kept, who may."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hatnhan import rulebook
from hatnhan.accounts.actors import MACHINE
from hatnhan.assignments.matters import Matter
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.periods import Period
from hatnhan.meetings.actions import monthly as actions
from hatnhan.meetings.actions import scoring
from hatnhan.meetings.models import AgendaItem, SelfCriticism
from hatnhan.meetings.selectors import monthly, scores
from hatnhan.meetings.tests import held, planned
from hatnhan.organization.tests import make
from hatnhan.rulebook.actions import set_overlay
from hatnhan.rulebook.topics.meetings import MeetingScore

DAY = date(2018, 11, 3)
SIGNED = {"by": MACHINE, "at": clock.at(DAY, 21)}
SCORE = rulebook.history(MeetingScore)[0].value
FULL = {one.key: one.most for one in SCORE.criteria}


def refused(code, call, **named):
    with pytest.raises(RuleBroken) as caught:
        call(**(SIGNED | named))
    assert caught.value.code == code
    return caught.value


@pytest.fixture
def meeting(place):
    return held.meeting(place.village, DAY)


@pytest.fixture
def closed(place, people):
    made = held.meeting(place.village, DAY, "closed", recorder=people.member)
    held.invite(
        made, {people.member: "present", people.village_secretary: "present", people.secretary: "present"}
    )
    return made


def titles(meeting):
    return list(AgendaItem.objects.filter(meeting=meeting).values_list("title", flat=True))


# --- agenda and matters
def test_the_template_is_laid_once_and_a_theme_follows(place):
    meeting = held.meeting(place.village, DAY, theme="Nêu gương")
    rows = actions.lay_agenda(meeting=meeting, **SIGNED)
    assert (len(rows), rows[-1].title, rows[-1].minutes_planned) == (8, "Sinh hoạt chuyên đề: Nêu gương", 30)
    assert [row.part for row in AgendaItem.objects.filter(meeting=meeting)][0::7] == ["opening", "closing"]
    refused("agenda_laid", actions.lay_agenda, meeting=meeting)


def test_other_meetings_have_no_month(place):
    weekly = held.meeting(place.commune, DAY, kind="weekly_review")
    refused("not_monthly", actions.lay_agenda, meeting=weekly)
    refused("not_monthly", scoring.score_meeting, meeting=weekly, given=FULL)


def test_matters_come_right_after_the_opening_in_the_order_of_choosing(meeting):
    actions.lay_agenda(meeting=meeting, **SIGNED)
    first, second, third = (Matter(f"x:{number}", f"Việc {number}", "Quá hạn", "") for number in (1, 2, 3))
    actions.take_matters(meeting=meeting, matters=[first], **SIGNED)
    actions.take_matters(meeting=meeting, matters=[second, third, first], **SIGNED)
    assert titles(meeting)[1:5] == ["Việc 1", "Việc 2", "Việc 3", titles(meeting)[4]]
    assert titles(meeting)[0].startswith("Nêu mục đích")
    refused("nothing_chosen", actions.take_matters, meeting=meeting, matters=[])


def test_what_was_left_comes_out_of_the_backlog(place):
    series = planned.cell_series(place.village)
    meeting = series.meetings.order_by("starts_at").first()
    old = held.meeting(place.village, date(2018, 10, 3), "closed", series=series)
    item = AgendaItem.objects.create(
        series=series, title="Đường thôn", carried_from=held.item(old, "Đường thôn")
    )
    [matter] = [one for one in monthly.matters_for(meeting) if one.key.startswith(monthly.BACKLOG)]
    assert matter.detail == "Để lại từ cuộc họp ngày 3/10/2018."
    actions.take_matters(meeting=meeting, matters=[matter], **SIGNED)
    item.refresh_from_db()
    assert item.meeting_id == meeting.pk
    assert not [one for one in monthly.matters_for(meeting) if one.key.startswith(monthly.BACKLOG)]


# --- resolution
def test_the_second_to_save_writes_nothing_over(meeting):
    texts = {"meeting": meeting, "directions": "Làm đường"}
    actions.save_resolution(results="A", version=0, **texts, **SIGNED)
    refused("changed_meanwhile", actions.save_resolution, results="B", version=0, **texts)
    assert monthly.resolution_of(meeting).results == "A"
    assert actions.save_resolution(results="B", version=1, **texts, **SIGNED).version == 2


def test_a_resolution_is_adopted_once_under_a_number_of_its_own(closed, place):
    refused("resolution_empty", actions.adopt_resolution, meeting=closed, number="01-NQ/CB")
    actions.save_resolution(meeting=closed, results="", directions="Làm đường", version=0, **SIGNED)
    refused("number_missing", actions.adopt_resolution, meeting=closed, number=" ")
    assert monthly.next_number(closed) == "01-NQ/CB"
    actions.adopt_resolution(meeting=closed, number="01-NQ/CB", **SIGNED)
    refused("adopted", actions.adopt_resolution, meeting=closed, number="02-NQ/CB")
    refused("adopted", actions.save_resolution, meeting=closed, results="", directions="", version=1)
    following = held.meeting(place.village, date(2018, 12, 3), "closed")
    held.resolution(following)
    assert monthly.next_number(following) == "02-NQ/CB"
    assert (
        refused("number_taken", actions.adopt_resolution, meeting=following, number="01-NQ/CB").field
        == "number"
    )


def test_nothing_is_adopted_before_the_meeting(meeting):
    refused("not_held", actions.adopt_resolution, meeting=meeting, number="01-NQ/CB")


def test_themes_are_counted_by_cell_and_quarter(place):
    for day, theme, state in (
        (DAY, "A", "closed"),
        (date(2018, 12, 3), "B", "draft"),
        (date(2018, 9, 30), "C", "locked"),
    ):
        held.meeting(place.village, day, state, theme=theme)
    held.meeting(place.school, DAY, "closed")
    assert monthly.themes_held([place.village.pk, place.school.pk], Period.parse("2018-Q4")) == {
        place.village.pk: 1
    }
    standing = monthly.themes_of(place.school, DAY)
    assert (standing.held, standing.due, standing.enough) == (0, 1, False)


# --- self-criticism
def write(meeting, by, **more):
    return actions.write_self_criticism(meeting=meeting, by=by, at=SIGNED["at"], text="Còn nể nang", **more)


def test_a_member_writes_and_writes_again(closed, people):
    write(closed, people.member.user, remedy="Góp ý thẳng")
    row = write(closed, people.member.user, mended="partly")
    assert (row.mended, row.typed_by, SelfCriticism.objects.count()) == ("partly", "", 1)
    assert "nể nang" not in str(list(Entry.objects.values_list("details", flat=True)))


def test_from_paper_it_says_who_typed_it_and_never_over_own_words(closed, people):
    typist = people.village_secretary.user
    named = {"meeting": closed, "text": "A", "member": people.member, "by": typist}
    refused("note_missing", actions.write_self_criticism, **named)
    row = write(closed, typist, member=people.member, note="bản giấy 3/11/2018")
    assert (row.typed_by, row.note) == (str(typist), "bản giấy 3/11/2018")
    write(closed, people.member.user)
    refused("own_words", actions.write_self_criticism, note="x", **named)


@pytest.mark.parametrize("role", ["deputy", "standing", "school_secretary", "inspector"])
def test_nobody_else_writes_for_a_member(closed, people, role):
    with pytest.raises(Denied):
        write(closed, getattr(people, role).user, member=people.member, note="x")


def test_only_those_expected_write_and_only_until_the_lock(closed, people, place):
    stranger = make.member(place.village, "Trần Văn Lạ")
    refused("not_expected", actions.write_self_criticism, meeting=closed, member=stranger, text="A", note="x")
    closed.state = "locked"
    closed.save(update_fields=["state"])
    refused("locked", actions.write_self_criticism, meeting=closed, member=people.member, text="A", note="x")


def test_the_state_of_an_earlier_text_is_set_by_the_member_or_the_cell(closed, people):
    row = write(closed, people.member.user)
    actions.mend_self_criticism(by=people.member.user, at=SIGNED["at"], criticism=row, mended="corrected")
    row.refresh_from_db()
    assert row.mended == "corrected"
    with pytest.raises(Denied):
        actions.mend_self_criticism(by=people.deputy.user, at=SIGNED["at"], criticism=row, mended="none")


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("member", True),
        ("village_secretary", True),
        ("secretary", True),
        ("deputy", True),
        ("standing", False),
        ("inspector", False),
        ("school_secretary", False),
        ("administrator", False),
        ("outsider", False),
    ],
)
def test_who_reads_a_members_words(cast, closed, people, role, sees):
    write(closed, people.member.user)
    assert SelfCriticism.objects.visible_to(getattr(cast.users, role)).exists() is sees


# --- score
def test_points_left_out_are_those_worked_out(closed):
    own = {key: most for key, most in FULL.items() if key not in {"length", "attendance", "streak"}}
    sheet = scoring.score_meeting(meeting=closed, given=own, **SIGNED)
    assert (sheet.self_total, sheet.self_band, sheet.lines.count()) == (100, "good", len(SCORE.criteria))
    line = sheet.lines.get(key="length")
    assert (line.given, line.computed, line.evidence) == (5, 5, "Họp 105 phút; tối thiểu 90 phút.")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"content": 21}, "score_too_high"),
        ({"content": -1}, "score_too_low"),
        ({"content": Decimal("19.25")}, "score_places"),
        ({"content": None}, "score_missing"),
    ],
)
def test_points_outside_their_range_are_refused_by_name(closed, given, code):
    error = refused(code, scoring.score_meeting, meeting=closed, given=FULL | given)
    assert (error.field, "Nội dung sinh hoạt" in error.message) == ("content", True)
    assert scores.sheet_of(closed) is None


def test_a_meeting_ahead_has_no_score(meeting):
    refused("not_held", scoring.score_meeting, meeting=meeting, given=FULL)


def test_the_committee_decides_and_says_why_where_it_differs(closed, people):
    refused("not_scored", scoring.decide_score, meeting=closed, total=90)
    scoring.score_meeting(meeting=closed, given=FULL, **SIGNED)
    for total, code in (
        (101, "score_range"),
        (-1, "score_range"),
        (Decimal("9.55"), "score_places"),
        (89, "note_missing"),
    ):
        refused(code, scoring.decide_score, meeting=closed, total=total)
    by = people.deputy.user
    sheet = scoring.decide_score(
        meeting=closed, by=by, at=SIGNED["at"], total=Decimal("89.5"), note="Thiếu biên bản"
    )
    assert (sheet.decided_band, sheet.decided_by) == ("fair", people.deputy)
    refused("decided", scoring.score_meeting, meeting=closed, given=FULL)
    refused("note_missing", scoring.decide_score, meeting=closed, total=100)
    assert scoring.decide_score(meeting=closed, total=100, note="Đã bổ sung", **SIGNED).decided_band == "good"


@pytest.mark.parametrize("role", ["village_secretary", "standing", "inspector", "member"])
def test_only_those_above_decide(closed, people, role):
    scoring.score_meeting(meeting=closed, given=FULL, **SIGNED)
    with pytest.raises(Denied):
        scoring.decide_score(meeting=closed, by=getattr(people, role).user, at=SIGNED["at"], total=100)


def test_a_sheet_keeps_its_law_when_the_law_changes(closed, people, place):
    given = FULL | {"content": 12}
    sheet = scoring.score_meeting(meeting=closed, given=given, **SIGNED)
    stricter = SCORE.model_copy(update={"good_from": 95, "fair_from": 93})
    set_overlay(
        by=people.secretary.user, at=SIGNED["at"], unit_id=place.commune.pk, value=stricter,
        start=DAY - timedelta(days=9), instrument="1-QĐ/ĐU", instrument_date=DAY - timedelta(days=10),
    )  # fmt: skip
    assert scores.law_of(closed).local
    decided = scoring.decide_score(meeting=closed, total=sheet.self_total, **SIGNED)
    assert (decided.self_total, decided.decided_band) == (92, "good")
    assert scores.law_kept(decided).value.good_from == 90
