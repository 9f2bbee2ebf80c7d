"""What this room holds of a member, for the member's own copy. How somebody voted is not held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.ballots.models import Ballot, Option, RollEntry, Teller
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.held import Holding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.organization.models import Member


def rolls(member: Member) -> Iterator[dict[str, object]]:
    """Yield the ballots on whose roll the member stands, why, and whether a vote was cast on screen."""
    rows = RollEntry.objects.filter(member=member).select_related("ballot__unit").order_by("ballot__on", "pk")
    for entry in rows:
        yield _of(entry.ballot) | {
            _now("có quyền biểu quyết"): _yes(holds=entry.entitled),
            _now("lý do"): entry.get_reason_display(),
            _now("có mặt"): _yes(holds=entry.present),
            _now("đã bỏ phiếu trên máy"): _yes(holds=entry.voted),
        }


def parts(member: Member) -> Iterator[dict[str, object]]:
    """Yield the ballots that the member counted, those on whose slip the name stood, and those about the member."""
    tellers = Teller.objects.filter(member=member).select_related("ballot__unit").order_by("ballot__on", "pk")
    for teller in tellers:
        yield _of(teller.ballot) | {_now("phần việc"): _now("kiểm phiếu")}
    options = Option.objects.filter(member=member).select_related("ballot__unit").order_by("ballot__on", "pk")
    for option in options:
        yield _of(option.ballot) | {_now("phần việc"): _now("có tên trên phiếu")}
    for ballot in Ballot.objects.filter(concerned=member).select_related("unit").order_by("on", "pk"):
        yield _of(ballot) | {_now("phần việc"): _now("được xem xét")}


def _of(ballot: Ballot) -> dict[str, object]:
    return {
        _now("nội dung"): ballot.title,
        _now("tổ chức"): str(ballot.unit),
        _now("ngày"): written(ballot.on),
    }


def _yes(*, holds: bool) -> str:
    return _now("có") if holds else _now("không")


HOLDINGS = (
    Holding(_("Danh sách bỏ phiếu kín"), rolls),
    Holding(_("Phần việc trong bỏ phiếu kín"), parts),
)
