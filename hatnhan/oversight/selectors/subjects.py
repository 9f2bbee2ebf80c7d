"""A subject's own share of a check: never the team's minutes or drafts, never other subjects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.models import Entry
from hatnhan.core.errors import Missing
from hatnhan.organization.models import Member, Membership
from hatnhan.organization.powers import powers_of
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Check, KinDeclaration, Subject
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.selectors import choosing
from hatnhan.oversight.selectors.checks import check_for, subject_condition
from hatnhan.oversight.selectors.pending import due_of

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Unit

#: So many readings stand on a page.
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Share:
    """One subject's own part, with what the subject may do now."""

    subject: Subject
    #: The last day to report on oneself, as long as that waits.
    report_due: date | None
    may_report: bool
    may_dissent: bool
    may_ask: bool


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A check as its subject sees it. Its texts are read from ``check`` by name; ``team`` are those in it today."""

    check: Check
    team: list[str]
    shares: list[Share]

    @property
    def last_day(self) -> date:
        """The last day looked at."""
        return self.check.examined_to - timedelta(days=1)


def subject_view(user: User, pk: int) -> SubjectView:
    """Return a check as a subject of it sees it. Raises Missing for everybody else. Five queries, and the law's."""
    check = Check.objects.filter(pk=pk).select_related("unit", "follower", "dossier").first()
    if check is None or powers_of(user).member_id is None:
        raise Missing
    rows = Subject.objects.filter(subject_condition(user), of_check=check)
    mine = list(rows.select_related("unit", "member", "heard_by"))
    if not mine:
        raise Missing
    team = [
        f"{one.get_role_display()}: {one.member}"
        for one in check.team.filter(left_on=None).select_related("member")
    ]
    due = due_of([check.dossier], "self_report").get(check.dossier_id)
    return SubjectView(check, team, [_share(check, one, due) for one in mine])


def _share(check: Check, subject: Subject, due: date | None) -> Share:
    stopped = check.state == Check.State.STOPPED
    running = check.state != Check.State.DONE and not stopped
    replaceable = not subject.report or check.reported_on is None
    may_report = running and check.concluded_on is None and replaceable
    return Share(
        subject,
        report_due=due if may_report and not subject.report else None,
        may_report=may_report,
        may_dissent=not stopped and check.reported_on is not None,
        may_ask=subject.delivered_on is not None and subject.asked_again_on is None,
    )


def subject_to_write(user: User, pk: int) -> Subject:
    """Return a subject to whoever may write in the check. Raises Missing."""
    found = _one(pk)
    found.of_check = check_for(user, found.of_check_id)
    if not permissions.works_on(user, found.of_check):
        raise Missing
    return found


def subject_of_own(user: User, pk: int) -> Subject:
    """Return a subject to the person that it is, or who heads it. Raises Missing."""
    found = _one(pk)
    if not is_own(user, found):
        raise Missing
    return found


def subject_either(user: User, pk: int) -> Subject:
    """Return a subject to the person that it is, or to whoever may write in the check. Raises Missing."""
    found = _one(pk)
    return found if is_own(user, found) else subject_to_write(user, pk)


def is_own(user: User, subject: Subject) -> bool:
    """Tell whether a subject is the person, or a unit that the person heads."""
    powers = powers_of(user)
    if subject.member_id is not None:
        return subject.member_id == powers.member_id
    return subject.unit_id in permissions.headed_by(powers)


def _one(pk: int) -> Subject:
    found = Subject.objects.filter(pk=pk).select_related("of_check__unit", "unit", "member").first()
    if found is None:
        raise Missing
    return found


def readings_of(check: Check) -> list[Entry]:
    """Return who opened a check or read its findings in a list, the latest first, each once a moment. One query."""
    rows = Entry.objects.filter(
        action__in=(Action.READ_CHECK, Action.READ_FINDINGS),
        object_type=check._meta.label_lower,
        object_id=str(check.pk),
    )
    found: dict[tuple[str, object], Entry] = {}
    for one in rows.order_by("-at", "-pk")[: SHOWN * 4]:
        found.setdefault((one.actor_name, one.at), one)
    return list(found.values())[:SHOWN]


# --- kin ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Declared:
    """One who is declared close kin of a member."""

    kin: Member
    declared_on: date
    declared_by: str


def member_of(user: User) -> Member:
    """Return the member that a person is. Raises Missing for one without a file."""
    found = Member.objects.filter(pk=powers_of(user).member_id or 0).first()
    if found is None:
        raise Missing
    return found


def declared_of(member: Member) -> list[Declared]:
    """Return those declared close kin of a member, whoever of the two declared it. Two queries."""
    rows = [
        *KinDeclaration.objects.filter(member=member).select_related("kin"),
        *KinDeclaration.objects.filter(kin=member).select_related("member"),
    ]
    return [
        Declared(one.member if one.kin_id == member.pk else one.kin, one.declared_on, one.declared_by)
        for one in rows
    ]


def kin_to_choose(user: User, member: Member, unit: Unit | None, on: date) -> list[Member]:
    """Return whom a person may name as kin of a member: the own cell, and who may be sent to look at it from above."""
    cells = Membership.objects.on(on).filter(member=member).select_related("unit")
    people: dict[int, Member] = {}
    for row in cells:
        people |= {one.pk: one for one in choosing.members(row.unit, on)}
    if unit is not None and not unit.is_cell:
        runs = unit.pk in permissions.run_by(user)
        found = choosing.members(unit, on) if runs else choosing.inspectors(unit, on)
        people |= {one.pk: one for one in found}
    named = {one.kin.pk for one in declared_of(member)}
    return sorted(
        (one for key, one in people.items() if key != member.pk and key not in named),
        key=lambda one: one.sort_key,
    )


def pair_words(member: Member, kin: Member) -> str:
    """Return a declaration in words."""
    return _("đ/c %(one)s và đ/c %(other)s") % {"one": member, "other": kin}
