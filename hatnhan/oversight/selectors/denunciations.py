"""Reading denunciations: the register of numbers, days and states; one for its handlers; who wrote it, recorded.

Nothing but `denouncer_of` opens the seal for a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.audit.actions import record
from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.organization.models import Body, Unit
from hatnhan.organization.selectors.bodies import seats
from hatnhan.oversight import permissions
from hatnhan.oversight.models import (
    Check,
    DenouncedPoint,
    Denouncer,
    Denunciation,
    Kind,
    Restoration,
    UnnamedLetters,
)
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.sealing import DenouncerData, unseal
from hatnhan.oversight.selectors import matter_days

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Member

State = Denunciation.State
PARTS = {"cho": _("Chờ xử lý"), "dang": _("Đang giải quyết"), "xong": _("Đã xong")}
OPEN = (State.RECEIVED, State.ACCEPTED)
_IN_PART = {
    "cho": matter_days.letter_waits,
    "dang": matter_days.letter_taken,
    "xong": matter_days.letter_done,
}


# --- the register ----------------------------------------------------------------------------------------------------
def listed(
    user: User, unit: Unit, on: date, part: str = "", year: int | None = None
) -> QuerySet[Denunciation]:
    """Return the register of a unit and below, as far as the person knows of it: numbers, days and states of a day."""
    under = Unit.objects.under(unit.pk, on).values("pk")
    rows = permissions.denunciations_for(user).filter(unit__in=under, received_on__lte=on)
    if part in _IN_PART:
        rows = rows.filter(_IN_PART[part](on))
    if year is not None:
        rows = rows.filter(year=year)
    rows = rows.only(
        "unit__name", "year", "number", "received_on", "state", "state_on", "answer_due", "answered_on"
    )
    rows = matter_days.letters_with_state(rows, on)
    return rows.select_related("unit").order_by("-year", "-number", "-pk")


def years(user: User) -> list[int]:
    """Return the years of the register that a person knows of, latest first."""
    found = permissions.denunciations_for(user).order_by("-year").values_list("year", flat=True)
    return list(dict.fromkeys(found))


def denunciation_for(user: User, pk: int) -> Denunciation:
    """Return a denunciation that a person may know of; what is in it, only its handlers read. Raises Missing."""
    rows = permissions.denunciations_for(user).select_related(
        "unit", "about_member", "about_unit", "of_check"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def handled_for(user: User, pk: int) -> Denunciation:
    """Return a denunciation that a person was named to handle. Raises Missing."""
    found = denunciation_for(user, pk)
    if not permissions.handles_denunciation(user, found):
        raise Missing
    return found


def point_for(user: User, pk: int) -> DenouncedPoint:
    """Return a point of a denunciation that a person was named to handle. Raises Missing."""
    point = DenouncedPoint.objects.filter(pk=pk).first()
    if point is None:
        raise Missing
    point.denunciation = handled_for(user, point.denunciation_id)
    return point


# --- one -------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class File:
    """One denunciation as its page shows it; without ``handles`` the page says that it is there, and no more."""

    denunciation: Denunciation
    handles: bool
    names_handlers: bool
    handlers: list[Member]
    points: list[DenouncedPoint]
    combined: list[Denunciation]
    restorations: list[Restoration]

    @property
    def about(self) -> str:
        """Whom it is about."""
        one = self.denunciation
        return str(one.about_member or one.about_unit)

    @property
    def restorable(self) -> frozenset[int]:
        """The ids of what the person may write as made good."""
        return frozenset(one.pk for one in self.restorations) if self.handles else frozenset()

    @property
    def first_undone(self) -> int:
        """The id of what is to be made good next, 0 for nothing."""
        return next((one.pk for one in self.restorations if one.done_on is None), 0)

    @property
    def next_step(self) -> str:
        """What a handler writes next: accept, told, point, conclude, or ""."""
        one = self.denunciation
        if not self.handles:
            return ""
        if one.state == State.RECEIVED:
            return "accept"
        if one.answered_on is None and one.state not in (State.WITHDRAWN, State.COMBINED):
            return "told"
        if one.state == State.ACCEPTED:
            return "point" if any(not point.result for point in self.points) else "conclude"
        return ""


def file_of(user: User, denunciation: Denunciation) -> File:
    """Return one denunciation with what the person may see of it."""
    handles = permissions.handles_denunciation(user, denunciation)
    chairs = denunciation.unit_id in permissions.chaired_by(user)
    people = denunciation.handlers.select_related("member")
    return File(
        denunciation=denunciation,
        handles=handles,
        names_handlers=(handles or chairs) and denunciation.state in OPEN,
        handlers=[one.member for one in people],
        points=list(denunciation.points.all()) if handles else [],
        combined=list(denunciation.combined.all()),
        restorations=list(denunciation.restorations.all()) if handles else [],
    )


def denouncer_of(user: User, denunciation: Denunciation) -> DenouncerData:
    """Return who wrote a denunciation, to a named handler alone, and record that this was read, each time.

    Raises Denied, and Missing where nothing was sealed or the seal is of another server.
    """
    permissions.require_denunciation(user, denunciation)
    row = Denouncer.objects.filter(denunciation=denunciation).first()
    if row is None:
        raise Missing
    found = unseal(row.sealed)
    at = clock.now()
    record(by=user, action=Action.READ_DENOUNCER, at=at, target=denunciation, unit_id=denunciation.unit_id)
    return found


# --- whom and what to choose -----------------------------------------------------------------------------------------
def handlers_to_choose(unit: Unit, on: date) -> list[Member]:
    """Return who may be named to handle denunciations in a unit: its inspection committee, then its committee."""
    found = [*seats(unit, Body.INSPECTION, on), *seats(unit, Body.COMMITTEE, on)]
    return list({one.member.pk: one.member for one in found}.values())


def checks_for(denunciation: Denunciation) -> list[Check]:
    """Return the checks that may settle a denunciation: of its kind, unit and subject, and settling no other."""
    about = {"subjects__member": denunciation.about_member, "subjects__unit": denunciation.about_unit}
    rows = Check.objects.running().filter(kind=Kind.DENUNCIATION, unit_id=denunciation.unit_id, **about)
    return list(rows.filter(denunciation=None).distinct())


def others_of(user: User, denunciation: Denunciation) -> list[Denunciation]:
    """Return the open denunciations of the same subject that a person handles too."""
    rows = permissions.denunciations_for(user).filter(
        unit_id=denunciation.unit_id,
        about_member=denunciation.about_member,
        about_unit=denunciation.about_unit,
        state__in=OPEN,
    )
    return [one for one in rows.exclude(pk=denunciation.pk) if permissions.handles_denunciation(user, one)]


def unnamed_of(unit: Unit, year: int) -> list[UnnamedLetters]:
    """Return how many letters without a name came in a year, month by month."""
    rows = UnnamedLetters.objects.filter(
        unit=unit, month__gte=date(year, 1, 1), month__lt=date(year + 1, 1, 1)
    )
    return list(rows.order_by("-month", "kind"))
