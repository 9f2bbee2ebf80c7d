"""On which days documents came and were rolled out, counted from the demonstration's own; and the rows they became."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hatnhan.demo.places import COMMUNE, TWO_TIERS
from hatnhan.demo.wording import texts

if TYPE_CHECKING:
    from hatnhan.demo.books import Books
    from hatnhan.demo.tale import Tale
    from hatnhan.guidance.models import Document, RollOut
    from hatnhan.organization.models import Unit

#: A real instrument is entered so many days after its own day, at the earliest.
_ON_ITS_WAY = timedelta(days=6)


class Shelf:
    """Knows when each document was issued and entered, and the rows of those entered and rolled out so far."""

    def __init__(self, tale: Tale) -> None:
        self.tale = tale
        self.told: dict[str, Any] = texts("guidance")["documents"]
        self.documents: dict[str, Document] = {}
        self.roll_outs: dict[str, RollOut] = {}

    @cached_property
    def plans(self) -> dict[str, dict[str, Any]]:
        """What was rolled out, by the document."""
        return {plan["document"]: plan for plan in texts("guidance")["roll_outs"]}

    def ago(self, key: str, days: int) -> date:
        """Return the day so many days before today; later where a real document was not there yet."""
        return self.tale.today - timedelta(days=days) + self._later(key)

    def issued(self, key: str) -> date:
        """Return the day of a document itself."""
        told = self.told[key]
        day: date = told["dated"] if "dated" in told else self.ago(key, told["ago"])
        return day

    def entered(self, key: str) -> date:
        """Return the day on which a document was entered in the register."""
        return self.ago(key, self.told[key]["entered"])

    def approved(self, key: str) -> date:
        """Return the day on which the roll-out of a document was approved."""
        return self.ago(key, self.plans[key]["approved"])

    def issuer(self, key: str) -> str:
        """Return who issued a document, as it was called on that day."""
        told: str = self.told[key]["issuer"]
        province = "Tỉnh ủy Phú Thọ" if self.issued(key) >= TWO_TIERS else "Tỉnh ủy Vĩnh Phúc"
        return {"province": province, "commune": "Đảng ủy xã Tam Hồng"}.get(told, told)

    def commune(self, books: Books) -> Unit:
        """Return the commune."""
        return books.units[COMMUNE]

    def _later(self, key: str) -> timedelta:
        told = self.told[key]
        if parent := told.get("carries_out"):
            return self._later(parent)
        if "dated" not in told:
            return timedelta()
        first: date = told["dated"] + _ON_ITS_WAY
        return max(timedelta(), first - (self.tale.today - timedelta(days=told["entered"])))
