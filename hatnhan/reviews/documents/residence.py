"""The comment of the Party committee where a member lives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Section, Signature
from hatnhan.reviews.documents.common import DOTS, as_paragraphs, body_of, head_of, unsure
from hatnhan.reviews.selectors import papers
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from hatnhan.documents.types import Paper
    from hatnhan.reviews.models import Entry


@document_of(papers.RESIDENCE, title=gettext_lazy("Nhận xét nơi cư trú"))
def residence(entry: Entry) -> Paper:
    """Draw up the comment that was written, else a sheet to be filled in where the member lives.

    It speaks of duties and conduct as a member alone, never of belief, family or private opinion.
    """
    law = law_of(entry.cycle)
    found = papers.residence_of(entry)
    on = found.on if found else clock.today()
    head = head_of(entry.unit, body_of(entry.unit), on)
    told = {"name": name_of(entry), "cell": entry.unit.name, "year": entry.cycle.year}
    text = as_paragraphs(found.text) if found else (DOTS,) * 4
    number = law.forms.value.residence
    answer = as_paragraphs(found.answer) if found else ()
    source = found.source if found else DOTS[:40]
    made = head.paper(
        title=_("Nhận xét nơi cư trú"),
        abstract=_("đối với đảng viên, năm %(year)d") % told,
        paragraphs=(
            _("Đồng chí %(name)s, đang sinh hoạt tại %(cell)s.") % told,
            _("Nơi nhận xét: %(source)s.") % {"source": source},
        ),
        sections=(
            Section(_("Việc thực hiện nhiệm vụ đảng viên, nghĩa vụ công dân nơi cư trú"), text),
            *((Section(_("Giải trình của đảng viên"), answer),) if answer else ()),
        ),
        signatures=(Signature(_("Cấp ủy nơi cư trú"), "", ""),),
        recipients=(_("%(cell)s;") % told,),
    )
    form = " ".join((_("Mẫu"), number, unsure(law.forms))).strip() if number else ""
    said = found.number if found else ""
    return replace(made, number=" · ".join(part for part in (form, said) if part), superior="", issuer=source)
