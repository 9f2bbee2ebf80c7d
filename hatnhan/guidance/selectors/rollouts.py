"""Reading roll-outs: the list, one plan, the cells it is for, where tasks come from, what presses a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.assignments.matters import Matter
from hatnhan.assignments.origins import Origin
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.guidance.models import CellRollOut, Document, PointTask, RollOut, Variant
from hatnhan.guidance.selectors import following
from hatnhan.meetings.models import AgendaItem
from hatnhan.organization.cell_kinds import kinds
from hatnhan.organization.models import Level, Unit
from hatnhan.organization.selectors.units import reading_order

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.guidance.models.rollout import RollOutQuerySet

STATES = {
    "dang-soan": (RollOut.State.DRAFT, gettext_lazy("Đang soạn")),
    "dang-trien-khai": (RollOut.State.APPROVED, gettext_lazy("Đang triển khai")),
    "da-ket-thuc": (RollOut.State.CLOSED, gettext_lazy("Đã kết thúc")),
}


def title_of(roll_out: RollOut) -> str:
    """Return what a roll-out is called on agendas and in lists; reads its document."""
    document = roll_out.document
    return _("Triển khai %(number)s: %(subject)s") % {"number": document.number, "subject": document.subject}


def roll_outs_for(user: User, unit: Unit, on: date, state: str = "") -> RollOutQuerySet:
    """Return the roll-outs of a unit, its line and what is below it, the latest first; ``state`` a key of STATES."""
    near = Q(unit__in=unit.lineage(on)) | Q(unit__in=Unit.objects.under(unit.pk, on).values("pk"))
    rows: RollOutQuerySet = RollOut.objects.visible_to(user).filter(near)
    if state in STATES:
        rows = rows.filter(state=STATES[state][0])
    counted = rows.annotate(cell_count=Count("cells", filter=Q(cells__left_on=None)))
    return counted.select_related("unit", "document", "lead").order_by("-drafted_at", "-pk")


def roll_out_for(user: User, pk: int) -> RollOut:
    """Return a roll-out with its unit, document and lead. Raises Missing unless the person may see it."""
    rows = RollOut.objects.visible_to(user).select_related("unit", "document__unit", "lead")
    found: RollOut | None = rows.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def of_document(user: User, document: Document, unit: Unit) -> RollOut | None:
    """Return the roll-out that a unit has of a document, if the person may see it."""
    found: RollOut | None = (
        RollOut.objects.visible_to(user).filter(document=document, unit=unit).select_related("unit").first()
    )
    return found


def cells_below(unit_id: int, on: date) -> list[Unit]:
    """Return the cells that stand below a unit on a day, in Vietnamese order. One query."""
    rows = Unit.objects.under(unit_id, on).existing(on).filter(level=Level.CELL).distinct()
    return sorted(rows, key=lambda cell: reading_order(cell.name))


def kinds_below(unit_id: int, on: date) -> dict[str, int]:
    """Return how many cells of each kind stand below a unit on a day, in the order in which kinds are listed."""
    counts: dict[str, int] = dict.fromkeys(kinds(), 0)
    for cell in cells_below(unit_id, on):
        counts[cell.cell_kind] = counts.get(cell.cell_kind, 0) + 1
    return {kind: count for kind, count in counts.items() if count}


def kinds_missing(roll_out: RollOut, on: date) -> list[str]:
    """Return the kinds of cell that stand below on a day and have no variant, in the order of the list."""
    there = set(Variant.objects.filter(roll_out=roll_out).values_list("cell_kind", flat=True))
    return [kind for kind in kinds_below(roll_out.unit_id, on) if kind not in there]


def cells_of(roll_out: RollOut) -> list[CellRollOut]:
    """Return what each cell was given, in Vietnamese order; those that left last."""
    rows = CellRollOut.objects.filter(roll_out=roll_out).select_related("cell", "variant")
    return sorted(rows, key=lambda one: (one.left_on is not None, reading_order(one.cell.name)))


# --- for the rooms below ----------------------------------------------------------------------------------------------
def of_tasks(task_ids: Collection[int]) -> dict[int, Origin]:
    """Return the roll-out that each task was given in, as the cell's own page shows it. One query."""
    rows = PointTask.objects.filter(task__in=task_ids).select_related("given__roll_out__document")
    return {
        one.task_id: Origin(title_of(one.given.roll_out), reverse("guidance:given", args=[one.given_id]))
        for one in rows
    }


def not_on_agenda(unit: Unit, on: date) -> Iterator[Matter]:
    """Yield the roll-outs that run in a cell and never stood on an agenda of it. Two queries."""
    rows = CellRollOut.objects.filter(
        following.there_on(on), cell=unit, roll_out__in=RollOut.objects.filter(following.running_on(on))
    )
    known = set(
        AgendaItem.objects.filter(meeting__unit=unit, matter__startswith=following.MATTER).values_list(
            "matter", flat=True
        )
    )
    for one in rows.select_related("roll_out__document").order_by("roll_out__held_by", "pk"):
        key = f"{following.MATTER}{one.roll_out_id}"
        if key not in known:
            words = _("Sinh hoạt xong trước hết ngày %(day)s.")
            url = reverse("guidance:given", args=[one.pk])
            detail = words % {"day": written(one.roll_out.held_by)}
            yield Matter(key, title_of(one.roll_out)[:300], detail, url)
