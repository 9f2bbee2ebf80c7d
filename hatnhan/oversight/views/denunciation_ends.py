"""How a denunciation ends: dismissed, taken back, combined, passed on, concluded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.oversight.actions import denunciation_states as states
from hatnhan.oversight.forms import denunciations as forms
from hatnhan.oversight.selectors import denunciations as selector
from hatnhan.oversight.views.denunciation_deeds import DenunciationDeed

if TYPE_CHECKING:
    from hatnhan.core.deeds import Done


class _Final(DenunciationDeed):
    """What cannot be taken back."""

    final = True
    #: "Không thụ lý %(number)s", in words.
    words: Any = ""

    def title(self) -> str:
        return str(self.words) % {"number": str(self.denunciation).lower()}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [_("Đơn không được giải quyết tiếp ở đây."), _("Lý do ghi vào nhật ký.")]


class Dismiss(_Final):
    """Do not take it up."""

    form_class = forms.ReasonForm
    verb = gettext_lazy("Không thụ lý")
    words = gettext_lazy("Không thụ lý %(number)s")

    def act(self, data: dict[str, Any]) -> Done:
        states.dismiss(**self.signed, denunciation=self.denunciation, **data)
        return self.done(_("Đã ghi không thụ lý. Báo người viết đơn."))


class Withdraw(_Final):
    """Write that it was taken back."""

    form_class = forms.ReasonForm
    verb = gettext_lazy("Ghi đã rút")
    words = gettext_lazy("Người viết rút %(number)s")

    def act(self, data: dict[str, Any]) -> Done:
        states.withdraw(**self.signed, denunciation=self.denunciation, **data)
        return self.done(_("Đã ghi đơn được rút."))


class PassOn(_Final):
    """Write to whom it was sent."""

    form_class = forms.PassOnForm
    verb = gettext_lazy("Chuyển đơn")
    words = gettext_lazy("Chuyển %(number)s")

    def act(self, data: dict[str, Any]) -> Done:
        states.pass_on(**self.signed, denunciation=self.denunciation, **data)
        return self.done(_("Đã ghi chuyển đơn. Báo người viết đơn."))


class Combine(_Final):
    """Handle it together with another."""

    form_class = forms.CombineForm
    verb = gettext_lazy("Nhập đơn")
    words = gettext_lazy("Nhập %(number)s vào đơn khác")

    def others(self) -> dict[str, Any]:
        """Return the open ones of the same subject, by id as a form sends it."""
        return {str(one.pk): one for one in selector.others_of(self.request.user, self.denunciation)}

    def form_options(self) -> dict[str, Any]:
        return {"others": [(key, str(one)) for key, one in self.others().items()]}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [_("Hai đơn giải quyết chung; đơn này không có kết luận riêng.")]

    def act(self, data: dict[str, Any]) -> Done:
        into = self.others()[data["into"]]
        states.combine(**self.signed, denunciation=self.denunciation, into=into, on=data["on"])
        return self.done(_("Đã nhập đơn."))


class Conclude(_Final):
    """Conclude it."""

    form_class = forms.ConcludeForm
    verb = gettext_lazy("Kết luận")
    words = gettext_lazy("Kết luận %(number)s")

    def initial(self) -> dict[str, Any]:
        return {"concluded_on": clock.today()}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        wrong = all(one.result in states.CLEARED for one in self.denunciation.points.all())
        if wrong:
            return [_("Không có nội dung nào đúng: phải công khai phục hồi danh dự; phần mềm nhắc hạn.")]
        return [_("Có nội dung đúng: xem xét khuyết điểm, vi phạm theo kết luận của cuộc kiểm tra.")]

    def act(self, data: dict[str, Any]) -> Done:
        states.conclude_denunciation(**self.signed, denunciation=self.denunciation, **data)
        return self.done(_("Đã kết luận đơn tố cáo."))
