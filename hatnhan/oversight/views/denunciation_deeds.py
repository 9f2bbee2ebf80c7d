"""Denunciations received, given to handlers, taken up; the writer told; each point's result; the count of others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Denied, Missing
from hatnhan.core.periods import add_months
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import decision_readings as readings
from hatnhan.oversight.actions import denunciation_states as states
from hatnhan.oversight.actions import denunciations as writing
from hatnhan.oversight.actions import unnamed
from hatnhan.oversight.forms import denunciations as forms
from hatnhan.oversight.sealing import DenouncerData
from hatnhan.oversight.selectors import choosing
from hatnhan.oversight.selectors import denunciations as selector
from hatnhan.oversight.selectors.supervision import subject_of
from hatnhan.oversight.views.denunciations import SECTION, denunciation_page
from hatnhan.rulebook.topics.oversight import OversightTerms

if TYPE_CHECKING:
    from hatnhan.organization.models import Member, Unit
    from hatnhan.oversight.models import DenouncedPoint, Denunciation

_MONTHS = 12


def register_crumb() -> Crumb:
    """Return the way back to the register."""
    return Crumb(_("Đơn tố cáo"), reverse("oversight:denunciations"))


class _ByChair(Deed):
    """What the chair or a deputy of the inspection committee does in the register."""

    section = SECTION
    unit: Unit

    def prepare(self, **_address: Any) -> None:
        if self.request.unit is None:
            raise Missing
        self.unit = self.request.unit
        if self.unit.pk not in permissions.chaired_by(self.request.user):
            raise Denied(_("Việc này do Chủ nhiệm, Phó Chủ nhiệm Ủy ban Kiểm tra làm."))

    def crumbs(self) -> list[Crumb]:
        return [register_crumb()]


class Receive(_ByChair):
    """Enter a denunciation that came in writing with a name."""

    form_class = forms.DenunciationForm
    verb = gettext_lazy("Vào sổ đơn tố cáo")

    def title(self) -> str:
        return _("Nhận đơn tố cáo")

    def sentence(self) -> str:
        return _(
            "Đơn viết tay hoặc đánh máy, có ký tên, địa chỉ. Đơn không tên chỉ đếm. Người viết đơn được niêm kín: "
            "không có trong danh sách, tìm kiếm, bản in, nhật ký."
        )

    def ground(self) -> Ground:
        rule = law_for(OversightTerms, clock.today(), self.unit)
        words = _("Báo người viết đơn về việc thụ lý trong %(days)d ngày làm việc.")
        return Ground(words % {"days": rule.value.answer_days}, rule)

    def people(self) -> dict[str, Member]:
        """Return who may handle it besides, by id as a form sends it."""
        own = powers_of(self.request.user).member_id
        found = selector.handlers_to_choose(self.unit, clock.today())
        return {str(one.pk): one for one in found if one.pk != own}

    def form_options(self) -> dict[str, Any]:
        today = clock.today()
        own = powers_of(self.request.user).member_id
        units = [(f"u{one.pk}", one.name) for one in choosing.units(self.unit, today)]
        there = [one for one in choosing.members(self.unit, today) if one.pk != own]
        members = [(f"m{pk}", words) for pk, words in choosing.member_options(there, today)]
        people = choosing.member_options(self.people().values(), today)
        return {"subjects": [(_("Tổ chức"), units), (_("Đảng viên"), members)], "people": people}

    def initial(self) -> dict[str, Any]:
        return {"received_on": clock.today()}

    @sensitive_variables()
    def act(self, data: dict[str, Any]) -> Done:
        about_unit, about_member = subject_of(data["about"])
        people = self.people()
        made = writing.receive_denunciation(
            **self.signed,
            unit=self.unit,
            about_member=about_member,
            about_unit=about_unit,
            points=data["points"].splitlines(),
            denouncer=DenouncerData(data["name"], data["address"], data["phone"]),
            received_on=data["received_on"],
            handlers=[people[key] for key in data["handlers"] if key in people],
        )
        words = _("Đã vào sổ, số %(number)d/%(year)d. Báo người viết đơn trước hết ngày %(day)s.")
        told = {"number": made.number, "year": made.year, "day": written(made.answer_due)}
        return Done(words % told, denunciation_page(made))


#: What is typed of the writer stays out of reports on errors.
receive = sensitive_post_parameters("name", "address", "phone")(Receive.as_view())


class CountUnnamed(_ByChair):
    """Count letters without a name, or abusive ones."""

    form_class = forms.UnnamedForm
    verb = gettext_lazy("Ghi số đơn")

    def title(self) -> str:
        return _("Đếm đơn không xem xét")

    def form_options(self) -> dict[str, Any]:
        first = clock.today().replace(day=1)
        return {"months": [add_months(first, -back) for back in range(_MONTHS)]}

    def act(self, data: dict[str, Any]) -> Done:
        month = date.fromisoformat(data["month"])
        unnamed.count_unnamed(
            **self.signed, unit=self.unit, month=month, kind=data["kind"], count=data["count"]
        )
        return Done(_("Đã ghi số đơn của tháng."), reverse("oversight:denunciations"))


class DenunciationDeed(Deed):
    """Something that a handler does about one denunciation."""

    section = SECTION
    denunciation: Denunciation

    def prepare(self, **address: Any) -> None:
        self.denunciation = selector.handled_for(self.request.user, address["pk"])

    def opened(self) -> None:
        readings.record_denunciation_read(**self.signed, denunciation=self.denunciation)

    def crumbs(self) -> list[Crumb]:
        return [register_crumb(), Crumb(str(self.denunciation), denunciation_page(self.denunciation))]

    def state(self) -> str:
        return f"{self.denunciation.state} {self.denunciation.answered_on}"

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def done(self, message: str) -> Done:
        """Return what was done, leading back to the denunciation."""
        return Done(message, denunciation_page(self.denunciation))


class NameHandlers(DenunciationDeed):
    """Say who handles it."""

    form_class = forms.HandlersForm
    verb = gettext_lazy("Giao giải quyết")

    def prepare(self, **address: Any) -> None:
        user = self.request.user
        self.denunciation = selector.denunciation_for(user, address["pk"])
        if self.denunciation.unit_id not in permissions.chaired_by(user):
            permissions.require_denunciation(user, self.denunciation)
        self.handling = frozenset(self.denunciation.handlers.values_list("member_id", flat=True))

    def title(self) -> str:
        return _("Giao người giải quyết %(number)s") % {"number": str(self.denunciation).lower()}

    def sentence(self) -> str:
        return _("Chỉ những người này đọc được đơn và ai viết đơn; người thôi giải quyết không xem được nữa.")

    def people(self) -> dict[str, Member]:
        """Return who may handle it, and who does, by id as a form sends it."""
        there = [one.member for one in self.denunciation.handlers.select_related("member")]
        found = selector.handlers_to_choose(self.denunciation.unit, clock.today())
        return {str(one.pk): one for one in (*there, *found)}

    def form_options(self) -> dict[str, Any]:
        return {"people": choosing.member_options(self.people().values(), clock.today())}

    def initial(self) -> dict[str, Any]:
        rows = self.denunciation.handlers.values_list("member_id", flat=True)
        return {"handlers": [str(pk) for pk in rows]}

    def state(self) -> str:
        return f"{super().state()} {' '.join(sorted(self.initial()['handlers']))}"

    def act(self, data: dict[str, Any]) -> Done:
        people = self.people()
        chosen = [people[key] for key in data["handlers"]]
        writing.name_handlers(
            **self.signed, denunciation=self.denunciation, handlers=chosen, seen=self.handling
        )
        known = permissions.denunciations_for(self.request.user).filter(pk=self.denunciation.pk).exists()
        back = denunciation_page(self.denunciation) if known else reverse("oversight:home")
        return Done(_("Đã giao người giải quyết."), back)


class Accept(DenunciationDeed):
    """Take it up by a check."""

    form_class = forms.AcceptForm
    verb = gettext_lazy("Thụ lý")
    template_name = "oversight/denunciations/accept.html"

    def title(self) -> str:
        return _("Thụ lý %(number)s") % {"number": str(self.denunciation).lower()}

    def checks(self) -> dict[str, Any]:
        """Return the checks that may settle it, by id as a form sends it."""
        return {str(one.pk): one for one in selector.checks_for(self.denunciation)}

    def form_options(self) -> dict[str, Any]:
        found = self.checks().items()
        return {"checks": [(key, f"{one.decision_no}, {written(one.opened_on)}") for key, one in found]}

    def initial(self) -> dict[str, Any]:
        found = list(self.checks())
        only = {"check": found[0]} if len(found) == 1 else {}
        return {"accepted_on": clock.today(), **only}

    def extra(self) -> dict[str, Any]:
        return {"none_open": not self.checks()}

    def act(self, data: dict[str, Any]) -> Done:
        check = self.checks()[data["check"]]
        states.accept_denunciation(
            **self.signed, denunciation=self.denunciation, check=check, accepted_on=data["accepted_on"]
        )
        return self.done(_("Đã thụ lý. Báo người viết đơn."))


class Told(DenunciationDeed):
    """Write that who wrote it was told."""

    form_class = forms.ToldForm
    verb = gettext_lazy("Ghi đã báo")

    def title(self) -> str:
        return _("Đã báo người viết đơn: %(number)s") % {"number": str(self.denunciation).lower()}

    def act(self, data: dict[str, Any]) -> Done:
        states.told_denouncer(**self.signed, denunciation=self.denunciation, **data)
        return self.done(_("Đã ghi ngày báo."))


class PointResult(DenunciationDeed):
    """Write what was found on one point."""

    form_class = forms.PointForm
    verb = gettext_lazy("Ghi kết quả")
    point: DenouncedPoint

    def prepare(self, **address: Any) -> None:
        self.point = selector.point_for(self.request.user, address["pk"])
        self.denunciation = self.point.denunciation

    def title(self) -> str:
        words = _("Kết quả nội dung %(place)d, %(number)s")
        return words % {"place": self.point.place, "number": str(self.denunciation).lower()}

    def sentence(self) -> str:
        return self.point.text

    def initial(self) -> dict[str, Any]:
        return {"result": self.point.result, "finding": self.point.finding}

    def state(self) -> str:
        return f"{self.denunciation.state} {self.point.result} {self.point.finding}"

    def act(self, data: dict[str, Any]) -> Done:
        states.write_result(**self.signed, point=self.point, **data)
        return self.done(_("Đã ghi kết quả."))
