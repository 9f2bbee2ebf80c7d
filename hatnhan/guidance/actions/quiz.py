"""The quiz: the bank of questions, and tries at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _

from hatnhan.accounts.actors import Machine
from hatnhan.audit.actions import record
from hatnhan.core import clock
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.guidance import permissions
from hatnhan.guidance.actions.readings import named, own_member, require_day
from hatnhan.guidance.models import Attempt, Document, Option, Question
from hatnhan.guidance.permissions import Action
from hatnhan.guidance.rules import quiz as rules
from hatnhan.guidance.selectors.quiz import next_try
from hatnhan.organization.actions.checks import day_of, deed, hold, moved_on, require_text
from hatnhan.organization.selectors.law import law_for
from hatnhan.rulebook.topics.guidance import Quiz

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from hatnhan.accounts.actors import Actor
    from hatnhan.guidance.selectors.quiz import Try
    from hatnhan.organization.models import Unit
    from hatnhan.rulebook.types import Rule

LEAST_OPTIONS, MOST_OPTIONS = 2, 6
_LONGEST, _LONGEST_OPTION = 500, 300


@deed
def set_question(
    *,
    by: Actor,
    at: datetime,
    document: Document,
    text: str,
    options: Sequence[str],
    right: int,
    reason: str = "",
) -> Question:
    """Add a question to a document's bank; ``right`` is the place of the right answer among ``options``, from 0.

    Raises Denied, and RuleBroken with codes ``text_missing``, ``too_long``, ``options_few``, ``options_many``,
    ``option_twice``, ``right_missing``.
    """
    permissions.require_keep(by, document.unit_id)
    question = _make(document, day_of(at), _checked(text, options, right, reason))
    _record(by, at, document, {"added": question.text})
    return question


@deed
def edit_question(
    *,
    by: Actor,
    at: datetime,
    question: Question,
    text: str,
    options: Sequence[str],
    right: int,
    reason: str = "",
) -> Question:
    """Change a question. One that may have been asked is retired, and a new one takes its place; return what stands.

    Raises Denied, and RuleBroken as `set_question` does, ``already_done`` for one that is retired, and
    ``changed_meanwhile``.
    """
    document = _hold(by, question)
    hold(question, "text", "reason")
    wording = _checked(text, options, right, reason)
    asked = document.attempts.filter(entered_by="", at__gte=_dawn(question.added_on)).exists()
    if asked:
        _retire(question, day_of(at))
        question = _make(document, day_of(at), wording)
    else:
        question.text, question.reason = wording.text, wording.reason
        question.save(update_fields=["text", "reason"])
        question.options.all().delete()
        _add_options(question, wording)
    _record(by, at, document, {"changed": question.text})
    return question


@deed
def retire_question(*, by: Actor, at: datetime, question: Question) -> None:
    """Ask a question no longer. Raises Denied, and RuleBroken ``already_done``."""
    document = _hold(by, question)
    _retire(question, day_of(at))
    _record(by, at, document, {"removed": question.text})


@deed
def take_quiz(*, by: Actor, at: datetime, document: Document, answers: Mapping[int, int]) -> Attempt:
    """Note the own try: the option chosen by question, for just the questions that this try asks.

    Only how many were right is kept. Raises Denied for an account that is no member's, Missing for a document not
    theirs to see, and RuleBroken with codes ``no_questions``, ``no_more_attempts``, ``other_questions`` (the bank was
    edited, or this try was handed in before) and ``unanswered``, whose ``field`` is ``q-<question id>``.
    """
    member_id = own_member(by)
    if not isinstance(by, Machine) and not Document.objects.visible_to(by).filter(pk=document.pk).exists():
        raise Missing
    # One try at a time: two at once would both be the same try.
    Document.objects.select_for_update().get(pk=document.pk)
    this = next_try(document, member_id, day_of(at))
    _require_open(this, answers)
    attempt: Attempt = Attempt.objects.create(
        **_result(document, len(this.asked), rules.right_of(answers, this.right), this.rule),
        member_id=member_id,
        at=at,
    )
    record(
        by=by,
        action=Action.ATTEMPT,
        at=at,
        target=document,
        unit_id=document.unit_id,
        subject_id=member_id,
    )
    return attempt


@deed
def enter_attempts(
    *,
    by: Actor,
    at: datetime,
    document: Document,
    cell: Unit,
    right: Mapping[int, int],
    asked: int,
    taken_on: date,
) -> int:
    """Note tries made on paper by members of a cell: how many of ``asked`` were right, by member's id. Return how many.

    By the secretary or deputy of the cell alone: nobody else sees results. Raises Denied, Missing, and RuleBroken with
    codes ``nobody``, ``not_a_member``, ``asked`` (none, or more than 50), ``right`` (more than asked; ``field`` is
    ``right-<member id>``), ``no_more_attempts`` (the same), ``future``, ``before_issue``.
    """
    permissions.require_results(by, cell.pk)
    today = day_of(at)
    if document.unit_id not in cell.lineage(today):
        raise Missing(_("Không có văn bản này trong sổ của tổ chức."))
    require_day(document, taken_on, today)
    if not 0 < asked <= 50:  # noqa: PLR2004 - as many as the rule allows
        raise RuleBroken("asked", _("Ghi số câu của bài, từ 1 đến 50."), field="asked")
    names = named(cell, right.keys(), today)
    for key, count in right.items():
        if not 0 <= count <= asked:
            message = _("Đ/c %(name)s: số câu đúng từ 0 đến %(asked)d.")
            values = {"name": names[key], "asked": asked}
            raise RuleBroken("right", message % values, field=f"right-{key}")
    # As in `take_quiz`: who hands in here and on paper at once does not try once more than the rule allows.
    Document.objects.select_for_update().get(pk=document.pk)
    rule = law_for(Quiz, taken_on, document.unit)
    _require_tries_left(document, names, rule)
    moment = min(datetime.combine(taken_on, time(12), clock.HERE), at)
    Attempt.objects.bulk_create(
        Attempt(
            **_result(document, asked, right[key], rule), member_id=key, at=moment, entered_by=str(by)[:120]
        )
        for key in names
    )
    details = {"members": ", ".join(names.values())}
    record(by=by, action=Action.ATTEMPT, at=at, target=document, unit_id=cell.pk, details=details)
    return len(names)


# --- parts ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Wording:
    text: str
    options: list[str]
    right: int
    reason: str


def _checked(text: str, options: Sequence[str], right: int, reason: str) -> _Wording:
    tidy = require_text(text, code="text_missing", field="text")
    answers = [" ".join(one.split()) for one in options]
    given = [one for one in answers if one]
    if len(given) < LEAST_OPTIONS:
        raise RuleBroken("options_few", _("Ghi ít nhất hai phương án."), field="option_0")
    if len(given) > MOST_OPTIONS:
        raise RuleBroken("options_many", _("Nhiều nhất sáu phương án. Bỏ bớt."), field="option_0")
    if len({one.casefold() for one in given}) < len(given):
        raise RuleBroken("option_twice", _("Có hai phương án giống nhau. Sửa một."), field="option_0")
    if not 0 <= right < len(answers) or not answers[right]:
        raise RuleBroken("right_missing", _("Chọn phương án đúng trong các phương án đã ghi."), field="right")
    if max(len(tidy), len(reason.strip())) > _LONGEST or any(len(one) > _LONGEST_OPTION for one in given):
        raise RuleBroken("too_long", _("Ghi gọn: câu hỏi trong 500 chữ, phương án trong 300 chữ."))
    return _Wording(tidy, given, given.index(answers[right]), reason.strip())


def _make(document: Document, on: date, wording: _Wording) -> Question:
    made: Question = Question.objects.create(
        document=document, text=wording.text, reason=wording.reason, added_on=on
    )
    _add_options(made, wording)
    return made


def _add_options(question: Question, wording: _Wording) -> None:
    Option.objects.bulk_create(
        Option(question=question, place=place, text=text, right=place == wording.right)
        for place, text in enumerate(wording.options)
    )


def _hold(by: Actor, question: Question) -> Document:
    """Lock a question that is in use; return its document."""
    found = Question.objects.select_for_update().get(pk=question.pk)
    document = Document.objects.get(pk=found.document_id)
    permissions.require_keep(by, document.unit_id)
    if found.retired_on is not None:
        raise moved_on()
    return document


def _retire(question: Question, on: date) -> None:
    question.retired_on = on
    question.save(update_fields=["retired_on"])


def _require_open(this: Try, answers: Mapping[int, int]) -> None:
    if not this.asked:
        raise RuleBroken("no_questions", _("Văn bản này chưa có câu hỏi trắc nghiệm."))
    if this.left == 0:
        raise RuleBroken("no_more_attempts", _("Đồng chí đã làm đủ số lần. Kết quả tốt nhất được giữ."))
    strange = answers.keys() - set(this.asked)
    if strange or any(option not in this.options[question] for question, option in answers.items()):
        message = _("Câu hỏi vừa đổi, hoặc bài này đã nộp rồi. Mở lại trang để làm bài mới.")
        raise RuleBroken("other_questions", message)
    for one in this.asked:
        if one not in answers:
            raise RuleBroken("unanswered", _("Chưa chọn phương án."), field=f"q-{one}")


def _require_tries_left(document: Document, names: Mapping[int, str], rule: Rule[Quiz]) -> None:
    """Raise RuleBroken ``no_more_attempts`` for a member who has tried as often as the rule allows."""
    most = rule.value.most_attempts
    if not most:
        return
    tried = Attempt.objects.filter(document=document, member__in=names).order_by()
    for key, count in tried.values_list("member").annotate(count=Count("pk")):
        if count >= most:
            message = _("Đ/c %(name)s đã làm đủ %(most)d lần. Kết quả tốt nhất được giữ.")
            values = {"name": names[key], "most": most}
            raise RuleBroken("no_more_attempts", message % values, field=f"right-{key}")


def _result(document: Document, asked: int, right: int, rule: Rule[Quiz]) -> dict[str, object]:
    passed = rules.passes(right, asked, rule.value.pass_percent)
    return {
        "document": document,
        "asked": asked,
        "right": right,
        "passed": passed,
        "rule": rule.version,
    }


def _dawn(on: date) -> datetime:
    return datetime.combine(on, time.min, clock.HERE)


def _record(by: Actor, at: datetime, document: Document, details: dict[str, object]) -> None:
    record(by=by, action=Action.QUESTION, at=at, target=document, unit_id=document.unit_id, details=details)
