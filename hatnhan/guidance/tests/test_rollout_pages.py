"""Pages of roll-outs: what stands on them, who may open them, what is typed wrong, how many queries lists take."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.core import clock
from hatnhan.guidance.comparing import Mark, compare
from hatnhan.guidance.models import CellPoint, CellReport, CellRollOut, RollOut
from hatnhan.guidance.tests import rolled

ROOT = "/trien-khai"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day():
    with clock.fixed(rolled.NOW):
        yield


def text_of(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def given_url(roll_out, cell):
    return f"{ROOT}/chi-bo/{CellRollOut.objects.get(roll_out=roll_out, cell=cell).pk}/"


# --- comparing --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Phổ biến tới từng đảng viên", "Phổ biến tới từng hộ trong thôn"),
        ("Một hai ba", "Một ba"),
        ("Một", "Một hai"),
        ("a b c d", "w x y z"),
        ("Một  hai", "Một\nhai"),
        ("", "Mới"),
        ("Cũ", ""),
    ],
)
def test_the_pieces_of_a_comparison_are_the_second_text_again(first, second):
    pieces = compare(first, second)
    kept = " ".join(one.text for one in pieces if one.mark is not Mark.LEFT_OUT)
    assert kept == " ".join(second.split())
    before = " ".join(one.text for one in pieces if one.mark is not Mark.ADDED)
    assert before in {" ".join(first.split()), ""}


def test_only_the_words_that_differ_are_marked():
    pieces = compare("Phổ biến tới từng đảng viên trong tháng ba", "Phổ biến tới từng hộ trong tháng ba")
    assert [one.text for one in pieces if one.mark is Mark.ADDED] == ["hộ"]
    assert [one.mark for one in compare("như nhau", "như nhau")] == [Mark.SAME]
    assert [one.mark for one in compare("a b c d", "w x y z")] == [Mark.ADDED]


# --- reading ----------------------------------------------------------------------------------------------------------
def test_a_plan_shows_core_and_variants_side_by_side_with_what_differs_marked(place, people, cast):
    made = rolled.approved(place, people)
    page = text_of(cast.secretary, f"{ROOT}/ke-hoach/{made.pk}/")
    assert "Thôn (1)" in page
    assert "Trường học (1)" in page
    assert "<ins>hộ trong thôn</ins>" in page
    assert "Như cốt lõi" in page
    assert "Lắp mã QR ở nhà văn hóa thôn" in page
    assert "Kế hoạch 15-KH/ĐU" in page
    assert given_url(made, place.village) in page


def test_drafts_are_for_those_who_lead_and_each_reads_the_own_cells_text(place, people, cast):
    draft, made = rolled.whole(place, people, "13-NQ/TW"), rolled.approved(place, people)
    page = f"{ROOT}/ke-hoach/{draft.pk}/"
    village, school = given_url(made, place.village), given_url(made, place.school)
    for role in ("secretary", "deputy", "standing", "inspector"):
        text_of(getattr(cast, role), page)
        text_of(getattr(cast, role), school)
    for role in ("village_secretary", "member", "outsider", "administrator", "editor"):
        text_of(getattr(cast, role), page, 404)
        text_of(getattr(cast, role), school, 404)
    for role in ("village_secretary", "member"):
        text_of(getattr(cast, role), village)
        seen = text_of(getattr(cast, role), f"{ROOT}/ke-hoach/{made.pk}/")
        assert village in seen
        assert school not in seen
    text_of(cast.outsider, f"{ROOT}/ke-hoach/{made.pk}/", 404)
    assert cast.anonymous.get(village).status_code == 302


@pytest.mark.parametrize(
    ("role", "status"), [("secretary", 200), ("deputy", 200), ("standing", 403), ("village_secretary", 404)]
)
def test_deeds_on_a_plan_are_for_those_who_keep_the_committee(place, people, cast, role, status):
    made = rolled.whole(place, people)
    one = f"{ROOT}/ke-hoach/{made.pk}"
    point = made.core.first().pk
    for url in (
        *(f"{one}/{part}/" for part in ("sua", "bo", "duyet", "cot-loi", "cot-loi/them")),
        f"{one}/ban/village/",
        f"{one}/ban/village/bo/",
        f"{ROOT}/cot-loi/{point}/sua/",
        f"{ROOT}/cot-loi/{point}/bo/",
    ):
        text_of(getattr(cast, role), url, status)
    assert getattr(cast, role).get(f"{ROOT}/ke-hoach/{made.pk}/ban/khong-co/").status_code in {status, 404}


def test_the_list_takes_the_same_queries_for_few_and_many(place, people, cast):
    rolled.approved(place, people)
    rolled.whole(place, people, "2-NQ/TW")
    url = f"{ROOT}/ke-hoach/"
    text_of(cast.secretary, url)
    with CaptureQueriesContext(connection) as few:
        assert "2 kế hoạch" in text_of(cast.secretary, url)
    for number in range(3, 7):
        rolled.planned(place, people, f"{number}-NQ/TW")
    with CaptureQueriesContext(connection) as many:
        text_of(cast.secretary, url)
    assert len(many) == len(few) <= 12
    assert "1 kế hoạch" in text_of(cast.member, url)
    assert "1 kế hoạch" in text_of(cast.secretary, f"{url}?trang_thai=dang-trien-khai")
    assert "6 kế hoạch" in text_of(cast.secretary, f"{url}?trang_thai=la&trang=99")


def test_a_plans_page_takes_the_same_queries_for_few_cells_and_many(place, people, cast):
    made = rolled.approved(place, people)
    url = f"{ROOT}/ke-hoach/{made.pk}/"
    text_of(cast.secretary, url)
    with CaptureQueriesContext(connection) as few:
        text_of(cast.secretary, url)
    other = rolled.planned(place, people, "2-NQ/TW", core=[*rolled.CORE, *rolled.CORE])
    for kind in ("village", "school", "health", "agency"):
        rolled.write(other, people.secretary.user, kind)
    with CaptureQueriesContext(connection) as many:
        text_of(cast.secretary, f"{ROOT}/ke-hoach/{other.pk}/")
    assert len(many) <= len(few) <= 22, len(few)


# --- writing ----------------------------------------------------------------------------------------------------------
def typed_plan(**fields):
    days = {
        "approve_by": "20/3/2026",
        "held_by": "30/4/2026",
        "study_by": "31/5/2026",
        "done_by": "31/12/2026",
    }
    return {"asks": "Đưa vào sinh hoạt.", "lead": ""} | days | fields


def test_a_plan_is_written_from_a_document_and_only_once(place, people, cast):
    document = rolled.document(place.commune)
    url = f"{ROOT}/van-ban/{document.pk}/lap-ke-hoach/"
    assert "22/2/2026" in text_of(cast.secretary, url)
    wrong = cast.secretary.post(url, typed_plan(held_by="1/3/2026"))
    assert wrong.status_code == 422
    assert "Kế hoạch duyệt trước hết ngày 20/3/2026" in wrong.content.decode()
    assert "Đưa vào sinh hoạt." in wrong.content.decode()
    answer = cast.secretary.post(url, typed_plan(lead=str(people.deputy.pk)))
    made = RollOut.objects.get()
    assert answer["Location"] == f"{ROOT}/ke-hoach/{made.pk}/"
    assert made.lead == people.deputy
    assert f"/ke-hoach/{made.pk}/" in text_of(cast.secretary, url)
    again = cast.secretary.post(url, typed_plan(asks="Lần hai"))
    assert again.status_code == 422
    assert "đã có kế hoạch triển khai văn bản này" in again.content.decode()
    assert "Lần hai" in again.content.decode()
    text_of(cast.standing, url, 403)
    text_of(cast.outsider, url, 404)


def test_core_and_variants_are_typed_in_rows_and_errors_stand_beside_their_row(place, people, cast):
    made = rolled.planned(place, people, core=())
    one = f"{ROOT}/ke-hoach/{made.pk}"
    assert "Chưa có nội dung cốt lõi" in text_of(cast.secretary, f"{one}/")
    bad = cast.secretary.post(f"{one}/cot-loi/", {"text-2": "Việc không hạn", "task-2": "on"})
    assert bad.status_code == 422
    assert "due-2" in bad.context["form"].errors
    assert "Việc không hạn" in bad.content.decode()
    rows = {"text-1": "Một", "text-3": "Ba", "task-3": "on", "due-3": "30/6/2026"}
    cast.secretary.post(f"{one}/cot-loi/", rows)
    first, second = made.core.all()
    assert (first.text, second.text, second.due) == ("Một", "Ba", rolled.DUE)
    page = text_of(cast.secretary, f"{one}/ban/village/")
    assert "Để trống thì ghi đúng như cốt lõi: “Một”" in page
    typed = {"intro": "Gửi thôn", f"said-{first.pk}": "Một ở thôn", f"said_due-{second.pk}": "1/6/2026"}
    late = cast.secretary.post(f"{one}/ban/village/", typed | {f"said_due-{second.pk}": "1/6/2027"})
    assert f"said_due-{second.pk}" in late.context["form"].errors
    cast.secretary.post(f"{one}/ban/village/", typed | {"text-2": "Riêng thôn"})
    points = made.variants.get().points.order_by("place")
    assert [(p.text, p.due) for p in points] == [
        ("Một ở thôn", None),
        ("", date(2026, 6, 1)),
        ("Riêng thôn", None),
    ]
    shown = text_of(cast.secretary, f"{one}/ban/village/")
    assert "Riêng thôn" in shown
    cast.secretary.post(f"{ROOT}/cot-loi/{second.pk}/chuyen/", {"huong": "len"})
    assert made.core.first() == second


def test_a_row_is_added_without_losing_what_was_typed(place, people, cast):
    made = rolled.whole(place, people)
    first = made.core.first()
    for url, typed in (
        (f"{ROOT}/ke-hoach/{made.pk}/cot-loi/", {}),
        (f"{ROOT}/ke-hoach/{made.pk}/ban/village/", {f"said-{first.pk}": "Ở thôn"}),
    ):
        form = cast.secretary.get(url).context["form"]
        kept = form.row_count
        assert form[f"text-{kept}"].value() is None
        typed |= {f"text-{kept}": "Mới", f"task-{kept}": "on", f"due-{kept}": "chưa rõ"}
        more = cast.secretary.post(url, typed | {"them": "1"})
        assert more.status_code == 200
        form = more.context["form"]
        assert form.row_count == kept + 1
        assert {name: form[name].value() for name in typed} == typed
        assert not form.errors
    own = cast.secretary.post(f"{ROOT}/ke-hoach/{made.pk}/ban/village/", {"text-5": "Năm", "task-5": "on"})
    assert set(own.context["form"].errors) == {"due-5"}


def test_approval_names_the_kinds_that_lack_a_variant_then_gives(place, people, cast):
    made = rolled.planned(place, people)
    rolled.write(made, people.secretary.user, "village")
    url = f"{ROOT}/ke-hoach/{made.pk}/duyet/"
    page = text_of(cast.secretary, f"{ROOT}/ke-hoach/{made.pk}/")
    # What lacks is the one button of the plan, and said when approving is opened, before a number is asked for.
    assert "Soạn bản cụ thể hóa: Trường học" in page
    assert "Duyệt, giao cho chi bộ" not in page
    assert "Chưa có bản cụ thể hóa cho loại chi bộ: Trường học" in text_of(cast.secretary, url)
    lacking = cast.secretary.post(url, {"decision_no": "15-KH/ĐU"})
    assert lacking.status_code == 422
    assert "Chưa có bản cụ thể hóa cho loại chi bộ: Trường học" in lacking.content.decode()
    assert "15-KH/ĐU" in lacking.content.decode()
    rolled.write(made, people.secretary.user, "school")
    check = cast.secretary.post(url, {"decision_no": "15-KH/ĐU"})
    assert "Thôn: 1 chi bộ, mỗi chi bộ 1 việc." in check.content.decode()
    assert not CellRollOut.objects.exists()
    cast.secretary.post(url, {"decision_no": "15-KH/ĐU", "confirm": "1"})
    assert CellRollOut.objects.count() == 2
    close = {"note": "Đã tổng kết", "confirm": "1"}
    cast.secretary.post(f"{ROOT}/ke-hoach/{made.pk}/ket-thuc/", close)
    made.refresh_from_db()
    assert made.state == "closed"


def test_a_cell_reads_its_text_adds_points_and_reports(place, people, cast):
    meeting = rolled.monthly(place.village)
    made = rolled.approved(place, people)
    url = given_url(made, place.village)
    page = text_of(cast.village_secretary, url)
    for words in ("Phổ biến tới từng hộ trong thôn", "Lắp mã QR", "Báo cáo 6 tháng", f"/{meeting.pk}/"):
        assert words in page
    assert "Thêm nội dung của chi bộ" not in text_of(cast.member, url)
    # The meeting is to be held before anything is to be reported: that is the one button.
    assert cast.village_secretary.get(url).context["next"].url == f"/hop/{meeting.pk}/"
    assert cast.member.get(url).context["next"] is None
    assert "Ghi hộ báo cáo" in text_of(cast.secretary, f"{url}bao-cao/")
    assert "Ghi hộ báo cáo" not in text_of(cast.village_secretary, f"{url}bao-cao/")
    bad = cast.village_secretary.post(f"{url}them/", {"task-1": "on", "due-1": "1/4/2026"})
    assert "text-1" in bad.context["form"].errors
    rows = {"text-1": "Tổ công nghệ thôn", "text-2": "Dạy bà con", "task-2": "on", "due-2": "1/5/2026"}
    cast.village_secretary.post(f"{url}them/", rows)
    plain, task = CellPoint.objects.order_by("pk")
    remove = f"{ROOT}/chi-bo/noi-dung/"
    assert "đã giao thành việc" in cast.village_secretary.post(f"{remove}{task.pk}/bo/").content.decode()
    cast.village_secretary.post(f"{remove}{plain.pk}/bo/")
    assert CellPoint.objects.get() == task
    report = {"months": "6", "results": "Đã tới 120 hộ.", "shortcomings": "", "reported_on": "2/3/2026"}
    cast.village_secretary.post(f"{url}bao-cao/", report)
    again = cast.village_secretary.post(f"{url}bao-cao/", report | {"results": "Lần hai"})
    assert "months" in again.context["form"].errors
    assert CellReport.objects.get().results == "Đã tới 120 hộ."
    assert "Đã tới 120 hộ." in text_of(cast.secretary, url)
    for part in ("them/", "bao-cao/"):
        text_of(cast.member, f"{url}{part}", 403)
        text_of(cast.school_secretary, f"{url}{part}", 404)
        text_of(cast.secretary, f"{url}{part}")


def test_the_way_of_an_old_page_is_refused_when_the_texts_changed_meanwhile(place, people, cast):
    made = rolled.whole(place, people)
    url = f"{ROOT}/ke-hoach/{made.pk}/ban/village/"
    slip = cast.secretary.get(url).context["slip"]
    rolled.write(
        made, people.deputy.user, "village", at=rolled.NOW + timedelta(minutes=1), intro="Của phó bí thư"
    )
    answer = cast.secretary.post(url, {"phieu": slip, "intro": "Của bí thư"})
    assert answer.status_code == 422
    assert "vừa được người khác sửa" in answer.content.decode()
    assert made.variants.get(cell_kind="village").intro == "Của phó bí thư"
