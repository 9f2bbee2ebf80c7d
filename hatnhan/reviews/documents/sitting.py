"""What the papers of a review meeting share: how they are headed, in which order people stand, who signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.documents.types import Signature
from hatnhan.reviews.documents.common import head_of

if TYPE_CHECKING:
    from hatnhan.organization.sheets import Sheet
    from hatnhan.reviews.models import Place, Sitting


def sheet_of(sitting: Sitting) -> Sheet:
    """Return how the papers of a sitting are headed and signed, on the day it was held."""
    on = sitting.held_on or sitting.cycle.opened_on
    return head_of(sitting.unit, sitting.body, on)


def places_of(sitting: Sitting) -> list[Place]:
    """Return the entries of a sitting in the order of the meeting, each with the one cycle. One query."""
    rows = sitting.places.select_related("entry__member", "entry__unit").order_by("order", "pk")
    found = list(rows)
    for one in found:
        one.entry.cycle = sitting.cycle
    return found


def called(sitting: Sitting) -> str:
    """Return what a sitting is called inside a sentence."""
    return _("hội nghị kiểm điểm, xếp loại chất lượng năm %(year)d") % {"year": sitting.cycle.year}


def at_the_table(sitting: Sitting, head: Sheet) -> tuple[Signature, Signature]:
    """Return the signatures of minutes: the recorder left, the chair right."""
    meeting = sitting.meeting
    recorder = meeting.recorder.full_name if meeting is not None and meeting.recorder else ""
    chair = sitting.chaired_by.full_name if sitting.chaired_by else head.on_behalf.name
    return Signature(_("Người ghi biên bản"), "", recorder), Signature(_("Chủ trì"), "", chair)
