"""Where rooms hand up their papers, and where everyone else gets them.

A room writes ``documents.py`` with functions decorated by ``@document("key", title="…")`` for a paper of a unit on a
day, or ``@document_of("key", title="…")`` for one about a thing; every installed room's file is imported at start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext as _

from hatnhan.core.errors import Missing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django_stubs_ext import StrPromise

    from hatnhan.documents.types import Draw, DrawOf, Paper, Scope

    D = TypeVar("D", bound=Draw)
    F = TypeVar("F", bound=DrawOf)


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of paper: its key ("organization.cell_list"), its Vietnamese title, and how it is drawn up.

    Just one of both is there: ``draw`` for a paper of a unit on a day, ``draw_of`` for one about a thing.
    """

    key: str
    title: StrPromise | str
    draw: Draw | None = None
    draw_of: DrawOf | None = None


_documents: dict[str, Document] = {}


def document(key: str, *, title: StrPromise | str) -> Callable[[D], D]:
    """Register a function as the one way to draw up a kind of paper of a unit."""

    def register(draw: D) -> D:
        _add(Document(key, title, draw=draw))
        return draw

    return register


def document_of(key: str, *, title: StrPromise | str) -> Callable[[F], F]:
    """Register a function as the one way to draw up a kind of paper about one thing of its room."""

    def register(draw: F) -> F:
        _add(Document(key, title, draw_of=draw))
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
    if found is None or found.draw is None:
        raise _unknown(key)
    return found.draw(scope, on)


def draw_of(key: str, thing: Any) -> Paper:  # noqa: ANN401 - only the room knows what it is
    """Draw up the paper about a thing. Raises Missing when no room hands up that kind.

    Whether the person may have it is for the caller to ask first.
    """
    found = _documents.get(key)
    if found is None or found.draw_of is None:
        raise _unknown(key)
    return found.draw_of(thing)


def _add(one: Document) -> None:
    if one.key in _documents:
        message = f"two papers claim {one.key}"
        raise ValueError(message)
    _documents[one.key] = one


def _unknown(key: str) -> Missing:
    return Missing(_("Không có mẫu văn bản “%(key)s”.") % {"key": key})
