"""Rules of the organisation as pure functions, told the day and the rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberData:
    """What the roster keeps of a person, as it was typed or imported.

    Fields are named as in the form and the table. `born_on` may be unknown; `official_on` is None on probation.
    """

    full_name: str
    born_year: int
    sex: str
    admitted_on: date
    born_on: date | None = None
    official_on: date | None = None
    card_number: str | None = None
    ethnicity: str = ""
    hamlet: str = ""
    occupation: str = ""
    schooling: str = ""
    degree: str = ""
    theory: str = ""
    phone: str = ""
    email: str = ""
