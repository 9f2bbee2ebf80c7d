"""The room's actions and who may do them. Everything not granted here is denied.

- The head of a unit (secretary, deputies), and whoever keeps it from above, gives tasks, verifies them, moves their
  last day, hands them to another and withdraws them; of a committee, also shares out cells and groups of tasks.
- Who owns a task reports on it; of a body's task, those who sit in it or lead its unit. Helpers report progress.
- For an owner without an account, or a body none of whose heads has one, the head of the unit that gave it reports.
- Nobody verifies what was theirs to do, unless the unit has no other head: then the page and the record say so.
- What another room reports and settles on its own pages (`origins.settled_elsewhere`) nobody settles here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.assignments.origins import settled_elsewhere
from hatnhan.core.errors import Denied
from hatnhan.organization.models import Body, Position, Post
from hatnhan.organization.powers import KEEPERS, powers_of
from hatnhan.organization.selectors.bodies import posts_of

if TYPE_CHECKING:
    from hatnhan.accounts.actors import Actor
    from hatnhan.assignments.models import Task
    from hatnhan.organization.powers import Powers


class Action(StrEnum):
    """Names of the deeds, as they stand in the audit record."""

    GIVE = "assignments:task:give"
    PROGRESS = "assignments:task:progress"
    DONE = "assignments:task:done"
    RETURN = "assignments:task:return"
    VERIFY = "assignments:task:verify"
    POSTPONE = "assignments:task:postpone"
    HAND_OVER = "assignments:task:hand_over"
    WITHDRAW = "assignments:task:withdraw"
    EXPORT = "assignments:task:export"
    GROUP_CREATE = "assignments:group:create"
    GROUP_RENAME = "assignments:group:rename"
    GROUP_END = "assignments:group:end"
    CHARGE_CELL = "assignments:charge:cell"
    CHARGE_GROUP = "assignments:charge:group"
    CHARGE_END = "assignments:charge:end"


#: What the head of the unit that gave a task decides about it.
_OF_GIVER = frozenset(
    {Action.RETURN, Action.VERIFY, Action.POSTPONE, Action.HAND_OVER, Action.WITHDRAW, Action.PROGRESS}
)
_INSPECTION_HEADS = frozenset({Post.INSPECTION_CHAIR, Post.INSPECTION_DEPUTY})


def leads(by: Actor, unit_id: int) -> bool:
    """Tell whether a person leads a unit today: its head, or who keeps it from above."""
    if isinstance(by, Machine):
        return True
    powers = powers_of(by)
    return unit_id in powers.cells_led or powers.may_keep(unit_id)


def require_lead(by: Actor, unit_id: int) -> None:
    """Raise Denied unless the person leads a unit today."""
    if not leads(by, unit_id):
        raise Denied(_("Việc này do Bí thư, Phó Bí thư làm. Đồng chí không giữ chức vụ ấy hôm nay."))


def owns(powers: Powers, task: Task) -> bool:
    """Tell whether a task is a person's to do: in person, or as one of the body that has it, or as its unit's head."""
    if powers.member_id is None:
        return False
    if task.owner_id is not None:
        return task.owner_id == powers.member_id
    if task.owner_unit_id in powers.cells_led:
        return True
    posts = posts_of(task.owner_body)
    return any(unit == task.owner_unit_id and post in posts for unit, post, _level in powers.held)


def helps(powers: Powers, task: Task) -> bool:
    """Tell whether a person helps with a task."""
    return powers.member_id is not None and task.helpers.filter(member_id=powers.member_id).exists()


def is_own(powers: Powers, task: Task) -> bool:
    """Tell whether verifying a task would be judging oneself: one's own, or that of a lower unit one answers for.

    What a body has in its own unit's books is no single person's: its head verifies it.
    """
    if task.owner_id is None and task.owner_unit_id == task.unit_id:
        return False
    return owns(powers, task)


def reports_for_owner(by: Actor, task: Task) -> bool:
    """Tell whether a person leads the unit that gave a task and so reports for an owner who has no account.

    Of a body's task nobody has one when none of the heads has: of its unit, or of the inspection.
    """
    if isinstance(by, Machine) or owns(powers_of(by), task) or not leads(by, task.unit_id):
        return False
    if task.owner is not None:
        return task.owner.user_id is None
    heads = Position.objects.on(powers_of(by).on).filter(
        unit=task.owner_unit, post__in=_heads_of(task.owner_body)
    )
    return not heads.filter(member__user__isnull=False).exists()


def _heads_of(body: str) -> frozenset[Post]:
    return _INSPECTION_HEADS if Body(body) is Body.INSPECTION else KEEPERS


def has_other_head(unit_id: int, powers: Powers) -> bool:
    """Tell whether somebody else is secretary or deputy of a unit today."""
    heads = Position.objects.on(powers.on).filter(unit_id=unit_id, post__in=KEEPERS)
    return any(member_id != powers.member_id for member_id in heads.values_list("member_id", flat=True))


def verifies_alone(by: Actor, task: Task) -> bool:
    """Tell whether a person verifies the own task because the unit has no other head."""
    if isinstance(by, Machine):
        return False
    powers = powers_of(by)
    return is_own(powers, task) and leads(by, task.unit_id) and not has_other_head(task.unit_id, powers)


def allowed(by: Actor, action: Action, task: Task) -> bool:
    """Tell whether a person may do something today about a task; a command on the machine may do all."""
    if isinstance(by, Machine):
        return True
    if action is not Action.PROGRESS and settled_elsewhere(task):
        return False
    powers = powers_of(by)
    if action is Action.DONE:
        return owns(powers, task) or reports_for_owner(by, task)
    if action is Action.PROGRESS and (owns(powers, task) or helps(powers, task)):
        return True
    if action not in _OF_GIVER or not leads(by, task.unit_id):
        return False
    judging = action in {Action.VERIFY, Action.RETURN}
    return not judging or not is_own(powers, task) or not has_other_head(task.unit_id, powers)


def require(by: Actor, action: Action, task: Task) -> None:
    """Raise Denied unless the person may do something today about a task."""
    if allowed(by, action, task):
        return
    if settled_elsewhere(task):
        raise Denied(
            _("Việc này báo cáo và xác nhận ở nơi đã giao ra. Mở trang ghi sau chữ “Từ” ở trang việc.")
        )
    if action in {Action.DONE, Action.PROGRESS}:
        raise Denied(_("Người được giao việc mới báo được. Đồng chí không làm việc này."))
    if isinstance(by, Machine) or leads(by, task.unit_id):
        message = _(
            "Việc này của chính đồng chí. Người khác trong số Bí thư, Phó Bí thư kiểm tra và công nhận."
        )
        raise Denied(message)
    raise Denied(_("Việc này do Bí thư, Phó Bí thư nơi giao làm. Đồng chí không giữ chức vụ ấy hôm nay."))
