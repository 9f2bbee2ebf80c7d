"""The vote on grades: by secret ballot, its count read back, or counted by raised card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.ballots.actions.drafting import OptionData, draft_ballot
from hatnhan.ballots.models import Ballot, Purpose, ResultLine
from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import day_of, deed
from hatnhan.reviews.actions import guards, seating
from hatnhan.reviews.models import ORDER, Entry, Place, Sitting, VoteLine
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member
    from hatnhan.reviews.selectors.law import Law


def voted_on(places: list[Place]) -> list[Place]:
    """Return the places whose grade the sitting votes on: those it proposes for, reviewed, not proposed yet."""
    graded = Entry.Standing.GRADED
    return [
        one
        for one in places
        if one.proposes and one.entry.standing == graded and one.reviewed_on and not one.grade
    ]


@deed
def open_vote(
    *, by: Actor, at: datetime, sitting: Sitting, tellers: tuple[Member, Member], on: date | None = None
) -> Ballot:
    """Draft the secret vote on the grades of a sitting and return it; it is opened and counted as any ballot.

    Raises Denied; RuleBroken: closed, not_held, asked_already, nobody, and those of `draft_ballot`.
    """
    now = seating.lock(by, sitting, Sitting.State.HELD)
    if now.ballot_id and now.ballot.state != Ballot.State.CANCELLED:  # type: ignore[union-attr]
        raise RuleBroken("asked_already", _("Hội nghị này đã có phiếu xếp loại. Mở phiếu ấy."))
    places = voted_on(seating.places_of(now))
    if not places:
        raise RuleBroken("nobody", _("Không có ai, tập thể nào để xếp loại ở hội nghị này."))
    ballot = draft_ballot(
        by=by, at=at, unit=now.unit, body=now.body,
        title=(_("Xếp loại chất lượng năm %(year)s") % {"year": now.cycle.year})[:300],
        purpose=Purpose.GRADING, kind=Ballot.Kind.GRADE, on=on or day_of(at), tellers=tellers,
        options=[_option(one) for one in places], grades=_grades(law_of(now.cycle), places),
    )  # fmt: skip
    seating.write(now, ballot=ballot)
    seating.note(by, at, Action.VOTE, now, {"asked": len(places), "tellers": [str(one) for one in tellers]})
    return ballot


def _option(place: Place) -> OptionData:
    entry = place.entry
    if entry.member is not None:
        return OptionData(member=entry.member)
    return OptionData(guards.name_of(entry)[:200])


def _grades(law: Law, places: list[Place]) -> list[tuple[str, str]]:
    """Return the grades on the slip, best first; where organisations bear other names, both."""
    both = any(one.entry.of == Entry.Of.ORGANISATION for one in places)
    alone = all(one.entry.of == Entry.Of.ORGANISATION for one in places)
    found = []
    for grade in ORDER:
        own, organisation = law.grade_name(grade), law.grade_name(grade, organisation=True)
        words = organisation if alone else own
        if both and not alone and own != organisation:
            words = _("%(own)s (tổ chức đảng: %(organisation)s)") % {"own": own, "organisation": organisation}
        found.append((str(grade), words))
    return found


@deed
def take_votes(*, by: Actor, at: datetime, sitting: Sitting) -> None:
    """Read the totals of the counted ballot into the sitting.

    Raises Denied; RuleBroken: closed, not_held, not_counted, changed_meanwhile.
    """
    now = seating.lock(by, sitting, Sitting.State.HELD)
    if now.ballot is None or now.ballot.state != Ballot.State.CLOSED:
        raise RuleBroken("not_counted", _("Phiếu chưa kiểm xong. Kiểm phiếu trước."))
    counted = _by_place(now, seating.places_of(now))
    _write(counted)
    seating.write(now)
    seating.note(by, at, Action.COUNTED, now, {"ballot": now.ballot_id, "lines": len(counted)})


def _by_place(sitting: Sitting, places: list[Place]) -> dict[int, dict[str, int]]:
    """Return the totals by place: people are known by who they are, others by their order among themselves."""
    people = {one.entry.member_id: one.pk for one in places if one.entry.member_id}
    others = [one.pk for one in places if one.entry.member_id is None and one.proposes]
    found: dict[int, dict[str, int]] = {}
    options: dict[int, int] = {}
    lines = ResultLine.objects.filter(result=sitting.ballot_id).select_related("option")
    for line in lines.order_by("option__place"):
        member = line.option.member_id
        if member is None and line.option_id not in options and len(options) < len(others):
            options[line.option_id] = others[len(options)]
        place = people.get(member) if member else options.get(line.option_id)
        if place is not None:
            found.setdefault(place, {})[line.grade] = line.votes
    return found


@deed
def count_cards(*, by: Actor, at: datetime, sitting: Sitting, votes: Mapping[int, Mapping[str, int]]) -> None:
    """Write how many gave each grade, by id of the place: raised cards, or slips of paper counted elsewhere.

    May be written again until the sitting proposes; after a secret vote was proposed from, for those reviewed later.
    Raises Denied; RuleBroken: closed, not_held, by_ballot (a ballot runs or was counted), no_place, no_grade, negative,
    more_than_present, changed_meanwhile.
    """
    now = seating.lock(by, sitting, Sitting.State.HELD, Sitting.State.PROPOSED)
    if not counts_by_hand(now):
        message = _("Hội nghị này bỏ phiếu kín. Kiểm phiếu, rồi lấy kết quả của phiếu.")
        raise RuleBroken("by_ballot", message)
    places = {one.pk: one for one in voted_on(seating.places_of(now))}
    for key, row in votes.items():
        _require_row(places.get(key), row, now.present or 0)
    before = _before(votes)
    _write(votes)
    seating.write(now)
    details = {"lines": len(votes)} | ({"changed": before} if before else {})
    seating.note(by, at, Action.COUNTED, now, details)


def counts_by_hand(sitting: Sitting) -> bool:
    """Tell whether votes are typed in: there is no secret vote, or its grades are proposed and some came later."""
    ballot = sitting.ballot
    if ballot is None or ballot.state == Ballot.State.CANCELLED:
        return True
    return ballot.state == Ballot.State.CLOSED and sitting.state == Sitting.State.PROPOSED


def _before(votes: Mapping[int, Mapping[str, int]]) -> int:
    """Return for how many places other totals stood before."""
    kept: dict[int, dict[str, int]] = {}
    for place, grade, count in VoteLine.objects.filter(place__in=votes).values_list(
        "place", "grade", "votes"
    ):
        kept.setdefault(place, {})[grade] = count
    return sum(kept[key] != {grade: n for grade, n in votes[key].items() if n} for key in kept)


def _require_row(place: Place | None, row: Mapping[str, int], present: int) -> None:
    if place is None:
        message = _("Không có mục này trong hội nghị, hoặc đã đề nghị mức. Mở lại trang.")
        raise RuleBroken("no_place", message)
    field = f"votes_{place.pk}"
    if any(grade not in ORDER for grade in row):
        raise RuleBroken("no_grade", _("Không có mức này. Mở lại trang."), field=field)
    if any(count < 0 for count in row.values()):
        raise RuleBroken("negative", _("Số phiếu không nhỏ hơn 0. Ghi lại."), field=field)
    if sum(row.values()) > present:
        message = _("%(name)s: cộng %(sum)s phiếu, nhiều hơn %(present)s đảng viên có mặt. Đếm lại.")
        words = {"name": guards.name_of(place.entry), "sum": sum(row.values()), "present": present}
        raise RuleBroken("more_than_present", message % words, field=field)


def _write(votes: Mapping[int, Mapping[str, int]]) -> None:
    VoteLine.objects.filter(place__in=votes).delete()
    VoteLine.objects.bulk_create(
        VoteLine(place_id=place, grade=grade, votes=count)
        for place, row in votes.items()
        for grade, count in row.items()
        if count
    )
