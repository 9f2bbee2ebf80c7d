"""The pages of deeds: each once as it is meant, once as it is refused, and closed to whom it is not for."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hatnhan.assignments.models import CellCharge, GroupCharge, Task, WorkGroup
from hatnhan.assignments.tests import given
from hatnhan.core import clock
from hatnhan.organization.tests import make
from hatnhan.organization.tests.deed_pages import closed_to, done, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(given.DAY):
        yield


def at(name, *args):
    return reverse(f"assignments:{name}", args=args)


def test_a_task_is_given_to_a_person_and_to_a_body(cast, people, place):
    url = at("task-give")
    typed = {"title": "Rà soát hộ nghèo", "due": "1/12/2017", "owner": f"m{people.member.pk}"}
    page = done(cast.village_secretary, url, **typed, helpers=[people.secretary.pk])
    assert "Đã giao việc cho đ/c Nguyễn Thị Hòa, hạn 1/12/2017." in page.content.decode()
    assert Task.objects.get().unit == place.village
    done(cast.secretary, url, **typed | {"owner": f"b{place.village.pk}-committee"})
    assert Task.objects.latest("pk").owner_name == "Chi ủy, Chi bộ thôn Chùa"


def test_one_who_is_not_on_the_list_is_found_by_name(cast, people):
    url = f"{at('task-give')}?q=hoa"
    assert "Nguyễn Thị Hòa" in cast.secretary.get(url).content.decode()
    done(cast.secretary, url, title="Việc", due="1/12/2017", owner=f"m{people.member.pk}")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"due": "19/11/2017"}, "Việc này giao ngày 20/11/2017. Ghi ngày 20/11/2017 hoặc sau đó."),
        ({"due": "32/11/2017"}, "32"),
        ({"title": ""}, "Chưa ghi."),
        ({"owner": ""}, "Chưa chọn."),
        ({"owner": "m999999"}, "Không có lựa chọn này nữa."),
        ({"title": "x" * 301}, "ghi gọn trong 300 chữ"),
    ],
)
def test_what_giving_refuses_beside_the_field(cast, people, typed, words):
    whole = {"title": "Việc", "due": "1/12/2017", "owner": f"m{people.member.pk}"} | typed
    assert words in refused(cast.village_secretary, at("task-give"), **whole)


def test_the_way_of_a_task_through_its_pages(cast, people, place):
    pk = given.task(people, place.village).pk
    done(cast.member, at("task-progress", pk), note="Được một nửa")
    assert "Chưa ghi." in refused(cast.member, at("task-done", pk), outcome="", done_on="20/11/2017")
    done(cast.member, at("task-done", pk), outcome="Xong", evidence="Ảnh", done_on="20/11/2017")
    done(cast.village_secretary, at("task-return", pk), reason="Thiếu biên bản", due="5/12/2017")
    done(cast.village_secretary, at("task-postpone", pk), due="10/12/2017", reason="Mưa")
    done(cast.village_secretary, at("task-hand-over", pk), owner=f"m{people.deputy.pk}", reason="Ốm")
    done(cast.deputy, at("task-done", pk), outcome="Xong", done_on="20/11/2017")
    page = done(cast.village_secretary, at("task-verify", pk), note="")
    assert "Đã công nhận việc này xong." in page.content.decode()
    assert Task.objects.get().state == "verified"


def test_for_an_owner_without_an_account_the_head_reports_on_the_page(cast, people, place):
    pk = given.task(people, place.village, owner=make.member(place.village)).pk
    text = cast.village_secretary.get(at("task", pk)).content.decode()
    assert "Báo hộ đã làm xong" in text
    assert "làm xong thì đồng chí báo hộ" in text
    assert (
        "Báo hộ"
        not in cast.village_secretary.get(at("task", given.task(people, place.village).pk)).content.decode()
    )
    page = done(cast.village_secretary, at("task-done", pk), outcome="Xong", done_on="20/11/2017")
    assert "Đã báo hộ." in page.content.decode()
    done(cast.village_secretary, at("task-verify", pk), note="")
    assert Task.objects.get(pk=pk).state == "verified"


def test_giving_up_a_task_is_read_over_first(cast, people, place):
    pk = given.task(people, place.village).pk
    url = at("task-withdraw", pk)
    answer = cast.village_secretary.post(url, {"reason": "Không cần"})
    assert "Kiểm tra lại trước khi ghi" in answer.content.decode()
    assert Task.objects.get().state == "open"
    done(cast.village_secretary, url, reason="Không cần", confirm="1")
    assert Task.objects.get().state == "withdrawn"


@pytest.mark.parametrize("role", ["member", "standing", "school_secretary", "outsider", "administrator"])
def test_what_only_heads_do_is_closed_to_others(cast, people, place, role):
    pk = given.task(people, place.village).pk
    for name in ("task-verify", "task-return", "task-postpone", "task-hand-over", "task-withdraw"):
        closed_to(getattr(cast, role), at(name, pk))


def test_a_cell_is_charged_and_the_charge_ends(cast, people, place):
    url = at("charge-cell", "thon-chua")
    typed = {"member": people.standing.pk, "start": "1/11/2017", "decision_no": "15-QĐ/ĐU"}
    page = done(cast.secretary, url, **typed)
    assert "Đã phân công đ/c Kim Văn Chiến phụ trách Chi bộ thôn Chùa" in page.content.decode()
    assert "từ ngày 1/11/2017. Không ghi thêm lần nữa." in refused(cast.secretary, url, **typed)
    assert "Số quyết định" in refused(cast.secretary, url, **typed | {"decision_no": ""})
    made = CellCharge.objects.get()
    end = at("charge-end", "chi-bo", made.pk)
    assert "Ghi ngày sau ngày ấy." in refused(cast.secretary, end, end="1/11/2017", reason="Thôi")
    done(cast.secretary, end, end="15/11/2017", reason="Phân công lại")
    closed_to(cast.village_secretary, url)
    closed_to(cast.secretary, end)  # it has ended


def test_groups_are_edited_and_charged(cast, people, place):
    done(cast.secretary, at("group-create"), name="Nông nghiệp", start="1/1/2017")
    group = WorkGroup.objects.get()
    assert "đã có nhóm" in refused(cast.secretary, at("group-create"), name="Nông nghiệp", start="1/1/2017")
    done(cast.secretary, at("group-rename", group.pk), name="Nông nghiệp, nông thôn", position="2")
    typed = {"member": people.standing.pk, "start": "1/11/2017", "decision_no": "15-QĐ/ĐU"}
    done(cast.secretary, at("charge-group", group.pk), **typed)
    url = at("group-end", group.pk)
    assert (
        "Thôi phụ trách nhóm: Kim Văn Chiến."
        in cast.secretary.post(url, {"end": "20/11/2017"}).content.decode()
    )
    done(cast.secretary, url, end="20/11/2017", confirm="1")
    assert GroupCharge.objects.get().end == given.DAY
    closed_to(cast.standing, at("group-create"))
