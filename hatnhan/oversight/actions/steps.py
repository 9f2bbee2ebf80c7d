"""Calling steps done, leaving them out, opening them again; the stage follows by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import day_of, deed, moved_on, require_text
from hatnhan.oversight.actions import filing, guards
from hatnhan.oversight.actions.dossiers import close_dossier
from hatnhan.oversight.models import Case, Check, Dossier, Step, StepPaper
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.rules import steps as rules
from hatnhan.oversight.selectors import steps as selector

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.oversight.selectors.steps import Line, Matter

    #: Number, day and place of one paper.
    Kept = tuple[str, date | None, str]


@deed
def finish_step(
    *, by: Actor, at: datetime, step: Step, done_on: date | None = None, drawn: bool = False
) -> None:
    """Call a step done on a day (that of ``at``). With ``drawn`` the papers that can be drawn up here are filed so.

    Raises Denied, and RuleBroken with codes ``closed``, ``already_done``, ``before_opening``, ``future``,
    ``earlier_stage``, ``not_last``, ``papers`` (one is neither filed nor excused), ``needs`` (what it stands on has
    not happened).
    """
    matter = filing.open_matter(by, step.dossier)
    line = selector.line_of(step)
    if drawn:
        for paper in line.papers:
            if paper.pk in line.ready:
                filing.put(by, at, paper, matter)
        line = selector.line_of(step)
    _finish(by, at, matter, line, done_on or day_of(at))
    _advance(by, at, matter)


def _finish(by: Actor, at: datetime, matter: Matter, line: Line, on: date) -> None:
    step = line.step
    guards.require_between(on, step.dossier.opened_on, day_of(at), field="done_on")
    blocked = line.blocked or ("papers" if line.ready else "")
    if blocked == "settled":
        raise moved_on()
    if blocked:
        raise RuleBroken(blocked, _blocked(line, blocked))
    rows = Step.objects.filter(pk=step.pk, done_on=None, skipped_because="")
    if rows.update(done_on=on, done_by=str(by)[:120]) != 1:
        raise moved_on()
    filing.note(by, at, Action.STEP, matter, {"step": step.title, "done_on": on})


def _blocked(line: Line, code: str) -> str:
    if code == "papers":
        missing = [one.title for one in line.papers if one.state == StepPaper.State.MISSING]
        message = _("Còn thiếu tài liệu: %(papers)s. Ghi vào hồ sơ, hoặc ghi lý do không cần.")
        return message % {"papers": "; ".join(missing)}
    words = {
        "earlier_stage": _("Giai đoạn trước còn bước chưa xong. Ghi xong bước ấy trước."),
        "not_last": _("Nộp lưu là bước cuối cùng. Ghi xong các bước khác trước."),
        "needs": _("Việc của bước này chưa được ghi. Ghi việc ấy trước, rồi ghi bước xong."),
    }
    return words[code]


@deed
def skip_step(*, by: Actor, at: datetime, step: Step, reason: str) -> None:
    """Leave a step out with a reason. Its missing papers are excused with the same reason.

    Raises Denied, and RuleBroken with codes ``closed``, ``already_done``, ``never_skipped``, ``earlier_stage``,
    ``reason_missing``.
    """
    matter = filing.open_matter(by, step.dossier)
    because = require_text(reason, code="reason_missing", field="reason")
    filing.require_silent(matter, reason=because)
    line = selector.line_of(step)
    if not rules.may_skip(line.planned.needs):
        raise RuleBroken("never_skipped", _("Bước này không bỏ qua được: làm rồi mới kết thúc được cuộc."))
    if line.blocked in {"earlier_stage", "not_last"}:
        raise RuleBroken(line.blocked, _blocked(line, line.blocked))
    rows = Step.objects.filter(pk=step.pk, done_on=None, skipped_because="")
    if rows.update(skipped_because=because, done_by=str(by)[:120]) != 1:
        raise moved_on()
    missing = StepPaper.objects.filter(step=step, state=StepPaper.State.MISSING)
    missing.update(state=StepPaper.State.EXCUSED, because=because, filed_at=at, filed_by=str(by)[:120])
    filing.note(by, at, Action.STEP, matter, {"skipped": step.title, "reason": because})
    _advance(by, at, matter)


@deed
def reopen_step(*, by: Actor, at: datetime, step: Step, reason: str = "") -> None:
    """Open a step again that was called done by mistake, until the file is closed.

    Raises Denied, and RuleBroken with codes ``closed``, ``already_done`` (it is open), ``reason_missing``.
    """
    matter = filing.open_matter(by, step.dossier)
    because = require_text(reason, code="reason_missing", field="reason")
    filing.require_silent(matter, reason=because)
    now = Step.objects.get(pk=step.pk)
    if not selector.is_settled(now):
        raise moved_on()
    rows = Step.objects.filter(pk=step.pk, done_on=now.done_on, skipped_because=now.skipped_because)
    if rows.update(done_on=None, skipped_because="", done_by="") != 1:
        raise moved_on()
    details = {
        "reopened": step.title,
        "was_done_on": now.done_on,
        "was_skipped": now.skipped_because,
        "reason": because,
    }
    filing.note(by, at, Action.STEP, matter, {key: value for key, value in details.items() if value})
    _advance(by, at, matter)


@deed
def finish_steps(
    *, by: Actor, at: datetime, matter: Matter, papers: Mapping[str, Kept], done_on: date | None = None
) -> list[Step]:
    """Go through the open steps in order, file their papers and call them done; stop at the first that cannot be.

    ``papers`` holds number, day and place by the paper's key; what can be drawn up here need not stand in it. A step is
    done on ``done_on``, else on the latest day of its papers, else on the day of ``at``. Returns the steps done.
    Raises Denied, and RuleBroken with codes ``closed``, ``before_opening``, ``future``.
    """
    dossier = matter.dossier
    found = filing.open_matter(by, dossier)
    done: list[Step] = []
    for line in selector.steps_of(dossier):
        if line.settled:
            continue
        for paper in line.papers:
            if paper.state == StepPaper.State.MISSING and (paper.key in papers or paper.pk in line.ready):
                number, dated, kept_at = papers.get(paper.key, ("", None, ""))
                filing.put(by, at, paper, found, number=number, dated=dated, kept_at=kept_at)
        now = selector.line_of(line.step)
        if now.blocked:
            break
        days = [one.dated for one in now.papers if one.dated]
        _finish(by, at, found, now, done_on or max(days, default=day_of(at)))
        done.append(line.step)
    _advance(by, at, found)
    return done


def _advance(by: Actor, at: datetime, matter: Matter) -> None:
    """Let the stage follow the steps; close the file once all are settled and the matter is ended."""
    dossier = Dossier.objects.get(pk=matter.dossier_id)
    steps = list(dossier.steps.order_by("place"))
    current = next((one.stage for one in steps if not selector.is_settled(one)), "")
    ended = matter.closed_on if isinstance(matter, Case) else matter.concluded_on
    if isinstance(matter, Check):
        _set_stage(by, at, matter, current, ended=ended is not None)
    if not current and ended is not None and dossier.closed_on is None:
        close_dossier(dossier, max((one.done_on for one in steps if one.done_on), default=day_of(at)))


def _set_stage(by: Actor, at: datetime, check: Check, current: str, *, ended: bool) -> None:
    state = current or (Check.State.DONE if ended else Check.State.CONCLUDE)
    if state == check.state:
        return
    rows = Check.objects.filter(pk=check.pk, state=check.state)
    if rows.update(state=state) != 1:
        raise moved_on()
    details = {"stage": [check.get_state_display(), str(Check.State(state).label)]}
    check.state = state
    filing.note(by, at, Action.STAGE, check, details)
