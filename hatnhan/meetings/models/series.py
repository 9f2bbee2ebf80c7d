"""A series: a body that meets again and again by a rule."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.core.constraints import ends_after_start
from hatnhan.core.dated import DatedQuerySet
from hatnhan.organization.models import Body, Unit


class Series(models.Model):
    """When a body meets: every Friday, or on the 3rd of each month. Its meetings stand ahead as rows (`rules`)."""

    class Kind(models.TextChoices):
        WEEKLY_REVIEW = "weekly_review", _("Hội ý, nhận xét hằng tuần")
        CELL_MONTHLY = "cell_monthly", _("Sinh hoạt chi bộ hằng tháng")
        COMMITTEE = "committee", _("Họp cấp ủy")

    class Frequency(models.TextChoices):
        WEEKLY = "weekly", _("Hằng tuần")
        MONTHLY = "monthly", _("Hằng tháng")

    class OnHoliday(models.TextChoices):
        BEFORE = "before", _("Họp ngày làm việc liền trước")
        AFTER = "after", _("Họp ngày làm việc liền sau")
        KEEP = "keep", _("Vẫn họp ngày ấy")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="meeting_series")
    body = models.CharField(_("tập thể họp"), max_length=12, choices=Body.choices)
    kind = models.CharField(_("loại cuộc họp"), max_length=14, choices=Kind.choices)
    name = models.CharField(_("tên"), max_length=160)
    frequency = models.CharField(_("nhịp"), max_length=8, choices=Frequency.choices)
    #: 0 Monday … 6 Sunday, for a weekly one; day of the month 1–28 for a monthly one.
    weekday = models.PositiveSmallIntegerField(_("thứ trong tuần"), null=True, blank=True)
    monthday = models.PositiveSmallIntegerField(_("ngày trong tháng"), null=True, blank=True)
    at_time = models.TimeField(_("giờ họp"))
    place = models.CharField(_("nơi họp"), max_length=160)
    on_holiday = models.CharField(
        _("gặp ngày nghỉ lễ"), max_length=6, choices=OnHoliday.choices, default=OnHoliday.AFTER
    )
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến trước ngày"), null=True, blank=True)

    objects: ClassVar = DatedQuerySet["Series"].as_manager()

    class Meta:
        verbose_name = _("nền nếp họp")
        verbose_name_plural = _("nền nếp họp")
        ordering = ("unit_id", "kind", "-start")
        constraints = (
            ends_after_start("series_ends_after_start"),
            models.CheckConstraint(
                name="series_has_its_day",
                condition=(Q(frequency="weekly", weekday__range=(0, 6), monthday=None))
                | Q(frequency="monthly", weekday=None, monthday__range=(1, 28)),
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "body"], condition=Q(end=None), name="series_one_running"
            ),
        )

    def __str__(self) -> str:
        return self.name
