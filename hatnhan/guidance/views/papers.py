"""The official papers of the room, as PDF to print and DOCX to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from hatnhan.core import clock
from hatnhan.documents import formats, registry
from hatnhan.guidance.actions import taking
from hatnhan.guidance.selectors import papers, rollouts

if TYPE_CHECKING:
    from django.db.models import Model

    from hatnhan.core.http import Request


def plan(request: Request, pk: int) -> HttpResponse:
    """Hand over the plan of a roll-out."""
    one = rollouts.roll_out_for(request.user, pk)
    return _hand_over(request, papers.PLAN, one, one, one.unit_id, f"ke-hoach-{pk}")


def variant(request: Request, pk: int, kind: str) -> HttpResponse:
    """Hand over what a kind of cell is given."""
    one = papers.variant_for(request.user, pk, kind)
    unit_id = one.roll_out.unit_id
    return _hand_over(request, papers.VARIANT, one, one.roll_out, unit_id, f"ban-cu-the-hoa-{pk}-{kind}")


def follow_up(request: Request, pk: int, months: int) -> HttpResponse:
    """Hand over the report of a roll-out after some months."""
    one = papers.follow_up_for(request.user, pk, months, request.as_of)
    name = f"bao-cao-trien-khai-{pk}-{months}-thang"
    return _hand_over(request, papers.FOLLOW_UP, one, one.roll_out, one.roll_out.unit_id, name)


def study(request: Request, pk: int) -> HttpResponse:
    """Hand over who studied a document in the unit looked at."""
    one = papers.study_for(request.user, pk, request.unit, request.as_of)
    name = f"danh-sach-hoc-tap-{pk}-{one.unit.code}"
    return _hand_over(request, papers.STUDY, one, one.document, one.unit.pk, name)


def registration(request: Request, pk: int) -> HttpResponse:
    """Hand over a registration for a year under the Directive; the member sees who took it."""
    one = papers.registration_for(request.user, pk)
    name = f"dang-ky-{one.year}-{pk}"
    subject = one.member_id
    return _hand_over(request, papers.REGISTRATION, one, one, one.unit_id, name, subject)


def _hand_over(  # noqa: PLR0913, PLR0917 - what is recorded and what is handed over, in one place
    request: Request,
    key: str,
    thing: object,
    about: Model,
    unit_id: int,
    name: str,
    subject_id: int | None = None,
) -> HttpResponse:
    """Draw up a paper as PDF or (``dang=docx``) as a text to go on with, and record who took it."""
    form = formats.of(request.GET.get("dang", ""))
    made = form.render(registry.draw_of(key, thing))
    taking.record_taken(
        by=request.user,
        at=clock.now(),
        about=about,
        unit_id=unit_id,
        paper=key,
        form=form.ending,
        subject_id=subject_id,
    )
    answer = HttpResponse(made, content_type=form.mime)
    answer["Content-Disposition"] = f'{form.disposition}; filename="{name}.{form.ending}"'
    return answer
