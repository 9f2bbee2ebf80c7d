"""What is done in a discipline case up to the decision: one page a deed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.selectors.bodies import body_words
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import case_hearing, cases, deciding, self_review, voting
from hatnhan.oversight.actions.case_readings import record_case_read
from hatnhan.oversight.forms import discipline as forms
from hatnhan.oversight.forms.checks import NothingForm, ReasonForm
from hatnhan.oversight.selectors import cases as selector
from hatnhan.oversight.selectors import entering_case as entering
from hatnhan.oversight.selectors.case_facts import FORM, WHETHER, standing_of
from hatnhan.oversight.selectors.guarantees import complaint_law, complaint_words, guarantees
from hatnhan.oversight.selectors.handlers import signer_of
from hatnhan.oversight.selectors.law import discipline_of, form_title, limitation_law
from hatnhan.oversight.views.discipline import SECTION, case_page

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.organization.models import Unit
    from hatnhan.oversight.models import Case


def list_crumb() -> Crumb:
    """Return the way back to the list."""
    return Crumb(_("Kỷ luật"), reverse("oversight:cases"))


def own_member_words() -> str:
    """Say what a committee can do against one who sits in it."""
    return _(
        "Cách chức, khai trừ cấp ủy viên cùng cấp: ở đây chỉ đề nghị, cấp trên quyết định (Điều 36 Điều lệ Đảng)."
    )


class OpenCase(Deed):
    """Open a case; from a check (?cuoc=) its subjects come first."""

    section = SECTION
    form_class = forms.OpenCaseForm
    verb = gettext_lazy("Mở vụ việc")
    unit: Unit

    def prepare(self, **_address: Any) -> None:
        if self.request.unit is None:
            raise Missing
        self.unit = self.request.unit
        permissions.require_run(self.request.user, self.unit.pk)

    def title(self) -> str:
        return _("Mở vụ việc kỷ luật: %(unit)s") % {"unit": self.unit}

    def sentence(self) -> str:
        return _(
            "Hồ sơ, các bước và hạn lập theo quy trình đang áp dụng. Chỉ người thụ lý, cấp quyết định và đối tượng mở "
            "xem được."
        )

    def crumbs(self) -> list[Crumb]:
        return [list_crumb()]

    def ground(self) -> Ground:
        law = entering.limitation_at(self.unit, clock.today())
        words = _("Đã hết thời hiệu thì vẫn xem xét và ghi kết quả bỏ phiếu, nhưng không kỷ luật.")
        return Ground(words, law)

    def form_options(self) -> dict[str, Any]:
        return {"options": entering.opening_options(self.request.user, self.unit, clock.today())}

    def initial(self) -> dict[str, Any]:
        me = entering.own_id(self.request.user)
        return {"opened_on": clock.today(), "check": self.request.GET.get("cuoc", ""), "handlers": [me]}

    def act(self, data: dict[str, Any]) -> Done:
        told = entering.chosen(self.unit, data)
        made = cases.open_case(**self.signed, unit=self.unit, opened_on=data["opened_on"], **told)
        message = _("Đã mở vụ việc, lập hồ sơ. Việc tiếp theo: báo cho đối tượng.")
        seen = permissions.handles(self.request.user, made)
        return Done(message, case_page(made) if seen else reverse("oversight:cases"))


class CaseDeed(Deed):
    """Something done in one running case by whoever has it in hand."""

    section = SECTION
    case: Case

    def prepare(self, **address: Any) -> None:
        self.case = selector.case_to_write(self.request.user, address["pk"])

    def opened(self) -> None:
        record_case_read(by=self.request.user, at=clock.now(), case=self.case)

    def crumbs(self) -> list[Crumb]:
        return [list_crumb(), Crumb(self.case.matter, case_page(self.case))]

    def state(self) -> str:
        return f"{self.case.pk}:{self.case.version}"

    def done(self, words: str) -> Done:
        """Return what was done, leading back to the case."""
        return Done(words, case_page(self.case))


class Acts(CaseDeed):
    """Change what a case is about, until its subject was heard."""

    form_class = forms.ActsForm
    verb = gettext_lazy("Lưu")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if self.case.hearings.all():
            raise Missing

    def title(self) -> str:
        return _("Sửa nội dung vụ việc")

    def sentence(self) -> str:
        return _("Sửa được đến khi đối tượng được nghe. Thời hiệu tính lại theo các ngày ở đây.")

    def form_options(self) -> dict[str, Any]:
        heads = [(one.key, one.title) for one in limitation_law(self.case).value.without]
        return {"heads": heads, "rows": max(forms.ACTS, len(self.case.acts.all()) + 1)}

    def initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {"matter": self.case.matter, "head": self.case.head}
        for row, one in enumerate(self.case.acts.all()):
            found |= {f"act{row}": one.text, f"day{row}": one.done_on}
        return found

    def act(self, data: dict[str, Any]) -> Done:
        told = {name: data[name] for name in ("acts", "matter", "head")}
        cases.edit_acts(**self.signed, case=self.case, **told)
        return self.done(_("Đã sửa."))


class Handlers(CaseDeed):
    """Say who has a case in hand."""

    form_class = forms.HandlersForm
    verb = gettext_lazy("Lưu")

    def title(self) -> str:
        return _("Người thụ lý")

    def sentence(self) -> str:
        return _("Người thôi thụ lý không mở xem được nữa. Đối tượng và người thân không thụ lý.")

    def form_options(self) -> dict[str, Any]:
        return {"people": entering.handler_options(self.case, clock.today())}

    def initial(self) -> dict[str, Any]:
        return {"handlers": [str(one.member_id) for one in self.case.handlers.all()]}

    def act(self, data: dict[str, Any]) -> Done:
        people = entering.members_of(data["handlers"])
        cases.name_handlers(**self.signed, case=self.case, handlers=people)
        return self.done(_("Đã ghi người thụ lý."))


class Postpone(CaseDeed):
    """Set a case aside for a time."""

    form_class = forms.PostponeForm
    verb = gettext_lazy("Tạm chưa xem xét")

    def title(self) -> str:
        return _("Tạm chưa xem xét")

    def sentence(self) -> str:
        return _("Trong thời gian này không nghe, không bỏ phiếu, không ra quyết định.")

    def ground(self) -> Ground:
        law = discipline_of(self.case)
        words = _("Chưa xem xét khi mang thai, nuôi con dưới %(months)s tháng, bệnh nặng đang nằm viện.")
        return Ground(words % {"months": law.value.nursing_months}, law)

    def initial(self) -> dict[str, Any]:
        return {"since": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        cases.postpone_case(**self.signed, case=self.case, **data)
        return self.done(_("Đã ghi tạm chưa xem xét."))


class Resume(CaseDeed):
    """Consider a case again."""

    form_class = forms.DayForm
    verb = gettext_lazy("Xem xét trở lại")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if not standing_of(self.case, clock.today()).facts.postponed:
            raise Missing

    def title(self) -> str:
        return _("Xem xét trở lại")

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        cases.resume_case(**self.signed, case=self.case, **data)
        return self.done(_("Đã ghi xem xét trở lại. Làm tiếp bước đang chờ."))


class Drop(CaseDeed):
    """Close a case without discipline."""

    form_class = ReasonForm
    verb = gettext_lazy("Kết thúc, không kỷ luật")
    final = True

    def title(self) -> str:
        return _("Kết thúc vụ việc, không kỷ luật")

    def sentence(self) -> str:
        return _("Đối tượng đọc được lý do. Hồ sơ và kết quả bỏ phiếu đã có vẫn lưu.")

    def initial(self) -> dict[str, Any]:
        return {"reason": _("Hết thời hiệu")} if standing_of(self.case, clock.today()).facts.lapsed else {}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [_("Vụ việc đóng lại, không mở lại được."), _("Không có quyết định kỷ luật nào.")]

    def act(self, data: dict[str, Any]) -> Done:
        cases.drop_case(**self.signed, case=self.case, **data)
        return self.done(_("Đã kết thúc vụ việc, không kỷ luật."))


class SelfReview(CaseDeed):
    """The subject writes the review of self; or who has the case in hand types it from paper."""

    form_class = forms.SelfReviewForm
    verb = gettext_lazy("Nộp bản tự kiểm điểm")

    def prepare(self, **address: Any) -> None:
        try:
            self.case, self.own = selector.subject_view(self.request.user, address["pk"]), True
        except Missing:
            super().prepare(**address)
            self.own = False
        over = self.case.state not in {"opened", "reviewed"} or self.case.hearings.all()
        theirs = self.case.self_reviewed_on and not self.case.self_review_typed_by
        if over or (theirs and not self.own):
            raise Missing

    def opened(self) -> None:
        if not self.own:
            super().opened()

    def title(self) -> str:
        return _("Bản tự kiểm điểm của tôi") if self.own else _("Ghi hộ bản tự kiểm điểm từ bản giấy")

    def sentence(self) -> str:
        if self.own:
            return _(
                "Sửa được đến khi đồng chí được nghe trình bày. Không ai sửa được lời đồng chí ghi ở đây."
            )
        return _("Ghi đúng như bản giấy. Đối tượng thấy ai ghi hộ và sửa được.")

    def crumbs(self) -> list[Crumb]:
        if not self.own:
            return super().crumbs()
        return [list_crumb(), Crumb(self.case.matter, reverse("oversight:my-case", args=[self.case.pk]))]

    def form_options(self) -> dict[str, Any]:
        return {"forms_open": entering.form_options(self.case), "own": self.own}

    def initial(self) -> dict[str, Any]:
        return {
            "text": self.case.self_review,
            "proposed": self.case.self_proposed,
            "on": self.case.self_reviewed_on or clock.today(),
        }

    def act(self, data: dict[str, Any]) -> Done:
        self_review.submit_self_review(**self.signed, case=self.case, **data)
        if self.own:
            words = _("Đã nộp bản tự kiểm điểm. Việc tiếp theo: đồng chí được nghe trình bày.")
            return Done(words, reverse("oversight:my-case", args=[self.case.pk]))
        return self.done(_("Đã ghi bản tự kiểm điểm. Việc tiếp theo: nghe trình bày."))


class SelfReviewRefused(CaseDeed):
    """Write that there is no review of self, and why."""

    form_class = ReasonForm
    verb = gettext_lazy("Ghi không có bản tự kiểm điểm")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if (
            self.case.self_reviewed_on
            or self.case.state not in {"opened", "reviewed"}
            or self.case.hearings.all()
        ):
            raise Missing

    def title(self) -> str:
        return _("Không có bản tự kiểm điểm")

    def sentence(self) -> str:
        return _("Từ chối hoặc đang bị tạm giữ, tạm giam thì vẫn tiến hành; lý do lưu hồ sơ.")

    def initial(self) -> dict[str, Any]:
        return {"reason": self.case.self_review_refused}

    def act(self, data: dict[str, Any]) -> Done:
        self_review.refuse_self_review(**self.signed, case=self.case, **data)
        return self.done(_("Đã ghi. Việc tiếp theo: nghe trình bày."))


class Hear(CaseDeed):
    """Write how the subject was heard, or why not."""

    form_class = forms.HearForm
    verb = gettext_lazy("Ghi buổi nghe")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if self.case.state not in {"reviewed", "heard"}:
            raise Missing
        self.before = next(
            (
                one
                for one in self.case.hearings.all()
                if (one.unit_id, one.body) == (self.case.deciding_unit_id, self.case.deciding_body)
            ),
            None,
        )

    def title(self) -> str:
        return _("Nghe đối tượng trình bày")

    def sentence(self) -> str:
        body = body_words(self.case.deciding_unit, self.case.deciding_body)
        return _("Đại diện %(body)s nghe trước khi bỏ phiếu; chưa nghe thì không bỏ phiếu được.") % {
            "body": body
        }

    def form_options(self) -> dict[str, Any]:
        return {"people": entering.hearer_options(self.case, clock.today())}

    def initial(self) -> dict[str, Any]:
        if self.before is None:
            return {"on": clock.today()}
        names = ("on", "said", "absent_because")
        return {name: getattr(self.before, name) for name in names} | {
            "heard_by": str(self.before.heard_by_id)
        }

    def act(self, data: dict[str, Any]) -> Done:
        (who,) = entering.members_of([data.pop("heard_by")])
        case_hearing.hear(**self.signed, case=self.case, heard_by=who, **data)
        return self.done(_("Đã ghi. Việc tiếp theo: bỏ phiếu."))


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
            words += " " + own_member_words()
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
            words = _("Đã bỏ phiếu: %(form)s, %(votes)s phiếu.") + " " + own_member_words()
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
