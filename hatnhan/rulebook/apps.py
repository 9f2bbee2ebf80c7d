"""Django's handle on the room."""

from __future__ import annotations

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """Name the room."""

    name = "hatnhan.rulebook"
    label = "rulebook"
