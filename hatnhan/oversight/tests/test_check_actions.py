"""Opening a check, its team, its steps and papers, hearing, conclusion, and what is the subject's by right."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.tests import make
from hatnhan.oversight.actions import concluding, filing, hearing, kin, opening, reporting, steps, team
from hatnhan.oversight.models import Check, Finding, Kind, KinDeclaration, StepPaper
from hatnhan.oversight.selectors import steps as selector
from hatnhan.oversight.tests import checked
from hatnhan.oversight.tests.checked import DAY, LATER, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(LATER):
        yield


def refused(code, action, **told):
    with pytest.raises(RuleBroken) as caught:
        action(**told)
    assert caught.value.code == code
    return caught.value


# --- opening ---------------------------------------------------------------------------------------------------------
def test_a_planned_check_takes_everything_from_the_programme(place, people):
    check = checked.planned(place, people)
    assert (check.topic, check.examined_from) == ("dues", date(2025, 1, 1))
    assert check.ends_by == DAY + timedelta(30)
    assert [one.unit for one in check.subjects.all()] == [place.village]
    assert [(one.member, one.role) for one in check.team.all()] == [
        (people.inspector, "head"), (people.standing, "member")
    ]  # fmt: skip
    assert StepPaper.objects.filter(step__dossier=check.dossier).count() == 12
    entry = Entry.objects.get(action="oversight:check:open")
    assert entry.details["decision_no"] == "05-QĐ/UBKT"


@pytest.mark.parametrize(
    ("kind", "papers"),
    [(Kind.COMPLIANCE, 12), (Kind.THEMATIC, 12), (Kind.SIGNS, 18), (Kind.DENUNCIATION, 16)],
)
def test_the_file_of_each_kind(place, people, kind, papers):
    if kind in {Kind.SIGNS, Kind.DENUNCIATION}:
        check = checked.opened(place, people, kind=kind)
    else:
        check = checked.planned(place, people, kind=kind)
    assert StepPaper.objects.filter(step__dossier=check.dossier).count() == papers
    assert check.dossier.procedure == f"oversight.{kind}"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ground": " "}, "ground_missing"),
        ({"kind": Kind.REGULAR}, "kind"),
        ({"kind": Kind.COMPLIANCE}, "item_missing"),
        ({"title": ""}, "title_missing"),
        ({"decision_no": ""}, "decision_missing"),
        ({"examined_to": date(2025, 1, 1)}, "order"),
        ({"ends_by": DAY + timedelta(46)}, "too_long"),
        ({"ends_by": DAY - timedelta(1)}, "ends_by"),
        ({"units": []}, "no_subject"),
        ({"team": []}, "no_head"),
    ],
)
def test_what_cannot_be_opened(place, people, changed, code):
    refused(code, checked.opened, place=place, people=people, **changed)


def test_looking_back_too_far_is_refused_with_its_source(place, people):
    row = checked.item(
        place.commune, units=[place.village], team=[people.inspector], examined_from=date(2024, 3, 1)
    )
    error = refused(
        "look_back", opening.open_check, by=MACHINE, at=NOW, unit=place.commune, body="inspection",
        data=opening.from_item(row, "1-QĐ/UBKT"),
    )  # fmt: skip
    assert "89-QĐ/TW" in error.citation


def test_an_item_is_opened_once_and_only_as_planned(place, people):
    check = checked.planned(place, people)
    told = {"by": MACHINE, "at": NOW, "unit": place.commune, "body": "inspection"}
    refused("item_taken", opening.open_check, **told, data=opening.from_item(check.item, "6-QĐ/UBKT"))
    draft = checked.item(place.commune, body="committee", units=[place.village], team=[people.inspector])
    refused("item_other", opening.open_check, **told, data=opening.from_item(draft, "6-QĐ/UBKT"))


def test_conflicts_name_who(place, people):
    def open_with(**changes):
        return checked.opened(place, people, **changes)

    error = refused("own_cell", open_with, team=[(people.secretary, "head")])
    assert "Phùng Minh Thông" in error.message
    refused("is_subject", open_with, units=[], members=[people.inspector], by=MACHINE)
    refused("own_cell", open_with, units=[], members=[people.school_secretary])
    kin.declare_kin(by=people.member.user, at=NOW, member=people.member, kin=people.inspector)
    refused("kin", open_with, units=[], members=[people.member], by=MACHINE)
    with pytest.raises(Denied):
        open_with(units=[], members=[people.member])


def test_a_cell_looks_at_its_own_members(place, people):
    row = checked.item(
        place.village, body="members", members=[people.member], team=[people.village_secretary]
    )
    check = opening.open_check(
        by=people.village_secretary.user, at=NOW, unit=place.village, body="members",
        data=opening.from_item(row, "02-QĐ/CB"),
    )  # fmt: skip
    assert check.subjects.get().member == people.member


def test_who_may_not_open(place, people):
    with pytest.raises(Denied):
        checked.opened(place, people, by=people.member.user)
    with pytest.raises(Denied):
        checked.opened(place, people, by=people.secretary.user, kind=Kind.DENUNCIATION)


def test_more_time_once(place, people):
    check = checked.opened(place, people)
    told = {"by": people.inspector.user, "check": check, "reason": "Nội dung phức tạp"}
    refused("too_long", opening.extend_check, at=NOW, ends_by=check.ends_by + timedelta(16), **told)
    before = {one.key: one.due for one in check.dossier.steps.all()}
    opening.extend_check(at=clock.at(date(2026, 4, 1)), ends_by=check.ends_by + timedelta(15), **told)
    after = {one.key: one.due for one in check.dossier.steps.all()}
    assert after["conclusion"] == before["conclusion"] + timedelta(15)
    assert after["decision"] == before["decision"]
    refused("extended_before", opening.extend_check, at=NOW, ends_by=check.ends_by + timedelta(1), **told)


def test_edited_until_reported_and_never_over_anothers_words(place, people):
    check, other = checked.opened(place, people), Check.objects.get()
    told = {
        "title": "Tên mới", "topic": "dues", "content": "Nội dung", "examined_from": date(2025, 1, 1),
        "examined_to": date(2026, 1, 1), "decision_no": "05-QĐ/UBKT", "ground": "Phản ánh",
    }  # fmt: skip
    opening.edit_check(by=people.inspector.user, at=NOW, check=check, **told)
    assert Entry.objects.filter(action="oversight:check:edit").last().details["title"][1] == "Tên mới"
    refused("changed_meanwhile", opening.edit_check, by=people.inspector.user, at=NOW, check=other, **told)
    checked.report(check)
    refused("reported", opening.edit_check, by=MACHINE, at=NOW, check=check, **told)


def test_stopped_with_a_reason_and_nothing_after(place, people):
    check = checked.opened(place, people)
    opening.stop_check(by=people.inspector.user, at=NOW, check=check, reason="Trùng với kiểm tra của tỉnh")
    assert check.state == "stopped"
    refused("closed", checked.minutes, check=check)
    refused("closed", opening.stop_check, by=MACHINE, at=NOW, check=check, reason="Lại")


# --- team and kin ---------------------------------------------------------------------------------------------------
def test_team_changes_with_reasons(place, people):
    check = checked.opened(place, people)
    more = make.member(place.school, "Trần Văn Ba")
    by = people.inspector.user
    team.change_team(by=by, at=NOW, check=check, add=[(more, "secretary")], remove={people.standing: "Ốm"})
    left = check.team.get(member=people.standing)
    assert (left.left_on, left.left_because) == (DAY, "Ốm")
    refused("no_head", team.change_team, by=by, at=NOW, check=check, remove={people.inspector: "Đi học"})
    refused("twice", team.change_team, by=by, at=NOW, check=check, add=[(more, "member")])
    refused("own_cell", team.change_team, by=by, at=NOW, check=check, add=[(people.deputy, "member")])


def test_kin_is_declared_once_and_withdrawn(place, people):
    kin.declare_kin(by=people.member.user, at=NOW, member=people.member, kin=people.deputy)
    refused(
        "declared", kin.declare_kin, by=people.deputy.user, at=NOW, member=people.deputy, kin=people.member
    )
    with pytest.raises(Denied):
        kin.declare_kin(by=people.member.user, at=NOW, member=people.standing, kin=people.member)
    told = {"by": people.deputy.user, "at": NOW, "member": people.deputy, "kin": people.member}
    check = checked.opened(place, people, units=[], members=[people.member])
    refused("being_checked", kin.withdraw_kin, **told)
    opening.stop_check(by=MACHINE, at=NOW, check=check, reason="Không còn dấu hiệu")
    kin.withdraw_kin(**told)
    assert not KinDeclaration.objects.exists()


# --- papers and steps -------------------------------------------------------------------------------------------------
def paper_of(check, key):
    return StepPaper.objects.get(step__dossier=check.dossier, key=key)


def step_of(check, key):
    return check.dossier.steps.get(key=key)


def test_a_step_is_not_done_without_its_papers(place, people):
    check = checked.opened(place, people)
    by = people.inspector.user
    ground = step_of(check, "ground")
    error = refused("papers", steps.finish_step, by=by, at=NOW, step=ground, drawn=True)
    assert "Báo cáo nắm tình hình" in error.message
    filing.file_paper(by=by, at=NOW, paper=paper_of(check, "ground"), kept_at="Tủ 2")
    steps.finish_step(by=by, at=NOW, step=ground)
    refused("already_done", steps.finish_step, by=by, at=NOW, step=ground)
    refused("step_done", filing.unfile_paper, by=by, at=NOW, paper=paper_of(check, "ground"))
    steps.reopen_step(by=by, at=NOW, step=ground, reason="Ghi nhầm")
    filing.unfile_paper(by=by, at=NOW, paper=paper_of(check, "ground"))
    assert paper_of(check, "ground").state == "missing"


def test_a_step_waits_for_its_day_its_stage_and_its_fact(place, people):
    check = checked.planned(place, people)
    by = people.inspector.user
    told = {"by": by, "at": NOW, "drawn": True}
    refused("before_opening", steps.finish_step, step=step_of(check, "decision"),
            done_on=DAY - timedelta(1), **told)  # fmt: skip
    refused("future", steps.finish_step, step=step_of(check, "decision"), done_on=DAY + timedelta(1), **told)
    refused("earlier_stage", steps.finish_step, step=step_of(check, "launch"), **told)
    for key in ("decision", "outline"):
        steps.finish_step(step=step_of(check, key), **told)
    check.refresh_from_db()
    assert check.state == "conduct"
    launch = step_of(check, "launch")
    filing.file_paper(by=by, at=NOW, paper=paper_of(check, "launch"), kept_at="Tủ 2")
    refused("needs", steps.finish_step, step=launch, **told)
    refused("not_drawn_yet", filing.file_paper, by=by, at=NOW, paper=paper_of(check, "working"), drawn=True)
    checked.minutes(check)
    steps.finish_step(step=launch, **told)


def test_a_step_is_left_out_with_a_reason_but_never_the_hearing(place, people):
    check = checked.planned(place, people)
    steps.finish_steps(by=MACHINE, at=NOW, matter=check, papers={})
    checked.minutes(check)
    steps.finish_steps(by=MACHINE, at=LATER, matter=check, papers={})
    by = people.inspector.user
    refused("reason_missing", steps.skip_step, by=by, at=NOW, step=step_of(check, "self_report"), reason="")
    steps.skip_step(by=by, at=NOW, step=step_of(check, "self_report"), reason="Đối tượng từ chối báo cáo")
    assert paper_of(check, "self_report").because == "Đối tượng từ chối báo cáo"
    refused("never_skipped", steps.skip_step, by=by, at=NOW, step=step_of(check, "hearing"), reason="Bận")


def test_a_file_is_kept_under_a_name_of_our_own(place, people):
    check = checked.opened(place, people)
    handed = SimpleUploadedFile("../../etc/passwd.pdf", b"%PDF-1.7 x")
    paper = paper_of(check, "ground")
    filing.file_paper(by=people.inspector.user, at=NOW, paper=paper, file=handed, name=handed.name)
    paper.refresh_from_db()
    assert paper.file.name.startswith("oversight/")
    assert "passwd" not in paper.file.name
    assert paper.file.storage.exists(paper.file.name)
    refused(
        "file_kind", filing.file_paper, by=MACHINE, at=NOW, paper=paper_of(check, "evidence"),
        file=io.BytesIO(b"MZ program"),
    )  # fmt: skip
    refused("nothing_filed", filing.file_paper, by=MACHINE, at=NOW, paper=paper_of(check, "evidence"))
    refused("filed", filing.excuse_paper, by=MACHINE, at=NOW, paper=paper, reason="Không cần")
    with pytest.raises(Denied):
        filing.file_paper(by=people.village_secretary.user, at=NOW, paper=paper, kept_at="Tủ")


def test_to_the_end_with_a_complete_file(place, people):
    check = checked.done(checked.planned(place, people), people)
    assert check.state == "done"
    check.dossier.refresh_from_db()
    assert check.dossier.closed_on == date(2026, 4, 5)
    assert all(one.blocked == "settled" for one in selector.steps_of(check.dossier))
    refused("closed", steps.reopen_step, by=MACHINE, at=LATER, step=step_of(check, "launch"), reason="x")


# --- report, hearing, conclusion ------------------------------------------------------------------------------------
def test_no_conclusion_before_the_report_and_the_hearing(place, people):
    check = checked.planned(place, people)
    refused("not_reported", checked.conclude, check=check, follower=people.inspector)
    checked.report(check)
    error = refused("not_heard", checked.conclude, check=check, follower=people.inspector)
    assert "thôn Chùa" in error.message
    subject = check.subjects.get()
    told = {"by": people.inspector.user, "at": LATER, "subject": subject}
    refused("said_missing", hearing.hear_subject, **told)
    refused("both", hearing.hear_subject, said="Nhất trí", not_heard_because="Vắng", **told)
    refused("heard_by", hearing.hear_subject, said="Nhất trí", **told)
    hearing.hear_subject(not_heard_because="Từ chối, đã mời hai lần", **told)
    refused("before_report", checked.conclude, check=check, follower=people.inspector, on=date(2026, 3, 24))
    checked.conclude(check, people.inspector)
    refused("concluded", checked.conclude, check=check, follower=people.inspector)


def test_supervision_that_found_a_sign_turns_into_a_check(place, people):
    check = checked.planned(place, people, kind=Kind.THEMATIC)
    checked.report(check)
    checked.hear(check, people.inspector)
    Finding.objects.create(
        of_check=check, subject=check.subjects.get(), kind="sign", topic="dues", text="Giữ lại đảng phí",
        found_on=DAY,
    )  # fmt: skip
    refused("signs", checked.conclude, check=check, follower=people.inspector)
    checked.opened(place, people, after=check)
    checked.conclude(check, people.inspector)
    assert check.concluded_on == date(2026, 3, 31)


def test_a_sign_with_a_stated_reason(place, people):
    check = checked.planned(place, people, kind=Kind.THEMATIC)
    checked.report(check)
    checked.hear(check, people.inspector)
    Finding.objects.create(
        of_check=check, subject=check.subjects.get(), kind="sign", topic="dues", text="Nộp chậm", found_on=DAY
    )
    checked.conclude(check, people.inspector, signs_because="Đã nộp đủ trước khi kết luận")
    assert check.signs_because


def test_the_subjects_own_report_is_nobody_elses_to_write_over(place, people):
    check = checked.planned(place, people)
    subject = check.subjects.get()
    own, inspector = people.village_secretary.user, people.inspector.user
    reporting.submit_self_report(by=inspector, at=NOW, subject=subject, text="Ghi theo bản giấy")
    assert subject.typed_by
    reporting.submit_self_report(by=own, at=LATER, subject=subject, text="Chi bộ tự viết")
    assert (subject.typed_by, subject.reported_at) == ("", NOW)
    refused("theirs", reporting.submit_self_report, by=inspector, at=NOW, subject=subject, text="Sửa")
    with pytest.raises(Denied):
        reporting.submit_self_report(by=people.member.user, at=NOW, subject=subject, text="Người khác")
    checked.report(check)
    refused("reported", reporting.submit_self_report, by=own, at=NOW, subject=subject, text="Sửa lại")


def test_minutes_are_mended_with_what_stood_before(place, people):
    check = checked.planned(place, people)
    kept = checked.minutes(check)
    told = reporting.MinutesData("launch", DAY, "Trụ sở", kept.present, kept.content)
    reporting.write_minutes(by=MACHINE, at=LATER, check=check, data=told, minutes=kept)
    details = Entry.objects.filter(action="oversight:check:minutes").first().details
    assert details["place"] == ["Nhà văn hóa thôn", "Trụ sở"]


def test_delivery_dissent_and_another_look(place, people):
    check = checked.planned(place, people)
    subject = check.subjects.get()
    own = people.village_secretary.user
    refused("not_reported", hearing.dissent, by=own, at=LATER, subject=subject, text="Không đồng ý")
    refused("not_concluded", concluding.deliver, by=MACHINE, at=LATER, subject=subject,
            delivered_on=date(2026, 4, 1), delivered_to="Đ/c Hải")  # fmt: skip
    checked.concluded(check, people, by=people.inspector.user)
    subject.refresh_from_db()
    refused("not_delivered", concluding.ask_again, by=own, at=LATER, subject=subject, text="Xem lại")
    told = {"by": people.inspector.user, "at": LATER, "subject": subject}
    refused("before_conclusion", concluding.deliver, delivered_on=date(2026, 3, 30), delivered_to="x", **told)
    concluding.deliver(delivered_on=date(2026, 4, 1), delivered_to="Đ/c Hải", **told)
    concluding.deliver(delivered_on=date(2026, 4, 2), delivered_to="Đ/c Hải", **told)
    hearing.dissent(by=own, at=LATER, subject=subject, text="Không đồng ý mục 2")
    later = LATER + timedelta(days=3)
    hearing.dissent(by=own, at=later, subject=subject, text="Không đồng ý mục 2, mục 3")
    assert (subject.dissent, subject.dissent_at) == ("Không đồng ý mục 2, mục 3", LATER)
    with pytest.raises(Denied):
        hearing.dissent(by=people.inspector.user, at=LATER, subject=subject, text="Thay")
    concluding.ask_again(by=own, at=LATER, subject=subject, text="Đề nghị xem lại mục 2")
    refused("asked_again", concluding.ask_again, by=own, at=LATER, subject=subject, text="Lại")
    refused("asked_again", concluding.deliver, delivered_on=date(2026, 4, 1), delivered_to="x", **told)
    concluding.answer_again(text="Giữ nguyên, vì…", **told)
    refused("answered", concluding.answer_again, text="Lại", **told)
