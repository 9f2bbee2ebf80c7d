"""What this room tells the rooms below, which know no members and no units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.accounts import links
from hatnhan.audit import actions as audit
from hatnhan.audit import scopes
from hatnhan.core import deed_words, places
from hatnhan.core.errors import RuleBroken
from hatnhan.organization.cell_kinds import kind_words
from hatnhan.organization.held import name_parts, part_words
from hatnhan.organization.models import Member, Membership, Post, Probation, Transfer, Unit, UnitAncestry
from hatnhan.organization.models.member import Degree, Schooling, Sex, Theory
from hatnhan.organization.models.unit import Level
from hatnhan.organization.permissions import Action
from hatnhan.organization.powers import powers_of
from hatnhan.organization.rules import tidy_card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User

LINK = "organization:member:account"
#: Parts of a member's file: the key in the address and in the record, and the words for both.
PARTS = {
    "dong-thoi-gian": _("dòng thời gian"),
    "ly-lich": _("lý lịch đảng"),
    "da-ghi": _("những gì đã ghi"),
    "ai-xem": _("ai đã xem"),
}

WORDS = {
    Action.UNIT_CREATE: _("Thành lập tổ chức"),
    Action.UNIT_RENAME: _("Đổi tên tổ chức"),
    Action.UNIT_CHANGE_KIND: _("Đổi loại chi bộ"),
    Action.UNIT_MOVE: _("Chuyển tổ chức về cấp ủy khác"),
    Action.UNIT_SPLIT: _("Tách chi bộ"),
    Action.UNIT_MERGE: _("Sáp nhập chi bộ"),
    Action.UNIT_DISSOLVE: _("Giải thể tổ chức"),
    Action.TERM_OPEN: _("Mở nhiệm kỳ"),
    Action.MEMBER_REGISTER: _("Ghi tên đảng viên"),
    Action.MEMBER_ADMIT: _("Kết nạp"),
    Action.MEMBER_EDIT: _("Sửa hồ sơ"),
    Action.MEMBER_CONTACT: _("Sửa thông tin liên hệ"),
    Action.MEMBER_READ: _("Xem hồ sơ"),
    Action.MEMBER_EXPORT_FILE: _("Tải hồ sơ"),
    Action.MEMBERSHIP_END: _("Thôi sinh hoạt"),
    Action.MEMBERSHIP_TEMPORARY: _("Sinh hoạt tạm thời"),
    Action.PROBATION_DECIDE: _("Xét đảng viên dự bị"),
    Action.EXEMPT: _("Miễn công tác, sinh hoạt"),
    Action.EXEMPT_END: _("Thôi miễn công tác, sinh hoạt"),
    Action.POSITION_APPOINT: _("Giao chức vụ"),
    Action.POSITION_END: _("Thôi chức vụ"),
    Action.TRANSFER_PROPOSE: _("Giới thiệu chuyển sinh hoạt"),
    Action.TRANSFER_ACCEPT: _("Tiếp nhận chuyển sinh hoạt"),
    Action.TRANSFER_REFUSE: _("Không tiếp nhận chuyển sinh hoạt"),
    Action.TRANSFER_WITHDRAW: _("Rút giới thiệu chuyển sinh hoạt"),
    Action.BADGE_AWARD: _("Trao Huy hiệu Đảng"),
    Action.ROSTER_IMPORT: _("Nhập danh sách"),
    Action.ROSTER_EXPORT: _("Tải danh sách"),
    LINK: _("Gắn tài khoản"),
}
DETAILS: dict[str, StrOrPromise] = {
    **{field.name: field.verbose_name for field in Member._meta.fields if field.name not in {"id", "user"}},
    "decision_no": _("số quyết định"),
    "letter_no": _("số giấy giới thiệu"),
    "on": _("ngày"),
    "start": _("từ ngày"),
    "end": _("đến trước ngày"),
    "due": _("hết hạn"),
    "decided_on": _("ngày quyết định"),
    "from": _("nơi đi"),
    "to": _("nơi đến"),
    "state": _("tình trạng"),
    "proposed_on": _("ngày giới thiệu"),
    "effective_on": _("chuyển từ ngày"),
    "awarded_on": _("đợt trao"),
    "probation_due": _("hết hạn dự bị"),
    "name": _("tên"),
    "code": _("mã"),
    "level": _("cấp"),
    "cell_kind": _("loại chi bộ"),
    "cell": _("chi bộ"),
    "unit": _("tổ chức"),
    "parent": _("trực thuộc"),
    "new": _("chi bộ mới"),
    "into": _("nhập vào"),
    "members": _("số đảng viên"),
    "member": _("đảng viên"),
    "changes": _("thay đổi"),
    "post": _("chức vụ"),
    "term": _("nhiệm kỳ"),
    "reason": _("lý do"),
    "start_reason": _("lý do đến"),
    "outcome": _("kết quả"),
    "came_back": _("trước đây đã có tên"),
    f"{Action.BADGE_AWARD}:years": _("mức Huy hiệu"),
    "rule": _("quy định dùng"),
    "file": _("tệp"),
    "digest": _("dấu của tệp"),
    "count": _("số dòng"),
    "counts": _("số dòng"),
    "part": _("phần xem"),
}


def _in_years(number: str) -> str:
    return _now("%(years)s năm") % {"years": number}


VALUES: dict[str, Mapping[str, StrOrPromise] | Callable[[str], str]] = {
    f"{Action.BADGE_AWARD}:years": _in_years,
    "post": dict(Post.choices),
    "level": dict(Level.choices),
    "cell_kind": kind_words,
    "start_reason": dict(Membership.StartReason.choices),
    "reason": dict(Membership.EndReason.choices),
    "outcome": dict(Probation.Outcome.choices),
    "state": dict(Transfer.State.choices),
    "part": part_words,
    "sex": dict(Sex.choices),
    "schooling": dict(Schooling.choices),
    "degree": dict(Degree.choices),
    "theory": dict(Theory.choices),
}


def audit_scope(user: User) -> Q | None:
    """Let those who read a committee's files read what was done in its tree, and to the accounts of its members."""
    reads = powers_of(user).reads
    if not reads:
        return None
    units = UnitAncestry.objects.filter(ancestor_id__in=reads).values("unit_id")
    members = Membership.objects.filter(unit_id__in=units).values("member_id")
    users = Member.objects.filter(pk__in=members, user__isnull=False)
    accounts = users.annotate(account=Cast("user_id", CharField())).values("account")
    return Q(unit_id__in=units) | Q(object_type="accounts.user", object_id__in=accounts)


def unit_names(ids: Iterable[int]) -> dict[int, str]:
    """Return what units are called now."""
    return dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name"))


def link(user: User, card_number: str, by: Actor, at: datetime) -> None:
    """Join an account to the member with a card number, typed with or without the spaces that cards are printed with.

    Raises RuleBroken with code ``card_unknown``, the same words whether there is no such member or the member has an
    account: the administrator learns nothing of the roster by trying numbers.
    """
    member = Member.objects.filter(card_number=tidy_card(card_number) or "", user__isnull=True).first()
    if member is None or Member.objects.filter(pk=member.pk, user__isnull=True).update(user=user) != 1:
        message = _now("Không gắn được với số thẻ này: xem lại số, hoặc người ấy đã có tài khoản.")
        raise RuleBroken("card_unknown", message, field="card_number")
    cell = Membership.objects.filter(member=member, kind=Membership.Kind.OFFICIAL).order_by("-start").first()
    unit_id = cell.unit_id if cell else None
    audit.record(by=by, at=at, action=LINK, target=member, unit_id=unit_id, subject_id=member.pk)


def is_linked(user: User) -> bool:
    """Tell whether an account belongs to a member."""
    return Member.objects.filter(user=user).exists()


def register() -> None:
    """Tell them; called once at start."""
    name_parts(PARTS)
    deed_words.register(WORDS, DETAILS)
    deed_words.register_values(VALUES)
    places.register(unit_names)
    links.register(link, is_linked)
    scopes.register(audit_scope)
