"""Django's handle on the room."""

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Name the room."""

    name = "hatnhan.core"
    label = "core"
