"""The tree grows and is renamed; what cuts it up is in `deeds_reshaping`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock, vietnamese
from hatnhan.core.deeds import Done, Ground
from hatnhan.core.errors import Missing
from hatnhan.organization.actions import units
from hatnhan.organization.forms.units import CreateForm, KindForm, MoveForm, RenameForm
from hatnhan.organization.permissions import Action
from hatnhan.organization.selectors import deeds
from hatnhan.organization.selectors.law import law_for
from hatnhan.organization.views.deeds_base import UnitDeed, unit_page
from hatnhan.rulebook import topics


class Create(UnitDeed):
    """Found a unit under another."""

    permission = Action.UNIT_CREATE
    form_class = CreateForm
    verb = gettext_lazy("Lập tổ chức")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if self.unit.is_cell:
            raise Missing

    def title(self) -> str:
        return _("Lập tổ chức đảng trực thuộc %(unit)s") % self.names

    def ground(self) -> Ground:
        rule = law_for(topics.CellSize, clock.today(), self.unit)
        words = _("Chi bộ phải có ít nhất %(count)s đảng viên chính thức.") % {
            "count": rule.value.minimum_official
        }
        return Ground(words, rule)

    def form_options(self) -> dict[str, Any]:
        return {"parent": self.unit}

    def act(self, data: dict[str, Any]) -> Done:
        place = deeds.next_place(self.unit)
        unit = units.create_unit(**self.signed, parent=self.unit, position=place, **data)
        words = _("Đã lập %(name)s. Tiếp theo: ghi đảng viên, giao chức vụ và mở nhiệm kỳ.")
        return Done(words % {"name": unit.name}, unit_page(unit))


class Rename(UnitDeed):
    """Give a unit another name."""

    permission = Action.UNIT_RENAME
    form_class = RenameForm
    verb = gettext_lazy("Đổi tên")

    def title(self) -> str:
        return _("Đổi tên: %(unit)s") % self.names

    def sentence(self) -> str:
        return _("Xem lại những ngày trước thì vẫn thấy tên cũ. Mã và địa chỉ trang không đổi.")

    def initial(self) -> dict[str, Any]:
        return {"name": self.unit.name}

    def act(self, data: dict[str, Any]) -> Done:
        units.rename_unit(**self.signed, unit=self.unit, **data)
        words = _("Đã ghi: %(unit)s mang tên %(name)s từ %(day)s.")
        return Done(
            words % {**self.names, "name": data["name"], "day": vietnamese.day(data["on"])},
            unit_page(self.unit),
        )


class ChangeKind(UnitDeed):
    """Make a cell one of another kind."""

    permission = Action.UNIT_CHANGE_KIND
    cells_only = True
    form_class = KindForm
    verb = gettext_lazy("Đổi loại chi bộ")

    def title(self) -> str:
        return _("Đổi loại chi bộ: %(unit)s") % self.names

    def sentence(self) -> str:
        return _("Hiện nay là chi bộ loại: %(kind)s.") % {"kind": self.unit.kind_words}

    def initial(self) -> dict[str, Any]:
        return {"cell_kind": self.unit.cell_kind}

    def act(self, data: dict[str, Any]) -> Done:
        units.change_cell_kind(**self.signed, unit=self.unit, **data)
        return Done(_("Đã đổi loại của %(unit)s.") % self.names, unit_page(self.unit))


class Move(UnitDeed):
    """Hang a unit under another parent."""

    permission = Action.UNIT_MOVE
    form_class = MoveForm
    verb = gettext_lazy("Chuyển trực thuộc")

    def title(self) -> str:
        return _("Chuyển trực thuộc: %(unit)s") % self.names

    def sentence(self) -> str:
        above = deeds.parent_of(self.unit)
        where = above.name if above else _("không tổ chức nào")
        return _("Hiện nay %(unit)s trực thuộc %(where)s.") % {**self.names, "where": where}

    def form_options(self) -> dict[str, Any]:
        return {"units": deeds.kept_parents(self.request.user, self.unit)}

    def act(self, data: dict[str, Any]) -> Done:
        units.move_unit(**self.signed, unit=self.unit, **data)
        words = _("Đã ghi: %(unit)s trực thuộc %(where)s từ %(day)s.")
        where, day = data["parent"].name, vietnamese.day(data["on"])
        return Done(words % {**self.names, "where": where, "day": day}, unit_page(self.unit))
