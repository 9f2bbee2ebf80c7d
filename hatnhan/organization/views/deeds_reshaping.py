"""Cells are cut up, put together and ended: read over once more before it is written."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock, vietnamese
from hatnhan.core.deeds import Done, Ground
from hatnhan.organization.actions import reshaping, units
from hatnhan.organization.forms.units import DissolveForm, MergeForm, SplitForm
from hatnhan.organization.permissions import Action
from hatnhan.organization.selectors import deeds
from hatnhan.organization.selectors.law import law_for
from hatnhan.organization.views.deeds_base import UnitDeed, unit_page
from hatnhan.rulebook import topics


class Split(UnitDeed):
    """Found a new cell from some members of a cell."""

    permission = Action.UNIT_SPLIT
    cells_only = True
    final = True
    form_class = SplitForm
    verb = gettext_lazy("Tách chi bộ")

    def title(self) -> str:
        return _("Tách chi bộ: %(unit)s") % self.names

    def sentence(self) -> str:
        return (
            _(
                "Lập chi bộ mới và chuyển những đồng chí được chọn sang đó. %(unit)s vẫn còn, với "
                "những đồng chí ở lại."
            )
            % self.names
        )

    def ground(self) -> Ground:
        rule = law_for(topics.CellSize, clock.today(), self.unit)
        words = _("Mỗi chi bộ phải có ít nhất %(count)s đảng viên chính thức.") % {
            "count": rule.value.minimum_official
        }
        return Ground(words, rule)

    def form_options(self) -> dict[str, Any]:
        return {"people": deeds.members_of(self.unit)}

    def consequences(self, data: dict[str, Any]) -> list[str]:
        go = len(data["members"])
        people, _held = deeds.size(self.unit, data["on"])
        words = {
            **self.names,
            "new": data["name"],
            "go": go,
            "stay": people - go,
            "day": vietnamese.day(data["on"]),
        }
        return [
            _("Từ %(day)s có %(new)s với %(go)s đảng viên.") % words,
            _("%(unit)s còn %(stay)s đảng viên.") % words,
            _("Những đồng chí chuyển đi thôi giữ chức vụ trong %(unit)s.") % words,
        ]

    def act(self, data: dict[str, Any]) -> Done:
        told = {name: value for name, value in data.items() if name != "members"}
        ids = [member.pk for member in data["members"]]
        unit = reshaping.split_cell(**self.signed, unit=self.unit, member_ids=ids, **told)
        words = _("Đã tách %(unit)s, lập %(new)s. Tiếp theo: giao chức vụ và mở nhiệm kỳ cho chi bộ mới.")
        return Done(words % {**self.names, "new": unit.name}, unit_page(unit))


class Merge(UnitDeed):
    """Put a cell into another; this one ends."""

    permission = Action.UNIT_MERGE
    cells_only = True
    final = True
    form_class = MergeForm
    verb = gettext_lazy("Sáp nhập")

    def title(self) -> str:
        return _("Sáp nhập chi bộ: %(unit)s") % self.names

    def sentence(self) -> str:
        return _("Toàn bộ đảng viên của %(unit)s chuyển sang chi bộ nhận; %(unit)s kết thúc.") % self.names

    def form_options(self) -> dict[str, Any]:
        return {"units": deeds.kept_cells(self.request.user).exclude(pk=self.unit.pk)}

    def consequences(self, data: dict[str, Any]) -> list[str]:
        there, _held = deeds.size(data["into"], data["on"])
        here, _posts = deeds.size(self.unit, data["on"])
        words = {"into": data["into"].name, "all": there + here}
        return [*ending(self, data, data["into"].name), _("%(into)s có %(all)s đảng viên.") % words]

    def act(self, data: dict[str, Any]) -> Done:
        reshaping.merge_cells(**self.signed, unit=self.unit, **data)
        words = _("Đã sáp nhập %(unit)s vào %(into)s. Tiếp theo: kiện toàn cấp ủy của chi bộ nhận.")
        return Done(words % {**self.names, "into": data["into"].name}, unit_page(data["into"]))


class Dissolve(UnitDeed):
    """End a unit; who is left goes to the successor."""

    permission = Action.UNIT_DISSOLVE
    final = True
    form_class = DissolveForm
    verb = gettext_lazy("Giải thể")

    def title(self) -> str:
        return _("Giải thể: %(unit)s") % self.names

    def sentence(self) -> str:
        return _("%(unit)s kết thúc hoạt động từ ngày ghi dưới đây. Lịch sử vẫn giữ để tra cứu.") % self.names

    def form_options(self) -> dict[str, Any]:
        if self.unit.is_cell:
            return {"units": deeds.kept_cells(self.request.user).exclude(pk=self.unit.pk)}
        return {"units": deeds.kept_parents(self.request.user, self.unit)}

    def consequences(self, data: dict[str, Any]) -> list[str]:
        return ending(self, data, data["successor"].name if data["successor"] else "")

    def act(self, data: dict[str, Any]) -> Done:
        units.dissolve_unit(**self.signed, unit=self.unit, **data)
        day = vietnamese.day(data["on"])
        words = _("Đã ghi: %(unit)s giải thể từ %(day)s.") % {**self.names, "day": day}
        return Done(
            words, unit_page(data["successor"]) if data["successor"] else reverse("organization:tree")
        )


def ending(deed: UnitDeed, data: dict[str, Any], heir: str) -> list[str]:
    """Return what follows when a unit ends: its end, its people, its posts, its guests."""
    people, held = deeds.size(deed.unit, data["on"])
    guests = deeds.guests(deed.unit, data["on"])
    words = {**deed.names, "day": vietnamese.day(data["on"]), "people": people, "held": held, "heir": heir}
    lines = [_("Từ %(day)s không còn %(unit)s.") % words]
    if people and heir:
        lines.append(_("%(people)s đảng viên chuyển về %(heir)s.") % words)
    if held:
        lines.append(_("%(held)s chức vụ trong %(unit)s kết thúc.") % words)
    if guests:
        lines.append(
            _("%(guests)s đồng chí sinh hoạt tạm thời ở đây thôi sinh hoạt tạm thời.") % {"guests": guests}
        )
    return lines
