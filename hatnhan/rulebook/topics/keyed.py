"""What lists of named things have in common: each thing has a key that does not change when its title does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from hatnhan.rulebook.types import told

if TYPE_CHECKING:
    from collections.abc import Iterable


def key_field(*, made_from: str = "") -> Any:  # noqa: ANN401 - as pydantic's own Field
    """Return the field for a key that people do not see; with ``made_from`` a new one is made of that field's words.

    Where units set lists of their own and the keys of all are read together, keys must come from the words: numbers
    would give one key to two things.
    """
    extra: dict[str, Any] = {"hidden": True}
    if made_from:
        extra["made_from"] = made_from
    return Field(pattern=r"^[a-z_0-9]{1,20}$", title="Khóa", json_schema_extra=extra)


def require_once(keys: Iterable[str]) -> None:
    """Refuse a list in which a key stands twice."""
    listed = list(keys)
    if len(set(listed)) != len(listed):
        raise told("Có hai dòng cùng khóa. Bỏ một dòng rồi thêm lại.")
