"""What is done in a year under the Directive; the year's theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Missing
from hatnhan.guidance import permissions
from hatnhan.guidance.actions.themes import set_theme
from hatnhan.guidance.forms import directive as forms
from hatnhan.guidance.selectors import directive as selector
from hatnhan.guidance.views.directive import SECTION, asked_year

if TYPE_CHECKING:
    from hatnhan.organization.models import Unit


def year_crumb(year: int) -> Crumb:
    """Return the way back to the year."""
    label = _("Học tập và làm theo Bác %(year)d") % {"year": year}
    return Crumb(label, f"{reverse('guidance:directive')}?nam={year}")


class YearDeed(Deed):
    """Something done in a year under the Directive."""

    section = SECTION
    year: int

    def crumbs(self) -> list[Crumb]:
        return [year_crumb(self.year)]


class SetTheme(YearDeed):
    """Set what the committee learns in a year."""

    form_class = forms.ThemeForm
    verb = gettext_lazy("Lưu chuyên đề")
    unit: Unit

    def prepare(self, **_address: Any) -> None:
        if self.request.unit is None or self.request.unit.is_cell:
            raise Missing
        self.year, self.unit = asked_year(self.request), self.request.unit
        permissions.require_keep(self.request.user, self.unit.pk)
        found = selector.theme_of(self.unit, self.year, self.request.as_of)
        self.kept = found if found and found.unit_id == self.unit.pk else None
        self.before = selector.theme_of(self.unit, self.year - 1, self.request.as_of)

    def title(self) -> str:
        return _("Chuyên đề năm %(year)d: %(unit)s") % {"year": self.year, "unit": self.unit}

    def sentence(self) -> str:
        return _("Chi bộ, đảng viên thấy chuyên đề này khi đăng ký.")

    def initial(self) -> dict[str, Any]:
        if self.kept:
            return {name: getattr(self.kept, name) for name in ("theme", "term_theme", "decision_no")}
        return {"term_theme": self.before.term_theme if self.before else ""}

    def state(self) -> str:
        return f"{self.kept.theme}|{self.kept.term_theme}|{self.kept.decision_no}" if self.kept else ""

    def act(self, data: dict[str, Any]) -> Done:
        set_theme(**self.signed, unit=self.unit, year=self.year, kept=self.kept, **data)
        return Done(_("Đã lưu chuyên đề năm."), self.crumbs()[-1].url)
