"""The official papers of the room: what stands on them, who may have them, that each taking is recorded."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.documents import registry
from hatnhan.oversight.models import Amendment, Finding, StepPaper
from hatnhan.oversight.selectors import papers
from hatnhan.oversight.tests import checked, punished

ROOT = "/kiem-tra"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(checked.LATER):
        yield


@pytest.fixture
def check(place, people):
    made = checked.planned(place, people)
    Finding.objects.create(
        of_check=made, subject=made.subjects.get(), kind="strength", topic="dues", text="Thu đủ", found_on=checked.DAY
    )  # fmt: skip
    return checked.delivered(made, people)


def words(paper):
    table = [cell for row in paper.table.rows for cell in row] if paper.table else []
    parts = [
        text
        for one in paper.sections
        for text in (
            one.heading,
            *one.paragraphs,
            *(c for r in (one.table.rows if one.table else ()) for c in r),
        )
    ]
    return " ".join(
        [paper.title, paper.abstract, paper.number, *paper.paragraphs, *table, *parts, *paper.closing]
    )


def drawn(check, key):
    return StepPaper.objects.get(step__dossier=check.dossier, key=key)


# --- what stands on them ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("decision", "Điều 1. Kiểm tra việc chấp hành đối với Chi bộ thôn Chùa"),
        ("plan", "Lê Đình Hợi"),
        ("outline", "Thu, nộp, sử dụng đảng phí"),
        ("launch", "Nhà văn hóa thôn"),
        ("self_report", "Tự kiểm tra: thu đủ."),
        ("report", "Ưu điểm: Thu đủ."),
        ("meeting", "Nhất trí với báo cáo."),
        ("notice", "Chi bộ chấp hành tốt."),
        ("delivery", "Đ/c Bí thư chi bộ"),
        ("index", "còn thiếu 12"),
    ],
)
def test_each_paper_of_a_file_says_what_was_written(check, people, key, said):
    asked = papers.drawn_for(people.inspector.user, drawn(check, key).pk)
    assert said in words(registry.draw_of(asked.key, asked.thing))


def test_the_programme_shows_its_amendments_and_names_members_only_to_who_runs_oversight(place, people):
    row = checked.item(place.commune, members=[people.member], units=[place.school], team=[people.inspector])
    change = Amendment.objects.create(
        programme=row.programme, number=1, decided_on=date(2026, 4, 1), decision_no="9", reason="Bão lũ", by_name="A"
    )  # fmt: skip
    checked.item(place.commune, units=[place.village], content="Việc rút", removed_by=change)
    whole = words(
        registry.draw_of(
            papers.PROGRAMME, papers.programme_for(people.inspector.user, row.programme_id).thing
        )
    )
    assert "đ/c Nguyễn Thị Hòa" in whole
    assert "Bão lũ" in whole
    assert "Việc rút" not in whole
    others = words(
        registry.draw_of(papers.PROGRAMME, papers.programme_for(people.standing.user, row.programme_id).thing)
    )
    assert "Nguyễn Thị Hòa" not in others
    assert "1 đảng viên" in others


def test_the_decision_says_how_to_complain_and_by_when(place, people):
    made = punished.decision(punished.case(place, people.member, people.inspector))
    said = words(registry.draw_of(papers.DISCIPLINE, made))
    assert "hình thức cảnh cáo đối với đ/c Nguyễn Thị Hòa" in said
    assert "trong 1 tháng kể từ ngày nhận quyết định" in said
    assert "Ngày cuối được ghi khi trao quyết định." in said
    made.handed_on, made.complain_by = date(2026, 3, 12), date(2026, 4, 13)
    assert "khiếu nại trước hết ngày 13/4/2026" in words(registry.draw_of(papers.DISCIPLINE, made))
    assert "Tôi nhận khuyết điểm." in words(registry.draw_of(papers.SELF_REVIEW, made.case))
    assert "Tôi đã rõ." in words(registry.draw_of(papers.HEARING, made.case))
    assert "Vi phạm chế độ sinh hoạt" in words(registry.draw_of(papers.INDEX, made.case.dossier))
    settled = {"state": "settled", "result": "kept", "reply": "Mức ấy đúng.", "settled_on": date(2026, 4, 2)}
    reply = punished.complaint(made, place.commune, reply_no="4", **settled)
    assert "Giữ nguyên quyết định" in words(registry.draw_of(papers.REPLY, reply))


# --- who may have them -----------------------------------------------------------------------------------------------
def statuses(cast, url):
    names = ("inspector", "secretary", "village_secretary", "standing", "member", "administrator")
    return {name: getattr(cast, name).get(url).status_code for name in names}


def test_who_may_have_the_papers_of_a_check(check, cast):
    subject = check.subjects.get()
    team = {"inspector": 200, "standing": 200}
    for url in (
        f"{ROOT}/tai-lieu/{drawn(check, 'notice').pk}/van-ban/?dang=docx",
        f"{ROOT}/ho-so/{check.dossier_id}/muc-luc/?dang=docx",
        f"{ROOT}/bien-ban/{check.minutes.first().pk}/van-ban/?dang=docx",
    ):
        found = statuses(cast, url)
        assert {name: found[name] for name in team} == team
        assert [found[name] for name in ("village_secretary", "member", "administrator")] == [404, 404, 404]
    own = statuses(cast, f"{ROOT}/doi-tuong/{subject.pk}/van-ban/ket-luan/?dang=docx")
    assert [name for name, code in own.items() if code == 200] == ["village_secretary"]
    assert cast.village_secretary.get(f"{ROOT}/doi-tuong/{subject.pk}/van-ban/khac/").status_code == 404


def test_pages_offer_their_papers(check, cast):
    pages = {
        f"{ROOT}/cuoc/{check.pk}/": (cast.inspector, f"/ho-so/{check.dossier_id}/muc-luc/?dang=pdf"),
        f"{ROOT}/cuoc/{check.pk}/doi-tuong/": (cast.village_secretary, "/van-ban/ket-luan/?dang=docx"),
        f"{ROOT}/chuong-trinh/{check.item.programme_id}/": (cast.inspector, "/van-ban/?dang=pdf"),
    }
    for url, (client, offered) in pages.items():
        assert offered in client.get(url).content.decode()


def test_a_paper_is_handed_over_and_the_member_concerned_finds_who_took_it(cast, place, people):
    made = punished.decision(punished.case(place, people.member, people.inspector))
    url = f"{ROOT}/quyet-dinh/{made.pk}/van-ban/"
    assert cast.member.get(url).status_code == 404
    made.announced_on = date(2026, 3, 11)
    made.save(update_fields=["announced_on"])
    answer = cast.member.get(url, {"dang": "docx"})
    text = "\n".join(one.text for one in docx.Document(BytesIO(answer.content)).paragraphs)
    assert "Nguyễn Thị Hòa" in text
    assert cast.inspector.get(url).content.startswith(b"%PDF")
    assert {name for name, code in statuses(cast, url).items() if code == 200} == {"inspector", "member"}
    taken = Entry.objects.filter(action="oversight:papers:take_case", subject_id=people.member.pk)
    assert taken.count() == 4
    assert taken.earliest("pk").details == {"paper": "oversight.discipline", "form": "docx"}


def test_a_reply_is_had_once_it_is_given(cast, place, people):
    made = punished.complaint(
        punished.decision(punished.case(place, people.member, people.inspector)), place.commune
    )
    url = f"{ROOT}/khieu-nai/{made.pk}/van-ban/?dang=docx"
    assert cast.member.get(url).status_code == 404
    made.state, made.result, made.reply, made.settled_on = "settled", "kept", "Đúng.", date(2026, 4, 2)
    made.save()
    assert {name for name, code in statuses(cast, url).items() if code == 200} == {"inspector", "member"}


def test_a_programme_is_for_who_may_know_of_it(cast, place, people):
    row = checked.item(place.commune, units=[place.village], team=[people.inspector])
    found = statuses(cast, f"{ROOT}/chuong-trinh/{row.programme_id}/van-ban/?dang=docx")
    assert [found[name] for name in ("inspector", "village_secretary")] == [200, 200]
    assert [found[name] for name in ("member", "administrator")] == [404, 404]
