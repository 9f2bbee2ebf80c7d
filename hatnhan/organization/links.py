"""The deeds that a page offers to one person: only those that the person may do, at addresses that exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from hatnhan.organization import permissions
from hatnhan.organization.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrPromise

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Unit
    from hatnhan.organization.selectors.person import File


@dataclass(frozen=True, slots=True)
class Link:
    """A deed as a link: where it is done, the verb, a picture's name."""

    url: str
    label: str
    icon: str


_Deed = tuple[str, Action, "StrPromise", str]

_FOR_UNIT: tuple[_Deed, ...] = (
    ("unit-appoint", Action.POSITION_APPOINT, _("Phân công chức vụ"), "user-plus"),
    ("unit-term", Action.TERM_OPEN, _("Mở nhiệm kỳ"), "calendar-plus"),
    ("unit-rename", Action.UNIT_RENAME, _("Đổi tên"), "pencil"),
    ("unit-kind", Action.UNIT_CHANGE_KIND, _("Đổi loại chi bộ"), "equal"),
    ("unit-move", Action.UNIT_MOVE, _("Chuyển về tổ chức khác"), "arrow-right"),
    ("unit-split", Action.UNIT_SPLIT, _("Tách chi bộ"), "arrow-fork"),
    ("unit-merge", Action.UNIT_MERGE, _("Sáp nhập"), "arrow-merge"),
    ("unit-dissolve", Action.UNIT_DISSOLVE, _("Giải thể"), "circle-x"),
)
_OF_CELLS_ONLY = {"unit-kind", "unit-split", "unit-merge"}

_FOR_MEMBER: tuple[_Deed, ...] = (
    ("member-edit", Action.MEMBER_EDIT, _("Sửa hồ sơ"), "edit"),
    ("member-transfer", Action.TRANSFER_PROPOSE, _("Chuyển sinh hoạt"), "arrows-exchange"),
    ("member-contact", Action.MEMBER_CONTACT, _("Sửa nơi ở, điện thoại"), "phone"),
    ("member-official", Action.PROBATION_DECIDE, _("Xét hết dự bị"), "circle-check"),
    ("member-appoint", Action.POSITION_APPOINT, _("Phân công chức vụ"), "user-plus"),
    ("member-badge", Action.BADGE_AWARD, _("Ghi trao Huy hiệu"), "medal"),
    ("member-exempt", Action.EXEMPT, _("Miễn công tác, sinh hoạt"), "circle-dashed"),
    ("member-temporary", Action.MEMBERSHIP_TEMPORARY, _("Sinh hoạt tạm thời"), "calendar-event"),
    ("member-end", Action.MEMBERSHIP_END, _("Thôi sinh hoạt"), "door-exit"),
)


def for_unit(user: User, unit: Unit) -> list[Link]:
    """Return what a person may do about a unit today; nothing once it is dissolved."""
    if unit.dissolved_on:
        return []
    fitting = [one for one in _FOR_UNIT if unit.is_cell or one[0] not in _OF_CELLS_ONLY]
    return _links(user, unit.pk, unit.code, fitting)


def for_member(user: User, file: File) -> list[Link]:
    """Return what a person may do about a member today; nothing about one who has left."""
    if file.official is None or not file.present:
        return []
    unfit = set()
    if file.is_official:
        unfit.add("member-official")
    if file.transfer:
        unfit.add("member-transfer")
    return _links(user, file.official.unit_id, file.member.pk, [one for one in _FOR_MEMBER if one[0] not in unfit])


def _links(user: User, unit_id: int, key: str | int, fitting: Iterable[_Deed]) -> list[Link]:
    found = []
    for name, action, label, icon in fitting:
        if permissions.allowed(user, action, unit_id) and (url := _address(name, key)):
            found.append(Link(url, str(label), icon))
    return found


def _address(name: str, key: str | int) -> str:
    try:
        return reverse(f"organization:{name}", args=[key])
    except NoReverseMatch:
        return ""
