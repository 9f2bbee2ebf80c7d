"""Making and closing the file of a check or of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.organization.actions.checks import moved_on
from hatnhan.oversight.models import Dossier, Step, StepPaper
from hatnhan.oversight.rules import steps as rules

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.rulebook.topics.oversight import Procedure
    from hatnhan.rulebook.types import Rule


def make_dossier(procedure: Rule[Procedure], opened_on: date, ends_by: date | None = None) -> Dossier:
    """Make a file with all steps and papers of a procedure; part of the deed that opens the matter.

    ``ends_by`` is the last day (inclusive) to conclude where that is earlier than the procedure's own.
    """
    made = Dossier.objects.create(
        procedure=procedure.topic, rule_version=procedure.version, opened_on=opened_on
    )
    planned = procedure.value.steps
    dues = rules.due_days(planned, opened_on, ends_by)
    steps = [
        Step(dossier=made, key=one.key, place=place, stage=one.stage, title=one.title, due=due)
        for place, (one, due) in enumerate(zip(planned, dues, strict=True), start=1)
    ]
    Step.objects.bulk_create(steps)
    by_place = {one.place: one for one in Step.objects.filter(dossier=made)}
    StepPaper.objects.bulk_create(
        StepPaper(step=by_place[one.step], key=one.key, place=place, title=one.title, drawn=one.drawn)
        for place, one in enumerate(procedure.value.papers, start=1)
    )
    return made


def close_dossier(dossier: Dossier, on: date) -> None:
    """Close a file once every step of it is settled; part of the deed that settles the last one."""
    if Dossier.objects.filter(pk=dossier.pk, closed_on=None).update(closed_on=on) != 1:
        raise moved_on()
    dossier.closed_on = on
