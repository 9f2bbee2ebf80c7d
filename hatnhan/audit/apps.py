"""Django's handle on the room."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Name the room."""

    name = "hatnhan.audit"
    label = "audit"
