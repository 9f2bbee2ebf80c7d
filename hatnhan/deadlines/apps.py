"""Django's handle on the room; at start it imports every room's deadlines.py."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DeadlinesConfig(AppConfig):
    """Name the room and gather what the others hand up."""

    name = "hatnhan.deadlines"
    label = "deadlines"

    def ready(self) -> None:
        """Import the deadlines module of each installed room."""
        autodiscover_modules("deadlines")
