"""Django's handle on the room."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Name the room."""

    name = "hatnhan.accounts"
    label = "accounts"
