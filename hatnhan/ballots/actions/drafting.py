"""A ballot is drafted, and cancelled while nothing was counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit import actions as audit
from hatnhan.ballots import permissions, sealing
from hatnhan.ballots.actions.erasing import erase_deleted, sweep_later
from hatnhan.ballots.models import Ballot, Option, Purpose, Teller, Urn
from hatnhan.ballots.permissions import Action
from hatnhan.ballots.rules import Question
from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import deed, moved_on, require_text
from hatnhan.organization.selectors.bodies import bodies_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Member, Unit

_TWO = 2


@dataclass(frozen=True, slots=True)
class OptionData:
    """One option to be put: its words, or the person it stands for (then the words are the name)."""

    label: str = ""
    member: Member | None = None


@deed
def draft_ballot(
    *,
    by: Actor,
    at: datetime,
    unit: Unit,
    body: str,
    title: str,
    purpose: str,
    kind: str,
    on: date,
    tellers: tuple[Member, Member],
    options: Sequence[OptionData] = (),
    grades: Sequence[tuple[str, str]] = (),
    up_to: int = 1,
    concerned: Member | None = None,
) -> Ballot:
    """Draft a ballot and return it. Asks no permission: the page and the rooms that call it have asked theirs.

    ``grades`` are pairs of key and words, best first, for GRADE alone; ``options`` are not given for YES_NO;
    ``up_to`` counts for UP_TO alone. Raises RuleBroken: title_missing, no_such_body, tellers_same, teller_stands,
    options_few, options_alike, grades_few, up_to_range, too_large.
    """
    title = require_text(title, code="title_missing", field="title")
    if body not in bodies_of(unit):
        raise RuleBroken("no_such_body", _("Tổ chức này không có tập thể ấy. Chọn lại."), field="body")
    options = _options(kind, options)
    up_to = _up_to(kind, up_to, len(options))
    if kind != Ballot.Kind.GRADE:
        grades = ()
    _require_answerable(options, grades, kind)
    _require_tellers(tellers, options, purpose, concerned)
    ballot = Ballot.objects.create(
        unit=unit, body=body, title=title, purpose=purpose, kind=kind, on=on, up_to=up_to,
        grades=[list(pair) for pair in grades], concerned=concerned,
    )  # fmt: skip
    Option.objects.bulk_create(
        Option(ballot=ballot, place=place, label=one.label, member=one.member)
        for place, one in enumerate(options, start=1)
    )
    Teller.objects.bulk_create(
        Teller(ballot=ballot, member=member, place=place) for place, member in enumerate(tellers, start=1)
    )
    details = {"purpose": purpose, "kind": kind, "on": on.isoformat()}
    audit.record(by=by, at=at, action=Action.DRAFT, target=ballot, unit_id=unit.pk, details=details)
    return ballot


def _options(kind: str, options: Sequence[OptionData]) -> list[OptionData]:
    if kind == Ballot.Kind.YES_NO:
        return [OptionData(_("Đồng ý")), OptionData(_("Không đồng ý"))]
    names = Counter(one.member.full_name for one in options if one.member)
    named = [OptionData(one.label.strip() or _name(one.member, names), one.member) for one in options]
    labels = [one.label for one in named]
    fewest = 1 if kind in {Ballot.Kind.GRADE, Ballot.Kind.UP_TO} else _TWO
    if len(named) < fewest or not all(labels):
        message = _("Cần ít nhất %(count)s phương án, mỗi phương án một dòng.") % {"count": fewest}
        raise RuleBroken("options_few", message, field="options")
    people = [one.member.pk for one in named if one.member]
    words = [one.label for one in named if not one.member]
    if len(set(people)) < len(people) or len(set(words)) < len(words):
        message = _("Có hai phương án giống nhau. Bỏ một, hoặc ghi cho khác nhau.")
        raise RuleBroken("options_alike", message, field="options")
    return named


def _name(member: Member | None, names: Counter[str]) -> str:
    """Return how a person stands on the slip: with the year of birth where another there has the same name."""
    if member is None:
        return ""
    alike = names[member.full_name] > 1
    return f"{member.full_name}, {member.born_year}" if alike else member.full_name


def _up_to(kind: str, up_to: int, count: int) -> int:
    if kind != Ballot.Kind.UP_TO:
        return 1
    if not 1 <= up_to <= count:
        message = _("Số được chọn phải từ 1 đến %(count)s, là số phương án.") % {"count": count}
        raise RuleBroken("up_to_range", message, field="up_to")
    return up_to


def _require_answerable(options: list[OptionData], grades: Sequence[tuple[str, str]], kind: str) -> None:
    if kind == Ballot.Kind.GRADE and len({key for key, _words in grades}) < max(len(grades), _TWO):
        raise RuleBroken("grades_few", _("Cần ít nhất hai mức, không mức nào trùng nhau."), field="grades")
    question = Question(len(options), grades=tuple(key for key, _words in grades))
    if not question.fits(sealing.ROOM):
        message = _("Phiếu dài quá. Chia thành hai cuộc bỏ phiếu, mỗi cuộc một phần danh sách.")
        raise RuleBroken("too_large", message, field="options")


def _require_tellers(
    tellers: tuple[Member, Member], options: list[OptionData], purpose: str, concerned: Member | None
) -> None:
    first, second = tellers
    if first.pk == second.pk:
        message = _("Hai người kiểm phiếu phải là hai đồng chí khác nhau.")
        raise RuleBroken("tellers_same", message, field="second_teller")
    standing = {one.member.pk for one in options if one.member} if purpose == Purpose.ELECTION else set()
    if {first.pk, second.pk} & (standing | ({concerned.pk} if concerned else set())):
        message = _("Người ứng cử hoặc người được xem xét không kiểm phiếu. Chọn đồng chí khác.")
        raise RuleBroken("teller_stands", message, field="first_teller")


@deed
def cancel_ballot(*, by: Actor, at: datetime, ballot: Ballot, reason: str) -> None:
    """Cancel a ballot that was not counted: votes and key are erased, and nobody ever reads them.

    Raises Denied; RuleBroken: reason_missing, already_done.
    """
    permissions.require(by, Action.CANCEL, ballot)
    reason = require_text(reason, code="reason_missing", field="reason")
    erase_deleted()
    standing = Ballot.objects.filter(pk=ballot.pk, state__in=(Ballot.State.DRAFT, Ballot.State.OPEN))
    cancelled = Ballot.State.CANCELLED
    if standing.update(state=cancelled, cancel_reason=reason, closed_at=at, locked_key=b"") != 1:
        raise moved_on()
    Urn.objects.filter(ballot_id=ballot.pk).delete()
    Teller.objects.filter(ballot_id=ballot.pk).update(salt=b"")
    details = {"reason": reason}
    audit.record(by=by, at=at, action=Action.CANCEL, target=ballot, unit_id=ballot.unit_id, details=details)
    sweep_later()
    ballot.refresh_from_db()
