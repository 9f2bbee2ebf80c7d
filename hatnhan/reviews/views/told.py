"""Deeds on many at once read their form row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from hatnhan.core.deeds import Deed

if TYPE_CHECKING:
    from django.http import QueryDict

    from hatnhan.core.forms import Form

F = TypeVar("F", bound="Form")


class RowsDeed(Deed):
    """A deed that keeps the form it was handed, for what `act` and its pages read there."""

    _told: Form | None = None

    def told(self, kind: type[F]) -> F:
        """Return the form as it was typed; before that, as it was first shown."""
        form = self._told
        assert isinstance(form, kind)  # noqa: S101 - the deed names its form
        return form

    def _form(self, data: QueryDict | None = None) -> Form:
        form = super()._form(data)
        if data is not None or self._told is None:
            self._told = form
        return form
