"""The sitting proposes grades to whoever decides; and takes its proposal back while nothing was made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import day_of, deed, moved_on, require_text
from hatnhan.reviews.actions import guards, seating
from hatnhan.reviews.actions.voting import voted_on
from hatnhan.reviews.models import ORDER, DecisionLine, Entry, Place, Sitting
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.assessed import assessments
from hatnhan.reviews.selectors.remarks import unheard_of
from hatnhan.reviews.selectors.votes import votes_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.reviews.selectors.votes import Votes

_LONGEST, _NUMBER = 500, 60


@deed
def propose(
    *,
    by: Actor,
    at: datetime,
    sitting: Sitting,
    grades: Mapping[int, tuple[str, str]],
    proposal_no: str,
    proposed_on: date | None = None,
) -> None:
    """Propose the grades of everyone the sitting proposes for, by id of the place, each with its reason or "".

    A reason is due for a grade that the conditions do not open, for one without the majority of the votes, and where
    the cell of somebody's temporary activity has not been heard. Called again for those reviewed later. Raises Denied;
    RuleBroken: closed, not_held, number_missing, future, too_early, nobody, unfinished (names them), no_place,
    no_grade, needs_reason (the field of the first), changed_meanwhile.
    """
    now = seating.lock(by, sitting, Sitting.State.HELD, Sitting.State.PROPOSED)
    number = require_text(proposal_no, code="number_missing", field="proposal_no")[:_NUMBER]
    on = proposed_on or day_of(at)
    what = _("Ngày này trước hội nghị. Ghi ngày hội nghị hoặc sau đó.")
    seating.require_between(on, now.held_on, day_of(at), field="proposed_on", what=what)
    places = voted_on(seating.places_of(now))
    _require_all(places, grades)
    first = now.state == Sitting.State.HELD
    seating.write(
        now,
        state=Sitting.State.PROPOSED,
        proposal_no=number if first else f"{now.proposal_no}; {number}"[:_NUMBER],
        proposed_on=on if first else now.proposed_on,
    )
    votes = votes_of(now)
    # An organisation is assessed by the grades of those in it: theirs are written first.
    for part in ([one for one in places if _is_part(one)], [one for one in places if not _is_part(one)]):
        _require_reasons(part, grades, votes, now.held_on or on)
        _write(part, grades, on)
    seating.note(by, at, Action.PROPOSE, now, {"number": number, "on": on, "proposed": len(places)})
    told = {one.entry_id: {"grade": grades[one.pk][0]} | _why(grades[one.pk][1]) for one in places}
    seating.note_entries(by, at, Action.PROPOSE, [one.entry for one in places], told)


def _why(because: str) -> dict[str, str]:
    return {"reason": because.strip()[:_LONGEST]} if because.strip() else {}


def _require_all(places: list[Place], grades: Mapping[int, tuple[str, str]]) -> None:
    if not places:
        raise RuleBroken("nobody", _("Không còn ai, tập thể nào chờ đề nghị ở hội nghị này."))
    if set(grades) - {one.pk for one in places}:
        message = _("Có mục không còn chờ đề nghị ở hội nghị này. Mở lại trang.")
        raise RuleBroken("no_place", message)
    if missing := [one for one in places if not grades.get(one.pk, ("", ""))[0]]:
        message = _("Chưa chọn mức: %(names)s.") % {"names": seating.names(missing)}
        raise RuleBroken("unfinished", message, field=f"grade_{missing[0].pk}")
    if wrong := [one for one in places if grades[one.pk][0] not in ORDER]:
        raise RuleBroken("no_grade", _("Không có mức này. Mở lại trang."), field=f"grade_{wrong[0].pk}")


def _is_part(place: Place) -> bool:
    return place.entry.of != Entry.Of.ORGANISATION


def _require_reasons(
    places: list[Place], grades: Mapping[int, tuple[str, str]], votes: Mapping[int, Votes], on: date
) -> None:
    entries = [one.entry for one in places]
    assessed, unheard = assessments(entries), unheard_of(entries, on)
    for place in places:
        grade, because = grades[place.pk]
        if because.strip():
            continue
        words = needs_reason(grade, assessed[place.entry_id].allowed, votes.get(place.pk))
        if not words and place.entry_id in unheard:
            words = _("chưa có nhận xét nơi sinh hoạt tạm thời. Ghi nhận xét ấy trước, hoặc ghi lý do.")
        if words:
            words = f"{guards.name_of(place.entry)}: {words}"
            raise RuleBroken("needs_reason", words, field=f"because_{place.pk}")


def needs_reason(grade: str, allowed: tuple[str, ...], votes: Votes | None) -> str:
    """Return why a grade needs a reason, in words; "" when it needs none."""
    if grade not in allowed:
        return _("mức này ngoài các mức đủ điều kiện. Ghi lý do đề nghị.")
    if votes is None:
        return _("chưa ghi kết quả biểu quyết. Ghi kết quả trước, hoặc ghi lý do đề nghị.")
    if votes.chosen != grade:
        return _("mức này không được quá bán số phiếu. Ghi lý do đề nghị.")
    return ""


def _write(places: list[Place], grades: Mapping[int, tuple[str, str]], on: date) -> None:
    entries = [one.entry for one in places]
    rows = Entry.objects.filter(pk__in=[one.pk for one in entries], state=Entry.State.REVIEWED)
    if rows.update(state=Entry.State.PROPOSED, version=F("version") + 1) != len(entries):
        raise moved_on()
    for place in places:
        grade, because = grades[place.pk]
        place.grade, place.grade_because = grade, because.strip()[:_LONGEST]
        place.entry.proposed_grade, place.entry.proposed_reason = grade, place.grade_because
        place.entry.proposed_on = on
    Place.objects.bulk_update(places, ["grade", "grade_because"], batch_size=500)
    Entry.objects.bulk_update(entries, ["proposed_grade", "proposed_reason", "proposed_on"], batch_size=500)


@deed
def take_back_proposal(*, by: Actor, at: datetime, sitting: Sitting, because: str) -> None:
    """Take a proposal back, so that it can be made anew; while none of its grades was appraised or put to decide.

    Raises Denied; RuleBroken: closed, because_missing, appraised, in_decision, already_done.
    """
    now = seating.lock(by, sitting, Sitting.State.PROPOSED)
    why = require_text(because, code="because_missing", field="because")[:_LONGEST]
    places = [one for one in seating.places_of(now) if one.grade]
    entries = [one.entry for one in places]
    if done := [one for one in places if one.entry.state != Entry.State.PROPOSED]:
        message = _("Đã thẩm định: %(names)s. Không rút được nữa; cấp thẩm định xem xét.")
        raise RuleBroken("appraised", message % {"names": seating.names(done)})
    if DecisionLine.objects.filter(entry__in=entries).exists():
        message = _("Đề nghị này đã đưa vào dự thảo quyết định. Bỏ dự thảo trước.")
        raise RuleBroken("in_decision", message)
    rows = Entry.objects.filter(pk__in=[one.pk for one in entries], state=Entry.State.PROPOSED)
    rows.update(
        state=Entry.State.REVIEWED, proposed_grade="", proposed_reason="", proposed_on=None,
        version=F("version") + 1,
    )  # fmt: skip
    Place.objects.filter(pk__in=[one.pk for one in places]).update(grade="", grade_because="")
    number = now.proposal_no
    seating.write(now, state=Sitting.State.HELD, proposal_no="", proposed_on=None)
    details = {"number": number, "taken_back": len(places), "reason": why}
    seating.note(by, at, Action.PROPOSE, now, details)
    told = {one.entry_id: {"grade_taken_back": one.grade} for one in places}
    seating.note_entries(by, at, Action.PROPOSE, entries, told)
