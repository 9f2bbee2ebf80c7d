"""The pages of the register: the list and its search, one document, the deeds, the files."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hatnhan.core import clock
from hatnhan.guidance.actions import files, quiz, register
from hatnhan.guidance.models import Document, DocumentFile, Question
from hatnhan.guidance.tests.papers import BY, NOW, locked, pdf_of, registered, scan, upload
from hatnhan.guidance.tests.studied import given

LIST = "/trien-khai/van-ban/"


@pytest.fixture(autouse=True)
def now():
    with clock.fixed(NOW):
        yield


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    kept = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    return tmp_path


def page_of(name, pk):
    return reverse(f"guidance:{name}", args=[pk])


def typed(**more):
    fields = {
        "kind": "directive",
        "issuer": "Bộ Chính trị",
        "number": "05-CT/TW",
        "issued_on": "15/5/2016",
        "subject": "Đẩy mạnh học tập và làm theo Bác",
        "effective_from": "",
        "effective_to": "",
        "carries_out": "",
        "text": "",
        "received_on": "",
        "received_by": "",
    }
    return fields | more


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_list_filters_and_searches(place, cast):
    registered(
        place.commune, "01-NQ/ĐU", date(2018, 1, 1), "Nghị quyết về nước sạch", text="Nước sạch cho cả xã."
    )
    registered(place.commune, "02-NQ/ĐU", date(2017, 1, 1), "Cũ", effective_to=date(2018, 1, 1))
    for query, numbers in {
        "": ["01-NQ/ĐU", "02-NQ/ĐU"],
        "q=nuoc+sach": ["01-NQ/ĐU"],
        "q=02-NQ": ["02-NQ/ĐU"],
        "hieu_luc=het": ["02-NQ/ĐU"],
        "hieu_luc=con&loai=directive": ["01-NQ/ĐU"],
        "loai=plan": [],
        "thieu=chu": ["02-NQ/ĐU"],
        "thieu=tep&tu=1/1/2018": ["01-NQ/ĐU"],
        "thieu=ngay-nhan&den=31/12/2017": ["02-NQ/ĐU"],
        "q=%22&tu=x&den=99/99&trang=zz": [],
    }.items():
        answer = cast.member.get(f"{LIST}?{query}")
        assert answer.status_code == 200, query
        assert [line["document"].number for line in answer.context["lines"]] == numbers, query
    answer = cast.member.get(f"{LIST}?q=nuoc+sach")
    assert "<mark>Nước sạch</mark>" in text_of(answer)
    assert "Vào sổ văn bản" not in text_of(answer)
    assert "Vào sổ văn bản" in text_of(cast.secretary.get(LIST))
    assert cast.outsider.get(LIST).status_code == 404
    assert cast.anonymous.get(LIST).status_code == 302


@pytest.mark.parametrize("query", ["", "?q=nuoc+sach"])
def test_the_list_asks_the_same_of_many(place, cast, query):
    def asked():
        cast.secretary.get(LIST + query)
        with CaptureQueriesContext(connection) as queries:
            cast.secretary.get(LIST + query)
        return len(queries)

    for number in range(3):
        registered(place.commune, f"{number}-NQ/ĐU", text="nước sạch")
    few = asked()
    for number in range(3, 12):
        registered(place.commune, f"{number}-NQ/ĐU", text="nước sạch")
    assert asked() == few


def test_a_page_shows_all_that_a_document_is_tied_to(place, cast, people):
    above = registered(place.province, "11-NQ/TU")
    old = registered(place.commune, "01-CTr/ĐU", date(2017, 1, 1))
    new = registered(
        place.commune, "02-CTr/ĐU", date(2018, 1, 1), carries_out=above, text="Toàn văn <b>đây</b>"
    )
    registered(place.commune, "02-CTr/ĐU", date(2016, 1, 1))
    register.replace_document(**BY, old=old, new=new, on=date(2018, 1, 1))
    words = text_of(cast.member.get(page_of("document", new.pk)))
    for part in ("11-NQ/TU", "01-CTr/ĐU", "Cùng số, khác ngày", "Toàn văn &lt;b&gt;đây", "Chưa có tệp"):
        assert part in words
    assert "document-edit" not in words
    assert page_of("document-edit", new.pk) not in words
    assert "được thay bằng" in text_of(cast.member.get(page_of("document", old.pk)))
    assert "02-CTr/ĐU" in text_of(cast.member.get(page_of("document", above.pk)))
    hidden = registered(place.village, "03-KH/CB")
    assert cast.school_secretary.get(page_of("document", hidden.pk)).status_code == 404
    assert cast.secretary.get(page_of("document-edit", new.pk)).status_code == 200


def test_a_page_offers_only_what_there_is(place, cast, people):
    above = registered(place.province, "11-NQ/TU")
    programme = registered(place.commune, "02-CTr/ĐU", date(2018, 1, 1), carries_out=above)

    def shown(document):
        return text_of(cast.secretary.get(page_of("document", document.pk)))

    for step in ("quiz", "study-of"):
        assert page_of(step, programme.pk) not in shown(programme)
    assert "Chưa có kế hoạch triển khai" in shown(above)
    roll_out = given(programme, place.village)
    quiz.set_question(**BY, document=programme, text="Hỏi?", options=["Sai", "Phải"], right=1, reason="Mục I")
    for step in ("quiz", "study-of"):
        assert page_of(step, programme.pk) in shown(programme)
        assert page_of(step, above.pk) not in shown(above)
    assert page_of("study-of", programme.pk) not in text_of(
        cast.member.get(page_of("document", programme.pk))
    )
    assert page_of("roll-out", roll_out.pk) in shown(above)
    assert "Chưa có kế hoạch triển khai" not in shown(above)


def test_a_document_is_entered_by_the_form(place, cast, people):
    page = reverse("guidance:document-new")
    assert cast.member.get(page).status_code == 403
    above = registered(place.province, "11-NQ/TU")
    asked = cast.secretary.get(f"{page}?can_cu={above.pk}")
    assert "11-NQ/TU ngày 15/5/2016" in text_of(asked)
    fields = typed(carries_out="11-nq/tu", received_on="20/5/2016", received_by=str(people.deputy.pk))
    answer = cast.secretary.post(page, fields)
    document = Document.objects.get(number="05-CT/TW")
    assert answer.url == page_of("document", document.pk)
    assert (document.carries_out, document.received_by) == (above, people.deputy)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"number": ""}, "Chưa ghi."),
        ({"issued_on": "31/2/2016"}, "Tháng 2"),
        ({"carries_out": "99-NQ/TW"}, "Sổ chưa có văn bản số 99-NQ/TW"),
        ({"text": "MẬT\nBáo cáo"}, "Văn bản mật không đưa lên đây"),
        ({"number": "01-NQ/ĐU", "issued_on": "1/1/2018"}, "đừng vào sổ lần nữa"),
        ({"effective_to": "1/1/2015"}, "Ghi ngày hết hiệu lực sau ngày ấy"),
    ],
)
def test_an_error_stands_by_its_field_and_what_was_typed_stays(place, cast, more, words):
    registered(place.commune, "01-NQ/ĐU", date(2018, 1, 1))
    answer = cast.secretary.post(reverse("guidance:document-new"), typed(subject="Giữ lại chữ này", **more))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Giữ lại chữ này" in text_of(answer)
    assert Document.objects.count() == 1


def test_a_document_is_mended_received_and_replaced(place, cast, people):
    document, new = registered(place.commune), registered(place.commune, "07-CT/TW", date(2018, 1, 2))
    page = page_of("document-edit", document.pk)
    slip = cast.secretary.get(page).context["slip"]
    assert cast.secretary.post(page, typed(subject="Mới", text="Chữ", phieu=slip)).status_code == 302
    document.refresh_from_db()
    assert (document.subject, document.version) == ("Mới", 2)
    # A page opened before that does not write over it.
    stale = cast.deputy.post(page, typed(subject="Cũ hơn", phieu="x" * 16 + slip[-16:]))
    assert "vừa được người khác sửa" in text_of(stale)
    fields = {"received_on": "1/6/2016", "received_by": ""}
    cast.secretary.post(page_of("document-receive", document.pk), fields)
    cast.secretary.post(page_of("document-replace", document.pk), {"new": "07-CT/TW", "on": "2/1/2018"})
    document.refresh_from_db()
    assert (document.received_on, document.effective_to) == (date(2016, 6, 1), date(2018, 1, 2))
    for name in ("document-edit", "document-receive", "document-replace", "document-file"):
        assert cast.member.get(page_of(name, new.pk)).status_code == 403
        assert cast.outsider.get(page_of(name, new.pk)).status_code == 404


def test_a_file_is_handed_in_read_and_handed_out(place, cast):
    document = registered(place.commune)
    page = page_of("document-file", document.pk)
    assert "Tối mật" in text_of(cast.secretary.get(page))
    content = pdf_of("Xây dựng nông thôn mới")
    answer = cast.secretary.post(page, {"file": upload(content, "../Kế hoạch.pdf"), "not_secret": "on"})
    assert answer.status_code == 302
    file = DocumentFile.objects.get()
    assert (file.state, file.name) == ("read", "Kế hoạch")
    assert "nông thôn mới" in text_of(cast.member.get(page_of("document", document.pk)))
    got = cast.member.get(page_of("file", file.pk))
    assert b"".join(got.streaming_content) == content
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert cast.outsider.get(page_of("file", file.pk)).status_code == 404
    assert cast.member.get(page_of("file-remove", file.pk)).status_code == 403
    cast.secretary.post(page_of("file-remove", file.pk))
    assert not DocumentFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "more", "words"),
    [
        (b"%PDF-1.7\n%rest", "a.pdf", {}, "Tệp hỏng"),
        (locked(), "a.pdf", {}, "có mật khẩu"),
        (b"GIF89a", "a.pdf", {}, "Không nhận loại tệp này"),
        (b"", "a.pdf", {}, "Tệp rỗng"),
        (b"%PDF-", "TỐI MẬT.pdf", {}, "Tên tệp có dấu độ mật"),
        (pdf_of("Chữ"), "a.pdf", {"not_secret": ""}, "Văn bản mật không đưa lên đây"),
    ],
    ids=["corrupt", "locked", "kind", "empty", "secret", "not vouched"],
)
def test_a_refused_file_says_why(place, cast, content, name, more, words):
    document = registered(place.commune)
    fields = {"file": upload(content, name), "not_secret": "on", "name": "Tên giữ lại"} | more
    answer = cast.secretary.post(page_of("document-file", document.pk), fields)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Tên giữ lại" in text_of(answer)
    assert not DocumentFile.objects.exists()


def test_a_scan_and_a_refused_file_say_so_on_the_page(place, cast):
    document = registered(place.commune)
    file = files.attach_file(**BY, document=document, file=upload(scan()), name="", not_secret=True)
    assert "Đang đọc chữ trong tệp" in text_of(cast.member.get(page_of("document", document.pk)))
    files.read_file_text(**BY, file=file)
    assert "không có chữ để đọc và tìm" in text_of(cast.member.get(page_of("document", document.pk)))
    DocumentFile.objects.update(state="refused", file="")
    assert "Đã bỏ: có dấu độ mật" in text_of(cast.member.get(page_of("document", document.pk)))
    assert cast.member.get(page_of("file", file.pk)).status_code == 404


def test_a_long_text_is_shown_in_part_and_in_whole(place, cast):
    document = registered(place.commune, text="chữ " * 8000 + "cuối cùng")
    page = page_of("document", document.pk)
    short, whole = text_of(cast.member.get(page)), text_of(cast.member.get(f"{page}?toan_van=1"))
    assert "Xem hết toàn văn" in short
    assert "cuối cùng" not in short
    assert "cuối cùng" in whole


def test_the_quiz_is_offered_where_there_are_questions(place, cast):
    document = registered(place.commune)
    page, link = page_of("document", document.pk), page_of("quiz", document.pk)
    assert link not in text_of(cast.member.get(page))
    Question.objects.create(document=document, text="Ai ban hành?", added_on=date(2018, 1, 1))
    assert link in text_of(cast.member.get(page))
