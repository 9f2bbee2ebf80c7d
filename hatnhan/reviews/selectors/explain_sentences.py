"""The sentences and rows about one entry's grades: which is open, why the next better one is not, what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.reviews.models import ORDER, Entry, Grade
from hatnhan.reviews.rules.engine import Reading, State
from hatnhan.reviews.selectors import explain_words as words
from hatnhan.reviews.selectors import facts
from hatnhan.reviews.selectors.explain_rows import LOWEST, Rows, by_fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hatnhan.reviews.rules.engine import Assessment, Checked, GradeReading
    from hatnhan.reviews.selectors.facts import Held

_BEST = "xs"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence; ``strong`` is what decides."""

    text: str
    strong: bool = False


Paragraph = tuple[Part, ...]


def joined(clauses: Sequence[str]) -> str:
    """Return clauses as one: "a, b và c"."""
    *first, last = clauses
    return _("%(first)s và %(last)s") % {"first": ", ".join(first), "last": last} if first else last


class Told(Rows):
    """The sentences about one entry."""

    @property
    def who(self) -> str:
        return {
            Entry.Of.MEMBER: _("Đồng chí"),
            Entry.Of.COLLECTIVE: _("Tập thể"),
            Entry.Of.ORGANISATION: _("Chi bộ") if self.entry.subject == "cell" else _("Đảng bộ"),
        }[Entry.Of(self.entry.of)]

    def said(self, held: Held) -> tuple[Paragraph, ...]:
        if self.entry.standing != Entry.Standing.GRADED:
            return (self._left_out(),)
        if self.found is None:
            return ()
        found = [self._opening(self.found), *self._lifted(self.found, held)]
        more = (self._ceiling(self.found), self._not_better(self.found), self._unsure(self.found))
        found += [one for one in more if one]
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
        if found.best == LOWEST:
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
        place = ORDER.index(Grade(reached)) - 1 if reached and reached != LOWEST else 0
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

    def _unsure(self, found: Assessment) -> Paragraph:
        """Return what is not known and would by itself make the lowest grade, where another one stands open."""
        if not found.best or found.best == LOWEST or not found.unknown_triggers:
            return ()
        why = joined([words.trigger(one.fact, one.op, one.bound) for one in found.unknown_triggers])
        first = _("Chưa biết có căn cứ xếp “%(grade)s” hay không: ") % {"grade": self.named(Grade.FAILED)}
        return (Part(first), Part(why, strong=True), Part("."))

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
