"""The vote on grades and the proposal made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Done, Ground
from hatnhan.core.errors import Missing
from hatnhan.reviews.actions import proposing, voting
from hatnhan.reviews.forms import sitting as forms
from hatnhan.reviews.selectors import proposing as beside
from hatnhan.reviews.selectors import sittings as selector
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.votes import rule_of, votes_of
from hatnhan.reviews.views.sitting_deeds import SittingDeed
from hatnhan.reviews.views.sittings import votes_context

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request


def votes(request: Request, pk: int) -> HttpResponse:
    """Show the votes of a meeting, and how they are taken or typed in.

    Up to 18 queries, however many are on the list: session and person, powers, the meeting, its list, votes, the rule.
    """
    found = selector.sitting_for(request.user, pk)
    return render(request, "reviews/sitting/votes.html", votes_context(request, found))


class _VoteDeed(SittingDeed):
    """Something about the grades of those whom the meeting votes on."""

    states: ClassVar[tuple[str, ...]] = ("held", "proposed")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.voted = voting.voted_on(self.places())
        if not self.voted:
            raise Missing

    def grades(self) -> dict[int, list[tuple[str, str]]]:
        """Return the grades by place, as each kind calls them."""
        return beside.grade_options(self.voted, law_of(self.sitting.cycle))

    def majority(self) -> Ground:
        """Return the majority that a grade takes."""
        rule = rule_of(self.sitting)
        words = _("Đề nghị mức được %(words)s; không mức nào đủ thì ghi lý do.") % {"words": rule.words}
        return Ground(words, rule)


class OpenVote(_VoteDeed):
    """Draft the secret vote."""

    form_class = forms.TellersForm
    template_name = "reviews/sitting/vote.html"
    verb = gettext_lazy("Lập phiếu kín")
    states = ("held",)

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if self.sitting.ballot is not None and self.sitting.ballot.state != "cancelled":
            raise Missing

    def title(self) -> str:
        return _("Bỏ phiếu xếp loại: %(where)s") % {"where": selector.title_of(self.sitting)}

    def sentence(self) -> str:
        words = _("Trên phiếu có %(count)s dòng theo thứ tự kiểm điểm, mỗi dòng chọn một mức.")
        return words % {"count": len(self.voted)}

    def ground(self) -> Ground:
        return self.majority()

    def form_options(self) -> dict[str, Any]:
        self.people = selector.teller_options(self.sitting, clock.today())
        return {"people": [(str(one.pk), one.full_name) for one in self.people]}

    def extra(self) -> dict[str, Any]:
        law = law_of(self.sitting.cycle).steps
        return super().extra() | {
            "steps": law,
            "secret": law.value.ballot == "secret",
            "sitting": self.sitting,
        }

    def act(self, data: dict[str, Any]) -> Done:
        by_pk = {str(one.pk): one for one in self.people}
        tellers = (by_pk[data["first_teller"]], by_pk[data["second_teller"]])
        made = voting.open_vote(**self.signed, sitting=self.sitting, tellers=tellers)
        words = _("Đã lập phiếu. Mở cuộc bỏ phiếu khi mọi người có mặt.")
        return Done(words, reverse("ballots:ballot", args=[made.pk]))


class TakeVotes(_VoteDeed):
    """Read the counted ballot."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Lấy kết quả phiếu")
    states = ("held",)

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if self.sitting.ballot is None or self.sitting.ballot.state != "closed":
            raise Missing

    def title(self) -> str:
        return _("Lấy kết quả phiếu: %(where)s") % {"where": selector.title_of(self.sitting)}

    def sentence(self) -> str:
        return _("Số phiếu từng mức đưa vào danh sách đề nghị. Chỉ có tổng số, không có phiếu của ai.")

    def act(self, data: dict[str, Any]) -> Done:
        voting.take_votes(**self.signed, sitting=self.sitting, **data)
        return self.done(_("Đã lấy kết quả phiếu."))


class CountCards(_VoteDeed):
    """Type how many gave each grade."""

    form_class = forms.CountForm
    template_name = "reviews/sitting/count.html"
    verb = gettext_lazy("Ghi kết quả biểu quyết")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if not voting.counts_by_hand(self.sitting):
            raise Missing

    def title(self) -> str:
        return _("Ghi kết quả biểu quyết: %(where)s") % {"where": selector.title_of(self.sitting)}

    def sentence(self) -> str:
        words = _("Giơ thẻ, hoặc phiếu giấy đã kiểm. Mỗi dòng cộng không quá %(present)s đảng viên có mặt.")
        return words % {"present": self.sitting.present or 0}

    def ground(self) -> Ground:
        return self.majority()

    def form_options(self) -> dict[str, Any]:
        return {"places": self.voted, "grades": self.grades(), "names": self.names()}

    def initial(self) -> dict[str, Any]:
        known = votes_of(self.sitting)
        return {
            f"votes_{place}_{grade}": count
            for place, row in known.items()
            for grade, count in row.by_grade.items()
        }

    def extra(self) -> dict[str, Any]:
        return super().extra() | {"names": self.names()}

    def act(self, data: dict[str, Any]) -> Done:  # noqa: ARG002 - read from the form, row by row
        voting.count_cards(**self.signed, sitting=self.sitting, votes=self.told(forms.CountForm).votes())
        return self.done(_("Đã ghi kết quả biểu quyết. Đề nghị mức xếp loại."))


class Propose(_VoteDeed):
    """Propose the grades."""

    form_class = forms.ProposeForm
    template_name = "reviews/sitting/propose.html"
    check_template_name = "reviews/sitting/propose_check.html"
    verb = gettext_lazy("Gửi đề nghị")
    final = True

    def title(self) -> str:
        return _("Đề nghị mức xếp loại: %(where)s") % {"where": selector.title_of(self.sitting)}

    def sentence(self) -> str:
        return _("Chọn sẵn mức được biểu quyết. Mức khác, hoặc mức chưa đủ điều kiện thì ghi lý do.")

    def ground(self) -> Ground:
        return self.majority()

    def form_options(self) -> dict[str, Any]:
        return {"places": self.voted, "grades": self.grades(), "names": self.names()}

    def initial(self) -> dict[str, Any]:
        # What the body voted, not what the software finds: where it came to nothing, nothing is chosen.
        chosen = {f"grade_{key}": row.chosen for key, row in votes_of(self.sitting).items()}
        return {**chosen, "proposed_on": clock.today()}

    def state(self) -> str:
        return f"{self.sitting.version}|{[one.entry.version for one in self.voted]}"

    def extra(self) -> dict[str, Any]:
        return super().extra() | {
            "beside": beside.beside(self.sitting, self.voted),
            "caps": beside.caps_now(self.sitting.cycle, self._chosen()),
            "caps_law": law_of(self.sitting.cycle).caps,
            "names": self.names(),
        }

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return beside.consequences(
            self.voted, self.told(forms.ProposeForm).grades(), law_of(self.sitting.cycle)
        )

    def act(self, data: dict[str, Any]) -> Done:
        proposing.propose(
            **self.signed, sitting=self.sitting, grades=self.told(forms.ProposeForm).grades(),
            proposal_no=data["proposal_no"], proposed_on=data["proposed_on"],
        )  # fmt: skip
        return self.done(_("Đã gửi đề nghị. Chờ thẩm định."))

    def _chosen(self) -> dict[int, str]:
        """Return the grades that stand in the form now, by id of the entry."""
        form = self.told(forms.ProposeForm)
        known = {str(key) for key, _words in self.grades()[self.voted[0].pk]}
        found = {one.entry_id: str(form[f"grade_{one.pk}"].value() or "") for one in self.voted}
        return {key: grade for key, grade in found.items() if grade in known}


class TakeBack(SittingDeed):
    """Take the proposal back."""

    form_class = forms.ReasonForm
    verb = gettext_lazy("Rút đề nghị")
    states = ("proposed",)

    def title(self) -> str:
        return _("Rút đề nghị: %(where)s") % {"where": selector.title_of(self.sitting)}

    def sentence(self) -> str:
        return _("Mọi mức hội nghị đã đề nghị được rút lại để đề nghị lại. Đã thẩm định thì không rút được.")

    def act(self, data: dict[str, Any]) -> Done:
        proposing.take_back_proposal(**self.signed, sitting=self.sitting, **data)
        return self.done(_("Đã rút đề nghị."))
