"""The pages of discipline: who sees what, every guarantee with its day, what is recorded, what a list costs."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hatnhan.audit import scopes
from hatnhan.audit.models import Entry
from hatnhan.ballots.models import Ballot
from hatnhan.core import clock
from hatnhan.organization.models import Member, Position, Post
from hatnhan.organization.tests import make
from hatnhan.oversight.models import Case, KinDeclaration
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.tests.make_case import (
    OPENED,
    REVIEWED,
    VOTED,
    case_of,
    formed,
    handler,
    heard,
    moment,
    reviewed,
    taken,
    vote,
)

pytestmark = pytest.mark.django_db
SIGNED = VOTED + timedelta(days=5)


@pytest.fixture
def cell(place, people):
    everybody = [people.secretary, people.deputy, people.village_secretary, people.member]
    everybody += make.members(place.village, 2)
    return SimpleNamespace(**vars(people), everybody=everybody, tellers=(people.deputy, people.secretary))


@pytest.fixture
def case(place, cell):
    return case_of(place, cell.member, [cell.village_secretary])


def url(name, *args):
    return reverse(f"oversight:{name}", args=args)


def text(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_handler_and_chair_read_it_and_each_reading_is_recorded(case, cast, cell):
    with clock.fixed(moment(VOTED)):
        for client in (cast.village_secretary, cast.inspector):
            page = text(client.get(url("case", case.pk)))
            assert "Bảo đảm của đối tượng" in page
            assert "15/3/2023" in page
            assert "chưa xác nhận" in page.lower()
    readings = Entry.objects.filter(action=Action.READ_CASE)
    assert {one.actor_name for one in readings} == {"Đỗ Văn Hải", "Lê Đình Hợi"}
    assert all(one.subject_id == cell.member.pk for one in readings)


def test_nobody_else_opens_it(case, cast, cell, place):
    kin = make.member(place.school, "Nguyễn Văn Anh")
    make.post(kin, place.commune, "inspection_deputy")
    cast.inspector.force_login(make.account("kin", kin), backend="django.contrib.auth.backends.ModelBackend")
    KinDeclaration.objects.create(member=cell.member, kin=kin, declared_on=OPENED, declared_by="x")
    others = ("secretary", "deputy", "standing", "school_secretary", "administrator", "outsider", "inspector")
    for role in others:
        client = getattr(cast, role)
        assert client.get(url("case", case.pk)).status_code == 404, role
        assert client.get(url("my-case", case.pk)).status_code == 404, role
        assert client.get(url("case-drop", case.pk)).status_code == 404, role
        assert case.matter not in client.get(url("cases")).content.decode(), role
    assert not Entry.objects.filter(action=Action.READ_CASE).exists()


def test_a_vote_on_it_is_known_to_its_voters_its_head_and_the_chair_alone(case, cast, cell, place):
    """Who leads from above reads the ballots of the tree; one on discipline names a member."""
    above = make.member(None, "Lê Văn Tỉnh")
    make.post(above, place.province, "secretary")
    make.account("above", above)
    heard(reviewed(case), cell.village_secretary)
    made = vote(case, 1, cell.tellers, cell.everybody, {1: 5})

    def opens(person):
        user = type(person.user).objects.get(pk=person.user.pk)
        return Ballot.objects.visible_to(user).filter(pk=made.ballot_id).exists()

    with clock.fixed(moment(VOTED, 21)):
        assert opens(cell.village_secretary)
        assert opens(cell.inspector)
        assert not opens(cell.standing)
        assert not opens(above)
        assert cast.administrator.get(reverse("ballots:ballot", args=[made.ballot_id])).status_code == 404
        # Where no head of the cell has an account, whoever keeps it from above holds its votes.
        heads = Position.objects.filter(unit=case.unit).values("member")
        Member.objects.filter(pk__in=heads).update(user=None)
        assert opens(above)
        assert not opens(cell.standing)


def test_a_members_file_tells_of_the_case_only_the_member_and_the_chair(case, cast, cell):
    """Who leads the tree reads the files of its members, and in each what was recorded of it."""
    page = reverse("organization:member", args=[cell.member.pk]) + "?muc=da-ghi"
    with clock.fixed(moment(VOTED)):
        for role, tells in (
            ("member", True), ("inspector", True), ("secretary", False), ("standing", False),
            ("village_secretary", False),
        ):  # fmt: skip
            assert ("Mở vụ việc kỷ luật" in text(getattr(cast, role).get(page))) == tells, role


def test_the_members_own_copy_holds_the_case_under_way(case, cast, cell):
    reviewed(case)
    with clock.fixed(moment(VOTED)):
        answer = cast.member.get(reverse("organization:member-data", args=[cell.member.pk]))
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert "Tôi nhận khuyết điểm." in data.decode()


def test_the_deciding_body_reads_it_while_it_decides(place, cell, cast):
    case = case_of(place, cell.member, [handler(place.commune)], unit=place.commune)
    page = url("case", case.pk)
    with clock.fixed(moment(VOTED)):
        assert cast.standing.get(page).status_code == 404
        heard(reviewed(case), cell.standing)
        found = text(cast.standing.get(page))
        assert "Kết thúc, không kỷ luật" not in found
        assert cast.standing.get(url("case-round", case.pk)).status_code == 404


def test_the_subject_sees_the_own_page_and_never_the_file(case, cast, cell):
    with clock.fixed(moment(VOTED)):
        text(cast.village_secretary.get(url("case", case.pk)))
        answer = cast.member.get(url("case", case.pk))
        assert answer.url == url("my-case", case.pk)
        page = text(cast.member.get(answer.url))
        assert "Viết bản tự kiểm điểm" in page
        # Who read it, and who has it in hand.
        assert page.count("Đỗ Văn Hải") >= 2
        assert "Báo cáo đề nghị thi hành kỷ luật" not in page
        form = url("self-review", case.pk)
        assert "Bản tự kiểm điểm của tôi" in text(cast.member.get(form))
        done = cast.member.post(form, {"text": "Tôi nhận khuyết điểm.", "proposed": "warning"})
        assert done.url == url("my-case", case.pk)
        # What they wrote here nobody types over.
        assert cast.village_secretary.get(form).status_code == 404
        for name in ("case-drop", "case-acts", "case-hear", "case-handlers", "case-postpone"):
            assert cast.member.get(url(name, case.pk)).status_code == 404
    case.refresh_from_db()
    assert (case.state, case.self_proposed, case.self_review_typed_by) == ("reviewed", "warning", "")


def test_a_case_is_opened_by_its_page(cell, cast):
    client = cast.village_secretary
    with clock.fixed(moment(OPENED)):
        told = {
            "matter": "Vi phạm chế độ sinh hoạt", "member": cell.member.pk, "opened_on": "10/9/2018",
            "act0": "Bỏ sinh hoạt", "day0": "15/3/2018", "act1": "Lại bỏ", "day1": "",
            "handlers": [cell.village_secretary.pk],
        }  # fmt: skip
        assert cell.member.full_name in text(client.get(url("case-new")))
        assert client.post(url("case-new"), told).status_code == 422
        done = client.post(url("case-new"), told | {"day1": "16/4/2018"})
    case = Case.objects.get()
    assert done.url == url("case", case.pk)
    assert case.acts.count() == 2
    # Of the same days again: the page asks whether it is another act, since one is disciplined once.
    with clock.fixed(moment(OPENED)):
        other = told | {"act0": "Việc khác", "act1": "", "day1": ""}
        assert "Một hành vi chỉ kỷ luật một lần" in text(client.post(url("case-new"), other))
        assert Case.objects.count() == 1
        client.post(url("case-new"), other | {"confirm": "1"})
    assert Case.objects.count() == 2


def test_the_way_by_its_pages(case, cell, cast):
    client = cast.village_secretary
    with clock.fixed(moment(REVIEWED)):
        acts = url("case-acts", case.pk)
        assert "Bỏ sinh hoạt ba kỳ" in text(client.get(acts))
        client.post(acts, {"matter": case.matter, "act0": "Bỏ sinh hoạt", "day0": "15/3/2018"})
        assert case.acts.count() == 1
        handlers = url("case-handlers", case.pk)
        assert "Lê Đình Hợi" in text(client.get(handlers))
        people = [cell.village_secretary.pk, cell.inspector.pk]
        assert client.post(handlers, {"handlers": people}).status_code == 302
        aside = url("case-postpone", case.pk)
        client.post(aside, {"reason": "in_patient", "since": "15/9/2018"})
        assert "Tạm chưa xem xét từ" in text(client.get(url("case", case.pk)))
        text(client.get(url("case-resume", case.pk)))
        client.post(url("case-resume", case.pk), {"on": "20/9/2018"})
        text(client.get(url("self-review-refused", case.pk)))
        client.post(url("self-review-refused", case.pk), {"reason": "Không nhận giấy mời"})
        hear = url("case-hear", case.pk)
        assert cell.member.full_name not in text(client.get(hear)).split("<form", 2)[-1]
        client.post(
            hear, {"on": "20/9/2018", "heard_by": cell.village_secretary.pk, "said": "Tôi trình bày."}
        )
    case.refresh_from_db()
    assert case.state == "heard"
    with clock.fixed(moment(VOTED, 18)):
        round_ = url("case-round", case.pk)
        assert "cộng dồn" in text(client.get(round_))
        done = client.post(round_, {"first_teller": cell.deputy.pk, "second_teller": cell.secretary.pk})
        assert done.status_code == 302
        assert case.ballots.get().ballot.concerned == cell.member


def test_counts_are_taken_and_the_decision_is_read_over_before_it_is_written(case, cast, cell):
    client = cast.village_secretary
    heard(reviewed(case), cell.village_secretary)
    vote(case, 1, cell.tellers, cell.everybody, {1: 5})
    with clock.fixed(moment(VOTED, 21)):
        result = url("case-result", case.pk)
        page = text(client.get(result))
        assert "5 phiếu đồng ý, cần 4 (tính trên 6 đảng viên chính thức, cả đồng chí được xem xét)" in page
        client.post(result)
        assert client.get(result).status_code == 404
    vote(case, 2, cell.tellers, cell.everybody, {3: 5})
    taken(case)
    with clock.fixed(moment(SIGNED)):
        decide = url("case-decide", case.pk)
        assert "Đỗ Văn Hải" in text(client.get(decide))
        told = {
            "number": "01-QĐ/CB", "signed_on": "8/10/2018", "signed_by": "Đỗ Văn Hải", "announced_on": "3/10/2018",
            "reason": "Vi phạm.",
        }  # fmt: skip
        check = text(client.post(decide, told))
        assert "Có hiệu lực từ 3/10/2018" in check
        assert "Hết hiệu lực từ 3/10/2019" in check
        client.post(decide, told | {"confirm": "1"})
        case.refresh_from_db()
        assert case.state == "decided"
        page = text(client.get(url("case", case.pk)))
        assert "01-QĐ/CB" in page
        mine = text(cast.member.get(url("my-case", case.pk)))
        assert "kể từ ngày nhận quyết định" in mine


def test_a_case_sent_upward_and_one_ended(case, cast, cell):
    client = cast.village_secretary
    formed(case, cell.village_secretary, cell.tellers, cell.everybody, form_place=5)
    with clock.fixed(moment(SIGNED)):
        assert "Đề nghị cấp trên" in text(client.get(url("case", case.pk)))
        page = url("case-propose", case.pk)
        text(client.get(page))
        text(client.post(page, {"body": "standing"}))
        client.post(page, {"body": "standing", "confirm": "1"})
        case.refresh_from_db()
        assert case.state == "reviewed"
        assert "Ban Thường vụ" in text(client.get(url("case", case.pk)))
        drop = url("case-drop", case.pk)
        text(client.get(drop))
        text(client.post(drop, {"reason": "Không đủ căn cứ"}))
        client.post(drop, {"reason": "Không đủ căn cứ", "confirm": "1"})
        page = text(client.get(url("case", case.pk)))
        assert "không kỷ luật: Không đủ căn cứ" in page
        assert "hn-st-late" not in page


def test_a_case_against_the_committees_own_member_says_that_it_only_proposes(place, cell, cast):
    make.post(cell.member, place.commune, Post.COMMITTEE_MEMBER)
    case = case_of(place, cell.member, [cell.inspector], unit=place.commune)
    standing = [cell.secretary, cell.deputy, cell.standing]
    heard(reviewed(case), cell.standing)
    with clock.fixed(moment(VOTED)):
        assert "chỉ đề nghị, cấp trên quyết định (Điều 36" in text(cast.inspector.get(url("case", case.pk)))
        assert "(Điều 36 Điều lệ Đảng)" in text(cast.inspector.get(url("case-round", case.pk)))
    vote(case, 1, (cell.deputy, cell.secretary), standing, {1: 3})
    taken(case)
    vote(case, 2, (cell.deputy, cell.secretary), standing, {5: 3})
    taken(case)
    with clock.fixed(moment(SIGNED)):
        page = text(cast.inspector.get(url("case", case.pk)))
        assert "Đề nghị cấp trên" in page
        assert url("case-decide", case.pk) not in page
        assert "(Điều 36 Điều lệ Đảng)" in text(cast.inspector.get(url("case-propose", case.pk)))


def test_the_list_names_nobody_filters_and_costs_the_same(place, cell, cast):
    first = case_of(place, cell.member, [cell.village_secretary])

    def ask(query=""):
        with clock.fixed(moment(VOTED)), CaptureQueriesContext(connection) as queries:
            page = text(cast.inspector.get(url("cases") + query))
        return page, len(queries)

    page, before = ask()
    assert first.matter in page
    assert cell.member.full_name not in page
    for one in make.members(place.village, 4):
        case_of(place, one, [cell.village_secretary], on=date(2017, 5, 5), acts=(("Việc", date(2017, 1, 1)),))
    page, after = ask()
    assert after == before <= 14
    assert "5 vụ việc" in page
    assert "4 vụ việc" in ask("?nam=2017")[0]
    assert "0 vụ việc" in ask("?trang_thai=khong-ky-luat")[0]
    assert "5 vụ việc" in ask("?trang_thai=dang-xet&nam=nam")[0]


def test_a_lapsed_case_says_so_and_is_ended(place, cell, cast):
    case = case_of(place, cell.member, [cell.village_secretary], acts=(("Việc cũ", date(2012, 1, 1)),))
    formed(case, cell.village_secretary, cell.tellers, cell.everybody, form_place=2)
    with clock.fixed(moment(SIGNED)):
        page = text(cast.village_secretary.get(url("case", case.pk)))
        assert "đã hết thời hiệu của hình thức này" in page
        assert "Hết thời hiệu" in text(cast.village_secretary.get(url("case-drop", case.pk)))


def test_the_head_of_the_deciding_body_writes_the_decision(place, cell, cast):
    inspector = handler(place.commune)
    case = case_of(place, cell.member, [inspector], unit=place.commune)
    standing = [cell.secretary, cell.deputy, cell.standing]
    formed(case, cell.standing, (cell.deputy, cell.standing), standing)
    with clock.fixed(moment(SIGNED)):
        assert "Ra quyết định kỷ luật" in text(cast.secretary.get(url("case", case.pk)))
        told = {
            "number": "9-QĐ/ĐU",
            "signed_on": "8/10/2018",
            "signed_by": "A",
            "reason": "Vì",
            "confirm": "1",
        }
        assert cast.secretary.post(url("case-decide", case.pk), told).status_code == 302
        assert cast.standing.get(url("case-decide", case.pk)).status_code == 404


def test_the_record_of_a_unit_tells_nobody_of_its_cases(case, cell, cast, place):
    """The secretary of the committee reads the record of the tree; that there is a case stands in it for the chair."""
    with clock.fixed(moment(VOTED)):
        text(cast.village_secretary.get(url("case", case.pk)))
        for user in (cell.secretary.user, cell.standing.user, cell.village_secretary.user, cell.member.user):
            scope = scopes.of(user)
            rows = Entry.objects.filter(scope) if scope is not None else Entry.objects.none()
            assert not rows.filter(action__startswith="oversight:case").exists()
        rows = Entry.objects.filter(scopes.of(cell.inspector.user))
        assert rows.filter(action=Action.READ_CASE).exists()
        KinDeclaration.objects.create(
            member=cell.member, kin=cell.inspector, declared_on=OPENED, declared_by="x"
        )
        rows = Entry.objects.filter(scopes.of(cell.inspector.user))
        assert not rows.filter(action__startswith="oversight:case").exists()


def test_each_act_has_its_own_name_and_what_is_missing_is_said_in_our_words(cast):
    days = {f"day{row}": "31/2/2026" for row in range(4)}
    page = text_of_errors(cast.inspector.post(url("case-new") + "?don_vi=tam-hong", days))
    assert "Hành vi 1: Chưa ghi." in page
    assert [f"Ngày xảy ra hành vi {row}: " in page for row in (1, 2, 3, 4)] == [True] * 4
    assert "Trường này" not in page


def text_of_errors(response):
    assert response.status_code in {200, 422}, response.status_code
    return response.content.decode().partition("hn-errors")[2].partition("</div>")[0]
