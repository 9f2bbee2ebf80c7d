"""From when to when people do not have to study: it follows the marks of lists, and past days stay as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.guidance.models import Excuse, Session, SessionPlace

if TYPE_CHECKING:
    from datetime import date


def follow_marks(session: Session, on: date) -> None:
    """Open and end excuses so that from a day on they are those that the marks of a list say. Four queries at most.

    Excused is who stands so in a list of studying by oneself that was not given up. An excuse that was given and taken
    back on one day was never in force, and leaves nothing.
    """
    marks = {}
    if session.mode == Session.Mode.SELF and session.state != Session.State.CANCELLED:
        rows = SessionPlace.objects.filter(session=session, mark=SessionPlace.Mark.EXCUSED)
        marks = dict(rows.values_list("pk", "reason"))
    lasting = Excuse.objects.filter(place__session=session, end=None)
    kept, over = set(), []
    for one in lasting:
        if marks.get(one.place_id) == one.reason:
            kept.add(one.place_id)
        else:
            over.append(one.pk)
    Excuse.objects.filter(pk__in=over, start__gte=on).delete()
    Excuse.objects.filter(pk__in=over).update(end=on)
    fresh = [Excuse(place_id=key, start=on, reason=why) for key, why in marks.items() if key not in kept]
    Excuse.objects.bulk_create(fresh)
