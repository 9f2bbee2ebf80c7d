"""Django's handle on the room."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.signals import request_started
from django.db.models.signals import post_delete, post_save
from django_tasks.signals import task_started

from hatnhan.core import deed_words
from hatnhan.rulebook import remembered
from hatnhan.rulebook.deeds import DETAILS, WORDS, Deed, version_in_words
from hatnhan.rulebook.rows import kind_of_rows
from hatnhan.rulebook.topics import TOPICS


class RulebookConfig(AppConfig):
    """Name the room and say what its deeds are called."""

    name = "hatnhan.rulebook"
    label = "rulebook"

    def ready(self) -> None:
        """Register the words for the record, and say when what was read of the tables is out of date."""
        _keep_fresh()
        titles = {name: str(field.title) for topic in TOPICS for name, field in topic.model_fields.items()}
        rows = (kind_of_rows(field) for topic in TOPICS for field in topic.model_fields.values())
        parts = {
            f"{Deed.SET}:{name}": str(part.title or name)
            for kind in rows
            if kind is not None
            for name, part in kind.model_fields.items()
            if name not in DETAILS  # the whole value, not a part of a row that bears the same name
        }
        deed_words.register(WORDS, {**DETAILS, **titles, **parts})
        deed_words.register_values({"rule": version_in_words})


def _keep_fresh() -> None:
    from hatnhan.rulebook.models import Overlay  # noqa: PLC0415 - models can be imported only now

    for begun in (request_started, task_started):
        begun.connect(remembered.forget, dispatch_uid=__name__)
    for written in (post_save, post_delete):
        written.connect(remembered.forget, sender=Overlay, dispatch_uid=__name__)
