"""Words for the story: templates dealt so that none comes again too soon, and filled with places and numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import yaml

from hatnhan.demo.places import CELLS, VILLAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

T = TypeVar("T")

#: No text comes again in the same cell within this time.
HALF_A_YEAR = timedelta(days=190)
_LANES = ("Giữa", "Trên", "Dưới", "Đông", "Đoài", "Bãi", "Chợ", "Cầu", "Mới", "Đình", "Ngoài")
_TRIES = 12


@cache
def texts(name: str) -> dict[str, Any]:
    """Return the texts of a file of ``texts/``: "village", "school", "health", "common", "weekly"."""
    loaded: dict[str, Any] = yaml.load(
        (Path(__file__).parent / "texts" / f"{name}.yaml").read_text("utf-8"),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),  # noqa: S506 - both are safe ones
    )
    return loaded


def values(rng: Random) -> dict[str, object]:
    """Return places and numbers to fill one matter with: the same ones in all its sentences."""
    lane = rng.choice(_LANES)
    return {
        "xom": f"xóm {lane}",
        "xom_hoa": f"Xóm {lane}",
        "thon": f"thôn {rng.choice(VILLAGES).name.removeprefix('Chi bộ thôn ')}",
        "chi_bo": rng.choice(CELLS).name.removeprefix("Chi bộ "),
        "day": rng.choice("ABC"),
        "met": rng.randrange(20, 95, 5),
        "ho": rng.randint(7, 24),
        "nho": rng.randint(2, 5),
        "phan": rng.randint(61, 97),
        "trieu": rng.randint(6, 38),
        "so": rng.randint(11, 98),
    }


@dataclass(slots=True)
class Deck(Generic[T]):
    """Cards dealt by chance, none again before it rested; where all were dealt lately, the one longest ago."""

    rng: Random
    cards: Sequence[T]
    rest: timedelta = HALF_A_YEAR
    dealt: dict[int, date] = field(default_factory=dict)

    def deal(self, on: date, fits: Callable[[T], bool] = lambda _card: True) -> T:
        """Return a card for a day, one of those that fit."""
        fitting = [place for place, card in enumerate(self.cards) if fits(card)]
        rested = [p for p in fitting if p not in self.dealt or on - self.dealt[p] >= self.rest]
        place = self.rng.choice(rested) if rested else min(fitting, key=lambda p: self.dealt[p])
        self.dealt[place] = on
        return self.cards[place]


@dataclass(slots=True)
class Fresh:
    """Fills templates so that the sentence was not said within half a year."""

    rng: Random
    said: dict[str, date] = field(default_factory=dict)

    def fill(self, template: str, on: date) -> tuple[str, dict[str, object]] | None:
        """Return the sentence with what it was filled with; None where all that it could say was said lately."""
        for _try in range(_TRIES):
            filled = values(self.rng)
            sentence = template.format_map(filled)
            if sentence not in self.said or on - self.said[sentence] >= HALF_A_YEAR:
                self.said[sentence] = on
                return sentence, filled
        return None
