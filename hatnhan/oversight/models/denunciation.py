"""Denunciations: received in writing with a name, which only the named handlers see; others are a count."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.organization.models import Member, Unit
from hatnhan.oversight.models.check import Check


class Denunciation(models.Model):
    """One denunciation, under a number of its register. Who wrote it is in `Denouncer` and nowhere else."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Mới nhận")
        ACCEPTED = "accepted", _("Đang giải quyết")
        CONCLUDED = "concluded", _("Đã kết luận")
        DISMISSED = "dismissed", _("Không thụ lý")
        WITHDRAWN = "withdrawn", _("Đã rút")
        COMBINED = "combined", _("Nhập vào đơn khác")
        PASSED_ON = "passed_on", _("Chuyển nơi có thẩm quyền")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="denunciations")
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveSmallIntegerField(_("số vào sổ"))
    received_on = models.DateField(_("nhận ngày"))
    about_member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    about_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("trạng thái"), max_length=9, choices=State.choices, default=State.RECEIVED)
    state_on = models.DateField(_("từ ngày"))
    #: The day it was taken up, which its later ends do not write over.
    accepted_on = models.DateField(_("thụ lý ngày"), null=True, blank=True)
    because = models.CharField(_("lý do"), max_length=300, blank=True)
    combined_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="combined"
    )
    of_check = models.OneToOneField(
        Check, on_delete=models.PROTECT, null=True, blank=True, related_name="denunciation"
    )
    #: The last day to tell the denouncer that it was taken up or not, and the day it was told.
    answer_due = models.DateField(_("báo người tố cáo trước hết ngày"))
    answered_on = models.DateField(_("đã báo ngày"), null=True, blank=True)
    rule_version = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("đơn tố cáo")
        verbose_name_plural = _("đơn tố cáo")
        ordering = ("-received_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["unit", "year", "number"], name="denunciation_number_once"),
            models.CheckConstraint(
                name="denunciation_about_one",
                condition=Q(about_member__isnull=False, about_unit=None)
                | Q(about_member=None, about_unit__isnull=False),
            ),
            models.CheckConstraint(
                name="denunciation_looked_into_by_a_check",
                condition=~Q(state__in=("accepted", "concluded"))
                | Q(of_check__isnull=False, accepted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="denunciation_left_with_reason",
                condition=~Q(state__in=("dismissed", "withdrawn", "passed_on")) | ~Q(because=""),
            ),
            models.CheckConstraint(
                name="denunciation_combined_into_one",
                condition=Q(state="combined", combined_into__isnull=False)
                | ~Q(state="combined") & Q(combined_into=None),
            ),
        )
        indexes = (models.Index(fields=["unit", "state"], name="denunciation_of_unit"),)

    def __str__(self) -> str:
        # The subject stands in the file; lists, logs and the record name the number alone.
        return f"Đơn số {self.number}/{self.year}"


class Denouncer(models.Model):
    """Who wrote it, sealed with a key of the server: not to be read in a dump of the database. In no list or export."""

    denunciation = models.OneToOneField(
        Denunciation, on_delete=models.CASCADE, primary_key=True, related_name="denouncer"
    )
    sealed = models.BinaryField(editable=False)

    class Meta:
        verbose_name = _("người tố cáo")
        verbose_name_plural = _("người tố cáo")

    def __str__(self) -> str:
        return "…"


class DenunciationHandler(models.Model):
    """A member named to handle it: these alone see who wrote it."""

    denunciation = models.ForeignKey(Denunciation, on_delete=models.CASCADE, related_name="handlers")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("người giải quyết đơn")
        verbose_name_plural = _("người giải quyết đơn")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["denunciation", "member"], name="denunciation_handler_once"),
        )

    def __str__(self) -> str:
        return str(self.member)


class DenouncedPoint(models.Model):
    """One point of a denunciation; each ends in one of four results (21-QĐ/TW, 11/4/2026)."""

    class Result(models.TextChoices):
        FALSE = "false", _("Tố cáo sai")
        UNFOUNDED = "unfounded", _("Không có cơ sở, chưa đủ chứng cứ")
        SHORTCOMING = "shortcoming", _("Đúng, có khuyết điểm")
        VIOLATION = "violation", _("Đúng, có vi phạm")

    denunciation = models.ForeignKey(Denunciation, on_delete=models.CASCADE, related_name="points")
    place = models.PositiveSmallIntegerField()
    text = models.TextField(_("nội dung tố cáo"))
    result = models.CharField(_("kết quả"), max_length=11, choices=Result.choices, blank=True)
    finding = models.TextField(_("qua thẩm tra thấy"), blank=True)

    class Meta:
        verbose_name = _("nội dung tố cáo")
        verbose_name_plural = _("nội dung tố cáo")
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=["denunciation", "place"], name="denounced_point_once"),
        )

    def __str__(self) -> str:
        return f"{self.place}"


class UnnamedLetters(models.Model):
    """How many letters without a name, or abusive ones, came in a month. Nothing else of them is kept."""

    class Kind(models.TextChoices):
        UNNAMED = "unnamed", _("Không có tên, mạo tên")
        ABUSIVE = "abusive", _("Lăng mạ, lặp lại đơn đã trả lời")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("tháng"))
    kind = models.CharField(_("loại"), max_length=7, choices=Kind.choices)
    count = models.PositiveSmallIntegerField(_("số đơn"), default=0)

    class Meta:
        verbose_name = _("đơn không xem xét")
        verbose_name_plural = _("đơn không xem xét")
        ordering = ("-month", "kind")
        constraints = (
            models.UniqueConstraint(fields=["unit", "month", "kind"], name="unnamed_once_a_month"),
        )

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}: {self.count}"
