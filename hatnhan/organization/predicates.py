"""What the powers of posts grant in the rooms below, which know no posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.permissions import add_perm, perm_exists
from rules.predicates import predicate

from hatnhan.accounts.permissions import NEEDS_SECOND_FACTOR
from hatnhan.figures import permissions as figures
from hatnhan.figures import scopes
from hatnhan.organization.models import Unit
from hatnhan.organization.powers import powers_of
from hatnhan.rulebook import permissions as rulebook

if TYPE_CHECKING:
    from hatnhan.accounts.models import User


def reads_roster(user: User, unit: Unit | None) -> bool:
    """Hold for those who may read the whole roster of a unit: its figures are made of it."""
    return unit is not None and powers_of(user).may_read_roster(unit.pk)


def keeps_a_roster(user: User) -> bool:
    """Hold for the secretary and the deputies of a committee: their accounts open every file below."""
    return bool(powers_of(user).keeps)


def keeps_unit(user: User, unit_id: int | None) -> bool:
    """Hold for those who keep a unit: they may set local values of rules for it."""
    return unit_id is not None and powers_of(user).may_keep(unit_id)


def unit_by_code(code: str) -> Unit | None:
    """Return the unit with a code, for commands on the machine; None when there is none."""
    found: Unit | None = Unit.objects.filter(code=code).first()
    return found


def grant() -> None:
    """Hand them in; called once at start."""
    if not perm_exists(figures.READ):  # type: ignore[no-untyped-call]
        add_perm(figures.READ, predicate(reads_roster))  # type: ignore[no-untyped-call]
    if not perm_exists(NEEDS_SECOND_FACTOR):  # type: ignore[no-untyped-call]
        add_perm(NEEDS_SECOND_FACTOR, predicate(keeps_a_roster))  # type: ignore[no-untyped-call]
        add_perm(rulebook.SET, predicate(keeps_unit))  # type: ignore[no-untyped-call]
    scopes.register(unit_by_code)
