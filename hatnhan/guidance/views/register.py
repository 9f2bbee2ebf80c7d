"""The register: the list with its filters and search, one document, its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hatnhan.core.errors import Missing
from hatnhan.core.filters import filter_context
from hatnhan.documents.uploads import TYPES
from hatnhan.guidance import permissions
from hatnhan.guidance.actions import files
from hatnhan.guidance.selectors import quiz, register, study
from hatnhan.guidance.selectors.search import PER_PAGE, Hit, search
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from datetime import date

    from django.core.paginator import Page
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.guidance.models import Document, RollOut
    from hatnhan.organization.models import Unit

SECTION = "guidance:home"
#: So many signs of a text are shown at first.
SHOWN = 20_000


def document_page(document: Document) -> str:
    """Return the address of a document's page."""
    return reverse("guidance:document", args=[document.pk])


def documents(request: Request) -> HttpResponse:
    """List the register of the unit, of its line and of the units under it; with words typed, search it."""
    unit: Unit | None = request.unit
    if unit is None:
        raise Missing
    on = request.as_of
    filters = register.read(request.GET)
    page, hits = _page(request, unit, on, filters)
    kinds = register.kinds(unit, on)

    context = {
        "section": SECTION,
        "unit": unit,
        "filters": filters,
        "page": page,
        "lines": [_line(hit, kinds, on) for hit in hits],
        **filter_context(request.GET, filters, register.chips(filters, kinds)),
        "narrowed": filters.without("q") != register.Filters(),
        "kinds": kinds.items(),
        "forces": register.FORCES.items(),
        "lacks": register.LACKS.items(),
        "keeps": permissions.keeps(request.user, unit.pk),
        "action": reverse("guidance:documents"),
    }
    return render(request, "guidance/register/documents.html", context)


def _page(request: Request, unit: Unit, on: date, filters: register.Filters) -> tuple[Page[Any], list[Hit]]:
    rows = register.documents_for(request.user, unit, on=on, filters=filters)
    number = request.GET.get("trang")
    if filters.q:
        found = search(request.user, filters.q, among=rows, page=number)
        return found, list(found)
    page = Paginator(rows, PER_PAGE).get_page(number)
    return page, [Hit(one) for one in page]


def _line(hit: Hit, kinds: dict[str, str], on: date) -> dict[str, Any]:
    document = hit.document
    return {
        "hit": hit,
        "document": document,
        "kind": kinds.get(document.kind, document.kind),
        "ended": document.effective_to is not None and document.effective_to <= on,
    }


def document(request: Request, pk: int) -> HttpResponse:
    """Show one document: what stands in the register, what it is tied to, its files, its text, what follows."""
    one = register.document_for(request.user, pk)
    replaces, replaced_by = register.replacements_of(request.user, one)
    kept = list(register.files_of(one))
    text = register.text_of(one)
    shown = text.text if request.GET.get("toan_van") else text.text[:SHOWN]
    keeps = permissions.keeps(request.user, one.unit_id)
    roll_outs = register.roll_outs_of(request.user, one)
    context = {
        "section": SECTION,
        "document": one,
        "kind": register.kind_words(one),
        "replaces": replaces,
        "replaced_by": replaced_by,
        "carries_url": _url_if_seen(request, one.carries_out),
        "carried_out_by": register.carried_out_by(request.user, one),
        "same_number": register.same_number(request.user, one),
        "files": kept,
        "text": text,
        "shown_text": shown,
        "is_cut": len(shown) < len(text.text),
        "waiting": any(file.state == "waiting" for file in kept),
        "only_scans": bool(kept) and all(file.state == "no_text" for file in kept),
        "keeps": keeps,
        "ended": one.effective_to is not None and one.effective_to <= request.as_of,
        "roll_outs": [_roll_out_line(roll_out, one) for roll_out in roll_outs],
        "links": _links(
            one,
            keeps=keeps,
            followed=bool(powers_of(request.user).units_led) and study.is_asked(one),
            planned=any(r.unit_id == one.unit_id and r.document_id == one.pk for r in roll_outs),
            asked=bool(quiz.with_questions([one.pk])),
        ),
    }
    return render(request, "guidance/register/document.html", context)


def _url_if_seen(request: Request, above: Document | None) -> str:
    """Return the address of the document carried out, "" where the person may not see it."""
    if above is None or above.unit_id not in powers_of(request.user).units_seen:
        return ""
    return document_page(above)


def _roll_out_line(roll_out: RollOut, asked: Document) -> dict[str, str]:
    """Return a roll-out to link to; with the number of its document where that is another than the one asked for."""
    return {
        "number": "" if roll_out.document_id == asked.pk else roll_out.document.number,
        "unit": str(roll_out.unit),
        "state": str(roll_out.get_state_display()),
        "url": reverse("guidance:roll-out", args=[roll_out.pk]),
    }


def _links(
    document: Document, *, keeps: bool, followed: bool, planned: bool, asked: bool
) -> list[dict[str, str]]:
    """Return the next steps from a document, in the order in which one comes to them."""
    steps = [("plan", _("Lập kế hoạch triển khai"), "list-check")] if keeps and not planned else []
    steps.append(("read", _("Đọc và xác nhận"), "check"))
    steps += [("quiz", _("Làm trắc nghiệm"), "help-circle")] if asked else []
    steps += [("study-of", _("Ai đã học"), "users")] if followed else []
    steps += [("questions", _("Câu hỏi trắc nghiệm"), "edit")] if keeps else []
    return [
        {"url": reverse(f"guidance:{name}", args=[document.pk]), "label": label, "icon": icon}
        for name, label, icon in steps
    ]


@require_GET
def download(request: Request, pk: int) -> FileResponse:
    """Hand over a file to keep: never shown inside a page, never guessed at by the browser."""
    file = register.file_for(request.user, pk)
    gone = _("Tệp này không còn trong máy chủ. Nhờ người vào sổ gửi lại.")
    if not file.file:
        raise Missing(gone)
    try:
        content = file.file.open("rb")
    except FileNotFoundError as error:
        raise Missing(gone) from error
    media = TYPES.get(files.kind_of_file(file), "application/octet-stream")
    answer = FileResponse(content, as_attachment=True, filename=files.file_name(file), content_type=media)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
