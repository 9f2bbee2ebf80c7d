"""Staff look at what cells proposed, a cell at a time, and save it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Denied, Missing
from hatnhan.reviews.actions import appraising
from hatnhan.reviews.forms import decision as forms
from hatnhan.reviews.selectors import appraisal as selector
from hatnhan.reviews.selectors.caps import cap_uses
from hatnhan.reviews.selectors.cycles import cycle_for
from hatnhan.reviews.selectors.shares import cap_lines

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.forms import Form
    from hatnhan.reviews.models import Cycle, Entry
    from hatnhan.reviews.selectors.appraisal import Part

SECTION = "reviews:home"


def year_page(name: str, cycle: Cycle, **query: str) -> str:
    """Return the address of a page of a year for the cycle's own unit."""
    return (
        f"{reverse(f'reviews:{name}', args=[cycle.year])}?{urlencode({'don_vi': cycle.unit.code, **query})}"
    )


class CycleDeed(Deed):
    """Something done in a year's cycle: the one of the unit and year in the address."""

    section = SECTION
    cycle: Cycle

    def prepare(self, **address: Any) -> None:
        if self.request.unit is None:
            raise Missing
        self.cycle = cycle_for(self.request.user, self.request.unit, address["year"])
        self.require()

    def require(self) -> None:
        """Raise Missing or Denied unless the person may do this."""
        selector.require_reader(self.request.user, self.cycle)
        if not selector.may_appraise(self.request.user, self.cycle):
            raise Denied(
                _("Việc này do Bí thư, Phó Bí thư Đảng ủy làm. Đồng chí không giữ chức vụ ấy hôm nay.")
            )

    def extra(self) -> dict[str, Any]:
        return {"cycle": self.cycle}


class Appraise(CycleDeed):
    """Write what staff find of the entries of one unit.

    Up to 26 queries, however many they are: eight for session, unit and powers, the cycle, two for the units, the
    entries, four for what is kept of them, seven for what other rooms and entries tell of leaders and the
    organisation, two for caps.
    """

    form_class = forms.AppraiseForm
    verb = gettext_lazy("Ghi thẩm định")
    template_name = "reviews/decision/appraisal.html"
    parts: list[Part]
    part: Part | None
    rows: list[selector.Row]

    def require(self) -> None:
        selector.require_reader(self.request.user, self.cycle)
        if self.request.method == "POST":
            super().require()

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.parts = selector.parts_of(self.cycle)
        code = self.request.GET.get("chi_bo", "")
        chosen = next((one for one in self.parts if one.unit.code == code), None)
        self.part = chosen or (self.parts[0] if self.parts else None)
        entries: list[Entry] = selector.entries_in(self.cycle, self.part.unit) if self.part else []
        self.rows = selector.rows_of(entries)

    def title(self) -> str:
        return _("Thẩm định xếp loại năm %(year)d") % {"year": self.cycle.year}

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("Kiểm điểm, xếp loại"), reverse("reviews:home"))]

    def form_options(self) -> dict[str, Any]:
        member = selector.grade_options(self.cycle)
        options = {"member": member, "collective": member}
        options["organisation"] = selector.grade_options(self.cycle, organisation=True)
        return {"rows": self.rows, "options": options}

    def initial(self) -> dict[str, Any]:
        """Offer what was proposed where the conditions open it; nothing where staff must think and say why."""
        found: dict[str, Any] = {"on": clock.today()}
        for row in self.rows:
            entry = row.entry
            usual = entry.proposed_grade if entry.proposed_grade in row.allowed else ""
            found[f"grade_{entry.pk}"] = entry.appraised_grade or usual
            found[f"reason_{entry.pk}"] = entry.appraised_reason
        return found

    def state(self) -> str:
        return " ".join(f"{row.entry.pk}:{row.entry.version}" for row in self.rows)

    def extra(self) -> dict[str, Any]:
        lines = cap_lines(self.cycle, cap_uses(self.cycle, "best known"))
        return super().extra() | {
            "parts": self.parts,
            "part": self.part,
            "rows": self.rows,
            "caps": [one for one in lines if one.use.used or one.use.over],
            "may": selector.may_appraise(self.request.user, self.cycle) and selector.is_open(self.cycle),
            "waiting": sum(one.waiting for one in self.parts),
        }

    def _page(self, form: Form, template: str = "", **more: Any) -> HttpResponse:
        cells = [
            (row, form[f"grade_{row.entry.pk}"], form[f"reason_{row.entry.pk}"])
            if row.open
            else (row, None, None)
            for row in self.rows
        ]
        return super()._page(form, template, sheet=cells, **more)

    def act(self, data: dict[str, Any]) -> Done:
        by_pk = {row.entry.pk: row.entry for row in self.rows if row.open}
        chosen = {}
        for pk, entry in by_pk.items():
            grade, reason = data[f"grade_{pk}"], data[f"reason_{pk}"] or ""
            if grade and (grade, reason) != (entry.appraised_grade, entry.appraised_reason):
                chosen[entry] = (grade, reason)
        appraising.appraise(**self.signed, entries=chosen, on=data["on"])
        code = self.part.unit.code if self.part else ""
        words = _("Đã ghi thẩm định %(count)d trường hợp.") % {"count": len(chosen)}
        return Done(words, year_page("appraisal", self.cycle, chi_bo=code))
