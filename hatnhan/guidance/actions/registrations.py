"""Registrations of a year under the Directive: written, handed in, commented on, looked back upon.

A member writes for themselves; whoever leads the cell types in what was handed in on paper, and writes over nothing
that the member wrote here. A cell or committee registers for itself by whoever leads it. Nothing here is a mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.guidance import permissions
from hatnhan.guidance.actions.looking_back import assess, comment, note_progress
from hatnhan.guidance.actions.registration_checks import (
    RegistrationData,
    changed_meanwhile,
    hold_rows,
    law_of,
    name_of,
    record_each,
    record_one,
    replace_texts,
    require_draft,
    require_of_cell,
    require_open,
    require_typed,
    require_whole,
    require_writer,
    standing,
    tidied,
)
from hatnhan.guidance.models import Registration
from hatnhan.guidance.permissions import Action
from hatnhan.guidance.selectors.directive import cells_now, directive_of, form_of, registration_of
from hatnhan.organization.actions.checks import day_of, deed, moved_on

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Unit

__all__ = [
    "RegistrationData",
    "assess",
    "comment",
    "enter_registrations",
    "note_progress",
    "register",
    "save_registration",
]

_State = Registration.State


# --- writing and handing in -------------------------------------------------------------------------------------------
@deed
def save_registration(
    *,
    by: Actor,
    at: datetime,
    year: int,
    unit: Unit,
    member: Member | None,
    data: RegistrationData,
    version: int,
) -> Registration:
    """Save a registration in place of what stood there; return it with its new version.

    ``member`` None: the unit's own. ``version`` is that of the text one began from, 0 for none. What is handed in may
    be bettered until the cell has commented on it, on the form it was handed in on.

    Raises Denied, and RuleBroken with codes ``not_a_member``,
    ``no_rule``, ``year``, ``changed_meanwhile``, ``commented``, ``on_paper`` (typed in by another from paper), and
    those of `rules.directive.Fault`, ``too_long``.
    """
    require_writer(by, unit, member, day_of(at))
    there = registration_of(year, member, unit)
    law = form_of(there) if there and there.state != _State.DRAFT else law_of(unit, year, at)
    tidy = tidied(data)
    require_draft(law, year, tidy)
    row, made = Registration.objects.get_or_create(
        year=year,
        member=member,
        **({} if member else {"unit": unit}),
        defaults={"unit": unit, "rule": law.version},
    )
    require_open(row)
    if row.state != _State.DRAFT:
        require_whole(law, tidy)
    same = Registration.objects.filter(pk=row.pk, version=version, state=row.state)
    if same.update(unit=unit, rule=law.version, version=version + 1) != 1:
        raise changed_meanwhile()
    row.unit, row.rule, row.version = unit, law.version, version + 1
    replace_texts([(row, tidy)])
    record_one(by, at, Action.REGISTRATION, row, {"year": year, "version": row.version, "new": made})
    return row


@deed
def register(*, by: Actor, at: datetime, registration: Registration) -> Registration:
    """Hand in a draft, in the cell to which the member belongs by now.

    Raises Denied, and RuleBroken with codes ``changed_meanwhile``, ``answer_missing``, ``deed_missing``,
    ``already_done``.
    """
    row = hold_rows([registration])[0]
    if row.member_id:
        row.unit_id = cells_now([row.member_id], day_of(at)).get(row.member_id, row.unit_id)
    require_writer(by, row.unit, row.member, day_of(at))
    law = directive_of(row.unit, row.year, day_of(at))
    data = standing(row)
    require_draft(law, row.year, data)
    require_whole(law, data)
    guard = Registration.objects.filter(pk=row.pk, state=_State.DRAFT)
    if guard.update(unit=row.unit, state=_State.REGISTERED, registered_at=at, rule=law.version) != 1:
        raise moved_on()
    row.state, row.registered_at, row.rule = _State.REGISTERED, at, law.version
    record_one(by, at, Action.REGISTRATION, row, {"year": row.year, "state": str(_State.REGISTERED.label)})
    return row


@deed
def enter_registrations(
    *,
    by: Actor,
    at: datetime,
    year: int,
    cell: Unit,
    entries: Mapping[Member, RegistrationData],
    versions: Mapping[int, int] | None = None,
) -> list[Registration]:
    """Type in what members of a cell handed in on paper, in place of what was typed in before; return them handed in.

    ``versions`` names by member's id the version that each begins from; who is not named had none. What stood there
    keeps its moment and its form. About ten queries, whatever their number. Raises Denied, and RuleBroken with codes
    ``nobody``, ``not_a_member``, ``own_words`` (the member writes here), ``changed_meanwhile``, ``commented``,
    ``no_rule``, ``year``, and those of `rules.directive.Fault`.
    """
    permissions.require_lead(by, cell.pk)
    law = law_of(cell, year, at)
    tidy = {member: tidied(data) for member, data in entries.items()}
    require_of_cell(cell, tidy, day_of(at))
    there = _typed_before(year, tidy, versions or {})
    for member, data in tidy.items():
        own = form_of(there[member.pk]) if member.pk in there else law
        require_draft(own, year, data, member)
        require_whole(own, data, member)
    said = {"unit": cell, "state": _State.REGISTERED, "typed_by": name_of(by)}
    fresh = {"registered_at": at, "rule": law.version, "version": 1}
    new = [Registration(year=year, member=one, **said, **fresh) for one in tidy if one.pk not in there]
    for row in there.values():
        for name, value in said.items():
            setattr(row, name, value)
        row.version += 1
    Registration.objects.bulk_create(new)
    Registration.objects.bulk_update(there.values(), [*said, "version"], batch_size=100)
    by_member = {row.member_id: row for row in (*there.values(), *new)}
    rows = [by_member[member.pk] for member in tidy]
    replace_texts([(by_member[member.pk], data) for member, data in tidy.items()])
    again = [row for row in rows if row.member_id in there]
    record_each(by, at, Action.REGISTRATION, new, {"on_paper": True}, cell.pk)
    record_each(by, at, Action.REGISTRATION, again, {"on_paper": True, "again": True}, cell.pk)
    return rows


def _typed_before(
    year: int, members: Collection[Member], versions: Mapping[int, int]
) -> dict[int | None, Registration]:
    """Lock and return by member's id what was typed in before, and see that it still is what one begins from."""
    rows = Registration.objects.select_for_update().filter(year=year, member__in=members).order_by("pk")
    people = {one.pk: one for one in members}
    there = {row.member_id: row for row in rows}
    for key, row in there.items():
        require_typed(row, people[key or 0])
        if versions.get(key or 0, 0) != row.version:
            raise changed_meanwhile()
    return there
