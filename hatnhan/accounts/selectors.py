"""Reading accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from hatnhan.accounts.models import User
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import fold

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def accounts(query: str = "") -> QuerySet[User]:
    """Return accounts by given name, each with ``has_factor``; ``query`` is part of a name, marks or none."""
    factor = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=_FACTORS)
    found = User.objects.annotate(has_factor=Exists(factor)).order_by("sort_key", "pk")
    return found.filter(search_key__contains=fold(query)) if query.strip() else found


def account(by: User | AnonymousUser, pk: int) -> User:
    """Return one account for the administrator. Raises Missing when there is none, or for anyone else."""
    if by.is_authenticated and by.is_administrator:
        found = accounts().filter(pk=pk).first()
        if found:
            return found
    raise Missing


def has_second_factor(user: User) -> bool:
    """Tell whether the person has a second factor; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=_FACTORS).exists())


def active_administrators() -> QuerySet[User]:
    """Return the administrators who can sign in."""
    return User.objects.filter(is_administrator=True, is_active=True)
