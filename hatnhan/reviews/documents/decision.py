"""A decision on grades with its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Signature, Table
from hatnhan.organization.models import Body
from hatnhan.reviews.documents.common import grade_words, head_of, joined, unsure
from hatnhan.reviews.models import DecisionLine, Entry, Sitting
from hatnhan.reviews.selectors import papers
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.documents.types import Paper
    from hatnhan.reviews.models import GradeDecision

_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Họ và tên; tập thể, tổ chức", 2.4),
    Column("Chi bộ, đơn vị", 2),
    Column("Xếp loại", 2),
    Column("Ghi chú", 1.6),
)
_KINDS = (
    (Entry.Of.ORGANISATION, gettext_lazy("Tổ chức đảng")),
    (Entry.Of.COLLECTIVE, gettext_lazy("Tập thể")),
    (Entry.Of.MEMBER, gettext_lazy("Đảng viên")),
)


@document_of(papers.DECISION, title=gettext_lazy("Quyết định xếp loại"))
def decision(one: GradeDecision) -> Paper:
    """Draw up a decision of a body here: grounds, articles, who gets which grade, by cell and name."""
    if one.unit is None:
        raise Missing
    head = head_of(one.unit, one.body or Body.COMMITTEE, one.signed_on or clock.today())
    lines = _lines(one)
    signature = head.on_behalf
    if one.signed_by:
        signature = Signature(signature.on_behalf, signature.post, one.signed_by)
    return head.paper(
        title=_("Quyết định") if one.signed_on else _("Quyết định (dự thảo)"),
        abstract=one.title,
        kind="QĐ",
        number=one.number,
        paragraphs=tuple(_grounds(one, lines)),
        sections=(
            Section(_("QUYẾT ĐỊNH"), tuple(_articles(one, len(lines)))),
            *_lists(lines),
        ),
        signatures=(signature,),
        recipients=head.sent_to(_("Tổ chức, cá nhân có tên (để thực hiện);")),
    )


def _lines(one: GradeDecision) -> list[DecisionLine]:
    rows = one.lines.select_related("entry__member", "entry__unit")
    found = list(rows.order_by("entry__unit__name", "entry__member__sort_key", "pk"))
    for line in found:
        line.entry.cycle = one.cycle
    return found


def _grounds(one: GradeDecision, lines: list[DecisionLine]) -> Iterator[str]:
    law = law_of(one.cycle)
    yield _("- Căn cứ Điều lệ Đảng;")
    name = f"{law.regime.value.name} {unsure(law.regime)}".strip()
    yield _("- Căn cứ %(name)s;") % {"name": name}
    units = {line.entry.unit_id for line in lines}
    rows = Sitting.objects.filter(cycle=one.cycle, unit__in=units, proposed_on__isnull=False)
    numbers = list(rows.exclude(proposal_no="").values_list("proposal_no", flat=True)[:4])
    if len(numbers) in range(1, 4):
        yield _("- Xét báo cáo đề nghị số %(numbers)s;") % {"numbers": "; ".join(numbers)}
    elif numbers:
        yield _("- Xét báo cáo đề nghị của các hội nghị kiểm điểm;")


def _articles(one: GradeDecision, count: int) -> Iterator[str]:
    told = {"year": one.cycle.year, "count": count}
    yield (
        _("Điều 1. Xếp loại chất lượng năm %(year)d đối với %(count)d tổ chức, cá nhân có tên dưới đây.")
        % told
    )
    yield _("Điều 2. Kết quả được thông báo cho tổ chức, cá nhân có tên và công khai theo quy định.")
    yield _("Điều 3. Các chi bộ, tổ chức, cá nhân có liên quan thi hành quyết định này.")


def _lists(lines: list[DecisionLine]) -> Iterator[Section]:
    for kind, heading in _KINDS:
        found = [line for line in lines if line.entry.of == kind]
        if found:
            rows = tuple(_row(at, line) for at, line in enumerate(found, start=1))
            yield Section(str(heading), (), Table(_COLUMNS, rows))


def _row(at: int, line: DecisionLine) -> tuple[str, ...]:
    entry = line.entry
    note = joined((line.reason, _("Văn bản %(number)s") % {"number": line.paper_no} if line.paper_no else ""))
    unit = entry.unit.name if entry.of != Entry.Of.ORGANISATION else ""
    return str(at), name_of(entry), unit, grade_words(entry, line.grade), ". ".join(note)


def decided_by(entry: Entry) -> str:
    """Return the decision that gave an entry its grade: "Quyết định số 45-QĐ/ĐU ngày 28/12/2026"; "" for none known."""
    regraded = entry.regradings.order_by("-signed_on", "-pk").first()
    if regraded is not None:
        told = {"number": regraded.number, "day": written(regraded.signed_on)}
        return _("Quyết định số %(number)s ngày %(day)s") % told
    line = entry.decision_lines.filter(decision__state="signed").select_related("decision").last()
    if line is None or line.decision.signed_on is None:
        return ""
    told = {"number": line.decision.number, "day": written(line.decision.signed_on)}
    return _("Quyết định số %(number)s ngày %(day)s") % told
