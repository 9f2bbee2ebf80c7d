"""Django's handle on the room."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Name the room."""

    name = "hatnhan.site"
    label = "shell"
