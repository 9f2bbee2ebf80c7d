"""What the law says of one discipline case: by the versions it was opened under, whatever holds today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.organization.models import Body, Position
from hatnhan.organization.selectors.bodies import bodies_of
from hatnhan.organization.selectors.law import law_at
from hatnhan.oversight.rules import discipline as rules
from hatnhan.oversight.rules.discipline import NONE
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics.oversight import Discipline, Limitation

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.organization.models import Unit
    from hatnhan.oversight.models import Case
    from hatnhan.rulebook.topics.oversight import DisciplineForm
    from hatnhan.rulebook.types import Rule

#: What the second vote offers besides the forms.
NO_FORM = "none"


def discipline_of(case: Case) -> Rule[Discipline]:
    """Return the forms and powers that a case was opened under. Raises RuleBroken ``no_rule``."""
    return resolver.of_version(Discipline, case.rule_version)


def limitation_law(case: Case) -> Rule[Limitation]:
    """Return the limitation that a case was opened under. Raises RuleBroken ``no_rule``."""
    return resolver.of_version(Limitation, case.limitation_version)


def power(form: DisciplineForm, body: str, *, own: bool = False) -> str:
    """Return what a body can do with a form: decides, proposes, none. A cell's body is all its members.

    ``own``: the subject sits in the committee that decides (`is_their_own`).
    """
    return rules.power(form, cell=body == Body.MEMBERS, own=own)


def is_their_own(case: Case, on: date) -> bool:
    """Tell whether the subject holds a seat on a day in the committee that decides, in whichever of its bodies.

    Up to one query.
    """
    if case.member_id is None or case.deciding_body == Body.MEMBERS:
        return False
    held = Position.objects.on(on).filter(member_id=case.member_id, unit_id=case.deciding_unit_id)
    return held.exists()


def forms_for(law: Discipline, standing: str) -> list[DisciplineForm]:
    """Return the forms against one of a standing (`Case.Standing`), the mildest first."""
    return sorted((one for one in law.forms if getattr(one, standing) == "yes"), key=lambda one: one.severity)


def open_forms(case: Case) -> list[DisciplineForm]:
    """Return the forms that the body which decides now can impose or propose, the mildest first."""
    law = discipline_of(case).value
    return [one for one in forms_for(law, case.standing) if power(one, case.deciding_body) != NONE]


def form_named(case: Case, key: str) -> DisciplineForm | None:
    """Return one form by its key."""
    return next((one for one in discipline_of(case).value.forms if one.key == key), None)


def form_title(case: Case, key: str) -> str:
    """Return what a form is called; its key where the rulebook of the case has none of that key."""
    found = form_named(case, key)
    return found.title if found else key


def deciding_bodies(unit: Unit, on: date) -> list[Body]:
    """Return the bodies of a unit that may impose discipline on a day: a cell's is all its members.

    The inspection committee is among them only where the rulebook says so (unconfirmed: Charter 36).
    """
    if unit.is_cell:
        return [Body.MEMBERS]
    inspects = law_at(Discipline, on, unit).value.inspection_decides
    return [one for one in bodies_of(unit) if one != Body.INSPECTION or inspects]
