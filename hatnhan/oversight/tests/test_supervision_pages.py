"""The pages of regular supervision: who opens them, what they say, what they cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.oversight.models import Note, Watch
from hatnhan.oversight.tests.checked import DAY, NOW, item
from hatnhan.oversight.tests.watched import assigned, noted

pytestmark = pytest.mark.django_db
TEXT = "Hoàn thành việc được giao."


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def watch(place, people):
    return assigned(place, people)


def page(client, name, *args, **query):
    return client.get(reverse(f"oversight:{name}", args=args), query)


def test_given_out_from_the_programme(place, people, cast):
    row = item(place.commune, kind="regular", topic="example", members=[people.member])
    for client in (cast.village_secretary, cast.member, cast.administrator):
        assert page(client, "watch-new", don_vi="tam-hong").status_code in {403, 404}
    shown = page(cast.inspector, "watch-new", don_vi="tam-hong", muc=row.pk).content.decode()
    assert f'value="m{people.member.pk}" selected' in shown
    assert (
        f'value="m{people.member.pk}"'
        in page(cast.inspector, "watch-new", don_vi="tam-hong", q="Hòa").content.decode()
    )
    assert "không có đời tư, tín ngưỡng" in shown
    assert "Chính sách, pháp luật của Nhà nước" not in shown
    address = reverse("oversight:watch-new") + f"?don_vi=tam-hong&muc={row.pk}&q=Hòa"
    typed = {
        "subject": f"m{people.member.pk}", "observer": f"m{people.inspector.pk}", "topics": ["example"],
        "start": "1/2/2026", "end": "31/12/2026", "item": row.pk,
    }  # fmt: skip
    bad = cast.inspector.post(
        address, typed | {"observer": f"m{people.village_secretary.pk}", "end": "1/1/2026"}
    )
    assert bad.status_code == 422
    cast.inspector.post(address, typed)
    made = Watch.objects.get()
    assert (made.item, made.of_member, made.end.year) == (row, people.member, 2027)


def test_note_answer_confirm_conclude(watch, people, cast):
    address = reverse("oversight:note-new", args=[watch.pk])
    assert cast.secretary.get(address).status_code == 403
    shown = cast.inspector.get(address).content.decode()
    assert "Không ghi đời tư, gia đình, sức khỏe, tín ngưỡng" in shown
    cast.inspector.post(address, {"topic": "example", "kind": "good", "on": "2/3/2026", "text": TEXT})
    note = Note.objects.get()
    for client in (cast.village_secretary, cast.school_secretary, cast.administrator):
        assert page(client, "watch", watch.pk).status_code == 404
        assert page(client, "note-answer", note.pk).status_code == 404
    assert TEXT in page(cast.member, "my-notes").content.decode()
    assert page(cast.inspector, "note-answer", note.pk).status_code == 403
    cast.member.post(reverse("oversight:note-answer", args=[note.pk]), {"text": "Cảm ơn đồng chí."})
    assert "Cảm ơn đồng chí." in page(cast.inspector, "watch", watch.pk).content.decode()
    assert page(cast.member, "note-confirm", note.pk).status_code == 403
    cast.secretary.post(reverse("oversight:note-confirm", args=[note.pk]))
    assert Note.objects.get().confirmed_on == DAY
    end = reverse("oversight:watch-conclude", args=[watch.pk])
    said = {"conclusion": "Làm tốt.", "concluded_on": "2/3/2026", "confirm": "1"}
    assert cast.member.get(end).status_code == 403
    cast.inspector.post(end, said)
    assert "Làm tốt." in page(cast.member, "watch", watch.pk).content.decode()


def test_who_opened_notes_on_me_stands_there(watch, people, cast):
    noted(watch)
    page(cast.secretary, "watch", watch.pk)
    page(cast.member, "watch", watch.pk)
    page(cast.inspector, "watch", watch.pk)
    entry = Entry.objects.get(action="oversight:note:read")
    assert entry.subject_id == people.member.pk
    assert str(people.secretary.user) in page(cast.member, "my-notes").content.decode()


def test_expired_notes_are_the_observeds_alone(watch, cast):
    noted(watch)
    with clock.fixed(clock.at(DAY + timedelta(30), 9)):
        assert "Hết hiệu lực từ" in page(cast.member, "my-notes").content.decode()
        assert TEXT in page(cast.member, "watch", watch.pk).content.decode()
        for client in (cast.inspector, cast.secretary):
            assert TEXT not in page(client, "watch", watch.pk).content.decode()


def test_the_list_by_how_far_it_is(watch, cast):
    name = "Nguyễn Thị Hòa"
    for part, there in {"dang": True, "cho": False, "xong": False, "": True}.items():
        assert (name in page(cast.inspector, "watches", loc=part).content.decode()) is there
    with clock.fixed(clock.at(watch.end, 9)):
        assert name in page(cast.inspector, "watches", loc="cho").content.decode()
    assert name not in page(cast.school_secretary, "watches").content.decode()
    drop = reverse("oversight:watch-drop", args=[watch.pk])
    assert cast.member.post(drop, {"confirm": "1"}).status_code == 403
    cast.inspector.post(drop, {"confirm": "1"})
    assert not Watch.objects.exists()


def test_trends_are_for_who_runs_oversight(watch, cast):
    for number in range(5):
        noted(watch, text=f"Việc {number}", kind="good")
    shown = page(cast.inspector, "trends", don_vi="tam-hong").content.decode()
    assert "Thực hiện nghị quyết, nhiệm vụ được giao" in shown
    assert "Nguyễn Thị Hòa" not in shown
    for client in (cast.member, cast.village_secretary, cast.administrator):
        assert page(client, "trends", don_vi="tam-hong").status_code == 404


@pytest.mark.parametrize(("name", "most"), [("watches", 12), ("my-notes", 12), ("watch", 15)])
def test_twice_the_rows_cost_the_same(watch, place, people, cast, name, most):
    client = cast.member if name == "my-notes" else cast.inspector
    args = [watch.pk] if name == "watch" else []
    counts = []
    for _round in range(2):
        for number in range(3):
            noted(watch, text=f"Việc {number}")
            assigned(place, people)
        page(client, name, *args)
        with CaptureQueriesContext(connection) as queries:
            assert page(client, name, *args).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= most, queries.captured_queries


def test_searching_for_a_name_keeps_what_is_typed_and_blames_nothing(place, people, cast):
    far = people.member
    typed = {"q": "Hòa", "amend": "1", "end": "31/2/2026", "topics": ["example"]}
    found = cast.inspector.post(reverse("oversight:watch-new") + "?don_vi=tam-hong", typed)
    assert found.status_code == 200
    shown = found.content.decode()
    assert f'value="m{far.pk}"' in shown
    assert 'value="31/2/2026"' in shown
    assert "hn-errors" not in shown
    assert "hn-field-error" not in shown
    assert Watch.objects.count() == 0
