"""What the forms of checks begin with and choose from, and what was typed as the data of a deed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hatnhan.core.errors import Missing
from hatnhan.organization.models import Body, Member, Unit
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.models import AD_HOC, Finding, Kind, Minutes, TeamMember
from hatnhan.oversight.selectors import choosing
from hatnhan.oversight.selectors.checks import to_choose_for
from hatnhan.oversight.selectors.steps import PROCEDURES
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics.oversight import OversightTerms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.oversight.models import Check, ProgrammeItem
    from hatnhan.rulebook.topics.oversight import Procedure
    from hatnhan.rulebook.types import Rule

    Options = list[tuple[str, str]]


def law_for_kind(kind: str, unit: Unit, on: date) -> Rule[Procedure]:
    """Return the procedure of a kind of check in a unit on a day. Raises RuleBroken ``no_rule``."""
    return resolver.at(PROCEDURES[kind], on=on, unit=unit)


def body_of(unit: Unit) -> Body:
    """Return the body that opens checks in no programme: the inspection committee; of a cell its members."""
    return Body.MEMBERS if unit.is_cell else Body.INSPECTION


def ad_hoc_kinds(user: User, unit: Unit) -> Options:
    """Return what a person may open in no programme: on a denunciation only the chair and deputies of inspection."""
    kinds = [one for one in AD_HOC if one != Kind.DENUNCIATION or unit.pk in permissions.chaired_by(user)]
    return [(str(one.value), str(one.label)) for one in kinds]


def roles() -> Options:
    """Return what one can be in a team."""
    return [(str(key), str(label)) for key, label in TeamMember.Role.choices]


def minutes_kinds() -> Options:
    """Return the kinds of minutes."""
    return [(str(key), str(label)) for key, label in Minutes.Kind.choices]


def team_options(unit: Unit, on: date, item: ProgrammeItem | None) -> Options:
    """Return who may be put into a team: those planned, and those who are sent from here."""
    planned = [one.member for one in item.team.select_related("member")] if item else []
    people = {one.pk: one for one in [*planned, *choosing.inspectors(unit, on)]}
    return choosing.member_options(people.values(), on)


def team_choices(check: Check, on: date) -> tuple[list[Member], list[Member]]:
    """Return who can join a team, and who can leave it."""
    there = [one.member for one in check.team.all() if one.left_on is None]
    known = {one.pk for one in there}
    return [one for one in to_choose_for(check, on) if one.pk not in known], there


def of_item(item: ProgrammeItem) -> dict[str, Any]:
    """Return what an item of the programme fills in."""
    team = list(item.team.all())
    head = next((str(one.member_id) for one in team if one.is_head), "")
    return {
        "title": f"{Kind(item.kind).label}: {item.content}"[:300],
        "topic": item.topic,
        "content": item.content,
        "examined_from": item.examined_from,
        "examined_to": item.examined_to,
        "head": head,
        "others": [str(one.member_id) for one in team if not one.is_head],
    }


def of_check(check: Check) -> dict[str, Any]:
    """Return what a check that another goes on from fills in."""
    found: dict[str, Any] = {
        "kind": Kind.SIGNS.value,
        "topic": check.topic,
        "content": check.content,
        "examined_from": check.examined_from,
        "examined_to": check.examined_to,
        "units": [str(one.unit_id) for one in check.subjects.all() if one.unit_id],
    }
    members = [str(one.member_id) for one in check.subjects.all() if one.member_id]
    return found | {f"member{row}": pk for row, pk in enumerate(members)}


def chosen(data: dict[str, Any]) -> dict[str, Any]:
    """Return whom a form of opening chose: units, members, and the team with its roles."""
    first = [data["head"], data["secretary"]]
    members = [data[name] for name in data if name.startswith("member") and data[name]]
    people = _members([*first, *data["others"], *members])
    team = [(people[data["head"]], TeamMember.Role.HEAD)]
    if data["secretary"]:
        team.append((people[data["secretary"]], TeamMember.Role.SECRETARY))
    team += [(people[pk], TeamMember.Role.MEMBER) for pk in data["others"] if pk not in first]
    return {
        "units": list(Unit.objects.filter(pk__in=data.get("units", []))),
        "members": [people[pk] for pk in members],
        "team": team,
    }


def _members(keys: Sequence[str]) -> dict[str, Member]:
    return {str(one.pk): one for one in Member.objects.filter(pk__in=[key for key in keys if key])}


def pick(people: Sequence[Member], key: str) -> Member | None:
    """Return the one of some people whom a form chose."""
    return next((one for one in people if str(one.pk) == key), None)


def remedy_days(unit: Unit, on: date) -> int:
    """Return in how many days after the conclusion shortcomings are put right, as the rulebook suggests."""
    return law_for(OversightTerms, on, unit).value.remedy_days


def shortcomings(check: Check) -> int:
    """Return how many shortcomings a check found."""
    return check.findings.filter(kind=Finding.Kind.SHORTCOMING).count()


def member_for(user: User, key: str) -> Member:
    """Return the member whose kin is declared: by the address, else the person. Raises Missing."""
    pk = int(key) if key.isdecimal() else powers_of(user).member_id
    found = Member.objects.filter(pk=pk or 0).first()
    if found is None:
        raise Missing
    return found
