"""What is due in cells and committees: probations, transfers, badges, terms.

Everything is told as it stood on the day asked for; each source takes the same few queries whatever the size.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.vietnamese import day as written
from hatnhan.deadlines.registry import source
from hatnhan.deadlines.types import Deadline
from hatnhan.organization import rules
from hatnhan.organization.selectors import life
from hatnhan.organization.selectors.law import laws_at
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from hatnhan.organization.models import Member, Membership, Transfer, Unit
    from hatnhan.rulebook.types import Rule

_ONE_DAY = timedelta(days=1)


@source("organization.probation", title=gettext_lazy("Hết hạn dự bị"))
def probations(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield whose probation ends. Until it ends the day is that of its end; then the last day for the cell's review.

    Heads of cells see it too, who do not decide: the file opens, and offers the deed to those who may.
    """
    rule_of = laws_at(topics.Probation, on, unit_ids)
    for probation in life.running_probations(unit_ids, on, until):
        rule = rule_of(probation.cell_id)
        last = rules.review_by(probation.due, rule.value.review_working_days)
        due = probation.due if on <= probation.due else last
        if due > until:
            continue
        words = _("Hết hạn dự bị %(due)s; chi bộ xét chậm nhất %(last)s.")
        yield Deadline(
            key=f"organization.probation:{probation.pk}",
            due=due,
            title=_("Xét công nhận đảng viên chính thức: đ/c %(name)s") % {"name": probation.member},
            detail=words % {"due": written(probation.due), "last": written(last)},
            unit_id=probation.cell_id,
            unit_name=probation.cell_name,
            url=_page_of(probation.member),
            action=_("Mở hồ sơ"),
            rule=rule,
            about_id=probation.member_id,
        )


@source("organization.transfer", title=gettext_lazy("Chuyển sinh hoạt chờ tiếp nhận"))
def transfers(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the transfers that wait, each once: by the day to remind the other side, then by the last day.

    The receiving cell has to answer; where it is not among the units, the proposing one has to ask.
    """
    rule_of = laws_at(topics.Transfer, on, unit_ids)
    asked = set(unit_ids)
    for transfer in life.waiting_transfers(unit_ids, on):
        receives = transfer.to_unit is not None and transfer.to_unit_id in asked
        unit = transfer.to_unit if receives else transfer.from_unit
        if unit is not None:
            one = _waiting(transfer, unit, rule_of(unit.pk), on, receives=receives)
            if one.due <= until:
                yield one


def _waiting(
    transfer: Transfer, unit: Unit, rule: Rule[topics.Transfer], on: date, *, receives: bool
) -> Deadline:
    """Return what a transfer asks for on a day: until the day to remind that day, afterwards the last one."""
    days = {"remind": rule.value.remind_working_days, "overdue": rule.value.overdue_working_days}
    remind, last = rules.transfer_days(transfer.proposed_on, **days)
    title = _("Chuyển sinh hoạt đ/c %(name)s: từ %(here)s đến %(there)s")
    ahead, after = (
        _("Giới thiệu %(day)s; nhắc nơi nhận ngày %(remind)s, trả lời chậm nhất %(last)s."),
        _("Giới thiệu %(day)s; nơi nhận trả lời chậm nhất %(last)s."),
    )
    days_told = {"day": written(transfer.proposed_on), "remind": written(remind), "last": written(last)}
    return Deadline(
        key=f"organization.transfer:{transfer.pk}",
        due=remind if on <= remind else last,
        title=title % {"name": transfer.member, "here": transfer.origin, "there": transfer.destination},
        detail=(ahead if on <= remind else after) % days_told,
        unit_id=unit.pk,
        unit_name=unit.name,
        url=reverse("organization:transfers"),
        action=_("Xem và trả lời") if receives else _("Nhắc nơi nhận"),
        rule=rule,
        about_id=transfer.member_id,
    )


@source("organization.badge", title=gettext_lazy("Huy hiệu Đảng trong đợt tới"))
def badges(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield whose years are full for a badge by a coming round of awards, or were by the last one, and who has none."""
    rule_of = laws_at(topics.Badges, on, unit_ids)
    in_use = {rule.version: rule for rule in map(rule_of, unit_ids)}
    rounds = {version: _rounds(rule, on, until) for version, rule in in_use.items()}
    spans = {span for days in rounds.values() for span in pairwise(days)}
    levels = {years for rule in in_use.values() for years in rule.value.years}
    for row in life.reaching(unit_ids, on, spans, levels):
        rule = rule_of(row.unit_id)
        for before, day in pairwise(rounds[rule.version]):
            years = _reached_between(row.member, rule, before, day)
            if years:
                yield _badge(row, rule, years, day)


def _rounds(rule: Rule[topics.Badges], on: date, until: date) -> list[date]:
    """Return the two rounds before a day, then those from it until another (inclusive)."""
    last = rules.round_before(rule.value.rounds, on)
    coming = rules.rounds_between(rule.value.rounds, on, until)
    return [rules.round_before(rule.value.rounds, last), last, *coming]


def _reached_between(member: Member, rule: Rule[topics.Badges], before: date, day: date) -> int | None:
    """Return the level reached after one round and by the next, unless it was awarded already."""
    years = rules.badge_due(member.admitted_on, rule.value.years, day)
    reached = years != rules.badge_due(member.admitted_on, rule.value.years, before)
    given = {badge.years for badge in member.given}  # type: ignore[attr-defined] # fetched along by `reaching`
    return years if reached and years not in given else None


def _badge(row: Membership, rule: Rule[topics.Badges], years: int, day: date) -> Deadline:
    full = _("Đủ %(years)d năm tuổi Đảng ngày %(full)s; đợt trao %(day)s.")
    reached_on = rules.anniversary(row.member.admitted_on, years)
    return Deadline(
        key=f"organization.badge:{row.member_id}:{years}",
        due=day,
        title=_("Huy hiệu %(years)d năm tuổi Đảng: đ/c %(name)s") % {"years": years, "name": row.member},
        detail=full % {"years": years, "full": written(reached_on), "day": written(day)},
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        url=f"{reverse('organization:badges')}?dot={day.isoformat()}",
        action=_("Lập danh sách"),
        rule=rule,
        about_id=row.member_id,
    )


@source("organization.term", title=gettext_lazy("Hết nhiệm kỳ"))
def terms(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the units whose term is about to end, or has ended, and for which no further one is recorded."""
    rule_of = laws_at(topics.Term, on, unit_ids)
    for term in life.last_terms(unit_ids, on, until):
        rule, last = rule_of(term.unit_id), term.end - _ONE_DAY
        if (last - on).days > rule.value.warn_days:
            continue
        yield Deadline(
            key=f"organization.term:{term.pk}",
            due=last,
            title=_("Đại hội %(unit)s") % {"unit": term.unit},
            detail=_("%(term)s hết ngày %(day)s.") % {"term": term, "day": written(last)},
            unit_id=term.unit_id,
            unit_name=term.unit.name,
            url=reverse("organization:unit", args=[term.unit.code]),
            action=_("Chuẩn bị đại hội"),
            rule=rule,
        )


def _page_of(member: Member) -> str:
    return reverse("organization:member", args=[member.pk])
