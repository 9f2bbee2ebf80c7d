"""Who is declared close kin of whom."""

from __future__ import annotations

from django.db.models import Q

from hatnhan.oversight.models import KinDeclaration


def kin_of(member_id: int) -> frozenset[int]:
    """Return the ids of those who are declared close kin of a member, whoever of the two declared it."""
    rows = KinDeclaration.objects.filter(Q(member_id=member_id) | Q(kin_id=member_id))
    pairs = rows.values_list("member_id", "kin_id")
    return frozenset(one for pair in pairs for one in pair if one != member_id)
