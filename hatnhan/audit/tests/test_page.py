"""Who reads what of the record, and finding one's way in it."""

from datetime import date

import pytest

from hatnhan.accounts import actions as accounts
from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.actions import record
from hatnhan.audit.models import Entry
from hatnhan.core import clock

PAGE = "/nhat-ky/"


def seen(client, **query):
    return [row.entry.action for row in client.get(PAGE, query).context["rows"]]


@pytest.fixture
def written(cast, place):
    by = {"by": cast.users.secretary}
    with clock.fixed(date(2026, 3, 1)):
        record(
            **by,
            at=clock.now(),
            action="organization:unit:rename",
            unit_id=place.village.pk,
            target=place.village,
        )
    with clock.fixed(date(2026, 3, 5)):
        record(by=MACHINE, at=clock.now(), action="organization:roster:import", unit_id=place.school.pk)
        record(**by, at=clock.now(), action="rulebook:overlay:set", unit_id=place.province.pk)
    accounts.issue_password(by=MACHINE, at=clock.now(), user=cast.users.member)
    accounts.issue_password(by=MACHINE, at=clock.now(), user=cast.users.editor)


def test_a_committee_reads_what_was_done_below_it_and_to_its_members_accounts(cast, written):
    below = ["accounts:password:issue", "organization:roster:import", "organization:unit:rename"]
    for role in ("secretary", "deputy", "standing", "inspector"):
        assert seen(getattr(cast, role)) == below, role


def test_the_administrator_reads_what_was_done_to_accounts_and_nothing_else(cast, written):
    assert seen(cast.administrator) == ["accounts:password:issue"] * 2
    offered = [
        action for action, _label in cast.administrator.get(PAGE).context["form"].fields["viec"].choices
    ]
    assert all(action.startswith("accounts:") for action in offered if action)
    assert seen(cast.administrator, viec="organization:unit:rename") == []


@pytest.mark.parametrize("role", ["village_secretary", "member", "editor", "outsider"])
def test_for_others_there_is_no_such_page(cast, role):
    assert getattr(cast, role).get(PAGE).status_code == 404


def test_filters_stand_in_the_address(cast, written):
    assert seen(cast.secretary, nguoi="Phùng Minh") == ["organization:unit:rename"]
    assert seen(cast.secretary, viec="organization:roster:import") == ["organization:roster:import"]
    assert seen(cast.secretary, tu="2/3/2026", den="5/3/2026") == ["organization:roster:import"]
    assert seen(cast.secretary, den="1/3/2026") == ["organization:unit:rename"], "the last day is included"
    assert seen(cast.secretary, nguoi="không có ai") == []
    faulty = cast.secretary.get(PAGE, {"tu": "31/2/2026"})
    assert faulty.status_code == 422
    assert "Lỗi:" in faulty.content.decode()


def test_rows_are_told_in_words(cast, written):
    page = cast.secretary.get(PAGE).content.decode()
    for words in (
        "Đổi tên tổ chức",
        "Chi bộ thôn Chùa",
        "Nhập danh sách",
        "Lệnh trên máy chủ",
        "1/3/2026 08:00",
    ):
        assert words in page


def test_pages_follow_each_other_without_gap_or_repeat(cast, place, django_assert_num_queries):
    for _number in range(120):
        record(by=MACHINE, at=clock.now(), action="organization:unit:rename", unit_id=place.village.pk)
    found, before = [], ""
    while True:
        page = cast.secretary.get(PAGE, {"truoc": before})
        found += [row.entry.pk for row in page.context["rows"]]
        before = page.context["next_before"]
        if before is None:
            break
    assert found == list(Entry.objects.order_by("-id").values_list("pk", flat=True))
    assert cast.secretary.get(PAGE, {"truoc": "x" * 30}).status_code == 200


def test_every_deed_of_every_room_has_words():
    from hatnhan.accounts.deeds import Deed as AccountDeed  # noqa: PLC0415
    from hatnhan.core import deed_words  # noqa: PLC0415

    assert [deed for deed in AccountDeed if deed_words.word(deed) == deed] == []


def test_details_are_told_in_words(cast, place):
    member = {"degree": "bachelor", "phone": ""}
    changes = {"phone": ["0911", None]}
    details = {
        "member": member,
        "changes": changes,
        "start": date(2026, 3, 9),
        "came_back": True,
        "decision_no": "",
    }
    unit_id = place.village.pk
    record(by=MACHINE, at=clock.now(), action="organization:member:edit", unit_id=unit_id, details=details)
    row = cast.secretary.get(PAGE).context["rows"][0]
    assert dict(row.details) == {
        "đảng viên": "trình độ chuyên môn: Đại học",
        "thay đổi": "điện thoại: 0911 → —",
        "từ ngày": "9/3/2026",
        "trước đây đã có tên": "✓",
    }
