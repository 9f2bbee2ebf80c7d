"""Forms of rows: one empty row stands below those written, and a button adds another; what was typed stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from hatnhan.core.deeds import Deed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse, QueryDict

    from hatnhan.core.forms import Form
    from hatnhan.guidance.actions.points import PointData

#: The button that asks for one more row.
MORE = "them"
_MOST = 60
_DIGITS = 2


class RowsDeed(Deed):
    """A deed whose form has rows: ``text-1``, ``text-2`` and so on."""

    template_name: ClassVar[str] = "guidance/rollout/rows.html"

    def row_options(self, own: Sequence[PointData] = ()) -> dict[str, Any]:
        """Return which rows the form has: those kept, those typed, one empty one."""
        names = (name.removeprefix("text-") for name in self.request.POST if name.startswith("text-"))
        typed = max((int(one) for one in names if one.isdecimal() and len(one) <= _DIGITS), default=0)
        if MORE in self.request.POST:
            return {"rows": (), "blank": min(typed + 1, _MOST)}
        return {"rows": own, "blank": max(1, min(typed, _MOST) - len(own))}

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Show one more row where that was asked for; nothing is judged yet."""
        if MORE in request.POST:
            return self._page(self._form(request.POST))
        return super().post(request, **address)

    def _form(self, data: QueryDict | None = None) -> Form:
        if data is not None and MORE in data:
            return self.form_class(None, initial=dict(data.items()), **self.form_options())
        return super()._form(data)
