"""Marks the sentences of this package for translation, and works where no Django is set up (commands, tests)."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext


def say(sentence: str, **parts: object) -> str:
    """Return the sentence in the reader's language with its ``{parts}`` filled in."""
    text = gettext(sentence) if settings.configured else sentence
    return text.format(**parts) if parts else text
