"""Remarks on entries: who may read them, and of whom the residence's comment is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.errors import Denied, Missing
from hatnhan.organization.models import Membership
from hatnhan.reviews import permissions
from hatnhan.reviews.models import Cycle, Entry, Remark
from hatnhan.reviews.permissions.remarks import BEFORE_PROPOSAL, may_remark

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.reviews.models import Place, Sitting


def entry_with_texts(user: User, pk: int) -> Entry:
    """Return an entry whose texts a person may read: its own, its cell's committee, who decides. Raises Missing."""
    rows = permissions.texts_for(user).select_related("cycle__unit", "member", "unit")
    found: Entry | None = rows.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def remarks_of(entry: Entry) -> list[Remark]:
    """Return the remarks on an entry, the oldest first. One query."""
    return list(Remark.objects.filter(entry=entry).order_by("on", "pk"))


def remark_to_write(user: User, pk: int) -> Remark:
    """Return a remark that a person may mend or take away. Raises Missing, Denied."""
    found = _remark(user, pk)
    if not may_remark(user, found.entry, found.kind):
        raise Denied(_("Việc này do người đứng đầu chi bộ, tập thể ghi."))
    return found


def remark_to_answer(user: User, pk: int) -> Remark:
    """Return a remark on the person's own entry, or one that the person heads. Raises Missing."""
    found = _remark(user, pk)
    if not permissions.is_own(user, found.entry):
        raise Missing
    return found


def _remark(user: User, pk: int) -> Remark:
    rows = Remark.objects.filter(entry__in=permissions.texts_for(user))
    found: Remark | None = (
        rows.filter(pk=pk).select_related("entry__cycle__unit", "entry__member", "entry__unit").first()
    )
    if found is None:
        raise Missing
    return found


def still_open(entry: Entry) -> bool:
    """Tell whether remarks on an entry are still written, mended and answered."""
    return (
        entry.cycle.state == Cycle.State.OPEN
        and entry.standing != Entry.Standing.LEFT_OUT
        and entry.state in BEFORE_PROPOSAL
    )


def residence(sitting: Sitting) -> list[Place]:
    """Return the persons at a sitting in its order, each with ``has``: whether the residence's comment came.

    ``unheard``: takes part in another cell for a time, whose comment did not come. Three queries at most.
    """
    comment = Remark.objects.filter(entry=OuterRef("entry"), kind=Remark.Kind.RESIDENCE)
    rows = sitting.places.filter(entry__of=Entry.Of.MEMBER).exclude(entry__standing=Entry.Standing.LEFT_OUT)
    rows = rows.annotate(has=Exists(comment)).select_related("entry__member")
    found: list[Place] = list(rows.order_by("order", "pk"))
    unheard = unheard_of([one.entry for one in found], sitting.held_on or clock.today())
    for one in found:
        one.unheard = one.entry_id in unheard  # type: ignore[attr-defined]  # drawn by its page
    return found


def unheard_of(entries: Iterable[Entry], on: date) -> frozenset[int]:
    """Return the ids of the entries of those who take part in another cell on a day, whose comment did not come.

    Their official cell grades them after that comment (366-QĐ/TW). One query.
    """
    away = Membership.objects.on(on).filter(kind=Membership.Kind.TEMPORARY).values("member")
    rows = Entry.objects.filter(pk__in=[one.pk for one in entries], member__in=away)
    heard = Remark.objects.filter(entry=OuterRef("pk"), kind=Remark.Kind.TEMPORARY)
    return frozenset(rows.exclude(Exists(heard)).values_list("pk", flat=True))


def sitting_of(entry: Entry) -> Sitting | None:
    """Return the meeting at which an opinion of an entry is said now: the last one held that it came to."""
    places = entry.places.filter(reviewed_on__isnull=False).select_related("sitting")
    found = places.order_by("-sitting__held_on", "-pk").first()
    return found.sitting if found else None


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of remarks with their words."""
    return [(str(one.value), str(one.label)) for one in Remark.Kind]
