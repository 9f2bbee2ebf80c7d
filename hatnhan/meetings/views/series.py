"""The rhythms of a unit and of its cells: shown, set up, changed, ended."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock, vietnamese
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Missing
from hatnhan.meetings import permissions
from hatnhan.meetings.actions import series as actions
from hatnhan.meetings.forms import planning as forms
from hatnhan.meetings.selectors import home, planning
from hatnhan.meetings.views.frame import SECTION
from hatnhan.meetings.views.planning_base import UnitDeed, home_crumb
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.bodies import body_title

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.meetings.models import Series

_RULE = ("name", "frequency", "weekday", "monthday", "at_time", "place", "on_holiday")


def rhythms(request: Request) -> HttpResponse:
    """Show the rhythms of the unit and of its cells, and the cells without one."""
    unit = request.unit
    if unit is None or not powers_of(request.user).may_read_roster(unit.pk):
        raise Missing
    rows = planning.running_series(unit, request.as_of)
    user = request.user
    context = {
        "section": SECTION,
        "unit": unit,
        "lines": [
            (one, rule_in_words(one), body_title(one.unit, one.body), permissions.leads(user, one.unit_id))
            for one in rows
        ],
        "without": [] if unit.is_cell else planning.cells_without(unit, request.as_of),
        "leads": permissions.leads(user, unit.pk),
    }
    return render(request, "meetings/rhythms.html", context)


def rule_in_words(series: Series) -> str:
    """Return the rule of a series in words: "Thứ Sáu hằng tuần, 14 giờ, Phòng họp"."""
    if series.weekday is not None:
        monday = clock.today() - timedelta(days=clock.today().weekday())
        day = _("%(weekday)s hằng tuần") % {
            "weekday": vietnamese.weekday(monday + timedelta(days=series.weekday))
        }
    else:
        day = _("ngày %(day)d hằng tháng") % {"day": series.monthday}
    words = f"{day}, {vietnamese.clock_time(series.at_time)}, {series.place}"
    return words[:1].upper() + words[1:]


def rhythms_crumb() -> Crumb:
    """Return the way back to the list of rhythms."""
    return Crumb(_("Nền nếp họp"), reverse("meetings:rhythms"))


class OpenSeries(UnitDeed):
    """Set up a rhythm of the unit."""

    form_class = forms.OpenSeriesForm
    verb = gettext_lazy("Đặt nền nếp")

    def title(self) -> str:
        return _("Đặt nền nếp họp: %(unit)s") % {"unit": self.unit}

    def sentence(self) -> str:
        return _("Các cuộc họp của mười hai tháng tới có sẵn ngay; từng cuộc đổi ngày hoặc nghỉ được.")

    def crumbs(self) -> list[Crumb]:
        return [home_crumb(), rhythms_crumb()]

    def initial(self) -> dict[str, Any]:
        start = {"start": clock.today(), "on_holiday": "after"}
        if self.unit.is_cell:
            day = home.law(self.unit, clock.today()).value.usual_day
            return start | {
                "who": "members:cell_monthly",
                "name": "Sinh hoạt chi bộ",
                "frequency": "monthly",
                "monthday": day,
                "at_time": time(19, 30),
            }
        return start | {
            "who": "standing:weekly_review",
            "name": "Hội ý, nhận xét",
            "frequency": "weekly",
            "weekday": 4,
            "at_time": time(14),
        }

    def ground(self) -> Ground | None:
        if not self.unit.is_cell:
            return None
        rule = home.law(self.unit, clock.today())
        words = _(
            "Chi bộ sinh hoạt mỗi tháng một lần, thường ngày %(day)d; gặp ngày nghỉ thì trong tuần đầu tháng."
        )
        return Ground(words % {"day": rule.value.usual_day}, rule)

    def act(self, data: dict[str, Any]) -> Done:
        body, _colon, kind = data.pop("who").partition(":")
        series = actions.open_series(**self.signed, unit=self.unit, body=body, kind=kind, **data)
        count = planning.planned_in(series)
        words = _("Đã đặt nền nếp. %(count)d cuộc họp đã có sẵn; chuẩn bị cuộc gần nhất trước.")
        return Done(words % {"count": count}, reverse(SECTION))


class _SeriesDeed(Deed):
    """Something done about a series."""

    section = SECTION
    series: Series

    def prepare(self, **address: Any) -> None:
        self.series = planning.series_for(self.request.user, address["pk"])
        permissions.require_lead(self.request.user, self.series.unit_id)

    def crumbs(self) -> list[Crumb]:
        return [home_crumb(), rhythms_crumb()]

    @property
    def names(self) -> dict[str, str]:
        """The series and its rule, to be put into sentences."""
        return {"name": self.series.name, "unit": self.series.unit.name, "rule": rule_in_words(self.series)}


class ChangeSeries(_SeriesDeed):
    """Go over to another rule from a day on."""

    form_class = forms.ChangeSeriesForm
    verb = gettext_lazy("Đổi nền nếp")

    def title(self) -> str:
        return _("Đổi nền nếp: %(name)s, %(unit)s") % self.names

    def sentence(self) -> str:
        words = _(
            "Đang họp: %(rule)s. Từ ngày đổi, cuộc họp theo nền nếp cũ chưa ai chuẩn bị thì bỏ, đã chuẩn bị thì giữ."
        )
        return words % self.names

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.series, name) for name in _RULE}

    def act(self, data: dict[str, Any]) -> Done:
        actions.change_series(**self.signed, series=self.series, **data)
        return Done(_("Đã đổi nền nếp. Xem lại các cuộc họp sắp tới."), reverse(SECTION))


class EndSeries(_SeriesDeed):
    """Meet by no rule any more."""

    form_class = forms.EndSeriesForm
    verb = gettext_lazy("Thôi nền nếp này")
    final = True

    def title(self) -> str:
        return _("Thôi nền nếp: %(name)s, %(unit)s") % self.names

    def sentence(self) -> str:
        return _("Đang họp: %(rule)s.") % self.names

    def consequences(self, data: dict[str, Any]) -> list[str]:
        going = actions.untouched_from(self.series, data["end"]).count()
        return [
            _("%(count)d cuộc họp chưa ai chuẩn bị từ ngày ấy không còn nữa.") % {"count": going},
            _("Cuộc đã chuẩn bị, đã mời, đã họp giữ nguyên."),
        ]

    def act(self, data: dict[str, Any]) -> Done:
        actions.end_series(**self.signed, series=self.series, **data)
        return Done(_("Đã ghi thôi nền nếp này."), reverse("meetings:rhythms"))
