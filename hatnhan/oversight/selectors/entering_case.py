"""What the forms of discipline offer, and what was chosen in them as the actions take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.organization.models import Body, Member, Unit
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.bodies import body_title, seats
from hatnhan.organization.selectors.law import law_at
from hatnhan.oversight import permissions
from hatnhan.oversight.casing import CaseData
from hatnhan.oversight.models import Check
from hatnhan.oversight.selectors import choosing
from hatnhan.oversight.selectors.checks import known as known_checks
from hatnhan.oversight.selectors.handlers import handler_choices, hearer_choices
from hatnhan.oversight.selectors.law import deciding_bodies, discipline_of, forms_for, open_forms
from hatnhan.rulebook.topics.oversight import Limitation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.oversight.models import Case
    from hatnhan.rulebook.types import Rule

    Options = list[tuple[str, str]]

#: So many checks stand in the list.
_CHECKS = 50


def limitation_at(unit: Unit, on: date) -> Rule[Limitation]:
    """Return the limitation that a case opened on a day would keep."""
    return law_at(Limitation, on, unit)


def opening_options(user: User, unit: Unit, on: date) -> dict[str, Options]:
    """Return what the opening of a case offers: everyone and every unit that it may be about but the person and kin."""
    me = powers_of(user).member_id
    not_mine = {me, *(permissions.kin_of(me) if me else ())}
    people = [one for one in choosing.members(unit, on) if one.pk not in not_mine]
    below = [] if unit.is_cell else _directly_below(unit, on)
    concluded = known_checks(user).filter(unit=unit).order_by("-opened_on")[:_CHECKS]
    return {
        "member": choosing.member_options(people, on, with_cell=not unit.is_cell),
        "organisation": choosing.unit_options(below),
        "body": [(body.value, body_title(unit, body)) for body in deciding_bodies(unit, on)],
        "head": [(one.key, one.title) for one in limitation_at(unit, on).value.without],
        "check": [(str(one.pk), one.title) for one in concluded if permissions.works_on(user, one)],
        "handlers": choosing.member_options(handler_choices(unit, on), on, with_cell=False),
    }


def own_id(user: User) -> str:
    """Return a person's own id as a form has it: who opens a case mostly has it in hand."""
    return str(powers_of(user).member_id or "")


def _directly_below(unit: Unit, on: date) -> list[Unit]:
    direct = Unit.objects.existing(on).filter(
        ancestries__ancestor=unit, ancestries__depth=1, ancestries__start__lte=on, ancestries__end=None
    )
    wanted = set(direct.values_list("pk", flat=True))
    return [one for one in choosing.units(unit, on) if one.pk in wanted]


def chosen(unit: Unit, data: dict[str, Any]) -> dict[str, Any]:
    """Return what was chosen at the opening, as `open_case` takes it."""
    bodies = deciding_bodies(unit, data["opened_on"])
    told = CaseData(
        matter=data["matter"],
        acts=data["acts"],
        handlers=members_of(data["handlers"]),
        member=Member.objects.filter(pk=data.get("member") or 0).first(),
        organisation=Unit.objects.filter(pk=data.get("organisation") or 0).first(),
        head=data.get("head", ""),
        check=Check.objects.filter(pk=data.get("check") or 0).first(),
    )
    return {"body": data.get("body") or bodies[0], "data": told}


def members_of(ids: Sequence[str]) -> list[Member]:
    """Return members in the order they were chosen."""
    found = Member.objects.in_bulk([int(one) for one in ids])
    return [found[int(one)] for one in ids if int(one) in found]


def handler_options(case: Case, on: date) -> Options:
    """Return who may have a case in hand, those who have it among them."""
    about = [case.member_id] if case.member_id else []
    people = {one.pk: one for one in handler_choices(case.deciding_unit, on, about)}
    people |= {one.pk: one for one in handler_choices(case.unit, on, about)}
    people |= {one.member_id: one.member for one in case.handlers.all()}
    return choosing.member_options(people.values(), on, with_cell=False)


def hearer_options(case: Case, on: date) -> Options:
    """Return who may hear the subject for the deciding body."""
    return choosing.member_options(hearer_choices(case, on), on, with_cell=False)


def teller_options(case: Case, on: date) -> Options:
    """Return who may count: those of the deciding body, never the subject or kin."""
    refused = {case.member_id, *(permissions.kin_of(case.member_id) if case.member_id else ())}
    people = [one.member for one in seats(case.deciding_unit, case.deciding_body, on)]
    return choosing.member_options(
        [one for one in people if one.pk not in refused and one.is_official(on)], on, with_cell=False
    )


def form_options(case: Case) -> Options:
    """Return the forms that the subject may propose for themselves, the mildest first."""
    return [(one.key, one.title) for one in forms_for(discipline_of(case).value, case.standing)]


def slip_options(case: Case) -> Options:
    """Return what the second vote offers."""
    return [("none", _("Không kỷ luật")), *((one.key, one.title) for one in open_forms(case))]


def unit_above(case: Case, on: date) -> Unit | None:
    """Return the unit directly above the one that decides now."""
    line = case.deciding_unit.lineage(on)[1:2]
    return Unit.objects.filter(pk__in=line).first()


def bodies_above(unit: Unit) -> Options:
    """Return the bodies of a committee that a case can be sent to."""
    return [(body.value, body_title(unit, body)) for body in (Body.STANDING, Body.COMMITTEE)]
