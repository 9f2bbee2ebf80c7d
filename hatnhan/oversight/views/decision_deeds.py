"""What is done about a decision: announced, handed over, ended; what was wrong is made good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import decision_readings as readings
from hatnhan.oversight.actions import handing_over, restoring
from hatnhan.oversight.forms import decisions as forms
from hatnhan.oversight.selectors import decisions
from hatnhan.oversight.views.decisions import SECTION, decision_page
from hatnhan.oversight.words_terms import span
from hatnhan.rulebook.topics.oversight import Complaints

if TYPE_CHECKING:
    from hatnhan.oversight.models import Decision, Restoration


def complaint_ground(decision: Decision) -> Ground:
    """Return the rule by which the last day to complain is told."""
    rule = law_for(Complaints, clock.today(), decision.unit)
    words = _("Khiếu nại trong %(span)s kể từ ngày nhận quyết định.")
    return Ground(words % {"span": span(rule.value.amount, rule.value.unit)}, rule)


class DecisionDeed(Deed):
    """Something done about one decision."""

    section = SECTION
    decision: Decision

    def prepare(self, **address: Any) -> None:
        self.decision = decisions.decision_for(self.request.user, address["pk"])
        permissions.require_handle(self.request.user, self.decision.case)

    def opened(self) -> None:
        readings.record_decision_read(**self.signed, decision=self.decision)

    def crumbs(self) -> list[Crumb]:
        label = _("Quyết định %(number)s") % {"number": self.decision.number}
        return [Crumb(label, decision_page(self.decision))]

    def state(self) -> str:
        one = self.decision
        return f"{one.state} {one.announced_on} {one.handed_on}"

    def done(self, message: str) -> Done:
        """Return what was done, leading back to the decision."""
        return Done(message, decision_page(self.decision))


class Announce(DecisionDeed):
    """Write the day of the announcement."""

    form_class = forms.AnnounceForm
    verb = gettext_lazy("Ghi ngày công bố")

    def title(self) -> str:
        return _("Công bố quyết định %(number)s") % {"number": self.decision.number}

    def initial(self) -> dict[str, Any]:
        return {"announced_on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        handing_over.announce(**self.signed, decision=self.decision, **data)
        return self.done(_("Đã ghi ngày công bố. Trao quyết định cho người bị kỷ luật."))


class HandOver(DecisionDeed):
    """Write the day of the hand-over."""

    form_class = forms.HandOverForm
    verb = gettext_lazy("Ghi ngày trao")

    def title(self) -> str:
        return _("Trao quyết định %(number)s") % {"number": self.decision.number}

    def ground(self) -> Ground:
        return complaint_ground(self.decision)

    def initial(self) -> dict[str, Any]:
        return {"handed_on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        handing_over.hand_over(**self.signed, decision=self.decision, **data)
        last = self.decision.complain_by
        words = _("Đã ghi ngày trao. Khiếu nại được đến hết ngày %(day)s.")
        return self.done(words % {"day": written(last) if last else "—"})


class EndEffect(DecisionDeed):
    """Write that it no longer has effect."""

    form_class = forms.EndForm
    verb = gettext_lazy("Ghi hết hiệu lực")

    def title(self) -> str:
        return _("Quyết định %(number)s hết hiệu lực") % {"number": self.decision.number}

    def sentence(self) -> str:
        return _("Chỉ ghi khi trong thời gian có hiệu lực không có vi phạm mới đến mức phải kỷ luật.")

    def initial(self) -> dict[str, Any]:
        return {"on": self.decision.ends_on}

    def act(self, data: dict[str, Any]) -> Done:
        handing_over.end_effect(**self.signed, decision=self.decision, **data)
        return self.done(_("Đã ghi quyết định hết hiệu lực."))


class RestoreDone(Deed):
    """Write that a wrong was put right."""

    section = SECTION
    form_class = forms.RestoreForm
    verb = gettext_lazy("Ghi đã làm")
    restoration: Restoration

    def prepare(self, **address: Any) -> None:
        self.restoration = decisions.restoration_for(self.request.user, address["pk"])

    def opened(self) -> None:
        one = self.restoration
        if one.decision is not None:
            readings.record_decision_read(**self.signed, decision=one.decision)
        elif one.denunciation is not None:
            readings.record_denunciation_read(**self.signed, denunciation=one.denunciation)

    def title(self) -> str:
        return str(self.restoration.get_kind_display())

    def sentence(self) -> str:
        words = _("Làm trước hết ngày %(day)s, ở nơi và trước những người đã biết việc sai.")
        return words % {"day": written(self.restoration.due)}

    def crumbs(self) -> list[Crumb]:
        owner = self.restoration.decision or self.restoration.denunciation
        return [Crumb(str(owner), self._back())]

    def _back(self) -> str:
        one = self.restoration
        if one.decision is not None:
            return decision_page(one.decision)
        return reverse("oversight:denunciation", args=[one.denunciation_id])

    def initial(self) -> dict[str, Any]:
        return {"done_on": clock.today()}

    def state(self) -> str:
        return str(self.restoration.done_on or "-")

    def act(self, data: dict[str, Any]) -> Done:
        restoring.restore(**self.signed, restoration=self.restoration, **data)
        return Done(_("Đã ghi."), self._back())
