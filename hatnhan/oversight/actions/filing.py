"""The papers of a file: handed in, kept on paper, drawn up here, or not needed for a stated reason."""

from __future__ import annotations

import secrets
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.documents.uploads import kind_of
from hatnhan.organization.actions.checks import day_of, deed, moved_on, require_past, require_text
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import guards
from hatnhan.oversight.actions.silence import require_silent_check
from hatnhan.oversight.models import Case, Check, Dossier, StepPaper
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.rules import steps as rules
from hatnhan.oversight.selectors import steps as selector

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.oversight.selectors.steps import Matter

#: What the deeds on a file are called in the record where the file is of a case: `permissions.OF_CASES`.
_OF_CASE: dict[str, str] = {
    Action.STEP: Action.STEP_CASE,
    Action.FILE: Action.FILE_CASE,
    Action.TAKE: Action.TAKE_CASE,
}


@deed
def file_paper(
    *,
    by: Actor,
    at: datetime,
    paper: StepPaper,
    file: IO[bytes] | None = None,
    name: str = "",
    number: str = "",
    dated: date | None = None,
    kept_at: str = "",
    drawn: bool = False,
) -> None:
    """Put a paper into the file: as a file, as kept on paper somewhere, or as the software draws it up.

    ``name`` is what the file was called; it is recorded, never part of a path. Filing again replaces what was filed
    while its step is open. Raises Denied, and RuleBroken with codes ``closed``, ``step_done``, ``nothing_filed``,
    ``not_drawn_yet``, ``future``, ``empty``, ``too_large``, ``file_kind``, ``names_denouncer``,
    ``already_done``.
    """
    matter = open_paper(by, paper)
    if dated is not None:
        require_past(dated, field="dated")
    drawn = drawn and _require_drawable(paper, matter)
    if file is None and not kept_at.strip() and not drawn:
        message = _("Chưa có gì. Chọn tệp, hoặc ghi nơi lưu bản giấy.")
        raise RuleBroken("nothing_filed", message, field="file")
    require_silent(matter, number=number, kept_at=kept_at, file=name)
    put(by, at, paper, matter, number=number, dated=dated, kept_at=kept_at, file=file, name=name)


def put(
    by: Actor,
    at: datetime,
    paper: StepPaper,
    matter: Matter,
    *,
    number: str = "",
    dated: date | None = None,
    kept_at: str = "",
    file: IO[bytes] | None = None,
    name: str = "",
) -> None:
    """Write a paper into the file as part of a deed that has asked all else."""
    before = paper.file.name
    kept = _save_file(paper, file)
    changes: dict[str, Any] = {
        "state": StepPaper.State.FILED,
        "number": number.strip(),
        "dated": dated,
        "kept_at": kept_at.strip(),
        "because": "",
        "filed_at": at,
        "filed_by": str(by)[:120],
    }
    if kept:
        changes |= {"file": kept, "size": paper.size}
    try:
        _change(paper, **changes)
        details = {
            "paper": paper.title,
            "step": paper.step.title,
            "number": number.strip(),
            "dated": dated,
            "kept_at": kept_at.strip(),
            "file": PurePath(name).name[:120] if kept else "",
            "size": paper.size if kept else 0,
        }
        note(by, at, Action.FILE, matter, {key: value for key, value in details.items() if value})
    except Exception:
        if kept:
            paper.file.storage.delete(kept)
        raise
    if kept and before and before != kept:
        storage = paper.file.storage
        transaction.on_commit(lambda: storage.delete(before))


def _save_file(paper: StepPaper, file: IO[bytes] | None) -> str:
    """Keep a file under a name that is ours alone; return the name, "" for no file."""
    if file is None:
        return ""
    paper.size = file.seek(0, 2)
    kind = kind_of(file, paper.size)
    # generate_filename puts it into the folder of the field.
    wanted = paper.file.field.generate_filename(paper, f"{secrets.token_hex(16)}.{kind}")
    return paper.file.storage.save(wanted, File(file))


def _change(paper: StepPaper, **changes: Any) -> None:
    """Write a paper as it was seen. Raises RuleBroken ``already_done`` when another wrote it since."""
    seen = StepPaper.objects.filter(pk=paper.pk, state=paper.state, filed_at=paper.filed_at)
    if seen.update(**changes) != 1:
        raise moved_on()
    for field, value in changes.items():
        setattr(paper, field, value)


@deed
def excuse_paper(*, by: Actor, at: datetime, paper: StepPaper, reason: str) -> None:
    """Say why a paper is not needed. What was filed is taken out first.

    Raises Denied, and RuleBroken with codes ``closed``, ``step_done``, ``filed``, ``reason_missing``,
    ``names_denouncer``.
    """
    matter = open_paper(by, paper)
    if paper.state == StepPaper.State.FILED:
        message = _("Tài liệu này đã có trong hồ sơ. Rút ra trước khi ghi là không cần.")
        raise RuleBroken("filed", message)
    because = require_text(reason, code="reason_missing", field="reason")
    require_silent(matter, reason=because)
    _change(
        paper,
        state=StepPaper.State.EXCUSED,
        because=because,
        number="",
        dated=None,
        kept_at="",
        filed_at=at,
        filed_by=str(by)[:120],
    )
    note(
        by,
        at,
        Action.FILE,
        matter,
        {"excused": paper.title, "step": paper.step.title, "reason": because},
    )


@deed
def unfile_paper(*, by: Actor, at: datetime, paper: StepPaper) -> None:
    """Take a paper out of the file again, or its excuse back, while its step is open.

    Raises Denied, and RuleBroken with codes ``closed``, ``step_done``, ``already_done`` (there is none).
    """
    matter = open_paper(by, paper)
    if paper.state == StepPaper.State.MISSING:
        raise moved_on()
    kept, storage, before = paper.file.name, paper.file.storage, paper.state
    details = {"taken_out": paper.title, "step": paper.step.title, "was": before, "number": paper.number}
    _change(
        paper,
        state=StepPaper.State.MISSING,
        number="",
        dated=None,
        kept_at="",
        because="",
        file="",
        size=0,
        filed_at=None,
        filed_by="",
    )
    note(by, at, Action.FILE, matter, details)
    if kept:
        transaction.on_commit(lambda: storage.delete(kept))


def _require_drawable(paper: StepPaper, matter: Matter) -> bool:
    facts, minutes = selector.facts_of(matter), selector.minutes_of(matter)
    if not rules.may_draw(paper.drawn, paper.key, facts, minutes):
        message = _("Chưa có gì để soạn tài liệu này. Ghi việc ấy trước.")
        raise RuleBroken("not_drawn_yet", message)
    return True


def open_paper(by: Actor, paper: StepPaper) -> Matter:
    """Return the matter of a paper that may be changed now, with its file locked.

    Raises Denied, and RuleBroken ``closed``, ``step_done``.
    """
    matter = open_matter(by, paper.step.dossier)
    paper.step.refresh_from_db()
    if selector.is_settled(paper.step):
        message = _("Bước này đã ghi là xong. Mở lại bước trước khi sửa tài liệu.")
        raise RuleBroken("step_done", message)
    return matter


def open_matter(by: Actor, dossier: Dossier) -> Matter:
    """Return the check or case of a file that is not closed, locked. Raises Denied, and RuleBroken ``closed``."""
    now = Dossier.objects.select_for_update().get(pk=dossier.pk)
    matter = selector.matter_of(now)
    if isinstance(matter, Check):
        permissions.require_work(by, matter)
        return guards.lock_running(matter)
    permissions.require_handle(by, matter)
    if now.closed_on is not None:
        raise RuleBroken("closed", _("Hồ sơ này đã nộp lưu, không ghi thêm."))
    return matter


def require_silent(matter: Matter, **texts: str) -> None:
    """Raise RuleBroken ``names_denouncer`` for a text, by field, that says who wrote the letter a check looks into."""
    if isinstance(matter, Check):
        require_silent_check(matter, **texts)


def note(by: Actor, at: datetime, action: str, matter: Matter, details: dict[str, Any]) -> None:
    """Record a deed on the file of a check or a case; of a case under a name of its own, which few may read."""
    case = matter if isinstance(matter, Case) else None
    record(
        by=by,
        action=_OF_CASE[action] if case else action,
        at=at,
        target=matter,
        unit_id=matter.unit_id,
        subject_id=case.member_id if case else None,
        details=details,
    )


def record_taken(*, by: Actor, at: datetime, paper: StepPaper, matter: Matter) -> None:
    """Record that a file of a check or a case was taken away. The page asked who may."""
    if not isinstance(by, Machine):
        note(by, at, Action.TAKE, matter, {"paper": paper.title, "on": day_of(at)})
