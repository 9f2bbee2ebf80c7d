"""Pages of a year under the Directive: what they show, to whom, and that errors lose nothing."""

from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from hatnhan.accounts.actors import MACHINE
from hatnhan.assignments.tests import given
from hatnhan.audit.models import READ_FILE, Entry
from hatnhan.core import clock
from hatnhan.guidance.actions import registrations as actions
from hatnhan.guidance.actions.registrations import RegistrationData
from hatnhan.guidance.actions.services import ServiceData, mark_services
from hatnhan.guidance.models import Registration, RegistrationDeed, Service, YearTheme
from hatnhan.meetings.tests import planned
from hatnhan.organization.tests import make

TODAY = date(2018, 11, 20)
SIGNED = {"by": MACHINE, "at": clock.at(TODAY)}
DATA = RegistrationData(
    {"learn": "Nêu gương", "follow": "Làm tốt việc thôn"}, [("Giúp một hộ", date(2018, 11, 30))]
)


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(TODAY):
        yield


def page(client, name, *args, status=200, **query):
    response = client.get(reverse(f"guidance:{name}", args=args), query)
    assert response.status_code == status
    return unescape(response.content.decode())


def send(client, name, *args, status=302, query="", **data):
    response = client.post(reverse(f"guidance:{name}", args=args) + query, data)
    assert response.status_code == status, unescape(response.content.decode())[-3000:]
    return response


def registered(place, *members, cell=None):
    cell = cell or place.village
    return actions.enter_registrations(**SIGNED, year=2018, cell=cell, entries=dict.fromkeys(members, DATA))


def test_a_member_writes_on_the_phone_and_looks_back(cast, people, place):
    me = cast.member
    assert "Đồng chí chưa viết bản đăng ký năm nay." in page(me, "directive")
    assert "Chỉ thị 05-CT/TW" in page(me, "registration-write")
    typed = {"learn": "Nêu gương", "deed0": "Giúp một hộ", "due0": ""}
    wrong = send(me, "registration-write", status=422, **typed, go="dang-ky").content.decode()
    assert "Chưa ghi hạn của việc này." in unescape(wrong)
    assert "Nêu gương" in unescape(wrong)
    send(me, "registration-write", **typed | {"due0": "30/11/2018"}, go="nhap")
    row = Registration.objects.get()
    assert row.state == "draft"
    lacking = send(me, "registration-write", status=422, **typed | {"due0": "30/11/2018"}, go="dang-ky")
    assert "Chưa ghi mục “Điều sẽ làm theo trong công việc”." in unescape(lacking.content.decode())
    send(me, "registration-write", **typed | {"due0": "30/11/2018", "follow": "Việc thôn"}, go="dang-ky")
    row.refresh_from_db()
    assert row.state == "registered"
    assert "Giúp một hộ" in page(me, "registration", row.pk)
    deed = row.deeds.get()
    send(me, "registration-progress", row.pk, **{f"r{row.pk}": "Đang làm", f"r{row.pk}-d{deed.pk}": "partly"})
    assert "Tự đánh giá cuối năm" in page(me, "directive")
    send(me, "registration-assess", row.pk, **{f"r{row.pk}": "Đã xong", f"r{row.pk}-d{deed.pk}": "done"})
    row.refresh_from_db()
    assert (row.state, row.progress, row.deeds.get().outcome) == ("assessed", "Đang làm", "done")
    page(me, "registration-comment", row.pk, status=404)


def test_what_was_changed_meanwhile_is_not_written_over(cast, people):
    slip = page(cast.member, "registration-write").partition('name="phieu" value="')[2].partition('"')[0]
    send(cast.member, "registration-write", learn="Trên máy kia", go="nhap")
    late = send(cast.member, "registration-write", status=422, learn="Trên máy này", go="nhap", phieu=slip)
    assert "Trên máy này" in unescape(late.content.decode())
    assert Registration.objects.get().answers.get(field="learn").text == "Trên máy kia"
    # Both texts stand on the page, and what is pressed next writes.
    assert "Trên máy kia" in unescape(late.content.decode())
    again = late.context["slip"]
    send(cast.member, "registration-write", learn="Cả hai máy", go="nhap", phieu=again)
    assert Registration.objects.get().answers.get(field="learn").text == "Cả hai máy"


def test_two_heads_look_back_for_a_cell_at_once(cast, people, place):
    rows = registered(place, people.member, people.deputy)
    one, two = (f"r{row.pk}" for row in sorted(rows, key=lambda row: row.pk))
    there = page(cast.village_secretary, "cell-assess", "thon-chua")
    slip = there.partition('name="phieu" value="')[2].partition('"')[0]
    said = {one: "Tốt", two: ""} | outcomes(rows, "")
    send(cast.secretary, "cell-assess", "thon-chua", **said)
    mine = {one: "", two: "Khá"} | outcomes(rows, "")
    late = send(cast.village_secretary, "cell-assess", "thon-chua", status=422, **mine, phieu=slip)
    form = late.context["form"]
    # The row left alone takes what the other wrote, the row typed in keeps it: the next press loses neither.
    assert (form[one].value(), form[two].value()) == ("Tốt", "Khá")
    assert "Đang ghi:" in unescape(late.content.decode())
    typed = {name: form[name].value() or "" for name in form.fields}
    send(cast.village_secretary, "cell-assess", "thon-chua", **typed, phieu=late.context["slip"])
    texts = {f"r{row.pk}": row.assessment for row in Registration.objects.all()}
    assert texts == {one: "Tốt", two: "Khá"}


def test_an_outcome_changed_meanwhile_is_not_written_over(cast, people, place):
    (row,) = rows = registered(place, people.member)
    key = f"r{row.pk}"
    send(cast.secretary, "cell-assess", "thon-chua", **{key: "Tốt"} | outcomes(rows, "done"))
    there = page(cast.village_secretary, "cell-assess", "thon-chua")
    slip = there.partition('name="phieu" value="')[2].partition('"')[0]
    RegistrationDeed.objects.update(outcome="partly")
    mine = {key: "Tốt hơn"} | outcomes(rows, "done")
    late = send(cast.village_secretary, "cell-assess", "thon-chua", status=422, **mine, phieu=slip)
    assert set(late.context["form"].kept) == set(outcomes(rows, ""))


def outcomes(rows, value):
    return {f"r{row.pk}-d{one.pk}": value for row in rows for one in row.deeds.all()}


def test_reading_anothers_registration_is_recorded(cast, people, place):
    (row,) = registered(place, people.member)
    page(cast.member, "registration", row.pk)
    assert not Entry.objects.filter(action=READ_FILE).exists()
    for client in (cast.school_secretary, cast.standing, cast.inspector, cast.outsider):
        page(client, "registration", row.pk, status=404)
    assert "Bản đăng ký" in page(cast.village_secretary, "registration", row.pk)
    entry = Entry.objects.get(action=READ_FILE)
    assert (entry.subject_id, entry.details["part"]) == (people.member.pk, "lam-theo-bac")


def test_the_head_enters_paper_comments_and_looks_back_for_the_cell(cast, people, place):
    head = cast.village_secretary
    assert "Chưa đăng ký (4)" in page(head, "cell-registrations", "thon-chua")
    typed = {
        f"m{people.member.pk}-learn": "Nêu gương",
        f"m{people.member.pk}-follow": "Việc thôn",
        f"m{people.member.pk}-deeds": "Giúp một hộ",
    }
    wrong = send(head, "enter-registrations", "thon-chua", status=422, **typed)
    assert "chưa ghi hạn" in unescape(wrong.content.decode())
    typed[f"m{people.member.pk}-deeds"] = "Giúp một hộ; 30/11\nDọn đường; 1.6.2018"
    send(head, "enter-registrations", "thon-chua", **typed)
    row = Registration.objects.get()
    assert [one.due for one in row.deeds.all()] == [date(2018, 11, 30), date(2018, 6, 1)]
    assert "Chưa đăng ký (3)" in page(head, "cell-registrations", "thon-chua", con="nhan-xet")
    assert "Giúp một hộ" in page(head, "cell-comment", "thon-chua")
    assert Entry.objects.filter(action=READ_FILE).count() == 1
    send(head, "cell-comment", "thon-chua", **{f"r{row.pk}": "Cần cụ thể hơn"})
    send(head, "cell-assess", "thon-chua", **{f"r{row.pk}": "Theo bản giấy"})
    row.refresh_from_db()
    assert (row.comment, row.assessment, row.state) == ("Cần cụ thể hơn", "Theo bản giấy", "assessed")
    for name in ("cell-registrations", "enter-registrations", "cell-comment", "cell-progress", "cell-assess"):
        page(cast.member, name, "thon-chua", status=404)
        page(cast.school_secretary, name, "thon-chua", status=404)
        page(cast.secretary, name, "thon-chua")
    assert "Chưa có bản đăng ký nào" in page(head, "cell-progress", "thon-chua")


def test_the_committee_sets_the_theme_and_registers_itself(cast, place):
    page(cast.village_secretary, "theme", status=404)
    page(cast.inspector, "theme", status=403, don_vi="tam-hong")
    said = {"theme": "Nêu gương", "term_theme": "Toàn khóa", "decision_no": "12-KH/ĐU"}
    send(cast.secretary, "theme", query="?don_vi=tam-hong&nam=2018", **said)
    assert YearTheme.objects.get().unit == place.commune
    assert "Nêu gương" in page(cast.member, "directive")
    typed = {"learn": "a", "follow": "b", "deed0": "c", "due0": "1/12/2018", "go": "dang-ky"}
    send(cast.secretary, "unit-registration-write", "tam-hong", **typed)
    assert "Đã đăng ký" in page(cast.member, "directive", don_vi="tam-hong")
    page(cast.member, "unit-registration-write", "thon-chua", status=404)


def test_the_year_says_its_directive(cast):
    assert "Năm 2017 theo Chỉ thị 05-CT/TW" in page(cast.secretary, "directive", nam="2017")
    with clock.fixed(date(2026, 9, 1)):
        assert "Năm 2026 theo Chỉ thị 07-CT/TW" in page(cast.secretary, "directive")
        assert "Năm 2025 theo Chỉ thị 05-CT/TW" in page(cast.secretary, "directive", nam="2025")
    page(cast.secretary, "directive", nam="2015", status=404)
    page(cast.anonymous, "directive", status=302)


def test_things_are_marked_on_their_own_pages(cast, people, place):
    meeting = planned.called(place.village)
    url = reverse("meetings:meeting", args=[meeting.pk])
    assert "Đánh dấu phục vụ" in unescape(cast.village_secretary.get(url).content.decode())
    send(cast.village_secretary, "service-mark", "meeting", meeting.pk, note="Nêu gương")
    assert "Phục vụ học tập và làm theo Bác: Nêu gương." in unescape(
        cast.village_secretary.get(url).content.decode()
    )
    assert "Bỏ dấu" in page(cast.village_secretary, "service-mark", "meeting", meeting.pk)
    page(cast.school_secretary, "service-mark", "meeting", meeting.pk, status=404)
    page(cast.village_secretary, "service-mark", "bai-viet", meeting.pk, status=404)
    task = given.task(people, place.commune, owner=people.deputy, due=date(2018, 12, 1))
    send(cast.secretary, "service-mark", "task", task.pk)
    assert "Phục vụ học tập" in unescape(
        cast.secretary.get(reverse("assignments:task", args=[task.pk])).content.decode()
    )
    assert Service.objects.count() == 2
    send(cast.village_secretary, "service-unmark", "meeting", meeting.pk)
    assert Service.objects.get().kind == "task"


def test_the_list_of_the_year_is_a_workbook_too(cast, place):
    things = [ServiceData(place.village, "task", n, f"Việc {n}", "/x/", date(2018, 5, 1)) for n in range(25)]
    mark_services(**SIGNED, things=things)
    assert "Việc 24" in page(cast.secretary, "services", nam="2018")
    assert "Việc 0<" in page(cast.secretary, "services", nam="2018", trang="2")
    answer = cast.secretary.get(reverse("guidance:services"), {"nam": "2018", "dang": "xlsx"})
    taken = Entry.objects.get(action="guidance:papers:take")
    assert taken.details == {"paper": "services", "form": "xlsx"}
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert sum(row[1] == "Nhiệm vụ" for row in rows) == 25
    assert "Việc 24" not in page(cast.school_secretary, "services", nam="2018")


@pytest.mark.parametrize(
    ("name", "args", "most"),
    [
        ("directive", (), 19),
        ("services", (), 12),
        ("cell-registrations", ("thon-chua",), 13),
        ("cell-comment", ("thon-chua",), 17),
    ],
)
def test_pages_ask_as_much_of_many_as_of_few(cast, place, name, args, most):
    def grow(start):
        more = make.members(place.village, 4)
        registered(place, *more)
        cell = make.unit(f"them-{start}", "cell", place.commune)
        registered(place, make.member(cell), cell=cell)
        things = [ServiceData(place.village, "task", start + n, "Việc", "/x/", TODAY) for n in range(4)]
        mark_services(**SIGNED, things=things)

    url = reverse(f"guidance:{name}", args=args)
    grow(0)
    cast.secretary.get(url)
    few = given.queries(cast.secretary, url)
    grow(10)
    cast.secretary.get(url)
    assert given.queries(cast.secretary, url) == few <= most
