"""Marking what served the Directive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Missing
from hatnhan.guidance import permissions
from hatnhan.guidance.actions import services as marks
from hatnhan.guidance.forms import directive as forms
from hatnhan.guidance.selectors import services
from hatnhan.guidance.views.directive import SECTION

if TYPE_CHECKING:
    from hatnhan.core.beside import Thing
    from hatnhan.guidance.models import Service


class _ThingDeed(Deed):
    """Something done about the mark of a thing."""

    section = SECTION
    thing: Thing
    kept: Service | None

    def prepare(self, **address: Any) -> None:
        self.thing = services.thing_for(self.request.user, address["kind"], address["pk"])
        permissions.require_lead(self.request.user, self.thing.unit_id)
        self.kept = services.of_thing(self.thing)

    def crumbs(self) -> list[Crumb]:
        return [Crumb(self.thing.title, self.thing.url)]


class MarkService(_ThingDeed):
    """Mark a thing as having served the Directive."""

    form_class = forms.ServiceForm
    template_name = "guidance/directive/mark.html"
    verb = gettext_lazy("Đánh dấu")

    def title(self) -> str:
        return _("Phục vụ học tập và làm theo Bác: %(title)s") % {"title": self.thing.title}

    def sentence(self) -> str:
        return _("Việc được đánh dấu vào danh sách của năm, dùng khi báo cáo.")

    def initial(self) -> dict[str, Any]:
        return {"note": self.kept.note if self.kept else ""}

    def extra(self) -> dict[str, Any]:
        return {"kept": self.kept, "thing": self.thing}

    def act(self, data: dict[str, Any]) -> Done:
        thing = self.thing
        marks.mark_service(
            **self.signed,
            unit=services.unit_of(thing),
            kind=thing.kind,
            object_id=thing.object_id,
            title=thing.title,
            url=thing.url,
            on=thing.on,
            note=data["note"],
        )
        return Done(_("Đã đánh dấu."), thing.url)


class UnmarkService(_ThingDeed):
    """Take the mark away."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Bỏ dấu")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if self.kept is None:
            raise Missing

    def title(self) -> str:
        return _("Bỏ dấu phục vụ học tập và làm theo Bác: %(title)s") % {"title": self.thing.title}

    def sentence(self) -> str:
        return _("Việc này không còn trong danh sách của năm.")

    def act(self, _data: dict[str, Any]) -> Done:
        assert self.kept is not None  # noqa: S101 - prepare saw it
        marks.unmark_service(**self.signed, service=self.kept)
        return Done(_("Đã bỏ dấu."), self.thing.url)
