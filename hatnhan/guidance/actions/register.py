"""Documents entered in the register, mended, received, replaced by others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core import clock, vietnamese
from hatnhan.core.errors import RuleBroken
from hatnhan.guidance import search_keys
from hatnhan.guidance.models import Document, DocumentFile, DocumentText, Replacement
from hatnhan.guidance.permissions import Action, require_keep
from hatnhan.guidance.secrecy import stamped
from hatnhan.guidance.selectors.kinds import kind_words, kinds
from hatnhan.organization.actions.checks import (
    day_of,
    deed,
    hold,
    require_not_before,
    require_past,
    require_text,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Unit

LONGEST_TEXT = 1_000_000
#: Where a typed text would bear its stamp.
_HEAD = 3000
#: What `DocumentData` fills.
_COLUMNS = (
    "kind",
    "issuer",
    "number",
    "issued_on",
    "subject",
    "effective_from",
    "effective_to",
    "carries_out_id",
)


@dataclass(frozen=True, slots=True)
class DocumentData:
    """What stands in the register of one document. ``effective_to`` is the first day no longer in force."""

    kind: str
    issuer: str
    number: str
    issued_on: date
    subject: str
    effective_from: date | None = None
    effective_to: date | None = None
    #: The document from above that this one carries out.
    carries_out: Document | None = None
    #: The full text as typed; "" leaves it to what is read from files.
    text: str = ""


@deed
def register_document(
    *,
    by: Actor,
    at: datetime,
    unit: Unit,
    data: DocumentData,
    received_on: date | None = None,
    received_by: Member | None = None,
) -> Document:
    """Enter a document in the register of a unit.

    Raises Denied, and RuleBroken with codes ``kind``, ``issuer``, ``number``, ``subject``, ``future``, ``twice``
    (same number and date), ``secret`` (the text bears a stamp), ``ends_before``, ``received_before``, ``another_unit``,
    ``too_long``. The same number under another date is another document.
    """
    require_keep(by, unit.pk)
    document = Document(unit=unit, registered_at=at)
    _write(document, data, at)
    _take_receipt(document, received_on, received_by)
    document.save(force_insert=True)
    text = _checked_text(data.text)
    DocumentText.objects.create(document=document, text=text, typed=bool(text))
    index(document)
    _record(by, Action.REGISTER, at, document, {"subject": document.subject})
    return document


@deed
def edit_document(*, by: Actor, at: datetime, document: Document, data: DocumentData) -> None:
    """Mend what the register says; a new text makes a new version, which members have to read anew.

    Raises what `register_document` does, and ``carries_itself``, ``changed_meanwhile`` (the register does not stand as
    ``document`` holds it, or a new version came).
    """
    require_keep(by, document.unit_id)
    hold(document, *_COLUMNS, "version")
    before = told(document)
    _write(document, data, at)
    document.save(update_fields=_COLUMNS)
    text = _checked_text(data.text)
    kept, _new = DocumentText.objects.get_or_create(document=document)
    if text != (kept.text if kept.typed else ""):
        kept.text, kept.typed = text or text_of_files(document), bool(text)
        kept.save(update_fields=["text", "typed"])
        if text:
            grow(document)
    index(document)
    now = told(document)
    changes = {name: [before[name], now[name]] for name in now if before[name] != now[name]}
    _record(by, Action.EDIT, at, document, {"changes": changes, "version": document.version})


@deed
def receive_document(
    *, by: Actor, at: datetime, document: Document, received_on: date, received_by: Member | None
) -> None:
    """Note on what day a document came, and who took it.

    Raises Denied, and RuleBroken with codes ``future``, ``received_before`` (it was issued), ``changed_meanwhile``.
    """
    require_keep(by, document.unit_id)
    hold(document, "received_on", "received_by_id")
    _take_receipt(document, received_on, received_by)
    document.save(update_fields=["received_on", "received_by"])
    details = {"received_on": received_on, "received_by": str(received_by or "")}
    _record(by, Action.RECEIVE, at, document, details)


@deed
def replace_document(*, by: Actor, at: datetime, old: Document, new: Document, on: date) -> Replacement:
    """Note that a document is replaced by another from a day, on which it ends unless it ended before.

    Raises Denied, and RuleBroken with codes ``itself``, ``twice``, ``turned_round`` (the new one was replaced by the
    old), ``another_unit``, ``before_new`` (the new one was not issued by then), ``ends_before``,
    ``changed_meanwhile``.
    """
    require_keep(by, old.unit_id)
    hold(old, "effective_from", "effective_to")
    _require_near(old.unit, new, field="new")
    if old.pk == new.pk:
        raise RuleBroken("itself", _("Văn bản không thay thế chính nó. Chọn văn bản khác."), field="new")
    if Replacement.objects.filter(old=old, new=new).exists():
        message = _("Đã ghi %(new)s thay thế văn bản này. Không ghi lại.")
        raise RuleBroken("twice", message % {"new": new}, field="new")
    if _comes_after(old, new):
        message = _("%(new)s đã được chính văn bản này thay thế. Xem lại văn bản nào ra sau.")
        raise RuleBroken("turned_round", message % {"new": new}, field="new")
    what = _("Văn bản %(new)s ban hành") % {"new": new}
    require_not_before(on, new.issued_on, code="before_new", field="on", what=what)
    replacement = Replacement.objects.create(old=old, new=new, on=on)
    if old.effective_to is None:
        old.effective_to = on
        _require_order(old)
        old.save(update_fields=["effective_to"])
    _record(by, Action.REPLACE, at, old, {"new": new.number, "on": on})
    return replacement


def told(document: Document) -> dict[str, object]:
    """Return what the register says of a document, for the audit record."""
    names = ("issuer", "number", "issued_on", "subject", "effective_from", "effective_to")
    carried = document.carries_out.number if document.carries_out else ""
    told_as_is = {name: getattr(document, name) for name in names}
    return {"kind": kind_words(document), **told_as_is, "carries_out": carried}


def grow(document: Document) -> None:
    """Count a new version: whoever read it, read an older one."""
    Document.objects.filter(pk=document.pk).update(version=F("version") + 1)
    document.refresh_from_db(fields=["version"])


def text_of_files(document: Document) -> str:
    """Return the text of all files of a document, the first handed in first."""
    rows = DocumentFile.objects.filter(document=document).exclude(text="").order_by("version", "pk")
    return "\n\n".join(rows.values_list("text", flat=True))[:LONGEST_TEXT]


def index(document: Document) -> None:
    """Write anew what is searched of a document; the database's own index follows it."""
    kept = DocumentText.objects.get(document=document)
    files = text_of_files(document)
    if not kept.typed:
        kept.text = files
    kept.number_key = search_keys.number_key(document.number)
    kept.head_key = search_keys.key(f"{document.number} {document.issuer} {document.subject}")
    kept.search_key = search_keys.key(f"{kept.text}\n{files}" if kept.typed else files)
    kept.save(update_fields=["text", "number_key", "head_key", "search_key"])
    document.full_text = kept


def _write(document: Document, data: DocumentData, at: datetime) -> None:
    """Check what is to stand in the register, and put it on the document."""
    for name, value in _fields(data).items():
        setattr(document, name, value)
    if document.kind not in kinds(document.unit, day_of(at)):
        raise RuleBroken("kind", _("Không có loại văn bản này. Chọn trong danh sách."), field="kind")
    for name in ("issuer", "number", "subject"):
        setattr(document, name, require_text(getattr(document, name), code=name, field=name))
    require_past(document.issued_on, field="issued_on")
    _require_order(document)
    if data.carries_out is not None:
        _require_carried(document, data.carries_out)
    _require_once(document)


def _fields(data: DocumentData) -> dict[str, object]:
    """Return the fields of a document among the data, texts tidied: NFC, on one line."""
    names = ("kind", "issuer", "number", "subject")
    texts = {name: " ".join(vietnamese.nfc(getattr(data, name)).split()) for name in names}
    days = ("issued_on", "effective_from", "effective_to", "carries_out")
    return {**texts, **{name: getattr(data, name) for name in days}}


def _checked_text(text: str) -> str:
    """Return a typed text made fit for both databases. Raises RuleBroken ``secret``, ``too_long``."""
    tidy = vietnamese.nfc(text.replace("\x00", "").replace("\r\n", "\n")).strip()
    if len(tidy) > LONGEST_TEXT:
        raise RuleBroken("too_long", _("Toàn văn dài quá. Gửi tệp thay cho chép chữ."), field="text")
    if stamped(tidy[:_HEAD]):
        message = _(
            "Toàn văn có dấu độ mật. Văn bản mật không đưa lên đây: vào sổ riêng theo chế độ bảo mật."
        )
        raise RuleBroken("secret", message, field="text")
    return tidy


def _take_receipt(document: Document, received_on: date | None, received_by: Member | None) -> None:
    if received_on is not None:
        require_past(received_on, field="received_on")
        first, what = document.issued_on, _("Văn bản ban hành")
        require_not_before(received_on, first, code="received_before", field="received_on", what=what)
    document.received_on = received_on
    document.received_by = received_by


def _require_order(document: Document) -> None:
    """Raise RuleBroken ``ends_before`` for a document that ends before it begins."""
    first, end = document.effective_from or document.issued_on, document.effective_to
    if end is not None and end <= first:
        message = _("Văn bản có hiệu lực từ %(first)s. Ghi ngày hết hiệu lực sau ngày ấy.")
        raise RuleBroken("ends_before", message % {"first": vietnamese.day(first)}, field="effective_to")


def _require_once(document: Document) -> None:
    """Raise RuleBroken ``twice`` when the register has this number of this day already, however it is written."""
    same_day = Document.objects.filter(unit=document.unit_id, issued_on=document.issued_on)
    mine = vietnamese.fold(document.number)
    for number, subject in same_day.exclude(pk=document.pk).values_list("number", "subject"):
        if vietnamese.fold(number) == mine:
            message = _(
                "Sổ đã có %(number)s ngày %(day)s: “%(subject)s”. Mở văn bản ấy; đừng vào sổ lần nữa."
            )
            words = {"number": number, "day": vietnamese.day(document.issued_on), "subject": subject}
            raise RuleBroken("twice", message % words, field="number")


def _require_carried(document: Document, above: Document) -> None:
    """Raise RuleBroken unless a document may carry out another: known here, and not itself in the end."""
    _require_near(document.unit, above, field="carries_out")
    one: Document | None = above
    while one is not None:
        if one.pk == document.pk:
            message = _("Văn bản này lại là căn cứ của văn bản được chọn. Chọn văn bản cấp trên.")
            raise RuleBroken("carries_itself", message, field="carries_out")
        one = one.carries_out


def _require_near(unit: Unit, other: Document, *, field: str) -> None:
    """Raise RuleBroken ``another_unit`` unless a document stands in the register of a unit or of its line."""
    if other.unit_id not in unit.lineage(clock.today()):
        message = _("Văn bản ấy ở sổ của nơi khác. Chọn văn bản trong sổ này hoặc của cấp trên.")
        raise RuleBroken("another_unit", message, field=field)


def _comes_after(old: Document, new: Document) -> bool:
    """Tell whether ``old`` replaced ``new``, at once or by way of others."""
    seen, wave = set[int](), {old.pk}
    while wave:
        seen |= wave
        wave = set(Replacement.objects.filter(new__in=wave).values_list("old_id", flat=True)) - seen
        if new.pk in wave:
            return True
    return False


def _record(by: Actor, action: Action, at: datetime, document: Document, details: dict[str, object]) -> None:
    record(by=by, action=action, at=at, target=document, unit_id=document.unit_id, details=details)
