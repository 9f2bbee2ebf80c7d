"""The decision that gives a grade anew, on the regime's form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.vietnamese import day as written
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Section
from hatnhan.reviews.documents.common import as_paragraphs, body_of, grade_words, head_of, unsure
from hatnhan.reviews.selectors import papers
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.documents.types import Paper
    from hatnhan.reviews.models import Regrading


@document_of(papers.REGRADING, title=gettext_lazy("Quyết định xếp loại lại"))
def regrading(one: Regrading) -> Paper:
    """Draw up the decision: the old grade and its day, on what ground, the new grade."""
    cycle = one.entry.cycle
    law = law_of(cycle)
    head = head_of(cycle.unit, body_of(cycle.unit), one.signed_on)
    form = law.forms.value.regrading
    made = head.paper(
        title=_("Quyết định"),
        abstract=_("xếp loại lại chất lượng năm %(year)d") % {"year": cycle.year},
        kind="QĐ",
        number=one.number,
        paragraphs=tuple(_grounds(one)),
        sections=(Section(_("QUYẾT ĐỊNH"), tuple(_articles(one))),),
        signatures=(replace(head.on_behalf, name=one.signed_by or head.on_behalf.name),),
        recipients=head.sent_to(_("Tổ chức, cá nhân có tên (để thực hiện);")),
    )
    if not form:
        return made
    return replace(made, number=f"{made.number} · {_('Mẫu')} {form} {unsure(law.forms)}".strip())


def _grounds(one: Regrading) -> Iterator[str]:
    law = law_of(one.entry.cycle)
    yield _("- Căn cứ Điều lệ Đảng;")
    yield _("- Căn cứ %(name)s;") % {"name": f"{law.regime.value.name} {unsure(law.regime)}".strip()}
    yield _("- Căn cứ xếp loại lại: %(ground)s;") % {"ground": str(one.get_ground_display()).lower()}


def _articles(one: Regrading) -> Iterator[str]:
    entry = one.entry
    told = {
        "who": name_of(entry),
        "unit": entry.unit.name,
        "old": grade_words(entry, one.old_grade),
        "day": written(one.old_decided_on),
        "new": grade_words(entry, one.new_grade),
        "year": entry.cycle.year,
    }
    if entry.member:
        yield _("Điều 1. Xếp loại lại năm %(year)d đối với đ/c %(who)s, %(unit)s: %(new)s.") % told
    else:
        yield _("Điều 1. Xếp loại lại năm %(year)d đối với %(who)s: %(new)s.") % told
    yield _("Mức đã xếp ngày %(day)s: %(old)s, nay không còn hiệu lực.") % told
    first, *more = as_paragraphs(one.reason)
    yield _("Lý do: %(reason)s") % {"reason": first}
    yield from more
    yield _("Điều 2. Tổ chức, cá nhân có tên và chi bộ có liên quan thi hành quyết định này.")
