"""Why a grade: what the law says of an entry, what it was made from, what was done when, in sentences to read aloud.

Once decided, what was kept with the decision is told, whatever has been written since.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.reviews.models import Entry, Score
from hatnhan.reviews.rules import scoring
from hatnhan.reviews.selectors import explain_caps, explain_steps, facts, kept
from hatnhan.reviews.selectors import explain_words as words
from hatnhan.reviews.selectors.assessed import assessed
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.explain_rows import Block, Row, known_grade
from hatnhan.reviews.selectors.explain_sentences import Paragraph, Told
from hatnhan.reviews.selectors.kept import as_kept
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal

    from hatnhan.reviews.rules.engine import Assessment
    from hatnhan.reviews.selectors.assessed import Assessed
    from hatnhan.reviews.selectors.explain_caps import CapStory
    from hatnhan.reviews.selectors.explain_steps import Step
    from hatnhan.reviews.selectors.facts import Held
    from hatnhan.reviews.selectors.law import Law

__all__ = ["Explanation", "as_kept", "explain", "explanation_of", "known_grade"]


@dataclass(frozen=True, slots=True)
class Source:
    """A rule that was used, by its version."""

    topic: str
    title: str
    words: str
    version: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Points:
    """What the scores of the stage that counts come to: label and value; ``strong`` for the sum."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """All of the answer. ``grade`` is what is decided, else appraised, else proposed, "" while nothing is."""

    entry: Entry
    name: str
    about: str
    computed_at: datetime
    standing: str
    grade: str
    grade_name: str
    best: str
    best_name: str
    said: tuple[Paragraph, ...]
    blocks: tuple[Block, ...]
    all_blocks: tuple[Block, ...]
    rest: tuple[str, ...]
    triggers: tuple[Row, ...]
    caps: tuple[CapStory, ...]
    points: tuple[Points, ...]
    points_by: str
    criteria: int
    steps: tuple[Step, ...]
    sources: tuple[Source, ...]
    needs_decision: str
    from_decision: bool

    @property
    def lines(self) -> tuple[str, ...]:
        """The answer as plain sentences."""
        return tuple("".join(part.text for part in one) for one in self.said)

    @property
    def topics(self) -> tuple[Source, ...]:
        """The sources, each once."""
        seen: dict[str, Source] = {}
        for one in self.sources:
            seen.setdefault(one.words, one)
        return tuple(seen.values())


def explain(entry: Entry) -> Explanation:
    """Return why an entry stands where it stands, from what is known now."""
    return explanations([entry])[0]


def explanation_of(entry: Entry, found: Mapping[int, Assessed] | None = None) -> Explanation:
    """Return why, from what was kept once it is decided; ``found`` as for `explanations`. Asks no permission."""
    if entry.explained:
        return _made(entry, kept.read(entry.explained), None)
    return explanations([entry], found)[0]


def explanations(entries: Sequence[Entry], found: Mapping[int, Assessed] | None = None) -> list[Explanation]:
    """Return why, for entries of one cycle, from what is known now (``found`` where it was asked already)."""
    found = assessed(entries) if found is None else found
    made = []
    for one in entries:
        each = found.get(one.pk)
        where = {key: told.where for key, told in each.told.items()} if each else {}
        made.append(_made(one, each.assessment if each else None, each.held if each else None, where))
    return made


def _made(
    entry: Entry, assessment: Assessment | None, held: Held | None, where: Mapping[str, str] | None = None
) -> Explanation:
    law = law_of(entry.cycle)
    told = Told(entry, law, assessment, where if where is not None else entry.explained.get("where", {}))
    own = held or facts.held_of([entry])[entry.pk]
    points, points_by = _points(entry, law, own)
    return Explanation(
        entry=entry,
        name=called(entry),
        about=about(entry, law),
        computed_at=clock.now(),
        standing=explain_steps.standing_words(entry),
        grade=told.grade,
        grade_name=told.named(told.grade),
        best=assessment.best if assessment else "",
        best_name=told.named(assessment.best) if assessment else "",
        said=told.said(own),
        blocks=told.blocks(),
        all_blocks=told.all_blocks(),
        rest=told.rest(),
        triggers=told.trigger_rows(),
        caps=explain_caps.stories(entry, told.grade) if assessment else (),
        points=points,
        points_by=points_by,
        criteria=len(law.rubric.value.of(entry.subject)),
        steps=explain_steps.steps_of(entry),
        sources=tuple(
            Source(one.topic, one.title, str(one.source), one.version, one.confirmed)
            for one in (law.regime, law.conditions, law.rubric, law.caps, law.forms, law.steps)
        ),
        needs_decision=assessment.needs_decision if assessment else "",
        from_decision=bool(entry.explained) and where is None,
    )


def called(entry: Entry) -> str:
    """Return whose grade it is, as a heading says it: "đ/c Nguyễn Thị Hòa", "Chi bộ thôn Chùa"."""
    return _("đ/c %(name)s") % {"name": name_of(entry)} if entry.member_id is not None else name_of(entry)


def about(entry: Entry, law: Law) -> str:
    """Return as what it is reviewed, and on which form."""
    form = law.forms.value.of(entry.subject)
    kind = str(Entry.Subject(entry.subject).label)
    return _("%(kind)s (mẫu %(form)s)") % {"kind": kind, "form": form.number} if form else kind


def _points(entry: Entry, law: Law, held: Held) -> tuple[tuple[Points, ...], str]:
    stage, totals = facts.stage_that_counts(entry, held, law)
    if totals is None:
        return (), ""
    regime = law.regime.value
    by = str(Score.Stage(stage).label)
    if regime.scored != "yes":
        levels = (
            (_("Thấp nhất về kết quả"), totals.lowest_result),
            (_("Thấp nhất ở tiêu chí khác"), totals.lowest_other),
            (_("Thấp nhất ở tiêu chí chính"), totals.lowest_core),
        )
        return tuple(Points(label, words.level(one)) for label, one in levels if one), by
    found = [
        Points(_("Tiêu chí chung"), _of(totals.common, regime.common_points)),
        Points(_("Kết quả nhiệm vụ"), _of(totals.result, regime.result_points)),
        Points(_("Cộng"), _of(totals.total, 100), strong=True),
    ]
    if stage != Score.Stage.SELF:
        own = scoring.by_stage(law.rubric.value.of(entry.subject), held.scores, scored=True).get(
            Score.Stage.SELF
        )
        if own is not None and own.total is not None:
            found.append(Points(_("Tự chấm"), _of(own.total, 100)))
    return tuple(found), by


def _of(points: Decimal | None, most: int) -> str:
    return f"{words.plain(points)}/{most}" if points is not None else ""
