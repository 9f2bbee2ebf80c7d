"""The core and the variants written: points set, added, changed, moved, taken off; a text for each kind of cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.guidance import permissions
from hatnhan.guidance.actions import variants as actions
from hatnhan.guidance.actions.points import PointData
from hatnhan.guidance.forms import rollout as forms
from hatnhan.guidance.selectors import rollouts, variants
from hatnhan.guidance.views.rollout import roll_out_page
from hatnhan.guidance.views.rollout_deeds import RollOutDeed
from hatnhan.guidance.views.rows import RowsDeed
from hatnhan.organization.cell_kinds import kind_words, kinds

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.deeds import Done
    from hatnhan.core.http import Request
    from hatnhan.guidance.models import CorePoint

_SHIFTS = {"len": -1, "xuong": 1}


class SetCore(RollOutDeed, RowsDeed):
    """Write the whole core at once."""

    form_class = forms.CoreForm
    verb = gettext_lazy("Lưu nội dung cốt lõi")

    def title(self) -> str:
        return _("Soạn nội dung cốt lõi")

    def sentence(self) -> str:
        return _("Việc văn bản đòi hỏi ở mọi chi bộ, không chi bộ nào được bỏ. Dòng để trống thì bỏ qua.")

    def form_options(self) -> dict[str, Any]:
        core = variants.core_of(self.roll_out)
        return self.row_options([PointData(one.text, one.task, one.due) for one in core])

    def act(self, data: dict[str, Any]) -> Done:
        actions.set_core(**self.signed, roll_out=self.roll_out, points=data["points"])
        return self.done(_("Đã lưu nội dung cốt lõi. Cụ thể hóa cho từng loại chi bộ."))


class AddCore(RollOutDeed):
    """Put one more point into the core."""

    form_class = forms.PointForm
    verb = gettext_lazy("Thêm vào cốt lõi")

    def title(self) -> str:
        return _("Thêm nội dung cốt lõi")

    def sentence(self) -> str:
        return _("Các bản cụ thể hóa đã soạn có ngay nội dung này, ghi đúng như cốt lõi.")

    def act(self, data: dict[str, Any]) -> Done:
        point = PointData(data["text"], data["task"], data["due"])
        actions.add_core(**self.signed, roll_out=self.roll_out, data=point)
        return self.done(_("Đã thêm nội dung cốt lõi."))


class _CoreDeed(RollOutDeed):
    """Something done about one point of the core."""

    point: CorePoint

    def prepare(self, **address: Any) -> None:
        self.point = variants.core_for(self.request.user, address["pk"])
        self.roll_out = self.point.roll_out
        permissions.require_keep(self.request.user, self.roll_out.unit_id)


class EditCore(_CoreDeed):
    """Change a point of the core."""

    form_class = forms.PointForm
    verb = gettext_lazy("Lưu")

    def title(self) -> str:
        return _("Sửa nội dung cốt lõi")

    def sentence(self) -> str:
        return _("Bản cụ thể hóa đã nói theo cách riêng thì giữ chữ của mình; xem lại sau khi sửa.")

    def initial(self) -> dict[str, Any]:
        return {"text": self.point.text, "task": self.point.task, "due": self.point.due}

    def act(self, data: dict[str, Any]) -> Done:
        point = PointData(data["text"], data["task"], data["due"])
        actions.edit_core(**self.signed, point=self.point, data=point)
        return self.done(_("Đã sửa nội dung cốt lõi."))


class RemoveCore(_CoreDeed):
    """Take a point off the core."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Bỏ nội dung này")
    final = True

    def title(self) -> str:
        return _("Bỏ nội dung cốt lõi")

    def sentence(self) -> str:
        return _("“%(text)s” không còn trong cốt lõi và trong mọi bản cụ thể hóa.") % {
            "text": self.point.text
        }

    def act(self, _data: dict[str, Any]) -> Done:
        done = self.done(_("Đã bỏ nội dung cốt lõi."))
        actions.remove_core(**self.signed, point=self.point)
        return done


@require_POST
def shift_core(request: Request, pk: int) -> HttpResponse:
    """Move a point of the core one place up or down, and come back to it."""
    point = variants.core_for(request.user, pk)
    places = _SHIFTS.get(request.POST.get("huong", ""), 0)
    actions.shift_core(by=request.user, at=clock.now(), point=point, places=places)
    return redirect(f"{roll_out_page(point.roll_out)}#cot-loi-{point.pk}")


class WriteVariant(RollOutDeed, RowsDeed):
    """Write the text for one kind of cell."""

    form_class = forms.VariantForm
    verb = gettext_lazy("Lưu bản cụ thể hóa")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.kind = address["kind"]
        if self.kind not in kinds():
            raise Missing
        self.core = variants.core_of(self.roll_out)
        self.variant, self.points = variants.variant_of(self.roll_out, self.kind)

    def title(self) -> str:
        return _("Bản cụ thể hóa: %(kind)s") % {"kind": kind_words(self.kind)}

    def sentence(self) -> str:
        if not self.core:
            return _("Chưa có nội dung cốt lõi. Soạn nội dung cốt lõi trước.")
        here = rollouts.kinds_below(self.roll_out.unit_id, clock.today()).get(self.kind, 0)
        return _("Gửi %(count)d chi bộ loại này. Mọi nội dung cốt lõi đều có trong bản này.") % {
            "count": here
        }

    def form_options(self) -> dict[str, Any]:
        own = [PointData(one.text, one.task, one.due) for one in self.points if one.core_id is None]
        return {"core": self.core, **self.row_options(own)}

    def initial(self) -> dict[str, Any]:
        words: dict[str, Any] = {"intro": self.variant.intro if self.variant else ""}
        for one in self.points:
            if one.core_id is not None:
                words |= {f"said-{one.core_id}": one.text, f"said_due-{one.core_id}": one.due}
        return words

    def act(self, data: dict[str, Any]) -> Done:
        actions.write_variant(
            **self.signed,
            roll_out=self.roll_out,
            cell_kind=self.kind,
            intro=data["intro"],
            said=data["said"],
            own=data["points"],
        )
        return self.done(_("Đã lưu bản cụ thể hóa: %(kind)s.") % {"kind": kind_words(self.kind)})


class DropVariant(RollOutDeed):
    """Drop the text for one kind of cell."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Bỏ bản này")
    final = True

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        variant, _points = variants.variant_of(self.roll_out, address["kind"])
        if variant is None:
            raise Missing
        self.variant = variant

    def title(self) -> str:
        return _("Bỏ bản cụ thể hóa: %(kind)s") % {"kind": kind_words(self.variant.cell_kind)}

    def act(self, _data: dict[str, Any]) -> Done:
        actions.drop_variant(**self.signed, variant=self.variant)
        return self.done(_("Đã bỏ bản cụ thể hóa."))
