"""The plan of a roll-out, and the variant of it that a kind of cell is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.vietnamese import day as written
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Table
from hatnhan.guidance.documents.common import called, sheet
from hatnhan.guidance.models import CorePoint, RollOut, Variant, VariantPoint
from hatnhan.guidance.selectors import papers
from hatnhan.guidance.selectors.following import day_of
from hatnhan.meetings.documents.common import numbered, short_day
from hatnhan.organization.cell_kinds import kind_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hatnhan.documents.types import Paper

_TASKS = (Column("TT", 0.5, "center"), Column("Việc", 4), Column("Xong trước hết ngày", 1.3, "center"))


@document_of(papers.PLAN, title=gettext_lazy("Kế hoạch triển khai"))
def plan(roll_out: RollOut) -> Paper:
    """Draw up the plan of a roll-out; before it is approved, its draft."""
    on = sheet(roll_out.unit, _day(roll_out))
    core = list(CorePoint.objects.filter(roll_out=roll_out))
    kinds = Variant.objects.filter(roll_out=roll_out).prefetch_related("points")
    bases = (_("Thực hiện %(document)s %(subject)s;") % _about(roll_out),)
    lead = _("Chủ trì: đ/c %(name)s.") % {"name": roll_out.lead.full_name} if roll_out.lead else ""
    parts = (
        Section(_("Mục đích, yêu cầu"), (roll_out.asks,)),
        Section(
            _("Nội dung chung của các chi bộ"), _points(core), _tasks((p.text, p.due) for p in core if p.task)
        ),
        *_of_kinds(kinds),
        Section(_("Thời gian"), _days(roll_out)),
        Section(
            _("Tổ chức thực hiện"),
            tuple(
                filter(
                    None,
                    (
                        lead,
                        _(
                            "Mỗi chi bộ nhận bản cụ thể hóa theo loại chi bộ, được thêm nội dung,"
                            " không bớt nội dung chung."
                        ),
                        _("Chi bộ báo cáo kết quả theo kỳ của kế hoạch này."),
                    ),
                )
            ),
        ),
    )
    return on.paper(
        title=_("Kế hoạch"),
        abstract=_("triển khai thực hiện %(document)s") % {"document": called(roll_out.document)},
        kind="KH",
        number=roll_out.decision_no,
        paragraphs=bases if roll_out.approved_at else (_("DỰ THẢO"), *bases),
        sections=numbered(parts),
        recipients=on.sent_to(_("Các chi bộ trực thuộc (để thực hiện);")),
        drawn_at=roll_out.approved_at,
    )


@document_of(papers.VARIANT, title=gettext_lazy("Bản cụ thể hóa"))
def variant(one: Variant) -> Paper:
    """Draw up what one kind of cell is given: every point of the core as it says it, and what only it has."""
    roll_out = one.roll_out
    on = sheet(roll_out.unit, _day(roll_out))
    points = list(VariantPoint.objects.filter(variant=one).select_related("core").order_by("place", "pk"))
    common = [point for point in points if point.core_id]
    own = [point for point in points if not point.core_id]
    tasks = _tasks((point.words, point.last_day) for point in points if point.is_task)
    intro = (one.intro,) if one.intro else ()
    parts = (
        Section(_("Nội dung chung"), tuple(_line(at, point.words) for at, point in enumerate(common, 1))),
        Section(_("Nội dung riêng"), tuple(_line(at, point.words) for at, point in enumerate(own, 1)))
        if own
        else None,
        Section(_("Việc phải làm"), (), tasks) if tasks else None,
        Section(_("Thời gian"), _days(roll_out)),
    )
    about = {"kind": kind_words(one.cell_kind).lower(), "document": called(roll_out.document)}
    return on.paper(
        title=_("Nội dung triển khai"),
        abstract=_("%(document)s, dành cho chi bộ loại: %(kind)s") % about,
        kind="KH",
        number=roll_out.decision_no,
        paragraphs=intro if roll_out.approved_at else (_("DỰ THẢO"), *intro),
        sections=numbered(parts),
        recipients=on.sent_to(_("Chi bộ loại %(kind)s (để thực hiện);") % about),
        drawn_at=roll_out.approved_at,
    )


def _day(roll_out: RollOut) -> date:
    return day_of(roll_out.approved_at or roll_out.drafted_at)


def _about(roll_out: RollOut) -> dict[str, str]:
    return {"document": called(roll_out.document), "subject": roll_out.document.subject}


def _line(at: int, text: str) -> str:
    return f"{at}. {text}"


def _points(core: Iterable[CorePoint]) -> tuple[str, ...]:
    return tuple(_line(at, point.text) for at, point in enumerate(core, 1))


def _tasks(rows: Iterable[tuple[str, date | None]]) -> Table | None:
    lines = tuple((str(at), text, short_day(due)) for at, (text, due) in enumerate(rows, 1))
    return Table(_TASKS, lines) if lines else None


def _of_kinds(variants: Iterable[Variant]) -> tuple[Section, ...]:
    """Return in a part of its own how each kind of cell says it where it says more than the core does."""
    found = []
    for one in variants:
        own = [point for point in one.points.all() if point.text]
        if own or one.intro:
            texts = [*([one.intro] if one.intro else []), *(f"- {point.text}" for point in own)]
            heading = _("Chi bộ loại: %(kind)s") % {"kind": kind_words(one.cell_kind).lower()}
            found.append(Section(heading, tuple(texts), level=2))
    return (Section(_("Cụ thể hóa theo loại chi bộ")), *found) if found else ()


def _days(roll_out: RollOut) -> tuple[str, ...]:
    return (
        _("Chi bộ sinh hoạt, quán triệt: xong trước hết ngày %(day)s.") % {"day": written(roll_out.held_by)},
        _("Đảng viên học tập: xong trước hết ngày %(day)s.") % {"day": written(roll_out.study_by)},
        _("Thực hiện: xong trước hết ngày %(day)s.") % {"day": written(roll_out.done_by)},
    )
