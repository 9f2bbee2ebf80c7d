"""How a paper of a body is headed, numbered, signed and kept (05-HD/VPTW): the same for every room that draws one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import Missing
from hatnhan.organization.models import Body, Position, Post, UnitVersion
from hatnhan.organization.selectors.sheet import place_of

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.organization.models import Member, Unit

#: A post as it stands under "T/M": without the organisation's name.
_POSTS: dict[str, str] = {
    Post.SECRETARY: "BÍ THƯ",
    Post.STANDING_DEPUTY: "PHÓ BÍ THƯ",
    Post.DEPUTY: "PHÓ BÍ THƯ",
    Post.STANDING_MEMBER: "ỦY VIÊN",
    Post.COMMITTEE_MEMBER: "ỦY VIÊN",
    Post.INSPECTION_CHAIR: "CHỦ NHIỆM",
    Post.INSPECTION_DEPUTY: "PHÓ CHỦ NHIỆM",
    Post.INSPECTION_MEMBER: "ỦY VIÊN",
}
_ON_BEHALF: dict[str, str] = {
    Body.COMMITTEE: "T/M ĐẢNG ỦY",
    Body.STANDING: "T/M BAN THƯỜNG VỤ",
    Body.INSPECTION: "T/M ỦY BAN KIỂM TRA",
}
_INSPECTION_POSTS = (Post.INSPECTION_CHAIR, Post.INSPECTION_DEPUTY, Post.INSPECTION_MEMBER)
#: Room for a number written in by hand.
_GAP = "\N{NO-BREAK SPACE}" * 6


@dataclass(frozen=True, slots=True)
class Letterhead:
    """A body on a day: what stands over its papers, what in its numbers, under what they are signed, who keeps them."""

    superior: str
    issuer: str
    place: str
    sign: str
    on_behalf: str
    kept: str

    def number(self, kind: str, known: str = "") -> str:
        """Return the number as it stands on the paper: "Số 05-NQ/CB", or with room for it where it is not known."""
        return f"Số {known or f'{_GAP}-{kind}/{self.sign}'}"


def letterhead(unit: Unit, body: str, on: date) -> Letterhead:
    """Return how the papers of a body are headed on a day, by two queries.

    A committee's issuer is the committee, its standing committee's too; the inspection committee's superior is the
    committee beside it. Raises Missing when the unit did not exist on the day.
    """
    version = UnitVersion.objects.on(on).filter(unit=unit).select_related("parent").first()
    if version is None:
        raise Missing(_("Ngày này chưa có, hoặc không còn tổ chức này."))
    superior, place = version.parent.name if version.parent else "", place_of(unit.pk, on)
    if unit.is_cell:
        kept, on_behalf = _("Lưu Chi bộ."), "T/M CHI ỦY" if body == Body.COMMITTEE else "T/M CHI BỘ"
        return Letterhead(superior, version.name, place, "CB", on_behalf, kept)
    committee = f"Đảng ủy {version.name.removeprefix('Đảng bộ').strip()}"
    if body == Body.INSPECTION:
        kept, issuer = _("Lưu Ủy ban Kiểm tra."), "Ủy ban Kiểm tra"
        return Letterhead(committee, issuer, place, "UBKT", _ON_BEHALF[body], kept)
    return Letterhead(superior, committee, place, "ĐU", _ON_BEHALF[Body(body)], _("Lưu Đảng ủy."))


def post_to_sign(unit: Unit, body: str, member_id: int | None, on: date) -> str:
    """Return the post under which a person signs for a body on a day: "BÍ THƯ", "PHÓ BÍ THƯ"; "" for none."""
    if member_id is None:
        return ""
    held = Position.objects.on(on).filter(unit=unit, member_id=member_id).values_list("post", flat=True)
    inspects = body == Body.INSPECTION
    fitting = [post for post in Post if post in set(held) and (post in _INSPECTION_POSTS) == inspects]
    return _POSTS[fitting[0]] if fitting else ""


def head_of(unit: Unit, body: str, on: date) -> Member | None:
    """Return who heads a body on a day: the secretary, or the chair of the inspection committee."""
    post = Post.INSPECTION_CHAIR if body == Body.INSPECTION else Post.SECRETARY
    held = Position.objects.on(on).filter(unit=unit, post=post).select_related("member").first()
    return held.member if held else None
