"""The agenda: items with an owner and papers; what was said and concluded; the tasks and votes that came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.assignments.models import Task
from hatnhan.ballots.models import Ballot
from hatnhan.meetings.models.meeting import Meeting
from hatnhan.meetings.models.series import Series
from hatnhan.organization.models import Member


class AgendaItem(models.Model):
    """One matter. In the backlog it has a series and no meeting; on an agenda it has both, or a meeting alone."""

    class Part(models.TextChoices):
        OPENING = "opening", _("Mở đầu")
        MAIN = "main", _("Nội dung chính")
        SELF_CRITICISM = "self_criticism", _("Tự phê bình và phê bình")
        CLOSING = "closing", _("Kết thúc")

    class State(models.TextChoices):
        WAITING = "waiting", _("Chưa bàn")
        DONE = "done", _("Đã bàn xong")
        CARRIED = "carried", _("Chuyển kỳ sau")

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="items"
    )
    series = models.ForeignKey(
        Series, on_delete=models.CASCADE, null=True, blank=True, related_name="backlog"
    )
    place = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    part = models.CharField(_("phần"), max_length=14, choices=Part.choices, default=Part.MAIN)
    title = models.CharField(_("nội dung"), max_length=300)
    detail = models.TextField(_("nói rõ"), blank=True)
    owner = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người trình bày"),
    )
    minutes_planned = models.PositiveSmallIntegerField(_("số phút dự kiến"), default=10)
    state = models.CharField(_("tình trạng"), max_length=8, choices=State.choices, default=State.WAITING)
    conclusion = models.TextField(_("kết luận"), blank=True)
    #: Grows with every save of the minutes: who saves over an older one is shown both texts.
    version = models.PositiveIntegerField(default=0)
    #: The item of an earlier meeting that this one goes on with.
    carried_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="carried_to"
    )
    #: What it was chosen from: the key of a pressing matter (a task, a resolution, a request); "" when typed.
    matter = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("nội dung họp")
        verbose_name_plural = _("nội dung họp")
        ordering = ("place", "pk")
        constraints = (
            models.CheckConstraint(
                name="item_has_a_place", condition=Q(meeting__isnull=False) | Q(series__isnull=False)
            ),
        )
        indexes = (models.Index(fields=["meeting", "place"], name="item_of_meeting"),)

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """A paper on an item, sent ahead."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")
    name = models.CharField(_("tên tài liệu"), max_length=200)
    file = models.FileField(_("tệp"), upload_to="meetings/")
    size = models.PositiveIntegerField(_("số byte"))
    uploaded_at = models.DateTimeField(_("gửi lúc"))
    by_name = models.CharField(_("người gửi"), max_length=120)

    class Meta:
        verbose_name = _("tài liệu họp")
        verbose_name_plural = _("tài liệu họp")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Speech(models.Model):
    """Who said what on an item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="speeches")
    place = models.PositiveSmallIntegerField(default=0)
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("người phát biểu")
    )
    text = models.TextField(_("nói gì"))

    class Meta:
        verbose_name = _("ý kiến")
        verbose_name_plural = _("ý kiến")
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return f"{self.member}: {self.text[:40]}"


class ItemVote(models.Model):
    """A vote by raised hand on an item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="votes")
    question = models.CharField(_("biểu quyết về"), max_length=300)
    in_favour = models.PositiveSmallIntegerField(_("tán thành"))
    against = models.PositiveSmallIntegerField(_("không tán thành"))
    other = models.PositiveSmallIntegerField(_("ý kiến khác"))

    class Meta:
        verbose_name = _("biểu quyết")
        verbose_name_plural = _("biểu quyết")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.question


class ItemBallot(models.Model):
    """A secret ballot held on an item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="ballots")
    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, related_name="meeting_item")

    class Meta:
        verbose_name = _("bỏ phiếu kín")
        verbose_name_plural = _("bỏ phiếu kín")

    def __str__(self) -> str:
        return str(self.ballot_id)


class ItemTask(models.Model):
    """A task that an item ended in, with whom and by when it was given: minutes never change, tasks go on."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="tasks")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="meeting_item")
    given_to = models.CharField(_("giao cho"), max_length=200, blank=True)
    given_until = models.DateField(_("hạn khi giao"), null=True, blank=True)

    class Meta:
        verbose_name = _("việc giao")
        verbose_name_plural = _("việc giao")
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.task_id)

    @classmethod
    def of(cls, item: AgendaItem, task: Task) -> ItemTask:
        """Return the link, not saved yet, that keeps with whom and by when the task was given."""
        to = str(task.owner or task.owner_unit or "")
        return cls(item=item, task=task, given_to=to, given_until=task.due)
