"""Staff look at what was proposed: the grade they find, with a reason wherever it is another, and the last points."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record_many
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import changed_meanwhile, day_of, deed, require_past
from hatnhan.reviews import permissions
from hatnhan.reviews.actions.guards import require_open
from hatnhan.reviews.models import ORDER, Entry, Score
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors import assessed
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.reviews.models import Cycle
    from hatnhan.reviews.rules.engine import Assessment

    Points = Mapping[str, Decimal]

#: From which states staff may look: what was proposed, and again until it is decided.
STATES = (Entry.State.PROPOSED, Entry.State.APPRAISED)
_NO_POINTS: Mapping[int, Points] = {}
_NAMED = 5


@deed
def appraise(
    *,
    by: Actor,
    at: datetime,
    entries: Mapping[Entry, tuple[str, str]],
    on: date | None = None,
    points: Mapping[int, Points] = _NO_POINTS,
) -> None:
    """Write what staff find of entries of one cycle: grade and reason of each; may be written anew until decided.

    ``points`` gives, by id of the entry, the final points for every criterion, where staff score. A reason is due for
    a grade other than the one proposed, and for one that the conditions do not open. Fixed number of queries.

    Raises Denied, and RuleBroken with codes ``closed``, ``other_cycle``, ``state``, ``changed_meanwhile``, ``grade``,
    ``future``, ``before_proposed``, ``points``, ``points_missing``, ``reason_missing``.
    """
    if not entries:
        return
    cycle = one_cycle(entries)
    require_appraiser(by, cycle)
    require_open(cycle)
    day = on or day_of(at)
    require_past(day, field="on")
    rows = locked(entries, STATES)
    _require_days(rows, day)
    _write_points(rows, points)
    found = assessed.assessments(rows)
    about = []
    for row in rows:
        grade, reason = _one(entries, row)
        reason = nfc(reason).strip()
        _require_grade(row, grade, reason, found[row.pk])
        about.append((row, _details(row, grade, reason, points.get(row.pk), day)))
        row.appraised_grade, row.appraised_reason, row.appraised_on = grade, reason, day
        row.state = Entry.State.APPRAISED
        row.version += 1
    columns = ["appraised_grade", "appraised_reason", "appraised_on", "state", "version"]
    Entry.objects.bulk_update(rows, columns)
    record_entries(by, Action.APPRAISE, at, about)


def require_appraiser(by: Actor, cycle: Cycle) -> None:
    """Raise Denied unless a person appraises in a cycle: who runs it, or who decides above."""
    if not permissions.decides_above(by, cycle):
        permissions.require_cycle(by, cycle.unit_id)


def one_cycle(entries: Iterable[Entry]) -> Cycle:
    """Return the cycle of some entries. Raises RuleBroken ``other_cycle`` when they are of several."""
    cycles = {one.cycle_id: one.cycle for one in entries}
    if len(cycles) != 1:
        raise RuleBroken("other_cycle", _("Danh sách gồm nhiều đợt kiểm điểm. Ghi từng đợt một."))
    return next(iter(cycles.values()))


def locked(entries: Iterable[Entry], states: Collection[str]) -> list[Entry]:
    """Return entries as they stand now, locked, in the order of their ids, all of the same cycle object. One query.

    Raises RuleBroken ``changed_meanwhile`` when one was written since it was seen, ``state`` for one at another step.
    """
    seen = {one.pk: one for one in entries}
    rows = list(
        Entry.objects.select_for_update(of=("self",)).filter(pk__in=seen).select_related("member", "unit")
    )
    rows.sort(key=lambda one: one.pk)
    if len(rows) != len(seen) or any(row.version != seen[row.pk].version for row in rows):
        raise changed_meanwhile()
    cycle = one_cycle(seen.values())
    for row in rows:
        row.cycle = cycle
    require_states(rows, states)
    return rows


def require_states(rows: Iterable[Entry], states: Collection[str]) -> None:
    """Raise RuleBroken ``state`` naming up to five entries that are not to be graded or at another step."""
    graded = Entry.Standing.GRADED
    wrong = [row for row in rows if row.standing != graded or row.state not in states]
    if wrong:
        message = _("Chưa đến bước này hoặc đã qua: %(who)s. Mở lại trang để xem.")
        raise RuleBroken("state", message % {"who": names(wrong)}, field="entries")


def names(rows: Iterable[Entry]) -> str:
    """Return the names of up to five entries, and how many there are besides."""
    listed = list(rows)
    words = "; ".join(name_of(one) for one in listed[:_NAMED])
    if len(listed) <= _NAMED:
        return words
    return _("%(names)s và %(more)d trường hợp nữa") % {"names": words, "more": len(listed) - _NAMED}


def record_entries(
    by: Actor, action: Action, at: datetime, about: Iterable[tuple[Entry, dict[str, Any]]]
) -> None:
    """Append a row to the record for each entry, about its member, under its unit."""
    rows = list(about)
    record_many(
        by=by,
        action=action,
        at=at,
        about=[(row.pk, name_of(row), details) for row, details in rows],
        target_type=Entry._meta.label_lower,
        subjects={row.pk: row.member_id for row, _details in rows},
        units={row.pk: row.unit_id for row, _details in rows},
    )


def _one(entries: Mapping[Entry, tuple[str, str]], row: Entry) -> tuple[str, str]:
    return entries[row]  # a row equals the entry it was seen as: they are one by their id


def _require_days(rows: Iterable[Entry], day: date) -> None:
    late = [row for row in rows if row.proposed_on and row.proposed_on > day]
    if late:
        last = max(row.proposed_on for row in late if row.proposed_on)
        message = _("Đề nghị mức ngày %(day)s. Ghi ngày ấy hoặc sau đó.")
        raise RuleBroken("before_proposed", message % {"day": written(last)}, field="on")


def _require_grade(row: Entry, grade: str, reason: str, found: Assessment) -> None:
    if grade not in ORDER:
        raise RuleBroken("grade", _("Chưa chọn mức. Chọn một trong bốn mức."), field=f"grade_{row.pk}")
    if reason:
        return
    if grade != row.proposed_grade:
        message = _("%(who)s: mức khác với mức được đề nghị. Ghi vì sao.")
    elif grade not in found.allowed:
        message = _("%(who)s: các điều kiện không mở mức này. Ghi vì sao vẫn đề nghị, hoặc chọn mức khác.")
    else:
        return
    raise RuleBroken("reason_missing", message % {"who": name_of(row)}, field=f"reason_{row.pk}")


def _details(row: Entry, grade: str, reason: str, points: Points | None, day: date) -> dict[str, Any]:
    details: dict[str, Any] = {"grade": grade, "proposed": row.proposed_grade, "on": day}
    if row.appraised_grade:
        details["before"] = row.appraised_grade
    if reason:
        details["reason"] = reason
    if points is not None:
        details["points"] = {key: str(value) for key, value in sorted(points.items())}
    return details


# --- points ----------------------------------------------------------------------------------------------------------
def _write_points(rows: Iterable[Entry], points: Mapping[int, Points]) -> None:
    """Write final points of whole sets of criteria. Two queries, none where no points are given."""
    made = []
    for row in rows:
        if row.pk in points:
            _require_points(row, points[row.pk])
            given = points[row.pk].items()
            made += [
                Score(entry=row, criterion=key, stage=Score.Stage.FINAL, points=value) for key, value in given
            ]
    if made:
        Score.objects.bulk_create(
            made,
            update_conflicts=True,
            unique_fields=["entry", "criterion", "stage"],
            update_fields=["points"],
        )


def _require_points(row: Entry, given: Points) -> None:
    law = law_of(row.cycle)
    scored = law.regime.value.scored == "yes"
    criteria = {one.key: one for one in law.rubric.value.of(row.subject)}
    if missing := [one.title for key, one in criteria.items() if key not in given]:
        message = _("%(who)s: chưa có điểm của “%(what)s”. Ghi đủ các tiêu chí.")
        values = {"who": name_of(row), "what": missing[0]}
        raise RuleBroken("points_missing", message % values, field=f"points_{row.pk}")
    for key, value in given.items():
        most = criteria[key].points if scored and key in criteria else Decimal(4)
        least = Decimal(0) if scored else Decimal(1)
        if key not in criteria or not least <= value <= most:
            message = _("%(who)s: điểm ghi không nằm trong khung của tiêu chí. Xem lại.")
            raise RuleBroken("points", message % {"who": name_of(row)}, field=f"points_{row.pk}")
