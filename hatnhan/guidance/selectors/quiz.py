"""Reading the quiz: the bank for those who keep it, results for the member and the secretary of the member's cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from hatnhan.core.errors import Missing
from hatnhan.guidance import permissions
from hatnhan.guidance.models import Attempt, Option, Question
from hatnhan.guidance.rules import quiz as rules
from hatnhan.organization.models import Member
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.rulebook.topics.guidance import Quiz

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.guidance.models import Document
    from hatnhan.organization.models import Unit
    from hatnhan.rulebook.types import Rule


@dataclass(frozen=True, slots=True)
class Try:
    """What a member's next try asks: the ids of questions in their order, the right option of each, and all options."""

    asked: list[int]
    right: dict[int, int]
    options: dict[int, set[int]]
    rule: Rule[Quiz]
    tries: int

    @property
    def left(self) -> int | None:
        """How many tries there are still; None without a limit."""
        most = self.rule.value.most_attempts
        return max(0, most - self.tries) if most else None


@dataclass(frozen=True, slots=True)
class Result:
    """One member of a cell: the best try, None for one who did not try, and how often tried."""

    member: Member
    best: Attempt | None
    tries: int


def questions(document: Document) -> tuple[list[Question], list[Question]]:
    """Return the questions in use and those retired, each with its options. Two queries."""
    rows = Question.objects.filter(document=document).prefetch_related("options")
    found = list(rows)
    return [one for one in found if not one.retired_on], [one for one in found if one.retired_on]


def question_for(user: User, pk: int) -> Question:
    """Return a question in use with its document and options. Raises Missing unless the person keeps the bank."""
    rows = Question.objects.filter(pk=pk, retired_on=None).select_related("document__unit")
    found: Question | None = rows.prefetch_related("options").first()
    if found is None or not permissions.keeps(user, found.document.unit_id):
        raise Missing
    return found


def with_questions(documents: Collection[int]) -> set[int]:
    """Return the ids of those documents that have a quiz."""
    rows = Question.objects.filter(document__in=documents, retired_on=None)
    return set(rows.values_list("document_id", flat=True).distinct())


def next_try(document: Document, member_id: int, on: date) -> Try:
    """Return what a member's next try at a document's quiz asks on a day. Three queries, four with local rules."""
    rule = law_for(Quiz, on, document.unit)
    rows = Option.objects.filter(question__document=document, question__retired_on=None)
    options: dict[int, set[int]] = {}
    right: dict[int, int] = {}
    for question, option, is_right in rows.values_list("question_id", "pk", "right"):
        options.setdefault(question, set()).add(option)
        if is_right:
            right[question] = option
    tries = Attempt.objects.filter(document=document, member_id=member_id).count()
    seed = rules.seed_of(document=document.pk, member=member_id, tries=tries)
    return Try(rules.chosen(right, rule.value.questions, seed=seed), right, options, rule, tries)


def own_try(user: User, document: Document, on: date) -> tuple[Try, list[Question]] | None:
    """Return what the person's next try asks, in its order; None for an account that is no member's."""
    member_id = powers_of(user).member_id
    if member_id is None:
        return None
    this = next_try(document, member_id, on)
    rows = Question.objects.filter(pk__in=this.asked)
    found = rows.prefetch_related(Prefetch("options", Option.objects.order_by("place", "pk"))).in_bulk()
    return this, [found[one] for one in this.asked]


def own_attempts(user: User, documents: Collection[int]) -> list[Attempt]:
    """Return the person's own tries at the quizzes of some documents, the last first."""
    member_id = powers_of(user).member_id
    if member_id is None:
        return []
    return list(Attempt.objects.filter(member_id=member_id, document__in=documents))


def best_of(attempts: Iterable[Attempt]) -> Attempt | None:
    """Return the best try: the highest share right, of equals the first made; None of none."""
    return min(attempts, key=lambda one: (-one.right / one.asked, one.at, one.pk), default=None)


def results(user: User, document: Document, cell: Unit, on: date) -> list[Result]:
    """Return the results of a cell's members in the order of names; two queries. Raises Denied."""
    permissions.require_results(user, cell.pk)
    people = members(cell, on)
    tried: dict[int, list[Attempt]] = {}
    for one in Attempt.objects.filter(document=document, member__in=people):
        tried.setdefault(one.member_id, []).append(one)
    return [Result(one, best_of(tried.get(one.pk, ())), len(tried.get(one.pk, ()))) for one in people]


def answered(document: Document, answers: Sequence[tuple[int, bool]]) -> list[tuple[Question, bool]]:
    """Return questions of a document with their options, each with whether it was answered rightly."""
    rows = Question.objects.filter(document=document, pk__in=[key for key, _right in answers])
    found = rows.prefetch_related("options").in_bulk()
    return [(found[key], right) for key, right in answers if key in found]


def rule_of(document: Document, on: date) -> Rule[Quiz]:
    """Return what a quiz keeps to on a day where the document is registered."""
    return law_for(Quiz, on, document.unit)


def members(cell: Unit, on: date) -> list[Member]:
    """Return the members of a cell on a day, in the order of names."""
    return list(Member.objects.of(cell.pk, on).order_by("sort_key", "pk"))
