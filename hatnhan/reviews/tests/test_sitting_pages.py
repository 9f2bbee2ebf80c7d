"""Pages of review meetings and remarks: who opens which, the way through, the number of queries."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hatnhan.audit.models import Entry as AuditEntry
from hatnhan.core import clock
from hatnhan.organization.models import Body
from hatnhan.organization.tests import make
from hatnhan.reviews.actions import proposing, remarks, sittings
from hatnhan.reviews.models import Place, Remark, Score, WorkLine
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.tests import make as reviews

AT = datetime(2026, 12, 10, 2, tzinfo=UTC)
HELD = date(2026, 12, 9)


@pytest.fixture(autouse=True)
def december():
    with clock.fixed(AT):
        yield


@pytest.fixture
def cycle(place, people):
    found = reviews.cycle(place.commune)
    reviews.submitted(found)
    return found


@pytest.fixture
def sitting(place, cycle):
    return reviews.sitting(cycle, place.village)


@pytest.fixture
def held(people, sitting):
    sittings.hold_sitting(
        by=people.village_secretary.user, at=AT, sitting=sitting, held_on=HELD, entitled=4, present=4
    )
    sitting.refresh_from_db()
    return sitting


def spot_of(sitting, member):
    return Place.objects.select_related("entry").get(sitting=sitting, entry__member=member)


def page(name, *args):
    return reverse(f"reviews:{name}", args=args)


def press(client, url, **data):
    """Hand a form in, read it over where it asks for that, and return where it leads."""
    answer = client.post(url, data)
    if answer.status_code == 200:
        answer = client.post(url, data | {"confirm": "1"})
    found = answer.context and answer.context["form"].errors
    assert answer.status_code == 302, (answer.status_code, found)
    return answer.url


# --- who opens what ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "sees", "runs"),
    [
        ("village_secretary", 200, 200),
        ("secretary", 200, 200),
        ("deputy", 200, 200),
        ("standing", 200, 403),
        ("inspector", 200, 403),
        ("member", 404, 404),
        ("school_secretary", 404, 404),
        ("administrator", 404, 404),
        ("outsider", 404, 404),
    ],
)
def test_who_opens_a_meeting_and_who_runs_it(cast, sitting, role, sees, runs):
    client = getattr(cast, role)
    assert client.get(page("sitting", sitting.pk)).status_code == sees
    assert client.get(page("residence", sitting.pk)).status_code == sees
    assert client.get(page("sitting-plan", sitting.pk)).status_code == runs
    assert client.get(page("sitting-hold", sitting.pk)).status_code == runs


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("member", 200),
        ("village_secretary", 200),
        ("secretary", 200),
        ("standing", 200),
        ("inspector", 404),
        ("school_secretary", 404),
        ("administrator", 404),
    ],
)
def test_who_reads_what_is_said_of_a_member(cast, people, cycle, role, status):
    entry = reviews.entry(cycle, people.member)
    assert getattr(cast, role).get(page("remarks", entry.pk)).status_code == status
    read = AuditEntry.objects.filter(action=Action.READ_REVIEW, subject_id=people.member.pk)
    assert read.exists() is (status == 200 and role != "member")


def test_who_knows_the_list_but_not_the_texts_does_not_open_a_place(cast, people, sitting):
    spot = spot_of(sitting, people.member)
    assert cast.inspector.get(page("place", sitting.pk, spot.pk)).status_code == 404
    listed = cast.inspector.get(page("sitting", sitting.pk))
    assert page("place", sitting.pk, spot.pk) not in listed.content.decode()
    assert cast.village_secretary.get(page("place", sitting.pk, spot.pk)).status_code == 200
    assert cast.village_secretary.get(page("place", sitting.pk + 1, spot.pk)).status_code == 404


# --- the way through --------------------------------------------------------------------------------------------------
def test_from_the_day_to_what_is_agreed_by_pages(cast, people, cycle, sitting):
    client = cast.village_secretary
    mine = spot_of(sitting, people.member)
    work = WorkLine.objects.create(entry=mine.entry, place=1, title="Thu đảng phí", said="exceeded")
    assert "Đặt ngày họp" in client.get(page("sitting", sitting.pk)).content.decode()
    press(client, page("sitting-plan", sitting.pk), planned_on="10/12/2026", chaired_by=people.deputy.pk)
    press(client, page("sitting-hold", sitting.pk), held_on="10/12/2026", entitled="4", present="4")
    assert "Thống nhất như tự đánh giá" in client.get(page("sitting", sitting.pk)).content.decode()
    criteria = law_of(cycle).rubric.value.of(mine.entry.subject)
    scores = {f"score_{one.key}": f"{one.points}".replace(".", ",") for one in criteria}
    agree = page("place-agree", sitting.pk, mine.pk)
    assert client.get(agree).status_code == 200
    refused = client.post(agree, {f"work_{work.pk}": "late"} | scores)
    assert refused.status_code == 422
    assert refused.context["form"].has_error(f"work_because_{work.pk}")
    press(client, agree, **{f"work_{work.pk}": "late", f"work_because_{work.pk}": "Chậm"}, **scores)
    assert Score.objects.filter(entry=mine.entry, stage="sitting").count() == len(criteria)
    assert "Chậm" in client.get(page("place", sitting.pk, mine.pk)).content.decode()


def test_what_each_says_is_agreed_on_at_once(cast, people, held):
    mine = spot_of(held, people.member)
    work = WorkLine.objects.create(entry=mine.entry, place=1, title="Thu đảng phí", said="exceeded")
    press(cast.village_secretary, page("sitting-agree-all", held.pk))
    work.refresh_from_db()
    assert work.agreed == "exceeded"


def test_from_the_vote_to_the_proposal_by_pages(cast, people, held):
    client = cast.village_secretary
    mine = spot_of(held, people.member)
    places = list(Place.objects.filter(sitting=held, proposes=True))
    assert client.get(page("sitting-count", held.pk)).status_code == 200
    many = client.post(page("sitting-count", held.pk), {f"votes_{mine.pk}_t": "5"})
    assert many.context["form"].has_error(f"votes_{mine.pk}_xs")
    press(client, page("sitting-count", held.pk), **{f"votes_{one.pk}_t": "4" for one in places})
    assert "4" in client.get(page("sitting-votes", held.pk)).content.decode()
    opened = client.get(page("sitting-propose", held.pk))
    assert opened.context["form"][f"grade_{mine.pk}"].value() == "t"
    assert [one.used for one in opened.context["caps"]] == [0, 0, 0]
    grades = {}
    for one in places:
        grades |= {f"grade_{one.pk}": "t", f"because_{one.pk}": "Hội nghị biểu quyết"}
    press(
        client, page("sitting-propose", held.pk), proposal_no="05-BC/CB", proposed_on="10/12/2026", **grades
    )
    assert reviews.entry(held.cycle, people.member).proposed_grade == "t"
    assert "05-BC/CB" in client.get(page("sitting", held.pk)).content.decode()
    press(client, page("sitting-take-back", held.pk), because="Ghi nhầm")
    assert reviews.entry(held.cycle, people.member).proposed_grade == ""


def test_one_who_was_absent_is_reviewed_later_by_a_page(cast, people, sitting):
    mine = spot_of(sitting, people.member)
    client = cast.village_secretary
    absent = {f"absent_{mine.pk}": "nằm viện"}
    press(client, page("sitting-hold", sitting.pk), held_on="9/12/2026", entitled="4", present="3", **absent)
    assert "nằm viện" in client.get(page("sitting", sitting.pk)).content.decode()
    press(client, page("place-later", sitting.pk, mine.pk), on="10/12/2026")
    mine.refresh_from_db()
    assert mine.reviewed_on == date(2026, 12, 10)


def test_a_proposal_over_a_cap_is_marked_and_still_the_bodys_to_make(cast, people, held):
    client = cast.village_secretary
    grades = {}
    for one in Place.objects.filter(sitting=held, proposes=True):
        grades |= {f"grade_{one.pk}": "xs", f"because_{one.pk}": "Hội nghị biểu quyết"}
    data = {"proposal_no": "05-BC/CB", "proposed_on": "10/12/2026"} | grades
    checked = client.post(page("sitting-propose", held.pk), data)
    assert checked.status_code == 200
    assert any(one.over for one in checked.context["caps"])
    assert "Vượt" in checked.content.decode()
    press(client, page("sitting-propose", held.pk), **data)


def test_the_secret_vote_is_drafted_from_a_page(cast, people, held):
    client = cast.village_secretary
    assert client.get(page("sitting-vote", held.pk)).status_code == 200
    url = press(
        client, page("sitting-vote", held.pk),
        first_teller=people.deputy.pk, second_teller=people.member.pk,
    )  # fmt: skip
    held.refresh_from_db()
    assert url == reverse("ballots:ballot", args=[held.ballot_id])
    assert client.get(url).status_code == 200
    assert client.get(page("sitting-vote", held.pk)).status_code == 404
    assert client.get(page("sitting-count", held.pk)).status_code == 404


# --- remarks ----------------------------------------------------------------------------------------------------------
def test_remarks_are_written_mended_and_answered(cast, people, cycle):
    entry = reviews.entry(cycle, people.member)
    head, member = cast.village_secretary, cast.member
    asked = head.get(page("remark-new", entry.pk) + "?loai=residence")
    assert "Không ghi tín ngưỡng" in asked.content.decode()
    assert asked.context["form"]["kind"].value() == "residence"
    said = {"source": "Chi ủy thôn Chùa", "number": "", "on": "1/12/2026", "text": "Chấp hành tốt"}
    assert head.post(page("remark-new", entry.pk), said | {"kind": "prompt"}).status_code == 422
    press(head, page("remark-new", entry.pk), **said, kind="residence")
    remark = Remark.objects.get()
    record = AuditEntry.objects.get(action=Action.REMARK)
    assert record.subject_id == people.member.pk
    assert "Chấp hành" not in str(record.details)
    assert member.get(page("remark-edit", remark.pk)).status_code == 403
    press(head, page("remark-edit", remark.pk), **said | {"text": "Chấp hành rất tốt"})
    assert head.get(page("remark-answer", remark.pk)).status_code == 404
    assert member.get(page("remark-answer", remark.pk)).status_code == 200
    press(member, page("remark-answer", remark.pk), text="Xin tiếp thu")
    shown = head.get(page("remarks", entry.pk)).content.decode()
    assert "Xin tiếp thu" in shown
    assert head.get(page("remark-edit", remark.pk)).status_code == 404
    assert head.get(page("remark-remove", remark.pk)).status_code == 404


def test_a_remark_written_by_mistake_is_taken_away_with_a_reason(cast, people, cycle):
    entry = reviews.entry(cycle, people.member)
    remark = remarks.write_remark(
        by=people.secretary.user,
        at=AT,
        entry=entry,
        kind="prompt",
        source="Ban Thường vụ",
        on=HELD,
        text="Rà lại",
    )
    # What is prompted from above is not the cell's to take away.
    assert cast.village_secretary.get(page("remark-remove", remark.pk)).status_code == 403
    press(cast.secretary, page("remark-remove", remark.pk), because="Nhầm người")
    assert not Remark.objects.exists()
    last = AuditEntry.objects.filter(action=Action.PROMPT).latest("pk")
    assert (last.details["removed"], last.details["reason"]) == (remark.pk, "Nhầm người")


def test_nobody_prompts_themselves(people, cycle):
    own = reviews.entry(cycle, people.secretary)
    assert "prompt" not in remarks.kinds_for(people.secretary.user, own)
    assert "prompt" in remarks.kinds_for(people.deputy.user, own)


def test_of_whom_the_residence_has_said_nothing(cast, people, cycle, sitting):
    entry = reviews.entry(cycle, people.member)
    before = cast.village_secretary.get(page("residence", sitting.pk))
    remarks.write_remark(
        by=people.village_secretary.user,
        at=AT,
        entry=entry,
        kind="residence",
        source="Thôn",
        on=HELD,
        text="Tốt",
    )
    after = cast.village_secretary.get(page("residence", sitting.pk))
    assert before.context["missing"] - after.context["missing"] == 1


# --- queries ----------------------------------------------------------------------------------------------------------
def count(client, url):
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.mark.parametrize(
    "name", ["sitting", "sitting-votes", "residence", "sitting-hold", "sitting-count", "sitting-propose"]
)
def test_the_number_of_queries_does_not_grow(cast, place, people, name):
    first = _commune(place, 3, 2025)
    more = _commune(place, 9, 2026)
    client = cast.village_secretary
    if name not in {"sitting-hold", "residence"}:
        for one in (first, more):
            sittings.hold_sitting(
                by=people.village_secretary.user, at=AT, sitting=one, held_on=HELD, entitled=20, present=20
            )
    client.get(page("residence", first.pk))
    few = count(client, page(name, first.pk))
    assert count(client, page(name, more.pk)) == few
    assert few <= 32, few


def _commune(place, extra, year):
    for number in range(extra):
        make.member(place.village, f"Nguyễn Văn {'ABCDEĐGHIK'[number]}{year}")
    opened = date(2026, 1, 5) if year == 2025 else None
    at = datetime(2026, 1, 5, 2, tzinfo=UTC) if year == 2025 else datetime(2026, 11, 20, 2, tzinfo=UTC)
    found = reviews.cycle(place.commune, year, at=at, **({"opened_on": opened} if opened else {}))
    reviews.submitted(found)
    return reviews.sitting(found, place.village)


def test_the_committees_sitting_is_its_members_to_open(cast, people, place, cycle):
    standing = reviews.sitting(cycle, place.commune, Body.STANDING)
    for role, status in (
        ("secretary", 200),
        ("standing", 200),
        ("inspector", 200),
        ("village_secretary", 404),
    ):
        assert getattr(cast, role).get(page("sitting", standing.pk)).status_code == status


def test_taking_back_needs_a_proposal(cast, people, held):
    assert cast.village_secretary.get(page("sitting-take-back", held.pk)).status_code == 404
    grades = {one.pk: ("t", "Lý do") for one in Place.objects.filter(sitting=held, proposes=True)}
    proposing.propose(
        by=people.village_secretary.user, at=AT, sitting=held, grades=grades, proposal_no="05-BC/CB"
    )
    assert cast.village_secretary.get(page("sitting-take-back", held.pk)).status_code == 200
