"""Who is reviewed and graded, reviewed only, or left out, with the words and the source that say why; which group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.vietnamese import day as written
from hatnhan.organization.actions.checks import cite
from hatnhan.reviews.rules import standing as rules

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
    facts = rules.PersonFacts(exempt_since=exempt_since, admitted_on=admitted_on)
    return _judged(law, rules.standing_of(facts, law.regime.value, on), on)


def judge_unit(law: Law, on: date, founded_on: date) -> Judged:
    """Return how an organisation or its leading collective stands, by how long it has been there."""
    facts = rules.UnitFacts(founded_on=founded_on)
    return _judged(law, rules.standing_of(facts, law.regime.value, on), on)


def group_of(law: Law, subject: str, level: str) -> str:
    """Return the group of similar posts within which an entry's cap is counted; "" where none fits."""
    return rules.group_of(subject, level, law.caps.value.groups)


def _judged(law: Law, found: rules.Stands, on: date) -> Judged:
    if found.since is None:
        return Judged(found.standing)
    regime = law.regime.value
    words = {
        "exempt": _("Được miễn công tác, sinh hoạt đảng từ %(day)s"),
        "suspended": _("Bị đình chỉ sinh hoạt đảng từ %(day)s"),
        "new_member": _("Kết nạp %(day)s, đến %(end)s chưa đủ %(months)d tháng"),
        "new_unit": _("Thành lập %(day)s, đến %(end)s chưa đủ %(months)d tháng"),
    }[found.code]
    months = regime.new_unit_months if found.code == "new_unit" else regime.new_member_months
    values = {"day": written(found.since), "end": written(on), "months": months}
    return Judged(found.standing, words % values, cite(law.regime))
