"""Opening a cycle, bringing its list up to date, moving a day, closing; grades of earlier years."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import closing, cycles, dropping, past, previews, refreshing, steps
from hatnhan.reviews.forms import cycle as forms
from hatnhan.reviews.permissions.units import require_keeper
from hatnhan.reviews.selectors import choosing
from hatnhan.reviews.selectors import cycles as selector
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.views.cycles import SECTION

if TYPE_CHECKING:
    from hatnhan.organization.models import Unit
    from hatnhan.reviews.models import Cycle, Entry, PastGrade, StepDay

_MOST_NAMED = 10


def cycle_page(cycle: Cycle) -> str:
    """Return the address of a cycle's page."""
    return f"{reverse('reviews:cycle', args=[cycle.year])}?don_vi={cycle.unit.code}"


def room_crumb() -> Crumb:
    """Return the way back to the room's first page."""
    return Crumb(_("Kiểm điểm, xếp loại"), reverse("reviews:home"))


def cycle_crumb(cycle: Cycle) -> Crumb:
    """Return the way back to a cycle."""
    return Crumb(_("Năm %(year)d") % {"year": cycle.year}, cycle_page(cycle))


class OpenCycle(Deed):
    """Open the review of a year, after reading over who is in it and under which rules."""

    section = SECTION
    form_class = forms.OpenForm
    verb = gettext_lazy("Mở đợt")
    final = True
    unit: Unit

    def prepare(self, **_address: Any) -> None:
        unit = self.request.unit
        if unit is None:
            raise Missing
        permissions.require_cycle(self.request.user, unit.pk)
        self.unit = unit

    def title(self) -> str:
        return _("Mở đợt kiểm điểm, xếp loại: %(unit)s") % {"unit": self.unit}

    def sentence(self) -> str:
        return _(
            "Danh sách được lập từ danh sách đảng viên, chức vụ và chi bộ; các mốc và quy định theo năm kiểm điểm. "
            "Sau khi mở, đợt giữ quy định ấy đến khi chốt."
        )

    def crumbs(self) -> list[Crumb]:
        return [room_crumb()]

    def initial(self) -> dict[str, Any]:
        today = clock.today()
        return {"year": self.request.GET.get("nam", today.year), "opened_on": today}

    def consequences(self, data: dict[str, Any]) -> list[str]:
        try:
            return previews.sentences(self.unit, data["year"], data["opened_on"])
        except RuleBroken:
            # The rehearsal says it beside its field.
            return []

    def act(self, data: dict[str, Any]) -> Done:
        made = cycles.open_cycle(**self.signed, unit=self.unit, **data)
        return Done(_("Đã mở đợt và lập danh sách. Mời các chi bộ nộp bản kiểm điểm."), cycle_page(made))


class CycleDeed(Deed):
    """Something done in a cycle by whoever runs it."""

    section = SECTION
    cycle: Cycle

    def prepare(self, **address: Any) -> None:
        if self.request.unit is None:
            raise Missing
        self.cycle = selector.cycle_for(self.request.user, self.request.unit, address["year"])
        permissions.require_cycle(self.request.user, self.cycle.unit_id)

    def crumbs(self) -> list[Crumb]:
        return [room_crumb(), cycle_crumb(self.cycle)]


class RefreshList(CycleDeed):
    """Bring the list up to date with the roster."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Cập nhật danh sách")
    template_name = "reviews/refresh.html"

    def title(self) -> str:
        return _("Cập nhật danh sách kiểm điểm năm %(year)d") % {"year": self.cycle.year}

    def sentence(self) -> str:
        return _(
            "So với danh sách đảng viên hôm nay. Người đã chuyển đi trước khi kiểm điểm được ghi là không kiểm điểm; "
            "điều đã viết vẫn giữ."
        )

    def extra(self) -> dict[str, Any]:
        found = refreshing.changes_on(self.cycle, clock.today())
        return {
            "joined": [(name_of(one), one) for one in found.joined],
            "left": [(name_of(one), why, one) for one, why in found.left],
            "moved": [(name_of(one), one) for one in found.moved],
            "nothing": not found,
        }

    def act(self, _data: dict[str, Any]) -> Done:
        found = refreshing.refresh_list(**self.signed, cycle=self.cycle)
        words = _("Đã cập nhật danh sách: thêm %(joined)d, thôi %(left)d.")
        values = {"joined": len(found.joined), "left": len(found.left)}
        return Done(words % values, cycle_page(self.cycle))


class DropCycle(CycleDeed):
    """Drop a cycle opened by mistake."""

    form_class = forms.ReasonForm
    verb = gettext_lazy("Bỏ đợt mở nhầm")
    final = True

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if not selector.is_untouched(self.cycle):
            raise Missing

    def title(self) -> str:
        return _("Bỏ đợt kiểm điểm mở nhầm, năm %(year)d") % {"year": self.cycle.year}

    def sentence(self) -> str:
        return _("Chưa ai viết bản kiểm điểm, chưa đặt hội nghị nào trong đợt này nên còn bỏ được.")

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [
            _("Danh sách, các mốc của đợt năm %(year)d mất hết, kể cả diện đã đổi tay.")
            % {"year": self.cycle.year},
            _("Sau đó mở lại được đợt của năm này."),
        ]

    def act(self, data: dict[str, Any]) -> Done:
        year = self.cycle.year
        dropping.drop_cycle(**self.signed, cycle=self.cycle, **data)
        return Done(_("Đã bỏ đợt kiểm điểm năm %(year)d.") % {"year": year}, reverse("reviews:home"))


class CloseCycle(CycleDeed):
    """Close the cycle."""

    form_class = forms.CloseForm
    verb = gettext_lazy("Chốt đợt")
    template_name = "reviews/instead.html"
    final = True

    def title(self) -> str:
        return _("Chốt đợt kiểm điểm, xếp loại năm %(year)d") % {"year": self.cycle.year}

    def sentence(self) -> str:
        left = self.left
        if not left:
            return _("Tất cả đã được quyết định xếp loại.")
        named = ", ".join(name_of(one) for one in left[:_MOST_NAMED])
        more = len(left) - _MOST_NAMED
        words = _("Chưa chốt được: còn %(names)s") % {"names": named}
        return words + (_(" và %(more)d nơi, người khác.") % {"more": more} if more > 0 else ".")

    @cached_property
    def left(self) -> list[Entry]:
        """What keeps the cycle from being closed."""
        return list(closing.unfinished(self.cycle))

    def extra(self) -> dict[str, Any]:
        return {"instead": Crumb(_("Xem tiến độ"), cycle_page(self.cycle)) if self.left else None}

    def initial(self) -> dict[str, Any]:
        return {"closed_on": clock.today()}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [
            _("Đợt năm %(year)d không nhận thêm điều gì, trừ đề nghị xem lại và xếp loại lại.")
            % {"year": self.cycle.year},
            _("Quy định đã dùng được giữ cùng kết quả."),
        ]

    def act(self, data: dict[str, Any]) -> Done:
        closing.close_cycle(**self.signed, cycle=self.cycle, **data)
        words = _("Đã chốt đợt kiểm điểm, xếp loại năm %(year)d.") % {"year": self.cycle.year}
        return Done(words, cycle_page(self.cycle))


class MoveStep(Deed):
    """Set another last day for a step."""

    section = SECTION
    form_class = forms.StepForm
    verb = gettext_lazy("Lưu mốc")
    step: StepDay

    def prepare(self, **address: Any) -> None:
        self.step = selector.step_for(self.request.user, address["pk"])
        permissions.require_cycle(self.request.user, self.step.cycle.unit_id)

    def title(self) -> str:
        return _("Đổi mốc: %(step)s") % {"step": self.step}

    def sentence(self) -> str:
        return _("Mốc đang là hết ngày %(day)s.") % {"day": written(self.step.due)}

    def crumbs(self) -> list[Crumb]:
        return [room_crumb(), cycle_crumb(self.step.cycle)]

    def ground(self) -> Ground:
        law = law_of(self.step.cycle)
        words = _("Xong trước ngày %(day)d/%(month)d.")
        values = {"day": law.regime.value.finish_day, "month": law.regime.value.finish_month}
        return Ground(words % values, law.regime)

    def initial(self) -> dict[str, Any]:
        return {"due": self.step.due}

    def state(self) -> str:
        return f"{self.step.pk}:{self.step.due}"

    def act(self, data: dict[str, Any]) -> Done:
        steps.move_step(**self.signed, step=self.step, **data)
        return Done(_("Đã đổi mốc."), cycle_page(self.step.cycle))


class RecordPast(Deed):
    """Record the grade of an organisation in a year before cycles were kept here."""

    section = SECTION
    form_class = forms.PastForm
    verb = gettext_lazy("Ghi xếp loại")
    unit: Unit

    def prepare(self, **_address: Any) -> None:
        unit = self.request.unit
        if unit is None:
            raise Missing
        require_keeper(self.request.user, unit.pk)
        self.unit = unit

    def title(self) -> str:
        return _("Ghi xếp loại tổ chức đảng những năm trước")

    def sentence(self) -> str:
        return _("Ghi theo quyết định trên giấy, để tính số năm liên tục giữ danh hiệu.")

    def crumbs(self) -> list[Crumb]:
        return [room_crumb()]

    def form_options(self) -> dict[str, Any]:
        self.units = choosing.units(self.unit, clock.today())
        return {"units": choosing.unit_options(self.units), "grades": choosing.grades()}

    def initial(self) -> dict[str, Any]:
        return {"unit": str(self.unit.pk)}

    def act(self, data: dict[str, Any]) -> Done:
        chosen = next(one for one in self.units if str(one.pk) == data["unit"])
        made = past.record_past(**self.signed, **(data | {"unit": chosen}))
        words = _("Đã ghi xếp loại năm %(year)d của %(unit)s.") % {"year": made.year, "unit": chosen}
        return Done(words, reverse("reviews:home"))


class RemovePast(Deed):
    """Take out a grade that was recorded by mistake."""

    section = SECTION
    form_class = forms.ReasonForm
    verb = gettext_lazy("Bỏ dòng này")
    past: PastGrade

    def prepare(self, **address: Any) -> None:
        self.past = selector.past_for(self.request.user, address["pk"])

    def title(self) -> str:
        words = _("Bỏ xếp loại năm %(year)d: %(unit)s")
        return words % {"year": self.past.year, "unit": self.past.unit}

    def sentence(self) -> str:
        words = _("Đang ghi: %(title)s, quyết định %(number)s.")
        return words % {"title": self.past.title, "number": self.past.decision_no}

    def crumbs(self) -> list[Crumb]:
        return [room_crumb()]

    def act(self, data: dict[str, Any]) -> Done:
        past.remove_past(**self.signed, past=self.past, **data)
        return Done(_("Đã bỏ dòng ghi nhầm."), reverse("reviews:home"))
