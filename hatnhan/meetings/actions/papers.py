"""Papers on an item, sent ahead."""

from __future__ import annotations

import secrets
from pathlib import PurePath
from typing import IO, TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction

from hatnhan.accounts.models import User
from hatnhan.audit.actions import record
from hatnhan.core.vietnamese import nfc
from hatnhan.documents.uploads import TYPES, kind_of
from hatnhan.meetings import permissions
from hatnhan.meetings.actions.agenda import require_changeable
from hatnhan.meetings.models import Paper
from hatnhan.meetings.permissions import Action
from hatnhan.organization.actions.checks import deed, moved_on
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.meetings.models import AgendaItem, Meeting

_LONGEST_NAME = 190


@deed
def upload_paper(*, by: Actor, at: datetime, item: AgendaItem, file: IO[bytes], name: str) -> Paper:
    """Put a paper on an item of a meeting that has not ended; by the table, or by whoever presents the item.

    ``name`` is what it is called on screen; "" takes the file's own. Raises Denied, and RuleBroken with codes
    ``agenda_closed``, ``empty``, ``too_large``, ``file_kind``, ``already_done`` (the item is in the backlog).
    """
    meeting = _meeting_of(item)
    require_may_hand_in(by, item)
    require_changeable(meeting)
    size = file.seek(0, 2)
    kind = kind_of(file, size)
    paper = Paper(item=item, name=_named(name, file, kind), size=size, uploaded_at=at, by_name=str(by)[:120])
    # The name on disk is ours alone: nothing of what was typed gets into a path.
    paper.file.save(f"{secrets.token_hex(16)}.{kind}", File(file), save=False)
    try:
        paper.save(force_insert=True)
        details = {"paper": paper.name, "item": item.title, "size": size}
        record(by=by, action=Action.PAPER, at=at, target=meeting, unit_id=meeting.unit_id, details=details)
    except Exception:
        paper.file.delete(save=False)
        raise
    return paper


@deed
def remove_paper(*, by: Actor, at: datetime, paper: Paper) -> None:
    """Take a paper off its item. Raises Denied, and RuleBroken with codes ``agenda_closed``, ``already_done``."""
    item = paper.item
    meeting = _meeting_of(item)
    require_may_hand_in(by, item)
    require_changeable(meeting)
    details = {"removed": paper.name, "item": item.title}
    record(by=by, action=Action.PAPER, at=at, target=meeting, unit_id=meeting.unit_id, details=details)
    kept, storage = paper.file.name, paper.file.storage
    paper.delete()
    if kept:
        transaction.on_commit(lambda: storage.delete(kept))


def may_hand_in(by: Actor, item: AgendaItem) -> bool:
    """Tell whether a person may hand in papers on an item: the table of its meeting, or who presents the item."""
    if isinstance(by, User) and item.owner_id is not None and powers_of(by).member_id == item.owner_id:
        return True
    return item.meeting is not None and permissions.allowed(by, Action.PAPER, item.meeting)


def require_may_hand_in(by: Actor, item: AgendaItem) -> None:
    """Raise Denied unless the person may hand in papers on an item."""
    if not may_hand_in(by, item):
        permissions.require(by, Action.PAPER, _meeting_of(item))


def file_name(paper: Paper) -> str:
    """Return what a paper is called when it is saved by whoever downloads it, with the ending of its kind."""
    return f"{paper.name}.{kind_of_paper(paper)}"


def kind_of_paper(paper: Paper) -> str:
    """Return which of the kinds a kept paper is."""
    return PurePath(paper.file.name or "").suffix.lstrip(".")


def _meeting_of(item: AgendaItem) -> Meeting:
    if item.meeting is None:
        raise moved_on()
    return item.meeting


def _named(name: str, file: IO[bytes], kind: str) -> str:
    """Return the name to show: what was typed, or the file's own, without its ending and without signs of control."""
    text = nfc(name.strip() or PurePath(str(getattr(file, "name", "") or "")).name)
    if PurePath(text).suffix.lower().lstrip(".") in {*TYPES, "jpeg"}:
        text = text[: -len(PurePath(text).suffix)]
    tidy = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return tidy[:_LONGEST_NAME] or f"tai-lieu-{kind}"
