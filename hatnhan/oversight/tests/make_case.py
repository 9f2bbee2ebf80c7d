"""Discipline cases for tests: opened, reviewed, heard, and voted on by real ballots."""

from __future__ import annotations

from datetime import date, datetime, time

from hatnhan.accounts.actors import MACHINE
from hatnhan.ballots.actions.counting import PaperCount, close_ballot
from hatnhan.ballots.actions.opening import open_ballot
from hatnhan.ballots.tests.make import WORDS, cheap_keys
from hatnhan.core import clock
from hatnhan.organization.models import Body, Post
from hatnhan.organization.tests import make
from hatnhan.oversight.actions.case_hearing import hear
from hatnhan.oversight.actions.cases import CaseData, open_case
from hatnhan.oversight.actions.self_review import submit_self_review
from hatnhan.oversight.actions.voting import open_round, take_result

OPENED = date(2018, 9, 10)
REVIEWED = date(2018, 9, 20)
VOTED = date(2018, 10, 3)
ACTS = (("Bỏ sinh hoạt ba kỳ liền không lý do", date(2018, 3, 15)),)


def moment(day, hour=9):
    return datetime.combine(day, time(hour), clock.HERE)


def handler(unit, name="Trần Thị Mai"):
    """Return one who may have a case of a committee in hand: an inspector."""
    found = make.member(None, name, sex="F")
    make.post(found, unit, Post.INSPECTION_MEMBER)
    return found


def case_of(place, subject, handlers, *, unit=None, body="", on=OPENED, acts=ACTS, by=MACHINE, **fields):
    unit = unit or place.village
    body = body or (Body.MEMBERS if unit.is_cell else Body.STANDING)
    data = CaseData("Vi phạm chế độ sinh hoạt", acts, handlers, member=subject, **fields)
    with clock.fixed(moment(on)):
        return open_case(by=by, at=moment(on), unit=unit, body=body, data=data, opened_on=on)


def reviewed(case, on=REVIEWED):
    with clock.fixed(moment(on)):
        submit_self_review(
            by=MACHINE, at=moment(on), case=case, text="Tôi nhận khuyết điểm.", proposed="reprimand", on=on
        )
    return case


def heard(case, heard_by, on=REVIEWED):
    with clock.fixed(moment(on)):
        hear(
            by=MACHINE,
            at=moment(on),
            case=case,
            heard_by=heard_by,
            on=on,
            said="Tôi đã trình bày rõ sự việc.",
        )
    case.refresh_from_db()
    return case


def vote(case, number, tellers, present, choices, on=VOTED):
    """Hold one round on paper: ``choices`` by place, all others of those who came leave theirs blank."""
    at = moment(on, 19)
    with clock.fixed(at), cheap_keys():
        made = open_round(by=MACHINE, at=at, case=case, round=number, tellers=tellers)
        ids = [one.pk for one in present]
        open_ballot(by=MACHINE, at=at, ballot=made.ballot, present=ids, passphrases=WORDS)
        entitled = [one for one in present if one.pk != case.member_id]
        given = sum(choices.values())
        paper = PaperCount(
            issued=len(entitled), returned=len(entitled), blank=len(entitled) - given, choices=choices
        )
        close_ballot(by=MACHINE, at=at, ballot=made.ballot, passphrases=WORDS, paper=paper)
    return made


def taken(case, on=VOTED):
    at = moment(on, 20)
    with clock.fixed(at):
        return take_result(by=MACHINE, at=at, case=case)


def formed(case, heard_by, tellers, present, *, form_place=3, on=VOTED):
    """Bring a case to its form: all who have a vote agree, and all choose one option (3 is a warning)."""
    voters = len([one for one in present if one.pk != case.member_id])
    heard(reviewed(case), heard_by)
    vote(case, 1, tellers, present, {1: voters}, on)
    taken(case, on)
    vote(case, 2, tellers, present, {form_place: voters}, on)
    return taken(case, on)
