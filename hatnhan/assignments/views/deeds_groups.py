"""A committee edits its list of groups of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.assignments import permissions
from hatnhan.assignments.actions import groups as actions
from hatnhan.assignments.forms.charges import EndGroupForm, GroupForm, RenameGroupForm
from hatnhan.assignments.selectors import charge_choices as choices
from hatnhan.assignments.selectors import charges as selectors
from hatnhan.assignments.views.deeds_charges import SECTION, charges_page, crumbs_to
from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done

if TYPE_CHECKING:
    from hatnhan.assignments.models import WorkGroup
    from hatnhan.organization.models import Unit

_PART = "nhom"


class CreateGroup(Deed):
    """Add a group of tasks to the list of the committee that is looked at."""

    section = SECTION
    form_class = GroupForm
    verb = gettext_lazy("Thêm nhóm nhiệm vụ")
    unit: Unit

    def prepare(self, **_address: Any) -> None:
        self.unit = selectors.committee_for(self.request.user, self.request.unit, clock.today())
        permissions.require_lead(self.request.user, self.unit.pk)

    def title(self) -> str:
        return _("Thêm nhóm nhiệm vụ")

    def sentence(self) -> str:
        return _("%(unit)s chia việc theo nhóm rồi phân công cấp ủy viên phụ trách từng nhóm.") % {
            "unit": self.unit
        }

    def crumbs(self) -> list[Crumb]:
        return crumbs_to(self.unit, _PART)

    def initial(self) -> dict[str, Any]:
        return {"start": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        group = actions.create_group(**self.signed, unit=self.unit, **data)
        words = _("Đã thêm nhóm %(group)s. Tiếp theo: phân công người phụ trách.")
        return Done(words % {"group": group}, charges_page(self.unit, _PART))


class _GroupDeed(Deed):
    section = SECTION
    group: WorkGroup

    def prepare(self, **address: Any) -> None:
        self.group = choices.group_for(self.request.user, address["pk"])
        permissions.require_lead(self.request.user, self.group.unit_id)

    def crumbs(self) -> list[Crumb]:
        return crumbs_to(self.group.unit, _PART)


class RenameGroup(_GroupDeed):
    """Correct a group's name or its place in the list."""

    form_class = RenameGroupForm
    verb = gettext_lazy("Ghi lại")

    def title(self) -> str:
        return _("Sửa nhóm nhiệm vụ: %(group)s") % {"group": self.group}

    def sentence(self) -> str:
        return _("Chỉ sửa tên và thứ tự. Nội dung công việc khác hẳn thì cho thôi nhóm này và thêm nhóm mới.")

    def initial(self) -> dict[str, Any]:
        return {"name": self.group.name, "position": self.group.position}

    def state(self) -> str:
        return f"{self.group.name}:{self.group.position}"

    def act(self, data: dict[str, Any]) -> Done:
        actions.rename_group(**self.signed, group=self.group, **data)
        return Done(_("Đã ghi nhóm %(group)s.") % {"group": self.group}, charges_page(self.group.unit, _PART))


class EndGroup(_GroupDeed):
    """Take a group off the list."""

    form_class = EndGroupForm
    verb = gettext_lazy("Thôi nhóm này")
    final = True

    def title(self) -> str:
        return _("Thôi nhóm nhiệm vụ: %(group)s") % {"group": self.group}

    def initial(self) -> dict[str, Any]:
        return {"end": clock.today()}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        names = [str(charge.member) for charge in choices.running_charges(self.group)]
        gone = _("Nhóm này không còn trong danh sách; việc đã giao thuộc nhóm vẫn giữ nguyên.")
        if not names:
            return [gone]
        return [gone, _("Thôi phụ trách nhóm: %(names)s.") % {"names": ", ".join(names)}]

    def act(self, data: dict[str, Any]) -> Done:
        actions.end_group(**self.signed, group=self.group, **data)
        return Done(
            _("Đã ghi: thôi nhóm %(group)s.") % {"group": self.group}, charges_page(self.group.unit, _PART)
        )
