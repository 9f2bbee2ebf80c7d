"""The values of rules as people say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What the values of a choice between a few are called; those that no line names show as they are.
_WORDS: dict[str, StrOrPromise] = {
    "entitled": _("tổng số người có quyền biểu quyết"),
    "present": _("số người có mặt"),
}


def word(value: object) -> str:
    """Return one value in words."""
    if isinstance(value, bool):
        return _now("Có") if value else _now("Không")
    return str(_WORDS.get(value, value)) if isinstance(value, str) else str(value)


def choices(values: tuple[str, ...]) -> list[tuple[str, StrOrPromise]]:
    """Return the values of a choice between a few, with their words."""
    return [(value, _WORDS.get(value, value)) for value in values]
