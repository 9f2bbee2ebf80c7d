"""What an import must never do: write what nobody saw, bring back who is gone, reach into another committee's books."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest

from hatnhan.core import clock
from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions import imports
from hatnhan.organization.actions.imports import _settle
from hatnhan.organization.models import Membership, Position, RosterImport
from hatnhan.organization.roster import book, write_marked
from hatnhan.organization.roster.reading import read_roster
from hatnhan.organization.tests import make
from hatnhan.organization.tests.test_roster_import import (
    DAY,
    DUC,
    HEADINGS,
    HOA,
    approve,
    bring,
    sheet,
    today,
    upload,
)

__all__ = ["bring", "today"]
AT = clock.at(DAY)


@pytest.fixture
def job(cast, today):
    """One row that is new, read and shown to the secretary."""
    upload(cast.secretary, sheet(HOA))
    return RosterImport.objects.get()


# --- who may look ----------------------------------------------------------------------------------------------------
def test_who_no_longer_keeps_the_unit_no_longer_sees_the_import(cast, job, people):
    Position.objects.filter(member=people.secretary).update(end=DAY, end_reason="Thôi chức vụ")
    for page in ("", "danh-dau/"):
        assert cast.secretary.get(f"/dang-vien/nhap/{job.pk}/{page}").status_code == 404


# --- what was seen is what is written --------------------------------------------------------------------------------
def test_a_press_on_an_older_preview_writes_nothing(cast, job):
    RosterImport.objects.filter(pk=job.pk).update(digest="another plan, seen by nobody")
    page = approve(cast.secretary, job).content.decode()
    assert "Bản xem trước đã thay đổi" in page
    job.refresh_from_db()
    assert job.state == "ready"


def test_a_plan_that_changes_between_look_and_press_is_refused(cast, job, people):
    seen = RosterImport.objects.get()  # as the request fetched it
    RosterImport.objects.filter(pk=job.pk).update(digest="another plan, seen by nobody")
    with pytest.raises(RuleBroken, match="Mở lại trang"):
        imports.approve_import(job=seen, by=people.secretary.user, seen=seen.digest)


def test_an_import_given_up_while_it_was_read_stays_given_up(job, people):
    plan = imports.make_plan(job, AT)
    RosterImport.objects.filter(pk=job.pk).update(state="reading")
    same = RosterImport.objects.get()
    imports.drop_import(job=same, by=people.secretary.user, at=AT)
    imports.keep_plan(job, plan)
    assert RosterImport.objects.get().state == "dropped"
    assert not job.rows.exists()


def test_written_twice_at_once_it_is_written_once(job):
    assert _settle(job, "writing", "ready")
    again = RosterImport.objects.get()
    imports.write_import(job=job, at=AT)
    imports.write_import(job=again, at=AT)
    assert RosterImport.objects.get().state == "done"


@pytest.mark.parametrize(("state", "step"), [("reading", "read_import"), ("writing", "write_import")])
def test_a_fault_of_ours_ends_the_import_and_says_so(job, monkeypatch, state, step):
    def broken(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(imports, "compare", broken)
    assert _settle(job, state, "ready")
    with pytest.raises(ZeroDivisionError):
        getattr(imports, step)(job=job, at=AT)
    job.refresh_from_db()
    assert (job.state, bool(job.file)) == ("failed", False)
    assert "báo quản trị kỹ thuật" in job.error.lower()


# --- whom a file may not touch ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("reason", ["died", "expelled", "struck_off", "withdrew"])
def test_a_file_brings_back_nobody_who_is_gone_for_good(bring, reason):
    bring(HOA)
    gone = Membership.objects.get(member__card_number=HOA[0])
    Membership.objects.filter(pk=gone.pk).update(end=date(2018, 11, 1), end_reason=reason)
    outcome = bring(HOA, day=date(2018, 11, 5))
    assert not outcome.written
    assert "từ ngày 1/11/2018" in outcome.plan.rows[0].problems[0].message
    assert Membership.objects.filter(member=gone.member).count() == 1


def test_who_went_elsewhere_may_come_back(bring):
    bring(HOA)
    Membership.objects.filter(member__card_number=HOA[0]).update(end=date(2018, 11, 1), end_reason="left")
    assert bring(HOA, day=date(2018, 11, 5)).written


def test_a_file_does_not_touch_who_now_belongs_to_another_committee(bring, place):
    bring(HOA)
    other = make.unit("yen-lac", "commune", place.province, "Đảng bộ xã Yên Lạc")
    far = make.unit("yl-thon-1", "cell", other, "Chi bộ thôn Một")
    here = Membership.objects.get(member__card_number=HOA[0])
    Membership.objects.filter(pk=here.pk).update(end=date(2018, 11, 1), end_reason="transferred")
    Membership.objects.create(
        member=here.member, unit=far, start=date(2018, 11, 1), start_reason="transferred"
    )
    outcome = bring([*HOA[:4], "0987654321", *HOA[5:]], day=date(2018, 11, 5))
    assert not outcome.written
    assert "tổ chức đảng khác" in outcome.plan.rows[0].problems[0].message


# --- days, files -----------------------------------------------------------------------------------------------------
def test_the_day_of_an_import_is_that_of_vietnam(job):
    evening_in_utc = datetime(2018, 10, 29, 20, 0, tzinfo=UTC)  # three in the morning of the 30th
    assert _settle(job, "writing", "ready")
    imports.write_import(job=job, at=evening_in_utc)
    assert Membership.objects.get(member__card_number=HOA[0]).start == date(2018, 10, 30)


def test_the_marked_workbook_makes_no_formula_of_a_title(tmp_path):
    made = openpyxl.Workbook()
    made.active["A1"] = '=HYPERLINK("http://la.example";"x")'
    made.active["A1"].data_type = "s"
    made.active.merge_cells("A1:C1")
    made.active.append([*HEADINGS])
    made.active.append([*DUC[:2], "31/2/1986", *DUC[3:]])
    source, out = tmp_path / "ds.xlsx", BytesIO()
    made.save(source)
    told = read_roster(source, "ds.xlsx", on=DAY).understanding
    write_marked(source, "ds.xlsx", told, [], out)
    assert openpyxl.load_workbook(out).active["A1"].data_type == "s"


def test_a_file_full_of_unknown_cells_is_looked_through_once_each(monkeypatch):
    looked = []
    monkeypatch.setattr(book, "get_close_matches", lambda text, *_rest, **_more: looked.append(text) or [])
    books = book.Book(cells={"thon chua": 1}, cell_names={1: "Chi bộ thôn Chùa"})
    for number in range(1000):
        books.like(f"Thôn {number}")
        books.like("Thôn Chúaa")
    assert len(looked) == len(set(looked)) == 200
