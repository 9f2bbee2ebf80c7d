"""The 27 signs of Resolution 04-NQ/TW as an aid to reading: our own short labels, never ticked, stored or counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent.parent / "data" / "manifestations.yaml"


@dataclass(frozen=True, slots=True)
class Group:
    """One of the three groups, with its nine labels in order."""

    title: str
    labels: tuple[str, ...]


@lru_cache(maxsize=1)
def groups() -> tuple[Group, ...]:
    """Return the three groups in their order."""
    found = yaml.safe_load(_FILE.read_text("utf-8"))["groups"]
    return tuple(Group(one["title"], tuple(one["labels"])) for one in found)
