"""Importing a roster: what the plan says, all or nothing, the same file twice, round trip, the pages."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.deadlines import registry
from hatnhan.organization.models import Exemption, Member, Membership, Probation, RosterImport
from hatnhan.organization.roster import read_roster
from hatnhan.organization.roster.compare import compare
from hatnhan.organization.roster.export import export_roster
from hatnhan.organization.roster.plan import Answers, Same
from hatnhan.organization.roster.run import import_file
from hatnhan.organization.roster.write import write
from hatnhan.organization.tests import make

DAY = date(2018, 10, 29)
HEADINGS = (
    "Số thẻ|Họ và tên|Ngày sinh|Giới tính|Điện thoại|Ngày vào Đảng|Chính thức|Chi bộ|Miễn công tác".split("|")
)
HOA = ["00000412", "Nguyễn Thị Hoa", "12/8/1962", "Nữ", "0912345678", "6/1/1988", "6/1/1989", "Thôn Chùa", ""]
DUC = ["00000413", "Trần Văn Đức", "1958", "Nam", "", "3/2/1980", "3/2/1981", "Trường THCS", "x"]
LAN = ["", "Phùng Thị Lan", "2/9/1995", "Nữ", "", "1/9/2018", "", "Chi bộ thôn Chùa", ""]


def sheet(*rows, headings=HEADINGS):
    book = openpyxl.Workbook()
    for row in ([*headings], *rows):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def bring(place, tmp_path):
    """Import rows into the commune and return the outcome."""

    def run(*rows, unit=None, headings=HEADINGS, dry_run=False, day=DAY):
        path = tmp_path / "ds.xlsx"
        path.write_bytes(sheet(*rows, headings=headings))
        return import_file(
            path, "ds.xlsx", unit=unit or place.commune, by=MACHINE, at=clock.at(day), dry_run=dry_run
        )

    return run


@pytest.fixture
def plan_of(place, tmp_path):
    """Lay rows beside the books and return the plan."""

    def run(*rows, answers=None):
        path = tmp_path / "plan.xlsx"
        path.write_bytes(sheet(*rows))
        return compare(read_roster(path, "plan.xlsx", on=DAY), place.commune, DAY, answers)

    return run


def books():
    return (
        list(Member.objects.order_by("pk").values_list("pk", "card_number", "full_name", "phone")),
        list(Membership.objects.order_by("pk").values_list("member", "unit", "start", "end")),
        Exemption.objects.count(),
        Probation.objects.count(),
        Entry.objects.count(),
    )


def test_new_people_come_in_with_cell_probation_and_exemption(bring, place):
    outcome = bring(HOA, DUC, LAN)
    assert outcome.written
    assert outcome.plan.counts == {"new": 3, "changed": 0, "unchanged": 0, "problem": 0, "question": 0}
    hoa = Member.objects.get(card_number="00000412")
    assert (hoa.born_on, hoa.born_year, hoa.sex, hoa.phone) == (date(1962, 8, 12), 1962, "F", "0912345678")
    assert Member.objects.of(place.village.pk, DAY).count() == 2
    duc = Member.objects.get(card_number="00000413")
    assert (duc.born_on, duc.born_year) == (None, 1958)
    assert duc.exemptions.on(DAY).exists()
    lan = Member.objects.get(given_key="lan")
    assert lan.card_number is None
    assert lan.probations.get().due == date(2019, 9, 1)


def test_the_same_file_twice_changes_nothing(bring):
    bring(HOA, DUC, LAN)
    before = books()
    again = bring(HOA, DUC, LAN)
    assert again.plan.counts["unchanged"] == 3
    # one line of the record says that it was done again; the books themselves stay
    assert books()[:4] == before[:4]


def test_a_change_is_told_and_written(bring):
    bring(HOA, DUC)
    changed = [*HOA[:4], "0987654321", *HOA[5:7], "Trường THCS", ""]
    outcome = bring(changed, DUC, day=date(2018, 11, 5))
    assert outcome.plan.counts["changed"] == 1
    row = next(row for row in outcome.plan.rows if row.changes)
    assert {(c.field, c.old, c.new) for c in row.changes} == {
        ("phone", "0912345678", "0987654321"),
        ("cell", "Chi bộ thôn Chùa", "Chi bộ Trường THCS"),
    }
    hoa = Member.objects.get(card_number=HOA[0])
    ends = [(m.unit.code, m.start, m.end) for m in hoa.memberships.order_by("start")]
    assert ends == [("thon-chua", DAY, date(2018, 11, 5)), ("truong-thcs", date(2018, 11, 5), None)]
    assert Entry.objects.filter(subject_id=hoa.pk, action="organization:member:edit").count() == 1


def test_a_move_ends_the_posts_in_the_old_cell(bring, place):
    bring(HOA)
    hoa = Member.objects.get(full_name="Nguyễn Thị Hoa")
    held = make.post(hoa, place.village, "committee_member", start=DAY)
    bring([*HOA[:7], "Trường THCS", ""], day=date(2018, 11, 5))
    held.refresh_from_db()
    assert held.end == date(2018, 11, 5)


def test_who_is_official_by_the_file_is_on_probation_no_more(bring, place):
    bring(LAN)
    bring([*LAN[:6], "1/9/2019", *LAN[7:]], day=date(2019, 10, 1))
    probation = Member.objects.get(given_key="lan").probations.get()
    assert (probation.outcome, probation.decided_on) == ("official", date(2019, 10, 1))
    due = registry.due([place.village.pk], on=date(2019, 10, 1), until=date(2020, 1, 1))
    assert not [one for one in due if one.key.startswith("organization.probation")]


def test_a_probation_follows_the_day_of_admission_of_the_file(bring):
    bring(LAN)
    bring([*LAN[:5], "1/8/2018", *LAN[6:]], day=date(2018, 11, 5))
    probation = Member.objects.get(given_key="lan").probations.get()
    assert (probation.start, probation.due, probation.outcome) == (date(2018, 8, 1), date(2019, 8, 1), "")


def test_empty_cells_and_missing_columns_wipe_nothing(bring):
    bring(HOA)
    bring([*HOA[:4], "", *HOA[5:]])
    bring(HOA[:4], headings=HEADINGS[:4])
    assert Member.objects.get(card_number=HOA[0]).phone == "0912345678"


def test_one_bad_row_and_nothing_is_written(bring):
    before = books()
    outcome = bring(HOA, [*DUC[:2], "31/2/1986", *DUC[3:]], LAN)
    assert not outcome.written
    assert outcome.plan.counts["problem"] == 1
    problem = next(row for row in outcome.plan.rows if row.problems).problems[0]
    assert (problem.cell, problem.message) == ("C3", "Tháng 2 không có ngày 31")
    assert books() == before


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([*HOA[:7], "Thôn Chuà Cao", ""], "book_cell"),
        ([*HOA[:3], "", *HOA[4:]], "book_sex"),
        ([*HOA[:5], "", *HOA[6:]], "book_admitted"),
        ([*HOA[:2], "", *HOA[3:]], "book_birth"),
        ([*HOA[:7], "", ""], "book_cell"),
    ],
)
def test_what_a_newcomer_needs(plan_of, row, code):
    (planned,) = plan_of(row).rows
    assert [problem.code for problem in planned.problems] == [code]


def test_a_misspelt_cell_is_offered_never_taken(plan_of, place):
    row = [*HOA[:7], "Thôn Chúaa", ""]
    (planned,) = plan_of(row).rows
    assert planned.near == (place.village.pk, "Chi bộ thôn Chùa")
    answered = plan_of(row, answers=Answers(cells={"Thôn Chúaa": place.village.pk}))
    assert answered.counts["new"] == 1


def test_a_namesake_with_another_card_is_asked_about(bring, plan_of):
    bring(HOA)
    twin = ["00000999", *HOA[1:]]
    (planned,) = plan_of(twin).rows
    assert planned.status == "question"
    number = planned.number
    keep = plan_of(twin, answers=Answers(same={number: Same.KEEP}))
    take = plan_of(twin, answers=Answers(same={number: Same.TAKE}))
    two = plan_of(twin, answers=Answers(same={number: Same.DIFFERENT}))
    assert keep.counts["unchanged"] == 1
    assert [(c.field, c.new) for c in take.rows[0].changes] == [("card_number", "00000999")]
    assert two.counts["new"] == 1


def test_one_person_on_two_rows_is_a_problem(bring):
    bring(LAN)
    outcome = bring(LAN, [*LAN[:4], "0900000000", *LAN[5:]])
    assert outcome.plan.counts["problem"] == 1


def test_a_card_of_another_committee_is_a_problem(bring, place):
    elsewhere = make.unit("xa-khac", "commune", place.province)
    make.member(make.unit("thon-khac", "cell", elsewhere), card_number=HOA[0])
    assert bring(HOA).plan.counts["problem"] == 1


def test_who_left_comes_back_as_the_same_person(bring, place):
    bring(HOA)
    hoa = Member.objects.get(card_number=HOA[0])
    hoa.memberships.update(end=date(2018, 11, 1), end_reason="left")
    outcome = bring(HOA, day=date(2018, 12, 1))
    assert outcome.plan.counts["changed"] == 1
    assert hoa.memberships.filter(unit=place.village, start=date(2018, 12, 1), end=None).exists()


def test_into_a_cell_without_a_column_for_it(bring, place):
    outcome = bring(HOA[:7], headings=HEADINGS[:7], unit=place.village)
    assert outcome.written
    assert Member.objects.of(place.village.pk, DAY).count() == 1


def test_export_imports_back_unchanged(bring, place, tmp_path):
    bring(HOA, DUC, LAN)
    path = tmp_path / "xuat.xlsx"
    assert export_roster(place.commune, DAY, path) == 3
    again = import_file(path, "xuat.xlsx", unit=place.commune, by=MACHINE, at=clock.at(DAY))
    assert again.plan.counts == {"new": 0, "changed": 0, "unchanged": 3, "problem": 0, "question": 0}


def test_a_plan_with_problems_is_never_written(plan_of, place):
    plan = plan_of([*HOA[:2], "31/2/1986", *HOA[3:]])
    with pytest.raises(RuleBroken, match="chưa ghi gì"):
        write(plan=plan, unit=place.commune, filename="x", by=MACHINE, at=clock.at(DAY))


def test_who_may_not_keep_the_roster_may_not_import(plan_of, place, people):
    for role in ("member", "village_secretary", "standing", "inspector"):
        with pytest.raises(Denied):
            write(
                plan=plan_of(HOA),
                unit=place.commune,
                filename="x",
                by=getattr(people, role).user,
                at=clock.at(DAY),
            )


def test_a_failure_half_way_leaves_nothing(plan_of, place, monkeypatch):
    plan, before = plan_of(HOA, DUC, LAN), books()
    monkeypatch.setattr(Exemption.objects, "bulk_create", lambda _rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write(plan=plan, unit=place.commune, filename="x", by=MACHINE, at=clock.at(DAY))
    assert books() == before


# --- the pages -----------------------------------------------------------------------------------------------------
def upload(client, content, name="ds.xlsx"):
    return client.post("/dang-vien/nhap/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def approve(client, job):
    return client.post(f"/dang-vien/nhap/{job.pk}/ghi/", {"ban": job.digest}, follow=True)


@pytest.fixture
def today():
    with clock.fixed(clock.at(DAY)):
        yield


def test_choose_look_write(cast, today, place):
    before = Member.objects.count()
    page = upload(cast.secretary, sheet(HOA, DUC))
    job = RosterImport.objects.get()
    assert "Sẽ thêm 2 đảng viên" in page.content.decode()
    assert Member.objects.count() == before
    done = approve(cast.secretary, job)
    assert "Đã ghi vào sổ" in done.content.decode()
    assert Member.objects.count() == before + 2
    job.refresh_from_db()
    assert not job.file
    assert not job.rows.exists()


def test_problems_are_shown_where_and_how(cast, today):
    page = upload(cast.secretary, sheet(HOA, [*DUC[:2], "31/2/1986", *DUC[3:]])).content.decode()
    for words in ("ô C3", "31/2/1986", "Tháng 2 không có ngày 31", "Tải tệp đã đánh dấu"):
        assert words in page
    assert "Chưa ghi được: còn 1 dòng có vấn đề</h2>" in page
    job = RosterImport.objects.get()
    approve(cast.secretary, job)
    assert not Member.objects.filter(card_number=HOA[0]).exists()


def test_the_marked_workbook_reads_as_the_same_rows(cast, today, tmp_path):
    upload(cast.secretary, sheet(HOA, [*DUC[:2], "31/2/1986", *DUC[3:]]))
    job = RosterImport.objects.get()
    answer = cast.secretary.get(f"/dang-vien/nhap/{job.pk}/danh-dau/")
    path = tmp_path / "marked.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    cell = openpyxl.load_workbook(path).active["C3"]
    assert cell.comment is not None
    assert cell.fill.fgColor.rgb == "FFFFC7CE"


def test_an_offered_cell_is_taken_on_a_press(cast, today, place):
    upload(cast.secretary, sheet([*HOA[:7], "Thôn Chúaa", ""]))
    job = RosterImport.objects.get()
    page = cast.secretary.post(
        f"/dang-vien/nhap/{job.pk}/tra-loi/", {"text": "Thôn Chúaa", "unit": place.village.pk}, follow=True
    )
    assert "Sẽ thêm 1 đảng viên" in page.content.decode()


def test_a_cell_that_was_not_offered_is_not_taken(cast, today, place):
    upload(cast.secretary, sheet([*HOA[:7], "Thôn Chúaa", ""]))
    job = RosterImport.objects.get()
    cast.secretary.post(f"/dang-vien/nhap/{job.pk}/tra-loi/", {"text": "Thôn Chúaa", "unit": place.school.pk})
    job.refresh_from_db()
    assert job.answers == {}


def test_a_question_is_answered_on_the_page(cast, today, bring):
    bring(HOA)
    asked = upload(cast.secretary, sheet(["00000999", *HOA[1:]])).content.decode()
    assert "Chưa ghi được: còn 1 câu cần đồng chí trả lời</h2>" in asked
    assert "Sửa các ô có vấn đề" not in asked
    job = RosterImport.objects.get()
    page = cast.secretary.post(
        f"/dang-vien/nhap/{job.pk}/tra-loi/", {"2-row": "2", "2-answer": "take"}, follow=True
    ).content.decode()
    assert "Sẽ thay đổi 1 người</h2>" in page


def test_books_that_changed_since_are_shown_again(cast, today, bring):
    upload(cast.secretary, sheet(HOA))
    bring(HOA)
    job = RosterImport.objects.get()
    page = approve(cast.secretary, job).content.decode()
    assert "Sổ đã thay đổi" in page
    assert Member.objects.filter(card_number=HOA[0]).count() == 1


@pytest.mark.parametrize(("name", "content", "words"), [
    ("ds.xlsx", b"\x00\x01\x02" * 90, "lưu thành .xlsx rồi chọn lại"),
    ("ds.xlsx", b"khong phai xlsx", "Đổi đuôi tệp thành .csv"),
    ("ds.pdf", b"%PDF", "Không đọc được loại tệp này"),
    ("ds.xlsx", b"", "Tệp rỗng"),
])  # fmt: skip
def test_a_file_that_is_none(cast, today, name, content, words):
    assert words in upload(cast.secretary, content, name).content.decode()


def test_another_persons_import_is_not_there(cast, today):
    upload(cast.secretary, sheet(HOA))
    job = RosterImport.objects.get()
    assert cast.deputy.get(f"/dang-vien/nhap/{job.pk}/").status_code == 404


def test_who_may_import(cast, today):
    allowed = {
        role: getattr(cast, role).get("/dang-vien/nhap/").status_code
        for role in vars(cast)
        if role != "users"
    }
    assert {role for role, status in allowed.items() if status == 200} == {"secretary", "deputy"}


def test_giving_up_keeps_the_books(cast, today):
    upload(cast.secretary, sheet(HOA))
    job = RosterImport.objects.get()
    cast.secretary.post(f"/dang-vien/nhap/{job.pk}/bo/")
    job.refresh_from_db()
    assert job.state == "dropped"
    assert not Member.objects.filter(card_number=HOA[0]).exists()


def test_an_upload_that_nobody_finished_goes_after_a_week(cast, place):
    with clock.fixed(DAY):
        upload(cast.secretary, sheet(HOA))
    left = RosterImport.objects.get()
    RosterImport.objects.update(state="writing")  # as a worker that was killed leaves it
    with clock.fixed(date(2018, 11, 4)):
        upload(cast.deputy, sheet(DUC))
    left.refresh_from_db()
    assert left.state == "writing"
    with clock.fixed(date(2018, 11, 6)):
        upload(cast.deputy, sheet(DUC))
    left.refresh_from_db()
    assert left.state == "dropped"
    assert not left.file
    assert not left.rows.exists()
