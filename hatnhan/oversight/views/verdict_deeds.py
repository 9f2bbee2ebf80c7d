"""The two votes on a discipline case, their results, and what follows: a proposal upward or the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Done, Ground
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.selectors.bodies import body_words
from hatnhan.oversight.actions import deciding, voting
from hatnhan.oversight.forms import discipline as forms
from hatnhan.oversight.forms.checks import NothingForm
from hatnhan.oversight.selectors import cases as selector
from hatnhan.oversight.selectors import entering_case as entering
from hatnhan.oversight.selectors.case_facts import FORM, WHETHER, standing_of
from hatnhan.oversight.selectors.guarantees import complaint_law, complaint_words, guarantees
from hatnhan.oversight.selectors.handlers import signer_of
from hatnhan.oversight.selectors.law import discipline_of, form_title
from hatnhan.oversight.views.case_deeds import CaseDeed

if TYPE_CHECKING:
    from datetime import date


def _own_member_words() -> str:
    """Say what a committee can do against one who sits in it."""
    return _(
        "Cách chức, khai trừ cấp ủy viên cùng cấp: ở đây chỉ đề nghị, cấp trên quyết định (Điều 36 Điều lệ Đảng)."
    )


class Round(CaseDeed):
    """Draft the vote that comes next."""

    form_class = forms.RoundForm
    verb = gettext_lazy("Lập phiếu")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if self.case.state not in {"heard", "agreed"}:
            raise Missing
        self.number = WHETHER if self.case.state == "heard" else FORM

    def title(self) -> str:
        if self.number == WHETHER:
            return _("Bỏ phiếu kín vòng 1: có kỷ luật hay không")
        return _("Bỏ phiếu kín vòng 2: hình thức kỷ luật")

    def sentence(self) -> str:
        body = body_words(self.case.deciding_unit, self.case.deciding_body)
        words = _("%(body)s bỏ phiếu kín ở mục Bỏ phiếu: Bí thư mở, hai người kiểm phiếu đóng và đếm.")
        if self.number == FORM:
            titles = ", ".join(title.lower() for _key, title in entering.slip_options(self.case))
            words += " " + _("Trên phiếu: %(forms)s.") % {"forms": titles}
        if standing_of(self.case, clock.today()).own:
            words += " " + _own_member_words()
        return words % {"body": body}

    def ground(self) -> Ground:
        law = discipline_of(self.case)
        words = _(
            "Tính trên tổng số đảng viên chính thức, cả người vắng và đồng chí được xem xét. Không hình thức nào đủ "
            "phiếu thì cộng dồn từ hình thức nặng xuống hình thức nhẹ hơn liền kề."
        )
        return Ground(words, law)

    def form_options(self) -> dict[str, Any]:
        return {"people": entering.teller_options(self.case, clock.today())}

    def act(self, data: dict[str, Any]) -> Done:
        first, second = entering.members_of([data["first_teller"], data["second_teller"]])
        voting.open_round(**self.signed, case=self.case, round=self.number, tellers=(first, second))
        return self.done(_("Đã lập phiếu. Mở cuộc bỏ phiếu khi mọi người có mặt."))


class TakeResult(CaseDeed):
    """Let the case follow the count."""

    form_class = NothingForm
    verb = gettext_lazy("Ghi kết quả vào vụ việc")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.standing = standing_of(self.case, clock.today())
        number = FORM if self.case.state == "agreed" else WHETHER
        if self.case.state not in {"heard", "agreed"} or number not in self.standing.facts.counted:
            raise Missing
        self.number = number

    def title(self) -> str:
        return _("Kết quả bỏ phiếu vòng %(number)s") % {"number": int(self.number)}

    def sentence(self) -> str:
        rows = guarantees(self.case, self.standing)
        words = next(one.words for one in rows if one.page == "case-result" and one.verb)
        facts = self.standing.facts
        if self.number == WHETHER:
            end = _("Bỏ phiếu vòng 2.") if facts.agreed else _("Vụ việc kết thúc, không kỷ luật.")
        else:
            carried = facts.votes >= facts.needed > 0
            end = _("Chờ ra quyết định.") if carried else _("Vụ việc kết thúc, không kỷ luật.")
        return f"{words}. {end}"

    def act(self, data: dict[str, Any]) -> Done:
        voting.take_result(**self.signed, case=self.case, **data)
        return self.done(_("Đã ghi kết quả bỏ phiếu."))


class Propose(CaseDeed):
    """Send a case to the committee above."""

    form_class = forms.ProposeForm
    verb = gettext_lazy("Đề nghị cấp trên")
    final = True

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.above = entering.unit_above(self.case, clock.today())
        if self.case.state != "formed" or self.above is None:
            raise Missing

    def title(self) -> str:
        return _("Đề nghị %(unit)s xem xét kỷ luật") % {"unit": self.above}

    def sentence(self) -> str:
        words = _(
            "Đã bỏ phiếu: %(form)s, %(votes)s phiếu. Hình thức này hoặc việc cấp trên giao do cấp trên quyết định."
        )
        if standing_of(self.case, clock.today()).own:
            words = _("Đã bỏ phiếu: %(form)s, %(votes)s phiếu.") + " " + _own_member_words()
        return words % {"form": form_title(self.case, self.case.form), "votes": self.case.votes_for}

    def form_options(self) -> dict[str, Any]:
        assert self.above is not None  # noqa: S101 - asked in prepare
        return {"bodies": entering.bodies_above(self.above)}

    def initial(self) -> dict[str, Any]:
        return {"body": "standing"}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [
            _("Cấp trên tự nghe đối tượng, tự bỏ phiếu hai vòng; kết quả ở đây là đề nghị."),
            _("Người thụ lý giữ nguyên, đổi được sau."),
        ]

    def act(self, data: dict[str, Any]) -> Done:
        voting.propose_upward(**self.signed, case=self.case, **data)
        return self.done(_("Đã chuyển cấp trên. Việc tiếp theo: cấp trên nghe đối tượng trình bày."))


class Decide(CaseDeed):
    """Write the decision."""

    form_class = forms.DecideForm
    verb = gettext_lazy("Ra quyết định kỷ luật")
    final = True

    def prepare(self, **address: Any) -> None:
        self.case = selector.case_for(self.request.user, address["pk"])
        self.standing = standing_of(self.case, clock.today())
        if self.case.state != "formed" or not deciding.may_decide(self.request.user, self.case):
            raise Missing

    def title(self) -> str:
        return _("Ra quyết định kỷ luật: %(form)s") % {"form": form_title(self.case, self.case.form).lower()}

    def sentence(self) -> str:
        late = deciding.days_late(self.case, self._voted(), clock.today())
        if late:
            return _("Đã quá hạn ra văn bản %(days)s ngày.") % {"days": late}
        return _("Quyết định ghi rõ cách khiếu nại và hạn khiếu nại.")

    def ground(self) -> Ground:
        law = discipline_of(self.case)
        words = _("Ra quyết định bằng văn bản trong %(days)s ngày từ ngày bỏ phiếu.")
        return Ground(words % {"days": law.value.write_days}, law)

    def form_options(self) -> dict[str, Any]:
        return {"cell": self.case.deciding_body == "members"}

    def initial(self) -> dict[str, Any]:
        today = clock.today()
        signer = signer_of(self.case.deciding_unit, self.case.deciding_body, today)
        return {"signed_on": today, "signed_by": signer, "announced_on": self._voted()}

    def consequences(self, data: dict[str, Any]) -> list[str]:
        first = data.get("announced_on") or data["signed_on"]
        found = [_("Có hiệu lực từ %(day)s.") % {"day": written(first)}]
        if ends := deciding.ends_on(self.case, self.case.form, first):
            found.append(_("Hết hiệu lực từ %(day)s nếu không có vi phạm mới.") % {"day": written(ends)})
        words = complaint_words(complaint_law(self.case, None))
        return [*found, _("Đối tượng khiếu nại %(words)s.") % {"words": words}]

    def act(self, data: dict[str, Any]) -> Done:
        made = deciding.decide(**self.signed, case=self.case, **data)
        words = _("Đã ra quyết định. Công bố, trao quyết định cho đối tượng.")
        return Done(words, reverse("oversight:decision", args=[made.pk]))

    def _voted(self) -> date:
        return self.standing.form.ballot.on if self.standing.form else clock.today()
