"""The roll-out of one document: the plan, and what each cell was given and made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.assignments.models import Task
from hatnhan.guidance.models.register import Document
from hatnhan.meetings.models import AgendaItem
from hatnhan.organization.models import Member, Unit

if TYPE_CHECKING:
    from hatnhan.accounts.models import User


class RollOutQuerySet(models.QuerySet["RollOut"]):
    """Ways of asking for roll-outs."""

    def given(self) -> Self:
        """Keep those that were approved, closed ones too."""
        return self.exclude(state=RollOut.State.DRAFT)

    def running(self) -> Self:
        """Keep those approved and not closed: a cell that comes new is given what it lacks of these."""
        return self.filter(state=RollOut.State.APPROVED)

    def visible_to(self, user: User) -> Self:
        """Keep those approved by units the person may know of, and drafts of units the person leads."""
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        powers = powers_of(user)
        known = ~Q(state=RollOut.State.DRAFT) & Q(unit__in=powers.units_seen)
        return self.filter(known | Q(unit__in=powers.units_led))


class RollOut(models.Model):
    """How a committee carries one document to its cells. One document has one."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang soạn")
        APPROVED = "approved", _("Đang triển khai")
        CLOSED = "closed", _("Đã kết thúc")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="roll_outs", verbose_name=_("cấp ủy")
    )
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="roll_outs")
    asks = models.TextField(_("văn bản yêu cầu gì ở Đảng bộ"))
    lead = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người chủ trì"),
    )
    #: The last day to have the variants approved; to have it on the agenda and held; to have studied; to be done.
    approve_by = models.DateField(_("duyệt kế hoạch trước hết ngày"))
    held_by = models.DateField(_("chi bộ sinh hoạt xong trước hết ngày"))
    study_by = models.DateField(_("học tập xong trước hết ngày"))
    done_by = models.DateField(_("thực hiện xong trước hết ngày"))
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.DRAFT)
    decision_no = models.CharField(_("số kế hoạch"), max_length=60, blank=True)
    drafted_at = models.DateTimeField(_("lập lúc"))
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    approved_by = models.CharField(_("người duyệt"), max_length=120, blank=True)
    #: The version of the rule that its steps keep to, as it stood on the day of approval.
    rule = models.CharField(max_length=120, blank=True)
    closed_on = models.DateField(_("ngày kết thúc"), null=True, blank=True)
    close_note = models.CharField(_("kết thúc vì"), max_length=300, blank=True)
    #: Grows with every change of core or variants, so that nobody writes over another's text unseen.
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar = RollOutQuerySet.as_manager()

    class Meta:
        verbose_name = _("kế hoạch triển khai")
        verbose_name_plural = _("kế hoạch triển khai")
        ordering = ("-drafted_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["unit", "document"], name="roll_out_once_a_document"),
            models.CheckConstraint(
                name="roll_out_approved_has_a_moment",
                condition=Q(state="draft", approved_at=None)
                | ~Q(state="draft") & Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="roll_out_approved_by_number_and_rule",
                condition=Q(state="draft") | (~Q(decision_no="") & ~Q(rule="")),
            ),
            models.CheckConstraint(
                name="roll_out_days_in_order",
                condition=Q(held_by__gte=F("approve_by"), study_by__gte=F("approve_by"))
                & Q(done_by__gte=F("held_by"))
                & Q(done_by__gte=F("study_by")),
            ),
            models.CheckConstraint(
                name="roll_out_closed_has_a_day",
                condition=Q(state="closed", closed_on__isnull=False) | ~Q(state="closed") & Q(closed_on=None),
            ),
        )
        indexes = (models.Index(fields=["unit", "state"], name="roll_out_of_unit"),)

    def __str__(self) -> str:
        return str(self.document)


class CellRollOut(models.Model):
    """What one cell was given of a roll-out: its variant, its place on an agenda, its tasks, what it reported."""

    roll_out = models.ForeignKey(RollOut, on_delete=models.CASCADE, related_name="cells")
    cell = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="given_roll_outs")
    #: Null: no variant for its kind was written, the cell reads the core.
    variant = models.ForeignKey(
        "guidance.Variant", on_delete=models.PROTECT, null=True, blank=True, related_name="given"
    )
    given_on = models.DateField(_("ngày giao"))
    #: The item of the cell's next meeting. Null when it was taken off, or none was to come.
    agenda_item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    #: The cell was dissolved or left while the roll-out ran; what it did stays.
    left_on = models.DateField(_("thôi từ ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("triển khai ở chi bộ")
        verbose_name_plural = _("triển khai ở chi bộ")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["roll_out", "cell"], name="cell_given_once"),)
        indexes = (models.Index(fields=["cell", "given_on"], name="given_to_cell"),)

    def __str__(self) -> str:
        return f"{self.cell_id}: {self.roll_out_id}"


class CellPoint(models.Model):
    """A point that a cell adds of its own, below what the committee gave."""

    given = models.ForeignKey(CellRollOut, on_delete=models.CASCADE, related_name="own_points")
    text = models.TextField(_("nội dung"))
    added_on = models.DateField(_("ngày thêm"))
    by_name = models.CharField(_("người thêm"), max_length=120)

    class Meta:
        verbose_name = _("nội dung chi bộ thêm")
        verbose_name_plural = _("nội dung chi bộ thêm")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:60]


class PointTask(models.Model):
    """The task that a point became in one cell. This room holds the link; the task goes its own way."""

    given = models.ForeignKey(CellRollOut, on_delete=models.CASCADE, related_name="tasks")
    point = models.ForeignKey(
        "guidance.VariantPoint", on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    #: Set where the cell reads the core because its kind has no variant.
    core = models.ForeignKey(
        "guidance.CorePoint", on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    own = models.ForeignKey(CellPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="guidance_point")

    class Meta:
        verbose_name = _("việc triển khai")
        verbose_name_plural = _("việc triển khai")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["given", "point"], name="point_task_once_a_cell"),
            models.UniqueConstraint(fields=["given", "core"], name="core_task_once_a_cell"),
            models.UniqueConstraint(fields=["given", "own"], name="own_task_once_a_cell"),
            models.CheckConstraint(
                name="point_task_of_one_point",
                condition=Q(point__isnull=False, core=None, own=None)
                | Q(point=None, core__isnull=False, own=None)
                | Q(point=None, core=None, own__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.task_id)


class CellReport(models.Model):
    """What a cell reports of its results: as it goes (``months`` 0), at 6 and at 12 months."""

    given = models.ForeignKey(CellRollOut, on_delete=models.CASCADE, related_name="reports")
    months = models.PositiveSmallIntegerField(_("kỳ"), default=0)
    results = models.TextField(_("kết quả"))
    shortcomings = models.TextField(_("hạn chế, vướng mắc"), blank=True)
    reported_on = models.DateField(_("ngày báo cáo"))
    by_name = models.CharField(_("người báo cáo"), max_length=120)

    class Meta:
        verbose_name = _("báo cáo kết quả")
        verbose_name_plural = _("báo cáo kết quả")
        ordering = ("reported_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["given", "months"], name="report_once_a_term", condition=Q(months__gt=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.given_id}, {self.months}"
