"""Pages of programmes: what stands on them, who may open them, who sees whom named, how many queries they take."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hatnhan.core import clock
from hatnhan.organization.models import Body
from hatnhan.organization.tests import make
from hatnhan.oversight.models import Amendment, AskedTopic, Programme
from hatnhan.oversight.tests import planned

pytestmark = pytest.mark.django_db
ROOT = "/kiem-tra/chuong-trinh"
DAY = datetime(2018, 4, 10, 9, 0, tzinfo=clock.HERE)


@pytest.fixture(autouse=True)
def _on_the_day():
    with clock.fixed(DAY):
        yield


def text_of(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, url
    return " ".join(answer.content.decode().split())


def test_a_programme_reads_by_kind_and_month_with_what_was_done_in_words(place, people, cast):
    made = planned.approved(place, people)
    first = made.items.get(content="Thực hiện nghị quyết đại hội")
    planned.check(first, concluded_on=date(2018, 3, 20), units=(place.village,))
    page = text_of(cast.inspector, f"{ROOT}/{made.pk}/")
    order = ["I. Kiểm tra", "II. Giám sát", "1. Giám sát thường xuyên", "2. Giám sát chuyên đề"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "<b>1/4</b> cuộc kết luận đúng hạn" in page
    assert "Trễ 13 ngày" in page
    assert "Kế tiếp: Nhiệm vụ người đứng đầu" in page
    assert "đ/c Đỗ Văn Hải" in page
    assert "Số 01-CTr/UBKT, ban hành 15/1/2018" in page


def test_members_whom_a_committee_names_are_named_to_those_who_may_know_it(place, people, cast):
    made = planned.approved(place, people)
    url = f"{ROOT}/{made.pk}/"
    for role in ("inspector", "secretary", "deputy", "village_secretary"):
        assert "đ/c Đỗ Văn Hải" in text_of(getattr(cast, role), url), role
    for role in ("school_secretary", "standing"):
        seen = text_of(getattr(cast, role), url)
        assert "Đỗ Văn Hải" not in seen, role
        assert "1 đảng viên" in seen
    for role in ("member", "outsider", "administrator", "editor"):
        text_of(getattr(cast, role), url, 404)
    assert cast.anonymous.get(url).status_code == 302
    draft = planned.draft(place, people, year=2019, items=[])
    for role, status in (
        ("inspector", 200),
        ("secretary", 200),
        ("standing", 404),
        ("village_secretary", 404),
    ):
        text_of(getattr(cast, role), f"{ROOT}/{draft.pk}/", status)


@pytest.mark.parametrize(
    ("role", "status"), [("inspector", 200), ("secretary", 200), ("village_secretary", 404), ("member", 404)]
)
def test_deeds_on_a_draft_are_for_those_who_run_oversight(place, people, cast, role, status):
    made = planned.draft(place, people, items=planned.whole(place, people))
    one, item = f"{ROOT}/{made.pk}", f"{ROOT}/cuoc/{made.items.first().pk}"
    for url in (
        *(f"{one}/{part}/" for part in ("muc-dich", "bo", "ban-hanh", "them")),
        f"{item}/sua/",
        f"{item}/bo/",
    ):
        text_of(getattr(cast, role), url, status)


@pytest.mark.parametrize(
    ("role", "status"),
    [("inspector", 200), ("secretary", 200), ("standing", 403), ("village_secretary", 403)],
)
def test_amendments_are_for_those_who_issue(place, people, cast, role, status):
    made = planned.approved(place, people)
    item = made.items.get(content="Thu, nộp đảng phí")
    one = f"{ROOT}/{made.pk}/dieu-chinh/"
    for url in (one, f"{one}them/", f"{ROOT}/cuoc/{item.pk}/dieu-chinh/"):
        text_of(getattr(cast, role), url, status)


def test_a_draft_is_made_whole_and_issued_from_its_pages(place, people, cast):
    here = f"?don_vi={place.commune.code}"
    asked = f"{ROOT}/yeu-cau/"
    sent = {"year": "2018", "topic": "land", "words": "Quản lý đất đai", "source": ""}
    cast.inspector.post(f"{asked}ghi/{here}", sent)
    assert "Quản lý đất đai" in text_of(cast.inspector, f"{asked}{here}&nam=2018")
    text_of(cast.member, f"{asked}{here}", 404)
    form = {"body": Body.INSPECTION, "year": "2018", "from_last_year": "on"}
    assert cast.inspector.post(f"{ROOT}/soan/{here}", form).status_code == 302
    made = Programme.objects.get()
    page = text_of(cast.inspector, f"{ROOT}/{made.pk}/")
    assert "Đã xét đủ điều cần đưa vào chương trình" in page
    assert "chưa có trưởng đoàn" in page
    assert "Bổ sung 3 cuộc còn thiếu" in page
    for item in made.items.all():
        answer = cast.inspector.post(
            f"{ROOT}/cuoc/{item.pk}/sua/",
            {
                "kind": item.kind,
                "topic": item.topic,
                "content": item.content,
                "units": [str(place.village.pk), str(place.school.pk)],
                "examined_from": "1/1/2017",
                "examined_to": "31/12/2017",
                "starts_on": "1/5/2018",
                "ends_on": "31/5/2018",
                "head": str(people.inspector.pk),
                "team": [str(people.standing.pk)],
            },
        )
        assert answer.status_code == 302, answer.content.decode()
    assert item.__class__.objects.get(pk=item.pk).examined_to == date(2018, 1, 1)
    page = text_of(cast.inspector, f"{ROOT}/{made.pk}/")
    assert f"{ROOT}/{made.pk}/ban-hanh/" in page
    sent = {"decision_no": "01-CTr/UBKT", "approved_on": "10/4/2018"}
    url = f"{ROOT}/{made.pk}/ban-hanh/"
    assert "Kiểm tra việc chấp hành: 3 cuộc" in cast.inspector.post(url, sent).content.decode()
    assert cast.inspector.post(url, sent | {"confirm": "1"}).status_code == 302
    made.refresh_from_db()
    assert made.state == Programme.State.APPROVED
    one = AskedTopic.objects.get()
    assert cast.inspector.post(f"{asked}{one.pk}/bo/").status_code == 302
    assert not AskedTopic.objects.exists()


def test_amendments_are_written_from_their_pages_and_stand_beside(place, people, cast):
    made = planned.approved(place, people)
    dues = made.items.get(content="Thu, nộp đảng phí")
    paper = {
        "decision_no": "05-QĐ/UBKT",
        "decided_on": "10/4/2018",
        "reason": "Đã được cấp trên kiểm tra",
        "confirm": "1",
    }
    url = f"{ROOT}/{made.pk}/dieu-chinh/"
    assert cast.inspector.post(url, paper | {"remove": [str(dues.pk)]}).status_code == 302
    thematic = made.items.get(content="Sinh hoạt chi bộ")
    work = {
        "kind": "thematic",
        "topic": "meetings",
        "content": "Sinh hoạt chi bộ",
        "units": [str(place.village.pk)],
        "examined_from": "1/1/2017",
        "examined_to": "31/12/2017",
        "starts_on": "1/6/2018",
        "ends_on": "15/7/2018",
        "head": str(people.inspector.pk),
    }
    assert cast.inspector.post(f"{ROOT}/cuoc/{thematic.pk}/dieu-chinh/", paper | work).status_code == 302
    assert cast.inspector.post(f"{url}them/", paper | work | {"ends_on": "15/8/2018"}).status_code == 302
    assert Amendment.objects.count() == 1
    for name in ("", "them/"):
        assert 'value="05-QĐ/UBKT"' in text_of(cast.inspector, f"{url}{name}?lan=1")
        assert f"{url}{name}?lan=1" in text_of(cast.inspector, f"{ROOT}/{made.pk}/")
    page = text_of(cast.school_secretary, f"{ROOT}/{made.pk}/")
    assert "?lan=1" not in page
    assert "Các lần điều chỉnh" in page
    assert "rút 1, thêm 1, đổi 1" in page
    assert "Lý do: Đã được cấp trên kiểm tra" in page
    assert "hạn 28/6/2018 thành 15/7/2018" in page


def test_what_is_typed_wrong_is_said_beside_its_field(place, people, cast):
    made = planned.draft(place, people)
    sent = {
        "kind": "compliance",
        "topic": "resolution",
        "content": "Việc gì",
        "members": [str(people.inspector.pk)],
        "examined_from": "1/1/2017",
        "examined_to": "31/12/2017",
        "starts_on": "1/5/2018",
        "ends_on": "31/5/2018",
        "head": str(people.inspector.pk),
    }
    answer = cast.secretary.post(f"{ROOT}/{made.pk}/them/", sent)
    assert answer.status_code == 422
    assert "là đối tượng nên không làm thành viên đoàn" in answer.content.decode()


def test_the_list_and_a_programme_take_the_same_queries_for_few_and_many(place, people, cast):
    """Why so many stands at the views."""
    made = planned.approved(place, people)
    urls = (f"{ROOT}/?don_vi={place.commune.code}", f"{ROOT}/{made.pk}/")
    counts = []
    for url in urls:
        text_of(cast.inspector, url)
        with CaptureQueriesContext(connection) as few:
            text_of(cast.inspector, url)
        counts.append(len(few))
    work = planned.data(year=2017, units=(place.village,), team=(people.inspector,))
    in_2017 = datetime(2017, 1, 9, 9, 0, tzinfo=clock.HERE)
    planned.approved(place, people, year=2017, items=[work], at=in_2017)
    for number in range(4):
        cell = make.unit(f"thon-{number}", "cell", place.commune)
        work = planned.data(month=6, content=f"Cuộc {number}", units=(cell,), team=(people.standing,))
        planned.check(planned.write(made, work), units=(cell,))
    for url, before in zip(urls, counts, strict=True):
        with CaptureQueriesContext(connection) as many:
            text_of(cast.inspector, url)
        assert len(many) == before
    assert counts[0] <= 13
    assert counts[1] <= 20, counts
    assert "2 chương trình" in text_of(cast.inspector, urls[0])
    assert "1 chương trình" in text_of(cast.inspector, f"{urls[0]}&nam=2017")


def test_the_list_of_a_past_day_holds_what_was_issued_or_drafted_by_then(place, people, cast):
    planned.approved(place, people)
    url = f"{ROOT}/?don_vi={place.commune.code}"
    assert "1 chương trình" in text_of(cast.inspector, url)
    assert "1 chương trình" in text_of(cast.inspector, f"{url}&ngay=2018-01-15")
    assert "1 chương trình" not in text_of(cast.inspector, f"{url}&ngay=2018-01-14")
    planned.draft(place, people, year=2019)
    assert "2 chương trình" in text_of(cast.inspector, f"{url}&ngay=2018-01-15")
    assert "1 chương trình" not in text_of(cast.inspector, f"{url}&ngay=2018-01-14")
