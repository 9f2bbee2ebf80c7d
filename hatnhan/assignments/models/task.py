"""A task: what, by whom, by when, what came of it, who verified it. Every room may open one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.core.dated import in_force
from hatnhan.organization.models import Body, Member, Unit, UnitAncestry
from hatnhan.organization.selectors.bodies import bodies_sat_in, body_words

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User


def _after(name: str, on: date) -> Q:
    """Return the condition that a day on the task lies after a day, or has not come at all."""
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": on})


class TaskQuerySet(models.QuerySet["Task"]):
    """Ways of asking for tasks."""

    def open(self) -> Self:
        """Keep those that somebody still has to do."""
        return self.filter(state=Task.State.OPEN)

    def unfinished(self) -> Self:
        """Keep those that still wait for somebody: to be done, or to be verified."""
        return self.filter(state__in=(Task.State.OPEN, Task.State.DONE))

    def late(self, on: date) -> Self:
        """Keep those open and past their last day on a day."""
        return self.open().filter(due__lt=on)

    def existing(self, on: date) -> Self:
        """Keep those given by a day."""
        return self.filter(given_on__lte=on)

    def unfinished_on(self, on: date) -> Self:
        """Keep those that waited for somebody on a day, as the days written on them tell."""
        return self.existing(on).filter(_after("closed_on", on))

    def open_on(self, on: date) -> Self:
        """Keep those that were to be done on a day; what was returned counts as never done."""
        return self.unfinished_on(on).filter(_after("done_on", on))

    def late_on(self, on: date) -> Self:
        """Keep those that were to be done on a day and past their last day, the one that holds now."""
        return self.open_on(on).filter(due__lt=on)

    def waiting_on(self, on: date) -> Self:
        """Keep those that were done by a day and not verified yet."""
        return self.unfinished_on(on).filter(done_on__lte=on)

    def done_on(self, on: date) -> Self:
        """Keep those done by a day, verified or not."""
        return self.filter(done_on__lte=on).exclude(state=Task.State.WITHDRAWN)

    def ended_on(self, state: str, on: date) -> Self:
        """Keep those verified, or withdrawn, by a day."""
        return self.filter(state=state, closed_on__lte=on)

    def below(self, unit_id: int, on: date) -> Self:
        """Keep those given by a unit or what stood below it on a day, or that a body there has to do.

        A unit that ended belongs to those under whom it ended.
        """
        ended = Q(end=F("unit__dissolved_on"), end__lte=on)
        tree = UnitAncestry.objects.filter(in_force(on) | ended, ancestor_id=unit_id).values("unit_id")
        return self.filter(Q(unit_id__in=tree) | Q(owner_unit_id__in=tree))

    def of_unit(self, unit_id: int) -> Self:
        """Keep those that a unit gave, and those that a body of it has to do."""
        return self.filter(Q(unit_id=unit_id) | Q(owner_unit_id=unit_id))

    def of_person(self, user: User) -> Self:
        """Keep those that are the person's to do: as owner, as helper, or as one who sits in the body that owns it."""
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        powers = powers_of(user)
        if powers.member_id is None:
            return self.none()
        helped = TaskHelper.objects.filter(member_id=powers.member_id).values("task")
        mine = Q(owner_id=powers.member_id) | Q(pk__in=helped)
        for body, units in bodies_sat_in(powers).items():
            mine |= Q(owner_body=body, owner_unit_id__in=units)
        return self.filter(mine)

    def visible_to(self, user: User) -> Self:
        """Keep those that are the person's to do, and those of units the person leads or reads."""
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        powers = powers_of(user)
        if powers.member_id is None:
            return self.none()
        led = Q(unit__in=powers.units_led) | Q(owner_unit__in=powers.units_led)
        mine = Task.objects.of_person(user).values("pk")
        return self.filter(Q(pk__in=mine) | led)


class Task(models.Model):
    """One thing that somebody has to do.

    ``unit`` is whose books it stands in: the unit that gave it. The owner is a person, or a body of a unit. Late is
    no state of its own: it is open past ``due`` (inclusive). Which room opened it and why, `origins` tells.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Đang làm")
        DONE = "done", _("Đã làm, chờ kiểm tra")
        VERIFIED = "verified", _("Xong")
        WITHDRAWN = "withdrawn", _("Thôi")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tasks", verbose_name=_("nơi giao"))
    title = models.CharField(_("việc"), max_length=300)
    search_key = models.CharField(max_length=300, editable=False, default="")
    detail = models.TextField(_("nội dung"), blank=True)
    owner = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("người làm"),
    )
    owner_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks_owned",
        verbose_name=_("đơn vị làm"),
    )
    owner_body = models.CharField(_("tập thể làm"), max_length=12, choices=Body.choices, blank=True)
    group = models.ForeignKey(
        "assignments.WorkGroup", on_delete=models.PROTECT, null=True, blank=True, related_name="tasks",
        verbose_name=_("nhóm nhiệm vụ"),
    )  # fmt: skip
    given_on = models.DateField(_("ngày giao"))
    due = models.DateField(_("hạn"))
    state = models.CharField(_("tình trạng"), max_length=9, choices=State.choices, default=State.OPEN)
    evidence = models.TextField(_("bằng chứng"), blank=True)
    outcome = models.TextField(_("kết quả"), blank=True)
    done_on = models.DateField(_("ngày làm xong"), null=True, blank=True)
    verified_by = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người kiểm tra"),
    )
    closed_on = models.DateField(_("ngày kết thúc"), null=True, blank=True)
    closed_reason = models.CharField(_("lý do thôi"), max_length=300, blank=True)

    objects: ClassVar = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhiệm vụ")
        verbose_name_plural = _("nhiệm vụ")
        ordering = ("due", "pk")
        constraints = (
            models.CheckConstraint(
                name="task_has_one_owner",
                condition=(Q(owner__isnull=False) & Q(owner_unit__isnull=True) & Q(owner_body=""))
                | (Q(owner__isnull=True) & Q(owner_unit__isnull=False) & ~Q(owner_body="")),
            ),
            models.CheckConstraint(name="task_due_not_before_given", condition=Q(due__gte=F("given_on"))),
            models.CheckConstraint(
                name="task_done_has_a_day",
                condition=(Q(state="open") & Q(done_on=None))
                | Q(state="withdrawn")
                | Q(done_on__isnull=False),
            ),
            models.CheckConstraint(
                name="task_withdrawn_says_why", condition=~Q(state="withdrawn") | ~Q(closed_reason="")
            ),
        )
        indexes = (
            models.Index(fields=["unit", "state", "due"], name="task_of_unit"),
            models.Index(fields=["owner", "state", "due"], name="task_of_person"),
            models.Index(fields=["owner_unit", "state", "due"], name="task_of_body"),
            models.Index(fields=["given_on"], name="task_given"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def owner_name(self) -> str:
        """Who has it to do: "đ/c Đỗ Văn Hải", "Chi ủy, Chi bộ thôn Chùa"; reads the owner."""
        if self.owner is not None:
            return _now("đ/c %(name)s") % {"name": self.owner}
        assert self.owner_unit is not None  # noqa: S101 - a constraint: no person, then a body of a unit
        return body_words(self.owner_unit, self.owner_body)

    def is_late(self, on: date) -> bool:
        """Tell whether it is open past its last day."""
        return self.state == self.State.OPEN and self.due < on

    def state_on(self, on: date) -> str:
        """Return its state as it stood on a day, as the days written on it tell."""
        if self.closed_on is not None and self.closed_on <= on:
            return self.state
        return self.State.DONE if self.done_on is not None and self.done_on <= on else self.State.OPEN


class TaskHelper(models.Model):
    """One who helps with a task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="helpers")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="helps")

    class Meta:
        verbose_name = _("người phối hợp")
        verbose_name_plural = _("người phối hợp")
        constraints = (models.UniqueConstraint(fields=["task", "member"], name="task_helper_once"),)

    def __str__(self) -> str:
        return str(self.member)


class TaskEvent(models.Model):
    """What happened to a task, in order: for its page. The audit record holds the same for good."""

    class Kind(models.TextChoices):
        GIVEN = "given", _("Giao việc")
        PROGRESS = "progress", _("Báo tiến độ")
        POSTPONED = "postponed", _("Lùi hạn")
        HANDED_OVER = "handed_over", _("Đổi người làm")
        DONE = "done", _("Báo đã làm xong")
        RETURNED = "returned", _("Chưa đạt, làm tiếp")
        VERIFIED = "verified", _("Công nhận xong")
        WITHDRAWN = "withdrawn", _("Thôi việc này")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("việc"), max_length=12, choices=Kind.choices)
    at = models.DateTimeField(_("lúc"))
    by_name = models.CharField(_("người ghi"), max_length=120)
    note = models.TextField(_("nội dung"), blank=True)

    class Meta:
        verbose_name = _("diễn biến")
        verbose_name_plural = _("diễn biến")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.task_id}"
