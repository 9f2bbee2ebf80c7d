"""The agenda, the backlog, papers."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.documents.uploads import LARGEST, kind_of
from hatnhan.meetings.actions import agenda, inviting, papers, planning
from hatnhan.meetings.actions.agenda import ItemData
from hatnhan.meetings.models import AgendaItem, Meeting, Paper, Speech
from hatnhan.meetings.tests.planned import NOW, called, cell_series, weekly_series

BY = {"by": MACHINE, "at": NOW}
PDF = b"%PDF-1.7\n%rest"


@pytest.fixture(autouse=True)
def now():
    with clock.fixed(NOW):
        yield


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    kept = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    return tmp_path


def laid(meeting, *items):
    rows = [ItemData(title, part) for title, part in items]
    return agenda.set_agenda(**BY, meeting=meeting, items=rows)


def titles(meeting):
    return list(AgendaItem.objects.filter(meeting=meeting).values_list("title", flat=True))


def test_items_go_to_the_end_of_their_part(place):
    meeting = called(place.village)
    laid(meeting, ("Khai mạc", "opening"), ("Kết luận", "closing"))
    laid(meeting, ("Báo cáo", "main"), ("Tự phê bình", "self_criticism"), ("Thảo luận", "main"))
    assert titles(meeting) == ["Khai mạc", "Báo cáo", "Thảo luận", "Tự phê bình", "Kết luận"]


@settings(max_examples=15, deadline=None)
@given(moves=st.lists(st.tuples(st.integers(0, 5), st.integers(-3, 3)), max_size=6))
def test_shifting_loses_nothing_and_stays_within_the_part(moves):
    """Pure of the database: the order that `shift_item` computes."""
    rows = [AgendaItem(pk=n, part="main" if n < 4 else "closing", place=n) for n in range(6)]
    for pk, places in moves:
        item = next(row for row in rows if row.pk == pk)
        rows = agenda.shifted(rows, item, places)
        assert sorted(row.pk for row in rows) == list(range(6))
        assert [row.part for row in rows] == ["main"] * 4 + ["closing"] * 2


def test_an_item_moves_up_and_down_its_part(place):
    meeting = called(place.village)
    first, second, third = laid(meeting, ("Một", "main"), ("Hai", "main"), ("Ba", "main"))
    laid(meeting, ("Hết", "closing"))
    agenda.shift_item(**BY, item=third, places=-2)
    assert titles(meeting) == ["Ba", "Một", "Hai", "Hết"]
    agenda.shift_item(**BY, item=second, places=9)
    assert titles(meeting) == ["Ba", "Một", "Hai", "Hết"]
    agenda.shift_item(**BY, item=first, places=1)
    assert titles(meeting) == ["Ba", "Hai", "Một", "Hết"]


def test_an_item_changes_and_goes_to_its_new_part(place, people):
    meeting = called(place.village)
    first, _second = laid(meeting, ("Một", "main"), ("Hai", "main"))
    agenda.edit_item(**BY, item=first, data=ItemData("Kết", "closing", 5, people.member, "Nói rõ"))
    assert titles(meeting) == ["Hai", "Kết"]
    first.refresh_from_db()
    assert (first.minutes_planned, first.owner, first.detail) == (5, people.member, "Nói rõ")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ItemData(" "), "title_missing"),
        (ItemData("A", "middle"), "part"),
        (ItemData("A", minutes=-1), "minutes"),
        (ItemData("A", minutes=601), "minutes"),
    ],
)
def test_an_item_that_cannot_be_is_refused(place, data, code):
    with pytest.raises(RuleBroken) as broken:
        agenda.set_agenda(**BY, meeting=called(place.village), items=[ItemData("Tốt"), data])
    assert broken.value.code == code
    assert not AgendaItem.objects.exists()


def test_what_was_talked_about_is_not_removed(place, people):
    item, other = laid(called(place.village), ("Một", "main"), ("Hai", "main"))
    Speech.objects.create(item=item, member=people.member, text="Tôi tán thành")
    with pytest.raises(RuleBroken) as broken:
        agenda.remove_item(**BY, item=item)
    assert broken.value.code == "item_has_record"
    agenda.remove_item(**BY, item=other)
    assert AgendaItem.objects.get() == item


def test_an_agenda_closes_with_its_meeting(place):
    meeting = called(place.village)
    (item,) = laid(meeting, ("Một", "main"))
    planning.cancel_meeting(**BY, meeting=meeting, reason="Bão")
    deeds = (
        lambda: laid(meeting, ("Hai", "main")),
        lambda: agenda.remove_item(**BY, item=item),
        lambda: agenda.shift_item(**BY, item=item, places=1),
        lambda: agenda.edit_item(**BY, item=item, data=ItemData("Hai")),
        lambda: papers.upload_paper(**BY, item=item, file=io.BytesIO(PDF), name="Báo cáo"),
    )
    for deed in deeds:
        with pytest.raises(RuleBroken) as broken:
            deed()
        assert broken.value.code == "agenda_closed"


def test_the_backlog_gives_and_takes_back(place):
    series = cell_series(place.village)
    meeting = series.meetings.earliest("due_on")
    item = agenda.add_to_backlog(**BY, series=series, data=ItemData("Đường làng", "opening"))
    laid(meeting, ("Báo cáo", "main"))
    agenda.take_from_backlog(**BY, meeting=meeting, items=[item])
    assert titles(meeting) == ["Đường làng", "Báo cáo"]
    with pytest.raises(RuleBroken) as broken:
        agenda.take_from_backlog(**BY, meeting=meeting, items=[item])
    assert broken.value.code == "already_done"
    item.refresh_from_db()
    agenda.remove_item(**BY, item=item)
    item.refresh_from_db()
    assert (item.meeting, item.series) == (None, series)
    agenda.remove_item(**BY, item=item)
    assert titles(meeting) == ["Báo cáo"]


def test_an_unfinished_item_is_carried_over_once(place):
    meeting = cell_series(place.village).meetings.earliest("due_on")
    (item,) = laid(meeting, ("Đường làng", "main"))
    carried = agenda.carry_over(**BY, item=item)
    assert (carried.meeting, carried.series, carried.carried_from) == (None, meeting.series, item)
    assert AgendaItem.objects.get(pk=item.pk).state == "carried"
    with pytest.raises(RuleBroken) as broken:
        agenda.carry_over(**BY, item=item)
    assert broken.value.code == "already_done"
    (alone,) = laid(called(place.village, datetime(2018, 11, 9, 8, tzinfo=clock.HERE)), ("Một", "main"))
    with pytest.raises(RuleBroken) as broken:
        agenda.carry_over(**BY, item=alone)
    assert broken.value.code == "no_series"


def office(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (b"\xff\xd8\xff\xe0JFIF", "jpg"),
        (b"\x89PNG\r\n\x1a\n0000", "png"),
        (office("[Content_Types].xml", "word/document.xml"), "docx"),
        (office("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    ],
)
def test_a_paper_is_known_by_what_is_in_it(content, kind):
    assert kind_of(io.BytesIO(content), len(content)) == kind


@pytest.mark.parametrize(
    ("content", "size", "code"),
    [
        (b"", 0, "empty"),
        (PDF, LARGEST + 1, "too_large"),
        (b"MZ\x90\x00 program", 12, "file_kind"),
        (b"<html><script>", 14, "file_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "file_kind"),
        (b"PK\x03\x04 broken", 11, "file_kind"),
        (office("word/document.xml", "word/vbaProject.bin"), 300, "file_kind"),
        (office("pictures/a.png"), 300, "file_kind"),
    ],
)
def test_other_files_are_refused(content, size, code):
    with pytest.raises(RuleBroken) as broken:
        kind_of(io.BytesIO(content), size)
    assert (broken.value.code, broken.value.field) == (code, "file")


@settings(max_examples=40, deadline=None)
@given(
    content=st.binary(min_size=1, max_size=200)
    | st.binary(max_size=60).map(lambda tail: b"PK\x03\x04" + tail)
)
def test_any_bytes_are_known_or_refused(content):
    known = ("pdf", "jpg", "png", "docx", "xlsx")
    with suppress(RuleBroken):  # anything else it raises fails the test
        assert kind_of(io.BytesIO(content), len(content)) in known


@pytest.mark.parametrize(
    ("typed", "own", "shown"),
    [
        ("", "Báo cáo.PDF", "Báo cáo"),
        ("Báo cáo tháng 11", "x.pdf", "Báo cáo tháng 11"),
        ("", "../../etc/passwd", "passwd"),
        ("Dòng\nhai\x00.pdf", "x.pdf", "Dòng hai"),
        ("", "", "tai-lieu-pdf"),
    ],
)
def test_a_paper_keeps_its_name_on_screen_and_none_of_it_on_disk(place, storage, typed, own, shown):
    (item,) = laid(called(place.village), ("Một", "main"))
    file = io.BytesIO(PDF)
    file.name = own
    paper = papers.upload_paper(**BY, item=item, file=file, name=typed)
    assert paper.name == shown
    (kept,) = [path for path in storage.rglob("*") if path.is_file()]
    assert (kept.parent.name, kept.suffix, len(kept.stem)) == ("meetings", ".pdf", 32)
    assert Entry.objects.latest("id").action == "meetings:paper:upload"


def test_a_removed_paper_leaves_the_disk(place, storage, django_capture_on_commit_callbacks):
    (item,) = laid(called(place.village), ("Một", "main"))
    paper = papers.upload_paper(**BY, item=item, file=io.BytesIO(PDF), name="A")
    with django_capture_on_commit_callbacks(execute=True):
        papers.remove_paper(**BY, paper=paper)
    assert not [path for path in storage.rglob("*") if path.is_file()]
    assert not Paper.objects.exists()


def test_a_removed_item_takes_its_papers_off_the_disk(place, storage, django_capture_on_commit_callbacks):
    (item,) = laid(called(place.village), ("Một", "main"))
    papers.upload_paper(**BY, item=item, file=io.BytesIO(PDF), name="A")
    with django_capture_on_commit_callbacks(execute=True):
        agenda.remove_item(**BY, item=item)
    assert not [path for path in storage.rglob("*") if path.is_file()]


def test_who_presents_an_item_hands_its_paper_in_and_others_do_not(place, people):
    meeting = called(place.village)
    inviting.invite(**BY, meeting=meeting)
    mine, other = agenda.set_agenda(
        **BY, meeting=meeting, items=[ItemData("Một", owner=people.member), ItemData("Hai")]
    )
    by = {"by": people.member.user, "at": NOW}
    papers.upload_paper(**by, item=mine, file=io.BytesIO(PDF), name="")
    with pytest.raises(Denied):
        papers.upload_paper(**by, item=other, file=io.BytesIO(PDF), name="")


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("village_secretary", 200),
        ("member", 200),
        ("secretary", 200),
        ("school_secretary", 404),
        ("outsider", 404),
    ],
)
def test_papers_are_handed_out_to_those_who_see_the_meeting(place, cast, role, code):
    (item,) = laid(called(place.village), ("Một", "main"))
    file = SimpleUploadedFile("bao-cao.pdf", PDF)
    paper = papers.upload_paper(**BY, item=item, file=file, name="Báo cáo quý III")
    answer = getattr(cast, role).get(f"/hop/tai-lieu/{paper.pk}/")
    assert answer.status_code == code
    if code == 200:
        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''B%C3%A1o")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]


def test_opening_the_weekly_review_lays_its_sheet(place, people):
    meeting = weekly_series(place.commune).meetings.get(due_on=date(2018, 11, 2))
    moment = datetime(2018, 11, 2, 14, 5, tzinfo=clock.HERE)
    inviting.open_meeting(
        by=MACHINE, at=moment, meeting=meeting, chair=people.secretary, recorder=people.deputy
    )
    assert Meeting.objects.get(pk=meeting.pk).review_rows.count() == 3
