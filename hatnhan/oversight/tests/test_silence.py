"""Who wrote a denunciation stands in no text of the check that looks into it, and no page says whether it was tried."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from django.urls import reverse

from hatnhan.accounts.actors import MACHINE
from hatnhan.core import clock
from hatnhan.core.errors import RuleBroken
from hatnhan.oversight.actions import (
    concluding,
    denunciation_states,
    filing,
    findings,
    hearing,
    opening,
    reporting,
    steps,
    team,
)
from hatnhan.oversight.actions.findings import FindingData
from hatnhan.oversight.actions.silence import names
from hatnhan.oversight.models import Kind, StepPaper
from hatnhan.oversight.sealing import DenouncerData
from hatnhan.oversight.tests import checked
from hatnhan.oversight.tests.test_denunciation_actions import WRITER, check_of, received, signed, taken_up

NOW = checked.LATER
ON = date(2026, 3, 25)
SAID = "Có chữ trùng với thông tin phải giữ kín."
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(NOW):
        yield


def refused(action, **told):
    """Return the field and the words by which an action refuses a text that says who wrote the letter."""
    with pytest.raises(RuleBroken) as caught:
        action(**told)
    assert caught.value.code == "names_denouncer"
    return caught.value.field, caught.value.message


# --- what is a name --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Theo đơn của Trịnh Quốc Vượng", True),
        ("TRINH QUOC VUONG trình bày", True),
        ("Ông trịnh  quốc-vượng.", True),
        ("Trịnh Quốc Vượngs", False),
        ("Đ/c Trịnh Quốc Việt", False),
        ("Đến Xóm Bãi, xã Tam Hồng xác minh", True),
        ("Đến Xóm Bãi xác minh", False),
        ("Gọi số 0912.345.678", True),
        ("Gọi số 0912 345 679", False),
        ("", False),
    ],
)
def test_names_are_found_however_they_are_written(text, found):
    assert names(WRITER, text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Làm việc tại Chi bộ thôn Chùa", False),
        ("Chi bộ thôn Chùa, người ở thôn Chùa", True),
        ("Nhà ở thôn Chùa", True),
        ("Đồng chí Lê Văn An Bình trình bày", True),
    ],
)
def test_what_everybody_knows_is_not_held_against_a_text(text, found):
    writer = DenouncerData("Lê Văn An Bình", "Thôn Chùa")
    assert names(writer, text, known=["Chi bộ thôn Chùa", "Lê Văn An"]) is found


# --- every text ------------------------------------------------------------------------------------------------------
@pytest.fixture
def check(place, people):
    return taken_up(place, people).of_check


def minutes(check, **fields):
    told = {"place": "Nhà văn hóa", "present": "Đoàn kiểm tra", "content": "Làm việc với đối tượng"} | fields
    data = reporting.MinutesData("working", date(2026, 3, 10), **told)
    return partial(reporting.write_minutes, by=MACHINE, at=NOW, check=check, data=data)


def edit(check, **fields):
    names_ = ("title", "topic", "content", "examined_from", "examined_to", "decision_no", "ground")
    told = {name: getattr(check, name) for name in names_} | fields
    return partial(opening.edit_check, by=MACHINE, at=NOW, check=check, **told)


def conclude(check, people, **fields):
    told = {
        "text": "Tố cáo sai.", "conclusion_no": "07-TB/UBKT", "concluded_on": date(2026, 3, 31),
        "comply_by": date(2026, 5, 31), "follower": people.inspector,
    } | fields  # fmt: skip
    return partial(concluding.conclude, by=MACHINE, at=NOW, check=check, **told)


def deeds(check, people, text):
    """Return every deed that writes a text of the team, by the field that holds it."""
    by = {"by": MACHINE, "at": NOW}
    subject = check.subjects.get()
    step = check.dossier.steps.order_by("place").first()
    paper = StepPaper.objects.filter(step=step).first()
    data = FindingData("strength", "dues", text)
    return [
        *((name, edit(check, **{name: text})) for name in ("title", "content", "ground", "decision_no")),
        *((name, minutes(check, **{name: text})) for name in ("place", "present", "content")),
        ("reason", partial(opening.extend_check, **by, check=check, ends_by=ON, reason=text)),
        ("reason", partial(opening.stop_check, **by, check=check, reason=text)),
        ("remove", partial(team.change_team, **by, check=check, remove={people.standing: text})),
        ("text", partial(reporting.write_report, **by, check=check, text=text, reported_on=ON)),
        ("said", partial(hearing.hear_subject, **by, subject=subject, on=ON, heard_by=people.inspector, said=text)),
        ("not_heard_because", partial(hearing.hear_subject, **by, subject=subject, not_heard_because=text)),
        ("text", partial(findings.write_findings, **by, subject=subject, data=[data])),
        ("text", conclude(check, people, text=text)),
        ("signs_because", conclude(check, people, signs_because=text)),
        ("kept_at", partial(filing.file_paper, **by, paper=paper, kept_at=text)),
        ("reason", partial(filing.excuse_paper, **by, paper=paper, reason=text)),
        ("reason", partial(steps.skip_step, **by, step=step, reason=text)),
        ("reason", partial(steps.reopen_step, **by, step=step, reason=text)),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["Đ/c Trịnh Quốc Vượng", "Xóm Bãi, xã Tam Hồng", "Số máy 0912345678"])
def test_no_text_of_the_check_says_who_wrote(check, people, text):
    for field, deed in deeds(check, people, text):
        where, words = refused(deed)
        assert (where, words.startswith(SAID)) == (field, True), deed
        assert not any(one in words for one in ("Vượng", "Xóm Bãi", "0912", "viết đơn", "tố cáo"))


def test_the_same_words_without_it_are_written(check):
    edit(check, ground="Đơn số 1/2026")()
    check.refresh_from_db()
    minutes(check)()
    reporting.write_report(by=MACHINE, at=NOW, check=check, text="Không có cơ sở.", reported_on=ON)
    assert check.minutes.count() == 1


def test_the_conclusion_delivered_and_the_answer_say_it_no_more(check, people):
    checked.delivered(check, people)
    subject = check.subjects.get()
    by = {"by": MACHINE, "at": NOW, "subject": subject}
    told = {**by, "delivered_on": date(2026, 4, 1), "delivered_to": WRITER.name}
    assert refused(concluding.deliver, **told)[0] == "delivered_to"
    concluding.ask_again(**by, text="Đề nghị xem lại")
    assert refused(concluding.answer_again, **by, text=f"Đơn của {WRITER.name}")[0] == "text"


def test_the_opening_of_the_check_is_silent_of_letters_about_its_subjects(place, people):
    received(place, people)
    for field in ("title", "content", "ground", "decision_no"):
        assert refused(check_of, place=place, people=people, **{field: WRITER.name})[0] == field
    told = {"kind": Kind.SIGNS, "ground": WRITER.name}
    assert check_of(place, people, **told).pk, (
        "who is named in a check of another kind is named for its own sake"
    )


def test_a_letter_that_came_later_is_not_taken_up_by_a_check_that_names_its_writer(place, people):
    check = check_of(place, people, ground=f"Phản ánh của {WRITER.name}")
    told = {**signed(people.inspector), "denunciation": received(place, people), "check": check}
    field, words = refused(denunciation_states.accept_denunciation, **told)
    assert (field, WRITER.name in words) == ("check", False)


def test_letters_combined_into_that_of_the_check_are_kept_silent_too(place, people, check):
    writer = DenouncerData("Đinh Công Tráng", "Thôn Thượng, xã Tam Hồng")
    told = {"denunciation": received(place, people, denouncer=writer), "into": check.denunciation}
    denunciation_states.combine(**signed(people.inspector), **told)
    assert refused(minutes(check, content="Đinh Công Tráng trình bày"))[0] == "content"


def test_what_the_subject_writes_is_not_tried_against_it(check, people):
    """The one whom it is about could else try names until one is refused."""
    by = {"by": people.village_secretary.user, "at": NOW, "subject": check.subjects.get()}
    reporting.submit_self_report(**by, text=f"Tôi nghĩ là {WRITER.name}")


def test_the_page_says_it_beside_the_field_and_does_not_repeat_it_elsewhere(check, cast):
    """A member of the team who does not handle the letter is not told what it was."""
    url = reverse("oversight:report", args=[check.pk])
    page = cast.standing.get(url)
    typed = {"phieu": page.context["slip"], "reported_on": "25/3/2026", "text": f"Theo đ/c {WRITER.name}"}
    page = cast.standing.post(url, typed)
    assert page.status_code == 422
    (words,) = page.context["form"].errors["text"]
    assert words.startswith(SAID)
    assert WRITER.name not in words
