"""Who knows of an entry, who reads its texts, who writes them. Absent and forbidden look the same to the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core.errors import Denied
from hatnhan.organization.powers import powers_of
from hatnhan.reviews.models import Entry
from hatnhan.reviews.permissions.units import decides_in, runs_cycle, seated_in

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User
    from hatnhan.organization.powers import Powers


def entries_for(user: User) -> QuerySet[Entry]:
    """Return the entries whose course and grade a person may know of.

    One's own; those of cells in whose committee one sits; all below for who reads a committee's tree; and once
    published, the grades of one's own cell (`published_for`).
    """
    powers = powers_of(user)
    if powers.member_id is None:
        return Entry.objects.none()
    return Entry.objects.filter(_known(powers))


def published_for(user: User) -> QuerySet[Entry]:
    """Return the entries whose decided grade was made public to a person: members and organisations of own cells."""
    powers = powers_of(user)
    if powers.member_id is None:
        return Entry.objects.none()
    public = Q(decision_lines__decision__published_on__isnull=False, state=Entry.State.DECIDED)
    return Entry.objects.filter(public, unit__in=powers.own_cells).distinct()


def texts_for(user: User) -> QuerySet[Entry]:
    """Return the entries whose self-review a person may read: as writer, cell committee, deciding committee."""
    powers = powers_of(user)
    if powers.member_id is None:
        return Entry.objects.none()
    return Entry.objects.filter(_read(powers))


def reads_texts(by: Actor, entry: Entry) -> bool:
    """Tell whether a person may read the self-review of an entry."""
    if isinstance(by, Machine):
        return True
    return texts_for(by).filter(pk=entry.pk).exists()


def is_own(by: Actor, entry: Entry) -> bool:
    """Tell whether an entry is the person's own, or of a collective or organisation that the person heads."""
    if isinstance(by, Machine):
        return False
    powers = powers_of(by)
    if entry.member_id is not None:
        return entry.member_id == powers.member_id
    return entry.unit_id in powers.cells_led | powers.keeps


def may_type_for(by: Actor, entry: Entry) -> bool:
    """Tell whether a person may type a self-review in from paper: the cell's committee, or who runs the cycle."""
    if isinstance(by, Machine):
        return True
    powers = powers_of(by)
    if entry.member_id is not None and entry.member_id == powers.member_id:
        return False
    return entry.unit_id in seated_in(powers) or runs_cycle(by, entry.cycle.unit_id)


def require_write(by: Actor, entry: Entry) -> None:
    """Raise Denied unless a person may write the self-review of an entry, as their own or for another."""
    if not is_own(by, entry) and not may_type_for(by, entry):
        message = _("Bản kiểm điểm do chính người ấy viết, hoặc chi ủy ghi hộ từ bản giấy.")
        raise Denied(message)


def leads_review(by: Actor, entry: Entry) -> bool:
    """Tell whether a person heads the cell of an entry (from above where it has no head), or runs the cycle."""
    if isinstance(by, Machine):
        return True
    powers = powers_of(by)
    heads = entry.unit_id in powers.cells_led or entry.unit_id in powers.units_stood_in_for
    return heads or runs_cycle(by, entry.cycle.unit_id)


def _known(powers: Powers) -> Q:
    return (
        Q(member_id=powers.member_id)
        | Q(unit__in=seated_in(powers) | powers.units_led)
        | Q(of=Entry.Of.COLLECTIVE, unit__in=decides_in(powers))
    )


def _read(powers: Powers) -> Q:
    deciding = decides_in(powers)
    return (
        Q(member_id=powers.member_id)
        | Q(unit__in=seated_in(powers) | deciding)
        | Q(cycle__unit__in=deciding)
        # The committee above decides on the organisation and its leading collectives, not on its members.
        | (~Q(of=Entry.Of.MEMBER) & Q(cycle__unit__in=powers.units_kept))
    )
