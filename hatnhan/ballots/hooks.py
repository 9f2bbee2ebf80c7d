"""What this room tells the rooms below: the words for its deeds, and what it holds of members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.ballots.models import Ballot, Purpose
from hatnhan.ballots.permissions import Action
from hatnhan.ballots.selectors import holdings
from hatnhan.core import deed_words
from hatnhan.organization import held

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    Action.DRAFT: _("Soạn cuộc bỏ phiếu kín"),
    Action.OPEN: _("Mở bỏ phiếu kín"),
    Action.CLOSE: _("Kiểm phiếu"),
    Action.CANCEL: _("Hủy cuộc bỏ phiếu"),
    Action.TAKE: _("Lấy biên bản kiểm phiếu"),
}
DETAILS: dict[str, StrOrPromise] = {
    f"{Action.DRAFT}:purpose": _("Để quyết định"),
    f"{Action.DRAFT}:kind": _("Cách hỏi"),
    f"{Action.DRAFT}:on": _("Ngày bỏ phiếu"),
    f"{Action.OPEN}:entitled": _("Có quyền biểu quyết"),
    f"{Action.OPEN}:present": _("Có mặt"),
    f"{Action.CLOSE}:on_screen": _("Phiếu trên máy"),
    f"{Action.CLOSE}:paper": _("Phiếu giấy thu về"),
    f"{Action.CLOSE}:entitled": _("Có quyền biểu quyết"),
    f"{Action.CANCEL}:reason": _("Lý do hủy"),
    f"{Action.TAKE}:form": _("Dạng"),
}


def register() -> None:
    """Tell them; called once at start."""
    held.register(*holdings.HOLDINGS)
    deed_words.register(WORDS, DETAILS)
    deed_words.register_values(
        {
            f"{Action.DRAFT}:purpose": dict(Purpose.choices),
            f"{Action.DRAFT}:kind": dict(Ballot.Kind.choices),
        }
    )
