"""Badges: one for one member, or a round of awards by one decision."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock, vietnamese
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.core.periods import add_years
from hatnhan.organization import permissions, rules
from hatnhan.organization.actions import badges as actions
from hatnhan.organization.forms.badges import BadgeForm, RoundForm
from hatnhan.organization.permissions import Action
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors import badges
from hatnhan.organization.selectors.law import law_for
from hatnhan.organization.selectors.units import short_name
from hatnhan.organization.views.deeds_base import MemberDeed, member_page
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.organization.models import Membership
    from hatnhan.rulebook.types import Rule

PER_PAGE = 100


class Round(Deed):
    """Those who have earned a badge by a round; readers see them, keepers award."""

    section = "organization:members"
    form_class = RoundForm
    template_name = "organization/deeds/badges.html"
    verb = gettext_lazy("Ghi tặng Huy hiệu")

    def prepare(self, **_address: Any) -> None:
        unit, user = self.request.unit, self.request.user
        if unit is None or not powers_of(user).may_read_roster(unit.pk):
            raise Denied(_("Danh sách này dành cho Bí thư, Phó Bí thư, Ban Thường vụ và Bí thư chi bộ."))
        self.unit = unit
        # An award is recorded once it was given; before that day the list is for making ready.
        self.may_award = permissions.allowed(user, Action.BADGE_AWARD, unit.pk)
        if self.request.method == "POST":
            permissions.require(user, Action.BADGE_AWARD, unit.pk)

    @cached_property
    def rule(self) -> Rule[topics.Badges]:
        """The rule of the day of the round."""
        return law_for(topics.Badges, self.day, self.unit)

    @cached_property
    def rounds(self) -> list[date]:
        """The round before and those of the coming year."""
        today = clock.today()
        days = law_for(topics.Badges, today, self.unit).value.rounds
        coming = rules.rounds_between(days, today, add_years(today, 1))
        return [rules.round_before(days, today), *coming[:4]]

    @cached_property
    def day(self) -> date:
        """The round looked at: the coming one unless another was chosen."""
        wanted = self.request.GET.get("dot", "")
        return next((day for day in self.rounds if day.isoformat() == wanted), self.rounds[1])

    @property
    def before(self) -> date:
        """The round before the one looked at."""
        return rules.round_before(self.rule.value.rounds, self.day)

    @cached_property
    def page(self) -> Page[Membership]:
        """One page of those who have earned a badge."""
        rows = badges.due(self.unit, self.rule.value.years, self.day)
        return Paginator(rows, PER_PAGE).get_page(self.request.GET.get("trang"))

    def title(self) -> str:
        return _("Huy hiệu Đảng, đợt %(day)s") % {"day": vietnamese.day(self.day)}

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("Đảng viên"), reverse("organization:members"))]

    def ground(self) -> Ground:
        levels = ", ".join(map(str, self.rule.value.years))
        words = _("Huy hiệu tặng ở các mức %(levels)s năm, tính từ ngày vào Đảng.") % {"levels": levels}
        return Ground(words, self.rule)

    def form_options(self) -> dict[str, Any]:
        lines = badges.lines(self.page, self.rule.value.years, self.day)
        words = _("%(name)s: %(years)s năm; %(cell)s, vào Đảng %(since)s")
        return {
            "due": [
                (
                    one.key,
                    words
                    % {
                        "name": one.member.full_name,
                        "years": one.years,
                        "cell": short_name(one.cell.name),
                        "since": vietnamese.day(one.member.admitted_on),
                    },
                )
                for one in lines
            ]
        }

    def initial(self) -> dict[str, Any]:
        return {"awarded_on": self.day}

    def extra(self) -> dict[str, Any]:
        links = [(day, f"?{urlencode({'dot': day.isoformat()})}", day == self.day) for day in self.rounds]
        return {
            "rounds": links,
            "page": self.page,
            "unit": self.unit,
            "older": badges.older(self.unit, self.rule.value.years, self.day, self.before),
            "before": self.before,
            "may_award": self.may_award,
            "open": self.day <= clock.today(),
        }

    def act(self, data: dict[str, Any]) -> Done:
        people = badges.member_by_id(member for member, _years in data["awarded"])
        for member, years in data["awarded"]:
            actions.award_badge(
                **self.signed,
                member=people[member],
                years=years,
                awarded_on=data["awarded_on"],
                decision_no=data["decision_no"],
            )
        words = _("Đã ghi tặng Huy hiệu cho %(count)s đồng chí theo quyết định %(number)s.")
        told = {"count": len(data["awarded"]), "number": data["decision_no"]}
        return Done(
            words % told, f"{reverse('organization:badges')}?{urlencode({'dot': self.day.isoformat()})}"
        )


class AwardBadge(MemberDeed):
    """Award one badge to one member."""

    permission = Action.BADGE_AWARD
    form_class = BadgeForm
    verb = gettext_lazy("Ghi tặng Huy hiệu")

    def opened(self) -> None:
        if not self.levels:
            words = _("Đ/c %(name)s chưa đến mức Huy hiệu nào mà danh sách chưa ghi.")
            raise RuleBroken("no_badge_open", words % self.names)

    @cached_property
    def rule(self) -> Rule[topics.Badges]:
        """The rule of today."""
        return law_for(topics.Badges, clock.today(), self.cell)

    @cached_property
    def levels(self) -> list[int]:
        """The levels reached and not given yet; none of one who is no official member."""
        today = clock.today()
        if not self.member.is_official(today):
            return []
        # A second press finds its level given: the action says so, not the list of choices.
        given = set() if self.request.method == "POST" else badges.given_to(self.member)
        reached = rules.badges_reached(self.member.admitted_on, self.rule.value.years, today)
        return [years for years in reached if years not in given]

    def title(self) -> str:
        return _("Tặng Huy hiệu Đảng: đ/c %(name)s") % self.names

    def sentence(self) -> str:
        years = self.member.years_in_party(clock.today())
        since = vietnamese.day(self.member.admitted_on)
        words = _("Đ/c %(name)s vào Đảng ngày %(since)s, đến hôm nay được %(years)s năm tuổi Đảng.")
        return words % {**self.names, "since": since, "years": years}

    def ground(self) -> Ground:
        words = _("Huy hiệu tặng ở các mức %(levels)s năm.") % {
            "levels": ", ".join(map(str, self.rule.value.years))
        }
        return Ground(words, self.rule)

    def form_options(self) -> dict[str, Any]:
        return {"levels": self.levels}

    def initial(self) -> dict[str, Any]:
        today, rule = clock.today(), self.rule.value
        awarded_on = rules.round_before(rule.rounds, today + timedelta(days=1))
        return {"years": max(self.levels, default=None), "awarded_on": awarded_on}

    def act(self, data: dict[str, Any]) -> Done:
        actions.award_badge(**self.signed, member=self.member, **data)
        words = _("Đã ghi tặng Huy hiệu %(years)s năm tuổi Đảng cho đ/c %(name)s.")
        return Done(words % {**self.names, "years": data["years"]}, member_page(self.member))
