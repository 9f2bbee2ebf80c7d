"""Topics of who is in charge of what."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from hatnhan.rulebook.types import Value


class ChargeLoad(Value):
    """From how many cells on a committee member in charge of them has too many."""

    topic: ClassVar[str] = "assignments.load"
    title: ClassVar[str] = "Số chi bộ một cấp ủy viên phụ trách"

    most_cells: int = Field(gt=0, le=50, title="Nhiều nhất số chi bộ")
    most_groups: int = Field(gt=0, le=50, title="Nhiều nhất số nhóm nhiệm vụ")
