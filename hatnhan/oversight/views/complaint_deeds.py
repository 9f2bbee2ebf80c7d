"""What is done about a complaint: entered, admitted or refused, taken back, settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Denied
from hatnhan.core.vietnamese import day as written
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import complaints as writing
from hatnhan.oversight.actions import decision_readings as readings
from hatnhan.oversight.actions import settling
from hatnhan.oversight.forms import decisions as forms
from hatnhan.oversight.selectors import choosing, decisions
from hatnhan.oversight.selectors import complaint_places as places
from hatnhan.oversight.selectors import complaints as selector
from hatnhan.oversight.views.decision_deeds import complaint_ground
from hatnhan.oversight.views.decisions import SECTION, complaint_page, decision_page

if TYPE_CHECKING:
    from django.http import QueryDict

    from hatnhan.core.forms import Form
    from hatnhan.organization.models import Member
    from hatnhan.oversight.models import Complaint, Decision


class Complain(Deed):
    """Complain of a decision; or enter a complaint that came on paper."""

    section = SECTION
    form_class = forms.ComplainForm
    verb = gettext_lazy("Gửi khiếu nại")
    decision: Decision
    own: bool

    def prepare(self, **address: Any) -> None:
        self.decision = decisions.decision_for(self.request.user, address["pk"])
        case = self.decision.case
        self.own = permissions.is_case_subject(self.request.user, case)
        if not permissions.may_complain(self.request.user, case):
            raise Denied(_("Người bị kỷ luật tự khiếu nại; đơn giấy do người thụ lý vụ việc ghi vào."))

    def opened(self) -> None:
        readings.record_decision_read(**self.signed, decision=self.decision)

    def title(self) -> str:
        return _("Khiếu nại quyết định %(number)s") % {"number": self.decision.number}

    def sentence(self) -> str:
        to = places.usual_words(self.decision, clock.today())
        words = _("Gửi đến: %(to)s.") % {"to": to} if to else ""
        if (last := self.decision.complain_by) is not None:
            words += " " + _("Thời hạn đến hết ngày %(day)s.") % {"day": written(last)}
        return words.strip()

    def crumbs(self) -> list[Crumb]:
        label = _("Quyết định %(number)s") % {"number": self.decision.number}
        return [Crumb(label, decision_page(self.decision))]

    def ground(self) -> Ground:
        return complaint_ground(self.decision)

    def _form(self, data: QueryDict | None = None) -> Form:
        cls = forms.ComplainForm if self.own else forms.TypedComplaintForm
        return cls(data, initial=self.initial())

    def initial(self) -> dict[str, Any]:
        return {} if self.own else {"received_on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        made = writing.receive_complaint(**self.signed, decision=self.decision, **data)
        return Done(
            _("Đã nhận khiếu nại. Nơi giải quyết sẽ thụ lý hoặc trả lời vì sao không."), complaint_page(made)
        )


class ComplaintDeed(Deed):
    """Something done about one complaint by who settles it."""

    section = SECTION
    complaint: Complaint

    def prepare(self, **address: Any) -> None:
        self.complaint = selector.complaint_for(self.request.user, address["pk"])
        self.require()

    def require(self) -> None:
        """Raise Denied unless the person may do this."""
        permissions.require_settle(self.request.user, self.complaint)

    def opened(self) -> None:
        readings.record_complaint_read(**self.signed, complaint=self.complaint)

    def crumbs(self) -> list[Crumb]:
        number = {"number": self.complaint.decision.number}
        return [Crumb(_("Khiếu nại quyết định %(number)s") % number, complaint_page(self.complaint))]

    def state(self) -> str:
        return f"{self.complaint.state} {self.complaint.unit_id} {self.complaint.body}"

    def done(self, message: str) -> Done:
        """Return what was done, leading back to the complaint."""
        return Done(message, complaint_page(self.complaint))


class Accept(ComplaintDeed):
    """Admit a complaint and say who settles it."""

    form_class = forms.AcceptForm
    verb = gettext_lazy("Thụ lý")

    def title(self) -> str:
        return _("Thụ lý khiếu nại")

    def people(self) -> dict[str, Member]:
        """Return who may settle it, by id as a form sends it."""
        return {str(one.pk): one for one in selector.handlers(self.complaint.decision, clock.today())}

    def form_options(self) -> dict[str, Any]:
        today = clock.today()
        people = choosing.member_options(self.people().values(), today)
        return {"places": selector.place_options(self.complaint.decision, today), "people": people}

    def initial(self) -> dict[str, Any]:
        place = places.place_key(self.complaint.unit_id, self.complaint.body)
        return {"place": place, "accepted_on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        unit, body = places.places_open(self.complaint.decision, clock.today())[data["place"]]
        handler = self.people().get(data["handler"])
        writing.accept_complaint(
            **self.signed,
            complaint=self.complaint,
            handler=handler,
            unit=unit,
            body=body,
            accepted_on=data["accepted_on"],
        )
        due = self.complaint.due
        words = _("Đã thụ lý. Giải quyết trước hết ngày %(day)s.")
        return self.done(words % {"day": written(due) if due else "—"})


class Refuse(ComplaintDeed):
    """Refuse to admit a complaint."""

    form_class = forms.RefuseForm
    verb = gettext_lazy("Không thụ lý")
    final = True

    def title(self) -> str:
        return _("Không thụ lý khiếu nại")

    def form_options(self) -> dict[str, Any]:
        return {"grounds": selector.grounds_of(self.complaint)}

    def initial(self) -> dict[str, Any]:
        late = {"ground": writing.LATE} if places.is_late(self.complaint) else {}
        return {"refused_on": clock.today(), **late}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [_("Người khiếu nại đọc được căn cứ và lời trả lời."), _("Quyết định giữ nguyên.")]

    def act(self, data: dict[str, Any]) -> Done:
        writing.refuse_complaint(**self.signed, complaint=self.complaint, **data)
        return self.done(_("Đã trả lời không thụ lý."))


class Withdraw(ComplaintDeed):
    """Take the own complaint back."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Rút khiếu nại")
    final = True

    def require(self) -> None:
        """Raise Denied for anybody but the subject."""
        if not permissions.is_case_subject(self.request.user, self.complaint.decision.case):
            raise Denied(_("Chỉ người khiếu nại rút được khiếu nại."))

    def title(self) -> str:
        return _("Rút khiếu nại")

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [_("Khiếu nại này không được giải quyết nữa."), _("Còn thời hạn thì khiếu nại lại được.")]

    def act(self, _data: dict[str, Any]) -> Done:
        writing.withdraw_complaint(**self.signed, complaint=self.complaint)
        return self.done(_("Đã rút khiếu nại."))


class Settle(ComplaintDeed):
    """Settle a complaint."""

    form_class = forms.SettleForm
    verb = gettext_lazy("Ghi kết quả giải quyết")
    final = True

    def title(self) -> str:
        return _("Giải quyết khiếu nại")

    def form_options(self) -> dict[str, Any]:
        found = decisions.forms_open(self.complaint.decision)
        return {"forms_open": [(one.key, one.title) for one in found]}

    def initial(self) -> dict[str, Any]:
        return {"settled_on": clock.today()}

    def consequences(self, data: dict[str, Any]) -> list[str]:
        what = {
            "kept": [_("Quyết định giữ nguyên.")],
            "changed": [
                _("Quyết định cũ được thay bằng quyết định mới, mang số văn bản trả lời."),
                _("Trao quyết định mới cho đồng chí ấy; thời hạn khiếu nại tính lại."),
            ],
            "annulled": [
                _("Quyết định bị xóa bỏ, không còn hiệu lực."),
                _("Phải xin lỗi, công khai phục hồi danh dự và phục hồi quyền lợi; phần mềm nhắc hạn."),
            ],
        }
        return [*what[data["result"]], _("Người khiếu nại đọc được trả lời.")]

    def act(self, data: dict[str, Any]) -> Done:
        stands = settling.settle_complaint(**self.signed, complaint=self.complaint, **data)
        if stands.pk != self.complaint.decision_id:
            return Done(_("Đã thay đổi hình thức. Trao quyết định mới."), decision_page(stands))
        return self.done(_("Đã ghi kết quả giải quyết."))
