"""The rules in force, for everyone; setting a local value, for those who keep a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hatnhan.core import clock, vietnamese
from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Missing
from hatnhan.rulebook import actions, selectors
from hatnhan.rulebook.forms import EndForm, OverlayForm, initial
from hatnhan.rulebook.permissions import may_set

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.rulebook.models import Overlay
    from hatnhan.rulebook.types import Value

ROOM = "rulebook:topics"


def topics(request: Request) -> HttpResponse:
    """List the topics with the value in force on the day looked at."""
    rules = selectors.in_force(request.as_of, request.unit)
    return render(request, "rulebook/topics.html", {"section": ROOM, "rules": rules})


def topic(request: Request, name: str) -> HttpResponse:
    """Show a topic: what holds, what held, what units of the line set for themselves.

    ``ban`` in the address names the version that a result kept: it comes first, whatever holds today.
    """
    kind = selectors.topic(name)
    unit = request.unit
    national, local = selectors.national(kind), selectors.local(kind, unit, request.as_of, request.user)
    kept = request.GET.get("ban", "")
    every = [*national, *(one.told for one in local)]
    context = {
        "section": ROOM,
        "name": kind.topic,
        "title": kind.title,
        "now": selectors.told_in_force(kind, request.as_of, unit),
        "kept": next((one for one in every if one.rule.version == kept), None),
        "national": national,
        "local": local,
        "may_set": unit is not None and may_set(request.user, unit.pk),
    }
    return render(request, "rulebook/topic.html", context)


class _Setting(Deed):
    section = ROOM
    kind: type[Value]

    def crumbs(self) -> list[Crumb]:
        here = reverse("rulebook:topic", args=[self.kind.topic])
        return [Crumb(_("Quy định áp dụng"), reverse(ROOM)), Crumb(self.kind.title, here)]

    def done(self, message: str) -> Done:
        return Done(message, reverse("rulebook:topic", args=[self.kind.topic]))


class SetOverlay(_Setting):
    """Let the unit go by a value of its own."""

    verb = _lazy("Đặt quy định riêng")
    template_name = "rulebook/overlay_set.html"

    def prepare(self, **address: Any) -> None:
        self.kind = selectors.topic(address["name"])
        unit = self.request.unit
        if unit is None or not may_set(self.request.user, unit.pk):
            raise Missing
        self.form_class = OverlayForm.of(self.kind)  # type: ignore[misc] # of this request's topic

    def form_options(self) -> dict[str, Any]:
        return {"topic": self.kind}

    def title(self) -> str:
        return _("Quy định riêng của %(unit)s: %(topic)s") % {
            "unit": self.request.unit,
            "topic": self.kind.title,
        }

    def sentence(self) -> str:
        return _(
            "Áp dụng cho %(unit)s và các tổ chức trực thuộc, thay mức chung, từ ngày ghi dưới đây. "
            "Chỉ đặt khi đã có văn bản."
        ) % {"unit": self.request.unit}

    def initial(self) -> dict[str, Any]:
        told = selectors.told_in_force(self.kind, clock.today(), self.request.unit)
        return dict(initial(told.rule.value)) if told else {}

    def act(self, data: dict[str, Any]) -> Done:
        actions.set_overlay(
            unit_id=self.request.unit.pk,
            value=data["value"],
            start=data["start"],
            instrument=data["instrument"],
            instrument_date=data["instrument_date"],
            **self.signed,
        )
        start = vietnamese.day(data["start"])
        return self.done(_("Đã đặt quy định riêng, áp dụng từ %(day)s.") % {"day": start})


class EndOverlay(_Setting):
    """Go by the value from above again."""

    form_class = EndForm
    verb = _lazy("Thôi áp dụng")
    overlay: Overlay

    def prepare(self, **address: Any) -> None:
        self.overlay = selectors.overlay_to_end(self.request.user, address["pk"])
        self.kind = selectors.topic(self.overlay.topic)

    def title(self) -> str:
        return _("Thôi áp dụng quy định riêng: %(topic)s") % {"topic": self.kind.title}

    def sentence(self) -> str:
        return _("Từ ngày ấy trở đi áp dụng lại mức của cấp trên. Việc đã xét trước đó giữ nguyên kết quả.")

    def act(self, data: dict[str, Any]) -> Done:
        actions.end_overlay(overlay=self.overlay, end=data["end"], **self.signed)
        return self.done(_("Đã ghi ngày thôi áp dụng."))
