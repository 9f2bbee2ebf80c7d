"""Programmes drafted, given their aim, issued, dropped; what the superior asks noted and taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Missing
from hatnhan.organization.selectors.bodies import body_title
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import asked, programmes
from hatnhan.oversight.forms import programme as forms
from hatnhan.oversight.selectors import choosing
from hatnhan.oversight.selectors import programmes as reading
from hatnhan.oversight.views.programmes import SECTION, programme_page
from hatnhan.rulebook.topics.oversight import OversightTerms

if TYPE_CHECKING:
    from hatnhan.organization.models import Unit
    from hatnhan.oversight.models import AskedTopic, Programme


def list_crumb() -> Crumb:
    """Return the way back to the list."""
    return Crumb(pgettext("oversight", "Chương trình"), reverse("oversight:programmes"))


def _years() -> list[int]:
    this = clock.today().year
    return [this + 1, this, this - 1]


class _UnitDeed(Deed):
    """Something done in the unit looked at, by who runs its oversight."""

    section = SECTION
    unit: Unit

    def prepare(self, **_address: Any) -> None:
        if self.request.unit is None:
            raise Missing
        self.unit = self.request.unit
        permissions.require_run(self.request.user, self.unit.pk)


class DraftProgramme(_UnitDeed):
    """Draft the programme of a year."""

    form_class = forms.DraftForm
    verb = gettext_lazy("Soạn chương trình")

    def title(self) -> str:
        return _("Soạn chương trình kiểm tra, giám sát")

    def sentence(self) -> str:
        return _("%(unit)s. Bản soạn chỉ người điều hành thấy, sửa được đến khi ban hành.") % {
            "unit": self.unit
        }

    def crumbs(self) -> list[Crumb]:
        return [list_crumb()]

    def ground(self) -> Ground:
        rule = law_for(OversightTerms, clock.today(), self.unit)
        words = _("Ban hành trước hết ngày %(day)d/%(month)d; chi bộ %(years)d năm chưa kiểm tra thì nhắc.")
        value = rule.value
        days = {"day": value.approve_day, "month": value.approve_month, "years": value.gap_years}
        return Ground(words % days, rule)

    def form_options(self) -> dict[str, Any]:
        bodies = programmes.bodies_with_programmes(self.unit)
        return {"bodies": [(one, body_title(self.unit, one)) for one in bodies], "years": _years()}

    def initial(self) -> dict[str, Any]:
        today = clock.today()
        bodies = programmes.bodies_with_programmes(self.unit)
        # In the last quarter the next year's is drafted.
        year = today.year + (today.month >= 10)  # noqa: PLR2004
        return {"body": bodies[-1], "year": year, "from_last_year": True}

    def act(self, data: dict[str, Any]) -> Done:
        made = programmes.draft_programme(**self.signed, unit=self.unit, **data)
        return Done(_("Đã soạn. Xem từng cuộc, sửa và bổ sung, rồi ban hành."), programme_page(made))


class ProgrammeDeed(Deed):
    """Something done about one programme, by who runs oversight there."""

    section = SECTION
    programme: Programme

    def prepare(self, **address: Any) -> None:
        self.programme = reading.programme_for(self.request.user, address["pk"])
        permissions.require_run(self.request.user, self.programme.unit_id)

    def crumbs(self) -> list[Crumb]:
        words = _("Chương trình năm %(year)d") % {"year": self.programme.year}
        return [list_crumb(), Crumb(words, programme_page(self.programme))]

    def state(self) -> str:
        return f"{self.programme.state} {self.programme.version}"

    def done(self, message: str) -> Done:
        """Return what was done, leading back to the programme."""
        return Done(message, programme_page(self.programme))


class SetAim(ProgrammeDeed):
    """Write the aim and demands."""

    form_class = forms.AimForm
    verb = gettext_lazy("Lưu")

    def title(self) -> str:
        return _("Mục đích, yêu cầu")

    def initial(self) -> dict[str, Any]:
        return {"aim": self.programme.aim}

    def act(self, data: dict[str, Any]) -> Done:
        programmes.set_aim(**self.signed, programme=self.programme, aim=data["aim"])
        return self.done(_("Đã lưu mục đích, yêu cầu."))


class DropProgramme(ProgrammeDeed):
    """Drop a draft."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Bỏ bản soạn")
    final = True

    def title(self) -> str:
        return _("Bỏ chương trình đang soạn")

    def sentence(self) -> str:
        return _("Các cuộc đã soạn không còn nữa. Yêu cầu của cấp trên vẫn giữ.")

    def act(self, _data: dict[str, Any]) -> Done:
        programmes.drop_programme(**self.signed, programme=self.programme)
        return Done(_("Đã bỏ chương trình đang soạn."), reverse("oversight:programmes"))


class ApproveProgramme(ProgrammeDeed):
    """Issue a programme."""

    form_class = forms.ApproveForm
    verb = gettext_lazy("Ban hành")
    final = True

    def prepare(self, **address: Any) -> None:
        self.programme = reading.programme_for(self.request.user, address["pk"])
        permissions.require_approve(self.request.user, self.programme.unit_id, self.programme.body)

    def title(self) -> str:
        return _("Ban hành chương trình năm %(year)d") % {"year": self.programme.year}

    def sentence(self) -> str:
        return _("Ban hành xong chỉ đổi được bằng một lần điều chỉnh có số, có ngày, có lý do.")

    def initial(self) -> dict[str, Any]:
        return {"approved_on": clock.today()}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        sheet = reading.sheet_of(self.request.user, self.programme, clock.today())
        groups = [group for part in sheet.parts for group in part.groups]
        words = _("%(kind)s: %(count)d cuộc.")
        found = [words % {"kind": one.label, "count": len(one.rows)} for one in groups]
        return [
            *found,
            _("Bí thư các chi bộ trực thuộc thấy chương trình; tên đảng viên chi bộ khác thì không."),
        ]

    def act(self, data: dict[str, Any]) -> Done:
        programmes.approve_programme(**self.signed, programme=self.programme, **data)
        return self.done(_("Đã ban hành chương trình. Mở từng cuộc khi đến kỳ."))


# --- what the superior asks -------------------------------------------------------------------------------------------
def asked_page(unit: Unit, year: int) -> str:
    """Return the address of what the superior asks a unit to look at in a year."""
    return f"{reverse('oversight:asked')}?don_vi={unit.code}&nam={year}"


class NoteAsked(_UnitDeed):
    """Note what the superior asks."""

    form_class = forms.AskedForm
    verb = gettext_lazy("Ghi yêu cầu")

    def title(self) -> str:
        return _("Ghi yêu cầu của cấp trên")

    def sentence(self) -> str:
        return _("Chương trình năm ấy thiếu lĩnh vực này thì trang soạn nhắc.")

    def crumbs(self) -> list[Crumb]:
        return [list_crumb(), Crumb(_("Yêu cầu của cấp trên"), asked_page(self.unit, self._year()))]

    def _year(self) -> int:
        given = self.request.GET.get("nam", "")
        return int(given) if given.isdecimal() else clock.today().year

    def form_options(self) -> dict[str, Any]:
        years = sorted({*_years(), self._year()}, reverse=True)
        return {"topics": choosing.topic_options(self.unit, clock.today()), "years": years}

    def initial(self) -> dict[str, Any]:
        return {"year": self._year()}

    def act(self, data: dict[str, Any]) -> Done:
        made = asked.note_asked(**self.signed, unit=self.unit, **data)
        return Done(_("Đã ghi yêu cầu của cấp trên."), asked_page(self.unit, made.year))


class RemoveAsked(Deed):
    """Take off what was noted by mistake."""

    section = SECTION
    form_class = forms.NothingForm
    verb = gettext_lazy("Bỏ yêu cầu")
    asked: AskedTopic

    def prepare(self, **address: Any) -> None:
        self.asked = reading.asked_for(self.request.user, address["pk"])

    def title(self) -> str:
        return _("Bỏ yêu cầu đã ghi")

    def sentence(self) -> str:
        return self.asked.words

    def crumbs(self) -> list[Crumb]:
        url = asked_page(self.asked.unit, self.asked.year)
        return [list_crumb(), Crumb(_("Yêu cầu của cấp trên"), url)]

    def act(self, _data: dict[str, Any]) -> Done:
        url = asked_page(self.asked.unit, self.asked.year)
        asked.remove_asked(**self.signed, asked=self.asked)
        return Done(_("Đã bỏ yêu cầu."), url)
