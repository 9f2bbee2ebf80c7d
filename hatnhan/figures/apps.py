"""Django's handle on the room; at start it imports every room's figures.py."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FiguresConfig(AppConfig):
    """Name the room and gather what the others hand up."""

    name = "hatnhan.figures"
    label = "figures"

    def ready(self) -> None:
        """Import the figures module of each installed room."""
        autodiscover_modules("figures")
