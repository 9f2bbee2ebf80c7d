"""Staff give one entry its final points, and the grade that they find with them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Denied
from hatnhan.reviews.actions import appraising, readings
from hatnhan.reviews.forms.appraising import PointsForm
from hatnhan.reviews.selectors import appraisal as selector
from hatnhan.reviews.selectors import texts
from hatnhan.reviews.selectors.entries import entry_for, name_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.views.appraisal import SECTION, year_page

if TYPE_CHECKING:
    from hatnhan.reviews.models import Entry


class AppraisePoints(Deed):
    """Write the final points of one entry with the grade that staff find."""

    section = SECTION
    form_class = PointsForm
    verb = gettext_lazy("Ghi điểm và mức thẩm định")
    entry: Entry

    def prepare(self, **address: Any) -> None:
        self.entry = entry_for(self.request.user, address["pk"])
        selector.require_reader(self.request.user, self.entry.cycle)
        if not selector.may_appraise(self.request.user, self.entry.cycle):
            raise Denied(
                _("Việc này do Bí thư, Phó Bí thư Đảng ủy làm. Đồng chí không giữ chức vụ ấy hôm nay.")
            )
        graded = self.entry.standing == "graded"
        if not graded or self.entry.state not in appraising.STATES:
            raise Denied(
                _("Chỉ ghi điểm thẩm định khi đã đề nghị mức và chưa quyết định. Mở lại trang để xem.")
            )

    def opened(self) -> None:
        readings.record_read(**self.signed, entry=self.entry)

    def title(self) -> str:
        return _("Điểm thẩm định: %(who)s") % {"who": name_of(self.entry)}

    def sentence(self) -> str:
        stage = selector.points_now(self.entry)[0]
        if not stage:
            return _("Chưa có điểm nào. Ghi đủ các tiêu chí rồi chọn mức.")
        return _("Điểm đang có: %(stage)s. Sửa chỗ khác đi, rồi chọn mức.") % {"stage": stage}

    def crumbs(self) -> list[Crumb]:
        cycle = self.entry.cycle
        words = _("Thẩm định xếp loại năm %(year)d") % {"year": cycle.year}
        return [Crumb(words, year_page("appraisal", cycle, chi_bo=self.entry.unit.code))]

    def ground(self) -> Ground:
        return Ground(_("Tiêu chí và điểm của từng tiêu chí."), law_of(self.entry.cycle).rubric)

    def form_options(self) -> dict[str, Any]:
        return {
            "entry": self.entry,
            "criteria": texts.criteria_of(self.entry),
            "scored": texts.is_scored(self.entry),
            "grades": selector.grade_options_of(self.entry),
        }

    def initial(self) -> dict[str, Any]:
        entry, scored = self.entry, texts.is_scored(self.entry)
        found: dict[str, Any] = {
            "on": entry.appraised_on or clock.today(),
            f"grade_{entry.pk}": entry.appraised_grade or entry.proposed_grade,
            f"reason_{entry.pk}": entry.appraised_reason,
        }
        for key, points in selector.points_now(entry)[1].items():
            shown = f"{points.normalize():f}".replace(".", ",") if scored else str(int(points))
            found[f"point_{key}"] = shown
        return found

    def state(self) -> str:
        return str(self.entry.version)

    def act(self, data: dict[str, Any]) -> Done:
        pk = self.entry.pk
        points = {one.key: Decimal(data[f"point_{one.key}"]) for one in texts.criteria_of(self.entry)}
        found = (data[f"grade_{pk}"], data[f"reason_{pk}"] or "")
        appraising.appraise(**self.signed, entries={self.entry: found}, on=data["on"], points={pk: points})
        return Done(
            _("Đã ghi điểm và mức thẩm định: %(who)s.") % {"who": name_of(self.entry)}, self.crumbs()[-1].url
        )
