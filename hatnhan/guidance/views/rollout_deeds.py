"""Plans written, changed and dropped; approved and given to the cells; closed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.guidance import permissions
from hatnhan.guidance.actions import approval, planning
from hatnhan.guidance.actions.planning import PlanData
from hatnhan.guidance.forms import rollout as forms
from hatnhan.guidance.selectors import register, rollouts, variants
from hatnhan.guidance.views.rollout import SECTION, roll_out_page
from hatnhan.organization.selectors.bodies import seats
from hatnhan.organization.selectors.law import law_for
from hatnhan.rulebook.topics.guidance import RollOutSteps

if TYPE_CHECKING:
    from hatnhan.guidance.models import Document, RollOut
    from hatnhan.organization.models import Member, Unit

#: The body whose members lead plans: a value of organization's `Body`.
_COMMITTEE = "committee"


def list_crumb() -> Crumb:
    """Return the way back to the list."""
    return Crumb(_("Kế hoạch triển khai"), reverse("guidance:roll-outs"))


class _PlanDeed(Deed):
    """What writing and changing a plan share."""

    section = SECTION
    form_class = forms.PlanForm
    unit: Unit
    standing: Member | None = None

    def people(self) -> dict[str, Member]:
        """Return who may lead it, by id as a form sends it: the committee, and who leads it now."""
        found = {str(one.member.pk): one.member for one in seats(self.unit, _COMMITTEE, clock.today())}
        if self.standing is not None:
            found.setdefault(str(self.standing.pk), self.standing)
        return found

    def form_options(self) -> dict[str, Any]:
        return {"people": [(key, one.full_name) for key, one in self.people().items()]}

    def plan(self, data: dict[str, Any]) -> PlanData:
        """Return what was typed, for the action."""
        return PlanData(**data | {"lead": self.people().get(data["lead"])})


class PlanRollOut(_PlanDeed):
    """Plan how the unit looked at carries a document to its cells."""

    verb = gettext_lazy("Lập kế hoạch")
    template_name = "guidance/rollout/plan.html"
    document: Document

    def prepare(self, **address: Any) -> None:
        self.document = register.document_for(self.request.user, address["pk"])
        unit = self.request.unit
        self.unit = self.document.unit if unit is None or unit.is_cell else unit
        permissions.require_keep(self.request.user, self.unit.pk)

    def title(self) -> str:
        return _("Lập kế hoạch triển khai %(number)s") % {"number": self.document.number}

    def sentence(self) -> str:
        return _(
            "%(unit)s. Sau đó soạn nội dung cốt lõi và bản cụ thể hóa cho từng loại chi bộ, rồi duyệt."
        ) % {"unit": self.unit}

    def crumbs(self) -> list[Crumb]:
        return [
            list_crumb(),
            Crumb(self.document.number, reverse("guidance:document", args=[self.document.pk])),
        ]

    def extra(self) -> dict[str, Any]:
        return {"there": rollouts.of_document(self.request.user, self.document, self.unit)}

    def ground(self) -> Ground:
        rule = law_for(RollOutSteps, clock.today(), self.unit)
        words = _(
            "Ngày điền sẵn tính từ ngày nhận văn bản: duyệt %(a)d ngày, sinh hoạt %(h)d ngày, xong %(d)d ngày."
        )
        value = rule.value
        return Ground(words % {"a": value.approve_days, "h": value.held_days, "d": value.done_days}, rule)

    def initial(self) -> dict[str, Any]:
        steps = law_for(RollOutSteps, clock.today(), self.unit).value
        first = self.document.received_on or self.document.issued_on
        days = {name: getattr(steps, f"{name}_days") for name in ("approve", "held", "study", "done")}
        return {f"{name}_by": first + timedelta(days=count) for name, count in days.items()}

    def act(self, data: dict[str, Any]) -> Done:
        made = planning.plan_roll_out(
            **self.signed, unit=self.unit, document=self.document, data=self.plan(data)
        )
        return Done(_("Đã lập kế hoạch. Soạn nội dung cốt lõi."), roll_out_page(made))


class RollOutDeed(Deed):
    """Something done about one roll-out."""

    section = SECTION
    roll_out: RollOut

    def prepare(self, **address: Any) -> None:
        self.roll_out = rollouts.roll_out_for(self.request.user, address["pk"])
        permissions.require_keep(self.request.user, self.roll_out.unit_id)

    def crumbs(self) -> list[Crumb]:
        return [list_crumb(), Crumb(self.roll_out.document.number, roll_out_page(self.roll_out))]

    def state(self) -> str:
        return f"{self.roll_out.state} {self.roll_out.version}"

    def done(self, message: str) -> Done:
        """Return what was done, leading back to the plan."""
        return Done(message, roll_out_page(self.roll_out))


class EditPlan(RollOutDeed, _PlanDeed):
    """Change a plan before it is approved."""

    form_class = forms.PlanForm
    verb = gettext_lazy("Lưu")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.unit, self.standing = self.roll_out.unit, self.roll_out.lead

    def title(self) -> str:
        return _("Sửa kế hoạch triển khai")

    def initial(self) -> dict[str, Any]:
        days = ("approve_by", "held_by", "study_by", "done_by")
        plan = {"asks": self.roll_out.asks, "lead": str(self.roll_out.lead_id or "")}
        return plan | {name: getattr(self.roll_out, name) for name in days}

    def act(self, data: dict[str, Any]) -> Done:
        planning.edit_plan(**self.signed, roll_out=self.roll_out, data=self.plan(data))
        return self.done(_("Đã sửa kế hoạch."))


class DropPlan(RollOutDeed):
    """Drop a plan before it is approved."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Bỏ kế hoạch")
    final = True

    def title(self) -> str:
        return _("Bỏ kế hoạch đang soạn")

    def sentence(self) -> str:
        return _("Nội dung cốt lõi và các bản cụ thể hóa đã soạn không còn nữa. Văn bản vẫn ở trong sổ.")

    def act(self, _data: dict[str, Any]) -> Done:
        planning.drop_plan(**self.signed, roll_out=self.roll_out)
        return Done(_("Đã bỏ kế hoạch."), reverse("guidance:roll-outs"))


class Approve(RollOutDeed):
    """Approve a plan and give it to the cells."""

    form_class = forms.ApproveForm
    verb = gettext_lazy("Duyệt, giao cho chi bộ")
    final = True

    def title(self) -> str:
        return _("Duyệt kế hoạch triển khai %(number)s") % {"number": self.roll_out.document.number}

    def sentence(self) -> str:
        sheet = variants.sheet_of(self.roll_out, clock.today())
        if not sheet.rows:
            return _("Chưa có nội dung cốt lõi. Soạn nội dung mà mọi chi bộ phải làm rồi duyệt.")
        if sheet.lacking:
            words = _("Chưa có bản cụ thể hóa cho loại chi bộ: %(kinds)s. Soạn đủ rồi duyệt.")
            return words % {"kinds": ", ".join(str(one.label) for one in sheet.lacking)}
        return _("Duyệt xong thì nội dung không sửa được nữa, và mỗi chi bộ nhận ngay phần của mình.")

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        sheet = variants.sheet_of(self.roll_out, clock.today())
        core = sum(row.point.task for row in sheet.rows)
        lines = []
        for column in sheet.columns:
            tasks = core + sum(one.is_task for one in column.own)
            words = _("%(kind)s: %(cells)d chi bộ, mỗi chi bộ %(tasks)d việc.")
            lines.append(words % {"kind": column.label, "cells": column.cells, "tasks": tasks})
        return [*lines, _("Nội dung được đưa vào chương trình kỳ sinh hoạt tới của từng chi bộ.")]

    def act(self, data: dict[str, Any]) -> Done:
        approval.approve_roll_out(**self.signed, roll_out=self.roll_out, **data)
        return self.done(_("Đã duyệt và giao cho các chi bộ."))


class Close(RollOutDeed):
    """End a roll-out."""

    form_class = forms.CloseForm
    verb = gettext_lazy("Kết thúc triển khai")
    final = True

    def title(self) -> str:
        return _("Kết thúc triển khai %(number)s") % {"number": self.roll_out.document.number}

    def sentence(self) -> str:
        return _(
            "Chi bộ không thêm nội dung, không báo cáo kế hoạch này nữa. Việc đã giao vẫn làm tiếp đến khi xong."
        )

    def act(self, data: dict[str, Any]) -> Done:
        approval.close_roll_out(**self.signed, roll_out=self.roll_out, **data)
        return self.done(_("Đã kết thúc triển khai."))
