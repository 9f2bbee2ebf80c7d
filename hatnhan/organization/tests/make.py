"""Small makers of units, members and accounts for tests: straight rows, no rules."""

from __future__ import annotations

from datetime import date
from itertools import count

from hatnhan.accounts.models import User
from hatnhan.organization.models import Member, Membership, Position, Post, Unit, UnitAncestry, UnitVersion

_numbers = count(1)
LONG_AGO = date(2010, 1, 1)


def unit(code, level="cell", parent=None, name="", kind="village", start=LONG_AGO):
    cell_kind = kind if level == "cell" else ""
    name = name or f"Tổ chức {code}"
    made = Unit.objects.create(code=code, level=level, name=name, cell_kind=cell_kind, founded_on=start)
    UnitVersion.objects.create(unit=made, parent=parent, name=name, cell_kind=cell_kind, start=start)
    rows = [UnitAncestry(unit=made, ancestor=made, depth=0, start=start)]
    if parent:
        above = UnitAncestry.objects.filter(unit=parent, end=None)
        rows += [
            UnitAncestry(unit=made, ancestor_id=a.ancestor_id, depth=a.depth + 1, start=start) for a in above
        ]
    UnitAncestry.objects.bulk_create(rows)
    return made


def member(cell=None, name="Nguyễn Văn An", start=LONG_AGO, **fields):
    fields = {
        "card_number": f"{next(_numbers):08d}",
        "born_year": 1960,
        "sex": "M",
        "admitted_on": date(1990, 5, 19),
        "official_on": date(1991, 5, 19),
    } | fields
    made = Member(full_name=name, **fields)
    made.derive_keys()
    made.save(force_insert=True)
    if cell:
        Membership.objects.create(member=made, unit=cell, start=start, start_reason="recorded")
    return made


def members(cell, how_many):
    return [member(cell, f"Nguyễn Văn Thứ{number}") for number in range(how_many)]


def account(username, person=None, **fields):
    user = User(username=username, display_name=str(person or username), **fields)
    user.set_password("mat-khau-thu-nghiem")
    user.save()
    if person:
        Member.objects.filter(pk=person.pk).update(user=user)
        person.user = user
    return user


def post(person, where, what=Post.SECRETARY, start=LONG_AGO, end=None):
    return Position.objects.create(member=person, unit=where, post=what, start=start, end=end)
