"""Issuing passwords and asking that they be long enough."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from hatnhan.accounts.models import User

SHORTEST = 10
#: Letters and digits that cannot be taken for one another on paper: no 0, O, 1, l, i.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4


def issue() -> str:
    """Return a new random password, in groups that can be read out: about 79 bits."""
    return "-".join(
        "".join(secrets.choice(_ALPHABET) for _letter in range(_GROUP)) for _group in range(_GROUPS)
    )


class LongEnough:
    """Ask for ten characters. Length is what counts (NIST SP 800-63B, 3.1.1.2), so no kind of character is demanded."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 - the signature is Django's
        """Raise ValidationError when the password is too short."""
        if len(password) < SHORTEST:
            raise ValidationError(
                _("Mật khẩu cần ít nhất %(count)d ký tự; đang có %(length)d.")
                % {"count": SHORTEST, "length": len(password)},
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        """Say what is asked, before it is asked."""
        return _("Ít nhất %(count)d ký tự. Nên dùng một câu ngắn dễ nhớ.") % {"count": SHORTEST}
