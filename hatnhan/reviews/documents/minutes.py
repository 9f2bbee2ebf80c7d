"""The minutes of a review meeting: who was there, who was reviewed, what was said, what was proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.vietnamese import day as written
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Section
from hatnhan.meetings.documents.common import numbered
from hatnhan.organization.models import Body
from hatnhan.reviews.documents.common import DOTS, as_paragraphs, grade_words
from hatnhan.reviews.documents.sitting import at_the_table, called, places_of, sheet_of
from hatnhan.reviews.documents.tally import votes_table
from hatnhan.reviews.models import Remark
from hatnhan.reviews.selectors import papers
from hatnhan.reviews.selectors.entries import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.documents.types import Paper
    from hatnhan.organization.sheets import Sheet
    from hatnhan.reviews.models import Place, Sitting


@document_of(papers.MINUTES, title=gettext_lazy("Biên bản hội nghị kiểm điểm"))
def minutes(sitting: Sitting) -> Paper:
    """Draw up the minutes of a review meeting."""
    head = sheet_of(sitting)
    places = [one for one in places_of(sitting) if one.reviewed_on or one.absent_because]
    parts = (
        Section(_("Thời gian, thành phần"), tuple(_present(sitting, places, head))),
        Section(_("Nội dung kiểm điểm"), (_("Kiểm điểm tập thể trước, cá nhân sau."),)),
        *_said(sitting, places),
        *_voted(sitting),
        Section(_("Mức đề nghị"), tuple(_proposed(places))),
    )
    return head.paper(
        title=_("Biên bản"),
        abstract=called(sitting),
        kind="BB",
        sections=numbered(parts),
        closing=(_("Biên bản đã đọc lại cho hội nghị nghe, thống nhất."),),
        signatures=at_the_table(sitting, head),
        recipients=(head.head.kept,),
    )


def _present(sitting: Sitting, places: list[Place], head: Sheet) -> Iterator[str]:
    if sitting.held_on:
        yield _("Họp ngày %(day)s.") % {"day": written(sitting.held_on)}
    if sitting.present is not None and sitting.entitled is not None:
        told = {"entitled": sitting.entitled, "present": sitting.present}
        yield _("Được triệu tập: %(entitled)d; có mặt: %(present)d.") % told
    chair = sitting.chaired_by or head.signs
    if chair:
        yield _("Chủ trì: đ/c %(who)s.") % {"who": chair.full_name}
    for one in places:
        if one.absent_because:
            told_of = {"who": name_of(one.entry), "because": one.absent_because}
            yield _("Vắng: %(who)s (%(because)s).") % told_of


def _said(sitting: Sitting, places: list[Place]) -> Iterator[Section]:
    rows = Remark.objects.filter(sitting=sitting, kind=Remark.Kind.OPINION)
    opinions: dict[int, list[Remark]] = {}
    for one in rows:
        opinions.setdefault(one.entry_id, []).append(one)
    for place in places:
        found = [line for one in opinions.get(place.entry_id, ()) for line in _opinion(one)]
        if found:
            yield Section(name_of(place.entry), tuple(found), level=2)
    rest = [name_of(one.entry) for one in places if one.entry_id not in opinions and one.reviewed_on]
    if rest:
        words = _("Thống nhất với bản tự kiểm điểm của: %(names)s.") % {"names": ", ".join(rest)}
        yield Section("", (words,), level=2)


def _opinion(one: Remark) -> Iterator[str]:
    first, *more = as_paragraphs(one.text) or ("",)
    yield f"{one.source}: {first}"
    yield from more
    if one.answer:
        yield _("Giải trình: %(answer)s") % {"answer": one.answer}


def _voted(sitting: Sitting) -> Iterator[Section]:
    table = votes_table(sitting)
    if table is not None:
        how = _("Biểu quyết bằng phiếu kín.") if sitting.ballot_id else _("Biểu quyết giơ thẻ đảng viên.")
        yield Section(_("Kết quả biểu quyết"), (how,), table)


def _proposed(places: list[Place]) -> Iterator[str]:
    graded = [one for one in places if one.grade]
    for one in graded:
        because = f" ({one.grade_because.rstrip('.')})" if one.grade_because else ""
        yield f"{name_of(one.entry)}: {grade_words(one.entry, one.grade)}{because}."
    if not graded:
        yield _("Chưa đề nghị mức xếp loại.") if places and places[0].sitting.body == Body.MEMBERS else DOTS
