"""Badges of membership."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization import permissions
from hatnhan.organization.actions.checks import cite, deed, require_decision, require_past
from hatnhan.organization.models import Badge, Membership
from hatnhan.organization.permissions import Action
from hatnhan.organization.rules import anniversary
from hatnhan.organization.selectors.law import law_at
from hatnhan.rulebook import topics

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member


@deed
def award_badge(
    *, by: Actor, at: datetime, member: Member, years: int, awarded_on: date, decision_no: str
) -> Badge:
    """Record that a badge was awarded.

    Raises Denied, and RuleBroken with codes ``decision_missing``, ``future``, ``no_such_badge``, ``not_reached``,
    ``already_awarded``.
    """
    permissions.require_for_member(by, Action.BADGE_AWARD, member)
    decision_no = require_decision(decision_no)
    require_past(awarded_on, field="awarded_on")
    official = Membership.objects.filter(member=member, kind=Membership.Kind.OFFICIAL)
    cell = official.select_related("unit").order_by("-start")[0].unit
    rule = law_at(topics.Badges, awarded_on, cell)
    if years not in rule.value.years:
        message = _("Không có Huy hiệu %(years)d năm tuổi Đảng vào ngày này. Chọn mức khác.")
        raise RuleBroken("no_such_badge", message % {"years": years}, citation=cite(rule), field="years")
    _require_reached(member, years, awarded_on)
    badge: Badge = Badge.objects.create(
        member=member, years=years, awarded_on=awarded_on, decision_no=decision_no
    )
    details = {"years": years, "awarded_on": awarded_on, "decision_no": decision_no, "rule": rule.version}
    record(
        by=by,
        action=Action.BADGE_AWARD,
        at=at,
        target=badge,
        unit_id=cell.pk,
        subject_id=member.pk,
        details=details,
    )
    return badge


def _require_reached(member: Member, years: int, awarded_on: date) -> None:
    reached_on = anniversary(member.admitted_on, years)
    if reached_on > awarded_on:
        message = _("Đồng chí %(name)s đủ %(years)d năm tuổi Đảng ngày %(day)s. Ghi đợt trao từ ngày ấy.")
        values = {"name": member, "years": years, "day": written(reached_on)}
        raise RuleBroken("not_reached", message % values, citation=_("Điều lệ Đảng, Điều 5.4"), field="years")
    given = Badge.objects.filter(member=member, years=years).first()
    if given is not None:
        message = _("Đồng chí %(name)s đã được tặng Huy hiệu này ngày %(day)s. Chọn mức khác.")
        values = {"name": member, "day": written(given.awarded_on)}
        raise RuleBroken("already_awarded", message % values, field="years")
