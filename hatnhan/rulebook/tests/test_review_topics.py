"""The topics of the yearly review on page and form: words of choices, lines, long tables, numbers with commas."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from pydantic import ValidationError

from hatnhan import rulebook
from hatnhan.rulebook.models import Overlay
from hatnhan.rulebook.tests.test_rows import kept, send, typed
from hatnhan.rulebook.topics import (
    GradeConditions,
    ReviewCaps,
    ReviewForms,
    ReviewRegime,
    ReviewRubric,
    ReviewSteps,
)

SIX = (ReviewRegime, ReviewRubric, GradeConditions, ReviewCaps, ReviewForms, ReviewSteps)
ON = date(2026, 12, 1)


def number_of(topic, part, **wanted):
    """The number of the row that has these values, as the form counts them."""
    rows = getattr(rulebook.at(topic, on=ON).value, part)
    found = [
        number
        for number, row in enumerate(rows)
        if all(str(getattr(row, key)) == value for key, value in wanted.items())
    ]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("topic", SIX)
def test_what_is_sent_unchanged_is_what_there_was(cast, topic):
    send(cast.secretary, topic, typed(topic))
    assert kept(topic) == rulebook.history(topic)[-1].value


@pytest.mark.parametrize("topic", SIX)
def test_pages_speak_in_words_and_the_form_opens_with_the_value_in_force(cast, topic):
    page = cast.member.get(reverse("rulebook:topic", args=[topic.topic])).content.decode()
    shown = page.replace('"', " ")
    assert all(
        f">{one}<" not in shown for one in ("yes", "no", "left_out", "non_leader", "at_least", "floor")
    )
    form = cast.secretary.get(reverse("rulebook:overlay-set", args=[topic.topic])).content.decode()
    for name, given in rulebook.history(topic)[-1].value:
        if isinstance(given, tuple):
            assert f'name="value_{name}-rows"' in form
        else:
            assert f'name="value_{name}"' in form
            assert str(given) in form


def test_a_local_rubric_set_in_the_form_is_the_law_of_the_cells_below(cast, place):
    sent = typed(ReviewRubric)
    quality = number_of(ReviewRubric, "criteria", key="quality", subject="non_leader")
    on_time = number_of(ReviewRubric, "criteria", key="on_time", subject="non_leader")
    sent |= {f"value_criteria-{quality}-points": "27,5", f"value_criteria-{on_time}-points": "17.25"}
    new = int(sent["value_criteria-rows"]) - 3
    sent |= {
        f"value_criteria-{new}-subject": "non_leader",
        f"value_criteria-{new}-part": "result",
        f"value_criteria-{new}-title": "Chuyển đổi số",
        f"value_criteria-{new}-points": "5,25",
    }
    send(cast.secretary, ReviewRubric, sent)
    rule = rulebook.at(ReviewRubric, on=ON, unit=place.village)
    criteria = {one.key: one for one in rule.value.of("non_leader")}
    assert rule.local
    assert rule.version == rulebook.at(ReviewRubric, on=ON, unit=place.commune).version
    assert criteria["quality"].points == Decimal("27.5")
    assert criteria["on_time"].points == Decimal("17.25")
    assert (criteria["chuyen_doi_so"].points, criteria["chuyen_doi_so"].core) == (Decimal("5.25"), "no")
    assert sum(one.points for one in criteria.values()) == 100
    assert rule.value.of("leader") == rulebook.at(ReviewRubric, on=ON).value.of("leader")
    page = cast.member.get(reverse("rulebook:topic", args=[ReviewRubric.topic])).content.decode()
    assert "27,5" in page
    assert "17,25" in page


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ("nhiều", "Điểm tối đa: ghi một số, như 12 hoặc 12,5."),
        ("5,125", "Điểm tối đa: ghi không quá 2 chữ số sau dấu phẩy."),
        ("101", "Điểm tối đa: ghi số không quá 100."),
        ("29", "Điểm các tiêu chí của đảng viên không giữ chức vụ cộng lại được 99; phải bằng 100."),
    ],
)
def test_points_that_cannot_be_are_refused_in_words(cast, points, words):
    quality = number_of(ReviewRubric, "criteria", key="quality", subject="non_leader")
    shown = send(
        cast.secretary, ReviewRubric, typed(ReviewRubric) | {f"value_criteria-{quality}-points": points}, 422
    )
    assert words in shown
    assert not Overlay.objects.exists()


def test_rows_added_to_two_tables_of_conditions_do_not_clash_and_one_table_may_be_empty(cast):
    sent = typed(GradeConditions)
    row = {"subject": "member", "cite": "12-QĐ/ĐU (20/12/2025)", "confirmed": "yes", "fact": "months_sick"}
    row |= {"op": "at_least", "value": "3"}
    for part, more in (
        ("conditions", {"grade": "xs"}),
        ("triggers", {"lifted": "no"}),
        ("ceilings", {"best": "ht"}),
    ):
        number = int(sent[f"value_{part}-rows"]) - 3
        sent |= {f"value_{part}-{number}-{key}": text for key, text in (row | more).items()}
    send(cast.secretary, GradeConditions, sent)
    value = kept(GradeConditions)
    assert [one.key for one in (value.conditions[-1], value.triggers[-1], value.ceilings[-1])] == [
        "rieng_1"
    ] * 3
    before = rulebook.history(GradeConditions)[-1].value
    assert (len(value.conditions), len(before.ceilings)) == (len(before.conditions) + 1, 0)
    assert "Chưa có dòng nào" in send(
        cast.secretary, GradeConditions, sent | {"value_conditions-rows": "0"}, 422
    )


def test_a_line_may_be_left_empty_only_where_the_topic_lets_it(cast):
    send(
        cast.secretary, ReviewForms, typed(ReviewForms) | {"value_regrading": "", "value_residence": "02-HD"}
    )
    assert (kept(ReviewForms).regrading, kept(ReviewForms).residence) == ("", "02-HD")
    assert "value_name" in send(cast.secretary, ReviewRegime, typed(ReviewRegime) | {"value_name": ""}, 422)
    long = typed(ReviewRegime) | {"value_name": "x" * 201}
    assert "ghi gọn trong 200 chữ" in send(cast.secretary, ReviewRegime, long, 422)
    frames = typed(ReviewRegime) | {"value_common_points": "31"}
    assert "Hai nhóm điểm cộng lại phải bằng 100." in send(cast.secretary, ReviewRegime, frames, 422)


# --- The law itself -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("topic", SIX)
def test_the_five_regimes_are_there_and_none_is_said_to_be_sure_as_a_whole(topic):
    rules = rulebook.history(topic)
    days = [(2014, 9, 25), (2018, 9, 24), (2019, 10, 18), (2023, 11, 10), (2025, 8, 30)]
    assert [rule.start for rule in rules] == [date(*one) for one in days]
    assert all(rule.source.date and rule.source.note and not rule.confirmed for rule in rules)


def cited(value):
    return [
        row for _name, given in value if isinstance(given, tuple) for row in given if hasattr(row, "cite")
    ]


@pytest.mark.parametrize("topic", [GradeConditions, ReviewCaps, ReviewSteps])
def test_every_row_says_where_it_stands_with_number_and_date(topic):
    for rule in rulebook.history(topic):
        assert cited(rule.value)
        assert all(
            f"/{year})" in row.cite for row in cited(rule.value) if (year := row.cite.split("/")[-1][:4])
        )
    assert all(row.confirmed == "no" for row in cited(rulebook.history(topic)[0].value)), (
        "nothing of 2014 was read"
    )


@pytest.mark.parametrize(
    "on", [date(2017, 12, 1), date(2018, 12, 1), date(2020, 12, 1), date(2024, 12, 1), ON]
)
def test_every_kind_of_subject_has_a_form_a_decider_and_criteria(on):
    forms, steps, rubric = (
        rulebook.at(topic, on=on).value for topic in (ReviewForms, ReviewSteps, ReviewRubric)
    )
    for subject in ("leader", "non_leader", "outside", "collective", "cell", "organisation"):
        form = forms.of(subject)
        assert form
        assert forms.fields_of(form)
        assert steps.decider_of(subject)
        assert rubric.of(subject)


def test_the_numbers_of_forms_were_swapped_between_2023_and_2025():
    def numbers(on):
        forms = rulebook.at(ReviewForms, on=on).value
        return [forms.of(one).number for one in ("leader", "non_leader")]

    assert numbers(date(2024, 12, 1)) == ["02B", "02A"]
    assert numbers(ON) == ["2A", "2B"]


def test_points_of_one_kind_of_subject_must_be_100_in_a_file_too():
    value = rulebook.at(ReviewRubric, on=ON).value
    with pytest.raises(ValidationError):
        ReviewRubric(criteria=value.criteria[1:])
