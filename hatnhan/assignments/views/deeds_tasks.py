"""What is done about tasks: one page a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.assignments import permissions
from hatnhan.assignments.actions import tasks as actions
from hatnhan.assignments.actions.opening import TaskData
from hatnhan.assignments.forms import tasks as forms
from hatnhan.assignments.permissions import Action
from hatnhan.assignments.selectors import choosing
from hatnhan.assignments.selectors import tasks as selectors
from hatnhan.core import clock, vietnamese
from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Missing

if TYPE_CHECKING:
    from hatnhan.assignments.models import Task
    from hatnhan.organization.models import Member, Unit

SECTION = "assignments:home"


def task_page(task: Task) -> str:
    """Return the address of a task's page."""
    return reverse("assignments:task", args=[task.pk])


class Give(Deed):
    """Give a task in the unit that is looked at."""

    section = SECTION
    form_class = forms.GiveForm
    template_name = "assignments/deeds/choose.html"
    verb = gettext_lazy("Giao việc")
    unit: Unit

    def prepare(self, **_address: Any) -> None:
        if self.request.unit is None:
            raise Missing
        self.unit = self.request.unit
        permissions.require_lead(self.request.user, self.unit.pk)
        self.query = self.request.GET.get("q", "").strip()
        self.found = choosing.found_by_name(self.unit, self.query)

    def title(self) -> str:
        return _("Giao việc")

    def sentence(self) -> str:
        words = _("Nơi giao: %(unit)s. Người được giao thấy việc này ngay, và báo kết quả tại đây.")
        return words % {"unit": self.unit}

    def crumbs(self) -> list[Crumb]:
        url = f"{reverse('assignments:unit')}?don_vi={self.unit.code}"
        return [Crumb(_("Nhiệm vụ"), reverse("assignments:home")), Crumb(self.unit.name, url)]

    def form_options(self) -> dict[str, Any]:
        owners = choosing.owner_groups(self.unit, clock.today(), self.found)
        helpers = choosing.helpers(self.unit, clock.today())
        return {"unit": self.unit, "owners": owners, "helpers": helpers}

    def initial(self) -> dict[str, Any]:
        """Choose the only one found, and the group from whose line one came."""
        only = choosing.member_value(self.found[0]) if len(self.found) == 1 else ""
        return {"owner": only, "group": self.request.GET.get("nhom", "")}

    def extra(self) -> dict[str, Any]:
        return {"query": self.query, "found": self.found, "searches": not self.unit.is_cell}

    def act(self, data: dict[str, Any]) -> Done:
        owner, owner_unit, body = choosing.owner_of(data["owner"], self.unit)
        task = actions.give_task(
            **self.signed,
            unit=self.unit,
            data=TaskData(
                title=data["title"],
                detail=data["detail"],
                due=data["due"],
                owner=owner,
                owner_unit=owner_unit,
                owner_body=body,
                helpers=tuple(data["helpers"]),
                group=data.get("group"),
            ),
        )
        words = _("Đã giao việc cho %(owner)s, hạn %(due)s.")
        return Done(words % {"owner": task.owner_name, "due": vietnamese.day(task.due)}, task_page(task))


class TaskDeed(Deed):
    """Something done about a task."""

    section = SECTION
    permission: ClassVar[Action]
    task: Task

    def prepare(self, **address: Any) -> None:
        self.task = selectors.task_for(self.request.user, address["pk"])
        permissions.require(self.request.user, self.permission, self.task)

    def sentence(self) -> str:
        words = _("Người làm: %(owner)s. Giao ngày %(given)s, hạn %(due)s.")
        given, due = vietnamese.day(self.task.given_on), vietnamese.day(self.task.due)
        return words % {"owner": self.task.owner_name, "given": given, "due": due}

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("Nhiệm vụ"), reverse("assignments:home")),
            Crumb(self.task.title, task_page(self.task)),
        ]

    def state(self) -> str:
        return f"{self.task.state}:{self.task.due}:{self.task.owner_id}:{self.task.owner_unit_id}"

    def done(self, words: str) -> Done:
        """Return to the task's page."""
        return Done(words, task_page(self.task))


class Progress(TaskDeed):
    """Tell how far a task has come."""

    permission = Action.PROGRESS
    form_class = forms.ProgressForm
    verb = gettext_lazy("Báo tiến độ")

    def title(self) -> str:
        return _("Báo tiến độ: %(task)s") % {"task": self.task}

    def act(self, data: dict[str, Any]) -> Done:
        actions.report_progress(**self.signed, task=self.task, **data)
        return self.done(_("Đã ghi tiến độ. Nơi giao đọc được ở trang này."))


class ReportDone(TaskDeed):
    """Report a task as done."""

    permission = Action.DONE
    form_class = forms.DoneForm
    verb = gettext_lazy("Báo đã làm xong")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.for_owner = permissions.reports_for_owner(self.request.user, self.task)

    def title(self) -> str:
        words = _("Báo hộ đã làm xong: %(task)s") if self.for_owner else _("Báo đã làm xong: %(task)s")
        return words % {"task": self.task}

    def sentence(self) -> str:
        said = super().sentence()
        if not self.for_owner:
            return said
        return said + " " + _("Người làm chưa có tài khoản: đồng chí ghi hộ, phần mềm ghi rõ ai đã ghi.")

    def initial(self) -> dict[str, Any]:
        return {"done_on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        actions.report_done(**self.signed, task=self.task, **data)
        if self.for_owner:
            return self.done(
                _("Đã báo hộ. Đồng chí kiểm tra: đạt thì công nhận, chưa đạt thì yêu cầu làm tiếp.")
            )
        words = _("Đã báo làm xong. Bí thư, Phó Bí thư %(unit)s kiểm tra rồi công nhận.")
        return self.done(words % {"unit": self.task.unit})


class Verify(TaskDeed):
    """Confirm that a task is done."""

    permission = Action.VERIFY
    form_class = forms.VerifyForm
    verb = gettext_lazy("Công nhận xong")

    def title(self) -> str:
        return _("Công nhận xong: %(task)s") % {"task": self.task}

    def sentence(self) -> str:
        words = _("Người làm: %(owner)s. Kết quả đã báo: %(outcome)s")
        said = words % {"owner": self.task.owner_name, "outcome": self.task.outcome}
        if not permissions.verifies_alone(self.request.user, self.task):
            return said
        alone = _(
            "Nơi giao không có Bí thư, Phó Bí thư nào khác nên đồng chí tự công nhận việc của mình; phần mềm ghi rõ."
        )
        return f"{said} {alone}"

    def act(self, data: dict[str, Any]) -> Done:
        actions.verify_task(**self.signed, task=self.task, **data)
        return self.done(_("Đã công nhận việc này xong."))


class Return(TaskDeed):
    """Send a task back that is not done well enough."""

    permission = Action.RETURN
    form_class = forms.ReturnForm
    verb = gettext_lazy("Yêu cầu làm tiếp")

    def title(self) -> str:
        return _("Chưa đạt, làm tiếp: %(task)s") % {"task": self.task}

    def act(self, data: dict[str, Any]) -> Done:
        actions.return_task(**self.signed, task=self.task, **data)
        return self.done(_("Đã ghi. Người làm thấy điều còn thiếu ở trang này."))


class Postpone(TaskDeed):
    """Move a task's last day back."""

    permission = Action.POSTPONE
    form_class = forms.PostponeForm
    verb = gettext_lazy("Lùi hạn")

    def title(self) -> str:
        return _("Lùi hạn: %(task)s") % {"task": self.task}

    def act(self, data: dict[str, Any]) -> Done:
        actions.postpone_task(**self.signed, task=self.task, **data)
        return self.done(_("Đã lùi hạn đến ngày %(day)s.") % {"day": vietnamese.day(data["due"])})


class HandOver(TaskDeed):
    """Give a task to another person or body."""

    permission = Action.HAND_OVER
    form_class = forms.HandOverForm
    template_name = "assignments/deeds/choose.html"
    verb = gettext_lazy("Đổi người làm")
    found: list[Member]

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.query = self.request.GET.get("q", "").strip()
        self.found = choosing.found_by_name(self.task.unit, self.query)

    def title(self) -> str:
        return _("Đổi người làm: %(task)s") % {"task": self.task}

    def form_options(self) -> dict[str, Any]:
        return {"owners": choosing.owner_groups(self.task.unit, clock.today(), self.found)}

    def initial(self) -> dict[str, Any]:
        return {"owner": choosing.member_value(self.found[0]) if len(self.found) == 1 else ""}

    def extra(self) -> dict[str, Any]:
        return {"query": self.query, "found": self.found, "searches": not self.task.unit.is_cell}

    def act(self, data: dict[str, Any]) -> Done:
        owner, owner_unit, body = choosing.owner_of(data["owner"], self.task.unit)
        actions.hand_over_task(
            **self.signed,
            task=self.task,
            reason=data["reason"],
            owner=owner,
            owner_unit=owner_unit,
            owner_body=body,
        )
        return self.done(_("Đã giao lại cho %(owner)s.") % {"owner": self.task.owner_name})


class Withdraw(TaskDeed):
    """Give a task up."""

    permission = Action.WITHDRAW
    form_class = forms.WithdrawForm
    verb = gettext_lazy("Thôi việc này")
    final = True

    def title(self) -> str:
        return _("Thôi việc: %(task)s") % {"task": self.task}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        owner = self.task.owner_name
        return [
            _("%(owner)s không phải làm việc này nữa.") % {"owner": owner},
            _("Việc này không còn trong danh sách chưa xong, và không tính vào tỷ lệ đúng hạn."),
        ]

    def act(self, data: dict[str, Any]) -> Done:
        actions.withdraw_task(**self.signed, task=self.task, **data)
        return self.done(_("Đã ghi: thôi việc này."))
