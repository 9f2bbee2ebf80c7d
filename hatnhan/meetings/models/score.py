"""The quality score of a cell's meeting, by the template in force that day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.meetings.models.meeting import Meeting
from hatnhan.organization.models import Member


class ScoreSheet(models.Model):
    """One meeting's sheet: scored by the cell itself, then decided by the committee above."""

    class Band(models.TextChoices):
        GOOD = "good", _("Tốt")
        FAIR = "fair", _("Khá")
        AVERAGE = "average", _("Trung bình")
        POOR = "poor", _("Kém")

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, primary_key=True, related_name="score")
    #: The template it was made by: version of the rule; the lines keep their words and maxima.
    rule_version = models.CharField(max_length=80)
    self_total = models.DecimalField(_("tự chấm"), max_digits=5, decimal_places=1)
    self_band = models.CharField(_("tự xếp"), max_length=7, choices=Band.choices)
    self_at = models.DateTimeField(_("tự chấm lúc"))
    remedies = models.TextField(_("cách khắc phục chỗ yếu"), blank=True)
    decided_total = models.DecimalField(
        _("cấp ủy chấm"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    decided_band = models.CharField(_("cấp ủy xếp"), max_length=7, choices=Band.choices, blank=True)
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người quyết định"),
    )
    decided_note = models.CharField(_("lý do"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("phiếu chấm điểm")
        verbose_name_plural = _("phiếu chấm điểm")
        constraints = (
            models.CheckConstraint(
                name="score_within_a_hundred",
                condition=Q(self_total__range=(0, 100))
                & (Q(decided_total=None) | Q(decided_total__range=(0, 100))),
            ),
            models.CheckConstraint(
                name="score_decided_whole",
                condition=Q(decided_at=None, decided_total=None, decided_band="")
                | (Q(decided_at__isnull=False, decided_total__isnull=False) & ~Q(decided_band="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.self_total}"


class ScoreLine(models.Model):
    """One criterion: its greatest score, what the software computed and from what, what the cell gave itself."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    title = models.CharField(_("nội dung"), max_length=200)
    most = models.DecimalField(_("điểm tối đa"), max_digits=4, decimal_places=1)
    computed = models.DecimalField(_("máy tính"), max_digits=4, decimal_places=1, null=True, blank=True)
    evidence = models.CharField(_("căn cứ"), max_length=300, blank=True)
    given = models.DecimalField(_("tự chấm"), max_digits=4, decimal_places=1)

    class Meta:
        verbose_name = _("mục chấm điểm")
        verbose_name_plural = _("các mục chấm điểm")
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=["sheet", "key"], name="score_line_once"),
            models.CheckConstraint(
                name="score_line_within_its_most",
                condition=Q(given__gte=0, given__lte=F("most"))
                & (Q(computed=None) | Q(computed__gte=0, computed__lte=F("most"))),
            ),
        )

    def __str__(self) -> str:
        return f"{self.key}: {self.given}/{self.most}"
