"""Writing, typing for another, handing in and giving back a self-review."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hatnhan.audit.models import Entry as Record
from hatnhan.core import deed_words
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.reviews.actions import handing_in, typing, writing
from hatnhan.reviews.models import Entry, FaultLine, SelfReview, WorkLine
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.review_parts import AnswerData, CriticismData, FaultData, WorkData, answer_mark
from hatnhan.reviews.selectors import texts
from hatnhan.reviews.tests import written
from hatnhan.reviews.tests.written import NOW


@pytest.fixture
def one(place, people):
    """The member's entry of 2026."""
    return written.entry(written.cycle(place.commune), people.member, place.village)


@pytest.fixture
def own(people):
    return {"by": people.member.user, "at": NOW}


@pytest.fixture
def head(people):
    """The cell's secretary."""
    return {"by": people.village_secretary.user, "at": NOW}


def _records(action):
    return list(Record.objects.filter(action=action))


def _code(act, *args, **kwargs):
    with pytest.raises(RuleBroken) as refused:
        act(*args, **kwargs)
    return refused.value


def test_one_begins_writes_and_hands_in_and_each_deed_is_on_record_without_texts(one, own):
    review = writing.start_review(entry=one, **own)
    for field in texts.fields_of(one):
        if field.required == "yes":
            review = writing.save_answer(review=review, field=field.key, text="Đã làm.", **own)
    review = writing.save_work(review=review, lines=[WorkData("Thu gom rác", "12 buổi", "on_time")], **own)
    points = {c.key: c.points for c in texts.criteria_of(one)}
    review = writing.save_scores(review=review, points=points, **own)
    review = writing.choose_grade(review=review, grade="xs", **own)
    handing_in.submit_review(review=review, **own)
    one.refresh_from_db()
    kept = SelfReview.objects.get()
    assert (one.state, one.self_grade, kept.submitted_at) == (Entry.State.SUBMITTED, "xs", NOW)
    assert sum(texts.points_of(one).values()) == Decimal(100)
    required = sum(field.required == "yes" for field in texts.fields_of(one))
    assert len(_records(Action.WRITE)) == required + 4
    assert [r.details["self_grade"] for r in _records(Action.SUBMIT)] == ["xs"]
    assert all("Đã làm" not in str(r.details) and r.subject_id == one.member_id for r in Record.objects.all())


def test_what_is_missing_is_named_each(one, own):
    review = writing.start_review(entry=one, **own)
    review = writing.save_work(review=review, lines=[WorkData("Thu gom rác")], **own)
    error = _code(handing_in.submit_review, review=review, **own)
    first = next(field for field in texts.fields_of(one) if field.required == "yes")
    assert (error.code, error.field) == ("incomplete", first.key)
    for words in (first.label, "Việc thứ 1 chưa chọn kết quả", "chưa chấm điểm", "Chưa tự nhận mức xếp loại"):
        assert words in error.message
    assert all(one.words in error.message for one in texts.lacks(texts.text_of(review)))
    assert SelfReview.objects.get().submitted_at is None


def test_whoever_is_reviewed_but_not_graded_scores_nothing(one, own):
    Entry.objects.update(standing="not_graded", standing_because="Mới kết nạp")
    one.refresh_from_db()
    review = writing.start_review(entry=one, **own)
    assert not [x for x in texts.lacks(texts.text_of(review)) if x.part in {texts.POINTS, texts.GRADE}]
    assert _code(writing.choose_grade, review=review, grade="t", **own).code == "not_graded"
    assert _code(writing.save_scores, review=review, points={}, **own).code == "not_graded"


@pytest.mark.parametrize(
    ("points", "code"),
    [("6.01", "points"), ("-1", "points"), ("5.125", "points"), ("6", ""), ("0", "")],
)
def test_points_lie_within_the_criterion(one, own, points, code):
    review = writing.start_review(entry=one, **own)
    act = {"review": review, "points": {"politics": Decimal(points)}, **own}
    if code:
        error = _code(writing.save_scores, **act)
        assert (error.code, error.field) == (code, "politics")
    else:
        writing.save_scores(**act)
        assert texts.points_of(one) == {"politics": Decimal(points)}


@pytest.mark.parametrize(
    ("level", "code"), [("5", "level"), ("0", "level"), ("2.5", "level"), ("4", ""), ("1", "")]
)
def test_levels_are_four_where_the_regime_does_not_count_points(place, people, own, level, code):
    old = written.entry(written.cycle(place.commune, 2017), people.member, place.village)
    review = writing.start_review(entry=old, **own)
    act = {"review": review, "points": {"politics": Decimal(level)}, **own}
    if code:
        assert _code(writing.save_scores, **act).code == code
    else:
        writing.save_scores(**act)
    with pytest.raises(RuleBroken) as wrong:
        writing.save_answer(review=SelfReview.objects.get(), field="politics", text="Tốt", rating=7, **own)
    assert wrong.value.code == "rating"


def test_two_who_write_the_same_field_are_told_and_two_fields_are_no_quarrel(one, own):
    review = writing.start_review(entry=one, **own)
    empty = answer_mark(AnswerData())
    writing.save_answer(review=review, field="politics", text="Bản thứ nhất", seen=empty, **own)
    error = _code(writing.save_answer, review=review, field="politics", text="Bản hai", seen=empty, **own)
    assert error.code == "changed_meanwhile"
    writing.save_answer(review=review, field="ethics", text="Mục khác", seen=empty, **own)
    assert (
        _code(writing.save_answer, review=review, field="tasks", text="x", **own).code == "changed_meanwhile"
    )
    before = Record.objects.count()
    now = SelfReview.objects.get()
    again = writing.save_answer(review=now, field="politics", text=" Bản thứ nhất ", seen="cũ", **own)
    assert (again.version, Record.objects.count()) == (now.version, before)
    assert {k: a.text for k, a in texts.answers_of(now).items()} == {
        "politics": "Bản thứ nhất", "ethics": "Mục khác",
    }  # fmt: skip


def test_lines_from_the_record_stay_whatever_is_sent(one, own, place):
    review = writing.start_review(entry=one, **own)
    FaultLine.objects.create(entry=one, place=1, noted="Kết luận 03-KL/UBKT", text="Chậm báo cáo", laid=True)
    review = writing.save_faults(review=review, lines=[FaultData("Chi bộ", "Ngại va chạm", "doing")], **own)
    assert [(f.text, f.laid) for f in FaultLine.objects.all()] == [
        ("Chậm báo cáo", True),
        ("Ngại va chạm", False),
    ]
    lines = [FaultData("Kết luận 03-KL/UBKT", "Chậm báo cáo", "fixed", "Đã gửi đủ")]
    writing.save_faults(review=review, lines=lines, **own)
    assert [(f.said, f.laid) for f in FaultLine.objects.all()] == [("fixed", True)]


def test_empty_rows_fall_out_and_half_written_ones_stay(one, own):
    review = writing.start_review(entry=one, **own)
    review = writing.save_work(review=review, lines=[WorkData(" "), WorkData("", "12 buổi")], **own)
    assert [(w.place, w.title, w.product, w.said) for w in WorkLine.objects.all()] == [(1, "", "12 buổi", "")]
    review = writing.save_criticisms(review=review, lines=[CriticismData(""), CriticismData("Ngại")], **own)
    assert [x.field for x in texts.lacks(texts.text_of(review)) if x.part == texts.CRITICISM] == ["mended-1"]
    assert _code(writing.save_work, review=review, lines=[WorkData("a", "", "great")], **own).code == "choice"


def test_who_may_write_what(one, own, head, people, cast):
    for role in ("inspector", "school_secretary", "outsider", "administrator"):
        with pytest.raises(Denied):
            writing.start_review(entry=one, by=getattr(cast.users, role), at=NOW)
    review = writing.start_review(entry=one, **own)
    with pytest.raises(Denied, match="đang viết"):
        writing.save_answer(review=review, field="politics", text="Chen vào", **head)
    assert SelfReview.objects.get().version == 0


def test_what_is_typed_for_another_says_where_the_paper_is_and_is_confirmed_by_the_member(
    one, own, head, people
):
    assert _code(writing.start_review, entry=one, **head).code == "note_missing"
    review = written.filled(
        one, by=head["by"], typed_note="Bản giấy nộp ngày 20/11, chi ủy giữ", submitted_at=NOW
    )
    assert (review.typed_by, review.confirmed_at) == (str(head["by"]), None)
    with pytest.raises(Denied):
        typing.confirm_review(review=review, **head)
    typing.confirm_review(review=review, **own)
    assert _code(typing.confirm_review, review=review, **own).code == "already_done"
    with pytest.raises(Denied):
        handing_in.return_review(review=review, because="Không phải lời tôi", **own)
    handing_in.return_review(review=review, because="Bổ sung số liệu", **head)
    assert SelfReview.objects.get().confirmed_at is None
    assert [(r.details["typed_by"]) for r in _records(Action.CONFIRM)] == [str(head["by"])]


def test_the_member_gives_back_what_was_typed_wrongly_and_the_typist_mends_it(one, own, head):
    review = written.filled(one, by=head["by"], typed_note="Bản giấy", submitted_at=NOW)
    handing_in.return_review(review=review, because="Chép thiếu mục II", **own)
    one.refresh_from_db()
    kept = SelfReview.objects.get()
    assert (one.state, kept.submitted_at, kept.returned_because) == ("due", None, "Chép thiếu mục II")
    assert _records(Action.RETURN)[0].details["was_submitted_at"]
    kept = writing.save_answer(review=kept, field="limits", text="Đủ", **head)
    handing_in.submit_review(review=kept, **own)
    kept.refresh_from_db()
    assert (kept.confirmed_at, kept.returned_because) == (NOW, "")


def test_only_the_head_gives_back_and_only_before_the_sitting(one, own, head, cast):
    review = written.filled(one, submitted_at=NOW)
    for role in ("member", "school_secretary", "inspector"):
        with pytest.raises(Denied):
            handing_in.return_review(review=review, because="x", by=getattr(cast.users, role), at=NOW)
    assert _code(handing_in.return_review, review=review, because=" ", **head).code == "reason_missing"
    Entry.objects.update(state="reviewed")
    assert _code(handing_in.return_review, review=review, because="Sửa", **head).code == "state"


def test_nothing_is_written_after_it_was_handed_in_or_the_cycle_was_closed(one, own):
    review = written.filled(one, submitted_at=NOW)
    assert _code(writing.save_answer, review=review, field="politics", text="Sửa", **own).code == "state"
    Entry.objects.update(state="due")
    one.cycle.__class__.objects.update(state="closed", closed_on=NOW.date())
    assert _code(writing.save_answer, review=review, field="politics", text="Sửa", **own).code == "closed"


def test_the_record_has_words_for_every_detail(one, own, head):
    review = written.filled(one, by=head["by"], typed_note="Bản giấy", submitted_at=NOW)
    typing.confirm_review(review=review, **own)
    kept = handing_in.return_review(review=SelfReview.objects.get(), because="Bổ sung", **head)
    kept = writing.save_criticisms(review=kept, lines=[], **head)
    kept = writing.choose_grade(review=kept, grade="ht", **head)
    handing_in.submit_review(review=kept, **own)
    for row in Record.objects.all():
        for name in row.details:
            assert deed_words.detail(name, row.action) != name, (row.action, name)
    assert deed_words.value("part", "tu-phe-binh", Action.TYPE) == "tự phê bình"


def test_who_is_left_out_has_no_review(one, own):
    Entry.objects.update(standing="left_out", standing_because="Miễn sinh hoạt")
    assert _code(writing.start_review, entry=one, **own).code == "left_out"


@pytest.mark.parametrize("year", [2017, 2018, 2019, 2023, 2025, 2026])
def test_a_whole_review_of_every_regime_is_taken_over_in_one_deed(
    place, people, year, django_assert_max_num_queries
):
    one = written.entry(written.cycle(place.commune, year), people.member, place.village)
    data = written.whole(one)
    with django_assert_max_num_queries(36):
        handing_in.fill_review(by=written.MACHINE, at=NOW, entry=one, data=data, submitted_at=NOW)
    one.refresh_from_db()
    assert (one.state, one.self_grade) == ("submitted", "t")
    assert Record.objects.count() == 1
    assert not texts.lacks(texts.text_of(SelfReview.objects.get()))
