"""Django's handle on the room."""

from __future__ import annotations

from django.apps import AppConfig

from hatnhan.core import deed_words
from hatnhan.rulebook.deeds import DETAILS, WORDS, Deed, version_in_words
from hatnhan.rulebook.rows import kind_of_rows
from hatnhan.rulebook.topics import TOPICS


class RulebookConfig(AppConfig):
    """Name the room and say what its deeds are called."""

    name = "hatnhan.rulebook"
    label = "rulebook"

    def ready(self) -> None:
        """Register the words for the record."""
        titles = {name: str(field.title) for topic in TOPICS for name, field in topic.model_fields.items()}
        rows = (kind_of_rows(field) for topic in TOPICS for field in topic.model_fields.values())
        parts = {
            f"{Deed.SET}:{name}": str(part.title or name)
            for kind in rows
            if kind is not None
            for name, part in kind.model_fields.items()
        }
        deed_words.register(WORDS, {**DETAILS, **titles, **parts})
        deed_words.register_values({"rule": version_in_words})
