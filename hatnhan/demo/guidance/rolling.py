"""Deeds: plans, their core and variants, their approval, the cells' tasks, own points and reports, the end."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from hatnhan.assignments.actions.settling import Settlement, settle_tasks
from hatnhan.assignments.models import Task
from hatnhan.core import clock
from hatnhan.core.periods import add_months
from hatnhan.demo import cast
from hatnhan.demo.books import Books, Deed
from hatnhan.demo.places import BY_CODE, CELLS
from hatnhan.demo.wording import texts, values
from hatnhan.guidance.actions import approval, cells, planning, variants
from hatnhan.guidance.actions.planning import PlanData
from hatnhan.guidance.actions.variants import PointData
from hatnhan.guidance.models import CellRollOut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.guidance.shelf import Shelf
    from hatnhan.guidance.models import RollOut

#: Approved before cells are invited to the next meeting; settled before the evening, reported after it.
_APPROVE, _SETTLE, _PLAN, _REPORT, _CLOSE = 9, 10, 31, 33, 34
#: Tasks end so many days from their last day, with the share of cells that are through by then. The rest never ends.
_ENDS = ((-6, 0.45), (-1, 0.8), (11, 0.9), (33, 0.98))
_IN_TIME, _TWO_MONTHS = 0.87, 61
#: These have not reported at all.
_SILENT = {("c_so", "go-gang"), ("c_so", "truong-thpt"), ("d42hd", "trai-moi")}
#: In a roll-out older than this all tasks were done at last.
_LONG_AGO = 450


class Point(NamedTuple):
    """A task of some cells: the last day of it, and who has it."""

    due: date
    codes: tuple[str, ...]


def roll_out_deeds(shelf: Shelf) -> Iterator[Deed]:
    """Yield what became of each document that was rolled out."""
    for key, plan in shelf.plans.items():
        planned = shelf.ago(key, plan["planned"])
        yield Deed(planned, _PLAN, partial(_plan, shelf, key))
        if "approved" not in plan:
            continue
        approved = shelf.approved(key)
        yield Deed(approved, _APPROVE, partial(_approve, shelf, key))
        for point in points(shelf, key):
            yield from _task_deeds(shelf, key, point)
        yield from _report_deeds(shelf, key)
        if "closed" in plan:
            yield Deed(shelf.ago(key, plan["closed"]), _CLOSE, partial(_close, shelf, key))
    for code, key, text, due in texts("guidance")["own_points"]:
        day = shelf.approved(key) + timedelta(days=4)
        yield Deed(day, _CLOSE, partial(_add_point, shelf, key, code, text, due))
        if due:
            done = shelf.approved(key) + timedelta(days=due + len(code) - 10)
            yield Deed(done, _CLOSE, partial(_end_own, shelf, key, code))


def points(shelf: Shelf, key: str) -> list[Point]:
    """Return the tasks of a roll-out, by their last day."""
    plan, approved = shelf.plans[key], shelf.approved(key)
    found: dict[int, list[str]] = {due: [place.code for place in CELLS] for _text, due in plan["core"] if due}
    for kind, variant in plan["variants"].items():
        for _text, due in variant["own"]:
            found.setdefault(due, []).extend(place.code for place in CELLS if place.kind == kind)
    return [Point(approved + timedelta(days=due), tuple(sorted(set(who)))) for due, who in found.items()]


# --- the plan --------------------------------------------------------------------------------------------------------
def _plan(shelf: Shelf, key: str, books: Books) -> None:
    plan, signed, today = shelf.plans[key], books.signed(), clock.today()
    approved = shelf.approved(key) if "approved" in plan else today

    def after(step: str, least: int) -> date:
        return approved + timedelta(days=plan["days"].get(step, least))

    heads = (cast.STANDING_DEPUTY, cast.DEPUTY)
    lead = next(p for p in shelf.tale.world.people if p.full_name == heads[len(key) % 2])
    data = PlanData(
        asks=plan["asks"],
        approve_by=after("approve", 5),
        held_by=after("held", 60),
        study_by=after("study", 60),
        done_by=after("done", 365),
        lead=books.member(lead),
    )
    unit, document = shelf.commune(books), shelf.documents[key]
    roll_out = planning.plan_roll_out(**signed, unit=unit, document=document, data=data)
    shelf.roll_outs[key] = roll_out
    core = variants.set_core(
        **signed, roll_out=roll_out, points=[_point(text, due, approved) for text, due in plan["core"]]
    )
    for kind, told in plan["variants"].items():
        variants.write_variant(
            **signed,
            roll_out=roll_out,
            cell_kind=kind,
            intro=told["intro"],
            said={core[place].pk: (text, None) for place, text in told.get("said", {}).items()},
            own=[_point(text, due, approved) for text, due in told["own"]],
        )


def _point(text: str, due: int, start: date) -> PointData:
    return PointData(text, task=bool(due), due=start + timedelta(days=due) if due else None)


def _approve(shelf: Shelf, key: str, books: Books) -> None:
    roll_out = shelf.roll_outs[key]
    roll_out.refresh_from_db()
    number = shelf.plans[key]["decision"]
    approval.approve_roll_out(**books.signed(), roll_out=roll_out, decision_no=number)


def _close(shelf: Shelf, key: str, books: Books) -> None:
    note = shelf.plans[key]["close_note"]
    approval.close_roll_out(**books.signed(), roll_out=shelf.roll_outs[key], note=note)


def _given(roll_out: RollOut, code: str) -> CellRollOut:
    rows = CellRollOut.objects.select_related("roll_out__document", "cell")
    return rows.get(roll_out=roll_out, cell__code=code)


def _add_point(shelf: Shelf, key: str, code: str, text: str, due: int, books: Books) -> None:
    data = [_point(text, due, shelf.approved(key))]
    cells.add_own_points(**books.signed(), given=_given(shelf.roll_outs[key], code), points=data)


def _end_own(shelf: Shelf, key: str, code: str, books: Books) -> None:
    """Let a cell end the tasks that it gave itself."""
    rows = Task.objects.filter(guidance_point__given__roll_out=shelf.roll_outs[key], unit__code=code)
    own = rows.exclude(guidance_point__own=None).order_by("pk")
    done = [Settlement(task, "verified", texts("guidance")["outcomes"][0]) for task in own]
    settle_tasks(**books.signed(), unit=books.units[code], settlements=done)


# --- the tasks -------------------------------------------------------------------------------------------------------
def _task_deeds(shelf: Shelf, key: str, point: Point) -> Iterator[Deed]:
    """Yield how the cells ended one task: most in time, some late, a few not yet."""
    rng = Random(f"points {shelf.tale.seed} {key} {point.due - shelf.tale.today}")  # noqa: S311 - a story
    left, since = list(point.codes), (shelf.tale.today - shelf.approved(key)).days
    for days, share in _ENDS:
        last = days == _ENDS[-1][0] and since > _LONG_AGO
        through = [code for code in left if last or rng.random() < _step(share, days)]
        left = [code for code in left if code not in through]
        if through:
            day = point.due + timedelta(days=days)
            yield Deed(day, _SETTLE, partial(_settle, shelf, key, point.due, tuple(through)))


def _step(share: float, days: int) -> float:
    """Return the share of those left who are through at a step."""
    before = next((done for step, done in reversed(_ENDS) if step < days), 0.0)
    return (share - before) / (1 - before)


def _settle(shelf: Shelf, key: str, due: date, codes: tuple[str, ...], books: Books) -> None:
    words, roll_out = texts("guidance"), shelf.roll_outs[key]
    rows = Task.objects.filter(guidance_point__given__roll_out=roll_out, guidance_point__own=None, due=due)
    tasks = list(rows.filter(owner_unit__code__in=codes).select_related("owner_unit").order_by("pk"))
    notes = words["outcomes"] if clock.today() <= due else words["late"]
    settlements = [
        Settlement(task, "verified", notes[(task.owner_unit_id or 0) % len(notes)]) for task in tasks
    ]
    settle_tasks(**books.signed(), unit=shelf.commune(books), settlements=settlements)


# --- the reports -----------------------------------------------------------------------------------------------------
def _report_deeds(shelf: Shelf, key: str) -> Iterator[Deed]:
    """Yield when the cells reported at 6 and 12 months: most in time, a few late."""
    plan = shelf.plans[key]
    end = shelf.ago(key, plan["closed"] + 1) if "closed" in plan else date.max
    for months in plan["reports"]:
        rng = Random(f"reports {shelf.tale.seed} {key} {months}")  # noqa: S311 - a story, not a secret
        last = add_months(shelf.approved(key), months)
        for place in CELLS:
            draw = rng.random()
            if (key, place.code) in _SILENT:
                continue
            days = -rng.randint(1, 12) if draw < _IN_TIME else rng.randint(4, _TWO_MONTHS)
            day = min(last + timedelta(days=days), end)
            yield Deed(day, _REPORT, partial(_report, shelf, key, place.code, months))


def _report(shelf: Shelf, key: str, code: str, months: int, books: Books) -> None:
    rng = Random(f"report {shelf.tale.seed} {key} {code} {months}")  # noqa: S311 - a story, not a secret
    words, place = texts("guidance"), list(BY_CODE).index(code)
    pool = words["reports"][key][months]
    cells.report_results(
        **books.signed(),
        given=_given(shelf.roll_outs[key], code),
        months=months,
        # Cells that stand side by side in a list tell of different things.
        results=pool[place % len(pool)].format_map(values(rng)),
        shortcomings=rng.choice(words["shortcomings"]),
    )
