"""Members come onto the roster and are corrected."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Done, Ground
from hatnhan.organization.actions import admission, members, readings, transfers
from hatnhan.organization.forms.members import (
    AdmitForm,
    ContactForm,
    EditForm,
    MemberForm,
    ReceiveForm,
    RegisterForm,
    roster_fields,
)
from hatnhan.organization.permissions import Action
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.organization.views.deeds_base import KeeperDeed, MemberDeed, member_page
from hatnhan.rulebook import topics


class Register(KeeperDeed):
    """Record a member who is one already."""

    permission = Action.MEMBER_REGISTER
    form_class = RegisterForm
    verb = gettext_lazy("Ghi vào danh sách")

    def title(self) -> str:
        return _("Ghi đảng viên vào danh sách")

    def sentence(self) -> str:
        words = _(
            "Dùng cho đồng chí đã là đảng viên mà danh sách còn thiếu. Người mới vào Đảng thì ghi ở {page}."
        )
        page = format_html('<a href="{}">{}</a>', reverse("organization:member-admit"), _("trang Kết nạp"))
        return format_html(words, page=page)

    def act(self, data: dict[str, Any]) -> Done:
        cell, start, number = data["cell"], data["start"], data["decision_no"]
        record = MemberForm.record(data)
        member = members.register_member(
            **self.signed, cell=cell, data=record, start=start, decision_no=number
        )
        words = _("Đã ghi đ/c %(name)s vào danh sách %(cell)s. Xem lại hồ sơ dưới đây.")
        return Done(words % {"name": member.full_name, "cell": cell.name}, member_page(member))


class Admit(KeeperDeed):
    """Admit a new member on probation."""

    permission = Action.MEMBER_ADMIT
    form_class = AdmitForm
    verb = gettext_lazy("Ghi kết nạp")

    def title(self) -> str:
        return _("Kết nạp đảng viên")

    def sentence(self) -> str:
        return _("Người được kết nạp vào danh sách chi bộ từ ngày lễ kết nạp và bắt đầu thời gian dự bị.")

    def ground(self) -> Ground:
        rule = law_for(topics.Probation, clock.today(), self.request.unit)
        words = _(
            "Thời gian dự bị %(months)s tháng kể từ ngày kết nạp; hết hạn, chi bộ xét trong %(days)s "
            "ngày làm việc."
        )
        return Ground(words % {"months": rule.value.months, "days": rule.value.review_working_days}, rule)

    def act(self, data: dict[str, Any]) -> Done:
        member = admission.admit_member(
            **self.signed,
            cell=data["cell"],
            data=MemberForm.record(data),
            admitted_on=data["admitted_on"],
            decision_no=data["decision_no"],
        )
        words = _("Đã ghi kết nạp đ/c %(name)s. Ngày hết hạn dự bị có trong việc cần làm của chi bộ.")
        return Done(words % {"name": member.full_name}, member_page(member))


class Receive(KeeperDeed):
    """Take in a member from outside; the head of a cell may, into the own cell."""

    permission = Action.TRANSFER_ACCEPT
    form_class = ReceiveForm
    verb = gettext_lazy("Tiếp nhận")

    def title(self) -> str:
        return _("Tiếp nhận đảng viên chuyển đến")

    def places(self) -> frozenset[int]:
        powers = powers_of(self.request.user)
        return powers.units_kept | powers.cells_led

    def sentence(self) -> str:
        return _(
            "Dùng khi đảng viên mang giấy giới thiệu từ nơi khác đến. Chuyển giữa các chi bộ trong "
            "Đảng bộ thì chi bộ nơi đi giới thiệu."
        )

    def act(self, data: dict[str, Any]) -> Done:
        member = transfers.receive_from_outside(
            **self.signed,
            cell=data["cell"],
            data=MemberForm.record(data),
            outside=data["outside"],
            letter_no=data["letter_no"],
            effective_on=data["effective_on"],
        )
        words = _("Đã tiếp nhận đ/c %(name)s về %(cell)s. Báo chi bộ phổ biến tại buổi sinh hoạt tới.")
        return Done(words % {"name": member.full_name, "cell": data["cell"].name}, member_page(member))


class _OpensFile(MemberDeed):
    """A deed whose fields show what the file says: to open it is to read the file, and is recorded."""

    def state(self) -> str:
        return repr(sorted(self.initial().items(), key=lambda pair: pair[0]))

    def opened(self) -> None:
        readings.record_reading(**self.signed, member=self.member, unit_id=self.cell.pk, part="ly-lich")


class Edit(_OpensFile):
    """Correct the roster fields."""

    permission = Action.MEMBER_EDIT
    form_class = EditForm
    verb = gettext_lazy("Lưu hồ sơ")

    def title(self) -> str:
        return _("Sửa hồ sơ: đ/c %(name)s") % self.names

    def sentence(self) -> str:
        return _("Sửa điều ghi sai hoặc đã thay đổi. Điều cũ và điều mới được giữ trong nhật ký.")

    def form_options(self) -> dict[str, Any]:
        return {"probationary": self.member.official_on is None}

    def initial(self) -> dict[str, Any]:
        return roster_fields(self.member)

    def act(self, data: dict[str, Any]) -> Done:
        members.edit_member(**self.signed, member=self.member, data=MemberForm.record(data))
        return Done(_("Đã lưu hồ sơ đ/c %(name)s.") % {"name": data["full_name"]}, member_page(self.member))


class Contact(_OpensFile):
    """Change how a member is reached; the head of the cell may."""

    permission = Action.MEMBER_CONTACT
    form_class = ContactForm
    verb = gettext_lazy("Lưu")

    def title(self) -> str:
        return _("Nơi ở, liên lạc: đ/c %(name)s") % self.names

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.member, name) for name in ContactForm.base_fields}

    def act(self, data: dict[str, Any]) -> Done:
        members.edit_contact(**self.signed, member=self.member, **data)
        return Done(_("Đã lưu nơi ở và liên lạc của đ/c %(name)s.") % self.names, member_page(self.member))
