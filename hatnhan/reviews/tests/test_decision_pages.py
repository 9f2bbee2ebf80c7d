"""The pages of appraisal, caps, decisions, notice and requests: who opens what, what comes next, how many queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import Entry as Recorded
from hatnhan.core import clock
from hatnhan.organization.tests import make as places
from hatnhan.reviews.actions import deciding, looking_again
from hatnhan.reviews.actions.regrading import regrade
from hatnhan.reviews.models import Entry, GradeDecision, LookAgain
from hatnhan.reviews.tests import graded, make

pytestmark = pytest.mark.django_db
NOW = graded.NOW


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def cycle(place, people):
    made = graded.cycle(place.commune)
    graded.collectives_decided(made)
    return made


def one(name, *args, **query):
    return reverse(f"reviews:{name}", args=args, query=query)


def year(name, **query):
    return one(name, 2026, don_vi="tam-hong", **query)


def text_of(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code)
    return answer.content.decode()


def send(client, url, status=302, **typed):
    slip = client.get(url).context["slip"]
    answer = client.post(url, {"phieu": slip, **typed})
    assert answer.status_code == status, answer.content.decode()
    return answer


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as told:
        text_of(client, url)
    return len(told)


@pytest.fixture
def proposed(cycle):
    rows = Entry.objects.filter(cycle=cycle).members()
    rows.update(state="proposed", appraised_grade="", appraised_on=None)
    return cycle


def test_a_cell_is_appraised_with_one_save(proposed, people, cast):
    entry = make.entry(proposed, people.member)
    url = year("appraisal", chi_bo="thon-chua")
    page = text_of(cast.secretary, url)
    assert "Nguyễn Thị Hòa" in page
    assert "Ghi thẩm định" in page
    assert "Ghi thẩm định" not in text_of(cast.inspector, url)
    for client in (cast.village_secretary, cast.member, cast.administrator, cast.outsider):
        text_of(client, url, status=404)
    typed = {f"grade_{entry.pk}": "ht", "on": "28/12/2026"}
    refused = send(cast.secretary, url, status=422, **typed)
    assert "Ghi vì sao" in refused.content.decode()
    send(cast.secretary, url, **typed, **{f"reason_{entry.pk}": "Hai việc chậm hạn"})
    entry.refresh_from_db()
    assert (entry.state, entry.appraised_grade) == ("appraised", "ht")
    assert Entry.objects.filter(cycle=proposed, state="appraised").members().count() == 1


def test_appraisal_takes_the_same_queries_however_many(proposed, place, cast):
    """Up to 30: session and person, powers, the cycle, its units, rows, what is known of them, caps, tabs."""
    url = year("appraisal", chi_bo="thon-chua")
    before = queries(cast.secretary, url)
    places.members(place.village, 5)
    for person in place.village.memberships.all():
        values = {"of": "member", "subject": "outside", "state": "proposed", "proposed_grade": "t"}
        Entry.objects.get_or_create(
            cycle=proposed, member_id=person.member_id, defaults={"unit": place.village, **values}
        )
    assert queries(cast.secretary, url) <= before


def test_caps_show_base_limit_and_who_is_over_by_name(cycle, people, cast):
    rows = graded.members(cycle)
    Entry.objects.filter(pk__in=[row.pk for row in rows[:2]]).update(appraised_grade="xs", group="outside")
    page = text_of(cast.secretary, year("caps"))
    assert "Vượt 2 người: cấp quyết định phải chọn" in page
    assert "Phần mềm không chọn thay" in page
    assert rows[0].member.full_name in page
    assert "20%" in page
    text_of(cast.village_secretary, year("caps"), status=404)
    assert queries(cast.secretary, year("caps")) <= 14
    raising = year("cap-raise", ty_le="member", nhom="outside")
    assert "25%" in text_of(cast.secretary, raising)
    typed = {"paper_no": "15-QĐ/TU", "on": "20/12/2026", "reason": "Dẫn đầu"}
    send(cast.secretary, raising, status=422, percent="26", **typed)
    send(cast.secretary, raising, percent="22,5", **typed)
    assert "22,5%" in text_of(cast.secretary, year("caps"))
    text_of(cast.inspector, raising, status=403)
    text_of(cast.secretary, year("cap-raise", ty_le="x", nhom="y"), status=404)


def test_a_decision_is_drafted_set_signed_and_published(cycle, people, place, cast):
    page = text_of(cast.secretary, year("decisions"))
    assert "Soạn quyết định" in page
    new = year("decision-new", cap="committee")
    text_of(cast.inspector, new, status=403)
    send(cast.secretary, new, title="Xếp loại 2026", groups_chosen=[f"dang-vien:{place.village.pk}"])
    made = GradeDecision.objects.get()
    url = one("decision", made.pk)
    assert "Ghi đã ký" in text_of(cast.secretary, url)
    assert "Ghi đã ký" not in text_of(cast.inspector, url)
    for client in (cast.member, cast.village_secretary, cast.outsider):
        text_of(client, url, status=404)
    sign = one("decision-sign", made.pk)
    typed = {"number": "31-QĐ/ĐU", "signed_on": "28/12/2026", "signed_by": "Phùng Minh Thông"}
    refused = send(cast.secretary, sign, status=422, **typed)
    assert "Các điều kiện không mở mức này" in refused.content.decode()
    sheet = {}
    for line in made.lines.all():
        sheet |= {
            f"grade_{line.entry_id}": "t",
            f"reason_{line.entry_id}": "Đã rà",
            f"paper_{line.entry_id}": "1",
        }
    send(cast.secretary, one("decision-lines", made.pk), **sheet)
    checked = send(cast.secretary, sign, status=200, **typed)
    assert "Mức chỉ đổi được bằng quyết định xếp loại lại." in checked.content.decode()
    send(cast.secretary, sign, confirm="1", **typed)
    text_of(cast.secretary, one("decision-lines", made.pk), status=403)
    assert "Nguyễn Thị Hòa" in text_of(cast.village_secretary, url)
    own = text_of(cast.member, url)
    assert "Nguyễn Thị Hòa" in own
    assert "Phùng Minh Thông" not in own
    text_of(cast.school_secretary, url, status=404)
    send(cast.secretary, one("decision-publish", made.pk), on="28/12/2026")
    assert "Phùng Minh Thông" in text_of(cast.member, url)
    assert queries(cast.secretary, url) <= 12
    assert queries(cast.secretary, year("decisions")) <= 14


def test_a_draft_is_dropped(cycle, people, cast):
    made = graded.draft(cycle, {make.entry(cycle, people.member): "t"})
    text_of(cast.inspector, one("decision-drop", made.pk), status=403)
    send(cast.secretary, one("decision-drop", made.pk))
    assert not GradeDecision.objects.exists()


@pytest.fixture
def decided(cycle, people):
    graded.decide(cycle, {make.entry(cycle, people.member): "ht"})
    return make.entry(cycle, people.member)


def test_a_cell_tells_its_own(decided, people, cast):
    url = year("notify")
    page = text_of(cast.village_secretary, url)
    assert "Nguyễn Thị Hòa" in page
    text_of(cast.school_secretary, url, status=404)
    text_of(cast.member, url, status=404)
    send(cast.village_secretary, url, who=[str(decided.pk)], on="28/12/2026", to="Trao tại họp chi bộ")
    decided.refresh_from_db()
    assert decided.notified_on == date(2026, 12, 28)
    mend = one("notice-correct", decided.pk)
    send(cast.village_secretary, mend, on="28/12/2026", to="Trao tận nhà", because="Ghi nhầm")
    text_of(cast.member, mend, status=403)
    assert "Mọi người đã có quyết định đều được thông báo" in text_of(
        cast.secretary, year("notify", chi_bo="truong-thcs")
    )


def test_one_asks_reads_and_is_answered(decided, people, cast):
    ask = one("ask-again", decided.pk)
    send(cast.member, ask, text="Tôi xong cả 12 việc.")
    made = LookAgain.objects.get()
    url = one("again", made.pk)
    assert "Rút đề nghị" in text_of(cast.member, url)
    answer = text_of(cast.secretary, url)
    assert "Giữ nguyên" in answer
    assert "Tôi xong cả 12 việc." in answer
    for client in (cast.school_secretary, cast.inspector, cast.administrator):
        text_of(client, url, status=404)
    read = Recorded.objects.filter(action="reviews:entry:read", subject_id=people.member.pk)
    assert {row.actor for row in read} == {people.secretary.user}
    assert "Trả lời đề nghị xem lại của Nguyễn Thị Hòa" in text_of(cast.secretary, year("decisions"))
    text_of(cast.member, one("again-keep", made.pk), status=403)
    text_of(cast.secretary, one("again-withdraw", made.pk), status=403)
    keep = one("again-keep", made.pk)
    send(cast.secretary, keep, answer="Hai việc chậm hạn.", on="28/12/2026", confirm="1")
    assert "Hai việc chậm hạn." in text_of(cast.member, url)


def test_a_grade_is_given_anew_in_answer(decided, people, cast):
    made = looking_again.ask_again(by=people.member.user, at=NOW, entry=decided, text="Xem lại")
    url = one("regrade", decided.pk, de_nghi=made.pk)
    assert "Mức đang có" in text_of(cast.secretary, url)
    text_of(cast.member, url, status=403)
    typed = {
        "ground": "asked", "new_grade": "t", "reason": "Tính sót hai việc", "number": "2-QĐ/ĐU",
        "signed_on": "28/12/2026", "signed_by": "Phùng Minh Thông",
    }  # fmt: skip
    send(cast.secretary, url, status=422, confirm="1", **typed)
    more = {"override_reason": "Đã xác minh", "override_no": "7-TB/ĐU"}
    send(cast.secretary, url, confirm="1", **typed, **more)
    decided.refresh_from_db()
    assert decided.grade == "t"
    assert "Tính sót hai việc" in text_of(cast.member, one("again", made.pk))


def test_results_are_seen_as_far_as_one_may_and_on_their_day(decided, place, people, cast):
    page = text_of(cast.secretary, year("results"))
    assert "Đã xếp loại 1 trên" in page
    assert ">Trường THCS</a>" in page
    assert 'data-label="Hoàn thành tốt nhiệm vụ"' in page, "a card on a phone says what it counts"
    cell = text_of(cast.village_secretary, year("results"))
    assert ">Trường THCS</a>" not in cell
    assert "Chưa có kết quả nào được công khai" in text_of(cast.member, year("results"))
    deciding.publish_decision(by=MACHINE, at=NOW, decision=GradeDecision.objects.get())
    assert ">Thôn Chùa</a>" in text_of(cast.member, year("results"))
    before = text_of(cast.secretary, year("results", ngay="2026-12-27"))
    assert "Chưa có mức nào của đảng viên được quyết định" in before
    assert queries(cast.secretary, year("results")) <= 12


def test_help_is_listed_for_who_knows_of_it(cycle, people, cast):
    graded.decide(cycle, {make.entry(cycle, people.member): "kht"})
    assert "Nguyễn Thị Hòa" in text_of(cast.secretary, one("follow-ups", don_vi="tam-hong"))
    assert "Nguyễn Thị Hòa" in text_of(cast.village_secretary, one("follow-ups", don_vi="thon-chua"))
    assert "Không có ai" in text_of(cast.school_secretary, one("follow-ups", don_vi="truong-thcs"))
    assert queries(cast.secretary, one("follow-ups", don_vi="tam-hong")) <= 12


def test_the_page_of_an_entry_tells_what_followed_its_decision(decided, people, cast):
    url = one("entry", decided.pk)
    assert one("ask-again", decided.pk) in text_of(cast.member, url)
    assert one("regrade", decided.pk) not in text_of(cast.member, url)
    assert one("regrade", decided.pk) in text_of(cast.secretary, url)
    asked = looking_again.ask_again(by=people.member.user, at=NOW, entry=decided, text="Xem lại")
    grant = {"override_reason": "Đã xác minh", "override_no": "7-TB/ĐU"}
    told = {"ground": "asked", "reason": "Tính sót", "number": "2-QĐ/ĐU", "again": asked}
    regrade(by=people.secretary.user, at=NOW, entry=decided, new_grade="t", **told, **grant)
    page = text_of(cast.member, url)
    assert "Xếp loại lại: Hoàn thành nhiệm vụ thành Hoàn thành tốt nhiệm vụ" in page
    assert one("again", asked.pk) in page
