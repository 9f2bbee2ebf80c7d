"""The quality score of a cell's meeting: what is known, what the cell gives itself, what the committee decides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Done
from hatnhan.core.errors import Missing
from hatnhan.core.periods import Period
from hatnhan.meetings import permissions
from hatnhan.meetings.actions import scoring
from hatnhan.meetings.forms.monthly import REMEDIES, DecideForm, ScoreForm
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.score_rules import shown
from hatnhan.meetings.selectors import counted, evidence, monthly, scores
from hatnhan.meetings.views.frame import SECTION
from hatnhan.meetings.views.monthly import MonthDeed, month_frame
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from django.forms import BoundField
    from django.http import HttpResponse

    from hatnhan.core.forms import Form
    from hatnhan.core.http import Request
    from hatnhan.meetings.models import Meeting, ScoreSheet
    from hatnhan.meetings.selectors.evidence import Evidence
    from hatnhan.rulebook.topics.meetings import Criterion, MeetingScore

_HELD = frozenset({"open", "closed", "approved", "locked"})


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion as the page shows it. ``computed`` and ``given`` are None where nothing stands yet."""

    title: str
    most: str
    computed: str
    words: str
    url: str
    given: str = ""
    differs: bool = False
    bound: BoundField | None = None


def score(request: Request, pk: int) -> HttpResponse:
    """Show one meeting's score: the kept sheet, or before it what is known so far."""
    context = month_frame(request, pk, "score")
    meeting: Meeting = context["meeting"]
    sheet = scores.sheet_of(meeting)
    rule = scores.law_kept(sheet) if sheet else scores.law_of(meeting)
    held = meeting.state in _HELD
    context |= {
        "sheet": sheet,
        "rule": rule,
        "bands": scores.bands(rule.value),
        "lines": kept_lines(sheet) if sheet else _so_far(meeting, rule.value),
        "themes": monthly.themes_of(meeting.unit, monthly.day_of(meeting.starts_at)),
        "scores": held
        and not (sheet and sheet.decided_at)
        and permissions.allowed(request.user, Action.SCORE, meeting),
        "decides": sheet is not None and permissions.allowed(request.user, Action.SCORE_DECIDE, meeting),
        "held": held,
    }
    return render(request, "meetings/monthly/score.html", context)


def _so_far(meeting: Meeting, template: MeetingScore) -> list[Line]:
    return known_lines(template.criteria, evidence.evidence(meeting, template, at=clock.now()))


def kept_lines(sheet: ScoreSheet) -> list[Line]:
    """Return the lines of a sheet in the words it keeps."""
    computed = {one.key: one.computed for one in scores.law_kept(sheet).value.criteria}
    return [
        Line(
            title=line.title,
            most=shown(line.most),
            computed="" if line.computed is None else shown(line.computed),
            words=line.evidence,
            url=evidence.page_of(sheet.meeting, computed.get(line.key, "")),
            given=shown(line.given),
            differs=line.computed is not None and line.computed != line.given,
        )
        for line in sheet.lines.all()
    ]


def known_lines(
    criteria: tuple[Criterion, ...], known: dict[str, Evidence], form: Form | None = None
) -> list[Line]:
    """Return the criteria with what can be said of each now, and the field for it where one may score."""
    return [_known(one, known.get(one.key), form) for one in criteria]


def _known(criterion: Criterion, known: Evidence | None, form: Form | None) -> Line:
    return Line(
        title=criterion.title,
        most=shown(criterion.most),
        computed=shown(known.points) if known and known.points is not None else "",
        words=known.words if known else "",
        url=known.url if known else "",
        bound=form[criterion.key] if form else None,
    )


class GiveScore(MonthDeed):
    """The cell scores itself."""

    form_class = ScoreForm
    template_name = "meetings/monthly/score_give.html"
    verb = _lazy("Ghi điểm tự chấm")
    permission = Action.SCORE
    tab = "score"

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.rule = scores.law_of(self.meeting)
        self.sheet = scores.sheet_of(self.meeting)

    @cached_property
    def known(self) -> dict[str, Evidence]:
        """What can be said now of the criteria."""
        return evidence.evidence(self.meeting, self.rule.value, at=clock.now())

    def title(self) -> str:
        return _("Tự chấm điểm buổi sinh hoạt")

    def sentence(self) -> str:
        return _("Mục phần mềm tính được đã điền sẵn; chi bộ chấm khác thì sửa, phiếu giữ cả hai số.")

    def form_options(self) -> dict[str, Any]:
        return {"criteria": self.rule.value.criteria}

    def initial(self) -> dict[str, Any]:
        known = self.known.items()
        found: dict[str, Any] = {key: one.points for key, one in known if one.points is not None}
        if self.sheet:
            found |= {line.key: line.given for line in self.sheet.lines.all()}
            found[REMEDIES] = self.sheet.remedies
        return found

    def _page(self, form: Form, template: str = "", **more: Any) -> HttpResponse:
        more["lines"] = known_lines(self.rule.value.criteria, self.known, form)
        more["remedies"] = form[REMEDIES]
        return super()._page(form, template, **more)

    def extra(self) -> dict[str, Any]:
        return {"meeting": self.meeting, "rule": self.rule, "bands": scores.bands(self.rule.value)}

    def act(self, data: dict[str, Any]) -> Done:
        remedies = data.pop(REMEDIES)
        sheet = scoring.score_meeting(meeting=self.meeting, given=data, remedies=remedies, **self.signed)
        words = _("Đã ghi: chi bộ tự chấm %(total)s điểm, xếp %(band)s.")
        values = {"total": shown(sheet.self_total), "band": sheet.get_self_band_display()}
        message = words % values
        if sheet.self_band != "good" and not sheet.remedies:
            message += " " + _("Nên ghi cách khắc phục mục yếu.")
        return self.back(message)


class DecideScore(MonthDeed):
    """The committee decides, one sheet after another."""

    form_class = DecideForm
    template_name = "meetings/monthly/score_decide.html"
    verb = _lazy("Quyết định")
    permission = Action.SCORE_DECIDE
    tab = "score"
    sheet: ScoreSheet

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        sheet = scores.sheet_of(self.meeting)
        if sheet is None:
            raise Missing
        self.sheet = sheet

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("Sinh hoạt, hội nghị"), reverse(SECTION)),
            Crumb(_("Điểm các chi bộ"), reverse("meetings:scores")),
            Crumb(self.meeting.title, reverse("meetings:score", args=[self.meeting.pk])),
        ]

    def title(self) -> str:
        return _("Quyết định điểm: %(cell)s, tháng %(month)s") % {
            "cell": self.meeting.unit,
            "month": _month(self.meeting),
        }

    def initial(self) -> dict[str, Any]:
        sheet = self.sheet
        return {"total": sheet.self_total if sheet.decided_total is None else sheet.decided_total}

    def state(self) -> str:
        sheet = self.sheet
        return f"{sheet.self_at.isoformat()}/{sheet.decided_at.isoformat() if sheet.decided_at else ''}"

    def extra(self) -> dict[str, Any]:
        rule = scores.law_kept(self.sheet)
        return {
            "sheet": self.sheet,
            "meeting": self.meeting,
            "rule": rule,
            "bands": scores.bands(rule.value),
            "lines": kept_lines(self.sheet),
            "left": scores.waiting(self.request.user, _cells(self.request)).count(),
        }

    def act(self, data: dict[str, Any]) -> Done:
        sheet = scoring.decide_score(meeting=self.meeting, **data, **self.signed)
        words = _("Đã quyết định %(cell)s: %(total)s điểm, xếp %(band)s.")
        total = shown(sheet.decided_total or 0)
        values = {"cell": self.meeting.unit, "total": total, "band": sheet.get_decided_band_display()}
        following = scores.waiting(self.request.user, _cells(self.request)).first()
        page = (
            reverse("meetings:score-decide", args=[following.pk]) if following else reverse("meetings:scores")
        )
        return Done(words % values, page)


def _month(meeting: Meeting) -> str:
    on = counted.belongs_to(meeting)
    return f"{on.month}/{on.year}"


def _cells(request: Request) -> frozenset[int]:
    return powers_of(request.user).units_led


def year(request: Request) -> HttpResponse:
    """Show the cells' scores over a year, with what waits for a decision first; for those who lead a unit."""
    led = _cells(request)
    if not led or request.unit is None:
        raise Missing
    asked = request.GET.get("nam", "")
    number = int(asked) if asked.isdecimal() and len(asked) == len("2018") else request.as_of.year
    period = Period.parse(str(max(number, 1900)))
    cells = scores.cells_below(request.unit, led, period)
    context = {
        "section": SECTION,
        "rows": scores.year_of(cells, period),
        "year": period.start.year,
        "months": range(1, 13),
        "waiting": list(scores.waiting(request.user, cells)),
    }
    return render(request, "meetings/monthly/scores.html", context)
