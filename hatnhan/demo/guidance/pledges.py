"""What members and units set out to do in a year under the Directive, in varied words. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from hatnhan.demo.wording import texts, values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hatnhan.demo.people import Person

_ELDER = 66
_KEPT, _PARTLY = 0.88, 0.95


@dataclass(slots=True)
class Pledge:
    """One registration as it goes through its year. ``midyear`` and ``end`` are how each deed stood then."""

    answers: dict[str, str]
    deeds: list[tuple[str, date]]
    comment: str = ""
    progress: str = ""
    midyear: list[str] = field(default_factory=list)
    assessment: str = ""
    end: list[str] = field(default_factory=list)


class Round:
    """Goes through cards in a shuffled order, again and again, never with the same one twice running."""

    def __init__(self, rng: Random, cards: Sequence[Any]) -> None:
        self._rng, self._cards = rng, list(cards)
        self._left: list[Any] = []
        self._last: Any = None

    def next(self) -> Any:  # noqa: ANN401 - whatever the cards are
        """Return the next card."""
        if not self._left:
            self._left = self._rng.sample(self._cards, len(self._cards))
            if self._left[-1] is self._last:
                self._left.reverse()
        self._last = self._left.pop()
        return self._last


class Writer:
    """Writes the registrations of one cell in one year."""

    def __init__(self, kind: str, code: str, year: int, seed: int) -> None:
        self.kind, self.year = kind, year
        self.rng = rng = Random(f"pledges {seed} {code} {year}")  # noqa: S311 - a story, not a secret
        self.words = words = texts("guidance_year")
        self.what, self.how = Round(rng, words["learn"]["what"]), Round(rng, words["learn"]["how"])
        self.follow = {key: Round(rng, cards) for key, cards in words["follow"].items()}
        self.deeds = {key: Round(rng, cards) for key, cards in words["deeds"].items()}
        self.mend, self.comments = Round(rng, words["mend"]), Round(rng, words["comment"])
        self.said = {
            key: (Round(rng, words[key]["start"]), Round(rng, words[key]["rest"]))
            for key in ("progress", "assess")
        }
        self.nothing = Round(rng, words["nothing_yet"])

    def write(self, people: Iterable[Person]) -> dict[int, Pledge]:
        """Return what each person set out to do, by the person's id()."""
        return {id(person): self._one(person) for person in people}

    def unit(self, key: str) -> Pledge:
        """Return what a unit set out to do: "committee", or a kind of cell."""
        own, filled = self.words["units"][key], values(self.rng)
        answers = {name: own[name].format_map(filled) for name in ("learn", "follow", "mend")}
        deeds = [(text.format_map(filled), self._day(last)) for text, last in own["deeds"]]
        early = date(self.year, 7, 1)
        return Pledge(
            answers, deeds, comment="", progress=own["progress"].format_map(filled),
            midyear=["done" if due < early else "open" for _text, due in deeds],
            assessment=own["assessment"], end=["done"] * (len(deeds) - 1) + ["partly"],
        )  # fmt: skip

    def _day(self, last: str) -> date:
        day, month = last.split("/")
        return date(self.year, int(month), int(day))

    def _one(self, person: Person) -> Pledge:
        rng, filled = self.rng, values(self.rng)
        key = self._pool(person)
        answers = {
            "learn": f"{self.what.next()}; {self.how.next()}.",
            "follow": f"{self.follow[key].next()}.".format_map(filled),
            "mend": self.mend.next(),
        }
        drawn = [self.deeds[key].next() for _one in range(rng.choice((1, 2, 2, 2, 3)))]
        said = {text.format_map(filled): self._day(last) for text, last in drawn}
        deeds = sorted(said.items(), key=_by_day)
        pledge = Pledge(answers, deeds, self.comments.next())
        early = date(self.year, 7, 5)
        pledge.midyear = [self._fate() if due < early else "open" for _text, due in deeds]
        pledge.end = [
            was if was == "done" else self._fate() if was == "open" else rng.choice(("done", "partly"))
            for was in pledge.midyear
        ]
        pledge.progress = self._tell("progress", pledge.midyear, filled)
        pledge.assessment = self._tell("assess", pledge.end, filled)
        return pledge

    def _pool(self, person: Person) -> str:
        if person.occupation == "Cán bộ xã":
            return "office"
        return (
            "elder" if self.kind == "village" and person.age(date(self.year, 1, 1)) >= _ELDER else self.kind
        )

    def _fate(self) -> str:
        draw = self.rng.random()
        return "done" if draw < _KEPT else "partly" if draw < _PARTLY else "not_done"

    def _tell(self, key: str, outcomes: list[str], filled: dict[str, object]) -> str:
        if "done" not in outcomes and key == "progress":
            return str(self.nothing.next())
        start, rest = self.said[key]
        counted = filled | {"xong": outcomes.count("done"), "tong": len(outcomes)}
        return f"{start.next()}{rest.next()}".format_map(counted)


def _by_day(deed: tuple[str, date]) -> date:
    return deed[1]
