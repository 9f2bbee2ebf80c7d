"""Which rows of the audit record on cases and letters one may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from hatnhan.organization.powers import powers_of
from hatnhan.oversight.models import Denunciation
from hatnhan.oversight.permissions.action import Action
from hatnhan.oversight.permissions.denunciations import denunciations_for
from hatnhan.oversight.permissions.kin import kin_of
from hatnhan.oversight.permissions.units import below, chaired_by

if TYPE_CHECKING:
    from hatnhan.accounts.models import User

#: Deeds whose rows tell that there is a case or a letter: read by whom the matter itself is open to, and nobody else.
OF_CASES = frozenset(
    {
        Action.OPEN_CASE, Action.EDIT_CASE, Action.POSTPONE, Action.SELF_REVIEW, Action.HEARING, Action.VOTE,
        Action.COUNTED, Action.PROPOSE, Action.DECIDE, Action.DROP, Action.READ_CASE, Action.ANNOUNCE,
        Action.HAND_OVER, Action.END, Action.COMPLAIN, Action.COMPLAINT, Action.SETTLE, Action.RESTORE,
        Action.TAKE_CASE, Action.STEP_CASE, Action.FILE_CASE,
    }
)  # fmt: skip
OF_LETTERS = frozenset(
    {
        Action.DENUNCIATION, Action.DENUNCIATION_STATE, Action.DENUNCIATION_HANDLERS, Action.POINT,
        Action.READ_DENUNCIATION, Action.READ_DENOUNCER,
    }
)  # fmt: skip


def case_record(user: User) -> Q | None:
    """Return which rows on discipline a person may read: who chairs inspection, of all below but themselves and kin."""
    chairs, member_id = chaired_by(user), powers_of(user).member_id
    if not chairs or member_id is None:
        return None
    own = Q(subject_id__in={member_id, *kin_of(member_id)})
    return Q(unit_id__in=below(chairs, user)) & (Q(subject_id=None) | ~own)


def letter_record(user: User) -> Q | None:
    """Return which rows on denunciations a person may read: of those the person may know of."""
    if not chaired_by(user):
        return None
    known = denunciations_for(user).annotate(number_=Cast("pk", CharField())).values("number_")
    return Q(object_type=Denunciation._meta.label_lower, object_id__in=known)
