"""The quality score of a cell's meeting: the cell scores itself, the committee above decides (42-HD/BTCTW)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.models import User
from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import decimal as written
from hatnhan.meetings import permissions, score_rules
from hatnhan.meetings.actions.monthly import require_held
from hatnhan.meetings.models import ScoreLine, ScoreSheet
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import evidence, scores
from hatnhan.organization.actions.checks import deed
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.meetings.models import Meeting
    from hatnhan.meetings.selectors.evidence import Evidence
    from hatnhan.rulebook.topics.meetings import Criterion

_TENTH = Decimal("0.1")
_MOST = 100


@deed
def score_meeting(
    *, by: Actor, at: datetime, meeting: Meeting, given: Mapping[str, Decimal | int], remedies: str = ""
) -> ScoreSheet:
    """Save what the cell gives its meeting, by the template in force on the meeting's day; again until decided.

    ``given`` holds points by the criterion's key; one that was worked out and is left out gets what was worked out.
    The sheet keeps words, maxima, what was worked out and from what, so that later law leaves it as it is.
    Raises Denied, and RuleBroken with codes ``not_monthly``, ``not_held``, ``decided``, and, with the criterion's key
    as field, ``score_missing``, ``score_too_high``, ``score_too_low``, ``score_places``.
    """
    permissions.require(by, Action.SCORE, meeting)
    require_held(meeting)
    # Held until the deed is written: who decides this moment decides on the sheet as it was, or as it will be.
    kept = ScoreSheet.objects.select_for_update().filter(meeting=meeting).first()
    if kept is not None and kept.decided_at is not None:
        message = _("Cấp ủy đã quyết định điểm cuộc họp này. Muốn xét lại thì báo cấp ủy.")
        raise RuleBroken("decided", message)
    rule = scores.law_of(meeting)
    known = evidence.evidence(meeting, rule.value, at=at)
    points = [_points(one, given, known.get(one.key)) for one in rule.value.criteria]
    total = sum(points, Decimal(0))
    band = score_rules.band(total, rule.value)
    sheet, _made = ScoreSheet.objects.update_or_create(
        meeting=meeting,
        defaults={
            "rule_version": rule.version,
            "self_total": total,
            "self_band": band,
            "self_at": at,
            "remedies": remedies.strip(),
        },
    )
    ScoreLine.objects.filter(sheet=sheet).delete()
    pairs = enumerate(zip(rule.value.criteria, points, strict=True))
    lines = [_line(sheet, place, one, worth, known.get(one.key)) for place, (one, worth) in pairs]
    ScoreLine.objects.bulk_create(lines)
    details = {"total": str(total), "band": band, "rule": rule.version}
    record(by=by, action=Action.SCORE, at=at, target=meeting, unit_id=meeting.unit_id, details=details)
    return sheet


def _points(criterion: Criterion, given: Mapping[str, Decimal | int], known: Evidence | None) -> Decimal:
    points = given.get(criterion.key)
    if points is None and known is not None:
        points = known.points
    values = {"title": criterion.title, "most": criterion.most}
    if points is None:
        message = _("Chưa chấm mục “%(title)s”. Ghi từ 0 đến %(most)d điểm.")
        raise RuleBroken("score_missing", message % values, field=criterion.key)
    exact = Decimal(points)
    if exact > criterion.most:
        message = _("Mục “%(title)s” tối đa %(most)d điểm. Ghi lại từ 0 đến %(most)d.")
        raise RuleBroken("score_too_high", message % values, field=criterion.key)
    if not exact >= 0:
        message = _("Mục “%(title)s” không dưới 0 điểm. Ghi lại từ 0 đến %(most)d.")
        raise RuleBroken("score_too_low", message % values, field=criterion.key)
    if exact != exact.quantize(_TENTH):
        message = _("Mục “%(title)s” chấm lẻ nhất đến 0,1 điểm. Ghi lại.")
        raise RuleBroken("score_places", message % values, field=criterion.key)
    return exact


def _line(
    sheet: ScoreSheet, place: int, criterion: Criterion, worth: Decimal, known: Evidence | None
) -> ScoreLine:
    return ScoreLine(
        sheet=sheet,
        place=place,
        key=criterion.key,
        title=criterion.title,
        most=criterion.most,
        computed=known.points if known else None,
        evidence=known.words if known else "",
        given=worth,
    )


@deed
def decide_score(
    *, by: Actor, at: datetime, meeting: Meeting, total: Decimal | int, note: str = ""
) -> ScoreSheet:
    """Decide on a cell's score from above; the band follows from the total, by the template of the sheet.

    A total other than the cell's own says why, and so does a decision taken anew. Raises Denied, and RuleBroken with
    codes ``not_scored``, ``score_range``, ``score_places``, ``note_missing``.
    """
    permissions.require(by, Action.SCORE_DECIDE, meeting)
    sheet = ScoreSheet.objects.select_for_update().filter(meeting=meeting).first()
    if sheet is None:
        message = _("Chi bộ chưa tự chấm cuộc họp này. Chi bộ chấm trước, cấp ủy quyết định sau.")
        raise RuleBroken("not_scored", message)
    exact = _total(Decimal(total))
    note = note.strip()
    if not note and (exact != sheet.self_total or sheet.decided_at is not None):
        message = (
            _("Điểm này đã quyết định. Ghi lý do quyết định lại.")
            if sheet.decided_at is not None
            else _("Điểm khác chi bộ tự chấm (%(own)s). Ghi lý do.") % {"own": written(sheet.self_total, 1)}
        )
        raise RuleBroken("note_missing", message, field="note")
    sheet.decided_total = exact
    sheet.decided_band = score_rules.band(exact, scores.law_kept(sheet).value)
    sheet.decided_at, sheet.decided_note = at, note
    sheet.decided_by_id = powers_of(by).member_id if isinstance(by, User) else None
    sheet.save()
    details = {"total": str(exact), "band": sheet.decided_band, "own": str(sheet.self_total), "note": note}
    record(by=by, action=Action.SCORE_DECIDE, at=at, target=meeting, unit_id=meeting.unit_id, details=details)
    return sheet


def _total(total: Decimal) -> Decimal:
    if not 0 <= total <= _MOST:
        raise RuleBroken("score_range", _("Tổng điểm từ 0 đến 100. Ghi lại."), field="total")
    if total != total.quantize(_TENTH):
        raise RuleBroken("score_places", _("Điểm lẻ nhất đến 0,1. Ghi lại."), field="total")
    return total
