"""Files handed in: read, or refused with nothing lost."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse
from docx import Document as Word
from hypothesis import given, settings
from hypothesis import strategies as st

from hatnhan.audit.models import Entry
from hatnhan.core import clock, deeds
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.documents.uploads import LARGEST
from hatnhan.guidance import extraction
from hatnhan.guidance.actions import files, register
from hatnhan.guidance.extraction import Extract, extract
from hatnhan.guidance.models import Document, DocumentFile, DocumentText
from hatnhan.guidance.selectors.search import search
from hatnhan.guidance.tests.papers import (
    BY,
    NOW,
    boxed,
    data,
    headed,
    locked,
    pdf_of,
    registered,
    scan,
    upload,
    word_of,
)


@pytest.fixture(autouse=True)
def now():
    with clock.fixed(NOW):
        yield


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    kept = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    return tmp_path


def attached(document, content, name="van-ban.pdf", *, read=True, **more):
    more = {"name": "", "not_secret": True} | more
    file = files.attach_file(**BY, document=document, file=upload(content, name), **more)
    if read:
        files.read_file_text(**BY, file=file)
    return file


def kept_on_disk(storage):
    return [path for path in storage.rglob("*") if path.is_file()]


def macro():
    target = io.BytesIO(word_of("Chào"))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    return target.getvalue()


def test_a_pdf_is_read_and_found(place, people):
    document = registered(place.commune)
    file = attached(document, pdf_of("Xây dựng nông thôn mới kiểu mẫu"), "Kế hoạch.pdf")
    assert (file.state, file.pages, file.name, file.version) == ("read", 1, "Kế hoạch", 2)
    assert "nông thôn mới" in DocumentText.objects.get(document=document).text
    hit = search(people.member.user, "nông thôn mới")[0]
    assert hit.document == document
    assert hit.found == "nông thôn mới"
    assert Document.objects.get(pk=document.pk).version == 2


def test_a_word_file_is_read_with_its_tables(place):
    word = Word()
    word.add_paragraph("Chương trình hành động")
    word.add_table(1, 2).rows[0].cells[1].text = "hạn 30/6"
    target = io.BytesIO()
    word.save(target)
    file = attached(registered(place.commune), target.getvalue(), "ct.docx")
    assert file.state == "read"
    assert "hạn 30/6" in file.text


def test_the_words_of_a_text_box_are_read_once(place):
    file = attached(registered(place.commune), boxed("Nơi nhận: các chi bộ"), "a.docx")
    assert file.text == "Số 12-BC/ĐU\nNơi nhận: các chi bộ"


def test_a_scan_says_that_it_has_no_text(place):
    document = registered(place.commune)
    file = attached(document, scan(3))
    assert (file.state, file.pages, file.text) == ("no_text", 3, "")
    assert file.get_state_display() == "Bản chụp: không có chữ để tìm"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b"%PDF-1.7\n%rest", "a.pdf", "corrupt"),
        (pdf_of("Chữ")[:400], "a.pdf", "corrupt"),
        (locked(), "a.pdf", "encrypted"),
        (b"MZ\x90\x00 program", "a.pdf", "file_kind"),
        (b"\x89PNG\r\n\x1a\n rest", "a.png", "file_kind"),
        (macro(), "a.docx", "file_kind"),
        (b"%PDF-" + b"0" * LARGEST, "a.pdf", "too_large"),
        (pdf_of("Chữ"), "Báo cáo MẬT.pdf", "secret"),
        (word_of("TỐI MẬT", "Báo cáo"), "a.docx", "secret"),
        (word_of("Báo cáo", header="MẬT"), "a.docx", "secret"),
        (headed("TUYỆT MẬT"), "a.docx", "secret"),
        (boxed("MẬT"), "a.docx", "secret"),
        (pdf_of("MẬT", "Báo cáo"), "a.pdf", "secret"),
    ],
    ids=[
        "empty",
        "corrupt",
        "cut",
        "locked",
        "program",
        "picture",
        "macro",
        "large",
        "name",
        "word",
        "head",
        "table-in-head",
        "box",
        "page",
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_lost(place, storage, content, name, code):
    document = registered(place.commune)
    with pytest.raises(RuleBroken) as refused:
        attached(document, content, name)
    assert refused.value.code == code
    assert refused.value.field == "file"
    assert not kept_on_disk(storage)
    assert Document.objects.get(pk=document.pk).version == 1
    assert not document.files.exists()


def test_a_name_typed_and_the_word_given_are_judged_too(place):
    document = registered(place.commune)
    with pytest.raises(RuleBroken, match="bí mật nhà nước") as refused:
        attached(document, pdf_of("Chữ"), not_secret=False)
    assert refused.value.code == "not_vouched"
    with pytest.raises(RuleBroken) as refused:
        attached(document, pdf_of("Chữ"), name="Tối mật")
    assert refused.value.code == "secret"


def test_a_pdf_that_only_forbids_printing_is_taken(place):
    file = attached(registered(place.commune), locked(key=""))
    assert file.state == "no_text"


def test_the_same_file_is_taken_once(place):
    document, other = registered(place.commune), registered(place.commune, "01-NQ/TU")
    content = pdf_of("Chữ")
    attached(document, content, "một.pdf")
    with pytest.raises(RuleBroken, match="một") as refused:
        attached(document, content, "hai.pdf")
    assert refused.value.code == "file_twice"
    assert attached(other, content).version == 2


def test_a_stamp_found_only_when_read_deletes_the_file(
    place, storage, monkeypatch, django_capture_on_commit_callbacks
):
    document = registered(place.commune)
    file = attached(document, pdf_of("Chữ"), read=False)
    monkeypatch.setattr(files, "extract", lambda *_file: Extract("MẬT", 1, secret=True))
    with django_capture_on_commit_callbacks(execute=True):
        files.read_file_text(**BY, file=file)
    assert (file.state, file.file.name, file.text) == ("refused", "", "")
    assert not kept_on_disk(storage)
    assert Entry.objects.filter(action="guidance:document:refuse_file").exists()


def test_a_file_that_vanished_ends_without_text(place, storage):
    file = attached(registered(place.commune), pdf_of("Chữ"), read=False)
    for path in kept_on_disk(storage):
        path.unlink()
    files.read_file_text(**BY, file=file)
    assert file.state == "no_text"
    with pytest.raises(RuleBroken) as refused:
        files.read_file_text(**BY, file=file)
    assert refused.value.code == "already_done"


def test_a_file_taken_away_is_no_longer_found(place, people, storage, django_capture_on_commit_callbacks):
    document = registered(place.commune)
    file = attached(document, pdf_of("Xây dựng nông thôn mới"))
    with django_capture_on_commit_callbacks(execute=True):
        files.remove_file(**BY, file=file)
    assert not search(people.member.user, "nông thôn mới").paginator.count
    assert not kept_on_disk(storage)
    assert not DocumentText.objects.get(document=document).text


def test_typed_text_stands_before_that_of_files_and_both_are_found(place, people):
    document = registered(place.commune, text="Bản chép tay")
    attached(document, pdf_of("Chữ trong tệp"))
    assert DocumentText.objects.get(document=document).text == "Bản chép tay"
    for words in ("bản chép tay", "chữ trong tệp"):
        assert search(people.member.user, words).paginator.count == 1
    register.edit_document(**BY, document=document, data=data())
    assert "Chữ trong tệp" in DocumentText.objects.get(document=document).text


def test_only_keepers_hand_in_and_take_away(place, people):
    document = registered(place.commune)
    file = attached(document, pdf_of("Chữ"))
    by = {"by": people.member.user, "at": NOW}
    with pytest.raises(Denied):
        files.attach_file(**by, document=document, file=upload(pdf_of("Chữ khác")), name="", not_secret=True)
    with pytest.raises(Denied):
        files.remove_file(**by, file=file)
    assert DocumentFile.objects.count() == 1


WHOLE = pdf_of("Xây dựng nông thôn mới"), word_of("Xây dựng nông thôn mới")


@settings(max_examples=40, deadline=None)
@given(
    which=st.sampled_from([0, 1]),
    place=st.integers(0, 3000),
    junk=st.binary(max_size=40),
    cut=st.booleans(),
)
def test_a_bent_file_ends_in_words_or_text(which, place, junk, cut):
    whole = WHOLE[which]
    bent = whole[:place] + junk + (b"" if cut else whole[place + len(junk) :])
    try:
        read = extract(io.BytesIO(bent), ("pdf", "docx")[which])
    except RuleBroken as refused:
        assert refused.code in ("corrupt", "encrypted")  # noqa: PT017 - either way is fine
    else:
        assert "\x00" not in read.text


def test_a_word_file_that_unpacks_to_too_much_is_refused():
    target = io.BytesIO(word_of("Chữ"))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/a.bin", b"0" * 70_000_000)
    with pytest.raises(RuleBroken) as refused:
        extract(target, "docx")
    assert refused.value.code == "corrupt"


def test_sentences_broken_by_the_width_of_a_page_are_whole_again():
    said = (
        "Rác sinh hoạt của xã mỗi ngày chừng mười bốn tấn, một phần ba là rác hữu cơ ủ được tại vườn nhà. "
        * 3
    )
    read = extract(io.BytesIO(pdf_of(said)), "pdf")
    assert said.strip() in read.text


def test_text_set_in_old_fonts_is_read_as_unicode(monkeypatch):
    old = "§¶ng bé tØnh VÜnh Phóc, kÕ ho¹ch thùc hiÖn nghÞ quyÕt vÒ x©y dùng n«ng th«n míi"
    monkeypatch.setattr(extraction, "_page", lambda _page: old)
    assert "nông thôn mới" in extract(io.BytesIO(scan(1)), "pdf").text


def test_a_file_is_taken_away_once(place, people, storage):
    document = registered(place.commune)
    file = attached(document, pdf_of("Một"))
    again = DocumentFile.objects.get(pk=file.pk)
    files.remove_file(**BY, file=file)
    with pytest.raises(RuleBroken) as broken:
        files.remove_file(**BY, file=again)
    assert broken.value.code == "already_done"
    assert Entry.objects.filter(action="guidance:document:file", details__has_key="removed").count() == 1


def test_a_file_of_a_deed_that_was_not_kept_does_not_stay_on_the_disk(cast, place, storage, monkeypatch):
    """The same slip handed in twice at once: the second is undone as a whole."""
    document = registered(place.commune)
    monkeypatch.setattr(deeds.cache, "add", lambda *_known: False)
    address = reverse("guidance:document-file", args=[document.pk])
    answer = cast.secretary.post(
        address, {"phieu": "a-slip-of-paper", "file": upload(pdf_of("Một")), "not_secret": "on"}
    )
    assert answer.status_code == 302
    assert not DocumentFile.objects.exists()
    assert not kept_on_disk(storage)
