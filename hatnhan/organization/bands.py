"""Bands of age and of years of membership: one definition for lists, figures and papers.

Years are completed years on a day. Of whom only the year of birth is known, the age is the difference of the years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.core.periods import add_years, whole_years

if TYPE_CHECKING:
    from datetime import date

    from django_stubs_ext import StrPromise

    from hatnhan.organization.models import Member


@dataclass(frozen=True, slots=True)
class Band:
    """From ``low`` to ``high`` completed years, both inclusive; None is open. ``key`` is how addresses name it."""

    key: str
    label: StrPromise
    low: int | None = None
    high: int | None = None


AGES = (
    Band("den-30", _("đến 30 tuổi"), high=30),
    Band("31-40", _("31–40 tuổi"), 31, 40),
    Band("41-50", _("41–50 tuổi"), 41, 50),
    Band("51-60", _("51–60 tuổi"), 51, 60),
    Band("tren-60", _("trên 60 tuổi"), 61),
)
PARTY_YEARS = (
    Band("duoi-10", _("dưới 10 năm"), high=9),
    Band("10-19", _("10–19 năm"), 10, 19),
    Band("20-29", _("20–29 năm"), 20, 29),
    Band("30-39", _("30–39 năm"), 30, 39),
    Band("40-49", _("40–49 năm"), 40, 49),
    Band("tu-50", _("từ 50 năm"), 50),
)
#: A wider band that lists offer beside the others: from here on badges are given.
FROM_THIRTY = Band("tu-30", _("từ 30 năm"), 30)


def age_condition(band: Band, on: date, prefix: str = "") -> Q:
    """Return the condition that a member (reached by ``prefix``, such as "member__") is in an age band on a day."""
    exact = _since(f"{prefix}born_on", band, on) & Q(**{f"{prefix}born_on__isnull": False})
    year_only = Q(**{f"{prefix}born_on__isnull": True})
    if band.low is not None:
        year_only &= Q(**{f"{prefix}born_year__lte": on.year - band.low})
    if band.high is not None:
        year_only &= Q(**{f"{prefix}born_year__gte": on.year - band.high})
    return exact | year_only


def party_years_condition(band: Band, on: date, prefix: str = "") -> Q:
    """Return the condition that a member's completed years since admission are in a band on a day."""
    return _since(f"{prefix}admitted_on", band, on)


def age(member: Member, on: date) -> int:
    """Return the age in years on a day, as `age_condition` counts it."""
    return whole_years(member.born_on, on) if member.born_on else on.year - member.born_year


def _since(name: str, band: Band, on: date) -> Q:
    condition = Q()
    if band.low is not None:
        condition &= Q(**{f"{name}__lte": add_years(on, -band.low)})
    if band.high is not None:
        condition &= Q(**{f"{name}__gt": add_years(on, -band.high - 1)})
    return condition
