"""Who may keep accounts, and who must have a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Denied

if TYPE_CHECKING:
    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User

#: Rooms above add predicates of the user under this name: who, by the post held today, must have a second factor.
NEEDS_SECOND_FACTOR = "accounts.needs_second_factor"


def require_administrator(by: Actor) -> None:
    """Raise Denied unless the person is a technical administrator; a command on the machine may do all."""
    if isinstance(by, Machine) or (by.is_active and by.is_administrator):
        return
    raise Denied(_("Việc này do người quản trị kỹ thuật làm."))


def must_have_second_factor(user: User) -> bool:
    """Tell whether the person must have a second factor: administrators, and whoever keeps a roster."""
    if not settings.FORCE_SECOND_FACTOR:
        return False
    return user.is_administrator or bool(has_perm(NEEDS_SECOND_FACTOR, user))  # type: ignore[no-untyped-call]
