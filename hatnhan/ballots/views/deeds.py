"""What is done with a ballot besides voting: drafted, opened, counted, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from hatnhan.ballots import origins, permissions
from hatnhan.ballots.actions import counting, drafting, opening, tries
from hatnhan.ballots.forms.drafting import CancelForm, DraftForm, OpenForm
from hatnhan.ballots.forms.voting import PaperForm
from hatnhan.ballots.permissions import Action
from hatnhan.ballots.selectors import ballots
from hatnhan.ballots.selectors.eligibility import roll_of
from hatnhan.ballots.selectors.pool import people_of
from hatnhan.ballots.selectors.questions import as_kept, majority_for
from hatnhan.ballots.views.frame import SECTION, ballot_page, crumbs
from hatnhan.ballots.wording import KINDS
from hatnhan.core import clock
from hatnhan.core.deeds import CONFIRM, Crumb, Deed, Done, Ground
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.organization.selectors.bodies import bodies_of

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from hatnhan.ballots.models import Ballot
    from hatnhan.core.forms import Form


class Draft(Deed):
    """Draft a ballot of the unit looked at; which kind of question stands in the address."""

    section = SECTION
    form_class = DraftForm
    template_name = "ballots/draft_form.html"
    verb = gettext_lazy("Soạn cuộc bỏ phiếu")

    def prepare(self, **_address: Any) -> None:
        if self.request.unit is None:
            raise Missing
        self.unit = self.request.unit
        permissions.require_lead(self.request.user, self.unit.pk)
        kind = self.request.GET.get("cach", "")
        self.kind = kind if kind in KINDS else next(iter(KINDS))

    def title(self) -> str:
        return _("Soạn cuộc bỏ phiếu kín: %(unit)s") % {"unit": self.unit}

    def sentence(self) -> str:
        return _("Soạn xong thì còn xem lại được; danh sách người bỏ phiếu lập khi mở.")

    def crumbs(self) -> list[Crumb]:
        return crumbs()

    def form_options(self) -> dict[str, Any]:
        pool = people_of(self.unit, clock.today())
        return {"unit": self.unit, "bodies": bodies_of(self.unit), "kind": self.kind, "pool": pool}

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today(), "body": bodies_of(self.unit)[0]}

    def extra(self) -> dict[str, Any]:
        return {"kinds": KINDS, "kind": self.kind}

    def act(self, data: dict[str, Any]) -> Done:
        form = self._told
        ballot = drafting.draft_ballot(**self.signed, unit=self.unit, kind=self.kind, **form.data_for(data))
        return Done(_("Đã soạn. Xem lại phiếu, rồi mở khi mọi người đã có mặt."), ballot_page(ballot))

    def _form(self, data: QueryDict | None = None) -> Form:
        form = super()._form(data)
        assert isinstance(form, DraftForm)  # noqa: S101 - named above
        self._told = form
        return form


class BallotDeed(Deed):
    """Something done with a ballot that exists."""

    section = SECTION
    permission: ClassVar[Action]
    ballot: Ballot

    def prepare(self, **address: Any) -> None:
        self.ballot = ballots.ballot_for(self.request.user, address["pk"])
        permissions.require(self.request.user, self.permission, self.ballot)

    def crumbs(self) -> list[Crumb]:
        return crumbs(self.ballot)

    @property
    def names(self) -> dict[str, str]:
        """The ballot, to be put into sentences."""
        return {"title": self.ballot.title}


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Open(BallotDeed):
    """Freeze the roll and open the voting."""

    permission = Action.OPEN
    form_class = OpenForm
    verb = gettext_lazy("Mở bỏ phiếu")

    def title(self) -> str:
        return _("Mở bỏ phiếu: %(title)s") % self.names

    def sentence(self) -> str:
        return _(
            "Đánh dấu người có mặt; danh sách bỏ phiếu chốt lúc mở. Từng người kiểm phiếu tự đặt một mật khẩu và giữ "
            "lấy: thiếu một trong hai thì không ai mở được phiếu, kể cả người quản trị."
        )

    def ground(self) -> Ground:
        rule = majority_for(self.ballot.purpose, clock.today(), self.ballot.unit)
        kept = as_kept(rule)
        words = _(
            "Thông qua khi đạt %(rule)s. Mở được khi có mặt ít nhất %(quorum)s số người có quyền biểu quyết."
        )
        quorum = f"{kept.quorum.numerator}/{kept.quorum.denominator}"
        return Ground(words % {"rule": kept.words, "quorum": quorum}, rule)

    def form_options(self) -> dict[str, Any]:
        here = self.initial()["present"]
        lines = roll_of(
            self.ballot.unit,
            self.ballot.body,
            clock.today(),
            present=here,
            concerned_id=self.ballot.concerned_id,
        )
        return {"lines": lines, "tellers": ballots.tellers_of(self.ballot)}

    def initial(self) -> dict[str, Any]:
        """Mark those whom the meeting has marked."""
        origin = origins.of([self.ballot.pk]).get(self.ballot.pk)
        return {"present": sorted(origin.present) if origin else []}

    def act(self, data: dict[str, Any]) -> Done:
        words = (data["first"], data["second"])
        opening.open_ballot(**self.signed, ballot=self.ballot, present=data["present"], passphrases=words)
        message = _("Đã mở bỏ phiếu. Mời từng đồng chí bỏ phiếu trên máy, hoặc nhận phiếu giấy.")
        return Done(message, ballot_page(self.ballot))


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Close(BallotDeed):
    """Enter the paper count, read it over, and open the urn with both passphrases."""

    permission = Action.CLOSE
    form_class = PaperForm
    check_template_name = "ballots/close_check.html"
    verb = gettext_lazy("Kiểm phiếu")
    final = True

    def title(self) -> str:
        return _("Kiểm phiếu: %(title)s") % self.names

    def sentence(self) -> str:
        turnout = ballots.turnout_of(self.ballot)
        words = _(
            "Đã có %(voted)s trên %(entitled)s người bỏ phiếu trên máy. Ghi số phiếu giấy; không phát phiếu giấy thì "
            "để 0. Trang sau mới ghi hai mật khẩu."
        )
        return words % {"voted": turnout.voted, "entitled": turnout.entitled}

    def form_options(self) -> dict[str, Any]:
        options, tellers = ballots.options_of(self.ballot), ballots.tellers_of(self.ballot)
        return {"ballot": self.ballot, "options": options, "tellers": tellers}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        turnout = ballots.turnout_of(self.ballot)
        return [
            _("Thôi nhận phiếu: %(left)s người chưa bỏ phiếu trên máy không bỏ trên máy được nữa.")
            % {"left": turnout.not_on_screen},
            _("%(voted)s phiếu trên máy được xáo, đếm cùng phiếu giấy; chỉ giữ lại tổng số.")
            % {"voted": turnout.voted},
            _("Từng lá phiếu và chìa khóa bị xóa; không kiểm lại được phiếu trên máy."),
        ]

    def act(self, data: dict[str, Any]) -> Done:
        paper = self._told.paper(data)
        if CONFIRM not in self.request.POST:
            # The numbers alone, before anyone types a passphrase.
            counting.review_paper(ballot=self.ballot, paper=paper)
            return Done("", ballot_page(self.ballot))
        words = (data["first"], data["second"])
        counting.close_ballot(**self.signed, ballot=self.ballot, passphrases=words, paper=paper)
        return Done(_("Đã kiểm phiếu xong. In kết quả, lập biên bản kiểm phiếu."), ballot_page(self.ballot))

    def _attempt(self, form: Form, *, rehearse: bool = False) -> Done | None:
        """Count what fails for the passphrases, outside the transaction that such a failure undoes."""
        if rehearse:
            return super()._attempt(form, rehearse=True)
        try:
            taken = tries.take_try(self.ballot)
        except RuleBroken as error:
            form.blame(error)
            return None
        done = super()._attempt(form)
        if done is not None or not self._told.only_passphrases_wrong():
            tries.give_back(taken)
        return done

    def _form(self, data: QueryDict | None = None) -> Form:
        form = super()._form(data)
        assert isinstance(form, PaperForm)  # noqa: S101 - named above
        self._told = form
        return form

    def _page(self, form: Form, template: str = "", **more: Any) -> HttpResponse:
        """Stay on the check page while just the passphrases are wrong: the numbers were read over."""
        if self._told.only_passphrases_wrong() and not template:
            more["consequences"] = self.consequences({})
            template = self.check_template_name
        return super()._page(form, template, **more)


class Cancel(BallotDeed):
    """Cancel a ballot that was not counted."""

    permission = Action.CANCEL
    form_class = CancelForm
    verb = gettext_lazy("Hủy cuộc bỏ phiếu")
    final = True

    def title(self) -> str:
        return _("Hủy cuộc bỏ phiếu: %(title)s") % self.names

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        told = [_("Cuộc bỏ phiếu không có kết quả. Muốn bỏ phiếu lại thì soạn cuộc khác.")]
        voted = ballots.turnout_of(self.ballot).voted
        if voted:
            told.append(_("%(voted)s phiếu đã bỏ bị xóa, không ai đọc được.") % {"voted": voted})
        return told

    def act(self, data: dict[str, Any]) -> Done:
        drafting.cancel_ballot(**self.signed, ballot=self.ballot, reason=data["reason"])
        return Done(_("Đã hủy cuộc bỏ phiếu."), reverse("ballots:home"))
