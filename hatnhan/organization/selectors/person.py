"""One member's file: facts, what happened over the years, who read it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit import scopes
from hatnhan.audit import selectors as recorded
from hatnhan.audit.actions import READ_FILE
from hatnhan.core.errors import Missing
from hatnhan.organization.models import Member, Membership, Position, UnitVersion
from hatnhan.organization.selectors import timeline
from hatnhan.organization.selectors.units import in_sentence

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.audit.models import Entry
    from hatnhan.organization.models import Badge, Exemption, Probation, Transfer, Unit


@dataclass
class File:
    """All that is held of a member, each kind of row read once."""

    member: Member
    on: date

    @cached_property
    def memberships(self) -> list[Membership]:
        """Party activity, oldest first."""
        return list(self.member.memberships.select_related("unit"))

    @cached_property
    def positions(self) -> list[Position]:
        """Posts, latest first."""
        return list(self.member.positions.select_related("unit", "term"))

    @cached_property
    def probations(self) -> list[Probation]:
        """Stretches of probation, oldest first."""
        return list(self.member.probations.all())

    @cached_property
    def exemptions(self) -> list[Exemption]:
        """Times of exemption, oldest first."""
        return list(self.member.exemptions.all())

    @cached_property
    def transfers(self) -> list[Transfer]:
        """Transfers, latest first."""
        return list(self.member.transfers.select_related("from_unit", "to_unit"))

    @cached_property
    def badges(self) -> list[Badge]:
        """Badges awarded, lowest first."""
        return list(self.member.badges.all())

    @cached_property
    def names(self) -> timeline.Names:
        """What the units of the file were called over time."""
        ids = {one.unit_id for one in self.memberships} | {one.unit_id for one in self.positions}
        return timeline.Names(list(UnitVersion.objects.filter(unit_id__in=ids)))

    @property
    def official(self) -> Membership | None:
        """The official activity on the day, else the latest there was."""
        of_kind = [one for one in self.memberships if one.kind == Membership.Kind.OFFICIAL]
        return next((one for one in of_kind if _holds(one, self.on)), of_kind[-1] if of_kind else None)

    @property
    def present(self) -> bool:
        """Whether the member belongs here on the day."""
        return self.official is not None and _holds(self.official, self.on)

    @property
    def temporary(self) -> Membership | None:
        """The temporary activity on the day."""
        found = (one for one in self.memberships if one.kind == Membership.Kind.TEMPORARY)
        return next((one for one in found if _holds(one, self.on)), None)

    @property
    def posts(self) -> list[Position]:
        """The posts held on the day, by protocol."""
        return sorted((one for one in self.positions if _holds(one, self.on)), key=lambda one: one.rank)

    @property
    def standing(self) -> list[str]:
        """Post, cell and years of membership in words, as they stand under the name."""
        words = [
            f"{one.title}, {in_sentence(one.unit.name)}" if one.unit.is_cell else one.title
            for one in self.posts
        ]
        if not words and self.official and self.present:
            words = [self.official.unit.name]
        years = [_("%(years)s năm tuổi Đảng") % {"years": self.years}] if self.years > 0 else []
        return words + years

    @property
    def exempt(self) -> Exemption | None:
        """The exemption on the day."""
        return next((one for one in self.exemptions if _holds(one, self.on)), None)

    @property
    def probation(self) -> Probation | None:
        """The probation not yet decided."""
        return next((one for one in self.probations if not one.outcome), None)

    @property
    def transfer(self) -> Transfer | None:
        """The transfer not yet decided."""
        return next((one for one in self.transfers if one.state == "proposed"), None)

    @property
    def is_official(self) -> bool:
        """Whether the member was an official one on the day."""
        return self.member.is_official(self.on)

    @property
    def years(self) -> int:
        """Completed years of membership on the day."""
        return self.member.years_in_party(self.on)

    @property
    def cell_now(self) -> Unit | None:
        """The official cell on the day, else the latest."""
        return self.official.unit if self.official else None

    @cached_property
    def moments(self) -> list[timeline.Moment]:
        """What happened, latest first."""
        return timeline.moments(self)

    @property
    def readings(self) -> QuerySet[Entry]:
        """Who read the file, latest first."""
        return recorded.readings_of(self.member.pk)

    @property
    def record(self) -> QuerySet[Entry]:
        """All that was written in the record about the member but for the readings, latest first: for the member."""
        return recorded.about(self.member.pk).exclude(action=READ_FILE)

    def record_for(self, user: User) -> QuerySet[Entry]:
        """Return the record as a person may read it here: the member all, others not what a room keeps apart.

        Whoever reads the file of a member is not told by it of a discipline case, or of a check.
        """
        return (
            self.record if self.member.user_id == user.pk else self.record.filter(scopes.not_kept_from(user))
        )


def file_for(user: User, pk: int, on: date) -> File:
    """Return a member's file. Raises Missing where there is none, or none that the person may read."""
    member: Member | None = Member.objects.visible_to(user).filter(pk=pk).first()
    if member is None:
        raise Missing(_("Không có hồ sơ này, hoặc hồ sơ không dành cho đồng chí."))
    return File(member, on)


def posts_of_readers(user_ids: set[int], on: date) -> dict[int, str]:
    """Return the first post by protocol that each account's holder has on a day."""
    held = Position.objects.on(on).filter(member__user_id__in=user_ids).select_related("unit", "member")
    posts: dict[int, str] = {}
    for position in sorted(held, key=lambda one: one.rank):
        if (user_id := position.member.user_id) is not None:
            posts.setdefault(user_id, position.title)
    return posts


def _holds(one: Membership | Position | Exemption, on: date) -> bool:
    return one.start <= on and (one.end is None or one.end > on)
