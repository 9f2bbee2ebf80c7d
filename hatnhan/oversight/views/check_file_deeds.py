"""The file of a check or of a case: its papers and its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.oversight.actions import filing
from hatnhan.oversight.actions import steps as actions
from hatnhan.oversight.forms import checks as forms
from hatnhan.oversight.selectors import steps as selector
from hatnhan.oversight.views.checks import SECTION

if TYPE_CHECKING:
    from django.http import QueryDict

    from hatnhan.core.forms import Form
    from hatnhan.oversight.models import Step, StepPaper
    from hatnhan.oversight.selectors.steps import Line, Matter


class _FileDeed(Deed):
    """Something done in a file."""

    section = SECTION
    matter: Matter

    def crumbs(self) -> list[Crumb]:
        return [Crumb(str(self.matter), selector.page_of(self.matter))]

    def done(self, words: str) -> Done:
        """Return what was done, leading back to the matter, at its file."""
        return Done(words, selector.page_of(self.matter) + "#ho-so")


class FilePaper(_FileDeed):
    """Hand in a paper, say where it lies, or why it is not needed."""

    form_class = forms.PaperForm
    template_name = "oversight/checks/paper.html"
    verb = gettext_lazy("Ghi vào hồ sơ")
    paper: StepPaper

    def prepare(self, **address: Any) -> None:
        self.paper, self.matter = selector.paper_for(self.request.user, address["pk"])
        self.line = selector.line_of(self.paper.step)

    def title(self) -> str:
        return self.paper.title

    def sentence(self) -> str:
        words = _("Của bước “%(step)s”. Nộp tệp, hoặc ghi nơi lưu bản giấy; không có thì ghi lý do.")
        return words % {"step": self.paper.step.title}

    def form_options(self) -> dict[str, Any]:
        ready = self.paper.pk in self.line.ready
        return {"drawable": ready or (self.paper.state == "filed" and bool(self.paper.drawn))}

    def initial(self) -> dict[str, Any]:
        paper = self.paper
        return {
            "kept_at": paper.kept_at,
            "number": paper.number,
            "dated": paper.dated,
            "reason": paper.because,
            "drawn": self.paper.pk in self.line.ready,
        }

    def state(self) -> str:
        return f"{self.paper.state}:{self.paper.filed_at}"

    def extra(self) -> dict[str, Any]:
        return {"paper": self.paper}

    def _form(self, data: QueryDict | None = None) -> Form:
        files = self.request.FILES if data is not None else None
        return self.form_class(data, files, initial=self.initial(), **self.form_options())

    def act(self, data: dict[str, Any]) -> Done:
        if data["reason"] and (data["file"] or data["kept_at"]):
            message = _("Đã có tài liệu thì bỏ trống lý do; không có thì chỉ ghi lý do.")
            raise RuleBroken("both", message, field="reason")
        if data["reason"]:
            filing.excuse_paper(**self.signed, paper=self.paper, reason=data["reason"])
            return self.done(_("Đã ghi lý do không cần tài liệu."))
        file = data["file"]
        filing.file_paper(
            **self.signed,
            paper=self.paper,
            file=file,
            name=str(getattr(file, "name", "") or ""),
            number=data["number"],
            dated=data["dated"],
            kept_at=data["kept_at"],
            drawn=data.get("drawn", False),
        )
        return self.done(_("Đã ghi vào hồ sơ: %(paper)s.") % {"paper": self.paper.title})


class UnfilePaper(_FileDeed):
    """Take a paper out of the file again."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Rút khỏi hồ sơ")
    paper: StepPaper

    def prepare(self, **address: Any) -> None:
        self.paper, self.matter = selector.paper_for(self.request.user, address["pk"])
        if self.paper.state == "missing":
            raise Missing

    def title(self) -> str:
        return _("Rút: %(paper)s") % {"paper": self.paper.title}

    def sentence(self) -> str:
        return _("Tệp đã nộp bị xóa khỏi máy; việc rút được ghi vào nhật ký.")

    def act(self, _data: dict[str, Any]) -> Done:
        filing.unfile_paper(**self.signed, paper=self.paper)
        return self.done(_("Đã rút khỏi hồ sơ."))


class _StepDeed(_FileDeed):
    """Something done on one step."""

    step: Step
    line: Line

    def prepare(self, **address: Any) -> None:
        self.step, self.matter = selector.step_for(self.request.user, address["pk"])
        self.line = selector.line_of(self.step)

    def ground(self) -> Ground | None:
        law = selector.law_of(self.step.dossier)
        due = self.step.due
        return Ground(_("Hạn của bước: %(day)s.") % {"day": written(due)}, law) if due else None


class FinishStep(_StepDeed):
    """Call a step done."""

    form_class = forms.FinishForm
    template_name = "oversight/checks/step.html"
    verb = gettext_lazy("Ghi bước xong")

    def title(self) -> str:
        return _("Xong bước: %(step)s") % {"step": self.step.title}

    def sentence(self) -> str:
        if self.line.ready:
            return _("Văn bản phần mềm soạn được thì vào hồ sơ cùng lúc này.")
        return ""

    def initial(self) -> dict[str, Any]:
        return {"done_on": clock.today()}

    def extra(self) -> dict[str, Any]:
        return {"line": self.line}

    def act(self, data: dict[str, Any]) -> Done:
        actions.finish_step(**self.signed, step=self.step, done_on=data["done_on"], drawn=True)
        return self.done(_("Đã ghi xong bước: %(step)s.") % {"step": self.step.title})


class SkipStep(_StepDeed):
    """Leave a step out."""

    form_class = forms.ReasonForm
    verb = gettext_lazy("Không làm bước này")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if not self.line.skippable:
            raise Missing

    def title(self) -> str:
        return _("Không làm bước: %(step)s") % {"step": self.step.title}

    def sentence(self) -> str:
        return _("Lý do vào hồ sơ, cho cả bước và các tài liệu còn thiếu của bước.")

    def act(self, data: dict[str, Any]) -> Done:
        actions.skip_step(**self.signed, step=self.step, **data)
        return self.done(_("Đã ghi lý do không làm bước."))


class ReopenStep(_StepDeed):
    """Open a step again that was called done by mistake."""

    form_class = forms.ReasonForm
    verb = gettext_lazy("Mở lại bước")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if not self.line.settled:
            raise Missing

    def title(self) -> str:
        return _("Mở lại bước: %(step)s") % {"step": self.step.title}

    def act(self, data: dict[str, Any]) -> Done:
        actions.reopen_step(**self.signed, step=self.step, **data)
        return self.done(_("Đã mở lại bước."))
