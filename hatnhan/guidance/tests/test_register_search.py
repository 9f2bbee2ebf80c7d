"""Full-text search: what comes first, what is found at all, that the index follows every write."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hatnhan.core import clock
from hatnhan.guidance.actions import register
from hatnhan.guidance.models import Document, DocumentText
from hatnhan.guidance.search_keys import key, question
from hatnhan.guidance.selectors.register import Filters, documents_for
from hatnhan.guidance.selectors.search import search
from hatnhan.guidance.tests.papers import BY, NOW, data, registered


@pytest.fixture(autouse=True)
def now():
    with clock.fixed(NOW):
        yield


def found(people, words, **more):
    return [hit.document.number for hit in search(people.secretary.user, words, **more)]


def test_found_with_and_without_marks_and_the_marked_first(place, people):
    registered(place.commune, "02", subject="Nuôi giáo dục", text="giáo dục " * 3)
    registered(place.commune, "03", subject="Giao đức", text="giao đức " * 30)
    assert sorted(found(people, "giao duc")) == ["02", "03"]
    assert found(people, "giao đức") == ["03", "02"]
    assert found(people, "giáo dục") == ["02", "03"]
    assert found(people, "GIÁO DỤC") == ["02", "03"]
    assert found(people, "đức") == ["03", "02"]
    assert sorted(found(people, "duc")) == ["02", "03"]


def test_both_placings_of_the_tone_mark_are_one(place, people):
    registered(place.commune, "01", text="văn hoá thôn")
    registered(place.commune, "02", text="văn hỏa thôn " * 9)
    assert found(people, "văn hóa")[0] == "01"


def test_a_number_finds_its_document_first(place, people):
    for other in range(3):
        registered(
            place.commune, f"1{other}-KH/ĐU", subject="Thực hiện Chỉ thị 05-CT/TW", text="05-CT/TW " * 50
        )
    registered(place.commune, "05-CT/TW")
    for words in ("05-CT/TW", "05-ct/tw", "05 CT TW", "05-CT"):
        assert found(people, words)[0] == "05-CT/TW"
    assert len(found(people, "05-CT/TW")) == 4


def test_words_of_the_subject_stand_before_those_of_the_text(place, people):
    registered(place.commune, "01", subject="Việc khác", text="chuyển đổi số " * 2 + "việc khác " * 40)
    registered(place.commune, "02", subject="Chuyển đổi số", text="việc khác " * 40)
    assert found(people, "chuyển đổi số")[0] == "02"


def test_the_words_around_are_shown(place, people):
    text = "Mở đầu.\n" + "chữ " * 80 + "xây dựng\nnông thôn mới kiểu mẫu " + "chữ " * 80
    registered(place.commune, "01", text=text)
    hit = search(people.secretary.user, "nong thon moi")[0]
    assert hit.found == "nông thôn mới"
    assert hit.before.startswith("… chữ")
    assert hit.before.endswith("xây dựng ")
    assert hit.after.startswith(" kiểu mẫu")
    assert hit.after.endswith("…")
    assert not search(people.secretary.user, "01")[0].found


def test_the_index_follows_every_write(place, people):
    document = registered(place.commune, "01", text="nước sạch")
    register.edit_document(**BY, document=document, data=data("09", text="đường làng"))
    assert not found(people, "nước sạch")
    assert found(people, "đường làng") == ["09"]
    # Past the actions too: the database itself keeps it.
    DocumentText.objects.filter(document=document).update(search_key=key("chợ quê"))
    assert not found(people, "đường làng")
    assert found(people, "chợ quê") == ["09"]
    Document.objects.filter(pk=document.pk).delete()
    assert not found(people, "chợ quê")


def test_only_what_one_may_see_and_what_is_asked_for_is_found(place, people):
    registered(place.commune, "01", date(2016, 1, 1), text="nước sạch")
    registered(place.village, "02", date(2017, 1, 1), text="nước sạch")
    assert {hit.document.number for hit in search(people.school_secretary.user, "nước")} == {"01"}
    on, user = date(2018, 11, 5), people.secretary.user
    late = documents_for(user, place.commune, on=on, filters=Filters(tu=date(2016, 6, 1)))
    assert found(people, "nước", among=late) == ["02"]
    assert found(people, "nước", among=Document.objects.none()) == []


def test_pages_hold_everything_once(place, people, django_assert_max_num_queries):
    for number in range(7):
        registered(place.commune, f"{number:02}", text="nước sạch")
    user = people.secretary.user
    pages = [found(people, "nước sạch", page=page, per_page=3) for page in (1, 2, 3)]
    assert sorted(number for page in pages for number in page) == [f"{number:02}" for number in range(7)]
    with django_assert_max_num_queries(4):
        list(search(user, "nước sạch", per_page=5))


@pytest.mark.parametrize(
    "words",
    ["", " ", '"', "'", "''", "a'b\"c", "AND", "OR NOT", "NEAR(a b)", "a*", "-a", "number_key : x", "%", "_",
     ":*", "a & | !b", "\\", "<->", "\x00", "中文", "²", "🙂", "a" * 5000, "a " * 5000, "đ", "\ud800", "1e5 0x1f",
     "a-b/c.d@e.vn"],
)  # fmt: skip
def test_nothing_typed_breaks_the_search(place, people, words):
    registered(place.commune, "01", text="a b c and or not near")
    assert isinstance(found(people, words), list)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40))
def test_no_text_breaks_the_search(place, people, words):
    assert isinstance(found(people, words), list)


@given(text=st.text(alphabet="aáàđĐ bcộ-/.\n09", max_size=60))
def test_what_a_text_says_is_found_in_its_key(text):
    asked = question(text)
    words = set(key(text).split())
    assert set(asked.words) | set(asked.with_marks) <= words


@pytest.mark.parametrize("length", [300_000, 1_000_000])
def test_the_longest_text_has_room_in_the_index(place, people, length):
    """A word of every other letter and digit: more distinct words than any paper has."""
    text = " ".join(f"{number:x}" for number in range(length // 6))[:length]
    registered(place.commune, "01", text=text)
    assert found(people, "1f") == ["01"]
