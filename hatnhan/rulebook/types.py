"""What a rule is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


class Status(StrEnum):
    """Whether the value was read in an official text."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


class Source(BaseModel):
    """The instrument a value comes from: number, date, article. ``note`` says what is not certain."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    instrument: str
    date: dt.date | None = None
    article: str = ""
    note: str = ""

    def __str__(self) -> str:
        day = f" ({self.date.day}/{self.date.month}/{self.date.year})" if self.date else ""
        return f"{self.instrument}{day}{', ' + self.article if self.article else ''}"


class Value(BaseModel):
    """Base of the value of a topic; each topic is one subclass with Vietnamese field titles."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: ClassVar[str]
    title: ClassVar[str]


#: The kind of a fault whose words are written for people, for the form to show as they are.
TOLD = "told"


def told(message: str, **values: object) -> PydanticCustomError:
    """Return what a topic raises for a value that does not hold together: Vietnamese words that say how to mend it."""
    return PydanticCustomError(TOLD, message, values)


V = TypeVar("V", bound=Value)
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Rule(Generic[T_co]):
    """A value in force: from which day (inclusive) until which (exclusive), on what ground.

    ``version`` names it for results that keep what they used, such as "organization.probation@2011-01-19" or, for a
    local overlay, "organization.probation@2025-01-01/tam-hong#3".
    """

    topic: str
    title: str
    value: T_co
    start: dt.date
    end: dt.date | None
    source: Source
    status: Status
    version: str
    local: bool = False

    @property
    def confirmed(self) -> bool:
        """Whether the value was read in an official text."""
        return self.status is Status.CONFIRMED


class Place(Protocol):
    """A unit that overlays may belong to: it knows its own line upward."""

    def lineage(self, on: dt.date) -> list[int]:
        """Return the ids of the unit and of those above it on a day, nearest first."""
        ...
