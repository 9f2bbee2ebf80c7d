"""Files of documents: taken in, read for their text, taken away. A classified one never stays."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import PurePath
from typing import IO, TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.documents.uploads import MEGABYTES, kind_of
from hatnhan.guidance.actions.register import grow, index
from hatnhan.guidance.extraction import extract
from hatnhan.guidance.models import Document, DocumentFile
from hatnhan.guidance.permissions import Action, require_keep
from hatnhan.guidance.secrecy import named_secret
from hatnhan.organization.actions.checks import deed, moved_on

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.guidance.extraction import Extract

KINDS = ("pdf", "docx")
_LONGEST_NAME = 190
_CHUNK = 1024 * 1024


@deed
def attach_file(
    *, by: Actor, at: datetime, document: Document, file: IO[bytes], name: str, not_secret: bool
) -> DocumentFile:
    """Take in a PDF or Word file of a document; it makes a new version, and waits to be read by `read_file_text`.

    ``name`` "" takes the file's own; ``not_secret`` is the person's word that it is not classified. Raises Denied, and
    RuleBroken with codes ``not_vouched``, ``empty``, ``too_large``, ``file_kind`` (another kind, or with macros),
    ``corrupt``, ``encrypted``, ``secret`` (its name or its first pages bear a stamp), ``file_twice``.
    """
    require_keep(by, document.unit_id)
    if not not_secret:
        message = _("Đánh dấu vào ô xác nhận tệp không thuộc bí mật nhà nước rồi mới gửi.")
        raise RuleBroken("not_vouched", message, field="not_secret")
    own_name = PurePath(str(getattr(file, "name", "") or "")).name
    if named_secret(own_name) or named_secret(name):
        raise _secret(_("Tên tệp có dấu độ mật."))
    kind = _kind(file)
    if extract(file, kind, first_pages=True).secret:
        raise _secret(_("Trang đầu của tệp có dấu độ mật."))
    seal = _sealed(file)
    _require_once(document, seal)
    # One line of versions: of two files handed in at once, each makes its own.
    grow(document)
    kept = DocumentFile(
        document=document,
        name=_named(name or own_name, kind),
        size=file.seek(0, 2),
        sha256=seal,
        version=document.version,
        uploaded_at=at,
        by_name=str(by)[:120],
    )
    _store(kept, file, kind)
    try:
        kept.save(force_insert=True)
        _record(by, Action.FILE, at, kept, {"file": kept.name, "size": kept.size, "version": kept.version})
    except Exception:
        kept.file.delete(save=False)
        raise
    return kept


def _store(kept: DocumentFile, file: IO[bytes], kind: str) -> None:
    """Write a file to disk. Its name there is ours alone: nothing of what was typed gets into a path."""
    file.seek(0)
    kept.file.save(f"{secrets.token_hex(16)}.{kind}", File(file), save=False)


@deed
def read_file_text(*, by: Actor, at: datetime, file: DocumentFile) -> None:
    """Read the text of a file that waits, so that it is found by its words. Called in the background.

    A scan ends as NO_TEXT. What bears a stamp after all ends as REFUSED, and is deleted from the machine. A file that
    can no longer be read counts as a scan. Raises RuleBroken ``already_done`` for a file that does not wait.
    """
    try:
        with file.file.open("rb") as content:
            read = extract(content, kind_of_file(file))
    except (RuleBroken, FileNotFoundError, ValueError):
        _settle(file, DocumentFile.State.NO_TEXT)
        return
    if read.secret:
        _refuse(by, at, file)
        return
    state = DocumentFile.State.READ if read.text else DocumentFile.State.NO_TEXT
    _settle(file, state, read)
    index(file.document)


@deed
def remove_file(*, by: Actor, at: datetime, file: DocumentFile) -> None:
    """Take a file away; its text is no longer found. Raises Denied, and RuleBroken ``already_done`` when it is gone."""
    document = file.document
    require_keep(by, document.unit_id)
    if not DocumentFile.objects.filter(pk=file.pk).delete()[0]:
        raise moved_on()
    _record(by, Action.FILE, at, file, {"removed": file.name})
    _forget_on_commit(file)
    index(document)


def forget(file: DocumentFile) -> None:
    """Delete a file from the disk whose row was rolled back: a deed around `attach_file` was not kept."""
    if name := file.file.name:
        file.file.storage.delete(name)


def kind_of_file(file: DocumentFile) -> str:
    """Return which of the kinds a kept file is."""
    return PurePath(file.file.name or "").suffix.lstrip(".")


def file_name(file: DocumentFile) -> str:
    """Return what a file is called when it is saved by whoever downloads it."""
    return f"{file.name}.{kind_of_file(file)}"


def _kind(file: IO[bytes]) -> str:
    kind = kind_of(file, file.seek(0, 2))
    if kind not in KINDS:
        message = _(
            "Sổ văn bản nhận PDF và Word (.docx), không quá %(most)d MB. Lưu thành một trong hai rồi gửi."
        )
        raise RuleBroken("file_kind", message % {"most": MEGABYTES}, field="file")
    return kind


def _secret(what: str) -> RuleBroken:
    rest = _(
        "Văn bản mật không đưa lên đây: quản lý theo chế độ bảo mật. Nếu tệp không mật, đổi tên tệp hoặc bỏ dấu "
        "ghi nhầm rồi gửi lại. Máy không giữ tệp vừa gửi."
    )
    return RuleBroken("secret", f"{what} {rest}", field="file")


def _sealed(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while part := file.read(_CHUNK):
        digest.update(part)
    file.seek(0)
    return digest.hexdigest()


def _require_once(document: Document, seal: str) -> None:
    same = DocumentFile.objects.filter(document=document, sha256=seal).first()
    if same is not None:
        message = _("Văn bản đã có đúng tệp này: “%(name)s”. Không cần gửi lại.")
        raise RuleBroken("file_twice", message % {"name": same.name}, field="file")


def _settle(file: DocumentFile, state: DocumentFile.State, read: Extract | None = None) -> None:
    """Note how the reading of a file ended, unless somebody else was before."""
    waiting = DocumentFile.objects.filter(pk=file.pk, state=DocumentFile.State.WAITING)
    text, pages = (read.text, read.pages) if read else ("", None)
    if waiting.update(state=state, text=text, pages=pages) != 1:
        raise moved_on()
    file.refresh_from_db()


def _refuse(by: Actor, at: datetime, file: DocumentFile) -> None:
    """Delete what turned out to be classified; that it was handed in stays on record."""
    _forget_on_commit(file)
    _settle(file, DocumentFile.State.REFUSED)
    DocumentFile.objects.filter(pk=file.pk).update(file="")
    file.refresh_from_db()
    _record(by, Action.FILE_REFUSED, at, file, {"file": file.name})


def _forget_on_commit(file: DocumentFile) -> None:
    kept, storage = file.file.name, file.file.storage
    if kept:
        transaction.on_commit(lambda: storage.delete(kept))


def _named(name: str, kind: str) -> str:
    """Return the name to show: without its ending and without signs of control."""
    text = nfc(name.strip())
    if PurePath(text).suffix.lower().lstrip(".") in KINDS:
        text = text[: -len(PurePath(text).suffix)]
    tidy = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return tidy[:_LONGEST_NAME] or f"van-ban-{kind}"


def _record(by: Actor, action: Action, at: datetime, file: DocumentFile, details: dict[str, object]) -> None:
    document = file.document
    record(by=by, action=action, at=at, target=document, unit_id=document.unit_id, details=details)
