"""What a check found, and the remedy of each shortcoming: a task, its last day, and who verified it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.assignments.models import Task
from hatnhan.organization.models import Member
from hatnhan.oversight.models.check import Check, Subject


class Finding(models.Model):
    """One strength, shortcoming or sign of violation of one subject."""

    class Kind(models.TextChoices):
        STRENGTH = "strength", _("Ưu điểm")
        SHORTCOMING = "shortcoming", _("Khuyết điểm, hạn chế")
        SIGN = "sign", _("Dấu hiệu vi phạm")

    of_check = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="findings")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(_("loại"), max_length=11, choices=Kind.choices)
    topic = models.CharField(_("lĩnh vực"), max_length=20)
    text = models.TextField(_("nội dung"))
    found_on = models.DateField(_("ngày"))
    #: The check of signs of violation that a sign led to.
    led_to = models.ForeignKey(Check, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    #: Of a shortcoming, as the team proposes: the last day of its remedy, and who looks whether it was put right.
    remedy_due = models.DateField(_("khắc phục xong trước hết ngày"), null=True, blank=True)
    verifier = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người xác nhận"),
    )

    class Meta:
        verbose_name = _("nội dung phát hiện")
        verbose_name_plural = _("nội dung phát hiện")
        ordering = ("pk",)
        indexes = (models.Index(fields=["kind", "found_on"], name="finding_of_kind"),)

    def __str__(self) -> str:
        return self.text[:120]


class Remedy(models.Model):
    """How a shortcoming is put right: a task with its last day; verified by another than who put it right."""

    class State(models.TextChoices):
        OPEN = "open", _("Đang khắc phục")
        REPORTED = "reported", _("Đã báo cáo, chờ xác nhận")
        VERIFIED = "verified", _("Đã xác nhận")
        FAILED = "failed", _("Chưa khắc phục")

    finding = models.OneToOneField(Finding, on_delete=models.CASCADE, related_name="remedy")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="oversight_remedy")
    #: Who puts it right: the person, or the head of the unit on the day it was given.
    remedied_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField(_("khắc phục xong trước hết ngày"))
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.OPEN)
    result = models.TextField(_("đã làm gì"), blank=True)
    reported_on = models.DateField(_("báo cáo ngày"), null=True, blank=True)
    #: Who typed the report from paper; "" when those who put it right did so themselves.
    typed_by = models.CharField(_("người ghi hộ"), max_length=120, blank=True)
    verified_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verified_on = models.DateField(_("xác nhận ngày"), null=True, blank=True)
    verdict = models.TextField(_("người xác nhận thấy gì"), blank=True)

    class Meta:
        verbose_name = _("việc khắc phục")
        verbose_name_plural = _("việc khắc phục")
        ordering = ("due", "pk")
        constraints = (
            models.CheckConstraint(
                name="remedy_verified_by_another",
                condition=Q(verified_by=None) | Q(remedied_by=None) | ~Q(verified_by=F("remedied_by")),
            ),
            models.CheckConstraint(
                name="remedy_reported_in_words",
                condition=~Q(state="reported") | Q(reported_on__isnull=False) & ~Q(result=""),
            ),
            models.CheckConstraint(
                name="remedy_judged_has_a_day",
                condition=~Q(state__in=("verified", "failed")) | Q(verified_on__isnull=False),
            ),
        )
        indexes = (models.Index(fields=["state", "due"], name="remedy_due"),)

    def __str__(self) -> str:
        return f"{self.finding_id}"
