"""Lists of several things each: shown as tables, edited row by row without scripts, errors by row."""

from datetime import date

import pytest
from django.urls import reverse

from hatnhan import rulebook
from hatnhan.rulebook.models import Overlay
from hatnhan.rulebook.topics.meetings import MeetingScore, MonthlyAgenda

PAPER = {"start": "1/1/2026", "instrument": "12-QĐ/ĐU", "instrument_date": "20/12/2025"}


def typed(topic):
    """What the form of a topic sends when nothing is changed."""
    value = rulebook.history(topic)[-1].value
    sent = dict(PAPER)
    for name, given in value:
        if not isinstance(given, tuple):
            sent[f"value_{name}"] = str(given)
            continue
        sent[f"value_{name}-rows"] = str(len(given) + 3)
        for number, row in enumerate(given):
            sent[f"value_{name}-{number}-place"] = str(number + 1)
            for key, part in row:
                text = "; ".join(map(str, part)) if isinstance(part, tuple) else str(part)
                sent[f"value_{name}-{number}-{key}"] = text
    return sent


def send(client, topic, sent, status=302):
    response = client.post(reverse("rulebook:overlay-set", args=[topic.topic]), sent)
    assert response.status_code == status, response.content.decode()[-4000:]
    return response.content.decode()


def kept(topic):
    return topic.model_validate(Overlay.objects.get().value)


@pytest.mark.parametrize("topic", [MonthlyAgenda, MeetingScore])
def test_what_is_sent_unchanged_is_what_there_was(cast, topic):
    send(cast.secretary, topic, typed(topic))
    assert kept(topic) == rulebook.history(topic)[-1].value


def test_rows_are_moved_dropped_and_added(cast):
    sent = typed(MonthlyAgenda)
    titles = [one.title for one in rulebook.history(MonthlyAgenda)[-1].value.steps]
    sent |= {"value_steps-3-title": "", "value_steps-3-minutes": ""}
    sent |= {"value_steps-4-place": "2"}
    new = {"part": "closing", "title": "Chào cờ", "minutes": "5", "place": ""}
    sent |= {f"value_steps-7-{key}": text for key, text in new.items()}
    send(cast.secretary, MonthlyAgenda, sent)
    expected = [titles[0], titles[4], titles[1], titles[2], titles[5], titles[6], "Chào cờ"]
    assert [one.title for one in kept(MonthlyAgenda).steps] == expected


def test_a_new_criterion_gets_a_name_of_its_own_and_the_scale_is_read(cast):
    sent = typed(MeetingScore)
    sent |= {
        "value_criteria-3-most": "6",
        "value_criteria-13-title": "Nền nếp",
        "value_criteria-13-most": "2",
    }
    sent |= {"value_criteria-13-computed": "attendance", "value_criteria-13-steps": "trên 95%: 2; từ 0%: 0"}
    send(cast.secretary, MeetingScore, sent)
    last = kept(MeetingScore).criteria[-1]
    assert (last.key, [str(one) for one in last.steps]) == ("rieng_1", ["trên 95%: 2", "từ 0%: 0"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"criteria-2-most": "nhiều"}, "Dòng 3, Điểm tối đa: ghi một số nguyên."),
        ({"criteria-2-most": "0"}, "Dòng 3, Điểm tối đa: ghi số lớn hơn 0."),
        ({"criteria-0-steps": "khoảng 9"}, "Dòng 1, Thang điểm khi phần mềm tính: Không hiểu"),
        ({"criteria-0-steps": ""}, "Dòng 1: Mục phần mềm tính thì phải có thang điểm"),
        ({"criteria-3-title": ""}, "Dòng 4, Nội dung: chưa ghi."),
        ({"criteria-3-computed": "x"}, "Dòng 4, Phần mềm tính theo: chọn một mục trong danh sách."),
        ({"criteria-3-most": "9"}, "Các mục cộng lại được 101 điểm."),
        ({"good_from": "60"}, "Các mức phải giảm dần"),
        ({"criteria-rows": "0"}, "Chưa có dòng nào."),
    ],
)
def test_errors_name_the_row_and_nothing_is_lost(cast, change, words):
    sent = typed(MeetingScore) | {f"value_{key}": text for key, text in change.items()}
    shown = send(cast.secretary, MeetingScore, sent, 422)
    assert words in shown
    assert not Overlay.objects.exists()
    if "criteria-rows" not in change:
        assert "Điều hành của người chủ trì" in shown


@pytest.mark.parametrize("topic", [MonthlyAgenda, MeetingScore])
def test_lists_are_shown_as_tables(cast, topic):
    shown = cast.member.get(reverse("rulebook:topic", args=[topic.topic])).content.decode()
    assert "Kết luận" in shown
    assert all(one not in shown for one in ("part=", "computed=", "self_criticism", "Reach("))
    everything = cast.member.get(reverse("rulebook:topics")).content.decode()
    assert "13 mục" in everything


def test_the_form_opens_with_the_value_in_force(cast):
    page = cast.secretary.get(reverse("rulebook:overlay-set", args=[MeetingScore.topic])).content.decode()
    assert "từ 90%: 30; từ 80%: 27" in page
    assert 'name="value_criteria-15-title"' in page


def test_it_holds_for_the_cells_below(cast, place):
    sent = typed(MeetingScore) | {"value_good_from": "85"}
    send(cast.secretary, MeetingScore, sent)
    rule = rulebook.at(MeetingScore, on=date(2026, 1, 1), unit=place.village)
    assert (rule.value.good_from, rule.local) == (85, True)
