"""How a review meeting voted on grades: totals only, nobody's vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.vietnamese import day as written
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Table
from hatnhan.reviews.documents.sitting import at_the_table, called, places_of, sheet_of
from hatnhan.reviews.models import ORDER
from hatnhan.reviews.selectors import papers
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.votes import votes_of

if TYPE_CHECKING:
    from hatnhan.documents.types import Paper
    from hatnhan.reviews.models import Sitting


def votes_table(sitting: Sitting) -> Table | None:
    """Return the votes of a sitting by grade, in the order of the meeting; None where nothing was voted on."""
    votes = votes_of(sitting)
    if not votes:
        return None
    rows = []
    for at, place in enumerate((one for one in places_of(sitting) if one.pk in votes), start=1):
        found = votes[place.pk]
        counts = (str(found.by_grade.get(grade, 0)) for grade in ORDER)
        rows.append((str(at), name_of(place.entry), *counts, str(found.needed)))
    regime = law_of(sitting.cycle).regime.value
    return Table(
        (
            Column("TT", 0.5, "center"),
            Column("Đảng viên, tập thể, tổ chức", 3),
            *(Column(one.member, 1.4, "center") for one in regime.grades),
            Column("Cần đạt", 0.9, "center"),
        ),
        tuple(rows),
    )


@document_of(papers.TALLY, title=gettext_lazy("Biên bản kiểm phiếu, biểu quyết"))
def tally(sitting: Sitting) -> Paper:
    """Draw up the tally of a review meeting, for a vote by slip or by raised card alike."""
    head = sheet_of(sitting)
    secret = sitting.ballot_id is not None
    told = {"present": sitting.present or 0, "entitled": sitting.entitled or 0}
    lines = [
        _("Bỏ phiếu kín.") if secret else _("Biểu quyết giơ thẻ đảng viên."),
        _("Được triệu tập: %(entitled)d; có mặt: %(present)d.") % told,
    ]
    if sitting.held_on:
        lines.insert(0, _("Ngày %(day)s.") % {"day": written(sitting.held_on)})
    return head.paper(
        title=_("Biên bản kiểm phiếu") if secret else _("Biên bản biểu quyết"),
        abstract=called(sitting),
        kind="BB",
        paragraphs=tuple(lines),
        sections=(Section("", (), votes_table(sitting)),),
        signatures=at_the_table(sitting, head),
        recipients=(head.head.kept,),
        landscape=True,
    )
