"""Django's handle on the room; at start it imports every room's documents.py."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    """Name the room and gather what the others hand up."""

    name = "hatnhan.documents"
    label = "documents"

    def ready(self) -> None:
        """Import the documents module of each installed room."""
        autodiscover_modules("documents")
