"""What the opening of a discipline case says, as its page gathers it and its action takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hatnhan.organization.models import Member, Unit
    from hatnhan.oversight.models import Check


@dataclass(frozen=True, slots=True)
class CaseData:
    """What a case is about: one member or one organisation, its acts with their (last) days, who has it in hand.

    ``head`` is the key of a head of violations that never lapses (rulebook), "" for all others.
    """

    matter: str
    acts: Sequence[tuple[str, date]]
    handlers: Sequence[Member]
    member: Member | None = None
    organisation: Unit | None = None
    head: str = ""
    check: Check | None = None
