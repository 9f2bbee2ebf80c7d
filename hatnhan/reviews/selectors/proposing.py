"""What stands beside a grade while it is proposed: the grades open to each and why not the others, votes, caps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.reviews.models import ORDER, Entry
from hatnhan.reviews.rules.facts import UNIT
from hatnhan.reviews.selectors.assessed import assessments
from hatnhan.reviews.selectors.caps import cap_uses, over
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.votes import rule_of, votes_of
from hatnhan.rulebook.topics.reviews import FACTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from hatnhan.ballots.selectors.questions import KeptRule
    from hatnhan.reviews.models import Cycle, Place, Sitting
    from hatnhan.reviews.rules.caps import CapUse
    from hatnhan.reviews.rules.engine import Assessment, Checked
    from hatnhan.reviews.selectors.caps import Over
    from hatnhan.reviews.selectors.law import Law
    from hatnhan.reviews.selectors.votes import Votes


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of one place: open grades in words, why the better ones are closed, votes, what it says itself."""

    own: str
    open: str
    closed: tuple[str, ...]
    unsure: bool
    votes: Votes | None
    vote_words: str
    #: Whether the grade voted is among the open ones: it needs no reason.
    settled: bool


@dataclass(frozen=True, slots=True)
class CapLine:
    """A cap in one group in words, and whether it is over."""

    title: str
    used: int
    limit: int | None
    base: int
    percent: str
    over: bool
    confirmed: bool
    who: tuple[str, ...] = ()


def grade_options(places: Sequence[Place], law: Law) -> dict[int, list[tuple[str, str]]]:
    """Return by place the grades as its kind calls them, the best first."""
    return {
        one.pk: [
            (str(grade), law.grade_name(grade, organisation=one.entry.of == Entry.Of.ORGANISATION))
            for grade in ORDER
        ]
        for one in places
    }


def beside(sitting: Sitting, places: Sequence[Place]) -> dict[int, Beside]:
    """Return what stands beside each place. A fixed number of queries."""
    law = law_of(sitting.cycle)
    for one in places:
        one.entry.cycle = sitting.cycle
    assessed = assessments([one.entry for one in places])
    votes = votes_of(sitting)
    return {one.pk: _beside(one, assessed.get(one.entry_id), votes.get(one.pk), law) for one in places}


def _beside(place: Place, assessed: Assessment | None, votes: Votes | None, law: Law) -> Beside:
    organisation = place.entry.of == Entry.Of.ORGANISATION

    def name(grade: str) -> str:
        return law.grade_name(grade, organisation=organisation)

    allowed = "; ".join(name(one) for one in assessed.allowed) if assessed else ""
    vote_words = ", ".join(f"{name(grade)} {count}" for grade, count in votes.in_order) if votes else ""
    return Beside(
        own=name(place.entry.self_grade) if place.entry.self_grade else "",
        open=allowed,
        closed=_closed(assessed, name) if assessed else (),
        unsure=assessed is not None and not _confirmed(assessed),
        votes=votes,
        vote_words=vote_words,
        settled=votes is not None and assessed is not None and votes.chosen in assessed.allowed,
    )


def _closed(assessed: Assessment, name: Callable[[str], str]) -> tuple[str, ...]:
    """Return a line for each trigger and ceiling, and for each grade better than the open ones why it is closed."""
    lines = [
        _("%(grade)s vì: %(fact)s") % {"grade": name("kht"), "fact": check_words(one)}
        for one in assessed.triggers
        if not one.lifted
    ]
    words = _("Không quá %(grade)s: %(fact)s")
    lines += [
        words % {"grade": name(assessed.ceiling), "fact": check_words(one)} for one in assessed.ceilings
    ]
    words = _("Chưa đủ %(grade)s: %(facts)s")
    for reading in assessed.grades[:-1]:
        if reading.grade in assessed.allowed:
            break
        missed = [check_words(check) for check in reading.checks if not check.holds]
        if missed:
            lines.append(words % {"grade": name(reading.grade), "facts": "; ".join(missed)})
    return tuple(lines)


def check_words(check: Checked) -> str:
    """Return a condition with what is known: "Tỷ lệ việc vượt mức (%) 25, cần từ 30"."""
    known = _("chưa biết") if check.value is None else _number(check.value)
    needed = _number(check.bound)
    words = {
        "at_least": _("từ %(bound)s"),
        "above": _("trên %(bound)s"),
        "at_most": _("không quá %(bound)s"),
        "below": _("dưới %(bound)s"),
        "is": _("bằng %(bound)s"),
    }[check.op] % {"bound": needed}
    told = {"fact": FACTS[check.fact], "known": known, "words": words}
    if UNIT[check.fact] == "có/không":
        return _("%(fact)s: %(known)s") % told
    return _("%(fact)s: %(known)s, mốc %(words)s") % told


def _number(value: Decimal) -> str:
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _confirmed(assessed: Assessment) -> bool:
    rows = [one for reading in assessed.grades for one in reading.checks]
    return all(one.confirmed for one in (*rows, *assessed.triggers, *assessed.ceilings))


def rule_words(sitting: Sitting) -> KeptRule:
    """Return the majority that grades take at a sitting."""
    return rule_of(sitting)


def caps_now(cycle: Cycle, replacing: Mapping[int, str]) -> list[CapLine]:
    """Return how far the caps are used over the whole cycle with some grades put in place, by id of the entry."""
    uses = cap_uses(cycle, "proposed", replacing=replacing)
    who = {
        (one.use.cap.key, one.use.group): one for one in over(cycle, uses, "proposed", replacing=replacing)
    }
    groups = {one.key: one.title for one in law_of(cycle).caps.value.groups}
    shown = [one for one in uses if one.limit is not None and one.graded]
    return [_cap(one, groups, who.get((one.cap.key, one.group))) for one in shown]


def _cap(use: CapUse, groups: Mapping[str, str], found: Over | None) -> CapLine:
    return CapLine(
        title=groups.get(use.group, use.group) or _("Toàn đảng bộ"),
        used=use.used,
        limit=use.limit,
        base=use.base,
        percent=_number(use.percent),
        over=use.over,
        confirmed=use.cap.confirmed == "yes",
        who=tuple(name_of(one) for one in found.entries) if found else (),
    )


def consequences(places: Sequence[Place], grades: Mapping[int, tuple[str, str]], law: Law) -> list[str]:
    """Return how many of each kind get each grade, in words, for the page on which they are read over."""
    found = []
    for of, label in ((Entry.Of.MEMBER, _("Đảng viên")), (Entry.Of.COLLECTIVE, _("Tập thể"))):
        here = [grades[one.pk][0] for one in places if one.entry.of == of]
        parts = [
            f"{law.grade_name(grade)} {here.count(str(grade))}" for grade in ORDER if here.count(str(grade))
        ]
        if parts:
            found.append(_("%(label)s: %(parts)s.") % {"label": label, "parts": "; ".join(parts)})
    return [*found, _("Đề nghị gửi lên cấp thẩm định; chưa thẩm định thì còn rút được.")]
