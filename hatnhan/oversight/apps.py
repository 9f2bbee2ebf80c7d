"""Django's handle on the room."""

from __future__ import annotations

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Name the room."""

    name = "hatnhan.oversight"
    label = "oversight"

    def ready(self) -> None:
        """Tell the rooms below what they ask for."""
        from hatnhan.oversight import hooks  # noqa: PLC0415 - models can be imported only now

        hooks.register()
