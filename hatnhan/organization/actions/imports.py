"""The steps of an import: choose, read, answer, write, give up. Reading and writing run as background tasks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction

from hatnhan.core.errors import HatNhanError, RuleBroken
from hatnhan.organization.actions.checks import day_of
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
    from hatnhan.organization.roster.records import RosterSheet

_State = RosterImport.State


#: After how many days an upload that nobody finished is given up: it holds personal data.
_KEPT_DAYS = 7


def give_up_stale_imports(*, at: datetime) -> int:
    """Throw away uploads that nobody finished in a week, those that a killed worker left half-way included.

    Returns how many. Called whenever somebody chooses a new file.
    """
    stale = RosterImport.objects.filter(
        state__in=RosterImport.OPEN_STATES, uploaded_at__lt=at - timedelta(days=_KEPT_DAYS)
    )
    jobs = list(stale)
    for job in jobs:
        if _settle(job, _State.DROPPED, *RosterImport.OPEN_STATES):
            _close(job, at)
            _throw_away(job)
    return len(jobs)


@transaction.atomic
def start_import(*, unit: Unit, upload: IO[bytes], filename: str, by: User, at: datetime) -> RosterImport:
    """Keep an uploaded file for reading; an unfinished import of the same person into the same unit is given up."""
    require(by, Action.ROSTER_IMPORT, unit)
    give_up_stale_imports(at=at)
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
        keep_plan(job, make_plan(job, at))
    except SheetError as error:
        _fail(job, at, error.message_vi)
    except Exception:
        _fail(job, at, _("Phần mềm gặp lỗi khi đọc tệp này. Báo quản trị kỹ thuật; sổ giữ nguyên như cũ."))
        raise


def make_plan(job: RosterImport, at: datetime) -> Plan:
    """Return the plan of an import as the books stand now. Raises SheetError."""
    return _planned(job, _sheet(job, at), at)


def _sheet(job: RosterImport, at: datetime) -> RosterSheet:
    return read_roster(job.file.path, job.filename, on=day_of(at))


def _planned(job: RosterImport, sheet: RosterSheet, at: datetime) -> Plan:
    return compare(sheet, job.unit, day_of(at), answers_of(job))


def answers_of(job: RosterImport) -> Answers:
    """Return what the person has answered so far."""
    same = {int(number): Same(answer) for number, answer in job.answers.get("same", {}).items()}
    return Answers(cells=dict(job.answers.get("cells", {})), same=same)


@transaction.atomic
def keep_plan(job: RosterImport, plan: Plan) -> None:
    """Keep a plan's rows (but for unchanged ones, which are only counted) and let the person look at it.

    An import that was given up while it was read stays given up.
    """
    if not _settle(job, _State.READY):
        return
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
    job.counts, job.digest, job.progress = plan.counts, plan.digest, len(plan.rows)
    job.save(update_fields=["understanding", "counts", "digest", "progress"])


def answer_import(*, job: RosterImport, cells: dict[str, int], same: dict[int, Same], by: User) -> None:
    """Keep answers; the file must then be read again. Raises RuleBroken when the import is no longer open."""
    require(by, Action.ROSTER_IMPORT, job.unit)
    _guard(job, _State.READY, _State.READING)
    job.answers = {
        "cells": job.answers.get("cells", {}) | cells,
        "same": job.answers.get("same", {}) | {str(number): answer.value for number, answer in same.items()},
    }
    job.save(update_fields=["answers"])


def approve_import(*, job: RosterImport, by: User, seen: str) -> None:
    """Let a plan without problems be written, in the background; ``seen`` is the digest of the plan that was shown.

    Raises Denied, and RuleBroken with codes ``import_changed`` (it is no longer the plan that was seen),
    ``import_not_ready`` (it has problems or questions), ``import_closed``.
    """
    require(by, Action.ROSTER_IMPORT, job.unit)
    if job.state == _State.READY and job.digest != seen:
        raise RuleBroken("import_changed", _("Bản xem trước đã thay đổi, nên chưa ghi gì. Xem lại rồi ghi."))
    if job.counts.get("problem") or job.counts.get("question"):
        raise RuleBroken(
            "import_not_ready", _("Còn dòng có vấn đề hoặc câu chưa trả lời, nên chưa ghi gì vào sổ.")
        )
    _guard(job, _State.READY, _State.WRITING, digest=seen)


def write_import(*, job: RosterImport, at: datetime) -> None:
    """Write the approved plan, all or nothing; if the books changed since it was seen, show the new plan instead.

    Run twice at once, it writes once.
    """
    try:
        sheet = _sheet(job, at)  # before the transaction: all other writers would wait for it
        with transaction.atomic():
            written = _write(job, sheet, at)
    except HatNhanError as error:
        _fail(job, at, str(error))
    except Exception:
        _fail(
            job,
            at,
            _("Phần mềm gặp lỗi khi ghi, nên chưa ghi gì. Chọn lại tệp; nếu vẫn lỗi, báo quản trị kỹ thuật."),
        )
        raise
    else:
        if written:
            _throw_away(job)


def _write(job: RosterImport, sheet: RosterSheet, at: datetime) -> bool:
    if not _settle(job, _State.DONE, _State.WRITING):
        return False
    plan = _planned(job, sheet, at)
    if plan.digest == job.digest:
        write(plan=plan, unit=job.unit, filename=job.filename, by=job.by, at=at)
        _close(job, at)
        return True
    _settle(job, _State.WRITING, _State.DONE)
    keep_plan(job, plan)
    job.error = _("Sổ đã thay đổi từ lúc đồng chí xem trước, nên chưa ghi gì. Xem lại rồi ghi.")
    job.save(update_fields=["error"])
    return False


def drop_import(*, job: RosterImport, by: User, at: datetime) -> None:
    """Give an import up; the file goes, the books stay as they are."""
    require(by, Action.ROSTER_IMPORT, job.unit)
    if _settle(job, _State.DROPPED, _State.READING, _State.READY):
        _close(job, at)
        _throw_away(job)


def _guard(job: RosterImport, old: str, new: str, **more: str) -> None:
    if RosterImport.objects.filter(pk=job.pk, state=old, **more).update(state=new, error="") != 1:
        raise RuleBroken("import_closed", _("Lần nhập này đã được ghi hoặc đã bỏ. Mở lại trang để xem."))
    job.state, job.error = new, ""


def _settle(job: RosterImport, new: str, *old: str) -> bool:
    """Move an import on from where it is being worked at, or from ``old``; False where it no longer is there."""
    working = RosterImport.objects.filter(pk=job.pk, state__in=old or (_State.READING, _State.WRITING))
    if working.update(state=new) != 1:
        return False
    job.state = new
    return True


def _fail(job: RosterImport, at: datetime, error: str) -> None:
    if _settle(job, _State.FAILED):
        _close(job, at, error)
        _throw_away(job)


def _close(job: RosterImport, at: datetime, error: str = "") -> None:
    job.finished_at, job.error = at, error
    job.save(update_fields=["finished_at", "error"])


def _throw_away(job: RosterImport) -> None:
    """Remove the file and its rows: the roster's personal data are not kept twice."""
    job.rows.all().delete()
    job.file.delete(save=False)
    job.save(update_fields=["file"])
