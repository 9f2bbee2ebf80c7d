"""The quiz: a try, the bank for those who keep it, results for the secretary of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Missing
from hatnhan.guidance import permissions
from hatnhan.guidance.actions import quiz as actions
from hatnhan.guidance.actions.readings import own_member
from hatnhan.guidance.forms import study as forms
from hatnhan.guidance.selectors import quiz, register, study_pages
from hatnhan.guidance.selectors.entered import attempts_entered
from hatnhan.guidance.views.study import SECTION, study_page
from hatnhan.guidance.views.study_deeds import CellDeed, DocumentDeed, studies_crumb

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.guidance.models import Question
    from hatnhan.guidance.selectors.quiz import Try

#: Where the answers of the last try wait to be shown once; they are kept nowhere else.
_SHOWN = "guidance-quiz"


class TakeQuiz(DocumentDeed):
    """Answer the questions of the next try."""

    form_class = forms.QuizForm
    verb = gettext_lazy("Nộp bài")
    template_name = "guidance/study/quiz.html"
    this: Try
    questions: list[Question]

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        own_member(self.request.user)
        found = quiz.own_try(self.request.user, self.document, clock.today())
        if found is None:
            raise Missing
        self.this, self.questions = found

    def title(self) -> str:
        return _("Trắc nghiệm: %(number)s") % {"number": self.document.number}

    def ground(self) -> Ground:
        rule = self.this.rule
        words = _("Mỗi lần %(count)d câu, đạt từ %(percent)d%%.")
        values = {"count": rule.value.questions, "percent": rule.value.pass_percent}
        return Ground(words % values, rule)

    def form_options(self) -> dict[str, Any]:
        return {"questions": self.questions}

    def extra(self) -> dict[str, Any]:
        attempts = quiz.own_attempts(self.request.user, [self.document.pk])
        return {
            "document": self.document,
            "attempts": attempts,
            "best": quiz.best_of(attempts),
            "left": self.this.left,
            "asked": self.this.asked,
            "answered": self._answered(),
        }

    def act(self, data: dict[str, Any]) -> Done:
        answers = {int(name.removeprefix("q-")): option for name, option in data.items()}
        attempt = actions.take_quiz(**self.signed, document=self.document, answers=answers)
        right = [[key, answers[key] == self.this.right[key]] for key in self.this.asked]
        self.request.session[_SHOWN] = {"document": self.document.pk, "answers": right}
        words = (
            _("Đúng %(right)d/%(asked)d câu: đạt.")
            if attempt.passed
            else _("Đúng %(right)d/%(asked)d câu: chưa đạt.")
        )
        done = words % {"right": attempt.right, "asked": attempt.asked}
        return Done(done, reverse("guidance:quiz", args=[self.document.pk]))

    def _answered(self) -> list[tuple[Question, bool]]:
        """Return the questions of the try just handed in, and whether each was right; shown once."""
        shown = self.request.session.get(_SHOWN) or {}
        if self.request.method != "GET" or shown.get("document") != self.document.pk:
            return []
        del self.request.session[_SHOWN]
        return quiz.answered(self.document, [(key, right) for key, right in shown["answers"]])


@require_safe
def questions(request: Request, pk: int) -> HttpResponse:
    """Show the bank of a document's quiz to those who keep it."""
    document = register.document_for(request.user, pk)
    permissions.require_keep(request.user, document.unit_id)
    asked, retired = quiz.questions(document)
    rule = quiz.rule_of(document, clock.today())
    context = {
        "section": SECTION,
        "document": document,
        "questions": asked,
        "retired": retired,
        "rule": rule,
        "short": len(asked) < rule.value.questions,
    }
    return render(request, "guidance/study/questions.html", context)


class _BankDeed(Deed):
    section = SECTION

    def back_to(self, pk: int) -> str:
        """Return the address of the bank."""
        return reverse("guidance:questions", args=[pk])

    def bank_crumbs(self, pk: int) -> list[Crumb]:
        """Return the way back to the bank."""
        return [studies_crumb(), Crumb(_("Ngân hàng câu hỏi"), self.back_to(pk))]


class AddQuestion(DocumentDeed, _BankDeed):
    """Add a question."""

    form_class = forms.QuestionForm
    verb = gettext_lazy("Thêm câu hỏi")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        permissions.require_keep(self.request.user, self.document.unit_id)

    def title(self) -> str:
        return _("Thêm câu hỏi: %(number)s") % {"number": self.document.number}

    def crumbs(self) -> list[Crumb]:
        return self.bank_crumbs(self.document.pk)

    def act(self, data: dict[str, Any]) -> Done:
        actions.set_question(**self.signed, document=self.document, **_wording(data))
        return Done(_("Đã thêm câu hỏi."), self.back_to(self.document.pk))


class _OneQuestion(_BankDeed):
    question: Question

    def prepare(self, **address: Any) -> None:
        self.question = quiz.question_for(self.request.user, address["pk"])

    def crumbs(self) -> list[Crumb]:
        return self.bank_crumbs(self.question.document_id)


class EditQuestion(_OneQuestion):
    """Change a question."""

    form_class = forms.QuestionForm
    verb = gettext_lazy("Lưu câu hỏi")

    def title(self) -> str:
        return _("Sửa câu hỏi")

    def sentence(self) -> str:
        return _("Câu đã có người làm thì được thay bằng câu mới; kết quả đã có giữ nguyên.")

    def initial(self) -> dict[str, Any]:
        options = list(self.question.options.all())
        right = next((place for place, one in enumerate(options) if one.right), None)
        shown = {f"option_{place}": one.text for place, one in enumerate(options)}
        return shown | {"text": self.question.text, "reason": self.question.reason, "right": right}

    def state(self) -> str:
        return repr(sorted(self.initial().items()))

    def act(self, data: dict[str, Any]) -> Done:
        actions.edit_question(**self.signed, question=self.question, **_wording(data))
        return Done(_("Đã lưu câu hỏi."), self.back_to(self.question.document_id))


class RetireQuestion(_OneQuestion):
    """Ask a question no longer."""

    form_class = forms.EmptyForm
    verb = gettext_lazy("Thôi dùng câu này")

    def title(self) -> str:
        return _("Thôi dùng câu hỏi")

    def sentence(self) -> str:
        return _("“%(text)s” không hỏi nữa; kết quả đã có giữ nguyên.") % {"text": self.question.text}

    def act(self, _data: dict[str, Any]) -> Done:
        actions.retire_question(**self.signed, question=self.question)
        return Done(_("Đã thôi dùng câu hỏi."), self.back_to(self.question.document_id))


@require_safe
def results(request: Request, pk: int) -> HttpResponse:
    """Show the results of a cell's members to its secretary and deputy, nobody else."""
    document = register.document_for(request.user, pk)
    code = request.GET.get("chi_bo", "") or getattr(request.unit, "code", "")
    cell = study_pages.cell_for(request.user, code)
    context = {
        "section": SECTION,
        "document": document,
        "cell": cell,
        "results": quiz.results(request.user, document, cell, clock.today()),
        "entered": attempts_entered(document, cell, clock.today()).exists(),
        "back": study_page(document.pk, cell.code),
    }
    return render(request, "guidance/study/results.html", context)


class EnterAttempts(CellDeed):
    """Enter tries made on paper."""

    form_class = forms.AttemptsForm
    verb = gettext_lazy("Ghi kết quả")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        permissions.require_results(self.request.user, self.unit.pk)

    def title(self) -> str:
        return _("Ghi bài trắc nghiệm làm trên giấy: %(number)s") % {"number": self.document.number}

    def sentence(self) -> str:
        return _("Ai nộp bài thì ghi số câu đúng; người khác để trống.")

    def form_options(self) -> dict[str, Any]:
        return {"members": quiz.members(self.unit, clock.today())}

    def initial(self) -> dict[str, Any]:
        return {"day": clock.today(), "asked": quiz.rule_of(self.document, clock.today()).value.questions}

    def act(self, data: dict[str, Any]) -> Done:
        right = {
            int(name.removeprefix("right-")): value
            for name, value in data.items()
            if name.startswith("right-") and value is not None
        }
        count = actions.enter_attempts(
            **self.signed,
            document=self.document,
            cell=self.unit,
            right=right,
            asked=data["asked"],
            taken_on=data["day"],
        )
        address = reverse("guidance:quiz-results", args=[self.document.pk]) + f"?chi_bo={self.unit.code}"
        return Done(_("Đã ghi kết quả của %(count)d đồng chí.") % {"count": count}, address)


def _wording(data: dict[str, Any]) -> dict[str, Any]:
    options = [data.get(f"option_{number}") or "" for number in range(actions.MOST_OPTIONS)]
    return {"text": data["text"], "options": options, "right": data["right"], "reason": data["reason"] or ""}
