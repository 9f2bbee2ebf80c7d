"""The papers of a check as its team and its body write them: decision, plan, outline, minutes, report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.vietnamese import day as written
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Section, Table
from hatnhan.meetings.documents.common import numbered, short_day
from hatnhan.organization.sheets import sheet
from hatnhan.oversight.documents.common import as_paragraphs, examined, one_called, sheet_of, signed_by
from hatnhan.oversight.models import Case, Check, Finding, TeamMember
from hatnhan.oversight.selectors import papers
from hatnhan.oversight.selectors.choosing import topics

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hatnhan.documents.types import Paper
    from hatnhan.oversight.models import Dossier, Minutes, Subject
    from hatnhan.oversight.selectors.papers import ShareOf

_TEAM = (Column("TT", 0.5, "center"), Column("Họ và tên", 3), Column("Nhiệm vụ", 2))
_STEPS = (Column("TT", 0.5, "center"), Column("Việc", 4), Column("Xong trước hết ngày", 1.4, "center"))


def _subjects(check: Check) -> list[Subject]:
    return list(check.subjects.select_related("unit", "member"))


def _team(check: Check) -> list[TeamMember]:
    """Return who is in the team, its head first."""
    order = {role: place for place, role in enumerate(TeamMember.Role.values)}
    rows = check.team.filter(left_on=None).select_related("member")
    return sorted(rows, key=lambda one: (order[one.role], one.pk))


def _names(rows: Sequence[Subject]) -> str:
    return "; ".join(one_called(one) for one in rows)


@document_of(papers.DECISION, title=gettext_lazy("Quyết định, lập đoàn"))
def decision(check: Check) -> Paper:
    """Draw up the decision that opens a check: on what ground, whom, what, since when, by whom, by when."""
    head = sheet_of(check)
    rows = tuple(
        (str(at), one.member.full_name, str(one.get_role_display()))
        for at, one in enumerate(_team(check), start=1)
    )
    return head.paper(
        title=_("Quyết định"),
        abstract=f"{str(check.get_kind_display())[:1].lower()}{str(check.get_kind_display())[1:]}",
        kind="QĐ",
        number=check.decision_no,
        paragraphs=tuple(_grounds(check)),
        sections=(
            Section(_("QUYẾT ĐỊNH"), tuple(_articles(check))),
            Section(_("Đoàn (tổ) gồm các đồng chí:"), (), Table(_TEAM, rows), level=2),
            Section(
                "",
                (
                    _(
                        "Đối tượng được nghe công bố quyết định, được báo cáo, trình bày ý kiến,"
                        " nhận kết luận và đề nghị xem lại kết luận."
                    ),
                ),
            ),
        ),
        recipients=head.sent_to(_("Đối tượng và đoàn (để thực hiện);")),
    )


def _grounds(check: Check) -> Iterator[str]:
    yield _("- Căn cứ Điều lệ Đảng và quy định về công tác kiểm tra, giám sát của Đảng;")
    if check.item:
        programme = check.item.programme
        words = {"year": programme.year, "number": programme.decision_no or "…"}
        yield _("- Căn cứ Chương trình kiểm tra, giám sát năm %(year)d, số %(number)s;") % words
    for line in as_paragraphs(check.ground):
        yield _("- Căn cứ: %(ground)s") % {"ground": line}


def _articles(check: Check) -> Iterator[str]:
    about = {
        "subjects": _names(_subjects(check)),
        "content": check.content.rstrip("."),
        "period": examined(check.examined_from, check.examined_to),
        "last": written(check.ends_by),
        "kind": check.get_kind_display(),
    }
    yield (
        _("Điều 1. %(kind)s đối với %(subjects)s. Nội dung: %(content)s. Mốc thời gian: %(period)s.") % about
    )
    yield (
        _("Điều 2. Lập đoàn (tổ) gồm các đồng chí có tên dưới đây. Kết luận trước hết ngày %(last)s.") % about
    )
    yield _("Điều 3. Đoàn, đối tượng, tổ chức và cá nhân có liên quan thi hành quyết định này.")


# --- plan and outline ------------------------------------------------------------------------------------------------
@document_of(papers.PLAN, title=gettext_lazy("Kế hoạch, phân công"))
def plan(matter: Check | Case) -> Paper:
    """Draw up how a check or a case will be carried out: who does what, step by step, by when."""
    if isinstance(matter, Case):
        head = sheet(matter.deciding_unit, matter.deciding_body, matter.opened_on)
        people = [(one.member.full_name, _("Thụ lý")) for one in matter.handlers.select_related("member")]
        intro = (_("Vụ việc: %(matter)s.") % {"matter": matter.matter.rstrip(".")},)
        about = _("xem xét, thi hành kỷ luật")
    else:
        head = sheet_of(matter)
        people = [(one.member.full_name, str(one.get_role_display())) for one in _team(matter)]
        intro = (
            _("Thực hiện Quyết định số %(number)s; nội dung: %(content)s; mốc thời gian: %(period)s.")
            % {
                "number": matter.decision_no,
                "content": matter.content.rstrip("."),
                "period": examined(matter.examined_from, matter.examined_to),
            },
        )
        about = str(matter.get_kind_display()).lower()
    rows = tuple((str(at), *one) for at, one in enumerate(people, start=1))
    parts = (
        Section(_("Lực lượng, phân công"), (), Table(_TEAM, rows)),
        Section(_("Các bước"), (), _steps(matter.dossier)),
    )
    return head.paper(
        title=_("Kế hoạch"),
        abstract=about,
        kind="KH",
        paragraphs=intro,
        sections=numbered(parts),
        recipients=(head.head.kept,),
    )


def _steps(dossier: Dossier) -> Table:
    rows = dossier.steps.all()
    return Table(
        _STEPS,
        tuple((str(at), one.title, short_day(one.due) if one.due else "") for at, one in enumerate(rows, 1)),
    )


@document_of(papers.OUTLINE, title=gettext_lazy("Đề cương gợi ý báo cáo"))
def outline(check: Check) -> Paper:
    """Draw up what the subject is asked to report on."""
    head = sheet_of(check)
    named = topics(check.unit, check.opened_on).get(check.topic, "")
    parts = (
        Section(_("Khái quát đặc điểm, tình hình"), (_("Nhiệm vụ được giao; thuận lợi, khó khăn."),)),
        Section(
            _("Kết quả thực hiện"),
            tuple(
                filter(
                    None,
                    (
                        _("Lĩnh vực: %(topic)s.") % {"topic": named} if named else "",
                        check.content,
                        _("Nêu việc đã làm, ngày làm, số liệu và văn bản kèm theo."),
                    ),
                )
            ),
        ),
        Section(_("Ưu điểm; khuyết điểm, hạn chế, nguyên nhân, trách nhiệm")),
        Section(_("Biện pháp khắc phục; đề xuất, kiến nghị")),
    )
    return head.paper(
        title=_("Đề cương"),
        abstract=_("gợi ý báo cáo tự kiểm tra"),
        paragraphs=(
            _("Mốc thời gian báo cáo: %(period)s.")
            % {"period": examined(check.examined_from, check.examined_to)},
        ),
        sections=numbered(parts),
        recipients=head.sent_to(_("Đối tượng (để thực hiện);")),
    )


# --- minutes and report ----------------------------------------------------------------------------------------------
@document_of(papers.MINUTES, title=gettext_lazy("Biên bản"))
def minutes(about: ShareOf) -> Paper:
    """Draw up the minutes of one kind of work, in the order of their days."""
    first = about.minutes[0]
    head = sheet_of(about.check, first.on)
    leader = next((one.member.full_name for one in _team(about.check) if one.role == "head"), "")
    return head.paper(
        title=_("Biên bản"),
        abstract=f"{str(first.get_kind_display())[:1].lower()}{str(first.get_kind_display())[1:]}",
        kind="BB",
        sections=tuple(section for one in about.minutes for section in of_minutes(one)),
        closing=(_("Biên bản đã đọc lại cho mọi người cùng nghe, thống nhất."),)
        if all(one.agreed for one in about.minutes)
        else (_("Có ý kiến chưa thống nhất như ghi trong biên bản."),),
        signatures=(
            signed_by(about.minutes[-1].written_by, on_behalf=_("Người ghi biên bản")),
            signed_by(leader, on_behalf=_("Trưởng đoàn")),
        ),
        recipients=(head.head.kept,),
    )


def of_minutes(one: Minutes) -> Iterator[Section]:
    """Yield what one minutes says: when, where, who was there, what was said."""
    opening = _("Ngày %(day)s, tại %(place)s.") % {"day": written(one.on), "place": one.place}
    present = _("Thành phần: %(present)s") % {"present": "; ".join(as_paragraphs(one.present))}
    yield Section("", (opening, present, *as_paragraphs(one.content)))


@document_of(papers.REPORT, title=gettext_lazy("Báo cáo của đoàn"))
def report(check: Check) -> Paper:
    """Draw up what the team reports, with what it found on each subject."""
    head = sheet_of(check, check.reported_on)
    leader = next((one.member.full_name for one in _team(check) if one.role == "head"), "")
    parts = (
        Section(_("Kết quả"), as_paragraphs(check.report)),
        *(found_on(one, list(one.findings.all())) for one in check.subjects.prefetch_related("findings")),
    )
    return head.paper(
        title=_("Báo cáo"),
        abstract=_("kết quả %(kind)s") % {"kind": str(check.get_kind_display()).lower()},
        kind="BC",
        paragraphs=(
            _("Thực hiện Quyết định số %(number)s, ngày %(day)s; mốc thời gian: %(period)s.")
            % {
                "number": check.decision_no,
                "day": written(check.opened_on),
                "period": examined(check.examined_from, check.examined_to),
            },
        ),
        sections=numbered(parts),
        signatures=(signed_by(leader, on_behalf=_("Trưởng đoàn")),),
        recipients=(head.head.kept,),
    )


def found_on(one: Subject, rows: Sequence[Finding]) -> Section | None:
    """Return what was found on a subject, strengths first; None where there is nothing."""
    order = list(Finding.Kind.values)
    lines = []
    for row in sorted(rows, key=lambda row: (order.index(row.kind), row.pk)):
        due = getattr(getattr(row, "remedy", None), "due", None) or row.remedy_due
        until = _(" Khắc phục xong trước hết ngày %(day)s.") % {"day": written(due)} if due else ""
        lines.append(f"- {row.get_kind_display()}: {row.text.rstrip('.')}.{until}")
    return Section(one_called(one), tuple(lines)) if lines else None
