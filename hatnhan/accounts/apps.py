"""Django's handle on the room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from hatnhan.accounts.deeds import DETAILS, WORDS
from hatnhan.core import deed_words


class AccountsConfig(AppConfig):
    """Name the room and listen to allauth."""

    name = "hatnhan.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Connect the receivers, say what deeds are called."""
        import_module("hatnhan.accounts.receivers")
        deed_words.register(WORDS, DETAILS)
