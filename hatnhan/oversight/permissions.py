"""The room's actions and who may do them. Everything not granted here is denied.

- Who runs oversight in a unit: the inspection committee and the secretary and deputies of a committee; of a cell its
  secretary and deputies. From above they also see what units below do.
- Whoever is the subject of a matter, or declared close kin of the subject, has no part in it but the subject's own.
- A discipline case: its handlers and the inspection chair and deputies over it, the deciding body while it decides, the
  subject. A denunciation: its handlers; the inspection chair sees that it is there. An administrator: nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.core import clock
from hatnhan.core.dated import in_force
from hatnhan.core.errors import Denied
from hatnhan.organization.models import Body, Level, Position, Post, UnitAncestry
from hatnhan.organization.powers import KEEPERS, powers_of
from hatnhan.organization.selectors.bodies import bodies_sat_in
from hatnhan.oversight.models import (
    Case,
    CaseHandler,
    Check,
    Complaint,
    Denunciation,
    DenunciationHandler,
    Kind,
    KinDeclaration,
    Programme,
    Restoration,
    Subject,
    TeamMember,
    Watch,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from hatnhan.accounts.actors import Actor
    from hatnhan.accounts.models import User
    from hatnhan.organization.powers import Powers

CHAIRS = frozenset({Post.INSPECTION_CHAIR, Post.INSPECTION_DEPUTY})
INSPECTORS = CHAIRS | {Post.INSPECTION_MEMBER}
#: While a case stands here its deciding body may read it.
AT_DECISION = (Case.State.HEARD, Case.State.AGREED, Case.State.FORMED)


class Action(StrEnum):
    """Names of the deeds, as they stand in the audit record."""

    PROGRAMME = "oversight:programme:write"
    APPROVE = "oversight:programme:approve"
    AMEND = "oversight:programme:amend"
    ASKED = "oversight:programme:asked"
    OPEN_CHECK = "oversight:check:open"
    EDIT_CHECK = "oversight:check:edit"
    TEAM = "oversight:check:team"
    STAGE = "oversight:check:stage"
    STEP = "oversight:file:step"
    FILE = "oversight:file:paper"
    SELF_REPORT = "oversight:check:self_report"
    MINUTES = "oversight:check:minutes"
    REPORT = "oversight:check:report"
    HEAR = "oversight:check:hear"
    CONCLUDE = "oversight:check:conclude"
    DELIVER = "oversight:check:deliver"
    DISSENT = "oversight:check:dissent"
    AGAIN = "oversight:check:ask_again"
    ANSWER = "oversight:check:answer"
    STOP = "oversight:check:stop"
    KIN = "oversight:kin:declare"
    READ_CHECK = "oversight:check:read"
    FINDING = "oversight:finding:write"
    REMEDY = "oversight:remedy:report"
    VERIFY = "oversight:remedy:verify"
    WATCH = "oversight:watch:assign"
    CONCLUDE_WATCH = "oversight:watch:conclude"
    NOTE = "oversight:note:write"
    NOTE_ANSWER = "oversight:note:answer"
    NOTE_CONFIRM = "oversight:note:confirm"
    READ_NOTES = "oversight:note:read"
    OPEN_CASE = "oversight:case:open"
    EDIT_CASE = "oversight:case:edit"
    POSTPONE = "oversight:case:postpone"
    SELF_REVIEW = "oversight:case:self_review"
    HEARING = "oversight:case:hear"
    VOTE = "oversight:case:vote"
    COUNTED = "oversight:case:counted"
    PROPOSE = "oversight:case:propose"
    DECIDE = "oversight:case:decide"
    DROP = "oversight:case:drop"
    READ_CASE = "oversight:case:read"
    ANNOUNCE = "oversight:decision:announce"
    HAND_OVER = "oversight:decision:hand_over"
    END = "oversight:decision:end"
    COMPLAIN = "oversight:complaint:receive"
    COMPLAINT = "oversight:complaint:handle"
    SETTLE = "oversight:complaint:settle"
    RESTORE = "oversight:restoration:write"
    DENUNCIATION = "oversight:denunciation:receive"
    DENUNCIATION_STATE = "oversight:denunciation:handle"
    DENUNCIATION_HANDLERS = "oversight:denunciation:handlers"
    POINT = "oversight:denunciation:point"
    UNNAMED = "oversight:denunciation:unnamed"
    READ_DENUNCIATION = "oversight:denunciation:read"
    READ_DENOUNCER = "oversight:denunciation:read_denouncer"
    TAKE = "oversight:papers:take"
    TAKE_CASE = "oversight:papers:take_case"


# --- units -----------------------------------------------------------------------------------------------------------
def run_by(user: User) -> frozenset[int]:
    """Return the ids of the units whose oversight a person runs today."""
    wanted = KEEPERS | INSPECTORS
    return frozenset(
        unit
        for unit, post, level in powers_of(user).held
        if post in (KEEPERS if level == Level.CELL else wanted)
    )


def chaired_by(user: User) -> frozenset[int]:
    """Return the ids of the committees whose inspection committee a person chairs today, or is deputy of."""
    return frozenset(unit for unit, post, _level in powers_of(user).held if post in CHAIRS)


def headed_by(powers: Powers) -> frozenset[int]:
    """Return the ids of the units a person heads: these are the person's to answer for as subjects."""
    return powers.cells_led | powers.keeps


def runs(by: Actor, unit_id: int) -> bool:
    """Tell whether a person runs the oversight of a unit today: there, or of a committee above it."""
    if isinstance(by, Machine):
        return True
    mine = run_by(by)
    return unit_id in mine or _is_below(unit_id, _committees(by), by)


def require_run(by: Actor, unit_id: int) -> None:
    """Raise Denied unless the person runs the oversight of a unit today."""
    if not runs(by, unit_id):
        message = _(
            "Việc này do Ủy ban Kiểm tra, Bí thư, Phó Bí thư làm. Đồng chí không giữ chức vụ ấy hôm nay."
        )
        raise Denied(message)


def approves(by: Actor, unit_id: int, body: str) -> bool:
    """Tell whether a person may issue for a body of a unit: its secretary or deputy; for inspection also its chair."""
    if isinstance(by, Machine):
        return True
    if body == Body.INSPECTION and unit_id in chaired_by(by):
        return True
    powers = powers_of(by)
    return unit_id in powers.cells_led or unit_id in powers.keeps


def require_approve(by: Actor, unit_id: int, body: str) -> None:
    """Raise Denied unless the person may issue for a body of a unit today."""
    if not approves(by, unit_id, body):
        raise Denied(_("Việc này do người đứng đầu ban hành. Đồng chí không giữ chức vụ ấy hôm nay."))


def _committees(user: User) -> frozenset[int]:
    cells = {unit for unit, _post, level in powers_of(user).held if level == Level.CELL}
    return run_by(user) - cells


def _below(roots: Collection[int], user: User) -> QuerySet[UnitAncestry, int]:
    on = powers_of(user).on
    return UnitAncestry.objects.filter(in_force(on), ancestor_id__in=roots).values_list("unit_id", flat=True)


def _is_below(unit_id: int, roots: Collection[int], user: User) -> bool:
    return bool(roots) and _below(roots, user).filter(unit_id=unit_id).exists()


def _within_reach(user: User) -> Q:
    """Return the condition on ``unit`` that a person runs its oversight, there or from above."""
    condition = Q(unit__in=run_by(user))
    if committees := _committees(user):
        condition |= Q(unit__in=_below(committees, user))
    return condition


def programmes_for(user: User) -> QuerySet[Programme]:
    """Return the programmes that a person may know of: issued ones of the own line, drafts where the person writes."""
    powers = powers_of(user)
    heads = powers.units_led | (powers.units_seen if powers.cells_led else frozenset())
    issued = Q(state=Programme.State.APPROVED, unit__in=heads)
    return Programme.objects.filter(issued | Q(unit__in=run_by(user)))


# --- kin -------------------------------------------------------------------------------------------------------------
def kin_of(member_id: int) -> frozenset[int]:
    """Return the ids of those who are declared close kin of a member, whoever of the two declared it."""
    rows = KinDeclaration.objects.filter(Q(member_id=member_id) | Q(kin_id=member_id))
    pairs = rows.values_list("member_id", "kin_id")
    return frozenset(one for pair in pairs for one in pair if one != member_id)


# --- checks ----------------------------------------------------------------------------------------------------------
def checks_for(user: User) -> QuerySet[Check]:
    """Return the checks that a person may know of; the subject's own share of one is narrower: `is_subject`."""
    powers = powers_of(user)
    if powers.member_id is None:
        return Check.objects.none()
    theirs = Q(member_id=powers.member_id) | Q(unit__in=headed_by(powers))
    mine = Subject.objects.filter(theirs).values("of_check")
    teams = TeamMember.objects.filter(member_id=powers.member_id, left_on=None).values("of_check")
    reach = _within_reach(user) & (~Q(kind=Kind.DENUNCIATION) | Q(unit__in=chaired_by(user)))
    return Check.objects.filter(Q(pk__in=mine) | Q(pk__in=teams) | reach)


def is_subject(by: Actor, check: Check) -> bool:
    """Tell whether a check looks at a person, or at a unit that the person heads."""
    if isinstance(by, Machine):
        return False
    powers = powers_of(by)
    headed = headed_by(powers)
    # Subjects never change after the opening: those fetched with the check are asked, with no query of their own.
    rows = check.subjects.all()
    return any(
        one.member_id == powers.member_id if one.member_id else one.unit_id in headed for one in rows
    )


def is_personally_concerned(member_id: int, check: Check) -> bool:
    """Tell whether a member is a subject of a check in person, or declared close kin of one."""
    members = {one.member_id for one in check.subjects.all() if one.member_id}
    return bool(members) and (member_id in members or not members.isdisjoint(kin_of(member_id)))


def works_on(by: Actor, check: Check) -> bool:
    """Tell whether a person may write in a check: its team, or who runs it; never its subject or the subject's kin."""
    if isinstance(by, Machine):
        return True
    powers = powers_of(by)
    if powers.member_id is None or is_personally_concerned(powers.member_id, check):
        return False
    if check.team.filter(member_id=powers.member_id, left_on=None).exists():
        return True
    if check.kind == Kind.DENUNCIATION:
        return check.unit_id in chaired_by(by)
    return check.unit_id in run_by(by) and not (
        check.unit.level != Level.CELL and check.subjects.filter(unit__in=powers.cells_led).exists()
    )


def require_work(by: Actor, check: Check) -> None:
    """Raise Denied unless the person may write in a check."""
    if not works_on(by, check):
        message = _(
            "Việc này do đoàn kiểm tra và người điều hành làm; đối tượng và người thân không tham gia."
        )
        raise Denied(message)


# --- regular supervision ---------------------------------------------------------------------------------------------
def watches_for(user: User) -> QuerySet[Watch]:
    """Return the assignments to follow somebody's work that a person may know of."""
    powers = powers_of(user)
    if powers.member_id is None:
        return Watch.objects.none()
    mine = Q(observer_id=powers.member_id) | Q(of_member_id=powers.member_id)
    return Watch.objects.filter(mine | Q(of_unit__in=headed_by(powers)) | _within_reach(user))


def observes(by: Actor, watch: Watch) -> bool:
    """Tell whether a person is the one who follows."""
    return isinstance(by, Machine) or powers_of(by).member_id == watch.observer_id


def is_observed(by: Actor, watch: Watch) -> bool:
    """Tell whether a person is the one followed, or heads the unit that is."""
    if isinstance(by, Machine):
        return False
    powers = powers_of(by)
    if watch.of_member_id is not None:
        return watch.of_member_id == powers.member_id
    return watch.of_unit_id in headed_by(powers)


# --- discipline ------------------------------------------------------------------------------------------------------
def _in_office(user: User) -> Q:
    """Return the condition on a case's ``unit`` that a person still holds a post by which one has cases in hand.

    An inspector's there or above it, any post of a cell: whoever left it has no case in hand any more.
    """
    held = powers_of(user).held
    cells = {unit for unit, _post, level in held if level == Level.CELL}
    condition = Q(unit__in=cells)
    if inspects := {unit for unit, post, _level in held if post in INSPECTORS}:
        condition |= Q(unit__in=_below(inspects, user))
    return condition


def cases_for(user: User) -> QuerySet[Case]:
    """Return the discipline cases that a person may know of."""
    powers = powers_of(user)
    if powers.member_id is None:
        return Case.objects.none()
    subject = Q(member_id=powers.member_id) | Q(organisation__in=headed_by(powers))
    named = CaseHandler.objects.filter(member_id=powers.member_id).values("case")
    handled = Q(pk__in=named) & _in_office(user)
    chairs = chaired_by(user)
    chaired = Q(unit__in=_below(chairs, user)) if chairs else Q(pk__in=())
    deciding = Q(pk__in=())
    for body, units in bodies_sat_in(powers).items():
        if body != Body.MEMBERS and units:
            deciding |= Q(deciding_body=body, deciding_unit__in=units)
    # In a cell all members decide, at their meeting; its secretary has the case in hand and presents it there.
    return Case.objects.filter(subject | handled | chaired | deciding & Q(state__in=AT_DECISION))


def is_case_subject(by: Actor, case: Case) -> bool:
    """Tell whether a case is about a person, or about a unit that the person heads."""
    if isinstance(by, Machine):
        return False
    powers = powers_of(by)
    if case.member_id is not None:
        return case.member_id == powers.member_id
    return case.organisation_id in headed_by(powers)


def handles(by: Actor, case: Case) -> bool:
    """Tell whether a person may write in a case: its handlers, the inspection chair over it; never subject or kin."""
    if isinstance(by, Machine):
        return True
    member_id = powers_of(by).member_id
    if member_id is None or is_case_subject(by, case) or case.member_id in kin_of(member_id):
        return False
    named = Case.objects.filter(_in_office(by), pk=case.pk, handlers__member_id=member_id)
    return named.exists() or _is_below(case.unit_id, chaired_by(by), by)


def require_handle(by: Actor, case: Case) -> None:
    """Raise Denied unless the person may write in a case."""
    if not handles(by, case):
        message = _("Việc này do người thụ lý vụ việc làm; đối tượng và người thân không tham gia.")
        raise Denied(message)


# --- complaints ------------------------------------------------------------------------------------------------------
def complaints_for(user: User) -> QuerySet[Complaint]:
    """Return the complaints that a person may know of: the own ones, those to settle, those of a case in hand."""
    powers = powers_of(user)
    if powers.member_id is None:
        return Complaint.objects.none()
    mine = Q(decision__case__member_id=powers.member_id)
    mine |= Q(decision__case__organisation__in=headed_by(powers))
    inspects = Q(body=Body.INSPECTION)
    # Whoever was named settles it while holding a post there.
    named = Q(handler_id=powers.member_id, unit__in={unit for unit, _post, _level in powers.held})
    settled = named | Q(unit__in=powers.keeps) & ~inspects
    settled |= Q(unit__in=chaired_by(user)) & inspects
    of_case = Q(decision__case__in=cases_for(user).values("pk"))
    strange = ~Q(decision__case__member_id__in=kin_of(powers.member_id))
    # "Not in" of a column that may be empty: a case against an organisation is about nobody's kin.
    strange |= Q(decision__case__member_id=None)
    return Complaint.objects.filter(mine | (settled | of_case) & strange)


def may_complain(by: Actor, case: Case) -> bool:
    """Tell whether a person may enter a complaint: the subject, or whoever has the case in hand, from paper."""
    return is_case_subject(by, case) or handles(by, case)


def may_restore(by: Actor, restoration: Restoration) -> bool:
    """Tell whether a person may write that a wrong was put right: who has the matter in hand, never who is owed it."""
    if restoration.denunciation is not None:
        return handles_denunciation(by, restoration.denunciation)
    decision = restoration.decision
    if decision is None:
        return False
    case = decision.case
    return handles(by, case) or settles(by, case, decision.unit_id, decision.body)


def settles(by: Actor, case: Case, unit_id: int, body: str) -> bool:
    """Tell whether a person may admit, refuse or settle a complaint before a body: the head of that body, no other.

    Where the head has no account, the letters of the body are entered by whoever has the case in hand. Never the
    subject or the subject's kin.
    """
    if isinstance(by, Machine):
        return True
    member_id = powers_of(by).member_id
    if member_id is None or is_case_subject(by, case) or case.member_id in kin_of(member_id):
        return False
    heads = chaired_by(by) if body == Body.INSPECTION else powers_of(by).keeps
    return unit_id in heads or (not _has_head_here(unit_id, body) and handles(by, case))


def _has_head_here(unit_id: int, body: str) -> bool:
    posts = CHAIRS if body == Body.INSPECTION else KEEPERS
    held = Position.objects.on(clock.today()).filter(unit_id=unit_id, post__in=posts)
    return held.filter(member__user__isnull=False).exists()


def may_settle(by: Actor, complaint: Complaint) -> bool:
    """Tell whether a person handles a complaint, or issues for the body that settles it."""
    case = complaint.decision.case
    if settles(by, case, complaint.unit_id, complaint.body):
        return True
    if isinstance(by, Machine) or complaint.handler_id is None:
        return False
    powers = powers_of(by)
    named = powers.member_id == complaint.handler_id
    in_office = any(unit == complaint.unit_id for unit, _post, _level in powers.held)
    return named and in_office and case.member_id not in kin_of(complaint.handler_id)


def require_settle(by: Actor, complaint: Complaint) -> None:
    """Raise Denied unless the person handles a complaint or issues for the body that settles it."""
    if not may_settle(by, complaint):
        raise Denied(_("Việc này do nơi giải quyết khiếu nại làm."))


# --- denunciations ---------------------------------------------------------------------------------------------------
def denunciations_for(user: User) -> QuerySet[Denunciation]:
    """Return the denunciations that a person may know of; never one about the person, close kin or the own unit."""
    if powers_of(user).member_id is None:
        return Denunciation.objects.none()
    known = _letters_in_hand(user) | Q(unit__in=chaired_by(user))
    return Denunciation.objects.filter(known & ~_letters_about(user))


def _letters_in_hand(user: User) -> Q:
    """Return the condition that a person was named to handle it, and still holds a post in its unit."""
    powers = powers_of(user)
    named = DenunciationHandler.objects.filter(member_id=powers.member_id or 0).values("denunciation")
    return Q(pk__in=named, unit__in={unit for unit, _post, _level in powers.held})


def _letters_about(user: User) -> Q:
    """Return the condition that it is about a person, close kin of the person, or a unit that the person heads."""
    powers = powers_of(user)
    own: set[int] = {powers.member_id, *kin_of(powers.member_id)} if powers.member_id else set()
    return Q(about_member_id__in=own) | Q(about_unit__in=headed_by(powers))


def handles_denunciation(by: Actor, denunciation: Denunciation) -> bool:
    """Tell whether a person is named to handle a denunciation: these alone see who wrote it."""
    if isinstance(by, Machine):
        return True
    if powers_of(by).member_id is None:
        return False
    mine = Denunciation.objects.filter(_letters_in_hand(by) & ~_letters_about(by))
    return mine.filter(pk=denunciation.pk).exists()


def require_denunciation(by: Actor, denunciation: Denunciation) -> None:
    """Raise Denied unless the person is named to handle a denunciation."""
    if not handles_denunciation(by, denunciation):
        raise Denied(_("Chỉ người được giao giải quyết đơn làm việc này."))


# --- the record ------------------------------------------------------------------------------------------------------
#: Deeds whose rows tell that there is a case or a letter: read by whom the matter itself is open to, and nobody else.
OF_CASES = frozenset(
    {
        Action.OPEN_CASE, Action.EDIT_CASE, Action.POSTPONE, Action.SELF_REVIEW, Action.HEARING, Action.VOTE,
        Action.COUNTED, Action.PROPOSE, Action.DECIDE, Action.DROP, Action.READ_CASE, Action.ANNOUNCE,
        Action.HAND_OVER, Action.END, Action.COMPLAIN, Action.COMPLAINT, Action.SETTLE, Action.RESTORE,
        Action.TAKE_CASE,
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
    return Q(unit_id__in=_below(chairs, user)) & (Q(subject_id=None) | ~own)


def letter_record(user: User) -> Q | None:
    """Return which rows on denunciations a person may read: of those the person may know of."""
    if not chaired_by(user):
        return None
    known = denunciations_for(user).annotate(number_=Cast("pk", CharField())).values("number_")
    return Q(object_type=Denunciation._meta.label_lower, object_id__in=known)
