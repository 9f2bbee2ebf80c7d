"""How often the tellers' passphrases may be tried: counted in the cache, as sign-in is, a ballot for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken

if TYPE_CHECKING:
    from hatnhan.ballots.models import Ballot

MOST = 10
MINUTES = 15


def take_try(ballot: Ballot) -> str:
    """Take one of the tries that a ballot has in a quarter of an hour; return its name for `give_back`.

    Taken before the passphrases are tried, so that many tries at once do not slip through; to be called outside the
    transaction of the deed, whose failure would give it back. Raises RuleBroken ``too_many_tries``.
    """
    for number in range(MOST):
        name = f"ballot-try:{ballot.pk}:{number}"
        if cache.add(name, 1, MINUTES * 60):
            return name
    message = _(
        "Đã ghi sai mật khẩu kiểm phiếu %(most)d lần trong %(minutes)d phút. Chờ %(minutes)d phút rồi ghi lại. Các "
        "phiếu vẫn còn nguyên."
    )
    raise RuleBroken("too_many_tries", message % {"most": MOST, "minutes": MINUTES}, field="first")


def give_back(name: str) -> None:
    """Give a try back that was not spent on a wrong passphrase."""
    cache.delete(name)
