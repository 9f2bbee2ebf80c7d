"""What allauth tells us, handed to the actions that take note of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.signals import password_changed, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.dispatch import receiver

from hatnhan.accounts import actions
from hatnhan.core import clock

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator

    from hatnhan.accounts.models import User


@receiver([password_changed, password_set])
def password(user: User, **_rest: Any) -> None:
    """Take note of a new password."""
    actions.note_password_changed(by=user, at=clock.now())


@receiver(authenticator_added)
def factor_added(user: User, authenticator: Authenticator, **_rest: Any) -> None:
    """Take note of a second factor added."""
    actions.note_second_factor(by=user, at=clock.now(), kind=str(authenticator.type), added=True)


@receiver(authenticator_removed)
def factor_removed(user: User, authenticator: Authenticator, **_rest: Any) -> None:
    """Take note of one removed."""
    actions.note_second_factor(by=user, at=clock.now(), kind=str(authenticator.type), added=False)
