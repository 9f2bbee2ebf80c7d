"""Posts are given and end; terms begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock, vietnamese
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.organization import permissions
from hatnhan.organization.actions import positions, terms
from hatnhan.organization.forms.positions import (
    AppointInUnitForm,
    AppointMemberForm,
    EndPositionForm,
    TermForm,
)
from hatnhan.organization.permissions import Action
from hatnhan.organization.selectors import deeds
from hatnhan.organization.selectors.law import law_for
from hatnhan.organization.views.deeds_base import MemberDeed, UnitDeed, member_page, unit_page
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from hatnhan.core.deeds import Signed
    from hatnhan.organization.models import Member, Position, Unit


def _appoint(signed: Signed, member: Member, unit: Unit, data: dict[str, Any]) -> str:
    """Give the post and say it; the action finds the term of that day."""
    position = positions.appoint(
        **signed,
        member=member,
        unit=unit,
        post=data["post"],
        start=data["start"],
        decision_no=data["decision_no"],
    )
    words = _(
        "Đã ghi: đ/c %(name)s giữ chức vụ %(title)s, %(unit)s, từ %(day)s. Quyền trong phần mềm theo "
        "chức vụ ấy."
    )
    day = vietnamese.day(data["start"])
    return words % {"name": member.full_name, "title": position.title, "unit": unit.name, "day": day}


class AppointMember(MemberDeed):
    """Give a member a post."""

    permission = Action.POSITION_APPOINT
    form_class = AppointMemberForm
    verb = gettext_lazy("Giao chức vụ")

    def title(self) -> str:
        return _("Giao chức vụ: đ/c %(name)s") % self.names

    def sentence(self) -> str:
        return _("Chức vụ thuộc nhiệm kỳ của tổ chức vào ngày bắt đầu giữ.")

    def form_options(self) -> dict[str, Any]:
        return {"units": deeds.units_for_posts(self.request.user, self.cell)}

    def act(self, data: dict[str, Any]) -> Done:
        return Done(_appoint(self.signed, self.member, data["unit"], data), member_page(self.member))


class AppointInUnit(UnitDeed):
    """Give a post of a unit to one of its members, found by name."""

    permission = Action.POSITION_APPOINT
    form_class = AppointInUnitForm
    template_name = "organization/deeds/appoint.html"
    verb = gettext_lazy("Giao chức vụ")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.query = self.request.GET.get("q", "").strip()
        self.found = deeds.named(self.unit, self.query)

    def title(self) -> str:
        return _("Giao chức vụ: %(unit)s") % self.names

    def form_options(self) -> dict[str, Any]:
        return {"unit": self.unit, "eligible": deeds.members_of(self.unit), "found": self.found}

    def extra(self) -> dict[str, Any]:
        full = bool(self.query) and len(self.found) == deeds.SHOWN
        return {"query": self.query, "found": self.found, "full": full, "unit_name": self.unit.name}

    def act(self, data: dict[str, Any]) -> Done:
        return Done(_appoint(self.signed, data["member"], self.unit, data), unit_page(self.unit))


class EndPosition(Deed):
    """End a post, or take back one entered by mistake."""

    section = "organization:tree"
    form_class = EndPositionForm
    verb = gettext_lazy("Ghi thôi chức vụ")
    position: Position

    def prepare(self, **address: Any) -> None:
        self.position = deeds.position_for(self.request.user, address["pk"])
        permissions.require(self.request.user, Action.POSITION_END, self.position.unit_id)

    @property
    def names(self) -> dict[str, str]:
        """Who holds what where since when."""
        held = self.position
        since = vietnamese.day(held.start)
        return {"name": held.member.full_name, "title": held.title, "unit": held.unit.name, "since": since}

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("Tổ chức đảng"), reverse("organization:tree")),
            Crumb(self.position.unit.name, unit_page(self.position.unit)),
        ]

    def title(self) -> str:
        return _("Thôi chức vụ: đ/c %(name)s") % self.names

    def sentence(self) -> str:
        return (
            _(
                "Đ/c %(name)s giữ chức vụ %(title)s, %(unit)s, từ %(since)s. Từ ngày thôi, đồng chí "
                "ấy không còn quyền của chức vụ trong phần mềm."
            )
            % self.names
        )

    def initial(self) -> dict[str, Any]:
        return {"end": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        positions.end_position(**self.signed, position=self.position, **data)
        words = _(
            "Đã ghi: đ/c %(name)s thôi giữ chức vụ %(title)s từ %(day)s. Tiếp theo: giao chức vụ cho "
            "người kế nhiệm."
        )
        day = vietnamese.day(data["end"])
        return Done(words % {**self.names, "day": day}, unit_page(self.position.unit))


class OpenTerm(UnitDeed):
    """Record the term of a unit's committee."""

    permission = Action.TERM_OPEN
    form_class = TermForm
    verb = gettext_lazy("Mở nhiệm kỳ")

    def title(self) -> str:
        return _("Mở nhiệm kỳ: %(unit)s") % self.names

    def sentence(self) -> str:
        return _("Ghi nhiệm kỳ theo kết quả đại hội. Sau đó giao chức vụ cho từng đồng chí trong cấp ủy.")

    def ground(self) -> Ground:
        rule = law_for(topics.Term, clock.today(), self.unit)
        months = rule.value.cell_months if self.unit.is_cell else rule.value.committee_months
        words = _("Nhiệm kỳ thường là %(months)s tháng; phần mềm báo trước %(days)s ngày khi sắp hết.")
        return Ground(words % {"months": months, "days": rule.value.warn_days}, rule)

    def act(self, data: dict[str, Any]) -> Done:
        term = terms.open_term(**self.signed, unit=self.unit, **data)
        words = _("Đã mở %(term)s của %(unit)s. Tiếp theo: giao chức vụ cho cấp ủy mới.")
        return Done(words % {**self.names, "term": term.name}, unit_page(self.unit))
