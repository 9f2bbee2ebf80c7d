"""The theme of a committee's year under the Directive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.guidance import permissions
from hatnhan.guidance.models import YearTheme
from hatnhan.guidance.permissions import Action
from hatnhan.guidance.selectors.directive import directive_of
from hatnhan.organization.actions.checks import changed_meanwhile, day_of, deed, hold, require_text

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit


@deed
def set_theme(
    *,
    by: Actor,
    at: datetime,
    unit: Unit,
    year: int,
    theme: str,
    term_theme: str,
    decision_no: str,
    kept: YearTheme | None = None,
) -> YearTheme:
    """Set what a committee learns in a year, in place of what stood there (``kept``, as it was read); return it.

    Raises Denied, and RuleBroken with codes ``not_a_committee``, ``theme_missing``, ``term_theme_missing``,
    ``decision_missing``, ``no_rule`` (a year under no Directive that is known), ``changed_meanwhile``.
    """
    permissions.require_keep(by, unit.pk)
    if unit.is_cell:
        raise RuleBroken(
            "not_a_committee", _("Chuyên đề năm do cấp ủy đặt; chi bộ theo chuyên đề của cấp ủy trên.")
        )
    directive_of(unit, year, day_of(at))
    said = {
        "theme": _text(theme, "theme"),
        "term_theme": _text(term_theme, "term_theme"),
        "decision_no": _text(decision_no, "decision_no", "decision_missing"),
    }
    before = {name: getattr(kept, name) if kept else "" for name in said}
    row = _write(unit, year, said, kept)
    changes = {name: [before[name], text] for name, text in said.items() if text != before[name]}
    details = {"year": year, "changes": changes} if kept else {"year": year, **said}
    record(by=by, action=Action.THEME, at=at, target=row, unit_id=unit.pk, details=details)
    return row


def _write(unit: Unit, year: int, said: dict[str, str], kept: YearTheme | None) -> YearTheme:
    """Write a theme in place of the one that was read, or where there was none. Raises ``changed_meanwhile``."""
    if kept is not None:
        hold(kept, *said)
        for name, text in said.items():
            setattr(kept, name, text)
        kept.save(update_fields=list(said))
        return kept
    row, made = YearTheme.objects.get_or_create(unit=unit, year=year, defaults=said)
    if not made:
        raise changed_meanwhile()
    return row


def _text(text: str, field: str, code: str = "") -> str:
    return require_text(nfc(text), code=code or f"{field}_missing", field=field)
