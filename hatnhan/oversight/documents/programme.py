"""The yearly programme with what amendments changed, each with its day and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from hatnhan.core import clock
from hatnhan.core.vietnamese import day as written
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Table
from hatnhan.meetings.documents.common import numbered, short_day
from hatnhan.organization.sheets import sheet
from hatnhan.oversight.documents.common import as_paragraphs
from hatnhan.oversight.models import PLANNED, Kind, ProgrammeItem
from hatnhan.oversight.selectors import papers
from hatnhan.oversight.selectors.choosing import topics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hatnhan.documents.types import Paper
    from hatnhan.oversight.models import Amendment, ItemSubject
    from hatnhan.oversight.selectors.papers import ProgrammeOf

_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Nội dung", 3.4),
    Column("Đối tượng", 2),
    Column("Mốc xem xét", 1.5, "center"),
    Column("Thời gian làm", 1.5, "center"),
    Column("Người thực hiện", 1.8),
)


@document_of(papers.PROGRAMME, title=gettext_lazy("Chương trình kiểm tra, giám sát"))
def programme(about: ProgrammeOf) -> Paper:
    """Draw up a programme as amended so far; before it is issued, its draft."""
    one = about.programme
    on = one.approved_on or clock.today()
    head = sheet(one.unit, one.body, on)
    rows = list(
        ProgrammeItem.objects.filter(programme=one).prefetch_related(
            "subjects__unit", "subjects__member", "team__member"
        )
    )
    standing = [row for row in rows if row.removed_by_id is None]
    amendments = list(one.amendments.prefetch_related("added", "removed"))
    names = topics(one.unit, on)
    parts = (
        Section(_("Mục đích, yêu cầu"), as_paragraphs(one.aim)) if one.aim else None,
        *(_of_kind(kind, standing, about, names) for kind in PLANNED),
        _amended(amendments),
    )
    return head.paper(
        title=pgettext("oversight", "Chương trình"),
        abstract=_("kiểm tra, giám sát năm %(year)d") % {"year": one.year},
        kind="CTr",
        number=one.decision_no,
        paragraphs=() if one.approved_on else (_("DỰ THẢO"),),
        sections=numbered(parts),
        recipients=head.sent_to(_("Các đối tượng được kiểm tra, giám sát (để thực hiện);")),
        landscape=True,
    )


def _of_kind(
    kind: Kind, rows: Sequence[ProgrammeItem], about: ProgrammeOf, names: Mapping[str, str]
) -> Section | None:
    lines = tuple(
        (
            str(at),
            f"{names.get(row.topic, '')}: {row.content}" if row.topic in names else row.content,
            _subjects(list(row.subjects.all()), about),
            f"{short_day(row.examined_from)} – {short_day(row.examined_to)}",
            f"{short_day(row.starts_on)} – {short_day(row.ends_on)}",
            row.team_note or "; ".join(f"đ/c {one.member.full_name}" for one in row.team.all()),
        )
        for at, row in enumerate([row for row in rows if row.kind == kind], start=1)
    )
    return Section(str(kind.label), (), Table(_COLUMNS, lines)) if lines else None


def _subjects(rows: Sequence[ItemSubject], about: ProgrammeOf) -> str:
    """Return whom an item looks at: units by name, members by name only for who may read them."""
    named = [str(one.unit) for one in rows if one.unit]
    members = [one for one in rows if one.member]
    if about.named:
        named += [f"đ/c {one.member.full_name}" for one in members if one.member]
    elif members:
        named.append(_("%(count)d đảng viên") % {"count": len(members)})
    return "; ".join(named)


def _amended(rows: Sequence[Amendment]) -> Section | None:
    words = _(
        "Lần %(number)d, ngày %(day)s (%(decision)s): thêm %(added)d cuộc, rút %(removed)d cuộc. %(why)s"
    )
    lines = tuple(
        words
        % {
            "number": one.number,
            "day": written(one.decided_on),
            "decision": one.decision_no,
            "added": len(one.added.all()),
            "removed": len(one.removed.all()),
            "why": one.reason,
        }
        for one in rows
    )
    return Section(_("Điều chỉnh trong năm"), lines) if lines else None
