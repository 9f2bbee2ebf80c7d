"""Django's handle on the room."""

from __future__ import annotations

from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    """Name the room."""

    name = "hatnhan.organization"
    label = "organization"

    def ready(self) -> None:
        """Grant to those who hold posts what the rooms below ask for."""
        from hatnhan.organization import hooks, predicates  # noqa: PLC0415 - models can be imported only now

        predicates.grant()
        hooks.register()
