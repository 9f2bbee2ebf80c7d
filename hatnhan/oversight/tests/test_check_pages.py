"""The pages of checks: who sees what, one way through from the programme to the file, what the subject sees."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.organization.tests import make
from hatnhan.oversight.actions import kin, opening
from hatnhan.oversight.models import Check, Finding, StepPaper
from hatnhan.oversight.selectors import checks as selector
from hatnhan.oversight.tests import checked
from hatnhan.oversight.tests.checked import LATER, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(LATER):
        yield


def url(name, *args, **query):
    more = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"oversight:{name}", args=args) + (f"?{more}" if more else "")


def post(client, address, **data):
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


# --- who sees what ---------------------------------------------------------------------------------------------------
def test_who_may_open_a_check(place, people, cast):
    check = checked.planned(place, people)
    page = url("check", check.pk)
    for role in ("inspector", "standing", "secretary", "deputy"):
        assert getattr(cast, role).get(page).status_code == 200, role
    for role in ("member", "school_secretary", "outsider", "administrator", "editor"):
        assert getattr(cast, role).get(page).status_code == 404, role
        assert getattr(cast, role).get(url("my-check", check.pk)).status_code == 404, role
    assert cast.village_secretary.get(page).url == url("my-check", check.pk)
    assert cast.inspector.get(url("my-check", check.pk)).status_code == 404


def test_close_kin_of_a_subject_sees_nothing(place, people, cast):
    check = checked.opened(place, people, units=[], members=[people.member])
    kin.declare_kin(by=people.deputy.user, at=NOW, member=people.deputy, kin=people.member)
    assert cast.deputy.get(url("check", check.pk)).status_code == 404
    assert check.title not in text(cast.deputy, url("checks"))
    assert check.title in text(cast.secretary, url("checks"))


def test_a_denunciations_check_is_the_chairs_and_the_teams(place, people, cast):
    check = checked.opened(place, people, kind="denunciation")
    assert cast.inspector.get(url("check", check.pk)).status_code == 200
    assert cast.secretary.get(url("check", check.pk)).status_code == 404


def test_every_opening_is_recorded_and_the_subject_sees_who(place, people, cast):
    check = checked.opened(place, people, units=[], members=[people.member])
    for _twice in range(2):
        cast.secretary.get(url("check", check.pk))
    rows = Entry.objects.filter(action="oversight:check:read", subject_id=people.member.pk)
    assert [one.actor_name for one in rows] == ["Phùng Minh Thông"]
    cast.outsider.get(url("check", check.pk))
    assert Entry.objects.filter(action="oversight:check:read").count() == 1
    assert "Phùng Minh Thông" in text(cast.member, url("my-check", check.pk))


def test_a_subject_sees_no_minutes_no_report_no_other_subject(place, people, cast):
    check = checked.opened(place, people, units=[], members=[people.member, people.village_secretary])
    kept = checked.minutes(check)
    checked.report(check)
    Finding.objects.create(
        of_check=check, subject=check.subjects.get(member=people.member), kind="strength", topic="dues",
        text="Nộp đủ hằng tháng", found_on=NOW.date(),
    )  # fmt: skip
    shown = text(cast.member, url("my-check", check.pk))
    for hidden in ("Đỗ Văn Hải", "Chi bộ thu nộp đủ", "Nhà văn hóa thôn", "Nộp đủ hằng tháng", "Phản ánh"):
        assert hidden not in shown, hidden
    assert cast.member.get(url("minutes", kept.pk)).status_code == 404
    assert cast.member.get(url("report", check.pk)).status_code == 404
    listed = text(cast.member, url("checks"))
    assert check.title in listed
    assert "Đỗ Văn Hải" not in listed
    checked.hear(check, people.inspector)
    checked.conclude(check, people.inspector)
    shown = text(cast.member, url("my-check", check.pk))
    assert "Nộp đủ hằng tháng" in shown
    assert "Chi bộ chấp hành tốt" in shown


# --- the way through -------------------------------------------------------------------------------------------------
def next_of(client, check):
    return client.get(url("check", check.pk)).context["next"]


def test_from_the_programme_to_the_complete_file(place, people, cast):  # noqa: PLR0915 - the whole way, step by step
    row = checked.item(place.commune, units=[place.village], team=[people.inspector, people.standing])
    client = cast.inspector
    assert url("check-new", muc=row.pk) in text(client, url("checks"))
    page = url("check-new", muc=row.pk)
    assert "Việc thu, nộp" in text(client, page)
    post(
        client, page, decision_no="05-QĐ/UBKT", opened_on="25/3/2026", ends_by="", title="Kiểm tra đảng phí",
        topic="dues", content="Thu, nộp", examined_from="1/1/2025", examined_to="31/12/2025",
        head=people.inspector.pk, secretary="", others=[people.standing.pk],
    )  # fmt: skip
    check = Check.objects.get()
    assert check.examined_to == date(2026, 1, 1)
    subject = check.subjects.get()
    for _step in range(2):  # the decision with its plan, the outline: the software draws both up
        post(client, next_of(client, check).url, done_on="26/3/2026")
    told = {
        "on": "27/3/2026",
        "place": "Nhà văn hóa",
        "present": "Đoàn",
        "content": "Công bố",
        "agreed": "on",
    }
    assert next_of(client, check).url == url("minutes-new", check.pk, loai="launch")
    post(client, next_of(client, check).url, kind="launch", **told)
    post(client, next_of(client, check).url, done_on="27/3/2026")
    assert next_of(client, check).url == url("self-report", subject.pk)
    post(cast.village_secretary, url("self-report", subject.pk), text="Chi bộ thu đủ.")
    post(client, next_of(client, check).url, done_on="5/4/2026")
    for kind in ("working", "verification"):
        assert next_of(client, check).url == url("minutes-new", check.pk, loai=kind)
        post(client, next_of(client, check).url, kind=kind, **told)
    post(client, next_of(client, check).url, done_on="8/4/2026")
    post(client, next_of(client, check).url, text="Kết quả tốt.", reported_on="10/4/2026")
    post(client, next_of(client, check).url, done_on="10/4/2026")
    assert next_of(client, check).url == url("hear", subject.pk)
    post(client, next_of(client, check).url, on="12/4/2026", heard_by=people.inspector.pk, said="Nhất trí")
    post(client, next_of(client, check).url, done_on="12/4/2026")
    page = next_of(client, check).url
    told = {
        "conclusion_no": "07-TB/UBKT", "concluded_on": "15/4/2026", "text": "Chấp hành tốt",
        "comply_by": "15/6/2026", "follower": people.inspector.pk,
    }  # fmt: skip
    twice = client.post(page, told)
    assert "không sửa được nữa" in twice.content.decode()
    post(client, page, **told, confirm="1")
    post(client, next_of(client, check).url, done_on="15/4/2026")
    assert next_of(client, check).url == url("deliver", subject.pk)
    post(client, next_of(client, check).url, delivered_on="16/4/2026", delivered_to="Đ/c Hải")
    post(client, next_of(client, check).url, done_on="16/4/2026")
    post(client, next_of(client, check).url, done_on="17/4/2026")
    check.refresh_from_db()
    assert check.state == "done"
    assert next_of(client, check) is None
    assert "12/12" in text(client, url("check", check.pk))


def test_opening_on_signs(place, people, cast):
    page = url("check-new", don_vi=place.commune.code)
    told = {
        "kind": "signs", "decision_no": "06-QĐ/UBKT", "opened_on": "2/3/2026", "title": "Dấu hiệu vi phạm",
        "topic": "dues", "content": "Thu nộp", "ground": "Phản ánh", "examined_from": "1/1/2025",
        "examined_to": "31/12/2025", "head": people.inspector.pk, "member0": people.member.pk,
    }  # fmt: skip
    refused = cast.inspector.post(page, told | {"head": people.deputy.pk})
    assert refused.status_code == 422
    assert "Tạ Thị Hiền" in refused.content.decode()
    post(cast.inspector, page, **told)
    assert Check.objects.get().subjects.get().member == people.member
    assert cast.member.get(page).status_code == 403


def test_the_deeds_of_a_check_have_their_pages(place, people, cast):
    check = checked.opened(place, people)
    step = check.dossier.steps.get(key="outline")
    paper = StepPaper.objects.get(step__dossier=check.dossier, key="ground")
    subject = check.subjects.get()
    kept = checked.minutes(check)
    for name, pk in (
        ("check-edit", check.pk), ("extend", check.pk), ("stop", check.pk), ("team", check.pk),
        ("minutes-new", check.pk), ("minutes", kept.pk), ("minutes-edit", kept.pk), ("report", check.pk),
        ("conclude", check.pk), ("step-finish", step.pk), ("step-skip", step.pk), ("paper", paper.pk),
        ("self-report", subject.pk), ("hear", subject.pk), ("deliver", subject.pk),
    ):  # fmt: skip
        assert cast.inspector.get(url(name, pk)).status_code == 200, name
        for role in ("member", "administrator"):
            assert getattr(cast, role).get(url(name, pk)).status_code == 404, (name, role)
    assert cast.standing.get(url("stop", check.pk)).status_code == 403
    by = {"reason": "Phức tạp", "ends_by": "20/4/2026"}
    post(cast.inspector, url("extend", check.pk), **by)
    post(
        cast.inspector, url("team", check.pk), joins="", role="member", leaves=people.standing.pk, reason="Ốm"
    )
    assert check.team.get(member=people.standing).left_because == "Ốm"
    post(cast.inspector, url("stop", check.pk), reason="Trùng", confirm="1")
    assert "Trùng" in text(cast.inspector, url("check", check.pk))


def test_a_paper_is_handed_in_taken_and_withdrawn(place, people, cast):
    check = checked.opened(place, people)
    paper = StepPaper.objects.get(step__dossier=check.dossier, key="ground")
    file = SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.7 x")
    post(cast.inspector, url("paper", paper.pk), file=file, number="01-BC/UBKT", dated="1/3/2026")
    taken = cast.secretary.get(url("paper-file", paper.pk))
    assert taken["Content-Disposition"].startswith("attachment")
    assert b"".join(taken.streaming_content) == b"%PDF-1.7 x"
    assert Entry.objects.filter(action="oversight:papers:take").count() == 1
    assert cast.village_secretary.get(url("paper-file", paper.pk)).status_code == 404
    post(cast.inspector, url("paper-unfile", paper.pk))
    post(cast.inspector, url("paper", paper.pk), reason="Theo chỉ đạo, không có báo cáo riêng")
    paper.refresh_from_db()
    assert paper.state == "excused"
    skipped = check.dossier.steps.get(key="ground")
    post(cast.inspector, url("step-finish", skipped.pk), done_on="3/3/2026")
    post(cast.inspector, url("step-reopen", skipped.pk), reason="Ghi nhầm")


def test_the_subject_disagrees_and_asks_again(place, people, cast):
    check = checked.delivered(checked.planned(place, people), people)
    subject = check.subjects.get()
    post(cast.village_secretary, url("dissent", subject.pk), text="Không đồng ý mục 2")
    post(cast.village_secretary, url("ask-again", subject.pk), text="Đề nghị xem lại mục 2")
    assert cast.inspector.get(url("dissent", subject.pk)).status_code == 404
    assert "Đề nghị xem lại mục 2" in text(cast.inspector, url("answer-again", subject.pk))
    post(cast.inspector, url("answer-again", subject.pk), text="Giữ nguyên", confirm="1")
    assert "Giữ nguyên" in text(cast.village_secretary, url("my-check", check.pk))


def test_kin_is_declared_by_oneself(place, people, cast):
    post(cast.member, url("kin"), kin=people.deputy.pk)
    assert "Tạ Thị Hiền" in text(cast.member, url("kin"))
    assert cast.member.get(url("kin", dang_vien=people.standing.pk)).status_code == 404
    post(cast.member, url("kin-withdraw", people.deputy.pk, dang_vien=people.member.pk))
    assert "Chưa khai ai" in text(cast.member, url("kin"))


# --- the list ---------------------------------------------------------------------------------------------------------
def test_the_list_filters_by_its_address(place, people, cast):
    one = checked.opened(place, people)
    other = checked.done(checked.planned(place, people), people)
    for query, shown in (
        ({"loai": "signs"}, {one.pk}),
        ({"trang_thai": "xong"}, {other.pk}),
        ({"trang_thai": "qua-han"}, {one.pk}),
        ({"nam": "2026"}, {one.pk, other.pk}),
        ({"nam": "2025"}, set()),
    ):
        page = cast.inspector.get(url("checks", **query)).context["page"]
        assert {row.pk for row in page} == shown, query


def test_the_list_asks_no_more_for_more_rows(place, people, cast):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            cast.inspector.get(url("checks"))
        return len(found)

    checked.opened(place, people)
    queries()
    few = queries()
    for _more in range(3):
        checked.opened(place, people, by=MACHINE, members=[make.member(place.village)])
    assert queries() == few
    assert few <= 14


def test_a_check_asks_no_more_for_more_parts(place, people, cast):
    def queries(check):
        cast.inspector.get(url("check", check.pk))
        with CaptureQueriesContext(connection) as found:
            cast.inspector.get(url("check", check.pk))
        return len(found)

    few = queries(checked.opened(place, people, units=[], members=[people.member]))
    more = checked.opened(place, people, units=[place.village], members=make.members(place.village, 4))
    for kind in ("launch", "working", "verification"):
        checked.minutes(more, kind)
    assert queries(more) <= few
    assert few <= 26


def test_on_a_past_day_the_list_tells_how_checks_stood_then(place, people, cast):
    done = checked.done(checked.planned(place, people), people)
    stopped = checked.opened(place, people, title="Kiểm tra dấu hiệu đã dừng")
    with clock.fixed(LATER):
        opening.stop_check(by=MACHINE, at=LATER, check=stopped, reason="Đoàn thay người")
    told = {
        date(2026, 3, 2): ({"dang-lam": 2, "xong": 0, "da-dung": 0}, ["prepare", "prepare"]),
        date(2026, 4, 4): ({"dang-lam": 2, "xong": 0, "qua-han": 0}, ["prepare", "prepare"]),
        date(2026, 4, 5): ({"dang-lam": 1, "xong": 1, "da-dung": 0}, ["prepare", "done"]),
        date(2026, 4, 19): ({"dang-lam": 1, "xong": 1, "qua-han": 1}, ["prepare", "done"]),
        date(2026, 4, 20): ({"dang-lam": 0, "xong": 1, "da-dung": 1, "qua-han": 0}, ["stopped", "done"]),
    }
    for day, (counts, states) in told.items():
        for state, count in counts.items():
            filters = selector.Filters(trang_thai=state)
            found = selector.checks(people.inspector.user, place.commune, day, filters)
            assert found.count() == count, (day, state)
        rows = selector.checks(people.inspector.user, place.commune, day, selector.Filters())
        assert [one.state_on for one in rows] == states, day
    with clock.fixed(LATER):
        url = reverse("oversight:checks")
        page = cast.inspector.get(url, {"ngay": "2026-04-04", "don_vi": "tam-hong"}).content.decode()
        assert "Đang chuẩn bị" in page
        assert "Đã kết luận, nộp lưu hồ sơ" not in page
        assert "kết luận 31/3/2026" in page
        page = cast.inspector.get(url, {"ngay": "2026-03-30", "don_vi": "tam-hong"}).content.decode()
        assert "kết luận 31/3/2026" not in page
    assert done.state == "done"


def test_a_list_that_nobody_filtered_says_why_it_is_empty_and_offers_no_filter(cast):
    empty = cast.member.get(reverse("oversight:checks")).content.decode()
    assert "Chưa có cuộc nào về đồng chí" in empty
    assert "Lọc danh sách" not in empty
    narrowed = cast.member.get(reverse("oversight:checks"), {"nam": "2026"}).content.decode()
    assert "Bỏ bớt điều kiện lọc" in narrowed
    assert "Lọc danh sách" in narrowed
