"""The demonstration in the books: loaded once for this file, through the actions and the import."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Count, F, Q

from hatnhan.assignments.models import CellCharge, GroupCharge, Task, WorkGroup
from hatnhan.audit import selectors as audit
from hatnhan.audit.models import Entry
from hatnhan.ballots.models import Ballot, Urn
from hatnhan.core import clock
from hatnhan.core.periods import Period
from hatnhan.demo.faulty import NEW_MEMBERS, faulty_rows, mended_rows
from hatnhan.demo.workbook import roster_rows, write_workbook
from hatnhan.guidance.models import (
    Attempt,
    CellReport,
    CellRollOut,
    Document,
    DocumentFile,
    Question,
    Registration,
    RollOut,
    Service,
    Variant,
    YearTheme,
)
from hatnhan.guidance.selectors import study
from hatnhan.meetings.models import Invitee, Meeting, RemedyVerdict, ReviewRow, ScoreSheet, WorkPost
from hatnhan.organization.models import (
    Badge,
    Exemption,
    Member,
    Membership,
    Position,
    Probation,
    Term,
    Transfer,
    Unit,
    UnitVersion,
)
from hatnhan.organization.roster.compare import compare
from hatnhan.organization.roster.export import export_roster
from hatnhan.organization.roster.reading import read_roster
from hatnhan.oversight.models import (
    Case,
    Check,
    Complaint,
    Decision,
    Denouncer,
    Denunciation,
    Note,
    Remedy,
    Restoration,
    Step,
    StepPaper,
    UnnamedLetters,
)
from hatnhan.oversight.selectors import completion
from hatnhan.oversight.selectors.limitation import limitation_of

#: One worker loads the story, once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("story")]
TODAY = date(2026, 11, 23)


@pytest.fixture
def _django_db_helper():
    """Leave out pytest-django's transaction a test: all tests here stand inside the one of ``tale``."""


@pytest.fixture
def tale(loaded):
    return loaded


@pytest.fixture(autouse=True)
def _today(tale):
    """Let every test stand on the day of the story, and undo what it writes."""
    with clock.fixed(TODAY), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def commune():
    return Unit.objects.get(code="tam-hong")


@pytest.mark.parametrize(
    ("day", "members"),
    [(date(2010, 1, 1), 540), (date(2017, 12, 31), 587), (date(2018, 12, 31), 587), (TODAY, 587)],
)
def test_the_members_of_a_day(commune, day, members):
    assert Member.objects.of(commune.pk, day).distinct().count() == members


@pytest.mark.parametrize("day", [date(2017, 12, 31), date(2018, 12, 31), TODAY])
def test_eighteen_cells_thirteen_of_villages_four_of_schools_one_of_health(commune, day):
    cells = UnitVersion.objects.on(day).filter(parent=commune, unit__level="cell")
    kinds = sorted(cells.values_list("cell_kind", flat=True))
    assert kinds == ["health"] + ["school"] * 4 + ["village"] * 13


def test_before_the_split_there_was_one_cell_less(commune):
    on = date(2013, 5, 9)
    assert UnitVersion.objects.on(on).filter(parent=commune, unit__level="cell").count() == 17
    assert UnitVersion.objects.on(on).get(unit__code="lung-thuong").name == "Chi bộ thôn Lũng"
    assert not Unit.objects.existing(on).filter(code="lung-ha").exists()


def test_the_commune_stands_under_phu_tho_since_the_two_tiers(commune):
    def line(day):
        return [Unit.objects.get(pk=pk).code for pk in commune.lineage(day)]

    assert line(date(2025, 6, 30)) == ["tam-hong", "yen-lac", "vinh-phuc"]
    assert line(date(2025, 7, 1)) == ["tam-hong", "phu-tho"]


def test_sixteen_on_probation_one_overdue_and_one_extended():
    running = Probation.objects.filter(outcome="")
    assert running.count() == 16
    assert running.filter(due__lt=TODAY).count() == 1
    assert Probation.objects.filter(outcome=Probation.Outcome.EXTENDED).count() == 1


def test_who_left_left_for_a_reason():
    reasons = set(Membership.objects.exclude(end=None).values_list("end_reason", flat=True))
    assert reasons >= {"died", "left", "transferred", "expelled", "withdrew", "struck_off", "reorganized"}


def test_transfers_wait_and_one_was_refused():
    states = sorted(Transfer.objects.exclude(state="accepted").values_list("state", flat=True))
    assert states == ["proposed", "proposed", "proposed", "refused"]


def test_elders_are_excused_and_badges_given():
    assert 45 <= Exemption.objects.on(TODAY).count() <= 75
    assert Badge.objects.count() > 300


def test_the_committees_are_whole_and_in_a_term_of_today(commune):
    posts = Position.objects.on(TODAY)
    assert posts.filter(unit=commune).count() == 18
    assert not posts.exclude(term__in=Term.objects.on(TODAY)).exists()


def test_the_roster_came_in_by_the_import():
    entry = Entry.objects.get(action="organization:roster:import")
    assert entry.details["counts"]["new"] > 300
    assert sum(entry.details["counts"].values()) == 587


def test_every_deed_left_a_line_and_the_chain_holds():
    assert Entry.objects.count() > 10_000
    assert audit.verify().broken_at is None


def test_the_roster_of_today_imports_as_unchanged(tale, commune, tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, roster_rows(tale.world.present), TODAY)
    plan = compare(read_roster(path, path.name, on=TODAY), commune, TODAY)
    assert plan.counts == {"problem": 0, "question": 0, "new": 0, "changed": 0, "unchanged": 587}


def test_the_exported_roster_of_today_imports_as_unchanged(commune, tmp_path):
    assert Member.objects.of(commune.pk, TODAY).filter(born_on=None).exists()
    assert Membership.objects.on(TODAY).filter(kind=Membership.Kind.TEMPORARY).exists()
    path = tmp_path / "b.xlsx"
    assert export_roster(commune, TODAY, path) == 587
    plan = compare(read_roster(path, path.name, on=TODAY), commune, TODAY)
    assert plan.counts == {"problem": 0, "question": 0, "new": 0, "changed": 0, "unchanged": 587}


def test_the_careless_workbook_has_six_problems_and_the_mended_one_comes_in(commune, tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, faulty_rows(), TODAY)
    plan = compare(read_roster(path, path.name, on=TODAY), commune, TODAY)
    problems = {problem.field: problem for row in plan.rows for problem in row.problems}
    assert set(problems) == {"admitted", "birth", "card_number", "cell", "official", "full_name"}
    assert "Cầu Gạo" in problems["cell"].remedy
    write_workbook(path, mended_rows(), TODAY)
    counts = compare(read_roster(path, path.name, on=TODAY), commune, TODAY).counts
    assert (counts["new"], counts["changed"], counts["problem"]) == (NEW_MEMBERS, 1, 0)


# --- weeks and months ------------------------------------------------------------------------------------------------
MONTHLY = {"kind": "cell_monthly", "due_on__lt": TODAY}
WEEKLY = {"kind": "weekly_review", "due_on__lt": TODAY}


def test_every_cell_meets_every_month_but_few():
    due = Meeting.objects.filter(**MONTHLY).exclude(state="cancelled")
    assert Meeting.objects.filter(**MONTHLY).count() == 18 * 24
    assert 0.95 <= due.held().count() / due.count() < 1
    missing = due.exclude(pk__in=Meeting.objects.held())
    assert {meeting.unit.code for meeting in missing} == {"tan-tien", "vuon-che"}
    assert Meeting.objects.filter(kind="cell_monthly").exclude(moved_reason="").count() >= 10


def test_members_come_and_cells_score_themselves_as_one_would_believe():
    body = Invitee.objects.filter(
        meeting__kind="cell_monthly", meeting__in=Meeting.objects.held(), capacity="body"
    )
    marks = {
        mark: body.filter(mark=mark).count() for mark in ("present", "excused", "unexcused", "exempt", "")
    }
    assert marks[""] == 0
    assert 0.91 <= marks["present"] / (marks["present"] + marks["excused"] + marks["unexcused"]) <= 0.96
    decided = ScoreSheet.objects.exclude(decided_total=None)
    assert decided.count() > 380
    assert all(0 <= sheet.self_total - sheet.decided_total <= 3 for sheet in decided)
    good = decided.filter(self_total__gte=82, self_total__lte=97)
    assert good.count() / decided.count() > 0.9


def test_last_friday_is_still_being_reviewed_and_what_was_to_be_mended_waits(commune):
    last = Meeting.objects.filter(**WEEKLY).latest("due_on")
    assert (last.due_on, last.state) == (date(2026, 11, 20), "open")
    rows = ReviewRow.objects.filter(meeting=last)
    written = [row for row in rows if row.written]
    assert 0 < len(written) < len(rows)
    assert not RemedyVerdict.objects.filter(meeting=last).exists()
    waiting = Task.objects.filter(review_row__isnull=False, state="open")
    assert waiting.count() >= 4
    assert waiting.filter(due__lt=TODAY).exists()
    this = Meeting.objects.filter(kind="weekly_review", due_on=date(2026, 11, 27)).get()
    assert (this.state, this.unit) == ("draft", commune)


def test_most_weeks_and_most_remedies_end_well():
    weeks = Meeting.objects.filter(**WEEKLY)
    assert weeks.count() > 100
    assert not weeks.exclude(state__in=("locked", "cancelled")).exclude(due_on=date(2026, 11, 20)).exists()
    ended = Task.objects.filter(review_row__isnull=False, state="verified")
    in_time = sum(task.done_on <= task.due for task in ended)
    assert 0.8 <= in_time / ended.count() <= 0.95


def test_the_coming_month_of_dong_sen_waits_and_one_other_cell_owes_its_minutes():
    ahead = Meeting.objects.filter(unit__code="dong-sen", due_on__gt=TODAY).earliest("due_on")
    # Only what was rolled out last week stands on it.
    assert ahead.state == "draft"
    assert [item.matter for item in ahead.items.all()] == [
        f"guidance.roll_out:{RollOut.objects.get(document__number='07-CT/TW').pk}"
    ]
    assert ahead.series.backlog.filter(meeting=None).exists()
    last = {
        m.unit.code: m.state
        for m in Meeting.objects.filter(kind="cell_monthly", due_on__month=11, due_on__year=2026)
    }
    assert last["dong-sen"] == "locked"
    assert [code for code, state in last.items() if state == "closed"] == ["cau-gao"]


def test_one_cell_and_one_group_have_nobody_now_and_the_last_term_is_remembered(commune):
    charged = set(CellCharge.objects.on(TODAY).values_list("cell__code", flat=True))
    cells = set(Unit.objects.filter(level="cell").values_list("code", flat=True))
    assert cells - charged == {"go-gang"}
    groups = set(WorkGroup.objects.on(TODAY).values_list("name", flat=True))
    empty = groups - set(GroupCharge.objects.on(TODAY).values_list("group__name", flat=True))
    assert empty == {"Cải cách hành chính – chuyển đổi số"}
    assert CellCharge.objects.filter(end=date(2025, 7, 30)).count() == 18
    seated = set(Position.objects.on(TODAY).filter(unit=commune).values_list("member_id", flat=True))
    assert set(CellCharge.objects.on(TODAY).values_list("member_id", flat=True)) <= seated
    assert WorkPost.objects.count() == 10
    assert not WorkPost.objects.exclude(holders__end=None, holders__isnull=False).exists()


def test_the_ballot_adds_up_and_left_no_key():
    ballot = Ballot.objects.get(state="closed", discipline_round=None)
    result = ballot.result
    assert result.on_screen > 0 < result.paper_returned
    assert (
        result.on_screen + result.paper_returned
        == result.valid + result.invalid + result.blank
        == result.present
    )
    assert sum(line.votes for line in result.lines.all()) == result.valid
    assert result.passed
    assert (bytes(ballot.locked_key), Urn.objects.count()) == (b"", 0)
    assert ballot.roll.filter(voted=True).count() == result.on_screen
    meeting = Meeting.objects.get(items__ballots__ballot=ballot)
    assert meeting.opened_at < ballot.opened_at < ballot.closed_at < meeting.ended_at
    assert ballot.closed_at - ballot.opened_at >= timedelta(minutes=15)


# --- guidance --------------------------------------------------------------------------------------------------------
@pytest.fixture
def chain():
    """Return the roll-out of the programme that carries out a higher resolution."""
    return RollOut.objects.get(document__number="03-CTr/ĐU", state="approved")


def test_the_register_knows_what_came_what_replaced_what_and_what_can_be_read():
    assert Document.objects.count() >= 20
    ended = Document.objects.exclude(effective_to=None)
    assert sorted(ended.values_list("number", flat=True)) == ["12-HD/BTCTW", "124-QĐ/TW", "37-QĐ/TW"]
    assert Document.objects.filter(number="03-CTr/ĐU").count() == 2
    files = {file.document.number: file for file in DocumentFile.objects.select_related("document")}
    assert [files["08-NQ/TU"].state, files["21-CT/TU"].state] == ["read", "no_text"]
    assert "Sau khi sắp xếp đơn vị hành chính" in files["08-NQ/TU"].text
    assert "nộp được hồ sơ" in DocumentFile.objects.get(name__startswith="Chương", pages=None).text


def test_one_chain_leads_from_a_higher_resolution_to_the_tasks_of_all_cells(chain):
    line, one = [], chain.document
    while one:
        line.append(one.number)
        one = one.carries_out
    assert line == ["03-CTr/ĐU", "08-NQ/TU", "57-NQ/TW"]
    kinds = set(UnitVersion.objects.on(TODAY).exclude(cell_kind="").values_list("cell_kind", flat=True))
    assert set(chain.variants.values_list("cell_kind", flat=True)) == kinds == {"village", "school", "health"}
    given = CellRollOut.objects.filter(roll_out=chain).annotate(count=Count("tasks"))
    assert given.count() == 18
    assert not given.filter(Q(count__lt=4) | Q(variant=None) | Q(agenda_item=None)).exists()
    assert not given.exclude(agenda_item__state="done").exists()
    tasks = Task.objects.filter(guidance_point__given__roll_out=chain)
    assert tasks.filter(state="verified", done_on__lte=F("due")).count() > 40
    assert tasks.filter(state="verified", done_on__gt=F("due")).exists()
    assert 0 < tasks.filter(state="open", due__lt=TODAY).count() < 10
    assert tasks.filter(state="open", due__gte=TODAY).count() > 5
    assert 14 <= CellReport.objects.filter(given__roll_out=chain, months=6).count() < 18


def test_most_have_studied_and_some_have_not(chain, commune):
    for number, least, most in (("03-CTr/ĐU", 0.9, 0.99), ("207-QĐ/TW", 0.82, 0.95), ("07-CT/TW", 0.03, 0.2)):
        document = RollOut.objects.get(document__number=number, state="approved").document
        done, due = (ask(document, commune, TODAY).count() for ask in (study.studied, study.due))
        assert 500 < due <= 587
        assert least <= done / due <= most
    assert study.excused(RollOut.objects.get(document__number="207-QĐ/TW").document, commune, TODAY).exists()
    hoa = Member.objects.get(full_name="Nguyễn Thị Hòa")
    assert [one.number for one in study.owed_by(hoa, TODAY)] == ["207-QĐ/TW", "07-CT/TW"]
    assert Question.objects.filter(document=chain.document, options__right=True).count() >= 5
    tried = Attempt.objects.filter(document=chain.document)
    assert 200 < tried.filter(passed=True).count() < tried.count()


def test_of_six_roll_outs_one_is_a_draft_one_new_and_one_over():
    states = list(RollOut.objects.order_by("drafted_at").values_list("state", flat=True))
    assert states == ["closed", "approved", "approved", "approved", "approved", "draft"]
    draft = RollOut.objects.get(state="draft")
    assert {one.cell_kind for one in Variant.objects.filter(roll_out=draft)} == {"village", "school"}
    over = CellReport.objects.filter(given__roll_out__state="closed")
    assert [over.filter(months=months).count() for months in (6, 12)] == [18, 18]


def test_last_year_is_looked_back_upon_and_this_one_is_half_way(commune):
    assert set(YearTheme.objects.values_list("year", flat=True)) == {2025, 2026}
    own = Registration.objects.filter(member=None)
    assert own.filter(year=2026).count() == 19
    for year, state, least in ((2025, "assessed", 0.94), (2026, "registered", 1)):
        rows = Registration.objects.filter(year=year, member__isnull=False)
        assert 510 < rows.count() <= 587
        assert least <= rows.filter(state=state).count() / rows.count() <= 1
        assert 0.8 < rows.exclude(progress="").count() / rows.count() < 0.95
        assert 0.9 < rows.exclude(comment="").count() / rows.count() < 1
    assert Service.objects.filter(kind="meeting").count() > 50
    assert Service.objects.filter(kind="task").exists()


# --- oversight -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("year", "own", "below", "amended"), [("2017", 8, 36, 0), ("2018", 10, 36, 1)])
def test_the_programmes_of_the_newspaper_stand_at_all_of_the_plan(commune, year, own, below, amended):
    cells = list(Unit.objects.under(commune.pk, TODAY).exclude(pk=commune.pk).values_list("pk", flat=True))
    for units, planned in (([commune.pk], own), (cells, below)):
        counts = completion.completion(units, Period.parse(year), TODAY)
        assert (counts.planned, counts.done, counts.late) == (planned, planned, 0)
        assert counts.of_plan.share == 100
    counts = completion.completion([commune.pk], Period.parse(year), TODAY)
    assert (counts.removed, counts.added) == (amended, amended)


def test_every_file_of_a_check_that_is_done_is_complete_and_was_so_in_time():
    checks = Check.objects.filter(state=Check.State.DONE)
    assert checks.filter(concluded_on__year__in=(2017, 2018)).count() == 6 + 8 + 36
    papers = StepPaper.objects.filter(step__dossier__of_check__in=checks)
    assert set(papers.values_list("state", flat=True)) == {StepPaper.State.FILED}
    assert not papers.filter(Q(number="") | Q(dated=None) | Q(kept_at="")).exists()
    steps = Step.objects.filter(dossier__of_check__in=checks)
    assert not steps.filter(Q(done_on=None) | Q(done_on__gt=F("due"))).exists()
    assert not checks.filter(dossier__closed_on=None).exists()


def test_this_year_is_under_way_with_a_check_in_each_stage_and_one_late(commune):
    counts = completion.completion([commune.pk], Period.parse("2026"), TODAY)
    assert counts.late == 1
    assert counts.added == 1
    assert 0.65 <= counts.done / counts.planned <= 0.8
    running = Check.objects.running()
    assert set(running.values_list("state", flat=True)) == {"prepare", "conduct", "conclude"}
    late = Step.objects.filter(dossier__of_check__in=running, done_on=None, due__lt=TODAY)
    assert [step.dossier.of_check.state for step in late] == ["conduct"]
    own = Check.objects.get(subjects__unit__code="dong-sen", state="conduct")
    due = own.dossier.steps.get(key="self_report").due
    assert TODAY < due <= TODAY + timedelta(days=5)


def test_one_supervision_goes_from_its_plan_to_a_verified_remedy_and_on_to_a_check_on_signs():
    signs = Check.objects.get(kind="signs")
    chain = signs.after
    assert chain.kind == "thematic"
    assert chain.item.programme.state == "approved"
    assert {minutes.kind for minutes in chain.minutes.all()} == {"launch", "working", "verification"}
    first, second = chain.subjects.order_by("pk")
    assert first.report
    assert second.report
    assert [bool(first.typed_by), bool(second.typed_by)] == [False, True]
    assert first.dissent
    assert first.asked_again
    assert first.answer
    kinds = set(chain.findings.values_list("kind", flat=True))
    assert kinds == {"strength", "shortcoming", "sign"}
    states = Remedy.objects.filter(finding__of_check=chain).values_list("state", flat=True)
    assert sorted(states) == ["failed", "reported", "verified"]
    good = Remedy.objects.get(finding__of_check=chain, state="verified")
    assert good.verified_by
    assert good.verified_by != good.remedied_by
    assert Remedy.objects.get(finding__of_check=chain, state="failed").due < TODAY


def test_one_case_shows_every_guarantee_of_its_subject():
    case = Case.objects.get(of_check__kind="signs")
    (decision,) = case.decisions.all()
    (hearing,) = case.hearings.all()
    assert case.opened_on < case.self_reviewed_on <= hearing.on < decision.announced_on <= decision.signed_on
    assert (hearing.unit, hearing.body) == (case.deciding_unit, case.deciding_body)
    assert [one.ballot.state for one in case.ballots.order_by("round")] == ["closed", "closed"]
    assert case.votes_for >= case.votes_needed > 0
    assert (decision.form, decision.state) == ("reprimand", "in_force")
    assert all(row.basis for row in limitation_of(case, TODAY).rows)
    assert case.dossier.closed_on
    complaint = Complaint.objects.get(decision=decision)
    assert complaint.received_on <= decision.complain_by
    assert (complaint.result, complaint.body) == ("kept", "inspection")
    assert complaint.settled_on <= complaint.due
    assert not case.handlers.filter(member=complaint.handler).exists()


def test_one_case_waits_for_its_vote_one_was_annulled_and_one_has_ended(commune):
    waiting = Case.objects.get(state=Case.State.HEARD)
    assert (waiting.deciding_unit, waiting.deciding_body, waiting.ballots.count()) == (commune, "standing", 0)
    annulled = Decision.objects.get(state="annulled")
    assert annulled.signed_on.year == 2021
    made_good = Restoration.objects.filter(decision=annulled, done_on__lte=F("due"))
    assert set(made_good.values_list("kind", flat=True)) == {"apology", "good_name", "rights"}
    ended = Decision.objects.get(state="ended")
    assert ended.signed_on.year == 2018
    assert ended.state_since >= ended.ends_on


def test_denunciations_end_in_a_good_name_wait_or_are_taken_together(commune):
    states = list(Denunciation.objects.order_by("number").values_list("state", flat=True))
    assert states == ["concluded", "combined", "received"]
    first, _second, new = Denunciation.objects.order_by("number")
    assert {point.result for point in first.points.all()} == {"false", "unfounded"}
    assert Restoration.objects.get(denunciation=first).done_on
    assert new.answer_due >= TODAY
    assert new.answered_on is None
    assert UnnamedLetters.objects.filter(unit=commune, kind="unnamed").count() == 12
    for one in Denouncer.objects.all():
        assert "đặt ra".encode() not in bytes(one.sealed)


def test_who_wrote_a_denunciation_is_on_no_record():
    assert not Entry.objects.filter(details__icontains="tên đặt ra").exists()


def test_most_notes_are_good_and_two_wait_for_those_who_sign_in():
    notes = Note.objects.all()
    assert 25 <= notes.count() <= 32
    assert notes.filter(kind="good").count() > 20
    assert notes.exclude(confirmed_on=None).exists()
    silent = notes.filter(answered_on=None, confirmed_on=None)
    assert silent.filter(expires_on__lte=TODAY).count() == 1
    waiting = silent.filter(expires_on__gt=TODAY).select_related("watch__of_unit", "watch__of_member")
    about = {str(note.watch.of_member or note.watch.of_unit.code) for note in waiting}
    assert len(waiting) == 2
    assert about == {"dong-sen", str(Member.objects.get(full_name="Nguyễn Thị Hòa"))}
