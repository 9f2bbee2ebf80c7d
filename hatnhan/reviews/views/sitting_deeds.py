"""What is done with a review meeting: planned, tied to its meeting, held, agreed with as each says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Done, Ground
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.reviews.actions import agreeing, sittings, unholding
from hatnhan.reviews.forms import sitting as forms
from hatnhan.reviews.selectors import sittings as selector
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.views.sittings import SECTION, crumb, sitting_page
from hatnhan.reviews.views.told import RowsDeed

if TYPE_CHECKING:
    from hatnhan.reviews.models import Place, Sitting


class SittingDeed(RowsDeed):
    """Something done with a review meeting, in the states it allows."""

    section = SECTION
    sitting: Sitting
    states: ClassVar[tuple[str, ...]] = ()

    def prepare(self, **address: Any) -> None:
        self.sitting = selector.sitting_to_run(self.request.user, address["pk"])
        if self.sitting.cycle.state != "open" or (self.states and self.sitting.state not in self.states):
            raise Missing

    def crumbs(self) -> list[Crumb]:
        return [crumb(self.sitting)]

    def state(self) -> str:
        return f"{self.sitting.version}"

    def extra(self) -> dict[str, Any]:
        return {"cycle": self.sitting.cycle}

    def places(self) -> list[Place]:
        """Return the list of the meeting, asked once."""
        if not hasattr(self, "_places"):
            self._places = selector.places_of(self.sitting)
        return self._places

    def names(self) -> dict[int, str]:
        """Return who or what each place is, by id."""
        return {one.pk: name_of(one.entry) for one in self.places()}

    def done(self, words: str) -> Done:
        """Return what was done, leading back to the meeting."""
        return Done(words, sitting_page(self.sitting.pk))


class Plan(SittingDeed):
    """Set the day, and who chairs meanwhile."""

    form_class = forms.PlanForm
    verb = gettext_lazy("Đặt ngày họp")
    states = ("planned",)

    def title(self) -> str:
        return _("Đặt ngày họp kiểm điểm: %(where)s") % {"where": selector.title_of(self.sitting)}

    def sentence(self) -> str:
        first = sittings.earliest_day(self.sitting, self.places())
        if first is None:
            return _("Đồng chí đặt ngày; giấy mời, điểm danh làm ở cuộc họp.")
        return _("Bản kiểm điểm đã nộp đủ hạn gửi từ %(day)s.") % {"day": written(first)}

    def ground(self) -> Ground | None:
        law = law_of(self.sitting.cycle).regime
        if not law.value.draft_days:
            return None
        words = _("Gửi bản kiểm điểm của tập thể, lãnh đạo trước hội nghị %(days)s ngày làm việc.")
        return Ground(words % {"days": law.value.draft_days}, law)

    def form_options(self) -> dict[str, Any]:
        self.people = selector.chair_options(self.sitting, clock.today())
        return {"people": [(str(one.pk), one.full_name) for one in self.people]}

    def initial(self) -> dict[str, Any]:
        chair = str(self.sitting.chaired_by_id or "")
        return {"planned_on": self.sitting.planned_on, "chaired_by": chair}

    def act(self, data: dict[str, Any]) -> Done:
        chair = next((one for one in self.people if str(one.pk) == data.pop("chaired_by")), None)
        sittings.plan_sitting(**self.signed, sitting=self.sitting, chaired_by=chair, **data)
        return self.done(_("Đã đặt ngày họp kiểm điểm."))


class LinkMeeting(SittingDeed):
    """Tie it to its meeting."""

    form_class = forms.MeetingForm
    verb = gettext_lazy("Lưu")

    def title(self) -> str:
        return _("Gắn với cuộc họp: %(where)s") % {"where": selector.title_of(self.sitting)}

    def sentence(self) -> str:
        return _("Điểm danh, biên bản lấy ở cuộc họp. Chưa có cuộc họp thì lập ở phần Sinh hoạt trước.")

    def form_options(self) -> dict[str, Any]:
        self.meetings = selector.meetings_of(self.sitting)
        return {"meetings": [(str(one.pk), selector.meeting_words(one)) for one in self.meetings]}

    def initial(self) -> dict[str, Any]:
        return {"meeting": str(self.sitting.meeting_id or "")}

    def act(self, data: dict[str, Any]) -> Done:
        meeting = next((one for one in self.meetings if str(one.pk) == data["meeting"]), None)
        sittings.link_meeting(**self.signed, sitting=self.sitting, meeting=meeting)
        return self.done(_("Đã gắn với cuộc họp.") if meeting else _("Đã thôi gắn với cuộc họp."))


class Hold(SittingDeed):
    """Write that the meeting was held."""

    form_class = forms.HoldForm
    template_name = "reviews/sitting/hold.html"
    verb = gettext_lazy("Ghi đã họp kiểm điểm")
    states = ("planned",)

    def title(self) -> str:
        return _("Ghi đã họp kiểm điểm: %(where)s") % {"where": selector.title_of(self.sitting)}

    def sentence(self) -> str:
        return _(
            "Người không ghi vắng là đã kiểm điểm. Tập thể kiểm điểm trước, cá nhân sau, người đứng đầu trước."
        )

    def ground(self) -> Ground | None:
        law = law_of(self.sitting.cycle).regime
        if not law.value.draft_days:
            return None
        words = _("Bản kiểm điểm của tập thể, lãnh đạo gửi trước hội nghị %(days)s ngày làm việc.")
        return Ground(words % {"days": law.value.draft_days}, law)

    def form_options(self) -> dict[str, Any]:
        return {"places": self.places(), "names": self.names()}

    def initial(self) -> dict[str, Any]:
        called, came = selector.roll_counts(self.sitting)
        away = selector.absent_at(self.sitting)
        held_on = (
            self.sitting.meeting.starts_at.astimezone(clock.HERE).date() if self.sitting.meeting else None
        )
        found: dict[str, Any] = {
            f"absent_{one.pk}": away.get(one.entry.member_id or 0, "") for one in self.places()
        }
        planned = self.sitting.planned_on
        held_on = held_on or (planned if planned and planned <= clock.today() else clock.today())
        return {**found, "held_on": held_on, "entitled": called, "present": came or called}

    def act(self, data: dict[str, Any]) -> Done:
        form = self.told(forms.HoldForm)
        sittings.hold_sitting(
            **self.signed, sitting=self.sitting, absent=form.absent(),
            **{name: data[name] for name in ("held_on", "entitled", "present", "sooner_because")},
        )  # fmt: skip
        return self.done(_("Đã ghi hội nghị. Ghi ý kiến thống nhất từng mục."))


class Unhold(SittingDeed):
    """Take back that the meeting was held."""

    form_class = forms.ReasonForm
    verb = gettext_lazy("Rút, ghi lại")
    states = ("held",)

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if not selector.is_bare(self.sitting):
            raise Missing

    def title(self) -> str:
        return _("Rút hội nghị ghi nhầm: %(where)s") % {"where": selector.title_of(self.sitting)}

    def sentence(self) -> str:
        return _("Hội nghị trở lại chưa họp, để ghi lại đúng ngày, số người. Bản kiểm điểm đã nộp vẫn giữ.")

    def act(self, data: dict[str, Any]) -> Done:
        unholding.unhold_sitting(**self.signed, sitting=self.sitting, **data)
        return self.done(_("Đã rút. Ghi lại khi hội nghị đã họp."))


class AgreeAll(SittingDeed):
    """Agree with what each says."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Thống nhất như tự đánh giá")
    states = ("held", "proposed")

    def title(self) -> str:
        return _("Thống nhất như tự đánh giá: %(where)s") % {"where": selector.title_of(self.sitting)}

    def sentence(self) -> str:
        count = sum(bool(one.to_agree) for one in self.places())  # type: ignore[attr-defined]
        words = _(
            "Nhiệm vụ, khuyết điểm, điểm chưa ghi ý kiến của %(count)s mục lấy như tự đánh giá. Mục nào khác thì ghi "
            "riêng trước; ghi rồi vẫn sửa được."
        )
        return words % {"count": count}

    def act(self, data: dict[str, Any]) -> Done:
        count = agreeing.agree_all(**self.signed, sitting=self.sitting, **data)
        return self.done(_("Đã ghi ý kiến thống nhất của %(count)s mục.") % {"count": count})
