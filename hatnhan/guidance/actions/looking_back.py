"""What is said to registrations, and what came of them: the cell's comment, progress, self-assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.guidance.actions.registration_checks import (
    hold_rows,
    is_own,
    keep_rows,
    kept_text,
    name_of,
    own_words,
    record_each,
    require_leaders,
    who,
)
from hatnhan.guidance.models import Registration, RegistrationDeed
from hatnhan.guidance.permissions import Action
from hatnhan.organization.actions.checks import day_of, deed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hatnhan.accounts.actors import Actor

    #: What came of a registration: the text, and the outcome of deeds by their ids.
    Told = tuple[str, Mapping[int, str]]

_State = Registration.State


# --- the cell's comment -----------------------------------------------------------------------------------------------
@deed
def comment(*, by: Actor, at: datetime, registrations: Mapping[Registration, str]) -> list[Registration]:
    """Write what the cell (of a unit's own: the committee above) says to what was handed in.

    An empty text takes it back; bettering it keeps the first moment. Nobody comments on the own.

    Raises Denied, and RuleBroken with codes ``nobody``, ``changed_meanwhile``, ``not_registered``, ``too_long``.
    """
    texts = {row.pk: kept_text(text, "comment") for row, text in registrations.items()}
    rows = hold_rows(registrations)
    require_leaders(by, rows, day_of(at), own=False)
    for row in rows:
        if row.state == _State.DRAFT:
            raise RuleBroken("not_registered", _("%(who)s chưa đăng ký.") % {"who": who(row)})
        row.comment = texts[row.pk]
        row.comment_by, row.commented_at = (
            (name_of(by), row.commented_at or at) if row.comment else ("", None)
        )
    keep_rows(registrations, rows, ["comment", "comment_by", "commented_at"])
    record_each(by, at, Action.COMMENT, rows, {})
    return rows


# --- looking back -----------------------------------------------------------------------------------------------------
@deed
def note_progress(*, by: Actor, at: datetime, entries: Mapping[Registration, Told]) -> list[Registration]:
    """Note what came of registrations by the middle of the year: by the member, or from paper by who leads the cell.

    Bettering it later keeps the first moment. Raises Denied, and RuleBroken with codes ``nobody``,
    ``changed_meanwhile``, ``not_registered``, ``assessed``, ``text_missing``,
    ``too_early``, ``own_words``, ``unknown_deed``, ``unknown_outcome``, ``too_long``.
    """
    rows = _told(by, at, entries, "progress")
    for row in rows:
        if row.state != _State.REGISTERED:
            message = _("%(who)s đã tự đánh giá cuối năm, không ghi thêm kết quả giữa năm.")
            raise RuleBroken("assessed", message % {"who": who(row)})
        row.progress, row.progress_at = _text_of(entries, row), row.progress_at or at
    keep_rows(entries, rows, ["progress", "progress_at", "progress_by"])
    _keep_told(by, at, Action.PROGRESS, rows)
    return rows


@deed
def assess(*, by: Actor, at: datetime, entries: Mapping[Registration, Told]) -> list[Registration]:
    """Keep what members (or units) say of their own year at its end; bettering it later keeps the first moment.

    Raises Denied, and RuleBroken with codes ``nobody``, ``changed_meanwhile``, ``not_registered``, ``text_missing``,
    ``too_early``, ``own_words``, ``unknown_deed``, ``unknown_outcome``, ``too_long``.
    """
    rows = _told(by, at, entries, "assessed")
    for row in rows:
        row.assessment, row.assessed_at = _text_of(entries, row), row.assessed_at or at
        row.state = _State.ASSESSED
    keep_rows(entries, rows, ["assessment", "assessed_at", "assessed_by", "state"])
    _keep_told(by, at, Action.ASSESS, rows)
    return rows


def _told(by: Actor, at: datetime, entries: Mapping[Registration, Told], part: str) -> list[Registration]:
    """Return the registrations as they stand, with the outcomes of their deeds and by whom it is told."""
    rows = hold_rows(entries)
    require_leaders(by, rows, day_of(at), own=True)
    outcomes = {row.pk: told[1] for row, told in entries.items()}
    for row in rows:
        own = is_own(by, row)
        if row.state == _State.DRAFT:
            raise RuleBroken("not_registered", _("%(who)s chưa đăng ký.") % {"who": who(row)})
        if day_of(at).year < row.year:
            raise RuleBroken("too_early", _("Chưa đến năm %(year)s.") % {"year": row.year})
        typed = getattr(row, f"{part}_by")
        if not own and getattr(row, f"{part}_at") and not typed:
            raise own_words(row)
        setattr(row, f"{part}_by", "" if own else name_of(by))
        _set_outcomes(row, outcomes[row.pk])
    return rows


def _keep_told(by: Actor, at: datetime, action: Action, rows: list[Registration]) -> None:
    deeds = [one for row in rows for one in row.deeds.all()]
    RegistrationDeed.objects.bulk_update(deeds, ["outcome"], batch_size=200)
    paper = [row for row in rows if not is_own(by, row)]
    record_each(by, at, action, [row for row in rows if row not in paper], {})
    record_each(by, at, action, paper, {"on_paper": True})


def _set_outcomes(row: Registration, outcomes: Mapping[int, str]) -> None:
    deeds = {one.pk: one for one in row.deeds.all()}
    for pk, outcome in outcomes.items():
        if pk not in deeds:
            raise RuleBroken("unknown_deed", _("Việc này không có trong bản đăng ký. Mở lại trang."))
        if outcome not in RegistrationDeed.Outcome.values:
            raise RuleBroken("unknown_outcome", _("Không có mức kết quả này. Chọn lại trong danh sách."))
        deeds[pk].outcome = outcome


def _text_of(entries: Mapping[Registration, Told], row: Registration) -> str:
    text = kept_text(next(told[0] for one, told in entries.items() if one.pk == row.pk), "text")
    if not text:
        message = _("Chưa ghi kết quả của %(who)s.") % {"who": who(row)}
        raise RuleBroken("text_missing", message, field="text")
    return text
