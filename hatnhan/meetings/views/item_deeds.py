"""What is done on one item of a meeting: a task given, a vote noted, a secret ballot drafted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.assignments.actions.opening import TaskData
from hatnhan.ballots.selectors.pool import people_of
from hatnhan.ballots.wording import KINDS
from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Done
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day
from hatnhan.meetings.actions import minutes
from hatnhan.meetings.forms.live import EmptyForm, ItemBallotForm, TaskForm, VoteForm
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import items, roll
from hatnhan.meetings.views.live import MeetingDeed
from hatnhan.organization.selectors.bodies import bodies_of, body_title

if TYPE_CHECKING:
    from django.http import QueryDict

    from hatnhan.core.forms import Form


class ItemDeed(MeetingDeed):
    """Something done on one item."""

    def prepare(self, **address: Any) -> None:
        super().prepare(pk=items.meeting_of(address["pk"]))
        self.item = items.item_of(self.meeting, address["pk"])

    @property
    def back(self) -> str:
        """The item's page."""
        return reverse("meetings:item", args=[self.item.pk])

    def crumbs(self) -> list[Crumb]:
        agenda = reverse("meetings:items", args=[self.meeting.pk])
        return [Crumb(self.meeting.title, agenda), Crumb(self.item.title, self.back)]


class GiveTask(ItemDeed):
    """Give a task that the item ended in."""

    permission = Action.TASK
    form_class = TaskForm
    verb = gettext_lazy("Giao việc")

    def title(self) -> str:
        return _("Giao việc: %(item)s") % {"item": self.item.title}

    def sentence(self) -> str:
        words = _("Việc giao tại cuộc họp ngày %(day)s. Người làm thấy ở trang Nhiệm vụ của mình.")
        return words % {"day": day(self.meeting.starts_at.astimezone(clock.HERE).date())}

    def form_options(self) -> dict[str, Any]:
        unit = self.meeting.unit
        bodies = [(str(body.value), body_title(unit, body)) for body in bodies_of(unit)]
        return {"people": [one.member for one in roll.invitees(self.meeting)], "bodies": bodies}

    def act(self, data: dict[str, Any]) -> Done:
        owner, body = self._chosen(data["owner"])
        given = TaskData(
            title=data["title"],
            due=data["due"],
            owner=owner,
            owner_unit=self.meeting.unit if body else None,
            owner_body=body,
            detail=data["detail"],
        )
        minutes.give_item_tasks(**self.signed, meeting=self.meeting, tasks=[(self.item, given)])
        return Done(_("Đã giao việc “%(title)s”.") % {"title": data["title"]}, self.back)

    def _chosen(self, key: str) -> tuple[Any, str]:
        """Return the person who does it, or the body, for a key of the form's choice."""
        if key.startswith("b"):
            return None, key[1:]
        people = self.form_options()["people"]
        return next(one for one in people if f"m{one.pk}" == key), ""


class RecordVote(ItemDeed):
    """Note a vote by raised hand."""

    permission = Action.MINUTES
    form_class = VoteForm
    verb = gettext_lazy("Ghi biểu quyết")

    def title(self) -> str:
        return _("Biểu quyết giơ tay: %(item)s") % {"item": self.item.title}

    def sentence(self) -> str:
        words = _("Có mặt %(voters)d đảng viên chính thức của tập thể họp, là những người được biểu quyết.")
        return words % {"voters": minutes.voters_present(self.meeting)}

    def initial(self) -> dict[str, Any]:
        return {"question": self.item.title}

    def act(self, data: dict[str, Any]) -> Done:
        minutes.record_vote(**self.signed, item=self.item, **data)
        return Done(_("Đã ghi biểu quyết."), self.back)


class RemoveVote(MeetingDeed):
    """Take back a vote that was noted wrongly."""

    permission = Action.MINUTES
    form_class = EmptyForm
    verb = gettext_lazy("Bỏ biểu quyết này")

    def prepare(self, **address: Any) -> None:
        self.vote = items.vote_of(address["pk"])
        super().prepare(pk=self.vote.item.meeting_id)

    @property
    def back(self) -> str:
        """The item's page."""
        return reverse("meetings:item", args=[self.vote.item_id])

    def title(self) -> str:
        return _("Bỏ biểu quyết ghi sai: %(question)s") % {"question": self.vote.question}

    def sentence(self) -> str:
        words = _("Đã ghi %(yes)d tán thành, %(no)d không tán thành, %(other)d ý kiến khác.")
        vote = self.vote
        return words % {"yes": vote.in_favour, "no": vote.against, "other": vote.other}

    def act(self, _data: dict[str, Any]) -> Done:
        minutes.remove_vote(**self.signed, vote=self.vote)
        return Done(_("Đã bỏ. Ghi lại biểu quyết cho đúng nếu cần."), self.back)


class PutToBallot(ItemDeed):
    """Draft a secret ballot on the item."""

    permission = Action.BALLOT
    form_class = ItemBallotForm
    template_name = "ballots/draft_form.html"
    verb = gettext_lazy("Soạn phiếu kín")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if self.meeting.state != "open":
            raise Missing
        kind = self.request.GET.get("cach", "")
        self.kind = kind if kind in KINDS else next(iter(KINDS))

    def title(self) -> str:
        return _("Bỏ phiếu kín: %(item)s") % {"item": self.item.title}

    def sentence(self) -> str:
        return _("Soạn xong thì xem lại rồi mở. Người đã điểm danh có mặt được đánh dấu sẵn khi mở.")

    def initial(self) -> dict[str, Any]:
        return {"title": self.item.title}

    def form_options(self) -> dict[str, Any]:
        pool = people_of(self.meeting.unit, clock.today())
        return {"unit": self.meeting.unit, "bodies": [self.meeting.body], "kind": self.kind, "pool": pool}

    def extra(self) -> dict[str, Any]:
        return {"kinds": KINDS, "kind": self.kind}

    def act(self, data: dict[str, Any]) -> Done:
        asked = self._told.data_for(data)
        ballot = minutes.put_to_ballot(**self.signed, item=self.item, kind=self.kind, **asked)
        url = reverse("ballots:ballot", args=[ballot.pk])
        return Done(_("Đã soạn phiếu kín. Xem lại, rồi mở khi mọi người đã có mặt."), url)

    def _form(self, data: QueryDict | None = None) -> Form:
        form = super()._form(data)
        assert isinstance(form, ItemBallotForm)  # noqa: S101 - named above
        self._told = form
        return form
