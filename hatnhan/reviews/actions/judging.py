"""Who is reviewed and graded, reviewed only, or left out, with the words and the source that say why; which group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.vietnamese import day as written
from hatnhan.organization.actions.checks import cite
from hatnhan.reviews.models import Entry

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.reviews.selectors.law import Law


@dataclass(frozen=True, slots=True)
class Judged:
    """How an entry stands in a cycle; because and source are "" for what is reviewed and graded."""

    standing: str
    because: str = ""
    source: str = ""


def judge_member(law: Law, on: date, admitted_on: date, exempt_since: date | None) -> Judged:
    """Return how a member stands; the months of a new member are counted to the day ``on``, the year's last."""
    regime = law.regime.value
    if exempt_since is not None and regime.exempt != Entry.Standing.GRADED:
        words = _("Được miễn công tác, sinh hoạt đảng từ %(day)s")
        return Judged(regime.exempt, words % {"day": written(exempt_since)}, cite(law.regime))
    if not _months_passed(admitted_on, on, regime.new_member_months) and regime.new_member != "graded":
        words = _("Kết nạp %(day)s, đến %(end)s chưa đủ %(months)d tháng")
        values = {"day": written(admitted_on), "end": written(on), "months": regime.new_member_months}
        return Judged(regime.new_member, words % values, cite(law.regime))
    return Judged(Entry.Standing.GRADED)


def judge_unit(law: Law, on: date, founded_on: date) -> Judged:
    """Return how an organisation or its leading collective stands, by how long it has been there."""
    regime = law.regime.value
    if not _months_passed(founded_on, on, regime.new_unit_months) and regime.new_unit != "graded":
        words = _("Thành lập %(day)s, đến %(end)s chưa đủ %(months)d tháng")
        values = {"day": written(founded_on), "end": written(on), "months": regime.new_unit_months}
        return Judged(regime.new_unit, words % values, cite(law.regime))
    return Judged(Entry.Standing.GRADED)


def group_of(law: Law, subject: str, level: str) -> str:
    """Return the group of similar posts within which an entry's cap is counted; "" where none fits."""
    for one in law.caps.value.groups:
        wide = one.subject == "member" and subject in {"leader", "non_leader", "outside"}
        if (one.subject == subject or wide) and one.level in {"any", level}:
            return one.key
    return ""


def _months_passed(since: date, on: date, months: int) -> bool:
    whole = (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)
    return whole >= months
