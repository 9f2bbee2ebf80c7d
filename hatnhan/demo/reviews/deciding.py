"""Deeds of those who decide: appraisal, decisions in their order, notice, closing; what comes after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hatnhan.core import clock
from hatnhan.demo import cast
from hatnhan.demo.places import COMMUNE, TWO_TIERS
from hatnhan.demo.reviews.aims import HT, XS, T
from hatnhan.reviews.actions import (
    appraising,
    closing,
    deciding,
    looking_again,
    notifying,
    regrading,
)
from hatnhan.reviews.actions.drafting import LineData
from hatnhan.reviews.models import Entry, GradeDecision
from hatnhan.reviews.selectors.assessed import assessments
from hatnhan.reviews.selectors.caps import cap_uses, kind_of

if TYPE_CHECKING:
    from hatnhan.demo.books import Books
    from hatnhan.demo.reviews.year import Year
    from hatnhan.reviews.models import LookAgain

#: Who comes off a full cap before the others, and who last.
_FIRST_OFF = {"over_hope": 1, "override": -1}
_ABOVE = 200
_GROUPS = (("leader",), ("non_leader",), ("outside",))


@dataclass(slots=True)
class Committee:
    """Decides on a year: appraises, drafts and signs, tells, closes, answers."""

    told: Year
    decisions: list[GradeDecision] = field(default_factory=list)
    again: LookAgain | None = None
    papers: int = 0

    # --- appraisal ---------------------------------------------------------------------------------------------------
    def appraise(self, books: Books) -> None:
        """Look at what was proposed: collectives of cells, members, cells; take off who is over a cap."""
        told = self.told
        own = {"of": "collective", "unit__code": COMMUNE}, {"of": "organisation", "unit__code": COMMUNE}
        above = {one.pk for wanted in own for one in told.entries(**wanted)}
        for of in ("collective", "member", "organisation"):
            rows = [one for one in told.entries(of=of, state="proposed") if one.pk not in above]
            if rows:
                grades = self._within(rows, {one.pk: told.aim(one).final for one in rows})
                self._write(rows, grades, books)

    def _within(self, rows: list[Entry], grades: dict[int, str]) -> dict[int, str]:
        """Return the grades with so many of the best as caps let be; who hoped too much comes off first."""
        told = self.told
        grades = dict(grades)
        for _each in rows:
            over = [one for one in cap_uses(told.cycle, "appraised", replacing=grades) if one.excess > 0]
            if not over:
                break
            use = over[0]
            inside = [
                one
                for one in rows
                if grades[one.pk] == XS
                and kind_of(one.of, one.subject) == use.cap.of
                and use.group in {"", one.group}
            ]
            if not inside:
                break
            last = max(inside, key=lambda one: (_FIRST_OFF.get(told.aim(one).turn, 0), one.pk))
            grades[last.pk] = T
            told.aim(last).turn = "over_hope"
        return grades

    def _write(self, rows: list[Entry], grades: dict[int, str], books: Books) -> None:
        told = self.told
        points = {one.pk: told.points(one, HT) for one in rows if told.aim(one).turn == "staff"}
        found = assessments(rows)
        entries = {}
        for one in rows:
            grade = grades[one.pk]
            told.aim(one).final = grade
            same = grade == one.proposed_grade and grade in found[one.pk].allowed
            entries[one] = (grade, "" if same else self._why(one, grade))
        appraising.appraise(**books.signed(), entries=entries, points=points)

    def _why(self, entry: Entry, grade: str) -> str:
        because, turn = self.told.words["because"], self.told.aim(entry).turn
        if grade == entry.proposed_grade:
            return self.told.reason(entry)
        if turn == "over_hope":
            key = "over_hope" if entry.of == Entry.Of.MEMBER else "cap_cells"
            return str(because[key]).format(ngay=f"{clock.today():%-d/%-m/%Y}")
        return str(because["staff_lower"])

    # --- decisions ---------------------------------------------------------------------------------------------------
    def decide_above(self, what: str, books: Books) -> None:
        """Record what the level above decided: of the committee's collectives, or of the organisation itself."""
        rows = self.told.entries(of=what, unit__code=COMMUNE)
        where, whose = ("district", "HU") if clock.today() < TWO_TIERS else ("province", "TU")
        outside = self.told.words["outside_body"][where]
        title = "committee" if what == "collective" else "organisation"
        # Of two papers of one level in one review, one may be of the next year, whose numbers begin anew.
        number = (
            books.decision("HU") if what == "collective" else f"{_ABOVE + self.told.year % 100}-QĐ/{whose}"
        )
        self._sign(title, rows, books, number=number, outside=outside)

    def decide_collectives(self, books: Books) -> None:
        """Decide on the committees of cells."""
        rows = [one for one in self.told.entries(of="collective") if one.unit.is_cell]
        self._sign("collectives", rows, books, number=books.decision())

    def decide_members(self, books: Books) -> None:
        """Decide on members: those who lead, then all others."""
        for subjects in _GROUPS:
            rows = self.told.entries(of="member", standing="graded", subject__in=subjects)
            self._sign("members", rows, books, number=books.decision())

    def decide_cells(self, books: Books) -> None:
        """Decide on the cells."""
        rows = [one for one in self.told.entries(of="organisation") if one.unit.is_cell]
        self._sign("cells", rows, books, number=books.decision())

    def _sign(self, title: str, rows: list[Entry], books: Books, *, number: str, outside: str = "") -> None:
        told = self.told
        rows = [one for one in rows if one.standing == "graded"]
        if not rows:
            return
        found = assessments(rows)
        lines = {}
        for one in rows:
            grade = told.aim(one).final
            fits = grade in found[one.pk].allowed
            lines[one] = LineData(grade) if fits else LineData(grade, told.reason(one), self._paper())
        words = told.words["titles"][title].format(nam=told.year)
        made = deciding.draft_decision(
            **books.signed(), cycle=told.cycle, title=words, entries=lines, outside=outside
        )
        deciding.sign_decision(**books.signed(), decision=made, number=number, signed_by=outside)
        self.decisions.append(made)

    def _paper(self) -> str:
        """Return the number of a paper that lets a grade be given."""
        self.papers += 1
        return f"{40 + self.papers}-KL/ĐU"

    # --- afterwards --------------------------------------------------------------------------------------------------
    def publish(self, books: Books) -> None:
        """Make public what was decided, and tell each."""
        told = self.told
        for one in self.decisions:
            if one.published_on is None:
                deciding.publish_decision(**books.signed(), decision=one)
        rows = told.entries(state="decided", notified_on=None)
        notifying.notify(**books.signed(), entries=rows, on=clock.today(), to=told.words["notified_to"])

    def close(self, books: Books) -> None:
        """Close the year."""
        closing.close_cycle(**books.signed(), cycle=self.told.cycle)

    def ask_again(self, books: Books) -> None:
        """Take in a request to look at a grade again."""
        entry = self._completed()[0]
        text = self.told.words["again"]["text"]
        self.again = looking_again.ask_again(**books.signed(), entry=entry, text=text)

    def keep(self, books: Books) -> None:
        """Answer it: the grade stays."""
        assert self.again  # noqa: S101 - it was asked before
        answer = self.told.words["again"]["answer"]
        self.again.entry = self.told.at_home(self.again.entry)
        looking_again.keep_grade(**books.signed(), again=self.again, answer=answer, answer_no="12-CV/ĐU")

    def regrade(self, books: Books) -> None:
        """Give one a better grade, since something was overlooked."""
        reason = self.told.words["regrading"]["reason"]
        number = books.decision()
        regrading.regrade(
            **books.signed(), entry=self._completed()[1], ground="error", new_grade=T, reason=reason, number=number,
            override_reason=reason, override_no=number, signed_by=cast.SECRETARY,
        )  # fmt: skip

    def _completed(self) -> list[Entry]:
        rows = self.told.entries(of="member", subject="outside", grade=HT)
        return [one for one in rows if self.told.aim(one).turn != "staff"]
