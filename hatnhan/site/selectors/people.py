"""The person at the screen: the posts held, and whose calendar an address is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.accounts.models import User
from hatnhan.core import clock
from hatnhan.organization.models import Level, Position, Post
from hatnhan.organization.models.position import post_title
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from datetime import date


_ORDER = [str(post) for post in Post]


@dataclass(frozen=True, slots=True)
class Held:
    """A post held today."""

    title: str
    unit: str
    since: date


def posts_of(user: User) -> list[Held]:
    """Return the posts that a person holds today, by protocol."""
    member_id = powers_of(user).member_id
    if member_id is None:
        return []
    rows = list(Position.objects.on(clock.today()).filter(member_id=member_id).select_related("unit"))
    rows.sort(key=lambda position: position.rank)
    return [Held(position.title, str(position.unit), position.start) for position in rows]


def post_in_words(user: User) -> str:
    """Return the highest post a person holds today, or what else the person is here."""
    if user.is_administrator:
        return str(_("Quản trị kỹ thuật"))
    powers = powers_of(user)
    if not powers.held:
        return str(_("Đảng viên")) if powers.member_id else ""
    of_cell, _place, post = min(
        (level == Level.CELL, _ORDER.index(post), post) for _unit, post, level in powers.held
    )
    return post_title(post, of_cell=of_cell)


def owner_of_calendar(token: str) -> User | None:
    """Return the active account that a calendar address belongs to."""
    found: User | None = User.objects.filter(calendar_token=token, is_active=True).first()
    return found
