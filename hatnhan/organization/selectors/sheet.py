"""What the paper list of a cell holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core import vietnamese
from hatnhan.core.errors import Missing
from hatnhan.organization.models import (
    Exemption,
    Level,
    Membership,
    Position,
    Post,
    UnitAncestry,
    UnitVersion,
)
from hatnhan.organization.rules import printed_card
from hatnhan.organization.selectors.roster import posts_on

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.organization.models import Member


@dataclass(frozen=True, slots=True)
class CellSheet:
    """A cell on a day: how it is headed, its members as lines of text in the order of their names."""

    name: str
    superior: str
    place: str
    secretary: str
    official: int
    rows: tuple[tuple[str, ...], ...]


def of(unit_id: int, on: date) -> CellSheet:
    """Return the sheet of a cell on a day. Raises Missing when the cell did not exist then."""
    version: UnitVersion | None = (
        UnitVersion.objects.on(on).filter(unit_id=unit_id).select_related("parent").first()
    )
    if version is None:
        raise Missing(_("Ngày này chưa có, hoặc không còn chi bộ này."))
    there = Membership.objects.on(on).filter(unit_id=unit_id, kind=Membership.Kind.OFFICIAL)
    members = [one.member for one in there.select_related("member").order_by("member__sort_key", "member_id")]
    posts = posts_on(on, [member.pk for member in members])
    exempt = set(Exemption.objects.on(on).filter(member__in=members).values_list("member_id", flat=True))
    head = (
        Position.objects.on(on).filter(unit_id=unit_id, post=Post.SECRETARY).select_related("member").first()
    )
    return CellSheet(
        name=version.name,
        superior=version.parent.name if version.parent else "",
        place=place_of(unit_id, on),
        secretary=head.member.full_name if head else "",
        official=sum(member.is_official(on) for member in members),
        rows=tuple(_line(member, on, posts.get(member.pk, ""), member.pk in exempt) for member in members),
    )


def _line(member: Member, on: date, posts: str, exempt: bool) -> tuple[str, ...]:  # noqa: FBT001 - private, one caller
    notes = [] if member.is_official(on) else [_("Dự bị")]
    if exempt:
        notes.append(_("Miễn công tác"))
    return (
        member.full_name,
        vietnamese.day(member.born_on) if member.born_on else str(member.born_year),
        str(member.get_sex_display()),
        vietnamese.day(member.admitted_on),
        vietnamese.day(member.official_on) if member.official_on and member.is_official(on) else "",
        printed_card(member.card_number),
        posts,
        ", ".join(notes),
    )


def place_of(unit_id: int, on: date) -> str:
    """Return the commune's bare name, which stands before the date: "Tam Hồng" of "Đảng bộ xã Tam Hồng"."""
    above = UnitAncestry.objects.on(on).filter(unit_id=unit_id, ancestor__level=Level.COMMUNE)
    commune = above.select_related("ancestor").first()
    if commune is None:
        return ""
    name: str = commune.ancestor.name
    for words in ("Đảng bộ", "Đảng ủy", "xã", "phường", "thị trấn"):
        name = name.removeprefix(words).strip()
    return name
