"""Deeds: checks from the decision to the closed file, on their days, and how far those are that run."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from hatnhan.core import clock
from hatnhan.demo.books import Deed
from hatnhan.demo.oversight.plan import CLOSED, CONCLUDED
from hatnhan.demo.oversight.room import kept
from hatnhan.demo.places import BY_CODE, COMMUNE
from hatnhan.oversight.actions import concluding, findings, hearing, opening, remedies, reporting, steps
from hatnhan.oversight.actions.findings import FindingData
from hatnhan.oversight.actions.reporting import MinutesData
from hatnhan.oversight.models import Remedy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hatnhan.demo.books import Books
    from hatnhan.demo.oversight.plan import Plan, Work
    from hatnhan.demo.oversight.room import Room
    from hatnhan.oversight.models import Check

_ORDER = 45
#: The days of the steps after the decision, each within what the rulebook gives.
STEPS = {
    "decision": 0, "outline": 2, "launch": 5, "self_report": 10, "verify": 18, "report": 22, "hearing": 25,
    "conclusion": CONCLUDED.days, "delivery": 30, "archive": CLOSED.days,
}  # fmt: skip
_COMPLY = timedelta(days=60)
_MENDED, _VERIFIED = timedelta(days=38), timedelta(days=46)
#: What has been done of those that run, by how far they are.
_RUNNING = {
    "launched": ("launch",),
    "late": ("launch", "self_report"),
    "reported": ("launch", "self_report", "report"),
}


def check_deeds(room: Room, plan: Plan) -> Iterator[Deed]:
    """Yield what became of each check of a programme."""
    for place, work in enumerate(plan.works):
        if work.opened is None or work.kind == "regular" or work.key == "chain":
            continue
        yield Deed(work.opened, _ORDER, partial(_open, room, work))
        if work.stage:
            yield from _running(room, work, work.opened)
        elif work.body == "members":
            yield Deed(work.opened + CONCLUDED, _ORDER, partial(_whole, room, work))
            yield Deed(work.opened + CLOSED, _ORDER, partial(_close, room, work))
        else:
            yield from _commune(room, work, work.opened, lacking=place % 2 == 0)


def _running(room: Room, work: Work, opened: date) -> Iterator[Deed]:
    if work.stage == "prepare":
        yield Deed(opened, _ORDER + 1, partial(_prepare, room, work))
    deeds: dict[str, Callable[[Room, Work, Books], None]] = {
        "launch": _launch,
        "self_report": _report_oneself,
        "report": partial(_report, lacking=True),
    }
    for step in _RUNNING.get(work.stage, ()):
        day = opened + timedelta(days=STEPS[step])
        yield Deed(day, _ORDER, partial(deeds[step], room, work))


def _commune(room: Room, work: Work, opened: date, *, lacking: bool) -> Iterator[Deed]:
    def on(step: str) -> date:
        return opened + timedelta(days=STEPS[step])

    yield Deed(on("launch"), _ORDER, partial(_launch, room, work))
    yield Deed(on("self_report"), _ORDER, partial(_report_oneself, room, work))
    yield Deed(on("report"), _ORDER, partial(_report, room, work, lacking=lacking))
    yield Deed(on("conclusion"), _ORDER, partial(_conclude, room, work, lacking=lacking))
    yield Deed(on("archive"), _ORDER, partial(_close, room, work))
    if lacking:
        yield Deed(on("conclusion") + _MENDED, _ORDER, partial(_mend, room, work))
        yield Deed(on("conclusion") + _VERIFIED, _ORDER, partial(_verify, room, work))


# --- the steps -------------------------------------------------------------------------------------------------------
def _open(room: Room, work: Work, books: Books) -> None:
    assert work.opened  # noqa: S101 - asked before
    team = [
        (one, "head" if place == 0 else "member") for place, one in enumerate(room.people(books, work.team))
    ]
    number = room.number(work.unit, work.body, "QĐ")
    data = opening.from_item(
        room.items[work.key], number, team=team, ends_by=work.opened + timedelta(days=30)
    )
    room.checks[work.key] = opening.open_check(
        **books.signed(), unit=books.units[work.unit], body=work.body, data=data
    )


def _prepare(room: Room, work: Work, books: Books) -> None:
    first = room.checks[work.key].dossier.steps.order_by("place")[0]
    steps.finish_step(**books.signed(), step=first, drawn=True)


def _launch(room: Room, work: Work, books: Books) -> None:
    _minutes(room, work, books, "launch", clock.today())
    _file(room, work, books)


def _report_oneself(room: Room, work: Work, books: Books) -> None:
    for subject in room.checks[work.key].subjects.all():
        text = room.words["topics"][work.topic]["self"]
        reporting.submit_self_report(**books.signed(), subject=subject, text=text)
    _file(room, work, books)


def _report(room: Room, work: Work, books: Books, *, lacking: bool) -> None:
    assert work.opened  # noqa: S101 - asked before
    topic, today = room.words["topics"][work.topic], clock.today()
    check, signed = room.checks[work.key], books.signed()
    _minutes(room, work, books, "working", work.opened + timedelta(days=15))
    _minutes(room, work, books, "verification", work.opened + timedelta(days=STEPS["verify"]))
    verifier = books.member(work.team[1])
    for place, subject in enumerate(check.subjects.all()):
        found = [FindingData("strength", work.topic, topic["good"])]
        if lacking and place == 0:
            due = today + _COMPLY
            found.append(FindingData("shortcoming", work.topic, topic["lacking"], due, verifier))
        findings.write_findings(**signed, subject=subject, data=found)
    text = room.words["report"].format(shortcoming=topic["lacking"]) if lacking else room.words["report_good"]
    check.refresh_from_db()
    reporting.write_report(**signed, check=check, text=text, reported_on=today)
    _file(room, work, books)


def _conclude(room: Room, work: Work, books: Books, *, lacking: bool) -> None:
    kind = "" if lacking else "_good"
    _hear_and_conclude(room, work, books, room.words["said" + kind], room.words["conclusion" + kind])
    _file(room, work, books)


def _hear_and_conclude(room: Room, work: Work, books: Books, said: str, text: str) -> None:
    assert work.opened  # noqa: S101 - asked before
    check, signed, today = room.checks[work.key], books.signed(), clock.today()
    heard = work.opened + timedelta(days=STEPS["hearing"])
    head = books.member(work.team[0])
    for subject in check.subjects.all():
        hearing.hear_subject(**signed, subject=subject, on=heard, heard_by=head, said=said)
    check.refresh_from_db()
    concluding.conclude(
        **signed,
        check=check,
        text=text,
        conclusion_no=room.number(work.unit, work.body, "TB"),
        concluded_on=today,
        comply_by=today + _COMPLY,
        follower=head,
    )


def _whole(room: Room, work: Work, books: Books) -> None:
    """Write a small check of a cell down from its papers on the day of its conclusion."""
    assert work.opened  # noqa: S101 - asked before
    words, check, signed = room.words["cells"], room.checks[work.key], books.signed()
    _minutes(room, work, books, "launch", work.opened + timedelta(days=STEPS["launch"]))
    for subject in check.subjects.all():
        reporting.submit_self_report(**signed, subject=subject, text=words["self_report"])
    reported = work.opened + timedelta(days=STEPS["report"])
    reporting.write_report(**signed, check=check, text=words["report"], reported_on=reported)
    _hear_and_conclude(room, work, books, words["said"], words["conclusion"])


def _close(room: Room, work: Work, books: Books) -> None:
    """Deliver the conclusion and lay the file away with all its papers."""
    assert work.opened  # noqa: S101 - asked before
    check, words = room.checks[work.key], room.words
    check.refresh_from_db()
    for subject in check.subjects.all():
        concluding.deliver(
            **books.signed(),
            subject=subject,
            delivered_on=work.opened + timedelta(days=STEPS["delivery"]),
            delivered_to=words["receiver"] if subject.unit_id else str(subject.member),
        )
    _file(room, work, books)


def _mend(room: Room, work: Work, books: Books) -> None:
    for remedy in _remedies(room, work):
        result = room.words["topics"][work.topic]["mended"]
        remedies.report_remedy(**books.signed(), remedy=remedy, result=result, reported_on=clock.today())


def _verify(room: Room, work: Work, books: Books) -> None:
    for remedy in _remedies(room, work):
        remedies.verify_remedy(
            **books.signed(),
            remedy=remedy,
            verdict=room.words["verdict"],
            good=True,
            verified_on=clock.today(),
        )


def _remedies(room: Room, work: Work) -> list[Remedy]:
    rows = Remedy.objects.filter(finding__of_check=room.checks[work.key])
    return list(rows.select_related("finding__of_check__unit", "finding__subject").order_by("pk"))


# --- parts -----------------------------------------------------------------------------------------------------------
def _minutes(room: Room, work: Work, books: Books, kind: str, on: date) -> None:
    present, content = room.words["minutes"][kind]
    where = room.where(work.units[0] if work.units else work.unit)
    data = MinutesData(kind, on, where, present, content)
    reporting.write_minutes(**books.signed(), check=room.checks[work.key], data=data)


def _file(room: Room, work: Work, books: Books) -> None:
    assert work.opened  # noqa: S101 - asked before
    file_steps(books, room.checks[work.key], STEPS, place_of(work.unit, work.opened.year))


def file_steps(books: Books, check: Check, plan: Mapping[str, int], where: str) -> None:
    """File the papers of all steps whose day has come, and call these done, up to one that lacks what it needs."""
    today = clock.today()
    days = {step: check.opened_on + timedelta(days=after) for step, after in plan.items()}
    check.refresh_from_db()
    named = {"decision": check.decision_no, "notice": check.conclusion_no}
    papers = kept(check.dossier_id, {step: day for step, day in days.items() if day <= today}, where, named)
    steps.finish_steps(**books.signed(), matter=check, papers=papers)


def place_of(unit: str, year: int) -> str:
    """Return where the files of a unit lie."""
    if unit == COMMUNE:
        return f"Tủ hồ sơ Ủy ban Kiểm tra, cặp năm {year}"
    return f"Cặp hồ sơ kiểm tra {BY_CODE[unit].name.replace('Chi bộ', 'chi bộ', 1)}, năm {year}"
