"""Regular supervision: who may follow whom, notes on work, answers, expiry, trends that name nobody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, Missing, RuleBroken
from hatnhan.organization.models import Member
from hatnhan.oversight.actions import kin, notes, watches
from hatnhan.oversight.models import Note, Programme, Watch
from hatnhan.oversight.selectors import holdings, supervision, trends
from hatnhan.oversight.tests import checked
from hatnhan.oversight.tests.checked import DAY, NOW
from hatnhan.oversight.tests.watched import assigned, noted


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def watch(place, people):
    return assigned(place, people)


def later(days):
    return clock.at(DAY + timedelta(days=days), 9)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"topics": []}, "topics_missing"),
        ({"topics": ["population"]}, "topic"),
        ({"topics": ["belief"]}, "topic"),
        ({"of_member": None}, "subject_missing"),
        ({"body": "members"}, "body"),
        ({"end": date(2026, 1, 1)}, "end_before_start"),
    ],
)
def test_what_cannot_be_given_out(place, people, changed, code):
    with pytest.raises(RuleBroken) as caught:
        assigned(place, people, **changed)
    assert caught.value.code == code


def test_nobody_follows_oneself_the_own_unit_or_kin(place, people):
    for told in (
        {"observer": people.member},
        {"of_member": None, "of_unit": place.village, "observer": people.village_secretary},
    ):
        with pytest.raises(RuleBroken) as caught:
            assigned(place, people, **told)
        assert caught.value.code == "is_subject"
    kin.declare_kin(by=people.member.user, at=NOW, member=people.member, kin=people.inspector)
    with pytest.raises(RuleBroken) as caught:
        assigned(place, people)
    assert caught.value.code == "kin"
    with pytest.raises(RuleBroken) as caught:
        assigned(place, people, of_unit=place.village)
    assert caught.value.code == "subject_two"


def test_only_who_runs_oversight_gives_it_out(place, people):
    with pytest.raises(Denied):
        assigned(place, people, by=people.village_secretary.user)
    mine = assigned(
        place,
        people,
        by=people.village_secretary.user,
        unit=place.village,
        body="members",
        observer=people.secretary,
    )
    with pytest.raises(RuleBroken) as caught:
        assigned(place, people, unit=place.school, body="members", observer=people.inspector)
    assert caught.value.code == "elsewhere"
    assert mine.unit == place.village


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"topic": "dues"}, "topic"),
        ({"kind": "bad"}, "kind"),
        ({"text": " "}, "text_missing"),
        ({"text": "x" * 601}, "too_long"),
        ({"on": DAY + timedelta(1)}, "future"),
        ({"on": date(2026, 1, 31)}, "outside_watch"),
    ],
)
def test_what_is_no_note(watch, changed, code):
    with pytest.raises(RuleBroken) as caught:
        noted(watch, **changed)
    assert caught.value.code == code


def test_a_note_of_long_ago_comes_too_late_to_be_answered(watch):
    with clock.fixed(later(40)):
        noted(watch, at=later(40), on=DAY + timedelta(11))
        with pytest.raises(RuleBroken) as caught:
            noted(watch, at=later(40), on=DAY + timedelta(10))
    assert caught.value.code == "too_late"


def test_only_the_observer_writes_and_the_record_keeps_no_words(watch, people):
    with pytest.raises(Denied):
        noted(watch, by=people.secretary.user)
    note = noted(watch, by=people.inspector.user)
    assert note.expires_on == DAY + timedelta(30)
    entry = Entry.objects.get(action="oversight:note:write")
    assert note.text not in str(entry.details) + entry.object_name
    # Nor whether it praised or reminded: the record outlives a note that nobody answered.
    assert entry.details.keys() == {"note", "on", "expires_on"}
    assert entry.subject_id == people.member.pk


def test_expiry_to_the_day(watch, people):
    note = noted(watch)
    assert Note.objects.standing(DAY + timedelta(29)).exists()
    assert not Note.objects.standing(DAY + timedelta(30)).exists()
    for action, who, more in (
        (notes.answer_note, people.member, {"text": "Đã làm."}),
        (notes.confirm_note, people.secretary, {}),
    ):
        with clock.fixed(later(30)), pytest.raises(RuleBroken) as caught:
            action(by=who.user, at=later(30), note=note, **more)
        assert caught.value.code == "expired"
    with clock.fixed(later(30)):
        rows = supervision.notes_of(people.inspector.user, watch, clock.today(), confirms=False)
        own = supervision.notes_of(people.member.user, watch, clock.today(), confirms=False)
    assert rows == []
    assert [one.expired for one in own] == [True]


def test_an_answer_on_the_last_day_keeps_the_note(watch, people):
    note = noted(watch)
    with pytest.raises(Denied):
        notes.answer_note(by=people.inspector.user, at=NOW, note=note, text="Không.")
    with clock.fixed(later(29)):
        notes.answer_note(by=people.member.user, at=later(29), note=note, text="Đã làm xong.")
        with pytest.raises(RuleBroken) as caught:
            notes.answer_note(by=people.member.user, at=later(29), note=note, text="Sửa.")
    assert caught.value.code == "already_done"
    assert Note.objects.standing(DAY + timedelta(400)).get().answered_by == str(people.member.user)


def test_an_answer_on_paper_is_typed_for_who_has_no_account(watch, people, client):
    note = noted(watch)
    secretary = people.secretary.user
    with pytest.raises(Denied):
        notes.answer_note(by=secretary, at=NOW, note=note, text="Đã làm xong.")
    Member.objects.filter(pk=people.member.pk).update(user=None)
    note = supervision.note_for(secretary, note.pk)
    client.force_login(secretary)
    assert (
        reverse("oversight:note-answer", args=[note.pk])
        in client.get(reverse("oversight:watch", args=[watch.pk])).content.decode()
    )
    for who in (people.inspector, people.village_secretary):
        with pytest.raises(Denied):
            notes.answer_note(by=who.user, at=NOW, note=note, text="Đã làm xong.")
    notes.answer_note(by=secretary, at=NOW, note=note, text="Đã lam xong.")
    with clock.fixed(later(3)):
        notes.answer_note(by=secretary, at=later(3), note=note, text="Đã làm xong.")
        note = Note.objects.select_related("watch__of_member").get(pk=note.pk)
        assert (note.answer, note.answered_on, note.answered_by, note.typed_by) == (
            "Đã làm xong.", DAY, str(people.member), str(secretary)
        )  # fmt: skip
        assert supervision.notes_of(secretary, watch, clock.today(), confirms=True, types=True)[0].types
        notes.confirm_note(by=people.deputy.user, at=later(3), note=note)
        with pytest.raises(Denied):
            notes.answer_note(by=secretary, at=later(3), note=note, text="Sửa.")
    assert Entry.objects.filter(action="oversight:note:answer").count() == 2


def test_an_expired_note_is_told_of_no_past_day_and_on_no_page_of_others(watch, people, client):
    note = noted(watch)
    client.force_login(people.secretary.user)
    page = reverse("oversight:watch", args=[watch.pk])
    with clock.fixed(later(29)):
        assert note.text in client.get(page).content.decode()
    with clock.fixed(later(30)):
        assert note.text not in client.get(page, {"ngay": DAY.isoformat()}).content.decode()
        confirm = client.get(reverse("oversight:note-confirm", args=[note.pk]))
        assert confirm.status_code == 404
        assert note.text not in confirm.content.decode()
        assert not Note.objects.standing(DAY).exists()
        assert supervision.note_for(people.member.user, note.pk) == note


def test_an_assignment_fulfils_only_a_standing_work_that_names_its_subject(place, people):
    item = checked.item(place.commune, members=[people.member], kind="regular")
    assert assigned(place, people, item=item).item == item
    for told, code in (
        ({"of_member": people.deputy}, "other_subject"),
        ({"of_member": None, "of_unit": place.school}, "other_subject"),
    ):
        with pytest.raises(RuleBroken) as caught:
            assigned(place, people, item=item, observer=people.standing, **told)
        assert caught.value.code == code
    Programme.objects.update(state="draft", approved_on=None)
    with pytest.raises(RuleBroken) as caught:
        assigned(place, people, item=item)
    assert caught.value.code == "other_item"


def test_no_supervision_ends_before_its_last_note_nor_by_declared_kin(watch, people):
    noted(watch)
    told = {"at": NOW, "watch": watch, "conclusion": "Làm tốt."}
    with pytest.raises(RuleBroken) as caught:
        watches.conclude_watch(by=MACHINE, concluded_on=DAY - timedelta(1), **told)
    assert caught.value.code == "before_note"
    kin.declare_kin(by=people.member.user, at=NOW, member=people.member, kin=people.deputy)
    with pytest.raises(Denied):
        watches.conclude_watch(by=people.deputy.user, concluded_on=DAY, **told)


def test_who_gave_it_out_confirms_never_the_observer_the_observed_or_kin(watch, people):
    note = noted(watch)
    kin.declare_kin(by=people.member.user, at=NOW, member=people.member, kin=people.deputy)
    for who in (people.inspector, people.member, people.village_secretary, people.deputy):
        with pytest.raises(Denied):
            notes.confirm_note(by=who.user, at=NOW, note=note)
    with pytest.raises(Missing):
        supervision.watch_for(people.deputy.user, watch.pk)
    notes.confirm_note(by=people.secretary.user, at=NOW, note=note)
    with pytest.raises(RuleBroken) as caught:
        notes.confirm_note(by=MACHINE, at=NOW, note=note)
    assert caught.value.code == "already_done"


def test_concluded_once_and_nothing_noted_afterwards(watch, people):
    def conclude(by, on=DAY):
        watches.conclude_watch(by=by, at=NOW, watch=watch, conclusion="Làm tốt.", concluded_on=on)

    with pytest.raises(Denied):
        conclude(people.member.user)
    with pytest.raises(RuleBroken) as caught:
        conclude(people.inspector.user, date(2026, 1, 1))
    assert caught.value.code == "before_start"
    conclude(people.inspector.user)
    with pytest.raises(RuleBroken) as caught:
        conclude(people.secretary.user)
    assert caught.value.code == "already_done"
    with pytest.raises(RuleBroken) as caught:
        noted(watch)
    assert caught.value.code == "concluded"


def test_an_assignment_by_mistake_is_taken_back_while_empty(watch, place, people):
    other = assigned(place, people)
    watches.drop_watch(by=people.inspector.user, at=NOW, watch=other)
    noted(watch)
    with pytest.raises(RuleBroken) as caught:
        watches.drop_watch(by=people.inspector.user, at=NOW, watch=watch)
    assert caught.value.code == "has_notes"
    assert list(Watch.objects.all()) == [watch]


def test_reading_others_notes_is_recorded_once_in_ten_minutes(watch, people):
    noted(watch)
    for who, new in ((people.member, 0), (people.inspector, 0), (people.secretary, 1), (people.secretary, 0)):
        assert notes.record_read(by=who.user, at=NOW, watches=[watch]) == new
    assert [one.actor_name for one in supervision.readers_of(people.member.user)] == [
        str(people.secretary.user)
    ]


def test_the_own_copy_has_expired_notes_too(watch, people):
    noted(watch)
    with clock.fixed(later(90)):
        (told,) = holdings.notes(people.member)
    assert told["nội dung"] == "Hoàn thành việc được giao."


# --- trends ----------------------------------------------------------------------------------------------------------
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12)))
def test_no_number_below_five_is_told(counts):
    shown = trends.merged(counts)
    told = [one.count for one in shown.values() if one.count]
    assert all(count >= trends.LEAST for count in told)
    few = any(one.few for one in shown.values())
    assert sum(told) == (0 if few else sum(counts.values()))
    assert few == (0 < sum(counts.values()) < trends.LEAST)


def test_trends_count_what_holds_by_quarter(watch, place):
    for number in range(6):
        noted(watch, text=f"Việc {number}")
    noted(watch, topic="example", text="Việc khác")
    (good, remind) = trends.tables(place.commune, 2026, DAY)
    assert good.rows == []
    assert [(row.topic, row.cells[0]) for row in remind.rows] == [("Khác", trends.Shown(7))]
    assert trends.tables(place.commune, 2026, DAY + timedelta(30))[1].rows == []
