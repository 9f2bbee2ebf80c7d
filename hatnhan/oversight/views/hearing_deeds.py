"""The subject's review of self, or why there is none, and how the subject was heard: one page a deed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Done
from hatnhan.core.errors import Missing
from hatnhan.organization.selectors.bodies import body_words
from hatnhan.oversight.actions import case_hearing, self_review
from hatnhan.oversight.forms import discipline as forms
from hatnhan.oversight.forms.checks import ReasonForm
from hatnhan.oversight.selectors import cases as selector
from hatnhan.oversight.selectors import entering_case as entering
from hatnhan.oversight.views.case_deeds import CaseDeed, list_crumb


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
