"""The steps of an import: choose, read, answer, write, give up. Reading and writing run as background tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction

from hatnhan.core.errors import HatNhanError, RuleBroken
from hatnhan.organization.models import RosterImport, RosterImportRow, Unit
from hatnhan.organization.permissions import Action, require
from hatnhan.organization.roster import SheetError, read_roster
from hatnhan.organization.roster.compare import compare
from hatnhan.organization.roster.plan import Answers, Plan, Same, Status
from hatnhan.organization.roster.telling import told_row, told_understanding
from hatnhan.organization.roster.words import say as _
from hatnhan.organization.roster.write import write

if TYPE_CHECKING:
    from datetime import datetime
    from typing import IO

    from hatnhan.accounts.models import User

_State = RosterImport.State


@transaction.atomic
def start_import(*, unit: Unit, upload: IO[bytes], filename: str, by: User, at: datetime) -> RosterImport:
    """Keep an uploaded file for reading; an unfinished import of the same person into the same unit is given up."""
    require(by, Action.ROSTER_IMPORT, unit)
    for old in RosterImport.objects.filter(by=by, unit=unit, state__in=(_State.READING, _State.READY)):
        drop_import(job=old, by=by, at=at)
    job = RosterImport(unit=unit, by=by, filename=filename[-200:], uploaded_at=at)
    job.file.save("danh-sach" + suffix(filename), File(upload), save=False)
    job.save(force_insert=True)
    return job


def suffix(filename: str) -> str:
    """Return the extension of a name with its dot, in small letters; "" when it has none."""
    dot = filename.rfind(".")
    return filename[dot:].lower() if dot > 0 else ""


def read_import(*, job: RosterImport, at: datetime) -> None:
    """Read the file, lay it beside the books and keep what would happen; a bad file ends the import with its reason."""
    try:
        plan = make_plan(job, at)
    except SheetError as error:
        _finish(job, _State.FAILED, at, error=error.message_vi)
        _throw_away(job)
        return
    keep_plan(job, plan)


def make_plan(job: RosterImport, at: datetime) -> Plan:
    """Return the plan of an import as the books stand now. Raises SheetError."""
    day = at.date()
    return compare(read_roster(job.file.path, job.filename, on=day), job.unit, day, answers_of(job))


def answers_of(job: RosterImport) -> Answers:
    """Return what the person has answered so far."""
    same = {int(number): Same(answer) for number, answer in job.answers.get("same", {}).items()}
    return Answers(cells=dict(job.answers.get("cells", {})), same=same)


@transaction.atomic
def keep_plan(job: RosterImport, plan: Plan) -> None:
    """Keep a plan's rows (but for unchanged ones, which are only counted) and let the person look at it."""
    job.rows.all().delete()
    headings = {column.role: column.heading for column in plan.understanding.columns}
    shown = (row for row in plan.rows if row.status is not Status.UNCHANGED)
    RosterImportRow.objects.bulk_create(
        [
            RosterImportRow(job=job, number=row.number, status=row.status, name=row.record.full_name,
                            details=told_row(row, headings))
            for row in shown
        ],
        batch_size=1000,
    )  # fmt: skip
    job.understanding = told_understanding(plan.understanding) | {"missing": plan.missing_from_file}
    job.counts, job.digest, job.state = plan.counts, plan.digest, _State.READY
    job.progress = len(plan.rows)
    job.save(update_fields=["understanding", "counts", "digest", "state", "progress"])


def answer_import(*, job: RosterImport, cells: dict[str, int], same: dict[int, Same], by: User) -> None:
    """Keep answers; the file must then be read again. Raises RuleBroken when the import is no longer open."""
    require(by, Action.ROSTER_IMPORT, job.unit)
    _guard(job, _State.READY, _State.READING)
    job.answers = {
        "cells": job.answers.get("cells", {}) | cells,
        "same": job.answers.get("same", {}) | {str(number): answer.value for number, answer in same.items()},
    }
    job.save(update_fields=["answers"])


def approve_import(*, job: RosterImport, by: User) -> None:
    """Let a plan without problems be written, in the background; refuse one that has any, or that is being written."""
    require(by, Action.ROSTER_IMPORT, job.unit)
    if job.counts.get("problem") or job.counts.get("question"):
        raise RuleBroken(
            "import_not_ready", _("Còn dòng có vấn đề hoặc câu chưa trả lời, nên chưa ghi gì vào sổ.")
        )
    _guard(job, _State.READY, _State.WRITING)


def write_import(*, job: RosterImport, at: datetime) -> None:
    """Write the approved plan, all or nothing; if the books changed since it was seen, show the new plan instead."""
    try:
        with transaction.atomic():
            plan = make_plan(job, at)
            if plan.digest != job.digest:
                keep_plan(job, plan)
                job.error = _("Sổ đã thay đổi từ lúc đồng chí xem trước, nên chưa ghi gì. Xem lại rồi ghi.")
                job.save(update_fields=["error"])
                return
            write(plan=plan, unit=job.unit, filename=job.filename, by=job.by, at=at)
            _finish(job, _State.DONE, at)
    except HatNhanError as error:
        _finish(job, _State.FAILED, at, error=str(error))
    _throw_away(job)


def drop_import(*, job: RosterImport, by: User, at: datetime) -> None:
    """Give an import up; the file goes, the books stay as they are."""
    require(by, Action.ROSTER_IMPORT, job.unit)
    if (
        RosterImport.objects.filter(pk=job.pk, state__in=(_State.READING, _State.READY)).update(
            state=_State.DROPPED
        )
        == 1
    ):
        _finish(job, _State.DROPPED, at)
        _throw_away(job)


def _guard(job: RosterImport, old: str, new: str) -> None:
    if RosterImport.objects.filter(pk=job.pk, state=old).update(state=new, error="") != 1:
        raise RuleBroken("import_closed", _("Lần nhập này đã được ghi hoặc đã bỏ. Mở lại trang để xem."))
    job.state, job.error = new, ""


def _finish(job: RosterImport, state: str, at: datetime, error: str = "") -> None:
    job.state, job.finished_at, job.error = state, at, error
    job.save(update_fields=["state", "finished_at", "error"])


def _throw_away(job: RosterImport) -> None:
    """Remove the file and its rows: the roster's personal data are not kept twice."""
    job.rows.all().delete()
    job.file.delete(save=False)
    job.save(update_fields=["file"])
