"""What the meeting agrees on of one entry; and one who was absent, reviewed later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Done
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.reviews.actions import agreeing, sittings
from hatnhan.reviews.actions.reading import record_review_read
from hatnhan.reviews.forms import sitting as forms
from hatnhan.reviews.selectors import place_lines
from hatnhan.reviews.selectors import sittings as selector
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.views.sittings import SECTION, crumb, place_page, sitting_page
from hatnhan.reviews.views.told import RowsDeed

if TYPE_CHECKING:
    from hatnhan.reviews.models import Place


class _PlaceDeed(RowsDeed):
    """Something done with one entry at a meeting."""

    section = SECTION
    place: Place

    def prepare(self, **address: Any) -> None:
        self.place = selector.place_to_run(self.request.user, address["pk"])
        if self.place.sitting_id != address["sitting"] or self.place.sitting.cycle.state != "open":
            raise Missing

    def opened(self) -> None:
        record_review_read(**self.signed, entry=self.place.entry)

    def crumbs(self) -> list[Crumb]:
        sitting = self.place.sitting
        return [
            crumb(sitting),
            Crumb(name_of(self.place.entry), place_page(self.place)),
        ]

    def state(self) -> str:
        return f"{self.place.entry.version}"


class Agree(_PlaceDeed):
    """Tasks, faults, points: what the meeting agrees."""

    form_class = forms.AgreeForm
    template_name = "reviews/sitting/agree.html"
    verb = gettext_lazy("Ghi ý kiến thống nhất")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if not place_lines.may_agree(self.place):
            raise Missing
        self.lines = place_lines.lines_of(self.place)

    def title(self) -> str:
        return _("Ý kiến thống nhất: %(name)s") % {"name": name_of(self.place.entry)}

    def sentence(self) -> str:
        return _("Đúng như tự đánh giá thì để nguyên. Khác thì chọn lại và ghi vì sao.")

    def form_options(self) -> dict[str, Any]:
        return {
            "work": self.lines.work,
            "faults": self.lines.faults,
            "criteria": [one.criterion for one in self.lines.points],
            "scored": self.lines.scored,
            "levels": place_lines.levels(),
        }

    def initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for kind, lines in (("work", self.lines.work), ("fault", self.lines.faults)):
            for one in lines:
                found[f"{kind}_{one.pk}"] = one.agreed or one.said
                found[f"{kind}_because_{one.pk}"] = one.agreed_because
        for row in self.lines.points:
            points = row.own if row.agreed is None else row.agreed
            shown = points if self.lines.scored or points is None else str(int(points))
            found[f"score_{row.criterion.key}"] = shown
        return found

    def extra(self) -> dict[str, Any]:
        rubric = law_of(self.place.sitting.cycle).rubric
        given = {row.criterion.key: row for row in self.lines.points}
        return {
            "rubric": rubric,
            "lines": self.lines,
            "given": given,
            "cycle": self.place.sitting.cycle,
        }

    def act(self, data: dict[str, Any]) -> Done:  # noqa: ARG002 - read from the form, row by row
        form = self.told(forms.AgreeForm)
        work, faults, points = form.agreed("work"), form.agreed("fault"), form.points()
        if not (work or faults or points):
            raise RuleBroken("nothing", _("Chưa ghi ý kiến nào. Chọn ít nhất một mục."))
        if work:
            agreeing.agree_work(**self.signed, place=self.place, agreed=work)
        if faults:
            agreeing.agree_faults(**self.signed, place=self.place, agreed=faults)
        if points:
            agreeing.score(**self.signed, place=self.place, points=points)
        after = selector.neighbours(self.place).after
        words = _("Đã ghi ý kiến thống nhất: %(name)s.") % {"name": name_of(self.place.entry)}
        return Done(words, place_page(after) if after else sitting_page(self.place.sitting_id))


class ReviewLater(_PlaceDeed):
    """Write when one who was absent was reviewed."""

    form_class = forms.LaterForm
    verb = gettext_lazy("Ghi đã kiểm điểm")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if self.place.reviewed_on is not None or self.place.sitting.held_on is None:
            raise Missing

    def title(self) -> str:
        return _("Kiểm điểm sau: %(name)s") % {"name": name_of(self.place.entry)}

    def sentence(self) -> str:
        return _("Vắng vì: %(why)s. Ghi ngày đã kiểm điểm trước tập thể.") % {
            "why": self.place.absent_because
        }

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        sittings.review_absent(**self.signed, place=self.place, **data)
        return Done(_("Đã ghi kiểm điểm."), place_page(self.place))
