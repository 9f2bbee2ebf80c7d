"""Reading the roll of a meeting: who is expected, who came, whom to remind of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.vietnamese import percent
from hatnhan.meetings.live_rules import Tally, tally
from hatnhan.meetings.models import Invitee, Meeting, Series
from hatnhan.meetings.selectors.thumb_list import Choice, Row, Summary, row
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.models import Exemption
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.rulebook.topics.meetings import CellMeeting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hatnhan.accounts.models import User
    from hatnhan.meetings.selectors.thumb_list import Typed
    from hatnhan.rulebook.types import Rule

_Mark = Invitee.Mark


def choices(*, exempt: bool) -> tuple[Choice, ...]:
    """Return the marks to choose from; "exempt" for those whom a decision exempts."""
    found = (
        Choice(_Mark.PRESENT, "y", "check", _("Có mặt"), ""),
        Choice(_Mark.EXCUSED, "e", "notes", _("Vắng"), _("có lý do")),
        Choice(_Mark.UNEXCUSED, "n", "x", _("Vắng"), _("không lý do")),
    )
    return (*found, Choice(_Mark.EXEMPT, "m", "check", _("Được miễn"), "")) if exempt else found


def invitees(meeting: Meeting) -> list[Invitee]:
    """Return all on the list, those of the body first. One query."""
    rows = Invitee.objects.filter(meeting=meeting).select_related("member").order_by("place", "pk")
    return sorted(rows, key=lambda one: one.capacity != Invitee.Capacity.BODY)


def law(meeting: Meeting) -> Rule[CellMeeting]:
    """Return what a cell's meeting keeps to on its day. One or two queries."""
    return law_for(CellMeeting, day_of(meeting.starts_at), meeting.unit)


def rows(meeting: Meeting, people: Sequence[Invitee], rule: Rule[CellMeeting], typed: Typed) -> list[Row]:
    """Return the list for marking; ``typed`` holds those that could not be written.

    ``people`` and ``rule`` as `invitees` and `law` return them. Three queries, whatever the number of people.
    """
    excused = Exemption.objects.on(day_of(meeting.starts_at)).filter(member__invitations__meeting=meeting)
    exempt = set(excused.values_list("member_id", flat=True))
    missed = missed_before(meeting, rule.value.absences_in_a_row)
    usual, with_exempt = choices(exempt=False), choices(exempt=True)
    found = []
    for one in people:
        may_be_exempt = one.mark == _Mark.EXEMPT or (
            one.capacity == Invitee.Capacity.BODY and one.member_id in exempt
        )
        offered = with_exempt if may_be_exempt else usual
        notes = _notes(one, missed.get(one.member_id, 0))
        found.append(row(one, offered, typed, why=_("Lý do vắng của %(name)s"), notes=notes))
    return found


def _notes(one: Invitee, missed: int) -> tuple[str, ...]:
    """Return in what capacity one who is not of the body comes, and how many meetings in a row the person missed."""
    capacity = one.get_capacity_display() if one.capacity != Invitee.Capacity.BODY else ""
    words = _("Vắng %(missed)s buổi liền không lý do") if missed > 1 else _("Buổi trước vắng không lý do")
    return tuple(
        note for note in (one.title or capacity, words % {"missed": missed} if missed else "") if note
    )


def missed_before(meeting: Meeting, most: int) -> dict[int, int]:
    """Return how many of the last meetings, looking back over ``most``, each person missed in a row without reason."""
    held = Meeting.objects.held().filter(
        unit_id=meeting.unit_id, kind=meeting.kind, body=meeting.body, starts_at__lt=meeting.starts_at
    )
    line = list(held.order_by("-starts_at").values_list("pk", flat=True)[:most])
    if not line:
        return {}
    marks = Invitee.objects.filter(meeting__in=line).values_list("member_id", "meeting_id", "mark")
    away = {(member, where) for member, where, mark in marks if mark == _Mark.UNEXCUSED}
    found: dict[int, int] = {}
    for member in {one for one, _where in away}:
        count = 0
        while count < len(line) and (member, line[count]) in away:
            count += 1
        if count:
            found[member] = count
    return found


def tally_of(people: Iterable[Invitee]) -> Tally:
    """Return how many of the body came."""
    return tally(one.mark for one in people if one.capacity == Invitee.Capacity.BODY)


def summary(
    meeting: Meeting, people: Sequence[Invitee] | None = None, rule: Rule[CellMeeting] | None = None
) -> Summary:
    """Return the count of a meeting's roll in words; a cell's against the share that the rule asks for.

    Two queries for what is not given.
    """
    counted = tally_of(invitees(meeting) if people is None else people)
    monthly = meeting.kind == Series.Kind.CELL_MONTHLY
    wanted = (rule or law(meeting)).value.attendance_percent if monthly else None
    parts = [
        (counted.excused, _("%(count)d vắng có lý do")),
        (counted.unexcused, _("%(count)d vắng không lý do")),
        (counted.exempt, _("%(count)d được miễn")),
        (counted.unmarked, _("%(count)d chưa ghi")),
    ]
    rest = " · ".join(words % {"count": count} for count, words in parts if count)
    head = _("%(present)d/%(expected)d có mặt") % {"present": counted.present, "expected": counted.expected}
    reached, note = _against(counted, wanted)
    return Summary(head, rest, note, reached, counted.unmarked)


def _against(counted: Tally, wanted: int | None) -> tuple[bool, str]:
    # Rounded down: 89,6% must not read as the 90% that are asked for.
    share = percent(int(counted.share * 100), 0)
    if not counted.present:
        return False, _("Chưa ghi ai có mặt.")
    if wanted is None:
        return True, _("Tỷ lệ có mặt %(share)s.") % {"share": share}
    words = {"share": share, "wanted": wanted, "missing": counted.missing(wanted)}
    if not counted.missing(wanted):
        return True, _("Đủ tỷ lệ. Có mặt %(share)s, mục tiêu từ %(wanted)d%%.") % words
    message = _("Có mặt %(share)s, mục tiêu từ %(wanted)d%%: còn thiếu %(missing)d đồng chí.")
    return False, message % words


def own_mark(user: User, meeting: Meeting) -> Invitee | None:
    """Return the person's own line on the list, None for one who is not invited."""
    member_id = powers_of(user).member_id
    return Invitee.objects.filter(meeting=meeting, member_id=member_id).first() if member_id else None


def meeting_by_code(code: str) -> Meeting | None:
    """Return the open meeting that a code belongs to, None for a dead or unknown one."""
    if not code:
        return None
    rows = Meeting.objects.filter(state=Meeting.State.OPEN, check_in_code=code).select_related("unit")
    found: Meeting | None = rows.first()
    return found
