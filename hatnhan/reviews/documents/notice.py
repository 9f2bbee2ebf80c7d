"""The notice of a grade to whom it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.vietnamese import day as written
from hatnhan.documents.registry import document_of
from hatnhan.reviews.documents.common import body_of, grade_words, head_of, joined
from hatnhan.reviews.documents.decision import decided_by
from hatnhan.reviews.models import Grade
from hatnhan.reviews.selectors import papers
from hatnhan.reviews.selectors.again import last_day_to_ask
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.documents.types import Paper
    from hatnhan.reviews.models import Entry


@document_of(papers.NOTICE, title=gettext_lazy("Thông báo kết quả xếp loại"))
def notice(entry: Entry) -> Paper:
    """Draw up what an entry is told: its grade, by which decision, how to ask for another look and by when."""
    on = entry.notified_on or clock.today()
    head = head_of(entry.cycle.unit, body_of(entry.cycle.unit), on)
    name = name_of(entry)
    to = _("đồng chí %(name)s, %(cell)s") % {"name": name, "cell": entry.unit.name}
    return head.paper(
        title=_("Thông báo"),
        abstract=_("kết quả xếp loại chất lượng năm %(year)d") % {"year": entry.cycle.year},
        kind="TB",
        addressed=_("Kính gửi: %(who)s") % {"who": to if entry.member else name},
        paragraphs=joined(_lines(entry)),
        recipients=(_("Như trên;"), head.head.kept),
    )


def _lines(entry: Entry) -> Iterator[str]:
    told = {
        "year": entry.cycle.year,
        "grade": grade_words(entry, entry.grade),
        "decision": decided_by(entry) or _("quyết định của cấp có thẩm quyền"),
    }
    yield _("Kết quả xếp loại chất lượng năm %(year)d: %(grade)s (%(decision)s).") % told
    if entry.override_reason:
        yield _("Lý do: %(reason)s (văn bản %(number)s).") % {
            "reason": entry.override_reason.rstrip("."),
            "number": entry.override_no,
        }
    yield _("Căn cứ và từng điều kiện ghi ở phần giải thích kèm theo hồ sơ xếp loại.")
    last = last_day_to_ask(entry)
    days = law_of(entry.cycle).regime.value.ask_again_days
    if last is not None:
        yield _("Nếu không đồng ý, đề nghị xem lại trước hết ngày %(day)s.") % {"day": written(last)}
    elif days:
        yield _("Nếu không đồng ý, đề nghị xem lại trong %(days)d ngày từ khi nhận.") % {"days": days}
    else:
        yield _("Nếu không đồng ý, có thể đề nghị cấp quyết định xem lại; chưa tìm thấy quy định về hạn.")
    if entry.grade == Grade.FAILED and entry.member:
        yield _("Chi bộ phân công giúp đỡ; việc giúp đỡ và thời hạn ghi ở phần việc của chi bộ.")
