"""What a review meeting proposes to whoever decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.vietnamese import day as written
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Table
from hatnhan.reviews.documents.common import grade_words, unsure
from hatnhan.reviews.documents.sitting import places_of, sheet_of
from hatnhan.reviews.models import Entry
from hatnhan.reviews.selectors import papers
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.votes import votes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.documents.types import Paper
    from hatnhan.reviews.models import Place, Sitting
    from hatnhan.reviews.selectors.votes import Votes

_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Họ và tên; tập thể, tổ chức", 2.6),
    Column("Tự nhận", 2),
    Column("Số phiếu cho mức đề nghị", 1.1, "center"),
    Column("Mức đề nghị", 2),
    Column("Ghi chú", 1.8),
)


@document_of(papers.PROPOSAL, title=gettext_lazy("Báo cáo đề nghị xếp loại"))
def proposal(sitting: Sitting) -> Paper:
    """Draw up the list of grades that a review meeting proposes, collectives and organisations apart from persons."""
    head = sheet_of(sitting)
    law = law_of(sitting.cycle)
    votes = votes_of(sitting)
    rows = [one for one in places_of(sitting) if one.grade]
    told = {"year": sitting.cycle.year, "name": law.regime.value.name, "mark": unsure(law.regime)}
    words = _("Theo %(name)s %(mark)s, căn cứ kết quả kiểm điểm và biểu quyết, hội nghị đề nghị:") % told
    return head.paper(
        title=_("Báo cáo"),
        abstract=_("đề nghị xếp loại chất lượng năm %(year)d") % told,
        kind="BC",
        number=sitting.proposal_no,
        paragraphs=(" ".join(words.split()),),
        sections=tuple(_sections(rows, votes)),
        closing=tuple(_left(sitting)),
        recipients=head.sent_to(),
        landscape=True,
        day=sitting.proposed_on or head.on,
    )


def _sections(rows: list[Place], votes: dict[int, Votes]) -> Iterator[Section]:
    kinds = (
        (Entry.Of.ORGANISATION, _("Tổ chức đảng")),
        (Entry.Of.COLLECTIVE, _("Tập thể")),
        (Entry.Of.MEMBER, _("Đảng viên")),
    )
    for kind, heading in kinds:
        found = [one for one in rows if one.entry.of == kind]
        if found:
            lines = tuple(_row(at, one, votes.get(one.pk)) for at, one in enumerate(found, start=1))
            yield Section(heading, (), Table(_COLUMNS, lines))


def _row(at: int, one: Place, votes: Votes | None) -> tuple[str, ...]:
    count = f"{votes.by_grade.get(one.grade, 0)}/{votes.cast}" if votes else ""
    return (
        str(at),
        name_of(one.entry),
        grade_words(one.entry, one.entry.self_grade),
        count,
        grade_words(one.entry, one.grade),
        one.grade_because,
    )


def _left(sitting: Sitting) -> Iterator[str]:
    """Yield who of the sitting is reviewed without a grade, or not reviewed, and why."""
    rows = sitting.places.exclude(entry__standing=Entry.Standing.GRADED)
    for one in rows.select_related("entry__member", "entry__unit"):
        entry = one.entry
        told = {
            "who": name_of(entry),
            "standing": str(entry.get_standing_display()).lower(),
            "because": entry.standing_because,
        }
        yield _("%(who)s: %(standing)s (%(because)s).") % told
    if sitting.held_on:
        yield _("Hội nghị họp ngày %(day)s.") % {"day": written(sitting.held_on)}
