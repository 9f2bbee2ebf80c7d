"""Django's handle on the room."""

from __future__ import annotations

from django.apps import AppConfig

from hatnhan.core import deed_words


class SiteConfig(AppConfig):
    """Name the room."""

    name = "hatnhan.site"
    label = "shell"

    def ready(self) -> None:
        """Say what the shell's own deeds are called in the record."""
        from hatnhan.site import actions  # noqa: PLC0415 - it needs the models, which can be imported only now

        deed_words.register(actions.WORDS, actions.DETAILS)
