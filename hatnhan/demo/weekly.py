"""The weekly reviews as plain data: what was said of each, the remedies, and what became of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Literal

from hatnhan.demo.charges import Desk, desks, seated
from hatnhan.demo.rhythm import Sitting, weekly_sittings
from hatnhan.demo.wording import Deck, Fresh, texts, values

if TYPE_CHECKING:
    from hatnhan.demo.people import Person
    from hatnhan.demo.tale import Tale

Verdict = Literal["done", "doing", "not_done", "next_week", "dropped"]
#: No template comes again for the same post within so many weeks, as far as there are others.
_REST = timedelta(weeks=7)
_NOTHING = "Không"


@dataclass(slots=True)
class Remedy:
    """What has to be done by whom until when (inclusive).

    ``held_up`` are the weeks it takes longer; ``put_off`` the day to which a review put it off.
    """

    text: str
    who: Person
    due: date
    held_up: int = 0
    put_off: date | None = None
    dropped: bool = False


@dataclass(slots=True)
class Row:
    """What was said of a person, or of a post with its holder."""

    person: Person
    desk: Desk | None
    strengths: str = ""
    shortcomings: str = ""
    remedy: Remedy | None = None


@dataclass(slots=True)
class Review:
    """One weekly review; ``over`` is False for the last, which is still going on."""

    sitting: Sitting
    chair: Person
    recorder: Person
    rows: list[Row]
    lasts: int
    topics: list[str]
    away: dict[int, str] = field(default_factory=dict)
    verdicts: list[tuple[Remedy, Verdict, str]] = field(default_factory=list)
    reply: str = ""

    @property
    def on(self) -> date:
        """The day it was held."""
        assert self.sitting.on  # noqa: S101 - only those held are reviews
        return self.sitting.on

    @property
    def over(self) -> bool:
        """Whether it was closed."""
        return not self.sitting.last

    @property
    def remedies(self) -> list[Remedy]:
        """The remedies it gave."""
        return [row.remedy for row in self.rows if row.remedy]


def reviews(tale: Tale) -> list[Review]:
    """Return the reviews held in two years until yesterday, in order."""
    return _Teller(tale).tell()


class _Teller:
    def __init__(self, tale: Tale) -> None:
        self.tale = tale
        self.rng = rng = Random(f"weeks {tale.seed} {tale.today}")  # noqa: S311 - a story, not a secret
        self.words: dict[str, Any] = texts("weekly")
        pools = self.words["rows"]
        self.good = {key: Deck(rng, pool["good"], _REST) for key, pool in pools.items()}
        self.bad = {key: Deck(rng, pool["bad"], _REST) for key, pool in pools.items()}
        self.fresh = {key: Fresh(rng) for key in pools}
        self.desks = desks(tale)
        self.last_reply = -9

    def tell(self) -> list[Review]:
        told: list[Review] = []
        waiting: list[Remedy] = []
        sittings = [one for one in weekly_sittings(self.tale.today) if one.held]
        for number, sitting in enumerate(sittings):
            review = self._review(sitting)
            following = sittings[number + 1].on if number + 1 < len(sittings) else None
            if review.over:
                waiting = self._judge(review, waiting, following)
            if number == len(sittings) - 3 and review.remedies:
                # So that something is overdue today, whatever day it is.
                review.remedies[0].held_up, review.remedies[0].due = 3, sittings[number + 1].on or sitting.due
            waiting += review.remedies
            told.append(review)
        for review in told[-5:-1:2]:
            review.reply = self.words["replies"][
                len(review.rows) * review.on.day % len(self.words["replies"])
            ]
        return told

    # --- the sheet ---------------------------------------------------------------------------------------------------
    def _review(self, sitting: Sitting) -> Review:
        assert sitting.on  # noqa: S101 - only those held are told
        on, rng = sitting.on, self.rng
        standing = [(p, post) for p, post in seated(self.tale, on) if post != "committee_member"]
        away: dict[int, str] = {}
        for person, _post in standing[2:]:
            if rng.random() < 0.05:  # noqa: PLR2004 - seldom
                away[id(person)] = rng.choice(("Dự họp ở tỉnh", "Đi công tác", "Dự tập huấn", "Nghỉ phép"))
        rows = self._rows(on, standing)
        if sitting.last:
            rows = [row for row in rows if rng.random() < 0.6]  # noqa: PLR2004 - the rest is not yet written
        week = on.isocalendar()[1]
        said = values(rng) | {"tuan": f"{week}/{on.year}", "thang": f"{on.month}/{on.year}"}
        items = self.words["items"]
        chosen = [items[0], *rng.sample(items[1:4], 1), *items[4:]]
        return Review(
            sitting=sitting, chair=standing[0][0], recorder=standing[1][0], rows=rows,
            lasts=rng.choice((75, 85, 90, 95, 105, 120)), topics=[item.format_map(said) for item in chosen], away=away,
        )  # fmt: skip

    def _rows(self, on: date, standing: list[tuple[Person, str]]) -> list[Row]:
        """Return a row for each who sits there, with the post of a leader, and for each other post."""
        rows, leading = [], {id(desk.holder(on)): desk for desk in self.desks if desk.leads}
        for person, post in standing:
            desk = leading.pop(id(person), None)
            key = desk.key if desk and self.rng.random() < 0.6 else post  # noqa: PLR2004 - of the post, or of the seat
            rows.append(self._said(Row(person, desk), key, on))
        rest = [desk for desk in self.desks if not desk.leads or id(desk.holder(on)) in leading]
        return rows + [self._said(Row(desk.holder(on), desk), desk.key, on) for desk in rest]

    def _said(self, row: Row, key: str, on: date) -> Row:
        rng, fresh = self.rng, self.fresh[key]
        row.shortcomings = _NOTHING
        if rng.random() < 0.75 and (said := fresh.fill(self.good[key].deal(on), on)):  # noqa: PLR2004 - most weeks
            row.strengths, _filled = said
        if rng.random() < 0.44:  # noqa: PLR2004 - less often something was slow
            shortcomings, remedy, days = self.bad[key].deal(on)
            if said := fresh.fill(shortcomings, on):
                row.shortcomings, filled = said
                row.remedy = self._remedy(remedy.format_map(filled), row.person, on + timedelta(days=days))
        return row

    def _remedy(self, text: str, who: Person, due: date) -> Remedy:
        draw = self.rng.random()
        held_up = 0 if draw < 0.86 else 1 if draw < 0.96 else 2  # noqa: PLR2004 - in time for the most part
        return Remedy(text, who, due, held_up, dropped=self.rng.random() < 0.02)  # noqa: PLR2004 - seldom given up

    # --- what became of it -------------------------------------------------------------------------------------------
    def _judge(self, review: Review, waiting: list[Remedy], following: date | None) -> list[Remedy]:
        """Conclude on each remedy that waits; return those that go on waiting."""
        left = []
        for remedy in waiting:
            verdict, note = self._verdict(remedy, following or review.on + timedelta(days=7))
            review.verdicts.append((remedy, verdict, note))
            if verdict not in {"done", "dropped"}:
                left.append(remedy)
        return left

    def _verdict(self, remedy: Remedy, following: date) -> tuple[Verdict, str]:
        notes, rng = self.words["verdict_notes"], self.rng
        if (remedy.put_off or remedy.due) >= following:
            return "doing", rng.choice(notes["doing"])
        if remedy.dropped:
            return "dropped", rng.choice(notes["dropped"])
        if not remedy.held_up:
            return "done", ""
        remedy.held_up -= 1
        late: Verdict = rng.choice(("next_week", "doing", "not_done"))
        if late == "next_week":
            remedy.put_off = following
        return late, rng.choice(notes[late])
