"""Reading the register: the list as the address filters it, one document, what it is tied to, its files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import vietnamese
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.core.filters import AddressFilters, Chip
from hatnhan.guidance import search_keys
from hatnhan.guidance.models import Document, DocumentFile, DocumentText, Replacement, RollOut
from hatnhan.guidance.selectors.kinds import kind_words, kinds
from hatnhan.organization.models import Member, Position, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet
    from django.http import QueryDict

    from hatnhan.accounts.models import User
    from hatnhan.guidance.models.register import DocumentQuerySet

__all__ = ["kind_words", "kinds"]

FORCES = {
    "con": gettext_lazy("Còn hiệu lực"),
    "het": gettext_lazy("Hết hiệu lực"),
    "chua": gettext_lazy("Chưa có hiệu lực"),
}
LACKS = {
    "ngay-nhan": gettext_lazy("Chưa ghi ngày nhận"),
    "tep": gettext_lazy("Chưa có tệp"),
    "chu": gettext_lazy("Chưa có toàn văn"),
}
_NAMED = re.compile(r"(?P<number>.+?)(?:,?\s+(?:ngày\s+)?\(?(?P<day>\d{1,2}[/.]\d{1,2}[/.]\d{4})\)?)?")


@dataclass(frozen=True, slots=True)
class Filters(AddressFilters):
    """The filter of the list, field by field as in the address. ``tu`` and ``den`` are inclusive days of issue."""

    q: str = ""
    loai: str = ""
    hieu_luc: str = ""
    thieu: str = ""
    tu: date | None = None
    den: date | None = None


def read(query: QueryDict) -> Filters:
    """Return the filter that an address asks for: values it does not know are passed over."""
    force, lack = query.get("hieu_luc", ""), query.get("thieu", "")
    return Filters(
        q=" ".join(query.get("q", "").replace("\x00", " ").split())[:200],
        loai=query.get("loai", "").strip()[:20],
        hieu_luc=force if force in FORCES else "",
        thieu=lack if lack in LACKS else "",
        tu=_day(query.get("tu", "")),
        den=_day(query.get("den", "")),
    )


def chips(filters: Filters, kinds: Mapping[str, str]) -> list[Chip]:
    """Return the conditions in words; ``kinds`` names kinds by key."""
    found: list[Chip] = []
    if filters.q:
        found.append(Chip(_("Có chữ “%(words)s”") % {"words": filters.q}, ("q",)))
    if filters.loai:
        found.append(Chip(kinds.get(filters.loai, filters.loai), ("loai",)))
    if filters.hieu_luc:
        found.append(Chip(str(FORCES[filters.hieu_luc]), ("hieu_luc",)))
    if filters.thieu:
        found.append(Chip(str(LACKS[filters.thieu]), ("thieu",)))
    if filters.tu:
        found.append(Chip(_("Từ %(day)s") % {"day": vietnamese.day(filters.tu)}, ("tu",)))
    if filters.den:
        found.append(Chip(_("Đến %(day)s") % {"day": vietnamese.day(filters.den)}, ("den",)))
    return found


def documents_for(
    user: User, unit: Unit | None = None, *, on: date, filters: Filters | None = None
) -> DocumentQuerySet:
    """Return the documents that a person may see, the latest first.

    With ``unit``, those in its register, in those of its line and in those of the units under it. What was typed to
    search for is left to `search.search`.
    """
    rows: DocumentQuerySet = Document.objects.visible_to(user)
    if unit is not None:
        near = Q(unit__in=unit.lineage(on)) | Q(unit__in=Unit.objects.under(unit.pk, on).values("pk"))
        rows = rows.filter(near)
    return _narrowed(rows, filters or Filters(), on).select_related("unit")


def document_for(user: User, pk: int) -> Document:
    """Return a document with what its page names. Raises Missing unless the person may see it."""
    rows = Document.objects.visible_to(user).select_related("unit", "received_by", "carries_out__unit")
    found: Document | None = rows.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def file_for(user: User, pk: int) -> DocumentFile:
    """Return a file of a document that the person may see, without its text. Raises Missing."""
    seen = Document.objects.visible_to(user)
    rows = DocumentFile.objects.filter(document__in=seen).select_related("document__unit").defer("text")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def files_of(document: Document) -> QuerySet[DocumentFile]:
    """Return the files of a document, the latest version first, without their texts."""
    return DocumentFile.objects.filter(document=document).defer("text")


def text_of(document: Document) -> DocumentText:
    """Return the full text of a document, an empty one where none was written."""
    found = DocumentText.objects.filter(document=document).only("text", "typed").first()
    return found or DocumentText(document=document)


def replacements_of(user: User, document: Document) -> tuple[list[Replacement], list[Replacement]]:
    """Return what a document replaces and what replaces it, as far as the person may see them. Two queries."""
    seen = Document.objects.visible_to(user)
    older = Replacement.objects.filter(new=document, old__in=seen).select_related("old")
    newer = Replacement.objects.filter(old=document, new__in=seen).select_related("new")
    return list(older.order_by("on", "pk")), list(newer.order_by("on", "pk"))


def carried_out_by(user: User, document: Document) -> list[Document]:
    """Return the documents that carry one out, as far as the person may see them."""
    return list(Document.objects.visible_to(user).filter(carries_out=document).order_by("issued_on", "pk"))


def roll_outs_of(user: User, document: Document) -> list[RollOut]:
    """Return how committees carry a document to their cells, as far as the person may see it.

    Its own roll-outs first, then those of the documents that carry it out, such as a resolution's programme.
    """
    asked = Q(document=document) | Q(document__in=carried_out_by(user, document))
    rows = RollOut.objects.visible_to(user).filter(asked).select_related("unit", "document")
    return sorted(rows.order_by("drafted_at", "pk"), key=lambda one: one.document_id != document.pk)


def same_number(user: User, document: Document) -> list[Document]:
    """Return the other documents of the same number, which were issued on other days."""
    rows = Document.objects.visible_to(user).filter(number=document.number).exclude(pk=document.pk)
    return list(rows.order_by("-issued_on")[:5])


def in_words(document: Document | None) -> str:
    """Return a document as one names it: "05-CT/TW ngày 15/5/2016"; `named` finds it again."""
    if document is None:
        return ""
    words = _("%(number)s ngày %(day)s")
    return words % {"number": document.number, "day": vietnamese.day(document.issued_on)}


def named(unit: Unit, on: date, words: str, *, field: str) -> Document:
    """Return the document of a unit's register, or of its line's, that is named by number, or by number and day.

    Raises RuleBroken with codes ``not_found`` and ``several`` (the number was issued on more than one day).
    """
    number, day = _parts(words)
    rows = Document.objects.filter(unit__in=unit.lineage(on)).select_related("unit")
    if day is not None:
        rows = rows.filter(issued_on=day)
    found = list(rows.filter(number=number)[:3]) or _alike(rows, number)
    if not found:
        message = _("Sổ chưa có văn bản số %(number)s. Ghi đúng số, ký hiệu, hoặc vào sổ văn bản ấy trước.")
        raise RuleBroken("not_found", message % {"number": words}, field=field)
    if len(found) > 1:
        message = _("Có nhiều văn bản cùng số. Ghi thêm ngày, như “%(example)s”.")
        raise RuleBroken("several", message % {"example": in_words(found[0])}, field=field)
    return found[0]


def receivers(unit: Unit, on: date, user: User) -> list[Member]:
    """Return who may have taken a document in for a unit: who holds a post there, and the person asking."""
    posts = Position.objects.on(on).filter(unit=unit).values("member")
    rows = Member.objects.filter(Q(pk__in=posts) | Q(user=user)).distinct()
    return list(rows.order_by("sort_key", "pk"))


def _alike(rows: QuerySet[Document], number: str) -> list[Document]:
    """Return at most three documents whose number is the same but for marks, capitals and signs."""
    wanted = search_keys.number_key(number)
    return list(rows.filter(full_text__number_key=wanted)[:3]) if wanted else []


def _parts(words: str) -> tuple[str, date | None]:
    found = _NAMED.fullmatch(" ".join(vietnamese.nfc(words).split()))
    if found is None:
        return words, None
    return found["number"], _day(found["day"] or "")


def _narrowed(rows: DocumentQuerySet, filters: Filters, on: date) -> DocumentQuerySet:
    if filters.loai:
        rows = rows.filter(kind=filters.loai)
    if filters.hieu_luc:
        rows = rows.filter(_force(filters.hieu_luc, on))
    if filters.thieu:
        rows = rows.filter(_lack(filters.thieu))
    if filters.tu:
        rows = rows.filter(issued_on__gte=filters.tu)
    if filters.den:
        rows = rows.filter(issued_on__lte=filters.den)
    return rows


def _force(which: str, on: date) -> Q:
    begun = Q(effective_from__lte=on) | Q(effective_from=None, issued_on__lte=on)
    ended = Q(effective_to__lte=on)
    return {"con": begun & (Q(effective_to=None) | Q(effective_to__gt=on)), "het": ended, "chua": ~begun}[
        which
    ]


def _lack(which: str) -> Q:
    if which == "ngay-nhan":
        return Q(received_on=None)
    files = DocumentFile.objects.filter(document=OuterRef("pk")).exclude(state=DocumentFile.State.REFUSED)
    if which == "tep":
        return ~Q(Exists(files))
    return ~Q(Exists(DocumentText.objects.filter(document=OuterRef("pk")).exclude(text="")))


def _day(text: str) -> date | None:
    try:
        day = vietnamese.parse_day(text)
    except vietnamese.DayError:
        return None
    return day if day.min.year < day.year < day.max.year else None
