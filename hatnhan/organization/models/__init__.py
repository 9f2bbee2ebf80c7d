"""Nouns of the room. Intervals are half-open: `start` is the first day, `end` the first day no longer in force."""

from hatnhan.organization.models.body import Body
from hatnhan.organization.models.life import Badge, Exemption, Probation, Transfer
from hatnhan.organization.models.member import Member
from hatnhan.organization.models.membership import Membership
from hatnhan.organization.models.position import Position, Post, Term
from hatnhan.organization.models.roster import RosterImport, RosterImportRow
from hatnhan.organization.models.unit import Level, Unit, UnitAncestry, UnitEvent, UnitVersion

__all__ = [
    "Badge",
    "Body",
    "Exemption",
    "Level",
    "Member",
    "Membership",
    "Position",
    "Post",
    "Probation",
    "RosterImport",
    "RosterImportRow",
    "Term",
    "Transfer",
    "Unit",
    "UnitAncestry",
    "UnitEvent",
    "UnitVersion",
]
