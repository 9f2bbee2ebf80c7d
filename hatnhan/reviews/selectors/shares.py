"""The use of caps in words, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.reviews.selectors.grouping import group_title
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hatnhan.reviews.models import Cycle
    from hatnhan.reviews.rules.caps import CapUse


@dataclass(frozen=True, slots=True)
class CapLine:
    """A cap in a group as a page shows it."""

    use: CapUse
    group: str
    grade: str
    base: str
    left: int | None

    @property
    def confirmed(self) -> bool:
        """Whether the row of the law was read in an official text (read by the mark of the page)."""
        return self.use.cap.confirmed == "yes"

    @property
    def raisable(self) -> bool:
        """Whether the law lets the authority raise it."""
        return self.use.cap.raised > self.use.cap.percent


def cap_lines(cycle: Cycle, uses: Iterable[CapUse]) -> list[CapLine]:
    """Return the uses of caps as a page shows them, groups without anyone graded left out, in the order of the law."""
    return [_line(cycle, one) for one in uses if one.graded or one.over]


def _line(cycle: Cycle, use: CapUse) -> CapLine:
    law = law_of(cycle)
    base = {
        "good": _("số được xếp “%(grade)s”") % {"grade": law.grade_name("t")},
        "good_or_better": _("số được xếp hai mức đầu"),
        "graded": _("số được xếp loại"),
    }
    return CapLine(
        use=use,
        group=group_title(cycle, use),
        grade=law.grade_name(use.cap.grade, organisation=use.cap.of == "cell"),
        base=base[use.cap.base],
        left=None if use.limit is None else use.limit - use.used,
    )
