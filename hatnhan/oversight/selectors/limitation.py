"""The limitation of one case: for each form the last day, what it is counted from, and by which instrument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.vietnamese import day as written
from hatnhan.oversight.rules import limitation as rules
from hatnhan.oversight.selectors.law import discipline_of, forms_for, limitation_law

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.oversight.models import Case
    from hatnhan.rulebook.topics.oversight import Limitation
    from hatnhan.rulebook.types import Rule


@dataclass(frozen=True, slots=True)
class FormLimit:
    """Until when a form can be imposed. ``last_day`` is inclusive, None where there is no limit (``months`` 0)."""

    form: str
    title: str
    months: int
    last_day: date | None
    basis: str
    lapsed: bool


@dataclass(frozen=True, slots=True)
class CaseLimitation:
    """The limitation of a case on a day, form by form, the mildest first; ``head`` names what never lapses."""

    rows: tuple[FormLimit, ...]
    on: date
    head: str
    rule: Rule[Limitation]

    @property
    def source(self) -> str:
        """The instrument."""
        return str(self.rule.source)

    @property
    def confirmed(self) -> bool:
        """Whether the value was read in an official text."""
        return self.rule.confirmed

    @property
    def lapsed(self) -> bool:
        """Whether no form can be imposed any more."""
        return bool(self.rows) and all(one.lapsed for one in self.rows)

    @property
    def some_lapsed(self) -> bool:
        """Whether at least one form can no longer be imposed."""
        return any(one.lapsed for one in self.rows)

    @property
    def next_day(self) -> date | None:
        """The first last day to come: what hurries."""
        return min((one.last_day for one in self.rows if one.last_day and not one.lapsed), default=None)

    def of(self, form: str) -> FormLimit | None:
        """Return the row of one form."""
        return next((one for one in self.rows if one.form == form), None)


def limitation_of(case: Case, on: date) -> CaseLimitation:
    """Return the limitation of a case on a day. One query where the acts were not read along."""
    rule = limitation_law(case)
    acts = [one.done_on for one in case.acts.all()]
    head = next((one.title for one in rule.value.without if one.key == case.head), "")
    rows = tuple(
        _row(rule.value, one.key, one.title, acts, on, head)
        for one in forms_for(discipline_of(case).value, case.standing)
    )
    return CaseLimitation(rows, on, head, rule)


def months_of(law: Limitation, form: str, head: str) -> int:
    """Return for how many months after an act a form can be imposed; 0 is without limit."""
    if any(one.key == head for one in law.without):
        return 0
    return next((one.months for one in law.limits if one.form == form), 0)


def lapsed_on(case: Case, form: str, on: date) -> bool:
    """Tell whether, on a day, it was too late to impose a form for any act of a case."""
    law = limitation_law(case).value
    acts = [one.done_on for one in case.acts.all()]
    return not rules.within(acts, months_of(law, form, case.head), on, restarts=law.restarts)


def _row(law: Limitation, form: str, title: str, acts: list[date], on: date, head: str) -> FormLimit:
    months = 0 if head else months_of(law, form, "")
    found = rules.terms(acts, months, restarts=law.restarts)
    last = found[-1][1] if found else None
    return FormLimit(
        form, title, months, last, _basis(law, found, months, head), lapsed=last is not None and on > last
    )


def _basis(law: Limitation, found: list[tuple[date, date | None]], months: int, head: str) -> str:
    """Say what the last day is counted from."""
    if head:
        return _("Không có thời hiệu: %(head)s.") % {"head": head.lower()}
    if not months or not found:
        return _("Hình thức này không có thời hiệu.")
    last_act, last = found[-1]
    words = _("%(months)s tháng kể từ hành vi ngày %(day)s.") % {"months": months, "day": written(last_act)}
    if not law.restarts or len(found) == 1:
        return words
    over = [act for act, end in found if end != last]
    if not over:
        return words + " " + _("Vi phạm mới xảy ra trong thời hiệu nên tính lại từ vi phạm mới.")
    lapsed = ", ".join(written(one) for one in over)
    return words + " " + _("Hành vi ngày %(days)s có thời hiệu riêng, hết trước.") % {"days": lapsed}
