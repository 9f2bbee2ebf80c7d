"""Cells and groups of tasks are put in somebody's charge, and taken out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.assignments import permissions
from hatnhan.assignments.actions import charges as actions
from hatnhan.assignments.forms.charges import ChargeForm, EndChargeForm
from hatnhan.assignments.selectors import charge_choices as choices
from hatnhan.assignments.selectors import charges as selectors
from hatnhan.core import clock, vietnamese
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.organization.selectors.units import unit_for

if TYPE_CHECKING:
    from hatnhan.assignments.models import WorkGroup
    from hatnhan.assignments.models.charge import Charge
    from hatnhan.organization.models import Unit

SECTION = "assignments:home"


def charges_page(unit: Unit, part: str) -> str:
    """Return the address of a committee's page of who is in charge of what."""
    return f"{reverse('assignments:charges')}?don_vi={unit.code}&muc={part}"


def crumbs_to(unit: Unit, part: str) -> list[Crumb]:
    """Return the way to a deed about who is in charge."""
    return [
        Crumb(_("Nhiệm vụ"), reverse("assignments:home")),
        Crumb(_("Phân công phụ trách"), charges_page(unit, part)),
    ]


class _ChargeDeed(Deed):
    section = SECTION
    form_class = ChargeForm
    verb = gettext_lazy("Phân công")
    unit: Unit
    part: str

    def form_options(self) -> dict[str, Any]:
        return {"seats": choices.seat_choices(self.unit, clock.today())}

    def crumbs(self) -> list[Crumb]:
        return crumbs_to(self.unit, self.part)

    def initial(self) -> dict[str, Any]:
        return {"start": clock.today()}

    def ground(self) -> Ground:
        rule = selectors.load_rule(self.unit, clock.today())
        words = _(
            "Một người phụ trách nhiều nhất %(cells)d chi bộ và %(groups)d nhóm nhiệm vụ; nhiều hơn thì phần mềm nhắc."
        )
        return Ground(words % {"cells": rule.value.most_cells, "groups": rule.value.most_groups}, rule)

    def told(self, name: str, what: str, start: Any) -> Done:  # noqa: ANN401 - a day
        """Return to the list with what was done, in words."""
        words = _("Đã phân công đ/c %(name)s phụ trách %(what)s từ ngày %(day)s.")
        values = {"name": name, "what": what, "day": vietnamese.day(start)}
        return Done(words % values, charges_page(self.unit, self.part))


class ChargeCell(_ChargeDeed):
    """Put a committee member in charge of a cell."""

    part = "chi-bo"
    cell: Unit

    def prepare(self, **address: Any) -> None:
        self.cell = unit_for(self.request.user, address["code"])
        self.unit = selectors.committee_for(self.request.user, self.cell, clock.today())
        permissions.require_lead(self.request.user, self.unit.pk)

    def title(self) -> str:
        return _("Phân công phụ trách: %(cell)s") % {"cell": self.cell}

    def sentence(self) -> str:
        names = ", ".join(str(member) for member in selectors.in_charge_of(self.cell, clock.today()))
        if not names:
            return _("Hiện chưa ai phụ trách. Người phụ trách được mời dự sinh hoạt của chi bộ.")
        return _(
            "Đang phụ trách: %(names)s. Ghi thêm người ở đây; muốn thay thì cho người cũ thôi trước."
        ) % {"names": names}

    def act(self, data: dict[str, Any]) -> Done:
        member = choices.seat_holder(self.unit, data["member"])
        fields = {"start": data["start"], "decision_no": data["decision_no"]}
        actions.charge_cell(**self.signed, member=member, unit=self.unit, cell=self.cell, **fields)
        return self.told(member.full_name, self.cell.name, data["start"])


class ChargeGroup(_ChargeDeed):
    """Put a committee member in charge of a group of tasks."""

    part = "nhom"
    group: WorkGroup

    def prepare(self, **address: Any) -> None:
        self.group = choices.group_for(self.request.user, address["pk"])
        self.unit = self.group.unit
        permissions.require_lead(self.request.user, self.unit.pk)

    def title(self) -> str:
        return _("Phân công phụ trách nhóm nhiệm vụ: %(group)s") % {"group": self.group}

    def act(self, data: dict[str, Any]) -> Done:
        member = choices.seat_holder(self.unit, data["member"])
        fields = {"start": data["start"], "decision_no": data["decision_no"]}
        actions.charge_group(**self.signed, member=member, unit=self.unit, group=self.group, **fields)
        return self.told(member.full_name, self.group.name, data["start"])


class EndCharge(Deed):
    """End a charge."""

    section = SECTION
    form_class = EndChargeForm
    verb = gettext_lazy("Ghi thôi phụ trách")
    charge: Charge

    def prepare(self, **address: Any) -> None:
        self.part = address["kind"]
        self.charge = choices.charge_for(self.request.user, address["kind"], address["pk"])
        permissions.require_lead(self.request.user, self.charge.unit_id)

    @property
    def names(self) -> dict[str, str]:
        """Who is in charge of what since when."""
        since = vietnamese.day(self.charge.start)
        return {"name": self.charge.member.full_name, "what": self.charge.what, "since": since}

    def title(self) -> str:
        return _("Thôi phụ trách: đ/c %(name)s") % self.names

    def sentence(self) -> str:
        words = _("Đ/c %(name)s phụ trách %(what)s từ ngày %(since)s, theo %(decision)s.")
        return words % {**self.names, "decision": self.charge.decision_no}

    def crumbs(self) -> list[Crumb]:
        return crumbs_to(self.charge.unit, self.part)

    def initial(self) -> dict[str, Any]:
        return {"end": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        actions.end_charge(**self.signed, charge=self.charge, **data)
        words = _("Đã ghi: đ/c %(name)s thôi phụ trách %(what)s. Tiếp theo: phân công người khác.")
        return Done(words % self.names, charges_page(self.charge.unit, self.part))
