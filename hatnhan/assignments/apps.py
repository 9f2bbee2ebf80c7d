"""Django's handle on the room."""

from __future__ import annotations

from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    """Name the room."""

    name = "hatnhan.assignments"
    label = "assignments"

    def ready(self) -> None:
        """Tell the rooms below what they ask for."""
        from hatnhan.assignments import hooks  # noqa: PLC0415 - models can be imported only now

        hooks.register()
