"""Writing facts that no room knows, lifting a trigger, taking either back. All lead back to the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Denied, Missing
from hatnhan.reviews.actions import facts as actions
from hatnhan.reviews.actions import readings
from hatnhan.reviews.forms import facts as forms
from hatnhan.reviews.permissions import facts as may
from hatnhan.reviews.rules.facts import UNIT
from hatnhan.reviews.selectors import explain_words as words
from hatnhan.reviews.selectors import why
from hatnhan.reviews.selectors.asked import asked_of
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.facts import LIFTED, told_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.views.cycle_deeds import cycle_crumb, room_crumb
from hatnhan.reviews.views.cycles import SECTION
from hatnhan.reviews.views.why import entry_of, why_page

if TYPE_CHECKING:
    from hatnhan.reviews.models import Entry, TypedFact


class FactDeed(Deed):
    """Something written of an entry that its grade rests on."""

    section = SECTION
    verb = gettext_lazy("Ghi")
    entry: Entry

    def opened(self) -> None:
        readings.record_read(**self.signed, entry=self.entry)

    def crumbs(self) -> list[Crumb]:
        name = _("Vì sao? %(name)s") % {"name": name_of(self.entry)}
        return [room_crumb(), cycle_crumb(self.entry.cycle), Crumb(name, why_page(self.entry))]

    def ground(self) -> Ground:
        return Ground(_("Điều kiện của từng mức xếp loại."), law_of(self.entry.cycle).conditions)

    def done(self, sentence: str) -> Done:
        """Return what was done, leading back to the answer."""
        return Done(sentence, why_page(self.entry))


class WriteFact(FactDeed):
    """Write a fact with where it is from."""

    form_class = forms.FactForm
    fact: str

    def prepare(self, **address: Any) -> None:
        self.entry, self.fact = entry_of(self.request, address["pk"]), address["fact"]
        if self.fact not in asked_of(self.entry):
            raise Missing
        if not may.may_write(self.request.user, self.entry):
            raise Denied(_("Việc này do Bí thư, Phó Bí thư Đảng ủy, hoặc người đứng đầu chi bộ ghi."))

    def title(self) -> str:
        return _("%(what)s: %(who)s") % {"what": words.label(self.fact), "who": name_of(self.entry)}

    def sentence(self) -> str:
        told = told_of([self.entry])[self.entry.pk].get(self.fact)
        return _("Phần mềm đang biết: %(where)s.") % {"where": told.where} if told and told.where else ""

    def form_options(self) -> dict[str, Any]:
        return {"label": words.label(self.fact), "unit": UNIT[self.fact]}

    def initial(self) -> dict[str, Any]:
        value, source = why.held(self.entry, self.fact)
        return {"value": words.plain(value) if value is not None else None, "source": source}

    def state(self) -> str:
        value, source = why.held(self.entry, self.fact)
        return f"{value}:{source}"

    def act(self, data: dict[str, Any]) -> Done:
        actions.write_fact(
            **self.signed, entry=self.entry, fact=self.fact, value=data["value"], source=data["source"]
        )
        return self.done(_("Đã ghi. Mức xếp loại có thể được tính lại theo điều này."))


class LiftTrigger(FactDeed):
    """Write that the authority lifted what would make the lowest grade."""

    form_class = forms.LiftForm
    final = True
    key: str

    def prepare(self, **address: Any) -> None:
        self.entry, self.key = entry_of(self.request, address["pk"]), address["key"]
        if not why.may_lift_of(self.entry, self.key):
            raise Missing
        if not may.may_lift(self.request.user, self.entry):
            raise Denied(_("Việc này do Bí thư, Phó Bí thư của cấp xem xét ghi."))

    def title(self) -> str:
        return _("Căn cứ đã được xem xét: %(who)s") % {"who": name_of(self.entry)}

    def sentence(self) -> str:
        rows = law_of(self.entry.cycle).conditions.value.triggers
        row = next(one for one in rows if one.key == self.key)
        sentence = _(
            "Căn cứ: %(what)s. Quy định cho cấp có thẩm quyền xem xét khi tự phát hiện và đã khắc phục. "
            "Ghi văn bản của cấp ấy; căn cứ này không còn tự xếp mức thấp nhất."
        )
        return sentence % {"what": words.trigger(row.fact, row.op, row.value)}

    def state(self) -> str:
        value, source = why.held(self.entry, f"{LIFTED}{self.key}")
        return f"{value}:{source}"

    def consequences(self, data: dict[str, Any]) -> list[str]:
        return [
            _("Văn bản: %(number)s. Lý do: %(reason)s.")
            % {"number": data["paper_no"], "reason": data["reason"].rstrip(".")},
            _("Các mức khác được xét theo điều kiện của từng mức."),
        ]

    def act(self, data: dict[str, Any]) -> Done:
        actions.lift_trigger(**self.signed, entry=self.entry, trigger=self.key, **data)
        return self.done(_("Đã ghi căn cứ được xem xét."))


class WithdrawFact(FactDeed):
    """Take back what was written."""

    form_class = forms.TakeBackForm
    verb = gettext_lazy("Rút")
    typed: TypedFact

    def prepare(self, **address: Any) -> None:
        self.typed = why.typed_for(self.request.user, address["pk"])
        self.entry = self.typed.entry

    def title(self) -> str:
        return _("Rút điều đã ghi: %(who)s") % {"who": name_of(self.entry)}

    def sentence(self) -> str:
        key = self.typed.fact
        if key.startswith(LIFTED):
            return _("Đã ghi căn cứ được xem xét theo %(source)s. Rút thì căn cứ lại xếp mức thấp nhất.") % {
                "source": self.typed.source
            }
        sentence = _(
            "Đang ghi “%(what)s”: %(value)s, theo %(source)s. Rút thì phần mềm dùng số tự tính, nếu có."
        )
        told = {
            "what": words.label(key),
            "value": words.number(key, self.typed.value),
            "source": self.typed.source,
        }
        return sentence % told

    def act(self, data: dict[str, Any]) -> Done:
        actions.withdraw_fact(**self.signed, typed=self.typed, because=data["because"])
        return self.done(_("Đã rút điều đã ghi."))
