"""What was entered for others by mistake can be put right: undone, or typed in anew, and the record says so."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.guidance.actions import quiz, readings, registrations, take_backs
from hatnhan.guidance.actions.registrations import RegistrationData
from hatnhan.guidance.models import Attempt, Reading, Registration
from hatnhan.guidance.tests.studied import NOW, document, given


@pytest.fixture(autouse=True)
def today():
    with clock.fixed(NOW):
        yield


@pytest.fixture
def doc(place):
    return document(place.commune)


@pytest.fixture
def head(people):
    return people.village_secretary.user


def test_a_reading_entered_is_taken_back_and_one_acknowledged_is_not(cast, place, people, doc, head):
    readings.acknowledge(by=people.deputy.user, at=NOW, document=doc, version=1)
    known = {"by": head, "at": NOW, "document": doc, "cell": place.village}
    readings.enter_readings(**known, member_ids=[people.member.pk], read_on=date(2026, 9, 20))
    own, entered = Reading.objects.get(entered_by=""), Reading.objects.exclude(entered_by="").get()
    page = reverse("guidance:readings-back", args=[doc.pk]) + "?chi_bo=thon-chua"
    studied = reverse("guidance:study-of", args=[doc.pk]) + "?chi_bo=thon-chua"
    given(doc, place.village)
    assert page in cast.village_secretary.get(studied).content.decode()
    shown = cast.village_secretary.get(page).content.decode()
    assert "Nguyễn Thị Hòa: đọc ngày 20/9/2026" in shown
    assert "Tạ Thị Hiền" not in shown
    with pytest.raises(RuleBroken) as broken:
        take_backs.take_back_readings(**known, readings=[own.pk])
    assert broken.value.code == "already_done"
    assert cast.village_secretary.post(page, {"rows": [entered.pk]}).status_code == 302
    assert list(Reading.objects.all()) == [own]
    entry = Entry.objects.filter(action="guidance:study:read").latest("pk")
    assert entry.details["taken_back"] == "Nguyễn Thị Hòa: 20/9/2026 (1)"
    with pytest.raises(Denied):
        take_backs.take_back_readings(**known | {"by": people.member.user}, readings=[entered.pk])


def test_a_try_on_paper_is_taken_back_by_who_sees_results(cast, place, people, doc, head):
    known = {"document": doc, "cell": place.village}
    right = {people.member.pk: 4}
    quiz.enter_attempts(by=head, at=NOW, **known, right=right, asked=5, taken_on=date(2026, 10, 1))
    (attempt,) = Attempt.objects.all()
    with pytest.raises(Denied):
        take_backs.take_back_attempts(by=people.secretary.user, at=NOW, **known, attempts=[attempt.pk])
    results = reverse("guidance:quiz-results", args=[doc.pk]) + "?chi_bo=thon-chua"
    page = reverse("guidance:attempts-back", args=[doc.pk]) + "?chi_bo=thon-chua"
    assert page in cast.village_secretary.get(results).content.decode()
    assert cast.village_secretary.post(page, {"rows": [attempt.pk]}).status_code == 302
    assert not Attempt.objects.exists()
    assert page not in cast.village_secretary.get(results).content.decode()
    entry = Entry.objects.filter(action="guidance:quiz:attempt").latest("pk")
    assert entry.details == {"taken_back": "Nguyễn Thị Hòa: 1/10/2026"}


def test_a_registration_from_paper_is_typed_in_anew(cast, place, people, head):
    data = RegistrationData(
        {"learn": "Nêu gương", "follow": "Làm tốt việc thôn"}, [("Giúp một hộ", date(2026, 11, 30))]
    )
    known = {"by": head, "at": NOW, "year": 2026, "cell": place.village}
    (row,) = registrations.enter_registrations(**known, entries={people.member: data})
    page = (
        reverse("guidance:enter-registrations", args=["thon-chua"]) + f"?nam=2026&dang_vien={row.member_id}"
    )
    read = reverse("guidance:registration", args=[row.pk])
    assert page.replace("&", "&amp;") in cast.village_secretary.get(read).content.decode()
    opened = cast.village_secretary.get(page)
    assert "Giúp một hộ; 30/11/2026" in opened.content.decode()
    key = f"m{row.member_id}"
    typed = {
        f"{key}-learn": "Gần dân",
        f"{key}-follow": "Làm tốt việc thôn",
        f"{key}-mend": "",
        f"{key}-deeds": "Giúp hai hộ; 30/11",
        "phieu": opened.context["slip"],
    }
    assert cast.village_secretary.post(page, typed).status_code == 302
    row = Registration.objects.get(pk=row.pk)
    assert (row.version, row.answers.get(field="learn").text, row.deeds.get().text) == (
        2,
        "Gần dân",
        "Giúp hai hộ",
    )
    assert Entry.objects.filter(action="guidance:directive:register").latest("pk").details["again"] is True
    registrations.comment(by=head, at=NOW, registrations={row: "Sát việc"})
    assert page.replace("&", "&amp;") not in cast.village_secretary.get(read).content.decode()
