"""A review meeting is planned, tied to its meeting, and held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.core.working_days import add_working_days
from hatnhan.organization.actions.checks import cite, day_of, deed, moved_on, require_text
from hatnhan.organization.selectors.bodies import seats
from hatnhan.reviews.actions import seating
from hatnhan.reviews.models import Entry, Place, SelfReview, Sitting
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.sittings import writes_form

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.meetings.models import Meeting
    from hatnhan.organization.models import Member

_LONGEST = 200


@deed
def plan_sitting(
    *, by: Actor, at: datetime, sitting: Sitting, planned_on: date, chaired_by: Member | None = None
) -> None:
    """Set the day of a review meeting, and who chairs while the head is reviewed.

    Raises Denied; RuleBroken: closed, past, head_chairs, not_seated, changed_meanwhile, already_done.
    """
    now = seating.lock(by, sitting, Sitting.State.PLANNED)
    if planned_on < day_of(at):
        raise RuleBroken("past", _("Ngày này đã qua. Ghi ngày từ hôm nay."), field="planned_on")
    if chaired_by is not None:
        _require_chair(now, chaired_by, planned_on)
    details = {
        "planned_on": planned_on, "planned_before": now.planned_on,
        "chaired_by": str(chaired_by) if chaired_by else "",
    }  # fmt: skip
    seating.write(now, planned_on=planned_on, chaired_by=chaired_by)
    seating.note(by, at, Action.SITTING, now, details)


def _require_chair(sitting: Sitting, chaired_by: Member, on: date) -> None:
    seated = seats(sitting.unit, sitting.body, on)
    if all(one.member.pk != chaired_by.pk for one in seated):
        message = _("Người này không thuộc nơi họp. Chọn đồng chí trong danh sách.")
        raise RuleBroken("not_seated", message, field="chaired_by")
    if seated[0].member.pk == chaired_by.pk and seated[0].title:
        message = _("Người đứng đầu không chủ trì khi kiểm điểm chính mình. Cử đồng chí khác.")
        raise RuleBroken("head_chairs", message, field="chaired_by")


@deed
def link_meeting(*, by: Actor, at: datetime, sitting: Sitting, meeting: Meeting | None) -> None:
    """Tie a sitting to the meeting that it is part of, of the same unit and body; None unties it.

    Raises Denied; RuleBroken: closed, other_body, cancelled, conflict (another sitting has that meeting).
    """
    now = seating.lock(by, sitting)
    if meeting is not None:
        if (meeting.unit_id, meeting.body) != (now.unit_id, now.body):
            message = _("Cuộc họp này của tập thể khác. Chọn cuộc họp của nơi kiểm điểm.")
            raise RuleBroken("other_body", message, field="meeting")
        if meeting.state == meeting.State.CANCELLED:
            raise RuleBroken("cancelled", _("Cuộc họp này đã hủy. Chọn cuộc họp khác."), field="meeting")
    details = {"meeting": meeting.pk} if meeting else {"meeting_untied": now.meeting_id}
    seating.write(now, meeting=meeting)
    seating.note(by, at, Action.SITTING, now, details)


@deed
def hold_sitting(
    *,
    by: Actor,
    at: datetime,
    sitting: Sitting,
    held_on: date,
    entitled: int,
    present: int,
    absent: Mapping[int, str] | None = None,
    sooner_because: str = "",
) -> None:
    """Write that a sitting reviewed everyone on its list but those absent (by id of their place, with why).

    ``entitled`` and ``present`` count official members. Whoever is absent is reviewed later (`review_absent`); a
    collective cannot be. ``sooner_because``: why it met before everyone had the texts long enough. Raises Denied;
    RuleBroken: closed, future, too_early (before the cycle), present_more, collective_first, because_missing,
    not_submitted (names them), cell_first (leaders whose own cell has not reviewed them), too_soon, already_done,
    changed_meanwhile.
    """
    now = seating.lock(by, sitting, Sitting.State.PLANNED)
    message = _("Ngày này trước ngày mở đợt kiểm điểm (%(day)s). Ghi ngày ấy hoặc sau đó.")
    opened = now.cycle.opened_on
    seating.require_between(
        held_on, opened, day_of(at), field="held_on", what=message % {"day": written(opened)}
    )
    _require_count(entitled, present)
    away = {key: " ".join(why.split())[:_LONGEST] for key, why in (absent or {}).items()}
    places = seating.places_of(now)
    _require_reasons(places, away)
    there = [one for one in places if one.pk not in away]
    _require_submitted(now, there)
    _require_own_cell(now, there)
    _require_read(now, there, held_on, sooner_because)
    seating.write(now, state=Sitting.State.HELD, held_on=held_on, entitled=entitled, present=present)
    _write_reviewed(there, held_on)
    for place in places:
        place.absent_because = away.get(place.pk, "")
    Place.objects.bulk_update([one for one in places if one.pk in away], ["absent_because"])
    details: dict[str, Any] = {
        "held_on": held_on, "entitled": entitled, "present": present, "reviewed": len(there), "absent": len(away),
    }  # fmt: skip
    if sooner_because:
        details["sooner_because"] = sooner_because
    seating.note(by, at, Action.HELD, now, details)
    told = {one.entry_id: {"held_on": held_on} for one in there}
    told |= {one.entry_id: {"absent_on": held_on} for one in places if one.pk in away}
    seating.note_entries(by, at, Action.HELD, [one.entry for one in places], told)


@deed
def review_absent(*, by: Actor, at: datetime, place: Place, on: date) -> None:
    """Write that one who was absent from a sitting was reviewed on a later day by the same body.

    Raises Denied; RuleBroken: closed, not_held, future, too_early, not_submitted, cell_first, already_done.
    """
    now = seating.lock(by, place.sitting, Sitting.State.HELD, Sitting.State.PROPOSED)
    what = _("Ngày này trước hội nghị. Ghi ngày hội nghị hoặc sau đó.")
    seating.require_between(on, now.held_on, day_of(at), field="on", what=what)
    found = [one for one in seating.places_of(now) if one.pk == place.pk and one.reviewed_on is None]
    if not found:
        raise moved_on()
    _require_submitted(now, found)
    _require_own_cell(now, found)
    _write_reviewed(found, on)
    seating.note_entries(by, at, Action.HELD, [found[0].entry], {found[0].entry_id: {"later_on": on}})


def _require_count(entitled: int, present: int) -> None:
    if present < 1 or entitled < 1:
        raise RuleBroken("present_more", _("Ghi số đảng viên từ 1 trở lên."), field="present")
    if present > entitled:
        message = _("Số có mặt nhiều hơn số được triệu tập. Đếm lại.")
        raise RuleBroken("present_more", message, field="present")


def _require_reasons(places: list[Place], away: Mapping[int, str]) -> None:
    for place in places:
        if place.pk not in away:
            continue
        field = f"absent_{place.pk}"
        require_text(away[place.pk], code="because_missing", field=field, message=_("Ghi vì sao vắng."))
        if place.entry.of != Entry.Of.MEMBER:
            message = _("Kiểm điểm tập thể trước, cá nhân sau. Tập thể không để lại lần sau.")
            raise RuleBroken("collective_first", message, field=field)


def _require_submitted(sitting: Sitting, there: list[Place]) -> None:
    late = [one for one in there if one.entry.state == Entry.State.DUE and writes_form(sitting, one.entry)]
    if late:
        message = _("Chưa nộp bản kiểm điểm: %(names)s. Nộp xong rồi họp, hoặc ghi vắng và lý do.")
        raise RuleBroken("not_submitted", message % {"names": seating.names(late)}, field="absent")


def _require_own_cell(sitting: Sitting, there: list[Place]) -> None:
    """See that those whom this sitting is the last to review were reviewed at the others before."""
    before = Place.objects.filter(entry__in=[one.entry_id for one in there if one.proposes], proposes=False)
    waiting = set(
        before.filter(reviewed_on=None).exclude(sitting=sitting.pk).values_list("entry_id", flat=True)
    )
    if first := [one for one in there if one.entry_id in waiting]:
        message = _("Chi bộ chưa kiểm điểm: %(names)s. Kiểm điểm ở chi bộ trước, ở tập thể lãnh đạo sau.")
        law = law_of(sitting.cycle).regime
        raise RuleBroken(
            "cell_first", message % {"names": seating.names(first)}, citation=cite(law), field="absent"
        )


def earliest_day(sitting: Sitting, places: list[Place]) -> date | None:
    """Return the first day on which everyone has had the texts of collectives and leaders long enough. One query."""
    law = law_of(sitting.cycle).regime.value
    read = [
        one.entry_id
        for one in places
        if one.entry.subject in {Entry.Subject.COLLECTIVE, Entry.Subject.LEADER}
    ]
    moments = SelfReview.objects.filter(entry__in=read, submitted_at__isnull=False)
    last = moments.order_by("-submitted_at").values_list("submitted_at", flat=True).first()
    return add_working_days(day_of(last), law.draft_days) if last and law.draft_days else None


def _require_read(sitting: Sitting, there: list[Place], held_on: date, because: str) -> None:
    first = earliest_day(sitting, there)
    if first is None or held_on >= first or because.strip():
        return
    law = law_of(sitting.cycle).regime
    message = _(
        "Bản kiểm điểm của tập thể, lãnh đạo phải gửi trước %(days)s ngày làm việc; sớm nhất là %(day)s. Họp ngày ấy "
        "hoặc sau đó; đã họp sớm hơn thì ghi lý do."
    )
    words = {"days": law.value.draft_days, "day": written(first)}
    raise RuleBroken("too_soon", message % words, citation=cite(law), field="sooner_because")


def _write_reviewed(there: list[Place], on: date) -> None:
    """Write who was reviewed; the day of a leader's first review, in the own cell, stays that of the entry."""
    Place.objects.filter(pk__in=[one.pk for one in there]).update(reviewed_on=on)
    entries = [one.entry_id for one in there]
    waiting = Entry.objects.filter(pk__in=entries, state__in=(Entry.State.DUE, Entry.State.SUBMITTED))
    waiting.update(state=Entry.State.REVIEWED, reviewed_on=on, version=F("version") + 1)
