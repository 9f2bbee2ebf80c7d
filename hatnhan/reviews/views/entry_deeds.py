"""Changes by hand to one entry: whether it is graded, as what it is reviewed, in which group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Missing
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import readings, standings
from hatnhan.reviews.forms import cycle as forms
from hatnhan.reviews.selectors import choosing
from hatnhan.reviews.selectors.entries import known_entry, name_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.views.cycle_deeds import cycle_crumb, room_crumb
from hatnhan.reviews.views.cycles import SECTION

if TYPE_CHECKING:
    from hatnhan.reviews.models import Entry


class EntryDeed(Deed):
    """Something changed in the list by whoever runs the cycle."""

    section = SECTION
    verb = gettext_lazy("Lưu")
    entry: Entry

    def prepare(self, **address: Any) -> None:
        found = known_entry(self.request.user, address["pk"])
        if found is None:
            raise Missing
        permissions.require_cycle(self.request.user, found.cycle.unit_id)
        self.entry = found

    def opened(self) -> None:
        readings.record_read(**self.signed, entry=self.entry)

    def crumbs(self) -> list[Crumb]:
        address = reverse("reviews:entry", args=[self.entry.pk])
        return [room_crumb(), cycle_crumb(self.entry.cycle), Crumb(name_of(self.entry), address)]

    def state(self) -> str:
        return f"{self.entry.pk}:{self.entry.version}"

    def done(self, words: str) -> Done:
        """Return what was done, leading back to the entry."""
        return Done(words, reverse("reviews:entry", args=[self.entry.pk]))


class SetStanding(EntryDeed):
    """Say whether an entry is graded, reviewed only, or left out."""

    form_class = forms.StandingForm

    def title(self) -> str:
        return _("Đổi diện kiểm điểm: %(who)s") % {"who": name_of(self.entry)}

    def sentence(self) -> str:
        words = _("Đang là: %(standing)s.") % {"standing": self.entry.get_standing_display()}
        return f"{words} {self.entry.standing_because}".strip()

    def ground(self) -> Ground:
        regime = law_of(self.entry.cycle).regime
        words = _("Miễn công tác, sinh hoạt: %(exempt)s. Bị đình chỉ sinh hoạt: %(suspended)s.")
        values = {
            "exempt": choosing.standing_words(regime.value.exempt),
            "suspended": choosing.standing_words(regime.value.suspended),
        }
        return Ground(words % values, regime)

    def form_options(self) -> dict[str, Any]:
        return {"standings": choosing.standings()}

    def initial(self) -> dict[str, Any]:
        return {
            "standing": self.entry.standing,
            "because": self.entry.standing_because,
            "source": self.entry.standing_source,
        }

    def act(self, data: dict[str, Any]) -> Done:
        standings.set_standing(**self.signed, entry=self.entry, **data)
        return self.done(_("Đã đổi diện kiểm điểm."))


class SetSubject(EntryDeed):
    """Say as what a member is reviewed."""

    form_class = forms.SubjectForm

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if self.entry.member_id is None:
            raise Missing

    def title(self) -> str:
        return _("Đổi đối tượng kiểm điểm: %(who)s") % {"who": name_of(self.entry)}

    def sentence(self) -> str:
        return _(
            "Mẫu bản kiểm điểm, tiêu chí và nhóm vị trí theo đối tượng. Đổi được khi bản kiểm điểm chưa nộp."
        )

    def form_options(self) -> dict[str, Any]:
        return {"subjects": choosing.subjects(self.entry)}

    def initial(self) -> dict[str, Any]:
        return {"subject": self.entry.subject}

    def act(self, data: dict[str, Any]) -> Done:
        standings.set_subject(**self.signed, entry=self.entry, **data)
        return self.done(_("Đã đổi đối tượng kiểm điểm."))


class SetGroup(EntryDeed):
    """Put an entry into another group of similar posts."""

    form_class = forms.GroupForm

    def title(self) -> str:
        return _("Đổi nhóm vị trí: %(who)s") % {"who": name_of(self.entry)}

    def sentence(self) -> str:
        return _("Tỷ lệ mức cao nhất được tính trong từng nhóm vị trí tương đồng.")

    def ground(self) -> Ground:
        return Ground(_("Nhóm vị trí tương đồng"), law_of(self.entry.cycle).caps)

    def form_options(self) -> dict[str, Any]:
        return {"groups": [(one.key, one.title) for one in law_of(self.entry.cycle).caps.value.groups]}

    def initial(self) -> dict[str, Any]:
        return {"group": self.entry.group}

    def act(self, data: dict[str, Any]) -> Done:
        standings.set_group(**self.signed, entry=self.entry, **data)
        return self.done(_("Đã đổi nhóm vị trí."))
