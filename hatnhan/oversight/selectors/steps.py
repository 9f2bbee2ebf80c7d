"""Reading the file of a check or of a case: its steps, its papers, and what has happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse

from hatnhan.core.errors import Missing
from hatnhan.organization.powers import powers_of
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Case, Check, Kind, Minutes, Stage, Step, StepPaper
from hatnhan.oversight.rules import steps as rules
from hatnhan.oversight.rules.steps import StepState
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics import oversight as topics

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.oversight.models import Dossier
    from hatnhan.rulebook.topics.oversight import Procedure, StepOfProcedure
    from hatnhan.rulebook.types import Rule

    #: What a file is of.
    Matter = Check | Case

PROCEDURES: dict[str, type[Procedure]] = {
    Kind.COMPLIANCE: topics.ComplianceProcedure,
    Kind.THEMATIC: topics.ThematicProcedure,
    Kind.SIGNS: topics.SignsProcedure,
    Kind.DENUNCIATION: topics.DenunciationProcedure,
}
_DISCIPLINE: type[Procedure] = topics.DisciplineProcedure
_BY_TOPIC: dict[str, type[Procedure]] = {one.topic: one for one in (*PROCEDURES.values(), _DISCIPLINE)}


def law_of(dossier: Dossier) -> Rule[Procedure]:
    """Return the procedure that a file was made by, whatever holds today. Raises RuleBroken ``no_rule``."""
    return resolver.of_version(_BY_TOPIC[dossier.procedure], dossier.rule_version)


def matter_of(dossier: Dossier) -> Matter:
    """Return the check or the case that a file is of, as it stands now."""
    found: Matter | None = Check.objects.filter(dossier=dossier).select_related("unit").first()
    found = found or Case.objects.filter(dossier=dossier).select_related("unit").first()
    if found is None:
        raise Missing
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One step as the page shows it. ``blocked`` says why it cannot be called done yet ("" when it can)."""

    step: Step
    planned: StepOfProcedure
    papers: list[StepPaper]
    blocked: str
    skippable: bool
    #: The papers that the software can draw up now.
    ready: frozenset[int] = frozenset()
    #: Papers neither filed nor excused, which cannot be drawn up either.
    lacking: list[StepPaper] = field(default_factory=list)

    @property
    def settled(self) -> bool:
        """Whether it is done or left out with a reason."""
        return is_settled(self.step)

    @property
    def counted(self) -> tuple[int, int]:
        """How many of its papers are settled, of how many."""
        return sum(one.state != StepPaper.State.MISSING for one in self.papers), len(self.papers)


def is_settled(step: Step) -> bool:
    """Tell whether a step is done or left out with a reason."""
    return step.done_on is not None or bool(step.skipped_because)


def steps_of(dossier: Dossier) -> list[Line]:
    """Return the steps of a file with their papers, in order. Up to eight queries."""
    matter = matter_of(dossier)
    return lines(dossier, facts_of(matter), minutes_of(matter))


def lines(dossier: Dossier, facts: frozenset[str], minutes: frozenset[str]) -> list[Line]:
    """Return the steps of a file; ``facts`` and ``minutes`` as `facts_of` and `minutes_of` return them. Two queries."""
    steps = list(dossier.steps.prefetch_related("papers"))
    planned = {one.key: one for one in law_of(dossier).value.steps}
    states = [state_of(one, planned[one.key]) for one in steps]
    return [
        _line(one, planned[one.key], state, states, facts, minutes)
        for one, state in zip(steps, states, strict=True)
    ]


def _line(
    step: Step,
    planned: StepOfProcedure,
    state: StepState,
    states: list[StepState],
    facts: frozenset[str],
    minutes: frozenset[str],
) -> Line:
    papers = list(step.papers.all())
    missing = [one for one in papers if one.state == StepPaper.State.MISSING]
    ready = frozenset(one.pk for one in missing if rules.may_draw(one.drawn, one.key, facts, minutes))
    taken = StepState(state.place, state.stage, state.needs, state.settled)
    lacking = [one for one in missing if one.pk not in ready]
    blocked = rules.may_finish(taken, states, facts) or ("papers" if lacking else "")
    skippable = not state.settled and rules.may_skip(planned.needs)
    return Line(step, planned, papers, blocked, skippable, ready, lacking)


def state_of(step: Step, planned: StepOfProcedure) -> StepState:
    """Return a step as the rules look at it; reads its papers."""
    papers = tuple(one.state for one in step.papers.all())
    return StepState(step.place, step.stage, planned.needs, is_settled(step), papers)


# --- what has happened -----------------------------------------------------------------------------------------------
def facts_of(matter: Matter) -> frozenset[str]:
    """Return what has happened in a check or a case, by the rulebook's words for what steps need."""
    return _case_facts(matter) if isinstance(matter, Case) else _check_facts(matter)


def _check_facts(check: Check) -> frozenset[str]:
    subjects = list(check.subjects.all())
    facts = {
        "team": any(one.role == "head" and one.left_on is None for one in check.team.all()),
        "launch": any(one.kind == Minutes.Kind.LAUNCH for one in check.minutes.all()),
        "self_report": all(one.report for one in subjects),
        "report": check.reported_on is not None,
        "hearing": all(one.heard_on or one.not_heard_because for one in subjects),
        "conclusion": check.concluded_on is not None,
        "delivery": check.concluded_on is not None and all(one.delivered_on for one in subjects),
    }
    return frozenset(name for name, true in facts.items() if true)


def _case_facts(case: Case) -> frozenset[str]:
    decided = [one for one in case.decisions.all() if one.state in {"in_force", "ended"}]
    heard = [(one.unit_id, one.body) for one in case.hearings.all()]
    facts = {
        "team": bool(case.handlers.all()),
        "self_review": case.self_reviewed_on is not None or bool(case.self_review_refused),
        "hearing": (case.deciding_unit_id, case.deciding_body) in heard,
        "votes": case.state in {Case.State.FORMED, Case.State.DECIDED},
        "decision": bool(decided),
        "handed_over": bool(decided) and all(one.handed_on for one in decided),
    }
    return frozenset(name for name, true in facts.items() if true)


def minutes_of(matter: Matter) -> frozenset[str]:
    """Return the kinds of minutes that were written in a check; none in a case."""
    return frozenset() if isinstance(matter, Case) else frozenset(one.kind for one in matter.minutes.all())


# --- what a person may have -----------------------------------------------------------------------------------------
def works(user: User, matter: Matter) -> bool:
    """Tell whether a person may write in the file of a check or a case."""
    if isinstance(matter, Case):
        return permissions.handles(user, matter)
    return permissions.works_on(user, matter)


def reads(user: User, matter: Matter) -> bool:
    """Tell whether a person may read the whole file of a check or a case; its subject and the subject's kin may not."""
    if isinstance(matter, Case):
        member_id = powers_of(user).member_id
        kin = matter.member_id in permissions.kin_of(member_id) if member_id else False
        known = permissions.cases_for(user).filter(pk=matter.pk).exists()
        return known and not kin and not permissions.is_case_subject(user, matter)
    return reads_check(user, matter)


def reads_check(user: User, check: Check) -> bool:
    """Tell whether a person may read a whole check: known to them, and not about them, their unit or their kin."""
    member_id = powers_of(user).member_id
    if member_id is None or permissions.is_subject(user, check):
        return False
    if permissions.is_personally_concerned(member_id, check):
        return False
    return permissions.checks_for(user).filter(pk=check.pk).exists()


def step_for(user: User, pk: int) -> tuple[Step, Matter]:
    """Return a step and the matter it is of, to whoever writes there. Raises Missing."""
    found = Step.objects.select_related("dossier").filter(pk=pk).first()
    if found is None:
        raise Missing
    matter = matter_of(found.dossier)
    if not works(user, matter):
        raise Missing
    return found, matter


def paper_for(user: User, pk: int, *, to_write: bool = True) -> tuple[StepPaper, Matter]:
    """Return a paper and the matter it is of; to write, to whoever writes there. Raises Missing."""
    found = StepPaper.objects.select_related("step__dossier").filter(pk=pk).first()
    if found is None:
        raise Missing
    matter = matter_of(found.step.dossier)
    if not (works(user, matter) if to_write else reads(user, matter)):
        raise Missing
    return found, matter


def line_of(step: Step) -> Line:
    """Return one step as its page shows it."""
    return next(one for one in steps_of(step.dossier) if one.step.pk == step.pk)


@dataclass(frozen=True, slots=True)
class StageLines:
    """One stage with its steps."""

    key: str
    title: str
    lines: list[Line]

    @property
    def done(self) -> int:
        """How many of its steps are settled."""
        return sum(one.settled for one in self.lines)

    @property
    def last_due(self) -> date | None:
        """The last day of its last open step."""
        return max((one.step.due for one in self.lines if one.step.due and not one.settled), default=None)


def by_stage(found: list[Line]) -> list[StageLines]:
    """Return the steps of a file under their three stages."""
    return [
        StageLines(key, str(label), [one for one in found if one.step.stage == key])
        for key, label in Stage.choices
    ]


def page_of(matter: Matter) -> str:
    """Return the address of the page of a check or a case."""
    return reverse("oversight:case" if isinstance(matter, Case) else "oversight:check", args=[matter.pk])
