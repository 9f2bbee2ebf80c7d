"""Which official papers the room has of what, and which of them a person may have. Each is asked for here alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.meetings.selectors.papers import Offer
from hatnhan.organization.powers import powers_of
from hatnhan.oversight import permissions
from hatnhan.oversight.models import (
    Case,
    CaseBallot,
    Complaint,
    Decision,
    Dossier,
    Minutes,
    Programme,
    Subject,
)
from hatnhan.oversight.rules import steps as rules
from hatnhan.oversight.selectors import steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hatnhan.accounts.models import User
    from hatnhan.oversight.models import Check
    from hatnhan.oversight.selectors.steps import Matter

PROGRAMME, DECISION, PLAN = "oversight.programme", "oversight.decision", "oversight.plan"
OUTLINE, SELF_REPORT, MINUTES = "oversight.outline", "oversight.self_report", "oversight.minutes"
REPORT, HEARING, NOTICE = "oversight.report", "oversight.hearing", "oversight.notice"
DELIVERY, SELF_REVIEW, DISCIPLINE = "oversight.delivery", "oversight.self_review", "oversight.discipline"
REPLY, INDEX, TALLY = "oversight.reply", "oversight.index", "ballots.tellers_minutes"
#: What the record of who took a paper calls each.
TITLES = {
    PROGRAMME: _lazy("Chương trình kiểm tra, giám sát"),
    DECISION: _lazy("Quyết định, lập đoàn"),
    PLAN: _lazy("Kế hoạch, phân công"),
    OUTLINE: _lazy("Đề cương gợi ý báo cáo"),
    SELF_REPORT: _lazy("Báo cáo tự kiểm tra"),
    MINUTES: _lazy("Biên bản"),
    REPORT: _lazy("Báo cáo của đoàn"),
    HEARING: _lazy("Biên bản nghe đối tượng trình bày"),
    NOTICE: _lazy("Thông báo kết luận"),
    DELIVERY: _lazy("Biên bản giao kết luận"),
    SELF_REVIEW: _lazy("Bản tự kiểm điểm"),
    DISCIPLINE: _lazy("Quyết định kỷ luật"),
    REPLY: _lazy("Trả lời khiếu nại"),
    INDEX: _lazy("Mục lục hồ sơ"),
    TALLY: _lazy("Biên bản kiểm phiếu"),
}


@dataclass(frozen=True, slots=True)
class ProgrammeOf:
    """A programme as a person may read it: with the names of the members looked at, or only how many they are."""

    programme: Programme
    named: bool


@dataclass(frozen=True, slots=True)
class ShareOf:
    """What of a check goes on a paper: all its subjects and all minutes of a kind, or only one's."""

    check: Check
    subjects: tuple[Subject, ...]
    minutes: tuple[Minutes, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper that a person may have: what it is drawn from, and what the record of the taking says."""

    key: str
    thing: object
    about: Any
    unit_id: int
    name: str
    #: The members whose own matter it is: each can read who took it.
    concerned: tuple[int, ...] = ()


# --- the programme ---------------------------------------------------------------------------------------------------
def programme_for(user: User, pk: int) -> Asked:
    """Return the paper of a programme that a person may know of. Raises Missing."""
    found = permissions.programmes_for(user).filter(pk=pk).select_related("unit").first()
    if found is None:
        raise Missing
    thing = ProgrammeOf(found, permissions.runs(user, found.unit_id))
    return Asked(PROGRAMME, thing, found, found.unit_id, f"chuong-trinh-{found.year}-{pk}")


# --- the file of a check or of a case --------------------------------------------------------------------------------
def drawn_for(user: User, pk: int) -> Asked:
    """Return what the software draws up for a paper of a file, for who reads the whole file. Raises Missing."""
    paper, matter = steps.paper_for(user, pk, to_write=False)
    facts, written = steps.facts_of(matter), steps.minutes_of(matter)
    if not rules.may_draw(paper.drawn, paper.key, facts, written):
        raise Missing
    thing, key = _drawn(paper.drawn, paper.key, matter)
    return _asked(key, thing, matter, f"{paper.drawn}-{pk}")


def index_for(user: User, pk: int) -> Asked:
    """Return the index of a file, for who reads the whole file. Raises Missing."""
    dossier = Dossier.objects.filter(pk=pk).first()
    if dossier is None:
        raise Missing
    matter = steps.matter_of(dossier)
    if not steps.reads(user, matter):
        raise Missing
    return _asked(INDEX, dossier, matter, f"muc-luc-{pk}")


def minutes_for(user: User, pk: int) -> Asked:
    """Return one of a check's minutes, for who reads the whole check. Raises Missing."""
    found = Minutes.objects.filter(pk=pk).select_related("of_check__unit").first()
    if found is None or not steps.reads_check(user, found.of_check):
        raise Missing
    thing = ShareOf(found.of_check, (), (found,))
    return _asked(MINUTES, thing, found.of_check, f"bien-ban-{pk}")


def _asked(key: str, thing: object, matter: Matter, name: str) -> Asked:
    return Asked(key, thing, matter, matter.unit_id, name, _concerned(matter))


def _concerned(matter: Matter) -> tuple[int, ...]:
    if isinstance(matter, Case):
        return (matter.member_id,) if matter.member_id else ()
    rows = matter.subjects.filter(member__isnull=False).values_list("member_id", flat=True)
    return tuple(rows)


def _drawn(drawn: str, key: str, matter: Matter) -> tuple[object, str]:
    if drawn == "index":
        return matter.dossier, INDEX
    if isinstance(matter, Case):
        return _drawn_of_case(drawn, key, matter)
    if drawn in {"decision", "plan", "outline", "report"}:
        return matter, f"oversight.{drawn}"
    subjects = tuple(matter.subjects.select_related("unit", "member"))
    kind = Minutes.Kind.MEETING if drawn == "hearing" else key
    minutes = tuple(matter.minutes.filter(kind=kind)) if drawn in {"minutes", "hearing"} else ()
    return ShareOf(matter, subjects, minutes), f"oversight.{drawn}"


def _drawn_of_case(drawn: str, key: str, case: Case) -> tuple[object, str]:
    if drawn == "discipline":
        decision = (
            case.decisions.filter(state__in=("in_force", "ended")).select_related("unit", "case").last()
        )
        if decision is None:
            raise Missing
        return decision, DISCIPLINE
    if drawn == "tally":
        whether = CaseBallot.Round.WHETHER if key.endswith("whether") else CaseBallot.Round.FORM
        rounds = case.ballots.filter(round=whether).select_related("ballot")
        last = rounds.last()
        if last is None:
            raise Missing
        return last.ballot, TALLY
    if drawn in {"plan", "hearing", "self_review"}:
        return case, f"oversight.{drawn}"
    raise Missing


# --- the subject's own -----------------------------------------------------------------------------------------------
_OF_SUBJECT = {
    "bao-cao": (SELF_REPORT, "report"),
    "trinh-bay": (HEARING, "heard_on"),
    "ket-luan": (NOTICE, "delivered_on"),
    "giao": (DELIVERY, "delivered_on"),
}


def own_for(user: User, pk: int, kind: str) -> Asked:
    """Return a paper that is a subject's by right: own report, own hearing, the conclusion once it was handed over."""
    powers = powers_of(user)
    mine = Q(unit__in=permissions.headed_by(powers))
    if powers.member_id is not None:
        mine |= Q(member_id=powers.member_id)
    found = Subject.objects.filter(mine, pk=pk).select_related("of_check__unit", "unit", "member").first()
    key, field = _OF_SUBJECT.get(kind, ("", ""))
    if found is None or not key or not getattr(found, field):
        raise Missing
    check = found.of_check
    own = (found.member_id,) if found.member_id else ()
    return Asked(key, ShareOf(check, (found,)), check, check.unit_id, f"{kind}-{pk}", own)


# --- discipline ------------------------------------------------------------------------------------------------------
def decision_for(user: User, pk: int) -> Asked:
    """Return a decision to discipline: for who reads the case, and for its subject once it was made known."""
    found = Decision.objects.filter(pk=pk).select_related("case__member", "unit").first()
    if found is None or not _has_decision(user, found):
        raise Missing
    return Asked(DISCIPLINE, found, found, found.unit_id, f"quyet-dinh-ky-luat-{pk}", _concerned(found.case))


def _has_decision(user: User, decision: Decision) -> bool:
    if permissions.is_case_subject(user, decision.case):
        return decision.handed_on is not None or decision.announced_on is not None
    return steps.reads(user, decision.case)


def reply_for(user: User, pk: int) -> Asked:
    """Return the reply to a complaint that was settled: for its handler, who reads the case, and who complained."""
    found = Complaint.objects.filter(pk=pk).select_related("decision__case__member", "unit").first()
    if found is None or not _has_reply(user, found):
        raise Missing
    concerned = _concerned(found.decision.case)
    return Asked(REPLY, found, found, found.unit_id, f"tra-loi-khieu-nai-{pk}", concerned)


def _has_reply(user: User, complaint: Complaint) -> bool:
    if complaint.state != Complaint.State.SETTLED:
        return False
    case = complaint.decision.case
    if permissions.is_case_subject(user, case):
        return True
    member_id = powers_of(user).member_id
    return (member_id is not None and complaint.handler_id == member_id) or steps.reads(user, case)


# --- offers ----------------------------------------------------------------------------------------------------------
def _offer(label: object, url_name: str, *args: object) -> Offer:
    address = reverse(url_name, args=args)
    return Offer(str(label), f"{address}?dang=pdf", f"{address}?dang=docx")


def of_programme(programme: Programme) -> list[Offer]:
    """Return the paper of a programme that the person reads. No query."""
    return [_offer(TITLES[PROGRAMME], "oversight:programme-paper", programme.pk)]


def of_file(matter: Matter) -> list[Offer]:
    """Return the minutes and the index of a file that the person reads whole. One query."""
    rows = [] if isinstance(matter, Case) else matter.minutes.all()
    found = [
        _offer(f"{one.get_kind_display()}, {written(one.on)}", "oversight:minutes-paper", one.pk)
        for one in rows
    ]
    return [*found, _offer(TITLES[INDEX], "oversight:index-paper", matter.dossier_id)]


def of_subjects(subjects: Sequence[Subject]) -> list[Offer]:
    """Return what papers one has by right so far, as each of the subjects that one is or heads. No query."""
    return [
        _offer(
            TITLES[key] if len(subjects) == 1 else f"{TITLES[key]}: {one}",
            "oversight:own-paper",
            one.pk,
            kind,
        )
        for one in subjects
        for kind, (key, field) in _OF_SUBJECT.items()
        if getattr(one, field)
    ]


def of_decision(user: User, decision: Decision) -> list[Offer]:
    """Return the paper of a decision to discipline, for who may have it."""
    if not _has_decision(user, decision):
        return []
    return [_offer(TITLES[DISCIPLINE], "oversight:decision-paper", decision.pk)]


def of_complaint(user: User, complaint: Complaint) -> list[Offer]:
    """Return the reply to a complaint, for who may have it."""
    if not _has_reply(user, complaint):
        return []
    return [_offer(TITLES[REPLY], "oversight:reply-paper", complaint.pk)]
