"""People who sign in. What they may do comes from the post they hold, never from the account."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from hatnhan.core.vietnamese import fold, sort_key


def new_calendar_token() -> str:
    """Return an unguessable token for a calendar address."""
    return secrets.token_urlsafe(32)


class User(AbstractUser):
    """An account: a name to sign in with, a password, second factors.

    ``is_administrator`` gives accounts and settings, and no content at all.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField(_("họ và tên"), max_length=120)
    is_administrator = models.BooleanField(_("quản trị kỹ thuật"), default=False)
    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=False)
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)
    sort_key = models.CharField(max_length=300, editable=False, db_index=True, default="")
    search_key = models.CharField(max_length=300, editable=False, default="")
    calendar_token = models.CharField(max_length=64, unique=True, default=new_calendar_token, editable=False)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = _("tài khoản")

    def __str__(self) -> str:
        return self.display_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keys for sorting and searching in step with the name."""
        self.sort_key = sort_key(self.display_name)
        self.search_key = fold(f"{self.display_name} {self.username}")
        fields = kwargs.get("update_fields")
        if fields is not None and {"display_name", "username"} & set(fields):
            kwargs["update_fields"] = {*fields, "sort_key", "search_key"}
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Tie every session to the password, as Django does, and to how often all sessions were ended."""
        said = f"{self.password}:{self.sessions_ended}"
        salt = "hatnhan.accounts.models.User.session"
        return salted_hmac(salt, said, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """Return the name as shown on screen."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the given name, by which people are addressed."""
        return str(self).rsplit(" ", 1)[-1]
