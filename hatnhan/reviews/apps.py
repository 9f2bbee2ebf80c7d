"""Django's handle on the room."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Name the room."""

    name = "hatnhan.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Tell the rooms below what they ask for."""
        from hatnhan.reviews import hooks  # noqa: PLC0415 - models can be imported only now

        hooks.register()
