"""Django's handle on the room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Name the room and listen to what is done to accounts."""

    name = "hatnhan.audit"
    label = "audit"

    def ready(self) -> None:
        """Connect the receivers."""
        import_module("hatnhan.audit.receivers")
