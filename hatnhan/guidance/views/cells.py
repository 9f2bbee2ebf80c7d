"""What one cell was given: its own text, tasks, agenda, own points and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.assignments.selectors.shown import standing_of
from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.vietnamese import day as written
from hatnhan.guidance import permissions
from hatnhan.guidance.actions import cells as actions
from hatnhan.guidance.forms import rollout as forms
from hatnhan.guidance.selectors import cells, following
from hatnhan.guidance.selectors.next_step import next_step
from hatnhan.guidance.views.rollout import SECTION
from hatnhan.guidance.views.rows import RowsDeed
from hatnhan.organization.cell_kinds import kind_words
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.assignments.models import Task
    from hatnhan.core.http import Request
    from hatnhan.guidance.models import CellPoint, CellRollOut


def given_page(given: CellRollOut) -> str:
    """Return the address of the page of what a cell was given."""
    return reverse("guidance:given", args=[given.pk])


def given(request: Request, pk: int) -> HttpResponse:
    """Show what a cell was given, as it stands today."""
    found = cells.given_for(request.user, pk)
    today = clock.today()

    def shown(task: Task | None) -> dict[str, Any] | None:
        return {"task": task, "standing": standing_of(task, today)} if task else None

    runs = found.left_on is None and found.roll_out.state == found.roll_out.State.APPROVED
    leads = permissions.leads(request.user, found.cell_id)
    points = [(point, shown(point.task)) for point in cells.points_of(found)]
    own = [(point, shown(task)) for point, task in cells.own_points(found)]
    context = {
        "section": SECTION,
        "given": found,
        "roll_out": found.roll_out,
        "document": found.roll_out.document,
        "kind": kind_words(found.variant.cell_kind) if found.variant else "",
        "points": points,
        "own": own,
        "former": [shown(task) for task in cells.former_tasks(found)],
        "agenda": cells.agenda_of(found),
        "reports": cells.reports_of(found),
        "terms": _terms(found),
        "leads": leads,
        "may_write": leads and runs,
        "next": next_step(found, today) if leads and runs else None,
    }
    return render(request, "guidance/rollout/given.html", context)


def _terms(found: CellRollOut) -> list[following.Term]:
    told = {one.months: one.reported_on for one in cells.reports_of(found)}
    steps = cells.steps_of(found.roll_out)
    return [
        following.Term(months, due, told.get(months))
        for months, due in following.terms(found.roll_out, steps)
    ]


class _GivenDeed(Deed):
    """Something that a cell writes to what it was given."""

    section = SECTION
    given: CellRollOut

    def prepare(self, **address: Any) -> None:
        self.given = cells.given_for(self.request.user, address["pk"])
        permissions.require_lead(self.request.user, self.given.cell_id)

    def crumbs(self) -> list[Crumb]:
        words = _("%(number)s ở %(cell)s") % {
            "number": self.given.roll_out.document.number,
            "cell": self.given.cell,
        }
        return [Crumb(words, given_page(self.given))]

    def done(self, message: str) -> Done:
        """Return what was done, leading back to the cell's page."""
        return Done(message, given_page(self.given))


class AddOwnPoints(_GivenDeed, RowsDeed):
    """Add points of the cell's own."""

    form_class = forms.OwnPointsForm
    verb = gettext_lazy("Thêm nội dung")

    def title(self) -> str:
        return _("Nội dung chi bộ thêm")

    def sentence(self) -> str:
        return _("Thêm dưới nội dung cấp ủy giao; nội dung cốt lõi giữ nguyên. Dòng để trống thì bỏ qua.")

    def form_options(self) -> dict[str, Any]:
        return self.row_options()

    def act(self, data: dict[str, Any]) -> Done:
        actions.add_own_points(**self.signed, given=self.given, points=data["points"])
        return self.done(_("Đã thêm nội dung của chi bộ."))


class RemoveOwnPoint(_GivenDeed):
    """Take off a point that the cell added."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Bỏ nội dung này")
    point: CellPoint

    def prepare(self, **address: Any) -> None:
        self.point = cells.point_for(self.request.user, address["pk"])
        self.given = self.point.given
        permissions.require_lead(self.request.user, self.given.cell_id)

    def title(self) -> str:
        return _("Bỏ nội dung chi bộ thêm")

    def sentence(self) -> str:
        return _("Bỏ “%(text)s”.") % {"text": self.point.text}

    def act(self, _data: dict[str, Any]) -> Done:
        done = self.done(_("Đã bỏ nội dung chi bộ thêm."))
        actions.remove_own_point(**self.signed, point=self.point)
        return done


class Report(_GivenDeed):
    """Report what came of it in the cell."""

    form_class = forms.ReportForm
    verb = gettext_lazy("Gửi báo cáo")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.for_cell = self.given.cell_id not in powers_of(self.request.user).cells_led

    def title(self) -> str:
        bare = _("Ghi hộ báo cáo kết quả triển khai") if self.for_cell else _("Báo cáo kết quả triển khai")
        return f"{bare}: {self.given.cell}"

    def sentence(self) -> str:
        if self.for_cell:
            return _(
                "Đồng chí ghi hộ chi bộ, theo bản giấy hoặc lời chi bộ báo. Tên người ghi hiện trên báo cáo."
            )
        return _("Bí thư, Phó Bí thư Đảng ủy đọc báo cáo này. Ghi theo bản giấy cũng được.")

    def form_options(self) -> dict[str, Any]:
        words = _("Kỳ %(months)d tháng, hạn %(day)s")
        terms = [
            (str(one.months), words % {"months": one.months, "day": written(one.due)})
            for one in _terms(self.given)
        ]
        return {"terms": [*terms, ("0", _("Báo cáo thêm, ngoài kỳ"))]}

    def initial(self) -> dict[str, Any]:
        owed = [str(one.months) for one in _terms(self.given) if one.reported_on is None]
        return {"months": owed[0] if owed else "0", "reported_on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        actions.report_results(**self.signed, given=self.given, **data)
        return self.done(_("Đã gửi báo cáo."))
