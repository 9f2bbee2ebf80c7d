"""What is decided about a member: probation, exemption, temporary activity, badges, the end of membership."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock, vietnamese
from hatnhan.core.deeds import Done, Ground
from hatnhan.core.errors import Missing
from hatnhan.organization import rules
from hatnhan.organization.actions import admission, exemptions, memberships
from hatnhan.organization.forms import life
from hatnhan.organization.permissions import Action
from hatnhan.organization.selectors import deeds
from hatnhan.organization.selectors.law import law_for
from hatnhan.organization.views.deeds_base import MemberDeed, member_page
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.organization.models import Exemption, Member, Membership, Probation, Unit


class DecideProbation(MemberDeed):
    """Official, longer on probation, or struck off: one page."""

    permission = Action.PROBATION_DECIDE
    form_class = life.ProbationForm
    verb = gettext_lazy("Ghi quyết định")
    probation: Probation

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        probation = deeds.open_probation(self.member)
        if probation is None:
            raise Missing
        self.probation = probation

    def title(self) -> str:
        return _("Xét hết dự bị: đ/c %(name)s") % self.names

    def sentence(self) -> str:
        days = {"start": vietnamese.day(self.probation.start), "due": vietnamese.day(self.probation.due)}
        return _("Đ/c %(name)s dự bị từ %(start)s, hết hạn ngày %(due)s.") % {**self.names, **days}

    def ground(self) -> Ground:
        rule = law_for(topics.Probation, self.probation.start, self.cell)
        last = rules.review_by(self.probation.due, rule.value.review_working_days)
        words = _(
            "Chi bộ xét trong %(days)s ngày làm việc sau khi hết hạn, chậm nhất ngày %(last)s. Xét "
            "muộn vẫn công nhận từ ngày hết hạn."
        )
        return Ground(words % {"days": rule.value.review_working_days, "last": vietnamese.day(last)}, rule)

    def initial(self) -> dict[str, Any]:
        return {"official_on": self.probation.due, "decided_on": clock.today()}

    def asks_twice(self, data: dict[str, Any]) -> bool:
        return bool(data["outcome"] == life.STRIKE_OFF)

    def consequences(self, data: dict[str, Any]) -> list[str]:
        return leaving(self.member, self.cell, data["decided_on"])

    def act(self, data: dict[str, Any]) -> Done:
        decided = {
            **self.signed,
            "member": self.member,
            "decided_on": data["decided_on"],
            "decision_no": data["decision_no"],
        }
        if data["outcome"] == life.OFFICIAL:
            admission.confirm_official(
                **decided, official_on=data["official_on"], card_number=data["card_number"]
            )
            words = _(
                "Đã công nhận đ/c %(name)s là đảng viên chính thức. Công bố tại buổi sinh hoạt chi bộ tới."
            )
        elif data["outcome"] == life.EXTEND:
            admission.extend_probation(**decided, months=data["months"])
            words = _(
                "Đã kéo dài thời gian dự bị của đ/c %(name)s. Hạn mới có trong việc cần làm của chi bộ."
            )
        else:
            admission.strike_off_probation(**decided)
            words = _("Đã xóa tên đ/c %(name)s. Gửi quyết định cho chi bộ và đồng chí ấy.")
        return Done(words % self.names, member_page(self.member))


class Exempt(MemberDeed):
    """Excuse a member from Party work and meetings."""

    permission = Action.EXEMPT
    form_class = life.ExemptForm
    verb = gettext_lazy("Ghi miễn sinh hoạt")

    def title(self) -> str:
        return _("Miễn công tác, sinh hoạt: đ/c %(name)s") % self.names

    def sentence(self) -> str:
        return (
            _(
                "Đ/c %(name)s vẫn là đảng viên của %(cell)s và vẫn tính tuổi Đảng; chi bộ không tính "
                "đồng chí ấy khi đếm người vắng."
            )
            % self.names
        )

    def act(self, data: dict[str, Any]) -> Done:
        exemptions.exempt(**self.signed, member=self.member, **data)
        return Done(
            _("Đã ghi miễn công tác, sinh hoạt cho đ/c %(name)s.") % self.names, member_page(self.member)
        )


class EndExemption(MemberDeed):
    """Call a member back to meetings."""

    permission = Action.EXEMPT_END
    form_class = life.EndExemptionForm
    verb = gettext_lazy("Ghi trở lại sinh hoạt")
    exemption: Exemption

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.exemption = deeds.exemption_for(self.member, address["exemption"])

    def title(self) -> str:
        return _("Trở lại sinh hoạt: đ/c %(name)s") % self.names

    def sentence(self) -> str:
        since = vietnamese.day(self.exemption.start)
        return _("Đ/c %(name)s được miễn công tác, sinh hoạt từ %(since)s.") % {**self.names, "since": since}

    def initial(self) -> dict[str, Any]:
        return {"end": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        exemptions.end_exemption(**self.signed, exemption=self.exemption, **data)
        words = _("Đã ghi: đ/c %(name)s trở lại sinh hoạt từ %(day)s. Mời đồng chí ấy dự buổi sinh hoạt tới.")
        return Done(words % {**self.names, "day": vietnamese.day(data["end"])}, member_page(self.member))


class StartTemporary(MemberDeed):
    """Take part in another cell for a time."""

    permission = Action.MEMBERSHIP_TEMPORARY
    form_class = life.TemporaryForm
    verb = gettext_lazy("Ghi sinh hoạt tạm thời")

    def title(self) -> str:
        return _("Sinh hoạt tạm thời: đ/c %(name)s") % self.names

    def sentence(self) -> str:
        return (
            _(
                "Đ/c %(name)s vẫn thuộc danh sách %(cell)s và được tính ở đó; đồng thời dự sinh hoạt "
                "ở chi bộ khác trong một thời gian."
            )
            % self.names
        )

    def form_options(self) -> dict[str, Any]:
        return {"cells": deeds.sister_cells(self.cell)}

    def act(self, data: dict[str, Any]) -> Done:
        memberships.start_temporary(**self.signed, member=self.member, **data)
        words = _("Đã ghi: đ/c %(name)s sinh hoạt tạm thời tại %(there)s. Báo chi bộ ấy mời dự họp.")
        return Done(words % {**self.names, "there": data["cell"].name}, member_page(self.member))


class EndTemporary(MemberDeed):
    """Temporary activity in another cell is over."""

    permission = Action.MEMBERSHIP_TEMPORARY
    form_class = life.EndTemporaryForm
    verb = gettext_lazy("Ghi thôi sinh hoạt tạm thời")
    temporary: Membership

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.temporary = deeds.temporary_for(self.member, address["membership"])

    def title(self) -> str:
        return _("Thôi sinh hoạt tạm thời: đ/c %(name)s") % self.names

    def sentence(self) -> str:
        there = {"there": self.temporary.unit.name, "since": vietnamese.day(self.temporary.start)}
        return _("Đ/c %(name)s sinh hoạt tạm thời tại %(there)s từ %(since)s.") % {**self.names, **there}

    def initial(self) -> dict[str, Any]:
        return {"end": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        memberships.end_temporary(**self.signed, membership=self.temporary, **data)
        words = _("Đã ghi: đ/c %(name)s thôi sinh hoạt tạm thời từ %(day)s.")
        return Done(words % {**self.names, "day": vietnamese.day(data["end"])}, member_page(self.member))


class EndMembership(MemberDeed):
    """End membership here."""

    permission = Action.MEMBERSHIP_END
    form_class = life.EndMembershipForm
    verb = gettext_lazy("Ghi thôi sinh hoạt")
    final = True

    def title(self) -> str:
        return _("Thôi sinh hoạt: đ/c %(name)s") % self.names

    def sentence(self) -> str:
        return (
            _(
                "Dùng khi đ/c %(name)s từ trần, đã chuyển đi nơi khác, xin ra khỏi Đảng, bị xóa tên "
                "hoặc khai trừ. Hồ sơ vẫn giữ để tra cứu."
            )
            % self.names
        )

    def consequences(self, data: dict[str, Any]) -> list[str]:
        return leaving(self.member, self.cell, data["end"])

    def act(self, data: dict[str, Any]) -> Done:
        memberships.end_membership(**self.signed, member=self.member, **data)
        words = _("Đã ghi: đ/c %(name)s thôi sinh hoạt tại %(cell)s từ %(day)s.")
        return Done(words % {**self.names, "day": vietnamese.day(data["end"])}, member_page(self.member))


def leaving(member: Member, cell: Unit, day: date) -> list[str]:
    """Return what follows when a member leaves the roster of a cell."""
    people, _held = deeds.size(cell, day)
    words = {
        "name": member.full_name,
        "cell": cell.name,
        "day": vietnamese.day(day),
        "left": max(people - 1, 0),
    }
    lines = [_("Từ %(day)s, %(cell)s còn %(left)s đảng viên, không có đ/c %(name)s.") % words]
    posts, exempt = deeds.holds(member, day)
    if posts:
        titles = ", ".join(f"{post.title} ({post.unit.name})" for post in posts)
        lines.append(_("Thôi giữ chức vụ: %(titles)s.") % {"titles": titles})
    if exempt:
        lines.append(_("Kết thúc việc miễn công tác, sinh hoạt."))
    return lines
