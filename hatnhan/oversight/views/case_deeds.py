"""Opening a discipline case, mending what it is about and who has it in hand, setting it aside, ending it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import cases
from hatnhan.oversight.actions.case_readings import record_case_read
from hatnhan.oversight.forms import discipline as forms
from hatnhan.oversight.forms.checks import ReasonForm
from hatnhan.oversight.selectors import cases as selector
from hatnhan.oversight.selectors import entering_case as entering
from hatnhan.oversight.selectors.case_facts import standing_of
from hatnhan.oversight.selectors.law import discipline_of, limitation_law
from hatnhan.oversight.selectors.other_acts import other_acts
from hatnhan.oversight.views.discipline import SECTION, case_page

if TYPE_CHECKING:
    from hatnhan.organization.models import Unit
    from hatnhan.oversight.casing import CaseData
    from hatnhan.oversight.models import Case


def list_crumb() -> Crumb:
    """Return the way back to the list."""
    return Crumb(_("Kỷ luật"), reverse("oversight:cases"))


class OpenCase(Deed):
    """Open a case; from a check (?cuoc=) its subjects come first."""

    section = SECTION
    form_class = forms.OpenCaseForm
    verb = gettext_lazy("Mở vụ việc")
    unit: Unit

    def prepare(self, **_address: Any) -> None:
        if self.request.unit is None:
            raise Missing
        self.unit = self.request.unit
        permissions.require_run(self.request.user, self.unit.pk)

    def title(self) -> str:
        return _("Mở vụ việc kỷ luật: %(unit)s") % {"unit": self.unit}

    def sentence(self) -> str:
        return _(
            "Hồ sơ, các bước và hạn lập theo quy trình đang áp dụng. Chỉ người thụ lý, cấp quyết định và đối tượng mở "
            "xem được."
        )

    def crumbs(self) -> list[Crumb]:
        return [list_crumb()]

    def ground(self) -> Ground:
        law = entering.limitation_at(self.unit, clock.today())
        words = _("Đã hết thời hiệu thì vẫn xem xét và ghi kết quả bỏ phiếu, nhưng không kỷ luật.")
        return Ground(words, law)

    def form_options(self) -> dict[str, Any]:
        return {"options": entering.opening_options(self.request.user, self.unit, clock.today())}

    def initial(self) -> dict[str, Any]:
        me = entering.own_id(self.request.user)
        return {"opened_on": clock.today(), "check": self.request.GET.get("cuoc", ""), "handlers": [me]}

    def asks_twice(self, data: dict[str, Any]) -> bool:
        return bool(self.consequences(data))

    def consequences(self, data: dict[str, Any]) -> list[str]:
        told: CaseData = entering.chosen(self.unit, data)["data"]
        found = other_acts(told.member, told.organisation, [day for _text, day in told.acts])
        words = _(
            "Đối tượng này đã có vụ việc khác về hành vi ngày %(day)s. Một hành vi chỉ kỷ luật một lần: mở tiếp khi "
            "đây là hành vi khác."
        )
        return [words % {"day": written(one)} for one in sorted({one.done_on for one in found})]

    def act(self, data: dict[str, Any]) -> Done:
        told = entering.chosen(self.unit, data)
        made = cases.open_case(**self.signed, unit=self.unit, opened_on=data["opened_on"], **told)
        message = _("Đã mở vụ việc, lập hồ sơ. Việc tiếp theo: báo cho đối tượng.")
        seen = permissions.handles(self.request.user, made)
        return Done(message, case_page(made) if seen else reverse("oversight:cases"))


class CaseDeed(Deed):
    """Something done in one running case by whoever has it in hand."""

    section = SECTION
    case: Case

    def prepare(self, **address: Any) -> None:
        self.case = selector.case_to_write(self.request.user, address["pk"])

    def opened(self) -> None:
        record_case_read(by=self.request.user, at=clock.now(), case=self.case)

    def crumbs(self) -> list[Crumb]:
        return [list_crumb(), Crumb(self.case.matter, case_page(self.case))]

    def state(self) -> str:
        return f"{self.case.pk}:{self.case.version}"

    def done(self, words: str) -> Done:
        """Return what was done, leading back to the case."""
        return Done(words, case_page(self.case))


class Acts(CaseDeed):
    """Change what a case is about, until its subject was heard."""

    form_class = forms.ActsForm
    verb = gettext_lazy("Lưu")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if self.case.hearings.all():
            raise Missing

    def title(self) -> str:
        return _("Sửa nội dung vụ việc")

    def sentence(self) -> str:
        return _("Sửa được đến khi đối tượng được nghe. Thời hiệu tính lại theo các ngày ở đây.")

    def form_options(self) -> dict[str, Any]:
        heads = [(one.key, one.title) for one in limitation_law(self.case).value.without]
        return {"heads": heads, "rows": max(forms.ACTS, len(self.case.acts.all()) + 1)}

    def initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {"matter": self.case.matter, "head": self.case.head}
        for row, one in enumerate(self.case.acts.all()):
            found |= {f"act{row}": one.text, f"day{row}": one.done_on}
        return found

    def act(self, data: dict[str, Any]) -> Done:
        told = {name: data[name] for name in ("acts", "matter", "head")}
        cases.edit_acts(**self.signed, case=self.case, **told)
        return self.done(_("Đã sửa."))


class Handlers(CaseDeed):
    """Say who has a case in hand."""

    form_class = forms.HandlersForm
    verb = gettext_lazy("Lưu")

    def title(self) -> str:
        return _("Người thụ lý")

    def sentence(self) -> str:
        return _("Người thôi thụ lý không mở xem được nữa. Đối tượng và người thân không thụ lý.")

    def form_options(self) -> dict[str, Any]:
        return {"people": entering.handler_options(self.case, clock.today())}

    def initial(self) -> dict[str, Any]:
        return {"handlers": [str(one.member_id) for one in self.case.handlers.all()]}

    def act(self, data: dict[str, Any]) -> Done:
        people = entering.members_of(data["handlers"])
        cases.name_handlers(**self.signed, case=self.case, handlers=people)
        return self.done(_("Đã ghi người thụ lý."))


class Postpone(CaseDeed):
    """Set a case aside for a time."""

    form_class = forms.PostponeForm
    verb = gettext_lazy("Tạm chưa xem xét")

    def title(self) -> str:
        return _("Tạm chưa xem xét")

    def sentence(self) -> str:
        return _("Trong thời gian này không nghe, không bỏ phiếu, không ra quyết định.")

    def ground(self) -> Ground:
        law = discipline_of(self.case)
        words = _("Chưa xem xét khi mang thai, nuôi con dưới %(months)s tháng, bệnh nặng đang nằm viện.")
        return Ground(words % {"months": law.value.nursing_months}, law)

    def initial(self) -> dict[str, Any]:
        return {"since": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        cases.postpone_case(**self.signed, case=self.case, **data)
        return self.done(_("Đã ghi tạm chưa xem xét."))


class Resume(CaseDeed):
    """Consider a case again."""

    form_class = forms.DayForm
    verb = gettext_lazy("Xem xét trở lại")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if not standing_of(self.case, clock.today()).facts.postponed:
            raise Missing

    def title(self) -> str:
        return _("Xem xét trở lại")

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        cases.resume_case(**self.signed, case=self.case, **data)
        return self.done(_("Đã ghi xem xét trở lại. Làm tiếp bước đang chờ."))


class Drop(CaseDeed):
    """Close a case without discipline."""

    form_class = ReasonForm
    verb = gettext_lazy("Kết thúc, không kỷ luật")
    final = True

    def title(self) -> str:
        return _("Kết thúc vụ việc, không kỷ luật")

    def sentence(self) -> str:
        return _("Đối tượng đọc được lý do. Hồ sơ và kết quả bỏ phiếu đã có vẫn lưu.")

    def initial(self) -> dict[str, Any]:
        return {"reason": _("Hết thời hiệu")} if standing_of(self.case, clock.today()).facts.lapsed else {}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [_("Vụ việc đóng lại, không mở lại được."), _("Không có quyết định kỷ luật nào.")]

    def act(self, data: dict[str, Any]) -> Done:
        cases.drop_case(**self.signed, case=self.case, **data)
        return self.done(_("Đã kết thúc vụ việc, không kỷ luật."))
