"""Who runs a cycle, who runs a sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Denied
from hatnhan.organization.models import Level, Post
from hatnhan.organization.powers import KEEPERS, powers_of
from hatnhan.reviews.models import Cycle

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User
    from hatnhan.organization.powers import Powers
    from hatnhan.reviews.models import Sitting

#: The deciding committee: those who read the texts and appraise.
DECIDERS = KEEPERS | {Post.STANDING_MEMBER}


def decides_in(powers: Powers) -> frozenset[int]:
    """Return the ids of the committees in whose deciding body a person sits today."""
    return frozenset(unit for unit, post, level in powers.held if level != Level.CELL and post in DECIDERS)


def seated_in(powers: Powers) -> frozenset[int]:
    """Return the ids of the cells in whose committee a person sits today."""
    return frozenset(unit for unit, _post, level in powers.held if level == Level.CELL)


def runs_cycle(by: Actor, unit_id: int) -> bool:
    """Tell whether a person runs the yearly review of a committee today: its secretary and deputies, or from above."""
    if isinstance(by, Machine):
        return True
    powers = powers_of(by)
    return unit_id in powers.keeps or (bool(powers.keeps) and unit_id in powers.units_stood_in_for)


def require_cycle(by: Actor, unit_id: int) -> None:
    """Raise Denied unless the person runs the yearly review of a committee today."""
    if not runs_cycle(by, unit_id):
        message = _("Việc này do Bí thư, Phó Bí thư Đảng ủy làm. Đồng chí không giữ chức vụ ấy hôm nay.")
        raise Denied(message)


def keeps_unit(by: Actor, unit_id: int) -> bool:
    """Tell whether a person keeps the roster of a unit today: its own committee, or one above."""
    return isinstance(by, Machine) or unit_id in powers_of(by).units_kept


def require_keeper(by: Actor, unit_id: int) -> None:
    """Raise Denied unless the person keeps the roster of a unit today."""
    if not keeps_unit(by, unit_id):
        message = _("Việc này do Bí thư, Phó Bí thư Đảng ủy làm. Đồng chí không giữ chức vụ ấy hôm nay.")
        raise Denied(message)


def decides_above(by: Actor, cycle: Cycle) -> bool:
    """Tell whether a person keeps a committee above the cycle's own: it decides on the organisation itself."""
    if isinstance(by, Machine):
        return True
    powers = powers_of(by)
    return cycle.unit_id in powers.units_kept and cycle.unit_id not in powers.keeps


def runs_sitting(by: Actor, sitting: Sitting) -> bool:
    """Tell whether a person runs the review meeting of a body: the head of its unit; of a cell without one, from above.

    Whoever runs the cycle helps a cell that cannot do it on the machine, and the record says who wrote.
    """
    if isinstance(by, Machine):
        return True
    powers = powers_of(by)
    return (
        sitting.unit_id in powers.cells_led
        or sitting.unit_id in powers.keeps
        or sitting.unit_id in powers.units_stood_in_for
        or runs_cycle(by, sitting.cycle.unit_id)
    )


def require_sitting(by: Actor, sitting: Sitting) -> None:
    """Raise Denied unless the person runs the review meeting of a body today."""
    if not runs_sitting(by, sitting):
        message = _(
            "Việc này do người đứng đầu nơi họp kiểm điểm làm. Đồng chí không giữ chức vụ ấy hôm nay."
        )
        raise Denied(message)


def cycles_for(user: User) -> QuerySet[Cycle]:
    """Return the cycles that a person may know of: of the own line, whatever the person holds there."""
    powers = powers_of(user)
    if powers.member_id is None:
        return Cycle.objects.none()
    return Cycle.objects.filter(
        Q(unit__in=powers.units_seen) | Q(entries__member=powers.member_id)
    ).distinct()
