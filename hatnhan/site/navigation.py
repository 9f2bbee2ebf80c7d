"""The rooms as people call them, in the order in which the work stands. Rooms that are not built do not show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from hatnhan.organization.powers import Powers, powers_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrPromise

    from hatnhan.accounts.models import User


def _anyone(_user: User, _powers: Powers) -> bool:
    return True


def _with_place(_user: User, powers: Powers) -> bool:
    return bool(powers.own_cells or powers.reads or powers.cells_led)


def _reader(_user: User, powers: Powers) -> bool:
    return bool(powers.reads or powers.cells_led)


def _reads_record(user: User, powers: Powers) -> bool:
    return bool(powers.reads) or user.is_administrator


def _administrator(user: User, _powers: Powers) -> bool:
    return user.is_administrator


@dataclass(frozen=True, slots=True)
class Room:
    """One line of the menu. ``short`` is its label in the phone's bottom bar; ``namespace`` marks it as current."""

    label: StrPromise
    icon: str
    url_name: str
    shown: Callable[[User, Powers], bool] = _with_place
    short: StrPromise | str = ""

    @property
    def namespace(self) -> str:
        """The room this line leads into."""
        return self.url_name.partition(":")[0]


GROUPS: tuple[tuple[StrPromise | str, tuple[Room, ...]], ...] = (
    ("", (Room(_("Nhịp công tác"), "activity-heartbeat", "site:home", _anyone, _("Nhịp")),)),
    (
        _("Nền nếp"),
        (
            Room(_("Sinh hoạt, hội nghị"), "calendar-event", "meetings:home", short=_("Sinh hoạt")),
            Room(_("Nhiệm vụ"), "checklist", "assignments:home"),
            Room(_("Triển khai nghị quyết"), "route", "guidance:home"),
            Room(_("Kiểm tra, giám sát"), "eye-check", "oversight:home"),
        ),
    ),
    (
        _("Con người"),
        (
            Room(_("Tổ chức đảng"), "sitemap", "organization:tree", short=_("Tổ chức")),
            Room(_("Đảng viên"), "users-group", "organization:members", short=_("Đảng viên")),
            Room(_("Kiểm điểm, xếp loại"), "scale", "reviews:home"),
            Room(_("Liên hệ nhân dân"), "home-heart", "liaison:home", short=_("Hộ dân")),
        ),
    ),
    (
        _("Kết quả"),
        (
            Room(_("Chỉ tiêu KT-XH"), "chart-line", "indicators:home"),
            Room(_("Bảng số liệu"), "layout-grid", "figures:board", _reader, _("Số liệu")),
            Room(_("Báo cáo"), "report", "reports:home"),
            Room(_("Sổ văn bản"), "file-certificate", "documents:home"),
        ),
    ),
    (_("Công khai"), (Room(_("Trang thông tin"), "news", "portal:home"),)),
    (
        _("Hệ thống"),
        (
            Room(_("Quy định áp dụng"), "book-2", "rulebook:topics", _anyone),
            Room(_("Nhật ký"), "history", "audit:entries", _reads_record),
            Room(_("Tài khoản"), "user-cog", "accounts:users", _administrator),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A menu line as drawn for one person."""

    room: Room
    url: str


def menu(user: User) -> list[tuple[str, list[Line]]]:
    """Return the groups and lines that a person may enter."""
    powers = powers_of(user)
    groups = []
    for title, rooms in GROUPS:
        lines = [Line(room, url) for room in rooms if room.shown(user, powers) and (url := _address(room))]
        if lines:
            groups.append((str(title), lines))
    return groups


def _address(room: Room) -> str:
    try:
        return reverse(room.url_name)
    except NoReverseMatch:
        return ""
