"""Party activity moves: proposed, accepted, refused, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock, vietnamese
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Missing
from hatnhan.organization import permissions
from hatnhan.organization.actions import transfers as actions
from hatnhan.organization.forms.transfers import AcceptForm, ProposeForm, RefuseForm, WithdrawForm
from hatnhan.organization.permissions import Action
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors import deeds
from hatnhan.organization.selectors import transfers as selectors
from hatnhan.organization.selectors.law import law_at, law_for
from hatnhan.organization.views.deeds_base import MemberDeed, member_page
from hatnhan.organization.views.deeds_life import leaving
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.organization.models import Transfer
    from hatnhan.rulebook.types import Rule

SECTION = "organization:members"
PER_PAGE = 30


def transfers(request: Request) -> HttpResponse:
    """List the transfers a person may see: those that wait, then those that were answered."""
    if request.unit is None:
        raise Missing
    powers = powers_of(request.user)
    waiting = selectors.waiting(request.user)
    page = Paginator(selectors.decided(request.user), PER_PAGE).get_page(request.GET.get("trang"))
    people = {one.transfer.member_id for one in waiting} | {transfer.member_id for transfer in page}
    context = {
        "section": SECTION,
        "waiting": waiting,
        "page": page,
        "readable": deeds.readable(request.user, people),
        "rule": law_at(topics.Transfer, clock.today()),
        "may_receive": bool(powers.units_kept or powers.cells_led),
    }
    return render(request, "organization/deeds/transfers.html", context)


def _ground(rule: Rule[topics.Transfer]) -> Ground:
    words = _(
        "Chuyển sinh hoạt chính thức xong trong %(last)s ngày làm việc; quá %(first)s ngày làm việc thì nhắc."
    )
    value = rule.value
    return Ground(words % {"last": value.overdue_working_days, "first": value.remind_working_days}, rule)


class Propose(MemberDeed):
    """Introduce a member to another cell or to an organisation outside."""

    permission = Action.TRANSFER_PROPOSE
    form_class = ProposeForm
    verb = gettext_lazy("Giới thiệu chuyển")

    def title(self) -> str:
        return _("Chuyển sinh hoạt đảng: đ/c %(name)s") % self.names

    def sentence(self) -> str:
        return _("Đ/c %(name)s vẫn sinh hoạt tại %(cell)s cho đến ngày nơi nhận tiếp nhận.") % self.names

    def ground(self) -> Ground:
        return _ground(law_for(topics.Transfer, clock.today(), self.cell))

    def form_options(self) -> dict[str, Any]:
        return {"cells": deeds.sister_cells(self.cell)}

    def initial(self) -> dict[str, Any]:
        return {"proposed_on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        told = {name: value for name, value in data.items() if name != "where"}
        transfer = actions.propose_transfer(**self.signed, member=self.member, **told)
        words = _(
            "Đã giới thiệu đ/c %(name)s về %(there)s. Tiếp theo: nơi nhận tiếp nhận ở trang Chuyển sinh hoạt."
        )
        return Done(words % {**self.names, "there": transfer.destination}, member_page(self.member))


class _Answer(Deed):
    section = SECTION
    permission: Action
    transfer: Transfer

    def prepare(self, **address: Any) -> None:
        self.transfer = deeds.transfer_for(self.request.user, address["pk"])
        permissions.require(self.request.user, self.permission, self.unit_id)

    @property
    def unit_id(self) -> int:
        """The unit whose head may do this."""
        return selectors.answering_unit(self.transfer).pk

    @property
    def names(self) -> dict[str, str]:
        """Who moves, from where, to where."""
        transfer = self.transfer
        ends = {"here": transfer.origin, "there": transfer.destination}
        return {"name": transfer.member.full_name, "day": vietnamese.day(transfer.proposed_on), **ends}

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("Đảng viên"), reverse("organization:members")),
            Crumb(_("Chuyển sinh hoạt"), reverse("organization:transfers")),
        ]

    def sentence(self) -> str:
        words = _(
            "Đ/c %(name)s được giới thiệu ngày %(day)s, từ %(here)s đến %(there)s, giấy giới thiệu "
            "số %(number)s."
        )
        return words % {**self.names, "number": self.transfer.letter_no}


class Accept(_Answer):
    """Take the member in; or record that an organisation outside did, which ends membership here."""

    permission = Action.TRANSFER_ACCEPT
    form_class = AcceptForm
    verb = gettext_lazy("Tiếp nhận")

    def title(self) -> str:
        words = (
            _("Tiếp nhận: đ/c %(name)s")
            if self.transfer.to_unit
            else _("Nơi nhận đã tiếp nhận: đ/c %(name)s")
        )
        return words % self.names

    def asks_twice(self, _data: dict[str, Any]) -> bool:
        return self.transfer.to_unit_id is None

    def consequences(self, data: dict[str, Any]) -> list[str]:
        cell = selectors.answering_unit(self.transfer)
        return leaving(self.transfer.member, cell, data["effective_on"])

    def ground(self) -> Ground:
        return _ground(law_for(topics.Transfer, clock.today(), selectors.answering_unit(self.transfer)))

    def initial(self) -> dict[str, Any]:
        return {"effective_on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        actions.accept_transfer(**self.signed, transfer=self.transfer, **data)
        day = vietnamese.day(data["effective_on"])
        words = _("Đã ghi: đ/c %(name)s sinh hoạt tại %(there)s từ %(from)s.")
        return Done(words % {**self.names, "from": day}, reverse("organization:transfers"))


class Refuse(_Answer):
    """Do not take the member in."""

    permission = Action.TRANSFER_REFUSE
    form_class = RefuseForm
    verb = gettext_lazy("Ghi không nhận")

    def title(self) -> str:
        return _("Không nhận: đ/c %(name)s") % self.names

    def act(self, data: dict[str, Any]) -> Done:
        actions.refuse_transfer(**self.signed, transfer=self.transfer, **data)
        words = _("Đã ghi không nhận. Đ/c %(name)s vẫn sinh hoạt tại %(here)s; nơi giới thiệu thấy lý do.")
        return Done(words % self.names, reverse("organization:transfers"))


class Withdraw(_Answer):
    """Take the proposal back."""

    permission = Action.TRANSFER_WITHDRAW
    form_class = WithdrawForm
    verb = gettext_lazy("Rút giới thiệu")

    @property
    def unit_id(self) -> int:
        """The unit that proposed it."""
        return self.transfer.from_unit_id or super().unit_id

    def title(self) -> str:
        return _("Rút giới thiệu: đ/c %(name)s") % self.names

    def act(self, _data: dict[str, Any]) -> Done:
        actions.withdraw_transfer(**self.signed, transfer=self.transfer)
        words = _("Đã rút giới thiệu. Đ/c %(name)s vẫn sinh hoạt tại %(here)s.")
        return Done(words % self.names, reverse("organization:transfers"))
