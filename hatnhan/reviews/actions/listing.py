"""Drawing up the list of a cycle: who is reviewed under which rules, at which sittings, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hatnhan.organization.models import Body
from hatnhan.reviews.actions.judging import Judged, group_of, judge_member, judge_unit
from hatnhan.reviews.models import Entry, Place, Sitting
from hatnhan.reviews.selectors.law import law_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hatnhan.organization.models import Member, Unit
    from hatnhan.reviews.models import Cycle
    from hatnhan.reviews.selectors.law import Law
    from hatnhan.reviews.selectors.roll import Roll

#: From how many on a committee is a leading collective of its own (366-QĐ/TW: fewer than three join another).
COLLECTIVE_FROM = 3
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Drawn:
    """The entries of a list as they would be written, not saved."""

    members: tuple[Entry, ...]
    collectives: tuple[Entry, ...]
    organisations: tuple[Entry, ...]

    @property
    def all(self) -> tuple[Entry, ...]:
        """Every entry."""
        return (*self.members, *self.collectives, *self.organisations)


def draw(cycle: Cycle, roll: Roll, law: Law) -> Drawn:
    """Return the list of a cycle from who stands in it. No query."""
    return Drawn(
        members=tuple(
            member_entry(cycle, roll, law, member, cell)
            for cell in roll.cells
            for member in roll.members.get(cell.pk, ())
        ),
        collectives=tuple(_collectives(cycle, roll, law)),
        organisations=tuple(
            _of_unit(cycle, law, cell, "cell" if cell.is_cell else "organisation")
            for cell in (*roll.cells, roll.unit)
        ),
    )


def member_entry(cycle: Cycle, roll: Roll, law: Law, member: Member, cell: Unit) -> Entry:
    """Return the entry of a member in the cell of their official activity, not saved."""
    subject = roll.subject_of(member.pk, cell.pk)
    judged = judge_member(law, law_day(cycle.year), member.admitted_on, roll.exempt_since.get(member.pk))
    entry = Entry(cycle=cycle, of=Entry.Of.MEMBER, subject=subject, member=member, unit=cell)
    return _told(entry, judged, group_of(law, subject, roll.level_of(member.pk) or "any"))


def collective_bodies(roll: Roll) -> list[tuple[Unit, str]]:
    """Return the leading collectives that are reviewed: the committee's bodies, the committees of cells of three on."""
    found = [
        (cell, str(Body.COMMITTEE))
        for cell in roll.cells
        if len(roll.seats(cell.pk, Body.COMMITTEE)) >= COLLECTIVE_FROM
    ]
    if len(roll.seats(roll.unit.pk, Body.STANDING)) >= COLLECTIVE_FROM:
        found.append((roll.unit, str(Body.STANDING)))
    if roll.seats(roll.unit.pk, Body.COMMITTEE):
        found.append((roll.unit, str(Body.COMMITTEE)))
    return found


def _collectives(cycle: Cycle, roll: Roll, law: Law) -> Iterable[Entry]:
    for unit, body in collective_bodies(roll):
        entry = Entry(
            cycle=cycle, of=Entry.Of.COLLECTIVE, subject=Entry.Subject.COLLECTIVE, unit=unit, body=body
        )
        judged = judge_unit(law, law_day(cycle.year), unit.founded_on)
        level = "cell" if unit.is_cell else "committee"
        yield _told(entry, judged, group_of(law, "collective", level))


def _of_unit(cycle: Cycle, law: Law, unit: Unit, subject: str) -> Entry:
    entry = Entry(cycle=cycle, of=Entry.Of.ORGANISATION, subject=subject, unit=unit)
    judged = judge_unit(law, law_day(cycle.year), unit.founded_on)
    return _told(entry, judged, group_of(law, subject, "cell" if unit.is_cell else "committee"))


def _told(entry: Entry, judged: Judged, group: str) -> Entry:
    entry.standing, entry.standing_because = judged.standing, judged.because
    entry.standing_source, entry.group = judged.source, group
    return entry


# --- sittings --------------------------------------------------------------------------------------------------------
def sittings_for(cycle: Cycle, roll: Roll, entries: Iterable[Entry]) -> list[tuple[Sitting, list[Place]]]:
    """Return the review meetings of a cycle with their places in order, not saved; entries left out have none."""
    rows = [one for one in entries if one.standing != Entry.Standing.LEFT_OUT]
    found = []
    above = _homes(roll)
    for cell in roll.cells:
        ordered = _of_cell(roll, cell, [one for one in rows if one.unit_id == cell.pk])
        found.append(_sitting(cycle, cell, Body.MEMBERS, ordered, not_here=above))
    own = [one for one in rows if one.unit_id == roll.unit.pk]
    found.extend(
        _sitting(cycle, roll.unit, body, _of_committee(roll, body, own, rows, above))
        for body in (Body.STANDING, Body.COMMITTEE)
    )
    return [(sitting, places) for sitting, places in found if places]


def _homes(roll: Roll) -> dict[int, str]:
    """Return by member in whose sitting of the committee a leader of it is graded."""
    standing = roll.seats(roll.unit.pk, Body.STANDING)
    known = dict.fromkeys(standing, Body.STANDING) if len(standing) >= COLLECTIVE_FROM else {}
    leaders = (key for key in roll.posts_of if roll.level_of(key) == "committee")
    return {key: known.get(key, Body.COMMITTEE) for key in leaders}


def _of_cell(roll: Roll, cell: Unit, rows: list[Entry]) -> list[Entry]:
    seats = {key: place for place, key in enumerate(roll.seats(cell.pk, Body.COMMITTEE))}
    parts = {Entry.Of.COLLECTIVE: 0, Entry.Of.MEMBER: 1, Entry.Of.ORGANISATION: 2}
    # The rest stand in order of name already: the sort keeps it.
    return sorted(rows, key=lambda one: (parts[Entry.Of(one.of)], seats.get(one.member_id or 0, len(seats))))


def _of_committee(
    roll: Roll, body: str, own: list[Entry], rows: list[Entry], homes: dict[int, str]
) -> list[Entry]:
    ranks = {key: place for place, key in enumerate(_protocol(roll))}
    people = [one for one in rows if homes.get(one.member_id or 0) == body]
    people.sort(key=lambda one: ranks.get(one.member_id or 0, len(ranks)))
    first = [one for one in own if one.of == Entry.Of.COLLECTIVE and one.body == body]
    last = [one for one in own if one.of == Entry.Of.ORGANISATION] if body == Body.COMMITTEE else []
    return [*first, *people, *last]


def _protocol(roll: Roll) -> list[int]:
    return list(dict.fromkeys(one.member_id for one in roll.posts.get(roll.unit.pk, ())))


def _sitting(
    cycle: Cycle, unit: Unit, body: str, entries: list[Entry], not_here: dict[int, str] | None = None
) -> tuple[Sitting, list[Place]]:
    sitting = Sitting(cycle=cycle, unit=unit, body=body)
    elsewhere = not_here or {}
    places = [
        Place(
            sitting=sitting,
            entry=one,
            order=number,
            proposes=one.standing == Entry.Standing.GRADED and (one.member_id or 0) not in elsewhere,
        )
        for number, one in enumerate(entries, start=1)
    ]
    return sitting, places


def save(drawn: Iterable[Entry], sittings: list[tuple[Sitting, list[Place]]]) -> None:
    """Write the entries of a new list and its sittings. Three statements for each five hundred rows."""
    Entry.objects.bulk_create(list(drawn), batch_size=_BATCH)
    Sitting.objects.bulk_create([one for one, _places in sittings], batch_size=_BATCH)
    places = [place for _sitting, rows in sittings for place in rows]
    for one in places:
        # The rows they belong to have their keys only now.
        one.sitting_id, one.entry_id = one.sitting.pk, one.entry.pk
    Place.objects.bulk_create(places, batch_size=_BATCH)
