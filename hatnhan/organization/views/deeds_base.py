"""What the deeds of this room share: whom they concern, who may do them, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed
from hatnhan.core.errors import Denied, Missing, RuleBroken
from hatnhan.organization import permissions
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors import deeds, units

if TYPE_CHECKING:
    from hatnhan.organization.models import Member, Unit
    from hatnhan.organization.permissions import Action


def member_page(member: Member) -> str:
    """Return the address of a person's page."""
    return reverse("organization:member", args=[member.pk])


def unit_page(unit: Unit) -> str:
    """Return the address of a unit's page."""
    return reverse("organization:unit", args=[unit.code])


class KeeperDeed(Deed):
    """Something that whoever keeps a roster does, about nobody yet on it."""

    section = "organization:members"
    permission: ClassVar[Action]

    def prepare(self, **_address: Any) -> None:
        places = self.places()
        permissions.require(self.request.user, self.permission, next(iter(places), 0))
        self.cells = deeds.cells_among(places)

    def places(self) -> frozenset[int]:
        """Return the units in which the person may do it."""
        return powers_of(self.request.user).units_kept

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("Đảng viên"), reverse("organization:members"))]

    def form_options(self) -> dict[str, Any]:
        return {"cells": self.cells}

    def initial(self) -> dict[str, Any]:
        """Choose the cell from whose page one came."""
        code = self.request.GET.get("chi_bo", "")
        return {"cell": self.cells.filter(code=code).first()} if code else {}


class MemberDeed(Deed):
    """Something done about a member."""

    section = "organization:members"
    permission: ClassVar[Action]
    member: Member
    cell: Unit

    def prepare(self, **address: Any) -> None:
        self.member = deeds.member_for(self.request.user, address["pk"])
        cell = deeds.latest_cell(self.member)
        if cell is None:
            raise Denied(_("Đảng viên này chưa có chi bộ trong Đảng bộ."))
        self.cell = cell
        permissions.require(self.request.user, self.permission, cell)

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("Đảng viên"), reverse("organization:members")),
            Crumb(self.cell.name, unit_page(self.cell)),
            Crumb(self.member.full_name, member_page(self.member)),
        ]

    @property
    def names(self) -> dict[str, str]:
        """The person and the cell, to be put into sentences."""
        return {"name": self.member.full_name, "cell": self.cell.name}


class UnitDeed(Deed):
    """Something done about a unit that exists."""

    section = "organization:tree"
    permission: ClassVar[Action]
    cells_only: ClassVar[bool] = False
    unit: Unit

    def prepare(self, **address: Any) -> None:
        self.unit = units.unit_for(self.request.user, address["code"])
        permissions.require(self.request.user, self.permission, self.unit)
        if self.cells_only and not self.unit.is_cell:
            raise Missing
        if self.unit.dissolved_on and self.unit.dissolved_on <= clock.today():
            raise RuleBroken("unit_dissolved", _("Tổ chức này đã giải thể; không ghi thêm việc gì được nữa."))

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("Tổ chức đảng"), reverse("organization:tree")),
            Crumb(self.unit.name, unit_page(self.unit)),
        ]

    @property
    def names(self) -> dict[str, str]:
        """The unit, to be put into sentences."""
        return {"unit": self.unit.name}
