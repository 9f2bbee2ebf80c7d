"""The whole story as plain data: people and posts. The same for the same day and seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from hatnhan.demo.clerks import seat_clerks
from hatnhan.demo.lives import SEED, World, tell
from hatnhan.demo.posts import Office, offices, suit_occupations

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Tale:
    """The people, and the posts they held, by the day these began."""

    world: World
    offices: list[Office]
    seed: int

    @property
    def today(self) -> date:
        """The day up to which the story is told."""
        return self.world.today


def tell_all(today: date, seed: int = SEED) -> Tale:
    """Return the story up to and including a day."""
    world = tell(today, seed)
    held = offices(world, Random(f"posts {seed}"))  # noqa: S311 - a story, not a secret
    suit_occupations(held)
    tale = Tale(world, held, seed)
    seat_clerks(tale)
    return tale
