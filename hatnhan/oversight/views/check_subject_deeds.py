"""What is written of one subject, and what the subject writes: report, hearing, delivery, dissent, another look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Missing
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import concluding, hearing, readings, reporting
from hatnhan.oversight.forms import checks as forms
from hatnhan.oversight.selectors import checks as selector
from hatnhan.oversight.selectors import choosing, entering, subjects
from hatnhan.oversight.views.check_deeds import list_crumb
from hatnhan.oversight.views.checks import SECTION, check_page

if TYPE_CHECKING:
    from hatnhan.oversight.models import Check, Subject


class _SubjectDeed(Deed):
    """Something done about one subject; ``own`` where the person is the subject."""

    section = SECTION
    subject: Subject
    own: bool = False

    @property
    def check(self) -> Check:
        """The check it is about."""
        return self.subject.of_check

    def prepare(self, **address: Any) -> None:
        self.subject = subjects.subject_to_write(self.request.user, address["pk"])

    def opened(self) -> None:
        if not self.own:
            readings.record_read(**self.signed, check=self.check)

    def back_to(self) -> str:
        """Return the page that the person knows of the check."""
        return reverse("oversight:my-check", args=[self.check.pk]) if self.own else check_page(self.check)

    def crumbs(self) -> list[Crumb]:
        return [list_crumb(), Crumb(self.check.title, self.back_to())]

    def done(self, words: str) -> Done:
        """Return what was done, leading back."""
        return Done(words, self.back_to())


class SelfReport(_SubjectDeed):
    """Hand in the subject's report on itself; or type it in from paper."""

    form_class = forms.SelfReportForm
    verb = gettext_lazy("Nộp báo cáo")

    def prepare(self, **address: Any) -> None:
        self.subject = subjects.subject_either(self.request.user, address["pk"])
        self.own = subjects.is_own(self.request.user, self.subject)

    def title(self) -> str:
        if self.own:
            return _("Báo cáo tự kiểm tra")
        return _("Ghi hộ báo cáo tự kiểm tra: %(who)s") % {"who": self.subject}

    def sentence(self) -> str:
        if self.own:
            return _("Nội dung: %(content)s Đoàn kiểm tra đọc báo cáo này.") % {"content": self.check.content}
        return _("Ghi đúng bản giấy đã nộp. Tên người ghi hộ hiện bên dưới.")

    def initial(self) -> dict[str, Any]:
        return {"text": self.subject.report}

    def state(self) -> str:
        return f"{self.subject.reported_at}"

    def act(self, data: dict[str, Any]) -> Done:
        reporting.submit_self_report(**self.signed, subject=self.subject, **data)
        return self.done(_("Đã nộp báo cáo tự kiểm tra."))


class Hear(_SubjectDeed):
    """Write what the subject said when heard."""

    form_class = forms.HearForm
    verb = gettext_lazy("Lưu")

    def title(self) -> str:
        return _("Nghe trình bày: %(who)s") % {"who": self.subject}

    def sentence(self) -> str:
        return _("Không kết luận khi chưa nghe. Ghi đúng lời đối tượng; không đến thì ghi vì sao.")

    def form_options(self) -> dict[str, Any]:
        self.people = selector.to_choose_for(self.check, clock.today())
        return {"people": choosing.member_options(self.people, clock.today())}

    def initial(self) -> dict[str, Any]:
        one = self.subject
        return {
            "on": one.heard_on or clock.today(),
            "heard_by": str(one.heard_by_id or ""),
            "said": one.said,
            "not_heard_because": one.not_heard_because,
        }

    def state(self) -> str:
        return f"{self.subject.said}|{self.subject.not_heard_because}|{self.subject.heard_on}"

    def act(self, data: dict[str, Any]) -> Done:
        heard_by = entering.pick(self.people, data.pop("heard_by"))
        hearing.hear_subject(**self.signed, subject=self.subject, heard_by=heard_by, **data)
        return self.done(_("Đã ghi buổi nghe trình bày."))


class Deliver(_SubjectDeed):
    """Write that the subject was given the conclusion."""

    form_class = forms.DeliverForm
    verb = gettext_lazy("Ghi đã giao")

    def title(self) -> str:
        return _("Giao kết luận: %(who)s") % {"who": self.subject}

    def initial(self) -> dict[str, Any]:
        return {
            "delivered_on": self.subject.delivered_on or clock.today(),
            "delivered_to": self.subject.delivered_to,
        }

    def state(self) -> str:
        return f"{self.subject.delivered_on}|{self.subject.delivered_to}"

    def act(self, data: dict[str, Any]) -> Done:
        concluding.deliver(**self.signed, subject=self.subject, **data)
        return self.done(_("Đã ghi việc giao kết luận."))


class _Own(_SubjectDeed):
    """What only the subject writes."""

    form_class = forms.WordsForm
    own = True

    def prepare(self, **address: Any) -> None:
        self.subject = subjects.subject_of_own(self.request.user, address["pk"])


class Dissent(_Own):
    """Say that one does not agree."""

    verb = gettext_lazy("Ghi ý kiến")

    def title(self) -> str:
        return _("Ý kiến không đồng ý")

    def sentence(self) -> str:
        return _("Ý kiến vào hồ sơ đúng như đồng chí ghi. Đoàn và cấp kết luận đọc được.")

    def initial(self) -> dict[str, Any]:
        return {"text": self.subject.dissent}

    def state(self) -> str:
        return f"{self.subject.dissent_at}"

    def act(self, data: dict[str, Any]) -> Done:
        hearing.dissent(**self.signed, subject=self.subject, **data)
        return self.done(_("Đã ghi ý kiến."))


class AskAgain(_Own):
    """Ask for another look."""

    verb = gettext_lazy("Gửi đề nghị")

    def title(self) -> str:
        return _("Đề nghị xem lại kết luận")

    def sentence(self) -> str:
        return _("Nêu điểm nào của kết luận, vì sao. Gửi một lần; cấp kết luận trả lời bằng văn bản.")

    def act(self, data: dict[str, Any]) -> Done:
        concluding.ask_again(**self.signed, subject=self.subject, **data)
        return self.done(_("Đã gửi đề nghị."))


class AnswerAgain(_SubjectDeed):
    """Answer a subject who asked for another look."""

    form_class = forms.WordsForm
    template_name = "oversight/checks/answer.html"
    verb = gettext_lazy("Trả lời")
    final = True

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        permissions.require_approve(self.request.user, self.check.unit_id, self.check.body)
        if self.subject.asked_again_on is None or self.subject.answered_on is not None:
            raise Missing

    def title(self) -> str:
        return _("Trả lời đề nghị xem lại: %(who)s") % {"who": self.subject}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [_("Đối tượng đọc được trả lời ngay; trả lời không sửa được nữa.")]

    def extra(self) -> dict[str, Any]:
        return {"subject": self.subject}

    def act(self, data: dict[str, Any]) -> Done:
        concluding.answer_again(**self.signed, subject=self.subject, **data)
        return self.done(_("Đã trả lời."))
