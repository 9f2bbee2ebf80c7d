"""What the sitting agrees on of each: how tasks came out, how far faults are put right, points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.audit import actions as audit
from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import changed_meanwhile, deed, moved_on, require_text
from hatnhan.reviews.actions import guards, seating
from hatnhan.reviews.models import Entry, FaultLine, Place, Score, Sitting, WorkLine
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.rules import scoring
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.place_lines import agrees_here

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from decimal import Decimal

    from hatnhan.accounts.actors import Actor
    from hatnhan.rulebook.topics.reviews import Criterion

_LONGEST = 300
#: What may still be agreed on: held, and no grade proposed for it.
_OPEN = (Entry.State.SUBMITTED, Entry.State.REVIEWED)


def _lock(by: Actor, place: Place) -> Place:
    """Return a place whose sitting was held and proposes for it, while it has not. Its entry is locked."""
    now = seating.lock(by, place.sitting, Sitting.State.HELD, Sitting.State.PROPOSED)
    found = next((one for one in seating.places_of(now) if one.pk == place.pk), None)
    if found is None:
        raise moved_on()
    if not agrees_here(found):
        message = _(
            "Chi bộ chỉ góp ý với đồng chí này; tập thể lãnh đạo mới thống nhất. Ghi ý kiến ở mục ý kiến."
        )
        raise RuleBroken("opinion_only", message)
    if found.reviewed_on is None:
        raise RuleBroken("not_reviewed", _("Mục này chưa kiểm điểm ở hội nghị."))
    guards.require_state(found.entry, *_OPEN)
    if found.entry.version != place.entry.version:
        raise changed_meanwhile()
    return found


@deed
def agree_work(*, by: Actor, at: datetime, place: Place, agreed: Mapping[int, tuple[str, str]]) -> None:
    """Write how tasks came out as the sitting agreed, by id of the line: outcome, and why it differs from what is said.

    Raises Denied; RuleBroken: closed, not_held, opinion_only, not_reviewed, no_line, outcome, because_missing (each
    with the field of the line), state, changed_meanwhile.
    """
    found = _lock(by, place)
    lines = list(WorkLine.objects.filter(entry=found.entry_id))
    changed = _agree(lines, agreed, WorkLine.Outcome.values, "work")
    WorkLine.objects.bulk_update(changed, ["agreed", "agreed_because"])
    _bump(place, found)
    _note(by, at, place, {"work": len(changed)})


@deed
def agree_faults(*, by: Actor, at: datetime, place: Place, agreed: Mapping[int, tuple[str, str]]) -> None:
    """Write how far faults are put right as the sitting agreed, by id of the line. Raises as `agree_work`."""
    found = _lock(by, place)
    lines = list(FaultLine.objects.filter(entry=found.entry_id))
    changed = _agree(lines, agreed, FaultLine.Fixed.values, "fault")
    FaultLine.objects.bulk_update(changed, ["agreed", "agreed_because"])
    _bump(place, found)
    _note(by, at, place, {"faults": len(changed)})


def _agree(
    lines: Iterable[Any], agreed: Mapping[int, tuple[str, str]], known: Iterable[str], field: str
) -> list[Any]:
    """Put what was agreed into the lines and return those that changed."""
    by_pk = {one.pk: one for one in lines}
    if set(agreed) - set(by_pk):
        raise RuleBroken("no_line", _("Có dòng không còn trong bản kiểm điểm. Mở lại trang."))
    changed = []
    for key, (outcome, because) in agreed.items():
        line = by_pk[key]
        if outcome not in set(known):
            raise RuleBroken("outcome", _("Chọn một mức trong danh sách."), field=f"{field}_{key}")
        why = ""
        if outcome != line.said:
            message = _("Khác với tự đánh giá. Ghi vì sao.")
            why = require_text(
                because, code="because_missing", field=f"{field}_because_{key}", message=message
            )[:_LONGEST]
        if (line.agreed, line.agreed_because) != (outcome, why):
            line.agreed, line.agreed_because = outcome, why
            changed.append(line)
    return changed


@deed
def score(*, by: Actor, at: datetime, place: Place, points: Mapping[str, Decimal]) -> None:
    """Write the points, or levels, that the sitting gives, by key of the criterion; all of them together.

    Raises Denied; RuleBroken: closed, not_held, opinion_only, not_reviewed, no_criterion, points_missing, over,
    level, negative (the field of the criterion), state, changed_meanwhile.
    """
    found = _lock(by, place)
    law = law_of(place.sitting.cycle)
    criteria = law.rubric.value.of(found.entry.subject)
    scored = law.regime.value.scored == "yes"
    _require_points(criteria, points, scored=scored)
    _write_scores(found.entry_id, points)
    _bump(place, found)
    _note(by, at, place, {"criteria": len(points)} | ({"total": sum(points.values())} if scored else {}))


def _require_points(criteria: Iterable[Criterion], points: Mapping[str, Decimal], *, scored: bool) -> None:
    known = {one.key: one for one in criteria}
    if set(points) - set(known):
        raise RuleBroken("no_criterion", _("Không có tiêu chí này trong khung chấm. Mở lại trang."))
    for key, criterion in known.items():
        if key not in points:
            raise RuleBroken("points_missing", _("Chưa chấm tiêu chí này."), field=f"score_{key}")
        try:
            scoring.require(criterion, points[key], scored=scored)
        except scoring.ScoreRefused as error:
            words = {"most": criterion.points.normalize()}
            message = _("Ghi từ 0 đến %(most)s điểm.") % words if scored else _("Chọn một trong bốn mức.")
            raise RuleBroken(error.code, message, field=f"score_{key}") from error


def _write_scores(entry_id: int, points: Mapping[str, Decimal]) -> None:
    stage = Score.Stage.SITTING
    Score.objects.bulk_create(
        [Score(entry_id=entry_id, criterion=key, stage=stage, points=value) for key, value in points.items()],
        update_conflicts=True, unique_fields=["entry", "criterion", "stage"], update_fields=["points"],
    )  # fmt: skip


@deed
def agree_all(*, by: Actor, at: datetime, sitting: Sitting) -> int:
    """Agree with what each says of themselves wherever nothing else was agreed on; return for how many entries.

    Tasks, faults, and points of those that the sitting gave none. Raises Denied; RuleBroken: closed, not_held, nobody.
    """
    now = seating.lock(by, sitting, Sitting.State.HELD, Sitting.State.PROPOSED)
    places = [
        one for one in seating.places_of(now) if one.proposes and one.reviewed_on and one.entry.state in _OPEN
    ]
    entries = {one.entry_id: one.entry for one in places}
    touched = _agree_lines(WorkLine, entries) | _agree_lines(FaultLine, entries) | _copy_scores(entries)
    if not touched:
        raise RuleBroken("nobody", _("Mọi mục đã có ý kiến thống nhất."))
    Entry.objects.filter(pk__in=touched).update(version=F("version") + 1)
    seating.note(by, at, Action.AGREE, now, {"as_said": len(touched)})
    told = [entries[key] for key in sorted(touched)]
    seating.note_entries(by, at, Action.AGREE, told, {one.pk: {"as_said": True} for one in told})
    return len(touched)


def _agree_lines(model: type[WorkLine | FaultLine], entries: Iterable[int]) -> set[int]:
    rows = model._default_manager.filter(entry__in=list(entries), agreed="")
    touched = set(rows.values_list("entry_id", flat=True))
    rows.update(agreed=F("said"), agreed_because="")
    return touched


def _copy_scores(entries: Iterable[int]) -> set[int]:
    rows = Score.objects.filter(entry__in=list(entries))
    given = set(rows.filter(stage=Score.Stage.SITTING).values_list("entry_id", flat=True))
    own = [one for one in rows.filter(stage=Score.Stage.SELF) if one.entry_id not in given]
    Score.objects.bulk_create(
        Score(entry_id=one.entry_id, criterion=one.criterion, stage=Score.Stage.SITTING, points=one.points)
        for one in own
    )
    return {one.entry_id for one in own}


def _bump(place: Place, found: Place) -> None:
    """Count a change of the entry; the place in hand goes on with it."""
    guards.write(found.entry, _OPEN)
    place.entry.version = found.entry.version


def _note(by: Actor, at: datetime, place: Place, details: dict[str, Any]) -> None:
    entry = place.entry
    audit.record(
        by=by, at=at, action=Action.AGREE, target=entry, unit_id=entry.unit_id, subject_id=entry.member_id,
        details=details,
    )  # fmt: skip
