"""Django's handle on the room."""

from __future__ import annotations

from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    """Name the room."""

    name = "hatnhan.organization"
    label = "organization"
