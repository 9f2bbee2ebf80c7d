"""What a new programme starts from: last year's, one year later, and what would otherwise be left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.periods import add_years
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.models import Membership, Unit, UnitAncestry
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight.actions.items import ItemData, data_of
from hatnhan.oversight.models import Kind, Programme, ProgrammeItem
from hatnhan.oversight.rules import programme as rules
from hatnhan.oversight.selectors import choosing
from hatnhan.oversight.selectors.gaps import gaps
from hatnhan.rulebook.topics.oversight import ComplianceProcedure

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.organization.models import Member
    from hatnhan.oversight.models import Finding
    from hatnhan.oversight.selectors.gaps import Gaps


def first_items(programme: Programme, on: date) -> list[ItemData]:
    """Return the works that a new programme starts from, as known on a day."""
    units, there = _standing(programme.unit, on)
    draft = _Draft(programme, on, _taken_over(programme, units, there))
    left = gaps(programme.unit, programme.year, on)
    draft.add_findings(left, units, there)
    draft.add_cells(left)
    draft.add_asked(left)
    return draft.items


def _standing(unit: Unit, on: date) -> tuple[set[int], set[int]]:
    """Return the ids of the units that stand below a unit on a day, and of the members there."""
    tree = UnitAncestry.objects.on(on).filter(ancestor=unit).values("unit")
    units = set(Unit.objects.existing(on).filter(pk__in=tree).values_list("pk", flat=True)) - {unit.pk}
    return units, set(Membership.objects.on(on).filter(unit__in=tree).values_list("member_id", flat=True))


def _taken_over(programme: Programme, units: set[int], there: set[int]) -> list[ItemData]:
    """Return last year's works as amended, one year later; subjects and team that stand no more are left out.

    A work none of whose subjects still stands is not taken over.
    """
    rows = ProgrammeItem.objects.standing().filter(
        programme__unit=programme.unit,
        programme__body=programme.body,
        programme__year=programme.year - 1,
        programme__state=Programme.State.APPROVED,
    )
    moved = (_one_year_later(data_of(one), units, there) for one in rows)
    return [one for one in moved if one.units or one.members]


def _one_year_later(data: ItemData, units: set[int], there: set[int]) -> ItemData:
    def standing(people: tuple[Member, ...]) -> tuple[Member, ...]:
        return tuple(one for one in people if one.pk in there)

    return replace(
        data,
        units=tuple(one for one in data.units if one.pk in units),
        members=standing(data.members),
        team=standing(data.team),
        came_from=_("Theo chương trình năm %(year)d") % {"year": data.starts_on.year},
        examined_from=add_years(data.examined_from, 1),
        examined_to=add_years(data.examined_to, 1),
        starts_on=add_years(data.starts_on, 1),
        ends_on=add_years(data.ends_on, 1),
    )


class _Draft:
    """The works of a draft as they come together."""

    def __init__(self, programme: Programme, on: date, items: list[ItemData]) -> None:
        self.items = list(items)
        self._programme = programme
        self._law = law_for(ComplianceProcedure, on, programme.unit).value
        self._topics = choosing.topic_words(programme.unit, on)
        self._first_topic = next(iter(choosing.topics(programme.unit, on)))
        self._added = 0

    def add_findings(self, left: Gaps, units: set[int], there: set[int]) -> None:
        """Add a check for each subject and topic with a shortcoming not put right. Its words are not told here."""
        by_subject: dict[tuple[str, int | None, int | None], list[Finding]] = {}
        for gap in left.findings:
            one = gap.finding
            if one.subject.unit_id not in units and one.subject.member_id not in there:
                continue
            by_subject.setdefault((one.topic, one.subject.unit_id, one.subject.member_id), []).append(one)
        for (topic, unit_id, member_id), found in by_subject.items():
            if self._looks_at(topic, unit_id, member_id):
                continue
            first = found[0]
            if first.of_check.concluded_on is None:  # concluded ones are all that are asked for
                continue
            title = self._topics.get(topic, topic)
            content = _("Khắc phục khuyết điểm đã kết luận: %(topic)s") % {"topic": title}
            why = _("Khuyết điểm kết luận ngày %(day)s chưa được xác nhận khắc phục")
            self._add(
                topic,
                content,
                why % {"day": written(first.of_check.concluded_on)},
                units=(first.subject.unit,) if first.subject.unit else (),
                members=(first.subject.member,) if first.subject.member else (),
            )

    def add_cells(self, left: Gaps) -> None:
        """Add a check of each cell long not looked at."""
        named = {unit.pk for item in self.items for unit in item.units}
        for gap in left.cells:
            if gap.cell.pk in named:
                continue
            why = (
                _("Kiểm tra, giám sát lần cuối ngày %(day)s") % {"day": written(gap.last)}
                if gap.last
                else _("Chưa được kiểm tra, giám sát lần nào trong sổ này")
            )
            title = self._topics[self._first_topic]
            self._add(self._first_topic, title, why, units=(gap.cell,))

    def add_asked(self, left: Gaps) -> None:
        """Add a work for each topic that the superior asked for and none has; its subjects are still to be chosen."""
        known = {item.topic for item in self.items}
        for gap in left.asked:
            if gap.asked.topic in known:
                continue
            known.add(gap.asked.topic)
            source = f" ({gap.asked.source})" if gap.asked.source else ""
            why = _("Cấp trên yêu cầu%(source)s") % {"source": source}
            self._add(gap.asked.topic, gap.asked.words, why)

    def _looks_at(self, topic: str, unit_id: int | None, member_id: int | None) -> bool:
        return any(
            item.topic == topic
            and (unit_id in {one.pk for one in item.units} or member_id in {one.pk for one in item.members})
            for item in self.items
        )

    def _add(
        self,
        topic: str,
        content: str,
        why: str,
        *,
        units: tuple[Unit, ...] = (),
        members: tuple[Member, ...] = (),
    ) -> None:
        starts, ends = rules.suggested_days(self._added, self._programme.year, self._law.most_days)
        self._added += 1
        examined = rules.looked_back(starts, self._law.look_back_months)
        self.items.append(
            ItemData(
                Kind.COMPLIANCE, topic, content, *examined, starts, ends, units, members, came_from=why[:300]
            )
        )
