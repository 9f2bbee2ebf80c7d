"""The sentences and rows about one entry's grades: which is open, why the next better one is not, what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.reviews.models import ORDER, Entry, Grade
from hatnhan.reviews.rules.engine import Reading, State, concerns
from hatnhan.reviews.selectors import explain_words as words
from hatnhan.reviews.selectors import facts
from hatnhan.reviews.selectors.entries import is_organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hatnhan.reviews.rules.engine import Assessment, Checked, GradeReading
    from hatnhan.reviews.selectors.facts import Held
    from hatnhan.reviews.selectors.law import Law

_BEST, _LOWEST = "xs", "kht"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence; ``strong`` is what decides."""

    text: str
    strong: bool = False


Paragraph = tuple[Part, ...]


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


def joined(clauses: Sequence[str]) -> str:
    """Return clauses as one: "a, b và c"."""
    *first, last = clauses
    return _("%(first)s và %(last)s") % {"first": ", ".join(first), "last": last} if first else last


class Told:
    """The sentences about one entry."""

    def __init__(
        self, entry: Entry, law: Law, assessment: Assessment | None, where: Mapping[str, str]
    ) -> None:
        self.entry, self.law, self.found, self.where = entry, law, assessment, where
        self.grade = known_grade(entry)

    def named(self, grade: str) -> str:
        return self.law.grade_name(grade, organisation=is_organisation(self.entry))

    @property
    def who(self) -> str:
        return {
            Entry.Of.MEMBER: _("Đồng chí"),
            Entry.Of.COLLECTIVE: _("Tập thể"),
            Entry.Of.ORGANISATION: _("Chi bộ") if self.entry.subject == "cell" else _("Đảng bộ"),
        }[Entry.Of(self.entry.of)]

    # --- rows --------------------------------------------------------------------------------------------------------
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
        if not given or given == _LOWEST:
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
        shown, found = self._shown, []
        for one in self.found.grades:
            if one.grade not in shown and one.checks:
                needs = "; ".join(
                    f"{words.lower(words.label(rows[0].fact))} {words.bound(rows)}"
                    for rows in by_fact(one.checks)
                )
                found.append(
                    _("“%(grade)s” cần: %(needs)s.") % {"grade": self.named(one.grade), "needs": needs}
                )
        triggers = self._not_hit()
        if triggers:
            sentence = _("Căn cứ xếp “%(grade)s”, đều không có: %(triggers)s.")
            found.append(sentence % {"grade": self.named(Grade.FAILED), "triggers": "; ".join(triggers)})
        return tuple(found)

    def _not_hit(self) -> list[str]:
        assert self.found is not None  # noqa: S101 - asked only then
        known = {one.key for one in (*self.found.triggers, *self.found.unknown_triggers)}
        rows = (
            one for one in self.law.conditions.value.triggers if concerns(one.subject, self.entry.subject)
        )
        return [words.trigger(one.fact, one.op, one.value) for one in rows if one.key not in known]

    # --- sentences ---------------------------------------------------------------------------------------------------
    def said(self, held: Held) -> tuple[Paragraph, ...]:
        if self.entry.standing != Entry.Standing.GRADED:
            return (self._left_out(),)
        if self.found is None:
            return ()
        found = [self._opening(self.found), *self._lifted(self.found, held)]
        found += [one for one in (self._ceiling(self.found), self._not_better(self.found)) if one]
        if self._departs(self.found):
            found.append(self._because())
        return tuple(found)

    def _left_out(self) -> Paragraph:
        kind = str(Entry.Standing(self.entry.standing).label)
        source = f" ({self.entry.standing_source})" if self.entry.standing_source else ""
        return (
            Part(f"{kind}: "),
            Part(self.entry.standing_because, strong=True),
            Part(f"{source}."),
        )

    def _opening(self, found: Assessment) -> Paragraph:
        standing = [one for one in found.triggers if not one.lifted]
        if standing:
            return self._hit(standing, found)
        open_ = next((one for one in found.grades if one.state == Reading.OPEN and one.checks), None)
        if open_ is not None:
            return self._met(open_)
        if found.best == _LOWEST:
            words_ = _("%(who)s không đủ điều kiện của mức nào, nên theo quy định xếp “%(grade)s”.")
            return (Part(words_ % {"who": self.who, "grade": self.named(found.best)}),)
        return self._undecided(found)

    def _hit(self, standing: Sequence[Checked], found: Assessment) -> Paragraph:
        why = joined([words.trigger(one.fact, one.op, one.bound) for one in standing])
        first = _("Có căn cứ xếp “%(grade)s”: ") % {"grade": self.named(Grade.FAILED)}
        parts = [Part(first), Part(why, strong=True), Part(".")]
        where = "; ".join(dict.fromkeys(self.where[one.fact] for one in standing if self.where.get(one.fact)))
        if where:
            parts.append(Part(_(" Theo: %(where)s.") % {"where": where}))
        if found.needs_decision == "liftable":
            parts.append(Part(_(" Nếu đã tự phát hiện và khắc phục, cấp có thẩm quyền xem xét, quyết định.")))
        return tuple(parts)

    def _met(self, reading: GradeReading) -> Paragraph:
        parts = [Part(f"{self.who} ")]
        clauses = [one for rows in by_fact(reading.checks) if (one := words.holds(rows[0]))]
        for number, one in enumerate(clauses):
            parts += [Part(", ")] if number else []
            parts.append(Part(one, strong=True))
        ending = _(" Như vậy là đủ điều kiện “%(grade)s”.") if clauses else _("đủ điều kiện “%(grade)s”.")
        return (*parts, Part(("." if clauses else "") + ending % {"grade": self.named(reading.grade)}))

    def _undecided(self, found: Assessment) -> Paragraph:
        if found.needs_decision == "unknown":
            lacking = joined([words.lower(words.label(one)) for one in found.missing])
            return (
                Part(_("Chưa nói được mức nào, vì chưa biết: ")),
                Part(lacking, strong=True),
                Part("."),
            )
        return (
            Part(_("Quy định không có mức nào đúng với trường hợp này."), strong=True),
            Part(_(" Cấp có thẩm quyền xem xét, quyết định và ghi lý do.")),
        )

    def _lifted(self, found: Assessment, held: Held) -> list[Paragraph]:
        made: list[Paragraph] = []
        for one in found.triggers:
            if one.lifted:
                typed = held.typed.get(f"{facts.LIFTED}{one.key}")
                first = _("Căn cứ “%(what)s” đã được cấp có thẩm quyền xem xét, không xếp mức thấp nhất")
                source = f": {typed.source}" if typed else ""
                made.append((Part(first % {"what": words.lower(words.label(one.fact))}), Part(f"{source}.")))
        return made

    def _ceiling(self, found: Assessment) -> Paragraph:
        if not found.ceiling or any(not one.lifted for one in found.triggers):
            return ()
        why = joined([f"{words.lower(words.label(one.fact))} {words.value(one)}" for one in found.ceilings])
        sentence = _("Không quá mức “%(grade)s”, vì ") % {"grade": self.named(found.ceiling)}
        return (Part(sentence), Part(why, strong=True), Part("."))

    def _not_better(self, found: Assessment) -> Paragraph:
        """Return what the next better grade lacks."""
        reached = found.best or (found.floor if found.needs_decision != "unknown" else "")
        if any(not one.lifted for one in found.triggers) or reached == _BEST or found.ceiling:
            return ()
        place = ORDER.index(Grade(reached)) - 1 if reached and reached != _LOWEST else 0
        reading = found.of(ORDER[place])
        lacking = [words.short_of(one) for one in reading.checks if not one.holds]
        if not lacking or (not found.best and found.needs_decision == "unknown"):
            return ()
        unknown = all(one.state == State.UNKNOWN for one in reading.checks if not one.holds)
        first = (
            _("Chưa nói được có mức “%(grade)s” hay không, vì ")
            if unknown
            else _("Chưa được “%(grade)s” vì ")
        )
        parts = [Part(first % {"grade": self.named(reading.grade)})]
        for number, one in enumerate(lacking):
            what, mark, needed = one.partition(";")
            between = _(" và ") if number == len(lacking) - 1 else ", "
            parts += [Part(between)] if number else []
            parts += [Part(what, strong=True), Part(f"{mark}{needed}")]
        return (*parts, Part("."))

    def _departs(self, found: Assessment) -> bool:
        return bool(self.grade) and self.grade != found.best

    def _because(self) -> Paragraph:
        entry = self.entry
        number = f" ({entry.override_no})" if entry.override_no else ""
        reason = entry.override_reason or entry.appraised_reason or entry.proposed_reason
        sentence = _("Mức đang ghi là “%(grade)s”, khác mức theo điều kiện") % {
            "grade": self.named(self.grade)
        }
        tail = _(", vì: %(reason)s%(number)s") % {"reason": reason, "number": number} if reason else ""
        return (Part(sentence), Part(tail.rstrip("."), strong=True), Part("."))


def by_fact(checks: Iterable[Checked]) -> list[tuple[Checked, ...]]:
    """Return conditions with those on one fact together, in the order of the law."""
    order: dict[str, int] = {}
    for one in checks:
        order.setdefault(one.fact, len(order))
    rows = sorted(checks, key=lambda one: order[one.fact])
    return [tuple(found) for _fact, found in groupby(rows, key=lambda one: one.fact)]


def _anchor(check: Checked) -> str:
    if check.fact.startswith(("score", "lowest")):
        return "diem"
    if check.fact == "faults_fixed":
        return "khuyet-diem" if check.denominator else ""
    return "viec" if check.fact.startswith("tasks_") and check.denominator else ""
