"""What this room tells the rooms below."""

from __future__ import annotations


def register() -> None:
    """Tell them; called once at start."""
