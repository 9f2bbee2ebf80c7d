"""The grades of one entry with their conditions as rows: what is asked, what there is, where the law says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.reviews.models import ORDER, Entry, Grade
from hatnhan.reviews.rules.engine import State, concerns
from hatnhan.reviews.selectors import explain_words as words
from hatnhan.reviews.selectors.entries import is_organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hatnhan.reviews.rules.engine import Assessment, Checked, GradeReading
    from hatnhan.reviews.selectors.law import Law
    from hatnhan.rulebook.topics.reviews import Trigger

LOWEST = "kht"


@dataclass(frozen=True, slots=True)
class Row:
    """A condition with the value it was held against. ``state`` is a `State`."""

    fact: str
    label: str
    value: str
    bound: str
    state: str
    cite: str
    confirmed: bool
    where: str = ""
    #: What the value was counted from: a part of the page, and the piece of the value that leads there ("3/14").
    anchor: str = ""
    link: str = ""

    @property
    def after(self) -> str:
        """The rest of the value, behind the link."""
        return self.value.removeprefix(self.link)


@dataclass(frozen=True, slots=True)
class Block:
    """A grade with its conditions. ``state`` is a `Reading`."""

    grade: str
    name: str
    state: str
    met: int
    count: int
    rows: tuple[Row, ...]


def known_grade(entry: Entry) -> str:
    """Return the furthest grade that an entry has: decided, else appraised, else proposed."""
    return str(entry.grade or entry.appraised_grade or entry.proposed_grade)


class Rows:
    """The grades of one entry as rows."""

    def __init__(
        self, entry: Entry, law: Law, assessment: Assessment | None, where: Mapping[str, str]
    ) -> None:
        self.entry, self.law, self.found, self.where = entry, law, assessment, where
        self.grade = known_grade(entry)

    def named(self, grade: str) -> str:
        return self.law.grade_name(grade, organisation=is_organisation(self.entry))

    def row(self, checks: Sequence[Checked]) -> Row:
        """Return the rows of the law on one fact as one row."""
        first = checks[0]
        states = {one.state for one in checks}
        order = (State.FAILED, State.UNKNOWN, State.NOT_APPLICABLE, State.MET)
        return Row(
            fact=first.fact,
            label=words.label(first.fact),
            value=words.value(first),
            bound=words.bound(checks),
            state=str(next(one for one in order if one in states)),
            cite="; ".join(dict.fromkeys(one.cite for one in checks)),
            confirmed=all(one.confirmed for one in checks),
            where=self.where.get(first.fact, ""),
            anchor=_anchor(first) if first.value is not None else "",
            link=words.value(first).partition(" = ")[0],
        )

    def block(self, reading: GradeReading) -> Block:
        rows = tuple(self.row(one) for one in by_fact(reading.checks))
        met = sum(one.state in {State.MET, State.NOT_APPLICABLE} for one in rows)
        return Block(reading.grade, self.named(reading.grade), str(reading.state), met, len(rows), rows)

    @property
    def _shown(self) -> tuple[str, ...]:
        """The grades whose conditions are laid out: the one that is given or open, and the next better one."""
        if self.found is None:
            return ()
        given = self.grade or self.found.best or self.found.floor
        if not given or given == LOWEST:
            return tuple(one.grade for one in self.found.grades if one.checks)
        place = ORDER.index(Grade(given))
        best = ORDER.index(Grade(self.found.best)) if self.found.best else place
        return tuple(str(one) for one in ORDER[max(min(place, best) - 1, 0) : max(place, best) + 1])

    def all_blocks(self) -> tuple[Block, ...]:
        """Return every grade that has conditions."""
        return tuple(self.block(one) for one in self.found.grades if one.checks) if self.found else ()

    def blocks(self) -> tuple[Block, ...]:
        """Return the grades that are laid out."""
        if self.found is None:
            return ()
        return tuple(self.block(one) for one in self.found.grades if one.grade in self._shown and one.checks)

    def rest(self) -> tuple[str, ...]:
        """Return why the grades that are not laid out are not looked at."""
        if self.found is None:
            return ()
        shown = self._shown
        found = [self._needs(one) for one in self.found.grades if one.grade not in shown and one.checks]
        triggers = self._not_hit()
        if triggers:
            sentence = _("Căn cứ xếp “%(grade)s”, đều không có: %(triggers)s (%(cite)s).")
            told = "; ".join(words.trigger(one.fact, one.op, one.value) for one in triggers)
            cite = _cited((one.cite, one.confirmed == "yes") for one in triggers)
            found.append(sentence % {"grade": self.named(Grade.FAILED), "triggers": told, "cite": cite})
        return tuple(found)

    def _needs(self, reading: GradeReading) -> str:
        """Return what a grade that is not laid out needs, what of it is lacking, and by which article."""
        needs = "; ".join(
            f"{words.lower(words.label(rows[0].fact))} {words.bound(rows)}"
            for rows in by_fact(reading.checks)
        )
        lacking = [one for one in reading.checks if not one.holds]
        has = "; ".join(
            f"{words.lower(words.label(rows[0].fact))} {words.value(rows[0])}" for rows in by_fact(lacking)
        )
        told = {"grade": self.named(reading.grade), "needs": needs, "has": has}
        told["cite"] = _cited((one.cite, one.confirmed) for one in reading.checks)
        if lacking:
            return _("“%(grade)s” cần: %(needs)s; hiện có: %(has)s (%(cite)s).") % told
        return _("“%(grade)s” cần: %(needs)s (%(cite)s).") % told

    def trigger_rows(self) -> tuple[Row, ...]:
        """Return what by itself makes the lowest grade: applies, was lifted (state "lifted"), or is not known."""
        if self.found is None:
            return ()
        rows = [
            replace(self.row((one,)), bound=words.trigger(one.fact, one.op, one.bound))
            for one in (*self.found.triggers, *self.found.unknown_triggers)
        ]
        lifted = {one.fact for one in self.found.triggers if one.lifted}
        return tuple(replace(one, state="lifted") if one.fact in lifted else one for one in rows)

    def _not_hit(self) -> list[Trigger]:
        assert self.found is not None  # noqa: S101 - asked only then
        known = {one.key for one in (*self.found.triggers, *self.found.unknown_triggers)}
        every = self.law.conditions.value.triggers
        return [one for one in every if concerns(one.subject, self.entry.subject) and one.key not in known]


def by_fact(checks: Iterable[Checked]) -> list[tuple[Checked, ...]]:
    """Return conditions with those on one fact together, in the order of the law."""
    order: dict[str, int] = {}
    for one in checks:
        order.setdefault(one.fact, len(order))
    rows = sorted(checks, key=lambda one: order[one.fact])
    return [tuple(found) for _fact, found in groupby(rows, key=lambda one: one.fact)]


def _cited(rows: Iterable[tuple[str, bool]]) -> str:
    """Return articles, each once, those that nobody confirmed marked."""
    unique = dict.fromkeys(rows)
    return "; ".join(cite if sure else _("%(cite)s, chưa xác nhận") % {"cite": cite} for cite, sure in unique)


def _anchor(check: Checked) -> str:
    if check.fact.startswith(("score", "lowest")):
        return "diem"
    if check.fact == "faults_fixed":
        return "khuyet-diem" if check.denominator else ""
    return "viec" if check.fact.startswith("tasks_") and check.denominator else ""
