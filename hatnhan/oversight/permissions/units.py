"""Who runs the oversight of a unit, heads it, issues for its bodies; which programmes one may know of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core.dated import in_force
from hatnhan.core.errors import Denied
from hatnhan.organization.models import Body, Level, Post, UnitAncestry
from hatnhan.organization.powers import KEEPERS, powers_of
from hatnhan.oversight.models import Programme

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User
    from hatnhan.organization.powers import Powers

CHAIRS = frozenset({Post.INSPECTION_CHAIR, Post.INSPECTION_DEPUTY})
INSPECTORS = CHAIRS | {Post.INSPECTION_MEMBER}


def run_by(user: User) -> frozenset[int]:
    """Return the ids of the units whose oversight a person runs today."""
    wanted = KEEPERS | INSPECTORS
    return frozenset(
        unit
        for unit, post, level in powers_of(user).held
        if post in (KEEPERS if level == Level.CELL else wanted)
    )


def chaired_by(user: User) -> frozenset[int]:
    """Return the ids of the committees whose inspection committee a person chairs today, or is deputy of."""
    return frozenset(unit for unit, post, _level in powers_of(user).held if post in CHAIRS)


def headed_by(powers: Powers) -> frozenset[int]:
    """Return the ids of the units a person heads: these are the person's to answer for as subjects."""
    return powers.cells_led | powers.keeps


def runs(by: Actor, unit_id: int) -> bool:
    """Tell whether a person runs the oversight of a unit today: there, or of a committee above it."""
    if isinstance(by, Machine):
        return True
    mine = run_by(by)
    return unit_id in mine or is_below(unit_id, committees(by), by)


def require_run(by: Actor, unit_id: int) -> None:
    """Raise Denied unless the person runs the oversight of a unit today."""
    if not runs(by, unit_id):
        message = _(
            "Việc này do Ủy ban Kiểm tra, Bí thư, Phó Bí thư làm. Đồng chí không giữ chức vụ ấy hôm nay."
        )
        raise Denied(message)


def approves(by: Actor, unit_id: int, body: str) -> bool:
    """Tell whether a person may issue for a body of a unit: its secretary or deputy; for inspection also its chair."""
    if isinstance(by, Machine):
        return True
    if body == Body.INSPECTION and unit_id in chaired_by(by):
        return True
    powers = powers_of(by)
    return unit_id in powers.cells_led or unit_id in powers.keeps


def require_approve(by: Actor, unit_id: int, body: str) -> None:
    """Raise Denied unless the person may issue for a body of a unit today."""
    if not approves(by, unit_id, body):
        raise Denied(_("Việc này do người đứng đầu ban hành. Đồng chí không giữ chức vụ ấy hôm nay."))


def committees(user: User) -> frozenset[int]:
    """Return the ids of the committees, cells left out, whose oversight a person runs today."""
    cells = {unit for unit, _post, level in powers_of(user).held if level == Level.CELL}
    return run_by(user) - cells


def below(roots: Collection[int], user: User) -> QuerySet[UnitAncestry, int]:
    """Return the ids of the units that stand in or below some units today, those themselves among them."""
    on = powers_of(user).on
    return UnitAncestry.objects.filter(in_force(on), ancestor_id__in=roots).values_list("unit_id", flat=True)


def is_below(unit_id: int, roots: Collection[int], user: User) -> bool:
    """Tell whether a unit is one of some units, or stands below one today."""
    return bool(roots) and below(roots, user).filter(unit_id=unit_id).exists()


def within_reach(user: User) -> Q:
    """Return the condition on ``unit`` that a person runs its oversight, there or from above."""
    condition = Q(unit__in=run_by(user))
    if roots := committees(user):
        condition |= Q(unit__in=below(roots, user))
    return condition


def programmes_for(user: User) -> QuerySet[Programme]:
    """Return the programmes that a person may know of: issued ones of the own line, drafts where the person writes."""
    powers = powers_of(user)
    heads = powers.units_led | (powers.units_seen if powers.cells_led else frozenset())
    issued = Q(state=Programme.State.APPROVED, unit__in=heads)
    return Programme.objects.filter(issued | Q(unit__in=run_by(user)))
