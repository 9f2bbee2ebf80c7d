"""The deeds that a page offers to one person: only those that the person may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.organization import permissions, rules
from hatnhan.organization.permissions import Action
from hatnhan.organization.selectors.law import law_for
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrPromise

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Unit
    from hatnhan.organization.selectors.person import File


@dataclass(frozen=True, slots=True)
class Link:
    """A deed as a link: where it is done, the verb, a picture's name, and whether it is what the page waits for."""

    url: str
    label: str
    icon: str
    primary: bool = False


_Deed = tuple[str, Action, "StrPromise", str]

_FOR_UNIT: tuple[_Deed, ...] = (
    ("unit-appoint", Action.POSITION_APPOINT, gettext_lazy("Giao chức vụ"), "user-plus"),
    ("unit-term", Action.TERM_OPEN, gettext_lazy("Mở nhiệm kỳ"), "calendar-plus"),
    ("unit-rename", Action.UNIT_RENAME, gettext_lazy("Đổi tên"), "pencil"),
    ("unit-kind", Action.UNIT_CHANGE_KIND, gettext_lazy("Đổi loại chi bộ"), "equal"),
    ("unit-move", Action.UNIT_MOVE, gettext_lazy("Chuyển về tổ chức khác"), "arrow-right"),
    ("unit-split", Action.UNIT_SPLIT, gettext_lazy("Tách chi bộ"), "arrow-fork"),
    ("unit-merge", Action.UNIT_MERGE, gettext_lazy("Sáp nhập"), "arrow-merge"),
    ("unit-dissolve", Action.UNIT_DISSOLVE, gettext_lazy("Giải thể"), "circle-x"),
)
_OF_CELLS_ONLY = {"unit-kind", "unit-split", "unit-merge"}

_FOR_MEMBER: tuple[_Deed, ...] = (
    ("member-edit", Action.MEMBER_EDIT, gettext_lazy("Sửa hồ sơ"), "edit"),
    ("member-transfer", Action.TRANSFER_PROPOSE, gettext_lazy("Chuyển sinh hoạt"), "arrows-exchange"),
    ("member-contact", Action.MEMBER_CONTACT, gettext_lazy("Sửa nơi ở, điện thoại"), "phone"),
    ("member-appoint", Action.POSITION_APPOINT, gettext_lazy("Giao chức vụ"), "user-plus"),
    ("member-badge", Action.BADGE_AWARD, gettext_lazy("Ghi trao Huy hiệu"), "medal"),
    ("member-exempt", Action.EXEMPT, gettext_lazy("Miễn công tác, sinh hoạt"), "circle-dashed"),
    ("member-temporary", Action.MEMBERSHIP_TEMPORARY, gettext_lazy("Sinh hoạt tạm thời"), "calendar-event"),
    ("member-end", Action.MEMBERSHIP_END, gettext_lazy("Thôi sinh hoạt"), "door-exit"),
)


_FOR_ROSTER: tuple[_Deed, ...] = (
    ("import", Action.ROSTER_IMPORT, gettext_lazy("Nhập danh sách"), "file-import"),
    ("member-receive", Action.TRANSFER_ACCEPT, gettext_lazy("Tiếp nhận từ nơi khác"), "arrows-exchange"),
    ("transfers", Action.TRANSFER_ACCEPT, gettext_lazy("Việc chuyển sinh hoạt"), "clock-exclamation"),
    ("badges", Action.BADGE_AWARD, gettext_lazy("Đợt trao Huy hiệu"), "medal"),
    ("roster-export", Action.ROSTER_EXPORT, gettext_lazy("Xuất cả danh sách để nhập lại"), "file-export"),
)


def for_roster(user: User, unit: Unit) -> list[Link]:
    """Return what a person may do about the roster of a unit today."""
    return _links(user, unit.pk, _FOR_ROSTER)


def sheet(code: str) -> Link:
    """Return the way to the printed list of a cell, or to the cells to choose from."""
    if code:
        return Link(_address("cell-sheet", code), _("In danh sách chi bộ"), "printer")
    return Link(_address("tree"), _("In theo chi bộ"), "printer")


def for_unit(user: User, unit: Unit) -> list[Link]:
    """Return what a person may do about a unit today; nothing once it is dissolved."""
    if unit.dissolved_on:
        return []
    fitting = [one for one in _FOR_UNIT if unit.is_cell or one[0] not in _OF_CELLS_ONLY]
    return _links(user, unit.pk, fitting, unit.code)


def for_member(user: User, file: File) -> list[Link]:
    """Return what a person may do about a member today, what waits for a decision first; nothing once they left."""
    if file.official is None or not file.present:
        return []
    standing = {
        "member-transfer": file.transfer is not None,
        "member-exempt": file.exempt is not None,
        "member-temporary": file.temporary is not None,
    }
    fitting = [one for one in _FOR_MEMBER if not standing.get(one[0])]
    fitting = [one for one in fitting if one[0] != "member-badge" or _badge_open(user, file)]
    deeds = _links(user, file.official.unit_id, fitting, file.member.pk)
    return [*_decision(user, file), *deeds, *_endings(user, file)]


def _decision(user: User, file: File) -> list[Link]:
    """Return the deed that ends the probation, while one is open."""
    unit_id = file.official.unit_id if file.official else 0
    if not file.probation or not permissions.allowed(user, Action.PROBATION_DECIDE, unit_id):
        return []
    url = _address("member-official", file.member.pk)
    return [Link(url, _("Xét công nhận chính thức"), "circle-check", primary=True)]


def _badge_open(user: User, file: File) -> bool:
    """Tell whether a badge may be recorded: of an official member, whose years are full for one not yet given."""
    unit = file.official.unit if file.official else None
    if not (unit and file.is_official and permissions.allowed(user, Action.BADGE_AWARD, unit.pk)):
        return False
    levels = law_for(topics.Badges, file.on, unit).value.years
    given = {badge.years for badge in file.badges}
    return any(years not in given for years in rules.badges_reached(file.member.admitted_on, levels, file.on))


def _endings(user: User, file: File) -> list[Link]:
    """Return the deeds that end or answer what is open about a member."""
    unit_id, pk = file.official.unit_id if file.official else 0, file.member.pk
    found = []
    if file.exempt and permissions.allowed(user, Action.EXEMPT_END, unit_id):
        url = _address("exemption-end", pk, file.exempt.pk)
        found.append(Link(url, _("Thôi miễn công tác"), "circle-dashed"))
    if file.temporary and permissions.allowed(user, Action.MEMBERSHIP_TEMPORARY, unit_id):
        url = _address("temporary-end", pk, file.temporary.pk)
        found.append(Link(url, _("Thôi sinh hoạt tạm thời"), "calendar-event"))
    if file.transfer and permissions.allowed(user, Action.TRANSFER_ACCEPT, unit_id):
        found.append(Link(_address("transfers"), _("Mở việc chuyển sinh hoạt"), "clock-exclamation"))
    for position in file.posts:
        if permissions.allowed(user, Action.POSITION_END, position.unit_id):
            words = _("Cho thôi %(post)s") % {"post": position.title}
            found.append(Link(_address("position-end", position.pk), words, "user"))
    return found


def _links(user: User, unit_id: int, fitting: Iterable[_Deed], *keys: str | int) -> list[Link]:
    found = []
    for name, action, label, icon in fitting:
        if permissions.allowed(user, action, unit_id):
            found.append(Link(_address(name, *keys), str(label), icon))
    return found


def _address(name: str, *keys: str | int) -> str:
    return reverse(f"organization:{name}", args=keys)
