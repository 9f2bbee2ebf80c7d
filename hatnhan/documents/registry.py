"""Where rooms hand up their papers, and where everyone else gets them.

A room writes ``documents.py`` with functions decorated by ``@document("key", title="…")``; every installed room's file
is imported at start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _

from hatnhan.core.errors import Missing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django_stubs_ext import StrPromise

    from hatnhan.documents.types import Draw, Paper, Scope

    D = TypeVar("D", bound=Draw)


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of paper: its key ("organization.cell_list"), its Vietnamese title, and how it is drawn up."""

    key: str
    title: StrPromise | str
    draw: Draw


_documents: dict[str, Document] = {}


def document(key: str, *, title: StrPromise | str) -> Callable[[D], D]:
    """Register a function as the one way to draw up a kind of paper."""

    def register(draw: D) -> D:
        if key in _documents:
            message = f"two papers claim {key}"
            raise ValueError(message)
        _documents[key] = Document(key, title, draw)
        return draw

    return register


def documents() -> list[Document]:
    """Return all kinds of paper in the order of their keys."""
    return [_documents[key] for key in sorted(_documents)]


def draw(key: str, scope: Scope, on: date) -> Paper:
    """Draw up the paper of a unit on a day. Raises Missing when no room hands up that kind.

    Whether the person may have it is for the caller to ask first.
    """
    found = _documents.get(key)
    if found is None:
        raise Missing(_("Không có mẫu văn bản “%(key)s”.") % {"key": key})
    return found.draw(scope, on)
