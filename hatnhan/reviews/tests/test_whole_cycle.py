"""One year under 366-QĐ/TW from opening to closing, each deed by whoever does it, and what is said of a grade."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.models import Membership
from hatnhan.organization.tests import make as places
from hatnhan.reviews.actions import (
    agreeing,
    appraising,
    closing,
    cycles,
    deciding,
    handing_in,
    looking_again,
    notifying,
    proposing,
    regrading,
    remarks,
    sittings,
    voting,
)
from hatnhan.reviews.actions.drafting import LineData
from hatnhan.reviews.models import Entry, Place, SelfReview
from hatnhan.reviews.review_parts import WorkData
from hatnhan.reviews.selectors import explain, texts
from hatnhan.reviews.selectors.assessed import assessments
from hatnhan.reviews.tests import make, written

pytestmark = pytest.mark.django_db
PAPER = "Bản giấy nộp chi ủy ngày 20/11/2026"


def day(month, number):
    return clock.fixed(clock.at(date(2026, month, number), 9))


class Year:
    """The year as its people bring it along; the clock stands on the day of each deed."""

    def __init__(self, place, people):
        self.place, self.people = place, people
        self.head = people.secretary.user
        with day(11, 10):
            self.cycle = cycles.open_cycle(
                by=self.head, at=clock.now(), unit=place.commune, year=2026, plan_no="5-KH"
            )

    def entry(self, whose, body=""):
        return make.entry(self.cycle, whose, body)

    def all(self, **wanted):
        rows = Entry.objects.filter(cycle=self.cycle, standing="graded", **wanted)
        return list(rows.select_related("cycle__unit", "member", "unit").order_by("pk"))

    def points(self, entry, share):
        return {
            one.key: (one.points * Decimal(share)).quantize(Decimal("0.01"))
            for one in texts.criteria_of(entry)
        }

    def hand_in(self):
        with day(11, 20):
            for one in self.all():
                work = tuple(WorkData(f"Việc {n}", "", "exceeded" if n < 2 else "on_time") for n in range(5))
                points = self.points(one, "0.95" if one.pk == self.entry(self.people.member).pk else "0.8")
                own = one.member_id == self.people.member.pk
                data = written.whole(
                    one, work=work, points=points, typed_note="" if own else PAPER, faults=()
                )
                by = self.people.member.user if own else self.head
                handing_in.fill_review(by=by, at=clock.now(), entry=one, data=data, submitted_at=clock.now())

    def places(self, sitting):
        return list(
            Place.objects.filter(sitting=sitting).select_related("entry__member", "entry__unit", "sitting")
        )

    def meet(self, by, unit, body, on, absent=None):
        with day(12, on):
            sitting = make.sitting(self.cycle, unit, body)
            away = {
                one.pk: "Ốm"
                for one in self.places(sitting)
                if one.entry.member_id == getattr(absent, "pk", 0)
            }
            sittings.hold_sitting(
                by=by,
                at=clock.now(),
                sitting=sitting,
                held_on=clock.today(),
                entitled=9,
                present=8,
                absent=away,
            )

    def propose(self, by, unit, body, on, number="1-BC", *, agree=True):
        with day(12, on):
            sitting = make.sitting(self.cycle, unit, body)
            if agree:
                agreeing.agree_all(by=by, at=clock.now(), sitting=sitting)
            sitting = make.sitting(self.cycle, unit, body)
            there = voting.voted_on(self.places(sitting))
            best = {one.pk: "xs" if one.entry.member_id == self.people.member.pk else "t" for one in there}
            votes = {pk: {one: 8} for pk, one in best.items()}
            voting.count_cards(by=by, at=clock.now(), sitting=sitting, votes=votes)
            sitting = make.sitting(self.cycle, unit, body)
            why = {one.pk: "Chi bộ xem xét" if one.entry.member_id is None else "" for one in there}
            told = {pk: (one, why[pk]) for pk, one in best.items()}
            proposing.propose(by=by, at=clock.now(), sitting=sitting, grades=told, proposal_no=number)

    def sign(self, rows, number, outside="", **other):
        found = assessments(rows)
        lines = {}
        for one in rows:
            grade = other.get(str(one.pk)) or one.appraised_grade or one.proposed_grade
            fits = grade in found[one.pk].allowed
            lines[one] = LineData(grade) if fits else LineData(grade, "Đảng ủy xem xét", "9-KL/ĐU")
        made = deciding.draft_decision(
            by=self.head, at=clock.now(), cycle=self.cycle, title="Xếp loại", entries=lines, outside=outside
        )
        deciding.sign_decision(by=self.head, at=clock.now(), decision=made, number=number, signed_by="Bí thư")
        return made


@pytest.fixture
def away(place, people):
    return places.member(place.school, "Lê Văn Viễn")


@pytest.fixture
def year(place, people, away):
    return Year(place, people)


def test_a_year_from_opening_to_closing(year, place, people, cast, away):
    year.hand_in()
    comment(year, people)
    meet(year, place, people, cast, away)
    decision = decide(year, place, people)
    tell_and_close(year, people, decision)
    assert SelfReview.objects.filter(entry__cycle=year.cycle).count() == len(year.all())


def comment(year, people):
    """The head of the cell writes what the residence says; a member does not."""
    village, member = people.village_secretary.user, year.entry(people.member)
    with day(11, 22), pytest.raises(Denied):
        remarks.write_remark(
            by=people.member.user, at=clock.now(), entry=member, kind="residence", source="Chi ủy nơi cư trú",
            on=clock.today(), text="Tốt.",
        )  # fmt: skip
    with day(11, 22):
        remarks.write_remark(
            by=village, at=clock.now(), entry=year.entry(people.member), kind="residence", on=clock.today(),
            source="Chi ủy nơi cư trú", text="Gương mẫu.",
        )  # fmt: skip


def meet(year, place, people, cast, away):
    """Leaders at their cell first, then in their collective; whoever was absent later, by the same body."""
    village, school = people.village_secretary.user, people.school_secretary.user
    with pytest.raises(RuleBroken, match="Chi bộ chưa kiểm điểm"):
        year.meet(year.head, place.commune, "committee", 1)
    year.meet(village, place.village, "members", 2, absent=people.member)
    year.meet(school, place.school, "members", 2)
    year.propose(village, place.village, "members", 3)
    with day(12, 8):
        late = next(
            one for one in year.places(make.sitting(year.cycle, place.village)) if not one.reviewed_on
        )
        assert late.entry.member_id == people.member.pk
        sittings.review_absent(by=village, at=clock.now(), place=late, on=clock.today())
    year.propose(village, place.village, "members", 9, number="2-BC")
    Membership.objects.create(
        member=away,
        unit=place.village,
        kind="temporary",
        start=date(2026, 9, 1),
        start_reason="recorded",
    )
    with pytest.raises(RuleBroken, match="chưa có nhận xét nơi sinh hoạt tạm thời"):
        year.propose(school, place.school, "members", 9)
    with day(12, 9):
        page = reverse("reviews:residence", args=[make.sitting(year.cycle, place.school).pk])
        assert "Chưa có nhận xét nơi sinh hoạt tạm thời" in cast.school_secretary.get(page).content.decode()
        remarks.write_remark(
            by=school, at=clock.now(), entry=year.entry(away), kind="temporary", source="Chi bộ thôn Chùa",
            on=clock.today(), text="Dự đủ sinh hoạt.",
        )  # fmt: skip
        assert "tạm thời" not in cast.school_secretary.get(page).content.decode()
    year.propose(school, place.school, "members", 9, agree=False)
    bodies = Place.objects.filter(sitting__cycle=year.cycle, sitting__unit=place.commune)
    for body in sorted(set(bodies.values_list("sitting__body", flat=True)), reverse=True):
        year.meet(year.head, place.commune, body, 10)
        year.propose(year.head, place.commune, body, 11)
    assert {one.state for one in year.all()} == {"proposed"}


def decide(year, place, people):
    """Staff appraise, then it is decided in order and within the caps; return the decision on members."""
    village, member = people.village_secretary.user, year.entry(people.member)
    with day(12, 12):
        rows = year.all()
        told = {one: (one.proposed_grade, "Đã xem hồ sơ") for one in rows}
        with pytest.raises(Denied):
            appraising.appraise(by=village, at=clock.now(), entries=told)
        appraising.appraise(by=year.head, at=clock.now(), entries=told)
    with day(12, 15):
        # One excellent of so few good is over the cap: the committee chooses, not the software.
        people_rows = year.all(of="member")
        above = [one for one in year.all(of="collective") if one.unit_id == place.commune.pk]
        year.sign(above, "1-QĐ/TU", outside="Ban Thường vụ Tỉnh ủy")
        with pytest.raises(RuleBroken) as refused:
            year.sign(people_rows, "1-QĐ/ĐU")
        assert (refused.value.code, "Nguyễn Thị Hòa" in refused.value.message) == ("over_cap", True)
    with day(12, 15):
        deciding.drop_decision(by=year.head, at=clock.now(), decision=year.cycle.decisions.get(state="draft"))
        # A cell comes after its members.
        with pytest.raises(RuleBroken) as refused:
            year.sign(year.all(subject="cell"), "3-QĐ/ĐU")
        assert refused.value.code == "members_first"
        deciding.drop_decision(by=year.head, at=clock.now(), decision=year.cycle.decisions.get(state="draft"))
        decision = year.sign(people_rows, "1-QĐ/ĐU", **{str(member.pk): "t"})
    with day(12, 18):
        year.sign(year.all(subject="cell"), "3-QĐ/ĐU")
        with pytest.raises(RuleBroken) as refused:
            closing.close_cycle(by=year.head, at=clock.now(), cycle=year.cycle)
        assert refused.value.code == "unfinished"
        year.sign(year.all(subject="organisation"), "4-QĐ/TU", outside="Ban Thường vụ Tỉnh ủy")
    return decision


def tell_and_close(year, people, decision):
    """Everybody is told, one asks again, the year is closed; a grade is kept, or given anew within the cap."""
    with day(12, 18):
        deciding.publish_decision(by=year.head, at=clock.now(), decision=decision)
        notifying.notify(
            by=year.head, at=clock.now(), entries=year.all(of="member"), on=clock.today(), to="Từng người"
        )
    with day(12, 20):
        again = looking_again.ask_again(
            by=people.member.user,
            at=clock.now(),
            entry=year.entry(people.member),
            text="Đủ điều kiện xuất sắc",
        )
        told = explain.explanation_of(year.entry(people.member))
        assert "đủ điều kiện “Hoàn thành xuất sắc nhiệm vụ”" in " ".join(told.lines)
        assert "Mức đang ghi là “Hoàn thành tốt nhiệm vụ”" in " ".join(told.lines)
        assert all(row.cite for block in told.all_blocks for row in block.rows)
        closing.close_cycle(by=year.head, at=clock.now(), cycle=year.cycle)
        with pytest.raises(RuleBroken):
            regrading.regrade(
                by=year.head, at=clock.now(), entry=year.entry(people.member), ground="asked", new_grade="xs",
                reason="Xem lại", number="9-QĐ/ĐU", signed_on=clock.today(), again=again, signed_by="Bí thư",
            )  # fmt: skip
        looking_again.keep_grade(
            by=year.head,
            at=clock.now(),
            again=again,
            answer="Đã hết tỷ lệ",
            answer_no="10-CV/ĐU",
            on=clock.today(),
        )
