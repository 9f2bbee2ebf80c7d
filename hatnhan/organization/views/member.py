"""A member's file: the story, the facts, what was recorded, who read it; and the member's own copy of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.audit import presenting
from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import given_name
from hatnhan.documents import xlsx
from hatnhan.organization import held, links
from hatnhan.organization.actions import readings
from hatnhan.organization.hooks import PARTS
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors import own_data, person
from hatnhan.organization.selectors.timeline import Topic

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request

SECTION = "organization:members"
PER_PAGE = 50
_PAGES = {"dong-thoi-gian": "timeline", "ly-lich": "facts", "da-ghi": "recorded", "ai-xem": "readers"}
TOPICS = {
    Topic.STANDING.value: gettext_lazy("Đảng tịch"),
    Topic.CELL.value: gettext_lazy("Sinh hoạt"),
    Topic.POST.value: gettext_lazy("Chức vụ"),
}


def member(request: Request, pk: int) -> HttpResponse:
    """Show one part of a member's file, and record that it was read.

    Up to 22 queries, the same for everyone: a life is told from eight tables, one query each (memberships, positions,
    probation, exemptions, transfers, badges, names of cells, who read it), on top of session, powers and the record.
    """
    file = person.file_for(request.user, pk, clock.today())
    part = request.GET.get("muc", "")
    part = part if part in PARTS else "dong-thoi-gian"
    own = powers_of(request.user).member_id == pk
    unit_id = file.official.unit_id if file.official else None
    readings.record_reading(by=request.user, at=clock.now(), member=file.member, unit_id=unit_id, part=part)
    latest = list(file.readings[:4])
    context = {
        "section": SECTION,
        "file": file,
        "member": file.member,
        "part": part,
        "parts": PARTS,
        "own": own,
        "readings_count": file.readings.count(),
        "latest": latest,
        "reader_posts": person.posts_of_readers({one.actor_id for one in latest if one.actor_id}, file.on),
        "given_name": given_name(file.member.full_name),
        "deeds": links.for_member(request.user, file),
        "elsewhere": held.pages(request.user, file.member),
    }
    return render(request, f"organization/member/{_PAGES[part]}.html", context | _part(request, file, part))


def member_data(request: Request, pk: int) -> HttpResponse | FileResponse:
    """Hand members all that is held of them, as JSON or, with ``dang=xlsx``, as a workbook; nobody else gets it."""
    if powers_of(request.user).member_id != pk:
        raise Missing(_("Chỉ đảng viên tải được dữ liệu về chính mình."))
    file = person.file_for(request.user, pk, clock.today())
    unit_id = file.official.unit_id if file.official else None
    readings.record_own_download(by=request.user, at=clock.now(), member=file.member, unit_id=unit_id)
    everything = own_data.of(file)
    name = f"du-lieu-dang-vien-{pk}"
    if request.GET.get("dang") != "xlsx":
        answer = JsonResponse(everything, json_dumps_params={"ensure_ascii": False, "indent": 2})
        answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return answer
    book = xlsx.write_table(
        sheet=_("Dữ liệu của tôi"),
        title=_("Dữ liệu về đồng chí %(name)s") % {"name": file.member},
        headings=[xlsx.Heading(_("Mục"), 24), xlsx.Heading(_("Trường"), 28), xlsx.Heading(_("Nội dung"), 60)],
        rows=own_data.lines(everything),
    )
    return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=xlsx.MIME)


def _part(request: Request, file: person.File, part: str) -> dict[str, Any]:
    """Return what one part shows beyond the frame of the file."""
    if part == "dong-thoi-gian":
        topic = request.GET.get("hien", "")
        shown = [moment for moment in file.moments if topic not in TOPICS or moment.topic == topic]
        return {"moments": shown, "topic": topic if topic in TOPICS else "", "topics": TOPICS}
    if part in {"da-ghi", "ai-xem"}:
        entries = file.record_for(request.user) if part == "da-ghi" else file.readings
        page = Paginator(entries, PER_PAGE).get_page(request.GET.get("trang"))
        if part == "da-ghi":
            return {"page": page, "rows": presenting.rows(list(page))}
        ids = {entry.actor_id for entry in page if entry.actor_id}
        return {"page": page, "reader_posts": person.posts_of_readers(ids, file.on)}
    return {}
