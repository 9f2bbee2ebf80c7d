"""Deeds: one thematic supervision from its decision to verified remedies, and the check on signs that came of it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from hatnhan.core import clock
from hatnhan.demo.books import Deed
from hatnhan.demo.oversight.checks import STEPS, file_steps, place_of
from hatnhan.demo.oversight.plan import ago, chain_opened
from hatnhan.demo.places import COMMUNE
from hatnhan.oversight.actions import concluding, findings, hearing, opening, remedies, reporting
from hatnhan.oversight.actions.findings import FindingData
from hatnhan.oversight.actions.opening import CheckData
from hatnhan.oversight.actions.reporting import MinutesData
from hatnhan.oversight.models import Remedy, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hatnhan.demo.books import Books
    from hatnhan.demo.oversight.room import Room
    from hatnhan.demo.people import Person

_ORDER = 50
#: Days after the decision of the supervision.
_SELF_TYPED, _SELF_OWN, _WORKING, _SIGNS = 9, 10, 15, 26
_DISSENT, _AGAIN, _ANSWER = 27, 33, 41
_COMPLY = 88
_REPORTED, _VERIFIED, _TRIED, _FAILED = 60, 70, 80, 92
#: The last day of the remedy that waits for its verdict lies so many days ahead of the story's own.
_AHEAD, _JUST = 12, 5

#: The steps of the check on signs, in days after its decision; of each the rulebook gives more.
_OF_SIGNS = {
    "ground": 0, "decision": 0, "outline": 2, "launch": 5, "self_report": 11, "verify": 28, "report": 34, "hearing": 38,
    "conclusion": 42, "delivery": 44, "follow": 48, "archive": 50,
}  # fmt: skip
#: The case that came of it begins so many days after the supervision's decision.
CASE_AFTER = _SIGNS + 48


def suspect(room: Room) -> Person:
    """Return the member in whose work a sign of violation was seen."""
    cell = room.words["chain"]["cells"][0]
    opened = chain_opened(room.tale)
    return room.staff.ordinary(cell, opened - timedelta(days=400), room.tale.today, "suspect")[0]


def chain_deeds(room: Room) -> Iterator[Deed]:
    """Yield the supervision day by day, then what it led to."""
    start = chain_opened(room.tale)
    for after, do in (
        (0, _open),
        (STEPS["launch"], partial(_minutes, "launch")),
        (_SELF_TYPED, partial(_self_report, 1)),
        (_SELF_OWN, partial(_self_report, 0)),
        (_WORKING, partial(_minutes, "working")),
        (STEPS["verify"], partial(_minutes, "verification")),
        (STEPS["report"], _report),
        (STEPS["hearing"], _hear),
        (_DISSENT, _dissent),
        (STEPS["conclusion"], _conclude),
        (STEPS["delivery"], _deliver),
        (_AGAIN, _ask_again),
        (STEPS["archive"], _file),
        (_ANSWER, _answer_again),
        (_REPORTED, partial(_report_remedy, "posting", 0)),
        (_VERIFIED, partial(_verify, "posting")),
        (_TRIED, partial(_report_remedy, "account", 0)),
        (_FAILED, partial(_verify, "account")),
    ):
        yield Deed(start + timedelta(days=after), _ORDER, partial(do, room))
    just = max(ago(room.tale, _JUST), start + timedelta(days=_FAILED))
    yield Deed(just, _ORDER, partial(_report_remedy, "books", None, room))
    for after, do in (
        (0, _open_signs),
        (_OF_SIGNS["launch"], _launch_signs),
        (_OF_SIGNS["self_report"], _explain),
        (_OF_SIGNS["report"], _report_signs),
        (_OF_SIGNS["conclusion"], _conclude_signs),
        (_OF_SIGNS["delivery"], _deliver_signs),
        (_OF_SIGNS["archive"], _file_signs),
    ):
        yield Deed(start + timedelta(days=_SIGNS + after), _ORDER, partial(do, room))


# --- the supervision -------------------------------------------------------------------------------------------------
def _team(room: Room, books: Books, cells: tuple[str, ...]) -> list[tuple[object, str]]:
    people = room.people(books, room.staff.team("inspection", clock.today(), cells, 1))
    return list(zip(people, ("head", "secretary", "member"), strict=False))


def _open(room: Room, books: Books) -> None:
    signed, cells = books.signed(), tuple(room.words["chain"]["cells"])
    number = room.number(COMMUNE, "inspection", "QĐ")
    data = opening.from_item(room.items["chain"], number, team=_team(room, books, cells))
    room.checks["chain"] = opening.open_check(
        **signed, unit=books.units[COMMUNE], body="inspection", data=data
    )


def _minutes(kind: str, room: Room, books: Books) -> None:
    place, present, content = room.words["chain"]["minutes"][kind]
    data = MinutesData(kind, clock.today(), place, present, content)
    reporting.write_minutes(**books.signed(), check=room.checks["chain"], data=data)
    # The papers of a step are filed together on its day.
    if kind != "working":
        _file(room, books)


def _subjects(room: Room, key: str = "chain") -> list[Subject]:
    rows = Subject.objects.filter(of_check=room.checks[key])
    return list(rows.select_related("of_check__unit", "of_check__dossier", "unit", "member").order_by("pk"))


def _self_report(place: int, room: Room, books: Books) -> None:
    """Hand in what a cell reports of itself: the first does so here, the other on paper."""
    subject = _subjects(room)[place]
    text = room.words["chain"]["self_reports"][place]
    reporting.submit_self_report(**books.signed(), subject=subject, text=text)
    if place == 0:
        # Nobody has an account on that day: whoever tells the story sends it in for the cell's secretary.
        Subject.objects.filter(pk=subject.pk).update(typed_by="")
    _file(room, books)


def _report(room: Room, books: Books) -> None:
    words, signed, check = room.words["chain"], books.signed(), room.checks["chain"]
    for subject, code in zip(_subjects(room), words["cells"], strict=True):
        verifier = books.member(room.staff.inspectors(clock.today(), words["cells"])[1])
        data = [_finding(room, one, verifier) for one in words["findings"][code]]
        findings.write_findings(**signed, subject=subject, data=data)
    check.refresh_from_db()
    reporting.write_report(**signed, check=check, text=words["report"], reported_on=clock.today())
    _file(room, books)


def _finding(room: Room, told: Mapping[str, str], verifier: object) -> FindingData:
    topic = room.words["chain"]["topic"]
    if told["kind"] != "shortcoming":
        return FindingData(told["kind"], topic, told["text"])
    ahead = told["key"] == "books"
    start = chain_opened(room.tale)
    due = start + timedelta(days=_COMPLY)
    due = max(due, room.tale.today + timedelta(days=_AHEAD)) if ahead else due
    return FindingData(told["kind"], topic, told["text"], due, verifier)  # type: ignore[arg-type]


def _hear(room: Room, books: Books) -> None:
    head = books.member(_head(room))
    for subject, said in zip(_subjects(room), room.words["chain"]["said"], strict=True):
        hearing.hear_subject(**books.signed(), subject=subject, heard_by=head, said=said)
    _file(room, books)


def _head(room: Room) -> Person:
    return room.staff.inspectors(clock.today(), room.words["chain"]["cells"])[0]


def _dissent(room: Room, books: Books) -> None:
    text = room.words["chain"]["dissent"]
    hearing.dissent(**books.signed(), subject=_subjects(room)[0], text=text)


def _conclude(room: Room, books: Books) -> None:
    check, today = room.checks["chain"], clock.today()
    check.refresh_from_db()
    concluding.conclude(
        **books.signed(),
        check=check,
        text=room.words["chain"]["conclusion"],
        conclusion_no=room.number(COMMUNE, "inspection", "TB"),
        concluded_on=today,
        comply_by=chain_opened(room.tale) + timedelta(days=_COMPLY),
        follower=books.member(_head(room)),
    )
    told = room.words["chain"]["findings"]
    for one in [one for lines in told.values() for one in lines if one["kind"] == "shortcoming"]:
        rows = Remedy.objects.select_related("finding__of_check__unit", "finding__subject")
        room.remedies[one["key"]] = rows.get(finding__of_check=check, finding__text=one["text"])
    _file(room, books)


def _deliver(room: Room, books: Books) -> None:
    for subject in _subjects(room):
        concluding.deliver(
            **books.signed(),
            subject=subject,
            delivered_on=clock.today(),
            delivered_to=room.words["receiver"],
        )


def _ask_again(room: Room, books: Books) -> None:
    concluding.ask_again(**books.signed(), subject=_subjects(room)[0], text=room.words["chain"]["again"])


def _answer_again(room: Room, books: Books) -> None:
    concluding.answer_again(**books.signed(), subject=_subjects(room)[0], text=room.words["chain"]["answer"])


def _file(room: Room, books: Books) -> None:
    check = room.checks["chain"]
    file_steps(books, check, STEPS, place_of(COMMUNE, check.opened_on.year))


def _report_remedy(key: str, place: int | None, room: Room, books: Books) -> None:
    told = room.words["chain"]["remedies"][key]
    text = told if place is None else told[place]
    remedies.report_remedy(
        **books.signed(), remedy=room.remedies[key], result=text, reported_on=clock.today()
    )


def _verify(key: str, room: Room, books: Books) -> None:
    """Let the verifier judge: the posting is made good, the account is not."""
    verdict = room.words["chain"]["remedies"][key][1]
    remedies.verify_remedy(
        **books.signed(),
        remedy=room.remedies[key],
        verdict=verdict,
        good=key == "posting",
        verified_on=clock.today(),
    )


# --- the check on signs ----------------------------------------------------------------------------------------------
def _open_signs(room: Room, books: Books) -> None:
    words, today = room.words["signs"], clock.today()
    cell = room.words["chain"]["cells"][0]
    data = CheckData(
        kind="signs",
        title=words["title"],
        topic=room.words["chain"]["topic"],
        content=words["content"],
        examined_from=today - timedelta(days=400),
        examined_to=today,
        decision_no=room.number(COMMUNE, "inspection", "QĐ"),
        members=[books.member(suspect(room))],
        team=_team(room, books, (cell,)),  # type: ignore[arg-type]
        ground=words["ground"],
        after=room.checks["chain"],
    )
    room.checks["signs"] = opening.open_check(
        **books.signed(), unit=books.units[COMMUNE], body="inspection", data=data
    )


def _launch_signs(room: Room, books: Books) -> None:
    _write(room, books, "signs", "launch", clock.today())
    _file_signs(room, books)


def _explain(room: Room, books: Books) -> None:
    text = room.words["signs"]["self_report"]
    reporting.submit_self_report(**books.signed(), subject=_subjects(room, "signs")[0], text=text)
    _file_signs(room, books)


def _write(room: Room, books: Books, key: str, kind: str, on: date) -> None:
    present, content = room.words["minutes"][kind]
    place = room.where(room.words["chain"]["cells"][0])
    data = MinutesData(kind, on, place, present.replace(", chi ủy", ", chi ủy, đối tượng"), content)
    reporting.write_minutes(**books.signed(), check=room.checks[key], data=data)


def _report_signs(room: Room, books: Books) -> None:
    words, signed, check, today = room.words["signs"], books.signed(), room.checks["signs"], clock.today()
    _write(room, books, "signs", "working", today - timedelta(days=14))
    _write(room, books, "signs", "verification", today - timedelta(days=7))
    found = FindingData("sign", room.words["chain"]["topic"], words["finding"])
    findings.write_findings(**signed, subject=_subjects(room, "signs")[0], data=[found])
    check.refresh_from_db()
    reporting.write_report(**signed, check=check, text=words["report"], reported_on=today)
    _file_signs(room, books)


def _conclude_signs(room: Room, books: Books) -> None:
    words, signed, check, today = room.words["signs"], books.signed(), room.checks["signs"], clock.today()
    head = books.member(_head(room))
    heard = check.opened_on + timedelta(days=_OF_SIGNS["hearing"])
    subject = _subjects(room, "signs")[0]
    hearing.hear_subject(**signed, subject=subject, on=heard, heard_by=head, said=words["said"])
    check.refresh_from_db()
    concluding.conclude(
        **signed,
        check=check,
        text=words["conclusion"],
        conclusion_no=room.number(COMMUNE, "inspection", "TB"),
        concluded_on=today,
        comply_by=today + timedelta(days=30),
        follower=head,
    )
    _file_signs(room, books)


def _deliver_signs(room: Room, books: Books) -> None:
    subject, today = _subjects(room, "signs")[0], clock.today()
    concluding.deliver(
        **books.signed(), subject=subject, delivered_on=today, delivered_to=str(subject.member)
    )
    _file_signs(room, books)


def _file_signs(room: Room, books: Books) -> None:
    check = room.checks["signs"]
    file_steps(books, check, _OF_SIGNS, place_of(COMMUNE, check.opened_on.year))
