"""Who has to study a document and who has: the one definition that pages, figures, deadlines and follow-up share.

- A document is asked of the cells that were given its roll-out. Where it has none: of all cells under the units that
  hold a session of it.
- It is due from the official members of those cells on the day, but not from those whom a decision exempts that day,
  nor from those excused from studying it. Excused is who stood so that day, with a reason, in a list of studying by
  oneself (`Excuse`); who was away from a session in a room with a reason still has to study.
- Who was present at a session of it, or acknowledged reading any version, has studied, excused or not.

All as it stood on the day asked for: nothing that came after it counts.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q

from hatnhan.core import clock
from hatnhan.core.dated import in_force
from hatnhan.guidance.models import CellRollOut, Document, Reading, RollOut, Session, SessionPlace
from hatnhan.organization.models import Exemption, Member, Membership, Unit, UnitAncestry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from django.db.models import QuerySet

_Mark = SessionPlace.Mark
_LINE = "cell__memberships__"
_TREE = "unit__descents__"
_TREE_LINE = "unit__descents__unit__memberships__"


class Owing(NamedTuple):
    """That a member of a cell has a document to study, and whether it was done."""

    document_id: int
    cell_id: int
    member_id: int
    studied: bool


def due(document: Document, unit: Unit | None, on: date) -> QuerySet[Member]:
    """Return the members from whom studying a document is due, in the tree of a unit, or (None) anywhere.

    One query here, to know whether it was rolled out; the answer is one more.
    """
    found = Member.objects.filter(pk__in=_belonging(_cells(document, on), unit, on))
    return found.filter(_owes("pk", document.pk, on))


def studied(document: Document, unit: Unit | None, on: date) -> QuerySet[Member]:
    """Return those of `due` who have studied it."""
    return due(document, unit, on).filter(_has_studied("pk", document.pk, on))


def not_studied(document: Document, unit: Unit | None, on: date) -> QuerySet[Member]:
    """Return those of `due` who have not studied it, in the order of names: a list to act on."""
    return due(document, unit, on).exclude(_has_studied("pk", document.pk, on)).order_by("sort_key", "pk")


def excused(document: Document, unit: Unit | None, on: date) -> QuerySet[Member]:
    """Return those of the cells asked who are excused from studying it and have not studied it all the same."""
    found = Member.objects.filter(pk__in=_belonging(_cells(document, on), unit, on))
    theirs = _is_excused("pk", document.pk, on) & ~_has_studied("pk", document.pk, on)
    return found.filter(~_is_exempt("pk", on) & theirs).order_by("sort_key", "pk")


def counts(
    documents: Iterable[Document], units: Iterable[Unit], on: date
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return (studied, due) by (document's id, cell's id), for the cells of the trees of some units.

    A cell without a member that it is due from is not named. Two queries, whatever the number of cells or documents.
    """
    keys = [one.pk for one in documents]
    given, alone = _by_roll_out(keys, units, on), _by_session(keys, units, on)
    rows = [
        *_counted(given, "roll_out__document_id", "cell_id", _LINE, on),
        *_counted(alone, "document_id", f"{_TREE}unit_id", _TREE_LINE, on),
    ]
    return {(document, cell): (done, of) for document, cell, done, of in rows if of}


def owing(documents: Iterable[Document], units: Iterable[Unit], on: date) -> list[Owing]:
    """Return the people behind `counts`, studied or not; two queries whatever the number of cells or documents."""
    keys = [one.pk for one in documents]
    given, alone = _by_roll_out(keys, units, on), _by_session(keys, units, on)
    rows = [
        *_people(given, "roll_out__document_id", "cell_id", _LINE, on),
        *_people(alone, "document_id", f"{_TREE}unit_id", _TREE_LINE, on),
    ]
    return [Owing(*row) for row in dict.fromkeys(rows)]


def owed_by(member: Member, on: date) -> QuerySet[Document]:
    """Return the documents a member still has to study on a day, newest first.

    Neither those of roll-outs that were closed nor those no longer in force that day.
    """
    cells = Membership.objects.on(on).filter(member=member, kind=Membership.Kind.OFFICIAL).values("unit")
    given = _standing(CellRollOut.objects.filter(cell__in=cells), on)
    open_ones = given.exclude(roll_out__state=RollOut.State.CLOSED, roll_out__closed_on__lte=on)
    above = UnitAncestry.objects.on(on).filter(unit__in=cells).values("ancestor")
    alone = _lone_sessions(on).filter(unit__in=above)
    asked = Q(pk__in=open_ones.values("roll_out__document")) | Q(pk__in=alone.values("document"))
    still = Document.objects.filter(asked).filter(Q(effective_to=None) | Q(effective_to__gt=on))
    if Exemption.objects.on(on).filter(member=member).exists():
        return still.none()
    places = SessionPlace.objects.filter(member=member)
    done = places.filter(present(on)).values("session__document")
    excused_from = places.filter(away(on)).values("session__document")
    read = Reading.objects.filter(member=member, read_on__lte=on).values("document")
    return still.exclude(Q(pk__in=done) | Q(pk__in=read) | Q(pk__in=excused_from))


def end_of(on: date) -> datetime:
    """Return the first moment after a day, in Vietnamese time."""
    return datetime.combine(on + timedelta(days=1), time.min, clock.HERE)


def is_asked(document: Document) -> bool:
    """Return whether studying a document was ever asked of anybody: given to cells, or a session of it planned."""
    given = CellRollOut.objects.filter(roll_out__document=document)
    held = Session.objects.filter(document=document).exclude(state=Session.State.CANCELLED)
    return given.exists() or held.exists()


# --- which cells ------------------------------------------------------------------------------------------------------
def _standing(given: QuerySet[CellRollOut], on: date) -> QuerySet[CellRollOut]:
    return given.filter(Q(left_on=None) | Q(left_on__gt=on), given_on__lte=on)


def _cells(document: Document, on: date) -> QuerySet[CellRollOut, int] | QuerySet[UnitAncestry, int]:
    """Return the ids of the cells that a document is asked of on a day."""
    given = CellRollOut.objects.filter(roll_out__document=document, given_on__lte=on)
    if given.exists():
        return _standing(given, on).values_list("cell_id", flat=True)
    holders = _sessions(on).filter(document=document).values("unit")
    return UnitAncestry.objects.on(on).filter(ancestor__in=holders).values_list("unit_id", flat=True)


def _sessions(on: date) -> QuerySet[Session]:
    return Session.objects.filter(starts_at__lt=end_of(on)).exclude(state=Session.State.CANCELLED)


def _lone_sessions(on: date) -> QuerySet[Session]:
    """Return the sessions of documents that were not rolled out."""
    rolled = CellRollOut.objects.filter(roll_out__document=OuterRef("document_id"), given_on__lte=on)
    return _sessions(on).filter(~Exists(rolled))


def _belonging(
    cells: QuerySet[CellRollOut, int] | QuerySet[UnitAncestry, int], unit: Unit | None, on: date
) -> QuerySet[Membership, int]:
    rows = Membership.objects.on(on).filter(kind=Membership.Kind.OFFICIAL, unit__in=cells)
    if unit is not None:
        rows = rows.filter(unit__in=_below([unit], on))
    return rows.values_list("member_id", flat=True)


def _below(units: Iterable[Unit], on: date) -> QuerySet[UnitAncestry, int]:
    roots = [one.pk for one in units]
    return UnitAncestry.objects.on(on).filter(ancestor__in=roots).values_list("unit_id", flat=True)


# --- who of them ------------------------------------------------------------------------------------------------------
def present(on: date) -> Q:
    """Return what tells a place of somebody who studied at a session by a day."""
    return Q(mark=_Mark.PRESENT, session__state=Session.State.HELD, session__starts_at__lt=end_of(on))


def away(on: date) -> Q:
    """Return what tells a place of somebody excused from studying on a day, whatever its mark is by now."""
    return in_force(on, "excuses__")


def _has_studied(member: str, document: int | OuterRef, on: date) -> Q:
    """Return the condition that somebody, named by the path ``member``, has studied a document by a day."""
    places = SessionPlace.objects.filter(
        present(on), member_id=OuterRef(member), session__document_id=document
    )
    read = Reading.objects.filter(member_id=OuterRef(member), document_id=document, read_on__lte=on)
    return Q(Exists(places)) | Q(Exists(read))


def _is_excused(member: str, document: int | OuterRef, on: date) -> Q:
    places = SessionPlace.objects.filter(away(on), member_id=OuterRef(member), session__document_id=document)
    return Q(Exists(places))


def _is_exempt(member: str, on: date) -> Q:
    return Q(Exists(Exemption.objects.on(on).filter(member_id=OuterRef(member))))


def _owes(member: str, document: int | OuterRef, on: date) -> Q:
    has = _has_studied(member, document, on)
    return ~_is_exempt(member, on) & (has | ~_is_excused(member, document, on))


# --- many at once -----------------------------------------------------------------------------------------------------
def _by_roll_out(keys: Collection[int], units: Iterable[Unit], on: date) -> QuerySet[CellRollOut]:
    """Return what cells were given, joined to their members of the day."""
    given = CellRollOut.objects.filter(roll_out__document__in=keys, cell__in=_below(units, on))
    members = in_force(on, _LINE) & Q(**{f"{_LINE}kind": Membership.Kind.OFFICIAL})
    return _standing(given, on).filter(members).order_by()


def _by_session(keys: Collection[int], units: Iterable[Unit], on: date) -> QuerySet[Session]:
    """Return sessions of documents that were not rolled out, joined to the members below who holds them."""
    members = in_force(on, _TREE_LINE) & Q(**{f"{_TREE_LINE}kind": Membership.Kind.OFFICIAL})
    below = in_force(on, _TREE) & Q(**{f"{_TREE}unit__in": _below(units, on)})
    return _lone_sessions(on).filter(document__in=keys).filter(below & members).order_by()


def _counted(
    rows: QuerySet[CellRollOut] | QuerySet[Session], document: str, cell: str, line: str, on: date
) -> Iterable[tuple[int, int, int, int]]:
    member = f"{line}member_id"
    has, owes = _has_studied(member, OuterRef(document), on), _owes(member, OuterRef(document), on)
    grouped = rows.values(doc=F(document), where=F(cell)).annotate(
        done=Count(member, filter=owes & has, distinct=True), of=Count(member, filter=owes, distinct=True)
    )
    return grouped.values_list("doc", "where", "done", "of")


def _people(
    rows: QuerySet[CellRollOut] | QuerySet[Session], document: str, cell: str, line: str, on: date
) -> Iterable[tuple[int, int, int, bool]]:
    member = f"{line}member_id"
    found = rows.filter(_owes(member, OuterRef(document), on)).annotate(
        has=_has_studied(member, OuterRef(document), on)
    )
    return found.values_list(document, cell, member, "has")
