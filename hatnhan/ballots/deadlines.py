"""What waits for a member in person: a vote in a ballot that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.ballots.selectors import ballots
from hatnhan.deadlines.registry import personal
from hatnhan.deadlines.types import Deadline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


@personal("ballots.vote", title=gettext_lazy("Bỏ phiếu"))
def votes(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the ballots that wait for a person's vote, due on the day as long as they are open: one query."""
    for ballot in ballots.waiting_on(member_id, on):
        due = max(ballot.on, on)
        if due <= until:
            yield Deadline(
                key=f"ballots.vote:{ballot.pk}",
                due=due,
                title=_("Bỏ phiếu kín: %(ballot)s") % {"ballot": ballot.title},
                detail=_("Đang mở. Bỏ trên máy của đồng chí, hoặc xin phiếu giấy."),
                unit_id=ballot.unit_id,
                unit_name=ballot.unit.name,
                url=reverse("ballots:vote", args=[ballot.pk]),
                action=_("Bỏ phiếu"),
            )
