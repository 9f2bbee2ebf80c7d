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
from hatnhan.organization.actions.checks import deed, require_text

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit


@deed
def set_theme(
    *, by: Actor, at: datetime, unit: Unit, year: int, theme: str, term_theme: str, decision_no: str
) -> YearTheme:
    """Set what a committee learns in a year, in place of what stood there, and return it.

    Raises Denied, and RuleBroken with codes ``not_a_committee``, ``theme_missing``, ``term_theme_missing``,
    ``decision_missing``, ``no_rule`` (a year under no Directive that is known).
    """
    permissions.require_keep(by, unit.pk)
    if unit.is_cell:
        raise RuleBroken(
            "not_a_committee", _("Chuyên đề năm do cấp ủy đặt; chi bộ theo chuyên đề của cấp ủy trên.")
        )
    directive_of(unit, year)
    said = {
        "theme": _text(theme, "theme"),
        "term_theme": _text(term_theme, "term_theme"),
        "decision_no": _text(decision_no, "decision_no", "decision_missing"),
    }
    row, _made = YearTheme.objects.update_or_create(unit=unit, year=year, defaults=said)
    record(by=by, action=Action.THEME, at=at, target=row, unit_id=unit.pk, details={"year": year, **said})
    return row


def _text(text: str, field: str, code: str = "") -> str:
    return require_text(nfc(text), code=code or f"{field}_missing", field=field)
