"""Sets of forms as one file: who may ask, what stands in them, how far they are, who read what, thrown away again."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from hatnhan.audit.models import Entry as Recorded
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.documents import pdf
from hatnhan.organization.models import Position
from hatnhan.organization.tests import make as places
from hatnhan.reviews.actions import sets
from hatnhan.reviews.models import FormSet
from hatnhan.reviews.selectors import papers
from hatnhan.reviews.selectors.filled import in_portions
from hatnhan.reviews.selectors.sets import rows_of
from hatnhan.reviews.tests import make, written

ROOT = "/kiem-diem"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(written.NOW):
        yield


@pytest.fixture
def cycle(place, people):
    made = make.cycle(place.commune)
    for name in ("member", "deputy", "school_secretary"):
        written.filled(make.entry(made, getattr(people, name)), submitted_at=written.NOW)
    return made


def asked(people, cycle, unit, paper=papers.FORM, who="secretary"):
    return sets.ask_set(by=getattr(people, who).user, at=clock.now(), cycle=cycle, unit=unit, paper=paper)


def drawn(form_set):
    sets.draw_set(form_set=form_set, at=clock.now())
    form_set.refresh_from_db()
    with form_set.file.open("rb") as made:
        return PdfReader(BytesIO(made.read()))


def test_a_set_holds_the_forms_handed_in_by_cell_and_name(cycle, place, people):
    made = asked(people, cycle, place.commune)
    assert made.total == 3
    names = [one.title for one in drawn(made).outline]
    assert names == ["Tạ Thị Hiền", "Nguyễn Thị Hòa", "Lê Thị Bích"]
    assert (made.state, made.drawn, made.error) == ("done", 3, "")


def test_blank_forms_are_for_those_who_have_not_handed_in(cycle, place, people):
    made = asked(people, cycle, place.school, papers.BLANK)
    names = [one.title for one in drawn(made).outline]
    assert "Lê Thị Bích" not in names
    assert "Kim Văn Chiến" in names


def test_each_whose_words_were_read_finds_it_and_the_asking_is_recorded(cycle, place, people):
    made = asked(people, cycle, place.village)
    drawn(made)
    rows = Recorded.objects.filter(action="reviews:form:read")
    assert set(rows.values_list("subject_id", flat=True)) == {people.member.pk, people.deputy.pk}
    one = Recorded.objects.get(action="reviews:papers:set")
    assert one.details == {"paper": "reviews.form", "unit": "Chi bộ thôn Chùa", "count": 2}


def test_only_who_may_read_them_all_has_a_set(cast, cycle, place, people):
    for who in ("member", "inspector", "village_secretary"):
        with pytest.raises(Denied):
            asked(people, cycle, place.school, who=who)
    asked(people, cycle, place.school, who="school_secretary")
    with pytest.raises(Denied):
        asked(people, cycle, place.commune, who="school_secretary")
    for client in (cast.member, cast.inspector, cast.administrator, cast.outsider):
        assert client.get(f"{ROOT}/2026/bo-mau/?don_vi=tam-hong").status_code == 404


def test_nothing_handed_in_gives_no_set(place, people):
    with pytest.raises(RuleBroken, match="Chưa có bản kiểm điểm"):
        asked(people, make.cycle(place.commune), place.village)


def test_who_lost_the_post_gets_neither_set_nor_file(cast, cycle, place, people):
    made = asked(people, cycle, place.village, who="village_secretary")
    drawn(made)
    other = asked(people, cycle, place.village, papers.BLANK, who="village_secretary")
    Position.objects.filter(member=people.village_secretary).update(end=clock.today(), end_reason="x")
    # The worker reads everything anew.
    sets.draw_set(form_set=FormSet.objects.get(pk=other.pk), at=clock.now())
    other.refresh_from_db()
    assert other.state == "failed"
    assert cast.village_secretary.get(f"{ROOT}/bo-mau/{made.pk}/tep/").status_code == 404


def test_a_set_is_the_askers_alone(cast, cycle, place, people):
    made = asked(people, cycle, place.village)
    drawn(made)
    assert cast.deputy.get(f"{ROOT}/bo-mau/{made.pk}/").status_code == 404
    answer = cast.secretary.get(f"{ROOT}/bo-mau/{made.pk}/tep/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_it_is_drawn_once_and_what_fails_says_so(cycle, place, people, monkeypatch):
    made = asked(people, cycle, place.village)
    monkeypatch.setattr(pdf, "bind", lambda *_args, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sets.draw_set(form_set=made, at=clock.now())
    made.refresh_from_db()
    assert (made.state, "soạn lại" in made.error) == ("failed", True)
    sets.draw_set(form_set=made, at=clock.now())
    made.refresh_from_db()
    assert made.state == "failed"


def test_asking_again_and_a_week_throw_the_old_away(cycle, place, people, django_capture_on_commit_callbacks):
    made = asked(people, cycle, place.village)
    drawn(made)
    storage, name = made.file.storage, made.file.name
    with django_capture_on_commit_callbacks(execute=True):
        newer = asked(people, cycle, place.village)
    assert not storage.exists(name)
    with clock.fixed(written.NOW + timedelta(days=8)):
        asked(people, cycle, place.school)
    assert list(FormSet.objects.filter(pk__in=(made.pk, newer.pk))) == []


def test_the_page_asks_tells_how_far_and_hands_over(cast, cycle, place):
    page = cast.secretary.get(f"{ROOT}/2026/bo-mau/?don_vi=thon-chua")
    assert page.status_code == 200
    sent = {"paper": "ban-kiem-diem", "unit": "thon-chua"}
    answer = cast.secretary.post(f"{ROOT}/2026/bo-mau/?don_vi=thon-chua", sent, follow=True)
    assert "Tải tệp PDF" in answer.content.decode()
    made = FormSet.objects.get()
    FormSet.objects.filter(pk=made.pk).update(state="drawing", drawn=1)
    text = cast.secretary.get(f"{ROOT}/bo-mau/{made.pk}/").content.decode()
    assert "Đang soạn: 1 trên 2 bản." in text
    assert cast.secretary.get(f"{ROOT}/bo-mau/{made.pk}/tep/").status_code == 404
    empty = {"paper": "ban-kiem-diem", "unit": "nowhere"}
    assert cast.secretary.post(f"{ROOT}/2026/bo-mau/?don_vi=thon-chua", empty).status_code == 422


def test_more_forms_take_no_more_queries(cycle, place, people):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            count = len(list(in_portions(rows_of(cycle, place.village, papers.FORM), cycle)))
        return count, len(caught)

    few = queries()
    for one in places.members(place.village, 6):
        written.filled(written.entry(cycle, one, place.village, "outside"), submitted_at=written.NOW)
    many = queries()
    assert (few[0], many[0]) == (2, 8)
    assert many[1] == few[1]
