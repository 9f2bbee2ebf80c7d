"""Who may set a local value: asked of the rooms above, which know posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rules.permissions import has_perm

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Denied

if TYPE_CHECKING:
    from hatnhan.accounts.actors import Actor

#: Rooms above add a predicate of the user and the unit's id under this name.
SET = "rulebook.set_overlay"


def may_set(by: Actor, unit_id: int | None) -> bool:
    """Tell whether the person may set local values for a unit today. Commands on the machine may not: no one signs."""
    if unit_id is None or isinstance(by, Machine):
        return False
    return bool(has_perm(SET, by, unit_id))  # type: ignore[no-untyped-call]


def require(by: Actor, unit_id: int) -> None:
    """Raise Denied unless the person may set local values for the unit."""
    if not may_set(by, unit_id):
        raise Denied(_("Quy định riêng do Bí thư, Phó Bí thư cấp ủy có thẩm quyền đặt."))
