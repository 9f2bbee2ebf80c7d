"""How many have the best grade in each group against how many may; a higher percentage is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Done, Ground
from hatnhan.core.errors import Missing
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import caps as writing
from hatnhan.reviews.forms import decision as forms
from hatnhan.reviews.selectors import appraisal
from hatnhan.reviews.selectors.caps import cap_uses, over
from hatnhan.reviews.selectors.cycles import cycle_for
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.shares import cap_lines
from hatnhan.reviews.views.appraisal import SECTION, CycleDeed, year_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.reviews.selectors.shares import CapLine


def caps(request: Request, year: int) -> HttpResponse:
    """Show each group: base, percentage, limit, used, left or over with who.

    Up to 14 queries, however many are reviewed: session and person, powers, the line above, the cycle, grades, raised
    caps, who is over (two), tabs.
    """
    if request.unit is None:
        raise Missing
    cycle = cycle_for(request.user, request.unit, year)
    appraisal.require_reader(request.user, cycle)
    known = cap_uses(cycle, "best known")
    runs = permissions.runs_cycle(request.user, cycle.unit_id)
    context = {
        "section": SECTION,
        "cycle": cycle,
        "lines": cap_lines(cycle, known),
        "over": over(cycle, known),
        "law": law_of(cycle).caps,
        "may": runs and appraisal.is_open(cycle),
    }
    return render(request, "reviews/decision/caps.html", context)


class RaiseCap(CycleDeed):
    """Write down that the authority lets a group have more."""

    form_class = forms.RaiseForm
    verb = gettext_lazy("Ghi tỷ lệ được nâng")
    line: CapLine

    def require(self) -> None:
        permissions.require_cycle(self.request.user, self.cycle.unit_id)

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        asked = (self.request.GET.get("ty_le", ""), self.request.GET.get("nhom", ""))
        lines = cap_lines(self.cycle, cap_uses(self.cycle, "best known"))
        found = next((one for one in lines if (one.use.cap.key, one.use.group) == asked), None)
        if found is None:
            raise Missing
        self.line = found

    def title(self) -> str:
        return _("Nâng tỷ lệ: %(group)s") % {"group": self.line.group}

    def sentence(self) -> str:
        cap = self.line.use.cap
        values = {"percent": f"{cap.percent.normalize():f}", "most": f"{cap.raised.normalize():f}"}
        words = _("Thường không quá %(percent)s%%; nơi nổi trội được cấp có thẩm quyền cho đến %(most)s%%.")
        return words % {key: value.replace(".", ",") for key, value in values.items()}

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("Tỷ lệ"), year_page("caps", self.cycle))]

    def ground(self) -> Ground:
        return Ground(self.line.use.cap.cite, law_of(self.cycle).caps)

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def state(self) -> str:
        return str(self.line.use.percent)

    def act(self, data: dict[str, Any]) -> Done:
        use = self.line.use
        writing.raise_cap(**self.signed, cycle=self.cycle, cap=use.cap.key, group=use.group, **data)
        return Done(_("Đã ghi tỷ lệ được nâng."), year_page("caps", self.cycle))
