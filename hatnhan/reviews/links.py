"""Addresses of the room's pages by name."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def page(name: str, *args: object, **query: str) -> str:
    """Return the address of a page of the room; ``query`` goes behind the question mark."""
    asked = f"?{urlencode(query)}" if query else ""
    return reverse(f"reviews:{name}", args=args) + asked
